"""The tool that changes nodes: it finds what it should, changes one thing only, and tells noticed from unnoticed."""

import ast
import subprocess
import sys

import pytest

from tests.mutants import __main__ as tool
from tests.mutants.nodes import ROOMS, changed_tree, find_mutants

TEXT = """
def larger(a: int | None, b: float) -> float:
    if a is None or not b > 0:
        return -1.0
    x = a * b + 2
    x += 1
    return x ** 2 if x >= 3 else "a" + "b"
"""


def test_each_arithmetic_and_comparison_node_is_found_once():
    found = [(m.text, m.change) for m in find_mutants("toy.py", TEXT)]
    assert found == [
        ("a is None or not b > 0", "or to and"),
        ("a is None", "is to is not"),
        ("not b > 0", "without not"),
        ("b > 0", "> to >="),
        ("-1.0", "without -"),
        ("a * b + 2", "+ to -"),
        ("a * b", "* to /"),
        ("x += 1", "+ to -"),
        ("x >= 3", ">= to >"),
        ("x ** 2", "** to *"),
    ]


@pytest.mark.parametrize("number", range(10))
def test_one_node_is_changed_and_nothing_else(number):
    changed = ast.unparse(changed_tree(TEXT, number))
    other = [a for a, b in zip(changed.splitlines(), ast.unparse(ast.parse(TEXT)).splitlines(), strict=True) if a != b]
    assert len(other) == 1


def test_every_room_has_nodes_and_no_two_have_one_name():
    names = [m.name for file in tool.files(ROOMS) for m in find_mutants(file)]
    assert len(names) == len(set(names))
    assert {name.partition("/")[0] for name in names} == set(ROOMS)


def test_what_is_left_is_still_there_and_has_its_reason():
    names = {m.name for file in tool.files(ROOMS) for m in find_mutants(file)}
    for name, reason in tool.left().items():
        assert name in names, f"left.toml names what is no longer there: {name}"
        assert len(reason) > 20, name


SHARE = "from equipoise.numerals import percent_text\ndef test_it():\n    assert {looked_at}\n"


def test_a_change_is_noticed_where_a_test_looks_and_not_where_none_does(tmp_path):
    """A percentage is a hundred times its share: one test looks at the number, the other only that there is a text."""
    mutant = next(m for m in find_mutants("numerals.py") if m.function == "percent_text" and m.change == "* to /")
    looks, idle = tmp_path / "test_looks.py", tmp_path / "test_idle.py"
    looks.write_text(SHARE.format(looked_at="'25' in percent_text(0.25)"))
    idle.write_text(SHARE.format(looked_at="percent_text(0.25)"))
    assert tool.is_noticed(mutant, [str(looks)])
    assert not tool.is_noticed(mutant, [str(idle)])
    assert not tool.is_noticed(mutant, [])


@pytest.mark.long
def test_control_without_a_change_in_force_the_same_test_passes(tmp_path):
    test = tmp_path / "test_looks.py"
    test.write_text(SHARE.format(looked_at="'25' in percent_text(0.25)"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
    assert subprocess.run(command, cwd=tool.ROOT, capture_output=True, check=False).returncode == 0


def test_the_tests_that_cover_a_node_are_those_that_ran_its_function_the_quickest_first():
    mutant = next(m for m in find_mutants("numerals.py") if m.function == "percent_text")
    covering = {
        "numerals.py:percent_text": {"slow": 12.0, "quick": 0.1, "later": 70.0, "never": 100.0},
        "numerals.py:p_text": {"other": 0.1},
    }
    assert tool.covering_tests(mutant, covering) == (["quick", "slow"], 12.1)
    assert tool.covering_tests(mutant, covering, tool.AT_MOST) == (["quick", "slow", "later"], 82.1)
    assert tool.covering_tests(mutant, {"numerals.py:p_text": {"other": 0.1}}) == (["other"], 0.1)


def test_the_tests_of_the_room_come_before_quicker_ones_from_far_away():
    mutant = next(m for m in find_mutants("estimation/means.py"))
    covering = {f"{mutant.file}:{mutant.function}": {"tests/cli/a.py::far": 0.01, "tests/estimation/b.py::near": 2.0}}
    assert tool.covering_tests(mutant, covering)[0] == ["tests/estimation/b.py::near", "tests/cli/a.py::far"]


CHILD = """
import gc, sys
from equipoise.numerals import percent_text
from tests.mutants.forking import put_in_place
before = percent_text(0.25)
gc.freeze()
reached = put_in_place("numerals.py", int(sys.argv[1]))
print(reached, before != percent_text(0.25))
"""


def test_living_functions_get_their_changed_code_whoever_imported_them_before():
    mutant = next(m for m in find_mutants("numerals.py") if m.function == "percent_text" and m.change == "* to /")
    command = [sys.executable, "-c", CHILD, str(mutant.number)]
    done = subprocess.run(command, cwd=tool.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_a_change_that_is_made_at_import_asks_for_a_fresh_process():
    mutant = next(m for m in find_mutants("randomization/spec.py") if not m.function)
    child = "import equipoise.randomization.spec" + CHILD.replace("numerals.py", mutant.file)
    command = [sys.executable, "-c", child, str(mutant.number)]
    done = subprocess.run(command, cwd=tool.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_what_nobody_has_imported_yet_is_imported_changed():
    """It was not found among the living functions, and every such change asked for a process of its own."""
    mutant = next(m for m in find_mutants("numerals.py") if m.function == "percent_text" and m.change == "* to /")
    child = "from tests.mutants.forking import put_in_place; import sys; print(put_in_place('numerals.py', int(sys.argv[1])))\n"
    command = [sys.executable, "-c", child + "from equipoise.numerals import percent_text; print(percent_text(0.25))"]
    done = subprocess.run([*command, str(mutant.number)], cwd=tool.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == "True"
    assert "25" not in done.stdout


def test_what_was_worked_out_before_a_change_is_forgotten():
    """Tables that are read once had been read when the change came, and nobody could notice it."""
    mutant = next(
        m for m in find_mutants("medicine/ctcae/criteria.py") if m.function == "_all_limits" and "skip" in m.text
    )
    child = (
        "import sys; from equipoise.medicine.ctcae.criteria import limits_of; from tests.mutants.forking import put_in_place\n"
        "def skipped(): return sum(one.skip for one in limits_of('fibrinogen_decreased', '5.0'))\n"
        "before = skipped(); reached = put_in_place('medicine/ctcae/criteria.py', int(sys.argv[1])); print(reached, before, skipped())"
    )
    command = [sys.executable, "-c", child, str(mutant.number)]
    done = subprocess.run(command, cwd=tool.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "3", "5"]
