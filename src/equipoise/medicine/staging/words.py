"""What staging says when something does not fit."""

from __future__ import annotations

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "remark"]

_OF_STAGES = {
    "no_stage": Words(
        (
            "{t} {n} {m} has no stage group in {edition}",
            (
                "its tables hold no such combination: T0 needs involved nodes, Tis has none, and TX or NX has a stage"
                " only where any T or N has it"
            ),
            "Look at T, N and M again.",
        ),
        (
            "{t} {n} {m}在{edition}中没有对应的分期",
            "分期表中不存在该组合：T0须有受累淋巴结，Tis则无；TX或NX仅在“任何T”或“任何N”时有分期",
            "请重新核对T、N、M。",
        ),
    ),
    "ene_without_nodes": Words(
        (
            "advanced extranodal extension is recorded with {n}",
            "only an involved node can extend beyond its capsule",
            "Correct N, or answer no to extranodal extension.",
        ),
        ("记录了{n}，却有晚期淋巴结外侵犯", "只有受累淋巴结才可能发生外侵", "请更正N，或将淋巴结外侵犯改为“否”。"),
    ),
    "lesions_contradict": Words(
        (
            "{m} is recorded with {lesions} metastatic lesions",
            "M0 has none and M1 at least one; Version 9 divides M1 by their number",
            "Correct M or the number of lesions.",
        ),
        (
            "记录为{m}，转移病灶数却为{lesions}",
            "M0应无转移病灶，M1至少1个；第9版按病灶数划分M1",
            "请更正M或转移病灶数。",
        ),
    ),
}

_DIFFERS_EN = "{name} is recorded as {recorded}; the descriptors say {derived} (8th edition)"
_DIFFERS_ZH = "{name}记录为{recorded}，而解剖描述对应{derived}（第8版）"
_OF_CATEGORIES = {
    f"{letter}_differs": Words(
        (
            _DIFFERS_EN,
            "one of the two is a slip, or the finding was judged otherwise than its definition",
            "Look at the images again and correct one of them, or say why the recorded category holds.",
        ),
        (_DIFFERS_ZH, "二者之一有误，或所见的判断与定义不同", "请复核影像并更正其一，或说明维持所记分期的理由。"),
    )
    for letter in "tnm"
} | {
    "primary_contradicts": Words(
        (
            "the primary is recorded as {primary} although the tumor is said to involve other structures",
            "only an identified, invasive tumor can extend",
            "Correct the primary tumor, or the structures that are ticked.",
        ),
        (
            "原发灶记录为{primary}，却又勾选了受侵结构",
            "只有已发现的浸润性肿瘤才会侵犯周围结构",
            "请更正原发灶，或更正所勾选的受侵结构。",
        ),
    ),
    "primary_not_nasopharyngeal": Words(
        (
            "no primary tumor was found and the node is not EBV-positive",
            "without EBV an unknown primary is not staged as nasopharyngeal (T0 needs an EBV-positive cervical node)",
            "Look for the primary elsewhere, or correct the EBV status of the node.",
        ),
        (
            "未发现原发灶，且淋巴结EBV阴性",
            "EBV阴性的原发不明癌不按鼻咽癌分期（T0须有EBV阳性颈部淋巴结）",
            "请查找其他部位的原发灶，或更正淋巴结的EBV状态。",
        ),
    ),
    "surfaces_contradict": Words(
        (
            (
                "soft tissue is involved beyond the lateral but not beyond the anterolateral surface of the lateral"
                " pterygoid"
            ),
            "the lateral surface is part of the anterolateral",
            "Correct one of the two.",
        ),
        ("软组织侵犯超出翼外肌外侧缘，却未超出其前外侧缘", "外侧缘是前外侧缘的一部分", "请更正其中之一。"),
    ),
    "nodes_contradict": Words(
        (
            (
                "something is said of a node (size, level, extranodal extension, EBV), but no node is recorded that it"
                " could belong to"
            ),
            "only an involved node has these, and the cricoid cartilage is a level of cervical nodes",
            "Correct the sites of the nodes, or clear what is said of them.",
        ),
        (
            "记录了淋巴结的大小、平面、外侵或EBV状态，却无相应的受累淋巴结",
            "上述特征须属于某一受累淋巴结，环状软骨平面只适用于颈部淋巴结",
            "请更正淋巴结部位，或清除相应描述。",
        ),
    ),
    "retropharyngeal_over_6cm": Words(
        (
            "only retropharyngeal nodes are involved, the largest of {size} mm",
            "N1 has retropharyngeal nodes up to 6 cm and N3 cervical nodes above 6 cm, so that neither text fits",
            "Confirm site and size; N stays open here and rests on what is recorded.",
        ),
        (
            "仅咽后淋巴结受累，最大径{size} mm",
            "N1指≤6 cm的咽后淋巴结，N3指＞6 cm的颈部淋巴结，二者均不适用",
            "请确认部位与大小；此处不推导N，以所记录者为准。",
        ),
    ),
    "node_size_implausible": Words(
        (
            "the largest node is recorded as {size} mm",
            "an involved node measures some millimeters to some centimeters; cm typed for mm looks like this",
            "Give the greatest dimension in millimeters.",
        ),
        ("最大淋巴结记录为{size} mm", "受累淋巴结通常为数毫米至数厘米，可能误以厘米填写", "请以毫米填写最大径。"),
    ),
    "lesions_contradict/metastasis": Words(
        (
            "distant metastasis and a count of {lesions} metastatic lesions contradict each other",
            "without metastasis there is no lesion, with metastasis at least one",
            "Correct one of the two.",
        ),
        ("远处转移与转移病灶数{lesions}相互矛盾", "无转移则无病灶，有转移则至少1个", "请更正其中之一。"),
    ),
}

TABLE = RemarkTable(
    "medicine.staging",
    _OF_STAGES | _OF_CATEGORIES,
    {
        "edition_8": ("the 8th edition", "第8版"),
        "edition_9": ("Version 9", "第9版"),
        "both_editions": ("{one} and {other}", "{one}和{other}"),
        "in_situ": ("in situ", "原位癌"),
        "none_found": ("none found", "未发现"),
        "not_assessable": ("not assessable", "无法评估"),
    },
)
remark, phrase = TABLE.remark, TABLE.phrase
