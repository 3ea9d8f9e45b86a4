"""A study to import into, the real file and its mapping, and ways to spoil both."""

from __future__ import annotations

import csv
import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.importing import ImportReport, run_import
from equipoise.findings import Finding, Refusal

TRIAL = Path(__file__).resolve().parents[3] / "protocols" / "oropharynx-rtog"
CSV = (TRIAL / "oropharynx.csv").read_text(encoding="utf-8")
MAPPING = (TRIAL / "import.yaml").read_text(encoding="utf-8")
HEADER = CSV.splitlines()[0]
FEW = "\n".join(CSV.splitlines()[:4]) + "\n"  # three rows without any blemish but their dates


@cache
def _fresh() -> Path:
    folder = Path(mkdtemp(prefix="equipoise-import-")) / "study"
    create_study(folder, TRIAL).store.close()
    return folder


def new_study(folder: Path) -> Study:
    """A study without participants, in a folder of its own."""
    shutil.copytree(_fresh(), folder / "study", dirs_exist_ok=True)
    return open_study(folder / "study")


def write(folder: Path, data: str | bytes = FEW, mapping: str = MAPPING) -> tuple[Path, Path]:
    """The file and the mapping, as data.csv and map.yaml."""
    file, map_file = folder / "data.csv", folder / "map.yaml"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    map_file.write_text(mapping, encoding="utf-8")
    return file, map_file


def take_in(folder: Path, data: str | bytes = FEW, mapping: str = MAPPING, **options) -> ImportReport:
    """Import into a new study, or into the one that is there; the ledger must be as it was when anything stopped it."""
    study = open_study(folder / "study") if (folder / "study").exists() else new_study(folder)
    before = study.store.head(study.id)
    try:
        report = run_import(study, *write(folder, data, mapping), **options)
    except BaseException:
        assert study.store.head(study.id) == before
        raise
    if report.errors:
        assert study.store.head(study.id) == before
    return report


def findings_of(folder: Path, data: str | bytes = FEW, mapping: str = MAPPING) -> list[Finding]:
    """Everything that stands against it, whether raised or reported."""
    try:
        return list(take_in(folder, data, mapping, dry_run=True).errors)
    except Refusal as refusal:
        return list(refusal.findings)


def row(case: int = 1, **changes: object) -> str:
    """One sound row with some cells changed."""
    cells = dict(zip(HEADER.split(","), f"{case},2,2,1,1,51,1,2,3,1,2468,1,631".split(","), strict=True))
    return ",".join(str(value) for value in (cells | changes).values())


def table(*rows: str) -> str:
    """The header and some rows."""
    return "\n".join([HEADER, *rows]) + "\n"


def without(clause: str, mapping: str = MAPPING) -> str:
    """The mapping without one clause of `accept`."""
    spoiled = re.sub(rf"- id: {clause}\n(?:  .*\n)+", "", mapping)
    assert spoiled != mapping
    return spoiled


def accepting(*clauses: str, mapping: str = MAPPING) -> str:
    """The mapping with more clauses of `accept`."""
    return mapping.replace("accept:\n", "accept:\n" + "".join(f"- {clause}\n" for clause in clauses))


def suggested(finding: Finding) -> str:
    """The clause that a Finding proposes, with a reason filled in."""
    return re.search(r"\{id: .*\}\}", finding.mend).group().replace("{en: ..., zh: ...}", "{en: known, zh: 已知}")


def blemishes() -> list[tuple[int, str, str]]:
    """Line, column and text of every blemish, counted from the file without any of our code."""
    found = []
    for line, cells in enumerate(csv.DictReader(CSV.splitlines()), start=2):
        found.append((line, "entry_date", cells["entry_date"]))
        found += [(line, name, cells[name]) for name in ("grade", "condition") if cells[name] in ("9", "0")]
    return found
