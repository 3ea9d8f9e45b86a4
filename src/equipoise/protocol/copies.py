"""A copy of a protocol whose digest is known: what was read of the same files before need not be read again.

What was kept is believed only where its own digest is the promised one, so that nobody who writes into a cache changes
what a study promised. Refuses to judge: a copy that is not what was promised is told by who asked for it.
"""

from __future__ import annotations

import json
from pathlib import Path

from equipoise.cache import Cache, cache_folder
from equipoise.canonical import digest
from equipoise.protocol.document import Protocol
from equipoise.protocol.files import fingerprint
from equipoise.protocol.identity import promised_form, protocol_of_form
from equipoise.protocol.reading import read_shape

__all__ = ["read_promised"]


def read_promised(folder: Path, promised: str, *, anew: bool = False) -> Protocol | None:
    """The protocol in a folder, where it has the promised digest; None where it has another or cannot be read.

    `anew`: from its files, whatever was kept.
    """
    files = fingerprint(folder)
    cache = Cache(None if files is None or anew else cache_folder("protocols"))
    asked = {"files": list((files or {}).values()), "digest": promised}  # in their order, wherever the copy lies
    found = cache.find(asked)
    if (known := _believed(found, promised)) is not None:
        return known
    protocol = read_shape(folder).protocol
    if protocol is None:
        return None
    form = promised_form(protocol)
    if digest(form) != promised:
        return None
    if files == fingerprint(folder) and protocol_of_form(form) == protocol:
        # As it is written: chance goes through the arms in the order of the ratio, which no digest tells.
        cache.keep(asked, json.dumps(form, ensure_ascii=False))
    return protocol


def _believed(found: object, promised: str) -> Protocol | None:
    if not isinstance(found, str):
        return None
    try:
        form = json.loads(found)
        return protocol_of_form(form) if digest(form) == promised else None
    except (ValueError, TypeError, RecursionError):
        return None
