"""The rehearsal is the simulation of its scenario: what stands in the ledger follows the scenario's hazards.

Three ways, from exact to statistical: the days that the plain drawing gives, participant by participant; events against
the cumulative hazard that was lived through, arm by arm and piece by piece (O - E is a martingale with variance E, so
|O - E| / sqrt(E) is held below 3.5: chance exceeds it once in 2000 times, and seeds are fixed); and the hazard ratio of
the Cox model over pooled rehearsals, through cut and analysis, whose 99% interval must cover the truth.
"""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest

from equipoise.analysis.rows import derive_rows
from equipoise.chance import Stream
from equipoise.datacut import freeze
from equipoise.datacut.unblinding import unsealed_arms
from equipoise.ledger import open_store
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.survival import estimate_cox
from equipoise.virtual.outcomes import draw_outcomes, hazard_pieces, survival
from tests.virtual.stage import SURVIVAL, content, flagship, memory_study, small

N, SEEDS = 240, (1, 2, 3)
Z_MAX = 3.5
TRUE_RATIO = 0.45


@dataclass(frozen=True)
class Lived:
    """One randomized participant as the ledger tells: `days` under observation, and whether the event came."""

    number: int
    arm: str
    start: date
    end: date
    died: date | None

    @property
    def days(self) -> int:
        return ((self.died or self.end) - self.start).days


def lives(study, report, form="death", item="death_date"):
    """Read straight from the facts: allocation, withdrawal, the event's form."""
    start, end, died, sealed, numbers = {}, {}, {}, {}, {}
    for entry in study.store.read(study.id):
        said, who = entry.payload, entry.participant
        if entry.kind == "screened":
            numbers[who] = int(entry.act.split("-")[2])
        elif entry.kind == "allocated":
            start[who], sealed[who] = date.fromisoformat(said["date"]), said
        elif entry.kind == "withdrawn" and said["extent"] != "treatment":
            end[who] = date.fromisoformat(said["date"])
        elif entry.kind == "form_recorded" and said["form"] == form:
            died.setdefault(who, date.fromisoformat(said["values"][item]))
    arms = unsealed_arms(study, sealed)
    return [Lived(numbers[p], arms[p], day, end.get(p, report.until), died.get(p)) for p, day in start.items()]


@pytest.fixture(scope="module")
def rehearsals(tmp_path_factory):
    found = []
    for seed in SEEDS:
        study = memory_study(tmp_path_factory.mktemp(f"seed{seed}"), small(SURVIVAL), bytes([seed] * 32))
        found.append((study, run_rehearsal(study, participants=N, seed=seed)))
    return found


DEATH = small(SURVIVAL).scenarios[0].outcomes[0]


def worst_z(people, hazard, ratios):
    """The largest |O - E| / sqrt(E) over arms and pieces of the hazard, with E the hazard that was lived through."""
    pieces, found = hazard_pieces(hazard), []
    edges = (0.0, *pieces.cuts_days, math.inf)
    for arm in sorted({one.arm for one in people}):
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            observed = expected = 0.0
            for one in people:
                if one.arm != arm:
                    continue
                stay = [-math.log(survival(pieces, min(max(one.days, low), high), ratios.get(arm, 1.0))),
                        -math.log(survival(pieces, low, ratios.get(arm, 1.0)))]  # fmt: skip
                expected += stay[0] - stay[1]
                observed += one.died is not None and low < one.days <= high
            found.append(abs(observed - expected) / math.sqrt(expected))
    return max(found)


def exchanged(people):
    other = {"A": "B", "B": "A"}
    return [Lived(p.number, other[p.arm], p.start, p.end, p.died) for p in people]


# Participant by participant -------------------------------------------------------------------------------------------


def as_drawn(one, seed, outcomes):
    """The day of the event by the plain drawing of the same scenario, when it falls under observation."""
    struck = draw_outcomes(outcomes, one.arm, Stream(seed, "participant", one.number).child("outcomes"))
    if "death" not in struck:
        return None
    day = one.start + timedelta(days=max(1, round(struck["death"])))
    return day if day <= one.end else None


def test_every_death_in_the_ledger_is_the_one_that_was_drawn(rehearsals):
    for (study, report), seed in zip(rehearsals, SEEDS, strict=True):
        people = lives(study, report)
        assert len(people) == N
        assert [one.died for one in people] == [as_drawn(one, seed, (DEATH,)) for one in people]


def test_control_with_exchanged_arms_the_drawn_deaths_are_others(rehearsals):
    study, report = rehearsals[0]
    people = exchanged(lives(study, report))
    assert [one.died for one in people] != [as_drawn(one, SEEDS[0], (DEATH,)) for one in people]


# Events against hazards -----------------------------------------------------------------------------------------------


def test_events_agree_with_the_hazards_of_the_scenario_in_each_arm_and_piece(rehearsals):
    people = [one for study, report in rehearsals for one in lives(study, report)]
    assert sum(one.died is not None for one in people) > 200
    assert worst_z(people, DEATH.hazard.value, {"A": TRUE_RATIO}) < Z_MAX


