"""The built-in names of a participant, as rules compute with them: dates as dates, and whether each has come.

One reading for the desk and for data cuts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from equipoise.conduct.state.state import Extent, ParticipantState
from equipoise.protocol.scope import BUILT_INS
from equipoise.wording.literals import literals_checked

__all__ = ["NAMED_BY_EXTENT", "built_ins", "days_of", "named_by_leaving"]

NAMED_BY_EXTENT: Mapping[Extent, str] = {
    "treatment": "stopped_treatment",
    "follow_up": "left_follow_up",
    "consent": "withdrew_consent",
}
"""What a withdrawal of each extent is called in a rule. `withdrawn` alone means that nothing more is observed."""


@literals_checked
def named_by_leaving(extent: Extent) -> tuple[str, ...]:
    """The names that come true by a withdrawal of this extent."""
    return (NAMED_BY_EXTENT[extent],) if extent == "treatment" else (NAMED_BY_EXTENT[extent], "withdrawn")


def days_of(person: ParticipantState) -> dict[str, str | None]:
    """When each thing came to pass, as ISO text, by its built-in name without `_date`; None where it has not.

    A stop of treatment leaves the participant in the trial: `withdrawn` is the day on which the follow-up ended, by
    leaving it or by taking the consent back, whichever came first.
    """
    left = person.left
    days = {
        "screened": person.screened,
        "consented": person.consents[0][0] if person.consents else None,
        "enrolled": person.enrolled,
        "randomized": person.randomized,
        "withdrawn": left.date if left is not None else None,
        "unblinded": person.unblinded.date if person.unblinded is not None else None,
    }
    for extent, name in NAMED_BY_EXTENT.items():
        withdrawal = person.withdrew(extent) if person.withdrawals else None
        days[name] = withdrawal.date if withdrawal is not None else None
    return days


def built_ins(person: ParticipantState) -> dict[str, Any]:
    """Every built-in but the arm, which stays under its seal."""
    known: dict[str, Any] = {name: None for name in BUILT_INS if name != "arm"}
    for name, text in days_of(person).items():
        known[f"{name}_date"] = date.fromisoformat(text) if text else None
        if name in BUILT_INS:
            known[name] = bool(text)
    category = person.unblinded.category if person.unblinded is not None else None
    return known | {"participant": person.id, "site": person.site, "unblinding_category": category}
