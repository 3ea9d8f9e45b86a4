"""What acts that speak of an earlier entry ask alike: that there is such an entry, and where its participant is now."""

from __future__ import annotations

from equipoise.conduct.acts.words import refuse
from equipoise.conduct.state.state import StudyState

__all__ = ["need_entry", "site_of"]


def need_entry(state: StudyState, seq: int, where: str) -> None:
    """Raises Refusal, about `where`, unless entry `seq` exists."""
    if not 1 <= seq <= state.seq:
        refuse("cut.no_such_entry", where, entry=seq, last=state.seq)


def site_of(state: StudyState, participant: str | None) -> str | None:
    """The site of a participant; None where none is named or known."""
    person = state.participants.get(participant) if participant is not None else None
    return None if person is None else person.site
