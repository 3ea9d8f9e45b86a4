"""What the days of the acts themselves give to ask: acts out of their order, screening before the center was opened.

The desk takes acts in their order; a date that is corrected afterwards may turn it round, and what took place is kept
as it was. Knows no records. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from equipoise.conduct.following.noticed_days import Notice
from equipoise.conduct.following.words import phrase
from equipoise.conduct.state.state import ParticipantState, StudyState

__all__ = ["ACT_LOOKS"]


def _out_of_order(person: ParticipantState, _state: StudyState) -> Iterator[Notice]:
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


def _before_opening(person: ParticipantState, state: StudyState) -> Iterator[Notice]:
    site = person.moves[0].of if person.moves else person.site
    opened = state.opened.get(site)
    if opened is not None and person.screened < opened:
        said = phrase("notice.before_opening", day=person.screened, site=site, opened=opened)
        yield Notice("site.before_opening", None, said, {"screened": person.screened, "opened": opened})


ActLook = Callable[[ParticipantState, StudyState], Iterator[Notice]]
ACT_LOOKS: tuple[tuple[str, ActLook], ...] = (
    ("act.order", _out_of_order),
    ("site.before_opening", _before_opening),
)
