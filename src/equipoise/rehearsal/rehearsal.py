"""The rehearsal: virtual participants of every site, interleaved in time, at the real desk of a study.

Promises a real ledger with believable times and people, the same to the byte for the same request: a rehearsal's secret
follows from its seed, and with it arms, seals and salts. Acts are kept in bounded batches; interrupted, the ledger is
whole, and the same request goes on. Refuses a study that is not a rehearsal.
"""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from equipoise.chance import Stream
from equipoise.conduct.acts import Act, Appoint, OpenSite
from equipoise.conduct.authority import CUSTODIAN, roles_of
from equipoise.conduct.folder.study import take_seed
from equipoise.conduct.replay.receipt import Receipt
from equipoise.datacut.unblinding import unsealed_arms
from equipoise.findings import Refusal, Where
from equipoise.knowledge.records import RecordKey
from equipoise.protocol.document import Site
from equipoise.protocol.id_pattern import alike_key, read_id_pattern
from equipoise.rehearsal.finished import find_report, keep_report
from equipoise.rehearsal.life import Life
from equipoise.rehearsal.mishaps import SecondScreening, identity_of
from equipoise.rehearsal.oversight import Monitor, is_monitored
from equipoise.rehearsal.recording import Player, Recorder, Step
from equipoise.rehearsal.report import RehearsalReport
from equipoise.rehearsal.request import Request, read_request
from equipoise.rehearsal.words import phrase, refuse
from equipoise.virtual.participants import VirtualParticipant
from equipoise.virtual.people import Staff, appointments, find_actors
from equipoise.virtual.schedule import at_office, site_of_arrival, working_day
from equipoise.virtual.screening import unmet_criteria
from equipoise.virtual.supposing import supposed
from equipoise.virtual.trial import VirtualTrial, make_virtual_trial

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["Rehearsal", "run_rehearsal"]

Progress = Callable[[int, int], None]
STEPS_PER_BATCH = 250
_NOT_ELIGIBLE = frozenset({"eligibility.not_met", "eligibility.not_known"})
_SETTING_UP = 0  # participants count from 1


def run_rehearsal(
    study: Study,
    *,
    participants: int,
    seed: int,
    scenario: str | None = None,
    until: date | None = None,
    progress: Progress | None = None,
) -> RehearsalReport:
    """Play `participants` virtual participants until `until` (by default the scenario's follow-up after the last one).

    Raises Refusal before anything is written when the request makes no sense or the study may not be rehearsed. Ctrl-C
    gives the report of what was kept; the same request then goes on. `progress` is told days played and days to play.
    """
    request = read_request(study, participants, seed, scenario, until)
    if (kept := find_report(study, request.fingerprint)) is not None:
        return kept
    report = Rehearsal(study, request).play(progress)
    if report.finished:
        keep_report(study, request.fingerprint, report)
    return report


