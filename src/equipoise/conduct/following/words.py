"""What the system's own queries say, in both languages: the labels of built-ins, and how values are told."""

from __future__ import annotations

from equipoise.findings import Table

__all__ = ["TABLE", "phrase"]

TABLE = Table(
    "conduct.following",
    {},
    {
        "built_in.participant": ("Participant", "受试者"),
        "built_in.site": ("Site", "中心"),
        "built_in.screened_date": ("Date of screening", "筛选日期"),
        "built_in.consented_date": ("Date of consent", "知情同意日期"),
        "built_in.enrolled_date": ("Date of enrollment", "入选日期"),
        "built_in.randomized_date": ("Date of randomization", "随机分组日期"),
        "built_in.withdrawn_date": ("Date of withdrawal", "退出日期"),
        "built_in.cut_date": ("Date of the data cut", "数据截点日期"),
        "built_in.consented": ("Consented", "已知情同意"),
        "built_in.enrolled": ("Enrolled", "已入选"),
        "built_in.randomized": ("Randomized", "已随机分组"),
        "built_in.withdrawn": ("Withdrawn", "已退出"),
        "built_in.stopped_treatment": ("Stopped treatment", "已停止治疗"),
        "built_in.stopped_treatment_date": ("Date of stopping treatment", "停止治疗日期"),
        "built_in.left_follow_up": ("Left follow-up", "已退出随访"),
        "built_in.left_follow_up_date": ("Date of leaving follow-up", "退出随访日期"),
        "built_in.withdrew_consent": ("Withdrew consent", "已撤回知情同意"),
        "built_in.withdrew_consent_date": ("Date of withdrawing consent", "撤回知情同意日期"),
        "opening": (
            "{message} Found: {found}. What must hold: {rule}.",
            "{message}现有数据：{found}。应满足：{rule}。",
        ),
        "opening_without_rule": ("{message} Found: {found}.", "{message}现有数据：{found}。"),
        "closing": ("The check {check} holds: {found}.", "核查 {check} 已满足：{found}。"),
        "pair": ("{label} ({name}) = {value}", "{label}（{name}）= {value}"),
        "coded": ("{code} {label}", "{code} {label}"),
        "true": ("yes", "是"),
        "false": ("no", "否"),
        "unknown": ("not recorded", "未记录"),
        "hidden": ("not shown", "不予显示"),
    },
)
phrase = TABLE.phrase
