"""What the copies say: headings, sentences of a history, and what cannot be copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from equipoise.findings import Table
from equipoise.reports.copies.columns import COLUMNS_TOLD
from equipoise.wording.literals import literals_checked
from equipoise.words import Language, Words

__all__ = ["TABLE", "Say", "phrase", "refuse", "say_in"]

Say = Callable[..., str]
"""Says the words of a key in one language, with the facts filled in."""

TABLE = Table(
    "reports.copies",
    {
        "copy.unknown": Words(
            en=(
                "{participant} is no participant of this study",
                "nobody was screened under this number",
                "See `equipoise status` for the counts, and check the number.",
            ),
            zh=("{participant}不是本研究的受试者", "没有人以该编号筛选", "请核对编号；例数见`equipoise status`。"),
        ),
        "copy.unknown/site": Words(
            en=(
                "{participant} is no participant of {sites}",
                "whoever was appointed at a site reads of that site alone",
                "Check the number, or ask somebody who may read of the whole study.",
            ),
            zh=(
                "{participant}不是{sites}的受试者",
                "在某中心任命者只能阅读该中心的资料",
                "请核对编号，或联系可阅读全研究资料者。",
            ),
        ),
        "copy.day": Words(
            en=("`{day}` is no day", "days are written year-month-day", "Write for example 2026-03-31."),
            zh=("`{day}`不是日期", "日期写作年-月-日", "例如写作2026-03-31。"),
        ),
        "copy.kind": Words(
            en=("no entry is of kind `{kind}`", "the trail would be empty", "Did you mean: {known}?"),
            zh=("没有类型为`{kind}`的条目", "轨迹将为空", "是否指：{known}？"),
        ),
        "copy.taken": Words(
            en=(
                "something lies there",
                "a copy is written into a new or empty folder, so that nothing old passes for a part of it",
                "Name another folder.",
            ),
            zh=("该处已有内容", "副本只写入新的或空的文件夹，以免旧文件被当作其一部分", "请另指文件夹。"),
        ),
        "copy.not_written": Words(
            en=("the copy could not be written", "{reason}", "Nothing was left behind; mend that and repeat."),
            zh=("无法写入副本", "{reason}", "未留下任何文件；请处理后重试。"),
        ),
    },
    {
        "act.signed": ("signed with entry {entry}", "随条目{entry}签名"),
        "act.unsigned": ("not signed", "未签名"),
        "casebook.acts_note": (
            (
                "Every entry about the participant. The signature of an entry covers all entries before it, "
                "because each names the hash of the one before."
            ),
            "关于该受试者的全部条目。每一条目均载有前一条目的哈希值，故一个签名覆盖其之前的所有条目。",
        ),
        "casebook.arm_withheld": ("not told here", "此处不显示"),
        "casebook.consent": ("{date}: consented to version {version}", "{date}：签署知情同意书{version}版"),
        "casebook.left": ("{date}: withdrew from {extent} ({reason})", "{date}：退出{extent}（{reason}）"),
        "casebook.move": ("{date}: from {before} to {after}", "{date}：由{before}转至{after}"),
        "casebook.no_deviations": ("No deviation is on record.", "无方案偏离记录。"),
        "casebook.no_queries": ("No query was raised.", "未提出质疑。"),
        "casebook.no_records": ("No form was recorded.", "未记录任何表单。"),
        "casebook.part_agreed": ("{date}: agrees to part {part}", "{date}：同意{part}部分"),
        "casebook.part_refused": ("{date}: takes back part {part}", "{date}：撤回{part}部分"),
        "casebook.title": ("Casebook of {participant}", "{participant}的病例报告簿"),
        **COLUMNS_TOLD,
        "copy.about": (
            "{study}, protocol version {version}. As of entry {entry} ({at} UTC).",
            "{study}，方案版本{version}。截至条目{entry}（{at} UTC）。",
        ),
        "copy.foot": ("Ledger: entry {entry}, head {head}", "账本：条目{entry}，头部 {head}"),
        "copy.rehearsal": ("Rehearsal: nobody here is real.", "演练：此处无真实受试者。"),
        "entry.erased": ("{told} (what entry {entry} said was erased)", "{told}（条目{entry}的内容已删除）"),
        "entry.refused": ("{told}: {parts}", "{told}：{parts}"),
        "entry.text": ("{told}: {text}", "{told}：{text}"),
        "entry.why": ("{what}, for {why}", "{what}，因{why}"),
        "extent.consent": ("consent", "知情同意"),
        "extent.follow_up": ("follow-up", "随访"),
        "extent.treatment": ("treatment", "治疗"),
        "fact.arm": ("Arm", "组别"),
        "fact.consents": ("Consent", "知情同意"),
        "fact.enrolled": ("Enrolled", "入组日期"),
        "fact.left": ("Withdrawn", "退出"),
        "fact.moves": ("Centers", "转中心"),
        "fact.randomized": ("Randomized", "随机日期"),
        "fact.screened": ("Screened", "筛选日期"),
        "fact.site": ("Center", "中心"),
        "fact.status": ("Status", "状态"),
        "head.account": ("Account", "账户"),
        "head.at": ("When (UTC)", "时间（UTC）"),
        "head.list": ("List (digest)", "清单（摘要）"),
        "head.mapped_by": ("Mapped by", "设定者"),
        "head.names_others": ("May name anybody", "可指定任何人"),
        "head.remark": ("Remark", "说明"),
        "head.upto": ("Up to entry", "截至条目"),
        "head.about": ("About", "对象"),
        "head.appointed_by": ("Appointed by", "任命者"),
        "head.by": ("By", "来自"),
        "head.category": ("Category", "类别"),
        "head.change": ("Old, new, reason", "原值、新值、理由"),
        "head.date": ("Date", "日期"),
        "head.delay": ("Days from observation to entry", "观察至录入天数"),
        "head.entry": ("Entry", "条目"),
        "head.history": ("History", "修改历史"),
        "head.item": ("Item", "条目项"),
        "head.observed": ("Observed", "观察日期"),
        "head.outcome": ("Outcome", "结果"),
        "head.part": ("Part of the trail", "轨迹范围"),
        "head.person": ("Person", "人员"),
        "head.place": ("About", "对象"),
        "head.query": ("Query", "质疑"),
        "head.rights": ("Rights", "权限"),
        "head.role": ("Role", "角色"),
        "head.signature": ("Hash, signature", "哈希值、签名"),
        "head.since": ("Since (UTC)", "起始（UTC）"),
        "head.site": ("Center", "中心"),
        "head.status": ("Status", "状态"),
        "head.steps": ("What happened", "经过"),
        "head.until": ("Until (last day, UTC)", "截止（最后一日，UTC）"),
        "head.value": ("Value", "数值"),
        "head.when": ("When (UTC, then at the site)", "时间（UTC，其后为中心当地时间）"),
        "head.organization": ("Organization", "单位"),
        "head.who": ("Who, role, organization", "操作者、角色、单位"),
        "head.words": ("What", "内容"),
        "list": (", ", "、"),
        "organization.unsaid": ("organization not said", "未说明单位"),
        "role.of": ("{role}, {organization}", "{role}，{organization}"),
        "query.answered": ("answered", "回复"),
        "query.closed": ("closed", "关闭"),
        "query.deviation_kept": ("kept as a deviation", "作为偏离保留"),
        "query.erased": ("erased", "删除"),
        "query.is_answered": ("answered", "已回复"),
        "query.is_closed": ("closed", "已关闭"),
        "query.is_open": ("open", "未关闭"),
        "query.raised": ("raised", "提出"),
        "query.reopened": ("opened again", "重新打开"),
        "query.step": ("{at}: {what} by {by}. {text}", "{at}：由{by}{what}。{text}"),
        "query.system": ("the system", "系统"),
        "record.check": ("{check} was accepted: {reason}", "已接受{check}：{reason}"),
        "record.by_rule": (
            "by rule {rule} of protocol {protocol} ({digest})",
            "依据方案{protocol}（{digest}）的规则{rule}",
        ),
        "record.value_erased": (
            "value erased by {actor} ({role}), {at}, entry {entry}: {reason}",
            "该值由{actor}（{role}）于{at}删除，条目{entry}：{reason}",
        ),
        "record.corrected": (
            "{old} → {new}: {reason}. {actor} ({role}), {at}, entry {entry}",
            "{old} → {new}：{reason}。{actor}（{role}），{at}，条目{entry}",
        ),
        "record.delay": ("{days} days after the observation", "观察后{days}天"),
        "record.drafted": (
            "half filled by {actor} ({role}) at {at} ({utc}), entry {entry}; not recorded",
            "{actor}（{role}）于{at}（{utc}）暂存，条目{entry}；尚未记录",
        ),
        "record.entered": (
            "entered by {actor} ({role}) at {at} ({utc}), entry {entry}",
            "{actor}（{role}）于{at}（{utc}）录入，条目{entry}",
        ),
        "record.erased": (
            "ERASED by {actor} at {at}, entry {entry}: {reason}",
            "已由{actor}于{at}删除，条目{entry}：{reason}",
        ),
        "record.observed": ("observed {day}", "观察日期{day}"),
        "record.replaced": ("replaced by {actor} at {at}, entry {entry}", "已由{actor}于{at}替换，条目{entry}"),
        "record.row": ("{label} ({group}, row {row})", "{label}（{group}第{row}行）"),
        "record.struck": (
            "STRUCK OUT by {actor} at {at}, entry {entry}: {reason}",
            "已由{actor}于{at}划除，条目{entry}：{reason}",
        ),
        "roles.never_reviewed": ("Who may what was not reviewed until then.", "截至当时未审查过各人权限。"),
        "roles.note": (
            (
                "As the entries of appointment and dismissal say, at the end of the day (UTC). "
                "The list of who may what has the digest {list}: whoever reviews it names that (`review_access`)."
            ),
            "据任命与解任条目，以当日结束时（UTC）为准。权限清单的摘要为{list}，审查者须注明（`review_access`）。",
        ),
        "roles.title": ("Who held which role on {day}", "{day}各角色任职情况"),
        "roles.whole": ("the whole study", "全研究"),
        "section.access_reviews": ("Reviews of who may what", "权限审查"),
        "section.accounts": ("Accounts", "账户"),
        "section.acts": ("Entries and signatures", "条目与签名"),
        "section.ended": ("Roles that have ended by themselves", "已自动结束的角色"),
        "section.deviations": ("Deviations", "方案偏离"),
        "section.queries": ("Queries", "质疑"),
        "section.records": ("Forms", "表单"),
        "section.roles": ("Roles", "角色"),
        "section.standing": ("Where the participant stands", "受试者现况"),
        "section.trail_reviews": ("Reviews of the trail", "轨迹审阅"),
        "section.trail": ("Entries", "条目"),
        "separator": ("; ", "；"),
        "status.consented": ("consented", "已知情同意"),
        "status.enrolled": ("enrolled", "已入组"),
        "status.randomized": ("randomized", "已随机"),
        "status.screen_failed": ("failed screening", "筛选失败"),
        "status.screened": ("screened", "已筛选"),
        "status.withdrawn": ("withdrawn", "已退出"),
        "trail.change": ("{old} → {new}", "{old} → {new}"),
        "trail.never_reviewed": ("Nobody has reviewed the trail.", "尚无人审阅该轨迹。"),
        "trail.outcome_clear": ("nothing was found", "未发现问题"),
        "trail.outcome_found": ("something was found", "发现问题"),
        "trail.note": (
            "{shown} entries, as far as the reader may read them, in the order of the ledger.",
            "共{shown}个条目（限阅读者可读范围），按账本顺序。",
        ),
        "trail.title": ("Audit trail", "稽查轨迹"),
        "value.code": ("{label} ({code})", "{label}（{code}）"),
        "value.no": ("no", "否"),
        "value.none": ("none", "无"),
        "value.withheld": ("withheld from this reader", "对该阅读者不显示"),
        "value.yes": ("yes", "是"),
        "visit.numbered": ("{label} ({n})", "{label}（{n}）"),
    },
)
refuse, phrase = TABLE.refuse, TABLE.phrase


@literals_checked
def say_in(language: Language) -> Say:
    """The voice of one language."""

    def say(key: str, /, **facts: Any) -> str:
        return phrase(key, **facts).in_(language)

    return say
