"""From a design clause to its numbers: what is required, what the protocol states, and what is refused or doubted."""

import math
from pathlib import Path
from types import SimpleNamespace

import pytest

from equipoise.design import Design
from equipoise.design.spec import Hazard
from equipoise.findings import Refusal, Where
from equipoise.planning.complaints import Complaints
from equipoise.planning.from_clause import course_of
from equipoise.planning.of_protocol import plan_design
from equipoise.planning.sequential import futility
from equipoise.planning.sequential.group_sequential import plan_sequential
from equipoise.planning.sizes.events import Arrivals, SurvivalCourse, TwoArms, most_events
from equipoise.planning.sizes.means import plan_means
from equipoise.planning.sizes.rates import plan_rate, plan_rates
from equipoise.planning.sizes.survival import plan_survival
from equipoise.protocol.document import Protocol
from equipoise.protocol.reading import read_protocol
from equipoise.wording import Sourced

FLAGSHIP = Path(__file__).resolve().parents[2] / "protocols" / "npc-nimotuzumab"
SURVIVAL = {
    "endpoint": "os",
    "question": "superiority",
    "alpha": 0.025,
    "sides": 1,
    "power": 0.8,
    "control": {"median_months": 12.0},
    "hazard_ratio": 0.6,
    "accrual": {"months": [20.0], "per_month": [10.0]},
    "follow_up_months": 12.0,
    "dropout_per_month": 0.01,
}
BINARY = {
    "endpoint": "response",
    "question": "superiority",
    "alpha": 0.05,
    "sides": 2,
    "power": 0.9,
    "rates": {"control": 0.3, "experimental": 0.5},
}
CONTINUOUS = BINARY | {"endpoint": "pain", "rates": None, "means": {"control": 5.0, "experimental": 4.0, "sd": 2.0}}
TWO = (SimpleNamespace(id="A", role="experimental"), SimpleNamespace(id="B", role="control"))


def trial(clause, *, arms=TWO, ratio=(1, 1), **changes):
    """As much of a protocol as planning asks for."""
    design = Design.model_validate(clause | changes)
    kinds = {"os": "time_to_event", "response": "binary", "pain": "continuous"}
    return Protocol.model_construct(
        design=design,
        arms=arms,
        endpoints=[SimpleNamespace(id=name, kind=kind) for name, kind in kinds.items()],
        forms=(),
        visits=(),
        variables=(),
        randomization=SimpleNamespace(ratio=Sourced(value=dict(zip("AB", ratio, strict=True)))),
    )


def codes(plan):
    return [finding.code for finding in plan.findings]


def test_the_flagship_has_the_size_that_its_note_argues_for():
    """94.8 events by Schoenfeld, 95.5 with the interim look, 96 stated; 43.8% and 29.5% have an event, so 262; 270 are
    stated.
    """
    plan = plan_design(read_protocol(FLAGSHIP).protocol)
    assert plan.required.events_fixed == pytest.approx(94.8, abs=0.05)
    assert plan.required.events == pytest.approx(95.5, abs=0.05)
    assert (plan.required_events, plan.stated_events) == (96, 96)
    assert (plan.required_participants, plan.stated_participants) == (262, 270)
    assert plan.required.event_probability == pytest.approx((0.438 + 0.295) / 2, abs=5e-4)
    assert plan.power == pytest.approx(0.80, abs=0.005)
    assert plan.planned.duration < 72
    assert plan.findings == ()


def test_what_is_required_is_what_the_core_plans():
    plan = plan_design(trial(SURVIVAL, ratio=(2, 1)))
    control = SurvivalCourse.constant(math.log(2) / 12, 0.01)
    arms = TwoArms(control, control.times((0.6,)), 2.0)
    core = plan_survival(plan_sequential(alpha=0.025, power=0.8), arms, Arrivals((0.0,), (10.0,), 20.0), 12.0)
    assert plan.required == core
    assert plan.required_participants % 3 == 0
    assert 0 <= plan.required_participants - core.participants < 3
    assert plan.required_events == math.ceil(core.events)
    assert plan.planned.events == pytest.approx(plan.required_events, rel=1e-9)
    assert plan.power >= 0.8


@pytest.mark.parametrize(
    ("hazard", "median"),
    [
        ({"median_months": 9.0}, 9.0),
        ({"survival": 0.5, "at_months": 9.0}, 9.0),
        ({"per_month": (0.1, 0.05), "cuts_months": (3.0,)}, None),
    ],
)
def test_a_curve_given_in_any_way_is_that_curve(hazard, median):
    course = course_of(Hazard.model_validate(hazard))
    if median is None:
        assert course.surviving(5) == pytest.approx(math.exp(-0.3 - 0.1), rel=1e-14)
    else:
        assert course.surviving(median) == pytest.approx(0.5, rel=1e-14)


