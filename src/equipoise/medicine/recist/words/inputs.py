"""What is remarked about inputs that RECIST would take and a reader would ask about, in both languages."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["INPUT_PHRASES", "INPUT_WORDS"]

INPUT_WORDS = {
    "baseline_not_measured": Words(
        (
            "target lesion {lesion} is {state} at baseline",
            "every later sum is compared with the baseline, and a target is measured there",
            "Say that it is measured and enter its length, or take it off the target lesions.",
        ),
        (
            "基线时靶病灶{lesion}标为{state}",
            "此后各次径线和均与基线比较，靶病灶须在基线测量",
            "请改为已测量并填写长度，或将其移出靶病灶。",
        ),
    ),
    "link_at_baseline": Words(
        (
            "{lesion} is said to have split or merged at baseline",
            "there is nothing earlier that it could have come from",
            "Take out the lesion named, or correct the visit.",
        ),
        ("基线时{lesion}注明为分裂或融合", "基线之前没有可对照的病灶", "请删除所填的病灶编号，或更正访视。"),
    ),
    "nontarget_not_present": Words(
        (
            "non-target lesion {lesion} is {state} at baseline",
            "what is followed from the baseline on is present there",
            "Say that it is present, or take it off the list.",
        ),
        ("基线时非靶病灶{lesion}标为{state}", "自基线起随访的病灶在基线应存在", "请改为存在，或移除该行。"),
    ),
    "nothing_at_baseline": Words(
        (
            "no lesion is listed at baseline",
            "without a lesion to follow only a new one can ever say anything",
            "List the target and non-target lesions, or confirm that there is no disease to be seen.",
        ),
        (
            "基线未列出任何病灶",
            "没有可随访的病灶时，此后仅新病灶能说明问题",
            "请列出靶病灶与非靶病灶，或确认无可见病灶。",
        ),
    ),
    "lesion_unnamed": Words(
        (
            "line {place} has no name of a lesion",
            "a lesion is followed by its name, and a line without one is not counted",
            "Enter the name that it has at every assessment.",
        ),
        ("第{place}行没有病灶编号", "病灶按编号随访，无编号的行不计入", "请填写该病灶在各次评估中的统一编号。"),
    ),
    "lesion_in_both_lists": Words(
        (
            "{lesion} is a target and a non-target lesion at once",
            "it would be counted in its length and judged again beside it",
            "Keep it in one of the two lists, or give the other lesion a name of its own.",
        ),
        (
            "{lesion}同时列为靶病灶与非靶病灶",
            "该病灶会既按长度计入又被重复判断",
            "请仅保留在一个列表中，或为另一病灶另行编号。",
        ),
    ),
    "length_impossible": Words(
        ("{lesion} measures {mm} mm", "no length is below zero, and it was not counted", "Correct the length."),
        ("{lesion}为{mm} mm", "长度不会小于零，该值未计入", "请更正长度。"),
    ),
    "zero_length": Words(
        (
            "{lesion} is measured and has a length of 0 mm",
            "a lesion of 0 mm has disappeared, and counts as such",
            "Say that it has disappeared, or correct the length.",
        ),
        ("{lesion}标为已测量，长度为0 mm", "0 mm即病灶消失，按消失计", "请改为消失，或更正长度。"),
    ),
    "too_small_but_long": Words(
        (
            "{lesion} is too small to measure and has a length of {mm} mm",
            "from 10 mm on a lesion can be measured",
            "Say that it is measured, or correct the length.",
        ),
        ("{lesion}标为过小无法测量，却有长度{mm} mm", "达到10 mm的病灶可以测量", "请改为已测量，或更正长度。"),
    ),
    "link_contradicts": Words(
        (
            "{lesion} names {other}, into which it merged, and is {state}",
            "only the state merged is counted with the other lesion",
            "Choose the state merged, or take out the name.",
        ),
        (
            "{lesion}填有融合后的病灶{other}，状态却为{state}",
            "仅状态为融合时才与该病灶合并计入",
            "请将状态改为融合，或删除该编号。",
        ),
    ),
    "link_to_itself": Words(
        (
            "{lesion} is said to have split from itself, or to be merged into itself",
            "a fragment has a name of its own, and so has the lesion that holds both",
            "Name the other lesion.",
        ),
        ("{lesion}注明由自身分裂或融合于自身", "分裂部分与融合后的病灶应各有编号", "请填写另一病灶的编号。"),
    ),
    "axis_decides": Words(
        (
            "non-target node {lesion} is {state} and has a short axis of {mm} mm",
            "a node is normal below 10 mm: the axis decided, and not the word",
            "Correct one of the two.",
        ),
        (
            "非靶淋巴结{lesion}标为{state}，短径却为{mm} mm",
            "淋巴结短径小于10 mm为正常：已按短径判断，未按所填状态",
            "请更正其一。",
        ),
    ),
    "axis_without_node": Words(
        (
            "non-target lesion {lesion} has a short axis and is no lymph node",
            "the short axis decides of nodes only; here it was not used",
            "Say that it is a lymph node, or take out the axis.",
        ),
        ("非靶病灶{lesion}填有短径，但并非淋巴结", "仅淋巴结以短径判断，此处未采用", "请改为淋巴结，或删除短径。"),
    ),
    "status_missing": Words(
        (
            "nobody says what became of non-target lesion {lesion}",
            "it counts as not evaluable",
            "Say whether it is present, absent, progressing or not evaluable.",
        ),
        ("非靶病灶{lesion}未注明状态", "按无法评价计", "请注明存在、消失、进展或无法评价。"),
    ),
    "certainty_missing": Words(
        (
            "nobody says how sure new lesion {lesion} is",
            "it counts as equivocal, and is no progression",
            "Say whether it is unequivocal.",
        ),
        ("新病灶{lesion}未注明是否明确", "按不明确计，不属进展", "请注明是否为明确的新病灶。"),
    ),
    "pet_waits": Words(
        (
            "new lesion {lesion} is unequivocal, and PET shows it without a PET at baseline",
            "it waits for CT or MRI, and is no progression until then",
            "Confirm it on CT or MRI and say so, or leave it waiting.",
        ),
        (
            "新病灶{lesion}标为明确，但仅由PET发现且基线无PET",
            "须待CT或MRI证实，此前不属进展",
            "请经CT或MRI证实后填写，或保持待证实。",
        ),
    ),
    "pet_known_site": Words(
        (
            "new lesion {lesion} is unequivocal, and PET shows it at a site known at baseline",
            "what was known at baseline is not new: it was not counted",
            "Record what became of the lesion known there, or correct what PET has to do with it.",
        ),
        (
            "新病灶{lesion}标为明确，但PET所示部位在基线已知",
            "基线已知者不属新病灶，未计入",
            "请记录该部位原有病灶的变化，或更正PET一项。",
        ),
    ),
    "new_is_known": Words(
        (
            "new lesion {lesion} bears the name of a lesion that was known before",
            "a lesion of the baseline is not new, and a new one is progression",
            "Take it off the new lesions, or give it a name of its own.",
        ),
        (
            "新病灶{lesion}的编号与已知病灶相同",
            "基线已有的病灶不属新病灶，而新病灶即为进展",
            "请移出新病灶，或另行编号。",
        ),
    ),
    "days_apart": Words(
        (
            "this assessment is {days} days after another ({before})",
            "images of one time point are one assessment; these are less than {least} days apart and count as two",
            "Record both in one assessment, or confirm that they are two time points.",
        ),
        (
            "本次评估距另一次评估（{before}）仅{days}天",
            "同一时间点的影像属一次评估；相距不足{least}天时仍按两次计，其间变化被当作病程",
            "请合并为一次评估，或确认为两个时间点。",
        ),
    ),
    "node_changed": Words(
        (
            "{lesion} is a lymph node at one assessment and none at the other",
            "of nodes the short axis counts, and below 10 mm they are normal; what the baseline said was used",
            "Correct the one that is wrong.",
        ),
        (
            "{lesion}在一次评估中为淋巴结，在另一次中不是",
            "淋巴结以短径计，小于10 mm为正常；现按基线所填判断",
            "请更正有误的一项。",
        ),
    ),
    "organ_changed": Words(
        (
            "{lesion} lies in {organ}, and lay in {before} at baseline",
            "a lesion stays where it is: two lesions may share a name",
            "Correct the organ, or the name of the lesion.",
        ),
        (
            "{lesion}所在器官为{organ}，基线时为{before}",
            "病灶所在器官不会改变，可能是两个病灶使用了同一编号",
            "请更正器官或病灶编号。",
        ),
    ),
    "certainty_less": Words(
        (
            "new lesion {lesion} was unequivocal on {before} and is equivocal now",
            "progression was dated to it",
            "Correct the one that is wrong, or confirm both.",
        ),
        ("新病灶{lesion}于{before}标为明确，本次为不明确", "进展日期已据此确定", "请更正有误的一项，或确认两者。"),
    ),
    "again_after_complete": Words(
        (
            "{lesion} is seen again after a complete response",
            "after a complete response any such lesion is progression, however small",
            "Look again at the images of the complete response; if it was none, correct it there.",
        ),
        (
            "完全缓解后{lesion}再次出现",
            "完全缓解后病灶再次出现，无论大小均为进展",
            "请复核完全缓解时的影像；若当时并非完全缓解，请在该次评估中更正。",
        ),
    ),
    "again_after_complete/node": Words(
        (
            "node {lesion} measures {mm} mm after a complete response",
            "from 10 mm on it is disease again, and the response progression; so little may be an error of measuring",
            "Measure it again, or look at it at the next assessment before anything rests on it.",
        ),
        (
            "完全缓解后淋巴结{lesion}短径为{mm} mm",
            "达到10 mm即再属病灶，疗效为进展；但如此小的变化可能是测量误差",
            "请重新测量，或在下次评估中复核后再据此决定。",
        ),
    ),
    "progression_by_nontarget": Words(
        (
            "the response is progression by non-target lesion {lesion} alone",
            "no target has grown enough and nothing is new: the whole burden of disease must have increased",
            "Confirm that it is unequivocal, or say that the lesion is present.",
        ),
        (
            "疗效为进展，且仅依据非靶病灶{lesion}",
            "靶病灶增大未达标准，也无新病灶：须恶化至总体肿瘤负荷增加",
            "请确认为明确进展，或改为存在。",
        ),
    ),
}
INPUT_PHRASES = {
    "measured": ("measured", "已测量"),
    "too_small": ("too small to measure", "过小无法测量"),
    "present": ("present", "存在"),
    "absent": ("absent", "消失"),
    "unequivocal_progression": ("progressing unequivocally", "明确进展"),
}
