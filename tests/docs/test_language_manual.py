"""What `make docs` writes is what lies in docs/: the manual of the language, the schemas and the drawings."""

from __future__ import annotations

import json
from dataclasses import replace

from equipoise.protocol.schema import form_schema, protocol_schema
from tests.docs.pages import ROOT
from tests.journeys.screenshots import draw
from tests.spec import test_arms
from tests.spec.manual import PAGE, _chapter, manual

MEND = "run `make docs`"


def test_the_manual_is_what_the_tests_of_the_language_say():
    assert PAGE.read_text("utf-8") == manual(), MEND


def test_the_schemas_are_those_of_the_command():
    for name, schema in (("protocol", protocol_schema()), ("form", form_schema())):
        assert json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")) == schema, MEND


def test_the_figures_of_the_design_are_those_that_are_drawn(tmp_path):
    draw(tmp_path)
    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert len(drawn) == 3
    for name, svg in drawn.items():
        assert (ROOT / "docs" / "images" / name).read_text("utf-8") == svg, MEND


def test_control_a_changed_example_is_noticed(monkeypatch):
    page = PAGE.read_text("utf-8")
    assert "\n".join(_chapter(test_arms)) in page
    test = test_arms.test_a_dose_is_positive
    changed = replace(test.example, text=test.example.text.replace("-100", "-101"))
    monkeypatch.setattr(test, "example", changed)
    assert "\n".join(_chapter(test_arms)) not in page
