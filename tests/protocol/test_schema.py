"""The JSON Schema says of a file what the reader says of it, and explains every key."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

import jsonschema
import pytest

from equipoise.cli.main import main
from equipoise.protocol.checking import check_protocol
from equipoise.protocol.keys.examples import EXAMPLES
from equipoise.protocol.keys.saying import WORDS, words_of
from equipoise.protocol.positions import Positions
from equipoise.protocol.reading import read_shape
from equipoise.protocol.schema import clauses, form_schema, protocol_schema
from equipoise.protocol.shape import shape
from equipoise.protocol.yaml_reading import read_yaml
from tests.hunting import examples
from tests.protocol.mutations import mutate
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX
from tests.spec.minimal import minimal_data
from tests.spec.rich import RICH

PROTOCOL = jsonschema.Draft202012Validator(protocol_schema())
FORM = jsonschema.Draft202012Validator(form_schema())


def complaints(data: Any, validator: Any = PROTOCOL) -> list[str]:
    return [error.json_path for error in validator.iter_errors(data)]


@cache
def source(name: str) -> Any:
    return {
        "minimal": minimal_data,
        "rich": lambda: minimal_data(RICH),
        "oropharynx": lambda: read_shape(OROPHARYNX).lines.data,
        "flagship": lambda: read_shape(FLAGSHIP).lines.data,
    }[name]()


def disagreement(data: Any) -> str:
    """How schema and reader differ about `data`; empty when they agree, or when only arithmetic is wrong."""
    shaped = shape(Positions("protocol.yaml", data))
    found = list(shaped.findings)
    if not found and shaped.protocol is not None:
        found = [f for f in check_protocol(shaped.protocol, shaped.positions) if f.code == "assumption.without_source"]
    fits = PROTOCOL.is_valid(data)
    if fits and any(f.code != "shape.not_consistent" for f in found):
        return f"only the reader refuses: {found[0]}"
    return "" if fits or found else f"only the schema refuses: {complaints(data)}"


def test_both_are_schemas_of_the_2020_12_dialect() -> None:
    for schema in (protocol_schema(), form_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", ["minimal", "rich", "oropharynx", "flagship"])
def test_a_sound_protocol_fits(name: str) -> None:
    assert complaints(source(name)) == []


@pytest.mark.parametrize("folder", [FLAGSHIP, OROPHARYNX], ids=lambda folder: folder.name)
def test_every_shipped_file_of_forms_fits(folder: Any) -> None:
    for path in sorted((folder / "forms").glob("*.yaml")):
        assert complaints(read_yaml(path.read_bytes(), path.name).data, FORM) == []


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ("sights: []", "$"),
        ("arms: []", "$.arms"),
        ("study: {short: Demo}", "$.study.short"),
        ("study: {version: 1.0}", "$.study.version"),
        ("forms: [{id: baseline, items: [{id: age, unti: years}]}]", "$.forms[0].items[1]"),
        ("forms: [{id: baseline, items: [{id: age, required: 'no'}]}]", "$.forms[0].items[1].required"),
        ("forms: [{id: baseline, items: [{id: sex, codelist: null}]}]", "$.forms[0].items[2]"),
        ("visits: [{id: screening, day: null}]", "$.visits[0]"),
        ("visits: [{id: screening, day: {value: 0, assumption: true}}]", "$.visits[0].day"),
        ("randomization: {scheme: {kind: blocks}}", "$.randomization.scheme"),
        ("randomization: {ratio: {A: 1, B: one}}", "$.randomization.ratio"),
        ("endpoints: [{id: os, origin: null}]", "$.endpoints[0]"),
        ("variables: [{id: died_on, rule: age}]", "$.variables[0]"),
        ("sites: [{id: S01, assumption: true}]", "$.sites[0]"),
    ],
)
def test_what_the_reader_refuses_does_not_fit(change: str, at: str) -> None:
    data = minimal_data(change)
    assert at in complaints(data)
    assert disagreement(data) == ""


@pytest.mark.parametrize(
    "plain", ["day: 90", "day: {value: 90}", "day: {value: 90, assumption: true, source: Judgement}"]
)
def test_a_value_may_stand_alone_or_with_its_standing(plain: str) -> None:
    assert complaints(minimal_data(f"visits: [{{id: every_3_months, {plain}}}]")) == []


@pytest.mark.parametrize("name", ["minimal", "rich", "oropharynx"])
def test_schema_and_reader_agree_about_damaged_protocols(name: str) -> None:
    damaged = (mutate(source(name), random.Random(seed)) for seed in range(examples(200)))
    assert [said for data in damaged if (said := disagreement(data))] == []


def test_control_a_schema_that_lets_a_key_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    loose = protocol_schema()
    for clause in loose["$defs"].values():
        if "properties" in clause:
            clause["additionalProperties"] = True
    monkeypatch.setattr("tests.protocol.test_schema.PROTOCOL", jsonschema.Draft202012Validator(loose))
    assert any(disagreement(mutate(source("rich"), random.Random(seed))) for seed in range(80))


def test_every_key_of_every_clause_is_explained_and_no_other() -> None:
    keys = {f"{c.__name__}.{info.alias or name}" for c in clauses() for name, info in c.model_fields.items()}
    assert [key for key in sorted(keys) if not words_of(*key.split("."))] == []
    assert sorted(set(WORDS) - keys - {"Sourced.value"}) == []
    assert all(c.__doc__ for c in clauses())


def test_every_example_fits_its_own_clause() -> None:
    definitions = protocol_schema()["$defs"]
    for name, shown in EXAMPLES.items():
        validator = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions})
        assert all(validator.is_valid(example) for example in shown), name


def test_the_command_prints_or_writes_the_same_schemas(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == protocol_schema()
    assert main(["schema", "--form"]) == 0
    assert json.loads(capsys.readouterr().out) == form_schema()
    assert main(["schema", "--out", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "form.schema.json").read_text("utf-8")) == form_schema()
