"""Inputs that the arithmetic takes and a reader would ask about: a target that nobody measured at baseline, a name that
stands in two lists, a "new" lesion that is known, two assessments of one time point, little that returns after a CR.

Eisenhauer 2009, Eur J Cancer 45:228, sections 3.2, 4.2, 4.3.3 to 4.3.5 and 4.4; recist.eortc.org, "abnormal lymph
node". All remarks are soft: what was seen may be as odd as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from equipoise.medicine.method import Observation, Remark
from equipoise.medicine.recist.course import Timepoint
from equipoise.medicine.recist.words import phrase, remark

__all__ = ["remarks_on_baseline_inputs", "remarks_on_course", "remarks_on_inputs"]

Row = Mapping[str, Any]
MEASURABLE_MM, NODE_NORMAL_MM, NODE_SURE_MM = 10, 10, 15


def _on(list_: str, row: int, code: str, /, *names: str, **facts: Any) -> Remark:
    """A remark about one row of a list."""
    return replace(remark(code, *names, **facts), rows=list_, row=row)


def _rows(moment: Observation, list_: str) -> Sequence[Row]:
    return moment.rows.get(list_, ())


def _key(name: Any) -> str:
    """A lesion's name as people mean it: `t1`, `T 1` and a full-width `T1` are one."""
    return "".join(unicodedata.normalize("NFKC", str(name)).casefold().split())


def _name(row: Row, place: int) -> Any:
    return row.get("lesion") or place


def remarks_on_inputs(now: Observation) -> Iterator[Remark]:
    """What may be asked of any assessment, whatever was before."""
    for list_ in ("targets", "nontargets", "news"):
        seen: set[Any] = set()
        for place, row in enumerate(_rows(now, list_), start=1):
            lesion = row.get("lesion")
            if not lesion:
                yield _on(list_, place, "lesion_unnamed", "lesion", place=place)
            elif lesion in seen and list_ != "targets":  # of targets it is told with the other remarks on lengths
                yield _on(list_, place, "lesion_twice", "lesion", lesion=lesion)
            seen.add(lesion)
    targets = {_key(row["lesion"]) for row in _rows(now, "targets") if row.get("lesion")}
    for place, row in enumerate(_rows(now, "nontargets"), start=1):
        if row.get("lesion") and _key(row["lesion"]) in targets:
            yield _on("nontargets", place, "lesion_in_both_lists", "lesion", lesion=row["lesion"])
        yield from _on_nontarget(row, place)
    for place, row in enumerate(_rows(now, "targets"), start=1):
        yield from _on_target(row, place)
    for place, row in enumerate(_rows(now, "news"), start=1):
        yield from _on_new(row, place)


def _on_target(row: Row, place: int) -> Iterator[Remark]:
    length, state, lesion = row.get("diameter"), row.get("state"), _name(row, place)
    if length is not None and length < 0:
        yield _on("targets", place, "length_impossible", "diameter", lesion=lesion, mm=length)
    if state == "too_small" and length is not None and length >= MEASURABLE_MM:
        yield _on("targets", place, "too_small_but_long", "state", "diameter", lesion=lesion, mm=length)
    parent, into = row.get("split_from"), row.get("merged_into")
    own = row.get("lesion")
    if own and own in (parent, into):
        about = "split_from" if own == parent else "merged_into"
        yield _on("targets", place, "link_to_itself", about, lesion=lesion)
    elif into and state != "merged":
        said = phrase(state or "measured")
        yield _on("targets", place, "link_contradicts", "state", "merged_into", lesion=lesion, other=into, state=said)


def _on_nontarget(row: Row, place: int) -> Iterator[Remark]:
    status, axis, node, lesion = row.get("status"), row.get("short_axis"), row.get("node"), _name(row, place)
    if axis is not None and node is False:
        yield _on("nontargets", place, "axis_without_node", "short_axis", "node", lesion=lesion)
    if (
        axis is not None
        and node
        and (axis < NODE_NORMAL_MM) != (status == "absent")
        and status in ("present", "absent")
    ):
        said = phrase(status)
        yield _on("nontargets", place, "axis_decides", "status", "short_axis", lesion=lesion, state=said, mm=axis)
    if status is None and not (node and axis is not None):
        yield _on("nontargets", place, "status_missing", "status", lesion=lesion)


def _on_new(row: Row, place: int) -> Iterator[Remark]:
    certainty, pet, lesion = row.get("certainty"), row.get("pet"), _name(row, place)
    if certainty is None:
        yield _on("news", place, "certainty_missing", "certainty", lesion=lesion)
    if certainty == "unequivocal" and pet == "no_baseline":
        yield _on("news", place, "pet_waits", "pet", "certainty", lesion=lesion)
    if certainty == "unequivocal" and pet == "known_site":
        yield _on("news", place, "pet_known_site", "pet", "certainty", lesion=lesion)


