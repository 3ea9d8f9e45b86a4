"""Whom and what an amendment touches is told in a line, for every kind of part, in both languages."""

from __future__ import annotations

import pytest

from equipoise.conduct.folder.touching import _SHOWN, Touched
from tests.chinese import holds_chinese

MANY = tuple(f"P{number}" for number in range(1, 60))


@pytest.mark.parametrize("how", ["dropped", "changed", "added"])
@pytest.mark.parametrize("kind", [*_SHOWN, "consent"])
def test_each_change_is_told_with_how_many_it_touches(how, kind):
    for who in ((), MANY[:2], MANY):
        one = Touched(how, kind, "this_one", 3 * len(who), who, {"S01": len(who)} if who else {})
        assert "this_one" in one.line("en")
        assert holds_chinese(one.line("zh"))
        if who:
            assert f"S01: {len(who)}" in one.line("en")
            assert "P1" in one.line("en")
