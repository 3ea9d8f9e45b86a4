"""The words of the design document, in English and Simplified Chinese, side by side.

What the protocol document already says (names of the assumptions, signs, marks) is said in its words; texts of the
trial itself come from the protocol and are never translated here.
"""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.reports.protocol_document.words import words_in as protocol_words_in
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked
from equipoise.words import Words

__all__ = ["TABLE", "WORDS", "phrase", "refuse", "unreadable", "words_in"]

TABLE = Table(
    "reports.design_document",
    {
        "design.not_written": Words(
            en=(
                "the design could not be written",
                "{trouble}",
                "Choose a folder that you may write to and that has room; nothing was half-written.",
            ),
            zh=("设计文件未能写出", "{trouble}", "请选择可写且有空间的文件夹；未留下任何写了一半的文件。"),
        ),
        "simulation.unreadable": Words(
            en=(
                "there are no simulation results",
                "{trouble}",
                "Give the folder that `equipoise simulate PROTOCOL --out` wrote, or its {file}.",
            ),
            zh=("没有模拟结果", "{trouble}", "请给出`equipoise simulate PROTOCOL --out`所写的文件夹，或其中的{file}。"),
        ),
        "simulation.form": Words(
            en=(
                "these are no simulation results",
                "its values have another form",
                "Simulate again with this version of Equipoise.",
            ),
            zh=("这不是模拟结果", "其数值形式不同", "请用此版本的Equipoise重新模拟。"),
        ),
        "simulation.form/missing": Words(
            en=(
                "these are no simulation results",
                "{name} is missing",
                "Simulate again with this version of Equipoise.",
            ),
            zh=("这不是模拟结果", "缺少{name}", "请用此版本的Equipoise重新模拟。"),
        ),
        "simulation.other_protocol": Words(
            en=(
                "these are results of another protocol, or of another version of it",
                "its digest is {theirs}, and that of this protocol {ours}",
                "Simulate this protocol again.",
            ),
            zh=(
                "这是另一方案或其另一版本的结果",
                "其摘要为{theirs}，本方案的摘要为{ours}",
                "请重新模拟本方案。",
            ),
        ),
        "simulation.other_looks": Words(
            en=(
                "the simulated trials of {scenario} have {theirs} looks",
                "the design has {ours}",
                "Simulate a scenario that follows the design's looks.",
            ),
            zh=("情景{scenario}的模拟试验有{theirs}次分析", "设计有{ours}次", "请模拟遵循设计分析次数的情景。"),
        ),
    },
    {
        "folder": ("a folder has this name", "已有同名文件夹"),
        "not_json": ("it is not JSON", "不是JSON"),
    },
)
refuse, unreadable, phrase = TABLE.refuse, TABLE.unreadable, TABLE.phrase

