"""Of which organization somebody was when they made an entry: as their appointment said then (21 CFR 11.10(e)).

A later appointment tells another one from its own entry on, and reaches no earlier entry. Where an appointment said
nothing, as in studies of earlier versions, nothing is known and nothing is supposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from equipoise.ledger import Entry

__all__ = ["Belonging", "Belongs", "Organization", "held_by", "organization_at"]

_OPENING = 2
"""The study is opened, and its custodian appointed, by the entries 1 and 2 of one act."""


@dataclass(frozen=True, slots=True)
class Organization:
    """A site's, a sponsor's or a contractor's name, in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """From entry `seq` on they are of `organization` (None: nobody said), in `role` at `site` (None: everywhere)."""

    seq: int
    role: str
    site: str | None
    organization: Organization | None


class Belongs(Protocol):
    """Somebody of whom it was said."""

    @property
    def belongings(self) -> Sequence[Belonging]:
        """In the order in which it was said."""
        ...


def held_by(person: Belongs | None, role: str, site: str | None, seq: int | None = None) -> Organization | None:
    """Of which organization a person is in a role that they hold there, as of entry `seq` (None: now)."""
    found = [
        one
        for one in (person.belongings if person is not None else ())
        if (one.role, one.site) == (role, site) and (seq is None or _before(one, seq))
    ]
    return found[-1].organization if found else None


def organization_at(people: Mapping[str, Belongs], entry: Entry) -> Organization | None:
    """Of which organization whoever made an entry was then, in the role that it names; None where nobody said.

    The role at the site of the entry comes before the same role for the whole study. Where neither tells (a refusal
    names no role, and who moved is of another site now), it is told only if all that is known of them agrees.
    """
    person = people.get(entry.actor)
    if person is None:
        return None
    for site in dict.fromkeys((entry.site, None)):
        if (found := held_by(person, entry.role, site, entry.seq)) is not None:
            return found
    standing = {
        (one.role, one.site): one.organization
        for one in person.belongings
        if _before(one, entry.seq) and entry.role in (one.role, "")
    }
    return next(iter(standing.values())) if len(set(standing.values())) == 1 else None


def _before(one: Belonging, seq: int) -> bool:
    return one.seq <= max(seq, _OPENING)
