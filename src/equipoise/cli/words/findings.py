"""What is wrong with a command as it was typed, or with the machine on which it runs."""

from __future__ import annotations

from collections.abc import Mapping

from equipoise.words import Words

__all__ = ["FINDINGS"]

_USAGE_WHY = ("the command line is not as the usage above says", "命令行与上述用法不符")
_USAGE_MEND = ("See `{program} --help`.", "请查看`{program} --help`。")


def _usage(en: str, zh: str) -> Words:
    return Words((en, _USAGE_WHY[0], _USAGE_MEND[0]), (zh, _USAGE_WHY[1], _USAGE_MEND[1]))


FINDINGS: Mapping[str, Words] = {
    "cut.future": Words(
        en=(
            "the day {day} has not come",
            "the cut holds what there is, up to {last}",
            "Name a day that has passed, or leave `--date` out.",
        ),
        zh=("日期{day}尚未到来", "截点包含截至{last}的现有数据", "请指定已过去的日期，或省略`--date`。"),
    ),
    "backup.nothing": Words(
        en=(
            "nothing is asked for",
            "a backup goes somewhere, or is drilled",
            "Give --to FILE, --drill, or both.",
        ),
        zh=("未指明要做什么", "备份须有去处，或进行演习", "请给出 --to 文件、--drill，或两者。"),
    ),
    "backup.ignored": Words(
        en=("{option} says nothing without {other}", "what is asked must not be ignored", "Give both, or neither."),
        zh=("没有{other}时{option}不起作用", "所提要求不应被忽略", "请同时给出，或都不给。"),
    ),
    "export.ignored": Words(
        en=("{option} says nothing to `{what}`", "what is asked must not be ignored", "Leave it out."),
        zh=("{option}不适用于`{what}`", "所提要求不应被忽略", "请去掉该选项。"),
    ),
    "export.needs": Words(
        en=("`{what}` needs {option}", "a copy is of something", "Give it, see `equipoise export --help`."),
        zh=("`{what}`需要{option}", "须指明复制对象", "请给出该选项，见`equipoise export --help`。"),
    ),
    "init.languages": Words(
        en=(
            "`{given}` does not name languages",
            "a protocol is written in one of {languages}, or in both",
            "Write for example `--languages en`.",
        ),
        zh=("`{given}`不是语言的列表", "方案以下列语言之一或两种书写：{languages}", "例如写作`--languages en`。"),
    ),
    "import.there": Words(
        en=("there is a file at {path} already", "nothing is written over", "Name another place after --out."),
        zh=("{path} 处已有文件", "不会覆盖任何文件", "请在 --out 后另指位置。"),
    ),
    "act.file": Words(
        en=("the file cannot be read", "{trouble}", "Check the path."),
        zh=("无法读取文件", "{trouble}", "请核对路径。"),
    ),
    "act.file/no_fields": Words(
        en=(
            "the file holds no fields",
            "the fields of one act are a mapping",
            "Write KEY: VALUE lines; a list of acts needs no NAME.",
        ),
        zh=(
            "文件中没有字段",
            "一项操作的字段应为键值对",
            "请逐行书写 KEY: VALUE；若为操作列表，则不写 NAME。",
        ),
    ),
    "act.list": Words(
        en=(
            "this is no list of acts",
            "without NAME, the file is a list of mappings, each with its `act`, and nothing is --set",
            "Give NAME, or write a list.",
        ),
        zh=(
            "这不是操作列表",
            "不写 NAME 时，文件应为列表，每项为含`act`的键值对，且不得使用 --set",
            "请给出 NAME，或改写为列表。",
        ),
    ),
    "act.missing_field": Words(
        en=(
            "`amend` needs both its fields, and no others",
            "it takes protocol (a folder or a file) and summary",
            "Give these two.",
        ),
        zh=("`amend`须且仅须两个字段", "即 protocol（文件夹或文件）与 summary", "请给出这两个字段。"),
    ),
    "act.missing_field/reason": Words(
        en=("`accept_restored` takes a reason, and nothing else", "what was seen is known", "Give `reason`."),
        zh=("`accept_restored`只接受一个原因", "曾被看到的内容已知", "请给出 reason。"),
    ),
    "act.no_dry_run/restored": Words(
        en=(
            "going on from an older ledger has no dry run",
            "it says what is, and what was seen before counts no more",
            "Leave `--dry-run` out.",
        ),
        zh=("从较旧的账本继续不能试运行", "它说明现状，此前所见不再作数", "请去掉`--dry-run`。"),
    ),
    "act.nobody": Words(
        en=("nobody acts", "every entry says who made it", "Add --as PERSON."),
        zh=("未指明操作者", "每条记录都须写明由谁作出", "请加上 --as PERSON。"),
    ),
    "list.whose": Words(
        en=("nobody, or no study, takes the list", "two persons take it for a study", "Add --study STUDY --as PERSON."),
        zh=("未指明研究或人员", "随机表须由两人为某研究启用", "请加上 --study 研究 --as 人员。"),
    ),
    "identity.not_here": Words(
        en=("nobody is screened here", "an identity is given at screening alone", "Leave `--identity` out."),
        zh=("此操作并非筛选", "身份信息仅在筛选时提供", "请去掉`--identity`。"),
    ),
    "identity.typed": Words(
        en=(
            "who somebody is cannot be given with --set",
            "shells and lists of processes keep what is typed",
            "Use `--identity FILE`, or `--identity -` to be asked; and delete the line from the history of your shell.",
        ),
        zh=(
            "个人身份不得以 --set 提供",
            "命令行内容会留在终端历史与进程列表中",
            "请使用`--identity 文件`或`--identity -`，并从终端历史中删除该行。",
        ),
    ),
    "act.set": Words(
        en=("`{pair}` gives no field", "a field is given as KEY=VALUE", "Write, say, values.age=51."),
        zh=("`{pair}`未给出字段", "字段写作 KEY=VALUE", "例如：values.age=51。"),
    ),
    "act.set/before": Words(
        en=("`{pair}` has no place", "there is a value before `{step}`", "Give one or the other."),
        zh=("`{pair}`无处可放", "`{step}`之前已有取值", "两者只能给出其一。"),
    ),
    "act.set/row": Words(
        en=("`{pair}` has no place", "rows 1 to {last} can be given", "Correct the number."),
        zh=("`{pair}`无处可放", "可给出第1至第{last}行", "请更正行号。"),
    ),
    "demo.place_taken": Words(
        en=(
            "the demo cannot be put here",
            "it is not a folder",
            "Name another folder, or move what is yours out of it; the demo deletes nothing but its own.",
        ),
        zh=(
            "演示不能放在这里",
            "这不是文件夹",
            "请另选文件夹，或先移走您自己的文件；演示只删除自己生成的内容。",
        ),
    ),
    "demo.place_taken/stranger": Words(
        en=(
            "the demo cannot be put here",
            "the demo did not make {file}",
            "Name another folder, or move what is yours out of it; the demo deletes nothing but its own.",
        ),
        zh=(
            "演示不能放在这里",
            "{file}不是演示生成的",
            "请另选文件夹，或先移走您自己的文件；演示只删除自己生成的内容。",
        ),
    ),
    "demo.place_taken/strangers": Words(
        en=(
            "the demo cannot be put here",
            "the demo did not make {file} and {more} more",
            "Name another folder, or move what is yours out of it; the demo deletes nothing but its own.",
        ),
        zh=(
            "演示不能放在这里",
            "{file}及另外{more}个文件不是演示生成的",
            "请另选文件夹，或先移走您自己的文件；演示只删除自己生成的内容。",
        ),
    ),
    "internal": Words(
        en=(
            "the command could not be finished",
            "{trouble}",
            (
                "This is a fault of ours, not of your input. "
                "Set EQUIPOISE_DEBUG=1, run it again and send us what it prints."
            ),
        ),
        zh=(
            "命令未能完成",
            "{trouble}",
            "这是本软件的缺陷，与您的输入无关。请设置 EQUIPOISE_DEBUG=1 后重新运行，并将输出发给我们。",
        ),
    ),
    "interrupted": Words(
        en=("interrupted", "you asked to stop", "Nothing was half-written; run the command again."),
        zh=("已中断", "您要求停止", "没有写入不完整的内容；请重新运行该命令。"),
    ),
    "language": Words(
        en=(
            "EQUIPOISE_LANG is `{given}`",
            "the languages are {languages}",
            "Set EQUIPOISE_LANG to one of these, unset it, or say --lang.",
        ),
        zh=(
            "EQUIPOISE_LANG 为`{given}`",
            "可用语言为{languages}",
            "请将 EQUIPOISE_LANG 设为其中之一，或取消该变量，或使用 --lang。",
        ),
    ),
    "system": Words(
        en=("the system refused", "{trouble}", "Mend it, and run the command again."),
        zh=("操作系统拒绝", "{trouble}", "请排除该问题后重新运行命令。"),
    ),
    "system/missing": Words(
        en=("the system refused", "{trouble}", "Check the path."),
        zh=("操作系统拒绝", "{trouble}", "请核对路径。"),
    ),
    "system/read_only": Words(
        en=("the system refused", "{trouble}", "Choose a folder that can be written to."),
        zh=("操作系统拒绝", "{trouble}", "请选择可写入的文件夹。"),
    ),
    "system/right": Words(
        en=(
            "the system refused",
            "{trouble}",
            "Ask for the right to read or write there, or choose another folder.",
        ),
        zh=("操作系统拒绝", "{trouble}", "请申请该处的读写权限，或另选文件夹。"),
    ),
    "system/space": Words(
        en=(
            "the system refused",
            "{trouble}",
            "Free some space, or choose another folder; nothing was half-written.",
        ),
        zh=("操作系统拒绝", "{trouble}", "请释放空间或另选文件夹；没有写入不完整的内容。"),
    ),
    # What argparse complains of, kind by kind; the English is its own.
    "usage/ambiguous": _usage("ambiguous option: {given} could match {names}", "选项{given}有歧义，可能是{names}"),
    "usage/choice": _usage(
        "argument {argument}: invalid choice: {value} (choose from {choices})",
        "参数{argument}：{value}不在可选值之内（可选：{choices}）",
    ),
    "usage/exclusive": _usage(
        "argument {argument}: not allowed with argument {other}", "参数{argument}：不能与{other}同时使用"
    ),
    "usage/explicit": _usage(
        "argument {argument}: ignored explicit argument {value}", "参数{argument}不带取值，却给出了{value}"
    ),
    "usage/one": _usage("argument {argument}: expected one argument", "参数{argument}：须有一个取值"),
    "usage/one_of": _usage("one of the arguments {names} is required", "参数{names}须选其一"),
    "usage/other": _usage("{message}", "命令行有误（{message}）"),
    "usage/required": _usage("the following arguments are required: {names}", "缺少必需的参数：{names}"),
    "usage/some": _usage("argument {argument}: expected at least one argument", "参数{argument}：至少须有一个取值"),
    "usage/type": _usage("argument {argument}: invalid {kind} value: {value}", "参数{argument}：{value}不是{kind}"),
    "usage/unknown": _usage("unrecognized arguments: {given}", "无法识别的参数：{given}"),
}
