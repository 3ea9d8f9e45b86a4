"""What a medical rule said of a moment lately is not worked out again; of any other moment it is."""

from dataclasses import replace

import pytest

from equipoise.knowledge.medical_rules import Occasion, bind, derive_items
from equipoise.knowledge.records import RecordRow
from equipoise.medicine.method import Derived
from tests.virtual.stage import flagship

PROTOCOL = flagship()
BOUND = next(b for form in PROTOCOL.forms for b in bind(PROTOCOL, form.id) if b.method.looks_back and not b.rows)
FORM = PROTOCOL.item_by_id[BOUND.gives[0][1].id][0].id


@pytest.fixture
def asked():
    """A method that counts how often it is asked, and says nothing."""
    moments = []

    def derive(now, before, options):
        moments.append((now, list(before)))
        return Derived({})

    return replace(BOUND, method=replace(BOUND.method, derive=derive), lately=[]), moments


def say(bound, day="2024-03-01", records=(), **values):
    return derive_items(PROTOCOL, bound, Occasion(day, "week_3", 1, records), values, {})


def earlier(day):
    return RecordRow("P", "screening", 1, FORM, day, 0, {}, {})


def test_the_same_moment_is_asked_about_once(asked):
    bound, moments = asked
    assert say(bound) == say(bound)
    assert len(moments) == 1


@pytest.mark.parametrize(
    "other",
    [{"day": "2024-03-02"}, {"records": [earlier("2024-02-01")]}, {"records": [earlier("2024-02-02")]}],
    ids=["another day", "a record more", "another record"],
)
def test_control_another_moment_is_another_question(asked, other):
    bound, moments = asked
    say(bound)
    say(bound, records=[earlier("2024-02-01")], day="2024-02-15")
    before = len(moments)
    say(bound, **other)
    assert len(moments) == before + 1


def test_another_value_is_another_question(asked):
    bound, moments = asked
    name = bound.own[0].name
    item = bound.own[0].item
    for value in ("1", "2") if item.type == "decimal" else (True, False) if item.type == "boolean" else (1, 2):
        say(bound, **{name: value})
    assert len(moments) == 2


def test_no_more_than_a_few_answers_are_remembered(asked):
    bound, moments = asked
    days = [f"2024-03-{day:02d}" for day in range(1, 31)]
    for day in days:
        say(bound, day=day)
    assert len(bound.lately) < 10
    say(bound, day=days[0])
    assert len(moments) == len(days) + 1
