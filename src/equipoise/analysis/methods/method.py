"""What one method is to an analysis: how it is performed, what its results say, and how a table shows them.

What a plan may ask of it (kinds of endpoint, options) is declared below, in `estimands`, where `check` reads it too; a
test holds that both name the same methods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipoise.analysis.pieces import Piece, Selected
    from equipoise.estimands import Analysis
    from equipoise.wording import Language

__all__ = ["AnalysisMethod", "Both", "GroupNames"]

Both = tuple[str, str]
"""English, Chinese."""


class GroupNames:
    """What groups are called in both languages: arms and levels by their labels, whoever has none by itself."""

    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        self._names = names

    def __call__(self, key: str | None) -> Both:
        if key is None:
            return "all participants", "全部受试者"
        label = self._names.get(key, {"en": key, "zh": key})
        return label["en"], label["zh"]


@dataclass(frozen=True, slots=True)
class AnalysisMethod:
    """One method.

    `perform`: selected rows and the plan to results; raises Refusal when the data do not allow the estimate.
    `sentence`: a result, the names of groups and the two-sided alpha to what it says; no alpha where the design's own
    conclusion says more, or where nothing may be concluded yet. `cells`: a result to estimate and interval as printed,
    both empty where there is none. `across`: what it adds over all levels of a subgroup. `counts_events`: whether the
    events of its rows are events to a reader. `diagnostic`: it asks of an assumption, whatever the design asks.
    """

    id: str
    label: Both
    perform: Callable[[Selected, Analysis], list[Piece]]
    sentence: Callable[[Mapping[str, Any], GroupNames, float | None], Both]
    cells: Callable[[Mapping[str, Any], Language], tuple[str, str]]
    across: AnalysisMethod | None = None
    counts_events: bool = True
    diagnostic: bool = False
