"""Looking up one participant, one act or a few kinds does not walk through the study: SQLite's own plan says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from equipoise.ledger import UNSET, Fact, SqlStore, Stamp
from equipoise.ledger.sql_queries import select_act, select_links, select_rows
from equipoise.ledger.tables import entries

WALK = "SEARCH ledger_entry USING PRIMARY KEY (study=?)"


def plan(folder, statement) -> list[str]:
    """The steps that SQLite takes, without statistics of the tables, as in a study that nobody analyzed."""
    file = folder / "ledger.sqlite"
    store = SqlStore(file)
    store.head("TRIAL")
    store.close()
    text = statement.compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )
    with closing(sqlite3.connect(file)) as connection:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (select_links("TRIAL", 0, None, "P001", None), "ledger_entry_participant (study=? AND participant=?)"),
        (select_links("TRIAL", 0, 99, None, None), "ledger_entry_participant (study=? AND participant=?)"),
        (select_links("TRIAL", 7, None, "P001", ("a",)), "ledger_entry_participant (study=? AND participant=?)"),
        (select_links("TRIAL", 0, 99, UNSET, ("a", "b")), "ledger_entry_kind (study=? AND kind=?)"),
        (select_rows("TRIAL", 99, ("a",)), "ledger_entry_kind (study=? AND kind=?)"),
        (select_rows("TRIAL", None, list("abcdefghijklmnop")), "ledger_entry_kind (study=? AND kind=?)"),
        (select_act("TRIAL", "act-1"), "ledger_entry_act (study=? AND act=?)"),
    ],
    ids=["participant", "nobody", "participant and kind", "kinds", "rows of a kind", "many kinds", "act"],
)
def test_what_is_looked_up_is_found_in_its_index(tmp_path, statement, index):
    steps = plan(tmp_path, statement)
    assert any(step.endswith(index) for step in steps), steps
    assert WALK not in steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


def test_the_whole_study_is_read_in_order_without_sorting(tmp_path):
    for statement in (select_links("TRIAL", 0, None, UNSET, None), select_rows("TRIAL", None, None)):
        assert plan(tmp_path, statement)[0] == WALK


def test_control_asked_plainly_sqlite_walks_through_the_whole_study(tmp_path):
    c = entries.c
    plainly = select(entries).where(c.study == "TRIAL", c.participant == "P001").order_by(c.seq)
    assert plan(tmp_path, plainly) == [WALK]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (select_links("TRIAL", 0, None, "P001", None), "ledger_entry_participant"),
        (select_act("TRIAL", "act-1"), "ledger_entry_act"),
    ],
    ids=["participant", "act"],
)
def test_postgresql_looks_them_up_in_the_same_index_before_it_has_statistics(postgres_url, statement, index):
    store = SqlStore(postgres_url)
    for turn in range(4):
        with store.writing("TRIAL") as writer:
            for n in range(turn * 500, turn * 500 + 500):
                stamp = Stamp(f"act-{n}", "dr-li", "investigator", "2026-01-31T09:30:00.000Z")
                writer.append(stamp, [Fact("noted", {"n": n}, f"P{n % 100:03d}")])
    store.close()
    text = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    with psycopg.connect(postgres_url) as connection:
        steps = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {text}"))
    assert index in steps, steps
    assert "Seq Scan on ledger_entry" not in steps, steps