WORDS: dict[str, tuple[str, str]] = {
    # The document. Between two sentences English has a space and Chinese nothing: `between` is never printed alone.
    "between": (" ", ""),
    "dd_kind": ("Design of a randomized trial", "随机对照试验设计"),
    "dd_kind_single": ("Design of a single-arm trial", "单臂试验设计"),
    "dd_running": ("design", "设计"),
    "chapter_question": ("Question", "研究问题"),
    "chapter_size": ("Sample size (CONSORT 2025, item 16a)", "样本量（CONSORT 2025条目16a）"),
    "chapter_looks": (
        "Interim analyses and stopping guidelines (CONSORT 2025, item 16b)",
        "期中分析与停止准则（CONSORT 2025条目16b）",
    ),
    "chapter_rests": ("What the size rests on", "样本量对假设的依赖"),
    "chapter_checks": ("Checks", "核对"),
    "part_estimand": ("Question and estimand", "研究问题与估计目标"),
    "part_assumptions": ("Assumptions and their sources", "假设及其来源"),
    "part_size": ("How the sample size was determined", "样本量的确定"),
    "part_stated": ("What the protocol states, and what follows from its assumptions", "方案所述与由其假设得出者"),
    "part_power": ("Power against the true effect", "检验效能与真实效应"),
    "part_calendar": ("Expected accrual and events", "预期入组与事件"),
    "part_methods": ("The same question asked of other formulae", "其他公式的结果"),
    "part_rules": ("Stopping guidelines", "停止准则"),
    "part_looks": ("Table of looks", "各次分析一览"),
    "part_foresight": ("What an interim look foretells", "期中分析的预示"),
    "part_prior": ("Prior and assurance", "先验分布与保证概率"),
    "part_safety": ("Monitoring of toxicity", "毒性监测"),
    "part_tornado": ("Sensitivity to each assumption", "对各项假设的敏感性"),
    "part_alternatives": ("Other worlds", "其他情形"),
    "part_simulation": ("Simulation", "模拟"),
    "part_listed": ("Assumptions in this document", "本文件中的假设"),
    "part_references": ("References", "参考文献"),
    "part_identity": ("Identity of this document", "本文件的标识"),
    # Lead
    "short_survival": (
        (
            "{participants} participants, {events} events, power {power} for a hazard ratio of {effect} at a {sides} "
            "alpha of {alpha}; {looks}; the last analysis is expected in month {month}."
        ),
        (
            "{participants}例受试者，{events}例事件；在{sides}α为{alpha}时，对风险比{effect}的检验效能为{power}；"
            "{looks}；最终分析预计在第{month}个月。"
        ),
    ),
    "short_events": (
        "{events} events, power {power} for a hazard ratio of {effect} at a {sides} alpha of {alpha}; {looks}.",
        "{events}例事件；在{sides}α为{alpha}时，对风险比{effect}的检验效能为{power}；{looks}。",
    ),
    "short_sample": (
        (
            "{participants} participants, power {power} at a {sides} alpha of {alpha} if the assumed {effect} is true; "
            "{looks}."
        ),
        "{participants}例受试者；若假设的{effect}成立，在{sides}α为{alpha}时检验效能为{power}；{looks}。",
    ),
    "short_timed": (
        " The last participant is expected to be assessed in month {month}.",
        "末例受试者预计于第{month}个月完成评估。",
    ),
    "looks_one": ("one analysis", "仅一次分析"),
    "looks_many": ("{n} analyses", "共{n}次分析"),
    "rates_words": ("rates ({experimental} against {control})", "率（{experimental}对{control}）"),
    "means_words": ("means ({experimental} against {control})", "均数（{experimental}对{control}）"),
    "notice": (
        (
            "{n} of the values that this design rests on are assumptions. Each is marked where it stands and listed "
            "with its source: "
        ),
        "本设计所依据的数值中有{n}项为假设，均在出现处标记，并连同来源列出：",
    ),
    # 1
    "question_lead": (
        "Framework: {question}. Primary endpoint: {endpoint}. Comparison: {experimental} against {control}, {ratio}.",
        "框架：{question}。主要终点：{endpoint}。比较：{experimental}对比{control}，按{ratio}分配。",
    ),
    "question_single": (
        "Framework: {question}. Primary endpoint: {endpoint}. One arm: {experimental}.",
        "框架：{question}。主要终点：{endpoint}。单臂：{experimental}。",
    ),
    "hypothesis_survival": (
        (
            "With h the hazard ratio ({experimental} to {control}), the trial tests {null} against {alternative}; it "
            "is planned for h = {effect}."
        ),
        "以h表示风险比（{experimental}对{control}），检验{null}，备择为{alternative}；按h = {effect}设计。",
    ),
    "benefit_below": ("A ratio below {margin} speaks for the experimental arm.", "低于{margin}的风险比支持试验组。"),
    "benefit_above": ("A ratio above {margin} speaks for the experimental arm.", "高于{margin}的风险比支持试验组。"),
    "speaks_below": (
        "A {measure} (experimental against control) below {margin} speaks for the experimental arm.",
        "{measure}（试验组对比对照组）低于{margin}支持试验组。",
    ),
    "speaks_above": (
        "A {measure} (experimental against control) above {margin} speaks for the experimental arm.",
        "{measure}（试验组对比对照组）高于{margin}支持试验组。",
    ),
    "no_estimand": ("an estimand of this endpoint", "该终点的估计目标"),
    # 2
    "assumption_head": ("Value that the size rests on", "样本量所依据的数值"),
    "standing_head": ("Standing and source", "依据与来源"),
    "stated_plainly": ("stated by the protocol", "方案规定"),
    "looks_value": ("looks at {marks} of the information", "在信息量的{marks}处分析"),
    "design_looks": ("Analyses", "分析时点"),
    "design_spending": ("Efficacy boundary", "有效性界值"),
    "design_futility": ("Futility boundary", "无效性界值"),
    "design_ratio": ("Allocation ratio", "分配比例"),
    "method_schoenfeld": ("Schoenfeld", "Schoenfeld法"),
    "method_freedman": ("Freedman", "Freedman法"),
    "method_hsieh_freedman": ("Hsieh, with Freedman's argument", "Hsieh法（依Freedman论证）"),
    "method_lachin_foulkes": ("Lachin and Foulkes", "Lachin-Foulkes法"),
    "method_lakatos": ("Lakatos", "Lakatos法"),
    "size_events": (
        (
            "To detect a hazard ratio of {effect}{margin} with {power} power at a {sides} alpha of {alpha}, a single "
            "analysis needs {fixed} events ({method})."
        ),
        "为在{sides}α {alpha}下以{power}的检验效能检出风险比{effect}{margin}，单次分析需{fixed}例事件（{method}）。",
    ),
    "size_margin": (" against the margin of {margin}", "（非劣效界值{margin}）"),
    "size_inflation": (
        "The {n} analyses need {inflation} more, {events} events at the last, taken as {whole}.",
        "{n}次分析使所需事件数增加{inflation}，最终分析需{events}例，取{whole}例。",
    ),
    "size_whole": ("That is taken as {whole}.", "取{whole}例。"),
    "size_participants": (
        (
            "With {control} in the control arm, {accrual} and {dropout}, {share_e} of the experimental and {share_c} "
            "of the control participants are expected to have had the event when the last analysis is due in month "
            "{month}. {participants} participants are therefore needed, taken as {whole} ({each})."
        ),
        (
            "对照组{control}，入组{accrual}，{dropout}；至第{month}个月最终分析时，预期试验组{share_e}、"
            "对照组{share_c}的受试者发生事件。因此需{participants}例受试者，取{whole}例（{each}）。"
        ),
    ),
    "size_rates_kept": (
        (
            "At the rates as described, the last of them joins in month {end}, and the last analysis is expected in "
            "month {month}."
        ),
        "按所述入组速度，最后一例于第{end}个月入组，最终分析预计在第{month}个月。",
    ),
    "no_dropout": ("no dropout", "无脱落"),
    "with_dropout": ("a dropout hazard of {rate} per month", "脱落风险率每月{rate}"),
    "each_arm": ("{experimental} experimental, {control} control", "试验组{experimental}例，对照组{control}例"),
    "size_sample": (
        (
            "To detect the assumed {effect}{margin} with {power} power at a {sides} alpha of {alpha}, {participants} "
            "participants are needed, taken as {whole}."
        ),
        "为在{sides}α {alpha}下以{power}的检验效能检出假设的{effect}{margin}，需{participants}例受试者，取{whole}例。",
    ),
    "size_sample_lost": (
        (
            "To detect the assumed {effect}{margin} with {power} power at a {sides} alpha of {alpha}, {participants} "
            "participants are needed."
        ),
        "为在{sides}α {alpha}下以{power}的检验效能检出假设的{effect}{margin}，需{participants}例受试者。",
    ),
    "size_lost": (
        (
            "They are those who are assessed. With a dropout hazard of {rate} per month, {share} of those who join are "
            "still there {months} months later, when the endpoint is assessed: {joining} are to join for {assessed} to "
            "be assessed, taken as {whole}."
        ),
        (
            "此为完成评估的受试者数。脱落风险率每月{rate}，入组{months}个月后评估终点时，入组者中预期尚有{share}："
            "欲有{assessed}例完成评估，须入组{joining}例，取{whole}例。"
        ),
    ),
    "size_assessed": (
        "The endpoint is assessed {months} months after joining.",
        "终点于入组后{months}个月评估。",
    ),
    "size_stated": (
        "The protocol plans {participants} participants and {events} events; these have a power of {power}.",
        "方案计划{participants}例受试者与{events}例事件，其检验效能为{power}。",
    ),
    "argument": ("The author's own argument, from the protocol:", "方案作者的论证："),
    "only_events": (
        "The protocol states no {what}, so that participants and time do not follow; only the number of events does.",
        "方案未说明{what}，故无法得出受试者数与时间，仅可得出事件数。",
    ),
    # Stated against what follows
    "quantity_events": ("Events at the last analysis", "最终分析时的事件数"),
    "quantity_participants": ("Participants", "受试者数"),
    "quantity_power": ("Power", "检验效能"),
    "quantity_month": ("Month of the last analysis", "最终分析的月份"),
    "quantity_alpha": ("Type I error ({sides})", "I类错误（{sides}）"),
    "head_stated": ("Stated", "方案所述"),
    "head_follows": ("Follows from the assumptions", "由假设得出"),
    "head_difference": ("Difference", "差异"),
    "stated_caption": ("Stated numbers beside those that follow", "方案数值与得出数值对照"),
    "stated_lead": (
        "Each number that the protocol states is computed again from its assumptions.",
        "方案所述每一数值均由其假设重新计算。",
    ),
    "agrees": ("agrees", "一致"),
    "more_than": ("{n} more than needed", "比所需多{n}"),
    "fewer_than": ("{n} fewer than needed", "比所需少{n}"),
    "points_above": ("{n} percentage points above", "高{n}个百分点"),
    "points_below": ("{n} percentage points below", "低{n}个百分点"),
    "earlier": ("{n} months earlier", "早{n}个月"),
    "later": ("{n} months later", "晚{n}个月"),
    "not_stated_short": ("not stated", "未说明"),
    "told_power": (
        "What the protocol states has a power of {power}, which falls short of the {stated} that it states.",
        "方案所述样本量的检验效能为{power}，低于其所述的{stated}。",
    ),
    "told_late": (
        (
            "The last analysis waits for {events} events, which are expected {n} months after the planned end of "
            "follow-up."
        ),
        "最终分析需等待{events}例事件，预期比计划的随访结束晚{n}个月。",
    ),
    "told_accrual": (
        (
            "Accrual as described does not bring the stated participants; the last rate is taken to go on until month "
            "{month}."
        ),
        "按所述入组速度无法达到方案所述例数；假定以最后速度继续入组至第{month}个月。",
    ),
    "told_all_joined": (
        (
            "All {n} participants are expected to have joined before the first interim analysis (month {month}): "
            "stopping early would shorten follow-up, and would spare nobody randomization."
        ),
        "预期全部{n}例受试者在首次期中分析（第{month}个月）之前已入组：提前停止可缩短随访，但不减少随机入组人数。",
    ),
    # Power, calendar
    "caption_power": (
        (
            "Probability of rejecting the null hypothesis by each analysis, against the true {measure}. Points: the "
            "assumed effect, and no effect."
        ),
        "至各次分析拒绝零假设的概率与真实{measure}的关系。圆点为假设效应与无效应。",
    ),
    "measure_hazard_ratio": ("hazard ratio", "风险比"),
    "measure_rate": ("rate in the experimental arm", "试验组的率"),
    "measure_mean": ("mean in the experimental arm", "试验组均数"),
    "estimate_hazard_ratio": ("hazard ratio", "风险比"),
    "estimate_difference": ("difference", "差值"),
    "estimate_ratio": ("ratio of rates", "率比"),
    "estimate_rate": ("rate", "率"),
    "estimate_mean": ("mean", "均数"),
    "power_table": ("Power for some true effects", "若干真实效应下的检验效能"),
    "head_effect": ("True {measure}", "真实{measure}"),
    "head_by_look": ("By analysis {n}", "至第{n}次分析"),
    "head_in_all": ("In all", "总计"),
    "caption_calendar": (
        "Participants and events expected by each month, from the first participant; dotted lines are the analyses.",
        "自首例受试者入组起，各月预期的受试者数与事件数；虚线为各次分析。",
    ),
    "calendar_table": ("Expected numbers over calendar time", "各时间点的预期数"),
    "calendar_lead": (
        (
            "Accrual ends in month {end}; the last analysis is expected {follow} months later. If the treatment has no "
            "effect, the same number of events is expected in month {null}."
        ),
        "入组于第{end}个月结束；最终分析预计在其后{follow}个月。若治疗无效应，达到相同事件数预计在第{null}个月。",
    ),
    "calendar_sample": (
        (
            "At the rates as described, the last of {participants} participants joins in month {end} and is assessed "
            "in month {month}; follow-up ends in month {duration}."
        ),
        "按所述入组速度，{participants}例受试者中的末例于第{end}个月入组，第{month}个月完成评估；随访于第{duration}个月结束。",
    ),
    "head_month": ("Month", "月"),
    "head_joined": ("Participants", "受试者"),
    "head_events": ("Events", "事件"),
    "head_events_e": ("Events, experimental", "事件（试验组）"),
    "head_events_c": ("Events, control", "事件（对照组）"),
    "head_events_null": ("Events if no effect", "事件（无效应时）"),
    "methods_lead": (
        (
            "Formulae differ in what they take for the variance and in what they assume of the hazards. The plan rests "
            "on the one marked; a power below that of the plan says how much rests on the choice."
        ),
        (
            "各公式对方差与风险率的假定不同。设计采用标注者；其他公式得出的检验效能与之相差多少，"
            "即说明结论对公式选择的依赖程度。"
        ),
    ),
    "methods_caption": ("Methods for the log-rank test", "对数秩检验的各种方法"),
    "head_method": ("Method", "方法"),
    "head_events_needed": ("Events needed", "所需事件数"),
    "head_participants_needed": ("Participants needed", "所需受试者数"),
    "head_power_planned": ("Power of the planned trial", "计划试验的检验效能"),
    "used_here": ("{method} (used here)", "{method}（本设计采用）"),
    "tests_lead": (
        (
            "Were the effect delayed, another test could serve better. The power of one analysis in month {month} with "
            "the whole alpha, by the same assumptions:"
        ),
        "若效应延迟，其他检验可能更合适。以下为在第{month}个月以全部α进行单次分析、其余假设相同时的检验效能：",
    ),
    "tests_caption": ("Tests that need no proportional hazards", "不要求比例风险的检验"),
    "head_test": ("Test", "检验"),
    "test_logrank": ("log-rank", "对数秩检验"),
    "test_fleming_harrington_late": (
        "Fleming-Harrington (0, 1): late differences",
        "Fleming-Harrington(0, 1)：晚期差异",
    ),
    "test_max_combo": ("MaxCombo of (0, 0), (0, 1), (1, 0)", "MaxCombo组合检验：(0, 0)、(0, 1)、(1, 0)"),
    "test_rmst": ("restricted mean until month {month}", "至第{month}个月的限制性平均时间"),
    "test_milestone": ("event-free share at month {month}", "第{month}个月无事件率"),
    "cannot_say": ("needs proportional hazards, or knows no margin", "要求比例风险，或不支持界值"),
    # 3
    "rules_one": (
        "There is one analysis, at the end; there is no interim analysis of efficacy and no stopping guideline.",
        "仅在结束时进行一次分析；无期中有效性分析，亦无停止准则。",
    ),
    "rules_lead": (
        "There are {n} analyses, at {marks} of the planned information ({sizes}).",
        "共{n}次分析，分别在计划信息量的{marks}处（{sizes}）。",
    ),
    "rules_sizes_events": ("{list} events", "{list}例事件"),
    "rules_sizes_people": ("{list} participants", "{list}例受试者"),
    "rules_sizes_assessed": ("{list} participants assessed", "{list}例受试者完成评估"),
    "rules_alpha": (
        "Efficacy: {spending}. The {sides} alpha of {alpha} is kept over all analyses.",
        "有效性：{spending}。各次分析合计保持{sides}α为{alpha}。",
    ),
    "rules_two_sided": (
        (
            "The test is two-sided: the same boundary on the other side stops the trial when the experimental arm is "
            "worse."
        ),
        "检验为双侧：另一侧的相同界值在试验组更差时停止试验。",
    ),
    "rules_no_futility": (
        "There is no boundary for futility: a disappointing interim result is not, by itself, a reason to stop.",
        "未设无效性界值：期中结果不佳本身并非停止理由。",
    ),
    "rules_futility_binding": (
        "Futility: {futility}. It binds: alpha is kept only if the trial stops when it is met.",
        "无效性：{futility}。具强制性：仅当触及即停止时，α才得以保持。",
    ),
    "rules_futility_free": (
        (
            "Futility: {futility}. It does not bind: alpha is kept whether or not the trial goes on; the power is that "
            "of a trial that stops."
        ),
        "无效性：{futility}。非强制性：无论是否继续，α均得以保持；检验效能按触及即停止计算。",
    ),
    "rules_reached": (
        (
            "Boundaries are those of the planned information. At an analysis they are computed again for the "
            "information that has been reached, spending the same function; the number of looks and their time may "
            "then differ without harm to alpha."
        ),
        "所列界值对应计划信息量。实际分析时按达到的信息量、以同一消耗函数重新计算，故分析次数与时间有所不同亦不影响α。",
    ),
    "rules_shape": (
        "Boundaries of this shape hold for the planned fractions of information; other times need a spending function.",
        "此类形状界值仅适用于计划的信息比例；若时点不同，则需消耗函数。",
    ),
    "rules_guideline": (
        (
            "These are guidelines for the data monitoring committee, which weighs them with safety, other endpoints, "
            "and evidence from outside the trial."
        ),
        "上述准则供数据监查委员会参考，应结合安全性、其他终点及试验外证据综合考虑。",
    ),
    "looks_table": ("The analyses, under the assumptions of the design", "各次分析（在设计假设下）"),
    "look_head": ("Analysis", "分析"),
    "look_n": ("Analysis {n}", "第{n}次分析"),
    "row_information": ("Information", "信息量"),
    "row_events": ("Events", "事件数"),
    "row_people": ("Participants observed", "已观察受试者"),
    "row_assessed": ("Participants assessed", "完成评估的受试者"),
    "row_joined": ("Participants joined", "已入组受试者"),
    "row_month": ("Expected month", "预计月份"),
    "row_date": ("Expected date", "预计日期"),
    "row_z": ("Reject if z is at least", "z不低于此值则拒绝"),
    "row_p": ("Nominal p ({sides})", "名义p值（{sides}）"),
    "row_at_most": ("That is, {measure} at most", "即{measure}不高于"),
    "row_at_least": ("That is, {measure} at least", "即{measure}不低于"),
    "row_alpha": ("Alpha spent ({sides}, cumulative)", "已消耗α（{sides}，累积）"),
    "row_reject": ("Stops here for efficacy, if as assumed", "假设成立时于此因有效停止"),
    "row_power": ("Cumulative power", "累积检验效能"),
    "row_futility": ("Futile if z is at most", "z不高于此值则无效"),
    "row_harm": ("Worse if z is at most", "z不高于此值则更差"),
    "row_accept": ("Stops here for futility, if as assumed", "假设成立时于此因无效停止"),
    "row_accept_null": ("Stops here for futility, if no effect", "无效应时于此因无效停止"),
    "row_reject_null": ("Stops here for efficacy, if no effect", "无效应时于此因有效停止"),
    "safety_lead": (
        (
            "While the trial runs, these events are counted participant by participant in the order of randomization. "
            "A boundary that is reached stops nothing by itself: those who answer for the trial decide."
        ),
        "试验进行期间，按随机顺序逐例累计下列事件。达到界值并不自动终止任何操作：由对试验负责者决定。",
    ),
    "safety_exact_note": (
        "Exact binomial calculation, participant by participant; no approximation and no simulation.",
        "按二项分布逐例精确计算，未用近似或模拟。",
    ),
    "safety_characteristics": ("What the boundary does: {rule}", "界值的操作特性：{rule}"),
    "safety_rate": ("True rate", "真实发生率"),
    "safety_acceptable_mark": (" (acceptable)", "（可接受）"),
    "safety_stop": ("Probability of reaching it", "达到界值的概率"),
    "safety_expected": ("Expected participants by then", "届时预期受试者数"),
    "safety_expected_events": ("Expected events by then", "届时预期事件数"),
    "safety_stops_at": ("{stop} if its rate is {rate}", "发生率{rate}时达界概率{stop}"),
    "term_safety": ("{rule}, boundary reached: {stops}", "{rule}，达到界值：{stops}"),
    "caption_safety": (
        (
            "{rule}: too many events (shaded) against participants. Dotted: the events expected at the acceptable rate "
            "of {rate}; dashed: at twice that rate."
        ),
        (
            "{rule}：事件过多的区域（阴影）与受试者例数。点线：可接受发生率{rate}时的预期事件数；虚线："
            "其两倍时的预期事件数。"
        ),
    ),
    "fig_safety_events": ("Events", "事件数"),
    "fig_safety_participants": ("Participants", "受试者例数"),
    "fig_safety_too_many": ("too many", "过多"),
    "fig_safety_at": ("expected at {rate}", "{rate}时的预期"),
    "date_note": (
        "Dates count from {start}, when scenario “{scenario}” supposes the first participant to join.",
        "日期自{start}起算，即情景“{scenario}”假定首例受试者入组之日。",
    ),
    "expected_lead_survival": (
        (
            "On average the trial stops with {h1} events if the effect is as assumed, {h01} if it is half of that, and "
            "{h0} if there is none; a single analysis would need {fixed}. The expected duration under the assumed "
            "effect is {duration} months."
        ),
        (
            "平均而言，效应如假设时试验于{h1}例事件停止，效应减半时为{h01}例，无效应时为{h0}例；单次分析需{fixed}例。"
            "假设效应下的预期持续时间为{duration}个月。"
        ),
    ),
    "expected_lead_sample": (
        (
            "On average the trial stops with {h1} participants if the effect is as assumed, {h01} if it is half of "
            "that, and {h0} if there is none."
        ),
        "平均而言，效应如假设时试验于{h1}例受试者停止，效应减半时为{h01}例，无效应时为{h0}例。",
    ),
    "caption_boundary": (
        (
            "Boundaries on the scale of the statistic z (positive where there is benefit). Blue: the null hypothesis "
            "is rejected. {lower} Green: the path expected under the assumed effect, with the range in which 95% of "
            "single analyses fall."
        ),
        (
            "统计量z尺度上的界值（正值表示获益）。蓝色：拒绝零假设。{lower}绿色：假设效应下的预期路径，"
            "及单次分析95%所在范围。"
        ),
    ),
    "caption_futile": ("Orange: futility.", "橙色：无效。"),
    "caption_worse": ("Orange: the experimental arm is worse.", "橙色：试验组更差。"),
    "caption_none": ("There is no lower boundary before the last analysis.", "末次分析之前无下界。"),
    "foresight_lead": (
        (
            "What the committee would see at an interim analysis, and how the trial would then be likely to end. "
            "Conditional power is the probability of rejecting at a later analysis if the effect is as planned, as "
            "observed, or none; predictive power averages over what the data say of the effect."
        ),
        (
            "委员会在期中分析时可能看到的结果，及试验其后可能的结局。条件效能为在效应如设计、如观察到、或无效应时，"
            "其后拒绝零假设的概率；预测效能则按数据对效应的说明取平均。"
        ),
    ),
    "foresight_caption": ("Conditional and predictive power at analysis {n}", "第{n}次分析的条件效能与预测效能"),
    "caption_foresight": (
        (
            "Probability of rejecting at a later analysis, against the hazard ratio observed at analysis {n}. Shaded: "
            "the trial would stop there by its boundary."
        ),
        "其后拒绝零假设的概率与第{n}次分析观察到的风险比的关系。阴影：试验将依界值于此停止。",
    ),
    "head_observed": ("Observed hazard ratio", "观察到的风险比"),
    "head_z": ("z", "z"),
    "head_decision": ("Guideline", "准则"),
    "head_if_planned": ("Conditional power, effect as planned", "条件效能：效应如设计"),
    "head_if_trend": ("Conditional power, effect as observed", "条件效能：效应如观察"),
    "head_if_null": ("Conditional power, no effect", "条件效能：无效应"),
    "head_predictive": ("Predictive power", "预测效能"),
    "head_predictive_prior": ("… with the prior", "…结合先验"),
    "head_benefit": ("Probability of benefit", "获益概率"),
    "decision_reject": ("stop: efficacy", "停止：有效"),
    "decision_accept": ("stop: futility", "停止：无效"),
    "decision_harm": ("stop: worse", "停止：更差"),
    "decision_continue": ("continue", "继续"),
    "benefit_note": (
        (
            "Probability of benefit: that the true hazard ratio is below {margin}, from the interim data alone (a flat "
            "prior). Predictive and conditional power count all later analyses."
        ),
        "获益概率：仅依期中数据（平坦先验），真实风险比低于{margin}的概率。预测效能与条件效能计入其后所有分析。",
    ),
    "prior_none": (
        "The protocol states no prior of the hazard ratio; there is no Bayesian layer.",
        "方案未给出风险比的先验分布，故无贝叶斯部分。",
    ),
    "prior_lead": (
        "What is believed of the hazard ratio before the trial: {prior}.",
        "试验前对风险比的认识：{prior}。",
    ),
    "prior_caption": ("What the prior says", "先验分布的含义"),
    "prior_median": ("Median, and central 95%", "中位数及中央95%范围"),
    "prior_worth": ("Worth, in events", "相当的事件数"),
    "prior_benefit": ("Probability of benefit", "获益概率"),
    "prior_relevant": ("Probability of a relevant benefit (below {ratio})", "有临床意义获益（低于{ratio}）的概率"),
    "prior_assurance": ("Assurance: probability that the trial rejects", "保证概率：试验拒绝零假设的概率"),
    "prior_note": (
        (
            "Power answers for one effect; assurance averages it over the prior. Where it is much lower than the "
            "power, the assumed effect is more hopeful than the belief."
        ),
        "检验效能仅针对一个效应；保证概率则对先验取平均。若远低于检验效能，说明假设的效应比先验认识更乐观。",
    ),
    "to_words": ("{median} ({low} to {high})", "{median}（{low}至{high}）"),
    # 4
    "tornado_lead": (
        (
            "Each assumption is made smaller and larger in turn, all others kept; the trial is analysed in its planned "
            "month with the events there are by then."
        ),
        "逐项减小与增大各假设，其余不变；试验于计划月份以届时的事件数进行分析。",
    ),
    "tornado_lead_sample": (
        (
            "Each assumption is made smaller and larger in turn, all others kept; the trial has as many participants "
            "as planned."
        ),
        "逐项减小与增大各假设，其余不变；试验例数如计划。",
    ),
    "tornado_lead_timed": (
        (
            "Each assumption is made smaller and larger in turn, all others kept; the trial has as many participants "
            "as planned, and is analysed in its planned month with those who have been assessed by then."
        ),
        "逐项减小与增大各假设，其余不变；试验例数如计划，并于计划月份以届时已完成评估者进行分析。",
    ),
    "caption_tornado": (
        (
            "Power of the planned trial when one assumption is changed. Light: the smaller value; dark: the larger. "
            "The words are the values."
        ),
        "某一假设改变时计划试验的检验效能。浅色：较小值；深色：较大值。文字为所取数值。",
    ),
    "tornado_table": ("Answers to each change", "各项改变的结果"),
    "head_assumption": ("Assumption", "假设"),
    "head_from_to": ("Changed to", "改变为"),
    "head_power": ("Power", "检验效能"),
    "head_month_events": ("Month of the last event needed", "达到所需事件的月份"),
    "head_month_assessed": ("Month of the last assessment", "末例评估的月份"),
    "head_needed": ("Participants for the planned power", "保持效能所需受试者"),
    "sens_control_survival": ("Event-free in the control arm at {months} months", "对照组{months}个月无事件率"),
    "sens_control_median": ("Median of the control arm (months)", "对照组中位时间（月）"),
    "sens_control_factor": ("Hazards of the control arm, times", "对照组风险率倍数"),
    "sens_accrual": ("Accrual (participants a month)", "入组速度（例/月）"),
    "sens_follow_up_months": ("Follow-up after the last participant (months)", "末例入组后随访（月）"),
    "sens_delay_months": ("Delay of the effect (months)", "效应延迟（月）"),
    "sens_dropout_per_month": ("Dropout (per month)", "脱落（每月）"),
    "sens_hazard_ratio": ("Hazard ratio", "风险比"),
    "sens_cured": ("Cured share", "治愈比例"),
    "alternatives_lead": (
        (
            "The same {participants} participants in other worlds. The trial can keep its date (and then has other "
            "events) or wait for its {events} events (and then ends at another date). A delayed effect begins at the "
            "stated month after randomization and then is as assumed."
        ),
        (
            "相同的{participants}例受试者在其他情形下的结果。试验可按原定日期分析（事件数不同），"
            "或等待{events}例事件（结束日期不同）。延迟效应指随机分组后至所述月份方开始、其后如假设。"
        ),
    ),
    "alternatives_caption": ("What the planned trial would see", "计划试验在各情形下的结果"),
    "head_world": ("World", "情形"),
    "head_keeps_events": ("Keeps its date: events", "按原日期：事件数"),
    "head_keeps_power": ("… power", "…检验效能"),
    "head_waits_month": ("Waits for its events: month", "等待事件：月份"),
    "head_waits_power": ("… power", "…检验效能"),
    "world_assumed": ("as assumed", "如假设"),
    "world_control": ("control hazard × {value}", "对照组风险率×{value}"),
    "world_hazard_ratio": ("hazard ratio {value}", "风险比{value}"),
    "world_accrual": ("accrual × {value}", "入组速度×{value}"),
    "world_dropout_per_month": ("dropout {value} per month", "脱落每月{value}"),
    "world_delay_months": ("effect delayed by {value} months", "效应延迟{value}个月"),
    "world_no_delay": ("no delay of the effect", "效应无延迟"),
    "never": ("never", "永不"),
    "delay_note": (
        (
            "For a delayed effect the power is that of the log-rank test by Lakatos; a test weighted towards late "
            "differences would keep more of it."
        ),
        "延迟效应下的检验效能按Lakatos法计算对数秩检验；偏重晚期差异的加权检验可保留更多效能。",
    ),
    # 5
    "simulation_absent": (
        (
            "No simulation results were at hand when this document was written. The numbers above are analytic: "
            "large-sample formulae and expectations. Give the results of a simulation of this protocol with "
            "--simulation, and they stand here beside the analytic numbers."
        ),
        (
            "撰写本文件时无模拟结果。以上数值均为解析结果：大样本公式与期望值。以--simulation提供本方案的模拟结果，"
            "即可在此与解析结果对照。"
        ),
    ),
    "simulation_lead": (
        (
            "{trials} simulated trials (seed {seed}) that assume what the design assumes, beside the analytic numbers. "
            "A difference of more than 3 Monte Carlo standard errors (SE) is marked."
        ),
        "按设计假设模拟试验{trials}次（种子{seed}），与解析结果对照。差异超过3倍蒙特卡洛标准误（SE）者予以标记。",
    ),
    "simulation_note": (
        (
            "Analytic power rests on a large-sample formula, and expected numbers on averages; differences beyond "
            "chance say by how much these approximate. They are no fault of the simulation unless they are large."
        ),
        (
            "解析检验效能基于大样本公式，预期数基于平均值；超出随机误差的差异反映近似的程度，除非差异很大，"
            "并不表示模拟有误。"
        ),
    ),
    "simulation_not_design": (
        (
            "None of the simulated scenarios assumes just what the design assumes, so that none can check the analytic "
            "numbers."
        ),
        "所模拟的情景均与设计假设不完全相同，故无法用于核对解析结果。",
    ),
    "simulation_unfinished": (
        "The simulation was interrupted; the numbers are of the trials that were finished.",
        "模拟曾被中断；所列数值仅基于已完成的试验。",
    ),
    "scenes_caption": ("Operating characteristics of the simulated scenarios", "各模拟情景的操作特性"),
    "head_bias": ("Bias (log)", "偏倚（对数）"),
    "head_bias_plain": ("Bias", "偏倚"),
    "head_coverage": ("Coverage", "覆盖率"),
    "simulated_error": ("Rejects for benefit if there is no effect", "无效应时因获益拒绝"),
    "simulation_caption": ("Analytic and simulated numbers", "解析结果与模拟结果"),
    "head_analytic": ("Analytic", "解析"),
    "head_simulated": ("Simulated (SE)", "模拟（SE）"),
    "simulated_power": ("Power", "检验效能"),
    "simulated_reject": ("Stops for efficacy at analysis {n}", "第{n}次分析因有效停止"),
    "simulated_accept": ("Stops for futility at analysis {n}", "第{n}次分析因无效停止"),
    "simulated_events": ("Events at the end", "结束时的事件数"),
    "simulated_assessed": ("Assessed at the end", "结束时的已评估人数"),
    "simulated_participants": ("Participants at the end", "结束时的受试者数"),
    "simulated_duration": ("Duration (months)", "持续时间（月）"),
    "beyond_noise": ("beyond chance", "超出随机误差"),
    "within_noise": ("within chance", "在随机误差内"),
    # Closing
    "listed_lead": (
        "None of these is a fact about the trial; A1, A2, … are their marks in this document.",
        "以下均非关于本试验的事实；A1、A2……为其在本文件中的标记。",
    ),
    "listed_none": (
        "No value that this design rests on is marked as an assumption.",
        "本设计所依据的数值均未标记为假设。",
    ),
    "references_note": ("Methods, in the order of their first use.", "所用方法，按首次使用的顺序。"),
    "sources_note": ("Sources of the protocol that this document cites.", "本文件引用的方案来源。"),
    "dd_followed": ("Items", "条目"),
    # In a trial of one arm these stand in the place of the words without `single_`
    "single_design_rates_control": ("Rate to compare with", "对照率（比较值）"),
    "single_design_rates_experimental": ("Assumed rate", "假设的率"),
    "single_design_means_control": ("Mean to compare with", "对照均数（比较值）"),
    "single_design_means_experimental": ("Assumed mean", "假设的均数"),
    "single_measure_rate": ("rate", "率"),
    "single_measure_mean": ("mean", "均数"),
    "single_fig_axis_rate": ("True rate", "真实率"),
    "single_fig_axis_mean": ("True mean", "真实均数"),
    # Figures
    "fig_z": ("Statistic z", "统计量z"),
    "fig_events": ("Events", "事件数"),
    "fig_participants": ("Participants", "受试者数"),
    "fig_look": ("Analysis {n}", "第{n}次分析"),
    "fig_effect_met": ("effect {effect}", "效应{effect}"),
    "fig_expected": ("expected if {effect}", "{effect}时的预期"),
    "fig_no_effect": ("expected without effect", "无效应时的预期"),
    "fig_ratio_is": ("hazard ratio {effect}", "风险比{effect}"),
    "fig_as_assumed": ("as assumed", "如假设"),
    "fig_power": ("Probability of rejecting (%)", "拒绝零假设的概率（%）"),
    "fig_stated": ("planned: {power}", "计划：{power}"),
    "fig_by_end": ("in all", "总计"),
    "fig_by_look": ("by analysis {n}", "至第{n}次分析"),
    "fig_assumed": ("assumed {effect}: {power}", "假设{effect}：{power}"),
    "fig_null": ("null {effect}: {error}", "零假设{effect}：{error}"),
    "fig_axis_ratio": ("True hazard ratio (log scale)", "真实风险比（对数刻度）"),
    "fig_axis_rate": ("True rate in the experimental arm", "试验组真实率"),
    "fig_axis_mean": ("True mean in the experimental arm", "试验组真实均数"),
    "fig_chance": ("Probability of rejecting later (%)", "其后拒绝零假设的概率（%）"),
    "fig_if_planned": ("effect as planned", "效应如设计"),
    "fig_if_trend": ("effect as observed", "效应如观察"),
    "fig_if_null": ("no effect", "无效应"),
    "fig_predictive": ("predictive", "预测效能"),
    "fig_predictive_prior": ("predictive, with prior", "预测效能（含先验）"),
    "fig_observed": (
        "Hazard ratio observed at analysis {n}, {events} events (log scale)",
        "第{n}次分析（{events}例事件）观察到的风险比（对数刻度）",
    ),
    "fig_stops": ("stops: efficacy", "停止：有效"),
    "fig_futile": ("stops: futility", "停止：无效"),
    "fig_harm": ("stops: worse", "停止：更差"),
    "fig_people": ("Expected number", "预期数"),
    "fig_joined": ("participants", "受试者"),
    "fig_events_assumed": ("events, as assumed", "事件（如假设）"),
    "fig_events_null": ("events, no effect", "事件（无效应）"),
    "fig_accrual_ends": ("accrual ends", "入组结束"),
    "fig_look_at": ("analysis {n}: month {month}, {events} events", "第{n}次分析：第{month}个月，{events}例事件"),
    "fig_month": ("Months from the first participant", "自首例受试者起的月数"),
    "fig_as_planned": ("as planned: {power}", "如计划：{power}"),
    "fig_tornado_axis": ("Power (%)", "检验效能（%）"),
    # The terminal
    "term_assumed": ("assumed", "假设"),
    "term_sensitive": ("Should it be", "若改变"),
    "term_delay": ("Should the effect be late", "若效应延迟"),
    "term_formulae": ("By other formulae", "按其他公式"),
    "term_expected": ("expected events {events}, without effect {null}", "预期事件数{events}，无效应时{null}"),
    "term_look": ("analysis", "分析"),
    "term_head_info": ("information", "信息量"),
    "term_head_events": ("events", "事件"),
    "term_head_people": ("participants", "受试者"),
    "term_head_assessed": ("assessed", "已评估"),
    "term_head_month": ("month", "月"),
    "term_head_z": ("z", "z"),
    "term_head_p": ("p", "p"),
    "term_head_effect": ("effect", "效应"),
    "term_head_alpha": ("alpha", "α"),
    "term_head_power": ("power", "效能"),
    "term_head_futility": ("futile z", "无效z"),
    "term_more": (
        "--out DIR writes the document with its figures; --json prints every number.",
        "--out DIR 写出含图的文件；--json 输出全部数值。",
    ),
}


@literals_checked
def words_in(language: Language, *, single: bool = False) -> dict[str, str]:
    """The words of both documents in one language; `single`: of a trial of one arm."""
    own = {key: pair[1 if language == "zh" else 0] for key, pair in WORDS.items()}
    instead = {key.removeprefix("single_"): words for key, words in own.items() if key.startswith("single_")}
    return {**protocol_words_in(language), **own, **(instead if single else {})}
