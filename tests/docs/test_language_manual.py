"""What `make docs` writes is what lies in docs/: the manual of the language, the schemas and the drawings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from equipoise.estimands import METHODS
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


def closed_lists(part: object, place: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    """Clause, key and value of everything that stands in a closed list of the schema."""
    if isinstance(part, dict):
        for value in () if place.startswith("Sourced") else part.get("enum", ()):  # it has the values of its key
            yield place, key, str(value)
        for name, inner in part.items():
            if name == "$defs":
                for clause, one in inner.items():
                    yield from closed_lists(one, clause)
            elif name == "properties":
                for own, one in inner.items():
                    yield from closed_lists(one, place, own)
            elif name not in ("examples", "enum"):
                yield from closed_lists(inner, place, key)
    elif isinstance(part, list):
        for inner in part:
            yield from closed_lists(inner, place, key)


def unlisted(keys: str) -> list[tuple[str, str, str]]:
    """The values of closed lists that the page of keys does not tell beside a key of that name."""
    rows: dict[str, str] = {}
    for line in keys.splitlines():
        if found := re.match(r"\| `(\w+)`\*? \| ", line):
            rows[found[1]] = rows.get(found[1], "") + line
    schema = protocol_schema()
    return [one for one in closed_lists(schema) if one[1] and f"`{one[2]}`" not in rows.get(one[1], "")]


def test_every_value_of_every_closed_list_stands_beside_its_key():
    assert unlisted((FOLDER / "keys.md").read_text("utf-8")) == []
    analyses = (FOLDER / "estimands-and-analyses.md").read_text("utf-8")
    assert [one.id for one in METHODS if f"| `{one.id}` |" not in analyses] == []


def test_control_a_value_that_is_told_nowhere_is_noticed():
    page = (FOLDER / "keys.md").read_text("utf-8")
    assert ("Analysis", "method", "reverse_kaplan_meier") in unlisted(page.replace("`reverse_kaplan_meier`", ""))


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
