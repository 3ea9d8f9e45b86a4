"""Whose eyes a copy is for: what that person may read of a study. Every copy is asked here, and nowhere else.

By the one table of who reads what (`conduct.authority.reading`): whoever was appointed at a site reads of that site
alone, and an arm is told only to those who hold the right to see it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from equipoise.conduct.authority import SEE_ALLOCATION, DoorName
from equipoise.conduct.folder.seeing import see_treatment
from equipoise.conduct.replay.loading import participant_state
from equipoise.reports.copies.words import refuse
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.state import ParticipantState, Person

__all__ = ["CopyReader", "arm_for", "participant_for", "reader_of"]


def _nothing(_participant: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class CopyReader:
    """`person` reads. `sites`: of whose participants they may read (None: all).

    `own`: the sites at which they were appointed; who somebody is may be read there alone. `arms`: the sites at which
    they may see an arm that was given. `people`: who acts in the study, and of which organization since when.
    """

    person: str
    sites: frozenset[str] | None
    own: frozenset[str] = frozenset()
    arms: frozenset[str] = frozenset()
    people: Mapping[str, Person] = field(default_factory=dict)
    keeping: Callable[[str], AbstractContextManager[None]] = field(default=_nothing, repr=False, compare=False)
    """Enters that a participant's records were refused."""

    def reads(self, site: str | None) -> bool:
        """Whether they may read of a site; of the study as a whole everybody may who has a role."""
        return self.sites is None or site is None or site in self.sites

    def knows(self, site: str | None) -> bool:
        """Whether they may read answers that could tell who somebody is."""
        return site in self.own


@literals_checked
def reader_of(study: Study, as_: str | None, door: DoorName) -> CopyReader:
    """The reader: who is named, or for whom the account stands. Raises Refusal for whoever may not come in."""
    reader = (study if as_ is None else study.seen_by(as_)).reader()
    sites, state = reader.come_in(door), reader.state
    own = frozenset(at for _, at in state.people[reader.person].held(reader.day) if at is not None)
    blinded = study.protocol.randomization.blinding == "double" and not state.unsealed
    arms = () if blinded else [site for site in state.sites if reader.reads(SEE_ALLOCATION, site)]
    return CopyReader(reader.person, sites, own, frozenset(arms), state.people, lambda whom: reader.keeping(door, whom))


def participant_for(reader: CopyReader, study: Study, participant: str) -> ParticipantState:
    """The participant as they stand. Raises Refusal where there is none, or the reader may not read of them.

    Both are said alike to whoever may read of one site only: who is in the trial elsewhere is not theirs to learn.
    """
    person = participant_state(study.store, study.id, participant)
    if person is None or not reader.reads(person.site):
        if reader.sites is None:
            refuse("copy.unknown", participant[:60], participant=participant[:60])
        with reader.keeping(participant):
            refuse("copy.unknown/site", participant[:60], participant=participant[:60], sites=reader.sites)
    return person


def arm_for(reader: CopyReader, study: Study, person: ParticipantState) -> str | None:
    """The arm, for whoever may see it; None for all others, and before there is one.

    Raises Refusal where the study's secret is needed and is not here.
    """
    if person.allocation is None or person.site not in reader.arms:
        return None
    return see_treatment(study.seen_by(reader.person), person.id, "casebook")[1].id
