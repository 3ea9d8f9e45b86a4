"""The front door: what was typed wrongly is a Finding, what is interrupted cleans up."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from equipoise.cli.main import ask_again_when_lost, main


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["nonsense"], "invalid choice: 'nonsense'"),
        (["cut", "x", "--entry", "abc"], "argument --entry: invalid int value: 'abc'"),
        (["cut", "x", "--entry", "1", "--date", "2024-01-01"], "not allowed with argument"),
        (
            ["rehearse", "x", "--participants", "1", "--seed", "1", "--until", "2026-13-01"],
            "invalid day value: '2026-13-01'",
        ),
        (["check"], "the following arguments are required: path"),
    ],
)
def test_what_was_typed_wrongly_is_told_with_its_remedy(typed, said, capsys):
    with pytest.raises(SystemExit) as left:
        main(typed)
    assert left.value.code == 2
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert said in last
    assert last.endswith("--help`.")


@pytest.mark.parametrize("cut", ["²", "-5", "1.5", "九", ""])
def test_a_cut_that_is_neither_day_nor_entry_is_told(cut, tmp_path, capsys):
    from equipoise.conduct.folder.study import create_study
    from tests.spec.minimal import write_minimal

    create_study(tmp_path / "study", write_minimal(tmp_path / "protocol")).store.close()
    assert main(["analyze", str(tmp_path / "study"), f"--cut={cut}"]) == 1
    assert f"`{cut}` is not a date" in capsys.readouterr().err


def test_a_file_that_never_ends_is_too_large_for_a_protocol(capsys):
    if not Path("/dev/zero").exists():
        pytest.skip("there is no /dev/zero on this machine")
    assert main(["check", "/dev/zero"]) == 2
    assert "the file has more than" in capsys.readouterr().out


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_leaves_nothing_and_says_so(tmp_path, sign):
    process = subprocess.Popen(
        [sys.executable, "-m", "equipoise", "demo", "out"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    for _ in range(600):
        if list(tmp_path.iterdir()):
            break
        time.sleep(0.05)
    process.send_signal(sign)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "interrupted" in said
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_is_stopped_while_code_is_being_made_ends_with_the_same_code(tmp_path):
    """Classes made while a module loads are executed as text; an interrupt there must not decide how it ends."""
    (tmp_path / "stopped.py").write_text(
        "import importlib, sys\n"
        "cli = importlib.import_module('equipoise.cli.main')\n"
        "text = 'import os, signal, time\\nos.kill(os.getpid(), signal.SIGINT)\\ntime.sleep(9)'\n"
        "cli._run = lambda *given: exec(text)\n"
        "sys.exit(cli.main())\n"
    )
    process = subprocess.run(
        [sys.executable, "-m", "stopped", "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.returncode == 130
    assert "interrupted" in process.stderr


class Cleared:
    """An object that is being cleared away when the interrupt strikes: Python can raise nothing there."""

    def __del__(self):
        raise KeyboardInterrupt


@pytest.mark.parametrize("hook", [ask_again_when_lost, lambda lost: None], ids=["asked again", "control"])
def test_an_interrupt_that_is_lost_is_sent_once_more(hook, monkeypatch):
    monkeypatch.setattr(sys, "unraisablehook", hook)
    begun = time.monotonic()
    try:
        Cleared()
        while time.monotonic() - begun < (5 if hook is ask_again_when_lost else 0.1):
            time.sleep(0.01)
    except KeyboardInterrupt:
        assert hook is ask_again_when_lost
    else:
        assert hook is not ask_again_when_lost


def test_anything_else_that_is_lost_is_told_as_python_tells_it(monkeypatch):
    told = []
    monkeypatch.setattr(sys, "__unraisablehook__", told.append)
    ask_again_when_lost(SimpleNamespace(exc_type=ValueError))
    assert len(told) == 1
