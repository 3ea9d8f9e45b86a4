"""What goes wrong now and then: a deviation, a factor that was not true, somebody who comes to a second site.

Each is reported as the rules ask: nothing is undone. Knows nothing of how often: that is the site's habit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from equipoise.conduct.acts import RecordTrueStratum, ReportDeviation, Screen
from equipoise.conduct.folder.identifying import rehearsed_mark
from equipoise.forms import Item
from equipoise.knowledge.records import RecordKey
from equipoise.protocol.document import Site
from equipoise.rehearsal.phrases import say
from equipoise.rehearsal.recording import Recorder, Stage
from equipoise.virtual.people import language_of
from equipoise.virtual.schedule import at_office, working_day
from equipoise.virtual.screening import unmet_criteria
from equipoise.virtual.script import items_behind

__all__ = ["SecondScreening", "identity_of", "lay_deviation", "lay_wrong_stratum"]


def lay_deviation(life: Recorder, start: date) -> None:
    """A deviation in the first months, for some: of a dose only where the protocol plans any."""
    lots = life.person.stream.child("deviation").uniform(0, 3)
    if lots[0] < life.habits.deviation:
        day = working_day(start + timedelta(days=7 + int(200 * lots[1])))
        if day <= life.end:
            dosed = any(arm.regimen for arm in life.plan.protocol.arms)
            category, phrase = ("treatment", "late") if dosed and lots[2] < 0.5 else ("visit", "outside")
            life.at(day, 7.5, lambda when: life.deviate(category, phrase, when))


def lay_wrong_stratum(life: Recorder, start: date) -> None:
    """For some, a value behind a factor is found some weeks later to have been another."""
    lots = life.person.stream.child("wrong stratum").uniform(0, 2)
    if lots[0] < life.habits.wrong_stratum:
        day = working_day(start + timedelta(days=10 + int(120 * lots[1])))
        if day <= life.end:
            life.at(day, 5.5, lambda when: _find_wrong(life, when))


@dataclass(frozen=True, slots=True)
class _Other:
    """A value on file that might have been another, and the factors as they then would be."""

    key: RecordKey
    item: str
    value: Any
    factors: dict[str, str]


def _find_wrong(life: Recorder, when: datetime) -> None:
    """Correct the value and record the true factors; nothing where no other value could be."""
    found = list(_others(life))
    if not found:
        return
    other = found[int(life.person.stream.child("wrong value").uniform(0) * len(found))]
    if not life.correct(other.key, other.item, other.value, "misread", when):
        return
    act = RecordTrueStratum(life.person.id, other.factors, say("stratum", life.person.language))
    later = when + timedelta(minutes=12)
    life.stage.later(later, life.person.number, lambda now: _say_true(life, act, now))


def _say_true(life: Recorder, act: RecordTrueStratum, when: datetime) -> None:
    if life.perform(act, when) is not None:
        life.stage.count("wrong strata")


def _others(life: Recorder) -> Iterator[_Other]:
    """Single values behind the factors, each with another that the form and the criteria would have let in."""
    person, protocol = life.person, life.plan.protocol
    factors = protocol.randomization.stratify_by.value
    before = {name: person.view()[name] for name in factors}
    names = sorted(items_behind(protocol, factors) & person.script.bare)
    for name in names:
        form, _, item = protocol.item_by_id[name]
        on_file = next((r for r in person.records if r.form == form.id), None)
        if on_file is None or on_file.values.get(name) is None or name in person.script.untyped(form.id):
            continue
        key = (on_file.visit, on_file.occurrence, on_file.form)
        for value in _values(life, item):
            if value == on_file.values[name]:
                continue
            mended = replace(on_file, values={**on_file.values, name: value})
            judged = person.judge(mended)
            if any(issue.check is None for issue in judged.issues):
                continue
            person.replace(on_file, replace(mended, values=judged.values))
            after = {factor: person.view()[factor] for factor in factors}
            fits = None not in after.values() and not unmet_criteria(life.plan, person)
            person.replace(person.by_key[key], on_file)
            changed = {factor: _level(after[factor]) for factor in factors if after[factor] != before[factor]}
            if fits and changed:
                yield _Other(key, name, value, changed)


def _values(life: Recorder, item: Item) -> list[Any]:
    codelist = life.plan.protocol.codelist_by_id.get(item.codelist or "")
    if codelist is not None:
        return [code.code for code in codelist.codes]
    return [True, False] if item.type == "boolean" else []


def _level(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def identity_of(study: str, seed: int, number: int) -> str:
    """The mark of an invented person, made as the system makes it, by the key that rehearsals have."""
    return rehearsed_mark(study, seed, number)


@dataclass(frozen=True, slots=True)
class _Number:
    number: int


class SecondScreening:
    """The same person at another site: screened there, found to have been screened before, and nothing else is done."""

    def __init__(
        self, stage: Stage, number: int, name: str, site: Site, identity_hash: str, known: Callable[[], bool]
    ) -> None:
        self.stage, self.site, self.name, self.identity_hash = stage, site, name, identity_hash
        self.known = known  # whether they were screened before
        self.person = _Number(number)  # whose acts they are

    def start(self, day: date) -> None:
        """They come on `day`."""
        self.stage.later(at_office(working_day(day), 4.0, self.site.timezone), self.person.number, self._screen)

    def _screen(self, when: datetime) -> None:
        day = when.date().isoformat()
        if when.date() > self.stage.plan.until:
            return
        again = say("twice", language_of(self.site)) if self.known() else ""
        act = Screen(self.name, self.site.id, day, self.identity_hash, again=again)
        if self.stage.perform(act, self, when) is not None and again:
            self.stage.count("duplicates")
            self.stage.later(when + timedelta(hours=1), self.person.number, self._report)

    def _report(self, when: datetime) -> None:
        text = say("twice", language_of(self.site))
        act = ReportDeviation(self.name, when.date().isoformat(), "duplicate", text)
        if self.stage.perform(act, self, when) is not None:
            self.stage.count("deviations")
