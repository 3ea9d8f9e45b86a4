"""The flow of participants through the trial, in the stages of the CONSORT 2025 diagram (items 22a and 22b).

Counts only what the ledger holds: what was never recorded (who received the treatment, when no form asks) is None
and printed as "not recorded", never as zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.analysis.sets import members
from equipoise.conduct.state.built_ins import NAMED_BY_EXTENT
from equipoise.findings import Refusal
from equipoise.protocol.labels import arm_order
from equipoise.rules import evaluate

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["estimate_flow"]


# Whoever stopped treatment and left follow-up later stands under both.
_EXTENTS = sorted(NAMED_BY_EXTENT.items())


def estimate_flow(cut: Cut, protocol: Protocol, set_id: str, analyzed: pl.DataFrame | None = None) -> dict[str, Any]:
    """screened, not_consented, excluded with reasons, enrolled, randomized, and per arm: allocated, received,
    withdrew by extent with the reasons told, marked in error, analyzed, not analyzed with reasons.

    `analyzed`: the primary endpoint's analysis rows (participant, problem) of the members of `set_id`.
    """
    import polars as pl

    people = cut.participants
    out = people.filter(~pl.col("randomized"))
    reasons, unknown = _reasons(cut, protocol)
    randomized = people.filter("randomized")
    # Who received the treatment is known when the protocol has a set of the treated (a safety set).
    treated = next((s.id for s in protocol.sets if s.id in ("treated", "safety", "as_treated")), None)
    received = members(cut, protocol, treated) if treated else pl.repeat(False, people.height, eager=True)
    inside = people.with_columns(members(cut, protocol, set_id).alias("_in"), received.alias("_treated")).filter(
        "randomized"
    )
    present = set(randomized["arm"].drop_nulls())
    arms: list[str | None] = [a for a in arm_order(protocol, cut.arms) if a in present]
    groups = []
    for arm in arms or [None]:
        part = inside if arm is None else inside.filter(pl.col("arm") == arm)
        in_set = part.filter("_in")
        group: dict[str, Any] = {
            "arm": arm,
            "allocated": part.height,
            "received": None if treated is None else int(part["_treated"].sum()),
            "withdrew": {extent: n for extent, name in _EXTENTS if (n := int(part[name].sum()))},
            "withdrew_reasons": {
                extent: counts for extent, name in _EXTENTS if (counts := _counts(part, f"{name}_reason"))
            },
            "in_error": int(part["in_error_reason"].is_not_null().sum()),
            "in_set": in_set.height,
        }
        if analyzed is not None:
            mine = analyzed.filter(pl.col("participant").is_in(in_set["participant"].implode()))
            group["analyzed"] = int(mine["problem"].is_null().sum())
            group["not_analyzed"] = _counts(mine, "problem")
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


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counted = frame.drop_nulls(column)[column].value_counts().sort(column)
    return {str(value): int(count) for value, count in counted.iter_rows()}


def _reasons(cut: Cut, protocol: Protocol) -> tuple[list[dict[str, Any]], int]:
    """How many of those who consented and were not randomized each criterion kept out; one may fail several."""
    import polars as pl

    if protocol.eligibility is None:
        return [], 0
    out = cut.variables.filter(pl.col("consented") & ~pl.col("randomized") & ~pl.col("enrolled"))
    found, anybody = [], pl.repeat(False, out.height, eager=True)
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
