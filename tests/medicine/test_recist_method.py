"""RECIST as a form asks for it: one form, several baselines, and what it remarks on in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from tests.medicine.saying import is_whole

METHOD = method_of("recist")
DAY = date(2026, 1, 5)
OPTIONS = {"baseline_visits": ("screening",), "version": "RECIST 1.1"}


def record(visit="later", week=0, targets=(), nontargets=(), news=(), **values):
    rows = {"targets": targets, "nontargets": nontargets, "news": news}
    return Observation(DAY + timedelta(weeks=week), visit, 1, values, rows)


def target(lesion, diameter, **more):
    organ = "liver" if lesion == "T2" else "lung"
    return {"lesion": lesion, "diameter": diameter, "state": "measured", "node": False, "organ": organ} | more


def remarks(*records, **options):
    *before, now = records
    return {one.code: one for one in METHOD.derive(now, before, OPTIONS | options).remarks}


FIRST = record("screening", targets=[target("T1", 40), target("T2", 20, organ="liver")])


def test_each_baseline_begins_a_course_of_its_own():
    records = [FIRST, record("induction", 6, [target("T1", 30), target("T2", 8, organ="liver")]),
               record("after", 18, [target("T1", 28), target("T2", 6, organ="liver")])]  # fmt: skip
    since_diagnosis = METHOD.derive(records[2], records[:2], OPTIONS).values
    since_induction = METHOD.derive(records[2], records[:2], OPTIONS | {"baseline_visits": "induction"}).values
    assert (since_diagnosis["overall"], since_diagnosis["baseline_sum"], since_diagnosis["sum"]) == ("PR", 60, 34)
    assert (since_induction["overall"], since_induction["baseline_sum"]) == ("SD", 38)
    assert METHOD.derive(records[0], [], OPTIONS).values["role"] == "baseline"
    assert METHOD.derive(records[0], [], OPTIONS | {"baseline_visits": "induction"}).values["role"] == "before_baseline"


def test_a_record_without_a_day_has_no_response_and_what_has_none_before_it_is_left_out():
    undated = Observation(None, "later", 1, {}, {"targets": [target("T1", 1)]})
    assert METHOD.derive(undated, [FIRST], OPTIONS).values["overall"] is None
    assert (
        METHOD.derive(record(week=6, targets=FIRST.rows["targets"]), [FIRST, undated], OPTIONS).values["overall"]
        == "SD"
    )


def test_the_start_decides_from_when_stable_disease_counts():
    later = FIRST.rows["targets"]
    assert METHOD.derive(record(week=6, targets=later), [FIRST], OPTIONS).values["best_so_far"] == "SD"
    started = record(week=6, targets=later, start=DAY + timedelta(3))
    assert METHOD.derive(started, [FIRST], OPTIONS).values["best_so_far"] == "NE"


OTHER = {"lesion": "N1", "status": "present", "node": False}
WITH_OTHERS = record("screening", targets=[target("T1", 40)], nontargets=[OTHER])
SEVEN = [target(f"T{n}", 20, organ=f"organ {n}") for n in range(7)]
NODES = [
    target(f"L{n}", 20, node=True, organ=organ) for n, organ in enumerate(("neck_nodes", "distant_nodes", "neck_nodes"))
]


@pytest.mark.parametrize(
    ("code", "records"),
    [
        ("below_measurable", [record("screening", targets=[target("T1", 4.1)])]),
        ("below_measurable", [record("screening", targets=[target("T1", 14.9, node=True)])]),
        ("below_measurable", [record("screening", targets=[target("T1", 15)], slice_mm=8)]),
        ("slice_thick", [record("screening", targets=[target("T1", 40)], slice_mm=8)]),
        ("method_unfit", [record("screening", targets=[target("T1", 40)], method="ultrasound")]),
        ("too_many_targets", [record("screening", targets=SEVEN)]),
        ("too_many_in_organ", [record("screening", targets=[target(f"T{n}", 20, organ="lung") for n in range(3)])]),
        ("too_many_in_organ", [record("screening", targets=NODES)]),
        ("baseline_old", [record("screening", targets=[target("T1", 40)], start=DAY + timedelta(29))]),
        ("baseline_after_start", [record("screening", targets=[target("T1", 40)], start=DAY - timedelta(1))]),
        ("new_at_baseline", [record("screening", targets=[target("T1", 40)], news=[{"lesion": "NEW1"}])]),
        ("axes_swapped", [record("screening", targets=[target("T1", 20, node=True, long_axis=16)])]),
        ("irradiated", [record("screening", targets=[target("T1", 20, irradiated=True)])]),
        ("node_normal", [record("screening", targets=[target("T1", 20)], nontargets=[OTHER | {"node": True, "short_axis": 9.9}])]),
        ("state_contradicts", [FIRST, record(week=6, targets=[target("T1", 40), target("T2", 8, state="disappeared")])]),
        ("state_contradicts", [FIRST, record(week=6, targets=[target("T1", 40), target("T2", 8, state="not_evaluable")])]),
        ("state_contradicts", [FIRST, record(week=6, targets=[target("T1", 40), target("T2", 8, state="merged", merged_into="T1")])]),
        ("counted_twice", [FIRST, record(week=6, targets=[*FIRST.rows["targets"], target("T2a", 8, split_from="T2")])]),
        ("same_day", [FIRST, record(week=6, targets=FIRST.rows["targets"]), record(week=6, targets=FIRST.rows["targets"])]),
        ("not_after_baseline", [FIRST, record(week=0, targets=FIRST.rows["targets"])]),
        ("targets_not_listed", [FIRST, record(week=6)]),
        ("split_from_unknown", [FIRST, record(week=6, targets=[*FIRST.rows["targets"], target("T7", 12, split_from="T9")])]),
        ("merged_into_unknown", [FIRST, record(week=6, targets=[target("T1", 40), target("T2", None, state="merged", merged_into="T9")])]),
        ("nontarget_missing", [WITH_OTHERS, record(week=6, targets=[target("T1", 40)])]),
        ("nontarget_unknown", [WITH_OTHERS, record(week=6, targets=[target("T1", 40)], nontargets=[OTHER, OTHER | {"lesion": "N2"}])]),
        ("length_missing", [record("screening", targets=[target("T1", None)])]),
        ("lesion_twice", [record("screening", targets=[target("T1", 40), target("T1", 40)])]),
        ("looks_like_cm", [FIRST, record(week=6, targets=[target("T1", 3.8), target("T2", 20)])]),
        ("long_axis", [record("screening", targets=[target("T1", 16, node=True)]),
                       record(week=6, targets=[target("T1", 28, node=True)])]),
        ("target_missing", [FIRST, record(week=6, targets=[target("T1", 38)])]),
        ("lesion_unknown", [FIRST, record(week=6, targets=[*FIRST.rows["targets"], target("T7", 12)])]),
        ("method_changed", [record("screening", targets=[target("T1", 40)], method="mri"),
                            record(week=6, targets=[target("T1", 40)], method="ct")]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_remarked_on_in_both_languages(code, records):
    found = remarks(*records)
    assert code in found
    assert is_whole(found[code])


@pytest.mark.parametrize(
    "records",
    [
        [FIRST],
        [record("screening", targets=[target("T1", 40)], start=DAY + timedelta(28), slice_mm=5.0, method="mri")],
        [FIRST, record(week=6, targets=[target("T1", 38), target("T2", None, state="disappeared")])],
        [FIRST, record(week=6, targets=[target("T1", 38), target("T2a", 8, split_from="T2")])],
        [FIRST, record(week=6, targets=[target("T1", 62), target("T2", None, state="merged", merged_into="T1")])],
        [FIRST, record(week=6, targets=[target("T1", 62), target("T2", None, state="merged", merged_into="T1")]),
         record(week=12, targets=[target("T1", 60)])],
        [FIRST, record(week=6, targets=[target("T1", 38), target("T2a", 8, split_from="T2")]),
         record(week=12, targets=[target("T1", 38), target("T2a", 8)])],
        [FIRST, record(week=6, targets=[target("M", 62), *(target(one, None, state="merged", merged_into="M") for one in ("T1", "T2"))])],
        [WITH_OTHERS, record(week=6, targets=[target("T1", 40)], nontargets=[OTHER])],
        [record("screening", targets=[target("T1", 20, irradiated=True, progressed_since=True)])],
        [record("screening", targets=[target("T1", 20, node=True, long_axis=20)], nontargets=[OTHER | {"node": True, "short_axis": 10}])],
        [FIRST, record(week=6, targets=[target("T1", 38), target("T2", 0, state="disappeared")])],
        [FIRST, record(week=6, targets=[target("T1", 38), target("T2", None, state="not_evaluable"), target("T2a", 8, split_from="T2")])],
    ],
)  # fmt: skip
def test_what_fits_is_not_remarked_on(records):
    assert remarks(*records) == {}


def test_organs_that_the_protocol_joins_have_two_targets_together():
    lungs = record("screening", targets=[target(f"T{n}", 20, organ=organ) for n, organ in
                                         enumerate(("left_lung", "left_lung", "right_lung"))])  # fmt: skip
    assert remarks(lungs) == {}
    assert remarks(lungs, one_organ=("liver + spleen", "left_lung + right_lung")).keys() == {"too_many_in_organ"}
    assert remarks(lungs, one_organ=("left_lung + liver", "right_lung + spleen")) == {}


def test_how_many_assessments_may_be_missed_before_a_confirmation_is_a_choice_of_the_protocol():
    small, unseen = [target("T1", 20), target("T2", 10)], [target(f"T{n}", None, state="not_evaluable") for n in (1, 2)]
    *before, now = [
        FIRST,
        record(week=6, targets=small),
        record(week=9, targets=unseen),
        record(week=12, targets=small),
    ]
    usual = METHOD.derive(now, before, OPTIONS | {"confirmation": True})
    strict = METHOD.derive(now, before, OPTIONS | {"confirmation": True, "not_evaluable_between_max": 0})
    assert (usual.values["best_so_far"], strict.values["best_so_far"]) == ("PR", "SD")


def test_a_length_in_centimeters_is_told_with_what_it_would_be_in_millimeters():
    said = remarks(record("screening", targets=[target("T1", 4.1)]))["below_measurable"]
    assert "41 mm if it was entered in centimeters" in said.say("en").what
    assert "41 mm" in said.say("zh").what
    assert (said.rows, said.row, said.names) == ("targets", 1, ("diameter",))


def test_control_a_rule_without_remarks_is_noticed(monkeypatch):
    monkeypatch.setattr("equipoise.medicine.recist.method.remarks_on_baseline", lambda *_, **__: [])
    with pytest.raises(KeyError):
        test_a_length_in_centimeters_is_told_with_what_it_would_be_in_millimeters()
