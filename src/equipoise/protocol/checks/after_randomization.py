"""What is known only after randomization, where a comparison of arms would rest on it: told, not refused.

What the arms may have changed is no covariate, stratum, subgroup or population of a randomized comparison (ICH E9 5.7,
E9(R1) A.5.2), and an endpoint that names the arm is not measured alike in all of them.
"""

from __future__ import annotations

from equipoise.endpoints import kind_of
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import Timeline
from equipoise.protocol.scope import AFTER_ALLOCATION, BUILT_INS
from equipoise.rules import names_of

__all__ = ["check_after_randomization"]


def check_after_randomization(look: Inspection, line: Timeline) -> None:
    """Every endpoint, analysis and analysis set."""
    protocol = look.protocol
    late = _late(look, line)
    for i, endpoint in enumerate(protocol.endpoints):
        for use in kind_of(endpoint).uses(endpoint):
            if "arm" in names_of(use.says):
                look.warn("endpoint.names_arm", ("endpoints", i, *use.path), endpoint=endpoint.id)
    leading: dict[str, str] = {}
    for i, analysis in enumerate(protocol.analyses):
        named: list[tuple[tuple[str | int, ...], str]] = [
            (("covariates", j), name) for j, name in enumerate(analysis.covariates)
        ]
        named += [(("strata", j), name) for j, name in enumerate(analysis.strata)]
        named += [(("subgroup",), analysis.subgroup)] if analysis.subgroup is not None else []
        for path, name in named:
            if name in late:
                look.warn("analysis.after_randomization", ("analyses", i, *path), name=name, whence=line.whence[name])
        if analysis.role == "primary":
            leading.setdefault(analysis.set, analysis.id)
    for i, set_ in enumerate(protocol.sets):
        if set_.id in leading:
            for name in sorted(late.intersection(names_of(set_.rule))):
                told = {"set": set_.id, "name": name, "analysis": leading[set_.id], "whence": line.whence[name]}
                look.warn("set.after_randomization", ("sets", i, "rule"), **told)


def _late(look: Inspection, line: Timeline) -> set[str]:
    """Names that have a value only after randomization; also those that come from a log and are an endpoint's own."""
    protocol = look.protocol
    logs = {visit.id for visit in protocol.visits if visit.kind == "log"}
    used = {
        name
        for endpoint in protocol.endpoints
        for use in kind_of(endpoint).uses(endpoint)
        for name in names_of(use.says)
    }
    late = {name for name, at in line.at.items() if name not in BUILT_INS and at > line.at["randomized"]}
    late.update(AFTER_ALLOCATION)
    for name in used & protocol.variable_by_id.keys():
        pick = protocol.variable_by_id[name].pick
        if pick is None or pick.item not in protocol.item_by_id:
            continue
        form = protocol.item_by_id[pick.item][0].id
        visits = {visit.id for visit in protocol.visits if form in visit.forms}
        if visits and visits <= logs:
            late.add(name)
    return late
