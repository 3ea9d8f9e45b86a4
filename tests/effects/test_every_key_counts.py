"""Whatever a protocol says has an effect: no key is accepted at a place where nothing comes of it.

The table is found by changing each key at each place (`python -m tests.effects`). Here its rows are held to today's language, and a few
of them are proved anew, others each day; with EQUIPOISE_SOAK more of them, and at every step that they name.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from equipoise.protocol.checking import check_protocol
from equipoise.protocol.document import Protocol
from equipoise.protocol.schema import clauses
from equipoise.wording import Clause
from tests.effects import places as found_places
from tests.effects import steps as given
from tests.effects import table as tables
from tests.effects.places import changed, find_said, others
from tests.effects.steps import STEPS
from tests.effects.table import (
    DESCRIPTIVE,
    find_row,
    is_descriptive,
    is_refused,
    is_refused_everywhere,
    prove,
    read_table,
    refusal,
    said_and_ignored,
)
from tests.effects.unsaid import find_places
from tests.spec.minimal import minimal_data

MEND = "run `python -m tests.effects` (a second or two for each new key), and look at what it says"
ELSEWHERE = {
    "Protocol.languages": "decides which form every text has; tests/spec/test_languages.py holds what comes of it",
}
TABLE = read_table()
SOAK = float(os.environ.get("EQUIPOISE_SOAK") or 0)
QUICK = ("analyze", "simulate", "design", "rehearse", "desk")  # the cheapest first


def test_every_key_of_the_language_stands_in_some_world():
    found = {f"{one.clause.__name__.partition('[')[0]}.{one.key}" for one, *_ in find_said().values()}
    every = {
        f"{clause.__name__.partition('[')[0]}.{info.alias or name}"
        for clause in clauses(Protocol)
        for name, info in clause.model_fields.items()
    }
    assert every - found - set(ELSEWHERE) == set(), "give an example in tests/spec, or a world in tests/effects"


def test_the_table_knows_every_place_and_no_other():
    assert set(find_places()) - set(TABLE) == set(), MEND
    assert set(TABLE) - set(find_places()) == set(), MEND


def test_no_key_is_said_and_ignored():
    assert said_and_ignored(TABLE) == [], MEND


def test_what_is_there_to_be_read_is_shown():
    assert [name for name, row in TABLE.items() if is_descriptive(name) and "show" not in row.steps] == []


def test_what_is_there_to_be_read_only_is_named_and_nothing_else():
    for like in DESCRIPTIVE:
        assert any(re.fullmatch(like, name) for name in TABLE), f"no key is like {like}"


def test_what_no_world_lets_happen_is_held_by_tests_that_are_there():
    root = Path(__file__).resolve().parents[2]
    for like, held in tables.ELSEWHERE.items():
        assert any(re.fullmatch(like, name) for name in TABLE), like
        assert like.rpartition(".")[2] in (root / held).read_text("utf-8"), held


def _of_today(names: list[str], many: int) -> list[str]:
    """Some rows, others each day, so that all of them come round."""
    many = min(len(names), round(20 * many * SOAK) if SOAK else many)
    first = datetime.now(UTC).date().toordinal() * many
    return [names[(first + n) % len(names)] for n in range(many)]


WHERE_REFUSED = sorted(name for name, row in TABLE.items() if is_refused_everywhere(name, row))
WHERE_SEEN = sorted(name for name, row in TABLE.items() if set(QUICK) & row.steps and name in find_places())


@pytest.mark.parametrize("name", _of_today(WHERE_REFUSED, 8))
def test_a_key_is_refused_where_it_has_no_business(name):
    here = [found for found in find_places()[name] if found.world == TABLE[name].world]
    assert any(is_refused(found, new) for found in here for new in others(found)), MEND
    assert all(refusal(found, new) for found in here for new in others(found)), MEND


@pytest.mark.parametrize("name", _of_today(WHERE_SEEN, 5))
def test_the_table_tells_the_truth(name):
    row = TABLE[name]
    steps = {step for step in QUICK if step in row.steps}
    wanted = steps if SOAK else {next(step for step in QUICK if step in steps)}
    assert prove(name, row, wanted) >= wanted, MEND


class Planted(Protocol):
    """The language with a key that nobody reads."""

    mood: int | None = None


def test_control_a_key_that_is_planted_and_ignored_is_told(monkeypatch):
    world = Planted.model_validate({**minimal_data(), "mood": 3})
    for module in (found_places, tables, given):
        monkeypatch.setattr(module, "worlds", lambda: {"planted": world})
    monkeypatch.setattr(found_places, "Protocol", Planted)
    monkeypatch.setattr(tables, "STEPS", {step: STEPS[step] for step in ("show", "analyze", "rehearse")})
    here = [one for one in found_places.find_said.__wrapped__().values() if one[0].key in ("mood", "title")]
    monkeypatch.setattr(tables, "find_places", lambda: {f"{one[0].place}.{one[0].key}": one for one in here})
    rows = {name: find_row(name) for name in ("Planted.mood", "StudyIdentity.title")}
    assert said_and_ignored(rows) == ["Planted.mood"]
    assert issubclass(here[0][0].clause, Clause)


def test_control_a_key_that_is_taken_where_nothing_comes_of_it_is_told(monkeypatch):
    """Decimals of a text, as it would be if `check` let them through: they are shown, and that is all."""
    name = "Item[type=text].decimals"
    monkeypatch.setattr(tables, "WORLDS", 1)
    monkeypatch.setattr(tables, "STEPS", {step: STEPS[step] for step in ("show", "simulate")})
    assert name in WHERE_REFUSED
    assert said_and_ignored({name: find_row(name)}) == []
    for module in (tables, given):
        monkeypatch.setattr(
            module,
            "check_protocol",
            lambda protocol: [f for f in check_protocol(protocol) if f.code != "item.decimals"],
        )
    assert said_and_ignored({name: find_row(name)}) == [name]


def test_control_a_key_that_a_step_does_not_look_at_is_told(monkeypatch):
    """The design as it would be if nobody read its power: the table would say that it is said and ignored."""

    def deaf(step):
        def give(protocol, world):
            if protocol.design is not None:
                power = protocol.design.power.model_copy(update={"value": 0.8})
                protocol = protocol.model_copy(update={"design": protocol.design.model_copy(update={"power": power})})
            return step(protocol, world)

        return give

    some = {name: STEPS[name] for name in ("show", "design")}
    monkeypatch.setattr(tables, "WORLDS", 1)
    monkeypatch.setattr(tables, "STEPS", some)
    assert "design" in find_row("Design.power").steps
    monkeypatch.setattr(tables, "STEPS", some | {"design": deaf(some["design"])})
    assert said_and_ignored({"Design.power": find_row("Design.power")}) == ["Design.power"]


def test_control_a_label_changes_what_is_shown_and_no_number():
    found = find_said()["StudyIdentity.title"][0]
    other = next(made for new in others(found) if (made := changed(found, new)) is not None)
    for name in ("show", "design", "analyze"):
        same = STEPS[name](other, found.world) == tables.base_of(found.world, name)
        assert same == (name != "show"), name
