"""The flow of participants through the trial, in the stages of the CONSORT 2025 diagram (items 22a and 22b).

Counts only what the ledger holds: what was never recorded (who received the treatment, when no form asks) is None
and printed as "not recorded", never as zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from equipoise.analysis.selection import select
from equipoise.analysis.sets import lost_members, members, primary_analysis, primary_set
from equipoise.analysis.treated import find_treated
from equipoise.conduct.state.built_ins import NAMED_BY_EXTENT
from equipoise.findings import Refusal
from equipoise.protocol.labels import arm_order
from equipoise.rules import evaluate

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.perform import Performed
    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["estimate_flow"]


# Whoever stopped treatment and left follow-up later stands under both.
_EXTENTS = sorted(NAMED_BY_EXTENT.items())


def estimate_flow(cut: Cut, protocol: Protocol, performed: Sequence[Performed]) -> dict[str, Any]:
    """screened, not_consented, excluded with reasons, enrolled, randomized, and per arm: allocated, received,
    withdrew by extent with the reasons told, marked in error, in the set of the primary analysis, analyzed, not
    analyzed with reasons.

    Who was analyzed is who stands in the rows of the primary analysis as it was performed.
    """
    import polars as pl

    set_id = primary_set(protocol)

    people = cut.participants
    out = people.filter(~pl.col("randomized"))
    reasons, unknown = _reasons(cut, protocol)
    randomized = people.filter("randomized")
    # Whether somebody belongs to the set may have been erased: they are told as not analyzed for that reason.
    may_be = members(cut, protocol, set_id) | lost_members(cut, protocol, set_id)
    inside = people.with_columns(may_be.alias("_in")).filter("randomized")
    problems = _not_analyzed(cut, protocol, performed, inside.filter("_in")["participant"].to_list())
    present = set(randomized["arm"].drop_nulls())
    arms: list[str | None] = [a for a in arm_order(protocol, cut.arms) if a in present]
    groups = []
    for arm in arms or [None]:
        part = inside if arm is None else inside.filter(pl.col("arm") == arm)
        in_set = part.filter("_in")
        group: dict[str, Any] = {
            "arm": arm,
            "allocated": part.height,
            "received": _received(cut, protocol, arm, part),
            "withdrew": {extent: n for extent, name in _EXTENTS if (n := int(part[name].sum()))},
            "withdrew_reasons": {
                extent: counts for extent, name in _EXTENTS if (counts := _counts(part, f"{name}_reason"))
            },
            "in_error": int(part["in_error_reason"].is_not_null().sum()),
            "in_set": in_set.height,
        }
        not_analyzed = Counter(problems[who] for who in in_set["participant"] if who in problems)
        group["analyzed"] = in_set.height - not_analyzed.total()
        group["not_analyzed"] = dict(sorted(not_analyzed.items()))
        groups.append(group)
    return {
        "screened": people.height,
        "not_randomized": out.height,
        "not_consented": int((~out["consented"]).sum()),
        "withdrew_before": int((out["consented"] & (out["withdrawn"] | out["stopped_treatment"])).sum()),
        "excluded_by_criterion": reasons,
        "not_yet_known": unknown,
        "enrolled": int(people["enrolled"].sum()),
        "randomized": randomized.height,
        "set": set_id,
        "arms": groups,
    }


def _not_analyzed(
    cut: Cut, protocol: Protocol, performed: Sequence[Performed], in_set: Sequence[str]
) -> dict[str, str]:
    """Of whoever of the set has no row in the primary analysis: why."""
    analysis = primary_analysis(protocol)
    if analysis is None:
        return {}
    mine = [one.rows for one in performed if one.result["analysis"] == analysis.id]
    analyzed = {who for rows in mine for who in rows["participant"]}
    missing = [who for who in in_set if who not in analyzed]
    if not missing:
        return {}
    try:
        left_out = select(cut, protocol, analysis).left_out
    except Refusal:  # the analysis itself tells what it stumbled over
        left_out = None
    known = {} if left_out is None else dict(left_out.select("participant", "problem").iter_rows())
    return {who: known.get(who, "other") for who in missing}


def _received(cut: Cut, protocol: Protocol, arm: str | None, part: pl.DataFrame) -> int | None:
    """How many of the arm received its treatment; None where nothing records it."""
    treated = find_treated(cut, protocol, arm)
    if treated is None:
        return None
    received = set(cut.participants["participant"].filter(treated))
    return sum(who in received for who in part["participant"])


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counted = frame.drop_nulls(column)[column].value_counts().sort(column)
    return {str(value): int(count) for value, count in counted.iter_rows()}


def _reasons(cut: Cut, protocol: Protocol) -> tuple[list[dict[str, Any]], int]:
    """How many of those who consented and were not randomized each criterion kept out, where one may fail several; and
    how many failed none and did not withdraw before, which is told of them."""
    import polars as pl

    if protocol.eligibility is None:
        return [], 0
    out = cut.variables.filter(pl.col("consented") & ~pl.col("randomized") & ~pl.col("enrolled"))
    found, anybody = [], out["withdrawn"] | out["stopped_treatment"]
    for criterion in protocol.eligibility.criteria:
        try:
            truth = evaluate(criterion.rule, out).cast(pl.Boolean)
        except Refusal:  # a rule that names an item of a repeated visit, known only at the desk
            continue
        fails = (truth.not_() if criterion.kind == "inclusion" else truth).fill_null(value=False)
        anybody = anybody | fails
        if n := int(fails.sum()):
            found.append({"id": criterion.id, "kind": criterion.kind, "text": criterion.text.model_dump(), "n": n})
    return found, out.height - int(anybody.sum())
