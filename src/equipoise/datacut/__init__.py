"""The data cut: what was known at one entry of the ledger, frozen with its provenance."""

from equipoise.datacut.find import Moment, find_moment, require_whole
from equipoise.datacut.freeze import Cut, cut_name, freeze, write_cut

__all__ = ["Cut", "Moment", "cut_name", "find_moment", "freeze", "require_whole", "write_cut"]
