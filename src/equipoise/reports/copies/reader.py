"""Whose eyes a copy is for: what that person may read of a study. Every copy is asked here, and nowhere else.

Deny by default: whoever has no role reads nothing, whoever was appointed at a site reads of that site alone, and an arm
is told only to those who hold the right to see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from equipoise.conduct.authority import may, roles_of
from equipoise.conduct.folder.seeing import see_treatment
from equipoise.conduct.replay.loading import load_study, participant_state
from equipoise.reports.copies.words import refuse

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.state import ParticipantState

__all__ = ["Reader", "arm_for", "participant_for", "reader_of"]


@dataclass(frozen=True, slots=True)
class Reader:
    """`person` is empty for whoever looks at a rehearsal without a name. `sites`: what they may read of (None: all).

    `own`: the sites at which they were appointed; who somebody is may be read there alone. `arms`: the sites at which
    they may see an arm that was given.
    """

    person: str
    sites: frozenset[str] | None
    own: frozenset[str] = frozenset()
    arms: frozenset[str] = frozenset()

    def reads(self, site: str | None) -> bool:
        """Whether they may read of a site; of the study as a whole everybody may who has a role."""
        return self.sites is None or site is None or site in self.sites

    def knows(self, site: str | None) -> bool:
        """Whether they may read answers that could tell who somebody is."""
        return site in self.own


def reader_of(study: Study, as_: str | None) -> Reader:
    """The reader. Raises Refusal for a person without a role, and without a name unless nobody is real."""
    if as_ is None:
        if study.environment != "rehearsal":
            refuse("copy.nameless", study.id)
        return Reader("", None)
    state, roles = load_study(study.store, study.id), roles_of(study.protocol)
    person = state.people.get(as_)
    held = [(roles[role], at) for role, at in person.roles if role in roles] if person is not None else []
    if not held:
        refuse("copy.nobody", as_[:60], person=as_[:60])
    own = frozenset(at for _, at in held if at is not None)
    blinded = study.protocol.randomization.blinding == "double" and not state.unsealed
    arms = () if blinded else [site for site in state.sites if may(state, study.protocol, as_, "see_allocation", site)]
    everywhere = any(at is None and not role.own_site_only for role, at in held)
    return Reader(as_, None if everywhere else own, own, frozenset(arms))


def participant_for(reader: Reader, study: Study, participant: str) -> ParticipantState:
    """The participant as they stand. Raises Refusal where there is none, or the reader may not read of them.

    Both are said alike to whoever may read of one site only: who is in the trial elsewhere is not theirs to learn.
    """
    person = participant_state(study.store, study.id, participant)
    if person is None or not reader.reads(person.site):
        if reader.sites is None:
            refuse("copy.unknown", participant[:60], participant=participant[:60])
        refuse("copy.unknown/site", participant[:60], participant=participant[:60], sites=reader.sites)
    return person


def arm_for(reader: Reader, study: Study, person: ParticipantState) -> str | None:
    """The arm, for whoever may see it; None for all others, and before there is one.

    Raises Refusal where the study's secret is needed and is not here.
    """
    if person.allocation is None or person.site not in reader.arms:
        return None
    return see_treatment(study, person.id, reader.person)[1].id
