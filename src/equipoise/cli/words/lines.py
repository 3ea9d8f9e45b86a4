"""What the commands print when all is well: labels, counts, summaries."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LINES"]

LINES: Mapping[str, tuple[str, str]] = {
    # Signs and counts
    "bar": (
        "{label} [{bar}] {done}/{total}  {rate:,.0f}/s  {left:4.0f} s left",
        "{label} [{bar}] {done}/{total}  {rate:,.0f}/秒  剩余{left:4.0f}秒",
    ),
    "bracket": (" ({said})", "（{said}）"),
    "comma": (", ", "、"),
    "days/many": ("{n} days", "{n}天"),
    "days/one": ("{n} day", "{n}天"),
    "findings/many": ("{n:,} findings", "{n:,}项"),
    "findings/one": ("{n:,} finding", "{n:,}项"),
    "semicolon": ("; ", "；"),
    "sentence": ("{said}.", "{said}。"),
    "warning": ("warning: {told}", "警告：{told}"),
    # act
    "act.all": (
        "The acts and their fields ([optional]); `--set KEY=VALUE` gives one:",
        "各项操作及其字段（[可选]）；以`--set KEY=VALUE`给出一个：",
    ),
    "act.amend": (
        "`protocol` is the path of the new version; `summary` says what changed and who approved it.",
        "`protocol`为新版方案的路径；`summary`说明修改内容与批准者。",
    ),
    "act.accept_restored": (
        "`reason` says why the study goes on from an older ledger than was seen.",
        "`reason`说明为何从较旧的账本继续研究。",
    ),
    "acting": (
        "acting as {person} (mapped to the account {account}; --as names another)",
        "以{person}的身份操作（对应账户{account}；可用 --as 指定他人）",
    ),
    "act.dry": ("dry run: nothing was kept", "试运行：未保存任何内容"),
    "act.head": ("ledger head {head}", "账本头部 {head}"),
    "act.named": ("act id {id}", "操作标识 {id}"),
    "act.place": ("act {place} ({name}): {path}", "第{place}项操作（{name}）：{path}"),
    "act.roles": (
        "Who may do which: the protocol's roles. Begin as `custodian`, who appoints the others.",
        "何人可作何种操作，由方案的角色规定。请以`custodian`（研究保管人）开始，由其任命他人。",
    ),
    # analyze
    "analyze.bar": ("analyze", "分析"),
    # archive
    "archive.digest": (
        "SHA-256 of its manifest: {digest}. Write it down where the archive is not.",
        "其清单的 SHA-256：{digest}。请记录在归档之外。",
    ),
    "archive.made": (
        "{path}: {files} files, entry {seq}, head {head}",
        "{path}：{files}个文件，条目{seq}，头部 {head}",
    ),
    "archive.words": ("in words: {words}", "以词语表示：{words}"),
    # backup
    "backup.keys": (
        "{path}: the keys. Keep it where the backup is not: whoever holds both can open every allocation.",
        "{path}：密钥。请与备份分开保存：同时持有两者即可揭开全部分配。",
    ),
    "backup.left_out": (
        "left out, for it is no file of the study, or was made by arm: {name}",
        "未纳入（非研究的文件，或含分组结果）：{name}",
    ),
    "backup.made": (
        "{path}: entry {seq}, head {head}, {files} files, verified",
        "{path}：条目{seq}，头部 {head}，{files}个文件，已验证",
    ),
    "backup.no_keys": (
        "Keys are not in it (--with-keys FILE writes them apart): a study without them is read and not gone on with.",
        "其中不含密钥（--with-keys FILE 可另行写出）：没有密钥的研究只能读取，不能继续。",
    ),
    "backup.words": ("in words: {words}", "以词语表示：{words}"),
    # balance
    "balance.all_sites": ("all", "全部"),
    "balance.away": ("off its share", "偏离份额"),
    "balance.bound": ("at most", "上限"),
    "balance.by_arm": (" ({arm})", "（{arm}）"),
    "balance.error": ("standard error", "标准误"),
    "balance.errors": (
        "Marked as randomized in error: {n}. In a stratum other than the true one: {other}.",
        "标记为误随机：{n}例。所用分层与真实分层不同：{other}例。",
    ),
    "balance.head": (
        "{study}: the balance of the arms; that it was looked at is entry {seq}",
        "{study}：各组均衡情况；本次查看记为条目{seq}",
    ),
    "balance.left": (
        "{n} more could not be tested: nothing could be foreseen there, or too few have a value.",
        "另有{n}项无法检验：该处无从预见，或有值者过少。",
    ),
    "balance.longest": ("longest run", "最长连续"),
    "balance.n": ("n", "例数"),
    "balance.no_tests": (
        "Selection bias was not tested: no value was named, or nothing could be foreseen.",
        "未检验选择偏倚：未指定变量，或无从预见。",
    ),
    "balance.of_all": ("everybody", "全部受试者"),
    "balance.of_site": ("site {name}", "中心{name}"),
    "balance.of_stratum": ("stratum {name}", "层{name}"),
    "balance.of_true_stratum": ("true stratum {name}", "真实层{name}"),
    "balance.p": ("p", "p值"),
    "balance.part": ("of", "范围"),
    "balance.read": (
        (
            "A small p says that participants differed with how surely their arm could be foreseen. "
            "Several tests give small ones by chance."
        ),
        "p值小表明受试者特征随其分组可被预见的程度而不同。多次检验时偶然也会出现小的p值。",
    ),
    "balance.runs": ("runs", "连续段数"),
    "balance.site": ("site", "中心"),
    "balance.slope": ("foreseen less unforeseen", "可预见减不可预见"),
    "balance.tests": (
        "Selection bias (Berger and Exner): each value against the chance of its arm, and sites with p below 0.05",
        "选择偏倚（Berger-Exner检验）：各变量与其分组事前概率的关系，以及p值小于0.05的中心",
    ),
    "balance.value": ("value", "变量"),
    # check
    "check.also": (" ({warnings})", "（{warnings}）"),
    "check.clean": ("{study} version {version}: nothing to mend{also}.", "{study} 版本{version}：无需修改{also}。"),
    "check.mend": ("{findings} to mend.{unread}", "{findings}需处理。{unread}"),
    "check.unread": (" What could not be read was not checked.", "未能读取的内容未经核查。"),
    "warnings/many": ("{n} warnings", "{n}项警告"),
    "warnings/one": ("{n} warning", "{n}项警告"),
    # checkpoint
    "checkpoint.keep": (
        (
            "Keep it on another machine: `equipoise verify STUDY --anchor FILE` "
            "then reveals a shortened or rewritten ledger."
        ),
        "请保存在另一台机器上：此后`equipoise verify STUDY --anchor FILE`可发现被截短或改写的账本。",
    ),
    "checkpoint.made": ("{path}: entry {seq}, head {head}", "{path}：条目{seq}，头部 {head}"),
    "checkpoint.words": ("in words: {words}", "以词语表示：{words}"),
    # cut
    "cut.made": (
        "cut at entry {seq} ({at}), head {head}: {people} participants; {path}",
        "数据截点：条目{seq}（{at}），头部 {head}；受试者{people}例；{path}",
    ),
    # demo
    "demo.bar_analyze": ("  analyze", "  分析"),
    "demo.bar_import": ("  import", "  导入"),
    "demo.bar_rehearse": ("  rehearse", "  演练"),
    "demo.done": ("Done in {seconds:.0f} s. Open in a browser:", "已完成，用时{seconds:.0f}秒。请在浏览器中打开："),
    "demo.follow": (
        "Follow a number back to who entered it, ask whether the ledger is whole, see where the trial stands:",
        "将数字追溯至录入者、核验账本是否完整、查看试验现状：",
    ),
    "demo.real": ("The real trial, whose published numbers it must give:", "真实试验，须得出其已发表的数字："),
    "demo.rehearsal": (
        "The rehearsal (virtual participants, who say nothing about the treatment):",
        "演练（虚拟受试者，不说明任何疗效）：",
    ),
    "demo.result": ("{id}: {said}", "{id}：{said}"),
    "demo.step": ("{number}/{steps}  {what}", "{number}/{steps}  {what}"),
    "demo.step_analyzed": ("analysed as its protocol says", "按其方案分析"),
    "demo.step_imported": (
        "a real trial (195 patients, Radiation Therapy Oncology Group, 1968 to 1972): imported through the desk",
        "一项真实试验（195例，放射治疗肿瘤学组，1968至1972年）：经受理台导入",
    ),
    "demo.step_rehearsed": (
        "the nasopharyngeal trial: {participants} virtual participants through the real doors",
        "鼻咽癌试验：{participants}名虚拟受试者经由真实流程",
    ),
    "demo.taken": (
        "{rows} rows, {acts} acts; {blemishes} blemishes told, each accepted by the mapping",
        "{rows}行，{acts}项操作；告知瑕疵{blemishes}项，均为映射所接受",
    ),
    # design
    "design.bar": ("design", "设计"),
    # restore
    "restore.keys": ("with its keys", "含密钥"),
    "restore.made": ("{path}: {entries} entries, {keys}", "{path}：{entries}个条目，{keys}"),
    "restore.no_keys": (
        "without its keys: it is read, and not gone on with",
        "不含密钥：只能读取，不能继续",
    ),
    # export
    "export.file": ("  {name}", "  {name}"),
    "export.made": ("written to {path}:", "已写入 {path}："),
    # import
    "import.accepted": ("Taken in as {mapping} says:", "按{mapping}导入："),
    "import.acts/many": ("{n:,} acts", "{n:,}项操作"),
    "import.acts/one": ("{n:,} act", "{n:,}项操作"),
    "import.bar": ("import", "导入"),
    "import.suggested": (
        "{path}: a mapping to begin with; {doubts} lines to look at end in `# ?`.",
        "{path}：映射初稿；有{doubts}行以 `# ?` 结尾，请核对。",
    ),
    "import.before": (
        "{file} was taken in by this mapping before (entry {entry}); nothing was added.",
        "{file}此前已按此映射导入（条目{entry}）；未添加任何内容。",
    ),
    "import.blemishes/many": ("{n:,} blemishes", "{n:,}项瑕疵"),
    "import.blemishes/one": ("{n:,} blemish", "{n:,}项瑕疵"),
    "import.done": (
        "{rows}, {acts}{sites}; {blemishes} told, each accepted by the mapping.",
        "{rows}，{acts}{sites}；告知{blemishes}，均为映射所接受。",
    ),
    "import.dry": (
        (
            "Dry run: {rows} would become {acts}{sites}; {blemishes} told, each accepted by the mapping. "
            "Nothing was written."
        ),
        "试运行：{rows}将成为{acts}{sites}；告知{blemishes}，均为映射所接受。未写入任何内容。",
    ),
    "import.entries": ("Import {id}: entries {first} to {last}.", "导入 {id}：条目{first}至{last}。"),
    "import.opened": (", {sites} opened", "，启动{sites}"),
    "import.refused": (
        "{findings} to mend in {rows}; nothing was written.",
        "{rows}中有{findings}需处理；未写入任何内容。",
    ),
    "import.rows/many": ("{n:,} rows", "{n:,}行"),
    "import.rows/one": ("{n:,} row", "{n:,}行"),
    "import.sites/many": ("{n:,} sites", "{n:,}个中心"),
    "import.sites/one": ("{n:,} site", "{n:,}个中心"),
    # new
    "environment.production": ("production", "正式"),
    "environment.rehearsal": ("rehearsal", "演练"),
    "init.next": (
        "Change what is yours; `equipoise check {folder}` says what no longer fits.",
        "请按您的试验修改；`equipoise check {folder}`会指出不再相符之处。",
    ),
    "identity.ask": ("{part} (not shown, not kept): ", "{part}（不显示、不保存）："),
    "new.made": (
        "{study}: study folder {folder} ({environment}), protocol {version}",
        "{study}：研究目录 {folder}（{environment}），方案版本{version}",
    ),
    "new.secret": (
        "The allocation secret is in {keys}: keep a copy apart from the ledger, and away from the sites.",
        "分配密钥在 {keys} 中：请另存副本，与账本分开，并远离各中心。",
    ),
    # queries
    # unblindings
    "unblindings.emergency": ("emergency", "紧急情况"),
    "unblindings.event": ("    about the event of entry {event}", "    所涉事件见条目{event}"),
    "unblindings.head": (
        "{participant} ({site}): {why}, by {by} on {day} (entry {entry})",
        "{participant}（{site}）：{why}，由{by}于{day}（条目{entry}）",
    ),
    "unblindings.inadvertent": ("by mistake", "意外泄露"),
    "unblindings.knows": ("    knows the arm: {people}", "    知晓组别者：{people}"),
    "unblindings.later": (
        "Entered by somebody who knew the arm ({n}); results rest on it:",
        "由知晓组别者录入且结果所依据的数据（{n}）：",
    ),
    "unblindings.later_one": (
        "    entry {entry}: {participant}, form {form} ({items}), by {by} on {day}",
        "    条目{entry}：{participant}，表单{form}（{items}），由{by}于{day}",
    ),
    "unblindings.nobody": ("nobody", "无"),
    "unblindings.none": ("Nobody was unblinded.", "无人揭盲。"),
    "unblindings.notices": ("    must know of it: {people}", "    须获知者：{people}"),
    "unblindings.of_category": ("{category} {n}", "{category}{n}例"),
    "unblindings.planned": ("planned", "按计划"),
    "unblindings.randomized": ("randomized", "已随机"),
    "unblindings.rate": ("rate", "比例"),
    "unblindings.reason": ("    {reason}", "    {reason}"),
    "unblindings.safety_report": ("safety report", "安全性报告"),
    "unblindings.site": ("site", "中心"),
    "unblindings.unblinded": ("unblinded", "已揭盲"),
    "unblindings.why": ("why", "原因"),
    "unblindings.without_event": (
        "Emergencies that name no serious event: {n}. Ask the site which event it was.",
        "未注明严重不良事件的紧急揭盲：{n}例。请向中心询问所涉事件。",
    ),
    "status.unblinded": (
        "Unblinded one by one: {told}; see `equipoise unblindings`",
        "单个揭盲：{told}；见`equipoise unblindings`",
    ),
    "status.notices": ("You must know of {n} of them:", "其中{n}例须由您知悉："),
    "status.notice": (
        "    {participant} ({site}): {why}, by {by} on {day} (entry {entry})",
        "    {participant}（{site}）：{why}，由{by}于{day}（条目{entry}）",
    ),
    # queries
    "queries.about": (": {place}", "：{place}"),
    "queries.by_check": ("the system, check {check}", "系统，核查 {check}"),
    "queries.comma": (", ", "，"),
    "queries.head": (
        "{query}  {status}, {days}  {participant} at {site}{about}",
        "{query}  {status}，{days}  {participant}（中心{site}）{about}",
    ),
    "queries.none": ("No queries.", "没有质疑。"),
    "queries.row": ("{group} row {row}", "{group} 第{row}行"),
    "queries.status_answered": ("answered", "已答复"),
    "queries.status_closed": ("closed", "已关闭"),
    "queries.status_open": ("open", "待答复"),
    "queries.step": ("    {did}", "    {did}"),
    "queries.step_answered": ("answered by {by} on {day}", "{by}于{day}答复"),
    "queries.step_closed": ("closed by {by} on {day}", "{by}于{day}关闭"),
    "queries.step_deviation_kept": (
        "kept as a deviation on {day}, in an act of {by}",
        "{day}作为偏离保留（{by}的操作）",
    ),
    "queries.step_erased": ("erased by {by} on {day}", "{by}于{day}删除"),
    "queries.step_raised": ("asked by {by} on {day}", "{by}于{day}提出"),
    "queries.step_reopened": ("asked again by {by} on {day}", "{by}于{day}再次提出"),
    "queries.step_said": ("    {did}: {words}", "    {did}：{words}"),
    "queries.system": ("the system", "系统"),
    "queries.total": (
        "{count} queries: {open} open, {answered} answered, {closed} closed",
        "质疑{count}条：待答复{open}，已答复{answered}，已关闭{closed}",
    ),
    # rehearse, simulate, verify
    "rehearse.bar": ("rehearse", "演练"),
    "simulate.bar": ("simulate", "模拟"),
    "simulate.compiling": (
        "The simulation is compiled for this processor: once, about ten seconds.",
        "正在为本机处理器编译模拟程序：仅首次需要，约十秒。",
    ),
    "simulate.bar_people": ("participants", "受试者"),
    "verify.bar": ("verify", "核验"),
    # envelopes
    "envelopes.pages": (
        "{path}: to print and seal; whoever sees it foresees these arms",
        "{path}：供打印并密封；看到者即可预知其中分组",
    ),
    "envelopes.register": ("{path}: goes with them, without arms", "{path}：随信封附带，不含分组"),
    # list
    "list.counts": ("{slots} slots in {strata} strata", "{strata}层共{slots}个位置"),
    "list.labels": (
        (
            "Nothing to mend. A list with its labels exchanged is as good a list: a second person compares some slots "
            "with their source, and signs that they did."
        ),
        "无需修改。标签互换的随机表同样合格：须由第二人将若干位置与原始来源核对并签字。",
    ),
    "list.mend": ("{findings} to mend: allocate nobody from this list.", "{findings}需处理：不得按此表分配任何人。"),
    # status
    "status.all_sites": ("all sites", "所有中心"),
    "status.consented": ("consented", "已知情同意"),
    "status.counts": (
        "{open} open, {answered} answered, {closed} closed{oldest}",
        "待答复{open}，已答复{answered}，已关闭{closed}{oldest}",
    ),
    "status.enrolled": ("enrolled", "已入选"),
    "status.erased_more": ("{n} erasures before these", "此前另有{n}次删除"),
    "status.kept_backup": (
        "last backup: entry {seq}, {age} ago, {since} entries since; {place}",
        "最近备份：条目{seq}，{age}前，其后{since}个条目；{place}",
    ),
    "status.kept_checkpoint": (
        "last checkpoint: entry {seq}, {age} ago, {since} entries since; {place}",
        "最近检查点：条目{seq}，{age}前，其后{since}个条目；{place}",
    ),
    "status.kept_drill": (
        "last drill: entry {seq}, {age} ago, {since} entries since; {place}",
        "最近恢复演习：条目{seq}，{age}前，其后{since}个条目；{place}",
    ),
    "status.kept_no_backup": (
        "last backup: none from this folder",
        "最近备份：本文件夹尚无",
    ),
    "status.kept_no_checkpoint": (
        "last checkpoint: none from this folder",
        "最近检查点：本文件夹尚无",
    ),
    "status.extent_consent": ("consent {n}", "撤回知情同意{n}"),
    "status.extent_follow_up": ("follow-up {n}", "随访{n}"),
    "status.extent_treatment": ("treatment {n}", "治疗{n}"),
    "contact.consent": (
        "{participant} ({site}): gave version {given} on {on}, has to sign {wanted}",
        "{participant}（{site}）：{on}签署{given}版，须签署{wanted}版",
    ),
    "contact.lot": (
        "{participant} ({site}): {lot} on {observed}, {visit} ({occurrence}) {form}.{item}{row}, entry {entry}",
        "{participant}（{site}）：{observed}使用{lot}，{visit}（{occurrence}）{form}.{item}{row}，条目{entry}",
    ),
    "contact.nobody": ("nobody", "无"),
    "contact.of_site": ("{site} {n}", "{site} {n}名"),
    "contact.total": ("{n} participants: {sites}", "共{n}名受试者：{sites}"),
    "status.consents": (
        "have still to sign the consent in force: {sites} (`equipoise contact --consent`)",
        "尚未签署现行知情同意书：{sites}（`equipoise contact --consent`）",
    ),
    "status.erased": (
        "lawfully erased: {values} values of {people} participants, by {acts} acts:",
        "依法删除：{people}名受试者的{values}个数值，共{acts}次：",
    ),
    "status.erased_agreed": ("agreed to by {by}", "{by}同意"),
    "status.erased_alone": ("agreed to by nobody else", "无他人同意"),
    "status.erased_items": ("{items} of form {form}", "表单{form}的{items}"),
    "status.erased_one": (
        "  entry {entry} of {participant}: {what}; by {by} on {on}, {agreed}: {reason}",
        "  {participant}的条目{entry}：{what}；{on}由{by}删除，{agreed}：{reason}",
    ),
    "status.erased_study": ("the study", "研究"),
    "status.erased_other": ("what it said ({kind})", "其内容（{kind}）"),
    "status.waiting": ("waiting for a second person: {n}", "等待另一人同意：{n}"),
    "status.waiting_nobody": ("nobody who is appointed now", "目前无人"),
    "status.waiting_one": (
        "  request {request}: `{act}` ({fields}), asked for by {by}; may agree (right {right}, {site}): {who}",
        "  请求{request}：“{act}”（{fields}），由{by}提出；可同意者（权限{right}，{site}）：{who}",
    ),
    "status.head": ("{study}: {title}{mark}", "{study}：{title}{mark}"),
    "status.ledger": (
        "ledger: {entries} entries, head {head}, last entry {at}",
        "账本：{entries}条，头部 {head}，最后一条 {at}",
    ),
    "status.locked": ("locked ({reason})", "已锁定（{reason}）"),
    "status.mark_rehearsal": ("  [REHEARSAL: no real participants]", "  [演练：无真实受试者]"),
    "status.of_stage": ("{stage} {n}", "{stage}{n}例"),
    "status.oddities": (
        (
            "deviations reported: {deviations}; refusals: {refusals}; allocations marked in error: {in_error}; "
            "suspected duplicates: {duplicates}"
        ),
        "已报告方案偏离：{deviations}；拒绝：{refusals}；标记为误随机：{in_error}；疑似重复：{duplicates}",
    ),
    "status.appointment": ("{person} as {role} ({site}) on {day}", "{person}担任{role}（{site}），{day}"),
    "status.access": (
        "who may what: last reviewed by {by} on {day} (entry {entry}), {age} ago; changes since: {n}; list {list}",
        "权限：{by}于{day}最近一次审查（条目{entry}），距今{age}；此后变更{n}次；清单{list}",
    ),
    "status.access_never": (
        "who may what: never reviewed; changes: {n}; list {list}",
        "权限：从未审查；变更{n}次；清单{list}",
    ),
    "status.trail": (
        "audit trail: last reviewed by {by} on {day} ({part}, to entry {upto}), {age} ago; entries not reviewed: {n}",
        "稽查轨迹：{by}于{day}最近一次审阅（{part}，至条目{upto}），距今{age}；未审阅条目{n}条",
    ),
    "status.trail_never": (
        "audit trail: never reviewed; entries not reviewed: {n}",
        "稽查轨迹：从未审阅；未审阅条目{n}条",
    ),
    "status.ended": ("appointments that have ended by themselves: {appointments}", "已自动结束的任命：{appointments}"),
    "status.ending": (
        "appointments that end by themselves within 30 days: {appointments}",
        "30天内自动结束的任命：{appointments}",
    ),
    "status.whole": ("the whole study", "全研究"),
    "status.oldest": ("; the oldest has waited {days} days", "；最久者已等待{days}天"),
    "status.paused": ("paused ({reason})", "已暂停（{reason}）"),
    "status.paused_stratum": ("stratum {stratum} paused ({reason})", "层 {stratum} 已暂停（{reason}）"),
    "status.people": ("people with a role: {n}", "有角色的人员：{n}"),
    "status.protocol": ("protocol version {version}, digest {digest}", "方案版本{version}，摘要 {digest}"),
    "status.queries": ("queries: {queries}", "质疑：{queries}"),
    "status.queries_of": ("  {site}: {queries}", "  {site}：{queries}"),
    "status.entered": ("entered", "已进入"),
    "status.randomized": ("randomized", "已随机"),
    "status.noticed": (
        "noticed by the system and not mended: {noticed} (each is a query: `equipoise queries`)",
        "系统发现且未更正：{noticed}（每项均为质疑，见 `equipoise queries`）",
    ),
    "status.mended": ("put right: {told}", "处理中与已纠正：{told}"),
    "status.mended_drafts": ("forms half filled {n}", "暂存表单{n}"),
    "status.mended_struck": ("forms struck out {n}", "已划除表单{n}"),
    "status.mended_moved": ("moved to another center {n}", "已转中心{n}"),
    "status.screen_failed": ("failed", "筛选失败"),
    "status.noticed_allocation.envelope": ("envelopes used otherwise {n}", "信封使用不符{n}"),
    "status.noticed_allocation.eligibility": ("not eligible any more {n}", "不再符合入选条件{n}"),
    "status.noticed_allocation.stratum": ("another stratum than was used {n}", "分层与所用不同{n}"),
    "status.noticed_event.before_consent": ("events before consent {n}", "事件早于知情同意{n}"),
    "status.noticed_visit.after_leaving": ("visits after leaving {n}", "退出后访视{n}"),
    "status.noticed_visit.after_death": ("visits after death {n}", "死亡后访视{n}"),
    "status.noticed_site.before_opening": ("screened before the center was open {n}", "中心启动前筛选{n}"),
    "status.noticed_act.after_death": ("acts after death {n}", "死亡后的操作{n}"),
    "status.noticed_act.order": ("acts out of order {n}", "操作顺序颠倒{n}"),
    "status.noticed_visit.order": ("visits out of order {n}", "访视顺序颠倒{n}"),
    "status.noticed_visit.window": ("visits outside their window {n}", "访视超窗{n}"),
    "status.reached": ("counted at every stage they ever reached: {reached}", "各阶段累计达到：{reached}"),
    "status.running": ("running", "进行中"),
    "status.screened": ("screened", "已筛选"),
    "status.site": ("site", "中心"),
    "status.site_closed": ("closed", "已关闭"),
    "status.site_not_opened": ("not opened", "未启动"),
    "status.site_open": ("open", "已启动"),
    "status.stand_now": (
        "where participants stand now, each counted once, at the furthest stage:",
        "受试者目前所处阶段（每人按最远阶段计一次）：",
    ),
    "status.standing": ("standing: {standing}", "状态：{standing}"),
    "status.status": ("status", "状态"),
    "status.unsealed": ("allocations unsealed", "分配已启封"),
    "status.withdrawals": ("withdrawals: {n}{extents}", "退出：{n}{extents}"),
    "status.withdrawn": ("withdrawn", "已退出"),
}
