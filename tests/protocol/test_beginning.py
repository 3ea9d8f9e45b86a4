"""Templates: each is sound in every language, is read as it stands, and can be designed, played and analyzed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from equipoise.cli.main import main
from equipoise.findings import Refusal
from equipoise.protocol.beginning import TEMPLATES, begin_protocol, render_template
from equipoise.protocol.reading import read_protocol
from tests.protocol.test_one_language import alone

LANGUAGES = (("en",), ("zh",), ("en", "zh"))


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_nothing_to_mend_and_explains_itself(
    name: str, languages: tuple[str, ...], tmp_path: Path
) -> None:
    files = begin_protocol(tmp_path / "trial", name, languages)  # type: ignore[arg-type]
    reading = read_protocol(tmp_path / "trial")
    assert [str(f) for f in reading.findings] == []
    assert reading.protocol is not None
    assert reading.protocol.languages == languages
    text = "".join(file.read_text("utf-8") for file in files)
    assert len(re.findall(r"^ *# ", text, re.MULTILINE)) >= 10
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    assert (chinese == 0) == (languages == ("en",))
    if languages == ("zh",):
        assert not re.search(r"^# [A-Z]", text, re.MULTILINE)


@pytest.mark.parametrize("name", TEMPLATES)
def test_one_language_is_the_half_of_both_and_nothing_else(name: str) -> None:
    both, one = render_template(name), render_template(name, ("en",))
    for file in both:
        expected = alone(yaml.safe_load(both[file]), "en")
        found = yaml.safe_load(one[file])
        if file == "protocol.yaml":
            assert found.pop("languages") == ["en"]
        assert found == expected


def test_control_a_text_that_is_left_in_both_languages_is_noticed() -> None:
    both = yaml.safe_load(render_template("binary")["protocol.yaml"])
    assert alone(both, "en") != both


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_can_be_shown_designed_played_and_analyzed(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trial, study = str(tmp_path / "trial"), str(tmp_path / "study")
    assert main(["init", trial, "--from", name, "--languages", "en"]) == 0
    assert main(["show", trial, "--lang", "zh", "--out", str(tmp_path / "shown.md")]) == 0
    if name != "three-arms":  # a design plans one comparison, and the template says so
        assert main(["design", trial]) == 0
    assert main(["new", study, "--protocol", trial, "--rehearsal"]) == 0
    capsys.readouterr()
    assert main(["rehearse", study, "--participants", "6", "--seed", "5"]) == 0
    assert "refused at the desk" not in capsys.readouterr().out
    assert main(["verify", study]) == 0
    assert main(["analyze", study, "--out", str(tmp_path / "out"), "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "not estimated" not in said.out + said.err
    assert (tmp_path / "out" / "report.zh.html").is_file()


@pytest.mark.parametrize(
    ("language", "drawn", "one"),
    [
        (
            "en",
            ("Protocol of a randomized trial", "parallel groups", "to which they were randomized"),
            "trial of one arm",
        ),
        ("zh", ("随机对照试验方案", "组平行", "随机分配的组别"), "单臂试验方案"),
    ],
)
def test_the_document_of_one_arm_calls_nothing_randomized(
    language: str, drawn: tuple[str, ...], one: str, tmp_path: Path
) -> None:
    shown = {}
    for name in ("two-stage", "binary"):
        assert main(["init", str(tmp_path / name), "--from", name, "--languages", "en,zh"]) == 0
        out = tmp_path / f"{name}.md"
        assert main(["show", str(tmp_path / name), "--lang", language, "--out", str(out)]) == 0
        shown[name] = out.read_text("utf-8")
    assert [words for words in drawn if words in shown["two-stage"]] == []
    assert one in shown["two-stage"]
    assert [words for words in drawn if words not in shown["binary"]] == []


def test_the_score_of_the_template_spreads_as_its_design_assumes() -> None:
    """Three visits add up, each with a spread of its own; with 4 it was called the design's and was 14% less."""
    data = yaml.safe_load(render_template("continuous", ("en",))["protocol.yaml"])
    step = data["scenarios"][0]["items"]["score_total"]["normal"]["sd"]
    visits = [visit for visit in data["visits"] if "score" in visit["forms"] and visit["day"] > 0]
    assert step * len(visits) ** 0.5 == pytest.approx(data["design"]["means"]["sd"]["value"], rel=0.02)
    assert 4 * len(visits) ** 0.5 != pytest.approx(data["design"]["means"]["sd"]["value"], rel=0.02)


def test_the_templates_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == list(TEMPLATES)
    assert main(["init", "--lang", "zh"]) == 0
    assert "单臂" in capsys.readouterr().out


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("x")
    with pytest.raises(Refusal) as refused:
        begin_protocol(tmp_path, "binary")
    (told,) = refused.value.findings
    assert told.code == "template.not_empty"
    assert told.where.file == str(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert begin_protocol(tmp_path / "empty" / "below", "binary")
    with pytest.raises(Refusal):
        begin_protocol(mine, "binary")


def test_what_interrupts_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("equipoise.protocol.beginning.put_in_place", fails)
    with pytest.raises(OSError, match="No space"):
        begin_protocol(tmp_path / "a" / "b", "binary")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--from", "survivals"], "Did you mean `survival`?"),
        (["--languages", "fr"], "`fr` does not name languages"),
        (["--languages", ""], "`` does not name languages"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    asked: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "new"), *asked]) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
