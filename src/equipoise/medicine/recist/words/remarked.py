"""What is remarked about a tumor assessment, in both languages."""

from __future__ import annotations

from equipoise.medicine.recist.words.inputs import INPUT_PHRASES, INPUT_WORDS
from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "remark"]

_WORDS = {
    "below_measurable": Words(
        (
            "{lesion} measures {mm} mm at baseline",
            "a target is measurable: at least {least} mm here",
            "Make it a non-target lesion, or correct the length (in millimeters).",
        ),
        ("基线时{lesion}为{mm} mm", "靶病灶须可测量：此处至少{least} mm", "请改为非靶病灶，或更正长度（单位毫米）。"),
    ),
    "below_measurable/centimeters": Words(
        (
            "{lesion} measures {mm} mm at baseline; {ten} mm if it was entered in centimeters",
            "a target is measurable: at least {least} mm here",
            "Make it a non-target lesion, or correct the length (in millimeters).",
        ),
        (
            "基线时{lesion}为{mm} mm（若以厘米填写则为{ten} mm）",
            "靶病灶须可测量：此处至少{least} mm",
            "请改为非靶病灶，或更正长度（单位毫米）。",
        ),
    ),
    "looks_like_cm": Words(
        (
            "{lesion} measures {mm} mm after {before} mm",
            "it looks like centimeters: {ten} mm would then be meant",
            "Enter lengths in millimeters.",
        ),
        ("{lesion}此次为{mm} mm，上次为{before} mm", "疑似以厘米填写，应为{ten} mm", "请以毫米填写长度。"),
    ),
    "long_axis": Words(
        (
            "node {lesion} measures {mm} mm after {before} mm",
            "such a jump is often the long axis; of nodes the short axis counts",
            "Measure the short axis, perpendicular to the longest diameter.",
        ),
        (
            "淋巴结{lesion}此次为{mm} mm，上次为{before} mm",
            "此类骤增常因误测长径；淋巴结以短径为准",
            "请测量与最长径垂直的短径。",
        ),
    ),
    "axes_swapped": Words(
        (
            "node {lesion} measures {mm} mm in its short axis and {long} mm in its long one",
            "a short axis is not longer than the long axis; of nodes the short axis counts",
            "Exchange the two, or correct one.",
        ),
        (
            "淋巴结{lesion}短径为{mm} mm，长径为{long} mm",
            "短径不会大于长径；淋巴结以短径为准",
            "请互换两值或更正其一。",
        ),
    ),
    "irradiated": Words(
        (
            "target lesion {lesion} lies where radiotherapy was given",
            "such a lesion is measurable only if it has progressed since",
            "Make it a non-target lesion, or say that it has progressed since.",
        ),
        ("靶病灶{lesion}位于既往放疗区域", "此类病灶仅在放疗后进展时方可测量", "请改为非靶病灶，或注明放疗后已进展。"),
    ),
    "node_normal": Words(
        (
            "non-target node {lesion} has a short axis of {mm} mm at baseline",
            "a node below 10 mm is normal, and not followed as disease",
            "Take it off the list, or correct the length.",
        ),
        (
            "基线非靶淋巴结{lesion}短径为{mm} mm",
            "短径小于10 mm的淋巴结视为正常，不作为病灶随访",
            "请移除该行，或更正长度。",
        ),
    ),
    "too_many_targets": Words(
        (
            "{count} target lesions at baseline",
            "at most {most} in all are followed as targets",
            "Keep the largest that can be measured again; record the others as non-target lesions.",
        ),
        ("基线靶病灶共{count}个", "靶病灶总数最多{most}个", "请保留最大且可重复测量者，其余记为非靶病灶。"),
    ),
    "too_many_in_organ": Words(
        (
            "{count} target lesions in {organ}",
            "at most {most} in an organ, and lymph nodes together are one organ",
            "Record the others as non-target lesions.",
        ),
        ("{organ}内有{count}个靶病灶", "每个器官最多{most}个，所有淋巴结视为同一器官", "其余请记为非靶病灶。"),
    ),
    "slice_thick": Words(
        (
            "slices of {slice} mm",
            "a lesion is measurable from twice the slice on when slices are thicker than 5 mm",
            "Use slices of at most 5 mm, or check the thickness.",
        ),
        ("层厚{slice} mm", "层厚大于5 mm时，病灶须至少为层厚的两倍方可测量", "请使用不超过5 mm的层厚，或核对层厚。"),
    ),
    "method_unfit": Words(
        ("lesions were measured by ultrasound", "ultrasound does not measure for RECIST 1.1", "Measure on CT or MRI."),
        ("病灶以超声测量", "RECIST 1.1不接受超声测量", "请以CT或MRI测量。"),
    ),
    "method_changed": Words(
        (
            "imaging by {method} after {before} at baseline",
            "sums are comparable only when measured in the same way",
            "Repeat with the method of the baseline, or confirm that it could not be used.",
        ),
        (
            "本次影像为{method}，基线为{before}",
            "仅以相同方法测量的径线和才可比较",
            "请以基线方法复查，或确认无法使用。",
        ),
    ),
    "baseline_old": Words(
        (
            "the baseline is {days} days before the start",
            "it is expected within {most} days before treatment begins",
            "Repeat the imaging, or confirm the dates.",
        ),
        ("基线影像早于开始日期{days}天", "基线应在治疗开始前{most}天内", "请复查影像，或确认日期。"),
    ),
    "baseline_after_start": Words(
        (
            "the baseline is {days} days after the start",
            "a baseline shows the disease before treatment begins",
            "Correct one of the two dates, or confirm that nothing earlier is there.",
        ),
        ("基线影像晚于开始日期{days}天", "基线应反映治疗开始前的病情", "请更正其中一个日期，或确认无更早的影像。"),
    ),
    "not_after_baseline": Words(
        (
            "this assessment is of the day of the baseline",
            "it is compared with a baseline before it",
            "Correct the date, or record both in one assessment.",
        ),
        ("本次评估与基线为同一天", "本次评估须与更早的基线比较", "请更正日期，或合并为一次评估。"),
    ),
    "same_day": Words(
        (
            "another assessment is of the same day",
            "what is seen on one day is one assessment, and a response is not confirmed by itself",
            "Correct the date, or record both in one assessment.",
        ),
        ("同一天已有另一次评估", "同一天所见属同一次评估，不能用于自身确认", "请更正日期，或合并为一次评估。"),
    ),
    "new_at_baseline": Words(
        (
            "new lesions are listed at baseline",
            "what is seen at baseline is not new",
            "Record them as target or non-target lesions.",
        ),
        ("基线时列有新病灶", "基线所见不属新病灶", "请记为靶病灶或非靶病灶。"),
    ),
    "length_missing": Words(
        (
            "{lesion} is measured and has no length",
            "the sum cannot be known without it",
            "Enter the length, or say that it cannot be evaluated.",
        ),
        ("{lesion}标为已测量但无长度", "缺少该值则无法计算径线和", "请填写长度，或注明无法评价。"),
    ),
    "state_contradicts": Words(
        (
            "{lesion} is {state} and has a length of {mm} mm",
            "the length is not counted then",
            "Take out the length, or say that it is measured.",
        ),
        ("{lesion}标为{state}，却有长度{mm} mm", "此时该长度不计入", "请删除长度，或改为已测量。"),
    ),
    "counted_twice": Words(
        (
            "{lesion} is measured, and so are lesions that split from it",
            "all of them are summed for the one lesion of the baseline",
            "Keep the fragments alone, unless this line is one of them.",
        ),
        ("{lesion}与由其分裂的病灶同时有测量值", "各值均计入同一基线病灶", "请仅保留分裂部分，除非本行即为其中之一。"),
    ),
    "target_missing": Words(
        (
            "{lesion} was a target at baseline and is not listed",
            "the sum of this assessment cannot be compared without it",
            "List it with its length, or as disappeared, merged or not evaluable.",
        ),
        (
            "{lesion}为基线靶病灶，本次未列出",
            "缺少该病灶则本次径线和不可比较",
            "请列出其长度，或注明消失、融合或无法评价。",
        ),
    ),
    "target_missing/fragment": Words(
        (
            "{lesion} split from {other} before and is not listed",
            "{other} is counted without it, as if it had become smaller",
            "List it with its length, or as disappeared, merged or not evaluable.",
        ),
        (
            "{lesion}此前由{other}分裂而来，本次未列出",
            "{other}未计入该部分，如同已缩小",
            "请列出其长度，或注明消失、融合或无法评价。",
        ),
    ),
    "targets_not_listed": Words(
        (
            "none of the {count} target lesions of the baseline is listed",
            "without them the response cannot be evaluated",
            "List each with its length, or as disappeared, merged or not evaluable.",
        ),
        (
            "基线的{count}个靶病灶本次均未列出",
            "缺少靶病灶则疗效无法评价",
            "请逐一列出长度，或注明消失、融合或无法评价。",
        ),
    ),
    "nontarget_missing": Words(
        (
            "non-target lesion {lesion} of the baseline is not listed",
            "all of them are judged at each assessment",
            "List it as present, absent, progressing or not evaluable.",
        ),
        ("基线非靶病灶{lesion}本次未列出", "每次评估须判断所有非靶病灶", "请列出并注明存在、消失、进展或无法评价。"),
    ),
    "nontarget_unknown": Words(
        (
            "{lesion} was no non-target lesion at baseline",
            "what was not there at baseline is new",
            "Correct the name, or record it as a new lesion.",
        ),
        ("{lesion}并非基线非靶病灶", "基线未见者属新病灶", "请更正编号，或记为新病灶。"),
    ),
    "split_from_unknown": Words(
        (
            "{lesion} is said to come from {other}, which was no target at baseline",
            "fragments are summed for the lesion of the baseline that they come from",
            "Name that lesion as at baseline.",
        ),
        (
            "{lesion}注明由{other}分裂，而{other}并非基线靶病灶",
            "分裂部分计入其来源的基线病灶",
            "请按基线编号填写来源病灶。",
        ),
    ),
    "merged_into_unknown": Words(
        (
            "{lesion} is merged into {other}, which is not measured here",
            "lesions that coalesced are counted by the one maximal diameter",
            "Name the line that holds the diameter of both, and measure it.",
        ),
        (
            "{lesion}注明融合于{other}，而本次无{other}的测量值",
            "融合病灶以整体最长径计入",
            "请填写记录整体最长径的病灶编号，并测量其长度。",
        ),
    ),
    "lesion_unknown": Words(
        (
            "{lesion} was no target at baseline",
            "only lesions of the baseline, and what they split into, are summed",
            "Correct the name, say what it split from, or record it as a new lesion.",
        ),
        ("{lesion}并非基线靶病灶", "仅基线病灶及其分裂部分计入径线和", "请更正编号，注明由何病灶分裂，或记为新病灶。"),
    ),
    "lesion_twice": Words(
        ("{lesion} is listed twice", "only the first line counts", "Keep one line for each lesion."),
        ("{lesion}重复列出", "仅计第一行", "每个病灶请仅保留一行。"),
    ),
}
TABLE = RemarkTable(
    "medicine.recist",
    _WORDS | INPUT_WORDS,
    INPUT_PHRASES
    | {
        "lymph_nodes": ("lymph nodes", "淋巴结"),
        "disappeared": ("disappeared", "消失"),
        "merged": ("merged into another", "已融合"),
        "not_evaluable": ("not evaluable", "无法评价"),
    },
)
remark, phrase = TABLE.remark, TABLE.phrase
