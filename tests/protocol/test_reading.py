"""What is said of a text that is no YAML, of a file that cannot be read and of a value of the wrong shape, in both languages."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from equipoise.findings import Unreadable
from equipoise.protocol.files import find_protocol
from equipoise.protocol.positions import Positions
from equipoise.protocol.reading import read_protocol
from equipoise.protocol.shape_findings import explain_shape_error
from equipoise.protocol.words import TABLE, near
from equipoise.protocol.yaml_reading import BYTES_MAX, read_yaml
from tests.spec.example import read
from tests.spec.minimal import MINIMAL

# The text; what is found, why and the mending, in part, in English and in Chinese.
BROKEN = {
    "a:\n\tb: 1": ("a tab stands", "制表符"),
    "a: b: c": ("a second `: `", "第二个`: `"),
    "a:\n   b: 1\n  c: 2": ("does not fit the lines above", "与上文不符"),
    "- a\nb: 1": ("does not fit the lines above", "与上文不符"),
    "a: 1\nfoo\nb: 2": ("a key without `: `", "键后缺少`: `"),
    "a: [1\nb: 2": ("a list in brackets", "方括号列表"),
    "a: {b: 1\nc: 2": (
        "Close it with `}`, add the comma, or put text that contains , : or {} in quotes",
        "{}的文本加引号",
    ),
    "a: 'x": ("a quote is opened", "引号未闭合"),
    "a: \x01": ("a control character", "控制字符"),
    "a: @x": ("a character that YAML keeps", "保留字符"),
    'a: "\\q"': ("Use single quotes, or write \\\\.", "写作\\\\。"),
    "a: & x": ("a name after & or *", "之后的名称缺失"),
    "a: !x!y z": ("a mapping is plain data, and nothing in it may run", "映射文件仅为数据"),
    "%FOO": ("found unknown directive name", "解析器提示：found unknown directive name"),
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_text_that_stops_being_yaml_is_told_by_its_likeliest_mistake(text: str) -> None:
    english, chinese = BROKEN[text]
    (finding,) = read_yaml(text.encode(), "x.yaml", "mapping").findings
    assert finding.code == "yaml.broken"
    assert english in finding.tell()
    assert chinese in finding.tell("zh")


def test_the_line_is_shown_beside_the_mistake() -> None:
    (finding,) = read_yaml(b"a: @x", "x.yaml").findings
    assert finding.what.endswith("near `a: @x`")
    assert finding.say("zh").what.endswith("（`a: @x`附近）")


@pytest.mark.parametrize(
    ("content", "code", "english", "chinese"),
    [
        (b"\xe9t\xe9: 1", "yaml.encoding", "it looks like Windows-1252 or Latin-1", "似为Windows-1252或Latin-1"),
        ("年: 1".encode("gbk"), "yaml.encoding", "it looks like GBK", "似为GBK"),
        (b"# x\n" * (BYTES_MAX // 4 + 1), "yaml.too_large", "more than 8 MB", "超过8 MB"),
        (b"", "yaml.empty", "Write the file of acts into it, or remove the file", "请写入操作文件内容，或删除该文件"),
        (b"~", "yaml.empty", "holds no value", "不含任何值"),
    ],
    ids=["latin", "gbk", "large", "empty", "null"],
)
def test_a_file_that_holds_nothing_readable_is_told(content: bytes, code: str, english: str, chinese: str) -> None:
    (finding,) = read_yaml(content, "x.yaml", "file").findings
    assert finding.code == code
    assert english in finding.tell()
    assert chinese in finding.tell("zh")


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.EACCES, "permission denied", "没有读取权限"),
        (errno.EISDIR, "is a directory", "这是一个文件夹"),
        (errno.EIO, "the system refused (EIO)", "系统拒绝（EIO）"),
    ],
)
def test_what_the_system_refuses_is_said_in_our_words(
    number: int, english: str, chinese: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "protocol.yaml").write_text(MINIMAL, "utf-8")

    def refused(*_: Any, **__: Any) -> Any:
        raise OSError(number, "whatever the system calls it")

    monkeypatch.setattr(Path, "open", refused)
    (finding,) = read_protocol(tmp_path).findings
    assert (finding.code, finding.why, finding.say("zh").why) == ("protocol.not_readable", english, chinese)


def test_a_protocol_is_not_found_where_none_comes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("equipoise.protocol.files.SHELVES", ())
    with pytest.raises(Unreadable) as told:
        find_protocol("nowhere")
    assert told.value.findings[0].say("zh").mend == "请给出含protocol.yaml的文件夹。"


# A change of the demonstration trial, and what is said of it.
SHAPES = {
    "study: {version: 1.0}": ("`version` is the number 1.0", '请加引号：`version: "1.0"`。'),
    "study: {version: true}": ("`version` is the truth value true", "`version`为真假值true"),
    "study: {version: [1]}": ("`version` is a list", "`version`为列表"),
    "study: {version: {a: 1}}": ("Write one line of text.", "请写成一行文本。"),
    "study: {short: Demo}": ("Write `short: {en: Demo, zh: ...}`.", "请写作`short: {en: Demo, zh: ...}`。"),
    "arms: [{id: A, label: {en: x, zh: ~}}]": ("the Chinese text is missing", "缺少中文文本"),
    "arms: [{id: A, label: {zh: 甲, en: ~}}]": ("the English text is missing", "缺少英文文本"),
    "study: {title: ~}": ("Add `title: ...` with `{en: ..., zh: ...}`.", "写作`{en: ..., zh: ...}`。"),
    "randomization: {scheme: {value: {kind: minimization, p: 1}}}": ("it must be below 1", "须小于1"),
    "randomization: {scheme: {value: {p: 0.8}}}": ("`kind` is missing", "缺少`kind`"),
    "randomization: {scheme: {value: {kind: blocks}}}": ("the kind `blocks` is not known here", "此处没有种类`blocks`"),
    "visits: [{id: every_3_months, window: {before: -1}}]": ("it must be at least 0", "须不小于0"),
    "sites: [{id: S01, nmae: x}]": ("Did you mean `name`? The keys are: id, name", "是否指`name`？可用的键：id、name"),
    "design: {hazard_ratio: {value: 0.7, assumption: true}}": ("an assumption without a source", "假设未注明来源"),
    "forms: [{id: baseline, items: [{id: age, type: code}]}]": (
        "an item of type code names its codelist, and no other type does",
        "code类型的条目须指定代码表，其他类型不得指定",
    ),
}


@pytest.mark.parametrize("change", SHAPES)
def test_a_wrong_shape_is_told_in_both_languages(change: str) -> None:
    english, chinese = SHAPES[change]
    findings = read(change)[0].findings
    assert any(english in finding.tell() for finding in findings), [finding.tell() for finding in findings]
    assert any(chinese in finding.tell("zh") for finding in findings), [finding.tell("zh") for finding in findings]


# A type, and a value that is not of it: what no protocol can bring about today, or only through a clause to come.
MISFITS: list[tuple[Any, Any, str, str]] = [
    (tuple[int, int], [1, 2, 3], "at most 2 are allowed", "至多2个"),
    (bytes, 3, "something else belongs here (bytes_type)", "此处应为其他内容（bytes_type）"),
    (Literal["a"], 3, "it is one of a", "须为以下之一：a"),
    (Annotated[int, Field(gt=0)], 0, "it must be above 0", "须大于0"),
    (Annotated[int, Field(le=3)], 4, "it must be at most 3", "须不大于3"),
    (float, None, "`key` is empty; a number is needed here", "`key`为空；此处须为数字"),
    (int, None, "a whole number is needed here", "此处须为整数"),
    (tuple[int, ...], {"a": 1}, "Write each element on a line of its own", "每个元素各占一行"),
    (dict[str, int], "x", "Write `name: value` lines.", "请按`name: value`逐行书写。"),
]


@pytest.mark.parametrize(("kind", "given", "english", "chinese"), MISFITS)
def test_whatever_pydantic_says_is_said_in_our_words(kind: Any, given: Any, english: str, chinese: str) -> None:
    with pytest.raises(ValidationError) as told:
        TypeAdapter(kind).validate_python(given)
    for error in told.value.errors():
        finding = explain_shape_error(error, ("key",), kind, Positions("x.yaml", {"key": given}))
        assert english in finding.tell()
        assert chinese in finding.tell("zh")


def test_a_suggestion_is_made_only_where_it_cannot_mislead() -> None:
    assert str(near("sponser", ["sponsor", "short"])) == "Did you mean `sponsor`? "
    assert near("unrelated", ["related"]) == ""


def test_no_wording_of_one_subject_hides_another() -> None:
    from equipoise.protocol import words

    subjects = [part for part in vars(words).values() if hasattr(part, "WORDS")]
    for name in ("WORDS", "PHRASES"):
        keys = [key for subject in subjects for key in getattr(subject, name)]
        assert sorted({key for key in keys if keys.count(key) > 1}) == []
    assert len(TABLE.words) > 20


def test_what_is_written_and_cannot_be_used_is_not_said_to_be_missing():
    planned = "analyses: [{id: os_cox, method: rmst, covariates: [], strata: [], tau_days: %s}]"
    told = read(planned % "1000000000")[0].findings
    assert [(f.code, f.where.path) for f in told] == [("shape.out_of_bounds", "analyses.os_cox.tau_days")]
    assert [f.code for f in read(planned % "~")[0].findings] == ["analysis.option"]  # control: left out, it is missed


def test_a_number_too_long_to_be_read_is_told_by_its_power_of_ten():
    (told,) = read("design: {dropout_per_month: 1.0e308}")[0].findings
    assert told.what == "`dropout_per_month` is 1.000e+308"


def test_an_endpoint_of_no_unit_in_particular_is_asked_for_none():
    assert read("endpoints: [{id: heavy, unit: ~, rule: weight / weight}]")[0].findings == []
    (asked,) = read("endpoints: [{id: heavy, unit: ~}]")[0].findings  # control
    assert str(asked).endswith("Write `unit: kg`.")
    assert asked.say("zh").mend == "请写`unit: kg`。"
