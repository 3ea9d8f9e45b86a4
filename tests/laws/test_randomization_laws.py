"""Laws of allocation that hold for any scheme, any stream of participants and any history."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.canonical import canonical_bytes
from equipoise.randomization import Allocation, Past, Scheme, allocate, check_scheme, stratum_key
from equipoise.randomization.minimization import arm_probabilities
from equipoise.randomization.rederive import RecordedAllocation, content_of, rederive
from equipoise.randomization.scheme import Measure
from equipoise.randomization.sealing import seal
from tests.hunting import examples

SECRET = bytes(range(32))
weights = st.lists(st.integers(1, 4), min_size=2, max_size=4)
people = st.lists(
    st.fixed_dictionaries({"risk": st.sampled_from(["high", "low"]), "site": st.sampled_from("123")}), max_size=25
)


@st.composite
def schemes(draw: st.DrawFn, version: int = 1) -> Scheme:
    kind = draw(st.sampled_from(["permuted_blocks", "minimization", "big_stick", "complete"]))
    if kind == "big_stick":
        return Scheme("big_stick", (("A", 1), ("B", 1)), limit=draw(st.integers(1, 6)), version=version)
    ratio = tuple(zip("ABCD", draw(weights), strict=False))
    total = sum(weight for _, weight in ratio)
    if kind == "permuted_blocks":
        copies = draw(st.sets(st.integers(1, 3), min_size=1))
        return Scheme("permuted_blocks", ratio, block_sizes=tuple(total * c for c in sorted(copies)), version=version)
    if kind == "minimization":
        p = draw(st.integers(50, 99)) / 100
        measure: Measure = draw(st.sampled_from(get_args(Measure)))
        return Scheme("minimization", ratio, p=p, measure=measure, version=version)
    return Scheme("complete", ratio, version=version)


def run(
    first: Scheme, second: Scheme, who: list[dict[str, str]], change_at: int, errors: dict[int, int]
) -> tuple[list[RecordedAllocation], list[Allocation]]:
    """Allocate under `first`, from `change_at` on under `second`; `errors` says after how many whom was marked."""
    recorded: list[RecordedAllocation] = []
    made: list[Allocation] = []
    past: list[Past] = []
    for n, factors in enumerate(who, start=1):
        scheme = first if n <= change_at else second
        marked = [replace(p, in_error=errors.get(p.position, n) < n) for p in past]
        now = allocate(scheme, SECRET, "s", factors, marked)
        named = tuple(factors.items())
        sealed = seal(SECRET, "s", n, content_of(now, scheme.version), participant=f"P{n}")
        recorded.append(RecordedAllocation(f"P{n}", n, named, sealed, scheme.version, errors.get(n)))
        past.append(Past(f"P{n}", n, now.stratum, named, now.arm, version=scheme.version))
        made.append(now)
    return recorded, made


@given(schemes())
def test_schemes_made_by_the_rules_are_sound(scheme: Scheme) -> None:
    assert [finding for finding in check_scheme(scheme) if finding.severity == "error"] == []


@settings(max_examples=examples(60), deadline=None)
@given(
    schemes(), schemes(version=2), people, st.integers(0, 25), st.dictionaries(st.integers(1, 25), st.integers(0, 9))
)
def test_every_history_is_derived_again_across_a_change_of_scheme_and_marks_in_error(
    first: Scheme, second: Scheme, who: list[dict[str, str]], change_at: int, delays: dict[int, int]
) -> None:
    errors = {position: position + delay for position, delay in delays.items()}
    recorded, _ = run(first, second, who, change_at, errors)
    assert rederive([first, second], SECRET, "s", recorded) == []


@settings(max_examples=examples(60), deadline=None)
@given(schemes(), people.filter(bool), st.data())
def test_control_any_swapped_arm_is_the_first_that_differs(
    scheme: Scheme, who: list[dict[str, str]], data: st.DataObject
) -> None:
    recorded, made = run(scheme, scheme, who, len(who), {})
    place = data.draw(st.integers(0, len(who) - 1))
    other = data.draw(st.sampled_from([arm for arm in scheme.arms if arm != made[place].arm]))
    forged = content_of(replace(made[place], arm=other), scheme.version)
    text = seal(SECRET, "s", place + 1, forged, participant=f"P{place + 1}")
    recorded[place] = replace(recorded[place], sealed=text)
    findings = rederive([scheme], SECRET, "s", recorded)
    assert [finding.code for finding in findings] == ["rederive.differs"]
    assert findings[0].where.path == f"allocation {place + 1}"
    assert not any(f" {arm} " in str(findings[0]) for arm in scheme.arms)


def _four() -> tuple[Scheme, Scheme, list[RecordedAllocation]]:
    first = Scheme("permuted_blocks", (("A", 1), ("B", 1)), block_sizes=(4, 6))
    second = replace(first, block_sizes=(6, 8), version=2)
    recorded, _ = run(first, second, [{"risk": "high"}] * 12, 7, {})
    return first, second, recorded


def test_control_other_damage_to_the_record_is_named() -> None:
    first, second, recorded = _four()
    both = [first, second]

    def codes(schemes: list[Scheme], rows: list[RecordedAllocation], secret: bytes = SECRET) -> list[str]:
        return [finding.code for finding in rederive(schemes, secret, "s", rows)]

    assert codes(both, recorded) == []
    assert codes(both, recorded[:4] + recorded[5:]) == ["rederive.order"]
    assert codes([first], recorded) == ["rederive.version"]
    assert codes([first, first], recorded) == ["rederive.version_twice"]
    assert codes(both, [*recorded[:11], replace(recorded[11], version=1)]) == ["rederive.version"]
    assert codes(both, [replace(recorded[0], participant="P9"), *recorded[1:]]) == ["vault.broken_seal"]
    assert codes(both, recorded, bytes(32)) == ["vault.broken_seal"]
    assert codes(both, [replace(recorded[0], factors=(("risk", "low"),)), *recorded[1:]]) == ["rederive.differs"]
    assert codes([replace(first, block_sizes=(8, 10)), second], recorded) == ["rederive.differs"]


def test_control_a_mark_in_error_moved_to_another_moment_is_noticed() -> None:
    scheme = Scheme("big_stick", (("A", 1), ("B", 1)), limit=1)
    recorded, _ = run(scheme, scheme, [{"risk": "high"}] * 12, 12, {3: 5})
    assert rederive([scheme], SECRET, "s", recorded) == []
    moved = [replace(row, in_error_after=None) for row in recorded]
    assert [finding.code for finding in rederive([scheme], SECRET, "s", moved)] == ["rederive.differs"]


@given(weights, st.integers(50, 99), st.data())
def test_probabilities_add_to_one_and_nobody_is_certain(shares: list[int], percent: int, data: st.DataObject) -> None:
    scheme = Scheme("minimization", tuple(zip("ABCD", shares, strict=False)), p=percent / 100)
    scores = {arm: Fraction(data.draw(st.integers(0, 3))) for arm in scheme.arms}
    found = arm_probabilities(scheme, scores)
    assert sum(found.values()) == 1
    assert all(0 < share < 1 for share in found.values())


@given(weights, st.integers(50, 99))
def test_preferring_arms_in_their_ratio_gives_them_in_their_ratio(shares: list[int], percent: int) -> None:
    scheme = Scheme("minimization", tuple(zip("ABCD", shares, strict=False)), p=percent / 100)
    given_share = dict.fromkeys(scheme.arms, Fraction(0))
    for preferred, weight in scheme.ratio:
        scores = {arm: Fraction(arm != preferred) for arm in scheme.arms}
        for arm, share in arm_probabilities(scheme, scores).items():
            given_share[arm] += Fraction(weight, scheme.total) * share
    assert given_share == {arm: Fraction(weight, scheme.total) for arm, weight in scheme.ratio}


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=3),
       st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=3))  # fmt: skip
def test_two_strata_share_a_key_only_when_they_are_one(one: dict[str, str], other: dict[str, str]) -> None:
    assert (stratum_key(one) == stratum_key(other)) == (one == other)


@settings(max_examples=examples(40), deadline=None)
@given(schemes(), people.filter(bool))
def test_the_detail_has_a_canonical_form_and_fits_under_the_seal(scheme: Scheme, who: list[dict[str, str]]) -> None:
    _, made = run(scheme, scheme, who, len(who), {})
    assert all(len(canonical_bytes(content_of(allocation, 1))) < 1022 for allocation in made)


def test_control_a_float_in_the_detail_would_be_refused() -> None:
    with pytest.raises(TypeError):
        canonical_bytes(content_of(Allocation("A", 1, "all", 1, {"p": 0.8}), 1))
