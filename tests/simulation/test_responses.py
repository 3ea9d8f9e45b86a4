"""Trials of rates and means as they follow from a protocol: what is found, lost and looked at, and what is refused."""

import math

import pytest

from equipoise.findings import Refusal
from equipoise.planning import plan_design
from equipoise.simulation.compile import compile_design, compile_scenario, kinds, null_effect, under_effect, under_null
from equipoise.simulation.run import run_simulation
from equipoise.simulation.workers import Workers, check_size
from tests.simulation.response_trial import MEANS, ONE_ARM, response_trial

BY_SEX = {"better": {"chance": "CASE WHEN arm = 'A' THEN 0.5 ELSE 0.3 END + CASE WHEN sex = 'F' THEN 0.2 ELSE 0 END"}}
LOOKS = {
    "design": {"looks": [{"information": 0.5}, {"information": 1}], "spending": {"kind": "lan_demets_obrien_fleming"}}
}


def items(**hows):
    return {"scenarios": [{"id": "base", "items": hows}]}


def compiled(*changes):
    of = response_trial(*changes)
    return compile_scenario(of, of.scenarios[0])


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(kinds, "DRAWN", 60)


def test_the_design_is_simulated_as_it_counts():
    of = response_trial(LOOKS)
    plan, setup = plan_design(of), compile_design(of).setup
    assert setup.participants == plan.required_participants
    assert [look.events for look in setup.looks] == [round(0.5 * plan.planned.participants), None]
    assert setup.looks[1].after_last == 4
    (cell,) = setup.cells
    assert [shown.rate for shown in cell.shown] == [0.3, 0.5]
    assert cell.control.dropout == 0.02
    assert setup.response.months == pytest.approx(84 / 30.4375)
    assert setup.response.truth == pytest.approx(0.2)
    assert setup.looks[0].efficacy == pytest.approx(plan.boundaries.upper[0])
    assert setup.looks[0].harm == pytest.approx(-plan.boundaries.upper[0])


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ({"dropout_per_month": 0.05}, lambda setup: setup.cells[0].control.dropout),
        ({"accrual": {"months": [12], "per_month": [30]}}, lambda setup: setup.joining.rates),
        ({"follow_up_months": 9}, lambda setup: setup.looks[-1].after_last),
    ],
)
def test_every_key_of_the_calendar_of_such_a_design_moves_what_is_simulated(change, moved):
    as_it_is, changed = (compile_design(response_trial({"design": of})).setup for of in ({}, change))
    assert moved(as_it_is) != moved(changed)
    assert as_it_is != changed


def test_without_accrual_a_design_has_an_order_and_no_months():
    run = run_simulation(response_trial(LOOKS, {"design": {"accrual": None}}), ["design"], Workers(50, 1))
    (one,) = run.scenarios
    assert "states no accrual" in one.compiled.notes[-1].en
    assert math.isnan(one.characteristics.months.value)
    assert math.isnan(one.characteristics.looks[0].participants.value)
    assert one.characteristics.looks[1].participants.value > 0


def test_rates_that_hang_on_arm_and_strata_are_exact():
    one = compiled(items(**BY_SEX))
    by_share = {round(cell.share, 3): [shown.rate for shown in cell.shown] for cell in one.setup.cells}
    assert by_share == {0.25: [0.5, 0.7], 0.75: [0.3, 0.5]}
    assert {shown.present for cell in one.setup.cells for shown in cell.shown} == {0.9}
    assert one.setup.cells[0].control.dropout == pytest.approx(0.015)
    assert one.setup.response.truth == pytest.approx(0.2)
    assert any("35.0% / 55.0%, exact" in note.en and "精确" in note.zh for note in one.notes)


@pytest.mark.parametrize(
    ("hows", "rates"),
    [
        ({"better": {"chance": None, "choice": {"true": 1, "false": 3}}}, [0.25, 0.25]),
        ({"better": {"chance": None, "choice_by": [{"when": "arm = 'A'", "choice": {"true": 1}}, {"choice": {"true": 1, "false": 1}}]}}, [0.5, 1.0]),
    ],
)  # fmt: skip
def test_a_choice_is_exact_too(hows, rates):
    assert [shown.rate for shown in compiled(items(**hows)).setup.cells[0].shown] == rates


def test_what_hangs_on_more_is_counted_among_virtual_participants():
    hangs = {"better": {"chance": "CASE WHEN arm = 'A' THEN age / 100.0 ELSE 0.3 END"}}
    one = compiled(items(**hangs))
    assert any("counted among 60 virtual" in note.en and "虚拟受试者" in note.zh for note in one.notes)
    assert 0.4 < one.setup.response.truth + 0.3 < 0.8
    # Whoever leaves or misses the visit was counted, and is not lost once more.
    assert one.setup.cells[0].control.dropout == 0
    assert 0.7 < one.setup.cells[-1].shown[0].present < 1


def test_numbers_are_counted_in_both_arms_by_the_same_lots():
    one = compiled(MEANS)
    low, high = one.setup.cells[-1].shown
    assert one.setup.response.truth == pytest.approx(5.0, abs=0.5)
    assert low.values == tuple(sorted(low.values))
    assert high.center - low.center == pytest.approx(5.0, abs=0.5)
    assert one.setup.response.scale == 10


