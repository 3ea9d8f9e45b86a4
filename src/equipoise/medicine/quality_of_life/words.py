"""What is remarked about the answers to a questionnaire, in both languages."""

from __future__ import annotations

from equipoise.medicine.remarking import RemarkTable
from equipoise.words import Words

__all__ = ["TABLE", "remark"]

_WORDS = {
    "answer_out_of_range": Words(
        (
            "the answer {answer} to item {item} does not exist",
            "the answers run from {lowest} to {highest}",
            "Copy the answer from the questionnaire again.",
        ),
        (
            "第{item}题没有{answer}这一选项",
            "选项范围为{lowest}至{highest}",
            "请按问卷重新录入该答案。",
        ),
    ),
}
TABLE = RemarkTable("medicine.quality_of_life", _WORDS, hard=("answer_out_of_range",))
remark = TABLE.remark
