"""Examples of clauses, for editors."""

from __future__ import annotations

from typing import Any

__all__ = ["EXAMPLES"]

EXAMPLES: dict[str, list[Any]] = {
    "Text": [{"en": "Age", "zh": "年龄"}],
    "DoseRule": [
        {
            "id": "neutrophils_low",
            "treatment": "cisplatin",
            "when": "last_neutrophils < 1.5",
            "recommend": "delay",
            "days": 7,
            "reason": {"en": "Neutrophils below 1.5 x 10^9/L", "zh": "中性粒细胞低于1.5×10^9/L"},
        }
    ],
    "GivenBy": [{"form": "cisplatin", "given": "cisplatin_given", "dose": "cisplatin_dose"}],
    "BetaBinomial": [
        {
            "kind": "beta_binomial",
            "acceptable": 0.1,
            "prior": [0.2, 1.8],
            "certainty": 0.95,
            "participants": 60,
            "first": 5,
        }
    ],
    "DrugSchedule": [
        {"first_day": 1, "every_days": 21, "count": 3},
        {"every_days": 14, "count": 26, "days": ["1-3"], "times_a_day": 3},
        {"phases": [{"every_days": 28, "count": 6, "days": ["1-5"]}, {"every_days": 7, "count": 12}]},
    ],
    "Visit": [
        {
            "id": "week_4",
            "label": {"en": "Week 4", "zh": "第4周"},
            "anchor": "randomization",
            "day": 28,
            "window": {"before": 3, "after": 3},
            "forms": ["safety"],
        }
    ],
    "Hazard": [
        {"median_months": 24},
        {"survival": 0.66, "at_months": 36},
        {"per_month": [0.02, 0.01], "cuts_months": [12]},
    ],
    "Modifier": [{"arm": "A", "cuts_months": [6], "ratios": [1, 0.5]}, {"when": "stage = 'IV'", "ratios": [1.6]}],
    "Accrual": [{"months": [6, 30], "per_month": [3, 8]}],
    "Pick": [{"item": "platelets", "which": "last", "visits": ["screening"]}],
    "Distribution": [
        {"normal": [62, 10]},
        {"choice": {"F": 1, "M": 3}},
        {"days_after": [1, 14], "from": "randomized_date"},
        {"normal": {"mean": "previous - 0.4 * frailty", "sd": 0.5}, "min": 35},
        {"chance": "1 / (1 + EXP(3 - frailty))"},
    ],
    "Follow": [
        {
            "id": "report",
            "after": "adverse_event",
            "when": "ae_serious",
            "form": "sae_report",
            "visit": "safety",
            "date_item": "sae_date",
            "days": [0, 1],
        }
    ],
    "SiteHabits": [{"late_entry_days": 12, "typing_error": 0.01}],
}
