"""One suite that every ledger store must pass: memory, SQLite, PostgreSQL.

The checks are in `store_contract`; here they are run, and stores that break a promise are run through them as controls.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from equipoise.findings import Refusal
from equipoise.ledger import UNSET, Fact, MemoryStore, Store
from equipoise.ledger import memory_store as memory_module
from equipoise.ledger.store import Writer
from equipoise.ledger.verify import verify_chain
from tests.contracts.store_contract import (
    CHECKS,
    STUDY,
    Bench,
    Halt,
    check_a_fact_without_canonical_form_leaves_nothing,
    check_a_ledger_that_was_kept_elsewhere_is_taken_in_whole,
    check_all_or_nothing,
    check_an_act_id_names_one_act,
    check_an_erasure_is_lawful_and_shown,
    check_backward_clocks_are_told_and_harmless,
    check_every_filter_equals_plain_filtering,
    check_gapless,
    check_nobody_changes_an_entry_in_hand,
    check_projections_go_with_the_transaction,
    check_readers_never_see_half,
    check_text_is_kept_exactly,
    check_two_studies_are_independent,
    check_writers_take_turns,
    memory_bench,
    postgres_bench,
    say,
    sqlite_bench,
)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    if request.param == "memory":
        made = memory_bench()
    elif request.param == "sqlite":
        made = sqlite_bench(tmp_path)
    else:
        made = postgres_bench(request.getfixturevalue("postgres_url"))
    yield made
    for store in made.opened:
        store.close()


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_store_keeps_every_promise(bench, check):
    check(bench)


def test_every_store_has_the_shape_of_a_store(bench):
    store = bench.handle()
    assert isinstance(store, Store)
    with store.writing(STUDY) as writer:
        assert isinstance(writer, Writer)


CHANGES = (
    "UPDATE ledger_entry SET actor = 'somebody' WHERE seq = 2",
    "UPDATE ledger_entry SET at = at",
    "DELETE FROM ledger_entry WHERE seq = 3",
    "DELETE FROM ledger_entry",
    "UPDATE ledger_payload SET payload = salt",
    "DELETE FROM ledger_payload WHERE seq = 2",
    "DELETE FROM ledger_head",
)
LINK = "('TRIAL', 2, 'noted', 'x', 'x', 'x', NULL, NULL, 'x', 'x', 'x', 'x')"
COLUMNS = "(study, seq, kind, act, actor, role, site, participant, at, payload_hash, prev_hash, hash)"
SQLITE_CHANGES = (
    f"INSERT OR REPLACE INTO ledger_entry {COLUMNS} VALUES {LINK}",
    f"REPLACE INTO ledger_entry {COLUMNS} VALUES {LINK}",
    f"INSERT INTO ledger_entry {COLUMNS} VALUES {LINK.replace('2', '9', 1)}",
    f"INSERT INTO ledger_entry {COLUMNS} VALUES {LINK} ON CONFLICT DO UPDATE SET actor = 'x'",
    "INSERT OR REPLACE INTO ledger_payload VALUES ('TRIAL', 2, x'00', x'00')",
    "UPDATE OR REPLACE ledger_entry SET seq = 1 WHERE seq = 2",
    "UPDATE ledger_head SET seq = 1",
)
POSTGRES_CHANGES = (
    f"INSERT INTO ledger_entry {COLUMNS} VALUES {LINK} ON CONFLICT (study, seq) DO UPDATE SET actor = 'x'",
    "INSERT INTO ledger_payload VALUES ('TRIAL', 2, '', '') ON CONFLICT (study, seq) DO UPDATE SET payload = ''",
    "TRUNCATE ledger_entry",
    "TRUNCATE ledger_payload",
    "TRUNCATE ledger_head",
)


def check_raw_sql_changes_nothing(bench: Bench, changes: tuple[str, ...]) -> None:
    store = bench.handle()
    for turn in range(3):
        say(store, f"a{turn}", Fact("noted", {"turn": turn}))
    before = [tuple(link) for link in store.links(STUDY)]
    for change in changes:
        try:
            bench.raw(change)
        except Exception as error:  # any driver's error
            assert "ledger" in str(error), change
        else:
            raise AssertionError(f"not refused: {change}")
        assert [tuple(link) for link in store.links(STUDY)] == before, change
    assert verify_chain(store, STUDY).findings == ()


def test_sqlite_refuses_to_change_an_entry(tmp_path):
    check_raw_sql_changes_nothing(sqlite_bench(tmp_path), CHANGES + SQLITE_CHANGES)


def test_postgresql_refuses_to_change_an_entry(postgres_url):
    check_raw_sql_changes_nothing(postgres_bench(postgres_url), CHANGES + POSTGRES_CHANGES)


@pytest.mark.parametrize("change", CHANGES + SQLITE_CHANGES)
def test_control_without_its_triggers_sqlite_lets_every_change_pass(tmp_path, change):
    bench = sqlite_bench(tmp_path)
    bench.handle().head(STUDY)
    for (name,) in bench.raw("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        bench.raw(f"DROP TRIGGER {name}")
    with pytest.raises(AssertionError, match="not refused"):
        check_raw_sql_changes_nothing(bench, (change,))


@pytest.mark.parametrize("change", CHANGES + POSTGRES_CHANGES)
def test_control_without_its_triggers_postgresql_lets_every_change_pass(postgres_url, change):
    bench = postgres_bench(postgres_url)
    bench.handle().head(STUDY)
    for table in ("ledger_entry", "ledger_payload", "ledger_head"):
        bench.raw(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    with pytest.raises(AssertionError, match="not refused"):
        check_raw_sql_changes_nothing(bench, (change,))


class CommitsWhatFailed(MemoryStore):
    """Keeps what was appended before something was raised."""

    @contextmanager
    def writing(self, study):
        with super().writing(study) as writer:
            try:
                yield writer
            except Halt:
                writer.commit()
                raise


class ShowsHalf(MemoryStore):
    """Lets readers see what is not committed."""

    def head(self, study):
        return self._study(study).head(len(self._study(study).links))


class NoTurns(MemoryStore):
    """Lets everybody write at once."""

    @contextmanager
    def writing(self, study):
        self._study(study).turn = Turnstile()
        with super().writing(study) as writer:
            yield writer


class Turnstile:
    """Looks like a lock and is none."""

    def acquire(self, timeout):
        return True

    def release(self):
        pass


class OneForAll(MemoryStore):
    """Takes every study for the same."""

    def _study(self, name):
        return super()._study("")


class Normalizes(MemoryStore):
    """Changes text to its composed form on the way in."""

    @contextmanager
    def writing(self, study):
        with super().writing(study) as writer:
            kept = writer.append

            def composed(given, facts):
                return kept(
                    given,
                    [
                        Fact(
                            fact.kind,
                            fact.payload,
                            fact.participant and unicodedata.normalize("NFC", fact.participant),
                            fact.site,
                        )
                        for fact in facts
                    ],
                )

            writer.append = composed
            yield writer


class ErasesInSilence(MemoryStore):
    """Removes a payload without an entry that says so."""

    def erase(self, study, seq, given, reason):
        one = self._study(study)
        entry = super().erase(study, seq, given, reason)
        one.links[entry.seq - 1] = one.links[entry.seq - 1]._replace(payload=b'{"erases":1,"reason":"asked for"}')
        return entry


class SkipsNumbers(MemoryStore):
    """Leaves a number out."""

    def read(self, study, **which):
        return (entry for entry in super().read(study, **which) if entry.seq != 4)


class ProjectsAtOnce(MemoryStore):
    """Writes projections outside the transaction."""

    @contextmanager
    def writing(self, study):
        with super().writing(study) as writer:
            kept = writer.put

            def at_once(name, key, value):
                kept(name, key, value)
                found = self._study(study).projections.setdefault(name, {})
                if value is None:
                    found.pop(key, None)
                else:
                    found[key] = memory_module.canonical_bytes(value)

            writer.put = at_once
            yield writer


class Forgetful(MemoryStore):
    """Does not look whether an act id was used."""

    @contextmanager
    def writing(self, study):
        with super().writing(study) as writer:
            writer._own.update(link.act for link in self._study(study).links)
            yield writer


class MixesPeople(MemoryStore):
    """Answers a question about one participant with everybody."""

    def read(self, study, **which):
        return super().read(study, **{**which, "participant": UNSET})


BROKEN = [
    (CommitsWhatFailed, check_all_or_nothing),
    (ShowsHalf, check_readers_never_see_half),
    (NoTurns, check_writers_take_turns),
    (OneForAll, check_two_studies_are_independent),
    (Normalizes, check_text_is_kept_exactly),
    (ErasesInSilence, check_an_erasure_is_lawful_and_shown),
    (SkipsNumbers, check_gapless),
    (ProjectsAtOnce, check_projections_go_with_the_transaction),
    (Forgetful, check_an_act_id_names_one_act),
    (MixesPeople, check_every_filter_equals_plain_filtering),
]


@pytest.mark.parametrize(("kind", "check"), BROKEN, ids=[kind.__name__ for kind, _ in BROKEN])
def test_control_a_store_that_breaks_a_promise_is_caught(kind, check):
    with pytest.raises((AssertionError, ValueError, Refusal)):
        check(memory_bench(kind()))


def test_control_an_entry_that_can_be_changed_in_hand_is_caught(monkeypatch):
    kept: dict[int, Any] = {}
    fresh = memory_module.entry_of
    monkeypatch.setattr(memory_module, "entry_of", lambda study, link: kept.setdefault(link.seq, fresh(study, link)))
    with pytest.raises(AssertionError):
        check_nobody_changes_an_entry_in_hand(memory_bench())


def test_control_a_ledger_ordered_by_its_clock_is_caught():
    class ByClock(MemoryStore):
        def read(self, study, **which):
            return iter(sorted(super().read(study, **which), key=lambda entry: entry.at))

    with pytest.raises(AssertionError):
        check_backward_clocks_are_told_and_harmless(memory_bench(ByClock()))


def test_control_a_store_that_writes_before_it_checks_is_caught():
    class Hasty(MemoryStore):
        @contextmanager
        def writing(self, study):
            with super().writing(study) as writer:
                kept = writer.append
                writer.append = lambda given, facts: [kept(given, [fact])[0] for fact in facts]
                try:
                    yield writer
                finally:
                    writer.commit()

    with pytest.raises(AssertionError):
        check_a_fact_without_canonical_form_leaves_nothing(memory_bench(Hasty()))


class ForgetsTheErased(MemoryStore):
    """Takes in what was erased as if it had never been: its numbers are given to those that follow."""

    def take_in(self, study, links, signatures):
        kept = [link for link in links if link.payload is not None]
        return super().take_in(study, [link._replace(seq=at) for at, link in enumerate(kept, 1)], signatures)


def test_control_a_store_that_forgets_what_was_erased_is_noticed():
    with pytest.raises((AssertionError, Refusal)):
        check_a_ledger_that_was_kept_elsewhere_is_taken_in_whole(memory_bench(ForgetsTheErased()))
