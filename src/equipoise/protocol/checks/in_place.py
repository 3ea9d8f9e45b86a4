"""A rule where it stands: checked against the names that have a value at that point, and against what it must give."""

from __future__ import annotations

from collections.abc import Mapping

from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.scope import BUILT_INS
from equipoise.rules import Column, Expectation, check_rule, names_of
from equipoise.wording.literals import literals_checked
from equipoise.words import Phrase

__all__ = ["ROW_COLUMNS", "check_in_place"]

# What every row of records carries beside its items; a pick may narrow by these.
ROW_COLUMNS = {
    name: Column(name, type_, where="every record")
    for name, type_ in (("visit", "text"), ("occurrence", "integer"), ("row", "integer"), ("observed", "date"))
}


@literals_checked
def check_in_place(
    look: Inspection,
    rule: str,
    path: tuple[str | int, ...],
    columns: Mapping[str, Column],
    elsewhere: Mapping[str, Phrase],
    expect: Expectation | None,
    codes: frozenset[str] | None = None,
    unit: str | None = None,
) -> bool:
    """Whether the rule may stand here; its Findings are added. A rule that names what was lost is not judged."""
    lost = [name for name in names_of(rule) if name not in columns and name not in elsewhere and look.excused(name)]
    if lost:
        return False
    found = check_rule(
        rule,
        columns,
        expect=expect,
        where=look.positions.where(*path),
        known_elsewhere=elsewhere,
        expect_codes=codes,
        expect_unit=unit,
    )
    look.findings += found
    return not found


assert not ROW_COLUMNS.keys() & BUILT_INS.keys()
