"""Who was unblinded one by one, counted by category and arm; and what was assessed by somebody who knew the arm.

By arm only where the cut shows arms. Judges nothing: `later` names the entries that a sensitivity analysis would ask
about (ICH E9(R1) A.5.2; E6(R3) 4.1.4); a set can leave them out by the built-in names `unblinded` and
`unblinding_category`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipoise.datacut import Cut

__all__ = ["tell_unblinding"]


def tell_unblinding(cut: Cut) -> dict[str, Any]:
    """{"participants", "by_category": [{"category", "arm", "n"}], "listed": [...], "later": [...]}, in the ledger's
    order. `participants`: of how many the arm became known; `n` counts unblindings.
    """
    arms = dict(cut.participants.select("participant", "arm").iter_rows())
    counted = Counter((one.category, arms.get(one.participant)) for one in cut.unblindings)
    kept = ("entry", "participant", "site", "date", "category", "by", "known_to", "event", "reason")
    return {
        "participants": len({one.participant for one in cut.unblindings}),
        "by_category": [
            {"category": category, "arm": arm, "n": n}
            for (category, arm), n in sorted(counted.items(), key=lambda one: (one[0][0], one[0][1] or ""))
        ],
        "listed": [_data({name: getattr(one, name) for name in kept}) for one in cut.unblindings],
        "later": [_data(asdict(one)) for one in cut.later_assessments],
    }


def _data(said: dict[str, Any]) -> dict[str, Any]:
    """As JSON reads it back: lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
