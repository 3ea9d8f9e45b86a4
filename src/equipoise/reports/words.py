"""The words of the report, in English and Simplified Chinese, side by side: one line for each thing it says.

Texts of the trial itself (labels, definitions) come from the protocol and are never translated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["WORDS", "note_words", "words_in"]

WORDS: dict[str, tuple[str, str]] = {
    "actor": ("Who (role)", "操作者（角色）"),
    "against": ("{a} against {b}", "{a}对比{b}"),
    "all": ("All", "合计"),
    "allocation_in_error": ("Randomized in error (kept in the analysis): {n}", "误随机（仍纳入分析）：{n}"),
    "allocation_in_error_one": ("Entered in error (kept in the analysis): {n}", "误入组（仍纳入分析）：{n}"),
    "analyzed": ("Analyzed for the primary endpoint: {n}", "纳入主要终点分析：{n}"),
    "arms": ("Arms", "组别"),
    "arms_hidden": (
        "The arms are hidden from whoever made this. All are shown together and not compared.",
        "组别对制作者隐藏，各组合并显示，未作比较。",
    ),
    "arms_masked": (
        "The arms are masked: A and B say nothing about who received what.",
        "组别已遮蔽：A、B 不表示任何治疗。",
    ),
    "assessed": ("Assessed for eligibility: {n}", "资格评估：{n}"),
    "assumed": ("assumption", "假设"),
    "assumptions": ("Values that the protocol assumes", "方案中的假设"),
    "assumptions_none": ("The protocol marks no value as an assumption.", "方案未标注任何假设值。"),
    "at": ("When (UTC)", "时间（UTC）"),
    "at_risk": ("Number at risk", "风险人数"),
    "axis_survival": ("{endpoint} (%)", "{endpoint}（%）"),
    "axis_days": ("Time (days)", "时间（天）"),
    "axis_months": ("Time (months)", "时间（月）"),
    "axis_years": ("Time (years)", "时间（年）"),
    "baseline": ("Baseline", "基线"),
    "baseline_note": (
        "n (%), mean (SD) and median (quartiles). Percentages are of those with a value.",
        "例数（%）、均数（标准差）与中位数（四分位数）。百分比以有数据者为分母。",
    ),
    "baseline_untested": (
        "No tests: chance made the differences between randomized arms.",
        "不作检验：随机分组后的差异由偶然造成。",
    ),
    "bracket_close": (")", "）"),
    "bracket_open": (" (", "（"),
    "category": ("Category", "类别"),
    "characteristic": ("Characteristic", "特征"),
    "confidence": ("{level} CI", "{level} 置信区间"),
    "contents": ("Contents", "目录"),
    "control": ("control", "对照"),
    "colon": (": ", "："),
    "comma": (", ", "，"),
    "correction": ("correction", "更正"),
    "date": ("Date", "日期"),
    "days": ("days", "天"),
    "deviations": ("Protocol deviations", "方案偏离"),
    "deviations_one": ("1 deviation was reported, in 1 participant.", "共报告 1 次方案偏离，涉及 1 名受试者。"),
    "deviations_of_one": (
        "{n} deviations were reported, in 1 participant.",
        "共报告 {n} 次方案偏离，涉及 1 名受试者。",
    ),
    "deviations_many": (
        "{n} deviations were reported, in {people} participants.",
        "共报告 {n} 次方案偏离，涉及 {people} 名受试者。",
    ),
    "deviations_none": (
        "The ledger holds no reported deviation. That none was reported does not prove that there was none.",
        "账本中没有方案偏离报告；没有报告不等于没有发生。",
    ),
    "space": (" ", ""),
    "deviations_noticed": (
        "The system noticed {n} more; each is a query that no correction has mended.",
        "系统另发现{n}项；每项均为未经更正消除的质疑。",
    ),
    "noticed_visit.window": ("Visit outside its window", "访视超窗"),
    "noticed_visit.order": ("Visit out of order", "访视顺序颠倒"),
    "noticed_visit.after_leaving": ("Visit after leaving", "退出后访视"),
    "noticed_visit.after_death": ("Visit after death", "死亡后访视"),
    "noticed_site.before_opening": ("Screened before the center was open", "中心启动前筛选"),
    "noticed_act.after_death": ("Act after death", "死亡后的操作"),
    "noticed_act.order": ("Acts out of order", "操作顺序颠倒"),
    "noticed_event.before_consent": ("Event before consent", "事件早于知情同意"),
    "noticed_allocation.stratum": ("Stratum changed after randomization", "随机后分层有变"),
    "noticed_allocation.envelope": ("Envelope not used as it was to be", "信封使用与规定不符"),
    "noticed_allocation.eligibility": ("Not eligible by the values that stand now", "按现有数据不符合入选条件"),
    "dictionaries": ("Dictionaries", "词典"),
    "dictionaries_none": ("The protocol names no dictionary.", "方案未指定词典。"),
    "digest": ("Protocol digest", "方案摘要值"),
    "endpoint_primary": ("Primary endpoint", "主要终点"),
    "entries": ("Ledger entries", "账本条目"),
    "entries_note": (
        "Entries behind the rows printed above. The command equipoise trace gives the full entry, with what was said.",
        "以上各行所依据的账本条目。完整内容可用命令 equipoise trace 查看。",
    ),
    "entry": ("Entry", "条目"),
    "struck": (
        "{n} forms were struck out as recorded for the wrong person or visit; they are in no table.",
        "有 {n} 份表单因记错受试者或访视被划除，不进入任何表格。",
    ),
    "erased": (
        "{n} payloads were lawfully erased before this cut; the chain still verifies.",
        "截点之前有 {n} 个内容被依法删除，链仍可验证。",
    ),
    "erasure": (
        "Of {participant}, {n} values of form {form} were erased ({items}): asked by {by}, {agreed}, {reason}.",
        "{participant}：表单{form}有 {n} 个数值被删除（{items}）：由{by}提出，{agreed}，{reason}。",
    ),
    "erasure_agreed": ("agreed by {by}", "{by}同意"),
    "erasure_alone": ("agreed by nobody, for no result reads it", "无需他人同意（无结果读取）"),
    "entry_record_kept": ("rest of a form kept", "保留表单其余内容"),
    "entry_screened": ("screened", "已筛选"),
    "entry_duplicate_suspected": ("possible duplicate", "疑似重复"),
    "entry_consented": ("consented", "已签署知情同意书"),
    "entry_enrolled": ("enrolled", "已入组"),
    "entry_allocated": ("allocated", "已随机分配"),
    "entry_allocation_recorded": ("allocation recorded", "已记录分组"),
    "entry_allocation_marked_in_error": ("marked as randomized in error", "标记为误随机"),
    "entry_true_stratum_recorded": ("true stratum recorded", "已记录真实分层"),
    "entry_withdrawn": ("withdrawn", "已退出"),
    "entry_deviation_reported": ("deviation reported", "已报告方案偏离"),
    "entry_query_raised": ("query raised", "已提出质疑"),
    "entry_query_reopened": ("query reopened", "质疑重新打开"),
    "entry_query_answered": ("query answered", "质疑已回复"),
    "entry_query_closed": ("query closed", "质疑已关闭"),
    "entry_form_recorded": ("form recorded", "已记录表单"),
    "late_changes": (
        "{n} entries came after the study was unlocked or unsealed ({entries}). Without them: {without}",
        "研究解锁或揭盲后有 {n} 个条目（{entries}）。不计这些条目：{without}",
    ),
    "entry_value_corrected": ("value corrected", "已更正数值"),
    "entry_erased": ("erased", "已删除"),
    "entry_form_drafted": ("form kept half filled", "表单已暂存"),
    "entry_record_struck": ("record struck out", "记录已划除"),
    "entry_date_corrected": ("date of an act corrected", "操作日期已更正"),
    "entry_part_consented": ("part of the consent", "知情同意的部分"),
    "entry_withdrawal_ended": ("withdrawal ended", "退出已终止"),
    "entry_screen_failed": ("screening failed", "筛选失败"),
    "entry_transferred": ("moved to another center", "已转至其他中心"),
    "entry_refused": ("refused", "已拒绝"),
    "estimand": ("Estimand", "估计目标"),
    "estimate": ("Estimate", "估计值"),
    "event": ("Event", "事件"),
    "events": ("Events\u00a0/\u00a0n", "事件数\u00a0/\u00a0例数"),
    "excluded": ("Not randomized: {n}", "未随机：{n}"),
    "excluded_one": ("Did not enter the trial: {n}", "未进入试验：{n}"),
    "excluded_all": ("One participant may miss several criteria.", "同一人可能不符合多项标准。"),
    "excluded_not_known": ("Eligibility not yet known or other reason: {n}", "资格尚未明确或其他原因：{n}"),
    "experimental": ("experimental", "试验"),
    "figure_flow": ("Flow of participants (CONSORT 2025)", "受试者流程图（CONSORT 2025）"),
    "figure_note": (
        "Shaded: {level} confidence bands ({kind}), pointwise. Short strokes: censored. Dotted: medians.",
        "阴影为 {level} 逐点置信带（{kind}）；短竖线为删失；点线为中位数。",
    ),
    "flow": ("Flow", "流程"),
    "forest": ("Subgroups", "亚组"),
    "forest_axis": ("Hazard ratio (log scale)", "风险比（对数刻度）"),
    "forest_note": (
        (
            "Subgroups were planned in the protocol; intervals are not adjusted for their number. "
            "A difference between subgroups is judged by the test of interaction alone."
        ),
        "亚组由方案预先规定，区间未作多重性校正；亚组间差异只由交互作用检验判断。",
    ),
    "form": ("What", "内容"),
    "group": ("Group", "组"),
    "hash": ("Chain hash", "链哈希"),
    "head": ("Ledger head", "账本头部"),
    "hr_ci": ("HR ({level} CI)", "风险比（{level} CI）"),
    "interaction": ("p (interaction)", "交互 P 值"),
    "intercurrent": ("Intercurrent events", "伴发事件"),
    "key_interim": ("Interim result, not final", "期中结果（非最终）"),
    "key_result": ("Primary result", "主要结果"),
    "label": ("Analysis", "分析"),
    "made_at": ("Data as of", "数据截至"),
    "mean_sd": ("mean (SD)", "均数（标准差）"),
    "median": ("Median", "中位数"),
    "median_iqr": ("median (quartiles)", "中位数（四分位数）"),
    "median_not_reached": ("not reached", "未达到"),
    "minus": ("{a} minus {b}", "{a}减{b}"),
    "missing": ("missing", "缺失"),
    "months": ("months", "个月"),
    "n": ("n", "例数"),
    "n_percent": ("n (%)", "例数（%）"),
    "no": ("no", "否"),
    "not_analyzed": ("No usable time: {n}", "无可用时间：{n}"),
    "not_analyzed_group": ("No known group, stratum or covariate: {n}", "分组、分层或协变量未知：{n}"),
    "not_analyzed_erased": ("What it reads was erased: {n}", "所需数据已被删除：{n}"),
    "not_analyzed_other": ("Not part of the analysis: {n}", "未进入分析：{n}"),
    "not_analyzed_value": ("No known value of the endpoint: {n}", "终点值未知：{n}"),
    "not_consented": ("Did not consent: {n}", "未签署知情同意：{n}"),
    "not_estimated": ("not estimated", "未能估计"),
    "notes": ("Notes", "备注"),
    "other_withdrew": ("Withdrew before randomization: {n}", "随机前退出：{n}"),
    "outside_set": ("Outside the analysis set: {n}", "不在分析集内：{n}"),
    "p": ("p", "P"),
    "p_margin": ("p: one-sided, against the margin", "P：单侧，对比非劣效界值"),
    "participant": ("Participant", "受试者"),
    "population": ("Population", "人群"),
    "protocol_version": ("Protocol version", "方案版本"),
    "question": ("What was asked", "研究问题"),
    "randomized": ("Randomized: {n}", "随机：{n}"),
    "randomized_one": ("Entered the trial: {n}", "进入试验：{n}"),
    "reason": ("Reason", "原因"),
    "received": ("Received the allocated treatment: {n}", "接受所分配的治疗：{n}"),
    "received_any": ("Received a treatment of the trial: {n}", "接受试验治疗：{n}"),
    "received_one": ("Received the treatment: {n}", "接受治疗：{n}"),
    "received_unknown_one": ("Received the treatment: not recorded", "接受治疗：未记录"),
    "received_unknown": ("Received the allocated treatment: not recorded", "接受所分配的治疗：未记录"),
    "favors": ("favors {arm}", "有利于{arm}"),
    "rehearsal": (
        "Rehearsal: every participant is virtual. No number here says anything about people.",
        "演练：所有受试者均为虚拟，以下数字不说明任何真实情况。",
    ),
    "report": ("Trial report", "试验报告"),
    "result": ("Result", "结果"),
    "results": ("Results", "结果"),
    "role_descriptive": ("descriptive", "描述性"),
    "role_primary": ("primary", "主要"),
    "role_secondary": ("secondary", "次要"),
    "role_sensitivity": ("sensitivity", "敏感性"),
    "role_subgroup": ("subgroup", "亚组"),
    "rows": ("Analysis rows", "分析行"),
    "rows_all": ("{n} rows, with the entries that made them.", "共 {n} 行，附其来源条目。"),
    "rows_some": ("The first {shown} of {n} rows; all are in {file}.", "{n} 行中的前 {shown} 行，全部见 {file}。"),
    "see_rows": ("rows", "分析行"),
    "show_all": ("Show all {n}", "展开全部 {n} 项"),
    "span": ("{low} to {high}", "{low} 至 {high}"),
    "stage_allocation": ("Allocation", "分配"),
    "stage_allocation_one": ("Treatment", "治疗"),
    "stage_analysis": ("Analysis", "分析"),
    "stage_follow_up": ("Follow-up", "随访"),
    "stop": (". ", "。"),
    "strata": ("Stratified by", "分层因素"),
    "strategy_composite": ("composite", "复合变量策略"),
    "strategy_hypothetical": ("hypothetical", "假想策略"),
    "strategy_principal_stratum": ("principal stratum", "主层策略"),
    "strategy_treatment_policy": ("treatment policy", "疗法策略"),
    "strategy_while_on_treatment": ("while on treatment", "在治策略"),
    "study": ("Study", "研究"),
    "subgroup": ("Subgroup", "亚组"),
    "summary_measure": ("Summary", "汇总指标"),
    "text": ("Text", "描述"),
    "time": ("Time (days)", "时间（天）"),
    "trace_note": (
        (
            "Every number here can be followed to the rows it was computed from "
            "and on to the entries of the ledger that made them."
        ),
        "报告中的每个数字都可追溯到计算所用的行，并进一步追溯到账本条目。",
    ),
    "value": ("Value", "值"),
    "versus": ("{what} against {arm}:", "{what}，对比{arm}："),
    "withdrew_consent": ("Withdrew consent: {n}", "撤回知情同意：{n}"),
    "withdrew_follow_up": ("Stopped follow-up: {n}", "终止随访：{n}"),
    "withdrew_none": ("No withdrawal reported", "无退出报告"),
    "withdrew_treatment": ("Stopped treatment: {n}", "终止治疗：{n}"),
    "years": ("years", "年"),
    "yes": ("yes", "是"),
}


@literals_checked
def note_words(finding: Mapping[str, Any], language: Language) -> str:
    """A finding of an analysis, as results.json holds it, as a sentence."""
    if language == "zh":
        said = finding.get("zh", finding)
        return f"{said['what']}；{said['why']}。"
    words = f"{finding['what']}; {finding['why']}."
    return words[:1].upper() + words[1:]


@literals_checked
def words_in(language: Language) -> dict[str, str]:
    """All words in one language."""
    return {key: pair[1 if language == "zh" else 0] for key, pair in WORDS.items()}
