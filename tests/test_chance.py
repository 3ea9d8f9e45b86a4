"""Chance is named and read by position: nothing else may change a digit."""

from __future__ import annotations

import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from equipoise.chance import SealedStream, Stream, framed

SECRET = bytes(range(32))


def test_the_digits_of_a_stream_are_fixed_for_all_time() -> None:
    # Written down on the day the stream was defined; a change here would change every published simulation.
    assert Stream(1, "a").uniform(3) == 0.8079871855440741
    assert Stream(1, "a").integers(1, 0, 5, 10).tolist() == [4, 2, 0, 1, 0, 1, 4, 3, 3, 3]
    assert SealedStream(SECRET, "a").uniform(3) == 0.6191236870932045
    assert SealedStream(SECRET, "a").shuffled(1, "ABCDEF") == tuple("BDACEF")


def test_the_raw_words_are_those_of_philox_with_the_key_and_counter_that_are_promised() -> None:
    import hashlib

    key = hashlib.sha256(b"equipoise/stream/1\0" + framed((5, "x"))).digest()
    words = [int.from_bytes(key[:8], "big"), int.from_bytes(key[8:16], "big")]
    philox = np.random.Philox(key=np.array(words, dtype=np.uint64), counter=np.array([0, 0, 9, 1], dtype=np.uint64))
    assert (Stream(5, "x").words(9, 7) == philox.random_raw(7)).all()


@given(st.integers(0, 2**64 - 1), st.integers(1, 20), st.integers(1, 20))
def test_fewer_draws_are_the_beginning_of_more(position: int, few: int, more: int) -> None:
    stream = Stream(3, "prefix")
    n = few + more
    assert (stream.uniform(position, n)[:few] == stream.uniform(position, few)).all()
    assert (stream.normal(position, 0.0, 1.0, n)[:few] == stream.normal(position, 0.0, 1.0, few)).all()
    assert (stream.integers(position, -3, 9, n)[:few] == stream.integers(position, -3, 9, few)).all()


def test_threads_and_order_change_no_digit() -> None:
    stream = Stream(11, "threads")
    alone = [stream.uniform(position) for position in range(200)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(stream.uniform, reversed(range(200))))
    assert together[::-1] == alone
    assert (stream.uniform_rows(0, 200, 1)[:, 0] == np.array(alone)).all()


@given(st.lists(st.one_of(st.text(), st.integers(), st.binary()), max_size=4),
       st.lists(st.one_of(st.text(), st.integers(), st.binary()), max_size=4))  # fmt: skip
def test_different_names_are_framed_differently(one: list[str | int | bytes], other: list[str | int | bytes]) -> None:
    same = [(type(a), a) for a in one] == [(type(b), b) for b in other]
    assert (framed(one) == framed(other)) == same


def test_control_names_joined_without_lengths_would_collide() -> None:
    def joined(*names: str) -> str:
        return "".join(names)

    assert joined("a", "bc") == joined("ab", "c")
    assert framed(("a", "bc")) != framed(("ab", "c"))


def test_a_child_is_the_stream_of_the_longer_name() -> None:
    assert Stream(1, "a").child("b", 2).uniform(0) == Stream(1, "a", "b", 2).uniform(0)


def test_uses_of_one_position_are_independent() -> None:
    stream = Stream(2, "uses")
    u = np.array([stream.uniform(i) for i in range(2000)])
    z = np.array([stream.normal(i) for i in range(2000)])
    assert abs(np.corrcoef(u, z)[0, 1]) < 4 / math.sqrt(2000)  # four standard errors


@pytest.mark.parametrize(
    ("draw", "law"),
    [
        (lambda s: s.uniform(0, 20_000), stats.uniform()),
        (lambda s: s.exponential(0, 3.0, 20_000), stats.expon(scale=3)),
        (lambda s: s.normal(0, 2.0, 5.0, 20_000), stats.norm(2, 5)),
    ],
)
def test_values_follow_their_law(draw, law) -> None:  # type: ignore[no-untyped-def]
    assert stats.kstest(draw(Stream(4, "law")), law.cdf).pvalue > 0.001


def test_control_values_of_another_law_are_noticed() -> None:
    assert stats.kstest(Stream(4, "law").exponential(0, 3.1, 20_000), stats.expon(scale=3).cdf).pvalue < 0.001


def test_integers_and_choices_are_in_proportion() -> None:
    stream = Stream(6, "integers")
    assert stats.chisquare(np.bincount(stream.integers(0, 0, 7, 14_000), minlength=7)).pvalue > 0.001
    drawn = stream.choice(0, ("a", "b", "c"), 10_000, p=(0.2, 0.0, 0.8))
    assert drawn.count("b") == 0
    assert abs(drawn.count("a") / 10_000 - 0.2) < 4 * math.sqrt(0.2 * 0.8 / 10_000)
    assert sorted(stream.permutation(0, 50).tolist()) == list(range(50))


def test_impossible_requests_are_errors() -> None:
    stream = Stream(1)
    with pytest.raises(ValueError, match="position"):
        stream.uniform(-1)
    with pytest.raises(ValueError, match="whole number"):
        stream.integers(0, 3, 3)
    with pytest.raises(ValueError, match="add up to 1"):
        stream.choice(0, "ab", p=(0.5, 0.6))
    with pytest.raises(TypeError, match="named by"):
        Stream(1, 2.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="guessed"):
        SealedStream(b"short")
    with pytest.raises(ValueError, match="whole number"):
        SealedStream(SECRET).integer(0, 0)


def test_a_sealed_stream_is_uniform_and_shows_no_secret() -> None:
    stream = SealedStream(SECRET, "law")
    assert stats.kstest([stream.uniform(i) for i in range(5000)], stats.uniform().cdf).pvalue > 0.001
    assert stats.chisquare(np.bincount([stream.integer(i, 3) for i in range(6000)])).pvalue > 0.001
    assert SECRET.hex() not in repr(stream)


def test_another_secret_name_or_use_gives_other_draws() -> None:
    base = SealedStream(SECRET, "a", 1)
    others = [SealedStream(SECRET, "a", "1"), SealedStream(SECRET, "a1"), SealedStream(bytes(32), "a", 1)]
    values = {stream.uniform(0) for stream in (base, *others)}
    assert len(values) == 4


def test_importing_chance_loads_no_numpy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, equipoise.chance; print('numpy' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