def remarks_on_baseline_inputs(now: Observation) -> Iterator[Remark]:
    """What may be asked of a baseline: a target is measured there, a non-target is present, and nothing was before."""
    for place, row in enumerate(_rows(now, "targets"), start=1):
        state, lesion = row.get("state"), _name(row, place)
        if state not in (None, "measured"):
            yield _on("targets", place, "baseline_not_measured", "state", lesion=lesion, state=phrase(state))
        if row.get("split_from") or row.get("merged_into"):
            about = "split_from" if row.get("split_from") else "merged_into"
            yield _on("targets", place, "link_at_baseline", about, lesion=lesion)
    for place, row in enumerate(_rows(now, "nontargets"), start=1):
        status = row.get("status")
        if status not in (None, "present"):
            said = phrase(status)
            yield _on("nontargets", place, "nontarget_not_present", "status", lesion=_name(row, place), state=said)
    if not _rows(now, "targets") and not _rows(now, "nontargets"):
        yield remark("nothing_at_baseline")


def remarks_on_course(
    now: Observation, course: Sequence[Observation], points: Sequence[Timepoint], *, least_days: int
) -> Iterator[Remark]:
    """What may be asked of an assessment beside those before it. `course` begins with the baseline; `points` are what
    it and this assessment gave, the last of them this one's.
    """
    if now.day is not None:
        gaps = [((now.day - one.day).days, one.day) for one in course if one.day is not None]
        days, before = min(gaps, default=(least_days, now.day))
        if 0 < days < least_days:
            yield remark("days_apart", days=days, before=before, least=least_days)
    yield from _on_new_and_known(now, course)
    yield from _on_changes(now, course[0])
    for place, row in enumerate(_rows(now, "targets"), start=1):
        if row.get("diameter") == 0 and row.get("state") in (None, "measured"):
            yield _on("targets", place, "zero_length", "diameter", "state", lesion=_name(row, place))
    if any(point.overall == "CR" for point in points[:-1]):
        yield from _on_return(now, course[0])
    last = points[-1] if points else None
    if last is not None and last.overall == "PD" and last.target_response != "PD" and last.new_lesion != "unequivocal":
        for place, row in enumerate(_rows(now, "nontargets"), start=1):
            if row.get("status") == "unequivocal_progression":
                lesion = _name(row, place)
                yield _on("nontargets", place, "progression_by_nontarget", "status", lesion=lesion)


def _on_new_and_known(now: Observation, course: Sequence[Observation]) -> Iterator[Remark]:
    """New lesions against every lesion that was followed before, and against what was said of them before."""
    lists = ("targets", "nontargets")
    known = {
        _key(row["lesion"]) for one in (*course, now) for of in lists for row in _rows(one, of) if row.get("lesion")
    }
    sure = {
        _key(row.get("lesion")): one.day
        for one in reversed(course)
        for row in _rows(one, "news")
        if row.get("certainty") == "unequivocal"
    }
    for place, row in enumerate(_rows(now, "news"), start=1):
        lesion = row.get("lesion")
        if not lesion:
            continue
        if _key(lesion) in known:
            yield _on("news", place, "new_is_known", "lesion", lesion=lesion)
        if row.get("certainty") == "equivocal" and _key(lesion) in sure:
            yield _on("news", place, "certainty_less", "certainty", lesion=lesion, before=sure[_key(lesion)])


def _on_changes(now: Observation, baseline: Observation) -> Iterator[Remark]:
    """A lesion that is a node here and none there, or lies in another organ."""
    for list_ in ("targets", "nontargets"):
        first = {row["lesion"]: row for row in _rows(baseline, list_) if row.get("lesion")}
        for place, row in enumerate(_rows(now, list_), start=1):
            before = first.get(row.get("lesion"))
            if before is None:
                continue
            lesion = row["lesion"]
            if row.get("node") is not None and before.get("node") is not None and row["node"] != before["node"]:
                yield _on(list_, place, "node_changed", "node", lesion=lesion)
            organ, at_first = row.get("organ"), before.get("organ")
            if organ and at_first and organ != at_first:
                yield _on(list_, place, "organ_changed", "organ", lesion=lesion, organ=organ, before=at_first)


def _on_return(now: Observation, baseline: Observation) -> Iterator[Remark]:
    """Lesions that are seen again after a complete response; of a node little may be an error of measurement."""
    nodes = {row.get("lesion"): bool(row.get("node")) for row in _rows(baseline, "targets")}
    for place, row in enumerate(_rows(now, "targets"), start=1):
        length, lesion = row.get("diameter"), row.get("lesion")
        seen = row.get("state") in (None, "measured", "too_small")
        if not seen or (length is None and row.get("state") != "too_small"):
            continue
        if nodes.get(lesion, bool(row.get("node"))):
            if length is not None and NODE_NORMAL_MM <= length < NODE_SURE_MM:
                yield _on("targets", place, "again_after_complete/node", "diameter", lesion=lesion or place, mm=length)
            elif length is not None and length >= NODE_SURE_MM:
                yield _on("targets", place, "again_after_complete", "diameter", lesion=lesion or place)
        elif length is None or length > 0:
            yield _on("targets", place, "again_after_complete", "diameter", lesion=lesion or place)
    others = {row.get("lesion"): bool(row.get("node")) for row in _rows(baseline, "nontargets")}
    for place, row in enumerate(_rows(now, "nontargets"), start=1):
        lesion = row.get("lesion")
        if row.get("status") == "present" and others.get(lesion) is False:
            yield _on("nontargets", place, "again_after_complete", "status", lesion=lesion or place)
