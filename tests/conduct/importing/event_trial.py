"""A trial whose files have rows for each visit or event: repeated visits, a log, groups of rows, a medical rule."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.importing import ImportReport, run_import
from equipoise.findings import Finding, Refusal
from tests.spec.minimal import write_minimal

EVENTS = """\
roles: ~
codelists:
- {id: severity, codes: [{code: mild, label: {en: Mild, zh: 轻}}, {code: severe, label: {en: Severe, zh: 重}}]}
forms:
- id: baseline
  items:
  - {id: weight}
- id: facts
  title: {en: Facts, zh: 事实}
  items:
  - {id: size, label: {en: Size, zh: 大小}, type: decimal, unit: cm, required: false}
  - {id: short, label: {en: Short, zh: 短}, type: decimal, unit: cm, decimals: 1, required: false}
  - {id: count_of, label: {en: Count, zh: 计数}, type: integer, required: false}
  - {id: smoker, label: {en: Smoker, zh: 吸烟}, type: boolean, required: false}
  - {id: day_of, label: {en: Day, zh: 日期}, type: date, required: false}
  - {id: moment_of, label: {en: Moment, zh: 时刻}, type: datetime, required: false}
  - {id: level_of, label: {en: Level, zh: 水平}, type: qualified_number, unit: "{copies}/mL", qualifiers: {"<": half, ">": limit, ND: 0}, required: false}
  - {id: onset_of, label: {en: Onset, zh: 发生}, type: partial_date, at_least: nothing, required: false}
  - {id: note_of, label: {en: Note, zh: 备注}, type: text, required: false}
- id: labs
  title: {en: Laboratory, zh: 实验室检查}
  date_item: lab_date
  items:
  - {id: lab_date, label: {en: Date, zh: 日期}, type: date}
  - {id: alt, label: {en: ALT, zh: 丙氨酸转氨酶}, type: decimal, unit: U/L, soft: {max: 5000}}
  - {id: alt_uln, label: {en: Upper limit, zh: 上限}, type: decimal, unit: U/L}
  - {id: alt_grade, label: {en: Grade, zh: 级别}, type: text, required: false}
  derivations:
  - {id: x1, method: ctcae_lab_grade, version: CTCAE v5.0, options: {term: alt_increased}, inputs: {value: alt, uln: alt_uln}, gives: {grade: alt_grade}}
- id: tumor
  title: {en: Tumor, zh: 肿瘤}
  items:
  - {id: scanned, label: {en: Scanned, zh: 已扫描}, type: boolean, required: false}
  groups:
  - id: lesions
    label: {en: Lesions, zh: 病灶}
    items:
    - {id: lesion, label: {en: Lesion, zh: 病灶}, type: text}
    - {id: diameter, label: {en: Diameter, zh: 直径}, type: integer, unit: mm, hard: {min: 1, max: 300}, soft: {max: 100}}
- id: outcome
  title: {en: Outcome, zh: 结局}
  items:
  - {id: os_days, label: {en: Days to death, zh: 至死亡天数}, type: integer, unit: d, required: false}
  - {id: died, label: {en: Died, zh: 死亡}, type: boolean, required: false}
  - {id: rec_days, label: {en: Days to recurrence, zh: 至复发天数}, type: integer, unit: d, required: false}
  - {id: recurred, label: {en: Recurred, zh: 复发}, type: boolean, required: false}
- id: ae
  title: {en: Adverse event, zh: 不良事件}
  items:
  - {id: ae_term, label: {en: Event, zh: 事件}, type: text}
  - {id: ae_severity, label: {en: Severity, zh: 程度}, type: code, codelist: severity}
visits:
- {id: screening, forms: [baseline, facts, tumor, outcome]}
- {id: every_3_months, forms: [follow_up, labs]}
- {id: events, forms: [death, ae]}
factors: ~
randomization: {scheme: {kind: recorded, sizes: ~, description: {en: By telephone., zh: 电话分配。}}, stratify_by: ~}
"""
ACTS = """\
  participant: id
  site: "'S01'"
  screened: DATE '2023-03-01'
  consented: DATE '2023-03-01'
  enrolled: DATE '2023-03-01'
  randomized: {date: DATE '2023-03-01', arm: "'A'"}
"""
BASELINE = """\
  - form: baseline
    visit: screening
    values: {visit_date: DATE '2023-03-01', age: '50', sex: "'F'", weight: '60'}
"""


@cache
def _fresh() -> Path:
    folder = Path(mkdtemp(prefix="equipoise-events-"))
    create_study(folder / "study", write_minimal(folder / "trial", EVENTS)).store.close()
    return folder / "study"


def new_study(folder: Path) -> Study:
    """A study of this trial without participants."""
    if not (folder / "study").exists():
        shutil.copytree(_fresh(), folder / "study")
    return open_study(folder / "study")


def taking(folder: Path, data: str | bytes, mapping: str, *, name: str = "data.csv", **options: Any) -> ImportReport:
    """Import into the study in the folder."""
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return run_import(new_study(folder), folder / name, folder / "map.yaml", **options)


def faults(folder: Path, data: str | bytes, mapping: str, *, name: str = "data.csv") -> list[Finding]:
    """Everything that stands against it."""
    try:
        return list(taking(folder, data, mapping, name=name, dry_run=True).errors)
    except Refusal as refusal:
        return list(refusal.findings)


def recorded(folder: Path, form: str) -> list[dict[str, Any]]:
    """The payloads of a form's records in the order of the ledger."""
    study = open_study(folder / "study")
    return [e.payload for e in study.store.read(study.id, kinds=["form_recorded"]) if e.payload["form"] == form]


def lines(*rows: str) -> str:
    """A file of these lines."""
    return "\n".join(rows) + "\n"
