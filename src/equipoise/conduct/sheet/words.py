"""What filling in a form and the guards of the acts find, and how they say it."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

_GUARDS = {
    "desk.no_secret": Words(
        en=(
            "the study's secret is not at hand",
            "allocations are drawn and opened with it",
            "Restore keys/allocation.key from its own backup.",
        ),
        zh=("缺少本研究的密钥", "随机分配须用它生成和开启", "请从单独的备份中恢复keys/allocation.key。"),
    ),
    "date.impossible": Words(
        en=("{name} `{day}` is not a date", "there is no such day", "Enter it as in 2024-06-30."),
        zh=("{name}的“{day}”不是日期", "没有这一天", "请按2024-06-30的格式填写。"),
    ),
    "date.impossible/early": Words(
        en=("{name} {day} is impossible", "nobody in a trial was alive before {earliest}", "Correct the year."),
        zh=("{name} {day}不可能成立", "受试者不可能生活在{earliest}年以前", "请更正年份。"),
    ),
    "date.future": Words(
        en=("{name} {day} is in the future", "today is {today} there", "Correct the date."),
        zh=("{name} {day}晚于今日", "当地今日为{today}", "请更正日期。"),
    ),
    "date.order": Words(
        en=(
            "{name} {day} is before {event} ({earlier})",
            "the one cannot come before the other",
            "Correct the date that is wrong.",
        ),
        zh=("{name} {day}早于{event}（{earlier}）", "前者不可能早于后者", "请更正有误的日期。"),
    ),
    "factor.unknown": Words(
        en=("there is no factor {name}", "the factors are {factors}", "Choose one of these."),
        zh=("没有分层因素{name}", "分层因素为{factors}", "请从中选择。"),
    ),
    "factor.level": Words(
        en=("{name} cannot be {level}", "its levels are {levels}", "Choose one of these."),
        zh=("{name}不能为{level}", "其水平为{levels}", "请从中选择。"),
    ),
    "reason.missing": Words(
        en=("{act} needs a reason", "whoever reads the record later must understand it", "Say why."),
        zh=("{act}须说明理由", "日后查阅记录的人须能理解", "请填写理由。"),
    ),
    "study.locked": Words(
        en=("the study is locked", "it was locked: {reason}", "Ask who may unlock it, with a reason."),
        zh=("研究已锁定", "锁定理由：{reason}", "请联系有权解锁者，并说明理由。"),
    ),
    "text.long": Words(
        en=(
            "`{name}` has {length} signs",
            "a text has at most {most}, for it is kept for ever",
            "Say it shorter; keep what is longer as a document and name it.",
        ),
        zh=(
            "“{name}”有{length}个字符",
            "文字最多{most}个字符，因为将永久保存",
            "请写得更短；较长的内容请另存为文件并注明。",
        ),
    ),
    "text.nul": Words(
        en=("`{name}` holds a NUL", "no text that people write holds one", "Take it out."),
        zh=("“{name}”含有NUL字符", "人所书写的文字不含该字符", "请删除。"),
    ),
    "visit.unknown": Words(
        en=("there is no visit {visit}", "the visits are {visits}", "Choose one of these."),
        zh=("没有访视{visit}", "访视为{visits}", "请从中选择。"),
    ),
    "visit.form_not_due": Words(
        en=(
            "form {form} does not belong to visit {visit}",
            "its forms are {forms}",
            "Choose one of these, or another visit.",
        ),
        zh=("表单{form}不属于访视{visit}", "该访视的表单为{forms}", "请从中选择，或选择其他访视。"),
    ),
    "visit.occurrence": Words(
        en=("visit {visit} has no occurrence {occurrence}", "its occurrences are 1 to {most}", "Correct the number."),
        zh=("访视{visit}没有第{occurrence}次", "该访视为第1至{most}次", "请更正次数。"),
    ),
    "site.not_open": Words(
        en=("site {site} is not open", "nobody opened it", "Open the site first."),
        zh=("中心{site}未启动", "尚无人启动该中心", "请先启动该中心。"),
    ),
    "site.closed": Words(
        en=(
            "site {site} is closed",
            "it was closed to new participants",
            "Use a site that is open, or open it again.",
        ),
        zh=("中心{site}已关闭", "该中心不再接收新受试者", "请使用已启动的中心，或重新启动该中心。"),
    ),
    "participant.unknown": Words(
        en=(
            "there is no participant {participant}",
            "nobody was screened under this number",
            "Check the number, or screen first.",
        ),
        zh=("没有受试者{participant}", "无人以该编号筛选", "请核对编号，或先登记筛选。"),
    ),
    "participant.dead": Words(
        en=(
            "{form} says that {participant} died on {died}, before {day}",
            "nobody who died is enrolled or given an arm",
            "Check the number; correct the date of death, or strike the form out if it is another person's.",
        ),
        zh=(
            "{form}记载{participant}已于{died}死亡，早于{day}",
            "已死亡者不能入组或分配组别",
            "请核对编号；更正死亡日期，如属他人表单请划除。",
        ),
    ),
    "consent.missing": Words(
        en=(
            "{participant} has not consented",
            "nothing may be done to a person without consent",
            "Record the consent first.",
        ),
        zh=("{participant}尚未签署知情同意", "未经知情同意不得进行任何研究操作", "请先记录知情同意。"),
    ),
    "consent.old_version": Words(
        en=(
            "{participant} consented to another version",
            "version {version} is in force, and the consent was to {given}",
            "Ask for consent to the version in force.",
        ),
        zh=(
            "{participant}签署的是其他版本的知情同意书",
            "现行版本为{version}，所签版本为{given}",
            "请按现行版本重新取得知情同意。",
        ),
    ),
    "consent.later": Words(
        en=(
            "the consent of {participant} ({given}) is later than {day}",
            "consent comes first",
            "Correct the date that is wrong.",
        ),
        zh=("{participant}的知情同意日期（{given}）晚于{day}", "知情同意应在先", "请更正有误的日期。"),
    ),
    "consent.withdrawn": Words(
        en=(
            "{participant} took the consent back",
            "nothing more may be done or recorded",
            "Leave the record as it is.",
        ),
        zh=("{participant}已撤回知情同意", "不得再进行任何操作或记录", "请保持记录原样。"),
    ),
}

_OVERRIDE_EN = "confirm with a reason: overrides {{{check}: reason}}."
_OVERRIDE_ZH = "请说明理由予以确认：overrides {{{check}: 理由}}。"
_FIRST_EN = "First correct what is refused about the same answers; if the source still says so then, " + _OVERRIDE_EN
_FIRST_ZH = "请先更正同一答案被拒绝之处；此后若源数据仍如此，" + _OVERRIDE_ZH
_LOOK_EN, _LOOK_ZH = "Look at the source again; if it says so, ", "请核对源数据；若确实如此，"
_TOGETHER_EN = (
    "Where two answers must change together, record the whole form again with both and a reason: they are judged as one"
    " page, and each that differs is kept as a correction."
)
_TOGETHER_ZH = (
    "若两项答案须同时更改，请重新填写整份表单（两项一并更改并说明理由）：系统按一份整体核查，逐项保留为更正。"
)

_FORMS = {
    "form.unknown_group": Words(
        en=("form {form} has no group {group}", "only what the form asks can be recorded", "Correct the name."),
        zh=("表单{form}没有重复组{group}", "只能记录表单所要求的内容", "请更正名称。"),
    ),
    "form.unknown_item": Words(
        en=(
            "form {form} does not ask for {item}",
            "only what the form asks can be recorded",
            "Correct the name, or leave it out.",
        ),
        zh=("表单{form}不包含{item}", "只能记录表单所要求的内容", "请更正名称，或删去该项。"),
    ),
    "form.unknown_item/near": Words(
        en=(
            "form {form} does not ask for {item}",
            "only what the form asks can be recorded",
            "Did you mean {near}?",
        ),
        zh=("表单{form}不包含{item}", "只能记录表单所要求的内容", "是否应为{near}？"),
    ),
    "form.rows/few": Words(
        en=("{group} has {count} rows", "at least {least} are asked for", "Add or remove rows."),
        zh=("{group}有{count}行", "至少须填{least}行", "请增加或删除行。"),
    ),
    "form.rows/many": Words(
        en=("{group} has {count} rows", "at most {most} are taken", "Add or remove rows."),
        zh=("{group}有{count}行", "最多可填{most}行", "请增加或删除行。"),
    ),
    "form.computed": Words(
        en=(
            "{item} was entered as {entered} and computes to {value}",
            "it follows from the other answers ({by})",
            "Leave it empty, or correct the answers.",
        ),
        zh=("{item}填写为{entered}，而计算结果为{value}", "该项由其他答案得出（{by}）", "请留空，或更正相关答案。"),
    ),
    "form.not_shown": Words(
        en=(
            "{item} has a value and is not asked here",
            "it is asked only when {rule}",
            "Clear it, or correct the answer it depends on.",
        ),
        zh=("{item}此处无需填写却有值", "仅当{rule}时才需填写", "请清除，或更正其所依据的答案。"),
    ),
    "form.required": Words(
        en=("{item} ({label}) has no value", "it is required", "Enter it."),
        zh=("{item}（{label}）未填写", "该项为必填项", "请填写。"),
    ),
    "form.required/when": Words(
        en=("{item} ({label}) has no value", "it is required when {rule}", "Enter it."),
        zh=("{item}（{label}）未填写", "当{rule}时该项必填", "请填写。"),
    ),
    "form.check": Words(
        en=("check {id}: {message}", "found: {values}", "Correct the answers that do not agree."),
        zh=("核查{id}：{message}", "现有答案：{values}", "请更正互相矛盾的答案。"),
    ),
    "form.check/alone": Words(
        en=(
            "check {id}: {message}",
            "found: {values}",
            "Correct the answer that is wrong. " + _TOGETHER_EN,
        ),
        zh=("核查{id}：{message}", "现有答案：{values}", "请更正其中有误者。" + _TOGETHER_ZH),
    ),
    "form.not_shown/alone": Words(
        en=(
            "{item} has a value and is not asked here",
            "it is asked only when {rule}",
            "Clear it, or correct the answer it depends on. " + _TOGETHER_EN,
        ),
        zh=(
            "{item}此处无需填写却有值",
            "仅当{rule}时才需填写",
            "请清除，或更正其所依据的答案。" + _TOGETHER_ZH,
        ),
    ),
    "form.medicine": Words(en=("{what}", "{why}", "{mend}"), zh=("{what}", "{why}", "{mend}")),
    "form.soft": Words(
        en=("{what}", "{why}", _LOOK_EN + _OVERRIDE_EN), zh=("{what}", "{why}", _LOOK_ZH + _OVERRIDE_ZH)
    ),
    "form.soft/check": Words(
        en=("check {id}: {message}", "found: {values}", _LOOK_EN + _OVERRIDE_EN),
        zh=("核查{id}：{message}", "现有答案：{values}", _LOOK_ZH + _OVERRIDE_ZH),
    ),
    "form.soft/medicine": Words(
        en=("{what}", "{why}", "{mend} If the source says so, " + _OVERRIDE_EN),
        zh=("{what}", "{why}", "{mend}若源数据确实如此，" + _OVERRIDE_ZH),
    ),
    "form.soft/first": Words(en=("{what}", "{why}", _FIRST_EN), zh=("{what}", "{why}", _FIRST_ZH)),
    "form.soft/check_first": Words(
        en=("check {id}: {message}", "found: {values}", _FIRST_EN),
        zh=("核查{id}：{message}", "现有答案：{values}", _FIRST_ZH),
    ),
    "form.soft/medicine_first": Words(
        en=("{what}", "{why}", "{mend} " + _FIRST_EN), zh=("{what}", "{why}", "{mend}" + _FIRST_ZH)
    ),
}

TABLE = Table(
    "conduct.sheet",
    _GUARDS | _FORMS,
    {
        "rule": ("the rule {method}", "规则{method}"),
        "nothing": ("nothing", "空值"),
        "known": ("{name} = {value}", "{name} = {value}"),
        "unknown": ("{name} = not recorded", "{name} = 未记录"),
    },
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
