"""What is told of a study folder that cannot be made, opened or read by whoever asks."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["PHRASES", "WORDS"]

_NOT_MADE, _NOT_MADE_ZH = "the study folder cannot be made", "无法建立研究文件夹"
_CHANGED, _CHANGED_ZH = "the study's copy of the protocol was changed", "研究的方案副本被改动"
_INCOMPLETE, _INCOMPLETE_ZH = "the study folder is not complete", "研究文件夹不完整"
_RESTORE_COPY = "Restore the copy. A new version is taken up by an amendment, never by editing."
_RESTORE_COPY_ZH = "请恢复该副本。新版本须以修订启用，绝不可直接编辑。"

WORDS = {
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

PHRASES = {
    "not_yaml": ("it is not YAML in UTF-8", "不是 UTF-8 编码的 YAML"),
    "nothing": ("nothing", "未注明"),
    "other_kind": ("it holds a key of another kind", "其中是另一种密钥"),
    "no_private_key": ("it is no private key in PEM form", "不是 PEM 格式的私钥"),
    "no_public_key": ("it is no public key in PEM form", "不是 PEM 格式的公钥"),
}
