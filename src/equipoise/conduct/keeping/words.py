"""What keeping says: what cannot be kept or brought back, and what a drill proved."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable", "warning"]

_NO_BACKUP, _NO_BACKUP_ZH = "this is no backup that can be used", "这不是可用的备份"
_OTHER, _OTHER_ZH = "Take another copy of the backup.", "请使用备份的另一副本。"
_DRILL, _DRILL_ZH = "the backup does not give the study back as it is", "该备份不能恢复出与研究一致的内容"
_AGAIN = "Verify the study, and make another backup; keep this one as evidence."
_AGAIN_ZH = "请验证研究并重新备份；保留此备份作为证据。"

TABLE = Table(
    "conduct.keeping",
    {
        "backup.exists": Words(
            en=("there is something already", "a backup never takes the place of anything", "Name another file."),
            zh=("该处已有内容", "备份绝不覆盖任何内容", "请另指文件。"),
        ),
        "backup.not_written": Words(
            en=("it could not be written", "{reason}", "Nothing was left behind; mend that and repeat."),
            zh=("无法写入", "{reason}", "未留下任何文件；请处理后重试。"),
        ),
        "backup.keys_inside": Words(
            en=(
                "keys and backup would be one file",
                "whoever holds both can open every allocation and sign a history of their own",
                "Name another file for the keys, and keep it elsewhere.",
            ),
            zh=(
                "密钥与备份将成为同一文件",
                "同时持有两者即可揭开全部分配并签署伪造的历史",
                "请为密钥另指文件，并分开保存。",
            ),
        ),
        "backup.unreadable": Words(en=(_NO_BACKUP, "{reason}", _OTHER), zh=(_NO_BACKUP_ZH, "{reason}", _OTHER_ZH)),
        "backup.damaged": Words(
            en=(_NO_BACKUP, "a part of it cannot be read", _OTHER),
            zh=(_NO_BACKUP_ZH, "其中一部分无法读取", _OTHER_ZH),
        ),
        "backup.differs": Words(
            en=(_NO_BACKUP, "{name} is not what the manifest says", _OTHER),
            zh=(_NO_BACKUP_ZH, "{name}与清单不符", _OTHER_ZH),
        ),
        "backup.differs/names": Words(
            en=(_NO_BACKUP, "it holds other files than the manifest says", _OTHER),
            zh=(_NO_BACKUP_ZH, "其中的文件与清单不符", _OTHER_ZH),
        ),
        "backup.outside": Words(
            en=(
                "a file of it would be written outside the folder: {name}",
                "no backup of ours holds such a name",
                "Keep it as evidence, and take another copy.",
            ),
            zh=("其中的文件会写到文件夹之外：{name}", "本软件的备份不含此类名称", "请作为证据保留，并使用另一副本。"),
        ),
        "restore.taken": Words(
            en=("the folder is not empty", "a study is never brought back over anything", "Name a new folder."),
            zh=("文件夹非空", "恢复绝不覆盖任何内容", "请指定新的文件夹。"),
        ),
        "restore.not_written": Words(
            en=("the study could not be written", "{reason}", "Nothing was left behind; mend that and repeat."),
            zh=("无法写入研究", "{reason}", "未留下任何文件；请处理后重试。"),
        ),
        "restore.not_whole": Words(
            en=(
                "the study of this backup does not hold; nothing was brought back",
                "what follows does not fit what was promised",
                "Keep it as evidence, and take the newest backup that verifies.",
            ),
            zh=(
                "此备份中的研究未通过验证；未恢复任何内容",
                "以下各项与承诺不符",
                "请作为证据保留，并使用可通过验证的最新备份。",
            ),
        ),
        "restore.other_keys": Words(
            en=(
                "these are the keys of another study ({study})",
                "keys belong to the study whose first entry they were made for",
                "Give the keys that were written beside a backup of this study, or leave them out.",
            ),
            zh=(
                "这是另一研究（{study}）的密钥",
                "密钥只属于其首个条目所对应的研究",
                "请提供本研究备份旁的密钥，或省略。",
            ),
        ),
        "restore.older": Words(
            en=(
                "entries {first} to {last} were seen ({place}, {at}) and are not in this backup",
                "whoever goes on from here makes another history than theirs",
                "Look for a newer backup; else say why, with the act `accept_restored`.",
            ),
            zh=(
                "条目{first}至{last}曾被看到（{place}，{at}），但不在此备份中",
                "由此继续即形成另一历史",
                "请寻找更新的备份；否则请以操作`accept_restored`说明理由。",
            ),
        ),
        "keeping.settings": Words(
            en=(
                "the settings cannot be read; no checkpoint and no backup is made by itself",
                "the file is no mapping in YAML",
                "Write for example `checkpoints: {{to: /mnt/elsewhere, every: 100}}`.",
            ),
            zh=(
                "无法读取设置；不会自动生成检查点或备份",
                "该文件不是 YAML 键值对",
                "例如写作`checkpoints: {{to: /mnt/elsewhere, every: 100}}`。",
            ),
        ),
        "keeping.settings/key": Words(
            en=(
                "`{key}` says nothing that can be done",
                "known are {known}, each with `to` (a folder) and `every` (a number of entries)",
                "Write for example `checkpoints: {{to: /mnt/elsewhere, every: 100}}`.",
            ),
            zh=(
                "`{key}`所述无法执行",
                "已知者为{known}，各含`to`（文件夹）与`every`（条目数）",
                "例如写作`checkpoints: {{to: /mnt/elsewhere, every: 100}}`。",
            ),
        ),
        "keeping.not_kept": Words(
            en=(
                "the {what} that is due was not made: {why}",
                "what is kept grows old with every entry",
                "Mend that; it is tried again at the next act.",
            ),
            zh=("未能生成到期的{what}：{why}", "保存的内容随每个条目而过时", "请处理；下次操作时会再次尝试。"),
        ),
        "drill.entry": Words(en=(_DRILL, "entry {seq} differs", _AGAIN), zh=(_DRILL_ZH, "条目{seq}不一致", _AGAIN_ZH)),
        "drill.signatures": Words(en=(_DRILL, "signatures differ", _AGAIN), zh=(_DRILL_ZH, "签名不一致", _AGAIN_ZH)),
        "drill.projection": Words(
            en=(_DRILL, "the projection {what} differs", _AGAIN), zh=(_DRILL_ZH, "投影{what}不一致", _AGAIN_ZH)
        ),
        "drill.file": Words(
            en=(_DRILL, "this file differs, or stands on one side alone", _AGAIN),
            zh=(_DRILL_ZH, "该文件不一致，或仅存在于一方", _AGAIN_ZH),
        ),
    },
    {
        "backup": ("backup", "备份"),
        "checkpoint": ("checkpoint", "检查点"),
        "no_folder": ("there is no such folder", "没有该文件夹"),
        "no_zip": ("it is no zip archive, or its end is missing", "它不是 zip 归档，或末尾缺失"),
        "no_manifest": ("it has no manifest of ours", "其中没有本软件的清单"),
        "no_study": ("it does not hold a whole study", "其中没有完整的研究"),
        "no_keys": ("it holds something else than keys", "其中含有密钥以外的内容"),
        "drill.entries": (
            "brought back: {entries} entries and {signatures} signatures, compared one by one",
            "已恢复：{entries}个条目与{signatures}个签名，逐一比较",
        ),
        "drill.rest": (
            "and {versions} versions of the protocol, {projected} values of projections, {files} files byte by byte",
            "以及{versions}个方案版本、{projected}个投影值、{files}个文件（逐字节）",
        ),
        "drill.equal": ("Equal: the backup gives the study back as it is.", "一致：该备份可恢复出与研究相同的内容。"),
        "drill.differs": ("NOT equal: see what differs.", "不一致：请查看差异。"),
        "drill.newer": (
            "{newer} entries came after the backup was taken.",
            "备份之后又产生了{newer}个条目。",
        ),
    },
)
finding, warning, refuse = TABLE.finding, TABLE.warning, TABLE.refuse
unreadable, phrase = TABLE.unreadable, TABLE.phrase
