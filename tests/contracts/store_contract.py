"""What every ledger store must keep: one check per promise, each given a bench with a store on it.

A check fails with AssertionError, ValueError or Refusal, so that a control can hand it a broken store and see it fail.
"""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from equipoise.findings import Refusal
from equipoise.ledger import UNSET, Fact, Head, MemoryStore, SqlStore, Stamp, Store
from equipoise.ledger.chain import Link
from equipoise.ledger.verify import verify_chain

AT = "2026-01-31T09:30:00.000Z"
STUDY, OTHER = "TRIAL", "OTHER"


class Halt(Exception):
    """Raised inside a transaction by the tests."""


@dataclass
class Bench:
    """A store, further handles to the same ledger (as another process would have), and raw SQL where there is any."""

    open: Callable[..., Store]
    raw: Callable[[str], Any] | None = None
    files: list[Path] = field(default_factory=list)
    opened: list[Store] = field(default_factory=list)

    def handle(self, **options: Any) -> Store:
        self.opened.append(self.open(**options))
        return self.opened[-1]


def memory_bench(store: MemoryStore | None = None) -> Bench:
    kept = MemoryStore() if store is None else store

    def another(lock_seconds: float = 60.0) -> Store:
        kept._seconds = lock_seconds
        return kept

    return Bench(another)


def sqlite_bench(folder: Path) -> Bench:
    file = folder / "ledger.sqlite"

    def raw(statement: str) -> list[Any]:
        with sqlite3.connect(file, isolation_level=None) as connection:
            return connection.execute(statement).fetchall()

    return Bench(lambda **options: SqlStore(file, **options), raw, [file, file.with_name("ledger.sqlite-wal")])


