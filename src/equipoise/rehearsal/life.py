"""The course of one virtual participant through the trial, step by step, each at its own moment.

Screened, consented, assessed, enrolled or found not eligible, allocated, treated and followed up, with visits missed or
outside their windows, until death, withdrawal or the end of follow-up. A step asks the desk and, when it is allowed,
lays the next one into the calendar. What happened first is entered first. The arm is known from the receipt alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from equipoise.conduct.acts import Consent, ConsentPart, Enroll, Randomize, RecordAllocation, Screen, Withdraw
from equipoise.conduct.state.built_ins import named_by_leaving
from equipoise.conduct.state.state import Extent
from equipoise.design import Distribution, Outcome
from equipoise.knowledge.records import RecordRow
from equipoise.rehearsal.mishaps import lay_deviation, lay_wrong_stratum
from equipoise.rehearsal.recording import MINUTES_PER_FORM, Recorder, Stage, Step
from equipoise.units import months_to_days
from equipoise.virtual.defaults import EXTENTS
from equipoise.virtual.dosing import Dosing
from equipoise.virtual.memory import OpenForm
from equipoise.virtual.outcomes import draw_strikes
from equipoise.virtual.participants import VirtualParticipant
from equipoise.virtual.schedule import at_office, outside_window, planned_days, visit_day, working_day
from equipoise.virtual.screening import draw_screening
from equipoise.virtual.values import drawn_number
from equipoise.visits import Visit
from equipoise.wording import bare

__all__ = ["Life"]

LAST_HOUR = 18
REPORTED_OUTSIDE = 0.5
"""The share of visits outside their window that a site reports as a deviation."""
LOST_AFTER_DAYS = (45, 120)
"""So long a site tries to reach somebody before it says that they are lost."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that happens on `day` and is entered `delay` days later, at an hour after 8 o'clock; it takes
    `minutes`.
    """

    day: date
    delay: int
    hour: float
    minutes: int
    step: Step


class Life(Recorder):
    """One participant's course. `start` lays the first step; every other step follows from one before."""

    def __init__(self, stage: Stage, person: VirtualParticipant, identity_hash: str | None = None) -> None:
        super().__init__(stage, person)
        self.identity_hash = identity_hash
        self.screened = False

    def start(self, day: date) -> None:
        """The participant arrives on `day`."""
        hour = self.person.stream.child("arrival").uniform(0)
        self.at(working_day(day), 1 + 6 * hour, self.screen)

    def was_screened(self) -> bool:
        """Whether they were screened until now."""
        return self.screened

    # Before allocation -------------------------------------------------------------------------------------------

    def screen(self, when: datetime) -> None:
        today = self._today(when)
        if today > self.plan.until:
            return
        if self.perform(Screen(self.person.id, self.site.id, today.isoformat(), self.identity_hash), when) is None:
            return
        self.screened = True
        self.stage.count("screened")
        self.person.learn(screened_date=today)
        self.stage.later(when + timedelta(minutes=35), self.person.number, self.consent)

    def consent(self, when: datetime) -> None:
        today = self._today(when)
        if self.perform(Consent(self.person.id, today.isoformat()), when) is None:
            return
        for part in self.plan.protocol.consent_parts:
            self.perform(ConsentPart(self.person.id, part.id, "agrees", today.isoformat()), when)
        self.person.learn(consented_date=today)
        drafts = draw_screening(self.plan, self.person, today)
        self._enter_drafts(drafts, 0, when + timedelta(minutes=20))

    def _enter_drafts(self, drafts: list[tuple[date, RecordRow]], done: int, not_before: datetime) -> None:
        """One drafted form after the other, each on its day; then the enrollment."""
        if done == len(drafts):
            self.stage.later(not_before + timedelta(minutes=15), self.person.number, self.enroll)
            return
        day, record = drafts[done]
        day = max(day, date.fromisoformat(record.observed)) if record.observed else day
        when = max(at_office(working_day(day), 1.0, self.site.timezone), not_before)

        def enter(when: datetime) -> None:
            self._record(record, when)
            self._enter_drafts(drafts, done + 1, when + timedelta(minutes=MINUTES_PER_FORM))

        self.stage.later(when, self.person.number, enter)

    def enroll(self, when: datetime) -> None:
        today = self._today(when)
        if self.perform(Enroll(self.person.id, today.isoformat()), when) is None:
            self.stage.count("not eligible")
            return
        self.stage.count("enrolled")
        self.person.learn(enrolled_date=today)
        self._before_allocation(self._visits_between(), when + timedelta(minutes=10))

    def _visits_between(self) -> list[tuple[Visit, date]]:
        """Visits after the assessment of eligibility, up to the one at whose end participants are randomized."""
        due: list[tuple[Visit, date]] = []
        for visit in self.plan.visits_before_allocation:
            anchor = self._anchor(visit)
            if anchor is not None:
                due.append((visit, visit_day(anchor, planned_days(visit)[0], visit, 0.5)))
        return due

    def _before_allocation(self, due: list[tuple[Visit, date]], not_before: datetime) -> None:
        if not due:
            self.stage.later(not_before, self.person.number, self.allocate)
            return
        (visit, day), rest = due[0], due[1:]
        when = max(at_office(working_day(day), 1.0, self.site.timezone), not_before)
        self.stage.later(
            when,
            self.person.number,
            lambda now: self._visit(visit, 1, self._today(now), now, lambda then: self._before_allocation(rest, then)),
        )

    def allocate(self, when: datetime) -> None:
        today = self._today(when)
        act: Randomize | RecordAllocation = Randomize(self.person.id, today.isoformat())
        recorded = self.plan.recorded_arms
        if recorded is not None:
            arm = self.person.stream.child("arm").choice(0, list(recorded), p=list(recorded.values()))
            act = RecordAllocation(self.person.id, today.isoformat(), arm, source=self._say("source"))
        receipt = self.perform(act, when)
        if receipt is None:
            return
        arm = self.plan.arm_of(receipt, self.person.id) if recorded is None else arm
        self.stage.count("randomized")
        self.stage.count(f"arm {arm}")
        self.person.learn(randomized_date=today, arm=arm)
        self._lay_out(today, arm)

    # After allocation --------------------------------------------------------------------------------------------

    def _lay_out(self, start: date, arm: str) -> None:
        """Everything that lies ahead: outcomes, leaving, visits, mishaps."""
        scenario, stream = self.plan.scenario, self.person.stream
        told = self.person.says
        strikes = draw_strikes(scenario.outcomes, arm, stream.child("outcomes"), lambda rule: told(rule) is True)
        dated = [(o, start + timedelta(days=max(1, round(d)))) for o, d in strikes if d < 36525]
        self.end = min([self.plan.until, *(day for outcome, day in dated if outcome.ends)])
        leaving = self._leaving(start)
        if leaving is not None and leaving[1] != "treatment":
            self.end, self.limit = min(self.end, leaving[0]), min(self.limit, leaving[0])
        entries = [
            self._outcome(outcome, day, number) for number, (outcome, day) in enumerate(dated) if day <= self.end
        ]
        for visit in self.plan.visits_after_allocation:
            entries += self._visits(visit)
        entries += self._doses(start, arm)
        self._lay_in_order(entries)
        if leaving is not None and leaving[0] <= self.end:
            self._lay_leaving(*leaving)
        lay_deviation(self, start)
        lay_wrong_stratum(self, start)

    def _lay_in_order(self, entries: list[_Entry]) -> None:
        """Entries in the order in which things happened: what is late holds up what came after it."""
        latest: datetime | None = None
        for entry in sorted(entries, key=lambda e: e.day):
            when = at_office(working_day(entry.day + timedelta(days=entry.delay)), entry.hour, self.site.timezone)
            if latest is not None and when < latest:
                when = latest
                if when.astimezone(self.zone).hour >= LAST_HOUR:
                    when = at_office(working_day(self._today(when) + timedelta(days=1)), 0.5, self.site.timezone)
            self.stage.later(when, self.person.number, entry.step)
            latest = when + timedelta(minutes=entry.minutes)

    def _leaving(self, start: date) -> tuple[date, Extent] | None:
        """When and how far the participant withdraws."""
        monthly = bare(self.plan.scenario.withdrawal_per_month)
        if not monthly:
            return None
        stream = self.person.stream.child("withdrawal")
        days = stream.exponential(0, months_to_days(1) / monthly)
        if days > (min(self.plan.until, self._last_visit(start)) - start).days:
            return None
        extent: Extent = stream.choice(0, list(EXTENTS), p=list(EXTENTS.values()))
        return start + timedelta(days=max(1, round(days))), extent

    def _last_visit(self, start: date) -> date:
        """The last day of the last visit: who was there has completed the trial, and leaves nothing any more.

        Without a visit after the allocation, the end of follow-up.
        """
        ends = [
            anchor + timedelta(days=planned_days(visit)[-1] + visit.window.after)
            for visit in self.plan.visits_after_allocation
            if (anchor := self._anchor(visit)) is not None
        ]
        return max((end for end in ends if end > start), default=self.plan.until)

    def _lay_leaving(self, day: date, extent: Extent) -> None:
        """The last thing that is heard of somebody; who is lost is missed for some time before it is said."""
        reason = {"follow_up": "lost", "treatment": "tired", "consent": "withdrawn"}[extent]
        least, most = LOST_AFTER_DAYS if extent == "follow_up" else (0, 0)
        lot = self.person.stream.child("leaving").uniform(0)

        def leave(now: datetime) -> None:
            act = Withdraw(self.person.id, day.isoformat(), self._say(reason), extent)
            if self.perform(act, now) is not None:
                self.stage.count("withdrawn")
                self.person.learn(**{f"{name}_date": day for name in named_by_leaving(extent)})

        def write_down(now: datetime) -> None:
            place = self.plan.form_of_leaving
            if place is None or extent == "treatment":
                leave(now)
                return
            self._form((place[0], self._next(*place), place[1]), day, {}, now, leave, around={"leaving": extent})

        self.at(working_day(day + timedelta(days=round(least + lot * (most - least)))), 2.5, write_down)

    def _outcome(self, outcome: Outcome, day: date, number: int) -> _Entry:
        delay, hour = self.person.stream.child("outcome entry", outcome.id, number).uniform(0, 2).tolist()
        sets: dict[str, Distribution] = {**outcome.sets, outcome.date_item: Distribution(value=day.isoformat())}
        repeats = self.plan.protocol.visit_by_id[outcome.visit].kind == "log"

        def strike(now: datetime) -> None:
            occurrence = self._next(outcome.visit, outcome.form) if repeats else 1
            self.stage.count(f"outcome {outcome.id}")
            self._form((outcome.visit, occurrence, outcome.form), day, sets, now, lambda _: None)

        return _Entry(day, self._delay(delay), 1 + 7 * hour, MINUTES_PER_FORM, strike)

    def _doses(self, start: date, arm: str) -> list[_Entry]:
        """The doses that are recorded in a log, each on its planned day; treatment is supposed to begin a day later."""
        found = list[_Entry]()
        for dosing in self.plan.dosings.get(arm, ()):
            lots = self.person.stream.child("dose", dosing.treatment).uniform(0, 2 * len(dosing.days)).tolist()
            for number, ahead in enumerate(dosing.days):
                day = start + timedelta(days=1 + ahead)
                if start <= day <= self.end:
                    delay, hour = self._delay(lots[2 * number]), 1 + 7 * lots[2 * number + 1]
                    found.append(_Entry(day, delay, hour, MINUTES_PER_FORM, self._dose(dosing, day)))
        return found

    def _dose(self, dosing: Dosing, day: date) -> Step:
        sets = {**dosing.sets, dosing.date_item: Distribution(value=day.isoformat())}

        def give(now: datetime) -> None:
            place = (dosing.visit, self._next(dosing.visit, dosing.form), dosing.form)
            self.stage.count("doses")
            self._form(place, day, sets, now, lambda _: None)

        return give

    def _visits(self, visit: Visit) -> list[_Entry]:
        """The visits of one kind that will take place;
        those whose days a rule says are laid out on their planned days."""
        anchor = self._anchor(visit)
        if anchor is None:
            return []
        planned, found = planned_days(visit), list[_Entry]()
        lots = self.person.stream.child("visit", visit.id).uniform(0, 6 * len(planned)).tolist()
        for number, ahead in enumerate(planned, start=1):
            shift, missed, delay, hour, outside, how_far = lots[6 * number - 6 : 6 * number]
            skipped = missed < self.habits.missed_visit or (visit.optional and missed < 0.5)
            how = self.plan.visit_days.get(visit.id)
            if how is not None:
                on = anchor + timedelta(days=ahead)
                if on <= self.end and not skipped and not self._is_before_allocation(on):
                    self.at(on, 0.2, self._moved(visit, number, anchor, how, (shift, delay, hour)))
                    continue
            day = visit_day(anchor, ahead, visit, shift)
            if outside < self.habits.outside_window:
                day = outside_window(anchor, ahead, visit, how_far)
            if day > self.end or self._is_before_allocation(day):
                continue
            # Who comes on a day that the protocol does not take cannot be entered: that visit is lost to the trial.
            untaken = outside < self.habits.outside_window and self._is_refused_outside(visit)
            if skipped or untaken:
                self.stage.count("missed")
                continue
            if outside < self.habits.outside_window:
                self._outside(day, how_far)
            minutes = MINUTES_PER_FORM * len(visit.forms) + 3
            found.append(_Entry(day, self._delay(delay), 0.5 + 7 * hour, minutes, self._visit_step(visit, number, day)))
        return found

    def _is_refused_outside(self, visit: Visit) -> bool:
        return self.plan.protocol.dates.window == "refused" and "window" in visit.model_fields_set

    def _is_before_allocation(self, day: date) -> bool:
        """Whether a visit that comes after the allocation would lie before it: it cannot be held any more."""
        start: date | None = self.person.built_ins.get("randomized_date")
        return start is not None and day < start

    def _moved(
        self, visit: Visit, number: int, anchor: date, how: Distribution, lots: tuple[float, float, float]
    ) -> Step:
        """On the planned day a rule says on which day the visit takes place."""

        def decide(now: datetime) -> None:
            moment = OpenForm(None, self._today(now), visit.id, number)
            days = drawn_number(how, lots[0], lambda rule: self.person.told(rule, moment))
            if days is None:
                self.stage.count("missed")
                return
            day = working_day(anchor + timedelta(days=max(0, round(float(days)))))
            if day <= self.end:
                entry = at_office(
                    working_day(day + timedelta(days=self._delay(lots[1]))), 0.5 + 7 * lots[2], self.site.timezone
                )
                self.stage.later(entry, self.person.number, self._visit_step(visit, number, day))

        return decide

    def _outside(self, day: date, lot: float) -> None:
        self.stage.count("outside window")
        if lot < REPORTED_OUTSIDE:
            self.at(working_day(day + timedelta(days=2)), 7.2, lambda when: self.deviate("visit", "outside", when))

    def _visit_step(self, visit: Visit, number: int, day: date) -> Step:
        return lambda when: self._visit(visit, number, day, when, lambda _: None)

    def _visit(self, visit: Visit, number: int, day: date, when: datetime, then: Step) -> None:
        """All forms of a visit, one after the other, when the visit applies to this participant."""
        if visit.when is not None and self.person.says(visit.when) is not True:
            then(when)
            return
        self.stage.count("visits")
        self._forms(list(visit.forms), visit, number, day, when, then)

    def _forms(self, forms: list[str], visit: Visit, number: int, day: date, when: datetime, then: Step) -> None:
        if not forms:
            then(when)
            return
        after = lambda now: self._forms(forms[1:], visit, number, day, now, then)  # noqa: E731
        self._form((visit.id, number, forms[0]), day, {}, when, after)

    def _anchor(self, visit: Visit) -> date | None:
        names = {"consent": "consented_date", "enrollment": "enrolled_date", "randomization": "randomized_date"}
        return self.person.built_ins.get(names[visit.anchor]) if visit.anchor else None
