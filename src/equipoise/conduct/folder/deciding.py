"""Was each entry decided as it must be? Who made it held that role and right then, and the act could follow what stood.

Looked at in the one pass that replays the study, before the entry is applied: what stood before is the state itself. A
history that was written past the desk, with right hashes, fails here. The values of a form are not decided again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.conduct.acts import ACTS
from equipoise.conduct.acts.erase import ACT as ERASE
from equipoise.conduct.acts.lock import UNLOCK
from equipoise.conduct.acts.record_allocation import ACT as RECORD_ALLOCATION
from equipoise.conduct.acts.unseal import ACT as UNSEAL
from equipoise.conduct.authority import DOORS, SEE_ALLOCATION, SEE_RESULTS, list_access, rights_of, roles_of
from equipoise.conduct.entries.agreement import AGREED, AGREEMENT_ASKED, AGREEMENT_DECLINED
from equipoise.conduct.entries.allocation import ALLOCATION_RECORDED
from equipoise.conduct.entries.records import ERASED, FORM_RECORDED, RECORD_KEPT
from equipoise.conduct.entries.study import ACCESS_REVIEWED, ACCOUNT_MAPPED, BALANCE_READ, COPY_NOTED, READING_NOTED
from equipoise.conduct.folder.words import finding
from equipoise.conduct.state.state import AskedAct, ParticipantState, StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.findings import Finding, Refusal
from equipoise.ledger.entry import REFUSED
from equipoise.protocol.results import names_of_results

if TYPE_CHECKING:
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol

__all__ = ["Decided", "check_decided"]

_RIGHTS: dict[str, set[str]] = {}
for _act in ACTS:
    for _kind in (*_act.leaves, *_act.also):
        _RIGHTS.setdefault(_kind.name, set()).add(_act.right)
_OF_TWO = {kind.name: act.right for act in (UNLOCK, UNSEAL) for kind in act.leaves}
"""Kinds that two persons leave, whatever they are about, and the right of what was asked for."""
_OF_NOBODY = frozenset({REFUSED, "projections_rebuilt"})
# Who may leave these rests on what they say.
_BY_WHAT_IT_SAYS = frozenset(
    kind.name for kind in (AGREEMENT_ASKED, AGREED, AGREEMENT_DECLINED, COPY_NOTED, READING_NOTED)
)
_OPENING = frozenset({"study_opened", "person_appointed", "seed_committed"})
_OPENING_ENTRIES = 3


@dataclass(slots=True)
class Decided:
    """What one pass knows: the protocols that were in force (`kept` gives them by digest), the act of the entry before,
    what was agreed to by it, and who was found to be right already, as long as nothing about the study itself was
    entered since.
    """

    kept: Callable[[str], Protocol]
    act: str = ""
    made: tuple[str, str, str] = ("", "", "")
    agreed: str = ""
    protocols: dict[str, Protocol | None] = field(default_factory=dict)
    roles: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    sure: set[tuple[object, ...]] = field(default_factory=set)

    def protocol_under(self, digest: str) -> Protocol | None:
        """The version in force; None where its copy is not here, which is told elsewhere."""
        if digest not in self.protocols:
            try:
                self.protocols[digest] = self.kept(digest)
            except Refusal:
                self.protocols[digest] = None
        return self.protocols[digest]

    def roles_under(self, digest: str) -> Mapping[str, Any] | None:
        """The roles of the version in force; None where its copy is not here."""
        if digest not in self.roles and (protocol := self.protocol_under(digest)) is not None:
            self.roles[digest] = roles_of(protocol)
        return self.roles.get(digest)


def check_decided(decided: Decided, state: StudyState, entry: Entry) -> Iterator[Finding]:
    """What is wrong with an entry that comes after `state`."""
    where = f"{state.study} entry {entry.seq}"
    made = (entry.actor, entry.role, entry.at)
    if entry.seq <= _OPENING_ENTRIES and entry.kind in _OPENING:
        decided.act, decided.made = entry.act, made
        return
    if entry.act != decided.act:
        decided.agreed = ""
    if entry.kind == AGREED.name and entry.payload is not None:
        decided.agreed = str(entry.payload["act"])
    if entry.kind not in _OF_NOBODY:
        if (right := _of_two(decided, state, entry)) not in ("", decided.agreed):
            yield finding("verify.decided/second", where, seq=entry.seq, act=right)
        if entry.act != decided.act:
            yield from _who_once(decided, state, entry, where)
        elif made != decided.made and decided.made[1]:
            yield finding("verify.decided/act", where, seq=entry.seq, act=entry.act)
        yield from _follows(decided, state, entry, where)
        yield from _listed(state, entry, where)
    if entry.participant is None:  # people, roles, requests or the protocol may be others from here on
        decided.sure.clear()
    decided.act, decided.made = entry.act, made


def _who_once(decided: Decided, state: StudyState, entry: Entry, where: str) -> Iterator[Finding]:
    """The same person does the same at the same site on the same day: what is found right is looked at once."""
    about = state.participants.get(entry.participant or "")
    day = day_in_utc(entry.at)
    asked = (entry.kind, entry.actor, entry.role, entry.site, about and about.site, day, state.digest)
    if asked in decided.sure:
        return
    found = list(_who(decided, state, entry, where))
    yield from found
    if not found and entry.kind not in _BY_WHAT_IT_SAYS:
        decided.sure.add(asked)


def _who(decided: Decided, state: StudyState, entry: Entry, where: str) -> Iterator[Finding]:
    facts: dict[str, Any] = {"seq": entry.seq, "actor": entry.actor[:60]}
    person = state.people.get(entry.actor)
    if person is None:
        yield finding("verify.decided/nobody", where, **facts)
        return
    whom, request = entry.participant, _request(state, entry)
    if entry.kind == AGREEMENT_ASKED.name and entry.payload is not None:  # asked at the site of whom it is about
        whom = entry.payload["fields"].get("participant")
    about = state.participants.get(whom or "")
    sites = {None, entry.site, about.site if about is not None else entry.site}
    if request is not None:
        sites.add(request.site)
    facts["role"] = entry.role[:60]
    if not any(role == entry.role and at in sites for role, at in person.held(day_in_utc(entry.at))):
        ended = sorted(person.ends[one] for one in person.ended(day_in_utc(entry.at)) if one[0] == entry.role)
        if ended:
            yield finding("verify.decided/ended", where, **facts, day=ended[-1])
        else:
            yield finding("verify.decided/role", where, **facts)
        return
    if request is not None and entry.kind == AGREED.name and request.by == entry.actor:
        yield finding("verify.decided/alone", where, **facts, request=request.seq)
    rights, roles = _rights(entry, request), decided.roles_under(state.digest)
    if rights is None or roles is None:
        return
    role = roles.get(entry.role)
    if role is None or not rights & rights_of(role):
        yield finding("verify.decided/right", where, **facts, kind=entry.kind)


def _listed(state: StudyState, entry: Entry, where: str) -> Iterator[Finding]:
    """Whether a review of who may what names the list that stood."""
    said = entry.payload or {}
    if entry.kind == ACCESS_REVIEWED.name and said and said["list"] != list_access(state).digest:
        yield finding("verify.decided/list", where, seq=entry.seq)


def _of_two(decided: Decided, state: StudyState, entry: Entry) -> str:
    """The right of the act that takes two persons to leave this entry; empty where one suffices.

    Ledgers that know no accounts were begun by versions that asked one person alone, or are rehearsals.
    """
    if not state.accounts:
        return ""
    if entry.kind == ERASED.name and entry.payload is not None:
        return ERASE.right if _takes_a_result(decided, state, entry.payload) else ""
    if entry.kind == ALLOCATION_RECORDED.name:  # elsewhere by one person; told here and lost, by two
        protocol = decided.protocol_under(state.digest)
        drawn = protocol is not None and protocol.randomization.scheme.value.kind != "recorded"
        return RECORD_ALLOCATION.right if drawn else ""
    return _OF_TWO.get(entry.kind, "")


def _takes_a_result(decided: Decided, state: StudyState, said: Mapping[str, Any]) -> bool:
    """Whether an erasure takes away what a result of any version until then reads; one that does not say what, may."""
    if said["kind"] not in (FORM_RECORDED.name, RECORD_KEPT.name):
        return False
    if "items" not in said:
        return True
    gone = {*said["items"], *(item for _, _, item in said.get("places", ()))}
    protocols = [decided.protocol_under(digest) for digest in dict.fromkeys(state.digests)]
    return any(one is not None and not gone.isdisjoint(names_of_results(one)) for one in protocols)


def _request(state: StudyState, entry: Entry) -> AskedAct | None:
    """What was asked for before, where the entry agrees to it or declines it."""
    if entry.kind not in (AGREED.name, AGREEMENT_DECLINED.name) or entry.payload is None:
        return None
    return state.requests.get(entry.payload["request"])


def _rights(entry: Entry, request: AskedAct | None) -> set[str] | None:
    """Any of these lets somebody leave the entry. What waits for two is asked by the right of the act itself, and
    agreed to by the right that it names: nobody holds `agree`."""
    if entry.kind == AGREEMENT_ASKED.name and entry.payload is not None:
        return {entry.payload["act"]}
    if entry.kind in (ACCOUNT_MAPPED.name, ACCESS_REVIEWED.name):
        return {"appoint"}
    if entry.kind == BALANCE_READ.name:
        return {SEE_RESULTS, "see_allocation"}  # the second by versions that did not tell the two apart
    if entry.kind == COPY_NOTED.name:
        known = DOORS.get((entry.payload or {}).get("door"))  # type: ignore[arg-type]
        return None if known is None or known.right is None else {known.right}
    if entry.kind == READING_NOTED.name:
        return None if entry.payload is None else {SEE_ALLOCATION if entry.payload["participant"] else SEE_RESULTS}
    return _RIGHTS.get(entry.kind) if request is None else {request.agreed_by}


def _follows(decided: Decided, state: StudyState, entry: Entry, where: str) -> Iterator[Finding]:
    if entry.participant is None:
        return
    person = state.participants.get(entry.participant)
    if (person is None) != (entry.kind == "screened"):
        key = "verify.decided/unknown" if person is None else "verify.decided/again"
        yield finding(key, where, seq=entry.seq, participant=entry.participant)
    elif person is not None and (lacks := _lacks(decided, state, person, entry)):
        yield finding(f"verify.decided/{lacks}", where, seq=entry.seq, participant=entry.participant)


def _lacks(decided: Decided, state: StudyState, person: ParticipantState, entry: Entry) -> str:
    """What should have come before, by the wording that tells it; empty when it did."""
    if entry.kind == "enrolled":
        if not person.consents:
            return "consent"
        protocol = decided.protocol_under(state.digest)
        verdicts = (entry.payload or {}).get("verdicts")
        clause = protocol.eligibility if protocol is not None else None
        wanted = {criterion.id for criterion in clause.criteria} if clause else set()
        met = isinstance(verdicts, dict) and all(verdicts.get(one) is True for one in wanted)
        return "" if met or entry.payload is None else "verdicts"
    if entry.kind in ("allocated", "allocation_recorded"):
        return "twice" if person.randomized is not None else "" if person.enrolled is not None else "enrollment"
    return ""
