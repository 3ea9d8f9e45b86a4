"""Under which account of the operating system this process runs, and whose a folder is.

The kernel says so, by the effective user: no variable of the environment that anybody can set is asked. Refuses to know
what an account stands for in a study: that is on the ledger.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["is_owner", "own_account"]


def own_account() -> str:
    """The account's name; where the system has none for it, its number."""
    try:
        import pwd
    except ImportError:  # not a POSIX system: it names who signed in at the terminal
        return os.getlogin()
    number = os.geteuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid:{number}"


def is_owner(folder: Path) -> bool:
    """Whether the folder is this account's own."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        return folder.stat().st_uid == os.geteuid()
    except OSError:
        return False
