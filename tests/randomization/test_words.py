"""What is wrong with a scheme, a list or a seal is told in both languages, and no Finding tells a concealed arm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.findings import Finding, Refusal
from equipoise.randomization import Past, Scheme, allocate, check_scheme
from equipoise.randomization.rederive import check_stratum
from equipoise.randomization.sealing import unseal
from equipoise.randomization.uploaded import ListRow, check_list

FOURS = Scheme("permuted_blocks", (("A", 1), ("B", 1)), block_sizes=(4, 6))
SECRET = bytes(range(32))


def only(findings: list[Finding]) -> Finding:
    (finding,) = findings
    return finding


@pytest.mark.parametrize(
    ("scheme", "english", "chinese"),
    [
        (
            replace(FOURS, kind="dice"),
            "there is no scheme called 'dice'; the schemes are permuted_blocks, minimization, big_stick, complete.",
            "没有名为'dice'的随机方法；随机方法有permuted_blocks、minimization、big_stick、complete。请选择其中之一。",
        ),
        (
            replace(FOURS, block_sizes=(5, 4)),
            "block size 5 is not a multiple of 2, the sum of the ratio",
            "这样的区组无法按比例容纳各组。请使用2、4、6等。",
        ),
        (
            Scheme("minimization", FOURS.ratio, p=1.0),
            "p is 1; minimization without a chance element",
            "p为1；没有随机成分的最小化法",
        ),
    ],
)
def test_what_is_wrong_with_a_scheme_is_told_in_both_languages(scheme: Scheme, english: str, chinese: str) -> None:
    finding = only(check_scheme(scheme))
    assert english in finding.tell()
    assert chinese in finding.tell("zh")


def test_a_list_that_leaves_the_ratio_says_how_far() -> None:
    rows = [ListRow("all", n, "A") for n in range(1, 9)]
    finding = only(check_list(rows, FOURS))
    assert finding.what == "slots 1 to 8 of all hold A 8 for 4, B 0 for 4"
    assert finding.say("zh").what == "all的位置1至8含A8个（应为4个）、B0个（应为4个）"


def test_nobody_is_allocated_without_a_factor_or_after_a_gap() -> None:
    gap = [Past("P1", 2, "sex=F", (("sex", "F"),), "A")]
    with pytest.raises(Refusal) as refused:
        allocate(FOURS, SECRET, "trial", {"sex": ""}, gap)
    missing, incomplete = refused.value.findings
    assert missing.tell("zh") == "randomization.factors.sex: sex没有值；受试者所属的层未知。请先记录sex，再随机。"
    assert incomplete.what == "allocation 1 is missing or out of order (found 2)"


def test_what_does_not_stand_as_it_was_sealed_is_told_without_the_arm() -> None:
    finding = only(check_stratum({"stratum": "sex=F", "arm": "nimotuzumab"}, 3, "sex=M", {}))
    with pytest.raises(Refusal) as refused:
        unseal(SECRET, "trial", 3, "v1.nimotuzumab", participant="P3")
    for one in (finding, *refused.value.findings):
        assert "nimotuzumab" not in one.tell() + one.tell("zh") + repr(one.facts)
        assert "第3次分配" in one.tell("zh")
