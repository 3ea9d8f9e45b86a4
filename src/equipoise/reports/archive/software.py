"""What ran: the program, Python, and every package that the program rests on, with the versions that were installed."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata

from equipoise import __version__

__all__ = ["environment_text", "pinned_text"]


def environment_text() -> str:
    """One line each: program, Python, system, and the database libraries that Python brings along."""
    import sqlite3

    lines = {
        "equipoise": __version__,
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "sqlite": sqlite3.sqlite_version,
        "byteorder": sys.byteorder,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def pinned_text() -> str:
    """The installed packages that the program needs, directly or not, as `name==version` lines."""
    found: dict[str, str] = {}
    wanted = ["equipoise"]
    while wanted:
        name = _plain(wanted.pop())
        if name in found:
            continue
        try:
            known = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # asked for on other systems only
        found[name] = known.version
        wanted += [one for one in known.requires or () if "extra ==" not in one]
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))


def _plain(requirement: str) -> str:
    """The name of a requirement, as packages are compared (PEP 503)."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", match[0] if match else requirement).lower()
