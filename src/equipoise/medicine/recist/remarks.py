"""What does not fit in a tumor assessment, and what was expected: units, axes, numbers of targets, missing and unknown
lesions.

Eisenhauer 2009, Eur J Cancer 45:228, sections 3.1, 3.2, 4.2 and 4.4.2 and appendix II. All remarks are soft: images may
be as odd as they are, and who read them is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from equipoise.medicine.method import Observation, Remark
from equipoise.medicine.recist.measurable import (
    NODES,
    ORGAN_TARGETS_MAX,
    TARGETS_MAX,
    organ_key,
    smallest_measurable_mm,
)
from equipoise.medicine.recist.words import phrase, remark
from equipoise.words import Phrase

__all__ = ["remarks_on_assessment", "remarks_on_baseline"]

Row = Mapping[str, Any]
JUMP, JUMP_MM, TENTH = 1.6, 8.0, 8.0
_WITHOUT_LENGTH = ("disappeared", "merged", "not_evaluable")


def _organ(key: str) -> Phrase | str:
    """An organ as it was named; lymph nodes count as one under a name of ours."""
    return phrase("lymph_nodes") if key == NODES else key


def _at(code: str, row: int, names: tuple[str, ...], **facts: Any) -> Remark:
    """A remark about one row of the targets."""
    return replace(remark(code, *names, **facts), rows="targets", row=row)


def _common(now: Observation) -> Iterator[Remark]:
    method, thickness = now.values.get("method"), now.values.get("slice_mm")
    if method == "ultrasound":
        yield remark("method_unfit", "method")
    rows = now.rows.get("targets", ())
    if thickness is not None and thickness > 5 and method not in ("chest_xray", "caliper") and rows:
        yield remark("slice_thick", "slice_mm", slice=thickness)
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        lesion = row.get("lesion")
        if lesion in seen:
            yield _at("lesion_twice", place, ("lesion",), lesion=lesion)
        elif lesion:
            seen.add(lesion)
        length, axis, state = row.get("diameter"), row.get("long_axis"), row.get("state")
        facts = {"lesion": lesion or place, "mm": length}
        if length is None:
            if state in (None, "measured"):
                yield _at("length_missing", place, ("diameter",), lesion=lesion or place)
            continue
        if state in _WITHOUT_LENGTH and length != 0:
            yield _at("state_contradicts", place, ("state", "diameter"), state=phrase(state), **facts)
        if row.get("node") and axis is not None and length > axis:
            yield _at("axes_swapped", place, ("diameter", "long_axis"), long=axis, **facts)


def remarks_on_baseline(now: Observation, *, days_max: int, one_organ: Mapping[str, str]) -> list[Remark]:
    """What does not fit at a baseline: too small, too many, too old."""
    found = list(_common(now))
    rows = now.rows.get("targets", ())
    method, thickness = now.values.get("method"), now.values.get("slice_mm")
    for place, row in enumerate(rows, start=1):
        length, node = row.get("diameter"), bool(row.get("node"))
        if row.get("irradiated") and not row.get("progressed_since"):
            found.append(_at("irradiated", place, ("irradiated",), lesion=row.get("lesion") or place))
        least = smallest_measurable_mm(node=node, method=method, slice_mm=thickness)
        if length is None or least is None or row.get("state") not in (None, "measured") or length >= least:
            continue
        in_cm = least <= 10 * length <= 200 and length < 10
        facts = {"lesion": row.get("lesion") or place, "mm": length, "least": least}
        if in_cm:
            found.append(_at("below_measurable/centimeters", place, ("diameter",), ten=10 * length, **facts))
        else:
            found.append(_at("below_measurable", place, ("diameter",), **facts))
    followed = [row for row in rows if row.get("state") != "merged"]
    if len(followed) > TARGETS_MAX:
        found.append(remark("too_many_targets", count=len(followed), most=TARGETS_MAX))
    organs = Counter(organ_key(row.get("organ"), node=bool(row.get("node")), one_organ=one_organ) for row in followed)
    found += [
        remark("too_many_in_organ", count=count, organ=_organ(organ), most=ORGAN_TARGETS_MAX)
        for organ, count in organs.items()
        if organ and count > ORGAN_TARGETS_MAX
    ]
    for place, row in enumerate(now.rows.get("nontargets", ()), start=1):
        axis = row.get("short_axis")
        if row.get("node") and axis is not None and axis < 10:
            said = remark("node_normal", "short_axis", lesion=row.get("lesion") or place, mm=axis)
            found.append(replace(said, rows="nontargets", row=place))
    if now.rows.get("news"):
        found.append(remark("new_at_baseline"))
    start = now.values.get("start")
    days = 0 if start is None or now.day is None else (start - now.day).days
    if days > days_max:
        found.append(remark("baseline_old", "start", days=days, most=days_max))
    elif days < 0:
        found.append(remark("baseline_after_start", "start", days=-days))
    return found


def remarks_on_assessment(now: Observation, baseline: Observation, between: Sequence[Observation]) -> list[Remark]:
    """What does not fit after a baseline: lesions missing or unknown, lengths in another unit or along another axis."""
    found = list(_common(now))
    method, first = now.values.get("method"), baseline.values.get("method")
    if method and first and method != first:
        found.append(remark("method_changed", "method", method=method, before=first))
    if now.day is not None and now.day == baseline.day:
        found.append(remark("not_after_baseline"))
    elif now.day is not None and any(one.day == now.day for one in between):
        found.append(remark("same_day"))
    rows = now.rows.get("targets", ())
    known = {
        row["lesion"] for row in baseline.rows.get("targets", ()) if row.get("lesion") and row.get("state") != "merged"
    }
    found += _on_links(rows, known, between)
    found += _on_lengths(rows, (baseline, *between))
    found += _on_missing(rows, known, between)
    found += _on_nontargets(now, baseline)
    return found


def _on_links(rows: Sequence[Row], known: set[str], between: Sequence[Observation]) -> Iterator[Remark]:
    """Rows that belong to no lesion of the baseline, and lesions that are held by none."""
    fragments = {row.get("lesion") for one in between for row in one.rows.get("targets", ()) if row.get("split_from")}
    held = {row.get("merged_into") for row in rows if row.get("state") == "merged"}
    measured = {row.get("lesion") for row in rows if row.get("state") != "merged"}
    split = {row.get("split_from") for row in rows if row.get("diameter") is not None}
    for place, row in enumerate(rows, start=1):
        lesion, parent, into = row.get("lesion"), row.get("split_from"), row.get("merged_into")
        if parent and parent not in known:
            yield _at("split_from_unknown", place, ("split_from",), lesion=lesion or place, other=parent)
        elif not parent and lesion not in known | fragments | held:
            yield _at("lesion_unknown", place, ("lesion",), lesion=lesion or place)
        if lesion in known & split and row.get("diameter") and row.get("state") in (None, "measured", "too_small"):
            yield _at("counted_twice", place, ("diameter",), lesion=lesion)
        if row.get("state") == "merged" and into not in measured:
            yield _at("merged_into_unknown", place, ("merged_into",), lesion=lesion or place, other=into or "-")


def _on_lengths(rows: Sequence[Row], earlier: Sequence[Observation]) -> Iterator[Remark]:
    """Lengths beside those of the same lesion before."""
    last: dict[Any, float] = {}
    for moment in earlier:
        for row in moment.rows.get("targets", ()):
            if row.get("diameter") is not None:
                last[row.get("lesion")] = row["diameter"]
    for place, row in enumerate(rows, start=1):
        lesion, length = row.get("lesion"), row.get("diameter")
        before = last.get(lesion)
        if length is None or before is None or row.get("state") not in (None, "measured"):
            continue
        facts = {"lesion": lesion or place, "mm": length, "before": before}
        if 0 < length <= before / TENTH and before >= 10:
            yield _at("looks_like_cm", place, ("diameter",), ten=10 * length, **facts)
        elif row.get("node") and length >= JUMP * before and length - before >= JUMP_MM:
            yield _at("long_axis", place, ("diameter",), **facts)


def _on_missing(rows: Sequence[Row], known: set[str], between: Sequence[Observation]) -> Iterator[Remark]:
    """Targets of the baseline that are not listed; one that merged before stays where it is."""
    if known and not rows:
        yield remark("targets_not_listed", count=len(known))
        return
    merged: dict[Any, Any] = {}
    parents: dict[Any, Any] = {}
    for one in between:
        for row in one.rows.get("targets", ()):
            merged[row.get("lesion")] = row.get("merged_into") if row.get("state") == "merged" else None
            if row.get("split_from") and row.get("lesion") is not None:
                parents[row.get("lesion")] = row["split_from"]
    named = {row.get("lesion") for row in rows}
    listed = named | {row.get("split_from") for row in rows} | {parents.get(lesion) for lesion in named}
    listed |= {lesion for lesion, into in merged.items() if into is not None and into in named}
    for lesion in sorted(known - listed):
        yield remark("target_missing", lesion=lesion)
    for lesion, parent in sorted(parents.items()):
        # One that merged stays where it is, and a lesion of which nothing is listed is told once, by its own name.
        if lesion not in named | known and merged[lesion] is None and parent in known & listed:
            yield remark("target_missing/fragment", lesion=lesion, other=parent)


def _on_nontargets(now: Observation, baseline: Observation) -> Iterator[Remark]:
    rows = now.rows.get("nontargets", ())
    known = {row["lesion"] for row in baseline.rows.get("nontargets", ()) if row.get("lesion")}
    for place, row in enumerate(rows, start=1):
        lesion = row.get("lesion")
        if lesion not in known:
            said = remark("nontarget_unknown", "lesion", lesion=lesion or place)
            yield replace(said, rows="nontargets", row=place)
    for lesion in sorted(known - {row.get("lesion") for row in rows}):
        yield remark("nontarget_missing", lesion=lesion)
