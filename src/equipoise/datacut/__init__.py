"""The data cut: what was known at one entry of the ledger, frozen with its provenance."""

from equipoise.datacut.comparing import CutComparison, compare_with_cut
from equipoise.datacut.find import Moment, find_moment, require_whole
from equipoise.datacut.freeze import Cut, cut_name, freeze
from equipoise.datacut.writing import check_place, write_cut, written_frames

__all__ = [
    "Cut",
    "CutComparison",
    "Moment",
    "check_place",
    "compare_with_cut",
    "cut_name",
    "find_moment",
    "freeze",
    "require_whole",
    "write_cut",
    "written_frames",
]