def postgres_bench(url: str) -> Bench:
    import psycopg

    def raw(statement: str) -> list[Any]:
        with psycopg.connect(url, autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    return Bench(lambda **options: SqlStore(url, **options), raw)


def stamp(act: str, at: str = AT) -> Stamp:
    return Stamp(act, "dr-li", "investigator", at)


def say(store: Store, act: str, *facts: Fact, study: str = STUDY) -> None:
    with store.writing(study) as writer:
        writer.append(stamp(act), facts or [Fact("noted", {"act": act})])


def numbers(store: Store, study: str = STUDY) -> list[int]:
    return [entry.seq for entry in store.read(study)]


def refused(code: str, does: Callable[[], Any]) -> None:
    """`does` must raise a Refusal with that code; anything else is a failed check."""
    try:
        does()
    except Refusal as refusal:
        assert refusal.findings[0].code == code
    else:
        raise AssertionError(f"not refused: {code}")


def check_gapless(bench: Bench) -> None:
    stores = [bench.handle(), bench.handle()]
    for turn in range(10):
        say(stores[turn % 2], f"a{turn}", *[Fact("noted", {"n": n}) for n in range(turn % 3 + 1)])
    count = sum(turn % 3 + 1 for turn in range(10))
    for store in stores:
        assert numbers(store) == list(range(1, count + 1))
        assert store.head(STUDY).seq == count
        assert verify_chain(store, STUDY).findings == ()


def check_all_or_nothing(bench: Bench) -> None:
    store = bench.handle()
    say(store, "first")
    before = store.head(STUDY), numbers(store), store.projection(STUDY, "p")
    with suppress(Halt), store.writing(STUDY) as writer:
        writer.append(stamp("second"), [Fact("noted", {"n": n}) for n in range(3)])
        writer.put("p", "key", "value")
        assert len(list(writer.read())) == 4  # forces what waits into the database
        raise Halt
    assert (store.head(STUDY), numbers(store), store.projection(STUDY, "p")) == before
    say(store, "second")  # the act id was not used up
    assert numbers(store) == [1, 2]
    assert verify_chain(store, STUDY).findings == ()


def check_a_fact_without_canonical_form_leaves_nothing(bench: Bench) -> None:
    store = bench.handle()

    def attempt() -> None:
        with store.writing(STUDY) as writer:
            writer.append(stamp("a"), [Fact("noted", {}), Fact("noted", {"weight": 61.5})])

    refused("ledger.not_canonical", attempt)
    assert store.head(STUDY) == Head()
    assert numbers(store) == []


def check_readers_never_see_half(bench: Bench) -> None:
    store, reader = bench.handle(), bench.handle()
    say(store, "first")
    with store.writing(STUDY) as writer:
        writer.append(stamp("second"), [Fact("noted", {}, "P1"), Fact("noted", {}, "P1")])
        writer.put("p", "key", 1)
        assert writer.head.seq == len(list(writer.read())) == 3  # it sees what it did itself
        assert writer.projected("p", "key") == 1
        assert reader.head(STUDY).seq == 1
        assert numbers(reader) == [1]
        assert reader.find_act(STUDY, "second") == []
        assert list(reader.read(STUDY, participant="P1")) == []
        assert len(list(reader.links(STUDY))) == len(list(reader.rows(STUDY))) == 1
        assert reader.projection(STUDY, "p") == {}
    assert numbers(reader) == [1, 2, 3]
    assert reader.projection(STUDY, "p") == {"key": 1}


def check_an_act_id_names_one_act(bench: Bench) -> None:
    store = bench.handle()
    with store.writing(STUDY) as writer:  # one act may append several times inside its transaction
        writer.append(stamp("a"), [Fact("noted", {"n": 1})])
        writer.append(stamp("a"), [Fact("noted", {"n": 2})])
    refused("ledger.act_taken", lambda: say(store, "a"))
    assert numbers(store) == [1, 2]
    say(store, "r", Fact("refused", {"why": "too early"}))
    say(store, "r", Fact("noted", {}))  # a refusal does not use the id up
    assert [entry.kind for entry in store.find_act(STUDY, "r")] == ["refused", "noted"]
    assert store.find_act(STUDY, "unknown") == []


def check_two_studies_are_independent(bench: Bench) -> None:
    store = bench.handle()
    for turn in range(3):
        say(store, f"a{turn}", Fact("noted", {"turn": turn}, "P1"))
        say(store, f"a{turn}", Fact("noted", {"turn": -turn}, "P1"), study=OTHER)
    with store.writing(OTHER) as writer:
        writer.put("p", "key", "other")
    assert numbers(store) == numbers(store, OTHER) == [1, 2, 3]
    assert [entry.payload for entry in store.read(OTHER, participant="P1")] == [{"turn": -turn} for turn in range(3)]
    assert store.head(STUDY).hash != store.head(OTHER).hash
    assert store.projection(STUDY, "p") == {}
    store.erase(OTHER, 1, stamp("gone"), "asked for")
    assert next(store.read(STUDY)).payload == {"turn": 0}
    assert verify_chain(store, STUDY).findings == verify_chain(store, OTHER).findings == ()


AWKWARD = [
    "é",
    "e\u0301",
    "鼻咽癌",
    "한",
    "\u1112\u1161\u11ab",
    "🧬👩🏽‍⚕️",
    "عربي",
    "a\u2028b",
    'say "no"\\',
    "\t\n",
    "'; --",
    "%s {x}",
]


def check_text_is_kept_exactly(bench: Bench) -> None:
    store = bench.handle()
    for place, text in enumerate(AWKWARD):
        say(store, f"a{place}", Fact("noted", {text: text, "null": "\x00\x01"}, text, text))
        with store.writing(STUDY) as writer:
            writer.put("p", text, text)
    assert len({unicodedata.normalize("NFC", text) for text in AWKWARD}) < len(AWKWARD)  # some differ in form only
    for text in AWKWARD:
        (entry,) = store.read(STUDY, participant=text)
        assert (entry.participant, entry.site, entry.payload) == (text, text, {text: text, "null": "\x00\x01"})
        assert store.projected(STUDY, "p", text) == text
    assert sorted(store.projection(STUDY, "p")) == sorted(AWKWARD)
    assert verify_chain(store, STUDY).findings == ()
    refused("ledger.not_canonical", lambda: say(store, "nul", Fact("noted", {}, "P\x00")))
    refused("ledger.not_canonical", lambda: say(store, "half", Fact("noted", {"x": "\ud800"})))


SECRET_TEXT = "Zhang San, 11 Garden Road"


def check_an_erasure_is_lawful_and_shown(bench: Bench) -> None:
    store = bench.handle()
    for place, said in enumerate([{"n": "\x00"}, {"comment": SECRET_TEXT}, {"erases": 2}]):
        say(store, f"a{place}", Fact("noted", said, "P1"))
    before = store.head(STUDY)
    if bench.raw is not None:  # what only looks like an erasure makes nothing lawful
        with pytest.raises(Exception, match="ledger"):
            bench.raw("DELETE FROM ledger_payload WHERE seq = 2")
    for seq, reason in ((2, " "), (9, "asked for"), (0, "asked for")):
        refused("ledger.not_erasable", lambda seq=seq, reason=reason: store.erase(STUDY, seq, stamp("x"), reason))
    assert store.head(STUDY) == before
    entry = store.erase(STUDY, 2, stamp("gone"), "asked for")
    assert (entry.seq, entry.kind, entry.payload, entry.participant) == (
        4,
        "erased",
        {"erases": 2, "reason": "asked for"},
        "P1",
    )
    gone = list(store.read(STUDY))[1]
    assert (gone.payload, gone.salt, len(gone.payload_hash)) == (None, "", 64)
    assert [row[5] is None for row in store.rows(STUDY)] == [False, True, False, False]
    checked = verify_chain(store, STUDY)
    assert checked.findings == ()
    assert checked.entries == 4
    refused("ledger.not_erasable", lambda: store.erase(STUDY, 2, stamp("again"), "asked for"))
    refused("ledger.not_erasable", lambda: store.erase(STUDY, 4, stamp("trace"), "hide it"))
    for file in bench.files:
        assert not file.exists() or SECRET_TEXT.encode() not in file.read_bytes()


def check_projections_go_with_the_transaction(bench: Bench) -> None:
    store, reader = bench.handle(), bench.handle()
    with store.writing(STUDY) as writer:
        writer.append(stamp("a"), [Fact("noted", {})])
        for key in "abc":
            writer.put("p", key, {"key": key})
        writer.put("p", "b", None)
        assert writer.projection("p") == {"a": {"key": "a"}, "c": {"key": "c"}}
    assert reader.projection(STUDY, "p") == {"a": {"key": "a"}, "c": {"key": "c"}}
    assert (reader.projected(STUDY, "p", "a"), reader.projected(STUDY, "p", "b")) == ({"key": "a"}, None)
    lines = {"a": '{"key":"a"}', "c": '{"key":"c"}'}
    assert reader.lines(STUDY, "p", [*"abc", *(f"k{n}" for n in range(1200))]) == lines
    assert (reader.count(STUDY, "p"), reader.count(STUDY, "q")) == (2, 0)
    with suppress(Halt), store.writing(STUDY) as writer:
        writer.put("p", "a", None)
        writer.put("q", "x", 1)
        assert writer.projected("p", "a") is None
        raise Halt
    assert reader.projection(STUDY, "p") == {"a": {"key": "a"}, "c": {"key": "c"}}
    assert reader.projection(STUDY, "q") == {}
    store.rebuild(STUDY, {"p": {"d": 4}})
    assert reader.projection(STUDY, "p") == {"d": 4}
    assert reader.head(STUDY).seq == 1  # projections are no entries


def check_writers_take_turns(bench: Bench) -> None:
    """While one writes, another waits and then continues the same chain; who will not wait is refused."""
    first, second, impatient = bench.handle(), bench.handle(), bench.handle(lock_seconds=0.2)
    say(first, "begin")
    inside, order = threading.Event(), []

    def wait_and_write() -> None:
        inside.wait(5)
        say(second, "waiter")
        order.append("waiter")

    waiter = threading.Thread(target=wait_and_write)
    with first.writing(STUDY) as writer:
        writer.append(stamp("holder"), [Fact("noted", {})])
        refused("ledger.locked", lambda: say(impatient, "impatient"))
        bench.handle(lock_seconds=30.0)
        waiter.start()
        inside.set()
        waiter.join(0.2)
        order.append("holder")
    waiter.join(10)
    assert order == ["holder", "waiter"]
    assert [entry.act for entry in first.read(STUDY)] == ["begin", "holder", "waiter"]
    assert verify_chain(first, STUDY).findings == ()


def check_every_filter_equals_plain_filtering(bench: Bench) -> None:
    store = bench.handle()
    people, kinds = [None, "P1", "P2"], ["a", "b", "c", "d", "e", "f"]
    for place in range(30):
        say(store, f"a{place}", Fact(kinds[place * 7 % 6], {"n": place}, people[place * 5 % 3]))
    everything = list(store.read(STUDY))
    for after, upto, participant, wanted in product(
        (-1, 0, 7), (None, 3, 20, 99), (UNSET, None, "P1", "P9"), (None, (), ("a",), ("a", "e"), kinds)
    ):
        plain = [
            entry
            for entry in everything
            if entry.seq > after
            and (upto is None or entry.seq <= upto)
            and (participant is UNSET or entry.participant == participant)
            and (wanted is None or entry.kind in wanted)
        ]
        assert list(store.read(STUDY, after=after, upto=upto, participant=participant, kinds=wanted)) == plain
        with store.writing(STUDY) as writer:
            assert list(writer.read(after=after, upto=upto, participant=participant, kinds=wanted)) == plain
    rows = [row[:5] for row in store.rows(STUDY, upto=20, kinds=("a", "e"))]
    plain = [(e.seq, e.kind, e.participant, e.site, e.at) for e in everything if e.seq <= 20 and e.kind in "ae"]
    assert rows == plain
    numbers = [9, 3, 30, 31, 0, 3, *range(1000, 2200)]
    assert list(store.numbered(STUDY, numbers)) == [everything[2], everything[8], everything[29]]


def check_nobody_changes_an_entry_in_hand(bench: Bench) -> None:
    store, said = bench.handle(), {"values": {"weight": "61.5"}}
    say(store, "a", Fact("noted", said))
    said["values"]["weight"] = "99.9"
    got = next(store.read(STUDY))
    got.payload["values"]["weight"] = "11.1"
    assert next(store.read(STUDY)).payload == {"values": {"weight": "61.5"}}
    with pytest.raises(AttributeError):
        got.seq = 7


def check_backward_clocks_are_told_and_harmless(bench: Bench) -> None:
    store = bench.handle()
    for act, at in (("a", "2026-01-31T09:30:00.000Z"), ("b", "2026-01-31T08:00:00.000Z")):
        with store.writing(STUDY) as writer:
            writer.append(stamp(act, at), [Fact("noted", {})])
    assert [entry.act for entry in store.read(STUDY)] == ["a", "b"]
    assert [(f.code, f.severity) for f in verify_chain(store, STUDY).findings] == [
        ("ledger.clock_backwards", "warning")
    ]


def kept_elsewhere() -> tuple[list[Link], list[tuple[int, bytes]]]:
    """A ledger that was kept in another store: 1300 entries, one erased, and a signature of the last."""
    other = MemoryStore()
    for turn in range(13):
        say(other, f"a{turn}", *(Fact("noted", {"n": f"{turn} \x00", "m": place}, "P1") for place in range(100)))
    other.erase(STUDY, 7, stamp("gone"), "asked for")
    return list(other.links(STUDY)), [(1301, bytes(64))]


def check_a_ledger_that_was_kept_elsewhere_is_taken_in_whole(bench: Bench) -> None:
    store = bench.handle()
    links, signed = kept_elsewhere()
    say(store, "a", study=OTHER)
    broken = [*links[:1200], links[1200]._replace(seq=9999), *links[1201:]]
    refused("ledger.append_only", lambda: store.take_in(STUDY, iter(broken), signed))
    assert (store.head(STUDY), list(store.links(STUDY))) == (Head(), [])
    assert store.take_in(STUDY, iter(links), iter(signed)) == store.head(STUDY)
    assert [tuple(link) for link in store.links(STUDY)] == [tuple(link) for link in links]
    assert list(store.signatures(STUDY)) == signed
    assert verify_chain(store, STUDY).findings == ()
    refused("ledger.taken", lambda: store.take_in(STUDY, iter(links), iter(signed)))
    say(store, "next")
    assert store.head(STUDY).seq == len(links) + 1
    assert numbers(store, OTHER) == [1]


CHECKS = {name.removeprefix("check_"): value for name, value in list(globals().items()) if name.startswith("check_")}
