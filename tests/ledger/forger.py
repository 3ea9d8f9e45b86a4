"""The forger's tools: whoever owns the database file and knows the code can do all of this."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from equipoise.ledger import Fact, Head, SqlStore, Stamp
from equipoise.ledger.chain import Link, bind
from equipoise.ledger.signing import Signer
from equipoise.ledger.tables import TRIGGERS

Edit = Callable[[Link, dict[str, Any]], dict[str, Any]]


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection for which no trigger stands guard."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


def links_of(file: Path, study: str) -> list[Link]:
    store = SqlStore(file)
    found = [Link(*link) for link in store.links(study)]
    store.close()
    return found


def replace_links(file: Path, study: str, links: list[Link], signer: Signer | None = None) -> None:
    """Put other links in place of the whole ledger, with a head that fits them; signed where the key was stolen, too."""
    with opened(file) as connection:
        connection.execute("DELETE FROM ledger_entry")
        connection.execute("DELETE FROM ledger_payload")
        for link in links:
            connection.execute(f"INSERT INTO ledger_entry VALUES ({', '.join('?' * 12)})", (study, *link[:11]))
            connection.execute("INSERT INTO ledger_payload VALUES (?, ?, ?, ?)", (study, link.seq, *link[11:]))
        connection.execute("UPDATE ledger_head SET seq = ?, hash = ?", (links[-1].seq, links[-1].hash))
        if signer is not None:
            last = Head(links[-1].seq, links[-1].hash)
            connection.execute("DELETE FROM ledger_signature")
            connection.execute(
                "INSERT INTO ledger_signature VALUES (?, ?, ?)", (study, last.seq, signer.sign(study, last))
            )
    if signer is not None:
        guarded_again(file)


def guarded_again(file: Path) -> None:
    """Whoever can drop the triggers can make them again."""
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in TRIGGERS["sqlite"]:
            connection.execute(statement)


def relinked(
    study: str, links: list[Link], first: int = 1, *, actor: str | None = None, edit: Edit = lambda _, said: said
) -> list[Link]:
    """The same facts, from number `first` on with new numbers and hashes, by another actor or with edited payload."""
    head = Head(first - 1, links[first - 2].hash) if first > 1 else Head()
    made = list(links[: first - 1])
    for link in links[first - 1 :]:
        given = Stamp(link.act, actor or link.actor, link.role, link.at)
        fact = Fact(link.kind, edit(link, json.loads(link.payload or b"{}")), link.participant, link.site)
        made += bind(study, head, given, [fact], lambda *_, link=link: link.salt or b"")
        head = Head(made[-1].seq, made[-1].hash)
    return made
