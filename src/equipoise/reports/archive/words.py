"""What archives say: what cannot be archived, what a check finds, and what it proves."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable"]

_KEEP, _KEEP_ZH = "Keep this copy as evidence, and take another one.", "请保留此副本作为证据，并使用另一副本。"
_NOT, _NOT_ZH = "the archive is not what it was", "归档与原貌不符"

TABLE = Table(
    "reports.archive",
    {
        "archive.taken": Words(
            en=("something lies there", "an archive is written into a new or empty folder", "Name another folder."),
            zh=("该处已有内容", "归档只写入新的或空的文件夹", "请另指文件夹。"),
        ),
        "archive.not_written": Words(
            en=("the archive could not be written", "{reason}", "Nothing was left behind; mend that and repeat."),
            zh=("无法写入归档", "{reason}", "未留下任何文件；请处理后重试。"),
        ),
        "archive.unreadable": Words(
            en=("this is no archive that can be read", "{reason}", "Name the folder that holds manifest.json."),
            zh=("这不是可读取的归档", "{reason}", "请指定含有 manifest.json 的文件夹。"),
        ),
        "archive.outside": Words(
            en=("its manifest names a file outside it: {name}", "no archive of ours does", _KEEP),
            zh=("其清单指向归档之外的文件：{name}", "本软件的归档不会如此", _KEEP_ZH),
        ),
        "archive.differs": Words(en=("this file was changed", _NOT, _KEEP), zh=("该文件被改动", _NOT_ZH, _KEEP_ZH)),
        "archive.missing": Words(en=("this file is missing", _NOT, _KEEP), zh=("缺少该文件", _NOT_ZH, _KEEP_ZH)),
        "archive.stray": Words(
            en=("this file is in no manifest", _NOT, _KEEP), zh=("该文件不在清单中", _NOT_ZH, _KEEP_ZH)
        ),
        "archive.table": Words(
            en=("this table does not say what the same table in Parquet says", _NOT, _KEEP),
            zh=("该表与 Parquet 格式的同一表不一致", _NOT_ZH, _KEEP_ZH),
        ),
        "archive.other_head": Words(
            en=("the ledger ends at another entry ({seq}) than the manifest says", _NOT, _KEEP),
            zh=("账本末端（条目{seq}）与清单不符", _NOT_ZH, _KEEP_ZH),
        ),
        "archive.other_verifier": Words(
            en=(
                "the verifier in the archive is not the one of this program",
                "another version wrote it, or somebody changed it",
                "Rely on this check, or on the steps by hand in README.md.",
            ),
            zh=(
                "归档中的核验脚本与本程序的不同",
                "它由另一版本写出，或被改动",
                "请以此次核验或 README.md 中的手工步骤为准。",
            ),
        ),
        "archive.nothing": Words(
            en=("nothing is asked for", "an archive is written or checked", "Give STUDY --out DIR, or --check DIR."),
            zh=("未指明要做什么", "归档可写出或核验", "请给出 研究目录 --out 目录，或 --check 目录。"),
        ),
        "archive.both": Words(
            en=(
                "both are asked for",
                "an archive is written, or one is checked",
                "Give STUDY --out DIR, or --check DIR.",
            ),
            zh=("同时要求了两者", "归档或写出，或核验", "请给出 研究目录 --out 目录，或 --check 目录。"),
        ),
    },
    {
        "arms.hidden": ("not shown", "不显示"),
        "arms.masked": ("under letters that say nothing", "以无含义的字母代表"),
        "arms.shown": ("shown", "显示"),
        "check.anchors": ("anchors: {count} held", "检查点：已核对{count}个"),
        "check.broken": ("NOT whole: see what does not hold.", "不完整：请查看不符之处。"),
        "check.cells": (
            "tables: {cells} cells of text compared with Parquet",
            "表格：{cells}个单元已与 Parquet 比较",
        ),
        "check.chain": ("chain: {entries} entries, head {head}", "链：{entries}个条目，头部 {head}"),
        "check.files": ("files: {files} held against the manifest", "文件：{files}个已与清单核对"),
        "check.no_anchors": (
            "anchors: none given; compare the head with what was written down elsewhere",
            "检查点：未给出；请将头部与别处记录者比较",
        ),
        "check.whole": ("Whole: the archive is what it was.", "完整：归档与原貌一致。"),
        "no_manifest": ("it has no manifest of ours", "其中没有本软件的清单"),
    },
)
finding, refuse, unreadable, phrase = TABLE.finding, TABLE.refuse, TABLE.unreadable, TABLE.phrase
