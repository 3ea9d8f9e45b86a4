"""What recording and correcting forms refuses."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "date.differs": Words(
        en=(
            "the form is dated {named} and said to be observed on {observed}",
            "{item} says when the observation was made",
            "Give one date.",
        ),
        zh=("表单日期为{named}，而观察日期为{observed}", "观察日期由{item}说明", "请只给出一个日期。"),
    ),
    "date.differs/recorded": Words(
        en=(
            "the form was observed on {before}, and now on {observed}",
            "no item of the form asks for the day, so that no correction can change it",
            "Leave the day as it was recorded; report a deviation if it is wrong.",
        ),
        zh=(
            "表单的观察日期原为{before}，现为{observed}",
            "表单没有询问日期的项目，因此无法更正日期",
            "请保留已记录的日期；如有误，请报告方案偏离。",
        ),
    ),
    "erasure.correction": Words(
        en=(
            "entry {entry} corrects a value and cannot be erased alone",
            "the value before it would count again",
            "Erase {item} of entry {form}, the form; its corrections go with it.",
        ),
        zh=(
            "条目{entry}是更正，不能单独删除",
            "否则更正前的数据会重新生效",
            "请删除表单条目{form}的{item}；其更正随之删除。",
        ),
    ),
    "erasure.correction/kept": Words(
        en=(
            "entry {entry} keeps what was left of a form",
            "the form itself has a number of its own, by which everything names it",
            "Erase an item of entry {form}, the form.",
        ),
        zh=(
            "条目{entry}保存表单未删除的内容",
            "表单本身另有条目号，一切均以该号引用",
            "请删除表单条目{form}中的项目。",
        ),
    ),
    "erasure.correction/form_gone": Words(
        en=(
            "entry {entry} corrects a value and cannot be erased alone",
            "the value before it would count again",
            "Erase the form's own entry.",
        ),
        zh=("条目{entry}是更正，不能单独删除", "否则更正前的数据会重新生效", "请删除表单本身的条目。"),
    ),
    "erasure.done": Words(
        en=(
            "the payload of entry {entry} was erased already",
            "nothing of it is left",
            "There is nothing left to do.",
        ),
        zh=("条目{entry}的内容已删除", "已无内容留存", "无需操作。"),
    ),
    "erasure.needed": Words(
        en=(
            "entry {entry} ({kind}) cannot be erased",
            "the course of the trial hangs on it; what can go is {kinds}",
            "Leave it, or correct what it says.",
        ),
        zh=("条目{entry}（{kind}）不能删除", "试验进程以它为依据；可删除的有{kinds}", "请保留，或更正其内容。"),
    ),
    "erasure.no_form": Words(
        en=(
            "entry {entry} ({kind}) is no form",
            "only a form has items and can be erased as a whole",
            "Leave `item` and `whole` out.",
        ),
        zh=("条目{entry}（{kind}）不是表单", "只有表单才有项目，才能整体删除", "请不要填写 `item` 和 `whole`。"),
    ),
    "erasure.no_such_item": Words(
        en=(
            "entry {entry} holds no {item} there",
            "what stands in the form is {items}",
            "Name the item, and its group and row, as the form has them.",
        ),
        zh=("条目{entry}在该处没有{item}", "表单中有{items}", "请按表单填写项目及其组和行。"),
    ),
    "erasure.which": Words(
        en=(
            "it is not said what of entry {entry}, form {form}, is to go",
            "nothing goes but what is named; the form holds {items}",
            "Name the `item`. Say `whole: true` only where nothing of the form may be kept.",
        ),
        zh=(
            "未说明要删除条目{entry}（表单{form}）中的哪些内容",
            "只删除指明的内容；表单中有{items}",
            "请填写 `item`。仅当表单任何内容均不得保留时才填 `whole: true`。",
        ),
    ),
    "erasure.no_such_entry": Words(
        en=(
            "there is no entry {entry}",
            "the ledger does not hold it",
            "Give the number of the entry, as its receipt tells it.",
        ),
        zh=("没有条目{entry}", "账本中不存在", "请填写回执所示的条目号。"),
    ),
    "erasure.query": Words(
        en=(
            "entry {entry} is a part of query {query}",
            "a query goes as a whole, so that nobody reads half of it",
            "Erase entry {raised}, which raised it; the rest goes with it.",
        ),
        zh=(
            "条目{entry}是质疑{query}的一部分",
            "质疑须整体删除，以免只读到一半",
            "请删除提出该质疑的条目{raised}；其余随之删除。",
        ),
    ),
    "form.advised": Words(
        en=(
            "{item} keeps what was advised",
            "what was advised on that day does not change",
            "Correct what was given, or the values that the advice rested on.",
        ),
        zh=("{item}保存当时的建议", "当日的建议不会改变", "请更正实际给药，或建议所依据的数据。"),
    ),
    "form.computed": Words(
        en=(
            "{item} is computed",
            "it follows from other answers ({by})",
            "Correct the answers it is computed from.",
        ),
        zh=("{item}由计算得出", "它来自其他答案（{by}）", "请更正其所依据的答案。"),
    ),
    "form.rows": Words(
        en=(
            "{group} had {had} rows and has {rows} now",
            "a row that was recorded is never taken away",
            "Keep the row and correct its values.",
        ),
        zh=("{group}原有{had}行，现为{rows}行", "已记录的行不会被删除", "请保留该行并更正其数据。"),
    ),
    "form.unknown_item": Words(
        en=("{where} does not ask for {item}", "only what the form asks can be corrected", "Correct the name."),
        zh=("{where}没有项目{item}", "只能更正表单所询问的内容", "请更正名称。"),
    ),
    "form.unknown_item/near": Words(
        en=("{where} does not ask for {item}", "only what the form asks can be corrected", "Did you mean {near}?"),
        zh=("{where}没有项目{item}", "只能更正表单所询问的内容", "是否应为{near}？"),
    ),
    "form.unknown_item/in_group": Words(
        en=(
            "{where} does not ask for {item}",
            "it is asked in each row of {there}",
            "Give `group: {group}` and the number of the row.",
        ),
        zh=("{where}没有项目{item}", "该项在{there}的每一行中询问", "请写明`group: {group}`及行号。"),
    ),
    "form.unknown_item/elsewhere": Words(
        en=("{where} does not ask for {item}", "it is asked once, in {there}", "Leave out `group` and `row`."),
        zh=("{where}没有项目{item}", "该项在{there}中仅询问一次", "请删去`group`与`row`。"),
    ),
    "form.unknown_item/queried": Words(
        en=("{where} does not ask for {item}", "only what the form asks can be queried", "Correct the name."),
        zh=("{where}没有项目{item}", "只能就表单所询问的内容提出质疑", "请更正名称。"),
    ),
    "record.missing": Words(
        en=(
            "form {form} at visit {visit} ({occurrence}) was not recorded",
            "there is nothing to correct",
            "Record the form.",
        ),
        zh=("访视{visit}（{occurrence}）的表单{form}未记录", "没有可更正的内容", "请记录该表单。"),
    ),
    "record.no_row": Words(
        en=(
            "{group} has no row {row}",
            "it has {rows} rows",
            "Name a row that was recorded; add rows by recording the form again.",
        ),
        zh=("{group}没有第{row}行", "共有{rows}行", "请填写已记录的行；增加行须重新记录表单。"),
    ),
    "record.no_row/queried": Words(
        en=("{group} has no row {row}", "it has {rows} rows", "Name a row that was recorded."),
        zh=("{group}没有第{row}行", "共有{rows}行", "请填写已记录的行。"),
    ),
    "visit.does_not_apply": Words(
        en=(
            "visit {visit} does not apply to this participant",
            "it takes place when {rule}",
            "Record what it depends on first, or choose another visit.",
        ),
        zh=("访视{visit}不适用于该受试者", "其条件为{rule}", "请先记录其依据，或选择其他访视。"),
    ),
    "visit.does_not_apply/not_known": Words(
        en=(
            "visit {visit} does not apply to this participant",
            "it takes place when {rule}; not known yet: {missing}",
            "Record what it depends on first, or choose another visit.",
        ),
        zh=("访视{visit}不适用于该受试者", "其条件为{rule}；尚不知：{missing}", "请先记录其依据，或选择其他访视。"),
    ),
    "visit.too_early": Words(
        en=(
            "visit {visit} cannot have taken place",
            "its days count from {anchor}, which has not taken place",
            "Record the {anchor} first.",
        ),
        zh=("访视{visit}不可能已发生", "其天数自{anchor}起算，而{anchor}尚未发生", "请先记录{anchor}。"),
    ),
}
