"""What is told of people, lots and treatments that are asked for and are not there."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "participant.unknown": Words(
        en=(
            "there is no participant {participant}",
            "nobody was screened under this number",
            "Check the number.",
        ),
        zh=("没有受试者{participant}", "没有以该编号筛选的人", "请核对编号。"),
    ),
    "queries.site": Words(
        en=("there is no site {site}", "the sites are {sites}", "Choose one of these."),
        zh=("没有中心{site}", "方案中的中心有{sites}", "请选择其中之一。"),
    ),
    "lot.no_item": Words(
        en=(
            "the protocol marks no item as a lot",
            "a lot is found by the CDASH name EXLOT (or ECLOT) of its item",
            "Give the item `cdash: EXLOT`, or look for it in the data (`equipoise export`).",
        ),
        zh=(
            "方案未将任何项目标为批号",
            "批号以项目的 CDASH 名称 EXLOT（或 ECLOT）识别",
            "请为该项目写 `cdash: EXLOT`，或在数据中查找（`equipoise export`）。",
        ),
    ),
    "lot.nobody": Words(
        en=("nobody has lot {lot} on record", "the lots on record are {lots}", "Compare the number with the label."),
        zh=("没有批号{lot}的记录", "已记录的批号有{lots}", "请与标签核对批号。"),
    ),
    "lot.nobody/none": Words(
        en=("nobody has lot {lot} on record", "no lot is on record yet", "Ask the sites what was given."),
        zh=("没有批号{lot}的记录", "尚无任何批号记录", "请向中心询问所用批号。"),
    ),
    "treatment.not_allocated": Words(
        en=("{participant} has no arm yet", "treatment is planned by the arm", "Randomize first."),
        zh=("{participant}尚无组别", "治疗按组别计划", "请先随机。"),
    ),
    "treatment.unknown": Words(
        en=(
            "the arm of {participant} has no treatment {treatment}",
            "its treatments are {treatments}",
            "Choose one of these.",
        ),
        zh=("{participant}所在组没有治疗{treatment}", "该组的治疗有{treatments}", "请选择其中之一。"),
    ),
    "treatment.blinded": Words(
        en=(
            "the arm of {participant} may not be shown",
            "the trial is double-blind and its allocations have not been unsealed",
            "Follow the plan of the pharmacy, which knows the arm.",
        ),
        zh=("不得显示{participant}的组别", "试验为双盲，其分配尚未解封", "请遵循药房的计划，药房知道组别。"),
    ),
}
