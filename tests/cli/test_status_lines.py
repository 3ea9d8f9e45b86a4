"""What was put right is counted in the status: half-filled forms, forms struck out, moves, failed screenings."""

from types import SimpleNamespace

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.status_lines import _mended, _table


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_put_right_is_counted_and_nothing_is_said_of_nothing(language):
    say = Voice(language)
    (line,) = _mended(SimpleNamespace(drafts=1, struck=2, moved=3), say)
    assert all(number in line for number in "123")
    assert _mended(SimpleNamespace(drafts=0, struck=0, moved=0), say) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_failed_screenings_have_a_column_where_there_are_any(language):
    heads = []
    for stages in ({"screened": 1}, {"screened": 1, "screen_failed": 2}):
        status = SimpleNamespace(sites=[], participants=stages, one_arm=False)
        heads.append(_table(status, Voice(language))[0])
    assert len(heads[0].split()) + 1 == len(heads[1].split())


@pytest.mark.parametrize(
    ("language", "drawn", "entered"), [("en", "randomized", "entered"), ("zh", "已随机", "已进入")]
)
def test_nobody_stands_as_randomized_where_there_is_one_arm(language, drawn, entered):
    heads = []
    for one_arm in (False, True):
        status = SimpleNamespace(sites=[], participants={}, one_arm=one_arm)
        heads.append(_table(status, Voice(language))[0])
    assert drawn in heads[0]
    assert drawn not in heads[1]
    assert entered in heads[1]
