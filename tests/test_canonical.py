"""One byte form per value; the examples are those of RFC 8785 as far as they concern what has a canonical form here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.canonical import canonical_bytes, digest, read_json

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
values = st.recursive(
    scalars, lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text(), v, max_size=4), max_leaves=20
)


def test_keys_are_sorted_by_utf_16_code_units_as_rfc_8785_section_3_2_3_shows() -> None:
    shuffled = {"€": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
                "\U0001f600": "Emoji: Grinning Face", "\x80": "Control", "ö": "Latin Small Letter O With Diaeresis"}  # fmt: skip
    expected = ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
                "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"]  # fmt: skip
    assert list(json.loads(canonical_bytes(shuffled)).values()) == expected


def test_strings_are_escaped_as_rfc_8785_section_3_2_2_2_shows() -> None:
    assert canonical_bytes('€$\x0f\nA\'B"\\\\"/') == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'
    assert canonical_bytes({"鼻咽癌": ["T3", None, True, 0]}) == '{"鼻咽癌":["T3",null,true,0]}'.encode()


@given(values)
def test_the_bytes_say_the_value_and_nothing_else(value: object) -> None:
    assert json.loads(canonical_bytes(value)) == value


@given(st.dictionaries(st.text(), scalars, min_size=2))
def test_the_order_in_which_keys_came_does_not_matter(value: dict[str, object]) -> None:
    assert canonical_bytes(dict(reversed(value.items()))) == canonical_bytes(value)


@given(values, values)
def test_two_values_have_the_same_digest_only_when_they_are_the_same(one: object, other: object) -> None:
    same = canonical_bytes(one) == canonical_bytes(other)
    assert (digest(one) == digest(other)) == same


def test_true_and_1_and_the_text_1_stay_apart() -> None:
    assert len({digest(True), digest(1), digest("1"), digest([1]), digest({"1": 1})}) == 5


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), b"a", Decimal(1), dt.date(2024, 1, 1), {1: 2}, {"a": {2.5}}, {"a": [0.5]}]
)
def test_what_could_be_written_in_several_ways_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


def test_an_integer_that_javascript_would_round_is_refused_and_its_place_is_told() -> None:
    assert canonical_bytes(2**53 - 1) == b"9007199254740991"
    with pytest.raises(ValueError, match=r"\.a\[1\]"):
        canonical_bytes({"a": [0, 2**53]})


def test_the_digest_is_sha_256_of_the_bytes() -> None:
    assert digest({}) == hashlib.sha256(b"{}").hexdigest()


def test_a_tuple_is_a_list() -> None:
    assert canonical_bytes((1, (2,))) == canonical_bytes([1, [2]])


@given(values)
def test_what_is_written_is_read_as_the_standard_library_reads_it(value: object) -> None:
    try:
        data = canonical_bytes(value)
    except (TypeError, ValueError):
        return
    assert repr(read_json(data)) == repr(json.loads(data)) == repr(read_json(data.decode()))


@pytest.mark.parametrize(
    "text",
    [
        '"\\ud800"',
        '{"a":1,"a":2}',
        "1e400",
        "-0",
        "NaN",
        "123456789012345678901234567890",
        "[" * 300 + "]" * 300,
        " 1 ",
    ],
)
def test_a_strange_text_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert repr(read_json(text)) == repr(json.loads(text))
    assert repr(read_json(text.encode())) == repr(json.loads(text.encode()))


@pytest.mark.parametrize("text", ["", "{", "[1,]", '{"a":}', "nothing", b"\xff not json", "'a'"])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_json(text)
