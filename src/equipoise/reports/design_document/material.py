"""What every part of the design document is made of: a page, the plan with its appraisal, and simulation results if
any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from equipoise.design.spec import Design
from equipoise.planning.appraisal import Appraisal
from equipoise.planning.attendance import Attendance
from equipoise.planning.design_plan import DesignPlan
from equipoise.planning.sizes.means import MeansPlan
from equipoise.planning.sizes.rates import RatesPlan
from equipoise.planning.sizes.survival import SurvivalPlan
from equipoise.protocol.document import Protocol
from equipoise.reports.design_document.numbers import fixed
from equipoise.reports.design_document.simulated import SimulationResults
from equipoise.reports.design_document.words import words_in
from equipoise.reports.protocol_document.blocks import Line, Paragraph, Row, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page, Register
from equipoise.reports.protocol_document.values import number, percent
from equipoise.units import months_to_days
from equipoise.wording import Language

__all__ = ["Material", "note", "paragraph", "table", "two_digits"]


@dataclass(frozen=True)
class Material:
    """One design, in one language."""

    page: Page
    plan: DesignPlan
    design: Design
    appraisal: Appraisal
    simulated: SimulationResults | None = None

    @staticmethod
    def of(
        protocol: Protocol,
        plan: DesignPlan,
        appraisal: Appraisal,
        language: Language,
        simulated: SimulationResults | None = None,
    ) -> Material:
        """An empty page beside the numbers. The protocol has a design: it has been planned."""
        assert protocol.design is not None
        page = Page(protocol, language, words_in(language, single=plan.ratio is None), Register())
        return Material(page, plan, protocol.design, appraisal, simulated)

    def say(self, key: str, **blanks: object) -> str:
        """Words with their blanks filled in."""
        return self.page.say(key, **blanks)

    @property
    def is_survival(self) -> bool:
        """Whether information is events."""
        return self.plan.kind == "time_to_event"

    @property
    def survival(self) -> SurvivalPlan | None:
        """The planned trial where it is one of survival, in time."""
        return self.plan.planned if isinstance(self.plan.planned, SurvivalPlan) else None

    @property
    def sample(self) -> RatesPlan | MeansPlan | None:
        """The planned trial where information is participants."""
        return None if isinstance(self.plan.planned, SurvivalPlan) else self.plan.planned

    @property
    def attendance(self) -> Attendance | None:
        """Who comes to the assessment and when, where information is participants and something is said of it."""
        found = self.plan.attendance
        return found if found is not None and (found.months is not None or found.arrivals is not None) else None

    @property
    def calendar(self) -> Attendance | None:
        """The same where accrual says in which month."""
        return self.attendance if self.attendance is not None and self.attendance.arrivals is not None else None

    @property
    def is_timed(self) -> bool:
        """Whether the looks have months."""
        return self.survival is not None or self.calendar is not None

    @property
    def endpoint(self) -> str:
        """The primary endpoint's name."""
        found = (e for e in self.page.protocol.endpoints if e.id == self.plan.endpoint)
        return next((self.page.words(e.label) for e in found), self.plan.endpoint)

    @property
    def sides(self) -> str:
        """One- or two-sided, in words."""
        return self.page.w[f"sides_{self.plan.boundaries.sides}"]

    @property
    def measure(self) -> str:
        """What the effect is measured by, in words."""
        design = self.design
        kind = "hazard_ratio" if design.hazard_ratio is not None else "rate" if design.rates is not None else "mean"
        return self.page.w[f"measure_{kind}"]

    @property
    def estimate(self) -> str:
        """What is estimated, and stands on a boundary, in words."""
        design = self.design
        if design.hazard_ratio is not None:
            return self.page.w["estimate_hazard_ratio"]
        if self.plan.ratio is None:
            return self.page.w["estimate_rate" if design.rates is not None else "estimate_mean"]
        by_ratio = design.rates is not None and design.rates.measure == "ratio"
        return self.page.w["estimate_ratio" if by_ratio else "estimate_difference"]

    @property
    def effect(self) -> float:
        """The assumed effect: hazard ratio, or the rate or mean of the experimental arm."""
        if self.design.hazard_ratio is not None:
            return self.design.hazard_ratio.value
        assumed = self.design.rates or self.design.means
        assert assumed is not None
        return assumed.experimental.value

    @property
    def effect_words(self) -> str:
        """The assumed effect in words."""
        if self.design.hazard_ratio is not None:
            return two_digits(self.design.hazard_ratio.value)
        if self.design.rates is not None:
            one, two = self.design.rates.experimental.value, self.design.rates.control.value
            return self.say("rates_words", experimental=percent(one), control=percent(two))
        assert self.design.means is not None
        one, two = self.design.means.experimental.value, self.design.means.control.value
        return self.say("means_words", experimental=number(one), control=number(two))

    @property
    def null_effect(self) -> float:
        """The effect of the null hypothesis, on the scale of `effect`."""
        if self.design.hazard_ratio is not None:
            return self.plan.margin
        assumed = self.design.rates or self.design.means
        assert assumed is not None
        by_ratio = self.design.rates is not None and self.design.rates.measure == "ratio"
        control = assumed.control.value
        if self.plan.ratio is None:
            return control
        return control * self.plan.margin if by_ratio else control + self.plan.margin

    def arm(self, role: str) -> str:
        """The label of the experimental or control arm; of the only arm there is."""
        arms = self.page.protocol.arms
        return self.page.words(next((a for a in arms if a.role == role), arms[0]).label)

    @property
    def ratio_words(self) -> str:
        """The allocation ratio as `2 : 1`."""
        weights = self.page.protocol.randomization.ratio.value
        ids = [next(a.id for a in self.page.protocol.arms if a.role == role) for role in ("experimental", "control")]
        return self.page.w["colon_ratio"].join(str(weights[i]) for i in ids)

    @property
    def start(self) -> tuple[date, str] | None:
        """The day on which the first scenario that says so supposes the first participant to join, and its label."""
        for scenario in self.page.protocol.scenarios:
            if "start" in scenario.model_fields_set:
                return date.fromisoformat(scenario.start), self.page.words(scenario.label)
        return None

    def date_of(self, month: float) -> str:
        """The calendar month of an expected time; empty where no start is supposed."""
        start = self.start
        if start is None:
            return ""
        day = start[0] + timedelta(days=round(months_to_days(month)))
        return f"{day:%Y}年{day.month}月" if self.page.language == "zh" else f"{day:%B %Y}"

    def marked(self, clause: Any, what: str, words: str) -> Line:
        """A value with the mark of an assumption or its source behind it."""
        return (*plain(words), *self.page.standing(clause, what, words))


def two_digits(value: float) -> str:
    """Every digit that was given, and two decimals at least: how hazard ratios and alphas are spoken of."""
    words = number(value)
    return words if len(words.partition(".")[2]) >= 2 else fixed(value, 2)


def paragraph(words: str, *more: Line) -> Paragraph:
    """A paragraph of plain words, with lines appended."""
    line = plain(words)
    for each in more:
        line = (*line, *each)
    return Paragraph(line)


def note(words: str) -> Paragraph:
    """A paragraph set small."""
    return Paragraph(plain(words), "note")


def table(
    caption: str, heads: tuple[str, ...], rows: list[tuple[str | Line, ...]], widths: tuple[int, ...] = ()
) -> TableBlock:
    """A table of words."""
    return TableBlock(caption, heads, tuple(Row(tuple(cell(one) for one in row)) for row in rows), widths, dense=True)
