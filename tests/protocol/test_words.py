"""The words of a protocol stand in one table each: a key of two subjects would say of one what the other means."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path

from equipoise.protocol import words
from equipoise.protocol.words import TABLE, either, listed, phrase

SUBJECTS = [
    import_module(f"equipoise.protocol.words.{file.stem}")
    for file in sorted(Path(words.__file__).parent.glob("*.py"))
    if file.stem != "__init__"
]


def told_twice(*subjects: object) -> list[str]:
    keys = Counter(key for one in subjects for key in (*one.WORDS, *one.PHRASES))  # type: ignore[attr-defined]
    return sorted(key for key, times in keys.items() if times > 1)


def test_every_wording_stands_in_one_subject_and_every_subject_in_the_table() -> None:
    assert told_twice(*SUBJECTS) == []
    assert {*TABLE.words, *TABLE.phrases} == {key for one in SUBJECTS for key in (*one.WORDS, *one.PHRASES)}


def test_control_a_wording_of_two_subjects_is_noticed() -> None:
    assert told_twice(SUBJECTS[0], SUBJECTS[0]) != []


def test_choices_and_meanings_are_said_in_both_languages() -> None:
    choice = either(["a", "b"])
    assert (str(choice), choice.in_("zh")) == ("a or b", "a或b")
    meanings = listed(phrase("meaning", name=name, meaning="m") for name in "xy")
    assert (str(meanings), meanings.in_("zh")) == ("x: m; y: m", "x：m；y：m")
