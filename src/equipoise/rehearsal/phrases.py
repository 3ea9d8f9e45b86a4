"""What people at the sites of a rehearsal write, in the language of the site.
Plain sentences that could be anybody's."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["BOTH", "say"]

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "confirmed": {"en": "Confirmed against the source document", "zh": "已与原始记录核对无误"},
    "mistyped": {"en": "Typing error, corrected from the source document", "zh": "录入错误，依据原始记录更正"},
    "known_now": {"en": "Not known when the form was first filled in", "zh": "首次填写时尚不明确，现予补充"},
    "withdrawn": {"en": "Participant's decision", "zh": "参与者本人决定"},
    "lost": {"en": "Could not be reached any more", "zh": "失访，多次联系未果"},
    "tired": {"en": "Did not wish to go on with treatment", "zh": "不愿继续治疗"},
    "outside": {"en": "Visit took place outside its window because of travel", "zh": "因交通原因，访视超出窗口期"},
    "late": {"en": "Dose given later than planned", "zh": "给药晚于计划时间"},
    "treatment": {"en": "Treatment", "zh": "给药"},
    "visit": {"en": "Visit", "zh": "访视"},
    "twice": {
        "en": "The same person had been screened at another site; nothing further was done here",
        "zh": "该受试者已在其他中心筛选，本中心未再进行任何操作",
    },
    "misread": {"en": "Source document read again: another value is right", "zh": "重新核对原始记录，应为另一取值"},
    "stratum": {"en": "The factor was wrong when the participant was randomized", "zh": "随机分组时该分层因素有误"},
    "answer_right": {"en": "Checked against the source document: the value is right", "zh": "已核对原始记录，数据无误"},
    "answer_mended": {"en": "Typing error; the value has been corrected", "zh": "录入错误，已更正"},
    "settled": {"en": "Answer accepted", "zh": "答复已接受"},
    "source": {"en": "rehearsal", "zh": "演练"},
}
BOTH: Mapping[str, Mapping[str, str]] = {
    "compare": {"en": "Please compare this value with the source document.", "zh": "请将该值与原始记录核对。"},
    "unusual": {
        "en": "This value differs from what was expected. Please confirm or correct it.",
        "zh": "该值与预期不符，请确认或更正。",
    },
}
"""What is asked of a site, in both languages."""


def say(phrase: str, language: str) -> str:
    """The phrase in the language of a site."""
    return _PHRASES[phrase][language]
