"""Whoever may not see the arms sees the same whatever they are: two studies that differ in their secret alone.

Everything that leaves a door is compared, byte for byte: what is printed, as text and as data, the exit code, the names,
sizes and contents of files. Chain hashes and times are taken out, which differ between any two studies.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import polars as pl
import pytest

from equipoise.cli.main import main
from equipoise.conduct.folder.study import Study
from equipoise.datacut import find_moment, freeze, unblinding
from equipoise.datacut.freeze import assemble_cut
from tests.conduct.read_trial import read_trial
from tests.seeing import seen

DOORS = (
    "status STUDY",
    "status STUDY --json",
    "queries STUDY --json",
    "safety STUDY",
    "safety STUDY --json",
    "cut STUDY --out OUT --name cut",
    "cut STUDY --out OUT --name letters --arms masked",
    "cut STUDY --out OUT --name shown --arms shown",
    "show STUDY",
)
ANALYSIS = (
    "analyze STUDY --out OUT/analysis",
    "trace STUDY os_km --out OUT/analysis",
    "trace STUDY os_logrank --out OUT/analysis",
)
COPIES = (
    "export STUDY trail --out OUT/trail",
    "export STUDY roles --on 2024-03-01 --out OUT/roles",
    "export STUDY casebook --participant S01-0 --out OUT/casebook",
    "export STUDY data --out OUT/data",
    "balance STUDY",
)
TREATMENT = ("doses STUDY S01-0", "doses STUDY S02-0 --json")
BLIND = "randomization: {blinding: double}"
OPEN = "randomization: {blinding: open}"
UNEQUAL = {"randomization": {"ratio": {"A": 2, "B": 1}, "scheme": {"sizes": [3, 6]}}}
# Who may see no arm of anybody behind these doors.
ALL = ("custodian", "chen", "ma", "zhao", "he", "li")
_VARYING = re.compile(rb"[0-9a-f]{8,64}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?|([a-z]+ ){7}[a-z]+")
_TRIALS = {"open": (OPEN,), "double": (BLIND,), "unequal": (BLIND, UNEQUAL)}


def pair(tmp_path_factory: pytest.TempPathFactory, *changes: str | dict[str, object]) -> tuple[Study, Study]:
    """Two studies with the same people and records, and other arms."""
    with pytest.MonkeyPatch.context() as patch:
        return tuple(  # type: ignore[return-value]
            read_trial(tmp_path_factory.mktemp("one"), *changes, secret=bytes([number]) * 32, monkeypatch=patch)
            for number in (3, 7)
        )


@pytest.fixture(scope="module", params=_TRIALS)
def studies(request, tmp_path_factory) -> Iterator[tuple[Study, Study]]:
    made = pair(tmp_path_factory, *_TRIALS[request.param])
    yield made
    for study in made:
        study.store.close()


@pytest.fixture(scope="module")
def open_studies(tmp_path_factory) -> Iterator[tuple[Study, Study]]:
    made = pair(tmp_path_factory, OPEN)
    assert arms(made[0]) != arms(made[1])
    yield made
    for study in made:
        study.store.close()


def arms(study: Study) -> list[str | None]:
    """The arms, for the test alone."""
    return assemble_cut(seen(study), find_moment(study.store, study.id), "shown", None).participants["arm"].to_list()


def leaves(study: Study, line: str, who: str) -> dict[str, bytes]:
    """Everything that a door gives this person, by where it lies."""
    out = study.folder.parent / "out"
    words = [word.replace("STUDY", str(study.folder)).replace("OUT", str(out)) for word in line.split()]
    printed, told = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(told):
        code = main([*words, "--as", who])
    found = {"code": str(code).encode(), "out": printed.getvalue().encode(), "err": told.getvalue().encode()}
    for file in sorted(out.rglob("*")):
        if file.is_file():
            found[str(file.relative_to(out))] = _content(file)
            file.unlink()
    home = str(study.folder.parent).encode()
    return {name: _VARYING.sub(b"#", content.replace(home, b"HOME")) for name, content in found.items()}


def _content(file: Path) -> bytes:
    """A table as its rows, and its size where no time stands in it; everything else as it is."""
    raw = file.read_bytes()
    if file.suffix != ".parquet":
        return raw
    rows = pl.read_parquet(file).write_ndjson().encode()
    return rows if _VARYING.search(rows) else rows + str(len(raw)).encode()


def differing(studies: tuple[Study, Study], line: str, who: str) -> dict[str, tuple[bytes, bytes]]:
    """What is not the same of the two."""
    one, other = (leaves(study, line, who) for study in studies)
    return {
        name: (one.get(name, b""), other.get(name, b""))
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
    }


def test_who_may_not_see_arms_sees_the_same_whatever_they_are(open_studies):
    for who in ("he", "chen"):
        for line in (*DOORS, TREATMENT[0]):
            assert differing(open_studies, line, who) == {}, (line, who)
    for line in ANALYSIS:
        assert differing(open_studies, line, "he") == {}, line
    for line in COPIES[:3]:
        assert differing(open_studies, line, "chen") == {}, line


@pytest.mark.long
def test_nobody_who_may_not_see_arms_sees_more_through_any_door(studies):
    """The same of everybody, in open trials and in double-blind ones of equal and of unequal groups."""
    blind = studies[0].protocol.randomization.blinding == "double"
    unequal = studies[0].protocol.randomization.ratio.value == {"A": 2, "B": 1}
    assert arms(studies[0]) != arms(studies[1])
    for who in ALL:
        for line in DOORS:
            assert differing(studies, line, who) == {}, (line, who)
    for line in ANALYSIS:
        assert differing(studies, line, "he") == {}, line
        assert differing(studies, line, "ma") == {}, line
    for who in ("chen", "zhao", "he"):
        for line in COPIES:
            assert differing(studies, line, who) == {}, (line, who)
    for who in ("custodian", "chen", "ma", "zhao", "he", *(("li", "sun") if blind else ())):
        for line in TREATMENT:
            assert differing(studies, line, who) == {}, (line, who)
    for line in DOORS if unequal else ():
        assert differing(studies, line, "sun") == {}, line


def test_control_without_the_guard_the_arms_are_seen(open_studies, monkeypatch):
    studies = open_studies
    monkeypatch.setattr(unblinding, "_named", lambda _reader: True)
    # The desk is a second guard: it would not enter the reading.
    monkeypatch.setattr(sys.modules["equipoise.datacut.freeze"], "enter_reading", lambda *_a: None)
    line = "cut STUDY --out OUT --name shown"
    assert "shown/participants.parquet" in differing(studies, line, "he")


def test_control_who_may_see_the_arms_sees_that_they_differ(open_studies):
    studies = open_studies
    assert freeze(studies[0].seen_by("sun")).participants["arm"].to_list() == arms(studies[0])
    assert differing(studies, "cut STUDY --out OUT --name shown", "sun") != {}
    assert differing(studies, "doses STUDY S01-0", "li") | differing(studies, "doses STUDY S01-1", "li") != {}


def test_control_letters_by_size_would_give_the_arms_away(tmp_path_factory, monkeypatch):
    studies = pair(tmp_path_factory, BLIND, UNEQUAL)
    monkeypatch.setattr(unblinding, "refuse", lambda *_a, **_k: None)
    sizes = freeze(studies[0].seen_by("sun"), arms="masked").participants["arm"].value_counts()["count"].to_list()
    assert sorted(sizes) == [4, 8]