def test_whoever_dies_before_is_not_assessed():
    death = {
        "id": "death", "form": "death", "visit": "events", "date_item": "death_date", "ends": True,
        "hazard": {"value": {"median_months": 2}},
    }  # fmt: skip
    one = compiled({"scenarios": [{"id": "base", "outcomes": [death]}]})
    assert one.setup.cells[-1].shown[0].present < 0.6


def test_one_arm_is_compared_with_a_number():
    of = response_trial(ONE_ARM)
    setup = compile_scenario(of, of.scenarios[0]).setup
    assert setup.one_arm
    assert setup.looks[0].statistic.kind == "rate"
    assert (setup.response.null, setup.response.truth) == (0.3, pytest.approx(0.5))
    assert under_null(setup).response.truth == pytest.approx(0.3)


def test_the_null_hypothesis_and_other_effects_are_those_of_the_margin():
    wide = {"design": {"question": "non_inferiority", "margin": -0.1, "rates": {"control": 0.5, "experimental": 0.5}}}
    setup = compile_design(response_trial(wide)).setup
    assert setup.looks[0].statistic.kind == "rate_limit"
    assert [one.rate for one in under_null(setup).cells[0].shown] == pytest.approx([0.5, 0.4])
    assert under_effect(setup, 0.2).response.truth == pytest.approx(0.2)
    ratio = {"design": {"margin": 0.8, "rates": {"measure": "ratio"}}}
    setup = compile_design(response_trial(wide, ratio)).setup
    assert setup.looks[0].statistic.kind == "rate_ratio"
    assert null_effect(setup) == pytest.approx(-0.1)
    assert [one.rate for one in under_null(setup).cells[0].shown] == pytest.approx([0.5, 0.4])
    means = {"design": {"question": "non_inferiority", "margin": -2}}
    setup = compile_design(response_trial(MEANS, means)).setup
    assert under_null(setup).response.truth == pytest.approx(-2)


def test_a_whole_run_has_scenario_null_and_curve():
    run = run_simulation(response_trial(), ["base"], Workers(400, 1), with_curve=True)
    (base,) = run.scenarios
    # 182 that join are planned for 80%; by chance, and by a tenth that is missed, somewhat less.
    assert 0.6 < base.characteristics.efficacy.value < 0.9
    assert run.null.characteristics.efficacy.value < 0.06
    effects = [one.setup.response.truth for one in run.curve]
    assert effects[0] == pytest.approx(0)
    assert effects[6] == pytest.approx(0.2)
    powers = [one.characteristics.efficacy.value for one in run.curve]
    assert powers == sorted(powers)


# What is refused --------------------------------------------------------------------------------------------------------


def told(*changes, of=None):
    with pytest.raises(Refusal) as refused:
        (of or compiled)(*changes)
    (finding,) = refused.value.findings
    assert any("\u4e00" <= sign <= "\u9fff" for sign in finding.tell("zh"))
    return finding.code, finding.tell()


def test_an_analysis_whose_statistic_is_not_simulated():
    of = response_trial()
    analyses = tuple(
        one.model_copy(update={"strata": ("sex",)}) if one.id == "improved_rate" else one for one in of.analyses
    )
    code, line = told(of=lambda: compile_design(of.model_copy(update={"analyses": analyses})))
    assert code == "simulation.statistic"
    assert "`improved_rate`" in line


def test_without_an_analysis_it_is_supposed():
    one = compiled({"analyses": [{"id": "improved_rate", "remove": True}]})
    assert any("by the method proportion" in note.en for note in one.notes)


def test_an_endpoint_of_which_nothing_is_ever_known():
    code, line = told(MEANS, {"scenarios": [{"id": "base", "withdrawal_per_month": 500}]})
    assert code == "simulation.nothing_found"
    assert "in arm" in line


def test_an_endpoint_that_rests_on_what_follows_another_record():
    follow = {"id": "again", "after": "baseline", "form": "response", "visit": "more", "date_item": "assessed_on"}
    log = {"id": "more", "label": {"en": "More", "zh": "更多"}, "kind": "log", "forms": ["response"]}
    code, line = told({"visits": [log], "scenarios": [{"id": "base", "follows": [follow]}]})
    assert code == "simulation.found_elsewhere"
    assert "the form response" in line


def test_an_interim_look_that_never_comes():
    late = {"design": {"looks": [{"information": 0.98}, {"information": 1}]}}
    code, line = told(LOOKS, late, {"scenarios": [{"id": "base", "missed_visit": 0.5}]})
    assert code == "simulation.never_reached"
    assert "are assessed on average" in line


def test_an_assessment_beyond_all_months():
    code, line = told({"visits": [{"id": "week_12", "day": 32000}], "design": {"dropout_per_month": 0}})
    assert "a simulated trial lasts less than" in line
    assert code == "simulation.impossible"


def test_a_device_is_refused():
    code, _ = told(of=lambda: run_simulation(response_trial(), ["design"], Workers(10, 1, gpu=True)))
    assert code == "simulation.device"


def test_the_time_of_such_trials_is_judged_beforehand():
    setup = compile_design(response_trial()).setup
    assert check_size([setup], Workers(10**9, 1, 1)) == []
