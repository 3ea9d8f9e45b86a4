"""Every way to promise an impossible or a predictable scheme, and an uploaded list, is answered with a Finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.findings import Refusal
from equipoise.randomization import Scheme, allocate, allocate_in_turn, check_scheme, stratum_key
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.spec import Randomization
from equipoise.randomization.uploaded import ListRow, check_list, check_remaining

AB = (("A", 1), ("B", 1))
GOOD = [
    Scheme("permuted_blocks", AB, block_sizes=(4, 6)),
    Scheme("permuted_blocks", (("A", 2), ("B", 1)), block_sizes=(3, 6)),
    Scheme("minimization", AB, p=0.8, weights=(("site", 0.5),)),
    Scheme("minimization", (("A", 1), ("B", 1), ("C", 1)), p=1 / 3),
    Scheme("big_stick", AB, limit=3),
    Scheme("complete", (("A", 3), ("B", 2))),
]
BAD = [
    (Scheme("urn", AB), "kind"),  # type: ignore[arg-type]
    (Scheme("complete", (("A", 1),)), "arms"),
    (Scheme("complete", (("A", 1), ("A", 1))), "arm_twice"),
    (Scheme("complete", (("A", 1), ("B", 0))), "weight"),
    (Scheme("complete", AB, version=0), "version"),
    (Scheme("permuted_blocks", AB), "no_block_sizes"),
    (Scheme("permuted_blocks", AB, block_sizes=(4, 5)), "block_size"),
    (Scheme("permuted_blocks", (("A", 2), ("B", 1)), block_sizes=(4,)), "block_size"),
    (Scheme("permuted_blocks", AB, block_sizes=(0, 4)), "block_size"),
    (Scheme("permuted_blocks", AB, block_sizes=(4, 4)), "block_size_twice"),
    (Scheme("minimization", AB), "predictable"),
    (Scheme("minimization", AB, p=float("nan")), "predictable"),
    (Scheme("minimization", AB, p=0.4), "p_too_small"),
    (Scheme("minimization", AB, p=0.8, measure="entropy"), "measure"),  # type: ignore[arg-type]
    (Scheme("minimization", AB, p=0.8, weights=(("site", 0.0),)), "factor_weight"),
    (Scheme("minimization", AB, p=0.8, weights=(("moon", 1.0),)), "unknown_factor"),
    (Scheme("minimization", AB, p=0.8, weights=(("site", 1.0), ("site", 2.0))), "factor_twice"),
    (Scheme("big_stick", (("A", 2), ("B", 1)), limit=3), "big_stick_ratio"),
    (Scheme("big_stick", (("A", 1), ("B", 1), ("C", 1)), limit=3), "big_stick_ratio"),
    (Scheme("big_stick", AB), "limit"),
]


@pytest.mark.parametrize("scheme", GOOD)
def test_a_sound_scheme_has_no_findings(scheme: Scheme) -> None:
    assert check_scheme(scheme, ("site",)) == []


@pytest.mark.parametrize(("scheme", "code"), BAD)
def test_an_impossible_scheme_is_found_and_never_allocates(scheme: Scheme, code: str) -> None:
    errors = [finding for finding in check_scheme(scheme, ("site",)) if finding.severity == "error"]
    assert f"randomization.{code}" in [finding.code for finding in errors]
    assert all(finding.what and finding.why and finding.mend for finding in errors)
    with pytest.raises(Refusal):
        allocate(scheme, bytes(32), "s", {"site": "1"}, [])


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        (Scheme("permuted_blocks", AB, block_sizes=(4,)), "one_block_size"),
        (Scheme("permuted_blocks", AB, block_sizes=(2, 4)), "small_block"),
        (Scheme("big_stick", AB, limit=1), "limit_of_one"),
    ],
)
def test_an_unwise_scheme_is_warned_about_and_allocates(scheme: Scheme, code: str) -> None:
    assert [(f.code, f.severity) for f in check_scheme(scheme)] == [(f"randomization.{code}", "warning")]
    assert allocate(scheme, bytes(32), "s", {}, []).arm in "AB"


def test_minimization_without_a_factor_is_refused() -> None:
    with pytest.raises(Refusal, match="no factor to balance"):
        allocate(Scheme("minimization", AB, p=0.8), bytes(32), "s", {}, [])


def test_a_stratum_has_one_key_whatever_the_order_and_no_two_share_one() -> None:
    assert stratum_key({"stage": "III", "risk": "high"}) == stratum_key({"risk": "high", "stage": "III"})
    assert stratum_key({"risk": "high", "stage": "III"}) == "risk=high,stage=III"
    assert stratum_key({}) == "all"
    assert stratum_key({"a": "1,b=2"}) != stratum_key({"a": "1", "b": "2"})
    assert stratum_key({"a": "%2C"}) != stratum_key({"a": ","})


def promised(scheme: dict[str, object]) -> Randomization:
    return Randomization.model_validate(
        {"at": "baseline", "ratio": {"A": 1, "B": 1}, "scheme": scheme, "stratify_by": ["site"], "blinding": "open"}
    )


@pytest.mark.parametrize(
    ("clause", "scheme"),
    [
        ({"kind": "permuted_blocks", "sizes": [4, 6]}, Scheme("permuted_blocks", AB, block_sizes=(4, 6), version=3)),
        (
            {"kind": "minimization", "p": 0.8, "measure": "variance", "weights": {"site": 2}},
            Scheme("minimization", AB, p=0.8, measure="variance", weights=(("site", 2.0),), version=3),
        ),
        ({"kind": "big_stick", "limit": 3}, Scheme("big_stick", AB, limit=3, version=3)),
        ({"kind": "complete"}, Scheme("complete", AB, version=3)),
    ],
)
def test_the_promise_becomes_the_scheme(clause: dict[str, object], scheme: Scheme) -> None:
    assert scheme_of(promised(clause), version=3) == scheme


def test_where_allocation_was_made_elsewhere_nobody_is_randomized() -> None:
    with pytest.raises(Refusal, match="outside this system"):
        scheme_of(promised({"kind": "recorded", "description": {"en": "RTOG headquarters", "zh": "RTOG 总部"}}))


# An uploaded list (the failures of a list made elsewhere).

FOURS = Scheme("permuted_blocks", AB, block_sizes=(4,))


def made_list(strata: tuple[str, ...] = ("risk=high", "risk=low"), n: int = 16) -> list[ListRow]:
    rows: list[ListRow] = []
    for stratum in strata:
        made = allocate_in_turn(FOURS, bytes(32), "list", [dict([stratum.split("=")])] * n)
        rows += [ListRow(stratum, a.stratum_position, a.arm, line=len(rows) + a.position) for a in made]
    return rows


def codes(rows: list[ListRow], scheme: Scheme = FOURS) -> set[str]:
    return {finding.code for finding in check_list(rows, scheme, ("risk=high", "risk=low"))}


def test_a_sound_list_has_no_findings() -> None:
    assert codes(made_list()) == set()


def test_control_every_damage_to_a_list_is_found() -> None:
    rows = made_list()
    assert codes([*rows[:5], rows[4], *rows[5:]]) == {"list.duplicate_slot"}
    assert codes([*rows[:5], rows[6], rows[5], *rows[7:]]) == {"list.order", "list.duplicate_slot"}
    assert codes([*rows[:5], *rows[6:]]) == {"list.order"}
    assert codes(rows[:16]) == {"list.missing_stratum"}
    assert codes([replace(rows[0], arm="C"), *rows[1:]]) == {"list.unknown_arm"}
    assert codes([*rows, ListRow("risk=none", 1, "A")]) == {"list.unknown_stratum"}
    assert codes([replace(rows[0], arm={"A": "B", "B": "A"}[rows[0].arm]), *rows[1:]]) == {"list.ratio"}
    assert codes([*(replace(row, slot=row.slot) for row in rows[16:]), *rows[:16]]) == set()
    two_sizes = replace(FOURS, block_sizes=(4, 6))
    assert codes([replace(row, arm="A") for row in rows], two_sizes) == {"list.ratio"}


def test_swapped_labels_cannot_be_found_in_the_list_alone() -> None:
    assert codes([replace(row, arm={"A": "B", "B": "A"}[row.arm]) for row in made_list()]) == set()


def test_a_stratum_that_runs_out_is_announced_at_eighty_percent() -> None:
    rows = made_list(n=20)
    assert check_remaining(rows, {"risk=high": 15}) == []
    assert [(f.code, f.severity) for f in check_remaining(rows, {"risk=high": 16})] == [
        ("list.nearly_exhausted", "warning")
    ]
    assert [(f.code, f.severity) for f in check_remaining(rows, {"risk=low": 20})] == [("list.exhausted", "error")]
    assert [f.code for f in check_remaining(rows, {"risk=none": 0})] == ["list.exhausted"]