def test_a_median_is_that_of_everybody_the_cured_included():
    course = course_of(Hazard(median_months=9.0), cured=0.3)
    assert course.surviving(9) == pytest.approx(0.5, rel=1e-14)
    with pytest.raises(ValueError, match="a cured share of 0.6 is not below the survival of 0.5"):
        course_of(Hazard(median_months=9.0), cured=0.6)


def test_stated_numbers_that_do_not_give_the_stated_power_are_told():
    plan = plan_design(trial(SURVIVAL, events=100, participants=200))
    assert codes(plan) == ["design.power"]
    assert plan.power < 0.75
    (told,) = plan.findings
    assert told.severity == "warning"
    assert told.where.path == "design.events"
    assert "121 events are needed" in told.why


def test_participants_alone_are_judged_by_what_is_expected_when_follow_up_ends():
    plan = plan_design(trial(SURVIVAL, participants=150))
    assert codes(plan) == ["design.power"]
    assert plan.findings[0].where.path == "design.participants"
    assert plan.planned.duration == pytest.approx(15 + 12, rel=1e-9)


def test_events_that_come_later_than_follow_up_ends_are_told():
    plan = plan_design(trial(SURVIVAL, events=121, participants=180))
    assert codes(plan) == ["design.duration"]
    assert plan.power == pytest.approx(0.80, abs=0.005)
    assert plan.planned.duration > 18 + 12


def test_accrual_that_does_not_bring_the_participants_is_told_and_prolonged():
    plan = plan_design(trial(SURVIVAL, participants=250))
    assert codes(plan) == ["design.accrual"]
    assert plan.planned.arrivals.end == pytest.approx(25)
    assert "200 of 250" in plan.findings[0].what


def test_without_control_or_accrual_there_are_events_and_power_only():
    plan = plan_design(trial(SURVIVAL, control=None))
    assert (plan.required, plan.planned, plan.required_participants) == (None, None, None)
    assert plan.required_events == 121
    assert plan.power == pytest.approx(0.8, abs=0.005)
    assert plan.power_curve


def test_without_follow_up_it_is_solved_for():
    plan = plan_design(trial(SURVIVAL, follow_up_months=None, participants=180))
    assert plan.required.follow_up > 0
    assert plan.required.participants == pytest.approx(180)


def test_a_delayed_effect_is_counted_by_lakatos_and_needs_more():
    proportional, delayed = plan_design(trial(SURVIVAL)), plan_design(trial(SURVIVAL, delay_months=3.0))
    assert delayed.required.method == "lakatos"
    assert delayed.required_participants > proportional.required_participants


def test_non_inferiority_is_planned_against_its_margin():
    plan = plan_design(trial(SURVIVAL, question="non_inferiority", margin=1.3, hazard_ratio=1.0))
    z = 1.959963984540054 + 0.8416212335729143
    assert plan.required.events == pytest.approx(4 * z * z / math.log(1.3) ** 2, rel=1e-9)
    assert plan.required.looks[-1].ratio_upper < 1.3


def test_an_event_that_is_wished_for_has_a_ratio_above_1():
    plan = plan_design(trial(SURVIVAL, hazard_ratio=1.6))
    assert plan.benefit == "above"
    assert plan.required.looks[-1].ratio_upper > 1


def test_rates_are_planned_in_two_arms_and_in_one():
    boundaries = plan_sequential(alpha=0.05, sides=2, power=0.9)
    assert plan_design(trial(BINARY)).required == plan_rates(boundaries, 0.5, 0.3, margin=0.0)
    assert plan_design(trial(BINARY)).required_participants == 248
    one = plan_design(trial(BINARY, arms=TWO[:1]))
    assert one.required == plan_rate(boundaries, 0.5, 0.3)
    assert one.ratio is None
    worse = plan_design(trial(BINARY, rates={"control": 0.5, "experimental": 0.3}))
    assert worse.benefit == "below"
    assert worse.required_participants == 248


def test_rates_that_are_not_to_be_worse_are_planned_against_the_margin():
    kept = {"control": 0.8, "experimental": 0.8}
    plan = plan_design(
        trial(BINARY, question="non_inferiority", margin=-0.1, rates=kept, sides=1, alpha=0.025, power=0.8)
    )
    assert plan.required.participants == pytest.approx(508.435409246321, rel=1e-9)
    failing = {"control": 0.2, "experimental": 0.2}
    plan = plan_design(
        trial(BINARY, question="non_inferiority", margin=0.1, rates=failing, sides=1, alpha=0.025, power=0.8)
    )
    assert plan.benefit == "below"
    assert plan.required.participants == pytest.approx(508.435409246321, rel=1e-9)


