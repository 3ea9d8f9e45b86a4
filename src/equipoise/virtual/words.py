"""What the virtual people cannot do without, and what was supposed of them where a scenario is silent."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "refuse"]

TABLE = Table(
    "virtual",
    {
        "rehearsal.unknown_scenario": Words(
            en=(
                "there is no scenario {name}",
                "the scenarios are {known}",
                "Choose one of these, or leave it out.",
            ),
            zh=("没有名为{name}的情景", "现有情景为：{known}", "请从中选择，或不填。"),
        ),
        "rehearsal.unknown_scenario/none": Words(
            en=(
                "there is no scenario {name}",
                "the protocol describes none",
                "Choose one of these, or leave it out.",
            ),
            zh=("没有名为{name}的情景", "方案未描述任何情景", "请不填。"),
        ),
        "rehearsal.nobody_may": Words(
            en=(
                "nobody may do: {acts}",
                "no role of the protocol includes it, and a participant cannot go on without it",
                "Grant it to a role.",
            ),
            zh=("无人可执行：{acts}", "方案中没有角色具备此权限，受试者无法继续", "将其授予某一角色。"),
        ),
    },
    {
        "silent.missed_visit": (
            "the scenario is silent on missed_visit: {share:.0%} of visits are missed",
            "情景未说明missed_visit：{share:.0%}的访视缺失",
        ),
        "silent.late_entry_days": (
            "the scenario is silent on late_entry_days: entries are {share} days late on average",
            "情景未说明late_entry_days：录入平均延迟{share}天",
        ),
        "silent.typing_error": (
            "the scenario is silent on typing_error: {share:.1%} of values are mistyped and corrected later",
            "情景未说明typing_error：{share:.1%}的数值录入有误，其后更正",
        ),
        "no_scenario": (
            "the protocol describes no scenario: values come from the items' own ranges and codelists, equally likely",
            "方案未描述情景：数值取自各条目自身的范围与代码表，机会均等",
        ),
        "no_accrual": (
            "no accrual is assumed in the design: 10 participants a month",
            "设计未假设入组速度：每月10例",
        ),
        "no_follow_up": (
            "no length of follow-up is assumed in the design: 24 months",
            "设计未假设随访时间：24个月",
        ),
        "no_hazard": (
            "no hazard is given for form {form}: a median of {months} months",
            "表单{form}未给出风险率：中位时间{months}个月",
        ),
        "no_event": (
            "no event of an endpoint has a form of its own in a log: none is drawn",
            "没有终点事件在记录册中有专用表单：不抽取事件",
        ),
    },
)
refuse, phrase = TABLE.refuse, TABLE.phrase
