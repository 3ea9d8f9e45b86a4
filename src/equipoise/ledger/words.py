"""What the ledger refuses, and what verification finds, in both languages."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse", "unreadable"]

_EVIDENCE = "Keep this database as evidence; compare with backups and checkpoints, and find out who had access."
_EVIDENCE_ZH = "请将此数据库作为证据保留；与备份和检查点比对，并查明何人有权访问。"
_RESTORE = "Keep the file as it is, and restore the ledger from a backup into another place."
_RESTORE_ZH = "请保持该文件原样，并将账本从备份恢复到另一位置。"
_AGAIN, _AGAIN_ZH = "Try again in a moment.", "请稍后重试。"
_STOP, _STOP_ZH = "Stop working, and verify the ledger.", "请停止操作，并验证账本。"
_TEXT = "Send text, whole numbers, true, false, lists and mappings."
_TEXT_ZH = "请提交文本、整数、true、false、列表或映射。"
_BACK = "Keep this database as evidence, and restore the ledger from the newest backup that verifies."
_BACK_ZH = "请将此数据库作为证据保留，并从可通过验证的最新备份恢复账本。"
_NEWEST = (
    "Put the newest copy back; if there is none, say so: "
    "equipoise act STUDY accept_restored --as PERSON --set reason=..."
)
_NEWEST_ZH = "请放回最新的副本；若已没有，请说明：equipoise act STUDY accept_restored --as PERSON --set reason=..."
_LAYOUT = "Find out who changed the database; verify it, and restore it from a backup."
_LAYOUT_ZH = "请查明何人改动了数据库；加以验证，并从备份恢复。"
_SEEN = "others see it in the list of processes, in the shell's history and in the study's folder"
_SEEN_ZH = "他人可在进程列表、命令历史和研究文件夹中看到它"
_KEEP_IT = "Keep the password in PGPASSWORD or in a password file (~/.pgpass, or PGPASSFILE)."
_KEEP_IT_ZH = "请将密码存于 PGPASSWORD 或密码文件（~/.pgpass 或 PGPASSFILE）。"
_OTHER_COPY, _OTHER_COPY_ZH = (
    "Take another copy; this one was damaged or changed.",
    "请使用另一副本；此副本已损坏或被改动。",
)
_URL, _URL_ZH = "Check the database URL.", "请检查数据库 URL。"

_ENTRIES = {
    "ledger.no_instant": Words(
        en=(
            "`{text}` is not an instant",
            "an entry needs a date, a time and its offset from UTC",
            "Write, for example, 2026-01-31T09:30:00.000Z.",
        ),
        zh=(
            "“{text}”不是一个时刻",
            "条目需要日期、时间及其与 UTC 的时差",
            "请写成例如 2026-01-31T09:30:00.000Z。",
        ),
    ),
    "ledger.not_canonical": Words(
        en=("the entry `{kind}` cannot be written", "{reason}", _TEXT),
        zh=("条目“{kind}”无法写入", "{reason}", _TEXT_ZH),
    ),
    "ledger.act_taken": Words(
        en=(
            "act {act} is on the ledger already",
            "an act id names one act for ever, so that a repeated request is never done twice",
            "Look the act up, or use a new act id.",
        ),
        zh=(
            "操作{act}已在账本中",
            "一个操作编号永远只指一次操作，因此重复的请求绝不会执行两次",
            "请查阅该操作，或使用新的操作编号。",
        ),
    ),
    "ledger.not_erasable": Words(
        en=("entry {seq} cannot be erased", "{reason}", "Look at the entry, and give the reason in words."),
        zh=("条目{seq}不能删除内容", "{reason}", "请查看该条目，并用文字说明原因。"),
    ),
    "ledger.payload_differs/unreadable": Words(
        en=("entry {seq} cannot be read", "its payload was changed behind the ledger's back", _STOP),
        zh=("条目{seq}无法读取", "其内容被绕过账本改动", _STOP_ZH),
    ),
    "ledger.payload_differs/entry": Words(
        en=("entry {seq} ({kind}) was changed", "its hash is not that of its content", _STOP),
        zh=("条目{seq}（{kind}）已被改动", "其哈希与内容不符", _STOP_ZH),
    ),
    "ledger.hash_differs/entry": Words(
        en=("entry {seq} ({kind}) was changed", "its hash is not that of its content", _STOP),
        zh=("条目{seq}（{kind}）已被改动", "其哈希与内容不符", _STOP_ZH),
    ),
}

_VERIFICATION = {
    "ledger.clock_backwards/once": Words(
        en=(
            "the clock went back once",
            "entry {seq} is stamped earlier than the entry before it",
            "Order is by number, so nothing is lost; check the server's clock.",
        ),
        zh=("时钟曾倒退一次", "条目{seq}的时间早于前一条目", "顺序以编号为准，没有丢失任何内容；请检查服务器时钟。"),
    ),
    "ledger.clock_backwards": Words(
        en=(
            "the clock went back {times:,} times",
            "entry {seq} is stamped earlier than the entry before it",
            "Order is by number, so nothing is lost; check the server's clock.",
        ),
        zh=(
            "时钟曾倒退{times:,}次",
            "条目{seq}的时间早于前一条目",
            "顺序以编号为准，没有丢失任何内容；请检查服务器时钟。",
        ),
    ),
    "ledger.more": Words(
        en=("and {more} more findings of this kind", "only the first {most} are told", _EVIDENCE),
        zh=("另有{more}项同类问题", "仅列出前{most}项", _EVIDENCE_ZH),
    ),
    "ledger.prev_differs": Words(
        en=(
            "entry {seq} does not follow entry {before}",
            "it names another hash than that of entry {before}",
            _EVIDENCE,
        ),
        zh=("条目{seq}未接续条目{before}", "其所记哈希并非条目{before}的哈希", _EVIDENCE_ZH),
    ),
    "ledger.hash_differs": Words(
        en=("entry {seq} was changed", "its hash is not that of its content", _EVIDENCE),
        zh=("条目{seq}已被改动", "其哈希与内容不符", _EVIDENCE_ZH),
    ),
    "ledger.hash_differs/impossible": Words(
        en=("entry {seq} was changed", "it holds what no entry can hold", _EVIDENCE),
        zh=("条目{seq}已被改动", "其中含有任何条目都不可能含有的内容", _EVIDENCE_ZH),
    ),
    "ledger.payload_differs": Words(
        en=("the payload of entry {seq} was changed", "its hash is not that of its content", _EVIDENCE),
        zh=("条目{seq}的内容已被改动", "其哈希与内容不符", _EVIDENCE_ZH),
    ),
    "ledger.payload_differs/half": Words(
        en=(
            "the payload of entry {seq} was changed",
            "payload and salt go together, and only one of them is there",
            _EVIDENCE,
        ),
        zh=("条目{seq}的内容已被改动", "内容与盐值应同时存在，现仅存其一", _EVIDENCE_ZH),
    ),
    "ledger.gap/one": Words(
        en=("entry {first} of the ledger cannot be found", "the next one is entry {seq}", _EVIDENCE),
        zh=("账本条目{first}缺失", "下一条目为{seq}", _EVIDENCE_ZH),
    ),
    "ledger.gap": Words(
        en=("entries {first} to {last} of the ledger cannot be found", "the next one is entry {seq}", _EVIDENCE),
        zh=("账本条目{first}至{last}缺失", "下一条目为{seq}", _EVIDENCE_ZH),
    ),
    "ledger.gap/repeated": Words(
        en=("entry {seq} stands where entry {expected} belongs", "numbers never repeat", _EVIDENCE),
        zh=("应为条目{expected}之处却是条目{seq}", "编号绝不重复", _EVIDENCE_ZH),
    ),
    "ledger.head_differs": Words(
        en=("the ledger says that entry {seq} is its last", "the chain ends at entry {last}", _EVIDENCE),
        zh=("账本称条目{seq}为其最后一条", "链止于条目{last}", _EVIDENCE_ZH),
    ),
    "ledger.head_differs/hash": Words(
        en=("the ledger says that entry {seq} is its last", "the hashes differ", _EVIDENCE),
        zh=("账本称条目{seq}为其最后一条", "哈希不一致", _EVIDENCE_ZH),
    ),
    "ledger.head_differs/writing": Words(
        en=(
            "the head is entry {seq}, and the last entry is not",
            "entries were removed or added behind the ledger's back",
            "Stop working; verify the ledger against a checkpoint kept elsewhere.",
        ),
        zh=(
            "头部为条目{seq}，而最后一条并非如此",
            "有条目被绕过账本删除或添加",
            "请停止操作；以他处保存的检查点验证账本。",
        ),
    ),
    "ledger.not_signed": Words(
        en=(
            "entry {seq} is not signed",
            "the process that keeps this study did not decide it: it was put there behind the ledger's back",
            _BACK,
        ),
        zh=("条目{seq}没有签名", "它并非由本研究的程序决定，而是被绕过账本放入", _BACK_ZH),
    ),
    "ledger.not_signed/other": Words(
        en=(
            "the signature of entry {seq} does not fit",
            "it, or an entry before it, is not what the process that keeps this study decided",
            _BACK,
        ),
        zh=("条目{seq}的签名不符", "该条目或其之前的条目并非由本研究的程序所决定", _BACK_ZH),
    ),
    "ledger.not_signed/after": Words(
        en=(
            "entries {first} to {seq} are not signed",
            "what the process that keeps this study decided ends at entry {last}",
            _BACK,
        ),
        zh=("条目{first}至{seq}没有签名", "由本研究的程序所决定者止于条目{last}", _BACK_ZH),
    ),
    "ledger.not_signed/nowhere": Words(
        en=(
            "no entry up to {seq} carries a signature that fits",
            "its history is not the one that this study's process decided",
            _BACK,
        ),
        zh=("直至条目{seq}均无相符的签名", "其历史并非由本研究的程序所决定", _BACK_ZH),
    ),
    "ledger.other_key": Words(
        en=(
            "the key that signs entries is not the study's",
            "its public part is not the one that the study file names",
            "Restore keys/entry.key from its own backup.",
        ),
        zh=("签署条目的密钥不属于本研究", "其公开部分与研究文件所注明者不同", "请从其专门备份恢复 keys/entry.key。"),
    ),
    "ledger.older": Words(
        en=(
            "the ledger ends at entry {seq}, and entry {seen} was seen",
            "on {at} UTC, at {place}: an older copy was put in its place, or its last entries are gone",
            _NEWEST,
        ),
        zh=(
            "账本止于条目{seq}，而条目{seen}曾被看到",
            "{at}（UTC）于{place}：其位置被放入较旧的副本，或其最后的条目已丢失",
            _NEWEST_ZH,
        ),
    ),
    "ledger.older/other": Words(
        en=(
            "entry {seen} of the ledger is not the one that was seen",
            "on {at} UTC, at {place}: two went on from one ledger, or an older copy was put back and continued",
            _NEWEST,
        ),
        zh=(
            "账本条目{seen}并非曾被看到者",
            "{at}（UTC）于{place}：有人从同一账本各自续写，或旧副本被放回后继续使用",
            _NEWEST_ZH,
        ),
    ),
    "ledger.layout": Words(
        en=("{kind} `{name}` of the ledger is missing", "it was removed behind the ledger's back", _LAYOUT),
        zh=("账本缺少{kind}“{name}”", "它被绕过账本删除", _LAYOUT_ZH),
    ),
    "ledger.layout/strange": Words(
        en=("{kind} `{name}` does not belong to the ledger", "it can change what is written or hidden", _LAYOUT),
        zh=("{kind}“{name}”不属于账本", "它可能改动写入的内容或加以隐藏", _LAYOUT_ZH),
    ),
    "ledger.layout/changed": Words(
        en=("{kind} `{name}` of the ledger was changed", "it is not as this software made it", _LAYOUT),
        zh=("账本的{kind}“{name}”被改动", "它不是本软件所建立的样子", _LAYOUT_ZH),
    ),
    "ledger.damaged/inside": Words(
        en=("the database finds itself damaged", "it says “{said}”", _RESTORE),
        zh=("数据库自检发现损坏", "其提示“{said}”", _RESTORE_ZH),
    ),
    "ledger.payload_missing": Words(
        en=("the payload of entry {seq} is gone", "no later entry says that it was erased", _EVIDENCE),
        zh=("条目{seq}的内容缺失", "其后没有条目说明其已删除", _EVIDENCE_ZH),
    ),
    "ledger.not_erased": Words(
        en=(
            "the payload of entry {seq} is still there",
            "entry {by} says that it was erased",
            "Erase it again in copies made before.",
        ),
        zh=("条目{seq}的内容仍然存在", "条目{by}称其已删除", "请在此前所作的副本中再次删除。"),
    ),
    "ledger.shortened": Words(
        en=(
            "the ledger ends at entry {last}",
            "on {at} it had entry {seq}: its end was cut off, or an older copy was restored",
            _EVIDENCE,
        ),
        zh=("账本止于条目{last}", "{at}时已有条目{seq}：末尾被截去，或恢复了较旧的副本", _EVIDENCE_ZH),
    ),
    "ledger.rewritten": Words(
        en=(
            "entry {seq} is not the one that was signed on {at}",
            "history up to this entry was rewritten",
            _EVIDENCE,
        ),
        zh=("条目{seq}并非{at}所签署者", "此条目之前的历史被改写", _EVIDENCE_ZH),
    ),
}

_CHECKPOINTS = {
    "checkpoint.no_head": Words(
        en=("there is nothing to sign", "it has no entries", "Verify the ledger."),
        zh=("没有可签署的内容", "账本没有条目", "请验证账本。"),
    ),
    "checkpoint.no_head/differs": Words(
        en=("there is nothing to sign", "its last entry is not the head, entry {seq}", "Verify the ledger."),
        zh=("没有可签署的内容", "其最后一条并非头部（条目{seq}）", "请验证账本。"),
    ),
    "checkpoint.forged": Words(
        en=(
            "the checkpoint's signature does not fit",
            "it was changed, or signed with another key",
            "Get the checkpoint again from who keeps it.",
        ),
        zh=("检查点的签名不符", "检查点被改动，或由另一密钥签署", "请向保管者重新索取该检查点。"),
    ),
    "checkpoint.exists": Words(
        en=("there is a file of this name already", "checkpoints are kept, never replaced", "Choose another name."),
        zh=("已有同名文件", "检查点只保存，绝不替换", "请另选名称。"),
    ),
    "checkpoint.not_written": Words(
        en=("the checkpoint cannot be written", "{reason}", "Choose a folder that you may write to."),
        zh=("检查点无法写入", "{reason}", "请选择有写入权限的文件夹。"),
    ),
    "checkpoint.unreadable": Words(
        en=("this is no checkpoint", "{reason}", "Name a file that `equipoise checkpoint` wrote."),
        zh=("这不是检查点", "{reason}", "请指定由 `equipoise checkpoint` 写出的文件。"),
    ),
    "checkpoint.other_study": Words(
        en=(
            "the checkpoint is of the study {other}",
            "this is the ledger of {study}",
            "Name a checkpoint of this study.",
        ),
        zh=("该检查点属于研究{other}", "这是{study}的账本", "请指定本研究的检查点。"),
    ),
    "checkpoint.not_checked": Words(
        en=(
            "the checkpoint's signature was not checked",
            "no public key was given",
            "Give the study's public key.",
        ),
        zh=("未核对检查点的签名", "未提供公钥", "请提供本研究的公钥。"),
    ),
    "checkpoint.fork": Words(
        en=(
            "two checkpoints tell of two different entries {seq}",
            "two histories were shown to two people",
            _EVIDENCE,
        ),
        zh=("两个检查点记载了不同的条目{seq}", "曾向两人出示两种历史", _EVIDENCE_ZH),
    ),
}

_DATABASES = {
    "ledger.append_only": Words(
        en=(
            "the ledger refused the change",
            "what is on it stays",
            "Correct by a new entry that says what was wrong.",
        ),
        zh=("账本拒绝了该改动", "已入账者不可更改", "请以新条目更正，并说明错在何处。"),
    ),
    "ledger.not_a_database": Words(
        en=(
            "the file is not a ledger",
            "it does not begin as an SQLite database does",
            f"Name the ledger of the study. If this is it: k{_RESTORE[1:]}",
        ),
        zh=("该文件不是账本", "其开头不是 SQLite 数据库", f"请指定本研究的账本。若确为此文件：{_RESTORE_ZH}"),
    ),
    "ledger.not_written": Words(
        en=(
            "nothing was written",
            "the system refused to write to the disk: it is full, over its quota, or failing",
            "Look at the disk, then try again: the entry is not on the ledger.",
        ),
        zh=("未写入任何内容", "系统拒绝写入磁盘：磁盘已满、超出配额或有故障", "请检查磁盘后重试：该条目未入账。"),
    ),
    "ledger.damaged": Words(
        en=("the ledger cannot be read", "the file is damaged or cut short", _RESTORE),
        zh=("账本无法读取", "文件已损坏或被截短", _RESTORE_ZH),
    ),
    "ledger.cannot_open": Words(
        en=(
            "the ledger cannot be opened",
            "its folder is missing, or you may not read and write there",
            "Check the path and its permissions.",
        ),
        zh=("账本无法打开", "其文件夹不存在，或您没有读写权限", "请检查路径及其权限。"),
    ),
    "ledger.read_only": Words(
        en=(
            "the ledger cannot be written",
            "the file, its folder or the database is read-only for you",
            "Ask for permission to write, or look at a copy in a folder of your own.",
        ),
        zh=(
            "账本无法写入",
            "该文件、其文件夹或数据库对您只读",
            "请申请写入权限，或在自己的文件夹中查看副本。",
        ),
    ),
    "ledger.disk_full": Words(
        en=(
            "nothing was written",
            "the disk is full",
            "Free some space, then try again: the entry is not on the ledger.",
        ),
        zh=("未写入任何内容", "磁盘已满", "请释放空间后重试：该条目未入账。"),
    ),
    "ledger.locked": Words(
        en=("the ledger is busy", "another writer kept it for too long", _AGAIN),
        zh=("账本正忙", "另一写入者占用过久", _AGAIN_ZH),
    ),
    "ledger.locked/seconds": Words(
        en=("the ledger is busy", "another writer kept it for more than {seconds:g} seconds", _AGAIN),
        zh=("账本正忙", "另一写入者占用超过{seconds:g}秒", _AGAIN_ZH),
    ),
    "ledger.busy": Words(
        en=("the ledger is busy", "too many connections are open", _AGAIN),
        zh=("账本正忙", "打开的连接过多", _AGAIN_ZH),
    ),
    "ledger.not_allowed": Words(
        en=(
            "the database does not let you in",
            "name, password or rights are not as it expects",
            "Check the database URL with the database's administrator.",
        ),
        zh=("数据库拒绝访问", "用户名、密码或权限不符合要求", "请与数据库管理员核对数据库 URL。"),
    ),
    "ledger.may_only_read": Words(
        en=(
            "the account may read the ledger and not write it",
            "the database refuses its entries",
            "Act with the account that may write, or ask the database's administrator for the right.",
        ),
        zh=("该账户只能读取账本，不能写入", "数据库拒绝其条目", "请使用有写入权限的账户，或向数据库管理员申请权限。"),
    ),
    "ledger.password_in_url": Words(
        en=("the address holds a password", _SEEN, _KEEP_IT),
        zh=("地址中含有密码", _SEEN_ZH, _KEEP_IT_ZH),
    ),
    "ledger.password_in_url/query": Words(
        en=("the address holds a password after its question mark", _SEEN, _KEEP_IT),
        zh=("地址的问号之后含有密码", _SEEN_ZH, _KEEP_IT_ZH),
    ),
    "ledger.bad_url/signs": Words(
        en=(
            "the address of the database cannot be read",
            "a sign in it (@ : / # ?) stands where none may stand",
            f"Write postgresql://USER@HOST:PORT/DATABASE, such signs in names as %40 %3A %2F %23 %3F. {_KEEP_IT}",
        ),
        zh=(
            "数据库地址无法读取",
            "其中某个符号（@ : / # ?）出现在不应出现之处",
            f"请写成 postgresql://USER@HOST:PORT/DATABASE，名称中的此类符号写成 %40 %3A %2F %23 %3F。{_KEEP_IT_ZH}",
        ),
    ),
    "ledger.taken": Words(
        en=(
            "the database holds the study {study} already",
            "its ledger has {entries} entries, and nothing is ever written over one",
            "Use another database, or open the study that is there.",
        ),
        zh=("数据库中已有研究{study}", "其账本有{entries}个条目，绝不覆盖", "请使用另一数据库，或打开其中的研究。"),
    ),
    "ledger.no_line": Words(
        en=("this line is no entry of {study}", "a kept ledger has one entry a line", _OTHER_COPY),
        zh=("该行不是{study}的条目", "账本副本每行一个条目", _OTHER_COPY_ZH),
    ),
    "ledger.no_line/json": Words(
        en=("this line cannot be read", "it is no JSON object", _OTHER_COPY),
        zh=("无法读取该行", "它不是 JSON 对象", _OTHER_COPY_ZH),
    ),
    "ledger.no_line/signature": Words(
        en=("this line is no signature", "it has a number and 128 hexadecimal digits", _OTHER_COPY),
        zh=("该行不是签名", "签名由编号与128位十六进制数字组成", _OTHER_COPY_ZH),
    ),
    "ledger.no_version": Words(
        en=(
            "the ledger does not say which layout it has",
            "its tables are there, and the row in `ledger_format` is gone",
            "Restore the ledger from a backup; or, when nothing else was touched, put the version back and verify.",
        ),
        zh=(
            "账本未注明其格式版本",
            "其表存在，但 `ledger_format` 中的行已缺失",
            "请从备份恢复账本；若未触及其他内容，可补回版本后验证。",
        ),
    ),
    "ledger.no_database": Words(
        en=("the database has no such ledger", "database, schema or table is missing", _URL),
        zh=("数据库中没有该账本", "缺少数据库、模式或表", _URL_ZH),
    ),
    "ledger.no_connection": Words(
        en=(
            "the database cannot be reached",
            "the server does not answer, or went away",
            "Check that the server runs and that the URL names it; nothing half-written was kept.",
        ),
        zh=("无法连接数据库", "服务器无应答或已中断", "请确认服务器正在运行且 URL 正确；未保留任何未写完的内容。"),
    ),
    "ledger.database": Words(
        en=("the database refused", "{reason}", "Show this to the administrator."),
        zh=("数据库拒绝了请求", "{reason}", "请将此信息交给管理员。"),
    ),
    "ledger.unknown_database": Words(
        en=(
            "`{scheme}` cannot hold a ledger",
            "ledgers live in SQLite and PostgreSQL",
            "Give a path, or a URL that begins with postgresql://.",
        ),
        zh=("“{scheme}”不能存放账本", "账本存放于 SQLite 或 PostgreSQL", "请给出路径，或以 postgresql:// 开头的 URL。"),
    ),
    "ledger.bad_url": Words(
        en=(
            "the address of the database cannot be read",
            "it is no URL",
            "Write postgresql://USER@HOST:PORT/DATABASE.",
        ),
        zh=("数据库地址无法读取", "它不是 URL", "请写成 postgresql://USER@HOST:PORT/DATABASE。"),
    ),
    "ledger.missing": Words(
        en=(
            "there is no ledger here",
            "the file does not exist, and an empty one in its place would hide that",
            "Restore the ledger from a backup, or name the right folder.",
        ),
        zh=("此处没有账本", "文件不存在，若以空账本代替会掩盖这一事实", "请从备份恢复账本，或指定正确的文件夹。"),
    ),
    "ledger.empty": Words(
        en=(
            "there is no ledger here",
            "the database has no ledger tables",
            "Restore the ledger from a backup, or name the right database.",
        ),
        zh=("此处没有账本", "数据库中没有账本的表", "请从备份恢复账本，或指定正确的数据库。"),
    ),
    "ledger.newer": Words(
        en=("the ledger has layout {found}", "this software knows layouts up to {known}", "Use the newer software."),
        zh=("账本的格式版本为{found}", "本软件最高支持版本{known}", "请使用较新的软件。"),
    ),
}

TABLE = Table(
    "ledger",
    {**_ENTRIES, **_VERIFICATION, **_CHECKPOINTS, **_DATABASES},
    {
        "layout.table": ("the table", "表"),
        "layout.index": ("the index", "索引"),
        "layout.trigger": ("the trigger", "触发器"),
        "layout.view": ("the view", "视图"),
        "layout.rule": ("the rule", "规则"),
        "layout.function": ("the function", "函数"),
        "no_mapping": ("a payload is a mapping", "内容必须是映射"),
        "no_text": ("{value} is not text", "{value}不是文本"),
        "null_sign": ("names cannot hold the null character", "名称不能含有空字符"),
        "no_utf8": (
            "it holds surrogates, half characters that no text can hold",
            "含有代理项（不完整的字符），无法写成文本",
        ),
        "no_entry": ("there is no such entry", "没有该条目"),
        "is_erasure": (
            "it is itself an erasure, and the chain needs it to show that the other was lawful",
            "其本身即为删除条目，链需以之证明另一删除合法",
        ),
        "erased_already": ("its payload was erased already", "其内容已经删除"),
        "no_reason": ("an erasure needs a reason", "删除须说明原因"),
        "did_not_say": ("it did not say why", "数据库未说明原因"),
        "database_said": ("{said}", "数据库提示“{said}”"),
        "not_json": ("it is not a JSON file", "不是 JSON 文件"),
        "other_format": (
            "it does not say `equipoise_checkpoint: {format}`",
            "其中没有 `equipoise_checkpoint: {format}`",
        ),
        "other_words": ("its words are not those of its head", "其词语与头部不符"),
        "name_no_text": ("`{name}` is not text", "`{name}` 不是文本"),
        "no_number": ("`seq` is not the number of an entry", "`seq` 不是条目编号"),
        "no_hash": ("`head` is not 64 hexadecimal digits", "`head` 不是64位十六进制数字"),
    },
)
finding, refuse, unreadable, phrase = TABLE.finding, TABLE.refuse, TABLE.unreadable, TABLE.phrase
