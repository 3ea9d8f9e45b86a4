"""Every input of RECIST that the arithmetic takes and a reader would ask about is asked about: one change of a sound course each."""

from __future__ import annotations

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.recist import method as recist_method
from equipoise.medicine.recist.lesions import STATES, STATUSES
from equipoise.medicine.recist.words.inputs import INPUT_WORDS
from tests.medicine.saying import is_whole
from tests.medicine.test_recist_method import OPTIONS, record, target

METHOD = method_of("recist")


def node(lesion, diameter, **more):
    return target(lesion, diameter, node=True, organ="neck_nodes", **more)


def other(lesion="N1", status="present", **more):
    return {"lesion": lesion, "status": status, "node": False, "organ": "pleura"} | more


def new(lesion="X1", certainty="unequivocal", pet="none"):
    return {"lesion": lesion, "certainty": certainty, "pet": pet}


TARGETS = [target("T1", 40), node("L1", 20)]
FIRST = record("screening", targets=TARGETS, nontargets=[other()])
SOUND = record(week=8, targets=[target("T1", 38), node("L1", 19)], nontargets=[other()])
GONE = [target("T1", None, state="disappeared"), node("L1", 8)]
COMPLETE = record(week=8, targets=GONE, nontargets=[other(status="absent")])


def later(week=8, targets=SOUND.rows["targets"], nontargets=SOUND.rows["nontargets"], news=()):
    return record(week=week, targets=targets, nontargets=nontargets, news=news)


def baseline(targets=TARGETS, nontargets=(other(),)):
    return record("screening", targets=targets, nontargets=nontargets)


def told(*records, **options):
    *before, now = records
    return METHOD.derive(now, before, OPTIONS | options).remarks


def codes(*records, **options):
    return [one.code for one in told(*records, **options)]


def days_later(record_, days):
    from dataclasses import replace
    from datetime import timedelta

    return replace(record_, day=record_.day + timedelta(days=days))


def test_a_sound_course_is_not_asked_about():
    assert codes(FIRST) == []
    assert codes(FIRST, SOUND) == []
    assert codes(FIRST, COMPLETE) == []
    assert codes(FIRST, COMPLETE, later(16, GONE, [other(status="absent")])) == []
    assert codes(FIRST, later(news=[new()])) == []


CASES = [
    ("lesion_unnamed", [baseline([target(None, 40)])]),
    ("lesion_unnamed", [baseline(nontargets=[other(None)])]),
    ("lesion_unnamed", [FIRST, later(news=[new(None)])]),
    ("lesion_twice", [baseline(nontargets=[other(), other()])]),
    ("lesion_twice", [FIRST, later(news=[new(), new()])]),
    ("lesion_in_both_lists", [baseline(nontargets=[other("T1")])]),
    ("lesion_in_both_lists", [baseline(nontargets=[other(" t1")])]),
    ("lesion_in_both_lists", [FIRST, later(nontargets=[other(), other("T1")])]),
    ("length_impossible", [FIRST, later(targets=[target("T1", -3), node("L1", 19)])]),
    ("zero_length", [FIRST, later(targets=[target("T1", 0), node("L1", 19)])]),
    ("too_small_but_long", [FIRST, later(targets=[target("T1", 12, state="too_small"), node("L1", 19)])]),
    ("link_contradicts", [FIRST, later(targets=[target("T1", 38, merged_into="L1"), node("L1", 19)])]),
    ("link_to_itself", [FIRST, later(targets=[target("T1", 38, split_from="T1"), node("L1", 19)])]),
    ("link_to_itself", [FIRST, later(targets=[target("T1", None, state="merged", merged_into="T1"), node("L1", 19)])]),
    ("link_at_baseline", [baseline([target("T1", 40, split_from="T0")])]),
    ("link_at_baseline", [baseline([target("T1", 40, merged_into="T0")])]),
    ("nothing_at_baseline", [baseline((), ())]),
    ("axis_decides", [FIRST, later(nontargets=[other(status="absent", node=True, short_axis=12)])]),
    ("axis_decides", [FIRST, later(nontargets=[other(status="present", node=True, short_axis=9)])]),
    ("axis_without_node", [FIRST, later(nontargets=[other(short_axis=12)])]),
    ("status_missing", [FIRST, later(nontargets=[other(status=None)])]),
    ("certainty_missing", [FIRST, later(news=[new(certainty=None)])]),
    ("pet_waits", [FIRST, later(news=[new(pet="no_baseline")])]),
    ("pet_known_site", [FIRST, later(news=[new(pet="known_site")])]),
    ("new_is_known", [FIRST, later(news=[new("T1")])]),
    ("new_is_known", [FIRST, later(news=[new("t1")])]),
    ("new_is_known", [FIRST, later(news=[new("N1", certainty="equivocal")])]),
    ("new_is_known", [FIRST, SOUND, later(16, [*SOUND.rows["targets"], target("T1b", 8, split_from="T1")], news=[new("T1b")])]),
    ("days_apart", [FIRST, SOUND, days_later(SOUND, 3)]),
    ("days_apart", [FIRST, SOUND, days_later(SOUND, 13)]),
    ("days_apart", [FIRST, days_later(SOUND, 3 - 56)]),
    ("node_changed", [FIRST, later(targets=[target("T1", 38), target("L1", 19, organ="neck_nodes")])]),
    ("node_changed", [FIRST, later(nontargets=[other(node=True)])]),
    ("organ_changed", [FIRST, later(targets=[target("T1", 38, organ="liver"), node("L1", 19)])]),
    ("organ_changed", [FIRST, later(nontargets=[other(organ="bone")])]),
    ("certainty_less", [FIRST, later(news=[new()]), later(16, news=[new(certainty="equivocal")])]),
    ("again_after_complete", [FIRST, COMPLETE, later(16, [GONE[0], node("L1", 11)], [other(status="absent")])]),
    ("again_after_complete", [FIRST, COMPLETE, later(16, [GONE[0], node("L1", 16)], [other(status="absent")])]),
    ("again_after_complete", [FIRST, COMPLETE, later(16, [target("T1", 6), GONE[1]], [other(status="absent")])]),
    ("again_after_complete", [FIRST, COMPLETE, later(16, [target("T1", None, state="too_small"), GONE[1]], [other(status="absent")])]),
    ("again_after_complete", [FIRST, COMPLETE, later(16, GONE, [other()])]),
    ("progression_by_nontarget", [FIRST, later(nontargets=[other(status="unequivocal_progression")])]),
]  # fmt: skip
CASES += [
    ("baseline_not_measured", [baseline([target("T1", None, state=state), node("L1", 20)])])
    for state in STATES
    if state != "measured"
]
CASES += [
    ("nontarget_not_present", [baseline(nontargets=[other(status=status)])])
    for status in STATUSES
    if status != "present"
]


