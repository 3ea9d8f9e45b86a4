"""What is said of templates: a protocol to begin with."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "template.unknown": Words(
        en=(
            "`{name}` is not a template",
            "a protocol begins as a copy of one of {templates}",
            "{near}Write one of these after `--from`; `equipoise init` alone tells what each is for.",
        ),
        zh=(
            "`{name}`不是模板",
            "方案由以下模板之一复制而来：{templates}",
            "{near}请在`--from`后填写其中之一；单独运行`equipoise init`可查看各模板的用途。",
        ),
    ),
    "template.not_empty": Words(
        en=(
            "something is there already",
            "a template is written to a new or an empty folder, so that no file of yours is touched",
            "Name another folder.",
        ),
        zh=("该处已有内容", "模板只写入新文件夹或空文件夹，以免改动您的文件", "请指定另一个文件夹。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "template.survival": (
        "two arms, time to an event: log-rank test, Cox model, one interim look",
        "两组，至事件时间：对数秩检验、Cox模型、一次期中分析",
    ),
    "template.binary": ("two arms, yes or no: difference of two proportions", "两组，二分类终点：两个比例之差"),
    "template.continuous": (
        "two arms, a score at several visits: difference of mean changes",
        "两组，多次访视评分：平均变化之差",
    ),
    "template.two-stage": ("one arm, yes or no, in two stages", "单臂，二分类终点，两阶段"),
    "template.three-arms": (
        "three arms, time to an event: all together, then each against the control",
        "三组，至事件时间：先总体检验，再各与对照组比较",
    ),
}
