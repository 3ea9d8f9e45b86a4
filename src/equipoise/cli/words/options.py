"""What `--help` tells: each command in one line, each of its arguments in another."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["OPTIONS"]

_PATH = (
    "a protocol folder, its protocol.yaml, or the name of a shipped protocol",
    "方案文件夹、其中的 protocol.yaml，或随软件提供的方案名称",
)
_STUDY = ("the study folder", "研究目录")
_JSON = ("as JSON", "以 JSON 输出")
_DATE = ("the last entry of this day, UTC", "截至该日最后一条记录（UTC）")
_ENTRY = ("up to this entry number", "截至该条目编号")

_EXAMPLE = (
    "  equipoise act DIR record --as li.na --set participant=P001 --set visit=screening --set form=baseline \\\n"
    "      --set values.age=51 --set groups.lesions.1.size=14"
)

OPTIONS: Mapping[str, tuple[str, str]] = {
    # The whole command line
    "help.about": (
        "A clinical trial written once, as data: checked, rehearsed, run, analysed and reported from one file.",
        "临床试验只需以数据写成一次：核查、演练、实施、分析与报告均出自同一文件。",
    ),
    "help.arguments": ("positional arguments", "位置参数"),
    "help.person": (
        "who reads (default: the person whom this account stands for)",
        "查看者（默认：本账户所代表的人员）",
    ),
    "help.command": ("one of the commands below", "下列命令之一"),
    "help.commands": ("commands:", "命令："),
    "help.ends": (
        "`equipoise COMMAND --help` explains a command. Exit codes: 0 done, 1 findings, 2 could not read.",
        "`equipoise COMMAND --help`说明该命令。退出码：0 完成，1 有发现项，2 无法读取。",
    ),
    "help.help": ("show this help message and exit", "显示本帮助并退出"),
    "help.lang": (
        "language of what is said and written (default: EQUIPOISE_LANG, else that of the environment)",
        "输出与所写文件的语言（默认：EQUIPOISE_LANG，否则按环境设置）",
    ),
    "help.options": ("options", "选项"),
    "help.usage": ("usage: ", "用法："),
    "help.version": ("show program's version number and exit", "显示版本号并退出"),
    # Kinds of values, as argparse tells one that is not of its kind
    "kind.count": ("count (0 or more)", "计数（不小于0的整数）"),
    "kind.day": ("day", "日期"),
    "kind.int": ("int", "整数"),
    # The commands
    "command.act": (
        "perform one act through the desk: open_site, appoint, screen, consent, record, ...",
        "经受理台执行一项操作：open_site、appoint、screen、consent、record 等",
    ),
    "command.analyze": (
        "perform the planned analyses and write the report",
        "执行计划的分析并撰写报告",
    ),
    "command.archive": (
        "everything of a study, readable in decades without this program; --check proves that one is whole",
        "研究的全部内容，数十年后无需本程序亦可阅读；--check 证明归档完整",
    ),
    "command.backup": (
        "keep a study in one file, while others write; with --drill prove that it comes back equal",
        "将研究保存为单个文件（可在他人写入时进行）；--drill 证明可一致恢复",
    ),
    "command.restore": (
        "bring a study back from a backup, verified, into a new folder, on either database",
        "从备份将研究恢复到新文件夹（经验证，任一数据库）",
    ),
    "command.balance": (
        "show how the arms are balanced, and test whether they were foreseen",
        "查看各组均衡情况，并检验分组是否被预见",
    ),
    "command.check": (
        "check a protocol: all findings at once, with file, line, why and mend",
        "核查方案：一次列出全部发现项，注明文件、行号、原因与处理办法",
    ),
    "command.checkpoint": (
        "sign the ledger's head, to be kept elsewhere",
        "签署账本头部，供异地保存",
    ),
    "command.cut": ("freeze a data cut", "冻结数据截点"),
    "command.demo": (
        "the main job: a real trial imported and analysed, the flagship rehearsed",
        "主要演示：导入并分析一项真实试验，并演练示范方案",
    ),
    "command.design": (
        "plan the trial: size, looks, power, sensitivity; the document for a review board",
        "规划试验：样本量、期中观察、检验效能、敏感性；供审查委员会使用的文件",
    ),
    "command.export": (
        "true copies: one participant's casebook, the trail, who held which role on a day, the data",
        "真实副本：一名受试者的病例报告簿、稽查轨迹、某日的角色任职情况、数据",
    ),
    "command.doses": (
        "one participant's planned and given doses by date, and what the dose rules advise next",
        "一名受试者按日期的计划与实际剂量，以及剂量规则对下一次的建议",
    ),
    "command.import": (
        "take in a completed trial's records from a CSV file, by a mapping",
        "按映射从 CSV 文件导入已完成试验的记录",
    ),
    "command.init": ("begin a protocol from a template, in one language or two", "由模板开始撰写方案，单语或双语"),
    "command.envelopes": (
        "make sealed envelopes for the day on which the computer is down",
        "制作计算机故障时使用的密封信封",
    ),
    "command.list": (
        "check a randomization list that was made elsewhere, and how much of it is left",
        "检查他处生成的随机表及其余量",
    ),
    "command.new": ("make a study folder from a protocol", "由方案建立研究目录"),
    "command.contact": (
        "list whom a site must turn to: who has still to sign the consent in force, who received a lot",
        "列出中心须联系的受试者：尚未签署现行知情同意书者、使用过某批号者",
    ),
    "command.queries": (
        "list what is asked of the sites: where, by whom, for how long, and what was answered",
        "列出向中心提出的质疑：何处、何人、已等待多久、如何答复",
    ),
    "command.unblindings": (
        "list who was unblinded: why, by whom, at which rate by site, and what they assessed afterwards; no arm",
        "列出揭盲：原因、何人、各中心比例及其后的评估；不含组别",
    ),
    "command.rehearse": (
        "play virtual participants through the real doors of a study",
        "让虚拟受试者经由研究的真实流程演练",
    ),
    "command.safety": (
        "hold the events of the safety stopping rules against their boundaries",
        "将安全性终止规则的事件与界值比较",
    ),
    "command.schema": (
        "print the JSON Schema, so that editors complete and check while typing",
        "输出 JSON Schema，供编辑器在输入时补全与检查",
    ),
    "command.show": (
        "show a protocol as a readable document (SPIRIT 2025 order)",
        "将方案显示为可读文件（按 SPIRIT 2025 顺序）",
    ),
    "command.simulate": (
        "simulate the trial many times: power, type I error, when it stops, bias, coverage",
        "多次模拟试验：检验效能、I 类错误、停止时点、偏倚、覆盖率",
    ),
    "command.status": ("say where a study stands", "说明研究的现状"),
    "command.trace": (
        "follow a result back to its rows and ledger entries",
        "将结果追溯至其分析行与账本条目",
    ),
    "command.verify": (
        "check the ledger: chain, gaps, projections, allocations, anchors",
        "核验账本：链、缺口、投影、分配、锚点",
    ),
    # Their arguments
    "help.act.actor": ("who acts", "操作者"),
    "help.act.dry_run": ("decide and tell, and keep nothing", "只作判断并告知，不保存"),
    "help.act.ends": (
        (
            "Fields are given as --set KEY=VALUE; a dot leads into a mapping, a number into a list, counted from 1:\n"
            f"{_EXAMPLE}\n"
            "or all at once in a file: --file act.yaml. What --set gives goes before what the file says. "
            "Without NAME, the file is a list\n"
            "of acts, each with its `act` beside its fields; they are kept together or not at all.\n"
        ),
        (
            "字段写作 --set KEY=VALUE；点号进入键值对，数字进入列表（从1计数）：\n"
            f"{_EXAMPLE}\n"
            "也可一次写在文件中：--file act.yaml。--set 优先于文件。不写 NAME 时，文件为操作列表，\n"
            "每项在字段旁写明`act`；列表中的操作要么全部保存，要么全不保存。\n"
        ),
    ),
    "help.act.file": (
        "the fields, in a YAML or JSON file (- for standard input)",
        "字段所在的 YAML 或 JSON 文件（- 表示标准输入）",
    ),
    "help.act.folder": _STUDY,
    "help.act.id": (
        "names the request: repeated, it gives the first receipt again",
        "请求的名称：重复提交时返回首次的回执",
    ),
    "help.act.identity": (
        (
            "who the screened person is, in a file that its owner alone may read (lines of `part: value`), or - to be "
            "asked without an echo; a keyed hash is kept and nothing else"
        ),
        "被筛选者的身份：仅限所有者读取的文件（每行`要素: 值`），或以 - 逐项询问且不回显；系统只保存带密钥的散列",
    ),
    "help.act.json": ("the receipt or the findings as JSON", "以 JSON 输出回执或发现项"),
    "help.act.name": (
        "the act: screen, consent, record, ... (without it: list them)",
        "操作：screen、consent、record 等（不写则列出全部）",
    ),
    "help.act.set": ("one field (repeatable)", "一个字段（可重复）"),
    "help.analyze.arms": (
        (
            "of the arms: shown; masked, true groups under letters that say nothing; hidden "
            "(default: all that the blinding allows)"
        ),
        "组别：shown 显示；masked 遮蔽，真实分组以无含义的字母表示；hidden 隐藏（默认：设盲所允许的最大范围）",
    ),
    "help.analyze.cut": (
        "a date (2026-01-31) or an entry number (default: now)",
        "日期（2026-01-31）或条目编号（默认：现在）",
    ),
    "help.analyze.date": _DATE,
    "help.analyze.entry": _ENTRY,
    "help.analyze.folder": _STUDY,
    "help.analyze.out": (
        "where to write (default: reports/entry-N inside the study folder)",
        "写入位置（默认：研究目录内的 reports/entry-N）",
    ),
    "help.check.json": ("findings as JSON", "以 JSON 输出发现项"),
    "help.check.path": _PATH,
    "help.balance.ends": (
        "Runs and differences are read beside what the scheme allows. Who conducts the trial is not to see this.",
        "连续段数与偏离须对照随机方案所允许的范围。不得给实施试验者查看。",
    ),
    "help.balance.folder": _STUDY,
    "help.balance.json": _JSON,
    "help.balance.values": (
        "items or variables to test for selection bias (default: the protocol's baseline)",
        "用于检验选择偏倚的项目或变量（默认：方案的基线变量）",
    ),
    "help.checkpoint.folder": _STUDY,
    "help.checkpoint.kept": ("where its copy is kept, for the note", "副本保存处，写入记录"),
    "help.checkpoint.out": (
        "the file to write (default: checkpoint-N.json in the current folder)",
        "要写的文件（默认：当前文件夹中的 checkpoint-N.json）",
    ),
    "help.cut.arms": ("of the arms (default: all that you may see)", "组别（默认：您有权查看的最大范围）"),
    "help.cut.date": ("the last entry of this day, UTC (2026-01-31)", "截至该日最后一条记录，UTC（2026-01-31）"),
    "help.cut.entry": _ENTRY,
    "help.cut.folder": _STUDY,
    "help.cut.out": (
        "the folder in which the cut's folder is made (default: cuts/ in the study folder)",
        "截点文件夹所在的文件夹（默认：研究目录中的cuts/）",
    ),
    "help.cut.name": ("name of the cut's folder (default: its entry number)", "截点文件夹的名称（默认：条目编号）"),
    "help.demo.out": ("the folder to make (a demo made before is replaced)", "要建立的文件夹（先前的演示会被替换）"),
    "help.demo.participants": ("how many are rehearsed (default: 60)", "演练的受试者人数（默认：60）"),
    "help.demo.seed": ("the rehearsal's seed (default: 1)", "演练的种子（默认：1）"),
    "help.design.json": ("every number as JSON", "以 JSON 输出全部数字"),
    "help.design.out": (
        "write design.html, design.md, figures and design.json",
        "写出 design.html、design.md、图与 design.json",
    ),
    "help.design.path": _PATH,
    "help.design.simulation": (
        "results of `equipoise simulate --out`, to stand beside",
        "`equipoise simulate --out`的结果，并列显示",
    ),
    "help.doses.folder": _STUDY,
    "help.doses.json": _JSON,
    "help.doses.on": ("as known on that day (default: today at the site)", "按该日所知（默认：中心当日）"),
    "help.doses.participant": ("the participant's number", "受试者编号"),
    "help.doses.treatment": (
        "one treatment of the regimen, by its id (default: all)",
        "治疗方案中的一项治疗，以其标识指定（默认：全部）",
    ),
    "help.import.actor": (
        "who takes it in (default: the person whom this account stands for)",
        "导入者（默认：本账户所代表的人员）",
    ),
    "help.import.dry_run": ("tell everything, write nothing", "只告知，不写入"),
    "help.import.file": ("the data: a CSV file or a workbook", "数据：CSV 文件或工作簿"),
    "help.import.folder": _STUDY,
    "help.import.mapping": ("the mapping, a YAML file", "映射，YAML 文件"),
    "help.import.suggest": (
        "write a mapping to begin with, guessed from this file and --protocol",
        "根据该文件和 --protocol 推测并写出映射初稿",
    ),
    "help.import.protocol": (
        "with --suggest: the protocol, a folder or its name",
        "与 --suggest 合用：方案的文件夹或名称",
    ),
    "help.import.out": (
        "with --suggest: where to write it (default: the terminal)",
        "与 --suggest 合用：写入何处（默认：终端）",
    ),
    "help.import.quiet": (
        "do not list row by row what the mapping accepts",
        "不逐行列出映射所接受的瑕疵",
    ),
    "help.envelopes.actor": ("who makes them: someone who sees arms", "制作者：知晓分组的人"),
    "help.envelopes.each": ("how many for every stratum", "每层个数"),
    "help.envelopes.ends": (
        "What was allocated by envelope is entered with the act `enter_envelope`.",
        "以信封完成的分配用操作`enter_envelope`录入。",
    ),
    "help.envelopes.folder": _STUDY,
    "help.envelopes.out": ("a new folder for the pages and the register", "存放信封页与登记表的新文件夹"),
    "help.list.blocks": (
        "the sizes of its blocks, where the protocol records allocations that were made elsewhere",
        "区组大小（方案仅记录他处完成的分配时）",
    ),
    "help.list.ends": (
        "Kept as keys/list.csv in the study, `status` tells from 80 % of a stratum on that it runs out.",
        "将随机表存为研究目录下的keys/list.csv后，某层用至80%时`status`会提示。",
    ),
    "help.list.file": ("a CSV file with the columns stratum, slot and arm", "含stratum、slot、arm列的CSV文件"),
    "help.list.protocol": ("the protocol that the list is for", "随机表所属的方案"),
    "help.list.take": (
        "ask that the list come into force (a second person agrees with --agree)",
        "提出启用该随机表（由第二人以 --agree 同意）",
    ),
    "help.list.agree": (
        "agree to this request after checking your own copy of the file: it is then kept with the keys and in force",
        "检查自己持有的副本后同意该请求：随机表即与密钥同存并启用",
    ),
    "help.list.study": ("tell what is left of it in this study", "说明在本研究中的余量"),
    "help.new.database": (
        "a PostgreSQL URL for the ledger (default: SQLite inside the folder)",
        "账本的 PostgreSQL 地址（默认：文件夹内的 SQLite）",
    ),
    "help.init.folder": (
        "the new folder of the protocol; left out, the templates are listed",
        "方案的新文件夹；省略时列出全部模板",
    ),
    "help.init.from": ("the template (survival)", "模板（survival）"),
    "help.init.languages": (
        "the languages of its texts: en, zh, or en,zh (both)",
        "文本所用语言：en、zh或en,zh（双语）",
    ),
    "help.new.folder": ("the study folder to make", "要建立的研究目录"),
    "help.new.organization": (
        "of which organization the custodian is (the sponsor's or contractor's name), as the audit trail names it",
        "研究保管人所属单位（申办方或合同研究组织名称），载入稽查轨迹",
    ),
    "help.new.protocol": ("a protocol folder, or the name of a shipped protocol", "方案文件夹，或随软件提供的方案名称"),
    "help.new.rehearsal": (
        "mark the study as a rehearsal: it never holds real participants",
        "标明为演练：其中绝无真实受试者",
    ),
    "help.archive.anchor": (
        "--check: a checkpoint kept elsewhere (may be repeated)",
        "--check：保存在别处的检查点（可重复）",
    ),
    "help.archive.arms": (
        "what may be seen of the arms in the data (default: all that you may see)",
        "数据中组别的显示方式（默认：您有权查看的全部）",
    ),
    "help.archive.check": ("check this archive", "核验此归档"),
    "help.archive.folder": _STUDY,
    "help.archive.out": ("the folder to write into, new or empty", "写入的文件夹（新的或空的）"),
    "help.archive.public_key": ("--check: checks the anchors (PEM)", "--check：用于核对检查点（PEM）"),
    "help.backup.database": (
        "--drill: bring it back on this PostgreSQL database instead of SQLite",
        "--drill：在此 PostgreSQL 数据库而非 SQLite 上恢复",
    ),
    "help.backup.drill": (
        "bring the backup back to a place of its own and compare it, entry by entry and byte by byte",
        "将备份恢复到独立位置，逐条目、逐字节比较",
    ),
    "help.backup.folder": _STUDY,
    "help.backup.to": ("the file, or a folder in which it gets a name of its own", "文件，或文件夹（自动命名）"),
    "help.backup.with_keys": (
        "the study's keys into this file of their own, to be kept where the backup is not",
        "将研究密钥写入此单独文件，须与备份分开保存",
    ),
    "help.restore.anchor": ("a checkpoint kept elsewhere (may be repeated)", "保存在别处的检查点（可重复）"),
    "help.restore.backup": ("the backup", "备份文件"),
    "help.restore.database": (
        "keep the ledger on this PostgreSQL database instead of SQLite",
        "将账本存于此 PostgreSQL 数据库而非 SQLite",
    ),
    "help.restore.keys": ("the file of keys that was written beside the backup", "与备份同时写出的密钥文件"),
    "help.restore.public_key": ("checks the anchors (PEM)", "用于核对检查点（PEM）"),
    "help.restore.to": ("the new study folder", "新的研究目录"),
    "help.export.arms": (
        "data: what may be seen of the arms (default: all that you may see)",
        "data：组别的显示方式（默认：您有权查看的全部）",
    ),
    "help.export.date": ("data: the last entry of this day, UTC", "data：截至该日最后一条记录（UTC）"),
    "help.export.entry": ("data: up to this entry number", "data：截至该条目编号"),
    "help.export.folder": _STUDY,
    "help.export.kind": ("trail: entries of this kind only (may be repeated)", "trail：仅此类型的条目（可重复）"),
    "help.export.on": ("roles: the day (UTC)", "roles：日期（UTC）"),
    "help.export.out": ("the folder to write into, new or empty", "写入的文件夹（新的或空的）"),
    "help.export.participant": ("casebook, trail: this participant", "casebook、trail：该受试者"),
    "help.export.since": ("trail: from this day on (UTC)", "trail：自该日起（UTC）"),
    "help.export.until": ("trail: up to this day (UTC)", "trail：至该日止（UTC）"),
    "help.export.what": ("what is copied", "复制的内容"),
    "help.queries.all": ("all (default: open and answered)", "全部（默认：待答复与已答复）"),
    "help.queries.answered": ("that wait for whoever asked", "等待提出者处理的"),
    "help.queries.closed": ("that are settled", "已关闭的"),
    "help.contact.folder": _STUDY,
    "help.contact.consent": ("who has not signed the version of the consent in force", "尚未签署现行版本知情同意书者"),
    "help.contact.lot": ("who received this lot", "使用过此批号者"),
    "help.contact.site": ("those of this site only", "仅此中心的"),
    "help.contact.json": _JSON,
    "help.queries.folder": _STUDY,
    "help.queries.json": ("as JSON, texts in both languages", "以 JSON 输出，文字含两种语言"),
    "help.queries.open": ("that wait for the site", "等待中心答复的"),
    "help.queries.participant": ("those of this participant only", "仅此受试者的"),
    "help.queries.site": ("those of this site only", "仅此中心的"),
    "help.unblindings.folder": _STUDY,
    "help.unblindings.json": ("as JSON", "以 JSON 输出"),
    "help.unblindings.site": ("those of this site only", "仅此中心的"),
    "help.rehearse.folder": (
        "the study folder (made with: equipoise new DIR --rehearsal ...)",
        "研究目录（建立方法：equipoise new DIR --rehearsal ...）",
    ),
    "help.rehearse.participants": ("how many are screened", "筛选人数"),
    "help.rehearse.scenario": ("a scenario of the protocol (default: its first)", "方案中的一个情景（默认：第一个）"),
    "help.rehearse.seed": ("the same seed gives the same rehearsal", "同一种子得到同一演练"),
    "help.rehearse.until": (
        "administrative end of follow-up (2027-12-31)",
        "随访的行政截止日（2027-12-31）",
    ),
    "help.safety.date": (
        "as of the last entry of this day, UTC (default: now)",
        "截至该日最后一条记录，UTC（默认：现在）",
    ),
    "help.safety.entry": ("as of this entry number", "截至该条目编号"),
    "help.safety.folder": _STUDY,
    "help.safety.json": ("as JSON, with every boundary", "以 JSON 输出，含全部界值"),
    "help.schema.one_language": (
        "with --form: of a trial that is written in one language, whose texts are plain",
        "与--form合用：以一种语言书写的试验，其文本直接书写",
    ),
    "help.schema.form": (
        "the schema of a file in forms/ instead of protocol.yaml",
        "输出 forms/ 中文件的模式，而非 protocol.yaml 的",
    ),
    "help.schema.out": (
        "write protocol.schema.json and form.schema.json into this folder",
        "将 protocol.schema.json 与 form.schema.json 写入该文件夹",
    ),
    "help.show.format": ("Markdown or HTML (default: md)", "Markdown 或 HTML（默认：md）"),
    "help.show.out": ("write to this file instead of standard output", "写入该文件，而非标准输出"),
    "help.show.path": _PATH,
    "help.simulate.device": ("what computes (default: cpu)", "计算设备（默认：cpu）"),
    "help.simulate.json": ("every number as JSON", "以 JSON 输出全部数字"),
    "help.simulate.no_cache": ("compute anew, and keep nothing", "重新计算，且不保留"),
    "help.simulate.out": ("write simulation.json and figures", "写出 simulation.json 与图"),
    "help.simulate.path": _PATH,
    "help.simulate.scenario": (
        "scenarios of the protocol, or `design` (default: all, and what the design assumes)",
        "方案中的情景，或`design`（默认：全部情景及设计假设）",
    ),
    "help.simulate.seed": (
        "the same seed gives the same digits, on any machine",
        "同一种子在任何机器上得到相同数字",
    ),
    "help.simulate.trials": ("how many trials of each are simulated", "每个情景模拟的试验数"),
    "help.simulate.workers": (
        "threads, or the address of a Dask scheduler (default: as many as there are processors)",
        "线程数，或 Dask 调度器的地址（默认：与处理器数相同）",
    ),
    "help.status.folder": _STUDY,
    "help.status.json": _JSON,
    "help.trace.folder": _STUDY,
    "help.trace.out": (
        "the analysis folder (default: the newest in reports/)",
        "分析结果文件夹（默认：reports/ 中最新的）",
    ),
    "help.trace.participant": ("show this participant's ledger entries", "显示该受试者的账本条目"),
    "help.trace.result": (
        "the id of a result in results.json, or of an analysis: then of every result that it gives",
        "results.json 中结果的标识；或某项分析的标识，即其给出的全部结果",
    ),
    "help.trace.rows": (
        "how many analysis rows to print (default: 20; 0: all)",
        "显示多少分析行（默认：20；0：全部）",
    ),
    "help.verify.anchor": ("a signed checkpoint kept elsewhere (repeatable)", "异地保存的已签署检查点（可重复）"),
    "help.verify.derive": (
        "derive again every item that a medical rule filled in, and look for every value in a fresh data cut",
        "重新推导由医学规则填写的每个条目，并在新的数据截点中核对每个数值",
    ),
    "help.verify.strict": (
        "fail, too, when something could not be checked: no key, no signatures",
        "有内容无法核对（缺少密钥或签名）时也视为失败",
    ),
    "help.verify.folder": _STUDY,
    "help.verify.public_key": (
        "the key that checks the anchors (default: the study's own)",
        "核验锚点的公钥（默认：研究自带的公钥）",
    ),
    "help.verify.rebuild": ("rebuild the projections from the ledger", "由账本重建投影"),
}
