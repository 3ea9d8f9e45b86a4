"""People of whom only the needed forms were filled in, beside the same people with all forms: what is asked of them is
the same. And people whose forms before the first that is drawn again were kept, beside those of whom all are drawn anew.
"""

from datetime import date

import pytest

from equipoise.rules import names_of
from equipoise.simulation.compile.kinds import draw_person, levels_of, people_described
from equipoise.virtual.needed import forms_needed
from equipoise.virtual.screening import kept_drafts, unmet_criteria
from equipoise.virtual.trial import make_virtual_trial
from tests.virtual.stage import flagship, oropharynx

PEOPLE = 6


def plan_of(protocol):
    described = people_described(protocol.scenarios[0])
    return make_virtual_trial(protocol, described, date(2100, 1, 1), 0, lambda _receipt, _who: "")


def said(plan, forms):
    """Of each person: level by level, which criteria are not met, and every value that these name."""
    clause = plan.protocol.eligibility
    names = sorted({name for one in (clause.criteria if clause else ()) for name in names_of(one.rule)})
    people = [draw_person(plan, number, forms) for number in range(PEOPLE)]
    return [
        (levels_of(plan.protocol, p), [c.id for c in unmet_criteria(plan, p)], [p.view()[name] for name in names])
        for p in people
    ]


@pytest.mark.parametrize("of", [flagship, oropharynx])
def test_what_is_asked_of_people_does_not_hang_on_the_forms_that_stay_empty(of):
    plan = plan_of(of())
    needed = forms_needed(plan, plan.protocol.randomization.stratify_by.value)
    drawn = {form for v in (*plan.screening_visits, *plan.visits_before_allocation) for form in v.forms}
    assert needed & drawn < drawn
    assert said(plan, needed) == said(plan, None)


def test_control_a_form_on_which_a_criterion_rests_is_missed():
    plan = plan_of(flagship())
    needed = forms_needed(plan, plan.protocol.randomization.stratify_by.value)
    form = next(
        plan.protocol.item_by_id[name][0].id
        for one in plan.protocol.eligibility.criteria
        for name in names_of(one.rule)
        if name in plan.script.bare & plan.protocol.item_by_id.keys()
    )
    assert said(plan, needed - {form}) != said(plan, None)


def screened(plan):
    return [[(r.form, r.values, r.groups) for r in draw_person(plan, n).records] for n in range(PEOPLE)]


def test_forms_before_the_first_that_is_drawn_again_are_what_they_would_be_drawn_anew(monkeypatch):
    plan = plan_of(flagship())
    kept = screened(plan)
    counts = []

    def none(drafts, marked):
        counts.append(len(kept_drafts(drafts, marked)))
        return ()

    monkeypatch.setattr("equipoise.virtual.screening.kept_drafts", none)
    assert screened(plan) == kept
    assert max(counts) > 0


def test_control_a_form_that_is_drawn_again_must_not_be_kept(monkeypatch):
    plan = plan_of(flagship())
    drawn = screened(plan)
    monkeypatch.setattr("equipoise.virtual.screening.kept_drafts", lambda drafts, _: drafts)
    assert screened(plan) != drawn
