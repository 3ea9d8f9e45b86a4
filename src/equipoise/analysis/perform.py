"""Perform every planned analysis of the protocol on a cut: plain results, each with the rows it was computed from.

What cannot be estimated is a result with its Finding, never a crash and never a silent omission: a reader of the
results sees every analysis that was promised, and a fault in one costs the others nothing. Knows no method: see
`methods`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from equipoise.analysis.conclusion import conclude
from equipoise.analysis.gaps import tell_gaps
from equipoise.analysis.interpretation import render_interpretation
from equipoise.analysis.methods import AnalysisMethod, method_of
from equipoise.analysis.pieces import Piece, Selected, both, place_of
from equipoise.analysis.selection import select, select_level
from equipoise.analysis.words import warning
from equipoise.endpoints import kind_of
from equipoise.estimands import as_used, planned_method, unused_options
from equipoise.findings import Finding, Refusal
from equipoise.protocol.labels import arm_labels, describe_name, level_label
from equipoise.rules import names_of
from equipoise.words import Phrase

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis.conclusion import PresentLook
    from equipoise.datacut import Cut
    from equipoise.endpoints import Endpoint
    from equipoise.estimands import Analysis
    from equipoise.protocol.document import Protocol

__all__ = ["Performed", "perform_analyses"]


@dataclass(frozen=True)
class Performed:
    """One result as plain data, the rows behind it, and (Kaplan-Meier) its curve for the figure."""

    result: dict[str, Any]
    rows: pl.DataFrame
    curve: Any = field(default=None)


@dataclass(frozen=True)
class _Asked:
    """One planned analysis, reduced to the options that its method uses, with a note on each that it does not."""

    cut: Cut
    protocol: Protocol
    analysis: Analysis
    notes: tuple[Finding, ...]
    look: PresentLook | None


def perform_analyses(
    cut: Cut,
    protocol: Protocol,
    progress: Callable[[int, int], None] | None = None,
    look: PresentLook | None = None,
) -> list[Performed]:
    """All analyses in the order of the protocol; `progress` is told (done, total) after each. `look`: which look of the
    design the cut is, where there is a design."""
    done: list[Performed] = []
    for place, planned in enumerate(protocol.analyses):
        notes = tuple(
            warning("analysis.option_unused", place_of(planned), option=option, method=planned.method)
            for option in unused_options(planned)
        )
        made = _perform(_Asked(cut, protocol, as_used(planned), notes, look))
        if gaps := tell_gaps(cut, protocol, _names(protocol, planned)):
            for one in made:
                one.result["erased"] = gaps
        done += made
        if progress:
            progress(place + 1, len(protocol.analyses))
    _tell_unadjusted(protocol, done)
    return done


def _names(protocol: Protocol, analysis: Analysis) -> list[str]:
    """Everything that an analysis reads."""
    endpoint = next(e for e in protocol.endpoints if e.id == analysis.endpoint)
    population = next(s for s in protocol.sets if s.id == analysis.set)
    named = (analysis.by, analysis.subgroup, *analysis.strata, *analysis.covariates)
    return [*kind_of(endpoint).names(endpoint), *names_of(population.rule), *(name for name in named if name)]


def _tell_unadjusted(protocol: Protocol, done: list[Performed]) -> None:
    """Several primary comparisons, each held against the whole of alpha, say so: together they err more often.

    Whether another analysis was planned counts, and not what came of it.
    """
    planned = [a for a in protocol.analyses if a.role == "primary" and not method_of(a.method).diagnostic]
    others = sum(planned_method(a.method).compares for a in planned) > 1
    for analysis in planned:
        mine = [p.result for p in done if p.result["analysis"] == analysis.id and not p.result.get("not_estimated")]
        held = [r for r in mine if r.get("p_value") is not None or r.get("conclusions")]
        if others or sum(max(len(r.get("conclusions", ())), 1) for r in held) > 1:
            for result in held:
                result["interpretation"]["en"] += " Not adjusted for the other comparisons."
                result["interpretation"]["zh"] += "未针对其他比较作多重性校正。"


def _perform(asked: _Asked) -> list[Performed]:
    """Every result of one analysis."""
    analysis = asked.analysis
    try:
        selected = select(asked.cut, asked.protocol, analysis)
        levels = list(_levels(asked, selected))
    except _faults() as fault:
        return [_failed(asked, {}, _told(fault, analysis))]
    endpoint = _endpoint(asked)
    kind = kind_of(endpoint)
    measured = {"unit": own} if (own := getattr(endpoint, "unit", None)) else {}
    unit = {"display_unit": kind.time_unit(endpoint)} if kind.timed else measured
    method = method_of(analysis.method)
    done: list[Performed] = []
    for label, part in levels:
        done += _estimated(asked, method, unit | label, part)
    if analysis.subgroup and method.across and selected.rows.height:
        about = describe_name(asked.protocol, analysis.subgroup)
        label = {"subgroup": analysis.subgroup, "subgroup_label": about["label"], "method": method.across.id}
        done += _estimated(asked, method.across, unit | label, selected, suffix=method.across.id)
    return done


def _levels(asked: _Asked, selected: Selected) -> Iterator[tuple[dict[str, Any], Selected]]:
    """The whole selection, or one selection for each level of the subgroup."""
    subgroup = asked.analysis.subgroup
    if subgroup is None:
        yield {}, selected
        return
    about = describe_name(asked.protocol, subgroup)
    for level in sorted(set(selected.rows["subgroup"])):
        label = {"subgroup": subgroup, "level": level, "subgroup_label": about["label"]}
        label["level_label"] = level_label(level, about["codes"])
        yield label, select_level(selected, level, _endpoint(asked), asked.analysis)


def _endpoint(asked: _Asked) -> Endpoint:
    return next(e for e in asked.protocol.endpoints if e.id == asked.analysis.endpoint)


def _estimated(
    asked: _Asked, method: AnalysisMethod, extra: dict[str, Any], part: Selected, suffix: str = ""
) -> list[Performed]:
    """What the method makes of the rows; `suffix` names the result when it makes nothing."""
    analysis = asked.analysis
    if not part.rows.height:
        nobody = warning("analysis.nobody", place_of(analysis))
        return [_failed(asked, extra, (*part.findings, nobody), suffix=suffix)]
    try:
        pieces = method.perform(part, analysis)
    except _faults() as fault:
        # What is added over all levels has no rows of its own until it is there; the levels have told theirs.
        rows = None if suffix else part.rows
        return [_failed(asked, extra, (*part.findings, *_told(fault, analysis)), rows, suffix)]
    return [_finished(asked, extra, part, piece) for piece in pieces]


def _faults() -> tuple[type[BaseException], ...]:
    """Whatever may go wrong within one analysis; a panic of Polars is no Exception and is as local as one.

    An interruption goes through: who stops the program means all of it.
    """
    import polars as pl

    return Exception, pl.exceptions.PanicException


def _told(fault: BaseException, analysis: Analysis) -> tuple[Finding, ...]:
    """Why an analysis has no estimate. What the data do not allow is told apart from what the program did wrong."""
    if isinstance(fault, MemoryError):  # the next analysis would fail as well, and half a report misleads
        raise fault
    if isinstance(fault, Refusal):
        return fault.findings
    key = "analysis.not_estimated/error" if isinstance(fault, (ValueError, ArithmeticError)) else "analysis.failed"
    return (warning(key, place_of(analysis), error=f"{type(fault).__name__}: {fault}".removesuffix(": ")),)


def _finished(asked: _Asked, extra: dict[str, Any], part: Selected, piece: Piece) -> Performed:
    import polars as pl

    rows = part.rows if piece.rows is None else piece.rows
    if piece.groups is not None:
        rows = rows.filter(pl.col("group").is_in(piece.groups))
    try:
        result = _shell(asked, extra, piece.suffix) | extra | _counted(rows) | _clean(piece.values)
        if piece.groups is None and result.get("group") and result.get("reference"):
            # A model of several groups rests on everybody in it; its comparison is of two.
            pair = rows.filter(pl.col("group").is_in(both(result)))
            result["compared"] = _counted(pair)
        concluded, more = _concluded(asked, part, result)
        result |= {"conclusions": concluded} if concluded else {}
        names, alpha = arm_labels(asked.protocol), _alpha(asked.protocol)
        result["findings"] = _plain((*asked.notes, *part.findings, *piece.findings, *more), names)
        still_open = asked.look is not None and not asked.look.final
        result["interpretation"] = render_interpretation(result, names, alpha, open_question=still_open)
    except _faults() as fault:
        findings = (*part.findings, *piece.findings, *_told(fault, asked.analysis))
        return _failed(asked, extra, findings, rows, piece.suffix)
    return Performed(result, rows, piece.curve)


def _concluded(
    asked: _Asked, part: Selected, result: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], tuple[Finding, ...]]:
    if asked.look is None or "subgroup" in result:
        return [], ()
    return conclude(asked.cut, asked.protocol, asked.analysis, part, result, asked.look)


def _failed(
    asked: _Asked,
    extra: dict[str, Any],
    findings: tuple[Finding, ...],
    rows: pl.DataFrame | None = None,
    suffix: str = "",
) -> Performed:
    import polars as pl

    if rows is None:
        rows = pl.DataFrame(schema={"participant": pl.String, "seqs": pl.List(pl.Int64)})
    result = _shell(asked, extra, suffix) | extra | _counted(rows) | {"not_estimated": True}
    result["findings"] = _plain((*asked.notes, *findings), arm_labels(asked.protocol))
    result["interpretation"] = render_interpretation(result, {}, _alpha(asked.protocol))
    return Performed(result, rows)


_OF_GROUPS = ("groups", "never", "reference")
"""Facts of notes that are groups: a reader knows an arm by its label."""


def _plain(findings: tuple[Finding, ...], names: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Findings as data: what, why and mend in English, and again in Chinese under `zh`; arms by their labels."""

    def named(fact: Any) -> Any:
        if isinstance(fact, list | tuple):
            return [named(one) for one in fact]
        return Phrase(names[fact]["en"], names[fact]["zh"]) if isinstance(fact, str) and fact in names else fact

    told = []
    for finding in findings:
        facts = {key: named(fact) if key in _OF_GROUPS else fact for key, fact in finding.facts.items()}
        said = replace(finding, facts=facts)
        told.append({**said.as_data(), "zh": said.say("zh")._asdict()})
    return told


def _counted(rows: pl.DataFrame) -> dict[str, int]:
    """Participants and events; of values that are numbers, no events."""
    import polars as pl

    if "event" in rows.columns:
        return {"n": rows.height, "events": int(rows["event"].sum())}
    if "value" not in rows.columns:
        return {"n": rows.height, "events": 0}
    if rows["value"].dtype == pl.Boolean:
        return {"n": rows.height, "events": int(rows["value"].sum())}
    return {"n": rows.height}


def _shell(asked: _Asked, extra: dict[str, Any], suffix: str) -> dict[str, Any]:
    """What every number carries, whatever its method."""
    cut, protocol, analysis = asked.cut, asked.protocol, asked.analysis
    endpoint = _endpoint(asked)
    population = next(s for s in protocol.sets if s.id == analysis.set)
    return {
        "id": ".".join(part for part in (analysis.id, extra.get("level"), suffix) if part),
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


def _alpha(protocol: Protocol) -> float | None:
    """The two-sided level against which p-values are read; without a design nobody planned one."""
    design = protocol.design
    return None if design is None else design.alpha.value * (2 if design.sides.value == 1 else 1)


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has no infinity and no NaN: what is not a number is null."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in values.items()}