def test_means_are_planned_by_t():
    plan = plan_design(trial(CONTINUOUS))
    assert plan.required == plan_means(plan.boundaries, -1.0, 2.0, benefit="below")
    assert plan.required_participants == 172
    assert {one.assumption for one in plan.sensitivity} == {"means.control", "means.experimental", "means.sd"}
    assert plan_design(trial(CONTINUOUS, arms=TWO[:1])).required_participants < 50


def test_too_few_participants_are_told():
    plan = plan_design(trial(BINARY, participants=200))
    assert codes(plan) == ["design.power"]
    assert "248 participants are needed" in plan.findings[0].why


def test_the_outlook_ends_after_the_last_look_and_adds_up():
    plan = plan_design(trial(SURVIVAL))
    last = plan.outlook[-1]
    assert last.month >= plan.planned.duration
    assert last.participants == pytest.approx(plan.required_participants)
    for month in plan.outlook:
        assert month.events == pytest.approx(month.events_experimental + month.events_control)
        assert month.events <= month.events_null <= month.participants
    assert [m.events for m in plan.outlook] == sorted(m.events for m in plan.outlook)


@pytest.mark.parametrize("clause", [SURVIVAL, BINARY, CONTINUOUS, SURVIVAL | {"delay_months": 2.0}])
def test_the_power_curve_rises_with_the_effect_from_the_error_to_the_power(clause):
    plan = plan_design(trial(clause))
    powers = [point.power for point in plan.power_curve]
    assert powers == sorted(powers)
    none = next(
        p for p in plan.power_curve if p.effect == pytest.approx({"response": 0.3, "pain": 5.0}.get(plan.endpoint, 1.0))
    )
    assert none.power == pytest.approx(0.025, abs=1e-6)
    assert powers[0] < 0.025 < 0.8 < powers[-1]
    assumed = {"response": 0.5, "pain": 4.0}.get(plan.endpoint, 0.6)
    assert next(p for p in plan.power_curve if p.effect == pytest.approx(assumed)).power == pytest.approx(
        plan.power, abs=1e-6
    )


def test_the_sensitivity_says_which_way_each_assumption_works():
    plan = plan_design(trial(SURVIVAL, participants=204, events=121))
    found = {one.assumption: one for one in plan.sensitivity}
    assert set(found) == {"hazard_ratio", "control", "accrual", "follow_up_months", "dropout_per_month"}
    assert plan.sensitivity[0].assumption == "hazard_ratio"
    assert [one.spread for one in plan.sensitivity] == sorted((one.spread for one in plan.sensitivity), reverse=True)
    needed = plan.required.participants
    for name, less in (
        ("hazard_ratio", True),
        ("control", False),
        ("dropout_per_month", True),
        ("follow_up_months", False),
    ):
        low, high = found[name].low, found[name].high
        assert (low.participants < needed < high.participants) == less, name
        assert (low.power > high.power) == less, name
    slower, faster = found["control"].low, found["control"].high
    assert (slower.value, faster.value) == (12 / 0.8, 12 / 1.25)
    assert slower.month > plan.planned.duration > faster.month


def test_sensitivity_to_what_makes_the_trial_impossible_has_no_answer():
    """With a rate of control that reaches the experimental one there is nothing to find."""
    plan = plan_design(
        trial(BINARY, question="non_inferiority", margin=-0.02, rates={"control": 0.5, "experimental": 0.485})
    )
    (control,) = (one for one in plan.sensitivity if one.assumption == "rates.control")
    assert control.low.participants < plan.required.participants
    assert control.high.participants is None or control.high.participants > plan.required.participants


