"""The questions of the SQL store: links, rows, acts, projections. Imported at the first use of a ledger.

Whatever is asked for by participant, act or kind is looked up in its index, and never by a walk through the study.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, CursorResult, Select, bindparam, func, select

from equipoise.ledger.chain import Link
from equipoise.ledger.entry import UNSET, Unset
from equipoise.ledger.tables import entries, payloads, projections

__all__ = [
    "SELECT_ACT",
    "count_projection",
    "in_portions",
    "select_act",
    "select_lines",
    "select_links",
    "select_numbered",
    "select_projection",
    "select_rows",
    "stream",
]

_JOINED = entries.outerjoin(payloads, (payloads.c.study == entries.c.study) & (payloads.c.seq == entries.c.seq))
_LINK = tuple((payloads if name in ("salt", "payload") else entries).c[name] for name in Link._fields)
_OTHER = entries.alias("other")
_MOST_ASKED: Final = 500
_Asked = TypeVar("_Asked")


def select_links(
    study: str, after: int, upto: int | None, participant: str | Unset | None, kinds: Collection[str] | None
) -> Select[Any]:
    """Whole links in order, filtered."""
    chosen = select(*_LINK).select_from(_JOINED).where(entries.c.study == study).order_by(entries.c.seq)
    if after > 0:
        chosen = chosen.where(entries.c.seq > after)
    if participant is not UNSET:
        chosen = _looked_up(chosen, study, lambda c: c.participant == participant)
    return _of_kinds(_until(chosen, upto), study, kinds, looked_up=participant is UNSET)


def select_rows(study: str, upto: int | None, kinds: Collection[str] | None) -> Select[Any]:
    """The columns of `PayloadRow` in order."""
    c = entries.c
    columns = (c.seq, c.kind, c.participant, c.site, c.at, payloads.c.payload)
    chosen = select(*columns).select_from(_JOINED).where(c.study == study).order_by(c.seq)
    return _of_kinds(_until(chosen, upto), study, kinds, looked_up=True)


def select_act(study: str, act: str) -> Select[Any]:
    """Whole links of one act id."""
    return SELECT_ACT.params(study=study, act=act)


def select_numbered(study: str, numbers: Sequence[int]) -> Select[Any]:
    """Whole links of these numbers."""
    chosen = select(*_LINK).select_from(_JOINED).where(entries.c.study == study, entries.c.seq.in_(numbers))
    return chosen.order_by(entries.c.seq)


def in_portions(asked: Sequence[_Asked]) -> Iterator[Sequence[_Asked]]:
    """So many at once as a database takes in one question."""
    return (asked[begin : begin + _MOST_ASKED] for begin in range(0, len(asked), _MOST_ASKED))


def select_lines(study: str, name: str, keys: Sequence[str]) -> Select[Any]:
    """Key and JSON text of some keys of a projection."""
    c = projections.c
    return select(c.key, c.value_json).where(c.study == study, c.name == name, c.key.in_(keys))


def count_projection(connection: Connection, study: str, name: str) -> int:
    """How many values a projection has."""
    chosen = select(func.count()).where(projections.c.study == study, projections.c.name == name)
    return int(connection.execute(chosen).scalar() or 0)


def select_projection(study: str, name: str, key: str | None = None) -> Select[Any]:
    """Key and JSON text of a projection, or of one key of it."""
    c = projections.c
    chosen = select(c.key, c.value_json).where(c.study == study, c.name == name).order_by(c.key)
    return chosen if key is None else chosen.where(c.key == key)


def _until(chosen: Select[Any], upto: int | None) -> Select[Any]:
    return chosen if upto is None else chosen.where(entries.c.seq <= upto)


def _of_kinds(chosen: Select[Any], study: str, kinds: Collection[str] | None, *, looked_up: bool) -> Select[Any]:
    """Looked up, however many kinds: nearly all entries are of one, and the others are asked for at every opening."""
    if kinds is None:
        return chosen
    wanted = sorted(set(kinds))
    if looked_up:
        return _looked_up(chosen, study, lambda c: c.kind.in_(wanted))
    return chosen.where(entries.c.kind.in_(wanted))


def _looked_up(chosen: Select[Any], study: Any, condition: Callable[[Any], ColumnElement[bool]]) -> Select[Any]:
    """Only entries of that condition, found in its index.

    Asked for the condition beside the study, SQLite walks through the whole study in order of number; asked for the
    numbers first, it looks them up. PostgreSQL looks up what it is asked for plainly, and would lose itself in the
    numbers alone; so both are asked both.
    """
    numbers = select(_OTHER.c.seq).where(_OTHER.c.study == study, condition(_OTHER.c))
    return chosen.where(condition(entries.c), entries.c.seq.in_(numbers))


# Asked at every act, so it is made ready once.
SELECT_ACT = _looked_up(
    select(*_LINK).select_from(_JOINED).where(entries.c.study == bindparam("study")).order_by(entries.c.seq),
    bindparam("study"),
    lambda c: c.act == bindparam("act"),
)


def stream(connection: Connection, statement: Select[Any]) -> CursorResult[Any]:
    """Results that come in portions, whatever the size of the study."""
    return connection.execution_options(yield_per=2000).execute(statement)
