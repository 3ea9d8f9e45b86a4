"""The report of a trial: one page in each language, every number with a link to what made it.

Inline style and figures, no address outside its folder: the page is the whole report, and its evidence (rows, entries)
lies in files beside it. The order is a reader's: the answer, what was asked, who took part (CONSORT 2025), results,
what deviated, what was assumed, and then the evidence itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.analysis import AnalysisRun, analyze_cut, write_results
from equipoise.reports.evidence import Evidence, collect_evidence
from equipoise.reports.headline import key_results
from equipoise.reports.words import words_in
from equipoise.words import LANGUAGES

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.datacut import Cut
    from equipoise.datacut.unblinding import Visibility
    from equipoise.wording import Language

__all__ = ["Report", "render_report", "write_report"]


@dataclass(frozen=True)
class Report:
    """A written report: the analysis run and the paths of its pages."""

    run: AnalysisRun
    out: Path
    pages: tuple[Path, ...]

    def lines(self, language: Language = "en") -> list[str]:
        """What a terminal prints: the primary results, what could not be estimated, and where everything is."""
        results = self.run.results["results"]
        arms, words = self.run.cut.arms, words_in(language)
        found = [words[f"arms_{arms}"]] if arms in ("hidden", "masked") else []
        design = self.run.results["design"]
        found += [design["words"][language]] if design else []
        found += [f"{r['id']}: {r['interpretation'][language]}" for r in key_results(results)]
        if self.run.results["late_changes"]:
            from equipoise.reports.context import late_changes_told

            found.append(late_changes_told(self.run.results, words, language))
        failed = [r["id"] for r in results if r.get("not_estimated")]
        if failed:
            found.append({"en": "not estimated: ", "zh": "未能估计："}[language] + ", ".join(failed))
        return [*found, *(str(path) for path in (self.out / "results.json", *self.pages))]


def write_report(
    study: Study,
    *,
    date: str | None = None,
    entry: int | None = None,
    cut: Cut | None = None,
    arms: Visibility | None = None,
    out: Path | None = None,
    language: Language = "en",
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Freeze, analyze, and write results.json, rows/, report.en.html, report.zh.html and report.html (in `language`).

    `out` is reports/entry-N in the study folder unless given. Raises Refusal as `freeze` and `write_results` do.
    """
    from equipoise.datacut import freeze

    cut = cut or freeze(study, date=date, entry=entry, arms=arms, door="analyze")
    run = analyze_cut(cut, cut.protocol, progress)
    out = out or study.folder / "reports" / f"entry-{cut.seq}"
    evidence = collect_evidence(run, study.store)
    pages = {f"report.{one}.html": render_report(run, evidence, one) for one in LANGUAGES}
    pages["report.html"] = pages[f"report.{language}.html"]
    run = write_results(run, out, pages, evidence.files)
    return Report(run, out, tuple(out / name for name in pages))


def render_report(run: AnalysisRun, evidence: Evidence, language: Language) -> str:
    """The page as text; its rows and entries are the files of `evidence`, which belong in the folder rows beside it."""
    import jinja2
    from markupsafe import Markup

    from equipoise.reports.context import report_context

    folder = Path(__file__).parent / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    context: dict[str, Any] = report_context(run, evidence, language)
    own = {
        kind: Markup((folder / f"report.{suffix}").read_text(encoding="utf-8"))  # noqa: S704 our own files
        for kind, suffix in (("css", "css"), ("script", "js"))
    }
    return environment.get_template("report.html").render(**own, **context)
