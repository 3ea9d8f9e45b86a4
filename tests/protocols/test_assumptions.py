"""What the registry does not give is marked as an assumption with a source; what it gives is not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest

from equipoise.protocol.document import Protocol
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX, protocol

# Everything that NCT04223024's record, as far as it is known, does not say. `*` stands for every member of a list.
NOT_REGISTERED = (
    "arms.*.regimen.*.dose", "arms.*.regimen.*.schedule", "arms.*.regimen.*.dose_gy", "arms.*.regimen.*.fractions",
    "arms.*.regimen.*.fractions_per_week", "arms.*.regimen.*.days", "dictionaries.toxicity", "dictionaries.response", "dictionaries.coding", "forms.*",
    "visits.0.window", "visits.1.window", "factors.*", "sets.*", "estimands.*", "analyses.*", "randomization.ratio", "randomization.scheme", "randomization.stratify_by",
    "endpoints.*", "sites.*", "visits.*.day", "visits.*.repeat", "consent_version", "design.alpha", "design.sides", "design.power",
    "design.control", "design.hazard_ratio", "design.accrual", "design.follow_up_months", "design.dropout_per_month",
    "design.participants", "design.events", "design.looks", "design.spending", "scenarios.*.accrual",
    "scenarios.*.follow_up_months", "scenarios.*.screen_failure", "scenarios.*.withdrawal_per_month", "scenarios.*.missed_visit",
    "scenarios.*.late_entry_days", "scenarios.*.typing_error", "scenarios.*.items.*", "scenarios.*.outcomes.*.hazard",
    "scenarios.*.outcomes.*.hazard_ratio", "scenarios.*.outcomes.*.modifiers.*", "dose_rules.*", "safety_rules.*.boundary",
)  # fmt: skip


def _at(here: Any, steps: list[str], path: str = "") -> Iterator[tuple[str, Any]]:
    if not steps:
        if here is not None:
            yield path, here
        return
    step, *rest = steps
    if step.isdigit() and isinstance(here, list):
        yield from _at(here[int(step)], rest, f"{path}.{step}")
        return
    if step != "*":
        yield from _at(here.get(step), rest, f"{path}.{step}") if isinstance(here, dict) else ()
        return
    members = here.items() if isinstance(here, dict) else enumerate(here or ())
    for name, member in members:
        yield from _at(member, rest, f"{path}.{name}")


def _unmarked(data: dict[str, Any]) -> list[str]:
    return [
        path
        for pattern in NOT_REGISTERED
        for path, value in _at(data, pattern.split("."))
        if not (value.get("assumption") is True and value.get("source"))
    ]


def _data(of: Protocol) -> dict[str, Any]:
    return of.model_dump(mode="json", by_alias=True)


def test_everything_that_the_registry_does_not_give_is_marked_and_sourced() -> None:
    assert _unmarked(_data(protocol())) == []


@pytest.mark.parametrize("pattern", NOT_REGISTERED)
def test_control_each_missing_mark_is_noticed(pattern: str) -> None:
    data = _data(protocol())
    places = list(_at(data, pattern.split(".")))
    assert places, f"nothing stands at {pattern}"
    places[-1][1]["assumption"] = False
    assert _unmarked(data) == [places[-1][0]]


def test_every_window_of_a_planned_visit_is_an_assumption_too() -> None:
    planned = [visit for visit in _data(protocol())["visits"] if visit["kind"] == "scheduled"]
    assert [v["id"] for v in planned if not (v["window"]["assumption"] and v["window"]["source"])] == []


def test_what_the_registry_gives_is_not_called_an_assumption() -> None:
    data = _data(protocol())
    assert not any(c["assumption"] for c in data["eligibility"]["criteria"])
    assert not data["dictionaries"]["staging"]["assumption"]
    assert not next(v for v in data["variables"] if v["id"] == "high_risk")["assumption"]
    background = next(n for n in data["narrative"] if n["id"] == "background")
    assert not background["assumption"]
    assert data["study"]["registrations"] == {"ClinicalTrials.gov": "NCT04223024", "sponsor": "B2019-191"}


def _sources(here: Any) -> Iterator[str]:
    if isinstance(here, dict):
        if isinstance(here.get("source"), str):
            yield here["source"]
        for value in here.values():
            yield from _sources(value)
    elif isinstance(here, list):
        for value in here:
            yield from _sources(value)


@pytest.mark.parametrize("folder", [FLAGSHIP, OROPHARYNX], ids=lambda folder: folder.name)
def test_every_source_that_is_named_by_its_key_is_listed_and_every_listed_one_is_used(folder: Any) -> None:
    of = protocol(folder)
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml")))
    named = set(re.findall(r"\b(?:S[0-9]+|KP)\b", " ".join(_sources(_data(of)))))
    assert named <= of.study.sources.keys()
    assert all(len(re.findall(rf"\b{key}\b", text)) > 1 for key in of.study.sources)


def test_the_arithmetic_of_the_design_is_what_its_note_says() -> None:
    design = protocol().design
    assert design is not None and design.control is not None and design.hazard_ratio is not None
    assert design.events is not None and design.participants is not None and design.accrual is not None
    ratio = design.hazard_ratio.value
    z = 1.6448536270 + 0.8416212336  # standard normal quantiles at 0.95 and 0.80
    schoenfeld = 4 * z**2 / math.log(ratio) ** 2
    assert schoenfeld == pytest.approx(94.77, abs=0.01)
    assert design.events.value == math.ceil(
        1.0079 * schoenfeld
    )  # inflation: one look at half, Lan-DeMets with O'Brien-Fleming

    def with_event(hazard: float, leave: float = 0.002, accrual: float = 36, more: float = 36) -> float:
        total = hazard + leave
        return (
            hazard / total * (1 - (math.exp(-total * more) - math.exp(-total * (accrual + more))) / (total * accrual))
        )

    control = -math.log(0.66) / 36
    mean = (with_event(control) + with_event(ratio * control)) / 2
    assert mean == pytest.approx(0.3663, abs=5e-5)
    assert design.events.value / mean <= design.participants.value
    assert (
        sum(m * r for m, r in zip(design.accrual.value.months, design.accrual.value.per_month, strict=True))
        == design.participants.value
    )


def test_the_hazards_of_the_base_scenario_add_up_to_the_design() -> None:
    base, null, *_ = protocol().scenarios
    parts = ("distant_recurrence", "local_recurrence", "regional_recurrence", "death_without_recurrence")
    chosen = {o.id: o for o in base.outcomes if o.id in parts}
    total = sum(o.hazard.value.per_month[0] for o in chosen.values())
    assert math.exp(-36 * total) == pytest.approx(0.66, abs=5e-4)
    assert {tuple(o.hazard_ratio.value.items()) for o in chosen.values() if o.hazard_ratio} == {
        (("ccrt_nimotuzumab", 0.6),)
    }
    assert {o.hazard_ratio.value["ccrt_nimotuzumab"] for o in null.outcomes if o.hazard_ratio} == {1.0}
    assert null.items == base.items
