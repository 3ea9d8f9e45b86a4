"""From a protocol and a scenario to plain numbers: hazards, kinds of participants, looks,
and what cannot be simulated."""

import math

import pytest

from equipoise.cache import Cache
from equipoise.findings import Refusal
from equipoise.planning.of_protocol import plan_design
from equipoise.simulation.cache import Simulated
from equipoise.simulation.compile import (
    compile_design,
    compile_scenario,
    compile_setup,
    most_events_of,
    under_null,
    under_ratio,
)
from equipoise.simulation.compile.endpoint_events import find_parts
from equipoise.simulation.run import _Kept
from equipoise.simulation.trials.parts import Screening
from equipoise.virtual.defaults import LEAVING
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX, protocol
from tests.simulation.simulated_trial import outcome, scenario, trial

H = math.log(2) / 12
RELAPSE = {"form": "follow_up", "visit": "relapses", "date_item": "seen_date", "ends": False}
WITH_RELAPSE = {
    "visits": [
        {"id": "relapses", "label": {"en": "Relapses", "zh": "复发"}, "kind": "log", "forms": ["follow_up"]},
    ],
}


def setup_of(*outcomes, **more):
    of = trial(
        WITH_RELAPSE,
        {"scenarios": [{"id": "benefit", "remove": True}]},
        {"scenarios": [scenario(*outcomes, **more) | {"id": "this"}]},
    )
    return compile_setup(of, of.scenarios[0])


def refusal_of(*changes, compile_it=lambda of: compile_setup(of, of.scenarios[0])):
    with pytest.raises(Refusal) as refused:
        compile_it(trial(*changes))
    return [finding.code for finding in refused.value.findings]


# Hazards --------------------------------------------------------------------------------------------------------------


def test_the_parts_of_the_flagships_endpoint_are_what_its_derivation_counts():
    flagship = protocol(FLAGSHIP)
    by_id = {endpoint.id: endpoint for endpoint in flagship.endpoints}
    causes = {"distant_recurrence", "local_recurrence", "regional_recurrence", "death_without_recurrence"}

    def first(endpoint):
        parts = find_parts(flagship, flagship.scenarios[0], by_id[endpoint])
        return {name for name, part in parts.items() if part.event == 1 and not name.startswith("death_after")}

    assert first("pfs") == causes
    assert first("os") == {"death_without_recurrence"}
    assert first("dmfs") == {"distant_recurrence", "death_without_recurrence"}
    incidence = find_parts(flagship, flagship.scenarios[0], by_id["distant_incidence"])
    assert incidence["death_without_recurrence"].competing == 1
    assert incidence["local_recurrence"].event == incidence["local_recurrence"].competing == 0


def test_the_flagships_hazards_add_up_to_its_design(monkeypatch):
    monkeypatch.setattr("equipoise.simulation.compile.kinds.DRAWN", 40)  # they add up in whatever kinds there are
    flagship = protocol(FLAGSHIP)
    setup = compile_scenario(flagship, flagship.scenarios[0]).setup
    for cell in setup.cells:
        assert cell.control.hazards == pytest.approx((0.01154,))
        assert cell.experimental.hazards == pytest.approx((0.01154 * 0.6,))
        assert cell.control.dropout == pytest.approx(0.002 * LEAVING)
    assert setup.true_ratio == pytest.approx(0.6)
    assert setup.participants == 270
    assert [look.events for look in setup.looks] == [48, 96]


def test_ratios_that_change_over_time_change_the_hazard():
    late = {"value": {"arm": "A", "cuts_months": [6], "ratios": [1 / 0.6, 1]}}
    setup = setup_of(outcome(modifiers=[late]))
    assert setup.cells[0].control.hazards == pytest.approx((H,))
    assert setup.cells[0].experimental.starts == (0.0, 6.0)
    assert setup.cells[0].experimental.hazards == pytest.approx((H, 0.6 * H))
    assert setup.true_ratio is None


def test_a_rule_about_an_item_makes_kinds_with_exact_shares():
    men = {"value": {"when": "sex = 'M'", "ratios": [2]}}
    of = trial({"scenarios": [scenario(outcome(modifiers=[men]))]})
    compiled = compile_scenario(of, of.scenarios[0])
    assert compiled.population.how == "exact"
    cells = compiled.setup.cells
    assert [cell.share for cell in cells] == pytest.approx([0.25, 0.75])
    assert [cell.control.hazards[0] for cell in cells] == pytest.approx([H, 2 * H])
    assert [cell.stratum for cell in cells] == [0, 1]
    assert compiled.setup.true_ratio == pytest.approx(0.6)


def test_a_rule_about_the_arm_alone_is_a_ratio_of_the_arm():
    setup = setup_of(outcome(hazard_ratio=None, modifiers=[{"value": {"when": "arm = 'A'", "ratios": [0.5]}}]))
    assert setup.true_ratio == pytest.approx(0.5)


