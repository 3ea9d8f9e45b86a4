"""Memory = SQLite = PostgreSQL: the same facts under the same salts give the same head, to the last byte of every link."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from contextlib import suppress

import pytest

from equipoise.findings import Refusal
from equipoise.ledger import Fact, MemoryStore, SqlStore, Stamp, Store
from equipoise.ledger.chain import Salts
from equipoise.ledger.verify import verify_chain

STUDY = "试验 TRIAL"


def salts() -> Salts:
    """Sixteen bytes that count."""
    numbers = itertools.count()
    return lambda *_: next(numbers).to_bytes(16, "big")


def history(store: Store) -> None:
    """A hundred turns of every kind: several facts, refusals, repeats, what is given up, projections, erasures."""
    dice = random.Random(20260131)
    texts = ["é", "e\u0301", "无不适", "a\u2028b", "\x00", 'say "no"', "🧬"]
    for turn in range(100):
        people = [None, "P1", "P2", dice.choice(texts[:4])]
        facts = [
            Fact(dice.choice(["noted", "refused", "form_recorded"]), {dice.choice(texts): [turn, None, True, dice.choice(texts)]},
                 dice.choice(people), dice.choice([None, "S01"]))
            for _ in range(dice.randint(0, 4))
        ]  # fmt: skip
        stamp = Stamp(f"act-{dice.randint(0, 80)}", "李医生", "investigator", f"2026-01-31T09:{turn % 60:02d}:00.000Z")
        gives_up = dice.random() < 0.1
        with suppress(Refusal, ZeroDivisionError), store.writing(STUDY) as writer:
            writer.append(stamp, facts)
            writer.put("p", str(turn % 7), {"turn": turn} if turn % 3 else None)
            if gives_up:
                raise ZeroDivisionError
        if turn % 20 == 19:
            with suppress(Refusal):
                store.erase(STUDY, dice.randint(1, turn), Stamp(f"erase-{turn}", "custodian", "custodian", stamp.at), "asked for")  # fmt: skip


def told(store: Store, tell: Callable[[Store], None] = history) -> tuple[object, ...]:
    tell(store)
    links = [tuple(link) for link in store.links(STUDY)]
    entries = list(store.read(STUDY))
    answer = (store.head(STUDY), links, entries, store.projection(STUDY, "p"), verify_chain(store, STUDY).findings)
    store.close()
    return answer


def test_memory_and_sqlite_tell_the_same_history(tmp_path):
    memory = told(MemoryStore(salts=salts()))
    assert len(memory[1]) > 100
    assert any(link[-1] is None for link in memory[1])  # something was erased
    assert told(SqlStore(tmp_path / "ledger.sqlite", salts=salts())) == memory


def test_memory_and_postgresql_tell_the_same_history(postgres_url):
    assert told(SqlStore(postgres_url, salts=salts())) == told(MemoryStore(salts=salts()))


def test_a_ledger_copied_from_one_store_to_another_keeps_its_head(tmp_path, postgres_url):
    """Facts and salts are all that a ledger consists of: who exports them gets the same hashes anywhere."""
    source = SqlStore(tmp_path / "ledger.sqlite")
    for n in range(5):
        with source.writing(STUDY) as writer:
            writer.append(
                Stamp(f"a{n}", "李医生", "investigator", "2026-01-31T09:30:00.000Z"), [Fact("noted", {"n": n})]
            )
    kept = iter([bytes.fromhex(entry.salt) for entry in source.read(STUDY)])
    target = SqlStore(postgres_url, salts=lambda *_: next(kept))
    for entry in source.read(STUDY):
        with target.writing(STUDY) as writer:
            stamp = Stamp(entry.act, entry.actor, entry.role, entry.at)
            writer.append(stamp, [Fact(entry.kind, entry.payload, entry.participant, entry.site)])
    assert target.head(STUDY) == source.head(STUDY)
    assert [tuple(a) for a in target.links(STUDY)] == [tuple(a) for a in source.links(STUDY)]
    source.close()
    target.close()


def composed(store: Store) -> None:
    """The same history by somebody whose keyboard composes its letters: one text differs, in form only."""
    with store.writing(STUDY) as writer:
        writer.append(Stamp("first", "李医生", "investigator", "2026-01-31T09:30:00.000Z"), [Fact("noted", {"x": "é"})])


def decomposed(store: Store) -> None:
    with store.writing(STUDY) as writer:
        stamp = Stamp("first", "李医生", "investigator", "2026-01-31T09:30:00.000Z")
        writer.append(stamp, [Fact("noted", {"x": "e\u0301"})])


def test_control_one_letter_in_another_form_is_another_history():
    one, two = (told(MemoryStore(salts=salts()), tell) for tell in (composed, decomposed))
    assert one[0] != two[0]


def test_control_a_store_that_keeps_what_was_given_up_is_not_the_twin(tmp_path, monkeypatch):
    monkeypatch.setattr("equipoise.ledger.memory_store._Study.cut_back", lambda study: setattr(study, "committed", len(study.links)))  # fmt: skip
    broken = told(MemoryStore(salts=salts()))
    assert told(SqlStore(tmp_path / "ledger.sqlite", salts=salts())) != broken


@pytest.mark.parametrize("change", ["salt", "order"])
def test_control_another_salt_or_another_order_is_another_head(change):
    def two(store: Store) -> None:
        facts = [Fact("noted", {"n": n}) for n in (1, 2)]
        with store.writing(STUDY) as writer:
            writer.append(
                Stamp("first", "a", "b", "2026-01-31T09:30:00.000Z"), facts[::-1] if store is turned else facts
            )

    same, turned = MemoryStore(salts=salts()), MemoryStore(salts=None if change == "salt" else salts())
    assert told(same, two)[0] != told(turned, two)[0]
