"""The balance of the arms for a terminal and for a program. Names arms: it is for those who may see allocations."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from equipoise.analysis.balance import Balance, BalanceRow, BiasTest
from equipoise.cli.language import Voice
from equipoise.protocol.document import Protocol
from equipoise.protocol.labels import arm_labels, describe_name
from equipoise.reports.columns import columns
from equipoise.wording.literals import literals_checked
from equipoise.words import Language

__all__ = ["balance_data", "balance_lines"]

_STANDS_OUT = 0.05


@literals_checked
def balance_data(balance: Balance, language: Language) -> dict[str, Any]:
    """The balance as data for JSON."""
    rows = [{**asdict(row), "exceeds": row.exceeds} for row in balance.rows]
    return {
        **asdict(balance),
        "rows": rows,
        "findings": [finding.as_data(language) for finding in balance.findings],
    }


def balance_lines(balance: Balance, protocol: Protocol, say: Voice) -> list[str]:
    """The balance for a terminal."""
    arms = arm_labels(protocol)
    heads = [say("balance.part"), *(arms[arm][say.language] for arm in balance.arms)]
    heads += [say(f"balance.{name}") for name in ("away", "bound", "runs", "longest")]
    return [
        say("balance.head", study=balance.study, seq=balance.seq),
        *columns([heads, *(_row(row, balance.arms, say) for row in balance.rows)], left=(0,)),
        "",
        say("balance.errors", n=balance.in_error, other=balance.other_stratum),
        *_tests(balance, protocol, say),
    ]


def _row(row: BalanceRow, arms: tuple[str, ...], say: Voice) -> list[str]:
    bound = "–" if row.bound is None else f"{row.bound:g}"
    counts = [str(row.counts[arm]) for arm in arms]
    named = {} if row.scope == "all" else {"name": row.name}
    return [
        say(f"balance.of_{row.scope}", **named),
        *counts,
        f"{row.away:.1f}",
        bound,
        str(row.runs),
        str(row.longest),
    ]


def _tests(balance: Balance, protocol: Protocol, say: Voice) -> list[str]:
    """The tests that could be made; what could not is counted."""
    if not balance.tests:
        return [say("balance.no_tests")]
    arms = arm_labels(protocol)
    heads = [say(f"balance.{name}") for name in ("value", "site", "n", "slope", "error", "p")]
    several = len({test.arm for test in balance.tests}) > 1
    rows = []
    for test in balance.tests:
        # Of the sites the terminal tells those that stand out; JSON has all.
        if test.found is not None and (test.site is None or test.found.p_value < _STANDS_OUT):
            found, about = test.found, describe_name(protocol, test.value)["label"][say.language]
            level = "" if test.level is None else f" = {test.level}"
            arm = say("balance.by_arm", arm=arms[test.arm][say.language]) if several else ""
            site = test.site if test.site is not None else say("balance.all_sites")
            p = f"{found.p_value:.4f}" if found.p_value >= 1e-4 else "<0.0001"
            rows.append([f"{about}{level}{arm}", site, str(found.n), f"{found.slope:.3g}", f"{found.error:.3g}", p])
    left = _left(balance.tests)
    lines = ["", say("balance.tests"), *columns([heads, *rows], left=(0, 1))] if rows else [say("balance.no_tests")]
    return [*lines, *([say("balance.left", n=left)] if left else []), *([say("balance.read")] if rows else [])]


def _left(tests: tuple[BiasTest, ...]) -> int:
    return sum(test.found is None for test in tests)
