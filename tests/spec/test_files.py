"""Files

YAML 1.2 in UTF-8. Only `true`, `false`, `null`, whole and decimal numbers are anything but text. Tags, merge keys, keys written twice, a second document, and
aliases that unfold without bound are refused, and every Finding has its line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from equipoise.protocol.reading import read_protocol
from equipoise.protocol.yaml_reading import BYTES_MAX
from tests.spec.minimal import MINIMAL


def told(folder: Path, text: str | bytes) -> list[tuple[str, int]]:
    (folder / "protocol.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return [(f.code, f.where.line) for f in read_protocol(folder).findings]


def line_with(text: str, fragment: str) -> int:
    return next(i for i, line in enumerate(text.splitlines(), start=1) if fragment in line)


# What is written instead of what, and the Finding.
BROKEN = {
    "a tab that indents": ("  id: DEMO", "\tid: DEMO", "yaml.broken"),
    "a bracket that is not closed": ("country: CN, timezone: Asia/Shanghai}\n- {id: S02", "country: CN, timezone: Asia/Shanghai\n- {id: S02", "yaml.broken"),
    "a second colon in a line": ("  short: {en: Demo, zh: 示范}", "  short: en: Demo", "yaml.broken"),
    "a key written twice": ("  version: \"1.0\"", "  id: OTHER", "yaml.duplicate_key"),
    "a tag": ("  version: \"1.0\"", "  version: !!python/object:os.system x", "yaml.tag"),
    "a merge key": ("  version: \"1.0\"", "  version: \"1.0\"\n  <<: {phase: II}", "yaml.merge_key"),
    "an alias to nothing": ("  version: \"1.0\"", "  version: *other", "yaml.alias"),
    "a number that is not finite": ("hard: {min: 0, max: 120}", "hard: {min: 0, max: .inf}", "yaml.not_finite"),
    "a second document": ("sites:", "---\nsites:", "yaml.several_documents"),
    "a list as a key": ("  version: \"1.0\"", "  version: \"1.0\"\n  ? [a]\n  : b", "yaml.key"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml_is_told_with_its_line(name: str, tmp_path: Path):
    old, new, code = BROKEN[name]
    assert MINIMAL.count(old) == 1
    text = MINIMAL.replace(old, new)
    changed = next(
        i for i, (a, b) in enumerate(zip(MINIMAL.splitlines(), text.splitlines(), strict=False), start=1) if a != b
    )
    codes = dict(told(tmp_path, text))
    assert code in codes
    assert changed <= codes[code] <= changed + 1


def test_an_empty_file_is_told(tmp_path: Path):
    assert told(tmp_path, "") == [("yaml.empty", 0)]
    for nothing in ("# nothing yet\n", "---\n", "null\n", "&anchor\n"):
        assert told(tmp_path, nothing) == [("yaml.empty", 1)]


def test_a_byte_order_mark_and_line_ends_of_windows_change_nothing(tmp_path: Path):
    assert told(tmp_path, b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_another_encoding_is_named(encoding: str, tmp_path: Path):
    content = MINIMAL.encode(encoding)
    (tmp_path / "protocol.yaml").write_bytes(content)
    reading = read_protocol(tmp_path)
    assert [f.code for f in reading.findings] == ["yaml.encoding"]
    assert reading.unreadable
    assert ("GBK" if encoding == "gbk" else "UTF-16") in reading.findings[0].what
    assert reading.findings[0].where.line == (line_with(MINIMAL, "示范") if encoding == "gbk" else 1)


def test_aliases_that_multiply_are_stopped(tmp_path: Path):
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9))
    assert told(tmp_path, bomb)[0] == ("yaml.too_many", 6)


def test_an_alias_within_itself_is_refused(tmp_path: Path):
    assert ("yaml.alias", 1) in told(tmp_path, "a: &a [*a]\n")


def test_nesting_without_end_is_stopped(tmp_path: Path):
    assert told(tmp_path, "a: " + "[" * 200 + "]" * 200)[0] == ("yaml.too_deep", 1)
    assert told(tmp_path, "a: " + "[" * 20000)[0][0] in ("yaml.too_deep", "yaml.broken")


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path):
    assert told(tmp_path, b"# x\n" * (BYTES_MAX // 4 + 1)) == [("yaml.too_large", 0)]


def test_a_file_that_is_not_a_mapping_is_refused(tmp_path: Path):
    assert told(tmp_path, "- a\n- b\n")[0][0] == "shape.not_a_mapping"
    assert told(tmp_path, "just text\n")[0][0] == "shape.not_a_mapping"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("no", "shape.truth_needed"),
        ("yes", "shape.truth_needed"),
        ("on", "shape.truth_needed"),
        ("False", None),
        ("false", None),
        ("0", "shape.truth_needed"),
    ],
)
def test_only_true_and_false_are_truth_values(written: str, code: str | None, tmp_path: Path):
    text = MINIMAL.replace("own_site_only: false", f"own_site_only: {written}", 1)
    found = told(tmp_path, text)
    assert found == ([] if code is None else [(code, line_with(text, "own_site_only"))])


@pytest.mark.parametrize("written", ["NO", "1e", "12:30", "2024-01-15", "1_000", "on"])
def test_what_yaml_1_1_took_for_something_else_is_text(written: str, tmp_path: Path):
    text = MINIMAL.replace("study:\n", f"study:\n  license: {written}\n")
    (tmp_path / "protocol.yaml").write_text(text, "utf-8")
    reading = read_protocol(tmp_path)
    assert [str(f) for f in reading.findings] == []
    assert reading.protocol is not None
    assert reading.protocol.study.license == written


def test_a_key_is_text_whatever_it_looks_like(tmp_path: Path):
    lines = MINIMAL.count("\n")
    text = f"{MINIMAL}1: a\ntrue: b\n~: c\n2024-01-15: d\n"
    (tmp_path / "protocol.yaml").write_text(text, "utf-8")
    found = read_protocol(tmp_path).findings
    assert [(f.code, f.where.line, f.where.path) for f in found] == [
        ("shape.unknown_key", lines + n, key) for n, key in enumerate(("1", "true", "~", "2024-01-15"), start=1)
    ]


def test_012_is_twelve_and_not_ten(tmp_path: Path):
    (tmp_path / "protocol.yaml").write_text(MINIMAL.replace("day: 90", "day: 012"), "utf-8")
    reading = read_protocol(tmp_path)
    assert reading.protocol is not None
    assert reading.protocol.visits[1].day is not None
    assert reading.protocol.visits[1].day.value == 12


def test_forms_are_read_from_files_of_their_own(tmp_path: Path):
    head, tail = MINIMAL[: MINIMAL.index("- id: death\n  title")], MINIMAL[MINIMAL.index("visits:\n") :]
    (tmp_path / "forms").mkdir()
    form = "# the form of deaths\nid: death\ntitle: {en: Death, zh: 死亡}\ndate_item: death_date\nitems:\n- {id: death_date, label: {en: Date, zh: 日期}, type: date}\n"
    (tmp_path / "forms" / "death.yaml").write_text(form, "utf-8")
    assert told(tmp_path, head + tail) == []
    (tmp_path / "forms" / "death.yaml").write_text(form.replace("type: date", "type: day"), "utf-8")
    finding = read_protocol(tmp_path).findings[0]
    assert finding.code == "shape.unknown_choice"
    assert Path(finding.where.file).name == "death.yaml"
    assert finding.where.line == 6


def test_a_file_of_forms_may_bring_the_codelists_that_they_use(tmp_path: Path):
    head, tail = MINIMAL[: MINIMAL.index("- id: death\n  title")], MINIMAL[MINIMAL.index("visits:\n") :]
    (tmp_path / "forms").mkdir()
    causes = "codelists:\n- id: cause\n  codes:\n  - {code: cancer, label: {en: Cancer, zh: 肿瘤}}\n"
    form = (
        "forms:\n- id: death\n  title: {en: Death, zh: 死亡}\n  date_item: death_date\n  items:\n"
        "  - {id: death_date, label: {en: Date, zh: 日期}, type: date}\n"
        "  - {id: death_cause, label: {en: Cause, zh: 原因}, type: code, codelist: cause}\n"
    )
    (tmp_path / "forms" / "death.yaml").write_text(causes + form, "utf-8")
    assert told(tmp_path, head + tail) == []
    (tmp_path / "forms" / "death.yaml").write_text(causes.replace("code: cancer", "code: 1") + form, "utf-8")
    finding = read_protocol(tmp_path).findings[0]
    assert (finding.code, Path(finding.where.file).name, finding.where.line) == ("shape.text_needed", "death.yaml", 4)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.yaml", "just text\n", "shape.not_a_form"),
        ("a.yml", "id: a\n", "protocol.file_name"),
        ("a.yaml", "forms: []\nvisits: []\n", "shape.unknown_key"),
        ("a.yaml", "forms: []\ncodelists: none\n", "shape.not_a_form"),
    ],
)
def test_a_file_in_forms_that_is_no_form_is_told(name: str, content: str, code: str, tmp_path: Path):
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / name).write_text(content, "utf-8")
    assert [c for c, _ in told(tmp_path, MINIMAL)] == [code]


def test_a_folder_without_a_protocol_is_told(tmp_path: Path):
    reading = read_protocol(tmp_path)
    assert [f.code for f in reading.findings] == ["protocol.not_found"]
    assert reading.unreadable
    reading = read_protocol(tmp_path / "nowhere")
    assert [f.code for f in reading.findings] == ["protocol.not_found"]
    assert "npc-nimotuzumab" in reading.findings[0].mend


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path):
    (tmp_path / "protocol.yaml").mkdir()
    assert [f.code for f in read_protocol(tmp_path).findings] == ["protocol.not_readable"]
