"""Choosing the command, and turning every failure into Findings: no traceback reaches a person."""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from equipoise.cli.escaping import escaping
from equipoise.cli.language import Voice, choose_language, locale_language, split_leading
from equipoise.cli.parsing import CommandParser, add_language
from equipoise.cli.words import finding
from equipoise.findings import Finding, Refusal, Unreadable, Where
from equipoise.words import trouble_of

__all__ = ["COMMANDS", "ask_again_when_lost", "main"]

# The module cli/<name>_command.py adds its arguments and runs it; `command.<name>` in the table of words explains it.
COMMANDS = (
    "init",
    "check",
    "show",
    "design",
    "schema",
    "new",
    "act",
    "import",
    "simulate",
    "rehearse",
    "status",
    "queries",
    "unblindings",
    "contact",
    "doses",
    "safety",
    "balance",
    "list",
    "envelopes",
    "verify",
    "checkpoint",
    "cut",
    "analyze",
    "trace",
    "export",
    "backup",
    "restore",
    "archive",
    "demo",
)
_MENDS = {
    errno.ENOSPC: "system/space",
    errno.EACCES: "system/right",
    errno.EPERM: "system/right",
    errno.ENOENT: "system/missing",
    errno.EROFS: "system/read_only",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal in another encoding must not break a Chinese text half-way.
            stream.reconfigure(errors="backslashreplace")
    with escaping(sys):
        return _main(arguments)


def _main(arguments: Sequence[str] | None) -> int:
    # No plugin that happens to be installed may change how a protocol is read; not looking for any also saves time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if arguments is None:
        # Asked to end, a command cleans up as it does when it is interrupted.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        sys.unraisablehook = ask_again_when_lost
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        say = Voice(choose_language(given, os.environ))
    except Unreadable as refusal:
        _tell(refusal.findings, Voice(locale_language(os.environ)))
        return 2
    leading, rest = split_leading(given)
    if not rest or rest[0] not in COMMANDS:
        # Answers --help and --version; refuses the rest.
        _parser(say).parse_args(given if rest else [*leading, "--help"])
        return 2
    return _guarded(lambda: _run(rest[0], [*leading, *rest[1:]], say), say)


def ask_again_when_lost(lost: Any) -> None:
    """An interrupt that struck where Python can raise nothing (an object being cleared away) is sent once more."""
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import threading

    # Not from here, where it would be lost again; the process is asked, so that its main thread answers.
    again = threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGINT))
    again.daemon = True
    again.start()


def _parser(say: Voice) -> CommandParser:
    from equipoise import __version__

    listed = "\n".join(f"  {name:<11} {say(f'command.{name}')}" for name in COMMANDS)
    parser = CommandParser(
        say,
        prog="equipoise",
        description=say("help.about"),
        epilog=f"{say('help.commands')}\n{listed}\n\n{say('help.ends')}",
    )
    parser.add_argument("--version", action="version", version=f"equipoise {__version__}", help=say("help.version"))
    add_language(parser)
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=say("help.command"))
    return parser


def _run(name: str, rest: Sequence[str], say: Voice) -> int:
    module = importlib.import_module(f"equipoise.cli.{name}_command")
    command = CommandParser(say, prog=f"equipoise {name}", description=say("sentence", said=say(f"command.{name}")))
    module.add_arguments(command, say)
    add_language(command)
    return int(module.run(command.parse_args(rest), say) or 0)


def _guarded(run: Callable[[], int], say: Voice) -> int:
    try:
        return run()
    except Unreadable as refusal:
        _tell(refusal.findings, say)
        return 2
    except Refusal as refusal:
        _tell(refusal.findings, say)
        return 1
    except KeyboardInterrupt:
        # An interrupt that struck while text was being executed (a dataclass in the making) leaves a mark with which
        # Python would end the process by the signal although it was dealt with here; executing any text takes it away.
        exec("")  # noqa: S102  nothing is executed
        _tell([finding("interrupted")], say)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _tell([_from_system(error)], say)
        return 2
    except Exception as error:
        if os.environ.get("EQUIPOISE_DEBUG"):
            raise
        trouble = f"{type(error).__name__}: {error}".split("\n", 1)[0]
        _tell([finding("internal", trouble=trouble)], say)
        return 2


def _from_system(error: OSError) -> Finding:
    where = Where(str(error.filename)) if error.filename else Where()
    return finding(_MENDS.get(error.errno or 0, "system"), where, trouble=trouble_of(error))


def _tell(findings: Sequence[Finding], say: Voice) -> None:
    for one in findings:
        print(one.tell(say.language), file=sys.stderr)
