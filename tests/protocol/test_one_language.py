"""A protocol that is written in one language: each place where a text is accepted takes it plainly, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from equipoise.cli.main import main
from equipoise.conduct.importing.mapping_reading import read_mapping
from equipoise.findings import Refusal
from equipoise.protocol.anatomy import texts_of
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.positions import Positions
from equipoise.protocol.reading import read_protocol
from equipoise.protocol.schema import form_schema, protocol_schema
from equipoise.protocol.shape import shape
from equipoise.wording import Text
from equipoise.words import LANGUAGES
from tests.protocols.reading_aid import OROPHARYNX
from tests.spec.example import demonstration, read

SCHEMA = jsonschema.Draft202012Validator(protocol_schema())


def alone(data: Any, language: str) -> Any:
    """The data with each text in `language` alone, written plainly."""
    if isinstance(data, dict):
        if data.keys() == {"en", "zh"}:
            return data[language]
        return {key: alone(part, language) for key, part in data.items()}
    return [alone(part, language) for part in data] if isinstance(data, list) else data


def written(language: str) -> dict[str, Any]:
    return {"languages": [language], **alone(demonstration(), language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_where_a_text_is_accepted_takes_it_plainly(language: str, tmp_path: Path) -> None:
    """Law: what holds at least one of every clause is read whole from plain texts, and says what both languages said."""
    bilingual = shape(Positions("", demonstration())).protocol
    assert bilingual is not None
    place = tmp_path / "protocol.yaml"
    place.write_text(yaml.safe_dump(written(language), allow_unicode=True), encoding="utf-8")
    reading = read_protocol(place)
    assert [str(f) for f in reading.findings] == []
    assert reading.protocol is not None
    assert reading.protocol.languages == (language,)
    both = dict(texts_of(bilingual))
    single = dict(texts_of(reading.protocol))
    assert single.keys() == both.keys()
    assert len(single) > 60
    assert all(text.in_("en") == text.in_("zh") == both[path].in_(language) for path, text in single.items())  # type: ignore[arg-type]
    assert SCHEMA.is_valid(written(language))


def clauses_with_texts(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(data, dict) and data.keys() == {"en", "zh"}:
        yield path
    elif isinstance(data, (dict, list)):
        for step, part in data.items() if isinstance(data, dict) else enumerate(data):
            yield from clauses_with_texts(part, (*path, step))


def test_a_plain_text_in_a_protocol_of_both_languages_is_told_at_every_place() -> None:
    """Each by a Finding that says which language lacks, and by the schema."""
    found = shape(Positions("", alone(demonstration(), "en"))).findings
    assert len(found) >= len(list(clauses_with_texts(demonstration()))) - 2
    assert {f.code for f in found} == {"shape.not_both_languages"}
    assert all("the Chinese text is missing" in f.tell() and "languages: [en]" in f.tell() for f in found)
    chinese = shape(Positions("", alone(demonstration(), "zh"))).findings
    # Names and abbreviations have no Chinese character.
    assert sum("缺少英文文本" in f.tell("zh") for f in chinese) > 60
    assert not SCHEMA.is_valid(alone(demonstration(), "en"))


def test_control_a_clause_that_forgets_the_languages_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("equipoise.protocol.shape.written_in", lambda _data: LANGUAGES)
    assert shape(Positions("", written("en"))).findings


def test_the_digest_of_a_protocol_in_both_languages_is_what_it_was() -> None:
    data = demonstration()
    before = shape(Positions("", data)).protocol
    named = shape(Positions("", {"languages": ["zh", "en"], **data})).protocol
    assert before is not None
    assert named is not None
    assert protocol_digest(before) == protocol_digest(named)
    assert "languages" not in before.model_dump(exclude_defaults=True)


@pytest.mark.parametrize(
    ("change", "code", "says", "auf"),
    [
        ("languages: en", "shape.list_needed", "a list is needed", "列表"),
        ("languages: []", "shape.too_few", "at least 1", "至少"),
        ("languages: [en, en]", "shape.not_consistent", "twice", "重复"),
        ("languages: [en]\nstudy: {short: ''}", "shape.empty", "`short` is empty", "`short`为空"),
        ("languages: [en]\nstudy: {short: 5}", "shape.text_needed", "`short` is the number 5", "`short`为数字5"),
        ("languages: [en]\nstudy: {title: ~}", "shape.missing", "Add `title: ...`.", "请补充`title: ...`。"),
        ("languages: [en]\nstudy: {short: {fr: Demo, en: ~, zh: ~}}", "shape.missing_language", "the text is missing", "缺少文本"),
        ("study: {short: [5]}", "shape.not_both_languages", "both languages", "中英文齐备"),
        ("languages: [en]\nstudy: {short: 试验}", "wording.not_english", "is Chinese", "为中文"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_language_is_told(change: str, code: str, says: str, auf: str) -> None:
    told = [f for f in read(change)[0].findings if f.code == code]
    assert any(says in f.tell("en") and auf in f.tell("zh") for f in told), [str(f) for f in read(change)[0].findings]


def test_a_mapping_is_written_in_the_languages_of_its_protocol(tmp_path: Path) -> None:
    place = tmp_path / "import.yaml"
    source = (OROPHARYNX / "import.yaml").read_text("utf-8")
    place.write_text(yaml.safe_dump(alone(yaml.safe_load(source), "en"), allow_unicode=True), encoding="utf-8")
    assert read_mapping(place, ("en",)).mapping
    with pytest.raises(Refusal) as refused:
        read_mapping(place)
    assert {f.code for f in refused.value.findings} == {"shape.not_both_languages"}


def test_the_schema_of_forms_exists_for_one_language_too() -> None:
    form = demonstration()["forms"][0]
    both, one = form_schema(), form_schema(alone=True)
    assert jsonschema.Draft202012Validator(both).is_valid([form])
    assert not jsonschema.Draft202012Validator(both).is_valid([alone(form, "en")])
    assert jsonschema.Draft202012Validator(one).is_valid([alone(form, "en")])


def test_the_document_says_its_own_words_in_either_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "protocol.yaml"
    place.write_text(yaml.safe_dump(written("en"), allow_unicode=True), encoding="utf-8")
    assert main(["show", str(place), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert "研究" in shown
    assert "Initial size of the tumour" in shown or "Overall survival" in shown
    assert "另一语言" not in shown


def test_control_both_languages_of_a_text_are_different_texts() -> None:
    assert Text(en="Age", zh="年龄").in_("zh") == "年龄"
