"""What holds for the advice of the flagship's dose rules: a worse value never gives a milder advice, and nothing unknown is ever "give"."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.arms import SEVERITY
from equipoise.conduct.doses.advising import advise
from equipoise.conduct.state.built_ins import built_ins
from equipoise.conduct.state.state import ParticipantState
from equipoise.knowledge.participant import Knowledge
from equipoise.rules import read_rule
from tests.hunting import examples
from tests.protocols.reading_aid import protocol

ON = date(2024, 6, 3)
TREATMENTS = ("cisplatin_infusion", "nimotuzumab_infusion", "imrt")
# Each value that the rules look at, from good to bad.
COUNTS = {
    "last_neutrophils": [4.0, 2.0, 1.5, 1.2, 1.0, 0.7, 0.4],
    "lowest_neutrophils": [2.0, 1.0, 0.5, 0.3],
    "last_platelets": [200.0, 100.0, 80.0, 75.0, 60.0, 50.0, 40.0, 25.0, 10.0],
    "lowest_platelets": [150.0, 50.0, 25.0, 12.0],
    "last_clearance": [110.0, 60.0, 59.0, 50.0, 45.0, 44.0, 30.0, 20.0],
    "last_creatinine": [70.0, 120.0, 150.0, 300.0],
    "infusion_reactions_3": [0, 1, 2],
}
EVENTS = ("mucositis_now_4", "dermatitis_now_4", "pregnant", "severe_neuropathy_or_hearing", "severe_kidney_injury",
          "severe_cisplatin_allergy", "febrile_neutropenia_ever", "febrile_neutropenia_now", "infusion_reaction_4",
          "infusion_reaction_3_now", "nimotuzumab_toxicity_4")  # fmt: skip
SCALES = COUNTS | {event: [False, True] for event in EVENTS}
PLACES = st.fixed_dictionaries({name: st.integers(0, len(scale) - 1) for name, scale in SCALES.items()})


class Told(Knowledge):
    """A participant of whom these values are known."""

    def __init__(self, of, values):
        super().__init__(
            of, {}, built_ins(ParticipantState("P1", "SYSUCC", "2024-01-01")), arm=lambda: "ccrt_nimotuzumab"
        )
        self._known |= {"last_creatinine_uln": 100.0, "last_surface": 1.7, **values}


def advice_for(treatment, values, of=None):
    of = of or protocol()
    return advise(of, Told(of, values), treatment, ON)


def values_at(places):
    return {name: SCALES[name][place] for name, place in places.items()}


def milder(one, other):
    """Whether the first advice is milder than the second."""
    if one.recommendation != other.recommendation:
        return SEVERITY[one.recommendation] < SEVERITY[other.recommendation]
    if one.percent is not None and one.percent > other.percent:
        return True
    return (one.delay_days or 0) < (other.delay_days or 0)


def worsened(places, data):
    """The same participant with one value worse, and its name; None where it cannot be worse."""
    name = data.draw(st.sampled_from(sorted(SCALES)))
    if places[name] + 1 >= len(SCALES[name]):
        return None
    return {**places, name: data.draw(st.integers(places[name] + 1, len(SCALES[name]) - 1))}


def test_the_values_are_all_that_the_rules_look_at():
    named = {name for rule in protocol().dose_rules for name in read_rule(rule.when).names}
    assert named == set(SCALES) | {"last_creatinine_uln"}


@pytest.mark.parametrize("treatment", TREATMENTS)
@settings(max_examples=examples(120), deadline=None)
@given(PLACES, st.data())
def test_a_worse_value_never_gives_a_milder_advice(treatment, places, data):
    worse = worsened(places, data)
    if worse is not None:
        before, after = advice_for(treatment, values_at(places)), advice_for(treatment, values_at(worse))
        assert not milder(after, before)
        assert before.settled
        assert after.settled


@pytest.mark.parametrize("treatment", TREATMENTS)
@settings(max_examples=examples(60), deadline=None)
@given(PLACES, st.data())
def test_what_is_not_known_is_never_give_and_never_milder_once_known(treatment, places, data):
    values = values_at(places)
    names = sorted(
        {n for rule in protocol().dose_rules if rule.treatment == treatment for n in read_rule(rule.when).names}
        & set(SCALES)
    )
    lost = data.draw(st.sampled_from(names))
    whole, partly = advice_for(treatment, values), advice_for(treatment, {**values, lost: None})
    assert partly.recommendation != "give"
    assert [open_.rule.id for open_ in partly.not_known]
    if partly.recommendation is not None:
        assert not milder(whole, partly)
    if partly.settled:
        assert (whole.recommendation, whole.percent, whole.delay_days) == (
            partly.recommendation,
            partly.percent,
            partly.delay_days,
        )


def test_nimotuzumab_is_never_reduced():
    assert [
        r.id for r in protocol().dose_rules if r.treatment == "nimotuzumab_infusion" and r.recommend == "reduce"
    ] == []


def test_control_a_rule_the_wrong_way_round_is_noticed():
    of = protocol()
    turned = tuple(
        r.model_copy(update={"when": "last_neutrophils >= 1.5"}) if r.id == "cisplatin_neutrophils_below_1_5" else r
        for r in of.dose_rules
    )
    wrong = of.model_copy(update={"dose_rules": turned})
    good = values_at(dict.fromkeys(SCALES, 0))
    before = advice_for("cisplatin_infusion", good, wrong)
    after = advice_for("cisplatin_infusion", {**good, "last_neutrophils": 1.2}, wrong)
    assert milder(after, before)
