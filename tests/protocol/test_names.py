"""A name stands once among its own: told in both languages, with the noun for what stands twice and the place of the first."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from equipoise.findings import Finding
from equipoise.protocol.checking import check_protocol
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape import shape
from tests.spec.example import demonstration
from tests.spec.minimal import minimal_data
from tests.spec.rich import RICH

# Where parts with ids stand, and what one of them is called.
SPACES: dict[tuple[str | int, ...], tuple[str, str]] = {
    ("sites",): ("site", "中心"),
    ("roles",): ("role", "角色"),
    ("arms",): ("arm", "试验组"),
    ("arms", 0, "regimen"): ("treatment of the arm", "该试验组的治疗"),
    ("dose_rules",): ("dose rule", "剂量规则"),
    ("codelists",): ("codelist", "代码表"),
    ("codelists", 0, "codes"): ("code of the codelist", "该代码表的代码"),
    ("forms",): ("form", "表单"),
    ("visits",): ("visit", "访视"),
    ("variables",): ("name in rules", "规则所用名称"),
    ("factors",): ("factor", "分层因素"),
    ("endpoints",): ("endpoint", "终点"),
    ("sets",): ("set", "分析集"),
    ("estimands",): ("estimand", "估计目标"),
    ("analyses",): ("analysis", "分析"),
    ("safety_rules",): ("safety rule", "安全性规则"),
    ("scenarios",): ("scenario", "情景"),
    ("scenarios", 0, "outcomes"): ("outcome", "结局"),
    ("eligibility", "criteria"): ("criterion", "入排标准"),
    ("narrative",): ("section of the narrative", "叙述章节"),
}
# Lists within one of several parts: the first that is not empty is taken.
INNER: dict[tuple[str, str], tuple[str, str]] = {
    ("forms", "checks"): ("check of the form", "该表单的核查"),
    ("forms", "groups"): ("group of the form", "该表单的重复组"),
    ("forms", "derivations"): ("derivation", "派生"),
    ("endpoints", "events"): ("event source", "事件来源"),
    ("endpoints", "censoring"): ("censoring", "删失规则"),
    ("estimands", "intercurrent"): ("intercurrent event", "伴发事件"),
}
# The demonstration derives nothing.
DERIVED = """
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations:
  - {id: size, method: body_surface_area, inputs: {height: height, weight: weight}, gives: {body_surface: surface}}
"""


def judged(data: Any) -> list[Finding]:
    shaped = shape(Positions("protocol.yaml", data))
    assert shaped.protocol is not None, [str(finding) for finding in shaped.findings]
    return check_protocol(shaped.protocol, shaped.positions)


def doubled(parts: list[Any]) -> str:
    parts.append(deepcopy(parts[0]))
    return str(parts[0].get("id", parts[0].get("code")))


def told_twice(data: Any, name: str, noun: tuple[str, str]) -> None:
    told = [f for f in judged(data) if f.code == "name.duplicate" and f.facts.get("name") == name]
    assert any(f.what == f"`{name}` is defined twice" and f.why.startswith(f"as a {noun[0]} it") for f in told)
    assert any(f.say("zh").why.startswith(f"作为{noun[1]}，已见于") for f in told)


@pytest.mark.parametrize("path", SPACES, ids=lambda path: ".".join(map(str, path)))
def test_a_name_that_stands_twice_is_told_with_its_noun(path: tuple[str | int, ...]) -> None:
    data = demonstration()
    parts = data
    for step in path:
        parts = parts[step]
    told_twice(data, doubled(parts), SPACES[path])


@pytest.mark.parametrize("path", INNER, ids=".".join)
def test_a_name_that_stands_twice_within_one_part_is_told_with_its_noun(path: tuple[str, str]) -> None:
    data = minimal_data(RICH, DERIVED)
    parts = next(part[path[1]] for part in data[path[0]] if part.get(path[1]))
    told_twice(data, doubled(parts), INNER[path])


def test_control_the_demonstration_names_nothing_twice() -> None:
    assert judged(demonstration()) == []
