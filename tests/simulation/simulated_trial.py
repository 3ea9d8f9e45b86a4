"""A small trial with a design and scenarios that can be simulated in a moment, written as changes of the minimal
protocol.
"""

from __future__ import annotations

import copy
from typing import Any

from equipoise.protocol.document import Protocol
from tests.spec.minimal import minimal_data, minimal_protocol

__all__ = ["DESIGN", "outcome", "scenario", "trial", "trial_data"]

DESIGN = """
design:
  endpoint: os
  question: superiority
  alpha: 0.05
  sides: 2
  power: 0.8
  control: {value: {median_months: 12}}
  hazard_ratio: 0.6
  accrual: {months: [12], per_month: [15]}
  follow_up_months: 18
  dropout_per_month: 0.01
  looks: [{information: 0.5}, {information: 1}]
  spending: {kind: lan_demets_obrien_fleming}
"""


def outcome(name: str = "death", **more: Any) -> dict[str, Any]:
    """An outcome that is recorded as a death, unless `more` says otherwise."""
    return {
        "id": name,
        "form": "death",
        "visit": "events",
        "date_item": "death_date",
        "ends": True,
        "hazard": {"value": {"median_months": 12}},
        "hazard_ratio": {"value": {"A": 0.6}},
        **more,
    }


def scenario(*outcomes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A scenario with these outcomes; sites without a fault."""
    return {
        "id": "benefit",
        "label": {"en": "Benefit", "zh": "获益"},
        "start": "2021-01-04",
        "accrual": {"value": {"months": [12], "per_month": [15]}},
        "follow_up_months": {"value": 18},
        "withdrawal_per_month": {"value": 0.01},
        "missed_visit": {"value": 0},
        "late_entry_days": {"value": 0},
        "typing_error": {"value": 0},
        "items": {"sex": {"value": {"choice": {"F": 1, "M": 3}}}},
        "outcomes": list(outcomes) or [outcome()],
        **more,
    }


def trial_data(*changes: Any) -> dict[str, Any]:
    """The trial as data; by default with one scenario of benefit."""
    return minimal_data(DESIGN, {"scenarios": [scenario()]}, *copy.deepcopy(changes))


def trial(*changes: Any) -> Protocol:
    """The trial as a document."""
    return minimal_protocol(trial_data(*changes))
