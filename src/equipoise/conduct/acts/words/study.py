"""What the acts about the study itself refuse: people, sites, locks, amendments, erasure."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "agreement.unknown": Words(
        en=(
            "no request {request} waits for a second person",
            "those that wait are {open}",
            "Give the number of a request that waits.",
        ),
        zh=("没有等待同意的请求{request}", "等待中的请求为{open}", "请填写等待中的请求编号。"),
    ),
    "agreement.waiting": Words(
        en=(
            "`{act}` was asked for by {asked_by} and waits for a second person",
            "asked for twice, it would take effect twice, or wait in vain",
            "Another person agrees: `agree` with request {request}; or `decline` it first.",
        ),
        zh=(
            "{asked_by}已提出“{act}”，正等待第二人同意",
            "重复提出会重复生效，或徒然等待",
            "请另一人同意：`agree`，请求编号{request}；或先`decline`。",
        ),
    ),
    "agreement.same_person": Words(
        en=(
            "{person} asked for `{act}`, or bears the name of {asked_by}, who did",
            "it takes effect by two persons alone",
            "Ask somebody else who may; if they are two people, their names must tell them apart.",
        ),
        zh=(
            "{person}就是“{act}”的提出者，或与提出者{asked_by}同名",
            "此操作须由两人共同完成",
            "请另一名有权限者同意；如确为两人，请使其姓名可以区分。",
        ),
    ),
    "amendment.study": Words(
        en=(
            "this is the protocol of {other}",
            "the study is {study}",
            "Give the new version of this study's protocol.",
        ),
        zh=("这是{other}的方案", "本研究为{study}", "请提供本研究方案的新版本。"),
    ),
    "amendment.version": Words(
        en=(
            "the new protocol is called version {version} too",
            "two versions with one name cannot be told apart",
            "Give it a new version.",
        ),
        zh=("新方案的版本号也是{version}", "同名的两个版本无法区分", "请使用新的版本号。"),
    ),
    "amendment.scheme": Words(
        en=(
            "allocation cannot move into or out of this system",
            "the study began the other way",
            "Make another study.",
        ),
        zh=("随机分配不能移入或移出本系统", "研究以另一种方式开始", "请另建研究。"),
    ),
    "amendment.not_by_site": Words(
        en=(
            "{parts} change, and the amendment waits for the approvals of sites",
            "everybody is drawn by the same arms, ratio and factors, so that sites cannot take them up one by one",
            "Amend when every site has its approval, and say so: at_once=REASON.",
        ),
        zh=(
            "{parts}有变更，而修订须等待各中心批准",
            "所有受试者按同一组别、比例和分层因素随机，各中心不能分别启用",
            "请在各中心均获批准后修订，并注明：at_once=理由。",
        ),
    ),
    "amendment.item_type": Words(
        en=(
            "item {item} would be {after}, and was {before}",
            "values were entered as {before}, and cannot be read as anything else",
            "Keep {item} as it was, or drop it, and add an item with a new id.",
        ),
        zh=(
            "条目{item}将为{after}，而此前为{before}",
            "已录入的数据为{before}，不能作他种类型读取",
            "请保留{item}原样或将其删去，并以新的标识添加条目。",
        ),
    ),
    "amendment.item_unit": Words(
        en=(
            "item {item} would be in {after}, and was in {before}",
            "a number that was entered in {before} would be read as another amount",
            "Keep {item} as it was, or drop it, and add an item with a new id.",
        ),
        zh=(
            "条目{item}的单位将为{after}，而此前为{before}",
            "以{before}录入的数值会被读作另一数量",
            "请保留{item}原样或将其删去，并以新的标识添加条目。",
        ),
    ),
    "amendment.item_moved": Words(
        en=(
            "item {item} would stand in {after}, and stood in {before}",
            "what was entered under one id stays in one place",
            "Leave {item} where it was, or drop it, and add an item with a new id in {after}.",
        ),
        zh=(
            "条目{item}将位于{after}，而此前位于{before}",
            "以同一标识录入的数据须留在同一处",
            "请将{item}留在原处或将其删去，并在{after}以新的标识添加条目。",
        ),
    ),
    "amendment.name_reused": Words(
        en=(
            "{name} would name something of another kind than before",
            "what an earlier version recorded or derived under this name stays in the data",
            "Give the new one another id.",
        ),
        zh=("{name}将指代与此前不同种类的内容", "先前版本以此名称录入或推导的内容仍留在数据中", "请为新内容另取标识。"),
    ),
    "amendment.visit_kind": Words(
        en=(
            "visit {visit} was {kind}, and would no longer be",
            "what was recorded at it is counted by that",
            "Keep it, or drop it, and add a visit with a new id.",
        ),
        zh=("访视{visit}此前为{kind}，修订后不再是", "其记录据此计数", "请保留或删去该访视，并以新的标识添加访视。"),
    ),
    "amendment.own_role": Words(
        en=(
            "{person} is {role}, and the new version would let a {role} do {rights} as well",
            "nobody gives themselves what their duties must be kept apart from, nor arms to see",
            "Leave these acts to another role of the new version.",
        ),
        zh=(
            "{person}现任{role}，而新版本将使{role}另可执行{rights}",
            "任何人不得自授与其职责须分离的权限，也不得自授查看分组的权限",
            "请在新版本中将这些操作交给其他角色。",
        ),
    ),
    "amendment.conflict": Words(
        en=(
            "{person} is {role} and {other}, which nobody may be at once under the new version",
            "an amendment must not join duties in one person that are kept apart",
            "Dismiss them from one of the roles first, or leave its acts as they are.",
        ),
        zh=(
            "{person}同时任{role}与{other}，而按新版本二者不得由一人兼任",
            "修订不得使须分离的职责集于一人",
            "请先解除其中一个角色，或保留该角色的操作不变。",
        ),
    ),
    "amendment.has_seen": Words(
        en=(
            "{person} is {role} and saw arms as {other} (entry {entry}), which the new version keeps from {role}",
            "an amendment must not give what is for the blinded to somebody who saw arms",
            "Dismiss them from {role} first, or leave its acts as they are.",
        ),
        zh=(
            "{person}现任{role}，并曾以{other}身份看到组别（条目{entry}），而按新版本{role}不得由看过组别者担任",
            "修订不得把应由盲态人员执行的操作授予看过组别者",
            "请先解除其{role}角色，或保留该角色的操作不变。",
        ),
    ),
    "amendment.blinding": Words(
        en=(
            "blinding would be {after}, and was {before}",
            "an amendment must not open or hide allocations that were made",
            "Leave blinding as it is; to open allocations there is the act unseal.",
        ),
        zh=(
            "盲法将为{after}，而此前为{before}",
            "修订不得公开或隐藏已作出的分配",
            "请保留盲法不变；如须公开分配，请用unseal操作。",
        ),
    ),
    "amendment.identity": Words(
        en=(
            "people would be known again by other parts than {before}",
            "whoever was screened before has another mark, and would come a second time unnoticed",
            "Leave `identity` as it is.",
        ),
        zh=(
            "识别个人的要素将不同于{before}",
            "此前筛选者的标记与之不同，再次筛选将无从发现",
            "请保留`identity`不变。",
        ),
    ),
    "adoption.version": Words(
        en=(
            "version {version} cannot be adopted",
            "the study's newest version is {newest}",
            "Adopt version {newest}, or amend first.",
        ),
        zh=("不能启用版本{version}", "研究的最新版本为{newest}", "请启用版本{newest}，或先修订。"),
    ),
    "adoption.date": Words(
        en=("`{day}` is not a date", "there is no such day", "Enter it as in 2024-06-30."),
        zh=("“{day}”不是日期", "没有这一天", "请按2024-06-30的格式填写。"),
    ),
    "adoption.before_approval": Words(
        en=(
            "{day} is before the site's approval",
            "the site approved the version on {approved}",
            "Name that day or a later one.",
        ),
        zh=("{day}早于该中心的批准日期", "该中心于{approved}批准此版本", "请填写该日或更晚的日期。"),
    ),
    "adoption.past": Words(
        en=(
            "{day} has passed",
            "what was entered since then was entered under the version that the site followed",
            "Name {today} or a later day.",
        ),
        zh=("{day}已过", "此后录入的数据系在该中心当时遵循的版本下录入", "请填写{today}或更晚的日期。"),
    ),
    "checkpoint.no_such_entry": Words(
        en=("entry {entry} does not exist", "the ledger ends at entry {last}", "Name the entry of the checkpoint."),
        zh=("条目{entry}不存在", "账本止于条目{last}", "请填写检查点的条目号。"),
    ),
    "cut.no_such_entry": Words(
        en=("entry {entry} does not exist", "the ledger ends at entry {last}", "Name the entry of the cut."),
        zh=("条目{entry}不存在", "账本止于条目{last}", "请填写数据截点的条目号。"),
    ),
    "lock.open_queries": Words(
        en=(
            "{left} queries are not closed",
            (
                "{open} open, {answered} answered, and the lock says {said}; "
                "nobody can answer or correct in a locked study"
            ),
            "Close them (`equipoise queries` lists them), or lock knowing it: open_queries={left}.",
        ),
        zh=(
            "{left}项质疑未关闭",
            "未回复{open}项，已回复{answered}项，而锁定时填写为{said}项；研究锁定后无法回复或更正",
            "请关闭这些质疑（用`equipoise queries`列出），或在知情下锁定：open_queries={left}。",
        ),
    ),
    "lock.open_queries/one": Words(
        en=(
            "{left} query is not closed",
            (
                "{open} open, {answered} answered, and the lock says {said}; "
                "nobody can answer or correct in a locked study"
            ),
            "Close them (`equipoise queries` lists them), or lock knowing it: open_queries={left}.",
        ),
        zh=(
            "{left}项质疑未关闭",
            "未回复{open}项，已回复{answered}项，而锁定时填写为{said}项；研究锁定后无法回复或更正",
            "请关闭这些质疑（用`equipoise queries`列出），或在知情下锁定：open_queries={left}。",
        ),
    ),
    "lock.open_queries/none": Words(
        en=(
            "0 queries are not closed",
            "0 open, 0 answered, and the lock says {said}; nobody can answer or correct in a locked study",
            "Leave open_queries out.",
        ),
        zh=(
            "没有未关闭的质疑",
            "未回复0项，已回复0项，而锁定时填写为{said}项；研究锁定后无法回复或更正",
            "请不要填写open_queries。",
        ),
    ),
    "person.last": Words(
        en=(
            "{person} is the last who may appoint",
            "nobody could ever be appointed again",
            "Appoint a successor first.",
        ),
        zh=("{person}是最后一位有权任命者", "此后将无人能够任命", "请先任命继任者。"),
    ),
    "person.last/until": Words(
        en=(
            "{person} is the last who may appoint without an end",
            "once that day had passed, nobody could ever be appointed again",
            "Appoint a successor without an end first.",
        ),
        zh=("{person}是最后一位无截止日的有权任命者", "该日过后将无人能够任命", "请先任命无截止日的继任者。"),
    ),
    "appointment.day": Words(
        en=("until `{day}` is not a date", "there is no such day", "Enter it as in 2024-06-30."),
        zh=("截止日“{day}”不是日期", "没有这一天", "请按2024-06-30的格式填写。"),
    ),
    "appointment.past": Words(
        en=(
            "{person} cannot be appointed until {day}",
            "that day has passed: today is {today} (UTC), and nobody is appointed backwards",
            "Give a day from today on; to end an appointment now, dismiss.",
        ),
        zh=(
            "不能任命{person}至{day}",
            "该日已过：今日为{today}（UTC），任命不得追溯",
            "请写今日或以后的日期；如需立即结束任命，请解除任命。",
        ),
    ),
    "person.nameless": Words(
        en=("a person needs an identifier and a name", "every entry says who made it", "Give both."),
        zh=("人员须有标识和姓名", "每条记录都载明由谁作出", "请两者都填写。"),
    ),
    "person.form": Words(
        en=(
            "`{person}` cannot be a person's identifier",
            "it begins with a letter or a digit; letters, digits, . _ @ + and -, at most 64 of them",
            "Use, say, li.na or the name of the account.",
        ),
        zh=(
            "“{person}”不能作为人员标识",
            "以字母或数字开头，由字母、数字及. _ @ + -组成，最多64个字符",
            "例如li.na，或账号名称。",
        ),
    ),
    "person.name": Words(
        en=(
            "`{name}` cannot be read as a person's name",
            "a name has at most {most} signs, none of them a control or a mark of direction, and no space at its ends",
            "Write the name as it is printed.",
        ),
        zh=(
            "“{name}”无法作为姓名阅读",
            "姓名最多{most}个字符，不含控制字符或方向标记，首尾无空格",
            "请按印刷形式填写姓名。",
        ),
    ),
    "person.organization": Words(
        en=(
            "`{organization}` cannot be read as the name of an organization",
            "a name has at most {most} signs, none of them a control or a mark of direction, and no space at its ends",
            "Write the name as it is printed.",
        ),
        zh=(
            "“{organization}”无法作为单位名称阅读",
            "名称最多{most}个字符，不含控制字符或方向标记，首尾无空格",
            "请按印刷形式填写单位名称。",
        ),
    ),
    "person.not_appointed": Words(
        en=("{person} is not {role}", "there is nothing to end", "Check person, role and site."),
        zh=("{person}不是{role}", "没有可解除的任命", "请核对人员、角色和中心。"),
    ),
    "person.not_appointed/at_site": Words(
        en=("{person} is not {role} at {site}", "there is nothing to end", "Check person, role and site."),
        zh=("{person}在{site}不是{role}", "没有可解除的任命", "请核对人员、角色和中心。"),
    ),
    "person.taken": Words(
        en=(
            "{person} cannot be given to {name}",
            "it belongs to {owner}",
            "Choose another identifier: none is ever given twice.",
        ),
        zh=("标识{person}不能给予{name}", "它属于{owner}", "请另选标识：标识从不重复使用。"),
    ),
    "role.importer": Words(
        en=(
            "nobody is appointed `{role}`",
            "that role lives inside one import, which takes a file in as a whole",
            "Take the file in: `equipoise import`.",
        ),
        zh=(
            "任何人不得被任命为“{role}”",
            "该角色仅存在于一次导入之中，文件整体导入",
            "请使用`equipoise import`导入文件。",
        ),
    ),
    "role.self": Words(
        en=(
            "{person} cannot appoint {person} to be {role}",
            "nobody gives themselves a role",
            "Ask somebody else who may appoint.",
        ),
        zh=("{person}不能任命自己为{role}", "任何人不得为自己授予角色", "请另一名有任命权者任命。"),
    ),
    "account.above": Words(
        en=(
            "{person} can map no account to {other}, nor take one from {other}",
            "{other} is {role}, who may {rights}, which {person} may not",
            "Ask somebody who may do it themselves, such as the custodian.",
        ),
        zh=(
            "{person}不能将账户对应到{other}，也不能取消其对应",
            "{other}为{role}，其权限{rights}是{person}所没有的",
            "请联系本身有此权限者，如研究保管人。",
        ),
    ),
    "account.form": Words(
        en=(
            "`{account}` cannot be the name of an account",
            "it is the name by which the operating system knows it: 1 to {most} characters that can be read",
            "On Linux and macOS `id -un` tells it.",
        ),
        zh=(
            "“{account}”不能作为账户名",
            "应为操作系统所知的名称：1至{most}个可读字符",
            "在 Linux 和 macOS 上可用 `id -un` 查看。",
        ),
    ),
    "account.names": Words(
        en=("`{names}` says nothing of an account", "whom it may name is one of {known}", "Choose one of them."),
        zh=("“{names}”不能说明账户的权限", "可指定的对象为{known}之一", "请选择其一。"),
    ),
    "account.nobody": Words(
        en=(
            "no account can act as {person}",
            "{person} holds no role in this study",
            "Appoint the person first, or correct the name.",
        ),
        zh=("任何账户都不能以{person}的身份操作", "{person}在本研究中没有角色", "请先任命该人员，或更正名称。"),
    ),
    "account.others": Words(
        en=(
            "whom the account {account} may name is not yours to say",
            "an account that names anybody can do what anybody may, and that is for the {role} to grant or to take",
            "Leave `names` out, or ask the {role}.",
        ),
        zh=(
            "账户{account}可指定何人不由您决定",
            "可指定任何人的账户等于拥有所有人的权限，只有{role}能授予或收回",
            "请略去 `names`，或联系{role}。",
        ),
    ),
    "role.above": Words(
        en=(
            "{person} can neither appoint a {role} nor dismiss one",
            "that role may {rights}, which {person} may not",
            "Ask somebody who may do it themselves, such as the custodian.",
        ),
        zh=(
            "{person}既不能任命也不能解除{role}",
            "该角色有{person}所没有的权限：{rights}",
            "请联系本身有此权限者，如研究保管人。",
        ),
    ),
    "role.has_seen/namesake": Words(
        en=(
            "{person} bears the name of {namesake} ({name}), who saw arms as {other} (entry {entry}): no {role} may",
            "what was seen in one role is known in every other, and under every identifier",
            "Choose another person; if they are two people, write their names so that they can be told apart.",
        ),
        zh=(
            "{person}与{namesake}同名（{name}），而后者曾以{other}身份看到组别（条目{entry}），不能担任{role}",
            "在一个角色中看到的内容，在其他任何角色和编号下仍然知晓",
            "请任命其他人；如确为两人，请使其姓名可以区分。",
        ),
    ),
    "role.has_seen": Words(
        en=(
            "{person} saw arms as {other} (entry {entry}) and cannot be {role} any more",
            "{role} is for who does not know the arms; a dismissal takes away what they may look at, not what they saw",
            "Appoint somebody else.",
        ),
        zh=(
            "{person}曾以{other}身份看到组别（条目{entry}），不能再担任{role}",
            "{role}须由不知组别者担任；解除任命只收回其查阅权限，不能收回其已看到的内容",
            "请任命其他人。",
        ),
    ),
    "role.conflict/namesake": Words(
        en=(
            "{person} bears the name of {namesake} ({name}), who is {other}: a conflict of roles with {role}",
            "what one person may not be at once, they may not be under two identifiers",
            "Choose another person; if they are two people, write their names so that they can be told apart.",
        ),
        zh=(
            "{person}与担任{other}的{namesake}同名（{name}）：与{role}存在角色冲突",
            "同一人不得以两个编号兼任冲突的角色",
            "请任命其他人；如确为两人，请使其姓名可以区分。",
        ),
    ),
    "role.conflict": Words(
        en=(
            "{person} is {other} already",
            "{role} and {other} may not be held by one person",
            "Appoint somebody else, or dismiss them from the other role first.",
        ),
        zh=("{person}已是{other}", "{role}与{other}不得由同一人担任", "请任命他人，或先解除其另一角色。"),
    ),
    "role.needs_site": Words(
        en=("role {role} belongs to a site", "its rights end at the site's door", "Name the site."),
        zh=("角色{role}属于某一中心", "其权限仅限本中心", "请写明中心。"),
    ),
    "role.unknown": Words(
        en=("there is no role {role}", "the roles are {roles}", "Choose one of these."),
        zh=("没有角色{role}", "角色为{roles}", "请从中选择。"),
    ),
    "site.not_open": Words(
        en=("site {site} is not open", "nobody opened it", "Check the name of the site."),
        zh=("中心{site}未启动", "尚无人启动该中心", "请核对中心名称。"),
    ),
    "site.unknown": Words(
        en=("there is no site {site}", "the protocol names {sites}", "Choose one of these, or amend the protocol."),
        zh=("没有中心{site}", "方案所列中心为{sites}", "请从中选择，或修订方案。"),
    ),
    "site.unknown/of_role": Words(
        en=("there is no site {site}", "the protocol does not name it", "Check the name of the site."),
        zh=("没有中心{site}", "方案未列该中心", "请核对中心名称。"),
    ),
    "stratum.unknown": Words(
        en=("`{stratum}` is no stratum", "a stratum is written {example}", "Correct it, or pause the whole study."),
        zh=("“{stratum}”不是分层", "分层写作{example}", "请更正，或暂停整个研究。"),
    ),
    "stratum.unknown/none": Words(
        en=(
            "`{stratum}` is no stratum",
            "the randomization has no strata",
            "Correct it, or pause the whole study.",
        ),
        zh=("“{stratum}”不是分层", "本研究的随机不分层", "请更正，或暂停整个研究。"),
    ),
    "study.not_locked": Words(
        en=("the study is not locked", "there is nothing to unlock", "Go on."),
        zh=("研究未锁定", "无需解锁", "请继续。"),
    ),
    "study.not_paused": Words(
        en=("{what} is not paused", "there is nothing to resume", "Check what is paused in the status."),
        zh=("{what}未暂停", "无需恢复", "请在状态中查看哪些已暂停。"),
    ),
    "study.paused": Words(
        en=("the study is paused", "{reason}", "Wait until it is resumed."),
        zh=("研究已暂停", "{reason}", "请等待恢复。"),
    ),
    "study.paused/randomization": Words(
        en=("randomization is paused", "{reason}", "Wait until it is resumed."),
        zh=("随机已暂停", "{reason}", "请等待恢复。"),
    ),
}