class Rehearsal:
    """One rehearsal, and the stage on which its participants live (see `recording.Stage`).

    `now` is the rehearsal's clock, which the desk reads. `calendar` holds (moment, participant number, order, step).
    """

    def __init__(self, study: Study, request: Request) -> None:
        self.study, self.request = study, request
        self.plan = make_virtual_trial(study.protocol, request.scenario, request.until, request.seed, self._arm_of)
        self.calendar: list[tuple[datetime, int, int, Step]] = []
        self.laid = 0
        self.counts: Counter[str] = Counter()
        self.criteria: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self._given, self._alike = 0, set[str]()
        self.acts: Counter[int] = Counter()
        self.staff = appointments(study.protocol)
        self.refused_before = _refusals_before(study, self._act_prefix)
        self.custodian = _custodian(study)
        self.actors, self.cannot = find_actors(study.protocol, self.staff, _wanted(self.plan))
        self.monitors = (
            {site.id: Monitor(self, site, request.seed) for site in study.protocol.sites}
            if is_monitored(self.plan)
            else {}
        )
        first = study.protocol.sites[0]
        self.now = at_office(self._opening_day(len(study.protocol.sites)), 0, first.timezone)
        self.desk = study.desk(clock=lambda: self.now)

    @property
    def _act_prefix(self) -> str:
        return f"rehearsal-{self.request.fingerprint}"

    def play(self, progress: Progress | None = None) -> RehearsalReport:
        """All participants to their ends, batch by batch."""
        begun = time.perf_counter()
        finished, kept = False, self._tally()
        take_seed(self.study, self.request.seed)
        try:
            self._set_up()
            self._invite()
            while self.calendar:
                with self.desk.batch():
                    for _ in range(min(STEPS_PER_BATCH, len(self.calendar))):
                        moment, _number, _order, step = heapq.heappop(self.calendar)
                        self.now = moment
                        step(moment)
                kept = self._tally()
                if progress is not None:
                    progress(*self._days())
            finished = True
        except KeyboardInterrupt:
            # The batch that was under way is gone as a whole, and what it counted with it.
            self.counts, self.criteria, self.refusals, self.now = kept
        if progress is not None and finished:
            days = self._days()[1]
            progress(days, days)
        return self._report(time.perf_counter() - begun, finished)

    # What a life needs ---------------------------------------------------------------------------------------------

    def later(self, when: datetime, number: int, step: Step) -> None:
        """Lay a step into the calendar; never into the past."""
        self.laid += 1
        heapq.heappush(self.calendar, (max(when, self.now), number, self.laid, step))

    def noted(self, life: Recorder, key: RecordKey, when: datetime) -> None:
        """A record is new at a site: the monitor will look at it."""
        if life.site.id in self.monitors:
            self.monitors[life.site.id].note(life, key, when)

    def perform(self, act: Act, life: Player, when: datetime) -> Receipt | None:
        """Knock at the desk as somebody of the participant's site who may; the receipt, or None when refused."""
        actor = self.actors.get((life.site.id, act.right))
        if actor is None:  # said in the report: no role of the protocol may do it
            return None
        self.now = when
        number = life.person.number
        self.acts[number] += 1
        act_id = f"{self._act_prefix}-{number}-{self.acts[number]}"
        before = self.refused_before.get(act_id)
        if before is not None:
            self._count_refusal(act, life, before)
            return None
        try:
            return self.desk.perform(act, as_=actor, act_id=act_id)
        except Refusal as refusal:
            self._count_refusal(act, life, [finding.code for finding in refusal.findings])
            return None

    def count(self, what: str, times: int = 1) -> None:
        """One more of something for the report."""
        self.counts[what] += times

    # The rehearsal's own -------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        """People are appointed and, week by week, sites opened before the first participant arrives."""
        opener = next((s.person for s in self.staff if s.site is None and self._may(s, "open_site")), self.custodian)
        with self.desk.batch():
            for one in self.staff:
                act = Appoint(
                    one.person,
                    one.name,
                    one.role,
                    one.site,
                    organization=one.organization,
                    organization_zh=one.organization_zh,
                )
                self._set_up_one(act, self.custodian)
            sites = self.study.protocol.sites
            for place, site in enumerate(sites):
                day = self._opening_day(len(sites) - place)
                self.now = max(self.now, at_office(day, 2, site.timezone))
                self._set_up_one(OpenSite(site.id, day.isoformat()), opener)

    def _set_up_one(self, act: Act, actor: str) -> None:
        self.acts[_SETTING_UP] += 1
        self.desk.perform(act, as_=actor, act_id=f"{self._act_prefix}-{_SETTING_UP}-{self.acts[_SETTING_UP]}")

    def _opening_day(self, weeks: int) -> date:
        return working_day(self.request.start - timedelta(days=min(7 * weeks, 60)))

    def _may(self, one: Staff, right: str) -> bool:
        return right in roles_of(self.study.protocol)[one.role].acts

    def _invite(self) -> None:
        """Everybody, at their site, on their day."""
        protocol, request = self.study.protocol, self.request
        places = Stream(request.seed, "site of arrival")
        numbers: Counter[str] = Counter()
        twice = len(protocol.sites) > 1 and any(habits.duplicate > 0 for habits in self.plan.habits.values())
        for number, days in enumerate(request.arrivals, start=1):
            site = site_of_arrival(protocol.sites, request.scenario.site_shares, places.uniform(number))
            stream = Stream(request.seed, "participant", number)
            person = VirtualParticipant(self.plan.script, number, self._number(numbers, site), site, stream)
            identity = identity_of(self.study.id, request.seed, number) if twice or protocol.identity else None
            day = request.start + timedelta(days=int(days))
            life = Life(self, person, identity)
            life.start(day)
            lots = stream.child("twice").uniform(0, 3).tolist() if twice else [1.0]
            if lots[0] < self.plan.habits[site.id].duplicate:
                other = [one for one in protocol.sites if one is not site][int(lots[1] * (len(protocol.sites) - 1))]
                again = SecondScreening(
                    self, number, self._number(numbers, other), other, str(identity), life.was_screened
                )
                again.start(day + timedelta(days=4 + int(40 * lots[2])))

    def _number(self, numbers: Counter[str], site: Site) -> str:
        """The next participant's number: of the form that the protocol says, and unlike any before."""
        name, form = _next_number(numbers, site), self.study.protocol.id_pattern
        if form is None:
            return name
        pattern = read_id_pattern(form)
        while not pattern.matches(name) or alike_key(name) in self._alike:
            self._given += 1
            if self._given > 2 * pattern.count:
                refuse("rehearsal.numbers", "id_pattern", pattern=form, count=pattern.count)
            name = pattern.number(self._given % pattern.count)
        self._alike.add(alike_key(name))
        return name

    def _arm_of(self, receipt: Receipt, participant: str) -> str:
        """The arm on the receipt; where the actor may not see it, what follows from it still must be played."""
        if receipt.arm is not None:
            return str(receipt.arm)
        entry = next(entry for entry in receipt.entries if entry.kind == "allocated")
        return unsealed_arms(self.study, {participant: entry.payload or {}})[participant]

    def _count_refusal(self, act: Act, life: Player, codes: list[str]) -> None:
        if isinstance(life, Recorder) and act.right == "enroll" and _NOT_ELIGIBLE.issuperset(codes):
            self.criteria.update(criterion.id for criterion in unmet_criteria(self.plan, life.person))
            return
        self.refusals.update(f"{act.right}: {code}" for code in codes)

    def _tally(self) -> tuple[Counter[str], Counter[str], Counter[str], datetime]:
        return self.counts.copy(), self.criteria.copy(), self.refusals.copy(), self.now

    def _days(self) -> tuple[int, int]:
        """Days played and to play; the last one is over when late entries are made as well."""
        total = max(1, (self.request.until - self.request.start).days)
        return min(max(0, (self.now.date() - self.request.start).days), total - 1), total

    def _report(self, seconds: float, finished: bool) -> RehearsalReport:
        outcomes = self.request.scenario.outcomes
        struck = {o.id: self.counts[f"outcome {o.id}"] for o in outcomes}
        ended = sum(struck[o.id] for o in outcomes if o.ends)
        arms = {f"arm {arm.id}" for arm in self.study.protocol.arms}
        counts = {name: n for name, n in self.counts.items() if name not in arms and not name.startswith("outcome ")}
        nobody = tuple(phrase("nobody", right=right.replace("_", " "), right_zh=right) for right in self.cannot)
        return RehearsalReport(
            self.study.id,
            self.request.scenario.id,
            self.request.seed,
            len(self.request.arrivals),
            self.request.start,
            self.request.until,
            self.now.date(),
            counts | {"ended": ended},
            dict(self.criteria),
            struck,
            dict(self.refusals),
            (*self.request.notes, *supposed(self.plan), *nobody),
            self.study.store.head(self.study.id),
            seconds,
            finished,
            one_arm=len(self.plan.protocol.arms) == 1,
        )


