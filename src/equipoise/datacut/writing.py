"""A cut's files: a folder that is whole or not there, and that never stands for another cut than it did.

What was frozen stays frozen: a folder that holds another cut, or anything else, is never written into.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.datacut.freeze import Cut
from equipoise.datacut.words import finding
from equipoise.findings import Finding, Refusal, Where
from equipoise.whole import keep_private, making, put_in_place
from equipoise.words import trouble_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check_place", "write_cut", "written_frames"]

_NAME = re.compile(r"[^\W_]([\w. -]*[\w-])?")
_NAME_BYTES_MAX = 200


def check_place(cut: Cut, folder: Path, name: str) -> list[Finding]:
    """What is wrong with `name` for a folder inside `folder`, or with what lies there already."""
    if not _NAME.fullmatch(name) or len(name.encode("utf-8", "replace")) > _NAME_BYTES_MAX:
        shown = name if len(name) <= 40 else f"{name[:40]}..."
        return [finding("cut.name", Where(str(folder)), name=shown)]
    if folder.is_symlink():
        return [finding("cut.place_linked", Where(str(folder)), target=str(folder.readlink()))]
    return _taken(cut, folder / name)


def write_cut(cut: Cut, folder: Path) -> Path:
    """Write the cut as Parquet files and `cut.yaml` into `folder` and return the folder.

    Made beside its place and moved there when it is whole. The same cut again is written once. Raises Refusal when
    something else lies there, or the files cannot be written.
    """
    import polars as pl

    where = Where(str(folder))
    if taken := _taken(cut, folder):
        raise Refusal(taken)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with making(folder.parent) as beside:
            _write_files(cut, beside)
            keep_private(beside)
            _take_place(beside, folder)
    except (OSError, pl.exceptions.PolarsError) as error:
        if taken := _taken(cut, folder):  # somebody else was faster
            raise Refusal(taken) from None
        if _said(folder) == _identity(cut):
            return folder
        raise Refusal(finding("cut.not_written", where, reason=trouble_of(error))) from None
    return folder


def written_frames(cut: Cut) -> dict[str, pl.DataFrame]:
    """Every table that leaves a cut, by name, without the columns that could tell who somebody is."""
    frames = {
        "participants": cut.participants,
        "variables": cut.variables,
        "provenance": cut.provenance,
        "deviations": cut.deviations,
        "queries": cut.queries,
        "versions": cut.versions,
        "elements": cut.elements,
        "not_asked": cut.not_asked,
        **{f"form.{name}": table for name, table in sorted(cut.tables.items())},
    }
    return {name: frame.drop(cut.identifying, strict=False) for name, frame in frames.items()}


def _write_files(cut: Cut, folder: Path) -> None:
    import yaml

    for name, frame in written_frames(cut).items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)
    text = yaml.safe_dump(_identity(cut) | _left_out(cut), sort_keys=False, allow_unicode=True)
    (folder / "cut.yaml").write_text(text, encoding="utf-8")


def _take_place(beside: Path, folder: Path) -> None:
    if not folder.is_dir() or not any(folder.iterdir()):
        put_in_place(beside, folder)
        return
    for file in sorted(beside.iterdir()):  # the same cut, with the same files
        file.replace(folder / file.name)


def _identity(cut: Cut) -> dict[str, object]:
    # Older cuts know nothing of what is struck out: the line is there where there is something to tell.
    struck = {"struck": [list(entry) for entry in cut.struck]} if cut.struck else {}
    return {**cut.identity(), "erased": [list(entry) for entry in cut.erased], **struck}


def _left_out(cut: Cut) -> dict[str, object]:
    """Columns that could tell who somebody is stay where they were recorded; the file says which."""
    return {"left_out": list(cut.identifying)} if cut.identifying else {}


def _said(folder: Path) -> object:
    """What the folder's own cut.yaml says it is; None without one that can be read."""
    import yaml

    try:
        said = yaml.safe_load((folder / "cut.yaml").read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return None
    return {name: value for name, value in said.items() if name != "left_out"} if isinstance(said, dict) else said


def _taken(cut: Cut, folder: Path) -> list[Finding]:
    if not folder.exists() and not folder.is_symlink():
        return []
    if folder.is_dir() and (not any(folder.iterdir()) or _said(folder) == _identity(cut)):
        return []
    said = _said(folder)
    entry = said.get("seq") if isinstance(said, dict) else None
    where = Where(str(folder))
    return [finding("cut.place_taken", where, entry=entry) if entry else finding("cut.place_taken/other", where)]
