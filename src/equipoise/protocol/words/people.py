"""What a protocol is told about sites and roles: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
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
    "role.unblinded": Words(
        en=(
            "role `{role}` may {act} and also record or randomize",
            "the trial is double-blind",
            "Give the two to roles that conflict.",
        ),
        zh=("角色`{role}`既可{act}，又可录入或随机", "本试验为双盲", "请将二者授予互斥的角色。"),
    ),
    "role.nobody_may": Words(
        en=("no role may `{act}`", "what is not granted is denied", "Grant `{act}` to a role."),
        zh=("没有角色可执行`{act}`", "未授予者一律禁止", "请将`{act}`授予某一角色。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
