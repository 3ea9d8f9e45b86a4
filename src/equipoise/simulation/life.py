"""The course of one virtual participant through the trial, step by step, each at its own moment.

Screened, consented, assessed, enrolled or found not eligible, allocated, treated and followed up, with visits missed,
entered late or mistyped, until death, withdrawal or the end of follow-up. A step asks the desk and, when it is allowed,
lays the next one into the calendar. The arm is known from the receipt alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from typing import Protocol as Interface
from zoneinfo import ZoneInfo

from equipoise.conduct.acts.consent import Consent
from equipoise.conduct.acts.correct_value import CorrectValue
from equipoise.conduct.acts.enroll import Enroll
from equipoise.conduct.acts.randomize import Randomize
from equipoise.conduct.acts.record_allocation import RecordAllocation
from equipoise.conduct.acts.record_form import RecordForm
from equipoise.conduct.acts.report_deviation import ReportDeviation
from equipoise.conduct.acts.screen import Screen
from equipoise.conduct.acts.withdraw import Extent, Withdraw
from equipoise.design import Distribution, Outcome
from equipoise.protocol.derivation import RecordRow
from equipoise.simulation.defaults import EXTENTS
from equipoise.simulation.outcomes import draw_outcomes
from equipoise.simulation.participants import Place, VirtualParticipant
from equipoise.simulation.plan import Plan
from equipoise.simulation.schedule import at_office, planned_days, visit_day, working_day
from equipoise.simulation.screening import draw_screening
from equipoise.simulation.typing_errors import mistyped
from equipoise.units import months_to_days
from equipoise.visits import Visit
from equipoise.wording import bare

__all__ = ["Life", "Stage", "Step"]

Step = Callable[[datetime], None]
DEVIATIONS_PER_PARTICIPANT = 0.06
MINUTES_PER_FORM = 4
_WORDS = {
    "confirmed": {"en": "Confirmed against the source document", "zh": "已与原始记录核对无误"},
    "mistyped": {"en": "Typing error, corrected from the source document", "zh": "录入错误，依据原始记录更正"},
    "withdrawn": {"en": "Participant's decision", "zh": "参与者本人决定"},
    "lost": {"en": "Could not be reached any more", "zh": "失访，多次联系未果"},
    "tired": {"en": "Did not wish to go on with treatment", "zh": "不愿继续治疗"},
    "deviation": {"en": "Visit took place outside its window because of travel", "zh": "因交通原因，访视超出窗口期"},
    "late": {"en": "Dose given later than planned", "zh": "给药晚于计划时间"},
    "source": {"en": "rehearsal", "zh": "演练"},
}  # fmt: skip


class Stage(Interface):
    """What a life needs of the rehearsal around it."""

    plan: Plan

    def later(self, when: datetime, number: int, step: Step) -> None:
        """Lay a step into the calendar."""

    def perform(self, act: Any, life: Life, when: datetime) -> Any:
        """Knock at the desk as somebody who may; the receipt, or None when the desk refused."""

    def count(self, what: str) -> None:
        """One more of something for the report."""


class Life:
    """One participant's course. `started` lays the first step; every other step follows from one before."""

    def __init__(self, stage: Stage, person: VirtualParticipant) -> None:
        self.stage, self.plan, self.person = stage, stage.plan, person
        self.site = person.site
        self.zone = ZoneInfo(person.site.timezone)
        self.habits = stage.plan.habits[person.site.id]
        self.end = stage.plan.until
        self.occurrences: dict[tuple[str, str], int] = {}

    def start(self, day: date) -> None:
        """The participant arrives on `day`."""
        hour = self.person.stream.child("arrival").uniform(0)
        self._at(working_day(day), 1 + 6 * hour, self.screen)

    # Before allocation -------------------------------------------------------------------------------------------

    def screen(self, when: datetime) -> None:
        today = self._today(when)
        if today > self.plan.until:
            return
        if self._perform(Screen(self.person.id, self.site.id, today.isoformat()), when) is None:
            return
        self.stage.count("screened")
        self.person.learn(screened_date=today)
        self.stage.later(when + timedelta(minutes=35), self.person.number, self.consent)

    def consent(self, when: datetime) -> None:
        today = self._today(when)
        if self._perform(Consent(self.person.id, today.isoformat()), when) is None:
            return
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
        if self._perform(Enroll(self.person.id, today.isoformat()), when) is None:
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
        act: Any = Randomize(self.person.id, today.isoformat())
        recorded = self.plan.recorded_arms
        if recorded is not None:
            arm = self.person.stream.child("arm").choice(0, list(recorded), p=list(recorded.values()))
            act = RecordAllocation(self.person.id, today.isoformat(), arm, source=self._say("source"))
        receipt = self._perform(act, when)
        if receipt is None:
            return
        arm = self.plan.arm_of(receipt, self.person.id) if recorded is None else arm
        self.stage.count("randomized")
        self.stage.count(f"arm {arm}")
        self.person.learn(randomized_date=today, arm=arm)
        self._lay_out(today, arm)

    # After allocation --------------------------------------------------------------------------------------------

    def _lay_out(self, start: date, arm: str) -> None:
        """Everything that lies ahead: outcomes, leaving, visits, a deviation."""
        scenario, stream = self.plan.scenario, self.person.stream
        told = self.person.says
        struck = draw_outcomes(scenario.outcomes, arm, stream.child("outcomes"), lambda rule: told(rule) is True)
        days = {name: start + timedelta(days=max(1, round(d))) for name, d in struck.items() if d < 36525}
        self.end = min([self.plan.until, *(days[o.id] for o in scenario.outcomes if o.ends and o.id in days)])
        leaving = self._leaving(start)
        if leaving is not None and leaving[1] != "treatment":
            self.end = min(self.end, leaving[0])
        for outcome in scenario.outcomes:
            if outcome.id in days and days[outcome.id] <= self.end:
                self._lay_outcome(outcome, days[outcome.id])
        if leaving is not None and leaving[0] <= self.end:
            self._lay_leaving(*leaving)
        for visit in self.plan.visits_after_allocation:
            self._lay_visit(visit)
        lots = stream.child("deviation").uniform(0, 3)
        if lots[0] < DEVIATIONS_PER_PARTICIPANT:
            day = working_day(start + timedelta(days=7 + int(200 * lots[1])))
            if day <= self.end:
                which = "late" if lots[2] < 0.5 else "deviation"
                self._at(day, 7.5, lambda when: self._deviation(which, when))

    def _leaving(self, start: date) -> tuple[date, Extent] | None:
        """When and how far the participant withdraws."""
        monthly = bare(self.plan.scenario.withdrawal_per_month)
        if not monthly:
            return None
        stream = self.person.stream.child("withdrawal")
        days = stream.exponential(0, months_to_days(1) / monthly)
        if days > (self.plan.until - start).days:
            return None
        extent: Extent = stream.choice(0, list(EXTENTS), p=list(EXTENTS.values()))
        return start + timedelta(days=max(1, round(days))), extent

    def _lay_leaving(self, day: date, extent: Extent) -> None:
        when, reason = working_day(day), {"follow_up": "lost", "treatment": "tired", "consent": "withdrawn"}[extent]

        def leave(now: datetime) -> None:
            act = Withdraw(self.person.id, day.isoformat(), self._say(reason), extent)
            if self._perform(act, now) is not None:
                self.stage.count("withdrawn")
                self.person.learn(withdrawn_date=day)

        def write_down(now: datetime) -> None:
            place = self.plan.form_of_leaving
            if place is None or extent == "treatment":
                leave(now)
                return
            self._form((place[0], self._next(*place), place[1]), day, {}, now, leave)

        self._at(when, 2.5, write_down)

    def _lay_outcome(self, outcome: Outcome, day: date) -> None:
        delay, hour = self.person.stream.child("outcome entry", outcome.id).uniform(0, 2).tolist()
        sets: dict[str, Distribution] = {**outcome.sets, outcome.date_item: Distribution(value=day.isoformat())}
        repeats = self.plan.protocol.visit_by_id[outcome.visit].kind == "log"

        def strike(now: datetime) -> None:
            number = self._next(outcome.visit, outcome.form) if repeats else 1
            self.stage.count(f"outcome {outcome.id}")
            self._form((outcome.visit, number, outcome.form), day, sets, now, lambda _: None)

        self._at(working_day(day + timedelta(days=self._delay(delay))), 1 + 7 * hour, strike)

    def _lay_visit(self, visit: Visit) -> None:
        anchor = self._anchor(visit)
        if anchor is None:
            return
        planned = planned_days(visit)
        lots = self.person.stream.child("visit", visit.id).uniform(0, 4 * len(planned)).tolist()
        for number, ahead in enumerate(planned, start=1):
            shift, missed, delay, hour = lots[4 * number - 4 : 4 * number]
            day = visit_day(anchor, ahead, visit, shift)
            if day > self.end:
                continue
            if missed < self.habits.missed_visit or (visit.optional and missed < 0.5):
                self.stage.count("missed")
                continue
            entry = working_day(day + timedelta(days=self._delay(delay)))
            self._at(entry, 0.5 + 7 * hour, self._visit_step(visit, number, day))

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

    def _form(self, place: Place, day: date, sets: Mapping[str, Distribution], when: datetime, then: Step) -> None:
        """Draw a form, enter it when its date has come, and go on with `then` some minutes later."""
        record = self.person.draw_form(place, day, sets=sets)
        observed = date.fromisoformat(record.observed) if record.observed else day
        if observed > self.end:
            then(when)
            return

        def enter(now: datetime) -> None:
            self._record(record, now, exact=bool(sets))
            self.stage.later(now + timedelta(minutes=MINUTES_PER_FORM), self.person.number, then)

        if observed > self._today(when):
            self._at(working_day(observed), 1.0, enter)
        else:
            enter(when)

    # At the desk -------------------------------------------------------------------------------------------------

    def _record(self, record: RecordRow, when: datetime, *, exact: bool = False) -> None:
        """Enter a form as somebody types it; what was mistyped is corrected some weeks later."""
        values = dict(record.values)
        lot = 1.0
        slip = None
        if not exact and "randomized_date" in self.person.built_ins:
            lot, wait = (
                self.person.stream.child("typing", record.visit, record.occurrence, record.form).uniform(0, 2).tolist()
            )
            slip = mistyped(self.plan.protocol.form_by_id[record.form], values, self.habits.typing_error, lot)
        right = values[slip[0]] if slip is not None else None
        if slip is not None:
            values[slip[0]] = slip[1]
        typed = RecordRow(
            record.participant,
            record.visit,
            record.occurrence,
            record.form,
            record.observed,
            record.seq,
            values,
            record.groups,
        )
        reasons = dict.fromkeys(self.person.confirmations(typed), self._say("confirmed"))
        computed = self.plan.computed[record.form]
        act = RecordForm(
            record.participant, record.visit, record.form,
            {n: v for n, v in values.items() if v is not None and n not in computed},
            {g: [{n: v for n, v in row.items() if v is not None and n not in computed} for row in rows] for g, rows in record.groups.items()},
            record.occurrence, record.observed, reasons,
        )  # fmt: skip
        if self._perform(act, when) is None:
            return
        self.stage.count("forms")
        self.person.keep(typed)
        if slip is not None:
            self.stage.count("typing errors")
            later = working_day(self._today(when) + timedelta(days=3 + int(-25 * math.log(1 - wait))))
            self._at(later, 6.5, lambda now: self._correct(typed, slip[0], right, now))

    def _correct(self, typed: RecordRow, item: str, right: Any, when: datetime) -> None:
        values = dict(typed.values) | {item: right}
        mended = RecordRow(
            typed.participant,
            typed.visit,
            typed.occurrence,
            typed.form,
            typed.observed,
            typed.seq,
            values,
            typed.groups,
        )
        reasons = dict.fromkeys(self.person.confirmations(mended), self._say("confirmed"))
        act = CorrectValue(
            typed.participant,
            typed.visit,
            typed.form,
            item,
            right,
            self._say("mistyped"),
            typed.occurrence,
            overrides=reasons,
        )
        if self._perform(act, when) is not None:
            self.stage.count("corrections")
            self.person.replace(typed, mended)

    def _deviation(self, which: str, when: datetime) -> None:
        category = "dosing" if which == "late" else "visit"
        act = ReportDeviation(self.person.id, self._today(when).isoformat(), category, self._say(which))
        if self._perform(act, when) is not None:
            self.stage.count("deviations")

    def _perform(self, act: Any, when: datetime) -> Any:
        return self.stage.perform(act, self, when)

    # Small words -------------------------------------------------------------------------------------------------

    def _say(self, word: str) -> str:
        return _WORDS[word][self.person.language]

    def _today(self, when: datetime) -> date:
        return when.astimezone(self.zone).date()

    def _at(self, day: date, hours: float, step: Step) -> None:
        self.stage.later(at_office(day, hours, self.site.timezone), self.person.number, step)

    def _delay(self, uniform: float) -> int:
        """Days from the event to its entry: exponential, and often the same day."""
        return int(-self.habits.late_entry_days * math.log(1 - uniform))

    def _next(self, visit: str, form: str) -> int:
        number = self.occurrences[visit, form] = self.occurrences.get((visit, form), 0) + 1
        return number

    def _anchor(self, visit: Visit) -> date | None:
        names = {"consent": "consented_date", "enrollment": "enrolled_date", "randomization": "randomized_date"}
        return self.person.built_ins.get(names[visit.anchor]) if visit.anchor else None
