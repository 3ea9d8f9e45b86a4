"""What a decision may look at besides the state and the act: the protocol, the clock's day, and the study's secret.

Also the refusals and guards that several acts share, so that the same fault is told in the same words. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from equipoise.conduct.sheet.form_plan import FormPlan, plan_form
from equipoise.conduct.sheet.query_checks import QueryCheck, query_checks
from equipoise.conduct.state.built_ins import built_ins
from equipoise.conduct.state.state import Allocated, ParticipantState, StudyState
from equipoise.findings import Refusal, Where, prose
from equipoise.knowledge.participant import Knowledge
from equipoise.ledger import Entry
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import participant_columns
from equipoise.rules import Column
from equipoise.strata import Factor
from equipoise.units import EARLIEST_DAY
from equipoise.visits import Visit

__all__ = [
    "Prepared",
    "Setting",
    "check_day",
    "check_factors",
    "need_consent",
    "need_open_site",
    "need_participant",
    "need_reason",
    "need_running",
    "need_visit",
    "refuse",
    "today_at",
]


def _no_secret() -> bytes:
    raise Refusal(
        prose("desk.no_secret", Where(path="keys/allocation.key"), "the study's secret is not at hand", "allocations are drawn and opened with it",
                "Restore keys/allocation.key from its own backup.")
    )  # fmt: skip


@dataclass(slots=True)
class Prepared:
    """What follows from the protocol alone and is worked out once."""

    plans: dict[str, FormPlan] = field(default_factory=dict)
    columns: dict[str, Column] | None = None
    birth: tuple[str, ...] | None = None
    queries: tuple[QueryCheck, ...] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """`now` is the desk's clock (UTC); `secret` opens the vault; `arm_of` opens one allocation, remembering what it opened.

    `around` gives an entry by its number, with all entries of its participant in order; nothing when there is none.
    `queries` gives every query of the study as its projection keeps it, by name.
    """

    protocol: Protocol
    now: datetime
    secret: Callable[[], bytes] = _no_secret
    arm_of: Callable[[Allocated], str] = field(default=lambda _: _no_secret().hex())
    prepared: Prepared = field(default_factory=Prepared)
    around: Callable[[int], Sequence[Entry]] = field(default=lambda _: ())
    queries: Callable[[], Mapping[str, Any]] = field(default=dict)

    def plan(self, form: str) -> FormPlan:
        """A form made ready, once."""
        plans = self.prepared.plans
        if form not in plans:
            plans[form] = plan_form(self.protocol, form, self.columns())
        return plans[form]

    def columns(self) -> dict[str, Column]:
        """Everything that a rule about a participant may name."""
        if self.prepared.columns is None:
            self.prepared.columns = participant_columns(self.protocol)
        return self.prepared.columns

    def birth_items(self) -> tuple[str, ...]:
        """The items that ask for the date of birth (CDASH BRTHDAT, BRTHDTC)."""
        if self.prepared.birth is None:
            named = (item for _, _, item in self.protocol.item_by_id.values())
            self.prepared.birth = tuple(item.id for item in named if item.cdash in ("BRTHDAT", "BRTHDTC"))
        return self.prepared.birth

    def query_checks(self) -> tuple[QueryCheck, ...]:
        """The checks that open queries."""
        if self.prepared.queries is None:
            self.prepared.queries = query_checks(self.protocol)
        return self.prepared.queries

    def knowledge(self, person: ParticipantState) -> Knowledge:
        """What is known of a participant. Rules may know the arm in an open trial only."""
        said = person.allocation
        if said and self.protocol.randomization.blinding == "open" and "sealed" in said:
            sealed = Allocated(person.id, said["position"], said["stratum"], (), 1, said["sealed"])
            return Knowledge(
                self.protocol, person.records, built_ins(person), self.columns(), lambda: self.arm_of(sealed)
            )
        return Knowledge(self.protocol, person.records, built_ins(person), self.columns(), lambda: person.recorded_arm)


def refuse(code: str, what: str, why: str, mend: str, path: str = "") -> NoReturn:
    """Raise a Refusal with one Finding."""
    raise Refusal(prose(code, Where(path=path), what, why, mend))


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


def check_day(setting: Setting, site: str | None, text: str, name: str, *, after: tuple[str, str] | None = None) -> str:
    """A date that exists, is not in the future, and does not precede `after` (its date and its words)."""
    try:
        day = date.fromisoformat(text)
    except (ValueError, TypeError):
        day = None
    # One way of writing a day (not 2024-W05-4): dates are compared and replayed as they are written.
    if day is None or day.isoformat() != text:
        refuse(
            "date.impossible",
            f"{name} `{text}` is not a date",
            "there is no such day",
            "Enter it as in 2024-06-30.",
            name,
        )
    if day < EARLIEST_DAY:
        what, why = f"{name} {text} is impossible", f"nobody in a trial was alive before {EARLIEST_DAY.year}"
        refuse("date.impossible", what, why, "Correct the year.", name)
    if day > today_at(setting, site):
        refuse(
            "date.future",
            f"{name} {text} is in the future",
            f"today is {today_at(setting, site)} there",
            "Correct the date.",
            name,
        )
    if after and after[0] and text < after[0]:
        refuse(
            "date.order",
            f"{name} {text} is before {after[1]} ({after[0]})",
            "the one cannot come before the other",
            "Correct the date that is wrong.",
            name,
        )
    return text


def check_factors(setting: Setting, factors: Mapping[str, str]) -> None:
    """Factors that the protocol declares, each at a level that it can have."""
    declared = {factor.id: factor for factor in setting.protocol.factors}
    for name, level in factors.items():
        if name not in declared:
            refuse(
                "factor.unknown",
                f"there is no factor {name}",
                f"the factors are {', '.join(declared) or 'none'}",
                "Choose one of these.",
                name,
            )
        levels = _levels(setting, declared[name])
        if levels and level not in levels:
            refuse(
                "factor.level",
                f"{name} cannot be {level}",
                f"its levels are {', '.join(levels)}",
                "Choose one of these.",
                name,
            )


def _levels(setting: Setting, factor: Factor) -> tuple[str, ...]:
    """The levels that are listed, or else those that follow: the sites, the codes, true and false."""
    if factor.levels:
        return factor.levels
    if factor.id == "site":
        return tuple(site.id for site in setting.protocol.sites)
    column = setting.columns().get(factor.id)
    if column is None:
        return ()
    return ("true", "false") if column.type == "boolean" else tuple(sorted(column.codes or ()))


def need_reason(reason: str, of: str) -> str:
    """A reason in words."""
    if not reason or not reason.strip():
        refuse(
            "reason.missing",
            f"{of} needs a reason",
            "whoever reads the record later must understand it",
            "Say why.",
            "reason",
        )
    return reason.strip()


def need_running(state: StudyState) -> None:
    """Nothing changes in a locked study."""
    if state.locked is not None:
        refuse(
            "study.locked",
            "the study is locked",
            f"it was locked: {state.locked}",
            "Ask who may unlock it, with a reason.",
        )


def need_visit(setting: Setting, name: str, form: str | None, occurrence: int) -> Visit:
    """The visit, with this form among its own and this occurrence among those that it can have."""
    visit = setting.protocol.visit_by_id.get(name)
    if visit is None:
        refuse(
            "visit.unknown",
            f"there is no visit {name}",
            f"the visits are {', '.join(setting.protocol.visit_by_id)}",
            "Choose one of these.",
            name,
        )
    if form is not None and form not in visit.forms:
        refuse(
            "visit.form_not_due",
            f"form {form} does not belong to visit {name}",
            f"its forms are {', '.join(visit.forms) or 'none'}",
            "Choose one of these, or another visit.",
            f"{name}.{form}",
        )
    most = visit.repeat.value.count if visit.repeat is not None else 10_000 if visit.kind == "log" else 1
    if isinstance(occurrence, bool) or not isinstance(occurrence, int) or not 1 <= occurrence <= most:
        refuse(
            "visit.occurrence",
            f"visit {name} has no occurrence {occurrence}",
            f"its occurrences are 1 to {most}",
            "Correct the number.",
            name,
        )
    return visit


def need_open_site(state: StudyState, site: str) -> None:
    """New participants, consents and allocations need a site that is open."""
    status = state.sites.get(site)
    if status is None:
        refuse("site.not_open", f"site {site} is not open", "nobody opened it", "Open the site first.", site)
    if status == "closed":
        refuse(
            "site.closed",
            f"site {site} is closed",
            "it was closed to new participants",
            "Use a site that is open, or open it again.",
            site,
        )


def need_participant(state: StudyState, participant: str) -> ParticipantState:
    """The participant, or a refusal naming it."""
    person = state.participants.get(participant)
    if person is None:
        refuse(
            "participant.unknown",
            f"there is no participant {participant}",
            "nobody was screened under this number",
            "Check the number, or screen first.",
            participant,
        )
    return person


def need_consent(setting: Setting, person: ParticipantState, day: str) -> None:
    """Consent to the version in force, given and not later than `day`, and not taken back."""
    version = setting.protocol.consent_version.value
    where = person.id
    if not person.consents:
        refuse(
            "consent.missing",
            f"{person.id} has not consented",
            "nothing may be done to a person without consent",
            "Record the consent first.",
            where,
        )
    given = [on for on, of in person.consents if of == version]
    if not given:
        why = f"version {version} is in force, and the consent was to {person.consents[-1][1]}"
        refuse(
            "consent.old_version",
            f"{person.id} consented to another version",
            why,
            "Ask for consent to the version in force.",
            where,
        )
    if min(given) > day:
        refuse(
            "consent.later",
            f"the consent of {person.id} ({min(given)}) is later than {day}",
            "consent comes first",
            "Correct the date that is wrong.",
            where,
        )
    if any(extent == "consent" for _, extent in person.withdrawals):
        refuse(
            "consent.withdrawn",
            f"{person.id} took the consent back",
            "nothing more may be done or recorded",
            "Leave the record as it is.",
            where,
        )
