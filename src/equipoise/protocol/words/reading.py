"""What a protocol is told while it is read: its files, its YAML, and the shape of what stands in them."""

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

_BOTH_WHY = ("whatever a person reads stands in both languages", "供人阅读的文字须中英文齐备")
_ONE_OF_THESE = ("{near}Write one of these.", "{near}请写其中之一。")
_ALONE = (
    "A trial that is written in one language says so at the top: `languages: [{own}]`.",
    "仅以一种语言书写的试验应在文件开头写明：`languages: [{own}]`。",
)
_GIVEN = ("`{name}` is {given}", "`{name}`为{given}")

_SHAPE: dict[str, Words] = {
    "shape.unknown_key": Words(
        en=(
            "the key `{name}` is not known here",
            "a misspelled key would silently change nothing",
            "{near}The keys are: {keys}.",
        ),
        zh=("此处没有键`{name}`", "写错的键不会生效，也不会有任何提示", "{near}可用的键：{keys}。"),
    ),
    "shape.missing_language": Words(
        en=("the {language} text is missing", _BOTH_WHY[0], f"Add `{{name}}: ...`. {_ALONE[0]}"),
        zh=("缺少{language}文本", _BOTH_WHY[1], f"请补充`{{name}}: ...`。{_ALONE[1]}"),
    ),
    "shape.missing_language/alone": Words(
        en=("the text is missing", "the protocol is written in {language}", "Write the text plainly."),
        zh=("缺少文本", "方案以{language}书写", "请直接书写文本。"),
    ),
    "shape.not_both_languages": Words(
        en=(
            f"{_GIVEN[0]}; the {{language}} text is missing",
            _BOTH_WHY[0],
            f"Write `{{name}}: {{{{en: {{en}}, zh: {{zh}}}}}}`. {_ALONE[0]}",
        ),
        zh=(
            f"{_GIVEN[1]}；缺少{{language}}文本",
            _BOTH_WHY[1],
            f"请写作`{{name}}: {{{{en: {{en}}, zh: {{zh}}}}}}`。{_ALONE[1]}",
        ),
    ),
    "shape.not_both_languages/none": Words(
        en=(_GIVEN[0], _BOTH_WHY[0], "Write `{name}: {{en: ..., zh: ...}}`."),
        zh=(_GIVEN[1], _BOTH_WHY[1], "请写作`{name}: {{en: ..., zh: ...}}`。"),
    ),
    "shape.missing": Words(
        en=("`{name}` is missing", "it is required here", "Add `{name}: ...`."),
        zh=("缺少`{name}`", "此处必填", "请补充`{name}: ...`。"),
    ),
    "shape.missing/text": Words(
        en=("`{name}` is missing", "it is required here", "Add `{name}: ...` with `{{en: ..., zh: ...}}`."),
        zh=("缺少`{name}`", "此处必填", "请补充`{name}: ...`，写作`{{en: ..., zh: ...}}`。"),
    ),
    "shape.missing/keys": Words(
        en=("`{name}` is missing", "it is required here", "Add `{name}: ...` with {keys}."),
        zh=("缺少`{name}`", "此处必填", "请补充`{name}: ...`，含{keys}。"),
    ),
    "shape.missing/kind": Words(
        en=("`kind` is missing", "it says which kind of clause this is: {kinds}", "Add `kind: ...`."),
        zh=("缺少`kind`", "它说明条款的种类：{kinds}", "请补充`kind: ...`。"),
    ),
    "shape.empty": Words(
        en=("`{name}` is empty", "text is needed here", "Write it, or remove the key when it is optional."),
        zh=("`{name}`为空", "此处须为文本", "请填写；若为可选项，可删除该键。"),
    ),
    "shape.text_needed": Words(
        en=(
            _GIVEN[0],
            "text is needed here, and YAML reads this as something else",
            'Put it in quotes: `{name}: "{plain}"`.',
        ),
        zh=(_GIVEN[1], "此处须为文本，而YAML把它读作其他类型", '请加引号：`{name}: "{plain}"`。'),
    ),
    "shape.text_needed/line": Words(
        en=(_GIVEN[0], "one text is needed here", "Write one line of text."),
        zh=(_GIVEN[1], "此处须为一段文本", "请写成一行文本。"),
    ),
    "shape.identifier": Words(
        en=(
            "`{given}` is not a name that rules can use",
            "names are letters, digits and _, starting with a letter, at most 64 in all",
            "Write for example `{example}`.",
        ),
        zh=(
            "`{given}`不能用作规则中的名称",
            "名称由字母、数字和_组成，以字母开头，至多64个字符",
            "例如写作`{example}`。",
        ),
    ),
    "shape.too_long": Words(
        en=("`{name}` has {count} characters", "at most {most} are allowed", "Shorten it."),
        zh=("`{name}`有{count}个字符", "至多{most}个", "请缩短。"),
    ),
    "shape.unknown_choice": Words(
        en=(_GIVEN[0], "it is one of {choices}", _ONE_OF_THESE[0]),
        zh=(_GIVEN[1], "须为以下之一：{choices}", _ONE_OF_THESE[1]),
    ),
    "shape.unknown_choice/kind": Words(
        en=("the kind `{given}` is not known here", "the kinds are {choices}", _ONE_OF_THESE[0]),
        zh=("此处没有种类`{given}`", "种类包括{choices}", _ONE_OF_THESE[1]),
    ),
    "shape.list_needed": Words(
        en=(_GIVEN[0], "a list is needed here", "Write `[{element}]`."),
        zh=(_GIVEN[1], "此处须为列表", "请写作`[{element}]`。"),
    ),
    "shape.list_needed/lines": Words(
        en=(_GIVEN[0], "a list is needed here", "Write each element on a line of its own, beginning with `- `."),
        zh=(_GIVEN[1], "此处须为列表", "每个元素各占一行，以`- `开头。"),
    ),
    "shape.mapping_needed": Words(
        en=(_GIVEN[0], "a mapping is needed here", "Its keys are: {keys}."),
        zh=(_GIVEN[1], "此处须为映射", "可用的键：{keys}。"),
    ),
    "shape.mapping_needed/lines": Words(
        en=(_GIVEN[0], "a mapping is needed here", "Write `name: value` lines."),
        zh=(_GIVEN[1], "此处须为映射", "请按`name: value`逐行书写。"),
    ),
    "shape.number_needed": Words(
        en=(_GIVEN[0], "a number is needed here", "Write for example 4.5, without quotes."),
        zh=(_GIVEN[1], "此处须为数字", "例如写作4.5，不加引号。"),
    ),
    "shape.number_needed/whole": Words(
        en=(_GIVEN[0], "a whole number is needed here", "Write for example 4, without quotes."),
        zh=(_GIVEN[1], "此处须为整数", "例如写作4，不加引号。"),
    ),
    "shape.truth_needed": Words(
        en=(_GIVEN[0], "true or false is needed here", "Write true or false."),
        zh=(_GIVEN[1], "此处须为true或false", "请写true或false。"),
    ),
    "shape.out_of_bounds": Words(
        en=(_GIVEN[0], "it must be {bound}", "Correct the number."),
        zh=(_GIVEN[1], "须{bound}", "请更正该数字。"),
    ),
    "shape.too_few": Words(
        en=("`{name}` is empty", "at least {least} is needed", "Add one."),
        zh=("`{name}`为空", "至少须有{least}个", "请添加。"),
    ),
    "shape.too_few/many": Words(
        en=("`{name}` has too many elements", "at most {most} are allowed", "Remove the others."),
        zh=("`{name}`的元素过多", "至多{most}个", "请删除多余的元素。"),
    ),
    "shape.assumption_without_source": Words(
        en=(
            "an assumption without a source",
            "a reader must be able to see where the value comes from, or who judged it",
            "Add `source: ...`.",
        ),
        zh=("假设未注明来源", "读者须能看到该值取自何处或由谁判断", "请补充`source: ...`。"),
    ),
    "shape.not_consistent": Words(
        en=("`{name}` is not consistent", "{said}", "Correct it."),
        zh=("`{name}`前后矛盾", "{said}", "请更正。"),
    ),
    "shape.not_consistent/clause": Words(
        en=("the clause is not consistent", "{said}", "Correct it."),
        zh=("该条款前后矛盾", "{said}", "请更正。"),
    ),
    "shape.shape": Words(
        en=(_GIVEN[0], "something else belongs here ({kind})", "Correct it."),
        zh=(_GIVEN[1], "此处应为其他内容（{kind}）", "请更正。"),
    ),
}

