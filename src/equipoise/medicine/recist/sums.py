"""What the target lesions add up to: fragments summed, coalesced lesions counted once, the missing never taken for
small.

A sum is complete when every lesion of the baseline is accounted for. Eisenhauer 2009, Eur J Cancer 45:228, sections
4.2, 4.3.1 and 4.4.2, appendix III (split and merged lesions); lengths are micrometers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from equipoise.medicine.recist.lesions import NODE_NORMAL_BELOW, Assessment, Target, size_of

__all__ = ["Burden", "Links", "find_fragments", "measure_targets", "read_baseline_targets", "rows_by_lesion"]


@dataclass(frozen=True, slots=True)
class Burden:
    """The targets at one assessment. `measured` is the sum of what could be measured, the whole sum when `complete`.

    `gone`: every lesion has disappeared and every node is below 10 mm. `disease`: some target is seen (of a node: 10
    mm).
    """

    measured: int
    complete: bool
    gone: bool
    disease: bool


@dataclass(slots=True)
class Links:
    """What earlier assessments told of a lesion: the one it split from, and the one it coalesced into."""

    split: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)


def rows_by_lesion(assessment: Assessment) -> dict[str, Target]:
    """Rows by their lesion; of a lesion that is there twice the first, of a row without a name none."""
    rows: dict[str, Target] = {}
    for row in assessment.targets:
        if row.lesion is not None:
            rows.setdefault(row.lesion, row)
    return rows


def read_baseline_targets(assessment: Assessment) -> tuple[dict[str, bool], int | None]:
    """The lesions to follow, each with whether it is a node, and their sum; None when one of them was not measured.

    A lesion that is already merged into another at baseline is no lesion of its own.
    """
    rows = {lesion: row for lesion, row in rows_by_lesion(assessment).items() if row.state != "merged"}
    sizes = [size_of(row) for row in rows.values()]
    known = [size for size in sizes if size is not None]
    return {lesion: bool(row.node) for lesion, row in rows.items()}, sum(known) if len(known) == len(sizes) else None


def find_fragments(rows: Mapping[str, Target], lesions: Mapping[str, bool], links: Links) -> dict[str, str]:
    """The lesion of the baseline that each row belongs to: itself, or the one it split from. Remembers the splits."""
    belongs: dict[str, str] = {}
    for name, row in rows.items():
        if row.split_from is not None:
            links.split[name] = row.split_from
        if name in lesions:
            belongs[name] = name
        elif links.split.get(name) in lesions:
            belongs[name] = links.split[name]
    return belongs


def measure_targets(assessment: Assessment, lesions: Mapping[str, bool], links: Links) -> Burden:
    """Sums the rows that belong to the lesions of the baseline; see the module's promise."""
    rows = rows_by_lesion(assessment)
    belongs = find_fragments(rows, lesions, links)
    split = {lesion for name, lesion in belongs.items() if name != lesion}
    # The row of a lesion that fell apart is only its name, unless it was measured: its fragments are what is counted.
    for name in split & rows.keys():
        if size_of(rows[name]) is None and rows[name].state != "merged":
            del belongs[name]
    into = _find_mergers(rows, belongs, links)
    evaluable = {name for name, row in rows.items() if size_of(row) is not None}
    accounted = set(belongs.values()) | {lesion for lesion in into if lesion in lesions and into[lesion] in evaluable}
    complete = accounted == set(lesions)
    measured, gone, disease = 0, True, False
    for name in belongs.keys() | set(into.values()):
        if name in into:
            complete = complete and into[name] in evaluable
            continue
        size = size_of(rows[name]) if name in rows else None
        if size is None:
            complete = False
            continue
        measured += size
        seen = size >= NODE_NORMAL_BELOW if _is_node(name, rows, belongs, lesions, into) else size > 0
        gone, disease = gone and not seen, disease or seen
    return Burden(measured, complete, complete and gone, disease)


def _find_mergers(rows: Mapping[str, Target], belongs: Mapping[str, str], links: Links) -> dict[str, str]:
    """Each coalesced lesion with the row that holds it; one that is no longer listed stays where it was."""
    present = set(belongs.values())
    for lesion in present:
        own = rows.get(lesion)
        if own is not None and own.state == "merged" and own.merged_into is not None:
            links.merged[lesion] = own.merged_into
        else:
            links.merged.pop(lesion, None)
    into = {lesion: held_by for lesion, held_by in links.merged.items() if lesion not in present}
    for name in belongs:
        row = rows[name]
        if row.state == "merged":
            into[name] = row.merged_into or name  # a lesion that is merged into nothing is not evaluable
    return into


def _is_node(
    name: str,
    rows: Mapping[str, Target],
    belongs: Mapping[str, str],
    lesions: Mapping[str, bool],
    into: Mapping[str, str],
) -> bool:
    """As the lesion was at baseline; a row that only now holds others is a node when it says so,
    or when all of them are.
    """
    if name in belongs:
        return lesions[belongs[name]]
    said = rows[name].node
    if said is not None:
        return said
    return all(lesions[belongs.get(lesion, lesion)] for lesion, held_by in into.items() if held_by == name)
