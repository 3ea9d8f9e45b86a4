"""What a verification finds, and what it says of each thing that it looked at."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["PHRASES", "WORDS"]

_DIFFERS, _DIFFERS_ZH = "a projection does not equal the replay", "投影与重放结果不一致"
_PAST, _PAST_ZH = "the desk would have refused it: it was written past the desk", "正常操作会拒绝它：它被绕过写入"
_WHO_WROTE = "Find out who wrote to the database, then run: equipoise verify STUDY --rebuild"
_WHO_WROTE_ZH = "请查明何人写入数据库，然后运行：equipoise verify STUDY --rebuild。"
_FORGED = "Keep this database as evidence, and restore the ledger from the newest backup that verifies."
_FORGED_ZH = "请将此数据库作为证据保留，并从可通过验证的最新备份恢复账本。"

WORDS = {
    "projection.rebuilt/alone": Words(
        en=(
            "what was rebuilt was held against no checkpoint",
            "a history that was cut or rewritten would agree with it just as well",
            "Verify once more with --anchor and a checkpoint that somebody else keeps.",
        ),
        zh=(
            "重建的内容未与任何检查点比对",
            "被截短或改写的历史同样会与之相符",
            "请以 --anchor 指定他人保管的检查点，再验证一次。",
        ),
    ),
    "projection.rebuilt/before": Words(
        en=(
            "projections were rebuilt before",
            "entry {seq} says so: until then somebody had written to the database past the ledger",
            "Find out who did, if it was not found out then.",
        ),
        zh=("投影曾被重建", "条目{seq}如此注明：此前有人绕过账本写入数据库", "若当时未查明，请查明何人所为。"),
    ),
    "verify.nobody": Words(
        en=(
            "the account {account} stands for nobody in this study: the chain was checked, and nothing inside it",
            "what the entries say is for the study's people; that the chain holds, anybody with the bytes may know",
            "Whoever made the study can map the account (act map_account), and what is inside is checked too.",
        ),
        zh=(
            "账户{account}在本研究中不代表任何人：已核验链条，未核验其内容",
            "条目的内容只供研究人员查看；链条是否成立，持有数据者均可知晓",
            "请由建立研究者登记该账户（操作map_account），便可同时核验内容。",
        ),
    ),
    "verify.inside": Words(
        en=(
            "{count} things inside the ledger do not hold",
            "entries of other sites may be among them, and this person reads of some sites only",
            "Ask somebody who reads the whole study to verify it.",
        ),
        zh=(
            "账本内容中有{count}处不成立",
            "其中可能包括其他中心的条目，而此人只可查看部分中心",
            "请由可查看整个研究的人员核验。",
        ),
    ),
    "verify.unsigned": Words(
        en=(
            "the entries carry no signatures",
            "the study was made before entries were signed: whoever has the database can write a history of their own",
            "Keep checkpoints elsewhere, and verify against them.",
        ),
        zh=(
            "条目没有签名",
            "该研究建立于条目签名之前：掌握数据库者可以写出自己的历史",
            "请在他处保管检查点，并据以验证。",
        ),
    ),
    "verify.open_to_others": Words(
        en=(
            "others may read a key of the study",
            "whoever holds it can act as the study does",
            "Run: chmod 600 {file}",
        ),
        zh=("他人可以读取研究的密钥", "持有密钥者可冒充本研究行事", "请运行：chmod 600 {file}。"),
    ),
    "verify.decided/nobody": Words(
        en=("entry {seq} was made by {actor}, who is nobody in this study", _PAST, _FORGED),
        zh=("条目{seq}由{actor}所作，而本研究没有此人", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/role": Words(
        en=("entry {seq} was made by {actor} as {role}, a role not held there then", _PAST, _FORGED),
        zh=("条目{seq}由{actor}以{role}身份所作，而其当时在该处并无此角色", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/ended": Words(
        en=("entry {seq} was made by {actor} as {role}, an appointment that had ended on {day}", _PAST, _FORGED),
        zh=("条目{seq}由{actor}以{role}身份所作，而该任命已于{day}结束", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/list": Words(
        en=("entry {seq} reviews a list of who may what that did not stand then", _PAST, _FORGED),
        zh=("条目{seq}所审查的权限清单并非当时的清单", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/right": Words(
        en=("entry {seq} ({kind}) was made by {actor} as {role}, which has no right to it", _PAST, _FORGED),
        zh=("条目{seq}（{kind}）由{actor}以{role}身份所作，而该角色无此权限", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/act": Words(
        en=("entry {seq} does not belong to the act {act} that it names", _PAST, _FORGED),
        zh=("条目{seq}不属于其所注明的操作{act}", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/alone": Words(
        en=("entry {seq} agrees, as {role}, to request {request} of the same {actor}: it takes two", _PAST, _FORGED),
        zh=("条目{seq}由{actor}以{role}身份同意其本人提出的请求{request}：须由另一人同意", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/second": Words(
        en=("entry {seq} does by one person alone what takes two (`{act}`)", _PAST, _FORGED),
        zh=("条目{seq}由一人完成了须由两人完成的操作（“{act}”）", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/unknown": Words(
        en=("entry {seq} is about {participant}, who was never screened", _PAST, _FORGED),
        zh=("条目{seq}涉及从未筛选的{participant}", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/again": Words(
        en=("entry {seq} screens {participant} a second time", _PAST, _FORGED),
        zh=("条目{seq}再次筛选{participant}", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/consent": Words(
        en=("entry {seq} enrolls {participant}, who had not consented", _PAST, _FORGED),
        zh=("条目{seq}使{participant}入组，而其未签署同意", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/verdicts": Words(
        en=("entry {seq} enrolls {participant} without a verdict on every criterion", _PAST, _FORGED),
        zh=("条目{seq}使{participant}入组，而并非每项标准均有判定", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/enrollment": Words(
        en=("entry {seq} randomizes {participant}, who was not enrolled", _PAST, _FORGED),
        zh=("条目{seq}随机{participant}，而其未入组", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/twice": Words(
        en=("entry {seq} randomizes {participant} a second time", _PAST, _FORGED),
        zh=("条目{seq}再次随机{participant}", _PAST_ZH, _FORGED_ZH),
    ),
    "verify.decided/more": Words(
        en=("and {more} more entries that nobody could have made", "only the first {most} are told", _FORGED),
        zh=("另有{more}个无人可作的条目", "仅列出前{most}个", _FORGED_ZH),
    ),
    "verify.not_rebuilt": Words(
        en=(
            "the projections were not rebuilt",
            "the chain does not hold, and what was made from it would hide that",
            "Restore a ledger that verifies, then rebuild.",
        ),
        zh=("未重建投影", "链不成立，由其生成的内容会掩盖这一点", "请恢复可通过验证的账本，再行重建。"),
    ),
    "verify.not_replayed": Words(
        en=(
            "projections and allocations were not checked",
            "entry {seq} cannot be replayed",
            "See what the chain says of it; if it is whole, use the software that wrote it.",
        ),
        zh=("未核对投影与分配", "条目{seq}无法重放", "请查看链对该条目的结论；若其完整，请使用写入它的软件。"),
    ),
    "projection.differs": Words(
        en=(_DIFFERS, "the ledger tells otherwise", _WHO_WROTE),
        zh=(_DIFFERS_ZH, "账本所载与之不同", _WHO_WROTE_ZH),
    ),
    "projection.differs/missing": Words(
        en=(_DIFFERS, "it is missing from the projection", _WHO_WROTE),
        zh=(_DIFFERS_ZH, "投影中缺失该值", _WHO_WROTE_ZH),
    ),
    "projection.differs/stray": Words(
        en=(_DIFFERS, "the ledger knows nothing of it", _WHO_WROTE),
        zh=(_DIFFERS_ZH, "账本中没有该值", _WHO_WROTE_ZH),
    ),
    "projection.differs/more": Words(
        en=(
            "and {more:,} more values differ",
            "only the first {most} are told",
            "Mend them together: equipoise verify STUDY --rebuild",
        ),
        zh=("另有{more:,}个值不一致", "仅列出前{most}个", "请一并修复：equipoise verify STUDY --rebuild。"),
    ),
    "projection.rebuilt": Words(
        en=(
            "{count:,} values of the projections differed from the ledger",
            "they were written by something else than the desk, or an erasure left them behind",
            "They are rebuilt from the ledger; find out who else writes to the database.",
        ),
        zh=(
            "投影中有{count:,}个值与账本不一致",
            "它们并非经由本系统写入，或因删除而遗留",
            "已由账本重建；请查明还有何人写入数据库。",
        ),
    ),
    "verify.derived": Words(
        en=(
            "recorded as {old}, and derived again as {new}",
            "another version of the rule gave it, or an erasure took away what it rested on",
            "Compare the versions; a correction of the record derives it again.",
        ),
        zh=(
            "记录为{old}，重新推导为{new}",
            "该值由另一版本的规则得出，或删除去除了其依据",
            "请比较版本；更正该记录将重新推导。",
        ),
    ),
    "verify.derived/more": Words(
        en=(
            "and {more:,} more items differ",
            "only the first {most} are told",
            "See whether one rule explains them all.",
        ),
        zh=("另有{more:,}个条目不一致", "仅列出前{most}个", "请查看是否由同一规则所致。"),
    ),
    "verify.no_secret": Words(
        en=(
            "{allocations:,} allocations and the commitment were not checked against the secret",
            "{what} ({why})",
            "{mend}",
        ),
        zh=("{allocations:,}次分配与承诺值未对照密钥核对", "{what}（{why}）", "{mend}"),
    ),
    "verify.no_commitment": Words(
        en=(
            "the study never committed to its secret",
            "the first allocation entry must be the commitment",
            "Verify the ledger against a checkpoint kept elsewhere.",
        ),
        zh=("研究从未对其密钥作出承诺", "首个分配条目必须是承诺值", "请以他处保存的检查点验证账本。"),
    ),
    "verify.scheme": Words(
        en=(
            "version {version} of the scheme is not what was sealed",
            "its seal does not open, or what is under it is another scheme",
            "Stop randomizing; compare the ledger with its last checkpoint.",
        ),
        zh=(
            "随机方案版本{version}与所封存者不一致",
            "其封存件无法打开，或其中是另一方案",
            "请停止随机；将账本与其最近的检查点比对。",
        ),
    ),
}

# What `equipoise verify` says of each thing that it looked at.
PHRASES = {
    "head": ("{entries:,} entries, head {hash}", "{entries:,}个条目，头部 {hash}"),
    "in_words": ("in words: {words}", "以词语表示：{words}"),
    "chain_whole": ("chain: whole, without gaps", "链：完整，无缺口"),
    "chain_broken": ("chain: does not hold", "链：不成立"),
    "projections_rebuilt": (
        "projections: rebuilt from the ledger ({rebuilt:,} of {projected:,} values differed)",
        "投影：已由账本重建（{projected:,}个值中有{rebuilt:,}个不一致）",
    ),
    "projections_equal": ("projections: {projected:,} values equal the replay", "投影：{projected:,}个值与重放一致"),
    "projections_differ": (
        "projections: {projected:,} values compared; some differ",
        "投影：已比较{projected:,}个值；部分不一致",
    ),
    "projections_not_checked": ("projections: not checked", "投影：未核对"),
    "allocations_not_checked": ("allocations: not checked", "分配：未核对"),
    "allocations_elsewhere": (
        "allocations: {count:,} made outside this system; there is nothing to derive",
        "分配：{count:,}次在本系统之外作出；无可推导",
    ),
    "allocations_wrong": ("allocations: not those that the secret gives", "分配：并非由密钥得出"),
    "allocations_none": ("allocations: none yet", "分配：尚无"),
    "allocations_right": (
        "allocations: {count:,} derived again from the secret, all as recorded",
        "分配：{count:,}次已由密钥重新推导，均与记录一致",
    ),
    "derived_right": (
        "derived items: {count:,} records, all as recorded",
        "推导条目：{count:,}条记录，均与记录一致",
    ),
    "derived_differ": ("derived items: {count:,} records, some differ", "推导条目：{count:,}条记录，部分不一致"),
    "anchors_none": (
        "anchors: none given; without one, a shortened or wholly rewritten ledger cannot be seen",
        "锚点：未提供；没有锚点，账本被截短或整体改写均无从发现",
    ),
    "anchors_held": ("anchors: {count:,} read, all confirmed{key}", "锚点：已读取{count:,}个，均获确认{key}"),
    "anchors_broken": ("anchors: {count:,} read; see the findings{key}", "锚点：已读取{count:,}个；见所列问题{key}"),
    "own_key": (
        "; signatures checked with the key in the study folder, not with a copy kept elsewhere",
        "；签名以研究文件夹内的密钥核对，而非他处保管的副本",
    ),
}
