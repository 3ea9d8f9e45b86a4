"""Randomization: arms and ratio that agree, a scheme that is possible, factors known before anybody is randomized."""

from __future__ import annotations

import math
from dataclasses import replace

from equipoise.arms import Radiotherapy
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.randomization.checking import check_scheme
from equipoise.randomization.from_spec import scheme_of
from equipoise.rules import Column
from equipoise.strata import Factor

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
                if treatment.dose.value <= 0:
                    look.add(
                        "arm.dose",
                        (*path, "dose"),
                        f"the dose is {treatment.dose.value:g}",
                        "a dose is positive",
                        "Correct it.",
                    )
            elif treatment.kind == "radiotherapy":
                if treatment.dose_gy.value <= 0 or treatment.fractions.value < 1:
                    look.add(
                        "arm.dose",
                        path,
                        f"{treatment.dose_gy.value:g} Gy in {treatment.fractions.value} fractions",
                        "dose and fractions are positive",
                        "Correct them.",
                    )
                elif not 0.5 <= treatment.dose_gy.value / treatment.fractions.value <= 34:
                    look.warn(
                        "arm.dose",
                        path,
                        f"{treatment.dose_gy.value / treatment.fractions.value:.2f} Gy per fraction",
                        "no usual course has such fractions",
                        "Look at dose and fractions again.",
                    )
                if not 1 <= treatment.fractions_per_week.value <= 21:
                    look.add(
                        "arm.dose",
                        (*path, "fractions_per_week"),
                        f"{treatment.fractions_per_week.value} fractions per week",
                        "that is no schedule",
                        "Usually 5.",
                    )
                elif treatment.days is not None:
                    _days(look, treatment, (*path, "days"))
    if (
        look.whole
        and not look.lost
        and not any(arm.role == "control" for arm in look.protocol.arms)
        and len(look.protocol.arms) > 1
    ):
        look.warn(
            "arm.no_control",
            ("arms",),
            "no arm is the control",
            "comparisons are made against it",
            "Give one arm `role: control`.",
        )


def _days(look: Inspection, course: Radiotherapy, path: tuple[str | int, ...]) -> None:
    """Whether the fractions fit into the planned overall time, counted from the first fraction to the last."""
    weeks, rest = divmod(max(course.fractions.value, 1) - 1, course.fractions_per_week.value)
    needed = 7 * weeks + min(rest, 6) + 1
    if course.days is not None and course.days.value < needed:
        look.add(
            "arm.days",
            path,
            f"{course.fractions.value} fractions in {course.days.value} days",
            f"at {course.fractions_per_week.value} a week they take at least {needed} days",
            "Correct the days, the fractions, or the fractions per week.",
        )


def check_randomization(look: Inspection, line: Timeline) -> None:
    """Ratio, scheme and factors."""
    promised = look.protocol.randomization
    arms = {arm.id for arm in look.protocol.arms}
    named = [look.refer(("randomization", "ratio", arm), arm, arms, "arm") for arm in promised.ratio.value]
    known = all(named)
    for i, arm in enumerate(look.protocol.arms):
        if arm.id not in promised.ratio.value and not look.excused(arm.id):
            look.add(
                "randomization.arm_without_share",
                ("arms", i),
                f"arm `{arm.id}` has no share in the ratio",
                "nobody would be allocated to it",
                f"Add `{arm.id}` to randomization.ratio, or remove the arm.",
            )
    declared = {factor.id: factor for factor in look.protocol.factors}
    for j, name in enumerate(promised.stratify_by.value):
        look.refer(("randomization", "stratify_by", j), name, declared, "factor")
        if name in promised.stratify_by.value[:j]:
            look.add(
                "name.duplicate",
                ("randomization", "stratify_by", j),
                f"factor `{name}` is named twice",
                "once is enough",
                "Remove one.",
            )
    point, place = _moment(look)
    columns, elsewhere = line.known_by(point, place)
    for i, factor in enumerate(look.protocol.factors):
        _factor(look, factor, i, columns, elsewhere)
        if factor.id not in promised.stratify_by.value:
            look.warn(
                "factor.unused",
                ("factors", i),
                f"factor `{factor.id}` stratifies nothing",
                "randomization.stratify_by does not name it",
                "Name it there, or remove it.",
            )
    if promised.scheme.value.kind == "recorded" and promised.blinding == "double":
        look.warn(
            "randomization.recorded_open",
            ("randomization", "blinding"),
            "the trial is double-blind, and its allocations are recorded as they were told",
            "whoever may read the ledger reads the arms",
            "Let the desk allocate, or record the arms only after the trial was unblinded.",
        )
    if promised.scheme.value.kind == "recorded" or not known:
        return
    for finding in check_scheme(scheme_of(promised), promised.stratify_by.value):
        head, *rest = finding.where.path.removeprefix("randomization.").split(".")
        where = look.positions.where("randomization", *_PLACES.get(head, ("scheme", head)), *rest)
        look.findings.append(replace(finding, where=where))
    _many_strata(look, columns)


def _moment(look: Inspection) -> tuple[float, str]:
    at = look.protocol.randomization.at
    for i, visit in enumerate(look.protocol.visits):
        if visit.id == at:
            return float(i), f"visit {at}, where participants are randomized"
    return AT_THE_CUT, "the end of the trial"


def _factor(look: Inspection, factor: Factor, i: int, columns: dict[str, Column], elsewhere: dict[str, str]) -> None:
    path = ("factors", i)
    if factor.id in elsewhere:
        look.add(
            "rule.not_yet_recorded",
            (*path, "id"),
            f"factor `{factor.id}` cannot be used for randomization",
            elsewhere[factor.id],
            "Use what is recorded by then, or define a variable with `pick`.",
        )
        return
    usable = {name: column for name, column in columns.items() if column.type in ("code", "boolean", "integer", "text")}
    if factor.id in columns and factor.id not in usable:
        look.add(
            "factor.type",
            (*path, "id"),
            f"`{factor.id}` is of type {columns[factor.id].type}",
            "strata are made of codes, truth values, whole numbers or text",
            "Define a variable that puts it into classes.",
        )
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
        look.add(
            "factor.levels",
            path,
            f"factor `{factor.id}` has no levels",
            f"`{factor.id}` is of type {column.type}, whose values are not listed anywhere",
            "List `levels: [...]`.",
        )
    for j, level in enumerate(factor.levels):
        if possible is not None and level not in possible:
            look.add(
                "rule.unknown_code",
                (*path, "levels", j),
                f"'{level}' is not a value of `{factor.id}`",
                "nobody could be in that stratum",
                f"The values are: {', '.join(sorted(possible))}.",
            )
        if level in factor.levels[:j]:
            look.add(
                "name.duplicate",
                (*path, "levels", j),
                f"level '{level}' is listed twice",
                "once is enough",
                "Remove one.",
            )
    if len(set(factor.levels)) == 1:
        look.warn(
            "factor.one_level",
            (*path, "levels"),
            f"factor `{factor.id}` has one level",
            "it divides nobody",
            "List its other levels, or remove it.",
        )


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
        look.warn(
            "randomization.many_strata",
            ("randomization", "stratify_by"),
            f"{strata} strata for {design.participants.value} participants",
            "most blocks would stay unfilled, and the arms unbalanced",
            "Use fewer factors, or minimization.",
        )
