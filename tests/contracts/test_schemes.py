"""One suite that every scheme must pass, whatever its kind.

Each check takes the allocator as an argument, so that a control can hand it a broken one and see it fail.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from equipoise.findings import Refusal
from equipoise.randomization import Allocation, Past, Scheme, allocate
from equipoise.randomization.rederive import RecordedAllocation, content_of, rederive
from equipoise.randomization.sealing import seal, unseal

Allocator = Callable[[Scheme, bytes, str, Mapping[str, str], Sequence[Past]], Allocation]

AB, ABC, TWO_TO_ONE = (("A", 1), ("B", 1)), (("A", 1), ("B", 1), ("C", 1)), (("A", 2), ("B", 1))
SCHEMES = {
    "blocks": Scheme("permuted_blocks", AB, block_sizes=(4, 6)),
    "blocks 2:1": Scheme("permuted_blocks", TWO_TO_ONE, block_sizes=(3, 6)),
    "blocks, three arms": Scheme("permuted_blocks", ABC, block_sizes=(6, 9)),
    "minimization": Scheme("minimization", AB, p=0.8),
    "minimization 2:1, variance": Scheme("minimization", TWO_TO_ONE, p=0.8, measure="variance"),
    "minimization, three arms": Scheme(
        "minimization", ABC, p=0.7, measure="standard_deviation", weights=(("risk", 2.0),)
    ),
    "big stick": Scheme("big_stick", AB, limit=3),
    "complete": Scheme("complete", AB),
    "complete 2:1": Scheme("complete", TWO_TO_ONE),
}
SECRET, STUDY = bytes(range(32)), "trial-1"
every_scheme = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)


def arrivals(n: int) -> list[dict[str, str]]:
    """A fixed stream of participants over 2 x 3 strata, with no period that a block could share."""
    return [{"risk": "high" if (i * i) % 7 < 3 else "low", "site": f"S{(i * 5 + i // 4) % 3}"} for i in range(n)]


def enroll(
    scheme: Scheme,
    people: Sequence[Mapping[str, str]],
    allocator: Allocator = allocate,
    secret: bytes = SECRET,
    study: str = STUDY,
) -> list[Allocation]:
    past: list[Past] = []
    made = []
    for factors in people:
        now = allocator(scheme, secret, study, factors, past)
        made.append(now)
        named = tuple(sorted(factors.items()))
        past.append(Past(f"P{now.position}", now.position, now.stratum, named, now.arm, version=scheme.version))
    return made


def arms(made: Sequence[Allocation]) -> list[str]:
    return [allocation.arm for allocation in made]


def check_ratio(scheme: Scheme, allocator: Allocator = allocate) -> None:
    n = 360
    drawn = arms(enroll(scheme, arrivals(n), allocator))
    for arm, weight in scheme.ratio:
        share = weight / scheme.total
        # Four standard errors of complete randomization, the least balanced scheme.
        assert abs(drawn.count(arm) / n - share) < 4 * math.sqrt(share * (1 - share) / n), arm


def check_unpredictable(scheme: Scheme, allocator: Allocator = allocate) -> None:
    """Who bets, within the stratum, on the arm furthest behind its share must not be right too often."""
    right, bets = 0.0, 0
    for trial in range(30):
        counts: dict[str, dict[str, int]] = {}
        for now in enroll(scheme, arrivals(48), allocator, study=f"trial-{trial}"):
            seen = counts.setdefault(now.stratum, dict.fromkeys(scheme.arms, 0))
            behind = {arm: seen[arm] / weight for arm, weight in scheme.ratio}
            best = [arm for arm in scheme.arms if behind[arm] == min(behind.values())]
            right += (now.arm in best) / len(best)
            bets += 1
            seen[now.arm] += 1
    # Blocks of the smallest size reach 75 % for two arms; every scheme here must stay clearly below.
    assert right / bets < 0.72


def check_prefix(scheme: Scheme, allocator: Allocator = allocate) -> None:
    people = arrivals(60)
    assert enroll(scheme, people, allocator)[:25] == enroll(scheme, people[:25], allocator)


def check_strata_independent(scheme: Scheme, allocator: Allocator = allocate) -> None:
    people = arrivals(90)
    together = enroll(scheme, people, allocator)
    for stratum in {allocation.stratum for allocation in together}:
        mixed = [a.arm for a in together if a.stratum == stratum]
        alone = [person for person, a in zip(people, together, strict=True) if a.stratum == stratum]
        assert mixed == arms(enroll(scheme, alone, allocator))


@every_scheme
def test_the_ratio_is_kept_in_the_long_run(scheme: Scheme) -> None:
    check_ratio(scheme)


@every_scheme
def test_the_next_arm_cannot_be_guessed_too_well(scheme: Scheme) -> None:
    check_unpredictable(scheme)


@every_scheme
def test_later_participants_change_no_earlier_arm(scheme: Scheme) -> None:
    check_prefix(scheme)


@every_scheme
def test_positions_are_consecutive_in_the_study_and_in_the_stratum(scheme: Scheme) -> None:
    made = enroll(scheme, arrivals(60))
    assert [a.position for a in made] == list(range(1, 61))
    for stratum in {a.stratum for a in made}:
        places = [a.stratum_position for a in made if a.stratum == stratum]
        assert places == list(range(1, len(places) + 1))


@every_scheme
def test_the_same_secret_gives_the_same_arms_and_another_gives_others(scheme: Scheme) -> None:
    people = arrivals(60)
    base = arms(enroll(scheme, people))
    assert arms(enroll(scheme, people)) == base
    assert arms(enroll(scheme, people, secret=bytes(32))) != base
    assert arms(enroll(scheme, people, study="trial-2")) != base
    assert arms(enroll(replace(scheme, version=2), people)) != base


@every_scheme
def test_the_order_in_which_factors_are_named_does_not_matter(scheme: Scheme) -> None:
    people = arrivals(40)
    turned = [dict(reversed(person.items())) for person in people]
    assert enroll(scheme, turned) == enroll(scheme, people)


@pytest.mark.parametrize(
    "scheme", [s for s in SCHEMES.values() if s.kind != "minimization"], ids=[k for k in SCHEMES if "mini" not in k]
)
def test_each_stratum_has_its_own_sequence(scheme: Scheme) -> None:
    check_strata_independent(scheme)


@every_scheme
def test_no_stream_is_ever_repeated(scheme: Scheme) -> None:
    # 40 equal draws by chance have a probability below 2**-30 even for blocks; 24 streams make 276 pairs.
    sequences = [
        tuple(arms(enroll(replace(scheme, version=version), [{"risk": risk}] * 40, study=study)))
        for version in (1, 2)
        for study in ("trial-1", "trial-2", "trial-10")
        for risk in ("high", "low", "x", "y")
    ]
    distinct = len(set(sequences))
    if scheme.kind == "minimization":  # its coin belongs to the study: a stratum alone in a study is the whole study
        distinct *= 4
    assert distinct == len(sequences)


@every_scheme
def test_a_sealed_allocation_has_one_length_and_no_readable_arm(scheme: Scheme) -> None:
    made = enroll(scheme, arrivals(40))
    sealed = [
        seal(SECRET, STUDY, a.position, content_of(a, scheme.version), participant=f"P{a.position}") for a in made
    ]
    assert len({len(text) for text in sealed}) == 1
    assert len(set(sealed)) == len(sealed)
    opened = unseal(SECRET, STUDY, 7, sealed[6], participant="P7")
    assert opened == content_of(made[6], scheme.version)


@every_scheme
def test_who_holds_the_secret_derives_every_allocation_again(scheme: Scheme) -> None:
    people = arrivals(40)
    recorded = _record(scheme, people, enroll(scheme, people))
    assert rederive([scheme], SECRET, STUDY, recorded) == []


@every_scheme
def test_a_slot_used_in_error_stays_used(scheme: Scheme) -> None:
    people = arrivals(31)
    made = enroll(scheme, people)
    past = [
        Past(f"P{a.position}", a.position, a.stratum, tuple(sorted(person.items())), a.arm, in_error=a.position == 5)
        for person, a in zip(people[:30], made, strict=False)
    ]
    now = allocate(scheme, SECRET, STUDY, people[30], past)
    assert (now.position, now.stratum_position) == (31, made[30].stratum_position)


@every_scheme
def test_a_missing_factor_value_is_refused_by_name(scheme: Scheme) -> None:
    with pytest.raises(Refusal, match="risk has no value"):
        allocate(scheme, SECRET, STUDY, {"risk": " ", "site": "S1"}, [])


@every_scheme
def test_a_past_with_a_gap_is_refused(scheme: Scheme) -> None:
    with pytest.raises(Refusal, match="missing or out of order"):
        allocate(scheme, SECRET, STUDY, {"risk": "high"}, [Past("P2", 2, "risk=high", (("risk", "high"),), "A")])


def _record(
    scheme: Scheme, people: Sequence[Mapping[str, str]], made: Sequence[Allocation]
) -> list[RecordedAllocation]:
    return [
        RecordedAllocation(
            f"P{a.position}",
            a.position,
            tuple(person.items()),
            seal(SECRET, STUDY, a.position, content_of(a, scheme.version), participant=f"P{a.position}"),
            scheme.version,
        )
        for person, a in zip(people, made, strict=True)
    ]


# Controls: broken allocators that each check must notice.


def _alternating(
    scheme: Scheme, secret: bytes, study: str, factors: Mapping[str, str], past: Sequence[Past]
) -> Allocation:
    now = allocate(scheme, secret, study, factors, past)
    return replace(now, arm=scheme.arms[(now.stratum_position - 1) % len(scheme.arms)])


def _swapped(scheme: Scheme, secret: bytes, study: str, factors: Mapping[str, str], past: Sequence[Past]) -> Allocation:
    now = allocate(scheme, secret, study, factors, past)
    return replace(now, arm={"A": "B", "B": "A"}[now.arm])


def _one_sequence_for_all(
    scheme: Scheme, secret: bytes, study: str, factors: Mapping[str, str], past: Sequence[Past]
) -> Allocation:
    return replace(allocate(scheme, secret, study, {}, [replace(p, stratum="all") for p in past]), stratum=str(factors))


def test_control_swapped_arms_break_an_unequal_ratio() -> None:
    with pytest.raises(AssertionError):
        check_ratio(SCHEMES["blocks 2:1"], _swapped)


def test_control_an_alternating_allocator_is_too_predictable() -> None:
    with pytest.raises(AssertionError):
        check_unpredictable(SCHEMES["blocks"], _alternating)


def test_control_blocks_of_two_are_too_predictable() -> None:
    with pytest.raises(AssertionError):
        check_unpredictable(Scheme("permuted_blocks", AB, block_sizes=(2,)))


def test_control_strata_that_share_a_sequence_are_noticed() -> None:
    with pytest.raises(AssertionError):
        check_strata_independent(SCHEMES["blocks"], _one_sequence_for_all)


def test_control_an_allocator_that_looks_ahead_is_noticed() -> None:
    def hasty(
        scheme: Scheme, secret: bytes, study: str, factors: Mapping[str, str], past: Sequence[Past]
    ) -> Allocation:
        hasty_calls.append(1)
        return allocate(scheme, secret, f"{study}{len(hasty_calls) > 60}", factors, past)

    hasty_calls: list[int] = []
    with pytest.raises(AssertionError):
        check_prefix(SCHEMES["blocks"], hasty)


@every_scheme
def test_control_a_swapped_arm_in_the_record_is_named(scheme: Scheme) -> None:
    people = arrivals(20)
    made = enroll(scheme, people)
    made[8] = replace(made[8], arm=next(arm for arm in scheme.arms if arm != made[8].arm))
    findings = rederive([scheme], SECRET, STUDY, _record(scheme, people, made))
    assert [finding.code for finding in findings] == ["rederive.differs"]
    assert "allocation 9 " in findings[0].what
