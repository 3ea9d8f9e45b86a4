"""What is loaded when: clauses are read by everybody, and the calculator only by who asks for numbers."""

import subprocess
import sys

import pytest

LOADED = """
import sys
{statement}
print(*sorted({{"numpy", "scipy", "numba", "equipoise.planning"}} & sys.modules.keys()))
"""
CHECK = """
from equipoise.cli.main import main
main(["check", "oropharynx-rtog"])
"""


def loaded_by(statement):
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement=statement)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_the_clauses_of_a_design_load_no_library_of_numbers():
    assert loaded_by("import equipoise.design") == set()


def test_checking_a_protocol_does_not_load_its_planning():
    assert not loaded_by(CHECK) & {"scipy", "numba", "equipoise.planning"}


@pytest.mark.parametrize("room", ["equipoise.planning", "equipoise.simulation.run"])
def test_control_who_asks_for_numbers_loads_the_calculator(room):
    assert {"scipy", "equipoise.planning"} <= loaded_by(f"import {room}")
