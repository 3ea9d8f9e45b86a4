"""CONTRIBUTING's recipe for a new act, followed literally in a copy of the package: two source files, and it works everywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import equipoise

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def follow_recipe(source: Path, name: str, *, grant: bool = True) -> None:
    """What CONTRIBUTING says: the act's file, its name in the tuple, and a role that grants it (which is data)."""
    acts = source / "equipoise" / "conduct" / "acts"
    shutil.copyfile(HERE / f"{name}.py.txt", acts / f"{name}.py")
    named = acts / "__init__.py"
    text = named.read_text("utf-8")
    assert text.count("    amend,\n") == text.count("    note_cut.ACT,\n") == 1
    text = text.replace("    amend,\n", f"    amend,\n    {name},\n").replace(
        "    note_cut.ACT,\n", f"    {name}.ACT,\n    note_cut.ACT,\n"
    )
    named.write_text(text, encoding="utf-8")
    if grant:
        roles = source / "equipoise" / "default_roles.yaml"
        text = roles.read_text("utf-8")
        assert "- id: investigator" in text
        before, _, after = text.partition("- id: investigator")
        roles.write_text(
            f"{before}- id: investigator{after.replace('acts: [', f'acts: [{name}, ', 1)}", encoding="utf-8"
        )


def changed(copy: Path) -> list[str]:
    """The source files that differ from the package, or that it lacks."""
    here = Path(equipoise.__file__).parent
    return sorted(
        file.name
        for file in (copy / "equipoise").rglob("*.py")
        if not (own := here / file.relative_to(copy / "equipoise")).is_file() or own.read_bytes() != file.read_bytes()
    )


def use(copy: Path, name: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(map(str, (copy, ROOT)))
    command = [sys.executable, str(HERE / "use.py"), name]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(
        Path(equipoise.__file__).parent, tmp_path / "equipoise", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


@pytest.mark.parametrize("name", ["transfer", "note_call"])
def test_a_new_act_with_an_entry_of_its_own_is_two_source_files(copy, name):
    follow_recipe(copy, name)
    assert changed(copy) == ["__init__.py", f"{name}.py"]
    done = use(copy, name)
    assert done.stdout == "used\n", done.stderr


def test_control_an_act_that_no_role_grants_can_be_done_by_nobody(copy):
    follow_recipe(copy, "note_call", grant=False)
    done = use(copy, "note_call")
    assert "may not do `note_call`" in done.stderr


def test_the_recipe_is_the_one_that_contributing_tells():
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Recipe: a new act")[2].partition("## Recipe:")[0]
    for named in (
        "conduct/acts/NAME.py",
        "`ACTS`",
        "conduct/acts/__init__.py",
        "default_roles.yaml",
        "EntryKind",
        "ActKind",
    ):
        assert named in told, named