def test_a_factor_behind_a_criterion_is_counted_among_those_who_are_eligible():
    """Half of the people are too light when they are women: the share of women among participants is not that of the
    approached.
    """
    of = trial(
        {
            "eligibility": {
                "criteria": [
                    {
                        "id": "E2",
                        "kind": "exclusion",
                        "text": {"en": "x", "zh": "x"},
                        "rule": "sex = 'F' AND weight < 50",
                    }
                ]
            }
        },
        {
            "scenarios": [
                scenario(
                    items={"sex": {"value": {"choice": {"F": 1, "M": 1}}}, "weight": {"value": {"uniform": [40, 60]}}}
                )
            ]
        },
    )
    compiled = compile_scenario(of, of.scenarios[0])
    assert compiled.population.how == "drawn"
    shares = {kind.levels: kind.share for kind in compiled.population.kinds}
    assert shares[("F",)] == pytest.approx(1 / 3, abs=0.06)
    assert compiled.population.eligible == pytest.approx(0.75, abs=0.06)
    assert isinstance(compiled.setup.arrivals, Screening)
    assert compiled.setup.arrivals.kept == compiled.population.eligible


def test_a_cured_share_of_all_events_is_one_of_the_course():
    setup = setup_of(outcome(cured={"value": 0.3}, hazard={"value": {"per_month": [0.1]}}))
    assert len(setup.cells) == 2  # two strata
    assert {cell.control.cured for cell in setup.cells} == {0.3}
    assert setup.cells[0].control.hazards == (0.1,)


def test_cure_of_some_outcomes_only_makes_kinds_of_its_own():
    other = outcome("accident", hazard={"value": {"per_month": [0.01]}}, hazard_ratio=None)
    setup = setup_of(outcome(cured={"value": 0.3}, hazard={"value": {"per_month": [0.1]}}), other)
    found = sorted(
        {(round(cell.control.hazards[0], 6), round(cell.experimental.hazards[0], 6)) for cell in setup.cells}
    )
    assert found == [(0.01, 0.01), (0.11, 0.07)]
    assert sum(
        cell.share for cell in setup.cells if len({*cell.control.hazards}) == 1 and cell.control.hazards[0] < 0.02
    ) == pytest.approx(0.3)


def test_an_event_that_waits_for_another_outcome_has_the_survival_of_the_sum_of_both_waits():
    relapse = outcome("relapse", **RELAPSE, hazard={"value": {"per_month": [0.08]}}, hazard_ratio=None)
    dying = outcome("dying", after="relapse", hazard={"value": {"per_month": [0.2]}}, hazard_ratio=None)
    setup = setup_of(relapse, dying)
    course = setup.cells[0].control
    for months in (1.0, 6.0, 12.0, 36.0, 90.0):
        exact = (0.2 * math.exp(-0.08 * months) - 0.08 * math.exp(-0.2 * months)) / (0.2 - 0.08)
        assert course.surviving(months) == pytest.approx(exact, abs=2e-4)


def test_what_ends_follow_up_without_being_the_event_is_dropout():
    gone = outcome(
        "gone",
        **(RELAPSE | {"ends": True}),
        hazard={"value": {"per_month": [0.003]}},
        hazard_ratio={"value": {"A": 2.0}},
    )
    setup = setup_of(outcome(), gone)
    assert setup.cells[0].control.hazards == pytest.approx((H,))
    assert setup.cells[0].control.dropout == pytest.approx(0.003 + 0.01 * LEAVING)
    assert setup.cells[0].experimental.dropout == pytest.approx(0.006 + 0.01 * LEAVING)


def test_a_competing_hazard_that_changes_is_refused():
    gone = outcome(
        "gone", **(RELAPSE | {"ends": True}), hazard={"value": {"cuts_months": [3], "per_month": [0.1, 0.01]}}
    )
    assert refusal_of(WITH_RELAPSE, {"scenarios": [scenario(outcome(), gone)]}) == ["simulation.competing"]


# Accrual, looks, statistic --------------------------------------------------------------------------------------------


def test_a_stated_share_of_screening_failures_slows_accrual():
    setup = setup_of(outcome(), screen_failure={"value": 0.25})
    assert setup.joining.rates == pytest.approx((15 * 0.75,))


def test_looks_and_bounds_are_those_of_the_design():
    of = trial()
    setup, plan = compile_setup(of, of.scenarios[0]), plan_design(of)
    events = math.ceil(plan.planned.events - 1e-6)
    assert [look.events for look in setup.looks] == [round(events / 2), events]
    assert tuple(look.efficacy for look in setup.looks) == plan.boundaries.upper
    assert tuple(look.harm for look in setup.looks) == plan.boundaries.lower
    assert {look.futility for look in setup.looks} == {None}


