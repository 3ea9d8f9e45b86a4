"""Doses are never rounded away: whatever was planned or given reads back from what is printed, to the last digit entered.

And no other way of printing an amount is left in the rooms that say doses.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.numerals import amount_text, share_text
from tests.conduct.dosed_trial import SEMAGLUTIDE, dosed, followed, give
from tests.hunting import examples
from tests.words import SOURCE

DIGITS = st.integers(1, 8).flatmap(lambda places: st.integers(1, 10**8 - 1).map(lambda n: Decimal(n).scaleb(-places)))
"""Amounts as people enter them: up to eight digits, up to eight of them behind the point."""


def read_back(printed: str) -> Decimal:
    """What a reader takes from the page; no power of ten is a number that people write."""
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", printed), printed
    return Decimal(printed)


@given(DIGITS)
@settings(max_examples=examples(100), deadline=None)
def test_what_is_printed_of_an_amount_reads_back_as_it_was_entered(entered) -> None:
    assert read_back(amount_text(float(entered))) == entered


@given(st.lists(DIGITS, min_size=1, max_size=30))
@settings(max_examples=examples(50), deadline=None)
def test_so_does_a_sum_of_amounts_to_twelve_digits(entered) -> None:
    total = sum(entered)
    if len(total.normalize().as_tuple().digits) <= 12:
        assert read_back(amount_text(sum(map(float, entered)))) == total


@given(st.floats(1e-6, 1e9))
@settings(max_examples=examples(100), deadline=None)
def test_what_was_worked_out_is_true_to_five_digits_and_never_nothing(amount) -> None:
    assert float(amount_text(amount, worked_out=True)) == pytest.approx(amount, rel=6e-5)


@given(st.floats(0, 1000))
@settings(max_examples=examples(100), deadline=None)
def test_a_share_is_told_as_nothing_or_all_only_where_it_is(share) -> None:
    told = float(share_text(share))
    assert told == pytest.approx(share, rel=6e-3, abs=1e-9)
    assert (told == 100) == (abs(share - 100) <= 1e-4)


@given(DIGITS, DIGITS)
@settings(max_examples=examples(3), deadline=None)
def test_a_dose_planned_and_given_reads_back_from_the_sheet(planned, amount) -> None:
    drug = SEMAGLUTIDE.replace("dose: 0.25}", f"dose: {planned:f}}}")
    trial, name = dosed(drug)
    give(trial, name, ("2024-02-05", f"{amount:f}"))
    _, lines, told = followed(trial, name, "2024-02-05")
    row = next(line for line in lines if line.split()[:1] == ["1"])
    found = re.findall(r"([0-9.]+) mg", row)
    assert [read_back(one) for one in found] == [planned, amount]
    first = told["treatments"][0]["rows"][0]
    assert (Decimal(str(first["planned"])), Decimal(str(first["amount"]))) == (planned, amount)


def test_control_whole_milligrams_do_not_read_back() -> None:
    def whole(value: float) -> str:
        return f"{value:.0f}"

    assert Decimal(whole(0.25)) != Decimal("0.25") == read_back(amount_text(0.25))
    assert whole(2.4) == whole(1.7) == "2"


# Where doses and other amounts of a body are put into words. A format of fixed digits there rounds something away; what
# may be said so, and why.
ROOMS = (
    "medicine",
    "conduct",
    "knowledge",
    "arms",
    "forms",
    "protocol/words",
    "protocol/checks",
    "reports/dose_sheet.py",
)
FIXED = re.compile(r":,?\.(?:\d+[fe%]|[0-3]g)\}|\bround\([a-z_.]+, \d\)")
ALLOWED = {
    "medicine/words.py": "what a slip was probably meant to be (a height in feet, a creatinine in mg/dL): tens and more",
    "conduct/importing/words/files.py": "how large a file is",
}


def fixed_digits(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if FIXED.search(line)]


def test_no_other_format_of_fixed_digits_is_left_where_amounts_are_said() -> None:
    found = {}
    for room in ROOMS:
        place = SOURCE / room
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            if lines := fixed_digits(file.read_text(encoding="utf-8")):
                found[file.relative_to(SOURCE).as_posix()] = lines
    assert {file: lines for file, lines in found.items() if file not in ALLOWED} == {}
    assert ALLOWED.keys() <= found.keys()


def test_control_a_format_of_whole_milligrams_is_found() -> None:
    assert fixed_digits('say("about {expected:.0f} mg")\nshort = f"{value:.12g}"\nsum(doses)') != []
    assert fixed_digits('say("about {expected} mg")') == []
