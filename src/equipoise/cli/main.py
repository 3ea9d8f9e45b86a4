"""Choosing the command, and turning every failure into Findings: no traceback reaches a person."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from equipoise.findings import Finding, Refusal, Unreadable, Where, prose

__all__ = ["COMMANDS", "main"]

# Command name to one line of help; the module cli/<name>.py adds its arguments and runs it.
COMMANDS = {
    "check": "check a protocol: all findings at once, with file, line, why and mend",
    "show": "show a protocol as a readable document (SPIRIT 2025 order)",
    "design": "plan the trial: size, looks, power, sensitivity; the document for a review board",
    "schema": "print the JSON Schema, so that editors complete and check while typing",
    "new": "make a study folder from a protocol",
    "act": "perform one act through the desk: open_site, appoint, screen, consent, record, ...",
    "import": "take in a completed trial's records from a CSV file, by a mapping",
    "simulate": "simulate the trial many times: power, type I error, when it stops, bias, coverage",
    "rehearse": "play virtual participants through the real doors of a study",
    "status": "say where a study stands",
    "queries": "list what is asked of the sites: where, by whom, for how long, and what was answered",
    "doses": "one participant's planned and given doses by date, and what the dose rules advise next",
    "safety": "hold the events of the safety stopping rules against their boundaries",
    "verify": "check the ledger: chain, gaps, projections, allocations, anchors",
    "checkpoint": "sign the ledger's head, to be kept elsewhere",
    "cut": "freeze a data cut",
    "analyze": "perform the planned analyses and write the report",
    "trace": "follow a result back to its rows and ledger entries",
    "demo": "the main job: a real trial imported and analysed, the flagship rehearsed",
}


class _Parser(argparse.ArgumentParser):
    """argparse's own, but what it complains of is a Finding too."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        why = "the command line is not as the usage above says"
        _say([prose("usage", Where(path=self.prog), message, why, f"See `{self.prog} --help`.")])
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    from equipoise import __version__

    parser = _Parser(
        prog="equipoise",
        description="A clinical trial written once, as data: checked, rehearsed, run, analysed and reported from one file.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="commands:\n"
        + "\n".join(f"  {name:<11} {line}" for name, line in COMMANDS.items())
        + "\n\n`equipoise COMMAND --help` explains a command. Exit codes: 0 done, 1 findings, 2 could not read.",
    )
    parser.add_argument("--version", action="version", version=f"equipoise {__version__}")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help="one of the commands below")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal in another encoding must not break a Chinese text half-way.
            stream.reconfigure(errors="backslashreplace")
    # No plugin that happens to be installed may change how a protocol is read; not looking for any also saves time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if arguments is None:
        # Asked to end, a command cleans up as it does when it is interrupted.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] not in COMMANDS:
        parser = _parser()
        parser.parse_args(given or ["--help"])  # answers --help and --version; refuses the rest
        return 2
    name, *rest = given
    return _guarded(lambda: _run(name, rest))


def _run(name: str, rest: Sequence[str]) -> int:
    module = importlib.import_module(f"equipoise.cli.{name}_command")
    command = _Parser(prog=f"equipoise {name}", description=COMMANDS[name] + ".")
    module.add_arguments(command)
    return int(module.run(command.parse_args(rest)) or 0)


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except Unreadable as refusal:
        _say(refusal.findings)
        return 2
    except Refusal as refusal:
        _say(refusal.findings)
        return 1
    except KeyboardInterrupt:
        # An interrupt that struck while text was being executed (a dataclass in the making) leaves a mark with which Python
        # would end the process by the signal although it was dealt with here; executing any text takes the mark away.
        exec("")  # noqa: S102  nothing is executed
        _say(
            [
                prose(
                    "interrupted",
                    Where(),
                    "interrupted",
                    "you asked to stop",
                    "Nothing was half-written; run the command again.",
                )
            ]
        )
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say([_from_system(error)])
        return 2
    except Exception as error:
        if os.environ.get("EQUIPOISE_DEBUG"):
            raise
        why = f"{type(error).__name__}: {error}".split("\n", 1)[0]
        mend = "This is a fault of ours, not of your input. Set EQUIPOISE_DEBUG=1, run it again and send us what it prints."
        _say([prose("internal", Where(), "the command could not be finished", why, mend)])
        return 2


def _from_system(error: OSError) -> Finding:
    mends = {
        errno.ENOSPC: "Free some space, or choose another folder; nothing was half-written.",
        errno.EACCES: "Ask for the right to read or write there, or choose another folder.",
        errno.EPERM: "Ask for the right to read or write there, or choose another folder.",
        errno.ENOENT: "Check the path.",
        errno.EROFS: "Choose a folder that can be written to.",
    }
    where = Where(str(error.filename)) if error.filename else Where()
    why = (error.strerror or str(error)).lower()
    return prose(
        "system", where, "the system refused", why, mends.get(error.errno or 0, "Mend it, and run the command again.")
    )


def _say(findings: Sequence[Finding]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)
