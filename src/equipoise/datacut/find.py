"""Which moment of the ledger is meant: an entry by its number, a calendar day, or the head.

A moment is always one entry: order is the ledger's own (its numbers), never the clock's. A day (UTC) means the last
entry stamped before that day ended. Refuses to guess when nothing had happened yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from equipoise.findings import Refusal, Where, prose

if TYPE_CHECKING:
    from equipoise.ledger import Store

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
        raise _refusal("two_moments", "a date and an entry number were both given", "a cut has one moment", "Give one.")
    head = store.head(study).seq
    if head == 0:
        raise _refusal(
            "empty", f"the ledger of {study} has no entries", "there is nothing to cut", "Open the study first."
        )
    seq = head if entry is None else entry
    if not 1 <= seq <= head:
        raise _refusal(
            "no_such_entry", f"entry {seq} does not exist", f"the ledger ends at entry {head}", f"Name 1 to {head}."
        )
    if on is not None:
        seq = _last_until(store, study, moment_instant(on))
        if seq == 0:
            raise _refusal(
                "before_start",
                f"nothing was recorded until {on}",
                "the first entry of the ledger is later",
                "Name a later date, or an entry number.",
            )
    found: Any = next(iter(store.read(study, after=seq - 1, upto=seq)))
    return Moment(study, seq, found.hash, _text(found.at))


def require_whole(store: Store, study: str) -> None:
    """Raises Refusal when the chain of the ledger does not hold: no number may come from entries that were changed."""
    from equipoise.ledger.verify import verify_chain

    broken = [finding for finding in verify_chain(store, study).findings if finding.severity == "error"]
    if broken:
        why = "the chain of its ledger does not hold"
        mend = "See what was changed (`equipoise verify`), and restore the ledger from a backup that a checkpoint confirms."
        raise Refusal(
            [prose("cut.broken_ledger", Where(path=study), "nothing is taken from this study", why, mend), *broken]
        )


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
        raise _not_a_date(str(on)) from None


def _read_instant(text: str) -> date | datetime:
    try:
        # A day written without hyphens is a day as well, and not its first instant.
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _not_a_date(text) from None


def _not_a_date(text: str) -> Refusal:
    why = "a day is written YYYY-MM-DD and an instant in ISO 8601"
    return _refusal("not_a_date", f"`{text}` is not a date", why, "Write, for example, 2024-06-30.")


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


def _refusal(code: str, what: str, why: str, mend: str) -> Refusal:
    return Refusal(prose(f"cut.{code}", Where(), what, why, mend))
