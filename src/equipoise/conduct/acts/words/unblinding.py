"""What the unblinding of one participant refuses."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "unblinding.open": Words(
        en=(
            "this trial is open: there is nothing to unblind",
            "whoever treats is told the arm when it is allocated",
            "Look at the participant's treatment with `equipoise doses`.",
        ),
        zh=("本试验为开放试验，无需揭盲", "治疗者在分组时即已获知组别", "请用`equipoise doses`查看该受试者的治疗。"),
    ),
    "unblinding.not_randomized": Words(
        en=(
            "{participant} has no arm: nobody was randomized under this number",
            "there is nothing to tell",
            "Check the number of the participant.",
        ),
        zh=("{participant}没有组别：此编号下无人随机", "没有可告知的内容", "请核对受试者编号。"),
    ),
    "unblinding.arm_named": Words(
        en=(
            "the words name an arm, a treatment or a placebo",
            "everybody who watches the trial reads them, and must stay blind",
            "Say what happened without saying which arm it is.",
        ),
        zh=(
            "文字中出现了组别、治疗或安慰剂的名称",
            "监查本试验的人员都会读到，而他们须保持盲态",
            "请说明经过，但不要写出组别。",
        ),
    ),
    "unblinding.known_to": Words(
        en=(
            "it is not said who knows the arm of {participant} now",
            "their later assessments of {participant} are counted apart",
            "Name them in `known_to`: persons of the study by their identifiers, others in words.",
        ),
        zh=(
            "未说明现在何人知道{participant}的组别",
            "其此后对{participant}的评估将单独统计",
            "请在`known_to`中写明：研究人员用其标识，其他人用文字。",
        ),
    ),
    "unblinding.date": Words(
        en=(
            "a day is given, and the category is {category}",
            "the arm is told now, and on no other day",
            "Leave `date` out; it is for what came out by mistake (`inadvertent`).",
        ),
        zh=(
            "类别为{category}，却给出了日期",
            "组别在此刻告知，而非其他日期",
            "请勿填写`date`；它用于意外泄露（`inadvertent`）。",
        ),
    ),
    "unblinding.alone": Words(
        en=(
            "participants are unblinded one by one",
            "a list that is taken back would have told arms, and no entry would say so",
            "Unblind outside a list of acts, and only whom it is about.",
        ),
        zh=("受试者须逐个揭盲", "被撤回的操作列表会泄露组别而不留条目", "请在操作列表之外揭盲，且仅限所涉受试者。"),
    ),
    "unblinding.whole_study": Words(
        en=(
            "{person} may unblind at a site, and this is for the whole study ({category})",
            "only an emergency lets the site be told by itself",
            "Ask the safety physician; to treat somebody now, the category is `emergency`.",
        ),
        zh=(
            "{person}仅可在中心揭盲，而此项（{category}）属全研究范围",
            "只有紧急情况下中心可自行获知组别",
            "请联系药物安全医师；如须立即治疗，类别为`emergency`。",
        ),
    ),
    "unblinding.over": Words(
        en=(
            "the study is locked or unsealed: nothing is planned any more",
            "what was to be unblinded by plan is unsealed as a whole",
            "Use `unseal`; in an emergency, the category is `emergency`, at any time.",
        ),
        zh=(
            "研究已锁定或已启封，不再有计划揭盲",
            "按计划揭盲的内容应整体启封",
            "请用`unseal`；紧急情况随时可用类别`emergency`。",
        ),
    ),
    "unblinding.event": Words(
        en=(
            "no serious event of {participant} is named",
            "the report is about one",
            "Give the number of the entry that recorded it as `event`.",
        ),
        zh=("未写明{participant}的严重不良事件", "报告须针对某一事件", "请在`event`中填写记录该事件的条目编号。"),
    ),
    "unblinding.event/unknown": Words(
        en=(
            "entry {entry} is no record of {participant} that stands",
            "the records that stand are entries {entries}",
            "Give the entry that recorded the serious event, or leave `event` out in an emergency.",
        ),
        zh=(
            "条目{entry}不是{participant}的现行记录",
            "现行记录的条目为{entries}",
            "请填写记录严重不良事件的条目；紧急情况下可不填`event`。",
        ),
    ),
    "unblinding.event/not_serious": Words(
        en=(
            "the event of entry {entry} of {participant} is not marked as serious",
            "only a serious event is reported so",
            "Correct the record if it is serious, or leave `event` out in an emergency.",
        ),
        zh=(
            "{participant}条目{entry}的事件未标记为严重",
            "只有严重不良事件才如此报告",
            "如确属严重请更正记录；紧急情况下可不填`event`。",
        ),
    ),
}
