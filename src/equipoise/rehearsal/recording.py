"""How one participant's records come to stand in the ledger: typed late and now and then wrongly, completed, corrected,
asked about.

What is on file is what the desk answered; where it was mistyped, the participant goes on with what is true. A record
may lead to others (`follows`). Queries, whoever raised them, are answered by the site, or settled by a correction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from sys import intern
from typing import Any
from typing import Protocol as Interface
from zoneinfo import ZoneInfo

from equipoise.conduct.acts import Act, AnswerQuery, CloseQuery, CorrectValue, RecordForm, ReportDeviation
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.state.query import query_name
from equipoise.design import Distribution
from equipoise.design.scenario import Follow
from equipoise.forms import Form
from equipoise.knowledge.records import RecordKey, RecordRow
from equipoise.protocol.document import Site
from equipoise.rehearsal.phrases import say
from equipoise.rehearsal.typing_errors import mistyped
from equipoise.virtual.memory import OpenForm
from equipoise.virtual.participants import Place, VirtualParticipant
from equipoise.virtual.schedule import at_office, working_day
from equipoise.virtual.trial import VirtualTrial

__all__ = ["MINUTES_PER_FORM", "Player", "Recorder", "Slip", "Stage", "Step"]

Step = Callable[[datetime], None]
MINUTES_PER_FORM = 4
_SHORT = 24
DAYS_TO_NOTICE, DAYS_TO_CLOSE = 25, 5


class Numbered(Interface):
    """Whose acts are counted under a number."""

    @property
    def number(self) -> int:
        """The number of the virtual participant."""


class Player(Interface):
    """For whom somebody at a site acts."""

    site: Site

    @property
    def person(self) -> Numbered:
        """Whose acts they are."""


class Stage(Interface):
    """What a life needs of the rehearsal around it."""

    plan: VirtualTrial

    def later(self, when: datetime, number: int, step: Step) -> None:
        """Lay a step into the calendar."""

    def perform(self, act: Act, life: Player, when: datetime) -> Receipt | None:
        """Knock at the desk as somebody who may; the receipt, or None when the desk refused."""

    def count(self, what: str, times: int = 1) -> None:
        """One more of something for the report."""

    def noted(self, life: Recorder, key: RecordKey, when: datetime) -> None:
        """A record is new at a site: the monitor may look at it."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands wrong on file, until somebody finds it: the item, and what is right."""

    item: str
    right: Any


