"""After acts stand: the checkpoints and backups that the study's folder wants made by themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["keep_and_tell"]


def keep_and_tell(folder: Path, say: Voice) -> None:
    """Make what is due, and say what could not be made; costs nothing where no settings stand in the folder."""
    from equipoise.conduct.folder.kept import SETTINGS

    if not (folder / SETTINGS).exists():
        return
    from equipoise.conduct.folder.study import open_study
    from equipoise.conduct.keeping.by_itself import keep_by_itself

    # Opened anew: an amendment may have been taken up.
    for finding in keep_by_itself(open_study(folder)):
        print(say.tell(finding), file=sys.stderr)
