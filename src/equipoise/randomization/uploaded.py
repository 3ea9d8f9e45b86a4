"""Check a randomization list that was made elsewhere, before anybody is allocated from it.

Promises to find repeated, missing and misplaced slots, unknown arms and strata, blocks that do not hold the ratio, and
strata that run out. Cannot find swapped labels: a list with A and B exchanged is as good a list as the right one,
so a second person must compare a few slots with the source.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from equipoise.findings import Finding, Where, prose
from equipoise.randomization.checking import check_scheme
from equipoise.randomization.scheme import Scheme

__all__ = ["ListRow", "check_list", "check_remaining"]

_ALARM = 0.8


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list: the stratum's key, the slot within the stratum from 1, the arm; `line` in the file."""

    stratum: str
    slot: int
    arm: str
    line: int = 0


def check_list(rows: Sequence[ListRow], scheme: Scheme, strata: Collection[str] | None = None) -> list[Finding]:
    """Findings about the list, in the order of its lines. `strata`: the keys that the protocol makes, when known.

    With one block size every block must hold the ratio; with several, whose order the list does not tell, no arm may
    lead by more than the largest block allows.
    """
    found = [finding for finding in check_scheme(scheme) if finding.severity == "error"]
    seen: dict[str, int] = {}
    for row in rows:
        expected = seen.get(row.stratum, 0) + 1
        if row.slot < expected:
            found.append(
                _finding(
                    "duplicate_slot",
                    row,
                    f"slot {row.slot} of {row.stratum} appears again",
                    "two participants would get one slot",
                    "Remove or renumber one of the lines.",
                )
            )
        elif row.slot > expected:
            found.append(
                _finding(
                    "order",
                    row,
                    f"slot {row.slot} of {row.stratum} follows slot {expected - 1}",
                    "a slot is missing or the list was sorted after it was made",
                    "Restore the order in which the list was generated.",
                )
            )
        seen[row.stratum] = max(expected - 1, row.slot)
        if row.arm not in scheme.arms:
            found.append(
                _finding(
                    "unknown_arm",
                    row,
                    f"there is no arm {row.arm!r}",
                    f"the arms are {', '.join(scheme.arms)}",
                    "Correct the label.",
                )
            )
        if strata is not None and row.stratum not in strata:
            found.append(
                _finding(
                    "unknown_stratum",
                    row,
                    f"there is no stratum {row.stratum!r}",
                    "nobody can belong to it",
                    "Correct its name, or remove it.",
                )
            )
    found += [
        prose(
            "list.missing_stratum",
            Where(path=stratum),
            f"the list has no slot for {stratum}",
            "its first participant could not be randomized",
            "Add the stratum to the list.",
        )
        for stratum in sorted(set(strata or ()) - set(seen))
    ]
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
                shares = ", ".join(f"{arm} {counted[arm]} for {wanted[arm]}" for arm in scheme.arms)
                found.append(
                    _finding(
                        "ratio",
                        of_stratum[end - 1],
                        f"slots 1 to {end} of {stratum} hold {shares}",
                        "the arms are further from their ratio than the scheme allows",
                        "Generate the list again; do not mend it by hand.",
                    )
                )
                break
    return found


def check_remaining(rows: Sequence[ListRow], used: Mapping[str, int]) -> list[Finding]:
    """A warning from 80 % of a stratum's slots used, an error when none is left. Counts no arms."""
    found = []
    for stratum in sorted({row.stratum for row in rows} | set(used)):
        slots, gone = sum(row.stratum == stratum for row in rows), used.get(stratum, 0)
        if gone < _ALARM * slots:
            continue
        severity: Literal["error", "warning"] = "error" if gone >= slots else "warning"
        found.append(
            prose(
                "list.exhausted" if gone >= slots else "list.nearly_exhausted",
                Where(path=stratum),
                f"{gone} of {slots} slots of {stratum} are used",
                "when none is left nobody can be randomized, and no other stratum's slot may be used",
                "Add a newly generated and checked part to the list.",
                severity,
            )
        )
    return found


def _finding(code: str, row: ListRow, what: str, why: str, mend: str) -> Finding:
    return prose(f"list.{code}", Where(line=row.line, path=f"{row.stratum} slot {row.slot}"), what, why, mend)
