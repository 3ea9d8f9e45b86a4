"""Every failure of the list has a test and a control, and is explained in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conduct.failures.table import FAILURES, files, is_control, played

README = Path(__file__).with_name("README.md").read_text("utf-8")


def check_failure(found: dict[str, list[str]], failure: str) -> None:
    assert any(not is_control(test) for test in found.get(failure, ())), f"{failure} has no test"
    assert any(is_control(test) for test in found.get(failure, ())), f"{failure} has no control"


@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_has_a_test_and_a_control(failure: str) -> None:
    check_failure(played(files()), failure)


def test_the_readme_explains_every_failure_and_no_other() -> None:
    rows = re.findall(r"^\| (F\d\d) \| (.+) \| (.+) \|$", README, re.MULTILINE)
    assert tuple(failure for failure, _, _ in rows) == FAILURES
    assert all(len(what) > 10 and len(then) > 6 for _, what, then in rows)


def test_no_test_names_a_failure_that_is_not_on_the_list() -> None:
    assert set(played(files())) <= set(FAILURES)


def test_control_a_failure_without_a_test_or_without_a_control_is_noticed() -> None:
    found = played(files())
    for left in (
        [],
        [test for test in found["F03"] if is_control(test)],
        [t for t in found["F03"] if not is_control(t)],
    ):
        with pytest.raises(AssertionError, match="F03 has no"):
            check_failure({**found, "F03": left}, "F03")
