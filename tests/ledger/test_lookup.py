"""An act is looked up in its index: what one act costs must not grow with the study."""

from __future__ import annotations

import sqlite3

from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from equipoise.ledger.sql_store import SqlStore
from equipoise.ledger.sql_writer import _ACT, _JOINED, _LINK
from equipoise.ledger.tables import entries


def plan_of(folder, statement):
    """How SQLite would go about it, in its own words."""
    store = SqlStore(folder / "ledger.sqlite")
    store.head("S")  # makes the tables
    store.close()
    text = str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))
    with sqlite3.connect(folder / "ledger.sqlite") as database:
        values = {"study": "S", "act": "a", "study_1": "S", "act_1": "a"}
        return [step[3] for step in database.execute(f"EXPLAIN QUERY PLAN {text}", values)]


def test_an_act_is_found_by_the_index_of_acts_and_never_by_walking_through_the_study(tmp_path):
    plan = plan_of(tmp_path, _ACT)
    assert any("INDEX ledger_entry_act (study=? AND act=?)" in step for step in plan)
    assert all("SCAN" not in step and not step.endswith("(study=?)") for step in plan)


def test_control_asked_for_plainly_sqlite_walks_through_the_whole_study(tmp_path):
    plainly = (
        select(*_LINK).select_from(_JOINED).where(entries.c.study == "S", entries.c.act == "a").order_by(entries.c.seq)
    )
    assert any(step.endswith("(study=?)") for step in plan_of(tmp_path, plainly))
