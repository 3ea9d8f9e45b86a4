"""What a protocol is told while it is read: its files and its YAML."""

from equipoise.words import Words

__all__ = ["PHRASES", "WORDS"]

_FILES: dict[str, Words] = {
    "protocol.not_found": Words(
        en=(
            "there is no such protocol",
            "neither a file, a folder nor a known name",
            "Give a folder that holds protocol.yaml, or one of: {known}.",
        ),
        zh=(
            "找不到该方案",
            "既不是文件或文件夹，也不是已知名称",
            "请给出含protocol.yaml的文件夹，或以下之一：{known}。",
        ),
    ),
    "protocol.not_found/empty": Words(
        en=(
            "the path is empty",
            "it names no protocol",
            "Give the folder of a protocol; `.` is the one in which you are.",
        ),
        zh=("路径为空", "未指明任何方案", "请给出方案文件夹；`.`表示当前文件夹。"),
    ),
    "protocol.not_found/alone": Words(
        en=(
            "there is no such protocol",
            "neither a file, a folder nor a known name",
            "Give a folder that holds protocol.yaml.",
        ),
        zh=("找不到该方案", "既不是文件或文件夹，也不是已知名称", "请给出含protocol.yaml的文件夹。"),
    ),
    "protocol.not_found/file": Words(
        en=(
            "there is no such file",
            "a protocol's folder holds protocol.yaml",
            "Create it, or give another folder.",
        ),
        zh=("找不到该文件", "方案文件夹内须有protocol.yaml", "请创建该文件，或给出其他文件夹。"),
    ),
    "protocol.not_readable": Words(
        en=("the file cannot be read", "{why}", "Give yourself the right to read it."),
        zh=("无法读取该文件", "{why}", "请取得读取权限。"),
    ),
    "protocol.file_name": Words(
        en=(
            "the file ends in .yml and is not read",
            "forms are read from forms/*.yaml",
            "Rename it to end in .yaml.",
        ),
        zh=("文件以.yml结尾，不会读取", "表单取自forms/*.yaml", "请将扩展名改为.yaml。"),
    ),
    "shape.not_a_form": Words(
        en=(
            "the file holds neither a form nor a list of forms",
            "forms/*.yaml holds one form, or lists under `forms:` and `codelists:`",
            "Begin it with `id:` and `title:`.",
        ),
        zh=(
            "该文件既不是表单，也不是表单列表",
            "forms/*.yaml内为一份表单，或`forms:`与`codelists:`下的列表",
            "请以`id:`与`title:`开头。",
        ),
    ),
    "shape.not_a_mapping": Words(
        en=(
            "the protocol is not a mapping of sections",
            "it must hold `equipoise: 1`, `study:`, `arms:` and so on",
            "Begin with `equipoise: 1`.",
        ),
        zh=("方案不是由各章节组成的映射", "须含`equipoise: 1`、`study:`、`arms:`等", "请以`equipoise: 1`开头。"),
    ),
    "shape.unknown_key/forms": Words(
        en=(
            "the key `{name}` is not known here",
            "a file of forms holds forms, and codelists that they use",
            "Move it to protocol.yaml.",
        ),
        zh=("此处没有键`{name}`", "表单文件只含表单及其所用代码表", "请移至protocol.yaml。"),
    ),
}

_WRITE_INTO = ("Write the {document} into it.", "请写入{document}内容。")
_EMPTY_WHY = ("nothing can be read from it", "没有可读取的内容")
_PLAIN_DATA = ("a {document} is plain data, and nothing in it may run", "{document}仅为数据，其中不得有可执行内容")

