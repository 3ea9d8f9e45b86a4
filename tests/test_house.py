"""The plan of the house, held: what its page promises of files, names and lines is counted here, so that it stays true."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.words import SOURCE

GLOSSARY = SOURCE.parents[1] / "GLOSSARY.md"
MODULES = sorted(SOURCE.rglob("*.py"))
SMALL = 150
# A folder that is smaller than a module may be, and why.
SMALL_WITH_REASON: dict[str, str] = {}
LARGE = 450


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts)


def public_classes(sources: dict[str, str]) -> dict[str, list[str]]:
    """Every public class to the modules that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for module, text in sources.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    return found


def strangers(text: str) -> Iterator[str]:
    """Private names of other modules that a module reaches for."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("equipoise"):
            yield from (one.name for one in node.names if one.name.startswith("_") and not one.name.startswith("__"))


def sources() -> dict[str, str]:
    return {name_of(file): file.read_text("utf-8") for file in MODULES}


def borne_twice(classes: dict[str, list[str]], glossary: str) -> dict[str, list[str]]:
    """Names that two modules bear, unless the glossary says why: a line that names the class and both modules."""
    return {
        name: modules
        for name, modules in classes.items()
        if len(modules) > 1
        and not any(f"`{name}`" in line and all(m in line for m in modules) for line in glossary.splitlines())
    }


def test_no_public_class_is_borne_by_two_modules_unless_the_glossary_says_why():
    assert borne_twice(public_classes(sources()), GLOSSARY.read_text("utf-8")) == {}


def test_control_a_class_that_two_modules_bear_is_noticed():
    twice = public_classes({"a": "class Plan: ...", "b": "class Plan: ..."})
    assert borne_twice(twice, "") == {"Plan": ["a", "b"]}
    assert borne_twice(twice, "`Plan` in a and b: two words of the field") == {}


def test_no_module_reaches_for_the_private_names_of_another():
    assert {module: names for module, text in sources().items() if (names := list(strangers(text)))} == {}


def test_control_a_private_name_that_is_reached_for_is_noticed():
    assert list(strangers("from equipoise.words import _Filler, fill")) == ["_Filler"]


def test_a_folder_that_is_smaller_than_a_module_is_a_module():
    sizes: dict[str, int] = defaultdict(int)
    for file in MODULES:
        for folder in file.relative_to(SOURCE).parents:
            sizes[folder.as_posix()] += len(file.read_text("utf-8").splitlines())
    small = {folder for folder, lines in sizes.items() if lines < SMALL}
    assert small == set(SMALL_WITH_REASON)


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {name_of(f): n for f in MODULES if (n := len(f.read_text("utf-8").splitlines())) > LARGE}
    assert {
        module for module in long if "words" not in module.split(".")[-2:] and not module.endswith(".keys")
    } == set()


@pytest.mark.parametrize("mark", ["fmt: skip", "fmt: off"])
def test_one_layout_stands_in_every_file(mark):
    assert [name_of(file) for file in MODULES if mark in file.read_text("utf-8")] == []


def spoken_inline(text: str) -> bool:
    """Whether a Finding is put together in code, past the tables."""
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "Words")
        for node in ast.walk(ast.parse(text))
    )


def test_nobody_writes_a_finding_in_prose():
    """Words stand in tables: in modules of that name, and in medicine beside the rule that remarks.

    Two methods put a group's name before words that come from a table.
    """
    at_home = re.compile(r"(^|\.)(words(\..*)?|findings|remarking|remarks)$")
    reworded = {"analysis.pieces", "analysis.methods.model"}
    assert {m for m, text in sources().items() if not at_home.search(m) and spoken_inline(text)} == reworded


def test_control_a_finding_in_prose_is_noticed():
    assert spoken_inline('def f(): raise Refusal(Finding("c", Where(), Words(("a", "b", "c"), ("a", "b", "c"))))')
    assert not spoken_inline('refuse("c", day=1)')


AT_THE_DOOR = {
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "pyproject.toml",
}


def litter(tracked: str) -> list[str]:
    """Files at the door of the house that nobody put there on purpose."""
    return [line for line in tracked.splitlines() if line and "/" not in line and line not in AT_THE_DOOR]


def test_nothing_lies_at_the_door_that_a_command_left_there():
    told = subprocess.run(["git", "ls-files"], cwd=SOURCE.parents[1], capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip("this is no checkout: what is tracked cannot be asked")
    assert litter(told.stdout) == []


def test_control_what_a_command_left_is_noticed():
    assert litter("README.md\ncheckpoint-3.json\nsrc/equipoise/words.py\n") == ["checkpoint-3.json"]
