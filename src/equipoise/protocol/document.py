"""The whole protocol as one immutable document, combined from the vocabularies of the rooms below.

Says what a protocol may contain, not whether its names resolve: that is checked in `protocol.checking`.
The order of the sections follows SPIRIT 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, field_validator

from equipoise.arms import Arm, DoseRule
from equipoise.design import Design, Scenario
from equipoise.design.safety_clause import SafetyRule
from equipoise.eligibility import Eligibility
from equipoise.endpoints import Endpoint
from equipoise.estimands import Analysis, AnalysisSet, Estimand
from equipoise.forms import Codelist, Form, Item
from equipoise.forms.facets import Facet, facets
from equipoise.randomization.spec import Randomization
from equipoise.roles import Role
from equipoise.strata import Factor
from equipoise.variables import Variable
from equipoise.visits import DateRules, Visit
from equipoise.wording import CalendarDay, Clause, Identifier, Language, Sourced, Text, inconsistent
from equipoise.words import LANGUAGES

__all__ = ["Amendment", "Dictionaries", "Narrative", "Protocol", "Site", "StudyIdentity"]


class Amendment(Clause):
    """One change of the protocol after its first version."""

    version: str
    date: CalendarDay
    summary: Text


class StudyIdentity(Clause):
    """Identity of the study."""

    id: Identifier
    title: Text
    short: Text
    version: str
    date: CalendarDay
    phase: str | None = None
    sponsor: Text | None = None
    registrations: dict[str, str] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)
    license: str | None = None
    citation: Text | None = None
    amendments: tuple[Amendment, ...] = ()


class Dictionaries(Clause):
    """Versions of the dictionaries that the trial uses; every table prints them."""

    toxicity: Sourced[str] | None = None
    staging: Sourced[str] | None = None
    response: Sourced[str] | None = None
    coding: Sourced[str] | None = None

    def named(self) -> dict[str, str]:
        """Each dictionary that the trial names, with its version."""
        return {kind: version.value for kind in type(self).model_fields if (version := getattr(self, kind)) is not None}


class Site(Clause):
    """A place where participants are seen. `timezone` is an IANA name."""

    id: Identifier
    name: Text
    country: str
    timezone: str = "UTC"
    assumption: bool = False
    source: str | None = None


class PartOfConsent(Clause):
    """A part of the consent that can be given and taken back by itself: samples for research, say."""

    id: Identifier
    label: Text


class Narrative(Clause):
    """The parts of a protocol that are words: SPIRIT 2025 headings."""

    id: Literal[
        "background",
        "objectives",
        "setting",
        "consent",
        "harms",
        "monitoring",
        "ethics",
        "dissemination",
        "limitations",
    ]
    text: Text
    assumption: bool = False
    source: str | None = None


IdentityPart = Literal["national_id", "passport", "name", "birth_date", "sex"]
"""By what one person is told from another at screening; what is given of it is held nowhere but at the site."""


class Protocol(Clause):
    """A trial, written once."""

    equipoise: Literal[1]
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES
    study: StudyIdentity
    dictionaries: Dictionaries = Dictionaries()
    narrative: tuple[Narrative, ...] = ()
    sites: tuple[Site, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    arms: tuple[Arm, ...] = Field(min_length=1)
    dose_rules: tuple[DoseRule, ...] = ()
    codelists: tuple[Codelist, ...] = ()
    forms: tuple[Form, ...] = ()
    visits: tuple[Visit, ...] = Field(min_length=1)
    dates: DateRules = DateRules()
    variables: tuple[Variable, ...] = ()
    eligibility: Eligibility | None = None
    factors: tuple[Factor, ...] = ()
    randomization: Randomization
    endpoints: tuple[Endpoint, ...] = Field(min_length=1)
    sets: tuple[AnalysisSet, ...] = Field(min_length=1)
    estimands: tuple[Estimand, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    baseline: tuple[Identifier, ...] = ()
    design: Design | None = None
    safety_rules: tuple[SafetyRule, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    consent_version: Sourced[str] = Sourced[str](value="1.0")
    consent_parts: tuple[PartOfConsent, ...] = ()
    id_pattern: str | None = Field(default=None, min_length=1, max_length=100)
    identity: tuple[IdentityPart, ...] = ()

    _ended: Mapping[str, frozenset[str]] = PrivateAttr(default_factory=dict)

    def ended(self, kind: str) -> frozenset[str]:
        """Of several versions read as one (`versions.united`): what only earlier ones had, by kind."""
        return self._ended.get(kind, frozenset())

    def mark_ended(self, ended: Mapping[str, frozenset[str]]) -> None:
        """Say what only earlier versions had; of a protocol that was made of several, and of nothing else."""
        self._ended = dict(ended)

    def forget_what_was_worked_out(self) -> None:
        """A copy takes along what was worked out for the original: here it is worked out anew."""
        for name in ("form_by_id", "visit_by_id", "variable_by_id", "codelist_by_id", "item_by_id", "facet_by_name"):
            self.__dict__.pop(name, None)

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        if len(set(languages)) != len(languages):
            raise inconsistent("languages.twice")
        return tuple(language for language in LANGUAGES if language in languages)  # their order means nothing

    @cached_property
    def form_by_id(self) -> dict[str, Form]:
        return {form.id: form for form in self.forms}

    @cached_property
    def visit_by_id(self) -> dict[str, Visit]:
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def variable_by_id(self) -> dict[str, Variable]:
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def codelist_by_id(self) -> dict[str, Codelist]:
        return {codelist.id: codelist for codelist in self.codelists}

    @cached_property
    def item_by_id(self) -> dict[str, tuple[Form, str | None, Item]]:
        """Item id to its form, the id of its repeating group (or None) and the item; an id is unique in a study."""
        found: dict[str, tuple[Form, str | None, Item]] = {}
        for form in self.forms:
            for group, item in form.all_items():
                found.setdefault(item.id, (form, group, item))  # while a protocol is checked, a name may stand twice
        return found

    @cached_property
    def facet_by_name(self) -> dict[str, tuple[str, Facet]]:
        """The name of a facet of an item's value to the item's id and the facet; an item of that name goes before."""
        taken = {*self.item_by_id, *self.variable_by_id}
        return {
            facet.name: (item.id, facet)
            for _, _, item in self.item_by_id.values()
            for facet in facets(item)
            if facet.name not in taken
        }
