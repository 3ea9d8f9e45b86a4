"""Who may know one participant's arm, to look at that participant's treatment.

That is the right `see_allocation` at the site, in a trial that is not double-blind, or whose allocations were unsealed.
What is looked at leaves an entry while the trial runs; what is not allowed is refused.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from equipoise.arms import Arm
from equipoise.conduct.authority import SEE_ALLOCATION, DoorName
from equipoise.conduct.doses.advising import as_of
from equipoise.conduct.doses.course import DrugCourse, RadiotherapyCourse, follow_doses
from equipoise.conduct.folder.reading import enter_reading
from equipoise.conduct.folder.study import Study
from equipoise.conduct.folder.versions import in_force
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.guards import check_day, today_at
from equipoise.conduct.replay.loading import load_study, participant_state
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.built_ins import built_ins
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.conduct.state.versions import day_in_utc, follows
from equipoise.knowledge.participant import Knowledge
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import participant_columns
from equipoise.randomization.sealing import unseal
from equipoise.wording.literals import literals_checked

__all__ = ["look_at_treatment", "see_treatment"]


@literals_checked
def see_treatment(study: Study, participant: str, door: DoorName = "doses") -> tuple[ParticipantState, Arm]:
    """The participant and the arm. Raises Refusal where there is none, or whoever looks may not know it."""
    _, person, arm = _see(study, participant, door)
    return person, arm


def _see(study: Study, participant: str, door: DoorName) -> tuple[Protocol, ParticipantState, Arm]:
    """Beside them, all versions of the protocol as one, as they are read at the participant's site today."""
    reader, head = study.reader(), study.store.head(study.id)
    reader.come_in(door)
    state = load_study(study.store, study.id)
    person = participant_state(study.store, study.id, participant)
    with reader.keeping(door, participant):
        reader.require(SEE_ALLOCATION, person.site if person else None, anywhere=person is None)
    if person is None:
        refuse("participant.unknown", participant, participant=participant)
    if person.allocation is None:
        refuse("treatment.not_allocated", participant, participant=participant)
    with reader.keeping(door, participant):
        _not_blinded(study, state, participant)
    enter_reading(reader, door, head.seq, head.hash, "shown", participant)
    arm = person.recorded_arm or _opened(study, person)
    protocol = in_force(study).led_by(follows(state, person.site, day_in_utc(_now(study))))
    return protocol, person, next(clause for clause in protocol.arms if clause.id == arm)


def look_at_treatment(
    study: Study, participant: str, *, treatment: str | None = None, on: str | None = None
) -> tuple[ParticipantState, Arm, list[DrugCourse | RadiotherapyCourse], date]:
    """Planned and given doses and the advice, as known on a day; today at the participant's site when none is named."""
    protocol, person, arm = _see(study, participant, "doses")
    if treatment is not None and treatment not in (known := [t.id for t in arm.regimen]):
        refuse("treatment.unknown", treatment, participant=participant, treatment=treatment, treatments=known)
    setting = Setting(protocol, _now(study))
    day = date.fromisoformat(check_day(setting, person.site, on, "on")) if on else today_at(setting, person.site)
    columns = participant_columns(protocol)

    @cache
    def known_on(at: date) -> Knowledge:
        then = as_of(person, at)
        return Knowledge(protocol, then.records, built_ins(then), columns, lambda: arm.id)

    return person, arm, follow_doses(protocol, person, arm, known_on, day, treatment), day


def _now(study: Study) -> datetime:
    """Now; of a rehearsal, whose clock is its scenario's, the later of now and its last entry."""
    now = datetime.now(UTC)
    head = study.store.head(study.id)
    last = next(iter(study.store.read(study.id, after=head.seq - 1)), None)
    if study.environment != "rehearsal" or last is None:
        return now
    return max(now, datetime.fromisoformat(last.at).replace(tzinfo=UTC))


def _not_blinded(study: Study, state: StudyState, participant: str) -> None:
    if study.protocol.randomization.blinding == "double" and not state.unsealed:
        refuse("treatment.blinded", participant, participant=participant)


def _opened(study: Study, person: ParticipantState) -> str:
    said = person.allocation or {}
    content = unseal(study.secret(), study.id, said["position"], said["sealed"], participant=person.id)
    return str(content["arm"])
