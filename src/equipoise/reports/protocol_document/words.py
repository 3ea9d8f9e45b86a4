"""The words of the protocol document, in English and Simplified Chinese, side by side.

Texts of the trial itself come from the protocol and are never translated here; names of analyses' methods, roles and
strategies are those of the report (`reports.words`).
"""

from __future__ import annotations

from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["ROUTES", "UNITS", "WORDS", "words_in"]

WORDS: dict[str, tuple[str, str]] = {
    # Signs
    "bracket_close": (")", "）"),
    "bracket_open": (" (", "（"),
    "colon": (": ", "："),
    "colon_ratio": (" : ", "："),
    "comma": (", ", "，"),
    "list": (", ", "、"),
    "semicolon": ("; ", "；"),
    "stop": (".", "。"),
    # The document
    "document_kind_one": ("Protocol of a trial of one arm", "单臂试验方案"),
    "document_kind": ("Protocol of a randomized trial", "随机对照试验方案"),
    "contents": ("Contents", "目录"),
    "version_of": ("version {version} of {date}", "版本{version}，{date}"),
    "appendices": ("Appendices", "附录"),
    "appendix_forms": ("Case report forms", "病例报告表"),
    "appendix_codelists": ("Codelists", "代码表"),
    "appendix_variables": ("Derived variables", "派生变量"),
    "appendix_scenarios": ("Scenarios for rehearsal and simulation", "演练与模拟情景"),
    "appendix_dictionaries": ("Dictionaries and their versions", "词典及其版本"),
    "appendix_assumptions": ("All assumptions", "全部假设"),
    "appendix_sources": ("Sources", "来源"),
    "appendix_checklist": ("SPIRIT 2025 checklist", "SPIRIT 2025核对清单"),
    "appendix_identity": ("Identity of this document", "本文件的标识"),
    "assumptions_notice": (
        (
            "{n} values of this protocol are assumptions. Each is marked where it stands, and all are listed with "
            "their sources in the appendix "
        ),
        "本方案中有{n}项为假设。每项均在出现处标记，并连同来源列于附录：",
    ),
    "silent": (
        "This protocol says nothing on these items of SPIRIT 2025: ",
        "本方案未说明SPIRIT 2025的以下条目：",
    ),
    "not_stated": ("Not stated in this protocol.", "本方案未说明。"),
    "not_stated_part": ("Not stated in this protocol: {what}.", "本方案未说明：{what}。"),
    "assumption_mark": ("assumption A{n}", "假设A{n}"),
    "whole_form": ("the form", "整份表单"),
    "whole_text": ("the text of this section", "本节全文"),
    "source": ("source", "来源"),
    "source_head": ("Source", "来源"),
    "value": ("Value", "值"),
    "definition": ("Definition", "定义"),
    "none": ("none", "无"),
    "nobody": ("nobody", "无人"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "attribute": ("Attribute", "属性"),
    "content": ("Content", "内容"),
    "number": ("No.", "编号"),
    "what": ("What", "内容"),
    "key": ("Key", "编号"),
    "quantity": ("Quantity", "参数"),
    # 1 to 10
    "title": ("Title", "题目"),
    "title_other": ("Title in Chinese", "英文题目"),
    "short_title": ("Short title", "简称"),
    "identifier": ("Identifier", "标识"),
    "citation": ("Citation", "引用"),
    "phase": ("Phase", "分期"),
    "phase_of": ("Phase {phase}", "{phase}期"),
    "design_word": ("Design", "设计"),
    "arms": ("Arms", "试验组"),
    "experimental": ("experimental", "试验"),
    "control": ("control", "对照"),
    "participants_word": ("Participants", "受试者"),
    "n_criteria": (
        "{inclusion} inclusion and {exclusion} exclusion criteria (item 14a)",
        "入选标准{inclusion}条，排除标准{exclusion}条（条目14a）",
    ),
    "primary_outcome": ("Primary endpoint", "主要终点"),
    "sample_size": ("Sample size", "样本量"),
    "n_participants": ("{n} participants", "{n}名受试者"),
    "n_events": ("{n} events", "{n}例事件"),
    "sites_word": ("Sites", "研究中心"),
    "n_sites": ("{n} (item 13)", "{n}个（条目13）"),
    "version": ("Version", "版本"),
    "date": ("Date", "日期"),
    "digest": ("Protocol digest (SHA-256)", "方案摘要值（SHA-256）"),
    "digest_note": (
        (
            "The digest is taken of what the protocol promises, not of how its files are written: two copies with the "
            "same digest promise the same. Amendments are listed under item 31."
        ),
        "摘要值取自方案所承诺的内容，与文件写法无关：摘要值相同即内容相同。修订列于条目31。",
    ),
    "contact": ("contact information of the sponsor", "申办方联系方式"),
    "roles_caption": ("Roles: what is not granted here is denied", "角色：未授予者一律禁止"),
    "role": ("Role", "角色"),
    "may_do": ("May", "权限"),
    "where": ("Where", "范围"),
    "never_also": ("Never the same person as", "不得由同一人兼任"),
    "reads_only": ("no act of its own", "无操作权限"),
    "own_site": ("own site", "本中心"),
    "all_sites": ("all sites", "全部中心"),
    "registry_sponsor": ("Number of the sponsor", "申办方编号"),
    "registration_date": ("date of registration", "注册日期"),
    "plan_is_here": (
        (
            "This document is the whole protocol, and its items 16, 27 and 28 are the statistical analysis plan: the "
            "analyses named there are carried out from the same data file."
        ),
        "本文件即完整的试验方案，其条目16、27与28为统计分析计划：所列分析由同一数据文件执行。",
    ),
    "license": ("License", "许可"),
    "access_place": ("where the protocol can be read by the public", "公众可在何处查阅方案"),
    "limitations_lead": ("Limits of what is known", "已知信息的局限"),
    "comparator_is": ("The comparator is: {arm}.", "对照为：{arm}。"),
    "comparator_reason": ("why this comparator was chosen", "选择该对照的理由"),
    "narrative_background": ("Background and rationale", "背景与依据"),
    "narrative_objectives": ("Objectives", "目的"),
    "narrative_setting": ("Trial setting", "试验地点"),
    "narrative_consent": ("Consent", "知情同意"),
    "narrative_harms": ("Harms", "危害"),
    "narrative_monitoring": ("Monitoring", "监查"),
    "narrative_ethics": ("Ethics", "伦理"),
    "narrative_dissemination": ("Dissemination", "结果传播"),
    "narrative_limitations": ("Limits of what is known", "已知信息的局限"),
    # 12 to 15
    "parallel_one": ("one arm, without a comparison", "单臂，无对照"),
    "parallel": ("randomized, {n} parallel groups", "随机、{n}组平行"),
    "ratio_of": ("allocation {ratio}", "分配比例{ratio}"),
    "question_superiority": ("superiority", "优效性"),
    "question_non_inferiority": ("non-inferiority", "非劣效性"),
    "blinding_open": ("open label", "开放标签"),
    "blinding_single": ("single blind", "单盲"),
    "blinding_double": ("double blind", "双盲"),
    "sites_caption": ("Sites", "研究中心"),
    "site": ("Site", "研究中心"),
    "country": ("Country", "国家"),
    "timezone": ("Time zone", "时区"),
    "assessed_at": (
        (
            "All criteria are assessed at the end of this visit: {visit}. A criterion for which a value is missing is "
            "not yet known, and nobody is enrolled on one that is not yet known. Below each criterion stands the rule "
            "that decides."
        ),
        (
            "所有标准均在以下访视结束时评估：{visit}。缺少所需数据的标准为“尚不可知”，此时不得入组。各条标准下方为据以"
            "判定的规则。"
        ),
    ),
    "inclusion": ("Inclusion criteria", "入选标准"),
    "exclusion": ("Exclusion criteria", "排除标准"),
    "criterion": ("Criterion", "标准"),
    "regimen": ("the regimen of this arm", "该组的治疗方案"),
    "regimen_of": ("Regimen: {arm}", "治疗方案：{arm}"),
    "treatment": ("Treatment", "治疗"),
    "dose": ("Dose", "剂量"),
    "schedule": ("Schedule", "给药安排"),
    "administration": ("How", "实施方法"),
    "fractions_word": ("fractions", "分次"),
    "fractions": ("in {n} fractions", "分{n}次"),
    "overall_days": ("{n} days in all", "共{n}天"),
    "fractions_per_week": ("{n} fractions a week, on working days", "每周{n}次，工作日进行"),
    "schedule_drug": (
        "from day {first} every {every} days, {count} times",
        "自第{first}天起每{every}天一次，共{count}次",
    ),
    "schedule_daily": ("every day from day {first} to day {last}", "第{first}天至第{last}天每天一次"),
    "schedule_cycles": (
        "on days {days} of every {every} days, from day {first}, {count} times",
        "自第{first}天起每{every}天为一周期，于周期第{days}天给药，共{count}个周期",
    ),
    "schedule_times": (", {times} times a day", "，每天{times}次"),
    "schedule_then": ("; then ", "；随后"),
    "dose_each_day": ("each record is all doses of a day", "每条记录为一天的全部给药"),
    "dose_each_cycle": ("each record is all doses of a cycle", "每条记录为一个周期的全部给药"),
    "dose_records": ("records of which is true: ", "仅计符合以下规则的记录："),
    "dose_then": (", then ", "，继以"),
    "schedule_once": ("once, on day {day}", "第{day}天一次"),
    "schedule_days": ("days {days} (day 1 is the start of treatment)", "第{days}天（第1天为治疗开始日）"),
    # 16 and 17
    "endpoint_primary": ("Primary endpoint", "主要终点"),
    "endpoint_secondary": ("Secondary endpoint", "次要终点"),
    "endpoint_exploratory": ("Exploratory endpoint", "探索性终点"),
    "measured_by": ("Rule", "规则"),
    "unit": ("Unit", "单位"),
    "better": ("Better", "何者为优"),
    "better_lower": ("lower", "较低"),
    "better_higher": ("higher", "较高"),
    "origin": ("Time counts from", "时间起点"),
    "events_event": ("Events", "事件"),
    "events_competing": ("Competing events", "竞争事件"),
    "censoring": ("Censoring", "删失"),
    "counting_rule": (
        (
            "Of a time-to-event endpoint, the earliest event counts. Without an event, the latest of the censoring "
            "dates ends follow-up. A censoring that stops does so even when an event follows."
        ),
        (
            "时间-事件终点以最早的事件计。无事件时，以最晚的删失日期结束随访。标明“在此终止”的删失，其后即使发生事件也"
            "不再计入。"
        ),
    ),
    "censored_otherwise": ("where the recorded time ends without the event", "记录时间结束而无事件"),
    "recorded_duration": ("Time, as recorded", "所记录的时间"),
    "if_word": ("if ", "条件："),
    "stops": ("stops here even when an event follows", "在此终止，其后事件不计"),
    "death_word": ("Death", "死亡"),
    "death_event": ("counts as an event", "计为事件"),
    "death_competing": ("is a competing event", "为竞争事件"),
    "death_censored": ("is censored", "作删失处理"),
    "display_unit": ("Reported in", "报告单位"),
    "unit_days": ("days", "天"),
    "unit_months": ("months", "月"),
    "unit_years": ("years", "年"),
    "estimands_lead": ("Estimands (ICH E9(R1))", "估计目标（ICH E9(R1)）"),
    "population": ("Population", "人群"),
    "variable": ("Variable (endpoint)", "变量（终点）"),
    "intercurrent": ("Intercurrent event", "伴发事件"),
    "summary_measure": ("Population-level summary", "群体层面汇总"),
    "grading": ("Grading of adverse events", "不良事件分级"),
    "harms_recorded": ("Recorded on", "记录于"),
    "builtin_participant": ("participant", "受试者"),
    "builtin_site": ("site", "研究中心"),
    "builtin_arm": ("arm", "试验组"),
    "builtin_screened_date": ("date of screening", "筛选日期"),
    "builtin_consented_date": ("date of consent", "知情同意日期"),
    "builtin_enrolled_date": ("date of enrollment", "入选日期"),
    "builtin_randomized_date": ("date of randomization", "随机分组日期"),
    "builtin_withdrawn_date": ("date of withdrawal", "退出日期"),
    "builtin_stopped_treatment_date": ("date of stopping treatment", "停止治疗日期"),
    "builtin_left_follow_up_date": ("date of leaving follow-up", "退出随访日期"),
    "builtin_withdrew_consent_date": ("date of withdrawing consent", "撤回知情同意日期"),
    "builtin_unblinded_date": ("date of unblinding", "揭盲日期"),
    "builtin_unblinding_category": ("category of the unblinding", "揭盲类别"),
    "builtin_cut_date": ("date of the data cut", "数据截点日期"),
    # 18
    "schedule_caption": ("Schedule of enrollment and assessments", "入组与评估时间表"),
    "schedule_lead": (
        "Columns are visits in their order, rows what is done and recorded at them. Days and windows are in days.",
        "列为按顺序排列的访视，行为各访视的操作与记录。日与窗口均以天计。",
    ),
    "visit": ("Visit", "访视"),
    "anchor_consent": ("Day counted from consent", "自知情同意起"),
    "anchor_enrollment": ("Day counted from enrollment", "自入选起"),
    "anchor_randomization": ("Day counted from randomization", "自随机分组起"),
    "anchor_log": ("At any time", "随时"),
    "day": ("Day", "日"),
    "window": ("Window", "窗口"),
    "repeats": ("repetition", "重复"),
    "repeat": ("{count} times, every {every} days", "共{count}次，每{every}天一次"),
    "every": ("Every … days", "间隔（天）"),
    "times": ("Times in all", "总次数"),
    "schedule_enrolment": ("Enrollment", "入组"),
    "schedule_consent": ("Informed consent", "知情同意"),
    "schedule_enroll": ("Eligibility assessed, enrollment", "评估资格并入选"),
    "schedule_randomize": ("Randomization", "随机分组"),
    "schedule_assessments": ("Forms", "表单"),
    "schedule_key": (
        (
            "● at this visit. −a/+b: may come a days before to b days after the planned day. A repeated visit comes "
            "first on its day, and then as often and as far apart as the head says."
        ),
        "●：于该访视进行。−a/+b：可提前a天至推后b天。重复访视首次在所示日期，其后按表头所示间隔与次数进行。",
    ),
    "schedule_optional": ("○ at this visit, which is optional.", "○：该访视为可选。"),
    "visit_only_when": ("{visit}: only if ", "{visit}：仅当 "),
    "see_interventions": ("The days of treatment stand under item ", "治疗日期见条目"),
    # 19 and 20
    "sample_size_lead": (
        "Framework: {question}. Endpoint: {endpoint}. The size follows from these values.",
        "框架：{question}。终点：{endpoint}。样本量由下列数值得出。",
    ),
    "sample_size_caption": ("What the sample size rests on", "样本量依据"),
    "design_alpha": ("Type I error (alpha)", "I类错误（α）"),
    "design_sides": ("Sides of the test", "检验方向"),
    "sides_1": ("one-sided", "单侧"),
    "sides_2": ("two-sided", "双侧"),
    "design_power": ("Power", "检验效能"),
    "design_control": ("Control arm", "对照组"),
    "design_hazard_ratio": ("Hazard ratio", "风险比"),
    "design_delay_months": ("Delay before the effect begins", "疗效延迟时间"),
    "design_cured": ("Cured share of either arm", "两组的治愈比例"),
    "design_rates_control": ("Rate in the control arm", "对照组率"),
    "design_rates_experimental": ("Rate in the experimental arm", "试验组率"),
    "design_means_control": ("Mean in the control arm", "对照组均值"),
    "design_means_experimental": ("Mean in the experimental arm", "试验组均值"),
    "design_means_sd": ("Standard deviation within an arm", "组内标准差"),
    "design_margin": ("Non-inferiority margin", "非劣效界值"),
    "design_accrual": ("Recruitment", "入组速度"),
    "design_follow_up_months": ("Follow-up after the last participant", "末例入组后的随访"),
    "design_dropout_per_month": ("Dropout (hazard per month)", "脱落（每月风险率）"),
    "design_participants": ("Participants", "受试者数"),
    "design_events": ("Events", "事件数"),
    "design_prior": ("Prior of the hazard ratio", "风险比的先验分布"),
    "design_relevant_hazard_ratio": ("Clinically relevant hazard ratio", "有临床意义的风险比"),
    "prior_sd": ("{ratio} (standard deviation of its logarithm {sd})", "{ratio}（对数标准差{sd}）"),
    "prior_events": ("{ratio} (worth {events} events)", "{ratio}（相当于{events}个事件）"),
    "prior_weight": ("with weight {weight}: {part}", "权重{weight}：{part}"),
    "prior_discount": ("of whose information {share} counts", "其信息量按{share}计入"),
    "n_months": ("{n} months", "{n}个月"),
    "hazard_median": ("median {months} months", "中位数{months}个月"),
    "hazard_point": ("{share} event-free at {months} months", "{months}个月无事件率{share}"),
    "hazard_rate": ("{rate} per month", "每月{rate}"),
    "hazard_from": ("from month {months}: {rate} per month", "自第{months}个月起：每月{rate}"),
    "accrual_period": ("{rate} a month for {months} months", "每月{rate}例，持续{months}个月"),
    "recruitment_strategies": ("strategies for reaching this recruitment", "实现入组目标的策略"),
    # 21 to 24
    "scheme": ("Type of randomization", "随机类型"),
    "scheme_permuted_blocks": ("permuted blocks within strata", "层内置换区组"),
    "scheme_minimization": (
        "minimization with a random element (Pocock and Simon 1975)",
        "含随机成分的最小化法（Pocock与Simon，1975）",
    ),
    "scheme_big_stick": ("big stick design within strata (Soares and Wu 1983)", "层内大棒法（Soares与Wu，1983）"),
    "scheme_complete": ("simple randomization by the ratio", "按比例的简单随机"),
    "scheme_recorded": ("made outside this system and recorded", "由系统外完成并记录"),
    "ratio": ("Allocation ratio", "分配比例"),
    "stratified_by": ("Stratified by", "分层因素"),
    "factors_caption": ("Stratification factors", "分层因素"),
    "factor": ("Factor", "因素"),
    "levels": ("Levels", "水平"),
    "withheld_permuted_blocks": (
        (
            "Block sizes are kept from everybody who enrolls or treats participants, and are not printed in this "
            "document (SPIRIT 2025, item 21b; ICH E9, 2.3.2). They stand in the protocol's data, for the trial "
            "statistician."
        ),
        (
            "区组长度对所有入组与治疗人员保密，本文件不予印出（SPIRIT 2025条目21b；ICH E9第2.3.2节），"
            "仅存于方案数据中，供试验统计师使用。"
        ),
    ),
    "withheld_minimization": (
        (
            "The probability of the random element, the measure of imbalance and the weights are kept from everybody "
            "who enrolls or treats participants, and are not printed in this document (SPIRIT 2025, item 21b). They "
            "stand in the protocol's data, for the trial statistician."
        ),
        (
            "随机成分的概率、不平衡度量与权重对所有入组与治疗人员保密，本文件不予印出（SPIRIT 2025条目21b），仅存于方案"
            "数据中，供试验统计师使用。"
        ),
    ),
    "withheld_big_stick": (
        (
            "The limit of imbalance is kept from everybody who enrolls or treats participants, and is not printed in "
            "this document (SPIRIT 2025, item 21b). It stands in the protocol's data, for the trial statistician."
        ),
        (
            "不平衡上限对所有入组与治疗人员保密，本文件不予印出（SPIRIT 2025条目21b），仅存于方案数据中，供试验统计师使"
            "用。"
        ),
    ),
    "sequence_drawn": (
        (
            "Nobody draws up a list. The software derives each allocation when it is asked for, from a secret that is "
            "drawn at random when the study is set up and kept in a file outside the database. A commitment to the "
            "secret is entered before the first allocation, so that afterwards every allocation can be derived again "
            "and compared."
        ),
        (
            "不由任何人编制随机表。每次分配均在申请时由软件依据密钥推导；密钥于建立研究时随机产生，保存在数据库之外的文"
            "件中。首次分配之前即录入密钥的承诺值，事后可重新推导并核对每次分配。"
        ),
    ),
    "sealed": (
        (
            "Allocations are stored sealed: encrypted under the study's secret, and of the same length whatever the "
            "arm. An arm is told only after the participant has been enrolled, which needs consent and every criterion "
            "found met; the next one can be seen by nobody."
        ),
        (
            "分配结果以封存形式保存：以研究密钥加密，长度不随组别而异。仅在受试者入选（已签署知情同意且符合全部标准）之"
            "后才告知其组别；任何人均无法看到下一例的分配。"
        ),
    ),
    "randomized_at": ("Randomized at the end of", "随机分组时点（访视结束时）"),
    "who_enrolls": ("Who enrolls", "负责入选者"),
    "who_randomizes": ("Who asks for the allocation", "负责申请分配者"),
    "who_records": ("Who records the allocation", "负责记录分配者"),
    "sequence_access": (
        "None of them has access to the sequence: the software allocates, and tells the arm of this participant alone.",
        "上述人员均无法接触随机序列：由软件分配，且仅告知该受试者的组别。",
    ),
    "sequence_access_recorded": (
        "The allocation was made elsewhere; this system records it and draws nothing.",
        "分配由他处完成；本系统仅作记录，不进行随机。",
    ),
    "blinded_open": (
        "Nobody is blinded: those treated and those who treat know the arm.",
        "不设盲：受试者与治疗者均知晓组别。",
    ),
    "blinded_single": ("Participants are blinded; those who treat are not.", "受试者设盲；治疗者不设盲。"),
    "blinded_double": (
        (
            "Participants, and those who treat and assess them, are blinded; allocations stay sealed until they are "
            "opened."
        ),
        "受试者及治疗与评估人员均设盲；分配结果在启封前保持封存。",
    ),
    "not_applicable_open": ("Does not apply: the trial is open label.", "不适用：本试验为开放标签。"),
    "who_sees": ("Who may see the arm of a participant", "可查看受试者组别者"),
    "who_unseals": ("Who may open sealed allocations", "可启封分配结果者"),
    "who_unblinds": ("Who may unblind one participant", "可揭盲单个受试者者"),
    "unblinding_emergency": (
        "In an emergency one person suffices, at any hour. The reason is entered, then that person alone sees it.",
        "紧急情况下一人即可随时揭盲：先写入理由，随后仅该人看到组别。",
    ),
    "unblinding_watched": (
        "Whoever watches the trial is told that a participant was unblinded, and not the arm.",
        "监查试验者获知受试者已揭盲，但不获知组别。",
    ),
    "unblinding_followed": (
        "What somebody who knew the arm entered afterwards is listed in the report.",
        "知晓组别者此后所作的录入在报告中列出。",
    ),
    "emergency_unblinding": ("how a participant is unblinded in an emergency", "紧急揭盲程序"),
    # 25 to 28
    "collection": (
        "Data are entered on {forms} forms with {items} items, each with its type, unit, limits and checks: appendix ",
        "数据录入{forms}份表单共{items}个条目，各有类型、单位、限值与核查，见附录：",
    ),
    "management_checks": (
        "Hard limits and checks refuse a value; soft ones ask for confirmation, and the confirmation is recorded.",
        "硬性限值与核查拒绝不合规的值；软性者要求确认，并记录该确认。",
    ),
    "management_ledger": (
        (
            "Everything that happens is an entry of an append-only ledger, chained by hashes, with who did it, in what "
            "role and when."
        ),
        "所有操作均为账本中的条目：账本只可追加、以哈希相连，并记录操作者、角色与时间。",
    ),
    "management_correct": (
        "A value is corrected by a later entry that gives the reason; the old value stays.",
        "更正以新条目作出并说明原因，原值保留。",
    ),
    "management_cut": (
        "Analyses are made of data cuts, each frozen at one position of the ledger.",
        "分析基于数据截点，每个截点固定于账本的一个位置。",
    ),
    "who_corrects": ("Who corrects values", "可更正数据者"),
    "who_locks": ("Who locks the data", "可锁定数据者"),
    "dictionaries": ("Dictionaries", "词典"),
    "dictionary_toxicity": ("toxicity", "毒性"),
    "dictionary_staging": ("staging", "分期"),
    "dictionary_response": ("response", "疗效"),
    "dictionary_coding": ("coding", "编码"),
    "analyses_main": ("Primary and secondary analyses", "主要与次要分析"),
    "analyses_other": ("Sensitivity, subgroup and descriptive analyses", "敏感性、亚组与描述性分析"),
    "analysis": ("Analysis", "分析"),
    "endpoint_and_set": ("Endpoint and set", "终点与分析集"),
    "set": ("Set", "分析集"),
    "estimand_word": ("Estimand", "估计目标"),
    "method": ("Method", "方法"),
    "details": ("Details", "细节"),
    "grouped_by": ("by", "分组"),
    "reference": ("reference", "参照组"),
    "strata": ("strata", "分层"),
    "covariates": ("covariates", "协变量"),
    "subgroup": ("subgroups", "亚组"),
    "weights": ("weights", "权重"),
    "at": ("at", "时点"),
    "up_to": ("up to", "截至"),
    "day_n": ("day {n}", "第{n}天"),
    "confidence_level": ("confidence", "置信水平"),
    "interval": ("interval", "区间"),
    "conf_log_log": ("log-log", "log-log变换"),
    "conf_log": ("log", "对数变换"),
    "conf_plain": ("plain", "不变换"),
    "ties": ("ties", "结点处理"),
    "ties_efron": ("Efron", "Efron法"),
    "ties_breslow": ("Breslow", "Breslow法"),
    "robust": ("robust variance", "稳健方差"),
    "sets_caption": ("Analysis sets", "分析集"),
    "rule": ("Rule", "规则"),
    "as_entered": (
        "Participants are analyzed together; whom an analysis leaves out, its set says.",
        "受试者合并分析；各项分析所排除者见其分析集。",
    ),
    "as_randomized": (
        (
            "Participants are analyzed in the arm to which they were randomized, unless an analysis names another "
            "grouping."
        ),
        "受试者按随机分配的组别进行分析，除非某项分析另行指定分组。",
    ),
    "missing_rule": (
        (
            "An analysis leaves out participants without the data that it needs, and its report counts them. "
            "Time-to-event endpoints are censored as item 16 says."
        ),
        "分析不纳入缺少所需数据的受试者，并在报告中列出其人数。时间-事件终点按条目16删失。",
    ),
    "imputation": ("any imputation of missing values", "缺失值的任何填补"),
    "looks": ("Looks, by share of the planned information", "期中观察（占计划信息量的比例）"),
    "looks_caption": ("Looks", "期中观察"),
    "look": ("Look", "序号"),
    "label": ("Name", "名称"),
    "information": ("Information", "信息量"),
    "events_word": ("Events", "事件数"),
    "of_events": ("{n} of {all}", "{n}/{all}"),
    "spending": ("Spending of alpha", "α消耗"),
    "futility": ("rule for futility", "无效性准则"),
    "spending_obrien_fleming": ("O'Brien-Fleming boundaries", "O'Brien-Fleming界值"),
    "spending_pocock": ("Pocock boundaries", "Pocock界值"),
    "spending_lan_demets_obrien_fleming": (
        "Lan-DeMets spending of O'Brien-Fleming type",
        "O'Brien-Fleming型Lan-DeMets消耗函数",
    ),
    "spending_lan_demets_pocock": ("Lan-DeMets spending of Pocock type", "Pocock型Lan-DeMets消耗函数"),
    "spending_kim_demets": ("Kim-DeMets power family", "Kim-DeMets幂函数族"),
    "spending_hwang_shih_decani": ("Hwang-Shih-DeCani gamma family", "Hwang-Shih-DeCani伽马函数族"),
    "spending_haybittle_peto": ("Haybittle-Peto boundaries", "Haybittle-Peto界值"),
    "spending_wang_tsiatis": ("Wang-Tsiatis boundaries", "Wang-Tsiatis界值"),
    "spending_pampallona_tsiatis": ("Pampallona-Tsiatis boundaries", "Pampallona-Tsiatis界值"),
    "spending_user": ("spent in all by each look", "各次观察的累积消耗"),
    "spending_z": ("bounds of the statistic at the interim looks", "各次期中观察的统计量界值"),
    "spending_hazard_ratio": ("bounds of the hazard ratio at the interim looks", "各次期中观察的风险比界值"),
    "spending_effect_share": (
        "bounds at the interim looks, as shares of the assumed effect",
        "各次期中观察的界值（占假设效应的比例）",
    ),
    "spending_parameter": ("parameter {value}", "参数{value}"),
    "spending_binding": ("binding", "强制性"),
    "spending_not_binding": ("not binding", "非强制性"),
    "spending_under_null": ("a bound for harm, {value} without effect", "危害界值，无效应时概率{value}"),
    # 29 to 34
    "no_amendments": ("Version {version} has no amendments.", "版本{version}尚无修订。"),
    "amendments_caption": ("Amendments", "修订记录"),
    "change": ("Change", "修订内容"),
    "who_amends": ("Who enters an amendment", "可录入修订者"),
    "who_consents": ("Who records consent", "记录知情同意者"),
    "consent_version": ("Version of the consent form", "知情同意书版本"),
    "consent_parts": ("Parts of it that can be taken back by themselves", "可单独撤回的部分"),
    "part_forms": ("{part} (forms: {forms})", "{part}（表单：{forms}）"),
    "identifying": ("Items marked as identifying a person: {items}.", "标记为可识别个人身份的条目：{items}。"),
    "identifying_none": (
        "No item is marked as identifying a person; participants are known by a number.",
        "无条目标记为可识别个人身份；受试者以编号标识。",
    ),
    "confidentiality_rest": (
        "how personal data are protected before, during and after the trial",
        "试验前、中、后个人信息的保护措施",
    ),
    # Forms
    "forms_lead": (
        (
            "What a site is asked, and what the desk asks back. Names in typewriter letters are those that rules use; "
            "the capitals beside them are CDASH names."
        ),
        "研究中心需填写的内容及系统核查。等宽字体为规则所用名称，其旁大写字母为CDASH名称。",
    ),
    "domain": ("domain {domain}", "域{domain}"),
    "dated_by": ("dated by: {item}", "日期依据：{item}"),
    "recorded_at": ("recorded at: {visits}", "填写时点：{visits}"),
    "items_of": ("Items: {form}", "条目：{form}"),
    "checks_of": ("Checks: {form}", "核查：{form}"),
    "question": ("Question", "条目"),
    "type": ("Type", "类型"),
    "ranges": ("Limits", "限值"),
    "when_asked": ("When", "填写条件"),
    "type_integer": ("whole number", "整数"),
    "type_decimal": ("number", "数值"),
    "type_text": ("text", "文本"),
    "type_date": ("date", "日期"),
    "type_datetime": ("date and time", "日期时间"),
    "type_partial_date": ("date, which may be known in part", "日期（可仅部分已知）"),
    "type_qualified_number": ("number, which may be qualified", "数值（可带限定符）"),
    "leastknown_year": ("at least the year", "至少须知年"),
    "leastknown_month": ("at least year and month", "至少须知年和月"),
    "leastknown_day": ("the whole date", "须为完整日期"),
    "leastknown_nothing": ("may be unknown altogether", "可完全未知"),
    "not_imputed": ("a missing part is not imputed", "缺失部分不予填补"),
    "impute_day": ("missing day: {how}", "缺日：{how}"),
    "impute_month": ("missing month: {how}", "缺月：{how}"),
    "fillday_first": ("the 1st", "取1日"),
    "fillday_middle": ("the 15th", "取15日"),
    "fillday_last": ("the last of the month", "取月末"),
    "fillmonth_first": ("1 January", "取1月1日"),
    "fillmonth_middle": ("30 June", "取6月30日"),
    "fillmonth_last": ("31 December", "取12月31日"),
    "impute_not_before": ("not before {names}", "不早于{names}"),
    "impute_not_after": ("not after {names}", "不晚于{names}"),
    "counts_as": ("{qualifier} counts as {counts}", "{qualifier}计为{counts}"),
    "counts_nothing": ("nothing", "缺失"),
    "counts_limit": ("the limit", "界值"),
    "counts_half": ("half the limit", "界值的一半"),
    "type_boolean": ("yes or no", "是/否"),
    "type_code": ("code", "代码"),
    "decimals": ("decimals: {n}", "{n}位小数"),
    "range": ("{low} to {high}", "{low}至{high}"),
    "hard": ("hard", "硬性"),
    "soft": ("soft", "软性"),
    "required": ("required", "必填"),
    "optional": ("optional", "选填"),
    "required_when": ("required if", "必填条件："),
    "shown_when": ("asked if", "显示条件："),
    "shown_and_required_when": ("asked and required if", "显示并必填的条件："),
    "derived": ("derived, never typed:", "自动推导，不可手填："),
    "derivations_of": ("Derivations of {form}", "{form}的推导"),
    "medical_rule": ("Medical rule", "医学规则"),
    "rests_on": ("Rests on", "依据"),
    "fills_in": ("Fills in", "填入"),
    "by_rule": ("{method}, {version}", "{method}，依据{version}"),
    "with_options": ("With: {options}.", "设定：{options}。"),
    "computed": ("computed, never typed:", "自动计算，不可手填："),
    "is_identifying": ("identifies a person", "可识别个人身份"),
    "repeating": ("repeating rows ({limits})", "重复行（{limits}）"),
    "rows_from": ("from {n}", "最少{n}行"),
    "rows_to": (" to {n}", "，最多{n}行"),
    "check": ("Check: must hold", "核查：应成立"),
    "check_hard": ("hard", "硬性"),
    "check_soft": ("soft", "软性"),
    "check_query": ("query", "质疑"),
    "message": ("What is said when it does not", "不成立时的提示"),
    "codelists_caption": ("Codelists", "代码表"),
    "code": ("Code", "代码"),
    "meaning": ("Meaning", "含义"),
    "variables_caption": ("Derived variables", "派生变量"),
    "variable_word": ("Variable", "变量"),
    "derivation": ("Derivation", "推导"),
    "pick_first": ("first of", "首个："),
    "pick_last": ("last of", "末个："),
    "pick_min": ("least of", "最小值："),
    "pick_max": ("greatest of", "最大值："),
    "pick_sum": ("sum of", "总和："),
    "pick_mean": ("mean of", "均值："),
    "pick_count": ("number of", "计数："),
    "pick_any": ("whether any of", "是否有任一："),
    "at_visits": ("at: {visits}", "访视：{visits}"),
    "where_rule": ("where", "条件："),
    # Scenarios
    "scenarios_lead": (
        (
            "Scenarios say how virtual participants come about, for rehearsal and simulation. Nothing in them is a "
            "fact about people."
        ),
        "情景说明演练与模拟中虚拟受试者如何产生，并非关于真实人群的事实。",
    ),
    "settings_caption": ("Scenarios", "情景"),
    "settings_differ": ("Where the scenarios differ", "各情景的不同之处"),
    "setting_word": ("Setting", "设置"),
    "scenario_word": ("Scenario", "情景"),
    "value_word": ("Value", "取值"),
    "start": ("Starts", "开始日期"),
    "scenario_prevalence": ("Of the trial's population, among those approached", "受邀者中属于试验目标人群的比例"),
    "scenario_screen_failure": ("Screen failures", "筛选失败率"),
    "scenario_withdrawal_per_month": ("Withdrawal (hazard per month)", "退出（每月风险率）"),
    "scenario_missed_visit": ("Missed visits", "错过访视率"),
    "scenario_late_entry_days": ("Days until data are entered", "数据录入延迟（天）"),
    "scenario_typing_error": ("Typing errors", "录入错误率"),
    "scenario_outside_window": ("Visits outside their window", "超窗访视率"),
    "scenario_monitoring_days": ("Days between the monitor's visits", "监查访视间隔（天）"),
    "scenario_queried": ("Records questioned by the monitor", "监查员提出质疑的记录占比"),
    "scenario_query_days": ("Days until a query is answered", "质疑答复时间（天）"),
    "scenario_deviation": ("Participants with a reported deviation", "报告方案偏离的受试者占比"),
    "scenario_duplicate": ("Participants screened once more elsewhere", "在其他中心重复筛选的受试者占比"),
    "scenario_wrong_stratum": ("Participants with a wrong factor", "分层因素有误的受试者占比"),
    "scenario_habits": ("Sites with habits of their own", "另有工作习惯的中心"),
    "latents_caption": ("Hidden traits of virtual participants", "虚拟受试者的潜在特征"),
    "latent": ("Trait", "特征"),
    "rows_caption": ("Rows of repeating groups, and days of visits", "重复组的行数与访视日期"),
    "rows_of": ("Rows of ", "行数："),
    "days_of": ("Days after randomization of ", "随机分组后天数："),
    "same_rows_of": ("the same rows at every record", "各次记录行相同"),
    "same_rows_kept": ("the same rows at every record; unchanged: {items}", "各次记录行相同；不变条目：{items}"),
    "follows_caption": ("Records that follow others", "继发记录"),
    "follows_record": ("Follows", "继于"),
    "follows_days": ("{a} to {b} days later", "{a}至{b}天后"),
    "outcome_times": ("up to {times} times", "至多{times}次"),
    "distribution_chance": ("true with the probability given by a rule:", "为真的概率按规则："),
    "distribution_choice_by": ("by what holds first:", "按首个成立的条件："),
    "choice_otherwise": ("otherwise", "其余"),
    "distribution_around_normal": ("normal around a rule:", "围绕规则的正态分布："),
    "distribution_around_lognormal": ("lognormal around a rule (logarithms):", "围绕规则的对数正态分布（对数）："),
    "site_shares": ("Shares of the sites", "各中心占比"),
    "virtual": ("Scenario", "情景"),
    "only_in": ("only in: ", "仅用于："),
    "scenario_items_caption": ("Values of virtual participants", "虚拟受试者的取值"),
    "comes_about": ("How it comes about", "产生方式"),
    "outcomes_caption": ("Dated events of virtual participants", "虚拟受试者的事件"),
    "outcome": ("Event", "事件"),
    "hazard": ("Hazard", "风险率"),
    "records": ("Records", "记录内容"),
    "after_outcome": ("only after ", "仅发生于其后："),
    "both_arms": ("both arms", "两组"),
    "modifier_when": (", where ", "，适用条件："),
    "ratio_from": ("{ratio} from month {months}", "第{months}个月起{ratio}"),
    "cured_share": ("never strikes {share}", "{share}的人永不发生"),
    "ends_all": ("ends everything", "终止其后一切"),
    "distribution_normal": ("normal, mean {a}, SD {b}", "正态分布，均数{a}，标准差{b}"),
    "distribution_lognormal": (
        "lognormal, mean {a} and SD {b} of the logarithm",
        "对数正态分布，对数的均数{a}、标准差{b}",
    ),
    "distribution_uniform": ("uniform, {a} to {b}", "均匀分布，{a}至{b}"),
    "distribution_days_after": ("{a} to {b} days after: {start}", "“{start}”后{a}至{b}天"),
    "distribution_rule": ("by a rule:", "按规则："),
    "distribution_missing": ("missing in {share}", "缺失{share}"),
    # Doses that are changed, and toxicity that is watched
    "dose_rules_lead": (
        (
            "Whoever treats decides. The rules advise: where several are true, the most severe is followed (stop, "
            "omit, delay, reduce), and of several reductions the lowest dose. A rule that is not yet known is told "
            "with what is missing, and never counts as false."
        ),
        (
            "由主治医师决定，规则仅作建议：多条成立时以最严重者为准（终止、停用、延迟、减量），多项减量取最低剂量。尚不"
            "可知的规则将列明所缺内容，不视为不成立。"
        ),
    ),
    "dose_rules_of": ("Changes of the dose: {treatment}", "剂量调整：{treatment}"),
    "dose_when": ("When", "情形"),
    "dose_what": ("Advice for the next dose", "对下一次给药的建议"),
    "dose_give": ("give the planned dose", "按计划剂量给予"),
    "dose_reduce": ("reduce to {to}", "减至{to}"),
    "dose_delay": ("delay by {days} days, then ask again", "延迟{days}天后再评估"),
    "dose_omit": ("omit this dose", "停用本次"),
    "dose_stop": ("stop this treatment", "终止该治疗"),
    "dose_recorded": ("Where doses are recorded", "给药记录"),
    "dose_form": ("Form", "表单"),
    "dose_items": ("Items", "条目"),
    "dose_scaled": ("by: {scale}", "依据：{scale}"),
    "advice_kept": ("Keeps what was advised about {treatment}: {items}.", "保存对“{treatment}”的建议：{items}。"),
    "safety_event": ("Event", "事件"),
    "safety_among": ("Among", "人群"),
    "safety_arms": ("Watched", "监测对象"),
    "safety_together": ("all participants together", "全体受试者合并"),
    "safety_boundary": ("Too many", "过多的界定"),
    "safety_action": ("What happens then", "届时处理"),
    "safety_note": ("Remark", "备注"),
    "safety_beta": (
        "by a Beta({a}, {b}) prior the probability of a rate above {rate} is at least {certainty}",
        "以Beta({a}, {b})为先验，发生率高于{rate}的概率不低于{certainty}",
    ),
    "safety_pocock": (
        (
            "the same exact level at every look, chosen so that the boundary is crossed with a probability of at most "
            "{probability} when the rate is {rate}"
        ),
        "各次评估采用同一精确检验水准，使真实发生率为{rate}时越界概率至多{probability}",
    ),
    "safety_exact": (
        "an exact one-sided test of a rate of {rate} at the level {level}, at every look",
        "每次评估对发生率{rate}作单侧精确检验，水准{level}",
    ),
    "safety_looks": (
        "looked at after {first} participants and after every {every} more, up to {most}",
        "自第{first}例起每{every}例评估一次，至{most}例",
    ),
    "safety_table": ("Too many events: {rule}", "事件过多的界值：{rule}"),
    "safety_participants": ("Participants", "受试者例数"),
    "safety_too_many": ("Too many: this number or more", "达到或超过此数即为过多"),
    "safety_never": ("not possible yet", "尚不可能"),
    # Closing
    "assumptions_lead": (
        "{n} assumptions, in the order in which this document shows them. None of them is a fact about the trial.",
        "共{n}项假设，按本文件中出现的顺序排列。均非关于本试验的事实。",
    ),
    "assumptions_caption": ("Assumptions", "假设"),
    "no_assumptions": ("The protocol marks no value as an assumption.", "方案未标注任何假设。"),
    "sources_caption": ("Sources", "来源"),
    "no_sources": ("The protocol names no sources.", "方案未列出来源。"),
    "no_dictionaries": ("The protocol names no dictionary.", "方案未指定词典。"),
    "checklist_lead": (
        "Counted from this document. That an item is stated does not say that it is stated well.",
        "由本文件自动统计。“已说明”不代表说明充分。",
    ),
    "checklist_caption": ("Items of SPIRIT 2025", "SPIRIT 2025条目"),
    "spirit_item": ("Item", "条目"),
    "state": ("In this protocol", "本方案"),
    "state_stated": ("stated", "已说明"),
    "state_in_part": ("stated in part", "部分说明"),
    "state_not_stated": ("not stated", "未说明"),
    "software": ("Software", "软件"),
    "language_of_protocol": ("Protocol language", "方案语言"),
    "language_version": ("version {n}", "版本{n}"),
    "followed": ("Order of the document", "文件顺序"),
}

# UCUM's spelling to what people write, where it is not the same in both languages.
UNITS: dict[str, tuple[str, str]] = {
    "a": ("years", "年"),
    "years": ("years", "年"),
    "mo": ("months", "个月"),
    "months": ("months", "个月"),
    "wk": ("weeks", "周"),
    "weeks": ("weeks", "周"),
    "d": ("days", "天"),
    "days": ("days", "天"),
    "h": ("hours", "小时"),
    "min": ("minutes", "分钟"),
}

ROUTES: dict[str, tuple[str, str]] = {
    "intravenous": ("intravenous", "静脉给药"),
    "oral": ("oral", "口服"),
    "subcutaneous": ("subcutaneous", "皮下注射"),
    "intramuscular": ("intramuscular", "肌内注射"),
    "intrathecal": ("intrathecal", "鞘内注射"),
    "intratumoral": ("intratumoral", "瘤内注射"),
    "topical": ("topical", "外用"),
    "inhaled": ("inhaled", "吸入"),
}


@literals_checked
def words_in(language: Language) -> dict[str, str]:
    """All words in one language."""
    return {key: pair[1 if language == "zh" else 0] for key, pair in WORDS.items()}
