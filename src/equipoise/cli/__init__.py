"""The command line: where people come in. Every command is a thin door to one room.

`equipoise --help` must answer at once, so a command's module is imported only when it is asked for.
Exit codes: 0 done, 1 findings, 2 could not read, 130 interrupted.
"""

from equipoise.cli.main import main

__all__ = ["main"]
