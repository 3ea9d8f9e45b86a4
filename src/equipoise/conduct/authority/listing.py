"""The list of who may what: every appointment that nobody ended, and every account with the person it stands for.

It is the same on every day on which no entry changed it, so that whoever reviews it can say by a digest which list it
was (ICH E6(R3) 4.3.8(c)): an appointment that ended by itself stays on it, with its last day.
"""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.canonical import digest
from equipoise.conduct.state.organizations import Organization, held_by
from equipoise.conduct.state.state import StudyState

__all__ = ["CHANGES_ACCESS", "AccessList", "list_access"]

CHANGES_ACCESS = ("person_appointed", "person_dismissed", "account_mapped")
"""The kinds of entries that change the list."""


@dataclass(frozen=True, slots=True)
class AccessList:
    """`appointments`: person, name, role, site (None: the whole study), last day (None: none), organization in both
    languages (None: nobody said it).

    `accounts`: account, person, whether it may name anybody.
    """

    appointments: tuple[tuple[str, str, str, str | None, str | None, str | None, str | None], ...]
    accounts: tuple[tuple[str, str, bool], ...]

    @property
    def digest(self) -> str:
        """SHA-256 over the list in its one byte form, as 64 hexadecimal digits."""
        return digest({"appointments": list(map(list, self.appointments)), "accounts": list(map(list, self.accounts))})


def list_access(state: StudyState) -> AccessList:
    """The list as a state has it, in the order of persons and accounts."""
    appointments = [
        (person.id, person.name, role, site, person.ends.get((role, site)), *_said(held_by(person, role, site)))
        for person in state.people.values()
        for role, site in person.appointed
    ]
    accounts = [(name, account.person, account.names_others) for name, account in state.accounts.items()]
    return AccessList(tuple(sorted(appointments, key=lambda one: (*one[:3], one[3] or ""))), tuple(sorted(accounts)))


def _said(organization: Organization | None) -> tuple[str | None, str | None]:
    return (None, None) if organization is None else (organization.en, organization.zh)
