"""Whatever a protocol says has an effect: no key is accepted at a place where nothing comes of it.

The table is found by changing each key at each place (`python -m tests.effects`). Here its rows are held to today's language, and some of
them are proved anew, all of them where EQUIPOISE_SOAK is set.
"""

import os
import random
import re
from pathlib import Path

import pytest

from equipoise.protocol.document import Protocol
from equipoise.protocol.schema import clauses
from tests.effects import table as tables
from tests.effects.places import changed, find_places, others
from tests.effects.steps import STEPS
from tests.effects.table import DESCRIPTIVE, NOT_YET_SEEN, find_row, read_table, said_and_ignored

MEND = "run `python -m tests.effects` (a minute for each new key), and look at what it says"
ELSEWHERE = {
    "Protocol.languages": "decides which form every text has; tests/spec/test_languages.py holds what comes of it",
}
TABLE = read_table()
QUICK = {"design", "analyze"}


def test_every_key_of_the_language_stands_in_some_world():
    found = {f"{one.clause.__name__.partition('[')[0]}.{one.key}" for one in find_places().values()}
    every = {
        f"{clause.__name__.partition('[')[0]}.{info.alias or name}"
        for clause in clauses(Protocol)
        for name, info in clause.model_fields.items()
    }
    assert every - found - set(ELSEWHERE) == set(), "give an example in tests/spec, or a world in tests/effects"


def test_the_table_knows_every_place():
    assert set(TABLE) <= set(find_places()), MEND
    if lacking := set(find_places()) - set(TABLE):
        pytest.skip(f"{len(lacking)} of {len(find_places())} places have no row yet: {MEND}")


def test_no_further_key_is_said_and_ignored():
    assert sorted(said_and_ignored(TABLE)) == sorted(NOT_YET_SEEN)


def test_what_is_there_to_be_read_only_is_named_and_nothing_else():
    for like in DESCRIPTIVE:
        assert any(re.fullmatch(like, name) for name in TABLE), f"no key is like {like}"


def test_what_no_world_lets_happen_is_held_by_tests_that_are_there():
    root = Path(__file__).resolve().parents[2]
    for like, held in tables.ELSEWHERE.items():
        assert any(re.fullmatch(like, name) for name in TABLE), like
        assert like.rpartition(".")[2] in (root / held).read_text("utf-8"), held


def _some() -> list[str]:
    names = sorted(name for name, row in TABLE.items() if name in find_places() and set(row) - {"check", "show"})
    if os.environ.get("EQUIPOISE_SOAK"):
        return names
    quick = [name for name in names if QUICK & set(TABLE[name])]
    return random.Random(len(TABLE)).sample(quick, min(8, len(quick)))


@pytest.mark.parametrize("name", _some())
def test_the_table_tells_the_truth(name):
    assert set(find_row(name)) - {"check", "show"}, MEND


def test_control_a_key_that_a_step_does_not_look_at_is_told(monkeypatch):
    """The design as it would be if nobody read its power: the table would say that it is said and ignored."""

    def deaf(step):
        def give(protocol, world):
            if protocol.design is not None:
                power = protocol.design.power.model_copy(update={"value": 0.8})
                protocol = protocol.model_copy(update={"design": protocol.design.model_copy(update={"power": power})})
            return step(protocol, world)

        return give

    assert "design" in find_row("Design.power")
    some = {name: step for name, step in STEPS.items() if name in ("show", "design", "analyze")}
    monkeypatch.setattr(tables, "STEPS", some | {"design": deaf(some["design"]), "analyze": deaf(some["analyze"])})
    assert said_and_ignored({"Design.power": find_row("Design.power")}) == ["Design.power"]


def test_control_a_label_changes_what_is_shown_and_no_number():
    found = find_places()["StudyIdentity.title"]
    other = next(made for new in others(found) if (made := changed(found, new)) is not None)
    base = find_places()["StudyIdentity.title"].world
    for name in ("show", "design", "analyze"):
        same = STEPS[name](other, base) == tables.base_of(base, name)
        assert same == (name != "show"), name
