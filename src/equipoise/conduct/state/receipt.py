"""What an act gives back: its entries, what they say in one sentence, and the arm for those who may see it.

Made from the entries alone, so that asking again for the same act gives the same receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.state.query import QUERY_KINDS, query_name
from equipoise.findings import Finding, Where, prose

if TYPE_CHECKING:
    from equipoise.ledger import Entry

__all__ = ["Receipt", "summarize", "warnings_of"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """`entries` is empty when there was nothing to change. `findings` are warnings to read; they stopped nothing."""

    act_id: str
    entries: tuple[Entry, ...]
    summary: str
    arm: str | None = None
    findings: tuple[Finding, ...] = ()


def summarize(entries: Sequence[Entry], arm: str | None = None) -> str:
    """One sentence; never the arm unless it is given."""
    if not entries:
        return "Nothing to change: it is recorded so already."
    first = entries[0]
    say = _SUMMARIES.get(first.kind)
    text = say(first, first.payload or {}) if say else first.kind.replace("_", " ")
    if first.kind == "value_corrected" and (more := sum(entry.kind == "value_corrected" for entry in entries) - 1):
        text += f" and {more} more"
    text += _said_of_queries(entries) if first.kind not in QUERY_KINDS else ""
    places = f"entry {first.seq}" if len(entries) == 1 else f"entries {first.seq} to {entries[-1].seq}"
    return f"{text}{f': arm {arm}' if arm else ''} ({places})."


def _said_of_queries(entries: Sequence[Entry]) -> str:
    """The queries that the system opened or closed in the same act."""
    names = {
        "opened": [query_name(entry.seq) for entry in entries if entry.kind == "query_raised"],
        "closed": [(entry.payload or {}).get("query", "") for entry in entries if entry.kind == "query_closed"],
    }
    return "".join(
        f"; quer{'y' if len(of) == 1 else 'ies'} {', '.join(of)} {'was' if len(of) == 1 else 'were'} {done}"
        for done, of in names.items()
        if of
    )


_SUMMARIES: dict[str, Callable[[Entry, Any], str]] = {
    "site_opened": lambda _, p: f"Site {p.get('site')} is open",
    "site_closed": lambda _, p: f"Site {p.get('site')} is closed",
    "person_appointed": lambda _, p: f"{p.get('person')} is {p.get('role')}",
    "person_dismissed": lambda _, p: f"{p.get('person')} is no longer {p.get('role')}",
    "screened": lambda e, _: f"{e.participant} was screened",
    "consented": lambda e, p: f"{e.participant} consented to version {p.get('version')}",
    "form_recorded": lambda e, p: (
        f"Form {p.get('form')} of {e.participant} was recorded at {p.get('visit')} ({p.get('occurrence')})"
    ),
    "value_corrected": lambda e, p: f"{p.get('item')} of {e.participant} was corrected",
    "enrolled": lambda e, _: f"{e.participant} is eligible and enrolled",
    "allocated": lambda e, p: f"{e.participant} is randomized at position {p.get('position')}",
    "allocation_recorded": lambda e, _: f"The allocation of {e.participant} was recorded",
    "withdrawn": lambda e, p: f"{e.participant} withdrew from {str(p.get('extent')).replace('_', '-')}",
    "allocation_marked_in_error": lambda e, _: f"{e.participant} is marked as randomized in error",
    "true_stratum_recorded": lambda e, _: f"The true stratum of {e.participant} was recorded",
    "deviation_reported": lambda e, _: f"A deviation of {e.participant} was reported",
    "query_raised": lambda e, _: f"{query_name(e.seq)} was raised about {e.participant}",
    "query_reopened": lambda _, p: f"{p.get('query')} is open again",
    "query_answered": lambda _, p: f"{p.get('query')} was answered",
    "query_closed": lambda _, p: f"{p.get('query')} is closed",
    "study_paused": lambda _, p: f"{_scope(p)} is paused",
    "study_resumed": lambda _, p: f"{_scope(p)} is resumed",
    "locked": lambda _, p: f"The study is locked{_left_open(p)}",
    "unlocked": lambda *_: "The study is unlocked",
    "amended": lambda _, p: f"Version {p.get('version')} of the protocol is in force",
    "erased": lambda _, p: f"The payload of entry {p.get('erases')} was erased",
    "allocations_unsealed": lambda _, p: f"{p.get('count')} allocations are unsealed",
    "cut_made": lambda _, p: f"The data cut {p.get('cut')} at entry {p.get('seq')} was noted",
    "file_imported": lambda _, p: f"{p['file']['name']} is taken in" if p else "A file is taken in",
    "checkpoint_signed": lambda _, p: f"The checkpoint of entry {p.get('seq')} was noted",
}


def _left_open(payload: Any) -> str:
    left = payload.get("open_queries", 0)
    return f" with {left} quer{'y' if left == 1 else 'ies'} not closed" if left else ""


def _scope(payload: Any) -> str:
    return f"Stratum {payload.get('stratum')}" if payload.get("scope") == "stratum" else "The study"


def warnings_of(entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """What whoever did it should know."""
    found = []
    for entry in entries:
        payload = entry.payload or {}
        if entry.kind == "duplicate_suspected":
            why = f"{payload['other']} was screened with the same identity"
            found.append(prose("participant.duplicate", Where(path=entry.participant or ""), f"{entry.participant} may be the same person as {payload['other']}", why,
                                 "Ask at the site. Both stay on record; report a deviation if it is so.", "warning"))  # fmt: skip
        if entry.kind == "query_raised" and payload.get("by") == "system":
            where = Where(path=".".join(filter(None, (payload["form"], *payload["items"][:1]))))
            found.append(prose("query.raised", where, f"{query_name(entry.seq)} was opened", payload["text"]["en"].rstrip("."),
                                 "Correct the value, or answer the query.", "warning"))  # fmt: skip
        found += [
            prose(
                f"form.{check['severity']}",
                Where(path=check["item"]),
                f"{check['check']} was accepted",
                check["reason"],
                "Nothing to do.",
                "warning",
            )
            for check in payload.get("checks", ())
        ]
    return tuple(found)