class Recorder:
    """The records of one participant, from drawing to the last answer about them. `end`:
    nothing is observed after it."""

    def __init__(self, stage: Stage, person: VirtualParticipant) -> None:
        self.stage, self.plan, self.person = stage, stage.plan, person
        self.site = person.site
        self.zone = ZoneInfo(person.site.timezone)
        self.habits = stage.plan.habits[person.site.id]
        self.end = person.until = stage.plan.until
        self.limit = stage.plan.until
        self.slips: dict[RecordKey, Slip] = {}
        self.asked: dict[str, RecordKey | None] = {}
        self._queries = 0
        self._occurrences: dict[tuple[str, str], int] = {}

    # A form ------------------------------------------------------------------------------------------------------

    def _form(
        self,
        place: Place,
        day: date,
        sets: Mapping[str, Distribution],
        when: datetime,
        then: Step,
        *,
        around: Mapping[str, Any] | None = None,
        until: date | None = None,
    ) -> None:
        """Draw a form, enter it when its dates have come, and go on with `then` some minutes later."""
        until = until or self.end
        record = self.person.draw_form(place, day, sets=sets, around=around)
        form = self.plan.protocol.form_by_id[record.form]
        observed = date.fromisoformat(record.observed) if record.observed else day
        if observed > until:
            then(when)
            return
        needed, optional = self._dates(form, record)
        ready = max(self._today(when), min(max([observed, *needed]), until))
        held = frozenset(name for name, on in optional.items() if on > ready)
        first = record
        if held:
            first = self.person.draw_form(place, day, sets=sets, around=around, unknown=held)

        def enter(now: datetime) -> None:
            if self._record(first, now, exact=bool(sets)) and held:
                self._complete_later(first, record, max(optional[name] for name in held))
            self.stage.later(now + timedelta(minutes=MINUTES_PER_FORM), self.person.number, then)

        if ready > self._today(when):
            self.at(working_day(ready), 1.0, enter)
        else:
            enter(when)

    def _dates(self, form: Form, record: RecordRow) -> tuple[list[date], dict[str, date]]:
        """The dates of single items: those that must be there, and those that may come later."""
        needed, optional = list[date](), dict[str, date]()
        untyped = self.person.script.untyped(form.id)
        for item in form.items:
            value = record.values.get(item.id)
            if item.type != "date" or value is None or item.id in untyped:
                continue
            on = date.fromisoformat(value)
            if item.id == form.date_item or (item.required and item.required_when is None):
                needed.append(on)
            else:
                optional[item.id] = on
        return needed, optional

    def _complete_later(self, first: RecordRow, whole: RecordRow, day: date) -> None:
        """What was not known when the form was filled in is added once it is, unless nobody is there to be asked."""
        if day > self.limit:
            return
        lot = self.person.stream.child("completed", first.visit, first.occurrence, first.form).uniform(0)
        on = working_day(day + timedelta(days=self._delay(lot)))

        def complete(now: datetime) -> None:
            now_on_file = self.person.by_key[first.visit, first.occurrence, first.form]
            values = _changed(now_on_file.values, first.values, whole.values)
            groups: dict[str, list[Mapping[str, Any]]] = {
                name: [
                    _changed(row, first.groups[name][k], whole.groups[name][k])
                    if k < len(first.groups.get(name, ()))
                    else dict(row)
                    for k, row in enumerate(rows)
                ]
                for name, rows in now_on_file.groups.items()
            }
            mended = replace(now_on_file, values=values, groups=groups)
            if self._enter(mended, now, self._say("known_now")) is not None:
                self.stage.count("completed")

        self.at(on, 3.0 + 4 * lot, complete)

    def _record(self, record: RecordRow, when: datetime, *, exact: bool = False) -> bool:
        """Enter a form as somebody types it; what was mistyped is corrected some weeks later. False when it was
        refused.
        """
        typed, slip, wait = record, None, 0.0
        if not exact and "randomized_date" in self.person.built_ins:
            lots = (
                self.person.stream.child("typing", record.visit, record.occurrence, record.form).uniform(0, 2).tolist()
            )
            typed, slip = self._mistyped(record, lots[0])
            wait = lots[1]
        receipt = self._enter(typed, when)
        if receipt is None:
            return False
        self.stage.count("forms")
        said = next((e.payload for e in receipt.entries if e.kind == "form_recorded" and e.payload), None)
        if said is not None:
            typed = replace(
                typed, values=_shared(said["values"]), groups=_shared_rows(said["groups"]), observed=said["observed"]
            )
        true = typed if slip is None else replace(typed, values={**typed.values, slip.item: slip.right})
        self.person.keep(typed, true)
        key = (typed.visit, typed.occurrence, typed.form)
        if slip is not None:
            self.stage.count("typing errors")
            self.slips[key] = slip
            noticed = working_day(self._today(when) + timedelta(days=3 + int(-DAYS_TO_NOTICE * math.log(1 - wait))))
            self.at(noticed, 6.5, lambda now: self._notice_slip(key, now))
        self.stage.noted(self, key, when)
        for follow in self.plan.follows.get(typed.form, ()):
            self._follow(follow, true, when)
        return True

    def _mistyped(self, record: RecordRow, lot: float) -> tuple[RecordRow, Slip | None]:
        """The record with a slip of the hand in it, when there is one that the form lets through."""
        form = self.plan.protocol.form_by_id[record.form]
        found = mistyped(form, record.values, self.habits.typing_error, lot, self.person.script.untyped(form.id))
        if found is None:
            return record, None
        typed = replace(record, values={**record.values, found[0]: found[1]})
        if any(issue.check is None for issue in self.person.judge(typed).issues):
            return record, None
        return typed, Slip(found[0], record.values[found[0]])

    def _enter(self, record: RecordRow, when: datetime, reason: str = "") -> Receipt | None:
        """Give a page to the desk, with what it asks for confirmed; the receipt, or None."""
        untyped = self.person.script.untyped(record.form)
        reasons = dict.fromkeys(self.person.confirmations(record), self._say("confirmed"))
        act = RecordForm(
            record.participant,
            record.visit,
            record.form,
            {n: v for n, v in record.values.items() if v is not None and n not in untyped},
            {
                g: [{n: v for n, v in row.items() if v is not None and n not in untyped} for row in rows]
                for g, rows in record.groups.items()
            },
            record.occurrence,
            record.observed,
            reasons,
            reason,
        )
        return self.perform(act, when)

    def _follow(self, follow: Follow, record: RecordRow, when: datetime) -> None:
        """Lay out the record that follows this one, when the rule is true of it."""
        day = date.fromisoformat(record.observed) if record.observed else self._today(when)
        moment = OpenForm(record.form, day, record.visit, record.occurrence, values=dict(record.values))
        if follow.when is not None and self.person.told(follow.when, moment) is not True:
            return
        least, most = follow.days
        lots = self.person.stream.child("follow", follow.id, record.visit, record.occurrence).uniform(0, 2).tolist()
        day = day + timedelta(days=math.floor(least + lots[0] * (math.floor(most) - math.ceil(least) + 1)))
        if day > self.limit:
            return
        sets = {**follow.sets, follow.date_item: Distribution(value=day.isoformat())}
        around = self.person.typed(record)
        soon = when + timedelta(minutes=20)
        at = (
            max(soon, at_office(working_day(day), 2 + 5 * lots[1], self.site.timezone))
            if day > self._today(when)
            else soon
        )

        def record_it(now: datetime) -> None:
            self.stage.count("followed")
            place = (follow.visit, self._next(follow.visit, follow.form), follow.form)
            self._form(place, day, sets, now, lambda _: None, around=around, until=self.limit)

        self.stage.later(at, self.person.number, record_it)

    # Corrections and queries -------------------------------------------------------------------------------------

    def _notice_slip(self, key: RecordKey, when: datetime) -> None:
        self.mend(key, when)

    def mend(self, key: RecordKey, when: datetime) -> bool:
        """Correct what was mistyped in a record, if it still stands there."""
        slip = self.slips.pop(key, None)
        if slip is None:
            return False
        return self.correct(key, slip.item, slip.right, "mistyped", when)

    def correct(self, key: RecordKey, item: str, right: Any, why: str, when: datetime) -> bool:
        """Put another value in the place of the one on file."""
        on_file = self.person.by_key[key]
        mended = replace(on_file, values={**on_file.values, item: right})
        reasons = dict.fromkeys(self.person.confirmations(mended), self._say("confirmed"))
        act = CorrectValue(self.person.id, key[0], key[2], item, right, self._say(why), key[1], overrides=reasons)
        if self.perform(act, when) is None:
            return False
        self.stage.count("corrections")
        return True

    def deviate(self, category: str, phrase: str, when: datetime) -> None:
        """Report a deviation, its kind and what happened in the language of the site."""
        act = ReportDeviation(self.person.id, self._today(when).isoformat(), self._say(category), self._say(phrase))
        if self.perform(act, when) is not None:
            self.stage.count("deviations")

    def notice(self, receipt: Receipt, when: datetime) -> None:
        """What an act brought with it: values corrected in consequence, queries opened and closed."""
        for entry in receipt.entries:
            said = entry.payload or {}
            if entry.kind == "value_corrected":
                self.person.corrected(said)
            elif entry.kind == "query_raised" and "kept" not in said:
                key = (said["visit"], said["occurrence"], said["form"]) if said.get("form") else None
                self._asked(query_name(entry.seq), key, when, system=said.get("by") == "system")
            elif entry.kind == "query_closed":
                self.asked.pop(said["query"], None)
                self.stage.count("queries closed")

    def _asked(self, name: str, key: RecordKey | None, when: datetime, *, system: bool) -> None:
        """A query waits for the site, which answers in its own time; not after the end of the rehearsal."""
        self.stage.count("queries by checks" if system else "queries by people")
        self.asked[name] = key
        self._queries += 1
        lots = self.person.stream.child("query", self._queries).uniform(0, 2).tolist()
        days = 1 + int(-self.habits.query_days * math.log(1 - lots[0]))
        on = working_day(self._today(when) + timedelta(days=days))
        if on <= self.plan.until:
            self.at(on, 1 + 7 * lots[1], lambda now: self._answer(name, now))

    def _answer(self, name: str, when: datetime) -> None:
        if name not in self.asked:
            return
        key = self.asked[name]
        mended = key is not None and self.mend(key, when)
        if name not in self.asked:  # the correction settled it
            return
        text = self._say("answer_mended" if mended else "answer_right")
        if self.perform(AnswerQuery(self.person.id, name, text), when) is None:
            return
        self.stage.count("queries answered")
        on = working_day(self._today(when) + timedelta(days=1 + self._queries % DAYS_TO_CLOSE))
        if on <= self.plan.until:
            self.at(on, 3.0, lambda now: self._close(name, now))

    def _close(self, name: str, when: datetime) -> None:
        if name in self.asked:
            self.perform(CloseQuery(self.person.id, name, self._say("settled")), when)

    def perform(self, act: Act, when: datetime) -> Receipt | None:
        """Knock at the desk, and take notice of what the act brought with it; None when it was refused."""
        receipt = self.stage.perform(act, self, when)
        if receipt is not None:
            self.notice(receipt, when)
        return receipt

    # Small words -------------------------------------------------------------------------------------------------

    def _say(self, phrase: str) -> str:
        return say(phrase, self.person.language)

    def _today(self, when: datetime) -> date:
        return when.astimezone(self.zone).date()

    def at(self, day: date, hours: float, step: Step) -> None:
        """Lay a step into the calendar, so many hours after the site opens on that day."""
        self.stage.later(at_office(day, hours, self.site.timezone), self.person.number, step)

    def _delay(self, uniform: float) -> int:
        """Days from the event to its entry: exponential, and often the same day."""
        return int(-self.habits.late_entry_days * math.log(1 - uniform))

    def _next(self, visit: str, form: str) -> int:
        number = self._occurrences[visit, form] = self._occurrences.get((visit, form), 0) + 1
        return number


def _shared(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the ledger has them, with names and short texts that all records share."""
    return {intern(name): intern(v) if isinstance(v, str) and len(v) <= _SHORT else v for name, v in values.items()}


def _shared_rows(groups: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    return {intern(group): [_shared(row) for row in rows] for group, rows in groups.items()}


def _changed(on_file: Mapping[str, Any], first: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """What is on file, with what differs between the first drawing and the whole one."""
    return {name: whole.get(name) if first.get(name) != whole.get(name) else value for name, value in on_file.items()}
