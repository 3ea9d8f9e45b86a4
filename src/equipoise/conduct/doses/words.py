"""What is refused about advice that a form keeps, and how it is said."""

from __future__ import annotations

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "phrase", "refuse"]

TABLE = Table(
    "conduct.doses",
    {
        "form.advised": Words(
            en=(
                "{item} was entered as {entered}, and {advised} was advised",
                "it keeps what the dose rules advised, and nobody enters it",
                "Leave it empty; enter what was given, and why it differs.",
            ),
            zh=(
                "{item}填写为{entered}，而给药建议为{advised}",
                "该项保存剂量规则给出的建议，无需填写",
                "请留空；如实填写实际用药及其与建议不同的原因。",
            ),
        )
    },
    {"nothing": ("nothing", "无")},
)
refuse, phrase = TABLE.refuse, TABLE.phrase
