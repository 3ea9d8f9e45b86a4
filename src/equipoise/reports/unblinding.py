"""What the report says of a blind that was broken: how often, why, in which arm where arms are shown, what followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from equipoise.protocol.labels import arm_labels
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.protocol.document import Protocol
    from equipoise.wording import Language

__all__ = ["ROWS_MAX", "unblinding_context"]

ROWS_MAX = 300


@literals_checked
def unblinding_context(
    told: Mapping[str, Any], protocol: Protocol, w: Mapping[str, str], language: Language
) -> dict[str, Any]:
    """Sentences and rows for the template; empty for an open trial, where there is nothing to break."""
    if protocol.randomization.blinding == "open":
        return {}
    labels = {arm: label[language] for arm, label in arm_labels(protocol).items()}
    why = {
        "emergency": w["unblinding_emergency"],
        "safety_report": w["unblinding_safety_report"],
        "planned": w["unblinding_planned"],
        "inadvertent": w["unblinding_inadvertent"],
    }
    if not told["listed"]:
        return {"words": w["unblinding_none"], "counted": [], "listed": [], "later": "", "later_listed": []}
    later = told["later"]
    counted = [
        {
            "category": why[one["category"]],
            "arm": labels.get(one["arm"], one["arm"] or ""),
            "n": one["n"],
        }
        for one in told["by_category"]
    ]
    return {
        "words": w["unblinding_told"].format(n=len(told["listed"]), people=told["participants"]),
        "counted": counted,
        "listed": [{**one, "why": why[one["category"]]} for one in told["listed"][:ROWS_MAX]],
        "later": _told_later(later, w) if later else w["unblinding_no_later"],
        "later_listed": [
            {
                **one,
                "form": form.title.in_(language) if (form := protocol.form_by_id.get(one["form"])) else one["form"],
                "day": one["at"][:10],
            }
            for one in later[:ROWS_MAX]
        ],
    }


def _told_later(later: Sequence[Mapping[str, Any]], w: Mapping[str, str]) -> str:
    people = len({one["participant"] for one in later})
    return w["unblinding_later"].format(n=len(later), people=people) + w["space"] + w["unblinding_spare"]