def test_futility_of_a_one_sided_design_stops_before_the_last_look():
    of = trial({"design": {"sides": 1, "alpha": 0.025, "futility": {"kind": "hwang_shih_decani", "parameter": -2}}})
    setup, plan = compile_setup(of, of.scenarios[0]), plan_design(of)
    assert setup.looks[0].futility == plan.boundaries.lower[0]
    assert setup.looks[1].futility is None
    assert {look.harm for look in setup.looks} == {None}


def test_the_statistic_is_the_primary_analysis():
    def statistic(**analysis):
        of = trial({"analyses": [{"id": "os_logrank", **analysis}]})
        return compile_setup(of, of.scenarios[0]).looks[0].statistic

    assert statistic(strata=["sex"]).stratified
    assert not statistic().stratified
    assert statistic(rho=0.0, gamma=1.0).weights == ((0.0, 1.0),)
    assert statistic(method="cox").kind == "cox"
    milestone = statistic(method="milestone", at_days=[365.25])
    assert (milestone.kind, milestone.months) == ("milestone", pytest.approx(12))


def test_the_schemes_of_randomization_are_carried_over():
    def scheme(spec):
        of = trial({"randomization": {"scheme": {"value": spec}}})
        return compile_setup(of, of.scenarios[0]).scheme

    assert scheme({"kind": "permuted_blocks", "sizes": [4, 6]}).sizes == (4, 6)
    assert scheme({"kind": "minimization", "p": 0.7, "weights": {"sex": 2}}).weights == (2,)
    assert scheme({"kind": "big_stick", "limit": 4}).limit == 4
    assert scheme({"kind": "complete"}).kind == "complete"


def test_the_design_itself_can_be_simulated():
    compiled = compile_design(trial())
    assert compiled is not None
    assert compiled.setup.cells[0].control.hazards == pytest.approx((H,))
    assert compiled.setup.cells[0].control.dropout == 0.01
    assert compile_design(trial({"design": {"accrual": None}})) is None


def test_variations_change_the_effect_and_nothing_else():
    setup = setup_of(outcome())
    null, better = under_null(setup), under_ratio(setup, 0.4)
    assert null.true_ratio == 1
    assert null.cells[0].experimental == null.cells[0].control == setup.cells[0].control
    assert better.cells[0].experimental.hazards == pytest.approx((0.4 * H,))
    assert {s.name for s in (null, better)} == {setup.name}
    assert most_events_of(better) < most_events_of(setup) < most_events_of(null)


# What cannot be simulated ---------------------------------------------------------------------------------------------


def test_a_scenario_that_never_reaches_its_events_is_told_with_the_expected_maximum():
    rare = scenario(outcome(hazard={"value": {"per_month": [0.0005]}}), withdrawal_per_month={"value": 0.05})
    of = trial({"scenarios": [rare]})
    with pytest.raises(Refusal) as refused:
        compile_setup(of, of.scenarios[0])
    (finding,) = refused.value.findings
    assert finding.code == "simulation.never_reached"
    assert "on average" in finding.why


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scenarios": [scenario() | {"outcomes": []}]}, "simulation.no_outcomes"),
        ({"scenarios": [scenario(outcome(**(RELAPSE | {"visit": "every_3_months"})))]}, "simulation.no_events"),
        (
            {
                "arms": [{"id": "C", "label": {"en": "C", "zh": "C"}, "role": "experimental"}],
                "randomization": {"ratio": {"C": 1}},
            },
            "design.arms",
        ),
        ({"design": {"control": None}}, "simulation.participants"),
        ({"analyses": [{"id": "os_logrank", "method": "kaplan_meier"}]}, "simulation.statistic"),
        ({"design": {"participants": 40, "events": 39}}, "design.never_reached"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_findings(change, code):
    assert refusal_of(change) == [code]


def test_a_protocol_without_a_design_is_told_so():
    of = protocol(OROPHARYNX)
    with pytest.raises(Refusal) as refused:
        compile_setup(of, of.scenarios[0])
    assert [finding.code for finding in refused.value.findings] == ["design.absent"]


@pytest.mark.parametrize("drawn", [60, pytest.param(800, marks=pytest.mark.long)])
def test_prevalence_thins_those_who_are_approached_in_simulation_and_rehearsal(drawn, monkeypatch):
    monkeypatch.setattr("equipoise.simulation.compile.kinds.DRAWN", drawn)
    flagship = protocol(FLAGSHIP)
    kept = _Kept(Simulated(Cache(None)), flagship)  # its people are drawn once for both
    unselected = next(s for s in flagship.scenarios if s.id == "unselected")
    setup = compile_scenario(flagship, unselected, populations=kept).setup
    assert setup.arrivals.high_risk == 0.33
    assert setup.arrivals.kept == pytest.approx(0.33 * 0.8, abs=0.05)
    assert unselected.screened_accrual.per_month == pytest.approx([18 * 0.33, 27 * 0.33])
    everybody = unselected.model_copy(update={"prevalence": None})
    assert compile_scenario(flagship, everybody, populations=kept).setup.arrivals.high_risk == 1.0
