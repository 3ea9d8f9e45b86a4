"""Trials in which next to nothing is known, written as who had what on which day; and every method planned on them.

`50e` has the event on day 50, `300c` was last seen on day 300, `70x` had a competing event on day 70.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from equipoise.analysis import analyze_cut
from equipoise.datacut import freeze
from equipoise.estimands import METHODS
from equipoise.reports.evidence import collect_evidence
from equipoise.reports.report import render_report
from tests.analysis.trial import Trial
from tests.spec.minimal import minimal_protocol

DAY_0 = date(2024, 1, 1)
HOW = {"c": 0, "e": 1, "x": 2}
PROTOCOL = """
arms:
- {id: B, label: {en: Standard, zh: 标准组}, role: control}
- {id: A, label: {en: Test, zh: 试验组}, role: experimental}
forms:
- id: ending
  title: {en: End, zh: 结束}
  date_item: end_date
  items:
  - {id: end_date, label: {en: Date, zh: 日期}, type: date}
  - {id: how, label: {en: How, zh: 如何}, type: integer}
  - {id: level, label: {en: Level, zh: 水平}, type: decimal, decimals: 1}
visits:
- {id: events, label: {en: Events, zh: 事件}, kind: log, forms: [ending]}
variables:
- {id: died_on, remove: true}
- {id: last_seen, remove: true}
- {id: ended_on, label: {en: End, zh: 结束}, type: date, pick: {item: end_date, which: last}}
- {id: ended_how, label: {en: How, zh: 如何}, type: integer, pick: {item: how, which: last}}
- {id: last_level, label: {en: Level, zh: 水平}, type: decimal, pick: {item: level, which: last}}
estimands: [{id: main, endpoint: tte}]
endpoints:
- {id: os, remove: true}
- kind: time_to_event
  id: tte
  label: {en: Time to the event, zh: 至事件时间}
  short: T
  description: {en: a, zh: a}
  role: primary
  origin: randomized_date
  events:
  - {id: event, label: {en: Event, zh: 事件}, date: ended_on, when: ended_how = 1}
  - {id: other, label: {en: Other, zh: 其他}, date: ended_on, when: ended_how = 2, kind: competing}
  censoring: [{id: seen, label: {en: Seen, zh: 见}, date: ended_on, when: ended_how = 0}]
  death: censored
- {kind: binary, id: had, label: {en: Had it, zh: 发生}, short: H, description: {en: a, zh: a}, role: secondary, rule: ended_how = 1}
- {kind: continuous, id: high, label: {en: Level, zh: 水平}, short: L, description: {en: a, zh: a}, role: secondary, rule: last_level}
baseline: [age, sex]
"""
ENDPOINT = {"time_to_event": "tte", "binary": "had", "continuous": "high"}
NEEDS = {
    "milestone": "at_days: [100, 200]",
    "cumulative_incidence": "at_days: [100, 200]",
    "maxcombo": "weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}]",
    "rmst": "tau_days: 100",
}
VARIANTS = {
    "logrank": ("rho: 1", "weights: [{kind: fleming_harrington, gamma: 1}]", "strata: [sex]"),
    "cox": ("covariates: [age]", "strata: [sex]", "robust: true", "covariates: [ended_how]"),
    "milestone": ("at_days: [100], conf_type: plain", "at_days: [50, 300], conf_type: log, confidence: 0.99"),
    "kaplan_meier": ("conf_type: plain",),
    "rmst": ("confidence: 0.99", "tau_days: 250"),
}


@dataclass(frozen=True)
class Person:
    name: str
    arm: str
    day: int
    how: str
    sex: str
    level: float


def people(standard, test, level=None):
    """Everybody of both arms, in order; sexes alternate within an arm unless a mark ends in F or M."""
    found = []
    for arm, marks in (("B", standard), ("A", test)):
        for place, mark in enumerate(marks.split()):
            sex = mark[-1] if mark[-1] in "FM" else "FM"[place % 2]
            day, how = mark.rstrip("FM")[:-1], mark.rstrip("FM")[-1]
            value = 10 + 1.5 * place + (3 if arm == "A" else 0) if level is None else level
            found.append(Person(f"P{len(found) + 1:03d}", arm, int(day), how, sex, value))
    return found


def plans():
    """Every method alone, by a subgroup, and with each option that changes what it computes."""
    lines = []
    for method in METHODS:
        endpoint = ENDPOINT[method.kinds[0]]
        needed = NEEDS.get(method.id, "")
        for place, more in enumerate(("", "subgroup: sex", *VARIANTS.get(method.id, ()))):
            given = (
                more if more.split(":")[0] in needed and more else ", ".join(part for part in (needed, more) if part)
            )
            role = "primary" if not lines else "secondary"
            name = f"{method.id}_{place}"
            lines.append(
                f"- {{id: {name}, label: {{en: {name}, zh: 甲}}, endpoint: {endpoint}, set: itt, method: {method.id}, "
                f"role: {role}, reference: B{', ' if given else ''}{given}}}"
            )
    return "\n".join(lines)


def protocol(*changes):
    return minimal_protocol(
        PROTOCOL, f"analyses:\n- {{id: os_logrank, remove: true}}\n- {{id: os_km, remove: true}}\n{plans()}\n", *changes
    )


def trial_of(folder, everybody, plan=None):
    """The trial, written straight into a ledger: no desk and no rehearsal."""
    trial = Trial(folder, protocol=plan or protocol())
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    for place, person in enumerate(everybody):
        trial.enter(person.name, DAY_0, arm=person.arm, sex=person.sex, age=40 + 7 * place % 30)
        ended = (DAY_0 + timedelta(days=person.day)).isoformat()
        values = {"end_date": ended, "how": HOW[person.how], "level": f"{person.level:.1f}"}
        trial.record(person.name, "events", "ending", values)
    return trial


def analyzed(folder, everybody, plan=None):
    trial = trial_of(folder, everybody, plan)
    return analyze_cut(freeze(trial), trial.protocol)


def rendered(folder, everybody, language):
    """The report's page."""
    trial = trial_of(folder, everybody)
    run = analyze_cut(freeze(trial), trial.protocol)
    return render_report(run, collect_evidence(run, trial.store), language)
