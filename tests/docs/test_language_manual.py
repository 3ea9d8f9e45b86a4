"""What `make docs` writes is what lies in docs/: the manual of the language, the schemas and the drawings."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from equipoise.protocol.schema import form_schema, protocol_schema
from tests.docs.pages import ROOT
from tests.journeys.screenshots import draw
from tests.spec import test_arms
from tests.spec.manual import FOLDER, chapter, pages

MEND = "run `make docs`"


def test_the_manual_is_what_the_tests_of_the_language_say():
    assert {page.name: page.read_text("utf-8") for page in FOLDER.glob("*.md")} == pages(), MEND


def test_every_heading_of_the_manual_has_prose():
    assert {page.name: bare_headings(page.read_text("utf-8")) for page in FOLDER.glob("*.md")} == dict.fromkeys(
        pages(), []
    )


def bare_headings(page: str) -> list[str]:
    """The headings under which no sentence stands: nothing but an example, a table or another heading."""
    sections = re.split(r"^(#+ .*)$", page, flags=re.MULTILINE)
    return [
        heading
        for heading, text in zip(sections[1::2], sections[2::2], strict=True)
        if not re.match(r"[\w`*\[-]", text.lstrip()[:1] or "|") or text.lstrip().startswith("```")
    ]


def test_the_schemas_are_those_of_the_command():
    for name, schema in (
        ("protocol", protocol_schema()),
        ("form", form_schema()),
        ("form.one-language", form_schema(alone=True)),
    ):
        assert json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")) == schema, MEND


def test_the_figures_of_the_design_are_those_that_are_drawn(tmp_path):
    draw(tmp_path)
    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert len(drawn) == 3
    for name, svg in drawn.items():
        assert (ROOT / "docs" / "images" / name).read_text("utf-8") == svg, MEND


def test_control_a_changed_example_is_noticed(monkeypatch):
    page = (FOLDER / "arms.md").read_text("utf-8")
    assert chapter(test_arms) == page
    test = test_arms.test_a_dose_is_positive
    changed = replace(test.example, text=test.example.text.replace("-100", "-101"))
    monkeypatch.setattr(test, "example", changed)
    assert chapter(test_arms) != page


def test_control_a_heading_without_prose_is_noticed():
    assert bare_headings("# A\n\nWords.\n\n## B\n\n```yaml\na: 1\n```\n\n## C\n\n## D\n\n- words\n") == ["## B", "## C"]
