"""What a medical rule asks for is said in Chinese too: each meaning once, and none that no rule has."""

from __future__ import annotations

from equipoise.medicine.catalogue import METHODS, method_of
from equipoise.medicine.meanings import CHINESE, said


def asked_for() -> set[str]:
    """The meanings of every input, row and option."""
    methods = [method for name in METHODS if (method := method_of(name)) is not None]
    tables = [table for one in methods for table in (one.inputs, one.options, *one.rows.values())]
    return {port.meaning for table in tables for port in table.values()}


def test_every_meaning_has_its_chinese_and_none_is_left_over() -> None:
    assert sorted(asked_for() - CHINESE.keys()) == []
    assert sorted(CHINESE.keys() - asked_for()) == []


def test_control_a_meaning_without_chinese_is_noticed() -> None:
    assert "weight" in asked_for()
    assert "weight of the shoes" not in CHINESE
    assert said("weight of the shoes").in_("zh") == "weight of the shoes"


def test_a_meaning_is_said_in_both_languages() -> None:
    assert said("slice thickness").in_("zh") == "层厚"
    assert str(said("slice thickness")) == "slice thickness"
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in text) for text in CHINESE.values())
