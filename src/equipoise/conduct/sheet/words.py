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

TABLE = Table("conduct.sheet", _GUARDS)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
