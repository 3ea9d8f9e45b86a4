"""One virtual participant: forms that hold their checks, numbers that are theirs alone."""

from datetime import date

import pytest

from equipoise.chance import Stream
from equipoise.design import Distribution
from equipoise.virtual.participants import Redrawn, VirtualParticipant
from equipoise.virtual.script import Script, items_behind, script_of
from tests.virtual.stage import flagship, small

DAY = date(2021, 5, 3)


def person(of, number=1, script=None):
    one = VirtualParticipant(script or Script(of), number, f"P{number}", of.sites[0], Stream(1, "participant", number))
    one.learn(screened_date=DAY, consented_date=DAY)
    return one


@pytest.mark.parametrize("scenario", [True, False])
def test_every_form_of_the_flagship_holds_its_hard_checks(scenario):
    of = flagship()
    for number in range(1, 6):
        one = person(of, number, script_of(of, of.scenarios[0]) if scenario else None)
        for visit in of.visits[:2]:
            for form in visit.forms:
                record = one.draw_form((visit.id, 1, form), DAY)
                sheet_checks = [check for check in of.form_by_id[form].checks if check.severity == "hard"]
                one.keep(record)
                broken = [c.id for c in sheet_checks if not _grouped(of, form, c) and one.says(c.rule) is False]
                assert broken == []


def _grouped(of, form, check):
    names = {item.id for group in of.form_by_id[form].groups for item in group.items}
    return any(name in check.rule for name in names)


def test_a_participant_does_not_depend_on_what_others_or_other_forms_drew():
    of = small()
    alone = person(of, 7).draw_form(("screening", 1, "baseline"), DAY)
    busy = person(of, 7)
    busy.draw_form(("every_3_months", 3, "follow_up"), DAY)
    person(of, 8).draw_form(("screening", 1, "baseline"), DAY)
    assert busy.draw_form(("screening", 1, "baseline"), DAY).values == alone.values


def test_drawn_again_an_item_is_another_and_the_rest_stays():
    of = small()
    one = person(of)
    first = one.draw_form(("screening", 1, "baseline"), DAY).values
    again = one.draw_form(("screening", 1, "baseline"), DAY, drawing=Redrawn({"weight": 1})).values
    assert again["weight"] != first["weight"]
    assert {**again, "weight": 0} == {**first, "weight": 0}


def test_what_is_corrected_takes_the_place_of_what_stood_there():
    one = person(small())
    record = one.draw_form(("screening", 1, "baseline"), DAY)
    one.keep(record)
    other = type(record)(
        record.participant,
        record.visit,
        record.occurrence,
        record.form,
        record.observed,
        record.seq,
        {**record.values, "age": 99},
        {},
    )
    one.replace(record, other)
    assert one.records == [other]
    assert one.says("age = 99") is True


def test_a_soft_range_that_is_not_kept_is_to_be_confirmed():
    one = person(small())
    record = one.draw_form(("screening", 1, "baseline"), DAY)
    assert one.confirmations(record) == []
    record.values["weight"] = "130.0"
    assert one.confirmations(record) == ["weight.range"]


def test_the_items_behind_a_rule_are_followed_through_variables_and_distributions():
    of = small("""
variables:
- {id: large, label: {en: Large, zh: 大}, type: boolean, rule: weight > 80 OR taken}
- {id: taken, label: {en: Dead, zh: 死亡}, type: boolean, pick: {item: death_date, which: any}}
""")
    assert items_behind(of, ["large"]) == {"weight", "death_date"}
    hows = {"weight": Distribution.model_validate({"normal": {"mean": "60 + age / 10", "sd": 9}})}
    assert items_behind(of, ["large"], hows) == {"weight", "death_date", "age"}
    assert items_behind(of, ["no_such_name"]) == set()
