"""A rehearsal that was played to its end and is asked for again: told from its note, and played where that is not so."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from equipoise.conduct.acts import Appoint
from equipoise.conduct.authority import CUSTODIAN
from equipoise.ledger import Fact, Stamp
from equipoise.rehearsal.finished import FINISHED_FILE, find_report, keep_report
from equipoise.rehearsal.rehearsal import Rehearsal, run_rehearsal
from equipoise.rehearsal.request import read_request
from tests.virtual.stage import SURVIVAL, memory_study, small


class Played(Exception):
    """Somebody went through the doors."""


@pytest.fixture
def finished(tmp_path):
    study = memory_study(tmp_path, small(SURVIVAL))
    return study, run_rehearsal(study, participants=3, seed=1)


@pytest.fixture
def plays(monkeypatch):
    def play(*_):
        raise Played

    def whether(study):
        monkeypatch.setattr(Rehearsal, "play", play)
        try:
            run_rehearsal(study, participants=3, seed=1)
        except Played:
            return True
        return False

    return whether


def test_it_is_told_and_not_played_and_says_the_same_in_both_languages(finished, plays):
    study, report = finished
    assert not plays(study)
    again = run_rehearsal(study, participants=3, seed=1)
    for language, last in (("en", "nothing was left to do"), ("zh", "无事可做")):
        first, second = list(report.lines(language)), list(again.lines(language))
        assert first[:-1] == second[:-1]
        assert last in second[-1]
    assert replace(again, again=False, notes=(), seconds=0) == replace(report, notes=(), seconds=0)


def test_what_only_looks_changes_nothing_and_the_head_is_that_of_today(finished, plays):
    study, report = finished
    noted = {"door": "results", "seq": 1, "head": report.head.hash, "arms": "shown", "participant": None}
    with study.store.writing(study.id) as writer:
        stamp = Stamp(act="looked", actor="any", role="statistician", at=datetime(2030, 1, 1, tzinfo=UTC))
        writer.append(stamp, [Fact("reading_noted", noted)])
    assert not plays(study)
    again = run_rehearsal(study, participants=3, seed=1)
    assert again.head == study.store.head(study.id) != report.head


def test_whoever_acts_since_has_it_played(finished, plays):
    study, _ = finished
    study.desk().perform(Appoint("late", "Late Example", "monitor", None), as_=CUSTODIAN)
    assert plays(study)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: {**kept, "rehearsal": "another"},
        lambda kept: {**kept, "report": {**kept["report"], "head": [kept["report"]["head"][0], "0" * 64]}},
        lambda kept: {**kept, "report": {**kept["report"], "head": [10**6, "0" * 64]}},
        lambda kept: {**kept, "report": {**kept["report"], "start": "soon"}},
        lambda kept: {"rehearsal": kept["rehearsal"]},
        lambda _: [],
    ],
)
def test_control_a_note_that_does_not_fit_is_not_believed(finished, plays, spoil):
    study, _ = finished
    file = study.folder / FINISHED_FILE
    file.write_text(json.dumps(spoil(json.loads(file.read_text()))))
    assert plays(study)


def test_one_that_was_interrupted_leaves_no_note(tmp_path):
    study = memory_study(tmp_path, small(SURVIVAL))

    def stop(_done, _total):
        raise KeyboardInterrupt

    assert not run_rehearsal(study, participants=3, seed=1, progress=stop).finished
    assert not (study.folder / FINISHED_FILE).exists()


def test_where_no_note_can_be_kept_nobody_is_stopped(finished):
    study, report = finished
    (study.folder / FINISHED_FILE).unlink()
    (study.folder / FINISHED_FILE).mkdir()
    keep_report(study, "any", report)
    request = read_request(study, 3, 1, None, None)
    assert find_report(study, request.fingerprint) is None
