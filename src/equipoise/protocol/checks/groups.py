"""How many groups an analysis compares: those of its grouping that the rule of its set leaves somebody in.

A method that tells two groups apart is otherwise not estimated when the trial ends. Of one arm, or of what has one
value only, nothing is told apart whoever takes part, and the plan is refused. What is not settled counts as possible,
and of a grouping whose values are unknown nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from equipoise.estimands import Analysis, PlannedMethod
from equipoise.findings import Refusal
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.satisfying import (
    FormDemand,
    can_be_met,
    is_simple,
    literals_in,
    standing_for,
    truth_of,
)
from equipoise.protocol.positions import Path
from equipoise.rules import Column, names_of

__all__ = ["check_groups"]


def check_groups(
    look: Inspection, analysis: Analysis, method: PlannedMethod, path: Path, columns: Mapping[str, Column]
) -> None:
    """A Finding for an analysis that its method cannot perform on so many groups."""
    by = analysis.by
    if look.lost or not look.whole:
        return
    _alike(look, analysis, path, columns)
    if _alone(look, analysis, method, path, columns):
        return
    rules = [one.rule for one in look.protocol.sets if one.id == analysis.set]
    if by is None or not rules or not method.groups:
        return
    every = _values(look, by, columns)
    if every is None:
        return
    try:
        groups = [group for group in every if _possible(look, rules[0], by, group, columns)]
    except Refusal:  # a rule that cannot be read is told of already
        return
    facts = {"method": method.id, "set": analysis.set, "groups": groups or every}
    if any(getattr(analysis, option) for option in method.pairs_with) and len(groups) > 2:
        look.warn("analysis.groups", path, count=len(groups), **facts)
    elif len(groups) == 1:
        look.warn("analysis.groups/one", path, **facts)


def _alone(
    look: Inspection, analysis: Analysis, method: PlannedMethod, path: Path, columns: Mapping[str, Column]
) -> bool:
    """Whether it compares where there are no two groups: then that is told, and nothing else of its groups."""
    if not method.needs_groups(analysis):
        return False
    arms = [arm.id for arm in look.protocol.arms]
    if analysis.by is None and len(arms) > 1:
        look.add("analysis.by", (*path, "by"), method=method.id)
        return True
    every = arms if analysis.by is None else _values(look, analysis.by, columns)
    if every is None or len(every) != 1:
        return False
    look.add("analysis.groups/single", (*path, "method"), method=method.id, by=analysis.by or "arm", group=every[0])
    return True


def _alike(look: Inspection, analysis: Analysis, path: Path, columns: Mapping[str, Column]) -> None:
    """Covariates in which nobody differs: a model has no solution with one."""
    for place, name in enumerate(analysis.covariates):
        every = _values(look, name, columns)
        if every is not None and len(every) == 1:
            look.add("analysis.covariate", (*path, "covariates", place), covariate=name, only=every[0])


def _values(look: Inspection, by: str, columns: Mapping[str, Column]) -> list[str] | None:
    if by == "arm":
        return [arm.id for arm in look.protocol.arms]
    if by not in columns or (codes := columns[by].codes) is None:
        return None
    return sorted(codes)


def _possible(look: Inspection, rule: str, by: str, group: str, columns: Mapping[str, Column]) -> bool:
    """Whether anybody of the group can be in the set."""
    rules = {rule: True} | dict(_derived(look, rule, {by}))
    demands = [_demand(text, named) for text, named in rules.items() if is_simple(text)]
    if not is_simple(rule):  # what is not known stays open, and only what excludes the group by itself does
        return truth_of(rule)({name: group if name == by else None for name in names_of(rule)}) is not False
    texts, numbers = literals_in(rules)
    domains = {}
    for name in {name for demand in demands for name in demand.names} - {by}:
        values = standing_for(columns[name].type, columns[name].codes, texts, numbers) if name in columns else None
        if values is None:
            return True
        domains[name] = values
    return by not in {name for one in demands for name in one.names} or (
        can_be_met(demands, domains, {by: group}) is not False
    )


def _demand(rule: str, named: str | bool) -> FormDemand:
    """That the rule is true; or that the variable of that name is what its rule says."""
    truth, names = truth_of(rule), frozenset(names_of(rule))
    if isinstance(named, bool):
        return FormDemand(names, lambda values: truth(values) is True, rule)
    return FormDemand(names | {named}, lambda values: truth(values) == values[named], rule)


def _derived(look: Inspection, rule: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The rules of the true-or-false variables that a rule rests on, with their names."""
    variables = {one.id: one for one in look.protocol.variables}
    todo, seen = list(names_of(rule)), set(known)
    while todo:
        name = todo.pop()
        one = variables.get(name)
        if name in seen or one is None or one.rule is None or one.type != "boolean":
            continue
        seen.add(name)
        yield one.rule, name
        todo += names_of(one.rule)
