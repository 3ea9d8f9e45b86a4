"""An analysis on disk: `results.json`, the rows behind every result, and the pages that were made of them.

Everything is written beside its place and moved there when all of it is whole. An analysis takes the place of an
earlier analysis and of nothing else: what somebody else put there is never removed.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from equipoise.analysis.words import finding, phrase, refuse
from equipoise.findings import Refusal, Where
from equipoise.whole import keep_private, making
from equipoise.words import Phrase, trouble_of

if TYPE_CHECKING:
    from equipoise.analysis.running import AnalysisRun

__all__ = ["write_results"]

_TRIES = 50
_BEFORE = ".earlier-results.json"


def write_results(
    run: AnalysisRun, out: Path, pages: Mapping[str, str] | None = None, evidence: Mapping[str, str] | None = None
) -> AnalysisRun:
    """Write results.json, rows/ID.parquet and rows/ID.csv for every result, and `pages` (name to text), into `out`.

    `evidence` (name to text) is what pages read of rows and entries: it is written into rows/ as well.
    Returns the run with its paths. Raises Refusal when `out` is not free for it, or cannot be written.
    """
    import polars as pl

    pages = pages or {}
    _require_free(out, [*pages, "results.json"], _row_names([p.result["id"] for p in run.performed]))
    try:
        home = out if out.is_dir() else out.parent
        home.mkdir(parents=True, exist_ok=True)
        with making(home) as beside:
            names = _write_files(run, pages, evidence or {}, beside)
            keep_private(beside)
            _take_place(beside, out, pages)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise Refusal(finding("analysis.not_written", Where(file=str(out)), reason=trouble_of(error))) from None
    return replace(run, out=out, paths=tuple(out / name for name in names))


def _row_names(ids: list[str]) -> set[str]:
    return {f"{one}.{kind}" for one in ids for kind in ("parquet", "csv", "js")}


_ENTRIES = re.compile(r"entries~[0-9]+\.js")


def _write_files(run: AnalysisRun, pages: Mapping[str, str], evidence: Mapping[str, str], folder: Path) -> list[Path]:
    import polars as pl

    (folder / "rows").mkdir()
    text = json.dumps(run.results, ensure_ascii=False, indent=1, default=str, allow_nan=False)
    (folder / "results.json").write_text(text + "\n", encoding="utf-8")
    names = [Path("results.json")]
    for performed in run.performed:
        name = performed.result["id"]
        performed.rows.write_parquet(folder / "rows" / f"{name}.parquet", statistics=False)
        seqs = pl.col("seqs").list.eval(pl.element().cast(pl.String)).list.join(" ")
        performed.rows.with_columns(seqs).write_csv(folder / "rows" / f"{name}.csv")
        names += [Path("rows") / f"{name}.parquet", Path("rows") / f"{name}.csv"]
    for name, content in (*((f"rows/{name}", text) for name, text in evidence.items()), *pages.items()):
        (folder / name).write_text(content, encoding="utf-8")
    return names


def _take_place(beside: Path, out: Path, pages: Mapping[str, str]) -> None:
    if not out.is_dir():
        try:
            beside.rename(out)
        except OSError:  # another analysis came first, into the same folder
            if not out.is_dir():
                raise
        else:
            return
    # Without its results a folder is none of an analysis: whoever is killed here leaves nothing that looks whole.
    with suppress(FileNotFoundError):
        (out / "results.json").replace(out / _BEFORE)
    try:
        _exchange_rows(beside, out)
        for name in (*pages, "results.json"):
            (beside / name).replace(out / name)
    except BaseException:
        with suppress(OSError):
            (out / _BEFORE).replace(out / "results.json")
        raise
    with suppress(OSError):
        (out / _BEFORE).unlink()


def _exchange_rows(beside: Path, out: Path) -> None:
    for again in range(_TRIES):
        with suppress(FileNotFoundError):
            (out / "rows").rename(beside / f"earlier-rows-{again}")
        try:
            (beside / "rows").rename(out / "rows")
            break
        except OSError:
            if again == _TRIES - 1 or not (out / "rows").exists():
                raise
            time.sleep(0.01)


def _require_free(out: Path, names: list[str], rows: set[str]) -> None:
    """Raises Refusal when something lies there that no analysis made."""
    if not out.is_dir():
        if out.exists() or out.is_symlink():
            _taken(out, phrase("taken.file"))
        return
    earlier = _ids_of(out / "results.json") or _ids_of(out / _BEFORE)
    if earlier is None and (there := [name for name in names if (out / name).exists()]):
        _taken(out, phrase("taken.stranger", name=there[0]))
    known = rows | _row_names(earlier or [])
    if (out / "rows").exists():
        found = sorted(path.name for path in (out / "rows").iterdir()) if (out / "rows").is_dir() else ["rows"]
        if strangers := [name for name in found if name not in known and not _ENTRIES.fullmatch(name)]:
            _taken(out, phrase("taken.row", name=strangers[0]))


def _ids_of(file: Path) -> list[str] | None:
    """The results of an earlier analysis; None when the file is not of one."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return [str(result["id"]) for result in said["results"]] if {"study", "cut", "flow"} <= said.keys() else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _taken(out: Path, reason: Phrase) -> NoReturn:
    refuse("analysis.place_taken", Where(file=str(out)), reason=reason)