def _next_number(numbers: Counter[str], site: Site) -> str:
    """The next participant's number at a site."""
    numbers[site.id] += 1
    name = f"{site.id}-{numbers[site.id]:03d}"
    # The desk takes no longer ones.
    return name if len(name) <= 40 else f"R-{sum(numbers.values()):04d}"


def _wanted(plan: VirtualTrial) -> set[str]:
    """Acts that this scenario comes to, apart from those of every rehearsal."""
    queries = is_monitored(plan) or any(c.severity == "query" for form in plan.protocol.forms for c in form.checks)
    wanted = {"raise_query"} if is_monitored(plan) else set()
    wanted |= {"answer_query", "close_query"} if queries else set()
    return wanted | ({"record_true_stratum"} if any(h.wrong_stratum > 0 for h in plan.habits.values()) else set())


def _custodian(study: Study) -> str:
    """Who opened the study and appoints the others; raises Refusal when the study is closed to acts."""
    state = study.desk().state()
    for halted, why in (("locked", state.locked), ("paused", state.paused)):
        if why is not None:
            refuse(f"rehearsal.halted/{halted}", Where(str(study.folder)), reason=why)
    return next(p.id for p in state.people.values() if any(role == CUSTODIAN for role, _ in p.appointed))


def _refusals_before(study: Study, prefix: str) -> dict[str, list[str]]:
    """Act id to the codes of what this same request was refused before it was interrupted.

    A refused act may be sent again, and would be refused again and written again. Raises Refusal when participants of
    anything else stand in the ledger: their times and numbers would get mixed.
    """
    refused: dict[str, list[str]] = {}
    for entry in study.store.read(study.id):
        if entry.act.startswith(f"{prefix}-"):
            if entry.kind == "refused":
                said = (entry.payload or {}).get("findings", [])
                refused[entry.act] = [finding["code"] for finding in said]
        elif entry.participant is not None:
            refuse("rehearsal.used", Where(str(study.folder)), entry=entry.seq)
    return refused
