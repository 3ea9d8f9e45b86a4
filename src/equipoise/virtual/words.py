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
        "organization.fictitious": ("Fictitious trial office", "虚构试验办公室"),
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
            "no scenario is described: yes and no, and all codes, are equally likely; numbers lie amid their range",
            "方案未描述情景：是与否、代码表各代码机会均等；数值取自范围中部附近",
        ),
        "silent.never": (
            "the scenario is silent on {names}: it never happens",
            "情景未说明{names}：不会发生",
        ),
        "silent.query_days": (
            "the scenario is silent on query_days: queries are answered after {days} days on average",
            "情景未说明query_days：质疑平均{days}天后答复",
        ),
        "silent.deviation": (
            "the scenario is silent on deviation: {share:.0%} of participants have a deviation reported",
            "情景未说明deviation：{share:.0%}的受试者有方案偏离报告",
        ),
        "silent.withdrawal": (
            "the scenario is silent on withdrawal_per_month: nobody withdraws",
            "情景未说明withdrawal_per_month：无人退出",
        ),
        "silent.screen_failure": (
            "the scenario is silent on screen_failure: what it does not describe is drawn until the criteria hold",
            "情景未说明screen_failure：情景未描述的条目将反复抽取，直至符合标准",
        ),
        "extents": (
            "withdrawals: {follow_up:.0%} of follow-up, {treatment:.0%} of treatment, {consent:.0%} of consent",
            "退出者中{follow_up:.0%}退出随访、{treatment:.0%}停止治疗、{consent:.0%}撤回知情同意",
        ),
        "sites": (
            "each site works between half and twice as carefully as the scenario says, drawn once",
            "各中心的细致程度为情景所述的一半至两倍，各抽取一次",
        ),
        "visit_before": (
            "visit {visit} comes after the randomization and stands on day {day} before it: it is not held",
            "访视{visit}排在随机分组之后，却定于其前第{day}天：不进行",
        ),
        "day_1": ("treatment begins on the day after randomization", "治疗自随机分组次日开始"),
        "items": ("form {form}: {items}", "表单{form}：{items}"),
        "item": ("{item} {what}", "{item}{what}"),
        "log": (
            "nothing fills form {form} of the log {log}: it stays empty",
            "日志{log}中的表单{form}无任何来源：始终为空",
        ),
        "doses": ("doses are given as planned: {treatments}", "按计划给药：{treatments}"),
        "endpoint": (
            "endpoint {endpoint} rests on what is supposed of {items}",
            "终点{endpoint}基于对{items}的假定",
        ),
        "endpoint_never": (
            "endpoint {endpoint} needs {items}, which nothing fills in",
            "终点{endpoint}需要{items}，而其无任何来源",
        ),
        "what.boolean": ("is yes or no, equally likely", "为是或否，机会均等"),
        "what.code": ("is any of its codes, equally likely", "为任一代码，机会均等"),
        "what.number": ("lies around {middle}, from {low} to {high}", "在{middle}附近，介于{low}至{high}"),
        "what.born": ("is 20 to 75 years before", "为此前20至75年"),
        "what.date": ("is up to two weeks before", "为此前两周之内"),
        "what.datetime": ("is a time of that day", "为当日某一时刻"),
        "what.text": ("is a remark that says nothing", "为无实际内容的备注"),
        "what.optional": ("{what}, empty in one of five", "{what}，五分之一为空"),
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