WORDS: dict[str, Words] = {**_FILES, **_YAML, **_BROKEN, **_SHAPE}

PHRASES: dict[str, tuple[str, str]] = {
    "document.protocol": ("protocol", "方案"),
    "document.mapping": ("mapping", "映射文件"),
    "document.file": ("file of acts", "操作文件"),
    "encoding.single_byte": ("Windows-1252 or Latin-1", "Windows-1252或Latin-1"),
    "yaml.near": (" near `{line}`", "（`{line}`附近）"),
    "os.EACCES": ("permission denied", "没有读取权限"),
    "os.EISDIR": ("is a directory", "这是一个文件夹"),
    "os.other": ("the system refused ({name})", "系统拒绝（{name}）"),
    "language.en": ("English", "英文"),
    "language.zh": ("Chinese", "中文"),
    "given.empty": ("empty", "空"),
    "given.truth": ("the truth value {value}", "真假值{value}"),
    "given.number": ("the number {value}", "数字{value}"),
    "given.text": ("the text {value}", "文本{value}"),
    "given.list": ("a list", "列表"),
    "given.mapping": ("a mapping", "映射"),
    "bound.greater_than": ("above {limit}", "大于{limit}"),
    "bound.greater_than_equal": ("at least {limit}", "不小于{limit}"),
    "bound.less_than": ("below {limit}", "小于{limit}"),
    "bound.less_than_equal": ("at most {limit}", "不大于{limit}"),
}
