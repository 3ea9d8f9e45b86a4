"""What a decision may look at besides the state and the act: the protocol, the clock, and the study's secret. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NoReturn

from equipoise.conduct.entries.kind import EntryKind
from equipoise.conduct.sheet import words
from equipoise.conduct.sheet.form_plan import FormPlan, plan_form
from equipoise.conduct.sheet.query_checks import QueryCheck, query_checks
from equipoise.conduct.state.built_ins import built_ins
from equipoise.conduct.state.state import Allocated, AskedAct, ParticipantState
from equipoise.forms import DATES_OF_BIRTH
from equipoise.knowledge.participant import Knowledge
from equipoise.ledger import Entry, Fact
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import participant_columns
from equipoise.rules import Column

__all__ = ["Prepared", "Setting"]


def _no_secret() -> NoReturn:
    words.refuse("desk.no_secret", "keys/allocation.key")


@dataclass(slots=True)
class Prepared:
    """What follows from the protocol alone and is worked out once."""

    plans: dict[str, FormPlan] = field(default_factory=dict)
    together: Prepared | None = None
    columns: dict[str, Column] | None = None
    birth: tuple[str, ...] | None = None
    queries: tuple[QueryCheck, ...] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """`now` is the desk's clock (UTC); `secret` opens the vault; `arm_of` opens one allocation, remembering what it
    opened.

    `around` gives an entry by its number, with all entries of its participant in order; nothing when there is none.
    `queries` gives every query of the study as its projection keeps it, by name. `kinds` declares the kinds of entries.
    `participant` gives one whom the act does not name.
    `actor` acts in `role`; `began` is the head when the turn began. `decided_again` decides what was asked for before.
    `kept_list`: the digest of the list from elsewhere that lies with the keys.
    `alone`: whether what is decided is kept at once, and not with a list. `draws`: whether chance may be asked; a dry
    run leaves it alone. `told_arm`: what a rule about a participant may
    know of an arm: `arm_of`, but only of an entry that stands (None: not known yet; it may refuse).
    `protocol` is the version that is followed here today; `united` all versions as one, and
    `newest` the study's newest, where there are several.
    """

    protocol: Protocol
    now: datetime
    secret: Callable[[], bytes] = _no_secret
    arm_of: Callable[[Allocated], str] = field(default=lambda _: _no_secret())
    prepared: Prepared = field(default_factory=Prepared)
    around: Callable[[int], Sequence[Entry]] = field(default=lambda _: ())
    queries: Callable[[], Mapping[str, Any]] = field(default=dict)
    kinds: Mapping[str, EntryKind] = field(default_factory=dict)
    draws: bool = True
    alone: bool = True
    told_arm: Callable[[Allocated], str | None] | None = None
    united: Protocol | None = None
    newest: Protocol | None = None
    actor: str = ""
    role: str = ""
    began: int = 0
    participant: Callable[[str], ParticipantState | None] = field(default=lambda _: None)
    decided_again: Callable[[AskedAct], list[Fact]] = field(default=lambda _: [])
    kept_list: Callable[[], str | None] = field(default=lambda: None)

    @property
    def study_wide(self) -> Protocol:
        """The version that the study follows: how chance is drawn is the study's, and never a site's."""
        return self.newest or self.protocol

    def over_all_versions(self) -> Setting:
        """The same, reading all versions of the protocol as one: what was recorded under any of them is known."""
        if self.united is None or self.united is self.protocol:
            return self
        if self.prepared.together is None:
            self.prepared.together = Prepared()
        return replace(self, protocol=self.united, prepared=self.prepared.together)

    def plan(self, form: str) -> FormPlan:
        """A form made ready, once; one that the version of today does not have, as earlier ones had it."""
        if form not in self.protocol.form_by_id and (over := self.over_all_versions()) is not self:
            return over.plan(form)
        plans = self.prepared.plans
        if form not in plans:
            plans[form] = plan_form(self.protocol, form, self.columns())
        return plans[form]

    def plan_with(self, form: str, item: str) -> FormPlan:
        """A form with an item that only earlier versions may have asked for."""
        plan, over = self.plan(form), self.over_all_versions()
        known = any(item in names for names in plan.names.values())
        return plan if known or over is self else over.plan(form)

    def columns(self) -> dict[str, Column]:
        """Everything that a rule about a participant may name."""
        if self.prepared.columns is None:
            self.prepared.columns = participant_columns(self.protocol)
        return self.prepared.columns

    def birth_items(self) -> tuple[str, ...]:
        """The items that ask for the date of birth."""
        if self.prepared.birth is None:
            named = (item for _, _, item in self.protocol.item_by_id.values())
            self.prepared.birth = tuple(item.id for item in named if item.cdash in DATES_OF_BIRTH)
        return self.prepared.birth

    def query_checks(self) -> tuple[QueryCheck, ...]:
        """The checks that open queries."""
        if self.prepared.queries is None:
            self.prepared.queries = query_checks(self.protocol)
        return self.prepared.queries

    def knowledge(self, person: ParticipantState) -> Knowledge:
        """What is known of a participant. Rules may know the arm in an open trial only."""
        if (over := self.over_all_versions()) is not self:
            return over.knowledge(person)
        said = person.allocation
        if said and self.protocol.randomization.blinding == "open" and "sealed" in said:
            sealed = Allocated(person.id, said["position"], said["stratum"], (), 1, said["sealed"])
            told = self.told_arm or self.arm_of
            return Knowledge(self.protocol, person.records, built_ins(person), self.columns(), lambda: told(sealed))
        return Knowledge(self.protocol, person.records, built_ins(person), self.columns(), lambda: person.recorded_arm)
