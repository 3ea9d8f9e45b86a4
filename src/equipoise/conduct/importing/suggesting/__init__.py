"""Suggesting a mapping: from a foreign file and a protocol to a YAML text to begin with, every doubt said beside it.

`looking` says how the file and its columns are written, `matching` which item a column may fill, `drafting` puts it
into clauses. What is suggested is a mapping that the reader accepts; that it is right only a person can say.
"""

from equipoise.conduct.importing.suggesting.drafting import suggest_mapping

__all__ = ["suggest_mapping"]
