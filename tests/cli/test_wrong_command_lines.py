"""Command lines with one word of them spoiled: each is answered in the reader's language, and never by a traceback."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipoise.cli import status_command
from equipoise.cli.main import main
from tests.chinese import english_in, holds_chinese
from tests.cli.test_every_command_speaks import NAMES, SAID, made, spoken
from tests.hunting import examples

__all__ = ["made"]

# Those that take their time when they are not spoiled.
SLOW = ("analyze", "demo", "design", "rehearse", "simulate")
LINES = [line for line in SAID if not line.startswith(SLOW)]
JUNK = (
    "",
    "²",
    "-1",
    "9" * 30,
    "nowhere",
    "\udcff",
    "P1 P2",
    "P1",
    "2024-02-30",
    "../x",
    "{}",
    "`",
    "[",
    "--odd",
    "0",
    "x" * 300,
)


@pytest.fixture
def there(made, monkeypatch):
    monkeypatch.chdir(made)
    return made


def check_answer(words: list[str], capsys) -> None:
    code, said = spoken(words, capsys)
    assert code in (0, 1, 2), said
    assert "Traceback" not in said
    assert "本软件的缺陷" not in said, said
    assert english_in(said, NAMES) == [], said
    assert code == 0 or holds_chinese(said), said


@settings(
    max_examples=examples(150),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(line=st.sampled_from(LINES), place=st.integers(0, 30), junk=st.sampled_from(JUNK), how=st.sampled_from("sid"))
def test_a_spoiled_command_line_is_answered_in_chinese(there, capsys, line, place, junk, how):
    words = line.split()
    at = 1 + place % (len(words) - 1)
    words[at:] = {"s": [junk, *words[at + 1 :]], "i": [junk, *words[at:]], "d": words[at + 1 :]}[how]
    check_answer(words, capsys)


def test_control_a_refusal_in_english_is_noticed(there, capsys, monkeypatch):
    def run(args, say):
        raise ValueError(args.folder)

    monkeypatch.setattr(status_command, "run", run)
    with pytest.raises(AssertionError, match="本软件的缺陷"):
        check_answer(["status", "study"], capsys)
    assert main(["status", "study", "--lang", "en"]) == 2
    assert english_in(capsys.readouterr().err)
