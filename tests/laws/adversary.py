"""Somebody who holds every role in turn and may call whatever can be called: what they see before an arm is drawn.

Everything is read from the tables of commands, acts and exported functions, so that what is added is called by itself;
what it takes that is not known here makes the law fail, with the name of what is to be given. Time and the operating
system's random bytes stand still: two worlds that differ only in the draws to come are the same to the byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import inspect
import io
import itertools
import json
import os
import pkgutil
import re
import secrets
import shutil
import sqlite3
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import equipoise
from equipoise.chance.sealed import SealedStream
from equipoise.cli.language import Voice
from equipoise.cli.main import COMMANDS, main
from equipoise.cli.parsing import CommandParser
from equipoise.conduct.acts import (
    ACTS,
    Act,
    Appoint,
    Consent,
    Enroll,
    MakeEnvelopes,
    OpenSite,
    RaiseQuery,
    Randomize,
    RecordForm,
    Screen,
)
from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.authority import may
from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.replay.loading import load_study
from equipoise.findings import Refusal
from equipoise.reports.copies.reader import participant_for, reader_of
from equipoise.reports.copies.writing import last_entry
from tests.spec.minimal import write_minimal

DAY = "2024-02-01"
NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
NEXT = "P4"
"""Who is enrolled and not yet randomized: the next position is theirs, or whose the adversary makes it."""
BEFORE = ("P1", "P2", "P3")
PLACE = len(BEFORE) + 1
BASELINE = {"visit_date": DAY, "age": 51, "sex": "F", "weight": "60.0"}
ROLES: Mapping[str, tuple[str, str | None]] = {
    "custodian": ("custodian", None),
    "second": ("custodian", None),
    "li": ("investigator", "S01"),
    "chen": ("coordinator", "S01"),
    "ma": ("trial_manager", None),
    "stat": ("unblinded_statistician", None),
    "yu": ("safety_physician", None),
    "zhao": ("monitor", None),
    "dan": ("data_manager", None),
    "nobody": ("", None),
}
BLINDED = ("chen", "ma", "zhao", "dan")
"""Who may not see allocations."""
PROTOCOL = """\
roles: ~
visits:
- {id: only_a, label: {en: A, zh: 甲}, kind: log, when: "arm = 'A'", forms: [follow_up]}
"""
SCHEMES = {
    "complete": "{kind: complete, sizes: ~}",
    "big_stick": "{kind: big_stick, limit: 2, sizes: ~}",
    "minimization": "{kind: minimization, p: 0.8, sizes: ~}",
    "permuted_blocks": "{kind: permuted_blocks, sizes: [4]}",
}


# Two worlds ---------------------------------------------------------------------------------------------------------


class Frozen(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return NOW.astimezone(tz) if tz else NOW.replace(tzinfo=None)


@cache
def rooms() -> tuple[Any, ...]:
    """Every module: what is exported is looked for in all of them."""
    names = [one.name for one in pkgutil.walk_packages(equipoise.__path__, "equipoise.")]
    return tuple(importlib.import_module(name) for name in names if not name.endswith("__main__"))


@contextlib.contextmanager
def standing_still(state: Path, begin: str = "") -> Iterator[None]:
    """One moment, and random bytes that follow from how many were asked for."""
    asked = iter(range(10**9))

    def some(n: int = 32) -> bytes:
        return hashlib.shake_256(f"bytes {begin} {next(asked)}".encode()).digest(n)

    with pytest.MonkeyPatch.context() as patch:
        for room in rooms():
            if getattr(room, "datetime", None) is datetime:
                patch.setattr(room, "datetime", Frozen)
        patch.setattr(secrets, "token_bytes", some)
        patch.setattr(secrets, "token_hex", lambda n=32: some(n).hex())
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(bytes=some(16)))
        patch.setenv("EQUIPOISE_STATE", str(state))
        yield


@dataclass(frozen=True)
class Future:
    """Draws that are other than they would be: of which version of the scheme, from which place on, by which salt."""

    salt: int
    first: int = PLACE
    version: int = 1

    @contextlib.contextmanager
    def comes(self) -> Iterator[None]:
        begin, word = SealedStream.__init__, SealedStream._word
        named: dict[bytes, tuple[Any, ...]] = {}

        def init(stream: SealedStream, secret: bytes, *names: str | int) -> None:
            begin(stream, secret, *names)
            named[stream._key] = names

        def other(stream: SealedStream, use: str, *place: int) -> int:
            mine = self.version == named.get(stream._key, (0, 0, 0, 0))[3] and place[0] >= self.first
            return word(stream, f"{use} otherwise {self.salt}" if mine else use, *place)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SealedStream, "__init__", init)
            patch.setattr(SealedStream, "_word", other)
            yield


def base_study(home: Path, scheme: str, *more: str) -> None:
    """A study in which three are randomized, and a fourth and fifth wait; beside it a backup of the ledger."""
    protocol = write_minimal(home / "written", PROTOCOL, f"randomization: {{scheme: {SCHEMES[scheme]}}}", *more)
    study = create_study(home / "study", protocol)
    desk = study.desk()
    desk.perform(OpenSite("S01", DAY), as_="custodian")
    desk.perform(OpenSite("S02", DAY), as_="custodian")
    for person, (role, site) in ROLES.items():
        if role and person != "custodian":
            desk.perform(Appoint(person, person.title(), role, site), as_="custodian")
    for name in (*BEFORE, NEXT, "P5"):
        desk.perform(Screen(name, "S01", DAY), as_="li")
        desk.perform(Consent(name, DAY), as_="li")
        desk.perform(RecordForm(name, "screening", "baseline", BASELINE), as_="li")
        desk.perform(Enroll(name, DAY), as_="li")
        if name in BEFORE:
            desk.perform(Randomize(name, DAY), as_="li")
    desk.perform(MakeEnvelopes(2), as_="stat")
    desk.perform(RaiseQuery(NEXT, {"en": "Right?"}, "screening", "baseline", item="age"), as_="zhao")
    study.store.close()
    shutil.copytree(home / "study", home / "backup")


class Eye:
    """Everything that was seen, each with what was called."""

    def __init__(self, home: Path) -> None:
        self.home, self.seen = home, list[tuple[str, str]]()
        self._files = 0

    @property
    def folder(self) -> Path:
        return self.home / "study"

    def a_file(self) -> Path:
        self._files += 1
        return self.home / f"out-{self._files}"

    def see(self, what: str, door: Callable[[], object], *, seals: bool = False) -> None:
        """Call it, and keep what came back, was refused, or broke; of what was sealed, the length (`seals`)."""
        try:
            with contextlib.chdir(self.home):  # some write beside where they are called
                said = told(door())
        except Refusal as refusal:
            said = told(refusal)
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        self.seen.append((what, masked(said) if seals else said))

    def run(self, *arguments: str) -> None:
        """A command, as it is typed, with all that it prints and writes."""
        out, err = io.StringIO(), io.StringIO()

        def door() -> object:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                try:
                    code: object = main([*arguments])
                except SystemExit as left:
                    code = left.code
            return code, out.getvalue(), err.getvalue()

        self.see(" ".join(arguments), door)

    def look_into_files(self) -> None:
        """All that lies there but the keys: the ledger row by row, every other file to the byte."""
        for file in sorted(self.home.rglob("*")):
            name = str(file.relative_to(self.home))
            if not file.is_file() or "keys" in file.parts or name.endswith(("-wal", "-shm")):
                continue
            if file.suffix == ".sqlite":
                with contextlib.closing(sqlite3.connect(file)) as connection:
                    self.seen.append((name, "\n".join(connection.iterdump())))
            else:
                self.seen.append((name, file.read_bytes().decode("utf-8", "backslashreplace")))


class TakenBack(Exception):
    pass


def told(value: object) -> str:
    """Whatever was given back, as text, whole."""
    if isinstance(value, Refusal):
        return "refused: " + " ".join(repr(one.as_data(lang)) for one in value.findings for lang in ("en", "zh"))
    if isinstance(value, Study):
        return f"study {value.id}"
    if hasattr(value, "write_json"):
        return str(value.rows() if hasattr(value, "rows") else value.write_json())
    if is_dataclass(value) and not isinstance(value, type):
        inside = ", ".join(
            f"{one.name}={told(getattr(value, one.name))}" for one in fields(value) if one.name != "seconds"
        )
        return f"{type(value).__name__}({inside})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{told(key)}: {told(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(told, value)) + "]"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(told, value))) + "}"
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


# What can be called -------------------------------------------------------------------------------------------------

FIELDS: Mapping[str, object] = {
    "accepted": None,
    "account": "bob",
    "approved": DAY,
    "arm": "A",
    "arms": "shown",
    "at": "2024-03-01T08:00:00+00:00",
    "category": "visit",
    "cut": "c1",
    "date": DAY,
    "digest": "0" * 64,
    "door": "cut",
    "each": 2,
    "slots": 4,
    "strata": 2,
    "entry": 20,
    "envelope": "1-001",
    "event": "screening",
    "extent": "follow_up",
    "factors": {"sex": "F"},
    "file": {"name": "f.csv"},
    "form": "baseline",
    "head": "0" * 64,
    "import_id": "i",
    "item": "age",
    "kept": "safe",
    "mapping": {"name": "m.yaml"},
    "name": "New",
    "opened_by": "Wu",
    "outcome": "clear",
    "part": "samples",
    "organization": "Office",
    "organization_zh": "办公室",
    "participant": NEXT,
    "person": "new",
    "place": "elsewhere",
    "query": "Q0001",
    "reason": "asked for",
    "remark": "held against the delegation log",
    "request": 1,
    "role": "monitor",
    "says": "agrees",
    "seen": 99,
    "seq": 20,
    "site": "S01",
    "source": "list",
    "text": "late",
    "to": "S02",
    "upto": 5,
    "value": 52,
    "values": BASELINE,
    "version": "1.0",
    "visit": "screening",
}
OF_ACT: Mapping[tuple[str, str], object] = {
    ("screen", "participant"): "P9",
    ("raise_query", "text"): {"en": "Is it right?"},
    ("correct_date", "date"): "2024-01-31",
    ("unblind", "category"): "emergency",
}
NOT_MADE_BY_NAME = ("amend", "accept_restored")
"""Acts with doors of their own, which are called there."""


def act_of(kind: ActKind) -> Act:
    """The act with whatever it asks for."""
    given = {}
    for one in fields(kind.asks):
        if one.default is MISSING and one.default_factory is MISSING or one.name == "values":
            key = (kind.right, one.name)
            assert key in OF_ACT or one.name in FIELDS, f"say in FIELDS what to give the act {kind.right} as {one.name}"
            given[one.name] = OF_ACT.get(key, FIELDS.get(one.name))
    made: Act = kind.asks(**given)
    return made


def acts() -> list[Act]:
    return [act_of(kind) for kind in ACTS if kind.right not in NOT_MADE_BY_NAME]


def as_listed(act: Act) -> dict[str, Any]:
    """The act as a list in a file names it."""
    return {"act": act.right, **{one.name: getattr(act, one.name) for one in fields(act) if getattr(act, one.name)}}  # type: ignore[arg-type]


WITHOUT_A_STUDY = ("init", "check", "show", "design", "schema", "simulate", "demo", "new")
"""Commands that are given a protocol and no study: there is nothing in their reach to foresee."""


SLOW = ("analyze", "verify", "cut", "rehearse", "import", "safety", "checkpoint", "backup", "restore", "archive")
"""Commands whose options are tried one by one at length only."""


def typed(eye: Eye, name: str, whole: bool) -> Iterator[list[str]]:
    """The command in all its ways: by each person, and with each option in turn."""
    values: Mapping[str, Callable[[], str]] = {
        "folder": lambda: str(eye.folder),
        "name": lambda: f"n{len(eye.seen)}" if name == "cut" else "randomize",
        "set": lambda: f"participant={NEXT}",
        "id": lambda: "an-id",
        "file": lambda: str(eye.home / "list.json"),
        "mapping": lambda: str(eye.home / "list.json"),
        "suggest": lambda: str(eye.home / "list.json"),
        "protocol": lambda: str(eye.folder / "protocol"),
        "out": lambda: str(eye.a_file()),
        "site": lambda: "S01",
        "participant": lambda: NEXT,
        "treatment": lambda: "x",
        "on": lambda: DAY,
        "date": lambda: DAY,
        "since": lambda: DAY,
        "until": lambda: DAY,
        "kind": lambda: "allocated",
        "entry": lambda: "30",
        "anchor": lambda: str(eye.home / "anchor.json"),
        "public_key": lambda: str(eye.folder / "keys" / "checkpoint.pub"),
        "kept": lambda: "safe",
        "organization": lambda: "Office",
        "identity": lambda: str(eye.home / "list.json"),
        "cut": lambda: "c1",
        "result": lambda: "pfs",
        "rows": lambda: "3",
        "participants": lambda: "3",
        "seed": lambda: "1",
        "scenario": lambda: "s",
        "actor": lambda: "li",
        "to": lambda: str(eye.a_file()),
        "with_keys": lambda: str(eye.a_file()),
        "database": lambda: "postgresql://nobody@127.0.0.1:1/none",
        "backup": lambda: str(eye.home / "kept.zip"),
        "check": lambda: str(eye.home / "ever"),
        "keys": lambda: str(eye.home / "keys" / "keys.zip"),
        "values": lambda: "age",
        "each": lambda: "2",
        "blocks": lambda: "4",
        "agree": lambda: "1",
        "study": lambda: str(eye.folder),
    }
    parser = CommandParser(Voice("en"), prog=name)
    importlib.import_module(f"equipoise.cli.{name}_command").add_arguments(parser, Voice("en"))

    def given(action: Any) -> list[str]:
        if action.nargs == 0:
            return [action.option_strings[0]]
        said = [str(one) for one in action.choices][:1] if action.choices else [values.get(action.dest, lambda: NEXT)()]
        return [*action.option_strings[:1], *said]

    own = [action for action in parser._actions if action.dest not in ("help", "lang", "actor")]
    everybody = list(ROLES) if whole else ["li", "ma", "zhao"]
    people = everybody if any(action.dest == "actor" for action in parser._actions) else [None]
    # What a command makes of its subject is as many commands.
    of = next((list(action.choices) for action in own if action.choices and not action.option_strings), [None])
    for person, subject in itertools.product(people, of):
        first = [action for action in own if action.required or not action.option_strings]
        begin = [str(subject) if a.choices and not a.option_strings else word for a in first for word in given(a)]
        as_ = [] if person is None else ["--as", person]
        yield [name, *begin, *as_]
        if not whole and (person not in (None, "li") or name in SLOW):
            continue
        for action in own:
            if action.option_strings and not action.required:
                yield [name, *begin, *as_, *given(action)]


def commands(eye: Eye, *, whole: bool) -> None:
    """Every command that comes near a study."""
    listed = [{"act": "randomize", "participant": NEXT, "date": DAY}, {"act": "lock", "reason": "x"}]
    (eye.home / "list.json").write_text(json.dumps(listed))
    kept, keys = str(eye.home / "kept.zip"), str(eye.home / "keys" / "keys.zip")
    eye.run("backup", str(eye.folder), "--to", kept, "--with-keys", keys)
    eye.run("archive", str(eye.folder), "--as", "ma", "--out", str(eye.home / "ever"))
    for name in COMMANDS:
        if name in WITHOUT_A_STUDY or name == "act":
            continue
        for line in typed(eye, name, whole):
            eye.run(*line)
    study = open_study(eye.folder)
    state, protocol = load_study(study.store, study.id), study.protocol
    study.store.close()
    # `act` randomizes for good when it is asked to: it is asked for everything but that.
    for kind in ACTS:
        held = [person for person in ROLES if may(state, protocol, person, kind.right, "S01", day=DAY)] or ["li"]
        for person in ROLES if whole else held[:1]:
            given = [f"--set={key}={value}" for key, value in _flat(kind) if value is not None]
            eye.run("act", str(eye.folder), kind.right, "--as", person, "--dry-run", "--json", *given)
    for person in ROLES if whole else ("li", "chen"):
        for extra in ([], ["--json"], ["--dry-run"], ["--dry-run", "--json"]):
            eye.run("act", str(eye.folder), "--as", person, "--file", str(eye.home / "list.json"), *extra)
    for extra in ([], ["--json"]):
        eye.run("act", str(eye.folder), *extra)
        eye.run("act", str(eye.folder), "randomize", f"--set=participant={NEXT}", *extra)


def _flat(kind: ActKind) -> Iterator[tuple[str, object]]:
    if kind.right == "amend":
        yield from (("protocol", "written"), ("summary", "longer"))
        return
    for one in fields(act_of(kind) if kind.right != "accept_restored" else kind.asks):  # type: ignore[arg-type]
        value = OF_ACT.get((kind.right, one.name), FIELDS.get(one.name))
        if one.default is MISSING and one.default_factory is MISSING:
            if isinstance(value, Mapping):
                yield from ((f"{one.name}.{key}", inner) for key, inner in value.items())
            else:
                yield one.name, value


def at_the_desk(eye: Eye, *, whole: bool = False, only: str = "") -> None:
    """Every act (or `only` one) by everybody: on trial, and, taken back with it, beside a draw."""
    desk = open_study(eye.folder).desk()

    def batch(dry_run: bool, wanted: Sequence[tuple[str, Act]], draws: bool) -> None:
        draw = Randomize(NEXT, DAY)
        with contextlib.suppress(TakenBack), desk.batch(dry_run=dry_run):
            if draws:
                eye.see("draw", lambda: desk.perform(draw, as_="li", act_id="draw"), seals=True)
            for person, act in wanted:
                eye.see(
                    f"{act.right} by {person}",
                    lambda a=act, p=person: desk.perform(a, as_=p),
                    seals=draws or not dry_run,
                )
            if draws:
                eye.see("once more", lambda: desk.perform(draw, as_="li", act_id="draw"), seals=True)
            raise TakenBack

    by_the_arm = RecordForm(NEXT, "only_a", "follow_up", {"seen_date": DAY, "progressed": False})
    asked = [(person, act) for act in (*acts(), by_the_arm) if only in act.right for person in ROLES]
    state = desk.state()
    allowed = [
        (person, act)
        for person, act in asked
        if act.right in ("agree", "decline")
        or any(may(state, desk.protocol, person, act.right, at, day=DAY) for at in ("S01", None))
    ]
    denied = [one for one in asked if one not in allowed]
    for dry_run, draws in ((True, False), *([(True, True)] if whole else []), (False, True), (False, False)):
        batch(dry_run, denied, draws)
        for one in allowed:
            batch(dry_run, [one], draws)
    desk.store.close()


def notebook(eye: Eye, *, whole: bool) -> None:
    """Every exported function that takes a study: by each person, and with each parameter in turn."""
    values: dict[str, Callable[[], object]] = {
        "participant": lambda: NEXT,
        "values": lambda: ("age",),
        "each": lambda: 2,
        "act_id": lambda: "an-act",
        "day": lambda: DAY,
        "since": lambda: DAY,
        "kinds": lambda: ("allocated",),
        "result_id": lambda: "os",
        "name": lambda: "os",
        "as_": lambda: "li",
        "date": lambda: DAY,
        "on": lambda: DAY,
        "entry": lambda: 30,
        "limit": lambda: 2,
        "out": eye.a_file,
        "site": lambda: "S01",
        "statuses": lambda: ("open", "closed"),
        "now": lambda: NOW,
        "treatment": lambda: "x",
        "seed": lambda: 1,
        "participants": lambda: 2,
        "scenario": lambda: "s",
        "until": lambda: NOW.date(),
        "anchors": lambda: (),
        "public_key": lambda: eye.folder / "keys" / "checkpoint.pub",
        "rebuild": lambda: True,
        "derive": lambda: True,
        "strict": lambda: True,
        "progress": lambda: lambda _done, _total: None,
        "file": lambda: eye.home / "list.json",
        "mapping": lambda: eye.home / "list.json",
        "dry_run": lambda: True,
        "wanted": lambda: "shown",
        "arms": lambda: "shown",
        "cut": lambda: None,
        "language": lambda: "zh",
        "force": lambda: None,
        "sealed": lambda: {NEXT: {"position": PLACE, "sealed": ""}},
        "content": lambda: b"stratum,slot,arm\n",
        "request": lambda: 1,
        "parts": lambda: {"name": "x"},
        "files": lambda: {"x.txt": b"x"},
        "about": lambda: {},
        "first_day": lambda: DAY,
        "last_day": lambda: DAY,
        "place": eye.a_file,
        "keys": eye.a_file,
        "noted": lambda: True,
        "by_arm": lambda: True,
        "note": lambda: lambda _door: None,
        "backup": lambda: None,
        "database": lambda: None,
        "what": lambda: "backup",
        "seq": lambda: 1,
        "head": lambda: "x",
        "last": lambda: last_entry(study),
        "reader": lambda: reader_of(study, "li", "casebook"),
        "person": lambda: participant_for(reader_of(study, "li", "casebook"), study, NEXT),
    }
    study = open_study(eye.folder)
    for room in rooms():
        for name in getattr(room, "__all__", ()):
            door = getattr(room, name)
            if not inspect.isfunction(door) or door.__module__ != room.__name__:
                continue
            taken = inspect.signature(door).parameters
            first = next(iter(taken.values()), None)
            if first is None or "Study" != str(first.annotation).strip("'"):
                continue
            for one in list(taken)[1:]:  # what has no better value here is given text or a number
                if one not in values and (plain := str(taken[one].annotation).strip("'").split(" ")[0]) in (
                    "str",
                    "int",
                ):
                    values[one] = (lambda: NEXT) if plain == "str" else (lambda: 1)
            unknown = [one for one in list(taken)[1:] if one not in values]
            inner = [one for one in unknown if not _is_plain(str(taken[one].annotation))]
            if any(taken[one].default is inspect.Parameter.empty for one in inner):
                continue  # it is given what another function gave, and is reached through that one
            assert unknown == inner, f"say in `notebook` what to give {name} as {unknown[0]}"
            needed = [one for one in list(taken)[1:] if taken[one].default is inspect.Parameter.empty]
            people = (ROLES if whole else ("li", "zhao", "stat")) if "as_" in taken else ("",)
            for person in people:
                begin = {one: values[one]() for one in needed}
                begin |= {"as_": person} if person else {}
                options = [one for one in taken if one not in {*needed, *inner, first.name, "as_"}] if whole else []
                for more in ("", *options):
                    given = begin | ({more: values[more]()} if more else {})
                    eye.see(f"{name} {person} {more}", lambda d=door, s=study, g=given: d(s, **g))
                    study.store.close()
                    study = open_study(eye.folder)
    eye.see("repr", lambda: [repr(study), repr(study.desk())])
    study.store.close()


def _is_plain(annotation: str) -> bool:
    """Whether somebody can type it: text, numbers, days, files, and several of them."""
    return set(re.findall(r"\w+", annotation)) <= {
        *("str", "int", "float", "bool", "None", "Path", "date", "datetime"),
        *("Sequence", "Collection", "Mapping", "Any", "bytes", "list", "tuple"),
    }


def killed(eye: Eye, where: str) -> None:
    """Randomize in a process that ends, without a word, right after `where`: draw, seal, append or notices."""
    from equipoise.conduct import desk
    from equipoise.conduct.acts import randomize
    from equipoise.ledger.sql_writer import SqlWriter

    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.dup2(write, 1)
        os.dup2(write, 2)
        sys.stdout = sys.stderr = os.fdopen(write, "w", closefd=False)
        place: Any = {"draw": randomize, "seal": randomize, "notices": desk, "append": SqlWriter}[where]
        name = {"draw": "allocate", "seal": "seal", "notices": "decide_notices", "append": "append"}[where]
        honest = getattr(place, name)

        def then_ends(*given: Any, **named: Any) -> Any:
            done = honest(*given, **named)
            sys.stdout.flush()
            os.kill(os.getpid(), 9)
            return done

        setattr(place, name, then_ends)
        main(["act", str(eye.folder), "randomize", "--as", "li", f"--set=participant={NEXT}", f"--set=date={DAY}"])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    eye.seen.append((f"killed after {where}", f"{os.waitstatus_to_exitcode(status)} {said!r}"))


def put_back(eye: Eye) -> None:
    """The backup, in the place of the ledger."""
    for old in eye.folder.glob("ledger.sqlite*"):
        old.unlink()
    shutil.copy(eye.home / "backup" / "ledger.sqlite", eye.folder / "ledger.sqlite")


def arm_of_the_next(eye: Eye, participant: str = NEXT) -> str:
    """The arm, told once its entry stands."""
    study = open_study(eye.folder)
    receipt = study.desk().perform(Randomize(participant, DAY), as_="li", act_id=f"for-good-{participant}")
    study.store.close()
    assert receipt.arm is not None
    return receipt.arm


def differing(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> list[str]:
    """What was called and told more than it should, with what it said in each world."""
    assert [what for what, _ in one] == [what for what, _ in other]
    return [f"{what}\n  {a[:300]}\n  {b[:300]}" for (what, a), (_, b) in zip(one, other, strict=True) if a != b]


def masked(said: str) -> str:
    """With what must differ once an arm is sealed, seals and the hashes over them, told by their length alone."""
    said = re.sub(r"(?<=in words: )[a-z ]+", "eight words", said)
    return re.sub(r"v1\.[A-Za-z0-9_=-]+|[0-9a-fA-F]{12,}", lambda found: f"<{len(found[0])}>", said)
