"""Words: both languages say the same facts, every call has its words, and a fact is said as each language says it."""

from __future__ import annotations

from datetime import date

import pytest

from equipoise.findings import Refusal, Table, Where
from equipoise.words import Phrase, Words, fields_of, fill, nearest, trouble_of
from tests.words import SOURCE, calls, facts_differ, faults_of, tables, unreached

SPOKEN = Words(
    ("{who} is randomized already", "it was on {day}", "Do nothing; the arms are {arms}."),
    ("{who}已随机", "日期为{day}", "无需操作；各组为{arms}。"),
)
TABLE = Table("test", {"a.b": SPOKEN, "a.b/late": SPOKEN}, {"one": ("the {n}th", "第{n}")})
FACTS = {"who": "P1", "day": date(2024, 5, 1), "arms": ("A", "B")}


@pytest.mark.parametrize("room", tables())
def test_every_wording_has_both_languages_and_tells_the_same_facts_in_each(room):
    table = tables()[room]
    assert [
        fault for key, words in (*table.words.items(), *table.phrases.items()) for fault in faults_of(key, words)
    ] == []


def test_every_call_that_speaks_has_its_words_and_gives_the_facts_that_they_tell():
    known: dict[str, list[object]] = {}
    for table in tables().values():
        for key, words in (*table.words.items(), *table.phrases.items()):
            known.setdefault(key, []).append(words)
    wrong = []
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text("utf-8")
        if ".words import" not in text and "look.add(" not in text:
            continue
        for key, given, more, line in calls(text):
            place = f"{file.relative_to(SOURCE)}:{line} {key}"
            if key not in known:
                wrong.append(f"{place}: no words")
            elif not any(not (d := facts_differ(words, given)) or (more and not d & given) for words in known[key]):
                wrong.append(f"{place}: facts and words differ")
    assert wrong == []


def test_control_what_is_wrong_with_words_is_noticed():
    assert list(faults_of("k", Words(("{a} is", "b", "C."), ("是", "乙", "丙。")))) == [
        "k: only one language tells ['a']"
    ]
    assert list(faults_of("k", Words(("is", "", "C."), ("是", "乙", "丙。")))) == ["k: a part is empty"]
    assert list(faults_of("k", ("some words", "some words"))) == ["k: the Chinese words hold no Chinese"]
    assert list(faults_of("k", ("{names}", "{names}"))) == []
    assert facts_differ(SPOKEN, {"who", "day"}) == {"arms"}
    assert list(calls("refuse('a.b', who=1, **rest)")) == [("a.b", {"who"}, True, 1)]


def test_control_a_wording_that_no_test_reached_is_named():
    every = {(t.room, key) for t in tables().values() for key in (*t.words, *t.phrases)}
    assert unreached(every) == []
    for room, key in sorted(every)[:1]:
        assert unreached(every - {(room, key)}) == [f"{room}: {key}"]


def test_a_finding_is_said_in_each_language(monkeypatch):
    monkeypatch.setattr(Table, "watch", None)
    found = TABLE.finding("a.b/late", Where("x.yaml", 3), **FACTS)
    assert found.code == "a.b"
    assert found.tell() == "x.yaml:3: P1 is randomized already; it was on 2024-05-01. Do nothing; the arms are A, B."
    assert found.tell("zh") == "x.yaml:3: P1已随机；日期为2024-05-01。无需操作；各组为A、B。"
    assert found.as_data("zh")["what"] == "P1已随机"
    with pytest.raises(Refusal, match="P1 is randomized"):
        TABLE.refuse("a.b", "P1", **FACTS)
    assert str(TABLE.phrase("one", n=4)) == "the 4th"
    assert TABLE.phrase("one", n=4).in_("zh") == "第4"


def test_a_word_that_is_missing_costs_nobody_the_message(monkeypatch):
    monkeypatch.setattr(Table, "watch", None)
    assert TABLE.finding("not.there").tell("zh").startswith("not.there")
    assert fill("{a} of {b}", {"a": 1}) == "1 of {b}"


def test_facts_are_said_as_the_language_says_them():
    assert fill("{x}", {"x": ()}) == "none"
    assert fill("{x}", {"x": ()}, "zh") == "无"
    assert fill("{x}", {"x": frozenset("ba")}, "zh") == "a、b"
    assert fill("{x}", {"x": [Phrase("one", "一"), 2.50]}, "zh") == "一、2.5"
    assert fill("{x:,} {y!r}", {"x": 1000, "y": "it's"}) == '1,000 "it\'s"'
    assert fill("{x}", {"x": True}, "zh") == "是"
    assert fill("{x.__class__}", {"x": 1}) == "{x.__class__}"
    assert fields_of("{a} {b:g}", "{c!r}") == {"a", "b", "c"}


def test_what_the_system_refused_is_said_in_each_language():
    full = trouble_of(OSError(28, "No space left on device"))
    assert (str(full), full.in_("zh")) == ("no space left on device", "磁盘空间不足")
    assert trouble_of(OSError(9999, "Odd")).in_("zh") == "系统提示：odd"
    assert str(trouble_of(OSError("just words"))) == "just words"
    handed_on = ValueError("parquet: underlying IO error: No space left on device (os error 28)")
    assert (str(trouble_of(handed_on)), trouble_of(handed_on).in_("zh")) == ("no space left on device", "磁盘空间不足")
    assert trouble_of(OSError()).in_("zh") == "系统拒绝"


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("screned", ("screened", "enrolled"), "screened"),
        ("related", ("unrelated", "possible"), None),
        ("unrelated", ("related",), None),
        ("not_related", ("related",), None),
        ("evaluable", ("inevaluable",), None),
        ("visit_2", ("visit_1", "visit_3"), None),
        ("Male", ("male", "female"), "male"),
        ("mael", ("male", "female"), "male"),
        ("colour", ("color", "weight"), "color"),
        ("xyz", ("color",), None),
        ("aeg", ("age", "sex"), "age"),
        ("visit_12", ("visit_21", "visit_22"), None),
        ("hypertension", ("hypotension",), None),
        ("increased", ("decreased",), None),
        ("baseline", (), None),
    ],
)
def test_a_spelling_is_suggested_only_where_it_cannot_mislead(name, known, meant):
    assert nearest(name, known) == meant


def test_no_two_subjects_of_the_protocol_have_words_under_one_key():
    from equipoise.protocol import words

    subjects = [module for module in vars(words).values() if hasattr(module, "WORDS") and hasattr(module, "PHRASES")]
    assert len(subjects) >= 15
    assert sum(len(subject.WORDS) for subject in subjects) == len(words.TABLE.words)
    assert sum(len(subject.PHRASES) for subject in subjects) == len(words.TABLE.phrases)
