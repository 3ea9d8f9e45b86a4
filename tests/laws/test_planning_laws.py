"""Whatever a design clause assumes, planning answers with numbers that fit together or with Findings: never with a traceback."""

import math
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from equipoise.design import Design
from equipoise.findings import Refusal
from equipoise.planning.of_protocol import plan_design
from equipoise.wording import Sourced
from tests.hunting import examples

ARMS = (SimpleNamespace(id="A", role="experimental"), SimpleNamespace(id="B", role="control"))
ANY = st.one_of(
    st.floats(0.001, 1000), st.sampled_from([0.0, 1e-12, 1e-3, 0.5, 1.0, 1.5, 1e6, 1e300, -1.0, math.inf, math.nan])
)
USUAL = st.floats(0.01, 100)
LOOKS = st.sampled_from(
    [None, [{"information": 0.5}, {"information": 1.0}], [{"information": 1e-6}, {"information": 1.0}]]
)
SPENDING = st.sampled_from(
    [{"kind": "lan_demets_obrien_fleming"}, {"kind": "pocock"}, {"kind": "haybittle_peto", "parameter": 3.0},
     {"kind": "haybittle_peto", "parameter": 0.1}, {"kind": "user", "values": [0.0, 0.025]}]
)  # fmt: skip
COMMON = {
    "question": st.sampled_from(["superiority", "non_inferiority"]),
    "alpha": st.sampled_from([1e-9, 0.025, 0.2]),
    "sides": st.sampled_from([1, 2]),
    "power": st.sampled_from([0.3, 0.8, 0.999999]),
    "margin": st.one_of(st.none(), ANY),
    "looks": LOOKS,
    "spending": SPENDING,
    "participants": st.one_of(st.none(), st.sampled_from([1, 2, 200, 10**9])),
}
SURVIVAL = st.fixed_dictionaries(
    COMMON
    | {
        "endpoint": st.just("os"),
        "control": st.one_of(
            st.none(),
            st.fixed_dictionaries({"median_months": ANY}),
            st.fixed_dictionaries({"survival": st.floats(0.01, 0.99), "at_months": ANY}),
            st.fixed_dictionaries({"per_month": st.tuples(ANY, ANY), "cuts_months": st.tuples(USUAL)}),
        ),
        "hazard_ratio": st.one_of(st.none(), ANY, st.floats(0.3, 0.9)),
        "accrual": st.one_of(
            st.none(), st.fixed_dictionaries({"months": st.tuples(USUAL, ANY), "per_month": st.tuples(USUAL, ANY)})
        ),
        "follow_up_months": st.one_of(st.none(), ANY, USUAL),
        "dropout_per_month": st.one_of(st.none(), ANY),
        "delay_months": st.one_of(st.none(), st.none(), ANY),
        "cured": st.one_of(st.none(), st.floats(0, 0.9)),
        "method": st.sampled_from([None, None, "freedman", "lachin_foulkes", "lakatos"]),
        "events": st.one_of(st.none(), st.sampled_from([0, 1, 100, 10**9])),
    }
)
RATES = st.fixed_dictionaries(
    COMMON
    | {
        "endpoint": st.just("response"),
        "rates": st.fixed_dictionaries(
            {
                "control": st.floats(0, 1),
                "experimental": st.floats(0, 1),
                "measure": st.sampled_from(["difference", "ratio"]),
            }
        ),
    }
)
MEANS = st.fixed_dictionaries(
    COMMON
    | {
        "endpoint": st.just("pain"),
        "means": st.fixed_dictionaries({"control": ANY, "experimental": ANY, "sd": st.one_of(ANY, USUAL)}),
    }
)


def asked(clause, weights=(1, 1), arms=ARMS):
    kinds = {"os": "time_to_event", "response": "binary", "pain": "continuous"}
    return SimpleNamespace(
        design=Design.model_validate(clause), arms=arms,
        endpoints=[SimpleNamespace(id=name, kind=kind) for name, kind in kinds.items()],
        randomization=SimpleNamespace(ratio=Sourced(value=dict(zip("AB", weights, strict=True)))),
    )  # fmt: skip


def answer(clause, weights, arms=ARMS):
    """The plan; or the codes of the Findings; or None where the clause itself is refused."""
    try:
        protocol = asked(clause, weights, arms)
    except ValidationError:
        return None
    try:
        return plan_design(protocol)
    except Refusal as refused:
        return [finding.code for finding in refused.findings]


def fits(plan):
    """Whether the numbers of a plan belong together."""
    powers = [point.power for point in plan.power_curve]
    months = [month.events for month in plan.outlook]
    found = [
        0 <= plan.power <= 1 + 1e-9,
        all(-1e-9 <= power <= 1 + 1e-9 for power in powers),
        all(a <= b * (1 + 1e-9) + 1e-9 for a, b in pairwise(months)),
    ]
    for size in (plan.required_participants, plan.required_events):
        found.append(size is None or size >= 1)
    if plan.kind == "time_to_event" and plan.planned is not None:
        found.append(plan.planned.events <= plan.planned.participants * (1 + 1e-9))
        found.append(all(look.month <= plan.planned.duration * (1 + 1e-9) for look in plan.planned.looks))
    return all(found)


@pytest.mark.parametrize("clauses", [SURVIVAL, RATES, MEANS], ids=["survival", "rates", "means"])
def test_every_clause_is_planned_or_refused(clauses):
    @settings(max_examples=examples(120), deadline=None)
    @given(clauses, st.sampled_from([(1, 1), (2, 1), (1, 1000)]), st.sampled_from([ARMS, ARMS, ARMS[:1]]))
    def law(clause, weights, arms):
        found = answer(clause, weights, arms)
        assert found is None or isinstance(found, list) or fits(found)

    law()


def test_control_a_plan_whose_events_exceed_its_participants_is_noticed():
    clause = {
        "endpoint": "os", "question": "superiority", "alpha": 0.025, "sides": 1, "power": 0.8, "follow_up_months": 12.0,
        "control": {"median_months": 12.0}, "hazard_ratio": 0.6, "accrual": {"months": [20.0], "per_month": [10.0]},
    }  # fmt: skip
    from dataclasses import replace

    plan = answer(clause, (1, 1))
    assert fits(plan)
    assert not fits(replace(plan, planned=replace(plan.planned, participants=plan.planned.events / 2)))
    assert not fits(replace(plan, outlook=plan.outlook[::-1]))
