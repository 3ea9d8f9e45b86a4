"""Hands inside the database: layout, integrity, signatures, addresses. Each row of the list of attacks failed before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from equipoise.findings import Refusal
from equipoise.ledger import Fact, SqlStore, Stamp
from equipoise.ledger.address import read_address
from equipoise.ledger.opening import open_store
from equipoise.ledger.signing import Signer, new_key, public_of
from equipoise.ledger.sql_writer import make_engine
from equipoise.ledger.verify import verify_chain
from equipoise.ledger.witness import Witness
from tests.ledger.forger import links_of, opened, relinked, replace_links

STUDY = "TRIAL"
KEY = new_key()
AT = "2026-01-31T09:30:00.000Z"


def signer() -> Signer:
    return Signer(public_of(KEY), lambda: KEY)


def append(store: SqlStore, n: int) -> None:
    with store.writing(STUDY) as writer:
        writer.append(Stamp(f"a{n}", "dr-li", "investigator", AT), [Fact("noted", {"n": n}, "P1", "S01")])


def filled(where: str | Path, many: int = 4) -> SqlStore:
    store = SqlStore(where, signer=signer())
    for n in range(many):
        append(store, n)
    return store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    filled(tmp_path / "ledger.sqlite").close()
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[SqlStore]:
    opened_ = SqlStore(file, signer=signer())
    yield opened_
    opened_.close()


def codes(store: SqlStore) -> list[str]:
    return [finding.wording.partition(": ")[2] for finding in verify_chain(store, STUDY).findings]


def forge(file: Path, change: Callable[[list], list]) -> None:
    replace_links(file, STUDY, change(links_of(file, STUDY)))


def test_control_what_was_signed_verifies(store):
    assert codes(store) == []
    assert [seq for seq, _ in store.signatures(STUDY)] == [4, 3, 2, 1]
    assert store.layout() == store.integrity() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda links: relinked(STUDY, links, 1, actor="dr-wu"), "ledger.not_signed/nowhere"),
        (lambda links: relinked(STUDY, links, 3, actor="dr-wu"), "ledger.not_signed/after"),
        (lambda links: relinked(STUDY, links, 4, actor="dr-wu"), "ledger.not_signed"),
        (lambda links: relinked(STUDY, [*links, links[3]], 5), "ledger.not_signed"),
        (lambda links: relinked(STUDY, [*links[:1], *links[2:]], 2), "ledger.not_signed/after"),
        (lambda links: relinked(STUDY, [links[1], links[0], *links[2:]], 1), "ledger.not_signed/nowhere"),
    ],
    ids=["all rewritten", "rewritten from 3", "last rewritten", "appended", "taken out", "reordered"],
)
def test_a_history_that_was_written_anew_with_right_hashes_is_not_signed(file, store, change, said):
    forge(file, change)
    assert codes(store) == [said]
    with pytest.raises(Refusal, match="sign"):  # and nobody builds on it
        append(store, 99)


def test_a_signature_of_another_key_entry_or_study_does_not_fit(file, store):
    other = new_key()
    for public in (public_of(other), public_of(KEY)[:-1] + b"x", b"short"):
        stranger = SqlStore(file, signer=Signer(public, lambda: other))
        assert codes(stranger) == ["ledger.not_signed/nowhere"]
        stranger.close()
    with opened(file) as connection:
        connection.execute("DELETE FROM ledger_signature WHERE seq = 4")
        connection.execute(
            "INSERT INTO ledger_signature SELECT study, 4, signature FROM ledger_signature WHERE seq = 3"
        )
    assert codes(store) == ["ledger.not_signed"]
    with pytest.raises(Refusal, match="does not fit"):
        append(store, 99)


def test_control_a_ledger_that_nobody_signs_lets_a_rewritten_history_pass(tmp_path):
    """What the signature adds: without it the same forgery shows nothing, as before."""
    plain = tmp_path / "plain.sqlite"
    store = SqlStore(plain)
    for n in range(4):
        append(store, n)
    forge(plain, lambda links: relinked(STUDY, links, 3, actor="dr-wu"))
    assert codes(store) == []
    append(store, 99)
    store.close()


def test_a_batch_is_signed_once_and_a_turn_that_fails_not_at_all(store):
    with store.writing(STUDY) as writer:
        for n in range(10, 20):
            writer.append(Stamp(f"a{n}", "dr-li", "investigator", AT), [Fact("noted", {"n": n})])
    with pytest.raises(RuntimeError), store.writing(STUDY) as writer:
        writer.append(Stamp("x", "dr-li", "investigator", AT), [Fact("noted", {})])
        raise RuntimeError
    with store.writing(STUDY):
        pass
    assert [seq for seq, _ in store.signatures(STUDY)] == [14, 4, 3, 2, 1]
    assert codes(store) == []


def test_an_erasure_leaves_the_signatures_whole(store):
    store.erase(STUDY, 2, Stamp("e", "dr-li", "investigator", AT), "asked for")
    assert codes(store) == []


def test_a_ledger_of_the_first_layout_takes_up_this_one_when_it_is_written(tmp_path):
    file = tmp_path / "old.sqlite"
    store = SqlStore(file)
    append(store, 1)
    store.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE ledger_signature")
        connection.execute("UPDATE ledger_format SET version = 1")
    store = SqlStore(file)
    assert store.signatures(STUDY) == []
    assert store.layout() == []
    append(store, 2)
    assert store.layout() == []
    store.close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version FROM ledger_format").fetchall() == [(2,)]


LAYOUT = {
    "DROP TRIGGER ledger_entry_update": "ledger.layout",
    "DROP TRIGGER ledger_signature_delete": "ledger.layout",
    "DROP INDEX ledger_entry_kind": "ledger.layout",
    "CREATE TRIGGER mine AFTER INSERT ON ledger_entry BEGIN SELECT 1; END": "ledger.layout/strange",
    "CREATE INDEX mine ON ledger_payload (salt)": "ledger.layout/strange",
    "ALTER TABLE ledger_entry ADD COLUMN note TEXT": "ledger.layout/changed",
}


@pytest.mark.parametrize(("statement", "said"), LAYOUT.items())
def test_triggers_indexes_and_tables_are_held_against_what_belongs_there(file, store, statement, said):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)
    assert [one.wording for one in store.layout()] == [f"ledger: {said}"]


def test_a_page_of_an_index_that_was_overwritten_is_found(tmp_path):
    file = tmp_path / "ledger.sqlite"
    filled(file, 60).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ledger_entry_kind'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened_:
        opened_.seek(page * size - 600)
        opened_.write(b"\xaa" * 500)
    store = SqlStore(file, signer=signer())
    assert {one.code for one in store.integrity()} == {"ledger.damaged"}
    store.close()


def test_a_version_that_was_taken_away_is_said_to_be_missing(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM ledger_format")
    with pytest.raises(Refusal, match="does not say which layout"):
        SqlStore(file, create=False).head(STUDY)


# --- the witness of the highest head -------------------------------------------------------------------------------


def witnessed(file: Path, home: Path) -> SqlStore:
    store = SqlStore(file, signer=signer())
    opening = next(iter(store.read(STUDY, upto=1))).hash
    store.witness = Witness(opening, str(file), home)
    return store


def test_nobody_goes_on_from_an_older_copy(tmp_path):
    file, home = tmp_path / "ledger.sqlite", tmp_path / "state"
    filled(file).close()
    backup = file.read_bytes()
    store = witnessed(file, home)
    append(store, 10)
    store.close()
    file.write_bytes(backup)
    store = witnessed(file, home)
    with pytest.raises(Refusal, match="ends at entry 4, and entry 5 was seen"):
        append(store, 11)
    store.witness.accept(store.head(STUDY))
    append(store, 11)
    assert codes(store) == []
    store.close()


def test_nobody_goes_on_from_a_copy_and_its_original(tmp_path):
    file, other, home = tmp_path / "ledger.sqlite", tmp_path / "copy.sqlite", tmp_path / "state"
    filled(file).close()
    other.write_bytes(file.read_bytes())
    one, two = witnessed(file, home), witnessed(other, home)
    append(one, 10)
    with pytest.raises(Refusal, match="was seen"):
        append(two, 20)
    assert two.head(STUDY).seq == 4  # to read it is no harm
    two.witness = None
    append(two, 20)
    append(two, 21)
    two.witness = Witness(next(iter(two.read(STUDY, upto=1))).hash, str(other), home)
    two._own.clear()
    with pytest.raises(Refusal, match="is not the one that was seen"):
        append(two, 22)
    one.close()
    two.close()


def test_a_witness_grows_and_is_cut_back_and_keeps_the_highest(tmp_path, monkeypatch):
    from equipoise.ledger import Head, witness

    monkeypatch.setattr(witness, "_BYTES_MAX", 2000)
    one = Witness("f" * 64, "here", tmp_path)
    assert not one.kept
    for seq in range(1, 60):
        one.saw(Head(seq, f"{seq:064d}"))
    assert one.here().head == one.anywhere().head == Head(59, f"{59:064d}")
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.jsonl")) < 4000
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in tmp_path.rglob("*.jsonl"))


def test_control_a_witness_that_cannot_be_kept_stops_no_work(tmp_path, file):
    place = tmp_path / "a-file"
    place.write_text("no folder")
    store = witnessed(file, place)
    append(store, 10)
    assert store.witness.anywhere() is None
    store.close()


def test_control_without_a_witness_the_older_copy_is_taken(tmp_path):
    file = tmp_path / "ledger.sqlite"
    filled(file).close()
    backup = file.read_bytes()
    store = SqlStore(file, signer=signer())
    append(store, 10)
    store.close()
    file.write_bytes(backup)
    store = SqlStore(file, signer=signer())
    append(store, 11)
    assert codes(store) == []
    store.close()


# --- addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://u@h:5432/d", "postgresql://u@h:5432/d"),
        ("postgres://h/d?sslmode=require", "postgresql://h/d"),
        ("postgresql://u:@/d?host=/tmp/x", "postgresql://u@/d"),
        ("postgresql://u@[::1]:5432/d", "postgresql://u@[::1]:5432/d"),
        ("postgresql:///d", "postgresql:///d"),
    ],
)
def test_an_address_without_a_password_is_read(url, name):
    assert read_address(url)[1] == name


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hush@h/d",
        "postgresql://u:hu@sh@h/d",
        "postgresql://u:hu#sh@h/d",
        "postgresql://u:hu/sh@h/d",
        "postgresql://h/d?user=u&password=hush",
        "postgresql://h/d?user=u&PassWord=hush",
        "postgresql://h/d?sslpassword=hush",
        "postgresql://h/d?%70assword=hush",
        "postgresql://u:hu?sh@h/d",
        "postgresql://[::hush/a",
        "postgresql://h:hush/a",
    ],
)
def test_an_address_with_a_password_is_refused_and_never_repeated(url):
    with pytest.raises(Refusal) as refused:
        open_store(url)
    told = [one.tell(language) for one in refused.value.findings for language in ("en", "zh")]
    assert all("PGPASSWORD" in one for one in told)
    assert not any(part in one for one in told for part in ("hush", "hu@", "hu#", "hu/", "hu?"))


# --- the same on a server ------------------------------------------------------------------------------------------


def execute(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_server_refuses_what_a_file_refuses(postgres_url):
    import psycopg

    store = filled(postgres_url)
    assert codes(store) == store.layout() == store.integrity() == []
    for statement in (
        "UPDATE ledger_head SET seq = 2",
        "INSERT INTO ledger_entry SELECT study, 9, kind, act, actor, role, site, participant, at, payload_hash, "
        "prev_hash, hash FROM ledger_entry WHERE seq = 4",
        "DELETE FROM ledger_signature",
        "UPDATE ledger_signature SET signature = ''",
    ):
        with pytest.raises(psycopg.errors.RaiseException, match="ledger: "):
            execute(postgres_url, statement)
    for statement, said in (
        ("DROP TRIGGER ledger_head_onward ON ledger_head", "ledger.layout"),
        ("ALTER TABLE ledger_payload DISABLE TRIGGER ledger_payload_keep", "ledger.layout/changed"),
        ("DROP INDEX ledger_entry_kind", "ledger.layout"),
        ("CREATE RULE mine AS ON DELETE TO ledger_payload DO INSTEAD NOTHING", "ledger.layout/strange"),
        (
            "CREATE OR REPLACE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "ledger.layout/changed",
        ),
    ):
        before = {str(one) for one in store.layout()}
        execute(postgres_url, statement)
        (new,) = [one for one in store.layout() if str(one) not in before]
        assert new.wording == f"ledger: {said}"
    store.close()


def test_six_at_once_are_served_whatever_isolation_the_account_has(postgres_url):
    store = filled(postgres_url, 1)
    store.close()
    execute(
        postgres_url,
        f'ALTER DATABASE "{postgres_url.rpartition("?")[0].rpartition("/")[2]}" '
        "SET default_transaction_isolation = 'serializable'",
    )
    stores = [SqlStore(postgres_url, signer=signer()) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda pair: append(pair[1], 100 + pair[0]), enumerate(stores)))
    assert stores[0].head(STUDY).seq == 7
    assert codes(stores[0]) == []
    for one in stores:
        one.close()


def test_an_account_that_may_only_read_is_told_so(postgres_url):
    filled(postgres_url).close()
    name = "reader_" + postgres_url.rpartition("?")[0][-8:]
    execute(
        postgres_url,
        f"CREATE ROLE {name} LOGIN",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
    )
    reader = SqlStore(postgres_url.replace("//postgres:", f"//{name}:"), create=False, signer=signer())
    assert codes(reader) == []
    with pytest.raises(Refusal, match="may read the ledger and not write it"):
        append(reader, 50)
    reader.close()
    execute(postgres_url, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def test_a_view_in_the_place_of_a_table_is_named(store, file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE projection")
        connection.execute("CREATE VIEW projection AS SELECT 1")
    told = [str(finding) for finding in store.layout()]
    assert any("the view" in one for one in told)
    assert any("the table" in one for one in told)


def test_an_address_that_is_none_is_told():
    with pytest.raises(Refusal) as refused:
        make_engine(None, "no address", 1.0)
    assert [finding.code for finding in refused.value.findings] == ["ledger.bad_url"]
