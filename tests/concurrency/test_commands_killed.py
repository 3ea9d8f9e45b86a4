"""kill -9 in the middle of a command that makes files: what stands under its name is whole, and the second run goes on.

Killed at the first, the second, ... moment at which the command changes something on the disk (`cut_off`); all of them
in a long soak, a few of them in a short one.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from equipoise.conduct.acts import Appoint, OpenSite, Randomize
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.keeping.backup import BACKUP, KEYS, take_backup
from equipoise.conduct.keeping.bundle import read_bundle
from equipoise.findings import Refusal
from equipoise.reports.archive.checking import check_archive
from tests.concurrency.cut_off import killed_at, moments_of
from tests.conduct.every_act import come_in
from tests.conduct.importing.aid import TRIAL, write
from tests.conduct.small_trial import DAY
from tests.hunting import examples
from tests.spec.minimal import write_minimal

ROLES = "roles: ~"


@dataclass(frozen=True)
class Case:
    """A command, what it makes, and whether that is whole; `before`: commands that come first."""

    command: tuple[str, ...]
    makes: tuple[str, ...]
    is_whole: Callable[[Path], None] = lambda _place: None
    before: tuple[tuple[str, ...], ...] = ()
    imported: str = ""
    """A study that the command takes a file into: nobody of it or everybody."""


def whole_study(place: Path) -> None:
    study = open_study(place)
    assert verify_study(study).intact
    assert (place / "keys" / "allocation.key").is_file() and (place / "protocol" / "protocol.yaml").is_file()
    study.store.close()


def whole_bundle(kind: str) -> Callable[[Path], None]:
    def check(place: Path) -> None:
        with read_bundle(place, kind) as bundle:
            bundle.unpack(place.parent / f".looked-{time.time_ns()}")

    return check


def whole_bundle_of_either(place: Path) -> None:
    whole_bundle(KEYS if place.name == "keys.zip" else BACKUP)(place)


def whole_archive(place: Path) -> None:
    assert not [one for one in check_archive(place).findings if one.severity == "error"]


def whole_json(place: Path) -> None:
    json.loads(place.read_text("utf-8"))


def whole_cuts(place: Path) -> None:
    """The folder of cuts may be there before the first of them."""
    for one in place.iterdir():
        assert one.name.startswith(".") or (one / "cut.yaml").is_file()


MAKE = ("backup", "study", "--to", "kept.zip", "--with-keys", "keys.zip")
CASES: dict[str, Case] = {
    "new": Case(("new", "made", "--protocol", "written"), ("made",), whole_study),
    "backup": Case(MAKE[:4], ("kept.zip",), whole_bundle(BACKUP)),
    "backup and keys": Case(MAKE, ("kept.zip", "keys.zip"), whole_bundle_of_either),
    "restore": Case(
        ("restore", "kept.zip", "--to", "made", "--keys", "keys.zip"), ("made",), whole_study, before=(MAKE,)
    ),
    "archive": Case(("archive", "study", "--out", "made", "--as", "ma"), ("made",), whole_archive),
    "export data": Case(("export", "study", "data", "--out", "made", "--as", "ma"), ("made",)),
    "export trail": Case(("export", "study", "trail", "--out", "made", "--as", "ma"), ("made",)),
    "cut": Case(("cut", "study", "--out", "made", "--as", "ma"), ("made",), whole_cuts),
    "checkpoint": Case(("checkpoint", "study", "--out", "made.json"), ("made.json",), whole_json),
    "envelopes": Case(("envelopes", "study", "--as", "stat", "--each", "2", "--out", "made"), ("made",)),
    "amend": Case(
        ("act", "study", "amend", "--as", "custodian", "--id", "a", "--set=protocol=second", "--set=summary=x"), ()
    ),
    "import": Case(("import", "other", "data.csv", "--map", "map.yaml", "--quiet"), (), imported="other"),
    "init": Case(("init", "made"), ("made",)),
}


def make_home(home: Path, case: Case) -> None:
    """A folder with a study in it, in which one is randomized and another waits, and what the command needs."""
    home.mkdir()
    written = write_minimal(home / "written", ROLES)
    write_minimal(home / "second", ROLES, "study: {version: '2.0'}")
    study = create_study(home / "study", written)
    desk = study.desk()
    with desk.batch():
        desk.perform(OpenSite("S01", DAY), as_="custodian")
        for person, role, site in (("li", "investigator", "S01"), ("ma", "trial_manager", None)):
            desk.perform(Appoint(person, person.title(), role, site), as_="custodian")
        desk.perform(Appoint("stat", "Stat", "unblinded_statistician"), as_="custodian")
        for name in ("P1", "P2"):
            for act in come_in(name):
                desk.perform(act, as_="li")
    desk.perform(Randomize("P1", DAY), as_="li")
    study.store.close()
    if case.imported:
        create_study(home / case.imported, TRIAL).store.close()
        write(home)
    for command in case.before:
        moments_of(home, command)


def copy_of(home: Path, name: str) -> Path:
    """The same folder again; what this account saw of its study is copied beside it."""
    shutil.copytree(home, home.parent / name)
    if Path(f"{home}-state").is_dir():
        shutil.copytree(f"{home}-state", f"{home.parent / name}-state")
    return home.parent / name


def some(moments: int, at_most: int) -> list[int]:
    """All the moments, or so many of them: first and last, and others by chance."""
    if moments <= at_most:
        return list(range(1, moments + 1))
    dice = random.Random(time.time_ns())
    return sorted({1, moments, *dice.sample(range(2, moments), at_most - 2)})


def names_in(home: Path) -> set[str]:
    """What lies in a folder under a name: a dot begins what is being made."""
    return {one.name for one in home.iterdir() if not one.name.startswith(".")}


def check_killed(home: Path, case: Case, whole: set[str], moment: int) -> None:
    """After the kill, and after the second run."""
    there = [name for name in case.makes if (home / name).exists()]
    assert names_in(home) <= whole, (moment, names_in(home) - whole)
    for name in there:
        case.is_whole(home / name)
    study = open_study(home / "study")  # which it opens as if nothing had been
    assert verify_study(study).intact
    study.store.close()
    if case.imported:
        assert people_in(home / case.imported) in (0, 3)
    again = killed_at(home, case.command, 0)
    # What stood there whole is taken, and is as good as made anew; of several files those that were missing came.
    assert again == 0 or len(there) == len(case.makes), (moment, Path(f"{home}.moments.said").read_text("utf-8"))
    assert names_in(home) == whole
    assert not case.imported or people_in(home / case.imported) == 3
    for name in case.makes:
        case.is_whole(home / name)


def people_in(folder: Path) -> int:
    study = open_study(folder)
    assert verify_study(study).intact
    found = len(study.store.projection(study.id, "participants"))
    study.store.close()
    return found


def hunt(home: Path, case: Case, at_most: int) -> int:
    make_home(home, case)
    whole = copy_of(home, "whole")
    moments = moments_of(whole, case.command)
    names = names_in(whole)
    assert set(case.makes) <= names
    killed = some(moments, at_most)
    for moment in killed:
        here = copy_of(home, f"killed-{moment}")
        assert killed_at(here, case.command, moment) == -9
        check_killed(here, case, names, moment)
        shutil.rmtree(here)
    return len(killed)


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_a_command_that_is_killed_leaves_nothing_that_looks_whole_and_goes_on(tmp_path, name):
    assert hunt(tmp_path / "home", CASES[name], examples(5)) >= 5


def test_a_backup_whose_keys_are_missing_gets_them_and_one_of_an_earlier_entry_does_not(tmp_path):
    """As it is when the process was killed between the two; a backup that is whole is written over by nobody."""
    make_home(tmp_path / "home", CASES["backup"])
    study = open_study(tmp_path / "home" / "study").seen_by("custodian")
    take_backup(study, tmp_path / "kept.zip")
    made = (tmp_path / "kept.zip").read_bytes()
    take_backup(study, tmp_path / "kept.zip", keys=tmp_path / "keys.zip")
    assert (tmp_path / "kept.zip").read_bytes() == made
    whole_bundle(KEYS)(tmp_path / "keys.zip")
    take_backup(study, tmp_path / "earlier.zip")
    study.desk().perform(Randomize("P2", DAY), as_="li")
    for place, keys in ((tmp_path / "earlier.zip", tmp_path / "more.zip"), (tmp_path / "kept.zip", None)):
        with pytest.raises(Refusal, match="something already"):
            take_backup(study, place, keys=keys)
    study.store.close()


def test_control_half_a_file_under_its_name_is_caught(tmp_path):
    make_home(tmp_path / "home", CASES["backup"])
    study = open_study(tmp_path / "home" / "study").seen_by("custodian")
    backup = take_backup(study, tmp_path / "kept.zip").place
    study.store.close()
    backup.write_bytes(backup.read_bytes()[:-100])
    with pytest.raises(Refusal):
        CASES["backup"].is_whole(backup)
    shutil.rmtree(tmp_path / "home" / "study" / "protocol")
    with pytest.raises(Refusal):
        whole_study(tmp_path / "home" / "study")
