"""Check a randomization list that was made elsewhere, before anybody is allocated from it.

Promises to find repeated, missing and misplaced slots, unknown arms and strata, blocks that do not hold the ratio, and
strata that run out. Cannot find swapped labels: a list with A and B exchanged is as good a list as the right one,
so a second person must compare a few slots with the source.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from equipoise.findings import Finding, Refusal, Where
from equipoise.randomization.checking import check_scheme
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.scheme import Scheme
from equipoise.randomization.spec import Randomization
from equipoise.randomization.words import finding, phrase, refuse, warning

__all__ = ["ListRow", "check_list", "check_remaining", "read_list", "scheme_of_list"]

_ALARM = 0.8
_COLUMNS = ("stratum", "slot", "arm")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list: the stratum's key, the slot within the stratum from 1, the arm; `line` in the file."""

    stratum: str
    slot: int
    arm: str
    line: int = 0


def read_list(content: bytes, name: str) -> list[ListRow]:
    """The lines of a CSV file with the columns stratum, slot and arm, in any order; further columns are passed over.

    `name` is the file's. Raises Refusal where it is no such file; says each line whose slot is no number.
    """
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        refuse("list.unreadable", Where(name))
    heads = [head.strip().lower() for head in lines[0]] if lines else []
    if missing := [column for column in _COLUMNS if column not in heads]:
        refuse("list.columns", Where(name, 1), columns=missing)
    place = {column: heads.index(column) for column in _COLUMNS}
    rows, found = [], []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        stratum, slot, arm = (cells[place[c]].strip() if place[c] < len(cells) else "" for c in _COLUMNS)
        if slot.isascii() and slot.isdecimal():
            rows.append(ListRow(stratum, int(slot), arm, number))
        else:
            found.append(finding("list.slot", Where(name, number), slot=slot[:40]))
    if found:
        raise Refusal(found)
    return rows


def scheme_of_list(promised: Randomization, blocks: Sequence[int] = ()) -> Scheme:
    """What a list is held against: the scheme; where the protocol draws nothing, its ratio, in blocks of such sizes."""
    ratio = tuple(promised.ratio.value.items())
    if blocks:
        return Scheme("permuted_blocks", ratio, block_sizes=tuple(blocks))
    return Scheme("complete", ratio) if promised.scheme.value.kind == "recorded" else scheme_of(promised)


def check_list(rows: Sequence[ListRow], scheme: Scheme, strata: Collection[str] | None = None) -> list[Finding]:
    """Findings about the list, in the order of its lines. `strata`: the keys that the protocol makes, when known.

    With one block size every block must hold the ratio; with several, whose order the list does not tell, no arm may
    lead by more than the largest block allows.
    """
    found = [one for one in check_scheme(scheme) if one.severity == "error"]
    seen: dict[str, int] = {}
    for row in rows:
        expected, here = seen.get(row.stratum, 0) + 1, _where(row)
        if row.slot < expected:
            found.append(finding("list.duplicate_slot", here, slot=row.slot, stratum=row.stratum))
        elif row.slot > expected:
            found.append(finding("list.order", here, slot=row.slot, stratum=row.stratum, before=expected - 1))
        seen[row.stratum] = max(expected - 1, row.slot)
        if row.arm not in scheme.arms:
            found.append(finding("list.unknown_arm", here, arm=row.arm, arms=scheme.arms))
        if strata is not None and row.stratum not in strata:
            found.append(finding("list.unknown_stratum", here, stratum=row.stratum))
    unlisted = sorted(set(strata or ()) - set(seen))
    found += [finding("list.missing_stratum", stratum, stratum=stratum) for stratum in unlisted]
    return found or _check_balance(rows, scheme)


def _check_balance(rows: Sequence[ListRow], scheme: Scheme) -> list[Finding]:
    """The first place of each stratum where the arms are further from their ratio than the scheme can lead them."""
    allowed = {"permuted_blocks": max(scheme.block_sizes, default=0) // 2, "big_stick": scheme.limit // 2}
    if scheme.kind not in allowed:
        return []  # complete randomization has no bound
    step, bound = scheme.total, allowed[scheme.kind]
    if scheme.kind == "permuted_blocks" and len(scheme.block_sizes) == 1:
        step, bound = scheme.block_sizes[0], 0
    found = []
    for stratum in sorted({row.stratum for row in rows}):
        of_stratum = [row for row in rows if row.stratum == stratum]
        for end in range(step, len(of_stratum) + 1, step):
            counted = {arm: sum(row.arm == arm for row in of_stratum[:end]) for arm in scheme.arms}
            wanted = {arm: weight * end // scheme.total for arm, weight in scheme.ratio}
            if any(abs(counted[arm] - wanted[arm]) > bound for arm in scheme.arms):
                shares = [phrase("share", arm=arm, counted=counted[arm], wanted=wanted[arm]) for arm in scheme.arms]
                here = _where(of_stratum[end - 1])
                found.append(finding("list.ratio", here, end=end, stratum=stratum, shares=shares))
                break
    return found


def check_remaining(rows: Sequence[ListRow], used: Mapping[str, int]) -> list[Finding]:
    """A warning from 80 % of a stratum's slots used, an error when none is left. Counts no arms."""
    found = []
    for stratum in sorted({row.stratum for row in rows} | set(used)):
        slots, gone = sum(row.stratum == stratum for row in rows), used.get(stratum, 0)
        if gone < _ALARM * slots:
            continue
        if gone >= slots:
            found.append(finding("list.exhausted", stratum, used=gone, slots=slots, stratum=stratum))
        else:
            found.append(warning("list.nearly_exhausted", stratum, used=gone, slots=slots, stratum=stratum))
    return found


def _where(row: ListRow) -> Where:
    return Where(line=row.line, path=f"{row.stratum} slot {row.slot}")
