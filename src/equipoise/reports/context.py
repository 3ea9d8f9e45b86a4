"""What the report's page is filled with: results and protocol, in one language, as plain values and finished figures.

Decides what is shown and in which order; markup is the template's, drawing the figures'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from equipoise.analysis.methods.saying import POINTS
from equipoise.endpoints import ContinuousEndpoint
from equipoise.numerals import percent_text
from equipoise.protocol.labels import arm_labels, describe_name
from equipoise.reports.evidence import COLUMNS, Evidence
from equipoise.reports.figures import flow_figure, forest_figures, survival_figures
from equipoise.reports.headline import key_results
from equipoise.reports.protocol_document.assembly import list_assumptions
from equipoise.reports.protocol_document.words import words_in as document_words
from equipoise.reports.tables import baseline_table, counts_events, named_unit, result_row, unbroken
from equipoise.reports.unblinding import ROWS_MAX, unblinding_context
from equipoise.reports.words import words_in
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.analysis import AnalysisRun
    from equipoise.protocol.document import Protocol
    from equipoise.reports.protocol_document.page import Assumption

__all__ = ["ROWS_MAX", "late_changes_told", "report_context"]

_ROLES = ("primary", "secondary", "sensitivity", "subgroup", "descriptive")


@literals_checked
def report_context(run: AnalysisRun, evidence: Evidence, language: Language) -> dict[str, Any]:
    """Everything that the template names."""
    protocol, results = run.protocol, run.results
    w = words_in(language)
    arms = arm_labels(protocol)
    forest = forest_figures(run, arms, w, language)
    unblinding = unblinding_context(results["unblinding"], protocol, w, language)
    assumed = list_assumptions(protocol, language)
    names = {f.id: f.label.in_(language) for f in protocol.factors}
    sections = [
        ("question", w["question"]),
        ("flow", w["flow"]),
        ("baseline", w["baseline"]),
        ("results", w["results"]),
    ]
    sections += [("subgroups", w["forest"])] if forest else []
    sections += [("unblinding", w["unblinding"])] if unblinding else []
    sections += [("deviations", w["deviations"]), ("notes", w["notes"]), ("rows", w["rows"]), ("entries", w["entries"])]
    level = next((r["confidence"] for r in results["results"]), 0.95)
    return {
        "language": language,
        "w": w | {"confidence_any": w["confidence"].format(level=percent_text(level))},
        "study": _study(protocol, language),
        "identity": run.cut.identity(),
        "banners": _banners(run, w),
        "key_title": w["key_interim"] if _is_interim(results) else w["key_result"],
        "look": unbroken(results["design"]["words"][language]) if results["design"] else "",
        "key": [
            {"id": r["id"], "text": unbroken(r["interpretation"][language])} for r in key_results(results["results"])
        ],
        "sections": sections,
        "question": _question(protocol, w, language),
        "flow": Markup(flow_figure(results["flow"], arms, w, language)),  # noqa: S704 every text in it is escaped by Drawing
        "flow_note": w["excluded_all"] if len(results["flow"]["excluded_by_criterion"]) > 1 else "",
        "baseline": baseline_table(results["baseline"], arms, w, language),
        "figures": [f | {"svg": Markup(f["svg"])} for f in survival_figures(run, arms, w, language)],  # noqa: S704 as above
        "blocks": _blocks(run, arms, names, w, language),
        "forest": [f | {"svg": Markup(f["svg"])} for f in forest],  # noqa: S704 as above
        "unblinding": unblinding,
        "deviations": _deviations(results["deviations"], w, language),
        "assumptions_long": 12,
        "assumptions": _assumptions(assumed, w),
        "sources": _sources(protocol, assumed),
        "dictionaries": _dictionaries(results["dictionaries"], w, language),
        "struck": w["struck"].format(n=len(run.cut.struck)) if run.cut.struck else "",
        "erased": " ".join(filter(None, (_erased(run, w), late_changes_told(results, w, language)))),
        "rows": _rows(run, evidence, w, language),
        "entries": evidence.entries,
        "entries_count": sum(chunk.count for chunk in evidence.entries),
    }


def _is_interim(results: Mapping[str, Any]) -> bool:
    return results["design"] is not None and results["design"]["stage"] == "interim"


def _erased(run: AnalysisRun, w: Mapping[str, str]) -> str:
    if not run.cut.erased and not run.cut.erasures:
        return ""
    told = [w["erased"].format(n=len(run.cut.erased))]
    for one in run.cut.erasures[:ROWS_MAX]:
        if one.form is not None:
            agreed = w["erasure_agreed"].format(by=one.agreed_by) if one.agreed_by else w["erasure_alone"]
            items = ", ".join(one.items or ())
            facts = {"participant": one.participant, "n": one.values, "form": one.form, "items": items, "by": one.by}
            told.append(w["erasure"].format(**facts, agreed=agreed, reason=one.reason))
    return " ".join(told)


@literals_checked
def late_changes_told(results: Mapping[str, Any], w: Mapping[str, str], language: Language) -> str:
    """What came after unlocking or unsealing, and the primary results without it."""
    if not (late := results["late_changes"]):
        return ""
    entries = ", ".join(str(one["entry"]) for one in late["changes"][:ROWS_MAX])
    without = " ".join((one["interpretation"]["without"] or {}).get(language, "") for one in late["primary"])
    return w["late_changes"].format(n=len(late["changes"]), entries=entries, without=without)


def _study(protocol: Protocol, language: Language) -> dict[str, Any]:
    study = protocol.study
    return {
        "title": study.title.in_(language),
        "short": study.short.in_(language),
        "version": study.version,
        # The sponsor's own number is no registry, and its key is no name that a reader is to see.
        "registrations": {name: value for name, value in study.registrations.items() if name != "sponsor"},
        "citation": study.citation.in_(language) if study.citation else "",
    }


def _banners(run: AnalysisRun, w: Mapping[str, str]) -> list[str]:
    found = [w["rehearsal"]] if run.cut.environment == "rehearsal" else []
    return found + ([w[f"arms_{run.cut.arms}"]] if run.cut.arms in ("hidden", "masked") else [])


def _question(protocol: Protocol, w: Mapping[str, str], language: Language) -> dict[str, Any]:
    primary = next((a for a in protocol.analyses if a.role == "primary"), None)
    endpoint_id = primary.endpoint if primary else protocol.endpoints[0].id
    set_id = primary.set if primary else protocol.sets[0].id
    endpoint = next(e for e in protocol.endpoints if e.id == endpoint_id)
    estimand = next((e for e in protocol.estimands if primary and e.id == primary.estimand), None)
    return {
        "population": next(s.label for s in protocol.sets if s.id == set_id).in_(language),
        "arms": [
            {
                "label": arm.label.in_(language),
                "role": w[arm.role],
                "description": arm.description.in_(language) if arm.description else "",
            }
            for arm in protocol.arms
        ],
        "endpoint": endpoint.label.in_(language),
        "definition": endpoint.description.in_(language),
        "assumption": endpoint.assumption,
        "estimand": estimand
        and {
            "label": estimand.label.in_(language),
            "treatment": estimand.treatment.in_(language),
            "summary": estimand.summary.in_(language),
            "intercurrent": [
                {
                    "event": event.event.in_(language),
                    "strategy": w[f"strategy_{event.strategy}"],
                    "handling": event.handling.in_(language),
                }
                for event in estimand.intercurrent
            ],
        },
    }


def _blocks(
    run: AnalysisRun, arms: Mapping[str, Any], names: Mapping[str, str], w: Mapping[str, str], language: Language
) -> list[dict[str, Any]]:
    """Results by role, in the order of the protocol within a role."""
    known = dict(names)
    for result in run.results["results"]:
        for name in result["strata"]:
            known.setdefault(name, describe_name(run.protocol, name)["label"][language])
    units = {
        one.id: named_unit(one.unit, one.label.en, language)
        for one in run.protocol.endpoints
        if isinstance(one, ContinuousEndpoint) and one.unit
    }
    blocks = []
    for role in _ROLES:
        mine = [r for r in run.results["results"] if r["role"] == role]
        if mine:
            rows = [result_row(r, arms, known, w, language, run.results["results"][0]["confidence"]) for r in mine]
            told: set[tuple[str, str]] = set()
            for row, result in zip(rows, mine, strict=True):
                if row["estimate"] and (unit := units.get(result["endpoint"])) and not result.get("not_estimated"):
                    points = unit == "%" and result.get("quantity") == "difference"  # which is no percentage
                    row["estimate"] += POINTS[language == "zh"] if points else f"\u00a0{unit}"
            for row, result in zip(rows, mine, strict=True):  # what the whole analysis leaves out is told once
                row["notes"] = [n for n in row["notes"] if (result["analysis"], n) not in told]
                told |= {(result["analysis"], n) for n in row["notes"]}
            counted = w["events"] if any(map(counts_events, mine)) else w["n"]
            blocks.append({"title": w[f"role_{role}"].capitalize(), "results": rows, "counted": counted})
    return blocks


def _deviations(deviations: Mapping[str, Any], w: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Those that were reported, then those that the system noticed, each with its entry."""
    words = w["deviations_none"]
    if deviations["total"]:
        several = w["deviations_of_one"] if deviations["participants"] == 1 else w["deviations_many"]
        words = w["deviations_one"] if deviations["total"] == 1 else several
        words = words.format(n=deviations["total"], people=deviations["participants"])
    noticed = deviations.get("noticed", [])
    if noticed:
        words += w["space"] + w["deviations_noticed"].format(n=len(noticed))
    listed = [{**one, "category": w[f"noticed_{one['check']}"], "text": one[f"text_{language}"]} for one in noticed]
    return {"words": words, "listed": [*deviations["listed"], *listed]}


