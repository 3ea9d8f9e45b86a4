"""The detector of English prose, which the tests of Chinese texts rest on: it sees prose and lets names pass."""

from __future__ import annotations

import pytest

from equipoise.findings import Where
from tests.chinese import english_in, unsaid
from tests.prose import prose


@pytest.mark.parametrize(
    "text",
    [
        "P1 was screened (entry 6).",
        "文件无法读取；no such file or directory。请核对路径。",
        "警告：there is a value before",
        "standing: running, nobody waits",
        "受试者 P1 may not be randomized twice。",
        "please correct these values soon",
    ],
)
def test_control_english_prose_is_seen(text):
    assert english_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "P1已筛选（条目6）。",
        "/tmp/a of b/study-1.json：条目6，头部 0a1b",
        "请查看`equipoise check --help`。",
        "参数--entry：'abc is not'不是整数",
        "Kaplan-Meier 法；CTCAE v5.0；SPIRIT 2025",
        "pfs_logrank：P=0.03 (95% CI 0.85 - 1.64)",
        "equipoise act DIR pause --as PERSON --set reason=...",
        "EBV DNA 阳性",
        "质疑：age > 45 OR sex = 1",
        "withdraw             participant, date, reason, [extent]",
    ],
)
def test_names_are_not_prose(text):
    assert english_in(text) == []


def test_what_stays_as_it_is_may_be_named():
    assert english_in("原因：the label is wrong") == ["the label is wrong"]
    assert english_in("原因：the label is wrong", ["the label is wrong"]) == []


def test_control_a_finding_without_chinese_words_is_told():
    assert unsaid(prose("c", Where(), "it is odd", "为何", "Mend it.")) == [
        "c: it is odd",
        "c: Mend it",
        "c: no Chinese in 'it is odd'",
        "c: no Chinese in 'Mend it.'",
    ]
