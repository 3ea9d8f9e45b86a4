"""Which moment of the ledger is meant: an entry by its number, a calendar day, or the head.

A moment is always one entry: order is the ledger's own (its numbers), never the clock's. A day (UTC) means the last
entry stamped before that day ended. Refuses to guess when nothing had happened yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from equipoise.datacut.words import finding, refuse
from equipoise.findings import Refusal

if TYPE_CHECKING:
    from equipoise.ledger import Store
    from equipoise.ledger.verify import Verification

__all__ = ["Moment", "find_moment", "moment_instant", "require_whole"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One position of one study's ledger: entry number, chain hash (hexadecimal) and time stamp (ISO 8601, UTC)."""

    study: str
    seq: int
    hash: str
    at: str


def find_moment(store: Store, study: str, *, on: str | date | None = None, entry: int | None = None) -> Moment:
    """The moment named by an entry number or by a day or instant (`on`, ISO 8601, UTC); the head when neither is given.

    Raises Refusal when both are given, the entry does not exist, the date is not one, or nothing had been recorded.
    """
    if on is not None and entry is not None:
        refuse("cut.two_moments")
    head = store.head(study).seq
    if head == 0:
        refuse("cut.empty", study=study)
    seq = head if entry is None else entry
    if not 1 <= seq <= head:
        refuse("cut.no_such_entry", entry=seq, last=head)
    if on is not None:
        seq = _last_until(store, study, moment_instant(on))
        if seq == 0:
            refuse("cut.before_start", day=on)
    found: Any = next(iter(store.read(study, after=seq - 1, upto=seq)))
    return Moment(study, seq, found.hash, _text(found.at))


def require_whole(store: Store, study: str, verified: Verification | None = None) -> None:
    """Raises Refusal when the chain of the ledger does not hold: no number may come from entries that were changed.

    `verified`: what was found of the same ledger a moment ago; it is not looked at again while its head stands.
    """
    from equipoise.ledger.verify import verify_chain

    if verified is not None and verified.intact and verified.head == store.head(study):
        return
    broken = [one for one in verify_chain(store, study).findings if one.severity == "error"]
    if broken:
        raise Refusal([finding("cut.broken_ledger", study), *broken])


def moment_instant(on: str | date) -> datetime:
    """The first instant that no longer belongs to `on`: a day ends at midnight UTC, an instant just after itself."""
    if isinstance(on, str):
        return moment_instant(_read_instant(on))
    if not isinstance(on, datetime):
        if on == date.max:  # no midnight follows the last day of the calendar
            return datetime.max.replace(tzinfo=UTC)
        return datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(days=1)
    try:
        moment = on.replace(tzinfo=UTC) if on.tzinfo is None else on.astimezone(UTC)
        return moment + timedelta(microseconds=1)
    except OverflowError:
        refuse("cut.not_a_date", text=str(on))


def _read_instant(text: str) -> date | datetime:
    try:
        # A day written without hyphens is a day as well, and not its first instant.
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        refuse("cut.not_a_date", text=text)


def _last_until(store: Store, study: str, end: datetime) -> int:
    last = 0
    # Clocks of sites may disagree by seconds, so the stamps are not sorted: every one is looked at.
    for seq, _kind, _participant, _site, at, _payload in store.rows(study):
        if _instant(at) < end:
            last = max(last, seq)
    return last


def _instant(at: str | datetime) -> datetime:
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _text(at: str | datetime) -> str:
    return at if isinstance(at, str) else at.astimezone(UTC).isoformat()
