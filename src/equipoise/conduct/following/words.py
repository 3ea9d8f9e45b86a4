"""What the system's own queries say, in both languages: the labels of built-ins, and how values are told."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "refuse"]

TABLE = Table(
    "conduct.following",
    {
        "date.refused": Words(
            en=(
                "a date does not agree with the protocol",
                "{said}",
                "Correct the date; the protocol takes none that does not agree (`dates.{key}: refused`).",
            ),
            zh=("日期与方案不符", "{said}", "请更正日期；方案不接受不符的日期（`dates.{key}: refused`）。"),
        ),
    },
    {
        "notice.kept": (
            "The protocol keeps this as a deviation and asks nobody.",
            "方案将此作为偏离保留，不再询问。",
        ),
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
        "built_in.unblinded": ("Unblinded", "已揭盲"),
        "built_in.unblinded_date": ("Date of unblinding", "揭盲日期"),
        "built_in.unblinding_category": ("Category of the unblinding", "揭盲类别"),
        "built_in.withdrew_consent_date": ("Date of withdrawing consent", "撤回知情同意日期"),
        "opening": (
            "{message} Found: {found}. What must hold: {rule}.",
            "{message}现有数据：{found}。应满足：{rule}。",
        ),
        "opening_without_rule": ("{message} Found: {found}.", "{message}现有数据：{found}。"),
        "closing": ("The check {check} holds: {found}.", "核查 {check} 已满足：{found}。"),
        "anchor.consent": ("consent", "知情同意"),
        "anchor.enrollment": ("enrollment", "入选"),
        "anchor.randomization": ("randomization", "随机分组"),
        "notice.visit": ("{label}", "{label}"),
        "notice.visit_of_several": ("{label} ({occurrence})", "{label}（第{occurrence}次）"),
        "notice.early": ("too early", "过早"),
        "notice.late": ("too late", "过晚"),
        "notice.window": (
            (
                "{visit} is dated {day}, {days} days {side}: planned for {planned}, it may be from {first} to {last}."
                " Correct the date, or say why it was held then."
            ),
            "{visit}的日期为{day}，{side}{days}天：计划日期为{planned}，允许范围为{first}至{last}。请更正日期，或说明当时访视的原因。",
        ),
        "notice.far": (
            (
                "{visit} is dated {day}, {days} days from its planned day ({planned}): {side}. Correct the"
                " date, or say why it was held then."
            ),
            "{visit}的日期为{day}，与计划日期（{planned}）相差{days}天：{side}。请更正日期，或说明当时访视的原因。",
        ),
        "notice.before_anchor": (
            (
                "{visit} is dated {day}, before {anchor} ({anchored}), after which it comes; planned: {planned}."
                " Correct the date, or say why it was held then."
            ),
            "{visit}的日期为{day}，早于其前的{anchor}（{anchored}）：计划日期为{planned}。请更正日期，或说明当时访视的原因。",
        ),
        "notice.before_previous": (
            (
                "{visit} is dated {day}, before {other}, which comes before it and is dated {other_day}. Correct the"
                " wrong date, or say why it was so."
            ),
            "{visit}的日期为{day}，早于排在其前的{other}（{other_day}）。请更正有误的日期，或说明原因。",
        ),
        "notice.after_next": (
            (
                "{visit} is dated {day}, after {other}, which comes after it and is dated {other_day}. Correct the date"
                " that is wrong, or say why it was so."
            ),
            "{visit}的日期为{day}，晚于排在其后的{other}（{other_day}）。请更正有误的日期，或说明原因。",
        ),
        "notice.before_consent": (
            (
                "{form} is dated {day}, before consent ({consented}). What was there before belongs to the history:"
                " record it there, or correct the date."
            ),
            "{form}的日期为{day}，早于知情同意（{consented}）。此前已存在者属既往史：请记录于既往史，或更正日期。",
        ),
        "notice.level": ("{label}: used {used}, now {now}", "{label}：随机时采用{used}，现为{now}"),
        "notice.stratum": (
            (
                "The stratum is no longer the one that the allocation used. {pairs}. The allocation stands; the true"
                " stratum was noted beside the one that was used. Confirm the value, or correct it again."
            ),
            "分层与随机分组时所用的不再一致。{pairs}。分组不变；真实分层已记录于所用分层之旁。请确认该值，或重新更正。",
        ),
        "notice.true_stratum": ("follows from a correction after the allocation", "由随机分组后的更正得出"),
        "notice.criterion": ("{id} ({text})", "{id}（{text}）"),
        "notice.eligibility": (
            (
                "By the values that stand now the participant, who is randomized, was not eligible: {criteria}. The"
                " allocation stands. Confirm the value, or correct it again; whether treatment goes on"
                " is for the investigator and the sponsor to decide."
            ),
            "按现有数据，该已随机的受试者不符合入选条件：{criteria}。分组不变。请确认该值，或重新更正；是否继续治疗由研究者与申办者决定。",
        ),
        "notice.unknown_criterion": (
            "{id} ({text}): not known any more, as what it rested on was struck out",
            "{id}（{text}）：所依据的内容已划除，现已无从判断",
        ),
        "notice.after_leaving": (
            (
                "{visit} took place on {day}, after the participant had left on {left}; nothing was agreed to be"
                " observed then. Correct the date of the visit or of the withdrawal, strike the form out, or confirm"
                " it."
            ),
            "{visit}日期为{day}，而受试者已于{left}退出，此后未同意接受观察。请更正访视或退出日期、划除表单，或予以确认。",
        ),
        "notice.after_death": (
            (
                "{visit} took place on {day}, and {form} says that the participant died on {died}. Correct the one that"
                " is wrong, strike the form out if it is another person's, or explain it."
            ),
            "{visit}日期为{day}，而{form}记载受试者于{died}死亡。请更正有误者；如属他人记录，请划除；或说明原因。",
        ),
        "notice.act_after_death": (
            (
                "The {act} is dated {day}, and {form} says that the participant died on {died}. Correct the date that"
                " is wrong, strike the form out if it is another person's, or explain it."
            ),
            "{act}的日期为{day}，而{form}记载受试者于{died}死亡。请更正有误的日期；如属他人记录，请划除；或说明原因。",
        ),
        "notice.acts": (
            (
                "The {second} is dated {early}, before the {first} on {day}. Correct the date that is wrong"
                " (`correct_date`), or confirm it: it stays a deviation."
            ),
            "{second}日期为{early}，早于{first}（{day}）。请更正有误的日期（`correct_date`），或予以确认：将作为偏离保留。",
        ),
        "notice.before_opening": (
            (
                "The participant was screened on {day}, before center {site} was opened on {opened}. Correct the date"
                " (`correct_date`), or confirm it: it stays a deviation."
            ),
            "受试者于{day}筛选，早于中心{site}的启动日期{opened}。请更正日期（`correct_date`），或予以确认：将作为偏离保留。",
        ),
        "act.screening": ("screening", "筛选"),
        "act.consent": ("consent", "知情同意"),
        "act.enrollment": ("enrollment", "入选"),
        "act.randomization": ("randomization", "随机分组"),
        "notice.mended": ("It agrees with the protocol now.", "现已符合方案。"),
        "pair": ("{label} ({name}) = {value}", "{label}（{name}）= {value}"),
        "coded": ("{code} {label}", "{code} {label}"),
        "true": ("yes", "是"),
        "false": ("no", "否"),
        "unknown": ("not recorded", "未记录"),
        "hidden": ("not shown", "不予显示"),
    },
)
phrase, refuse = TABLE.phrase, TABLE.refuse
