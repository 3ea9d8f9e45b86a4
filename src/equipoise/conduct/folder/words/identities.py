"""What is told of an identity that is asked for; nothing of it is repeated."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
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
