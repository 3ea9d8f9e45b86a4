"""The built-in names of a participant, as rules compute with them: dates as dates, and whether each has come.

One reading for the desk and for data cuts.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from equipoise.conduct.state.state import ParticipantState
from equipoise.protocol.scope import BUILT_INS

__all__ = ["built_ins"]


def built_ins(person: ParticipantState) -> dict[str, Any]:
    """Every built-in but the arm, which stays under its seal."""
    known: dict[str, Any] = {name: None for name in BUILT_INS if name != "arm"}
    dates = {
        "screened": person.screened,
        "consented": person.consents[0][0] if person.consents else None,
        "enrolled": person.enrolled,
        "randomized": person.randomized,
        "withdrawn": person.withdrawals[0][0] if person.withdrawals else None,
    }
    for name, text in dates.items():
        known[f"{name}_date"] = date.fromisoformat(text) if text else None
        if name != "screened":
            known[name] = bool(text)
    return known | {"participant": person.id, "site": person.site}
