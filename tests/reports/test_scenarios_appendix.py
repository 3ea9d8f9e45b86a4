"""The appendix of scenarios says all that a scenario can say, in both languages."""

import pytest

from equipoise.reports.protocol_document import render_protocol
from tests.rehearsal.lively import lively

MORE = """
scenarios:
- id: lively
  items:
    age: {value: {normal: {mean: 56, sd: "4 + burden", correlation: 0.2}, min: 19}}
"""


@pytest.fixture(scope="module")
def pages():
    return {language: render_protocol(lively(), language, "md") for language in ("en", "zh")}


def test_every_clause_of_a_scenario_is_printed(pages):
    for words in ("Hidden traits of virtual participants", "normal around a rule", "up to 4 times", "where `ae_serious`",
                  "0 to 2 days later", "the same rows at every record; unchanged: Lesion, Organ", "33 + 21 * (occurrence - 1)",
                  "S02: Days until data are entered 25; Typing errors 20%", "Visits outside their window | 8%",
                  "true with the probability given by a rule", "by what holds first"):  # fmt: skip
        assert words in pages["en"], words


def test_and_so_it_is_in_chinese(pages):
    for words in (
        "虚拟受试者的潜在特征",
        "围绕规则的正态分布",
        "至多4次",
        "0至2天后",
        "各次记录行相同；不变条目：病灶、器官",
        "另有工作习惯的中心",
    ):
        assert words in pages["zh"], words


def test_weights_bounds_and_correlation_stand_beside_their_rules(pages):
    assert "Grade: by what holds first: \\[1\\]: Two: 50%; Three: 50%; otherwise: One: 66.67%; Two: 33.33% `[1] marrow < -0.5`" in pages["en"]  # fmt: skip
    page = render_protocol(lively(MORE), "en", "md")
    assert "`sd: 4 + burden; correlation: 0.2; min: 19`" in page
