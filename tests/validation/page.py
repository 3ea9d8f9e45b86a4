"""docs/validation/README.md: the matrix of requirements, failures, tests and results, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tests.conduct.failures.table import is_control
from tests.validation.rows import Row, functions_of

__all__ = ["page", "without_results"]

_VERDICT = {"met": "met 满足", "partly": "partly 部分", "waits": "waits 待建"}
_HEAD = """\
# Validation: what is asked, where it is built, what shows it

Written by `python -m tests.validation`, which runs every test that is named here; `make test` fails when a row names
what is not there, has no control, or when this page is not the one that the rows make. `R`: what regulations and
guidelines ask of the conduct of a trial. `F`: what has gone wrong with randomization and blinding elsewhere. A control
takes away what a test guards, and must be seen to fail.

本页由 `python -m tests.validation` 生成，并运行所列的每一项测试。R 为法规与指南的要求，F 为他处随机化与设盲曾出现的失误。
"""


def page(rows: Iterable[Row], results: Mapping[str, Mapping[str, int]], about: str) -> str:
    """The page; `results` gives for each row how many tests ended how, `about` says of which tree."""
    rows = list(rows)
    return "\n".join((_HEAD, f"Results of {about}.", "", *_counts(rows), "", *_table(rows, results), "", *_tests(rows)))


def without_results(text: str) -> list[str]:
    """The page without what changes from run to run."""
    lines = [line for line in text.splitlines() if not line.startswith("Results of ")]
    return ["|".join(line.split("|")[:-2]) if line.startswith(("| R", "| F")) else line for line in lines]


def _counts(rows: list[Row]) -> Iterator[str]:
    yield "| | met 满足 | partly 部分 | waits 待建 | all 合计 |"
    yield "|---|---|---|---|---|"
    for kind in "RF":
        counted = Counter(row.verdict for row in rows if row.id.startswith(kind))
        yield f"| {kind} | {counted['met']} | {counted['partly']} | {counted['waits']} | {counted.total()} |"


def _table(rows: list[Row], results: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield "| row | asked 要求 | built 实现 | verdict 结论 | lacks 尚缺 | tests, controls 测试、对照 | result 结果 |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        asked = f"{row.asks['en']}<br>{row.asks['zh']}" + (f"<br>*{row.source}*" if row.source else "")
        built = "<br>".join(f"`{path.removeprefix('src/equipoise/')}`" for path in row.built)
        lacks = f"{row.lacks['en']}<br>{row.lacks['zh']}" if row.lacks else ""
        ran = results.get(row.id, {})
        result = ", ".join(f"{n} {how}" for how, n in sorted(ran.items())) or "not run 未运行"
        named = _all((*row.tests, *row.controls))
        controls = sum(is_control(f"::{name}") for _, name in named)
        counted = f"{len(named) - controls}, {controls}"
        yield f"| {row.id} | {asked} | {built} | {_VERDICT[row.verdict]} | {lacks} | {counted} | {result} |"


def _tests(rows: list[Row]) -> Iterator[str]:
    yield "## Which tests"
    for row in rows:
        if row.tests or row.controls:
            yield ""
            yield f"**{row.id}** {', '.join(f'`{test}`' for test in row.tests)}"
            yield f"— controls: {', '.join(f'`{test}`' for test in row.controls) or 'none'}"


def _all(named: Iterable[str]) -> set[tuple[str, str]]:
    return {(test.partition("::")[0], name) for test in named for name in functions_of(test)}
