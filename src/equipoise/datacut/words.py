"""What the data cut refuses, and how it says it."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

TABLE = Table(
    "datacut",
    {
        "cut.two_moments": Words(
            en=("a date and an entry number were both given", "a cut has one moment", "Give one."),
            zh=("同时给出了日期和条目号", "数据截点只有一个时刻", "请只给出一个。"),
        ),
        "cut.empty": Words(
            en=("the ledger of {study} has no entries", "there is nothing to cut", "Open the study first."),
            zh=("{study}的账本没有条目", "没有可截取的数据", "请先建立研究。"),
        ),
        "cut.no_such_entry": Words(
            en=("entry {entry} does not exist", "the ledger ends at entry {last}", "Name 1 to {last}."),
            zh=("条目{entry}不存在", "账本止于条目{last}", "请填写1至{last}。"),
        ),
        "cut.before_start": Words(
            en=(
                "nothing was recorded until {day}",
                "the first entry of the ledger is later",
                "Name a later date, or an entry number.",
            ),
            zh=("截至{day}没有任何记录", "账本的首条条目在此之后", "请填写更晚的日期，或条目号。"),
        ),
        "cut.not_a_date": Words(
            en=(
                "`{text}` is not a date",
                "a day is written YYYY-MM-DD and an instant in ISO 8601",
                "Write, for example, 2024-06-30.",
            ),
            zh=("“{text}”不是日期", "日期写作YYYY-MM-DD，时刻按ISO 8601", "例如2024-06-30。"),
        ),
        "cut.broken_ledger": Words(
            en=(
                "nothing is taken from this study",
                "the chain of its ledger does not hold",
                (
                    "See what was changed (`equipoise verify`), and restore the ledger from a backup that a checkpoint "
                    "confirms."
                ),
            ),
            zh=(
                "不从本研究截取数据",
                "其账本的链不完整",
                "请查看何处被改动（`equipoise verify`），并从检查点可证实的备份恢复账本。",
            ),
        ),
        "cut.by_arm": Words(
            en=(
                "{person} may not see this trial by arm",
                "while it runs, its results by arm are for those to whom the protocol grants `results`",
                "Leave the arms hidden, ask somebody who may, or wait until the study is locked.",
            ),
            zh=(
                "{person}不能查看本试验的分组结果",
                "试验进行期间，分组结果仅限方案授予“results”权限者查看",
                "请隐藏组别，或联系有此权限者，或待研究锁定之后查看。",
            ),
        ),
        "cut.letters": Words(
            en=(
                "letters would give the arms away",
                "the allocation is {ratios}, so that the sizes of the groups say which is which",
                "Hide the arms, or unseal the allocations first (an act with a reason, by two persons).",
            ),
            zh=(
                "字母会泄露组别",
                "分配比例为{ratios}，各组人数即可看出何组为何",
                "请隐藏组别，或先揭盲（须由两人执行并说明理由）。",
            ),
        ),
        "cut.blinded": Words(
            en=(
                "the arms may not be shown",
                "the trial is double-blind and its allocations have not been unsealed",
                "Unseal the allocations (an act with a reason), or analyze with hidden or masked arms.",
            ),
            zh=(
                "不得显示试验组",
                "本试验为双盲，分配尚未启封",
                "请先启封（须说明理由的操作），或以隐藏或遮蔽的试验组分析。",
            ),
        ),
        "cut.place_linked": Words(
            en=(
                "the folder of the study's cuts is a link to {target}",
                "a cut would be written outside the study, where nobody looks for it",
                "Put a folder in its place, or write the cut there by name (`--out`).",
            ),
            zh=(
                "研究的cuts目录是指向{target}的链接",
                "数据截点会写到研究之外",
                "请改为普通目录，或用`--out`指定位置。",
            ),
        ),
        "cut.name": Words(
            en=(
                "`{name}` cannot be a cut's name",
                (
                    "a cut's name is one folder in the study's cuts: letters, digits, - _ . and spaces between them, "
                    "beginning with a letter or a digit, at most 200 bytes"
                ),
                "Name it, say, interim-1.",
            ),
            zh=(
                "“{name}”不能作为数据截点的名称",
                "名称是研究cuts目录下的一个文件夹：由字母、数字、- _ .及其间的空格组成，以字母或数字开头，最多200字节",
                "例如interim-1。",
            ),
        ),
        "cut.not_written": Words(
            en=(
                "the cut could not be written",
                "{reason}",
                "Free some space, or give yourself the right to write there; nothing was left behind.",
            ),
            zh=("无法写出数据截点", "{reason}", "请腾出空间，或取得该处的写入权限；未留下任何文件。"),
        ),
        "cut.differs": Words(
            en=(
                "the ledger holds {stored}, and a data cut shows {shown}",
                "a cut must show every value as it was recorded",
                "The ledger is right: analyze nothing that rests on this item until the software reads it.",
            ),
            zh=(
                "账本中为{stored}，而数据截点显示{shown}",
                "数据截点须如实显示所记录的每个数值",
                "应以账本为准：在软件能够正确读取之前，请勿分析取决于该条目的任何结果。",
            ),
        ),
        "cut.differs/more": Words(
            en=(
                "and {more:,} more values differ from the ledger",
                "only the first {most} are told",
                "See whether one type of item explains them all.",
            ),
            zh=("另有{more:,}个数值与账本不一致", "仅列出前{most}个", "请查看是否由同一类型的条目所致。"),
        ),
        "cut.place_taken": Words(
            en=(
                "the cut is not written here",
                "the cut at entry {entry} lies there, and what was frozen stays",
                "Choose another name.",
            ),
            zh=("数据截点未写入此处", "此处已有条目{entry}的数据截点，已冻结者保持不变", "请另选名称。"),
        ),
        "cut.place_taken/other": Words(
            en=(
                "the cut is not written here",
                "something else lies there, and what was frozen stays",
                "Choose another name.",
            ),
            zh=("数据截点未写入此处", "此处已有其他内容，已冻结者保持不变", "请另选名称。"),
        ),
    },
    {
        "nothing": ("nothing", "空值"),
        "cut_right": (
            "data cut: {count:,} values, all as recorded",
            "数据截点：{count:,}个数值，均与记录一致",
        ),
        "cut_differs": ("data cut: {count:,} values, some differ", "数据截点：{count:,}个数值，部分不一致"),
    },
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
