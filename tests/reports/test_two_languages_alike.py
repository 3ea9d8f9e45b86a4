"""The Chinese report leaves nothing in English but names and identifiers; rows of subgroups name what is compared."""

from __future__ import annotations

import html
import json
import re

import pytest

from equipoise.analysis import analyze_cut
from equipoise.conduct.replay.kinds import KINDS
from equipoise.datacut import freeze
from equipoise.reports.evidence import collect_evidence
from equipoise.reports.report import render_report
from equipoise.reports.words import words_in
from tests.analysis.three_arms import ARMS, three_arms
from tests.spec.minimal import minimal_protocol

PLANNED = "label: {en: a, zh: 甲}, set: itt, reference: B"
MORE = f"""
variables:
- {{id: days, label: {{en: Days, zh: 天数}}, type: integer, unit: d, rule: age * 3}}
endpoints:
- {{kind: time_to_event, id: timed, label: {{en: Timed, zh: 历时}}, short: T, description: {{en: a, zh: 甲}}, role: secondary,
   duration: days, event: age > 45, death: event, display_unit: days}}
analyses:
- {{id: os_logrank, remove: true}}
- {{id: os_km, remove: true}}
- {{id: ratio, {PLANNED}, endpoint: os, method: cox, role: primary}}
- {{id: by_sex, {PLANNED}, endpoint: os, method: cox, role: subgroup, subgroup: sex}}
- {{id: measured, {PLANNED}, endpoint: timed, method: cox, role: secondary, confidence: 0.9}}
"""
# What has no other name in Chinese: methods, standards, the command that traces, the folder beside the page.
NAMES = re.compile(r"Kaplan-Meier|Cox|CONSORT|log-log|UTC|equipoise trace|rows 文件夹|Demo\w*|csv|CI|HR|[A-Z]\d+")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    trial = three_arms(tmp_path_factory.mktemp("study"), minimal_protocol(ARMS, MORE), n=24)
    run = analyze_cut(freeze(trial), trial.protocol)
    evidence = collect_evidence(run, trial.store)
    # What a file beside the page holds is read by the page of its language.
    return {
        language: render_report(run, evidence, language) + beside(evidence, place)
        for place, language in enumerate(("en", "zh"))
    }


def beside(evidence, place):
    """The words of the files beside a page, as cells."""
    told = []
    for file, text in evidence.files.items():
        data = json.loads(text[text.index(",") + 1 : text.rindex(")")])
        numbered = file.startswith("entries~")
        cells = [
            cell for row in data["rows"] for cell in (row[1:-1] if numbered else row) if not isinstance(cell, list)
        ]
        told += [data["words"][cell][place] if isinstance(cell, int) else cell for cell in cells]
    return "".join(f"<td>{html.escape(str(one))}</td>" for one in told)


def left_in_english(page):
    for part in (r"<(style|script|footer).*?</\1>", r'<td class="mono">.*?</td>', r"<summary>.*?</summary>"):
        page = re.sub(part, "", page, flags=re.DOTALL)
    page = re.sub(r'<a [^>]*href="#rows-[^"]*">[^<]*</a>', "", page)
    texts = (NAMES.sub("", html.unescape(text)) for text in re.findall(r">([^<]+)<", page))
    return {text.strip() for text in texts if re.search(r"[A-Za-z]{3,}", text) and "rows/" not in text}


def test_nothing_of_the_chinese_report_is_left_in_english(pages):
    assert left_in_english(pages["zh"]) <= {"dr-li", "dr-li（研究者）"}


def test_control_an_english_word_would_be_noticed(pages):
    assert left_in_english(pages["zh"].replace("<td>删失</td>", "<td>censored</td>", 1)) >= {"censored"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_of_a_subgroup_names_its_comparison(pages, language):
    against = {"en": ("Second against Control", "First against Control"), "zh": ("丙组对比对照组", "甲组对比对照组")}
    for name in against[language]:
        assert pages[language].count(f" · {name}</div>") == 2  # one for each sex


def test_an_interval_of_another_confidence_says_so(pages):
    assert ">95% CI</th>" in pages["en"]
    assert re.search(r"\d to [\d.]+ \(90%\)</td>", pages["en"])


def test_every_kind_of_entry_about_a_participant_has_its_words():
    for language in ("en", "zh"):
        known = words_in(language)
        assert [kind.name for kind in KINDS if kind.about == "participant" and f"entry_{kind.name}" not in known] == []
