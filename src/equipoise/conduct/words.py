"""What the desk and its table of rights refuse, and how they say it."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

TABLE = Table(
    "conduct",
    {
        "act.taken": Words(
            en=(
                "act {act_id} was another one",
                "an act id names one request for ever",
                "Send the request with a new id.",
            ),
            zh=("操作编号{act_id}已用于其他请求", "一个操作编号永远只对应一个请求", "请以新的编号发送请求。"),
        ),
        "randomization.not_standing": Words(
            en=(
                "the arm of {participant} is not known yet",
                "an arm is told only once its entry stands, and a list of acts stands as a whole or not at all",
                "Randomize first, and put what depends on the arm into a list of its own.",
            ),
            zh=(
                "{participant}的组别尚不可知",
                "条目生成后方可告知组别，而操作列表要么全部生效，要么全部不生效",
                "请先单独随机，再把取决于组别的操作放入另一列表。",
            ),
        ),
        "randomization.not_standing/dry": Words(
            en=(
                "the arm of {participant} is not known yet",
                "a dry run draws none",
                "Randomize first; what depends on the arm can be tried afterwards.",
            ),
            zh=("{participant}的组别尚不可知", "试运行不抽取组别", "请先正式随机，再试行取决于组别的操作。"),
        ),
        "import.unfinished": Words(
            en=(
                "the list ends with an `{role}` who was not dismissed",
                "that role lives inside one import, and nobody holds it afterwards",
                "Dismiss it in the same list, or use `equipoise import`.",
            ),
            zh=(
                "列表结束时“{role}”尚未解除任命",
                "该角色仅存在于一次导入之中，之后任何人不得担任",
                "请在同一列表中解除任命，或使用`equipoise import`。",
            ),
        ),
        "study.not_opened": Words(
            en=("the ledger of {study} has no entries", "the study was not opened", "Make the study first."),
            zh=("{study}的账本没有条目", "研究尚未建立", "请先建立研究。"),
        ),
        "study.protocol_changed": Words(
            en=(
                "the protocol at hand is not the one in force",
                "version {version} is in force",
                "Open the study again if it was amended; else restore its own copy of the protocol.",
            ),
            zh=("当前方案不是现行方案", "现行版本为{version}", "如方案已修订，请重新打开研究；否则请恢复其方案副本。"),
        ),
        "authority.nobody": Words(
            en=("{person} holds no role in this study", "what is not granted is denied", "Ask to be appointed."),
            zh=("{person}在本研究中没有角色", "未授权即不允许", "请申请任命。"),
        ),
        "authority.ended": Words(
            en=(
                "the appointment of {person} as {role} ended on {day}",
                "that was its last day (UTC): it was made to end by itself, for acting and for reading",
                "Ask whoever may appoint to appoint {person} again, until another day.",
            ),
            zh=(
                "{person}作为{role}的任命已于{day}结束",
                "该日为其最后一日（UTC）：任命时即定为自动结束，操作与阅读均不再允许",
                "请有任命权者重新任命{person}，并写明新的截止日。",
            ),
        ),
        "authority.not_granted": Words(
            en=(
                "{person} may not do `{right}`",
                "the role {roles} does not include it",
                "Ask somebody whose role does.",
            ),
            zh=("{person}无权进行“{right}”", "角色{roles}不包含此权限", "请联系有此权限者。"),
        ),
        "authority.other_site": Words(
            en=(
                "{person} may not do `{right}` at site {site}",
                "{person} is {roles}, and those roles end at the site's door",
                "Ask somebody of that site.",
            ),
            zh=("{person}无权在中心{site}进行“{right}”", "{person}为{roles}，其权限仅限本中心", "请联系该中心人员。"),
        ),
        "authority.other_site/whole": Words(
            en=(
                "{person} may not do `{right}` for the whole study",
                "{person} is {roles}, and those roles end at the site's door",
                "Ask somebody of that site.",
            ),
            zh=("{person}无权对整个研究进行“{right}”", "{person}为{roles}，其权限仅限本中心", "请联系该中心人员。"),
        ),
    },
    {"role_at": ("{role} at {site}", "{site}的{role}")},
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
