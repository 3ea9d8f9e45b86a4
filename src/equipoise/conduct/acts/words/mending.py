"""What the acts refuse by which everyday errors are put right."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["PHRASES", "WORDS"]

WORDS = {
    "consent.part": Words(
        en=("the consent has no part `{part}`", "the protocol names {parts}", "Correct the part."),
        zh=("知情同意没有“{part}”部分", "方案列出的部分为{parts}", "请更正。"),
    ),
    "consent.part/none": Words(
        en=(
            "the consent has no part `{part}`",
            "the protocol names no parts (`consent_parts`)",
            "Use `withdraw` for the whole, or amend the protocol.",
        ),
        zh=(
            "知情同意没有“{part}”部分",
            "方案未列出任何部分（`consent_parts`）",
            "整体撤回请用`withdraw`，或修订方案。",
        ),
    ),
    "consent.part_missing": Words(
        en=(
            "form {form} needs consent to {part}",
            "{participant} had not agreed to it by {day}",
            "Record what the participant agreed to (`consent_part`), with its day.",
        ),
        zh=(
            "表单{form}须有对{part}的同意",
            "截至{day}，{participant}尚未同意",
            "请记录受试者的同意及其日期（`consent_part`）。",
        ),
    ),
    "consent.part_withdrawn": Words(
        en=(
            "form {form} needs consent to {part}",
            "{participant} had taken it back by {day}",
            "Record what was observed while the consent held; nothing after it.",
        ),
        zh=("表单{form}须有对{part}的同意", "截至{day}，{participant}已撤回", "只能记录同意有效期间的观察。"),
    ),
    "consent.part_order": Words(
        en=(
            "{day} is before {last}",
            "something was said of {part} on that day already, and the last word counts",
            "Correct the date.",
        ),
        zh=("{day}早于{last}", "当日已就{part}表态，以最后一次为准", "请更正日期。"),
    ),
    "event.missing": Words(
        en=("{participant} has no such date of {event}", "there is nothing to correct", "Correct the event, or `was`."),
        zh=("{participant}没有这一{event}日期", "没有可更正的内容", "请更正event或was。"),
    ),
    "event.several": Words(
        en=("there are several dates of {event}", "they are {days}", "Say which one: `was`, or `extent`."),
        zh=("{event}有多个日期", "分别为{days}", "请用was或extent指明。"),
    ),
    "participant.enrolled/failed": Words(
        en=(
            "{participant} was enrolled on {day}",
            "screening ended with that",
            "Record a withdrawal, or mark the randomization as made in error.",
        ),
        zh=("{participant}已于{day}入组", "筛选已结束", "请记录退出，或标记误随机。"),
    ),
    "participant.failed": Words(
        en=("{participant} failed screening on {day}", "it is recorded once", "There is nothing to do."),
        zh=("{participant}已于{day}筛选失败", "只记录一次", "无需操作。"),
    ),
    "participant.failed/enroll": Words(
        en=(
            "{participant} failed screening on {day}",
            "who failed is not enrolled",
            "If that was wrong, take it back: `end_withdrawal` with extent screening.",
        ),
        zh=(
            "{participant}已于{day}筛选失败",
            "筛选失败者不能入组",
            "如属误记，请撤销：`end_withdrawal`，extent为screening。",
        ),
    ),
    "participant.not_failed": Words(
        en=(
            "{participant} did not fail screening",
            "there is nothing to take back",
            "Correct the number or the extent.",
        ),
        zh=("{participant}没有筛选失败", "没有可撤销的内容", "请更正编号或extent。"),
    ),
    "participant.not_withdrawn": Words(
        en=(
            "{participant} has no withdrawal from {extent}",
            "there is nothing to end",
            "Correct the number or the extent.",
        ),
        zh=("{participant}没有退出{extent}", "没有可终止的内容", "请更正编号或extent。"),
    ),
    "participant.there": Words(
        en=("{participant} is at center {site}", "nobody moves to where they are", "Name the other center."),
        zh=("{participant}就在中心{site}", "无需转入所在中心", "请填写另一中心。"),
    ),
    "participant.timezone": Words(
        en=(
            "{participant} cannot move to {to} as it is",
            "{item} holds local times of {here}, and {to} keeps those of {there}: they would become other instants",
            "Give the two centers one time zone for this trial, or record such times in a form of their own.",
        ),
        zh=(
            "{participant}暂不能转至{to}",
            "{item}所记为{here}的当地时间，而{to}使用{there}：时刻会改变",
            "请为两中心在本试验中使用同一时区，或用单独的表单记录这些时间。",
        ),
    ),
    "participant.withdrawn/gap": Words(
        en=(
            "{participant} had left from {day} to {until}",
            "{observed} lies in between, and nothing was agreed to be observed then",
            "Correct the date, or the end of the withdrawal.",
        ),
        zh=(
            "{participant}自{day}至{until}已退出",
            "{observed}在此期间，其间未同意接受观察",
            "请更正日期，或退出的终止日期。",
        ),
    ),
    "record.differs": Words(
        en=(
            "form {form} at {visit} ({occurrence}) is recorded already",
            "{by} recorded it at {at}; what differs: {pairs}",
            "If yours is right, record it again with a reason: it is then a correction.",
        ),
        zh=(
            "访视{visit}（{occurrence}）的表单{form}已有记录",
            "由{by}于{at}记录；不同之处：{pairs}",
            "如以您的为准，请附理由重新记录，即为更正。",
        ),
    ),
    "record.missing/struck": Words(
        en=(
            "form {form} is not recorded at {visit} ({occurrence})",
            "there is nothing to strike out",
            "Correct the visit, the form or the number.",
        ),
        zh=("访视{visit}（{occurrence}）的表单{form}未记录", "没有可划除的内容", "请更正访视、表单或编号。"),
    ),
    "record.recorded": Words(
        en=(
            "form {form} at {visit} ({occurrence}) is recorded",
            "a draft is kept until then",
            "Correct what is wrong (`correct`), or strike the form out (`strike`).",
        ),
        zh=(
            "访视{visit}（{occurrence}）的表单{form}已记录",
            "记录后不再暂存",
            "请更正（`correct`），或划除表单（`strike`）。",
        ),
    ),
    "record.same_place": Words(
        en=(
            "form {form} at {visit} ({occurrence}) is to move to where it is",
            "nothing would move",
            "Name the participant, the visit or the occurrence where it belongs.",
        ),
        zh=(
            "访视{visit}（{occurrence}）的表单{form}的目的位置就是原处",
            "没有可移动的内容",
            "请填写其应属的受试者、访视或次序。",
        ),
    ),
    "record.there": Words(
        en=(
            "{participant} has a form {form} at {visit} ({occurrence})",
            "what is recorded there would be hidden",
            "Strike that one out first, or correct it.",
        ),
        zh=("{participant}在访视{visit}（{occurrence}）已有表单{form}", "会遮盖已有记录", "请先划除或更正该记录。"),
    ),
}

PHRASES = {
    "of.transfer": ("a transfer", "转中心"),
    "of.striking": ("striking out a form", "划除表单"),
    "of.date": ("the correction of the date of {event}", "{event}日期的更正"),
    "of.return": ("the end of a withdrawal", "终止退出"),
    "of.failing": ("a screen failure", "筛选失败"),
    "arrival": ("the arrival at the present center", "到达现中心"),
    "leaving": ("that withdrawal", "该退出"),
    "struck": ("The form was struck out.", "该表单已划除。"),
    "differs": ("{item} is {stands} and not {given}", "{item}现为{stands}，而非{given}"),
    "none": ("nothing", "空"),
    "event.screening": ("screening", "筛选"),
    "event.consent": ("consent", "知情同意"),
    "event.enrollment": ("enrollment", "入选"),
    "event.randomization": ("randomization", "随机分组"),
    "event.withdrawal": ("withdrawal", "退出"),
}
