"""What an import says is said in both languages: each wording for its reason, and whatever is thrown at it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from equipoise.conduct.importing import render_findings, run_import
from equipoise.conduct.importing.mapping_reading import read_mapping
from equipoise.conduct.importing.values import read_cell
from equipoise.findings import Finding, Refusal
from equipoise.forms.values import Unusable
from tests.chinese import holds_chinese, unsaid
from tests.conduct.importing.aid import CSV, FEW, HEADER, MAPPING, findings_of, new_study, row, table, take_in, write

DDDYY = "{format: dddyy, century: 1900}"
RANDOMIZED = "randomized: {date: entry_date,"

CASES: dict[str, tuple[str | bytes, str, str, str, str]] = {
    "an expression of two columns": (
        table(row(1, sex=3, grade=1)),
        MAPPING.replace("sex: CASE WHEN sex = 1", "sex: CASE WHEN sex = 1 AND grade = 1"),
        "import.no_value",
        "sex is `3`, grade is `1`, and nothing becomes of it as sex",
        "sex为`3`、grade为`1`，无法得出sex；“CASE WHEN sex = 1 AND grade = 1",
    ),
    "an expression of no column": (
        table(row(1)),
        MAPPING.replace("CASE WHEN treatment = 2 THEN 'test' WHEN treatment = 1 THEN 'standard' ELSE NULL END", "NULL"),
        "import.no_value",
        "the row, and nothing becomes of it as the arm; the arm is needed and the file has no value",
        "该行，无法得出组别；需要组别，而文件中没有值。请在文件中补全该行。",
    ),
    "an allocation that may be": (
        table(row(1, status="")),
        MAPPING.replace(RANDOMIZED, f"{RANDOMIZED} when: status = 1,"),
        "import.neither",
        "status is missing, and whether there was an allocation cannot be told",
        "status为缺失，无法判断是否有分配",
    ),
    "an occurrence that is none": (
        table(row(1, status="")),
        MAPPING.replace("visit: follow_up\n", "visit: follow_up\n    occurrence: status\n"),
        "import.no_value",
        "the occurrence is needed and the file has no value",
        "需要次数，而文件中没有值",
    ),
    "a NUL in UTF-16": (
        FEW.replace("65", "6\x005").encode("utf-16"),
        MAPPING.replace("encoding: utf-8", "encoding: utf-16"),
        "import.nul",
        "the file holds a NUL here",
        "文件此处含有 NUL；这不是文本",
    ),
    "a quote over two lines": (
        table(row(1), row(2, age='"6\n"5')),
        MAPPING,
        "import.quote",
        "(and goes on to line 4) is closed before the cell ends",
        "自此开始的行（延续至第4行）中有引号在单元格结束前关闭",
    ),
    "a format of months": (
        FEW,
        MAPPING.replace(DDDYY, '{format: "%m/%Y"}'),
        "mapping.date_format",
        "does not say day, month and year",
        "未将年、月、日各写一次",
    ),
    "a century too much": (
        FEW,
        MAPPING.replace(DDDYY, "{format: iso, century: 1900}"),
        "mapping.date_format",
        "needs no century",
        "年份为四位，无需世纪",
    ),
    "a date column that is none": (
        FEW,
        MAPPING.replace("  entry_date: {format", "  quantity: {format"),
        "mapping.unknown_column",
        "Name it under `columns` with its type.",
        "没有列“quantity”；`columns` 列有case、institution",
    ),
    "a column of dates in another form": (
        table(row(1, entry_date="24.01.1968")),
        MAPPING.replace("entry_date: text", "entry_date: date")
        .replace(f"  entry_date: {DDDYY}\n", "")
        .replace("dates:\n", "dates: {}\n"),
        "import.not_a_date",
        'Write `dates: {{entry_date: {{format: "%d.%m.%Y"}}}}` in {map}; or correct it in the file.',
        '请写 `dates: {{entry_date: {{format: "%d.%m.%Y"}}}}`（写入 {map}）；或在文件中更正',
    ),
    "a clause of two conditions": (
        FEW,
        MAPPING.replace("when: grade = 9", "when: grade = 9\n  written: '9'"),
        "shape.",
        "it says either `when` a rule holds",
        "`when`（规则成立时）与 `written`（单元格原文）须择一",
    ),
    "a cell that becomes nothing": (
        FEW,
        MAPPING.replace("when: grade = 9\n  column: grade\n  becomes: null", "written: '9'\n  column: grade"),
        "shape.",
        "`written` needs `becomes`",
        "`written` 须有 `becomes`",
    ),
    "a site without a screening": (
        FEW,
        MAPPING.replace("  screened: entry_date\n", ""),
        "shape.",
        "a participant is screened at a site",
        "受试者在某中心筛选",
    ),
    "two letters changed places": (
        FEW.replace("grade", "garde"),
        MAPPING,
        "import.missing_column",
        "Did you mean `garde`?",
        "是否指“garde”？请更正",
    ),
    "an age nobody has": (
        table(row(1, age=200)),
        MAPPING,
        "value.",
        "(`200` is lost), accept it under `accept` in {map}: {{id: age_200, column: age, when: age = 200, becomes: null",
        "请在文件中更正。仅在放弃该值时（将丢失“200”），才在 {map} 的 `accept` 下接受：{{id: age_200, column: age",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_in_both_languages(case, tmp_path):
    data, mapping, code, english, chinese = CASES[case]
    assert mapping != MAPPING or data != FEW
    found = [f for f in findings_of(tmp_path, data, mapping) if f.code.startswith(code)]
    assert len(found) == 1
    for text, language in ((english, "en"), (chinese, "zh")):
        assert text.format(map=tmp_path / "map.yaml") in found[0].tell(language)


def test_what_is_accepted_is_told_in_both_languages(tmp_path):
    clause = "- {id: old, column: age, when: age > 90, reason: {en: Seen on the chart., zh: 已核对病历。}}\n"
    mapping = MAPPING.replace("accept:\n", "accept:\n" + clause)
    report = take_in(tmp_path, table(row(1, age=95, grade=9), row(2, condition="NA")), mapping, dry_run=True)
    said = [finding.say("zh")[:2] for finding in report.findings]
    assert ("`95`予以保留", "已核对病历") in said
    assert ("`9`按缺失处理", "数据说明规定9为分化程度缺失的代码") in said
    assert ("“NA”表示缺失", f"{tmp_path}/map.yaml 写有 `missing`") in said
    assert (
        "`2468`即1968-01-24",
        "该列日期的书写格式为dddyy（年内日序与两位年份连写），年份自1900年起算",
    ) in said


def test_a_number_where_text_belongs_is_told():
    with pytest.raises(Unusable) as told:
        read_cell("text", 5)
    assert told.value.found.tell("zh") == "5不是文本；此处应为文本。请加引号。"


def test_a_mapping_that_the_system_does_not_open_is_told(tmp_path, monkeypatch):
    def denied(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    _, map_file = write(tmp_path)
    monkeypatch.setattr("equipoise.conduct.importing.mapping_reading.Path.open", denied)
    with pytest.raises(Refusal, match="the mapping cannot be read; permission denied") as refused:
        read_mapping(map_file)
    assert refused.value.findings[0].say("zh").why == "没有权限"


def test_many_rows_that_say_the_same_are_told_in_chinese(tmp_path):
    found = findings_of(tmp_path, table(*(row(n, t_stage=7) for n in range(1, 8)), row(8, sex=3)))
    lines = render_findings(found, language="zh", width=80)
    assert lines[0].startswith(f"{tmp_path}/data.csv t_stage，7行：`7`不是")
    assert lines[1].split()[:2] == ["第2行", "第3行"]
    many = [f for n in range(30) for f in findings_of(tmp_path, table(row(1, age=f"x{n}")))]
    lines = render_findings(many, language="zh", rows_max=5, width=80)
    assert "以第2行为例：请在文件中更正" in lines[0]
    assert lines[-1] == "    另有25行"


def spoil(dice: random.Random, text: str) -> bytes:
    """A file with a few bytes changed, removed, doubled, or put elsewhere."""
    raw = bytearray(text.encode())
    changes: tuple[Callable[[int], None], ...] = (
        lambda at: raw.__setitem__(at, dice.randrange(256)),
        lambda at: raw.__delitem__(slice(at, at + dice.randrange(1, 30))),
        lambda at: raw.__setitem__(slice(at, at), raw[at : at + dice.randrange(1, 40)]),
        lambda at: raw.__setitem__(
            slice(at, at), dice.choice((b'"', b",", b"\n", b"\0", b"'", b"{", b": ", "年".encode()))
        ),
    )
    for _ in range(dice.randrange(1, 4)):
        dice.choice(changes)(dice.randrange(len(raw)))
    return bytes(raw)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_thrown_at_it_is_told_in_chinese(seed, tmp_path):
    dice = random.Random(seed)
    data: str | bytes = "\n".join([HEADER, *dice.sample(CSV.splitlines()[1:], 3)]) + "\n"
    mapping: str | bytes = MAPPING
    if seed % 2:
        data = spoil(dice, str(data))
    else:
        mapping = spoil(dice, MAPPING)
    for finding in thrown(tmp_path, data, mapping):
        assert holds_chinese(finding.tell("zh"))
        if not finding.code.startswith("yaml."):  # what the parser of YAML says is its own
            assert [fault for fault in unsaid(finding) if "no Chinese" in fault] == []


def thrown(folder, data, mapping) -> list[Finding]:
    """Everything that is said of it, whether raised or reported."""
    study = new_study(folder)
    file, map_file = write(folder, data)
    if isinstance(mapping, bytes):
        map_file.write_bytes(mapping)
    try:
        return list(run_import(study, file, map_file, dry_run=True).findings)
    except Refusal as refusal:
        return list(refusal.findings)
