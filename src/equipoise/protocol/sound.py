"""A protocol for whoever wants it only without errors: files that were found without any are not checked again.

What is kept is one word, under the bytes of every file and of this software; the protocol itself is read from its files
each time. Where anything is wrong, all of it is said as ever: nothing is kept of errors.
"""

from __future__ import annotations

from pathlib import Path

from equipoise.cache import Cache, cache_folder
from equipoise.protocol.files import fingerprint
from equipoise.protocol.reading import Reading, read_protocol, read_shape

__all__ = ["read_sound"]


def read_sound(name_or_path: str | Path) -> Reading:
    """As `read_protocol`, but that Findings beyond text and shape are left out where none of all is an error."""
    files = fingerprint(name_or_path)
    cache = Cache(None if files is None else cache_folder("sound"))
    asked = {"files": files}
    if cache.find(asked) is True:
        reading = read_shape(name_or_path)
        # The files may have been written in between: what is believed is what these very bytes were found to be.
        if reading.protocol is not None and files == fingerprint(name_or_path):
            return reading
    reading = read_protocol(name_or_path)
    errors = any(found.severity == "error" for found in reading.findings)
    if reading.protocol is not None and not reading.unreadable and not errors and files == fingerprint(name_or_path):
        cache.keep(asked, found=True)
    return reading
