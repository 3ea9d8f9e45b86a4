"""What a database says when it cannot, told as Findings: damaged, locked, full, not allowed, not there.

Promises that no driver's error and no password reaches a person. Refuses to know what was being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from equipoise.findings import Refusal, Unreadable, Where
from equipoise.ledger.words import finding, phrase

__all__ = ["plainly", "trouble"]

_SIGNS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("append_only", ("ledger: ",)),
    ("not_a_database", ("file is not a database",)),
    ("not_written", ("ioerr_write", "ioerr_fsync", "ioerr_truncate", "ioerr_shm")),
    ("damaged", ("malformed", "disk i/o error", "unsupported file format", "database corruption", "could not decode")),
    ("cannot_open", ("unable to open database file",)),
    ("read_only", ("readonly database", "read-only transaction")),
    ("disk_full", ("disk is full", "no space left", "could not extend file")),
    ("locked", ("is locked", "lock timeout", "deadlock detected")),
    ("busy", ("queuepool limit", "too many clients", "remaining connection slots")),
    ("not_allowed", ("password authentication failed", "no password supplied", "permission denied")),
    ("no_database", ("does not exist",)),
    (
        "no_connection",
        ("connection", "server closed", "could not translate host", "failed to resolve", "terminating"),
    ),
)
"""What a database says, and the code it stands for. The first that fits is told: the particular before the general."""
_DENIED: Final = re.compile(r"permission denied for (table|schema)")
_NOT_READ: Final = frozenset({"not_a_database", "damaged", "cannot_open", "no_database", "no_connection"})


def trouble(where: str, said: str, name: str = "", *, writing: bool = False) -> Refusal:
    """The Refusal for what a database said; Unreadable when the ledger cannot be read at all.

    `name` is what it calls the error, where it has names: SQLite says "disk I/O error" of every failure to read or
    write. `writing`: who may not do it could read until now, and is told that this is what the account may do.
    """
    lowered, place = f"{said} {name}".lower(), Where(where)
    for code, signs in _SIGNS:
        if any(sign in lowered for sign in signs):
            if code == "not_allowed" and writing and _DENIED.search(lowered):
                code = "may_only_read"  # noqa: PLW2901 - the same sign, nearer told
            return (Unreadable if code in _NOT_READ else Refusal)(finding(f"ledger.{code}", place))
    lines = said.strip().splitlines()
    reason = phrase("database_said", said=lines[0]) if lines else phrase("did_not_say")
    return Refusal(finding("ledger.database", place, reason=reason))


@contextmanager
def plainly(where: str, *, writing: bool = False) -> Iterator[None]:
    """Turn the errors of SQLAlchemy and of the file system inside the block into Refusals; `writing`: see `trouble`."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        named = getattr(error.orig, "sqlite_errorname", "")
        raise trouble(where, str(error.orig), named, writing=writing) from None
    except SQLAlchemyError as error:
        raise trouble(where, str(error)) from None
