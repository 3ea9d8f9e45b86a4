"""What the days of the acts themselves give to ask: acts out of their order, before the center was opened, after death.

The desk takes acts in their order; a date that is corrected afterwards may turn it round, and what took place is kept
as it was. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from equipoise.conduct.following.noticed_days import Notice
from equipoise.conduct.following.words import phrase
from equipoise.conduct.state.death import died_on
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.protocol.document import Protocol

__all__ = ["ACT_LOOKS"]


def _out_of_order(person: ParticipantState, _state: StudyState, _protocol: Protocol) -> Iterator[Notice]:
    """Consent after enrollment, and whatever else came before what must come first."""
    consented = min((day for day, _ in person.consents), default=None)
    chains = (
        (("screening", person.screened), ("enrollment", person.enrolled), ("randomization", person.randomized)),
        (("consent", consented), ("enrollment", person.enrolled), ("randomization", person.randomized)),
    )
    pairs = []
    for chain in chains:
        known = [(what, day) for what, day in chain if day]
        pairs += [(*first, *second) for first, second in pairwise(known) if second[1] < first[1]]
    for first, day, second, early in dict.fromkeys(pairs):
        said = phrase("notice.acts", second=phrase(f"act.{second}"), early=early, first=phrase(f"act.{first}"), day=day)
        yield Notice("act.order", None, said, {first: day, second: early})
        return


def _before_opening(person: ParticipantState, state: StudyState, _protocol: Protocol) -> Iterator[Notice]:
    site = person.moves[0].of if person.moves else person.site
    opened = state.opened.get(site)
    if opened is not None and person.screened < opened:
        said = phrase("notice.before_opening", day=person.screened, site=site, opened=opened)
        yield Notice("site.before_opening", None, said, {"screened": person.screened, "opened": opened})


def _after_death(person: ParticipantState, _state: StudyState, protocol: Protocol) -> Iterator[Notice]:
    """Nobody consents, enters or is randomized after they died: one of the days is wrong, or it is another person."""
    died, form = died_on(person, protocol)
    acts = (
        ("screening", person.screened),
        ("consent", max((day for day, _ in person.consents), default=None)),
        ("enrollment", person.enrolled),
        ("randomization", person.randomized),
    )
    for what, day in acts:
        if day and died and len(died) == len(day) and day > died:
            title = protocol.form_by_id[form].title if form in protocol.form_by_id else form
            said = phrase("notice.act_after_death", act=phrase(f"act.{what}"), day=day, died=died, form=title)
            yield Notice("act.after_death", None, said, {what: day, "died": died})
            return


ActLook = Callable[[ParticipantState, StudyState, Protocol], Iterator[Notice]]
ACT_LOOKS: tuple[tuple[str, ActLook], ...] = (
    ("act.order", _out_of_order),
    ("site.before_opening", _before_opening),
    ("act.after_death", _after_death),
)
