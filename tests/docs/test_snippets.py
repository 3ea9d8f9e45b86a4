"""Every snippet of the documentation is run as it stands, page by page: shell in a folder that holds `protocols/` only.

The Python snippets of a page are one notebook: each may use what those before it made.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from equipoise.cli.main import COMMANDS
from tests.docs.pages import ROOT, commands, pages, snippets

WITH_SNIPPETS = [
    page for page in pages() if any("equipoise " in snippet for snippet in snippets(page.read_text("utf-8")))
]
# Done by the tests that run the whole project from a fresh copy, not once more for each page.
ELSEWHERE = ("make", "pip install", "git clone", "cd ")


def script_of(text: str) -> str:
    """The page's snippets as one script, without what only sets the project up."""
    kept = [
        line
        for snippet in snippets(text)
        for line in snippet.replace("\\\n", " ").splitlines()
        if not line.strip().startswith(ELSEWHERE)
    ]
    return "\n".join(["set -euo pipefail", *kept, ""])


def run_page(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "protocols").symlink_to(ROOT / "protocols")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script_of(text)],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


# The pages whose commands take seconds. Those of the others rehearse, simulate and analyze: the soak types them all.
QUICK = {
    "docs/how-to/import-a-completed-trial.md",
    "docs/how-to/two-languages.md",
}


class OnePage:
    """A page's snippets. A class for each page, so that pages are shared out among processes that run side by side."""

    page: Path

    @pytest.mark.skipif(shutil.which("bash") is None, reason="the snippets are written for bash, which is not here")
    def test_every_snippet_runs_as_it_stands(self, tmp_path):
        done = run_page(self.page.read_text("utf-8"), tmp_path)
        assert done.returncode == 0, f"{done.stdout[-1500:]}\n{done.stderr[-3000:]}"


for _page in WITH_SNIPPETS:
    _name = "Test_" + re.sub(r"\W", "_", str(_page.relative_to(ROOT)))
    _page_test = type(_name, (OnePage,), {"page": _page, "__module__": __name__})
    globals()[_name] = _page_test if str(_page.relative_to(ROOT)) in QUICK else pytest.mark.long(_page_test)


def test_every_page_with_commands_has_a_test():
    assert {str(page.relative_to(ROOT)) for page in WITH_SNIPPETS} > QUICK
    tested = {
        one.page
        for one in globals().values()
        if isinstance(one, type) and issubclass(one, OnePage) and one is not OnePage
    }
    assert tested == set(WITH_SNIPPETS)
    assert len(tested) >= 8


def test_control_a_snippet_with_a_wrong_option_is_noticed(tmp_path):
    done = run_page("```sh\nequipoise check protocols/oropharynx-rtog --josn\n```\n", tmp_path)
    assert done.returncode == 2
    assert "--josn" in done.stderr


WITH_PYTHON = [page for page in pages() if snippets(page.read_text("utf-8"), "python")]


def run_notebook(text: str, page: str) -> None:
    """All Python snippets of a page, one after the other, in one namespace; lines are counted as on the page."""
    names: dict[str, object] = {"__name__": "notebook"}
    for body in snippets(text, "python"):
        first = text[: text.index(body)].count("\n")
        exec(compile("\n" * first + body, page, "exec"), names)


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_python_snippet_runs_as_it_stands(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run_notebook(page.read_text("utf-8"), str(page))


def test_control_a_python_snippet_that_no_longer_holds_is_noticed():
    with pytest.raises(AssertionError):
        run_notebook("```python\nx = 1\n```\n\n```python\nassert x == 2\n```\n", "page.md")
    with pytest.raises(ImportError):
        run_notebook("```python\nfrom equipoise.planning import plan_everything\n```\n", "page.md")


def test_the_design_page_lists_every_function_of_the_room_and_no_other():
    import equipoise.planning

    text = (ROOT / "docs" / "how-to" / "design.md").read_text("utf-8")
    listed = re.findall(r"`([a-z]\w+)`", text[text.index("### What is there") :])
    assert len(set(listed)) == len(listed)
    assert set(listed) == {name for name in equipoise.planning.__all__ if name[0].islower()}


def test_every_command_that_the_pages_name_exists():
    named = {
        words[1]
        for page in pages()
        for line in commands(page.read_text("utf-8"))
        if (words := line.split())[:1] == ["equipoise"]
    }
    assert named - {"--help", "--version", "--lang"} <= set(COMMANDS)


def test_every_command_is_shown_on_some_page():
    text = "\n".join(page.read_text("utf-8") for page in pages())
    assert [name for name in COMMANDS if f"equipoise {name}" not in text] == []


def test_every_make_target_that_the_pages_name_exists():
    targets = {line.split(":", 1)[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if ":" in line}
    named = {
        words[1]
        for page in pages()
        for line in commands(page.read_text("utf-8"))
        if len(words := line.split()) > 1 and words[0] == "make"
    }
    assert named <= targets