_YAML: dict[str, Words] = {
    "yaml.empty": Words(
        en=("the file is empty", _EMPTY_WHY[0], "Write the {document} into it, or remove the file."),
        zh=("文件为空", _EMPTY_WHY[1], "请写入{document}内容，或删除该文件。"),
    ),
    "yaml.empty/comments": Words(
        en=("the file holds only comments", _EMPTY_WHY[0], _WRITE_INTO[0]),
        zh=("文件仅含注释", _EMPTY_WHY[1], _WRITE_INTO[1]),
    ),
    "yaml.empty/value": Words(
        en=("the file holds no value", _EMPTY_WHY[0], _WRITE_INTO[0]),
        zh=("文件不含任何值", _EMPTY_WHY[1], _WRITE_INTO[1]),
    ),
    "yaml.too_large": Words(
        en=(
            "the file has more than {most} MB",
            "no {document} is as large",
            "Keep data out of the {document}; put forms into files of their own.",
        ),
        zh=("文件超过{most} MB", "{document}不会如此之大", "请勿在{document}中存放数据；表单可另存为单独的文件。"),
    ),
    "yaml.encoding": Words(
        en=(
            "the file is not UTF-8; it looks like {likely}",
            "a {document} must read the same on every machine",
            "Save it again as UTF-8 (in most editors: Save with encoding, UTF-8).",
        ),
        zh=(
            "文件不是UTF-8编码，似为{likely}",
            "{document}在任何计算机上都须读出相同内容",
            "请另存为UTF-8（多数编辑器：以编码保存，UTF-8）。",
        ),
    ),
    "yaml.several_documents": Words(
        en=(
            "a second document begins here (`---`)",
            "one file holds one document",
            "Move it to a file of its own, or remove the line `---`.",
        ),
        zh=("此处开始了第二个文档（`---`）", "一个文件只含一个文档", "请移至单独的文件，或删除`---`一行。"),
    ),
    "yaml.too_deep": Words(
        en=(
            "lists and mappings are nested more than {most} deep",
            "no {document} needs that",
            "Look for a missing closing bracket, or for indentation that grew.",
        ),
        zh=("列表与映射嵌套超过{most}层", "{document}无需如此", "请检查是否缺少右括号，或缩进逐行加深。"),
    ),
    "yaml.too_many": Words(
        en=(
            "the document unfolds to more than {most} values",
            "aliases of aliases multiply",
            "Write the values out where they are needed.",
        ),
        zh=("文档展开后超过{most}个值", "别名引用别名会成倍增加", "请在需要处直接写出各值。"),
    ),
    "yaml.key": Words(
        en=("a key is itself a list or a mapping", "keys are plain text", "Write the key as one word."),
        zh=("键本身是列表或映射", "键须为纯文本", "请将键写成一个词。"),
    ),
    "yaml.merge_key": Words(
        en=(
            "`<<` merges mappings",
            "it is not part of YAML 1.2, and hides what a clause says",
            "Write the keys out, or give the whole value by an alias (`*name`).",
        ),
        zh=("`<<`合并映射", "它不属于YAML 1.2，且掩盖条款的内容", "请逐一写出各键，或以别名（`*name`）给出整个值。"),
    ),
    "yaml.duplicate_key": Words(
        en=(
            "the key `{name}` is written twice",
            "it already stands on line {first}, and only one value can hold",
            "Remove one of the two.",
        ),
        zh=("键`{name}`写了两次", "第{first}行已有该键，只能有一个值", "请删除其中之一。"),
    ),
    "yaml.not_finite": Words(
        en=("`{number}` is not a finite number", "nothing in a trial is infinite", "Leave an open limit out."),
        zh=("`{number}`不是有限数", "试验中没有无穷大的量", "开放的界限请省略。"),
    ),
    "yaml.alias": Words(
        en=(
            "`*{name}` refers to nothing",
            "no `&{name}` stands before it",
            "Correct the name, or write the value out.",
        ),
        zh=("`*{name}`没有所指", "其前没有`&{name}`", "请更正名称，或直接写出该值。"),
    ),
    "yaml.alias/within": Words(
        en=("`*{name}` stands inside what it refers to", "it would never end", "Write the value out."),
        zh=("`*{name}`位于其所指内容之内", "展开将永无止境", "请直接写出该值。"),
    ),
    "yaml.tag": Words(
        en=("the tag `{tag}` is used", _PLAIN_DATA[0], "Remove the tag; put text in quotes."),
        zh=("使用了标签`{tag}`", _PLAIN_DATA[1], "请删除该标签；文本请加引号。"),
    ),
}

