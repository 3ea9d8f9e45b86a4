"""A trial of three arms written straight into a memory ledger, with values that some lack and levels that some lack."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from equipoise.protocol.document import Protocol
from tests.analysis.trial import Trial

ARMS = """
arms:
- {id: A, label: {en: First, zh: 甲组}, role: experimental}
- {id: C, label: {en: Second, zh: 丙组}, role: experimental}
- {id: B, label: {en: Control, zh: 对照组}, role: control}
randomization: {ratio: {A: 1, B: 1, C: 1}}
variables:
- {id: heavy, label: {en: Heavy, zh: 体重较大}, type: boolean, rule: weight >= 60}
endpoints:
- {kind: binary, id: old, label: {en: Age 50, zh: 50岁}, short: O, description: {en: a, zh: a}, role: secondary, rule: age >= 50}
- {kind: continuous, id: how_old, label: {en: Age, zh: 年龄}, short: A, description: {en: a, zh: a}, role: secondary, rule: age}
"""
METHODS = {
    "os": {
        "logrank": "", "cox": "", "kaplan_meier": "", "reverse_kaplan_meier": "", "proportional_hazards": "",
        "rmst": ", tau_days: 120", "milestone": ", at_days: [120]", "cumulative_incidence": ", at_days: [120]",
    },
    "old": {"proportion": ""},
    "how_old": {"mean": ""},
}  # fmt: skip


def plan(role: str = "secondary", more: str = "") -> str:
    """Every method that takes three arms, once for all and once by the levels of `heavy`."""
    lines = []
    for endpoint, methods in METHODS.items():
        for method, options in methods.items():
            common = f"endpoint: {endpoint}, set: itt, method: {method}{options}"
            label = f"label: {{en: {method}, zh: 甲}}"
            lines.append(f"- {{id: {method}, {label}, role: {role}, {common}}}")
            lines.append(f"- {{id: {method}_by, {label}, role: subgroup, subgroup: heavy, {common}}}")
    return "analyses:\n- {id: os_logrank, remove: true}\n- {id: os_km, remove: true}\n" + "\n".join(lines) + more


def three_arms(folder: Path, protocol: Protocol, n: int = 60) -> Trial:
    """`n` people in three arms of unequal fate; some lack their age, others their weight."""
    trial = Trial(folder, protocol=protocol)
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    first = date(2024, 1, 1)
    for place in range(n):
        name, arm = f"P{place + 1:03d}", "ACB"[place % 3]
        more = {"age": None} if place % 11 == 5 else {"age": 38 + (7 * place) % 25}
        more["weight"] = None if place % 13 == 7 else ["55.0", "66.0"][place // 3 % 2]
        trial.enter(name, first + timedelta(days=place), arm=arm, sex="FM"[place // 2 % 2], **more)
        seen = first + timedelta(days=place + 170)
        trial.record(name, "every_3_months", "follow_up", {"seen_date": seen.isoformat(), "progressed": False})
        if place % 5 < 3:
            late = {"A": 40, "B": 0, "C": 20}[arm]
            death = first + timedelta(days=place + 20 + (17 * place) % 110 + late)
            trial.record(name, "events", "death", {"death_date": death.isoformat()})
    return trial