@pytest.mark.parametrize("wrong", [{"A": 1.0}, {"A": TRUE_RATIO / 2, "B": 0.5}, {"A": TRUE_RATIO, "B": 2.0}])
def test_control_other_hazards_are_noticed(rehearsals, wrong):
    people = [one for study, report in rehearsals for one in lives(study, report)]
    assert worst_z(people, DEATH.hazard.value, wrong) > Z_MAX


def test_control_exchanged_arms_are_noticed(rehearsals):
    people = [one for study, report in rehearsals for one in lives(study, report)]
    assert worst_z(exchanged(people), DEATH.hazard.value, {"A": TRUE_RATIO}) > Z_MAX


# Through cut and analysis ---------------------------------------------------------------------------------------------


def pooled_fit(rehearsals, *, swap=False):
    """The Cox model of A against B over all rehearsals, each a stratum of its own, from the analysis' own rows."""
    time, event, arm, stratum = [], [], [], []
    for place, (study, _) in enumerate(rehearsals):
        rows = derive_rows(freeze(study), study.protocol, study.protocol.endpoints[0])
        rows = rows.filter(rows["arm"].is_not_null())
        assert rows["problem"].is_null().all()
        time += rows["time_days"].to_list()
        event += rows["event"].to_list()
        arm += [float((a == "A") != swap) for a in rows["arm"]]
        stratum += [place] * rows.height
    return estimate_cox(time, event, np.array(arm)[:, None], stratum, confidence=0.99)


def covers(fit, truth):
    return bool(fit.ci_lower[0] < truth < fit.ci_upper[0])


def test_the_hazard_ratio_over_pooled_rehearsals_covers_the_truth(rehearsals):
    fit = pooled_fit(rehearsals)
    assert fit.rows == N * len(SEEDS)
    assert covers(fit, TRUE_RATIO)


def test_control_the_hazard_ratio_excludes_no_effect_and_exchanged_arms(rehearsals):
    assert not covers(pooled_fit(rehearsals), 1.0)
    assert not covers(pooled_fit(rehearsals, swap=True), TRUE_RATIO)


def test_the_analysis_counts_the_deaths_that_the_facts_tell(rehearsals):
    fit = pooled_fit(rehearsals)
    assert fit.events == sum(one.died is not None for study, report in rehearsals for one in lives(study, report))


# The flagship: four competing causes of progression -------------------------------------------------------------------


@pytest.fixture(scope="module")
def npc(tmp_path_factory):
    study = memory_study(tmp_path_factory.mktemp("npc"), flagship())
    return study, run_rehearsal(study, participants=80, seed=11, until=date(2024, 6, 30))


def progression(people, scenario, factor=1.0):
    """O - E over sqrt(E) of the first of all causes, whose hazards are constant and add up."""
    causes = [o for o in scenario.outcomes if o.form in ("recurrence", "death") and o.after is None]
    expected = 0.0
    for one in people:
        for cause in causes:
            ratios = cause.hazard_ratio.value if cause.hazard_ratio else {}
            expected -= factor * math.log(
                survival(hazard_pieces(cause.hazard.value), one.days, ratios.get(one.arm, 1.0))
            )
    observed = sum(one.died is not None for one in people)
    return (observed - expected) / math.sqrt(expected)


def first_event(study, report):
    """Progression or death, whichever the facts tell first."""
    recurred = lives(study, report, "recurrence", "recurrence_date")
    dead = {one.number: one.died for one in lives(study, report)}
    found = []
    for one in recurred:
        days = [day for day in (one.died, dead[one.number]) if day is not None]
        found.append(Lived(one.number, one.arm, one.start, one.end, min(days, default=None)))
    return found


@pytest.mark.long
def test_progression_in_the_flagship_agrees_with_its_scenario(npc):
    study, report = npc
    people = first_event(study, report)
    assert sum(one.died is not None for one in people) >= 8
    assert abs(progression(people, study.protocol.scenarios[0])) < Z_MAX


@pytest.mark.long
def test_control_five_times_the_hazard_is_noticed_in_the_flagship(npc):
    study, report = npc
    assert abs(progression(first_event(study, report), study.protocol.scenarios[0], 5.0)) > Z_MAX


# Whatever the store ---------------------------------------------------------------------------------------------------


def rehearsed_in(store, folder, seed=1):
    study = memory_study(folder, small(), store=store)
    report = run_rehearsal(study, participants=12, seed=seed)
    assert report.finished
    return content(study)


def test_a_rehearsal_is_the_same_in_sqlite_as_in_memory(tmp_path):
    with closing(open_store(tmp_path / "ledger.sqlite")) as store:
        assert rehearsed_in(store, tmp_path / "a") == rehearsed_in(None, tmp_path / "b")


def test_a_rehearsal_is_the_same_in_postgresql_as_in_memory(tmp_path, postgres_url):
    with closing(open_store(postgres_url)) as store:
        assert rehearsed_in(store, tmp_path / "a") == rehearsed_in(None, tmp_path / "b")


def test_control_another_seed_is_another_rehearsal(tmp_path):
    with closing(open_store(tmp_path / "ledger.sqlite")) as store:
        assert rehearsed_in(store, tmp_path / "a", seed=2) != rehearsed_in(None, tmp_path / "b")
