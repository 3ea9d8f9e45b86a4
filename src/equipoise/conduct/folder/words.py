"""What a study folder refuses, and what its verification finds and says, in both languages."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable", "warning"]

_NOT_MADE, _NOT_MADE_ZH = "the study folder cannot be made", "无法建立研究文件夹"
_CHANGED, _CHANGED_ZH = "the study's copy of the protocol was changed", "研究的方案副本被改动"
_RESTORE_COPY = "Restore the copy. A new version is taken up by an amendment, never by editing."
_RESTORE_COPY_ZH = "请恢复该副本。新版本须以修订启用，绝不可直接编辑。"
_INCOMPLETE, _INCOMPLETE_ZH = "the study folder is not complete", "研究文件夹不完整"
_DIFFERS, _DIFFERS_ZH = "a projection does not equal the replay", "投影与重放结果不一致"
_WHO_WROTE = "Find out who wrote to the database, then run: equipoise verify STUDY --rebuild"
_WHO_WROTE_ZH = "请查明何人写入数据库，然后运行：equipoise verify STUDY --rebuild。"
_PAST, _PAST_ZH = "the desk would have refused it: it was written past the desk", "正常操作会拒绝它：它被绕过写入"
_FORGED = "Keep this database as evidence, and restore the ledger from the newest backup that verifies."
_FORGED_ZH = "请将此数据库作为证据保留，并从可通过验证的最新备份恢复账本。"

_FOLDERS = {
    "reading.unmapped": Words(
        en=(
            "the account {account} stands for nobody in this study",
            "what is not granted is denied, and without a person nothing is granted",
            (
                "Ask whoever made the study: equipoise act STUDY map_account --as custodian --set account={account} "
                "--set person=PERSON."
            ),
        ),
        zh=(
            "账户{account}在本研究中不代表任何人",
            "未授权即不允许，而未对应人员的账户没有任何权限",
            (
                "请联系建立研究者：equipoise act STUDY map_account --as custodian --set account={account} "
                "--set person=PERSON。"
            ),
        ),
    ),
    "reading.other": Words(
        en=(
            "the account {account} is not {other}",
            "it stands for {person}, and may name nobody else",
            "Leave `--as` out, or ask {other} to do it from their own account.",
        ),
        zh=(
            "账户{account}不是{other}",
            "该账户代表{person}，不能指定他人",
            "请略去 `--as`，或请{other}以本人账户操作。",
        ),
    ),
    "reading.not_entered": Words(
        en=(
            "arms are not shown here",
            "whoever reads them while the trial runs leaves an entry (`{door}`), and this ledger cannot be written",
            "Read them where the study is conducted, or hide the arms; a locked study may be read anywhere.",
        ),
        zh=(
            "此处不显示组别",
            "试验进行期间查看组别须留下条目（`{door}`），而此账本无法写入",
            "请在实施研究之处查看，或隐藏组别；已锁定的研究可在任何地方查看。",
        ),
    ),
    "study.database": Words(
        en=(
            "`{scheme}` is no PostgreSQL URL",
            "a ledger in SQLite lies inside the study's folder, and needs no address",
            "Leave it out, or write postgresql://USER@HOST/DATABASE.",
        ),
        zh=(
            "“{scheme}”不是 PostgreSQL 的 URL",
            "SQLite 账本存放于研究文件夹内，无需地址",
            "请略去，或写成 postgresql://USER@HOST/DATABASE。",
        ),
    ),
    "study.not_writable": Words(
        en=(_NOT_MADE, "{reason}", "Choose a folder that you may write to."),
        zh=(_NOT_MADE_ZH, "{reason}", "请选择有写入权限的文件夹。"),
    ),
    "study.not_writable/begun": Words(
        en=(_NOT_MADE, "{reason}", "Free some space or choose another folder; nothing was left behind."),
        zh=(_NOT_MADE_ZH, "{reason}", "请释放空间或另选文件夹；未留下任何内容。"),
    ),
    "study.folder_taken": Words(
        en=("the folder is not empty", "a study is never written over anything", "Choose a new folder."),
        zh=("文件夹非空", "研究绝不覆盖任何已有内容", "请选择新的文件夹。"),
    ),
    "study.exists": Words(
        en=(
            "the database holds the study {study} already",
            "its ledger has {entries} entries",
            "Open its own folder, or use another database.",
        ),
        zh=("数据库中已有研究{study}", "其账本有{entries}个条目", "请打开其自身的文件夹，或使用另一数据库。"),
    ),
    "study.not_found": Words(
        en=("this is no study folder", "it holds no study.yaml", "Name a folder made by `equipoise new`."),
        zh=("这不是研究文件夹", "其中没有 study.yaml", "请指定由 `equipoise new` 建立的文件夹。"),
    ),
    "study.unreadable": Words(
        en=(
            "the study file cannot be read",
            "{reason}",
            "Give yourself the right to read it, or restore it from a backup.",
        ),
        zh=("无法读取研究文件", "{reason}", "请取得读取权限，或从备份恢复。"),
    ),
    "study.unreadable/incomplete": Words(
        en=(
            "the study file is not complete",
            "study, environment, protocol_digest and ledger or database are needed",
            "Restore it from a backup.",
        ),
        zh=(
            "研究文件不完整",
            "需要 study、environment、protocol_digest，以及 ledger 或 database",
            "请从备份恢复。",
        ),
    ),
    "study.no_ledger": Words(
        en=("the ledger is not there", _INCOMPLETE, "Restore the ledger from its backup."),
        zh=("账本缺失", _INCOMPLETE_ZH, "请从备份恢复账本。"),
    ),
    "study.other_protocol": Words(
        en=(
            "the study file and the study's protocol do not belong together",
            "it names {named}, and its protocol {study}",
            "Restore both from the same backup.",
        ),
        zh=("研究文件与研究方案不相符", "文件注明{named}，方案为{study}", "请从同一备份恢复两者。"),
    ),
    "study.protocol_changed": Words(
        en=(_CHANGED, "its digest is {found}, and the study follows {promised}", _RESTORE_COPY),
        zh=(_CHANGED_ZH, "其摘要值为{found}，而研究遵循{promised}", _RESTORE_COPY_ZH),
    ),
    "study.protocol_changed/unusable": Words(
        en=(_CHANGED, "it is not the one that the study follows, and cannot be used", _RESTORE_COPY),
        zh=(_CHANGED_ZH, "它不是研究所遵循的方案，且无法使用", _RESTORE_COPY_ZH),
    ),
    "study.protocol_changed/ledger": Words(
        en=(_CHANGED, "its digest is {found}, and by the ledger {said} is in force", _RESTORE_COPY),
        zh=(_CHANGED_ZH, "其摘要值为{found}，而账本所载生效者为{said}", _RESTORE_COPY_ZH),
    ),
    "study.entry_key": Words(
        en=(
            "the study file does not say by which key its entries are signed",
            "`entry_key` holds the 64 digits of the public key",
            "Restore study.yaml from its backup.",
        ),
        zh=("研究文件未注明其条目以何密钥签名", "`entry_key` 应为公钥的64位数字", "请从备份恢复 study.yaml。"),
    ),
    "study.other_key": Words(
        en=(
            "the study file and the ledger name different keys",
            "the first entry says by which key the study's entries are signed",
            "Restore both from the same backup.",
        ),
        zh=("研究文件与账本注明的密钥不同", "首个条目注明研究条目以何密钥签名", "请从同一备份恢复两者。"),
    ),
    "study.other_ledger": Words(
        en=(
            "this is not the ledger of this folder",
            "it begins with {found}, and the study began with {promised}",
            "Put the study's own ledger back.",
        ),
        zh=("这不是本文件夹的账本", "其开头为{found}，而本研究的开头为{promised}", "请放回本研究自己的账本。"),
    ),
    "study.head_differs": Words(
        en=(
            "the ledger says that entry {seq} is its last, and the last is entry {last}",
            "its head or its entries were changed behind the ledger's back",
            "Look at all of it: equipoise verify STUDY; then restore the newest backup that verifies.",
        ),
        zh=(
            "账本称条目{seq}为其最后一条，而最后一条为{last}",
            "其头部或条目被绕过账本改动",
            "请全面检查：equipoise verify STUDY；然后恢复可通过验证的最新备份。",
        ),
    ),
    "study.nothing_restored": Words(
        en=(
            "there is nothing to accept",
            "no later entry of this study was seen from this account",
            "Go on as usual.",
        ),
        zh=("没有需要接受的情况", "本账户未曾看到该研究更靠后的条目", "请照常继续。"),
    ),
    "study.version_not_kept": Words(
        en=(
            "version {digest} of the protocol is not kept as the study followed it",
            "what was entered under a version is read with that version",
            "Restore this folder from a backup of the study.",
        ),
        zh=(
            "研究曾遵循的方案版本{digest}未原样保存",
            "在某一版本下录入的数据须以该版本读取",
            "请从研究的备份恢复此文件夹。",
        ),
    ),
    "study.no_protocol": Words(
        en=("the study's copy of its protocol is not there", _INCOMPLETE, "Restore the copy from its backup."),
        zh=("研究的方案副本缺失", _INCOMPLETE_ZH, "请从备份恢复该副本。"),
    ),
    "study.environment": Words(
        en=(
            "folder and ledger do not belong together",
            "the folder says {named}, the ledger {said}",
            "Use the ledger that belongs to this folder.",
        ),
        zh=("文件夹与账本不相符", "文件夹注明{named}，账本为{said}", "请使用属于该文件夹的账本。"),
    ),
    "checkpoint.key_open": Words(
        en=(
            "others may read the signing key",
            "whoever holds it can sign a history that never was",
            "Run: chmod 600 {file}; then ask whether it was seen, and rely on the checkpoints that others hold.",
        ),
        zh=(
            "他人可以读取签名密钥",
            "持有密钥者可为从未发生的历史签名",
            "请运行：chmod 600 {file}；并查明是否已被看到，且以他人保管的检查点为准。",
        ),
    ),
    "checkpoint.key_unreadable/signing": Words(
        en=(
            "the signing key cannot be read",
            "{reason}",
            "Restore it from its own backup; who keeps checkpoints must be told when the key changes.",
        ),
        zh=("无法读取签名密钥", "{reason}", "请从其专门备份恢复；密钥变更时须告知检查点的保管者。"),
    ),
    "checkpoint.key_unreadable/public": Words(
        en=(
            "the public key cannot be read",
            "{reason}",
            "Name the study's {file}, or the copy that was kept with the checkpoints.",
        ),
        zh=("无法读取公钥", "{reason}", "请指定研究的 {file}，或与检查点一同保管的副本。"),
    ),
}

_SEEING = {
    "participant.unknown": Words(
        en=(
            "there is no participant {participant}",
            "nobody was screened under this number",
            "Check the number.",
        ),
        zh=("没有受试者{participant}", "没有以该编号筛选的人", "请核对编号。"),
    ),
    "queries.site": Words(
        en=("there is no site {site}", "the sites are {sites}", "Choose one of these."),
        zh=("没有中心{site}", "方案中的中心有{sites}", "请选择其中之一。"),
    ),
    "lot.no_item": Words(
        en=(
            "the protocol marks no item as a lot",
            "a lot is found by the CDASH name EXLOT (or ECLOT) of its item",
            "Give the item `cdash: EXLOT`, or look for it in the data (`equipoise export`).",
        ),
        zh=(
            "方案未将任何项目标为批号",
            "批号以项目的 CDASH 名称 EXLOT（或 ECLOT）识别",
            "请为该项目写 `cdash: EXLOT`，或在数据中查找（`equipoise export`）。",
        ),
    ),
    "lot.nobody": Words(
        en=("nobody has lot {lot} on record", "the lots on record are {lots}", "Compare the number with the label."),
        zh=("没有批号{lot}的记录", "已记录的批号有{lots}", "请与标签核对批号。"),
    ),
    "lot.nobody/none": Words(
        en=("nobody has lot {lot} on record", "no lot is on record yet", "Ask the sites what was given."),
        zh=("没有批号{lot}的记录", "尚无任何批号记录", "请向中心询问所用批号。"),
    ),
    "treatment.not_allocated": Words(
        en=("{participant} has no arm yet", "treatment is planned by the arm", "Randomize first."),
        zh=("{participant}尚无组别", "治疗按组别计划", "请先随机。"),
    ),
    "treatment.unknown": Words(
        en=(
            "the arm of {participant} has no treatment {treatment}",
            "its treatments are {treatments}",
            "Choose one of these.",
        ),
        zh=("{participant}所在组没有治疗{treatment}", "该组的治疗有{treatments}", "请选择其中之一。"),
    ),
    "treatment.blinded": Words(
        en=(
            "the arm of {participant} may not be shown",
            "the trial is double-blind and its allocations have not been unsealed",
            "Follow the plan of the pharmacy, which knows the arm.",
        ),
        zh=("不得显示{participant}的组别", "试验为双盲，其分配尚未解封", "请遵循药房的计划，药房知道组别。"),
    ),
}

_VERIFICATION = {
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

_REASONS = {
    "not_yaml": ("it is not YAML in UTF-8", "不是 UTF-8 编码的 YAML"),
    "nothing": ("nothing", "未注明"),
    "other_kind": ("it holds a key of another kind", "其中是另一种密钥"),
    "no_private_key": ("it is no private key in PEM form", "不是 PEM 格式的私钥"),
    "no_public_key": ("it is no public key in PEM form", "不是 PEM 格式的公钥"),
}

# What an amendment touches, line by line.
_TOUCHED = {
    "touched_all": ("{who}", "{who}"),
    "touched_more": ("{who} and {more} more", "{who}，另有{more}名"),
    "touched_dropped": (
        "dropped {kind} {name}: {records} records of {people} participants stay, with their end ({sites}): {who}",
        "删去{kind}{name}：{people}名受试者的{records}条记录保留，并注明其终止（{sites}）：{who}",
    ),
    "touched_dropped/nobody": ("dropped {kind} {name}: nothing was recorded", "删去{kind}{name}：尚无记录"),
    "touched_changed": (
        "changed {kind} {name}: {records} records of {people} participants ({sites}): {who}",
        "变更{kind}{name}：{people}名受试者的{records}条记录（{sites}）：{who}",
    ),
    "touched_changed/nobody": ("changed {kind} {name}: nothing was recorded", "变更{kind}{name}：尚无记录"),
    "touched_added": (
        "new {kind} {name}: not asked in {records} records of {people} participants ({sites}): {who}",
        "新增{kind}{name}：{people}名受试者的{records}条记录中未询问（{sites}）：{who}",
    ),
    "touched_added/nobody": ("new {kind} {name}", "新增{kind}{name}"),
    "element.site": ("site", "中心"),
    "element.form": ("form", "表单"),
    "element.item": ("item", "条目"),
    "element.code": ("code", "代码"),
    "element.visit": ("visit", "访视"),
    "element.visit_form": ("form of a visit", "访视表单"),
    "element.variable": ("variable", "变量"),
    "element.endpoint": ("endpoint", "终点"),
    "element.factor": ("factor", "分层因素"),
    "element.consent": ("consent to version", "知情同意版本"),
}

# What `equipoise verify` says of each thing that it looked at.
_LINES = {
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

_FOREIGN_LISTS = {
    "list.not_agreed": Words(
        en=(
            "the list that is kept with the keys is not the one that is in force",
            "two persons agree to a list before anybody is allocated from it",
            "Have it asked for and agreed to with `equipoise list`, or take the file away.",
        ),
        zh=(
            "与密钥同存的随机表并非已启用者",
            "按表分配之前须由两人同意",
            "请以`equipoise list`提出并同意，或移除该文件。",
        ),
    ),
    "list.other_file": Words(
        en=(
            "this is not the file that request {request} is about",
            "a list is agreed to as it is, to the byte",
            "Compare the two files with the source, and ask anew.",
        ),
        zh=("该文件并非请求{request}所指者", "随机表须逐字节一致方可同意", "请将两份文件与来源核对后重新提出。"),
    ),
}
_IDENTITIES = {
    "identity.not_asked": Words(
        en=(
            "this protocol names nothing by which a person is known again",
            "an identity that nobody asks for is not taken",
            "Leave `--identity` out, or have the protocol say `identity`.",
        ),
        zh=(
            "本方案未规定识别个人的要素",
            "未要求的身份信息一律不接收",
            "请去掉`--identity`，或在方案中写明`identity`。",
        ),
    ),
    "identity.parts": Words(
        en=("the parts are not those of the protocol", "it asks for {asked}; missing: {missing}", "Give these alone."),
        zh=("所给要素与方案不符", "方案要求{asked}；缺少：{missing}", "请只提供这些要素。"),
    ),
    "identity.part": Words(
        en=("{part} holds no letter and no digit", "it is not repeated here", "Give it as it is written."),
        zh=("{part}不含任何字母或数字", "此处不予复述", "请按原样填写。"),
    ),
    "identity.part/birth_date": Words(
        en=("{part} is no day", "it is not repeated here", "Write it as YYYY-MM-DD."),
        zh=("{part}不是日期", "此处不予复述", "请写作YYYY-MM-DD。"),
    ),
    "identity.part/sex": Words(
        en=("{part} is neither female nor male", "it is not repeated here", "Write female or male, or M or F."),
        zh=("{part}不是女或男", "此处不予复述", "请填写女或男（female、male）。"),
    ),
    "identity.encoding": Words(
        en=("the file is no text in UTF-8", "its content is not repeated here", "Save it as UTF-8."),
        zh=("文件不是UTF-8文本", "此处不予复述其内容", "请以UTF-8保存。"),
    ),
    "identity.line": Words(
        en=(
            "line {line} is no `part: value`, or its part stands there twice",
            "its content is not repeated here",
            "Write each part once, in a line of its own.",
        ),
        zh=("第{line}行不是`要素: 值`，或要素重复", "此处不予复述其内容", "每个要素各写一行，只写一次。"),
    ),
    "identity.open": Words(
        en=(
            "others on this computer may read the file (mode {mode})",
            "it says who somebody is",
            "Let its owner alone read it: chmod 600; and delete it afterwards.",
        ),
        zh=("本机其他账户可读取该文件（权限{mode}）", "其中写明个人身份", "请仅限所有者读取（chmod 600），用后删除。"),
    ),
}
_ENVELOPES = {
    "envelopes.taken": Words(
        en=(
            "something lies here already",
            "a series of envelopes is written once, into a folder of its own",
            "Name a new folder.",
        ),
        zh=("此处已有内容", "每一系列信封只写出一次，且须单独成夹", "请指定新文件夹。"),
    ),
}
_PAGES = {
    "envelopes.inside": ("Envelope {envelope}. Allocation: {arm}", "信封{envelope}。分组：{arm}"),
    "envelopes.outside": (
        "{study}. Envelope {envelope}. For the stratum {stratum}",
        "{study}。信封{envelope}。用于层{stratum}",
    ),
    "envelopes.number": ("envelope", "信封"),
    "envelopes.stratum": ("stratum", "层"),
    "envelopes.participant": ("participant", "受试者"),
    "envelopes.opened_by": ("opened by", "开启者"),
    "envelopes.opened_on": ("opened on", "开启日期"),
    "envelopes.reason": ("reason", "原因"),
}
TABLE = Table(
    "conduct.folder",
    {**_FOLDERS, **_SEEING, **_VERIFICATION, **_ENVELOPES, **_IDENTITIES, **_FOREIGN_LISTS},
    {**_REASONS, **_TOUCHED, **_LINES, **_PAGES},
)
finding, warning, refuse = TABLE.finding, TABLE.warning, TABLE.refuse
unreadable, phrase = TABLE.unreadable, TABLE.phrase