# What the parser stumbles over; `{near}` shows the line.
_BROKEN: dict[str, Words] = {
    "yaml.broken/tab": Words(
        en=(
            "a tab stands where indentation or a value begins{near}",
            "YAML indents with spaces only",
            "Replace the tab by spaces.",
        ),
        zh=("缩进或值的开头有制表符{near}", "YAML只能以空格缩进", "请将制表符换成空格。"),
    ),
    "yaml.broken/second_colon": Words(
        en=(
            "a second `: ` stands in one line{near}",
            "text that contains a colon and a space looks like another key",
            "Put the whole text in quotes, or indent the key below correctly.",
        ),
        zh=(
            "同一行有第二个`: `{near}",
            "含冒号加空格的文本会被当作另一个键",
            "请将整段文本加引号，或更正下一键的缩进。",
        ),
    ),
    "yaml.broken/indentation": Words(
        en=(
            "this line does not fit the lines above it{near}",
            "its indentation belongs to none of them, or a bracket or quote is left open above",
            "Align it with its siblings, and look at the line before.",
        ),
        zh=(
            "本行与上文不符{near}",
            "缩进与上文各级均不一致，或上文有未闭合的括号或引号",
            "请与同级内容对齐，并检查上一行。",
        ),
    ),
    "yaml.broken/no_colon": Words(
        en=(
            "a key without `: `{near}",
            "every key of a mapping is followed by a colon and a space",
            "Add the colon, or put text of several lines in quotes.",
        ),
        zh=("键后缺少`: `{near}", "映射的每个键后须有冒号和空格", "请补上冒号，或将多行文本加引号。"),
    ),
    "yaml.broken/open_list": Words(
        en=(
            "a list in brackets is not closed, or a comma is missing{near}",
            "the parser reached something that cannot stand there",
            "Close it with `]`, or add the comma.",
        ),
        zh=("方括号列表未闭合，或缺少逗号{near}", "解析到此处不应出现的内容", "请以`]`闭合，或补上逗号。"),
    ),
    "yaml.broken/open_mapping": Words(
        en=(
            "a mapping in braces is not closed, or a comma is missing{near}",
            "the parser reached something that cannot stand there",
            "Close it with `}}`, add the comma, or put text that contains , : or {{}} in quotes.",
        ),
        zh=(
            "花括号映射未闭合，或缺少逗号{near}",
            "解析到此处不应出现的内容",
            "请以`}}`闭合、补上逗号，或将含, : {{}}的文本加引号。",
        ),
    ),
    "yaml.broken/open_quote": Words(
        en=("a quote is opened and never closed{near}", "the file ends inside the text", "Close the quote."),
        zh=("引号未闭合{near}", "文件在文本中途结束", "请补上引号。"),
    ),
    "yaml.broken/control": Words(
        en=(
            "the file contains a control character{near}",
            "it is not text",
            "Remove it; it is often left behind by copying.",
        ),
        zh=("文件含控制字符{near}", "它不是文本", "请删除；此类字符常由复制粘贴带入。"),
    ),
    "yaml.broken/kept": Words(
        en=(
            "a value begins with a character that YAML keeps for itself{near}",
            "@, `, % and a bare * or & cannot begin plain text",
            "Put the text in quotes.",
        ),
        zh=("值以YAML保留字符开头{near}", "未加引号的文本不得以@、`、%或单独的*、&开头", "请将文本加引号。"),
    ),
    "yaml.broken/escape": Words(
        en=(
            "a backslash in double quotes begins no known escape{near}",
            "YAML reads \\ in double quotes as an escape",
            "Use single quotes, or write \\\\.",
        ),
        zh=("双引号内的反斜杠不是有效转义{near}", "YAML把双引号内的\\读作转义", "请改用单引号，或写作\\\\。"),
    ),
    "yaml.broken/anchor": Words(
        en=(
            "a name after & or * is missing or odd{near}",
            "& and * mark anchors and aliases in YAML",
            "Put the text in quotes when it is meant as text.",
        ),
        zh=("&或*之后的名称缺失或有误{near}", "在YAML中&与*表示锚点与别名", "若本意为文本，请加引号。"),
    ),
    "yaml.broken/tag": Words(
        en=("a tag is used{near}", _PLAIN_DATA[0], "Remove the tag; put text that begins with ! in quotes."),
        zh=("使用了标签{near}", _PLAIN_DATA[1], "请删除该标签；以!开头的文本请加引号。"),
    ),
    "yaml.broken": Words(
        en=(
            "the file stops being YAML near `{line}`",
            "{problem}",
            "Look at the quotes, brackets and indentation of this line and the one before.",
        ),
        zh=("文件自`{line}`附近起不再是YAML", "解析器提示：{problem}", "请检查本行及上一行的引号、括号与缩进。"),
    ),
}

WORDS: dict[str, Words] = {**_FILES, **_YAML, **_BROKEN}

PHRASES: dict[str, tuple[str, str]] = {
    "document.protocol": ("protocol", "方案"),
    "document.mapping": ("mapping", "映射文件"),
    "document.file": ("file of acts", "操作文件"),
    "encoding.single_byte": ("Windows-1252 or Latin-1", "Windows-1252或Latin-1"),
    "yaml.near": (" near `{line}`", "（`{line}`附近）"),
    "os.EACCES": ("permission denied", "没有读取权限"),
    "os.EISDIR": ("is a directory", "这是一个文件夹"),
    "os.other": ("the system refused ({name})", "系统拒绝（{name}）"),
}
