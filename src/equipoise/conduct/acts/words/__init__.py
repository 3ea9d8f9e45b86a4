"""What the acts refuse, and how they say it."""

from __future__ import annotations

from equipoise.conduct.acts.words.mending import MENDING, MENDING_PHRASES
from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

_READING = {
    "act.unknown": Words(
        en=("there is no act `{act}`", "the acts are {acts}", "Choose one of them."),
        zh=("没有操作“{act}”", "可用操作为{acts}", "请从中选择。"),
    ),
    "act.unknown/near": Words(
        en=("there is no act `{act}`", "the acts are {acts}", "Did you mean {near}?"),
        zh=("没有操作“{act}”", "可用操作为{acts}", "是否指{near}？"),
    ),
    "act.unknown_field": Words(
        en=("`{act}` has no `{field}`", "it takes {fields}", "Correct or remove it."),
        zh=("“{act}”没有字段“{field}”", "可用字段为{fields}", "请更正或删除。"),
    ),
    "act.missing_field": Words(
        en=("`{act}` needs `{field}`", "it takes {fields}", "Give it."),
        zh=("“{act}”缺少字段“{field}”", "可用字段为{fields}", "请补充。"),
    ),
    "act.field_type": Words(
        en=(
            "`{field}` is {value!r}",
            "{asked} is asked for",
            "Correct it (in YAML, quote dates and numbers that are names).",
        ),
        zh=("“{field}”的值为{value!r}", "此处须为{asked}", "请更正（在YAML中，日期和作名称用的数字须加引号）。"),
    ),
}
_STUDY = {
    "agreement.unknown": Words(
        en=(
            "no request {request} waits for a second person",
            "those that wait are {open}",
            "Give the number of a request that waits.",
        ),
        zh=("没有等待同意的请求{request}", "等待中的请求为{open}", "请填写等待中的请求编号。"),
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
_PARTICIPATION = {
    "consent.missing": Words(
        en=(
            "{participant} has not consented",
            "nothing may be recorded without consent",
            "Record the consent first.",
        ),
        zh=("{participant}尚未签署知情同意", "未经知情同意不得记录任何数据", "请先记录知情同意。"),
    ),
    "consent.old_version": Words(
        en=(
            "version {version} of the consent is not in force",
            "version {in_force} is",
            "Ask for consent to the version in force.",
        ),
        zh=("知情同意书{version}版未生效", "现行版本为{in_force}", "请按现行版本取得知情同意。"),
    ),
    "consent.withdrawn": Words(
        en=("{participant} took the consent back", "a new consent is a new screening", "Screen under a new number."),
        zh=("{participant}已撤回知情同意", "重新同意即为重新筛选", "请以新编号筛选。"),
    ),
    "deviation.empty": Words(
        en=("a deviation needs a category and words", "whoever reads it must understand what happened", "Give both."),
        zh=("方案偏离须有类别和说明", "读者须能明白发生了什么", "请两者都填写。"),
    ),
    "eligibility.not_known": Words(
        en=(
            "{criterion} cannot be assessed: {text}",
            "not recorded: {items}",
            "Record it, then enroll.",
        ),
        zh=("无法评估{criterion}：{text}", "未记录：{items}", "请先记录，再入组。"),
    ),
    "eligibility.not_met": Words(
        en=(
            "inclusion criterion {criterion} is not met: {text}",
            "{rule} with {values}",
            "Nobody may enter who is not eligible. If a value is wrong, correct it with a reason.",
        ),
        zh=(
            "不符合入选标准{criterion}：{text}",
            "{rule}，其中{values}",
            "不合格者不得入组。如数据有误，请更正并说明理由。",
        ),
    ),
    "eligibility.not_met/exclusion": Words(
        en=(
            "exclusion criterion {criterion} applies: {text}",
            "{rule} with {values}",
            "Nobody may enter who is not eligible. If a value is wrong, correct it with a reason.",
        ),
        zh=(
            "符合排除标准{criterion}：{text}",
            "{rule}，其中{values}",
            "不合格者不得入组。如数据有误，请更正并说明理由。",
        ),
    ),
    "participant.enrolled": Words(
        en=("{participant} is enrolled already", "on {day}", "There is nothing left to do."),
        zh=("{participant}已入组", "日期为{day}", "无需操作。"),
    ),
    "participant.number": Words(
        en=(
            "`{number}` cannot be a participant's number",
            "a number is letters, digits, - _ and ., at most 40 of them",
            "Give a number that says nothing about the person.",
        ),
        zh=(
            "“{number}”不能作为受试者编号",
            "编号由字母、数字及- _ .组成，最多40个字符",
            "请使用不透露个人信息的编号。",
        ),
    ),
    "participant.number/value": Words(
        en=(
            "`{number}` cannot be a participant's number",
            "other programs read it as no value, a truth, a number or a day",
            "Give another number.",
        ),
        zh=("“{number}”不能作为受试者编号", "其他程序会将其读作空值、真假、数字或日期", "请使用其他编号。"),
    ),
    "participant.number_form": Words(
        en=(
            "`{number}` is not of the form of this trial's numbers",
            "the protocol says {pattern}, for example {example}",
            "Write the number as the trial writes it.",
        ),
        zh=("“{number}”不符合本试验的编号格式", "方案规定为{pattern}，例如{example}", "请按本试验的写法填写编号。"),
    ),
    "participant.alike": Words(
        en=(
            "{participant} looks like {other}, who was screened",
            "one person would be two, or two people would be mixed up",
            "If it is the same person, use {other}; if it is another one, give a `reason`.",
        ),
        zh=(
            "编号{participant}与已筛选的{other}相似",
            "可能将一人当作两人，或将两人混淆",
            "若为同一人，请使用{other}；若为另一人，请填写 `reason` 说明理由。",
        ),
    ),
    "participant.taken": Words(
        en=("participant {participant} exists", "a number is given once", "Use the next free number."),
        zh=("受试者{participant}已存在", "编号只使用一次", "请使用下一个可用编号。"),
    ),
    "participant.withdrawn": Words(
        en=(
            "{participant} withdrew from {extent} already",
            "it is recorded once",
            "There is nothing left to do.",
        ),
        zh=("{participant}已退出{extent}", "只记录一次", "无需操作。"),
    ),
    "participant.withdrawn/enroll": Words(
        en=("{participant} withdrew on {day}", "a person who left is not enrolled", "Leave the record as it is."),
        zh=("{participant}已于{day}退出", "已退出者不再入组", "请保持记录原样。"),
    ),
    "participant.withdrawn/randomize": Words(
        en=("{participant} withdrew on {day}", "a person who left is not randomized", "Leave the record as it is."),
        zh=("{participant}已于{day}退出", "已退出者不再随机", "请保持记录原样。"),
    ),
    "participant.withdrawn/observed": Words(
        en=(
            "{participant} left on {day}, before {observed}",
            "what is observed after that may not be recorded",
            "Record only what was observed before, and say when.",
        ),
        zh=("{participant}已于{day}退出，早于{observed}", "此后的观察不得记录", "请只记录此前的观察，并写明日期。"),
    ),
    "participant.withdrawn/undated": Words(
        en=(
            "{participant} left on {day}",
            "what is observed after that may not be recorded",
            "Record only what was observed before, and say when.",
        ),
        zh=("{participant}已于{day}退出", "此后的观察不得记录", "请只记录此前的观察，并写明日期。"),
    ),
}
_ALLOCATION = {
    "allocation.source": Words(
        en=(
            "the source of the allocation is missing",
            "whoever checks it must find it",
            "Say where it is written down.",
        ),
        zh=("缺少分组的来源", "核查者须能找到它", "请写明记载于何处。"),
    ),
    "arm.unknown": Words(
        en=("there is no arm {arm}", "the arms are {arms}", "Choose one of these."),
        zh=("没有试验组{arm}", "试验组为{arms}", "请从中选择。"),
    ),
    "factor.none": Words(
        en=("no factor was named", "there is nothing to record", "Name the factor and its true level."),
        zh=("未写明分层因素", "没有可记录的内容", "请写明因素及其真实水平。"),
    ),
    "participant.in_error": Words(
        en=(
            "{participant} is marked already",
            "the mark cannot be taken back or given twice",
            "There is nothing left to do.",
        ),
        zh=("{participant}已标记", "标记不能撤回，也不能重复", "无需操作。"),
    ),
    "participant.not_enrolled": Words(
        en=(
            "{participant} is not enrolled",
            "eligibility comes before chance",
            "Enroll the participant first.",
        ),
        zh=("{participant}尚未入组", "确认合格后方可随机", "请先将受试者入组。"),
    ),
    "participant.not_enrolled/recorded": Words(
        en=(
            "{participant} is not enrolled",
            "eligibility comes before allocation",
            "Enroll the participant first.",
        ),
        zh=("{participant}尚未入组", "确认合格后方可分组", "请先将受试者入组。"),
    ),
    "participant.not_randomized": Words(
        en=("{participant} was not randomized", "there is no allocation to say this of", "Check the number."),
        zh=("{participant}未随机", "没有可说明的分组", "请核对编号。"),
    ),
    "participant.randomized": Words(
        en=(
            "{participant} was randomized on {day}",
            "by {by}, entered at {at}; the first allocation stands",
            "Send the first request again, with its act id, to see its receipt.",
        ),
        zh=(
            "{participant}已于{day}随机",
            "由{by}操作，录入时间{at}；以首次分组为准",
            "请以原操作编号重发首次请求，即可查看其回执。",
        ),
    ),
    "participant.randomized/recorded": Words(
        en=(
            "{participant} was allocated on {day}",
            "the first allocation stands",
            "There is nothing left to do.",
        ),
        zh=("{participant}已于{day}分组", "以首次分组为准", "无需操作。"),
    ),
    "randomization.factor_level": Words(
        en=("{factor} is {level}", "its levels are {levels}", "Correct the value, or amend the protocol."),
        zh=("{factor}为{level}", "其水平为{levels}", "请更正数据，或修订方案。"),
    ),
    "randomization.factor_missing": Words(
        en=(
            "the stratum is not known: {factor} has no value",
            "not recorded: {items}",
            "Record it, then randomize.",
        ),
        zh=("分层未知：{factor}没有数据", "未记录：{items}", "请先记录，再随机。"),
    ),
    "randomization.no_commitment": Words(
        en=(
            "the study has not committed to its secret",
            "the first allocation entry must be the commitment",
            "Make the study anew.",
        ),
        zh=("研究尚未对其密钥作出承诺", "首条分配条目必须是该承诺", "请重新建立研究。"),
    ),
    "randomization.not_recorded": Words(
        en=(
            "an allocation cannot be entered by hand",
            "the protocol has arms drawn by chance, under seal",
            "Randomize the participant.",
        ),
        zh=("分组不能手工录入", "方案规定在密封下随机分组", "请对受试者进行随机。"),
    ),
    "randomization.scheme_changed": Words(
        en=(
            "the scheme is not the one in force",
            "the ledger holds another scheme than the protocol at hand",
            "Stop randomizing. A change of the scheme is an amendment; a change of the file is not.",
        ),
        zh=(
            "随机方法不是现行的方法",
            "账本所载与当前方案不同",
            "请停止随机。更改随机方法须修订方案，不能只改文件。",
        ),
    ),
    "stratum.paused": Words(
        en=("stratum {stratum} is paused", "{reason}", "Wait until it is resumed."),
        zh=("分层{stratum}已暂停", "{reason}", "请等待恢复。"),
    ),
}
_RECORDS = {
    "date.differs": Words(
        en=(
            "the form is dated {named} and said to be observed on {observed}",
            "{item} says when the observation was made",
            "Give one date.",
        ),
        zh=("表单日期为{named}，而观察日期为{observed}", "观察日期由{item}说明", "请只给出一个日期。"),
    ),
    "date.differs/recorded": Words(
        en=(
            "the form was observed on {before}, and now on {observed}",
            "no item of the form asks for the day, so that no correction can change it",
            "Leave the day as it was recorded; report a deviation if it is wrong.",
        ),
        zh=(
            "表单的观察日期原为{before}，现为{observed}",
            "表单没有询问日期的项目，因此无法更正日期",
            "请保留已记录的日期；如有误，请报告方案偏离。",
        ),
    ),
    "erasure.correction": Words(
        en=(
            "entry {entry} corrects a value and cannot be erased alone",
            "the value before it would count again",
            "Erase entry {form}, the form; its corrections go with it.",
        ),
        zh=("条目{entry}是更正，不能单独删除", "否则更正前的数据会重新生效", "请删除表单条目{form}；其更正随之删除。"),
    ),
    "erasure.correction/form_gone": Words(
        en=(
            "entry {entry} corrects a value and cannot be erased alone",
            "the value before it would count again",
            "Erase the form's own entry.",
        ),
        zh=("条目{entry}是更正，不能单独删除", "否则更正前的数据会重新生效", "请删除表单本身的条目。"),
    ),
    "erasure.done": Words(
        en=(
            "the payload of entry {entry} was erased already",
            "nothing of it is left",
            "There is nothing left to do.",
        ),
        zh=("条目{entry}的内容已删除", "已无内容留存", "无需操作。"),
    ),
    "erasure.needed": Words(
        en=(
            "entry {entry} ({kind}) cannot be erased",
            "the course of the trial hangs on it; what can go is {kinds}",
            "Leave it, or correct what it says.",
        ),
        zh=("条目{entry}（{kind}）不能删除", "试验进程以它为依据；可删除的有{kinds}", "请保留，或更正其内容。"),
    ),
    "erasure.no_such_entry": Words(
        en=(
            "there is no entry {entry}",
            "the ledger does not hold it",
            "Give the number of the entry, as its receipt tells it.",
        ),
        zh=("没有条目{entry}", "账本中不存在", "请填写回执所示的条目号。"),
    ),
    "erasure.query": Words(
        en=(
            "entry {entry} is a part of query {query}",
            "a query goes as a whole, so that nobody reads half of it",
            "Erase entry {raised}, which raised it; the rest goes with it.",
        ),
        zh=(
            "条目{entry}是质疑{query}的一部分",
            "质疑须整体删除，以免只读到一半",
            "请删除提出该质疑的条目{raised}；其余随之删除。",
        ),
    ),
    "form.advised": Words(
        en=(
            "{item} keeps what was advised",
            "what was advised on that day does not change",
            "Correct what was given, or the values that the advice rested on.",
        ),
        zh=("{item}保存当时的建议", "当日的建议不会改变", "请更正实际给药，或建议所依据的数据。"),
    ),
    "form.computed": Words(
        en=(
            "{item} is computed",
            "it follows from other answers ({by})",
            "Correct the answers it is computed from.",
        ),
        zh=("{item}由计算得出", "它来自其他答案（{by}）", "请更正其所依据的答案。"),
    ),
    "form.rows": Words(
        en=(
            "{group} had {had} rows and has {rows} now",
            "a row that was recorded is never taken away",
            "Keep the row and correct its values.",
        ),
        zh=("{group}原有{had}行，现为{rows}行", "已记录的行不会被删除", "请保留该行并更正其数据。"),
    ),
    "form.unknown_item": Words(
        en=("{where} does not ask for {item}", "only what the form asks can be corrected", "Correct the name."),
        zh=("{where}没有项目{item}", "只能更正表单所询问的内容", "请更正名称。"),
    ),
    "form.unknown_item/near": Words(
        en=("{where} does not ask for {item}", "only what the form asks can be corrected", "Did you mean {near}?"),
        zh=("{where}没有项目{item}", "只能更正表单所询问的内容", "是否应为{near}？"),
    ),
    "form.unknown_item/in_group": Words(
        en=(
            "{where} does not ask for {item}",
            "it is asked in each row of {there}",
            "Give `group: {group}` and the number of the row.",
        ),
        zh=("{where}没有项目{item}", "该项在{there}的每一行中询问", "请写明`group: {group}`及行号。"),
    ),
    "form.unknown_item/elsewhere": Words(
        en=("{where} does not ask for {item}", "it is asked once, in {there}", "Leave out `group` and `row`."),
        zh=("{where}没有项目{item}", "该项在{there}中仅询问一次", "请删去`group`与`row`。"),
    ),
    "form.unknown_item/queried": Words(
        en=("{where} does not ask for {item}", "only what the form asks can be queried", "Correct the name."),
        zh=("{where}没有项目{item}", "只能就表单所询问的内容提出质疑", "请更正名称。"),
    ),
    "record.missing": Words(
        en=(
            "form {form} at visit {visit} ({occurrence}) was not recorded",
            "there is nothing to correct",
            "Record the form.",
        ),
        zh=("访视{visit}（{occurrence}）的表单{form}未记录", "没有可更正的内容", "请记录该表单。"),
    ),
    "record.no_row": Words(
        en=(
            "{group} has no row {row}",
            "it has {rows} rows",
            "Name a row that was recorded; add rows by recording the form again.",
        ),
        zh=("{group}没有第{row}行", "共有{rows}行", "请填写已记录的行；增加行须重新记录表单。"),
    ),
    "record.no_row/queried": Words(
        en=("{group} has no row {row}", "it has {rows} rows", "Name a row that was recorded."),
        zh=("{group}没有第{row}行", "共有{rows}行", "请填写已记录的行。"),
    ),
    "visit.does_not_apply": Words(
        en=(
            "visit {visit} does not apply to this participant",
            "it takes place when {rule}",
            "Record what it depends on first, or choose another visit.",
        ),
        zh=("访视{visit}不适用于该受试者", "其条件为{rule}", "请先记录其依据，或选择其他访视。"),
    ),
    "visit.does_not_apply/not_known": Words(
        en=(
            "visit {visit} does not apply to this participant",
            "it takes place when {rule}; not known yet: {missing}",
            "Record what it depends on first, or choose another visit.",
        ),
        zh=("访视{visit}不适用于该受试者", "其条件为{rule}；尚不知：{missing}", "请先记录其依据，或选择其他访视。"),
    ),
    "visit.too_early": Words(
        en=(
            "visit {visit} cannot have taken place",
            "its days count from {anchor}, which has not taken place",
            "Record the {anchor} first.",
        ),
        zh=("访视{visit}不可能已发生", "其天数自{anchor}起算，而{anchor}尚未发生", "请先记录{anchor}。"),
    ),
}
_QUERIES = {
    "query.closed": Words(
        en=("{query} is closed", "{by} did so at {at}", "There is nothing left to do."),
        zh=("质疑{query}已关闭", "由{by}于{at}关闭", "无需操作。"),
    ),
    "query.empty": Words(
        en=("{of} needs words", "whoever reads it must know what to do", "Say it."),
        zh=("{of}须有内容", "读者须知道该做什么", "请填写。"),
    ),
    "query.language": Words(
        en=(
            "the text is given in {languages}",
            "a query is asked in en or zh, or in both",
            'Give it as {{en: "...", zh: "..."}}, or one of the two.',
        ),
        zh=(
            "文字的语言为{languages}",
            "质疑以en或zh提出，或两者兼用",
            '请写成{{en: "...", zh: "..."}}，或其中之一。',
        ),
    ),
    "query.not_again": Words(
        en=(
            "{query} is closed for good",
            "the check {check} opens another when it breaks",
            "Raise a query of your own.",
        ),
        zh=("质疑{query}已最终关闭", "核查{check}不成立时会另生成质疑", "请另提质疑。"),
    ),
    "query.not_again/erased": Words(
        en=("{query} is closed for good", "its words were erased", "Raise a query of your own."),
        zh=("质疑{query}已最终关闭", "其内容已删除", "请另提质疑。"),
    ),
    "query.not_open": Words(
        en=(
            "{query} is {status}",
            "{by} did so at {at}",
            "Read what was said; whoever may raise queries can open it again.",
        ),
        zh=("质疑{query}{status}", "由{by}于{at}操作", "请阅读其内容；有权提出质疑者可重新打开。"),
    ),
    "query.open": Words(
        en=(
            "{query} is open",
            "it waits for the site's answer",
            "Wait for the answer, or raise another query.",
        ),
        zh=("质疑{query}尚未回复", "正等待中心回复", "请等待回复，或另提质疑。"),
    ),
    "query.place": Words(
        en=(
            "the place has no {lacking}",
            "a place is a visit; then a form; then an item, or a group with its row",
            "Give the {lacking} too.",
        ),
        zh=("位置缺少{lacking}", "位置依次为访视、表单、项目，或组及其行", "请同时填写{lacking}。"),
    ),
    "query.unknown": Words(
        en=(
            "{participant} has no query {query}",
            "the queries not closed are {have}",
            "Correct the number of the query or of the participant.",
        ),
        zh=("{participant}没有质疑{query}", "未关闭的质疑为{have}", "请更正质疑编号或受试者编号。"),
    ),
    "query.unknown/all_closed": Words(
        en=(
            "{participant} has no query {query}",
            "every query of this participant is closed",
            "Correct the number of the query or of the participant.",
        ),
        zh=("{participant}没有质疑{query}", "该受试者的质疑均已关闭", "请更正质疑编号或受试者编号。"),
    ),
}

TABLE = Table(
    "conduct.acts",
    {**_READING, **_STUDY, **_PARTICIPATION, **_ALLOCATION, **_RECORDS, **_QUERIES, **MENDING},
    {
        # What a field takes.
        "takes.text": ("text", "文字"),
        "takes.number": ("a whole number", "整数"),
        "takes.value": ("a value", "单个值"),
        "takes.items": ("a mapping of item to value", "项目到值的映射"),
        "takes.texts": ("a mapping of name to text", "名称到文字的映射"),
        "takes.rows": ("a mapping of group to a list of rows", "组到行列表的映射"),
        "takes.blemishes": (
            "a list of blemishes, each with id, item, original and reason",
            "瑕疵列表，每项含id、item、original和reason",
        ),
        # What needs a reason, or words.
        "of.mark": ("a mark of error", "误随机标记"),
        "of.true_stratum": ("the true stratum", "真实分层"),
        "of.amendment": ("an amendment", "方案修订"),
        "of.restored": ("going on from an older ledger", "从较旧的账本继续"),
        "of.correction": ("a correction", "更正"),
        "of.corrections": ("the correction of {items}", "{items}的更正"),
        "of.erasure": ("an erasure", "删除"),
        "of.lock": ("a lock", "锁定"),
        "of.unlock": ("unlocking", "解锁"),
        "of.checkpoint": ("the place of a checkpoint's copy", "检查点副本的存放处"),
        "of.pause": ("a pause", "暂停"),
        "of.resume": ("resuming", "恢复"),
        "of.declining": ("declining", "谢绝"),
        "of.closing": ("closing a query", "关闭质疑"),
        "of.unsealing": ("unsealing", "启封"),
        "of.withdrawal": ("a withdrawal", "退出"),
        "of.answer": ("an answer", "回复"),
        "of.query": ("a query", "质疑"),
        # What comes before.
        "screening": ("the screening", "筛选"),
        "enrollment": ("the enrollment", "入组"),
        "birth": ("the date of birth", "出生日期"),
        "anchor.enrollment": ("enrollment", "入组"),
        "anchor.randomization": ("randomization", "随机"),
        # Where, and what.
        "form": ("form {form}", "表单{form}"),
        "group": ("group {group} of form {form}", "表单{form}的组{group}"),
        "no_day": ("no stated day", "未写明的日期"),
        "the_study": ("the study", "研究"),
        "status.answered": ("answered", "已回复"),
        "status.closed": ("closed", "已关闭"),
        "lacking.visit": ("visit", "访视"),
        "lacking.form": ("form", "表单"),
        "lacking.row": ("row", "行"),
        "lacking.group": ("group", "组"),
        **MENDING_PHRASES,
    },
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
