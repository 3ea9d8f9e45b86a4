"""What several acts require before anything else, so that the same fault is told in the same words wherever it is met.

Each `need_` gives what was asked for or refuses; each `check_` gives back what it found in order. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.sheet.words import refuse
from equipoise.conduct.state.death import died_on
from equipoise.conduct.state.state import ParticipantState, StudyState
from equipoise.protocol.scope import factor_levels
from equipoise.strata import Factor
from equipoise.units import EARLIEST_DAY
from equipoise.visits import Visit
from equipoise.words import Phrase

__all__ = [
    "check_day",
    "check_factors",
    "check_lengths",
    "need_consent",
    "need_living",
    "need_open_site",
    "need_participant",
    "need_reason",
    "need_running",
    "need_visit",
    "shown",
    "today_at",
]

# A log has no planned number of occurrences; a number beyond this one was mistyped.
_OCCURRENCES_OF_A_LOG_MAX = 10_000
_TEXT_MAX = 20_000


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def today_at(setting: Setting, site: str | None) -> date:
    """The calendar day at a site now; for the whole study, the latest day anywhere on Earth."""
    clause = next((s for s in setting.protocol.sites if s.id == site), None)
    zone = _zone(clause.timezone) if clause else None
    if zone is None:
        return (setting.now.astimezone(UTC) + timedelta(hours=14)).date()
    return setting.now.astimezone(zone).date()


def day_of(text: str) -> date | None:
    """The day that a text names; none where there is no such day."""
    try:
        day = date.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    # One way of writing a day (not 2024-W05-4): dates are compared and replayed as they are written.
    return day if day.isoformat() == text else None


def check_day(
    setting: Setting, site: str | None, text: str, name: str, *, after: tuple[str, Phrase] | None = None
) -> str:
    """A date that exists, is not in the future, and does not precede `after` (its date and what took place on it)."""
    day = day_of(text)
    if day is None:
        refuse("date.impossible", name, name=name, day=str(text))
    if day < EARLIEST_DAY:
        refuse("date.impossible/early", name, name=name, day=text, earliest=EARLIEST_DAY.year)
    today = today_at(setting, site)
    if day > today:
        refuse("date.future", name, name=name, day=text, today=today)
    if after and after[0] and text < after[0]:
        refuse("date.order", name, name=name, day=text, event=after[1], earlier=after[0])
    return text


def check_factors(setting: Setting, factors: Mapping[str, str]) -> None:
    """Factors that the protocol declares, each at a level that it can have."""
    declared = {factor.id: factor for factor in setting.protocol.factors}
    for name, level in factors.items():
        if name not in declared:
            refuse("factor.unknown", name, name=name, factors=tuple(declared))
        levels = _levels(setting, declared[name])
        if levels and level not in levels:
            refuse("factor.level", name, name=name, level=level, levels=levels)


def _levels(setting: Setting, factor: Factor) -> tuple[str, ...]:
    """The levels that are listed, or else those that follow: the sites, the codes, true and false."""
    return factor_levels(setting.protocol, factor, setting.columns())


def need_reason(reason: str, of: Phrase) -> str:
    """A reason in words, for what is about to be done."""
    if not reason or not reason.strip():
        refuse("reason.missing", "reason", act=of)
    return reason.strip()


def shown(text: str) -> str:
    """What was typed for a name, as far as it may be told: short, and with what a terminal obeys spelled out."""
    said = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text[:40])
    return said + ("..." if len(text) > 40 else "")


def check_lengths(act: Any) -> None:
    """No text of an act is longer than somebody would write: what is kept is kept for ever, by everybody."""
    for name, text in _texts(act):
        if len(text) > _TEXT_MAX:
            refuse("text.long", name, name=name, length=len(text), most=_TEXT_MAX)
        if "\0" in text:
            refuse("text.nul", name, name=name)


def _texts(act: Any) -> Iterator[tuple[str, str]]:
    """Every text that the act's fields hold, mappings and rows gone through, each with its field."""
    for field in fields(act):
        waiting = [getattr(act, field.name)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                yield field.name, value
            elif value is None or isinstance(value, (int, float)):
                continue
            elif isinstance(value, (list, tuple)):
                waiting += value
            elif isinstance(value, Mapping):
                waiting += value.keys()
                waiting += value.values()


def need_running(state: StudyState) -> None:
    """Nothing changes in a locked study."""
    if state.locked is not None:
        refuse("study.locked", reason=state.locked)


def need_visit(setting: Setting, name: str, form: str | None, occurrence: int) -> Visit:
    """The visit, with this form among its own and this occurrence among those that it can have."""
    visit = setting.protocol.visit_by_id.get(name)
    if visit is None:
        refuse("visit.unknown", name, visit=name, visits=tuple(setting.protocol.visit_by_id))
    if form is not None and form not in visit.forms:
        refuse("visit.form_not_due", f"{name}.{form}", form=form, visit=name, forms=visit.forms)
    most = _OCCURRENCES_OF_A_LOG_MAX if visit.kind == "log" else 1
    if visit.repeat is not None:
        most = visit.repeat.value.count
    if isinstance(occurrence, bool) or not isinstance(occurrence, int) or not 1 <= occurrence <= most:
        refuse("visit.occurrence", name, visit=name, occurrence=str(occurrence), most=most)
    return visit


def need_open_site(state: StudyState, site: str) -> None:
    """New participants, consents and allocations need a site that is open."""
    status = state.sites.get(site)
    if status is None:
        refuse("site.not_open", site, site=site)
    if status == "closed":
        refuse("site.closed", site, site=site)


def need_participant(state: StudyState, participant: str) -> ParticipantState:
    """The participant, or a refusal naming it."""
    person = state.participants.get(participant)
    if person is None:
        refuse("participant.unknown", participant, participant=participant)
    return person


def need_living(setting: Setting, person: ParticipantState, day: str) -> None:
    """Nobody who had died by then, as far as the day of death is known whole, enters or is given an arm."""
    died, form = died_on(person, setting.protocol)
    if died and len(died) == len(day) and died < day:
        refuse("participant.dead", person.id, participant=person.id, died=died, form=form, day=day)


def need_consent(setting: Setting, person: ParticipantState, day: str) -> None:
    """Consent to the version in force, given and not later than `day`, and not taken back."""
    version = setting.protocol.consent_version.value
    if not person.consents:
        refuse("consent.missing", person.id, participant=person.id)
    back = [one.date for one in person.ended if one.withdrawal.extent == "consent" and one.date is not None]
    # Who took the consent back and gave it again is bound by what was given again.
    given = [on for on, of in person.consents if of == version and on >= max(back, default="")]
    if not given:
        other = person.consents[-1][1]
        refuse("consent.old_version", person.id, participant=person.id, version=version, given=other)
    if min(given) > day:
        refuse("consent.later", person.id, participant=person.id, given=min(given), day=day)
    if person.withdrew("consent"):
        refuse("consent.withdrawn", person.id, participant=person.id)