@pytest.mark.parametrize(("code", "records"), CASES)
def test_one_change_of_a_sound_course_is_asked_about_in_both_languages(code, records):
    found = [one for one in told(*records) if one.code == code]
    assert found
    assert all(is_whole(one) and one.severity == "soft" for one in found)
    assert not any(one.names and one.rows and one.row is None for one in found)


def test_every_remark_on_inputs_has_a_case():
    assert {code.partition("/")[0] for code in INPUT_WORDS} == {code for code, _ in CASES} - {"lesion_twice"}


def test_control_without_these_remarks_every_case_is_taken_in_silence(monkeypatch):
    for name in ("remarks_on_inputs", "remarks_on_baseline_inputs", "remarks_on_course"):
        monkeypatch.setattr(recist_method, name, lambda *_, **__: ())
    assert not [code for code, records in CASES if code in codes(*records)]


def test_a_node_of_eleven_after_a_complete_response_is_progression_and_says_how_little_it_is():
    records = [FIRST, COMPLETE, later(16, [GONE[0], node("L1", 11)], [other(status="absent")])]
    derived = METHOD.derive(records[-1], records[:-1], OPTIONS)
    assert derived.values["overall"] == "PD"
    said = next(one for one in derived.remarks if one.code == "again_after_complete").say("en")
    assert "11 mm" in said.what
    assert "error of measuring" in said.why


def test_a_node_that_grows_without_a_complete_response_before_is_not_asked_about():
    partial = later(targets=[target("T1", 20), node("L1", 9)])
    assert "again_after_complete" not in codes(FIRST, partial, later(16, [target("T1", 20), node("L1", 11)]))


def test_how_close_two_assessments_may_be_is_the_protocols():
    close = [FIRST, SOUND, days_later(SOUND, 10)]
    assert "days_apart" in codes(*close)
    assert "days_apart" not in codes(*close, apart_days_min=10)
    assert "days_apart" not in codes(FIRST, SOUND, days_later(SOUND, 14))


def test_progression_that_the_targets_or_a_new_lesion_show_as_well_is_not_asked_about():
    grown = [target("T1", 60), node("L1", 19)]
    worse = [other(status="unequivocal_progression")]
    assert "progression_by_nontarget" not in codes(FIRST, later(targets=grown, nontargets=worse))
    assert "progression_by_nontarget" not in codes(FIRST, later(nontargets=worse, news=[new()]))


def test_a_second_baseline_without_remarks_may_hold_what_has_disappeared():
    assert codes(baseline(GONE), remarks=False) == []
