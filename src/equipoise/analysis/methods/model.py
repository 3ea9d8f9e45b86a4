"""The columns of a Cox model as a protocol plans them, and its refusals by the names of the plan.

Shared by Cox's model, the test of proportional hazards and the test of interaction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from equipoise.analysis.pieces import against_reference, place_of
from equipoise.analysis.words import warning
from equipoise.findings import Finding, Refusal
from equipoise.words import Words

if TYPE_CHECKING:
    import numpy as np

    from equipoise.analysis.pieces import Selected
    from equipoise.estimands import Analysis

__all__ = ["Terms", "by_name", "model_columns"]

Terms = list[tuple[str, str | None]]
"""Name of each column in the plan, and the group whose column it is (None: a covariate's)."""
_COLUMN = re.compile(r"columns? (\{columns?\})|第(\{columns?\})列")
T = TypeVar("T")


def model_columns(selected: Selected, analysis: Analysis) -> tuple[np.ndarray[Any, Any], Terms]:
    """Columns of the model: one for each group but the reference, then the covariates (levels against the first)."""
    import numpy as np

    rows, columns = selected.rows, []
    terms: Terms = []
    for group, _ in against_reference(selected):
        columns.append((rows["group"] == group).to_numpy().astype(np.float64))
        terms.append((f"{analysis.by}: {group}", group))
    for name in analysis.covariates:
        if f"x_{name}" not in rows.columns:
            continue
        values = rows[f"x_{name}"]
        if values.dtype.is_numeric():
            columns.append(values.to_numpy().astype(np.float64))
            terms.append((name, None))
            continue
        levels = sorted(set(values.cast(str).to_list()))
        for level in levels[1:]:
            columns.append((values.cast(str) == level).to_numpy().astype(np.float64))
            terms.append((f"{name}: {level}", None))
    return np.column_stack(columns) if columns else np.empty((rows.height, 0)), terms


def by_name(terms: Terms, analysis: Analysis, estimate: Callable[[], T]) -> T:
    """Estimate; where that is refused, call the columns of the model by their names in the plan."""
    try:
        return estimate()
    except Refusal as refusal:
        raise Refusal(_named(finding, terms, analysis) for finding in refusal.findings) from refusal


def _named(finding: Finding, terms: Terms, analysis: Analysis) -> Finding:
    """The Finding about columns of a matrix, told of the terms that they are."""
    names = [term for term, _ in terms]
    facts = dict(finding.facts)
    if finding.code == "survival.constant" and (group := terms[facts["column"]][1]):
        return warning("analysis.not_estimated/never", place_of(analysis), never=group)
    if "column" in facts:
        facts["column"] = names[facts["column"]]
    if "columns" in facts:
        facts["columns"] = [names[column] for column in facts["columns"]]
    words = Words(_bare(finding.words.en), _bare(finding.words.zh))
    return replace(finding, where=place_of(analysis), words=words, facts=facts, severity="warning")


def _bare(texts: tuple[str, str, str]) -> tuple[str, str, str]:
    """The words without the noun: a term is called by its name, and not "column age"."""
    what, why, mend = (_COLUMN.sub(lambda found: found[1] or found[2], text) for text in texts)
    return what, why, mend
