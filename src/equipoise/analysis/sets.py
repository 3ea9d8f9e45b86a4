"""Analysis sets: for whom a rule of the protocol is true at the cut. "Not yet known" never lets anybody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.analysis.gaps import erased_behind
from equipoise.analysis.rows import frame_with
from equipoise.rules import evaluate, names_of, read_rule

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.estimands import Analysis
    from equipoise.protocol.document import Protocol

__all__ = ["lost_members", "members", "primary_analysis", "primary_set"]


def members(cut: Cut, protocol: Protocol, set_id: str) -> pl.Series:
    """True for the members of the set, one value per participant of the cut, in its order."""
    import polars as pl

    rule = next(s.rule for s in protocol.sets if s.id == set_id)
    frame = frame_with(cut, protocol, sorted(read_rule(rule).names))
    return evaluate(rule, frame).cast(pl.Boolean).fill_null(value=False).alias(set_id)


def lost_members(cut: Cut, protocol: Protocol, set_id: str) -> pl.Series:
    """True for whom nobody can tell any more whether they are members: what the rule rests on was erased."""
    import polars as pl

    rule = next(s.rule for s in protocol.sets if s.id == set_id)
    lost = list(erased_behind(cut, protocol, names_of(rule)))
    return cut.participants.select(pl.col("participant").is_in(lost).alias(set_id)).to_series()


def primary_set(protocol: Protocol) -> str:
    """The set of the primary analysis; the first set when nothing is analyzed."""
    analysis = primary_analysis(protocol)
    return protocol.sets[0].id if analysis is None else analysis.set


def primary_analysis(protocol: Protocol) -> Analysis | None:
    """The first primary analysis; the first of all when none is primary, as the report puts it first."""
    return next((a for a in protocol.analyses if a.role == "primary"), next(iter(protocol.analyses), None))