REFUSED = [
    (trial(SURVIVAL, hazard_ratio=None), "design.incomplete", "`hazard_ratio` is missing"),
    (trial(BINARY, rates=None), "design.incomplete", "`rates` is missing"),
    (trial(SURVIVAL, endpoint="nothing"), "design.endpoint", "no size can be planned for nothing"),
    (trial(SURVIVAL, arms=TWO[:1]), "design.arms", "in a trial of one arm"),
    (trial(SURVIVAL, arms=(*TWO, SimpleNamespace(id="C", role="experimental"))), "design.arms", "2 experimental"),
    (trial(SURVIVAL, ratio=(0, 1)), "design.arms", "a ratio of 0 to 1"),
    (trial(SURVIVAL, hazard_ratio=0.999), "design.absurd", "participants or events"),
    (trial(BINARY, rates={"control": 0.3, "experimental": 0.3001}), "design.absurd", "more than 1,000,000"),
    (
        trial(SURVIVAL, accrual={"months": [20.0], "per_month": [0.1]}, participants=200),
        "design.absurd",
        "after 167 years",
    ),
    (trial(SURVIVAL, control={"median_months": 1e-5}), "design.absurd", "a hazard of 69314.7 per month"),
    (trial(SURVIVAL, hazard_ratio=1e-4), "design.absurd", "a hazard ratio of 0.0001"),
    (trial(SURVIVAL, hazard_ratio=1.0), "design.impossible", "no number of participants would show it"),
    (trial(SURVIVAL, method="freedman", question="non_inferiority", margin=1.3), "design.impossible", "no margin"),
    (trial(SURVIVAL, delay_months=3.0, method="schoenfeld"), "design.impossible", "use lakatos"),
    (trial(SURVIVAL, delay_months=60.0), "design.impossible", "no number of participants"),
    (trial(SURVIVAL, events=190, participants=200), "design.never_reached", "190 events are never expected among 200"),
    (trial(SURVIVAL, follow_up_months=None, participants=50), "design.never_reached", "are expected to have"),
    (trial(SURVIVAL, cured=0.6), "design.impossible", "a cured share of 0.6"),
    (
        trial(SURVIVAL, accrual={"months": [6.0, 6.0], "per_month": [10.0, 0.0]}, participants=90),
        "design.impossible",
        "never join",
    ),
    (
        trial(
            SURVIVAL,
            looks=[{"information": 0.5}, {"information": 1.0}],
            spending={"kind": "haybittle_peto", "parameter": 0.5},
        ),
        "design.boundaries",
        "spends",
    ),
    (trial(SURVIVAL, control=None, method="lakatos"), "design.impossible", "no worth of its own"),
    (trial(SURVIVAL, control={"per_month": [0.0, 0.1], "cuts_months": [100.0]}), "design.never_reached", "no events"),
]


@pytest.mark.parametrize(
    ("asked", "code", "says"), REFUSED, ids=[f"{code}-{k}" for k, (_, code, _) in enumerate(REFUSED)]
)
def test_what_cannot_be_planned_is_refused_with_a_finding(asked, code, says):
    with pytest.raises(Refusal) as refused:
        plan_design(asked)
    (told,) = refused.value.findings
    assert told.code == code
    assert says in str(told)
    # Nothing of the English sentence is left in the other language.
    assert not {"the", "is", "of", "are"} & set(told.tell("zh").split())


def test_the_reason_of_a_calculation_is_told_in_either_language():
    with pytest.raises(Refusal) as refused:
        plan_design(trial(SURVIVAL, cured=0.6))
    (told,) = refused.value.findings
    assert told.say("zh").what == "治愈比例0.6不低于第12个月的生存率0.5"


def test_a_calculation_that_overflows_is_refused_without_its_own_words():
    with pytest.raises(Refusal, match="the calculation leaves the range of numbers") as refused:
        Complaints(lambda *_: Where()).give_up("design.impossible", OverflowError("math range error"))
    assert refused.value.findings[0].say("zh").what == "计算超出数值范围"


def test_boundaries_that_never_become_steady_are_refused(monkeypatch):
    monkeypatch.setattr(futility, "_STEADY", -1.0)
    looks = [{"information": 0.5}, {"information": 1.0}]
    binding = {"kind": "lan_demets_pocock", "binding": True}
    with pytest.raises(Refusal, match="no pair of boundaries"):
        plan_design(trial(SURVIVAL, looks=looks, spending={"kind": "pocock"}, futility=binding))


def test_the_expected_maximum_is_told_when_the_events_are_never_reached():
    with pytest.raises(Refusal) as refused:
        plan_design(trial(SURVIVAL, events=190, participants=200))
    control = SurvivalCourse.constant(math.log(2) / 12, 0.01)
    most = most_events(Arrivals((0.0,), (10.0,), 20.0), TwoArms(control, control.times((0.6,))))
    assert f"{most:.1f}" in str(refused.value)


def test_findings_point_to_where_the_protocol_says_it():
    places = []

    def where(*path):
        places.append(path)
        return Where("protocol.yaml", 41, ".".join(path))

    plan = plan_design(trial(SURVIVAL, events=100, participants=200), where)
    assert plan.findings[0].where == Where("protocol.yaml", 41, "design.events")
    with pytest.raises(Refusal) as refused:
        plan_design(Protocol.model_construct(design=None, arms=TWO, endpoints=(), randomization=None), where)
    assert refused.value.findings[0].code == "design.absent"
