"""What the commands that are killed import, at hand before they are forked."""

from __future__ import annotations

import equipoise.cli.main
import equipoise.conduct.folder.study
import equipoise.conduct.keeping.restore
import equipoise.datacut
import equipoise.reports.archive.writing
import equipoise.reports.copies.data_files
import equipoise.reports.copies.trail

__all__ = ["equipoise"]
