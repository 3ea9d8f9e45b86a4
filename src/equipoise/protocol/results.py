"""What the results of a trial read: the names behind its endpoints, sets, strata, criteria and tables.

Who takes such a value away takes a part of the answer away; so it is asked in one place. Knows no records.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from equipoise.arms import DrugDose, Radiotherapy
from equipoise.endpoints import kind_of
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity
from equipoise.protocol.scope import item_named, names_behind
from equipoise.rules import names_of

__all__ = ["names_of_results", "names_read"]


def names_read(protocol: Protocol, names: Iterable[str]) -> frozenset[str]:
    """The names, what they rest on, and the items that date their forms: which value is the first hangs on it."""
    behind = names_behind(protocol, names)
    named = (item_named(protocol, name) for name in behind)
    return behind | {one.form.date_item for one in named if one is not None and one.form.date_item is not None}


def names_of_results(protocol: Protocol) -> frozenset[str]:
    """Everything that a result, or who is in it, rests on."""
    return _names_of_results(ByIdentity(protocol))


@lru_cache(maxsize=64)
def _names_of_results(protocol: ByIdentity) -> frozenset[str]:
    return names_read(protocol.of, _named(protocol.of))


def _named(protocol: Protocol) -> Iterable[str]:
    for endpoint in protocol.endpoints:
        yield from kind_of(endpoint).names(endpoint)
    for population in protocol.sets:
        yield from names_of(population.rule)
    for analysis in protocol.analyses:
        yield from (*analysis.strata, *analysis.covariates)
        yield from (name for name in (analysis.by, analysis.subgroup) if name is not None)
    yield from protocol.randomization.stratify_by.value
    for criterion in protocol.eligibility.criteria if protocol.eligibility else ():
        yield from names_of(criterion.rule)
    yield from protocol.baseline
    yield from (rule.event for rule in protocol.safety_rules)
    for treatment in (treatment for arm in protocol.arms for treatment in arm.regimen):
        if isinstance(treatment, (DrugDose, Radiotherapy)) and (by := treatment.given_by) is not None:
            yield from (name for name in (by.given, by.dose, by.fractions) if name is not None)
            yield from names_of(by.when) if by.when else ()
