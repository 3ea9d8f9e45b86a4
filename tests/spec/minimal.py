"""A minimal valid protocol, and a way to say what a test changes in it.

A change is a piece of YAML (or data): mappings are merged, lists of clauses with an `id` are merged by id (a new id is
appended), everything else is replaced, also a value with its standing. `key: ~` removes a key; `- {id: x, remove: true}` removes a clause.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from equipoise.protocol.document import Protocol
from equipoise.protocol.yaml_reading import read_yaml

__all__ = ["MINIMAL", "minimal_data", "minimal_protocol", "write_minimal"]

MINIMAL = """\
equipoise: 1
study:
  id: DEMO
  title: {en: A demonstration trial, zh: 示范试验}
  short: {en: Demo, zh: 示范}
  version: "1.0"
  date: "2024-01-15"
sites:
- {id: S01, name: {en: First hospital, zh: 第一医院}, country: CN, timezone: Asia/Shanghai}
- {id: S02, name: {en: Second hospital, zh: 第二医院}, country: CN, timezone: Asia/Shanghai}
roles:
- id: investigator
  label: {en: Investigator, zh: 研究者}
  acts: [screen, consent, record, correct, enroll, randomize, withdraw, report_deviation, answer_query]
- id: monitor
  label: {en: Monitor, zh: 监查员}
  acts: [raise_query, close_query]
  own_site_only: false
- id: manager
  label: {en: Trial manager, zh: 试验管理员}
  acts: [open_site, close_site, appoint, dismiss, pause, resume, lock, unlock, cut, checkpoint]
  own_site_only: false
arms:
- {id: A, label: {en: Experimental, zh: 试验组}, role: experimental}
- {id: B, label: {en: Control, zh: 对照组}, role: control}
codelists:
- id: sex
  codes:
  - {code: F, label: {en: Female, zh: 女}}
  - {code: M, label: {en: Male, zh: 男}}
forms:
- id: baseline
  title: {en: Baseline, zh: 基线}
  date_item: visit_date
  items:
  - {id: visit_date, label: {en: Date of visit, zh: 访视日期}, type: date}
  - {id: age, label: {en: Age, zh: 年龄}, type: integer, unit: years, hard: {min: 0, max: 120}}
  - {id: sex, label: {en: Sex, zh: 性别}, type: code, codelist: sex}
  - {id: weight, label: {en: Weight, zh: 体重}, type: decimal, unit: kg, decimals: 1, soft: {min: 35, max: 120}}
- id: follow_up
  title: {en: Follow-up, zh: 随访}
  date_item: seen_date
  items:
  - {id: seen_date, label: {en: Date seen, zh: 就诊日期}, type: date}
  - {id: progressed, label: {en: Progression, zh: 进展}, type: boolean}
- id: death
  title: {en: Death, zh: 死亡}
  date_item: death_date
  items:
  - {id: death_date, label: {en: Date of death, zh: 死亡日期}, type: date}
visits:
- id: screening
  label: {en: Screening, zh: 筛选}
  anchor: consent
  day: 0
  window: {after: 28}
  forms: [baseline]
  act: [consent, enroll, randomize]
- id: every_3_months
  label: {en: Every 3 months, zh: 每3个月}
  anchor: randomization
  day: 90
  repeat: {every_days: 90, count: 8}
  window: {before: 14, after: 14}
  forms: [follow_up]
- id: events
  label: {en: Events, zh: 事件}
  kind: log
  forms: [death]
variables:
- id: died_on
  label: {en: Date of death, zh: 死亡日期}
  type: date
  pick: {item: death_date, which: last}
- id: last_seen
  label: {en: Last seen alive, zh: 最后存活日期}
  type: date
  pick: {item: seen_date, which: max}
eligibility:
  at: screening
  criteria:
  - {id: I1, kind: inclusion, text: {en: Adults, zh: 成年人}, rule: age >= 18}
  - {id: E1, kind: exclusion, text: {en: Weight below 30 kg, zh: 体重低于30公斤}, rule: weight < 30}
factors:
- {id: sex, label: {en: Sex, zh: 性别}}
randomization:
  at: screening
  ratio: {A: 1, B: 1}
  scheme: {kind: permuted_blocks, sizes: [4, 6]}
  stratify_by: [sex]
  blinding: open
endpoints:
- kind: time_to_event
  id: os
  label: {en: Overall survival, zh: 总生存期}
  short: OS
  description: {en: Time from randomization to death from any cause, zh: 从随机分组到任何原因死亡的时间}
  role: primary
  origin: randomized_date
  events:
  - {id: death, label: {en: Death, zh: 死亡}, date: died_on}
  censoring:
  - {id: alive, label: {en: Last seen alive, zh: 最后存活}, date: last_seen}
  - {id: start, label: {en: Randomized, zh: 随机分组}, date: randomized_date}
  death: event
sets:
- {id: itt, label: {en: Intention to treat, zh: 意向性治疗}, rule: randomized}
estimands:
- id: main
  label: {en: Main estimand, zh: 主要估计目标}
  population: itt
  treatment: {en: A against B, zh: A 组对比 B 组}
  endpoint: os
  summary: {en: Survival of the two arms, zh: 两组生存情况}
analyses:
- {id: os_logrank, label: {en: Log-rank test, zh: 对数秩检验}, endpoint: os, estimand: main, set: itt, method: logrank, role: primary}
- {id: os_km, label: {en: Kaplan-Meier, zh: Kaplan-Meier 曲线}, endpoint: os, set: itt, method: kaplan_meier, role: descriptive}
baseline: [age, sex, weight]
"""


def minimal_data(*changes: str | dict[str, Any]) -> dict[str, Any]:
    """The minimal protocol as plain data, with `changes` merged in, one after the other."""
    data: dict[str, Any] = _read(MINIMAL)
    for change in changes:
        data = _merged(data, _read(change) if isinstance(change, str) else change)
    return data


def _read(text: str) -> Any:
    """As the reader of protocols reads it: YAML 1.2, in which `no` and 2024-01-15 are text."""
    read = read_yaml(text.encode(), "change")
    assert not read.findings, [str(finding) for finding in read.findings]
    return read.data


def minimal_protocol(*changes: str | dict[str, Any]) -> Protocol:
    """The minimal protocol as a document, not checked; raises pydantic's error for a shape it does not have."""
    return Protocol.model_validate(minimal_data(*changes))


def write_minimal(folder: Path, *changes: str | dict[str, Any]) -> Path:
    """Write the minimal protocol to `folder`/protocol.yaml and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (
        yaml.dump(minimal_data(*changes), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        if changes
        else MINIMAL
    )
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return folder


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict) and "value" not in new:
        result = dict(old)
        for key, value in new.items():
            if value is None:
                result.pop(key, None)
            else:
                result[key] = _merged(result[key], value) if key in result else copy.deepcopy(value)
        return result
    if _clauses(old) and _clauses(new):
        result_by_id = {clause["id"]: clause for clause in old}
        for clause in new:
            known = clause["id"] in result_by_id
            if clause.get("remove"):
                result_by_id.pop(clause["id"], None)
            else:
                result_by_id[clause["id"]] = _merged(result_by_id[clause["id"]], clause) if known else clause
        return list(result_by_id.values())
    return copy.deepcopy(new)


def _clauses(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "id" in v for v in value)
