"""The form of participants' numbers: what can be said, what matches, each number once, and what looks alike."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from equipoise.findings import Refusal
from equipoise.protocol.id_pattern import PatternFault, alike_key, read_id_pattern
from equipoise.protocol.reading import read_protocol
from equipoise.rehearsal.rehearsal import Rehearsal
from tests.spec.minimal import write_minimal

NPC = Path(__file__).resolve().parents[2] / "protocols" / "npc-nimotuzumab"
FORMS = {
    r"SY-\d{3}": (1000, ["SY-001", "SY-999"], ["SY-1", "SY-0001", "sy-001", "SY001", "SY-001 "]),
    r"^S(01|02)-[A-C]\d$": (60, ["S01-A0", "S02-C9"], ["S03-A1", "S01-D1", "S01A1"]),
    r"[A-Z]{2}\d{1,2}": (676 * 110, ["AB1", "ZZ99"], ["A1", "AB100"]),
    r"P\d?": (11, ["P", "P7"], ["P77"]),
    r"(x|y{2})?z": (3, ["z", "xz", "yyz"], ["yz"]),
    r"A\.b_-": (1, ["A.b_-"], ["Axb_-"]),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_matches_what_a_regular_expression_of_the_same_text_does(form):
    count, right, wrong = FORMS[form]
    pattern = read_id_pattern(form)
    assert pattern.count == count
    for number in (*right, *wrong):
        assert pattern.matches(number) == (re.fullmatch(form, number) is not None) == (number in right)


@pytest.mark.parametrize("form", FORMS)
def test_every_number_of_a_form_comes_once_and_matches(form):
    pattern = read_id_pattern(form)
    numbers = [pattern.number(n) for n in range(min(pattern.count, 2000))]
    assert len(set(numbers)) == len(numbers)
    assert all(pattern.matches(number) for number in numbers)


def test_control_a_matcher_that_takes_beginnings_is_noticed():
    assert re.match(r"SY-\d{3}", "SY-0001") is not None
    assert not read_id_pattern(r"SY-\d{3}").matches("SY-0001")


@pytest.mark.parametrize(
    "form", ["(a", "[A-", "a)", "a**", r"\w", ".", "a{3,2}", "a{99}", "[]", "[z-a]", r"(a{2}){3}", "a b", "[ä]"]
)
def test_what_is_no_form_is_told_with_its_place(form, tmp_path):
    with pytest.raises(PatternFault):
        read_id_pattern(form)
    found = read_protocol(write_minimal(tmp_path, {"id_pattern": form})).findings
    assert [(f.code, f.where.path) for f in found] == [("id_pattern.unreadable", "id_pattern")]


def test_a_form_that_cannot_be_used_or_is_soon_used_up_is_told(tmp_path):
    found = read_protocol(write_minimal(tmp_path / "a", {"id_pattern": "-\\d"})).findings
    assert [f.code for f in found] == ["id_pattern.not_taken"]


def test_repetitions_without_end_are_no_danger():
    form = "(a|a)+" * 12 + "b"
    assert not read_id_pattern(form).matches("a" * 40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("007", "7"),
        ("A-1", "a-1"),
        ("SY-001", "SY-01"),
        ("SY-001", "sy-001"),
        ("SY-001", "SY001"),
        ("１２", "12"),
        ("a.1", "a_1"),
        ("P01", "PO1"),
        ("P01", "Po1"),
        ("P-101", "P-l0I"),
        ("SI-1", "S1-1"),
    ],
)
def test_numbers_that_look_alike_have_one_key(one, other):
    assert alike_key(one) == alike_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1-01", "10-1"), ("A1-001", "A-1001"), ("P1", "P10"), ("P1", "Q1"), ("0", "1")]
)
def test_numbers_that_do_not_look_alike_have_different_keys(one, other):
    assert alike_key(one) != alike_key(other)


def test_at_the_desk_a_number_of_another_form_is_refused_with_an_example():
    from equipoise.conduct.acts import Screen
    from tests.conduct.small_trial import DAY, open_trial

    trial = open_trial("id_pattern: 'P-[0-9]{2}'")
    with pytest.raises(Refusal, match=r"for example P-01"):
        trial.do(Screen("P1", "S01", DAY))


def test_a_form_with_fewer_numbers_than_participants_are_planned_is_warned_of(tmp_path):
    folder = tmp_path / "trial"
    shutil.copytree(NPC, folder)
    with (folder / "protocol.yaml").open("a", encoding="utf-8") as file:
        file.write('\nid_pattern: "N[0-9]"\n')
    (found,) = [f for f in read_protocol(folder).findings if f.code == "id_pattern.too_few"]
    assert found.severity == "warning"
    assert "has 10 numbers" in found.what


def test_a_rehearsal_that_runs_out_of_numbers_says_so():
    protocol = SimpleNamespace(id_pattern="N[0-2]")
    stage = SimpleNamespace(study=SimpleNamespace(protocol=protocol), _given=0, _alike=set())
    numbers, site = Counter[str](), SimpleNamespace(id="S01")
    assert {Rehearsal._number(stage, numbers, site) for _ in range(3)} == {"N0", "N1", "N2"}  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="there are no more participants' numbers"):
        Rehearsal._number(stage, numbers, site)  # type: ignore[arg-type]
