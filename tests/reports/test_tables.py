"""The report's tables print numbers as journals do, and say whom a line is about."""

import re

import pytest

from equipoise.reports import write_report
from equipoise.reports.tables import _short, baseline_table, named_unit, unbroken
from tests.analysis.test_perform import PLAN
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol


@pytest.mark.parametrize(
    ("value", "printed"),
    [(68.25, "68.2"), (60.0, "60"), (100.0, "100"), (12345.6, "12346"), (1250000.0, "1250000"), (0.04, "0.04"), (-3.5, "−3.5"), (0.0, "0")],
)  # fmt: skip
def test_a_quartile_never_has_an_exponent_or_needless_digits(value, printed):
    assert _short(value) == printed


def test_a_p_value_stays_with_its_sign():
    assert unbroken("so p = 0.34, and P < 0.001.") == "so p\u00a0=\u00a00.34, and P\u00a0<\u00a00.001."
    assert unbroken("group = A") == "group = A"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    trial = small_trial(tmp_path_factory.mktemp("study"), protocol=minimal_protocol(PLAN))
    report = write_report(trial)
    return {
        language: (report.out / f"report.{language}.html").read_text(encoding="utf-8") for language in ("en", "zh")
    }, report.run.results["results"]


def test_a_line_says_which_arm_is_compared_with_which(pages):
    texts, results = pages
    ratio = next(r for r in results if r["method"] == "cox" and "level" not in r)
    line = re.search(rf'<tr id="result-{re.escape(ratio["id"])}">.*?</tr>', texts["en"], re.S)[0]
    assert "Experimental against Control" in line
    assert "试验组对比对照组" in texts["zh"]


def test_a_difference_of_percentages_is_told_in_percentage_points(pages):
    texts, results = pages
    differences = [
        r for r in results if r["method"] in ("milestone", "proportion") and r.get("quantity") == "difference"
    ]
    assert differences
    for result in differences:
        line = re.search(rf'<tr id="result-{re.escape(result["id"])}">.*?</tr>', texts["en"], re.S)[0]
        assert "percentage points" in result["interpretation"]["en"]
        assert line.count("percentage points") == 2
        assert "Experimental minus Control" in line
        assert "个百分点" in result["interpretation"]["zh"]


def test_chinese_pages_set_their_brackets_full_width(pages):
    texts, _ = pages
    assert not re.search(r"[\u4e00-\u9fff] ?\([\u4e00-\u9fff]", texts["zh"])


def test_a_unit_is_written_as_people_write_it_and_once():
    """{copies}/mL was printed with its braces, and "Age (completed years)" was followed by "(years)"."""
    from equipoise.reports.words import words_in

    assert named_unit("{copies}/mL", "EBV DNA", "en") == "copies/mL"
    assert named_unit("{copies}/mL", "EBV DNA", "zh") == "拷贝/mL"
    number = {"mean": 1.0, "sd": 1.0, "median": 1.0, "q1": 1.0, "q3": 1.0, "missing": 0}
    for label, unit, language, printed in (
        ("age (completed years)", "years", "en", "Age (completed years)"),
        ("年龄（周岁）", "years", "zh", "年龄（周岁）"),
        ("weight", "kg", "en", "Weight (kg)"),
    ):
        row = {"label": {language: label}, "unit": unit, "kind": "number", "groups": {"all": number}}
        found = baseline_table(
            {"groups": {"all": 1}, "rows": [row]}, {"all": {language: "A"}}, words_in(language), language
        )
        assert found["rows"][0]["label"] == printed


def test_limits_that_are_both_not_reached_are_told_once():
    from equipoise.analysis.methods.saying import NOT_REACHED, span

    assert span(*(NOT_REACHED[0],) * 2, "en") == "not reached"
    assert span("1.0", NOT_REACHED[1], "zh") == f"1.0 至 {NOT_REACHED[1]}"


def test_a_statistic_keeps_to_its_line():
    assert unbroken("z = −0.12 against p = 0.5") == "z\u00a0=\u00a0−0.12 against p\u00a0=\u00a00.5"


def test_a_mean_is_told_with_its_unit(tmp_path):
    heavy = {
        "endpoints": [
            {
                "kind": "continuous", "id": "heavy", "label": {"en": "Weight", "zh": "体重"}, "short": "W", "unit": "kg",
                "description": {"en": "Weight", "zh": "体重"}, "role": "secondary", "rule": "weight",
            }
        ],
        "analyses": [
            {"id": "heavy_mean", "label": {"en": "Weight", "zh": "体重"}, "endpoint": "heavy", "set": "itt", "method": "mean", "role": "secondary"}
        ],
    }  # fmt: skip
    report = write_report(small_trial(tmp_path, protocol=minimal_protocol(PLAN, heavy)))
    told = {language: (report.out / f"report.{language}.html").read_text("utf-8") for language in ("en", "zh")}
    assert all(re.search(r'data-head="[^"]*">[\d.]+\xa0kg<', text) for text in told.values())
