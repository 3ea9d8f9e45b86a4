"""A rehearsal that is true to life: what hangs together does, lesions stay themselves, sites err and are asked, and
mend.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.state.query import DEVIATIONS
from equipoise.datacut.unblinding import unsealed_arms
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.units import months_to_days
from tests.rehearsal.lively import lively
from tests.virtual.stage import content, memory_study

N = 120


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    study = memory_study(tmp_path_factory.mktemp("lively"), lively())
    return study, run_rehearsal(study, participants=N, seed=4)


@pytest.fixture(scope="module")
def entries(played):
    return list(played[0].store.read(played[0].id))


def forms(entries, form):
    """Participant to the payloads of one form, in the order of entry."""
    found = defaultdict(list)
    for entry in entries:
        if entry.kind == "form_recorded" and entry.payload["form"] == form:
            found[entry.participant].append(entry.payload)
    return found


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def test_nothing_is_refused_and_the_ledger_verifies(played):
    study, report = played
    assert report.refusals == {}
    assert verify_study(study).findings == ()


def test_the_report_tells_what_happened(played):
    _, report = played
    counts = report.counts
    for what in (
        "completed",
        "followed",
        "outside window",
        "duplicates",
        "wrong strata",
        "monitoring visits",
        "missed",
        "queries by checks",
        "queries by people",
        "queries answered",
        "queries closed",
        "corrections",
    ):
        assert counts[what] > 0, what
    told = " ".join(report.lines())
    assert "queries:" in told
    assert "duplicates" in told


def test_lesions_keep_their_name_and_organ_and_their_diameters_go_their_way(entries):
    ratios = []
    for records in forms(entries, "lesions").values():
        first = records[0]["groups"]["targets"]
        for before, now in zip(records, records[1:], strict=False):
            rows = now["groups"]["targets"]
            assert [(r["lesion"], r["organ"]) for r in rows] == [(r["lesion"], r["organ"]) for r in first]
            pairs = zip(before["groups"]["targets"], rows, strict=True)
            ratios += [float(b["diameter"]) / float(a["diameter"]) for a, b in pairs if float(a["diameter"]) > 5]
    assert len(ratios) > 300
    assert 0.85 < mean(ratios) < 1.0
    assert max(ratios) < 1.5


def test_the_burden_that_nobody_sees_makes_old_the_large_and_the_dying(entries):
    ages = {who: records[0]["values"]["age"] for who, records in forms(entries, "baseline").items()}
    sums = {
        who: sum(float(row["diameter"]) for row in records[0]["groups"]["targets"])
        / len(records[0]["groups"]["targets"])
        for who, records in forms(entries, "lesions").items()
    }
    dead = set(forms(entries, "death"))
    old = [who for who in sums if ages[who] >= sorted(ages.values())[len(ages) // 2]]
    assert mean(sums[who] for who in old) > mean(sums[who] for who in sums if who not in old) + 2
    assert mean(ages[who] for who in dead) > mean(ages[who] for who in ages if who not in dead) + 1


def test_blood_counts_are_lower_where_the_drug_is_given_and_weight_falls_from_visit_to_visit(entries, played):
    sealed = {e.participant: e.payload for e in entries if e.kind == "allocated"}
    arms = unsealed_arms(played[0], sealed)
    counts, losses = defaultdict(list), []
    for who, records in forms(entries, "follow_up").items():
        counts[arms[who]] += [float(r["values"]["neutrophils"]) for r in records]
        weights = [float(r["values"]["heavy"]) for r in records if r["visit"] == "every_3_months"]
        losses += [b - a for a, b in zip(weights, weights[1:], strict=False) if abs(b - a) < 15]
    assert mean(counts["A"]) < 0.9 * mean(counts["B"])
    assert -1.2 < mean(losses) < -0.2


def test_a_dose_is_late_after_a_low_count(entries):
    start = {e.participant: date.fromisoformat(e.payload["date"]) for e in entries if e.kind == "allocated"}
    late = Counter()
    for who, records in forms(entries, "follow_up").items():
        for record in records:
            if record["visit"] == "dose":
                planned = 33 + 21 * (record["occurrence"] - 1)
                days = (date.fromisoformat(record["observed"]) - start[who]).days - planned
                late["late" if days >= 7 else "in time"] += 1
                assert days in range(10)  # the weekend may be between
    assert late["late"] > 20
    assert late["in time"] > 60


def test_an_adverse_event_is_open_until_its_end_has_come(entries):
    on_file = {}
    ended_later = 0
    for entry in entries:
        said = entry.payload or {}
        if entry.kind == "form_recorded" and said["form"] == "adverse_event":
            values = on_file[entry.participant, said["occurrence"]] = dict(said["values"])
            assert (values["ae_end"] is None) == (values["ae_outcome"] == "open")
            assert values["ae_end"] is None or values["ae_end"] <= entry.at[:10]
        elif entry.kind == "value_corrected" and said["form"] == "adverse_event" and said["item"] == "ae_end":
            ended_later += 1
            assert said["new"] <= entry.at[:10]
    assert ended_later > 20


def test_every_serious_event_is_reported_within_two_days_with_its_grade(entries):
    reports = forms(entries, "serious")
    for who, records in forms(entries, "adverse_event").items():
        serious = [r["values"] for r in records if r["values"]["ae_serious"]]
        mine = [r["values"] for r in reports.get(who, ())]
        assert len(mine) <= len(serious)
        for event, report in zip(serious, mine, strict=False):
            days = (date.fromisoformat(report["sae_date"]) - date.fromisoformat(event["ae_start"])).days
            assert 0 <= days <= 2
            assert report["sae_grade"] == event["ae_grade"] == "3"
    assert sum(map(len, reports.values())) > 20


def test_what_happened_first_is_entered_first(entries):
    """Of visits on planned days; a slow site does not enter a later visit before an earlier one."""
    seen = defaultdict(list)
    for entry in entries:
        if entry.kind == "form_recorded" and entry.payload["visit"] == "every_3_months":
            seen[entry.participant].append(entry.payload["observed"])
    assert all(days == sorted(days) for days in seen.values())


def test_a_slow_and_careless_site_is_seen_to_be_one(entries):
    late, slips = defaultdict(list), Counter()
    for entry in entries:
        if entry.kind == "form_recorded" and entry.payload["visit"] == "every_3_months":
            late[entry.site].append(
                (date.fromisoformat(entry.at[:10]) - date.fromisoformat(entry.payload["observed"])).days
            )
        if entry.kind == "value_corrected" and re.search("录入错误", entry.payload["reason"]):
            slips[entry.site] += 1
    assert mean(late["S02"]) > 2 * mean(late["S01"])
    assert slips["S02"] / len(late["S02"]) > slips["S01"] / len(late["S01"])


def test_queries_are_asked_by_the_monitor_or_a_check_answered_at_the_site_and_closed_by_whoever_asks(entries):
    raised = {e.seq: e for e in entries if e.kind == "query_raised"}
    for entry in raised.values():
        by_check = entry.payload["by"] == "system"
        assert (entry.role == "monitor") is not by_check
        assert (entry.payload["check"] in ("growth", *DEVIATIONS)) is by_check
    answers = [e for e in entries if e.kind == "query_answered"]
    assert all(e.role == "investigator" for e in answers)
    assert {e.payload["query"] for e in answers} <= {f"Q{seq:04d}" for seq in raised}
    closed = Counter(e.payload["query"] for e in entries if e.kind == "query_closed")
    assert set(closed.values()) == {1}
    assert len(closed) > 0.8 * len(raised)


def test_somebody_screened_twice_is_suspected_and_goes_no_further(entries):
    suspected = [e for e in entries if e.kind == "duplicate_suspected"]
    assert 4 <= len(suspected) <= 40
    for entry in suspected:
        site = next(e.site for e in entries if e.kind == "screened" and e.participant == entry.payload["other"])
        assert entry.site != site
        assert {e.kind for e in entries if e.participant == entry.participant} == {
            "screened",
            "duplicate_suspected",
            "deviation_reported",
        }


def test_a_wrong_factor_is_corrected_and_the_true_one_recorded(entries):
    found = [e for e in entries if e.kind == "true_stratum_recorded"]
    assert len(found) > 5
    for entry in found:
        corrected = [
            e
            for e in entries
            if e.participant == entry.participant and e.kind == "value_corrected" and e.payload["item"] == "sex"
        ]
        assert [e.payload["new"] for e in corrected] == [entry.payload["factors"]["sex"]]
        assert corrected[0].seq < entry.seq


def test_who_is_lost_is_missed_for_weeks_before_it_is_said(entries):
    waited = {"follow_up": [], "consent": []}
    for entry in entries:
        if entry.kind == "withdrawn" and entry.payload["extent"] in waited:
            waited[entry.payload["extent"]].append(
                (date.fromisoformat(entry.at[:10]) - date.fromisoformat(entry.payload["date"])).days
            )
    assert min(waited["follow_up"]) >= 45
    assert max(waited["consent"], default=0) <= 4
    why = {who: records[0]["values"]["left_why"] for who, records in forms(entries, "leaving").items()}
    extents = {e.participant: e.payload["extent"] for e in entries if e.kind == "withdrawn"}
    for who, reason in why.items():
        assert reason == ("consent" if extents[who] == "consent" else "lost")


def test_toxicity_comes_again_and_more_often_in_the_arm_that_causes_it(entries, played):
    arms = unsealed_arms(played[0], {e.participant: e.payload for e in entries if e.kind == "allocated"})
    per_person = {arm: [] for arm in "AB"}
    events = forms(entries, "adverse_event")
    for who, arm in arms.items():
        per_person[arm].append(len(events.get(who, ())))
    assert max(max(counts) for counts in per_person.values()) >= 3
    assert mean(per_person["A"]) > 1.15 * mean(per_person["B"])
    assert months_to_days(1) > 30


def test_the_same_seed_gives_the_same_life(tmp_path):
    found = []
    for place in ("one", "two"):
        study = memory_study(tmp_path / place, lively())
        run_rehearsal(study, participants=14, seed=9)
        found.append(content(study))
    assert found[0] == found[1]


def test_interrupted_it_goes_on_to_the_same_end(tmp_path):
    study = memory_study(tmp_path / "a", lively())

    def stop(done, total):
        if done > total / 2:
            raise KeyboardInterrupt

    assert not run_rehearsal(study, participants=25, seed=2, progress=stop).finished
    report = run_rehearsal(study, participants=25, seed=2)
    straight = memory_study(tmp_path / "b", lively())
    other = run_rehearsal(straight, participants=25, seed=2)
    assert content(study) == content(straight)
    assert report.counts == other.counts
