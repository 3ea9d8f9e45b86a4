"""Small trials of a rate and of a mean that can be simulated in a moment, written as changes of the minimal protocol."""

from __future__ import annotations

import copy
from typing import Any

from equipoise.protocol.document import Protocol
from tests.spec.minimal import minimal_data

__all__ = ["MEANS", "ONE_ARM", "response_data", "response_trial"]

RATES = """
forms:
- id: response
  title: {en: Response, zh: 缓解}
  date_item: assessed_on
  items:
  - {id: assessed_on, label: {en: Assessed on, zh: 评价日期}, type: date}
  - {id: better, label: {en: Better, zh: 好转}, type: boolean}
  - {id: score, label: {en: Score, zh: 评分}, type: decimal, decimals: 2}
visits:
- {id: week_12, label: {en: Week 12, zh: 第12周}, anchor: randomization, day: 84, window: {before: 7, after: 7}, forms: [response]}
endpoints:
- {kind: binary, id: improved, label: {en: Better, zh: 好转}, short: B, description: {en: Better, zh: 好转}, role: primary, better: higher, rule: better}
- {kind: continuous, id: scored, label: {en: Score, zh: 评分}, short: S, description: {en: Score, zh: 评分}, role: primary, better: higher, rule: score}
analyses:
- {id: improved_rate, label: {en: Rates, zh: 率}, endpoint: improved, set: itt, method: proportion, role: primary, reference: B}
- {id: scored_mean, label: {en: Means, zh: 均数}, endpoint: scored, set: itt, method: mean, role: primary, reference: B}
design:
  endpoint: improved
  question: superiority
  alpha: 0.05
  sides: 2
  power: 0.8
  rates: {control: 0.3, experimental: 0.5}
  accrual: {months: [12], per_month: [15]}
  follow_up_months: 4
  dropout_per_month: 0.02
scenarios:
- id: base
  label: {en: As assumed, zh: 如假设}
  start: 2021-01-04
  accrual: {months: [12], per_month: [15]}
  follow_up_months: 4
  withdrawal_per_month: 0.02
  missed_visit: 0.1
  screen_failure: 0
  items:
    age: {normal: [60, 10], min: 18, max: 90}
    weight: {normal: [70, 10], min: 40, max: 110}
    sex: {choice: {F: 1, M: 3}}
    better: {chance: "CASE WHEN arm = 'A' THEN 0.5 ELSE 0.3 END"}
    score: {normal: {mean: "CASE WHEN arm = 'A' THEN 5 ELSE 0 END", sd: 10}}
"""
"""Two arms, a rate; dropout, and an assessment after 84 days."""

MEANS: dict[str, Any] = {
    "design": {
        "endpoint": "scored",
        "rates": None,
        "means": {"control": 0, "experimental": 5, "sd": 10},
    }
}
ONE_ARM: dict[str, Any] = {
    "arms": [{"id": "B", "remove": True}],
    "randomization": {"ratio": {"A": 1, "B": None}, "scheme": {"kind": "permuted_blocks", "sizes": [2]}},
    "analyses": [
        {"id": "os_logrank", "remove": True},
        {"id": "improved_rate", "reference": None},
        {"id": "scored_mean", "reference": None},
    ],
}


def response_data(*changes: Any) -> dict[str, Any]:
    """The trial as data."""
    return minimal_data(RATES, *copy.deepcopy(changes))


def response_trial(*changes: Any) -> Protocol:
    """The trial as a document."""
    return Protocol.model_validate(response_data(*changes))
