"""Who somebody is, from a file or asked at the terminal without an echo: never as typed, because shells keep that."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.cli.language import Voice
from equipoise.cli.words import unreadable
from equipoise.findings import Where
from equipoise.words import trouble_of

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["mark_given"]


def mark_given(study: Study, file: str, say: Voice) -> str:
    """The mark of whoever the file (`-`: the terminal, else standard input) says. Raises Refusal or Unreadable."""
    from equipoise.conduct.folder.identifying import check_private, identify, read_parts

    if file == "-" and sys.stdin.isatty():
        return identify(
            study, {part: getpass.getpass(say("identity.ask", part=part)) for part in study.protocol.identity}
        )
    try:
        if file != "-":
            check_private(Path(file))
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        unreadable("act.file", Where(file), trouble=trouble_of(error))
    return identify(study, read_parts(content, "-" if file == "-" else file))
