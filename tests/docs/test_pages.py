"""The pages themselves: links that lead somewhere, words that mean something, and nothing that does not belong."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, links, pages

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
# Nobody's home, and no place to fetch packages from: both differ from machine to machine.
HOMES = re.compile(r"/home/\w+/|/Users/\w+/|/root/")
FETCHED_FROM = re.compile(r"://|--(?:extra-)?index-url|--find-links")


def glossary() -> list[tuple[str, str, str]]:
    rows = ROW.findall((ROOT / "GLOSSARY.md").read_text("utf-8"))
    return [(w.strip(), zh.strip(), meaning.strip()) for w, zh, meaning in rows if w.strip() not in ("Word", "---")]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page):
    lost = [link for link in links(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert lost == []


def misnumbered(decisions):
    """Decisions that bear a number of another, or another number on the page than in its name."""
    numbers = [name[:4] for name in decisions]
    twice = [name for name in decisions if numbers.count(name[:4]) > 1]
    return twice + [name for name, text in decisions.items() if not text.startswith(f"# {int(name[:4])}.")]


def test_every_decision_has_a_number_of_its_own():
    assert misnumbered({page.name: page.read_text("utf-8") for page in (ROOT / "docs/decisions").glob("*.md")}) == []


def test_control_a_number_that_was_given_twice_is_noticed():
    assert misnumbered({"0001-a.md": "# 1. A", "0001-b.md": "# 1. B", "0003-c.md": "# 2. C"}) == [
        "0001-a.md",
        "0001-b.md",
        "0003-c.md",
    ]


def test_control_a_link_to_nowhere_is_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[gone](nowhere.md)", encoding="utf-8")
    assert [link for link in links(page.read_text("utf-8")) if not (page.parent / link).exists()] == ["nowhere.md"]


def test_the_glossary_has_each_word_once_in_alphabetical_order():
    words = [word.lower() for word, _, _ in glossary()]
    assert len(words) > 60
    assert len(set(words)) == len(words)
    assert words == sorted(words, key=lambda word: re.sub(r"[^a-z0-9]", "", word))


def test_every_glossary_word_has_its_chinese_word_and_a_meaning():
    for word, chinese, meaning in glossary():
        assert re.search(r"[\u4e00-\u9fff]", chinese), word
        assert len(meaning) > 10, word


def test_every_glossary_word_is_used_somewhere():
    folders = (ROOT / "src", ROOT / "docs", ROOT / "protocols")
    kinds = {".py", ".md", ".yaml", ".html"}
    text = "\n".join(p.read_text("utf-8") for f in folders for p in f.rglob("*") if p.suffix in kinds)
    text = re.sub(r"[\s_-]+", " ", text.lower())
    assert [word for word, _, _ in glossary() if re.sub(r"[\s-]+", " ", word.lower()) not in text] == []


def found_in(files, pattern) -> dict[str, str]:
    texts = {str(file.relative_to(ROOT)): file.read_text("utf-8", errors="replace") for file in files if file.is_file()}
    return {name: match.group() for name, text in texts.items() if (match := pattern.search(text))}


def test_nothing_in_the_project_names_a_path_of_somebodys_machine():
    folders = ("src", "docs", "protocols", "benchmarks", "requirements", ".ci")
    files = [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "Makefile"]
    files += [
        p
        for f in folders
        for p in (ROOT / f).rglob("*")
        if p.suffix not in (".png", ".csv") and "__pycache__" not in p.parts
    ]
    assert found_in(files, HOMES) == {}


def test_the_locked_requirements_say_names_and_hashes_and_no_address():
    assert found_in((ROOT / "requirements").glob("*.txt"), FETCHED_FROM) == {}
    assert found_in([ROOT / "Makefile", ROOT / ".ci" / "run"], FETCHED_FROM) == {}


def test_control_an_address_is_noticed():
    assert FETCHED_FROM.search("polars @ https://example.org/polars.whl")
    assert HOMES.search("see /home/somebody/notes.md")


def named_in_messages() -> dict[str, str]:
    """Every path under docs/ that the source names, with a file that names it."""
    found = {}
    for file in sorted((ROOT / "src").rglob("*.py")):
        for path in re.findall(r"docs/[A-Za-z0-9_/.-]*[A-Za-z0-9]", file.read_text(encoding="utf-8")):
            found[path] = file.name
    return found


def test_every_page_that_a_message_points_to_is_there():
    named = named_in_messages()
    assert len(named) > 3
    assert {path: file for path, file in named.items() if not (ROOT / path).exists()} == {}