def _assumptions(assumed: Sequence[Assumption], w: Mapping[str, str]) -> list[str]:
    """Every value marked as an assumption, in the words of the protocol's document, with its source."""
    return [f"{one.what}{w['colon']}{one.value}{w['bracket_open']}{one.source}{w['bracket_close']}" for one in assumed]


def _sources(protocol: Protocol, assumed: Sequence[Assumption]) -> list[tuple[str, str]]:
    """The keys under which assumptions name their sources, with what stands behind them."""
    named = " ".join(one.source for one in assumed)
    return [(key, told) for key, told in protocol.study.sources.items() if re.search(rf"\b{re.escape(key)}\b", named)]


def _dictionaries(named: Mapping[str, str | None], w: Mapping[str, str], language: Language) -> list[str]:
    kinds = document_words(language)
    return [f"{kinds[f'dictionary_{kind}']}{w['colon']}{name}" for kind, name in named.items() if name]


def _rows(run: AnalysisRun, evidence: Evidence, w: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """Of each result where its rows are."""
    labels = {p.result["id"]: p.result["label"][language] for p in run.performed}
    return [
        {
            "id": one.result,
            "label": f"{one.result} · {labels[one.result]}",
            "words": w["rows_all"].format(n=one.count),
            "file": one.file,
            "table": f"{one.result}.csv",
            "columns": [w[COLUMNS[column]] for column in one.columns],
        }
        for one in evidence.rows
    ]
