"""What a database says when it cannot, told as Findings: damaged, locked, full, not allowed, not there.

Promises that no driver's error and no password reaches a person. Refuses to know what was being written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from equipoise.findings import Refusal, Unreadable, Where, prose

__all__ = ["plainly", "trouble"]

_RESTORE: Final = "Keep the file as it is, and restore the ledger from a backup into another place."
_KNOWN: Final[tuple[tuple[tuple[str, ...], str, str, str, str], ...]] = (
    (("ledger: ",), "append_only", "the ledger refused the change", "what is on it stays",
     "Correct by a new entry that says what was wrong."),
    (("file is not a database",), "not_a_database", "the file is not a ledger",
     "it does not begin as an SQLite database does", "Name the ledger of the study. If this is it: k" + _RESTORE[1:]),
    (("ioerr_write", "ioerr_fsync", "ioerr_truncate", "ioerr_shm"), "not_written", "nothing was written",
     "the system refused to write to the disk: it is full, over its quota, or failing",
     "Look at the disk, then try again: the entry is not on the ledger."),
    (("malformed", "disk i/o error", "unsupported file format", "database corruption", "could not decode"), "damaged", "the ledger cannot be read",
     "the file is damaged or cut short", _RESTORE),
    (("unable to open database file",), "cannot_open", "the ledger cannot be opened",
     "its folder is missing, or you may not read and write there", "Check the path and its permissions."),
    (("readonly database", "read-only transaction"), "read_only", "the ledger cannot be written",
     "the file, its folder or the database is read-only for you", "Ask for permission to write, or look at a copy in a folder of your own."),
    (("disk is full", "no space left", "could not extend file"), "disk_full", "nothing was written",
     "the disk is full", "Free some space, then try again: the entry is not on the ledger."),
    (("is locked", "lock timeout", "deadlock detected"), "locked", "the ledger is busy",
     "another writer kept it for too long", "Try again in a moment."),
    (("queuepool limit", "too many clients", "remaining connection slots"), "busy", "the ledger is busy",
     "too many connections are open", "Try again in a moment."),
    (("password authentication failed", "no password supplied", "permission denied"), "not_allowed",
     "the database does not let you in", "name, password or rights are not as it expects",
     "Check the database URL with the database's administrator."),
    (("does not exist",), "no_database", "the database has no such ledger", "database, schema or table is missing",
     "Check the database URL."),
    (("connection", "server closed", "could not translate host", "failed to resolve", "terminating"), "no_connection",
     "the database cannot be reached", "the server does not answer, or went away",
     "Check that the server runs and that the URL names it; nothing half-written was kept."),
)  # fmt: skip
_NOT_READ: Final = frozenset({"not_a_database", "damaged", "cannot_open", "no_database", "no_connection"})


def trouble(where: str, said: str, name: str = "") -> Refusal:
    """The Refusal for what a database said; Unreadable when the ledger cannot be read at all.

    `name` is what it calls the error, where it has names: SQLite says "disk I/O error" of every failure to read or write.
    """
    lowered = f"{said} {name}".lower()
    for signs, code, what, why, mend in _KNOWN:
        if any(sign in lowered for sign in signs):
            kind = Unreadable if code in _NOT_READ else Refusal
            return kind(prose(f"ledger.{code}", Where(where), what, why, mend))
    first = said.strip().splitlines()[0] if said.strip() else "it did not say why"
    return Refusal(
        prose("ledger.database", Where(where), "the database refused", first, "Show this to the administrator.")
    )


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turn the errors of SQLAlchemy and of the file system inside the block into Refusals."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise trouble(where, str(error.orig), getattr(error.orig, "sqlite_errorname", "")) from None
    except SQLAlchemyError as error:
        raise trouble(where, str(error)) from None
