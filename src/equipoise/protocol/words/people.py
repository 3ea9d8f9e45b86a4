"""What a protocol is told about sites and roles: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "identity.twice": Words(
        en=("a part of the identity is named twice", "`identity` is {parts}", "Name each part once."),
        zh=("身份要素重复", "`identity`为{parts}", "每个要素只列一次。"),
    ),
    "identity.shared": Words(
        en=(
            "nobody is known again by {parts} alone",
            "many people share these, and each of them would be asked about",
            "Add `national_id`, `passport` or `name`.",
        ),
        zh=("仅凭{parts}无法识别个人", "许多人相同，每次筛选都会被询问", "请加上`national_id`、`passport`或`name`。"),
    ),
    "id_pattern.unreadable/sign": Words(
        en=(
            "the form of numbers `{pattern}` cannot be read at character {place} (`{sign}`)",
            "it is made of letters, digits, _ - \\. \\d, [A-Z0-9], (S01|S02), {{3}}, {{2,4}} and ?",
            "Correct it, for example S\\d{{2}}-\\d{{3}}.",
        ),
        zh=(
            "编号格式`{pattern}`在第{place}个字符（`{sign}`）处无法读取",
            "可用字母、数字、_ - \\. \\d、[A-Z0-9]、(S01|S02)、{{3}}、{{2,4}}和?",
            "请更正，例如S\\d{{2}}-\\d{{3}}。",
        ),
    ),
    "id_pattern.unreadable/open": Words(
        en=(
            "the form of numbers `{pattern}` opens `{sign}` and does not close it (character {place})",
            "what belongs together could not be told",
            "Close it.",
        ),
        zh=("编号格式`{pattern}`中的`{sign}`未闭合（第{place}个字符）", "无从确定哪些内容属于一体", "请将其闭合。"),
    ),
    "id_pattern.not_taken": Words(
        en=(
            "the form of numbers `{pattern}` gives `{example}`, which the desk does not take",
            "a number begins with a letter or a digit and has at most 40 characters",
            "Correct the form.",
        ),
        zh=(
            "编号格式`{pattern}`会得出`{example}`，系统不予接受",
            "编号须以字母或数字开头，且不超过40个字符",
            "请更正格式。",
        ),
    ),
    "id_pattern.too_few": Words(
        en=(
            "the form of numbers `{pattern}` has {count} numbers, and {planned} participants are planned",
            "nobody could be screened once they are used up",
            "Add a digit.",
        ),
        zh=(
            "编号格式`{pattern}`只有{count}个编号，而计划纳入{planned}名受试者",
            "编号用尽后将无法再筛选任何人",
            "请增加一位数字。",
        ),
    ),
    "site.country": Words(
        en=(
            "`{country}` is no code of a country",
            "the public holidays and the language of a site follow from its country",
            "Write the two capital letters of ISO 3166, for example CN.",
        ),
        zh=(
            "`{country}`不是国家代码",
            "中心的法定节假日和语言由其所在国家决定",
            "请使用ISO 3166的两个大写字母，例如CN。",
        ),
    ),
    "site.timezone": Words(
        en=(
            "`{timezone}` is no time zone",
            "the time zone database has no such name",
            "Use a name such as Asia/Shanghai or Europe/Berlin.",
        ),
        zh=("`{timezone}`不是时区", "时区数据库中没有该名称", "请使用Asia/Shanghai、Europe/Berlin之类的名称。"),
    ),
    "role.act_twice": Words(
        en=("`{act}` is granted twice", "once is enough", "Remove one."),
        zh=("`{act}`授予了两次", "一次即可", "请删除其一。"),
    ),
    "role.conflict_with_itself": Words(
        en=("role `{role}` conflicts with itself", "nobody could hold it", "Name the other role."),
        zh=("角色`{role}`与自身互斥", "无人可担任该角色", "请写明与之互斥的另一角色。"),
    ),
    "role.closes_own_answers": Words(
        en=(
            "role `{role}` may {act} and close queries",
            "whoever closes a query judges what the site answered or corrected",
            "Give the two to different roles.",
        ),
        zh=("角色`{role}`既可{act}，又可关闭质疑", "关闭质疑者须评判中心的答复或更正", "请将二者授予不同角色。"),
    ),
    "role.reads_results": Words(
        en=(
            "role `{role}` may `{act}` and also read the results by arm while the trial runs",
            "whoever knows how the trial goes enters and judges otherwise, blinded or not",
            "Grant `results` to a role that touches no data.",
        ),
        zh=(
            "角色`{role}`既可`{act}`，又可在试验进行期间查看分组结果",
            "无论是否设盲，知晓试验进展者的录入与判断会受影响",
            "请将`results`授予不接触数据的角色。",
        ),
    ),
    "role.unblinded": Words(
        en=(
            "role `{role}` may {act} and also record or randomize",
            "the trial is double-blind",
            "Give the two to roles that conflict.",
        ),
        zh=("角色`{role}`既可{act}，又可录入或随机", "本试验为双盲", "请将二者授予互斥的角色。"),
    ),
    "role.nobody_may/after": Words(
        en=(
            "a role may `{begun}`, and none may `{act}`",
            "what the one begins nobody could go on with",
            "Grant `{act}` to a role, or take `{begun}` away.",
        ),
        zh=(
            "有角色可执行`{begun}`，却没有角色可执行`{act}`",
            "前者开始之事将无人接续",
            "请将`{act}`授予某一角色，或取消`{begun}`。",
        ),
    ),
    "role.nobody_may": Words(
        en=("no role may `{act}`", "what is not granted is denied", "Grant `{act}` to a role."),
        zh=("没有角色可执行`{act}`", "未授予者一律禁止", "请将`{act}`授予某一角色。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
