"""Who reviewed what, as tables of a copy: the list of who may what, and the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.authority import CHANGES_ACCESS, list_access
from equipoise.conduct.folder.reviewing import TrailReview
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.state.state import StudyState
from equipoise.reports.copies.words import say_in
from equipoise.reports.copies.writing import CopyTable

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.ledger import Entry
    from equipoise.words import Language

__all__ = [
    "TRAIL_REVIEWS",
    "AccessRecord",
    "MappedAccount",
    "accounts_on",
    "accounts_table",
    "read_access",
    "reviews_table",
    "trail_reviews_table",
]

_REVIEW = ("entry", "at", "who", "list", "upto", "remark")
TRAIL_REVIEWS = ("entry", "at", "by", "role", "upto", "site", "participant", "outcome", "remark")
"""The columns of the reviews of a trail."""
_ACCOUNT = ("account", "person", "names_others", "since", "mapped_by", "entry")


@dataclass(frozen=True, slots=True)
class MappedAccount:
    """An account of the operating system and the person it stands for, since when (UTC), and by whose entry."""

    account: str
    person: str
    names_others: bool
    since: str
    mapped_by: str
    entry: int


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """As of the end of a day: the digest of the list of who may what, the accounts, and every review until then."""

    digest: str
    accounts: list[MappedAccount]
    reviews: list[dict[str, Any]]

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Accounts and reviews as data."""
        return {"accounts": [asdict(one) for one in self.accounts], "reviews": self.reviews}


def accounts_on(entries: Iterable[Entry], day: str) -> list[MappedAccount]:
    """The accounts at the end of a day (UTC), from the entries that map them; the opening maps the first."""
    found: dict[str, MappedAccount] = {}
    for entry in entries:
        said = entry.payload or {}
        if entry.at[:10] <= day and (account := said.get("account")):
            # The opening says no more: whoever made the study names whom they like.
            others = bool(said.get("names_others", True))
            found[account] = MappedAccount(account, said["person"], others, entry.at, entry.actor, entry.seq)
    return [one for _, one in sorted(found.items())]


def read_access(study: Study, day: str) -> AccessRecord:
    """By the entries of the study until the end of a day (UTC)."""
    entries = [one for one in study.store.read(study.id, kinds=CHANGES_ACCESS) if one.at[:10] <= day]
    state = StudyState(study.id)
    for entry in entries:
        apply(state, entry)
    reviews = [
        {"entry": one.seq, "at_utc": one.at, "actor": one.actor, "role": one.role, **(one.payload or {})}
        for one in study.store.read(study.id, kinds=("access_reviewed",))
        if one.at[:10] <= day
    ]
    return AccessRecord(list_access(state).digest, accounts_on(entries, day), reviews)


def reviews_table(reviews: Iterable[dict[str, Any]], language: Language) -> CopyTable:
    """The reviews of access, each with the list that it confirmed."""
    say = say_in(language)
    rows = [
        [
            str(one["entry"]),
            one["at_utc"][:19] + "Z",
            f"{one['actor']}\n{one['role']}",
            one.get("list", "")[:16],
            str(one.get("seq", "")),
            one.get("reason", ""),
        ]
        for one in reviews
    ]
    return CopyTable([say(f"head.{name}") for name in _REVIEW], rows)


def accounts_table(accounts: Iterable[MappedAccount], language: Language) -> CopyTable:
    """The accounts, each with the person for whom it stands."""
    say = say_in(language)
    rows = [
        [
            one.account,
            one.person,
            say("value.yes" if one.names_others else "value.no"),
            one.since[:19] + "Z",
            one.mapped_by,
            str(one.entry),
        ]
        for one in accounts
    ]
    return CopyTable([say(f"head.{name}") for name in _ACCOUNT], rows)


def trail_reviews_table(reviews: Iterable[TrailReview], language: Language) -> CopyTable:
    """The reviews of the trail: who read which part up to which entry, and what came of it."""
    say = say_in(language)
    rows = [
        [
            str(one.entry),
            one.at[:19] + "Z",
            f"{one.by}\n{one.role}",
            one.participant or one.site or say("roles.whole"),
            str(one.upto),
            say(f"trail.outcome_{one.outcome}"),
            one.remark,
        ]
        for one in reviews
    ]
    return CopyTable(
        [say(f"head.{name}") for name in ("entry", "at", "who", "part", "upto", "outcome", "remark")], rows
    )
