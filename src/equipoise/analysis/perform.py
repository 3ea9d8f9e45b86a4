"""Perform every planned analysis of the protocol on a cut: plain results, each with the rows it was computed from.

What cannot be estimated is a result with its Finding, never a crash and never a silent omission: a reader of the
results sees every analysis that was promised. Methods live in `survival` and in the modules beside this one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.analysis.baseline import describe_name, level_label
from equipoise.analysis.interpretation import render_interpretation
from equipoise.analysis.methods import METHODS
from equipoise.analysis.parts import Part
from equipoise.analysis.selection import Selection, select
from equipoise.findings import Finding, Refusal, Where, prose

if TYPE_CHECKING:
    import polars as pl

    from equipoise.datacut import Cut
    from equipoise.estimands import Analysis
    from equipoise.protocol.document import Protocol

__all__ = ["Performed", "arm_labels", "perform_analyses"]


@dataclass(frozen=True)
class Performed:
    """One result as plain data, the rows behind it, and (Kaplan-Meier) its curve for the figure."""

    result: dict[str, Any]
    rows: pl.DataFrame
    curve: Any = field(default=None)


def perform_analyses(
    cut: Cut, protocol: Protocol, progress: Callable[[int, int], None] | None = None
) -> list[Performed]:
    """All analyses in the order of the protocol; `progress` is told (done, total) after each."""
    done: list[Performed] = []
    for place, analysis in enumerate(protocol.analyses):
        done.extend(_perform(cut, protocol, analysis))
        if progress:
            progress(place + 1, len(protocol.analyses))
    return done


def arm_labels(protocol: Protocol) -> dict[str, dict[str, str]]:
    """Arm (and masked letter) to its label in both languages."""
    labels = {arm.id: arm.label.model_dump() for arm in protocol.arms}
    for place in range(len(protocol.arms)):
        letter = chr(ord("A") + place)
        labels[f"masked_{letter}"] = {"en": f"Arm {letter} (masked)", "zh": f"{letter} 组（遮蔽）"}
    return labels


def _perform(cut: Cut, protocol: Protocol, analysis: Analysis) -> Iterator[Performed]:
    try:
        selection = select(cut, protocol, analysis)
    except Refusal as refusal:
        yield _failed((cut, protocol, analysis), {}, refusal.findings)
        return
    endpoint = next(e for e in protocol.endpoints if e.id == analysis.endpoint)
    unit = endpoint.display_unit if endpoint.kind == "time_to_event" else "days"
    for label, part in _pieces(protocol, analysis, selection):
        extra = {"display_unit": unit, **label}
        if not part.rows.height:
            nobody = _finding(
                analysis,
                "nobody",
                "nobody can be analyzed",
                "the set is empty at this cut",
                "Wait for data, or name another set.",
            )
            yield _failed((cut, protocol, analysis), extra, (*part.findings, nobody))
            continue
        method = METHODS.get(analysis.method)
        if method is None:
            unknown = _finding(
                analysis,
                "no_method",
                f"the method {analysis.method} is not available yet",
                "this version cannot estimate it",
                "Use another method, or a later version.",
            )
            yield _failed((cut, protocol, analysis), extra, (*part.findings, unknown), part.rows)
            continue
        try:
            pieces = method(part, analysis)
        except Refusal as refusal:
            yield _failed((cut, protocol, analysis), extra, (*part.findings, *refusal.findings), part.rows)
            continue
        except (ValueError, ZeroDivisionError, ArithmeticError) as error:
            problem = _finding(
                analysis,
                "not_estimated",
                "this could not be estimated",
                str(error) or type(error).__name__,
                "Wait for more events, or plan a simpler analysis.",
            )
            yield _failed((cut, protocol, analysis), extra, (*part.findings, problem), part.rows)
            continue
        for piece in pieces:
            yield _finished((cut, protocol, analysis), extra, part, piece)
    if analysis.subgroup and analysis.method == "cox" and selection.rows.height:
        yield from _interaction(cut, protocol, analysis, selection, unit)


def _pieces(protocol: Protocol, analysis: Analysis, selection: Selection) -> Iterator[tuple[dict[str, Any], Selection]]:
    """The whole selection, or one selection for each level of the subgroup."""
    import polars as pl

    if analysis.subgroup is None:
        yield {}, selection
        return
    about = describe_name(protocol, analysis.subgroup)
    for level in sorted(set(selection.rows["subgroup"])):
        rows = selection.rows.filter(pl.col("subgroup") == level)
        label = level_label(level, about["codes"])
        yield (
            {"subgroup": analysis.subgroup, "level": level, "subgroup_label": about["label"], "level_label": label},
            Selection(rows, selection.groups, selection.findings),
        )


def _interaction(
    cut: Cut, protocol: Protocol, analysis: Analysis, selection: Selection, unit: str
) -> Iterator[Performed]:
    from equipoise.analysis.comparisons import test_interaction

    about = describe_name(protocol, analysis.subgroup or "")
    extra = {
        "display_unit": unit,
        "subgroup": analysis.subgroup,
        "subgroup_label": about["label"],
        "method": "interaction",
    }
    try:
        piece = test_interaction(selection, analysis)
    except (Refusal, ValueError, ArithmeticError) as error:
        findings = error.findings if isinstance(error, Refusal) else (
            _finding(analysis, "not_estimated", "the interaction could not be tested", str(error), "Wait for more events."),
        )  # fmt: skip
        yield _failed((cut, protocol, analysis), extra | {"suffix": "interaction"}, findings)
        return
    yield _finished((cut, protocol, analysis), extra, selection, piece)


def _finished(
    of: tuple[Cut, Protocol, Analysis], extra: dict[str, Any], selection: Selection, piece: Part
) -> Performed:
    import polars as pl

    cut, protocol, analysis = of

    rows = selection.rows if piece.rows is None else piece.rows
    if piece.groups is not None:
        rows = rows.filter(pl.col("group").is_in(piece.groups))
    suffix = [s for s in (extra.get("level"), piece.suffix) if s]
    result = _shell(cut, protocol, analysis, suffix) | extra | _counted(rows) | _clean(piece.values)
    result["findings"] = [f.as_data() for f in (*selection.findings, *piece.findings)]
    result["interpretation"] = render_interpretation(result, arm_labels(protocol), _alpha(protocol))
    return Performed(result, rows, piece.curve)


def _failed(
    of: tuple[Cut, Protocol, Analysis],
    extra: dict[str, Any],
    findings: tuple[Finding, ...],
    rows: pl.DataFrame | None = None,
) -> Performed:
    import polars as pl

    cut, protocol, analysis = of
    extra = dict(extra)
    if rows is None:
        rows = pl.DataFrame(schema={"participant": pl.String, "seqs": pl.List(pl.Int64)})
    suffix = [s for s in (extra.get("level"), extra.pop("suffix", None)) if s]
    result = _shell(cut, protocol, analysis, suffix) | extra | _counted(rows) | {"not_estimated": True}
    result["findings"] = [f.as_data() for f in findings]
    result["interpretation"] = render_interpretation(result, {}, _alpha(protocol))
    return Performed(result, rows)


def _counted(rows: pl.DataFrame) -> dict[str, int]:
    import polars as pl

    counted = {"n": rows.height, "events": 0}
    if "event" in rows.columns:
        counted["events"] = int(rows["event"].sum())
    elif "value" in rows.columns:
        counted = (
            counted | {"events": int(rows["value"].sum())} if rows["value"].dtype == pl.Boolean else {"n": rows.height}
        )
    return counted


def _shell(cut: Cut, protocol: Protocol, analysis: Analysis, suffix: list[str]) -> dict[str, Any]:
    """What every number carries, whatever its method."""
    endpoint = next(e for e in protocol.endpoints if e.id == analysis.endpoint)
    population = next(s for s in protocol.sets if s.id == analysis.set)
    return {
        "id": ".".join([analysis.id, *suffix]),
        "analysis": analysis.id,
        "label": analysis.label.model_dump(),
        "endpoint": analysis.endpoint,
        "endpoint_label": endpoint.label.model_dump(),
        "method": analysis.method,
        "role": analysis.role,
        "population": analysis.set,
        "set": analysis.set,
        "set_label": population.label.model_dump(),
        "estimand": analysis.estimand,
        "by": analysis.by,
        "strata": list(analysis.strata),
        "covariates": list(analysis.covariates),
        "confidence": analysis.confidence,
        "assumption": endpoint.assumption,
        "study": cut.study,
        "cut": cut.seq,
        "head": cut.head,
        "protocol_digest": cut.protocol_digest,
        "software": cut.software,
    }


def _alpha(protocol: Protocol) -> float:
    """The two-sided level against which p-values are read."""
    design = protocol.design
    return 0.05 if design is None else design.alpha.value * (2 if design.sides.value == 1 else 1)


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has no infinity and no NaN: what is not a number is null."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in values.items()}


def _finding(analysis: Analysis, code: str, what: str, why: str, mend: str) -> Finding:
    return prose(f"analysis.{code}", Where(path=f"analyses.{analysis.id}"), what, why, mend, "warning")
