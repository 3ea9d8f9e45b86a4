"""Restricted mean survival time by group until a day, and differences from the reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.analysis.methods.method import AnalysisMethod, Both, GroupNames
from equipoise.analysis.methods.saying import UNITS, estimate_cells, estimated, with_p
from equipoise.analysis.pieces import estimates_at, parts_of, place_of
from equipoise.analysis.words import warning
from equipoise.estimands import planned_method
from equipoise.findings import Refusal
from equipoise.numerals import day_text

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["RMST"]


def _perform(selected: Selected, analysis: Analysis) -> list[Piece]:
    from equipoise.survival import estimate_rmst

    # The latest time until which every group was observed, when the protocol names none.
    tau = analysis.tau_days or min(float(rows["time_days"].max()) for _, rows in parts_of(selected))  # type: ignore[arg-type]
    if not tau > 0:
        raise Refusal(warning("analysis.not_estimated/first_day", place_of(analysis)))

    def estimate(rows: pl.DataFrame, until: float) -> Any:
        time, event = rows["time_days"].to_numpy(), rows["event"].to_numpy()
        return estimate_rmst(time, event, tau=until, confidence=analysis.confidence)

    return estimates_at(selected, analysis, [tau], estimate, lambda until: ("", {"tau_days": until}))


def _sentence(r: Mapping[str, Any], names: GroupNames, alpha: float | None) -> Both:
    group, until = names(r.get("group")), day_text(r["tau_days"])
    if r["quantity"] == "difference":
        reference = names(r.get("reference"))
        what = (
            f"Difference in restricted mean time until day {until}, {group[0]} minus {reference[0]} (days):",
            f"至第 {until} 天的限制性平均时间差（天），{group[1]}减{reference[1]}：",
        )
    else:
        what = (
            f"{group[0]}: restricted mean time until day {until} (days)",
            f"{group[1]}：至第 {until} 天的限制性平均时间（天）",
        )
    return with_p(r, estimated(r, what, 1), alpha)


def _cells(r: Mapping[str, Any], language: Language) -> tuple[str, str]:
    return estimate_cells(r, language, 1, unit=f" {UNITS['days'][language == 'zh']}")


RMST = AnalysisMethod(
    id="rmst",
    label=planned_method("rmst").label,
    perform=_perform,
    sentence=_sentence,
    cells=_cells,
)
