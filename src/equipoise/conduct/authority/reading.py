"""Reading is an act too: which door asks for which right, and whom a role lets read what.

One table, for every command and notebook function that shows something of a study. A role reads where it is held: at
its site, or everywhere. Whoever reads for the whole study is asked of `reads`, and not of the door's own code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from equipoise.conduct.authority.acting import CUSTODIAN, authorize, may, need_somebody, roles_of, sites_of
from equipoise.conduct.state.state import StudyState
from equipoise.findings import Refusal
from equipoise.protocol.document import Protocol
from equipoise.wording.literals import literals_checked

__all__ = ["DOORS", "SEE_ALLOCATION", "SEE_PARTICIPANTS", "SEE_RESULTS", "Door", "DoorName", "Reader"]

SEE_PARTICIPANTS, SEE_RESULTS, SEE_ALLOCATION = "see_participants", "see_results", "see_allocation"
DoorName = Literal[
    "show",
    "simulate",
    "status",
    "safety",
    "roles",
    "trail",
    "queries",
    "unblindings",
    "cut",
    "trace",
    "casebook",
    "analyze",
    "verify",
    "derive",
    "checkpoint",
    "export",
    "backup",
    "keys",
    "archive",
    "balance",
    "doses",
]


@dataclass(frozen=True, slots=True)
class Door:
    """What is asked of whoever comes through: a right (None: any role at all), `whole`: for the whole study.

    `also`: rights of acting that are needed besides. Of participants nothing is shown but those of the sites where the
    person holds `see_participants`.
    """

    right: str | None
    whole: bool = False
    also: tuple[str, ...] = ()


DOORS: Mapping[DoorName, Door] = {
    "show": Door(None),
    "simulate": Door(None),
    "status": Door(None),
    "safety": Door(None),
    "roles": Door(None),
    "trail": Door(None),
    "queries": Door(SEE_PARTICIPANTS),
    "unblindings": Door(SEE_PARTICIPANTS),
    "cut": Door(SEE_PARTICIPANTS),
    "trace": Door(SEE_PARTICIPANTS),
    "casebook": Door(SEE_PARTICIPANTS),
    "analyze": Door(SEE_PARTICIPANTS, whole=True),
    "verify": Door(None),
    "derive": Door(SEE_PARTICIPANTS, whole=True),
    "checkpoint": Door("checkpoint", whole=True),
    "export": Door(SEE_PARTICIPANTS, whole=True, also=("cut",)),
    "backup": Door(SEE_PARTICIPANTS, whole=True, also=("checkpoint",)),
    "keys": Door(SEE_PARTICIPANTS, whole=True, also=("checkpoint", "unseal")),
    "archive": Door(SEE_PARTICIPANTS, whole=True, also=("cut",)),
    "balance": Door(SEE_RESULTS, whole=True),
    "doses": Door(SEE_ALLOCATION),
}
"""The doors. Arms of the trial, shown or under letters, take `see_results` besides, as long as the trial runs."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the one person whom this look at a study is counted as, and what they may see.

    `day`: of the look (UTC), by which an appointment has ended or not. `account`: the account of the operating system
    through which they came when they were not named. `enters`: enters an act in their name, before anything is shown.
    `keeps`: enters that they were refused at a door (of a participant).
    """

    person: str
    state: StudyState
    protocol: Protocol
    day: str
    account: str | None = None
    enters: Callable[[Any], object] | None = None
    keeps: Callable[[str, str | None, Refusal], object] | None = None

    def reads(self, right: str, site: str | None = None) -> bool:
        """Whether the person holds a right of reading at a site (None: for the whole study).

        A rehearsal's secret follows from its seed, and nobody is concerned: its custodian reads its results.
        """
        if right == SEE_RESULTS and self._rehearses():
            return True
        return may(self.state, self.protocol, self.person, right, site, day=self.day)

    def sites(self, right: str | None = SEE_PARTICIPANTS) -> frozenset[str] | None:
        """The sites of which the person may read so much (without a right: where any role is held); None: all."""
        return sites_of(self.state, self.protocol, self.person, right, day=self.day)

    def require(self, right: str | None, site: str | None = None, *, anywhere: bool = False) -> None:
        """Raises Refusal unless the person holds the right there; without a right: any role at all."""
        if right is None:
            need_somebody(self.state, self.person, self.day)
        elif not self.reads(right, site):
            authorize(self.state, self.protocol, self.person, right, site, day=self.day, anywhere=anywhere)

    @literals_checked
    def come_in(self, door: DoorName) -> frozenset[str] | None:
        """Through a door: the sites whose participants may be seen behind it (None: all).

        Raises Refusal, which is on the ledger by then.
        """
        asked = DOORS[door]
        with self.keeping(door):
            for right in (asked.right, *asked.also):
                self.require(right, anywhere=not asked.whole)
        return self.sites()

    @literals_checked
    @contextmanager
    def keeping(self, door: DoorName, participant: str | None = None) -> Iterator[None]:
        """What is asked here besides, behind the door: that it was refused is entered, once, as an act's refusal is."""
        try:
            yield
        except Refusal as refusal:
            if self.keeps is not None:
                self.keeps(door, participant, refusal)
            raise

    def _rehearses(self) -> bool:
        person = self.state.people.get(self.person)
        held = person.held(self.day) if person is not None else ()
        return (
            self.state.environment == "rehearsal" and (CUSTODIAN, None) in held and CUSTODIAN in roles_of(self.protocol)
        )
