"""Who received a treatment, by what the protocol says of it: a set of the treated, or the records of the doses.

Of whoever's arm may be seen, a treatment of that arm counts; of whoever's may not, any treatment of the trial. None
where nothing says it: what was never asked is not told as if nobody had been treated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipoise.analysis.sets import members
from equipoise.arms import DrugDose, GivenBy, Radiotherapy
from equipoise.conduct.doses.recorded import group_of
from equipoise.rules import evaluate

if TYPE_CHECKING:
    import polars as pl

    from equipoise.arms import Arm
    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["find_treated"]

_SETS = ("treated", "safety", "as_treated")


def find_treated(cut: Cut, protocol: Protocol, arm: str | None) -> pl.Series | None:
    """True for who received the treatment of `arm` (of any arm, when it is None or masked), by participant of the
    cut."""
    import polars as pl

    named = next((s.id for s in protocol.sets if s.id in _SETS), None)
    if named is not None:
        return members(cut, protocol, named)
    arms = [one for one in protocol.arms if one.id == arm] or list(protocol.arms)
    sources = [by for one in arms for by in _given_by(one)]
    if not sources:
        return None
    received: set[str] = set()
    for by in sources:
        received |= _recipients(cut, protocol, by)
    return cut.participants.select(pl.col("participant").is_in(list(received)).alias("received")).to_series()


def _given_by(arm: Arm) -> list[GivenBy]:
    return [t.given_by for t in arm.regimen if isinstance(t, (DrugDose, Radiotherapy)) and t.given_by is not None]


def _recipients(cut: Cut, protocol: Protocol, by: GivenBy) -> set[str]:
    """Everybody with a record of something that was given: as the dose sheet reads it, and more than nothing."""
    import polars as pl

    group = group_of(by, {item.id: (group, item) for group, item in protocol.form_by_id[by.form].all_items()})
    table = cut.tables.get(f"{by.form}.{group}" if group else by.form)
    if table is None:
        return set()
    if by.when is not None:  # a record of which it is not known whose it is counts for nobody
        table = table.filter(evaluate(by.when, table).cast(pl.Boolean).fill_null(value=False))
    named = [name for name in (by.given, by.dose, by.fractions) if name]
    if named:
        table = table.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in named))
    given = pl.lit(None, dtype=pl.Boolean) if by.given is None else pl.col(by.given).cast(pl.Boolean)
    if by.fractions is not None:
        given = given.fill_null(pl.col(by.fractions) > 0)
    given = given.fill_null(value=True)
    if by.dose is not None:
        given = given & pl.col(by.dose).ne(0).fill_null(value=True)
    return set(table.filter(given)["participant"])
