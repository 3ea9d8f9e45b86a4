"""Randomization: arms and ratio that agree, a scheme that is possible, factors known before anybody is randomized."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from equipoise.arms import Radiotherapy
from equipoise.numerals import amount_text
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.protocol.words import phrase
from equipoise.randomization.checking import check_scheme
from equipoise.randomization.from_spec import scheme_of
from equipoise.rules import Column
from equipoise.strata import Factor
from equipoise.words import Phrase

__all__ = ["check_arms", "check_randomization"]

# Where the engine's names for parts of a scheme stand in the protocol.
_PLACES = {"block_sizes": ("scheme", "sizes"), "ratio": ("ratio",), "factors": ("stratify_by",)}


def check_arms(look: Inspection) -> None:
    """Every arm and its regimen."""
    for i, arm in enumerate(look.protocol.arms):
        for j, treatment in enumerate(arm.regimen):
            path = ("arms", i, "regimen", j)
            if treatment.kind == "drug":
                check_unit(look, treatment.unit, (*path, "unit"))
                if treatment.dose is not None and not 0 < treatment.dose.value < math.inf:
                    look.add("arm.dose", (*path, "dose"), dose=treatment.dose.value)
            elif treatment.kind == "radiotherapy":
                _course(look, treatment, path)
    if (
        look.whole
        and not look.lost
        and not any(arm.role == "control" for arm in look.protocol.arms)
        and len(look.protocol.arms) > 1
    ):
        look.warn("arm.no_control", ("arms",))


def _course(look: Inspection, course: Radiotherapy, path: tuple[str | int, ...]) -> None:
    """Dose, fractions and weeks of a radiotherapy."""
    gray, fractions, weekly = course.dose_gy.value, course.fractions.value, course.fractions_per_week.value
    if gray <= 0 or fractions < 1:
        look.add("arm.dose/course", path, gray=gray, fractions=fractions)
    elif not 0.5 <= gray / fractions <= 34:
        look.warn("arm.dose/fraction", path, gray=amount_text(gray / fractions, worked_out=True))
    if not 1 <= weekly <= 21:
        look.add("arm.dose/schedule", (*path, "fractions_per_week"), weekly=weekly)
    elif course.days is not None:
        _days(look, course, (*path, "days"))


def _days(look: Inspection, course: Radiotherapy, path: tuple[str | int, ...]) -> None:
    """Whether the fractions fit into the planned overall time, counted from the first fraction to the last."""
    weeks, rest = divmod(max(course.fractions.value, 1) - 1, course.fractions_per_week.value)
    needed = 7 * weeks + min(rest, 6) + 1
    if course.days is not None and course.days.value < needed:
        look.add(
            "arm.days",
            path,
            days=course.days.value,
            fractions=course.fractions.value,
            weekly=course.fractions_per_week.value,
            needed=needed,
        )


def check_randomization(look: Inspection, line: Timeline) -> None:
    """Ratio, scheme and factors."""
    promised = look.protocol.randomization
    arms = {arm.id for arm in look.protocol.arms}
    named = [look.refer(("randomization", "ratio", arm), arm, arms, "arm") for arm in promised.ratio.value]
    known = all(named)
    for i, arm in enumerate(look.protocol.arms):
        if arm.id not in promised.ratio.value and not look.excused(arm.id):
            look.add("randomization.arm_without_share", ("arms", i), arm=arm.id)
    declared = {factor.id: factor for factor in look.protocol.factors}
    for j, name in enumerate(promised.stratify_by.value):
        look.refer(("randomization", "stratify_by", j), name, declared, "factor")
        if name in promised.stratify_by.value[:j]:
            look.add("name.duplicate/factor", ("randomization", "stratify_by", j), factor=name)
    point, place = _moment(look)
    columns, elsewhere = line.known_by(point, place)
    for i, factor in enumerate(look.protocol.factors):
        _factor(look, factor, i, columns, elsewhere)
        if factor.id not in promised.stratify_by.value:
            look.warn("factor.unused", ("factors", i), factor=factor.id)
    if promised.scheme.value.kind == "recorded" and promised.blinding == "double":
        look.warn("randomization.recorded_open", ("randomization", "blinding"))
    if promised.scheme.value.kind == "recorded" or not known:
        return
    for finding in check_scheme(scheme_of(promised), promised.stratify_by.value):
        head, *rest = finding.where.path.removeprefix("randomization.").split(".")
        where = look.positions.where("randomization", *_PLACES.get(head, ("scheme", head)), *rest)
        look.findings.append(replace(finding, where=where))
    _many_strata(look, columns)


def _moment(look: Inspection) -> tuple[float, Phrase]:
    at = look.protocol.randomization.at
    for i, visit in enumerate(look.protocol.visits):
        if visit.id == at:
            return float(i), phrase("place.randomization", visit=at)
    return AT_THE_CUT, phrase("place.end")


def _factor(
    look: Inspection, factor: Factor, i: int, columns: dict[str, Column], elsewhere: Mapping[str, Phrase]
) -> None:
    path = ("factors", i)
    if factor.id in elsewhere:
        look.add("rule.not_yet_recorded/factor", (*path, "id"), factor=factor.id, why=elsewhere[factor.id])
        return
    usable = {name: column for name, column in columns.items() if column.type in ("code", "boolean", "integer", "text")}
    if factor.id in columns and factor.id not in usable:
        look.add("factor.type", (*path, "id"), factor=factor.id, type=columns[factor.id].type)
        return
    if not look.refer((*path, "id"), factor.id, usable, "item, variable or built-in"):
        return
    column = columns[factor.id]
    possible = (
        column.codes if column.codes is not None else frozenset(("true", "false")) if column.type == "boolean" else None
    )
    if factor.id == "site":
        possible = frozenset(site.id for site in look.protocol.sites)
    if possible is None and not factor.levels and column.type != "code":  # an unknown codelist has its own Finding
        look.add("factor.levels", path, factor=factor.id, type=column.type)
    _levels(look, factor, path, possible)


def _levels(look: Inspection, factor: Factor, path: tuple[str | int, ...], possible: frozenset[str] | None) -> None:
    for j, level in enumerate(factor.levels):
        if possible is not None and level not in possible:
            look.add("rule.unknown_code/level", (*path, "levels", j), level=level, factor=factor.id, values=possible)
        if level in factor.levels[:j]:
            look.add("name.duplicate/level", (*path, "levels", j), level=level)
    if len(set(factor.levels)) == 1:
        look.warn("factor.one_level", (*path, "levels"), factor=factor.id)


def _many_strata(look: Inspection, columns: dict[str, Column]) -> None:
    """Therneau 1993: with more strata than about half the participants per block, stratification stops balancing."""
    promised = look.protocol.randomization
    design = look.protocol.design
    if promised.scheme.value.kind != "permuted_blocks" or design is None or design.participants is None:
        return
    counts = []
    for factor in look.protocol.factors:
        if factor.id in promised.stratify_by.value:
            codes = columns[factor.id].codes if factor.id in columns else None
            counts.append(
                len(factor.levels) or (len(look.protocol.sites) if factor.id == "site" else len(codes or ()) or 2)
            )
    strata = math.prod(counts)
    if strata * min(promised.scheme.value.sizes) > design.participants.value:
        many = design.participants.value
        look.warn("randomization.many_strata", ("randomization", "stratify_by"), strata=strata, participants=many)
