"""What people wrote is shown, and never obeyed, by a terminal."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest

from equipoise.cli import escaping as escaping_module
from equipoise.cli.escaping import escaped, escaping
from equipoise.cli.main import main


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200f", "\x7f", "\u2028"])
def test_what_a_terminal_obeys_is_spelled_out(sign):
    assert escaped(f"a{sign}b") == f"a\\u{ord(sign):04x}b"
    assert json.loads(f'"{escaped(sign)}"') == sign


def test_words_of_any_script_line_ends_and_the_line_of_progress_stay():
    text = "\rgründlich 记录\tok\n"
    assert escaped(text) == text
    assert escaped("a\rb") == "a\\u000db"


def test_every_command_prints_through_it(tmp_path, capsys):
    main(["check", str(tmp_path / "\x1b[2Jnowhere\u202e")])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\\u001b[2Jnowhere\\u202e" in said.out


def test_the_streams_are_put_back_whatever_happens():
    streams = SimpleNamespace(stdout=io.StringIO(), stderr=io.StringIO())
    kept = streams.stdout
    with pytest.raises(ZeroDivisionError), escaping(streams):
        print("\x1b", file=streams.stdout)
        raise ZeroDivisionError
    assert streams.stdout is kept
    assert kept.getvalue() == "\\u001b\n"


def test_control_a_stream_that_escapes_nothing_is_noticed(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(escaping_module, "escaped", lambda text: text)
    with pytest.raises(AssertionError):
        test_every_command_prints_through_it(tmp_path, capsys)
