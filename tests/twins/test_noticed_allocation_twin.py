"""What a change does to an allocation: asked only where it may have changed an answer, and asked at every act. The same
rehearsal, with corrections of what strata and criteria rest on, leaves the same ledger either way.
"""

import pytest

from equipoise.conduct.following.noticing import _rests_on
from equipoise.conduct.following.resting import RestsOn, rests_on
from equipoise.protocol.identity import ByIdentity
from equipoise.protocol.scope import names_behind
from equipoise.rehearsal.rehearsal import run_rehearsal
from tests.rehearsal.lively import lively
from tests.virtual.stage import content, flagship, memory_study


def played(folder):
    study = memory_study(folder, lively())
    run_rehearsal(study, participants=25, seed=3)
    return content(study)


@pytest.fixture(scope="module")
def seldom(tmp_path_factory):
    return played(tmp_path_factory.mktemp("seldom"))


def test_asked_at_every_act_nothing_else_is_noticed(tmp_path, monkeypatch, seldom):
    monkeypatch.setattr(RestsOn, "touched", lambda *_: True)
    assert played(tmp_path) == seldom


def test_control_asked_never_something_is_missed(tmp_path, monkeypatch, seldom):
    monkeypatch.setattr(RestsOn, "touched", lambda *_: False)
    assert played(tmp_path) != seldom


def test_what_is_picked_from_some_visits_is_touched_there_alone():
    protocol = flagship()
    factors, criteria = _rests_on(ByIdentity(protocol))
    restricted = {name: visits for name, visits in criteria.items.items() if visits is not None}
    assert restricted
    for name, visits in restricted.items():
        form = protocol.item_by_id[name][0].id
        assert criteria.touched({(next(iter(visits)), 1, form): {name}}, {name})
        assert not criteria.touched({("elsewhere", 1, form): {name}}, {name})
    assert factors.items.keys() <= names_behind(protocol, protocol.randomization.stratify_by.value)


def test_what_the_ledger_makes_known_is_touched_wherever_it_comes_from():
    resting = rests_on(flagship(), ["withdrawn_date"])
    assert resting.touched({}, {"withdrawn_date"})
    assert not resting.touched({}, {"enrolled_date"})
