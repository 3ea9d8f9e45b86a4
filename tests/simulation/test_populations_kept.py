"""Populations are found once for scenarios that describe the same people, and anew for others."""

from equipoise.cache import Cache
from equipoise.simulation.cache import Simulated
from equipoise.simulation.compile.kinds import ParticipantKind, Population, drawn_from
from equipoise.simulation.run import _Kept
from tests.simulation.simulated_trial import scenario, trial

FOUND = Population((ParticipantKind(1.0, (), ()),))


def kept_for(**other):
    """Whether a population that was found for one scenario is taken for another, which differs in this."""
    first, second = scenario(), scenario(**other) | {"id": "other"}
    one, two = trial({"scenarios": [first, second]}).scenarios
    kept = _Kept(Simulated(Cache(None)), trial({}))
    kept.keep(one, [], FOUND)
    assert kept.find(one, []) is FOUND
    return kept.find(two, []) is FOUND


def test_other_hazards_and_other_sites_habits_have_the_same_people():
    assert kept_for(missed_visit={"value": 0.4}, withdrawal_per_month=None)


def test_other_latents_rows_or_items_are_other_people():
    assert not kept_for(latents={"burden": {"value": {"normal": [0, 1]}}})
    assert not kept_for(items={"sex": {"value": "F"}})
    assert not kept_for(screen_failure={"value": 0.1})


def drawn(*changes):
    return drawn_from(trial(*changes)).model_dump_json()


def test_plans_of_analysis_and_effects_are_nothing_of_people():
    assert drawn({"design": {"hazard_ratio": {"value": 0.5}}}) == drawn()
    assert drawn({"scenarios": [scenario(withdrawal_per_month=None)]}) == drawn()
    assert drawn({"study": {"version": "9"}}) == drawn()


def test_control_forms_and_sites_are():
    assert drawn({"sites": [{"id": "other", "name": {"en": "x", "zh": "x"}, "country": "CN"}]}) != drawn()
