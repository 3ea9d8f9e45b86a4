"""The address of a database, and the name by which people are told of it: without a password, which it may not hold.

A password in an address is seen by whoever lists the processes of the machine, and stays in the history of a shell and
in the study's folder. PostgreSQL's own ways keep it: PGPASSWORD, a password file (~/.pgpass), a service file.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn
from urllib.parse import unquote

from equipoise.findings import Where
from equipoise.ledger.words import refuse, unreadable

__all__ = ["read_address"]

_AUTHORITY: Final = re.compile(r"(?:[^@/?#\[\]:]*(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?)(?:,[^@/?#]*)?")
_SECRET: Final = re.compile(r"pass(word|file|phrase|wd)?$|^sslpassword$|^pwd$", re.IGNORECASE)
_BY_FILE: Final = frozenset({"passfile"})


def read_address(text: str) -> tuple[str, str]:
    """The URL with the driver that we ship, and its name for people. Raises Refusal, which repeats no secret."""
    scheme, _, rest = text.partition("://")
    if scheme.partition("+")[0] not in ("postgresql", "postgres"):
        refuse("ledger.unknown_database", Where(scheme[:40]), scheme=scheme[:40])
    before, mark, query = rest.partition("?")
    # Whatever stands before the last @ is a name and perhaps a password, however it was typed.
    who, at, place = before.rpartition("@")
    name, _, password = who.partition(":")
    if password:
        refuse("ledger.password_in_url", Where("postgresql://..."))
    server, slash, database = place.partition("/")
    if not _AUTHORITY.fullmatch(server) or "/" in name or "#" in place or "/" in database:
        _unclear()
    for pair in query.split("&") if mark else ():
        key = unquote(pair.partition("=")[0]).strip()
        if _SECRET.search(key) and key not in _BY_FILE:
            refuse("ledger.password_in_url/query", Where("postgresql://..."))
    # A fragment has no meaning here: it would be the rest of a password with a # in it.
    if "#" in query or "@" in query.partition("=")[0]:
        _unclear()
    return f"postgresql+psycopg://{rest}", f"postgresql://{name}{at}{server}{slash}{database}"


def _unclear() -> NoReturn:
    unreadable("ledger.bad_url/signs", Where("postgresql://..."))
