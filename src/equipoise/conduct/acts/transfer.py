"""A participant moves to another center: from then on that center sees, records and answers; what was recorded stays.

The center at randomization is what chance used and stays in the allocation. Consent is given anew to whoever treats
now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.mending import TRANSFERRED
from equipoise.conduct.guards import check_day, need_open_site, need_participant, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.ledger import Fact
from equipoise.protocol.scope import timezone_of

__all__ = ["ACT", "Transfer"]


@dataclass(frozen=True, slots=True)
class Transfer:
    """`to`: the center that cares for the participant from `date` on."""

    right: ClassVar[str] = "transfer"
    participant: str
    to: str
    date: str
    reason: str


def decide_transfer(state: StudyState, act: Transfer, setting: Setting) -> list[Fact]:
    """transferred; to a center that is open, and not where the participant is already."""
    need_running(state)
    person = need_participant(state, act.participant)
    reason = need_reason(act.reason, phrase("of.transfer"))
    if act.to == person.site:
        refuse("participant.there", act.participant, participant=act.participant, site=act.to)
    need_open_site(state, act.to)
    check_day(setting, person.site, act.date, "date", after=(_since(person), phrase("arrival")))
    _check_times(setting, person, act.to)
    payload = {"date": act.date, "from": person.site, "to": act.to, "reason": reason}
    return [Fact(TRANSFERRED.name, payload, person.id, person.site)]


def _since(person: ParticipantState) -> str:
    return max([person.screened, *(move.date for move in person.moves)])


def _check_times(setting: Setting, person: ParticipantState, to: str) -> None:
    """Local times are read in the zone of the participant's center: what stands must not become another instant."""
    here, there = (timezone_of(setting.protocol, site) for site in (person.site, to))
    if here == there:
        return
    for form, _, item in setting.protocol.item_by_id.values():
        if item.type == "datetime" and any(key[2] == form.id for key in person.records):
            refuse(
                "participant.timezone", person.id, participant=person.id, item=item.id, here=here, there=there, to=to
            )


ACT = ActKind(
    Transfer,
    label=("move a participant to another center", "将受试者转至其他中心"),
    decide=decide_transfer,
    leaves=(TRANSFERRED,),
)
