"""What goes into the medical rules and what their options say, in Chinese, by the English that stands with each rule.

A protocol that binds a rule wrongly is told what was asked for. Held by a test: every input, row and option has its
Chinese here, and nothing stands here that no rule says.
"""

from __future__ import annotations

from equipoise.words import Phrase

__all__ = ["CHINESE", "said"]


def said(meaning: str) -> Phrase:
    """The meaning in both languages."""
    return Phrase(meaning, CHINESE.get(meaning, meaning))


_QUALITY_OF_LIFE = {
    **{f"answer to item {n}": f"第{n}题的回答" for n in range(1, 44)},
    "the score, 0 to 100": "得分，0至100",
    "the visits whose last score is the baseline": "以其末次得分为基线的访视",
    "what a high score means: good in functioning and global health, bad in symptoms": (
        "高分的含义：功能与总体健康为好（good），症状为差（bad）"
    ),
    "points that count as a change": "视为有变化的分值",
}
_TOXICITY = {
    "the result": "检验结果",
    "its unit, where the record names one; otherwise the item's": "结果的单位（记录注明时）；否则为条目的单位",
    "lower limit of normal": "正常值下限",
    "upper limit of normal": "正常值上限",
    "the result before treatment": "治疗前的结果",
    "lower limit of normal at baseline, where it differs": "基线时的正常值下限（如有不同）",
    "upper limit of normal at baseline, where it differs": "基线时的正常值上限（如有不同）",
    "the baseline against its limits, where that was judged": "基线与其正常值范围的关系（如已判断）",
    "symptoms or consequences, or an intervention indicated": "有症状或后果，或需干预",
    "on anticoagulants (INR)": "正在使用抗凝药（INR）",
    "the term to grade, where the record names it": "待分级的术语（由记录指明时）",
    "what was measured, where the record names it": "所检测的项目（由记录指明时）",
    "the term to grade": "待分级的术语",
    "what is measured: graded under each of its terms, the worst counts": "检测项目：按其各术语分级，取最重者",
    "of an analyte, only the terms of low or of high values": "对该检测项目仅取偏低或偏高的术语",
    "the unit of the result, where neither item nor record has one": "结果的单位（条目与记录均未注明时）",
    "the reading where a grade turns on symptoms that nobody recorded": "分级取决于症状而症状未记录时的处理",
    "the visits whose last value is the baseline": "以其末次值为基线的访视",
    "the term; one that is not in the table is left alone": "术语；不在表中者不作处理",
    "the grade that was given": "所记录的分级",
    "neutrophil count": "中性粒细胞计数",
    "highest body temperature": "最高体温",
    "38.0 °C or more for over an hour": "体温≥38.0 °C持续超过1小时",
    "its consequences threaten life": "其后果危及生命",
    "weight": "体重",
    "weight before treatment": "治疗前体重",
}
_RESPONSE = {
    "slice thickness": "层厚",
    "imaging; known are ct, mri, pet_ct, chest_xray, caliper, ultrasound, other": (
        "影像方法；可用ct、mri、pet_ct、chest_xray、caliper、ultrasound、other"
    ),
    "the day from which stable disease counts: treatment or randomization": "疾病稳定的起算日：治疗日或随机日",
    "tumor markers are normal, where they were raised at baseline": "肿瘤标志物已正常（基线升高者）",
    "the visits whose last assessment is the baseline": "以其末次评估为基线的访视",
    "whether CR and PR must be confirmed": "CR与PR是否须经确认",
    "days after the start from which stable disease counts": "自起始日起满多少天方可判为疾病稳定",
    "days after which a response is confirmed": "缓解确认的间隔天数",
    "assessments that are fewer days apart are asked about: one time point is one": (
        "间隔少于该天数的评估将被提出疑问：一个时间点即一次评估"
    ),
    "whether a grade that the term lacks is asked about or refused": "术语中不存在的分级是提出疑问还是拒绝",
    "how many days before the start a baseline may lie": "基线评估最多可早于起始日的天数",
    "how many assessments that could not be evaluated may lie before a confirmation": "确认之前允许的无法评价次数",
    "organs that count as one besides lymph nodes, each group joined by +: left_lung + right_lung": (
        "除淋巴结外视为同一器官者，每组以+连接：left_lung + right_lung"
    ),
    "whether it says what does not fit; false for a second baseline, whose lesions were chosen at the first": (
        "是否提示不符之处；第二基线的病灶已在首次选定，应为false"
    ),
    "the lesion's name, the same at every assessment": "病灶名称，各次评估须一致",
    "the organ": "器官",
    "whether it is a lymph node": "是否为淋巴结",
    "longest diameter, of a node the short axis": "最长径；淋巴结为短径",
    "what became of it": "病灶转归",
    "the lesion of the baseline that it split from": "其分裂自的基线病灶",
    "the lesion that it coalesced into": "其融合入的病灶",
    "longest diameter of a node, only to see that the short axis was measured": (
        "淋巴结的最长径，仅用于核实所测为短径"
    ),
    "whether it lies where radiotherapy was given before the baseline": "是否位于基线前的放疗区域",
    "whether an irradiated lesion has progressed since": "受照病灶其后是否已进展",
    "the lesion's name": "病灶名称",
    "short axis of a node, where it was measured": "淋巴结短径（如已测量）",
    "how sure it is": "确定程度",
    "what FDG-PET has to do with it": "与FDG-PET的关系",
}
_EBV_DNA = {
    "the result in the unit of `unit`; 0 when not detected, empty when detected and not quantified": (
        "以`unit`为单位的结果；未检出为0，检出但未能定量时留空"
    ),
    "the unit of the result and of the limits": "结果与各限值的单位",
    "whether the laboratory calls EBV DNA detected": "实验室是否报告检出EBV DNA",
    "limit of detection, in the unit of the result": "检出限，单位与结果相同",
    "limit of quantification, in the unit of the result": "定量限，单位与结果相同",
    "copies that make one IU by this assay": "该检测方法每IU相当的拷贝数",
    "copies in one reaction": "单个反应中的拷贝数",
    "volume of the eluted DNA": "DNA洗脱体积",
    "volume of eluted DNA in one reaction": "单个反应所用洗脱DNA体积",
    "plasma that was extracted": "用于提取的血浆量",
    "the assay": "检测方法",
    "the target sequence": "靶序列",
    "the laboratory": "实验室",
    "cycle threshold": "循环阈值（Ct）",
    "copies/mL from which EBV DNA counts as reached; 0: any (published: > 0, 1500, 4000)": (
        "判为达到阈值的拷贝数（copies/mL）；0表示任何检出（文献：>0、1500、4000）"
    ),
    "the unit of all results, where the form does not ask it": "所有结果的单位（表单不询问时）",
    "copies that make one IU, where one assay is used throughout": "每IU相当的拷贝数（全程使用同一检测方法时）",
    "visits before treatment": "治疗前的访视",
    "visits after the first cycle of induction": "诱导第1周期后的访视",
    "visits after induction": "诱导结束后的访视",
    "visits at the end of radiotherapy": "放疗结束时的访视",
    "lowest plausible Ct (textbook knowledge)": "可信的最低Ct值（教科书知识）",
    "highest plausible Ct: the cycles of a run (textbook knowledge)": "可信的最高Ct值：一次运行的循环数（教科书知识）",
}
_STAGE = {
    "the primary tumor: invasive, in situ, none found, or not assessable": "原发肿瘤：浸润性、原位、未发现或无法评估",
    "an EBV-positive cervical node, where no primary is found": "EBV阳性的颈部淋巴结（未发现原发灶时）",
    "oropharynx involved": "口咽受侵",
    "nasal cavity involved": "鼻腔受侵",
    "parapharyngeal space involved": "咽旁间隙受侵",
    "medial pterygoid muscle involved": "翼内肌受侵",
    "lateral pterygoid muscle involved": "翼外肌受侵",
    "prevertebral muscles involved": "椎前肌受侵",
    "bone of the skull base involved": "颅底骨质受侵",
    "cervical vertebra involved": "颈椎受侵",
    "pterygoid structures (bony process, plates) involved": "翼状结构（翼突、翼板）受侵",
    "paranasal sinuses involved": "鼻窦受侵",
    "intracranial extension": "颅内侵犯",
    "cranial nerve involved": "脑神经受侵",
    "hypopharynx involved": "下咽受侵",
    "orbit involved (Version 9: including the inferior orbital fissure)": "眼眶受侵（第9版含眶下裂）",
    "parotid gland involved": "腮腺受侵",
    "extensive soft tissue infiltration beyond the lateral surface of the lateral pterygoid muscle": (
        "软组织广泛浸润超出翼外肌外侧面"
    ),
    "extensive soft tissue infiltration beyond the anterolateral surface of the lateral pterygoid muscle": (
        "软组织广泛浸润超出翼外肌前外侧面"
    ),
    "the bone involvement is unequivocal (Version 9)": "骨质受侵明确（第9版）",
    "the cranial nerve involvement is unequivocal, radiologic or clinical (Version 9)": (
        "脑神经受侵明确，影像学或临床（第9版）"
    ),
    "involved cervical nodes": "颈部淋巴结转移",
    "involved retropharyngeal nodes": "咽后淋巴结转移",
    "greatest dimension of the largest involved node": "最大转移淋巴结的最大径",
    "an involved node below the caudal border of the cricoid cartilage": "环状软骨下缘以下的转移淋巴结",
    "distant metastasis": "远处转移",
    "advanced radiologic extranodal extension (adjacent muscle, skin, neurovascular bundle)": (
        "影像学晚期淋巴结包膜外侵犯（邻近肌肉、皮肤、神经血管束）"
    ),
    "number of metastatic lesions, in one organ or more": "转移灶数目（单个或多个器官）",
    "T as it was recorded (8th edition)": "所记录的T（第8版）",
    "N as it was recorded (8th edition)": "所记录的N（第8版）",
    "M as it was recorded (8th edition)": "所记录的M（第8版）",
    "T category": "T分类",
    "N category by the 8th edition": "N分类（第8版）",
    "M category by the 8th edition": "M分类（第8版）",
}
_BODY = {
    "height": "身高",
    "weight, as of the day of the record": "体重（以记录当日为准）",
    "decimals that are kept": "保留的小数位数",
    "whose formula": "所用公式",
    "decimals that are kept: doses follow from the rounded surface": "保留的小数位数：剂量按修约后的体表面积计算",
    "glomerular filtration rate or creatinine clearance, not per 1.73 m2": (
        "肾小球滤过率或肌酐清除率，未按1.73 m2标化"
    ),
    "target area under the curve, where it is not the same for all": "目标曲线下面积（各人不同时）",
    "target area under the curve, mg min/mL": "目标曲线下面积，mg min/mL",
    "the clearance does not count beyond this, mL/min (often 125)": "清除率计入上限，mL/min（常用125）",
    "age in completed years": "年龄（周岁）",
    "sex": "性别",
    "serum creatinine": "血清肌酐",
    "height, where another weight than the actual one is used": "身高（不使用实际体重时）",
    "as published in mg/dL, or with the rounded factors for umol/L": ("按发表的mg/dL公式，或按umol/L的修约系数"),
    "which weight is used": "所用体重",
    "body surface, for the rate of this very body": "体表面积，用于换算该受试者自身的速率",
}
_DOSE = {
    "whether the dose was given": "是否给药",
    "the dose that was given": "实际给药剂量",
    "its day; else the day of the record": "给药日期；缺省为记录日期",
    "which dose of the plan it is; else counted from the records": "计划中的第几次给药；缺省按记录计数",
    "the day from which the plan counts; else the day of the first dose": "计划起算日；缺省为首次给药日",
    "why it was delayed, reduced or omitted": "延迟、减量或省略的原因",
    "body surface as of the day of the dose, an item of this form": "给药当日的体表面积，本表单的条目",
    "weight as of the day of the dose, an item of this form": "给药当日的体重，本表单的条目",
    "clearance as of the day of the dose, an item of this form": "给药当日的清除率，本表单的条目",
    "the planned dose, in `unit`": "计划剂量，以`unit`为单位",
    "what the dose is stated in": "剂量的表示单位",
    "the surface does not count beyond this, m2": "体表面积计入上限，m2",
    "the clearance does not count beyond this, mL/min": "清除率计入上限，mL/min",
    "length of a cycle in days": "周期长度（天）",
    "number of cycles": "周期数",
    'days of a cycle with a dose, for example ["1", "8"]': '周期内的给药日，例如["1", "8"]',
    "day of the first dose, counted from the input first_day as day 1": "首次给药日，以输入first_day为第1天计",
    "whether later doses are planned from the first day or from the dose before": (
        "其后各次按起始日还是按上一次给药日计划"
    ),
    "which days the delivered dose is divided by": "计算剂量强度所除的天数",
    "up to so many days early or late is on time": "提前或推后不超过此天数视为按时",
    "up to so much more or less is the planned dose": "偏差不超过此百分比视为按计划剂量",
    "no single dose above this, in `unit`": "单次剂量上限，以`unit`为单位",
    "no more than this in all, in `unit`": "累积剂量上限，以`unit`为单位",
    "whether a dose above is refused or confirmed": "超出上限的剂量是拒绝还是要求确认",
    "a reason is asked for when a dose is delayed, reduced or omitted": "延迟、减量或省略时是否要求填写原因",
    "share of the planned dose that is to be given": "应给予的计划剂量百分比",
    "no dose is above this, mg": "剂量上限，mg",
    "rounded to the nearest multiple of this, mg": "修约至此值的最近倍数，mg",
}
_RADIOTHERAPY = {
    "day of the first fraction": "首次照射日期",
    "day of the last fraction": "末次照射日期",
    "fractions given": "已照射次数",
    "dose given": "已照射剂量",
    "prescribed dose, Gy": "处方剂量，Gy",
    "prescribed number of fractions": "处方照射次数",
    "fractions a week (6: the sixth on Saturday)": "每周照射次数（6：第六次在周六）",
    "which public holidays count": "计入的法定节假日",
    "weekends worked in exchange for a holiday are days of treatment": "调休上班的周末是否为治疗日",
    "further days without treatment: 2027-02-06 or 2027-02-06/2027-02-12": (
        "其他非治疗日：2027-02-06或2027-02-06/2027-02-12"
    ),
    "further days of treatment, in the same form": "其他治疗日，写法相同",
    "prolonged when more days beyond plan than this": "超出计划天数多于此值时判为延长",
    "alpha/beta in Gy, for the biologically effective dose": "用于生物有效剂量的α/β，Gy",
    "Gy lost a day to repopulation": "再增殖每日抵消的剂量，Gy",
    "overall time after which repopulation counts, days": "再增殖起算的总治疗时间，天",
    "hours between two fractions of a day, at least": "同日两次照射的最小间隔（小时）",
    "the day": "日期",
    "dose of one fraction": "单次剂量",
    "fractions in this row; 1 unless said otherwise, 0 when missed": "该行的照射次数；缺省为1，未照射为0",
    "hours since the fraction before on that day": "距同日上一次照射的小时数",
    "why no fraction was given on that day": "当日未照射的原因",
}
CHINESE: dict[str, str] = {
    **_QUALITY_OF_LIFE,
    **_TOXICITY,
    **_RESPONSE,
    **_EBV_DNA,
    **_STAGE,
    **_BODY,
    **_DOSE,
    **_RADIOTHERAPY,
}
