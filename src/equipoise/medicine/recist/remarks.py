"""What does not fit in a tumor assessment, and what was expected: units, axes, numbers of targets, missing and unknown lesions.

Eisenhauer 2009, Eur J Cancer 45:228, sections 3.1, 3.2, 4.2 and 4.4.2 and appendix II. All remarks are soft: images may be as odd
as they are, and who read them is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from equipoise.medicine.method import Moment, Remark
from equipoise.medicine.recist.measurable import ORGAN_TARGETS_MAX, TARGETS_MAX, organ_key, smallest_measurable_mm
from equipoise.medicine.remarking import Words, remark

__all__ = ["remarks_on_assessment", "remarks_on_baseline"]

_LOOK = "Look at the images again.", "请重新核对影像。"
WORDS: Mapping[str, Words] = {
    "below_measurable": Words(
        ("{lesion} measures {mm:g} mm at baseline{hint}", "a target is measurable: at least {least:g} mm here", "Make it a non-target lesion, or correct the length (in millimeters)."),
        ("基线时{lesion}为{mm:g} mm{hint_zh}", "靶病灶须可测量：此处至少{least:g} mm", "请改为非靶病灶，或更正长度（单位毫米）。"),
    ),
    "looks_like_cm": Words(
        ("{lesion} measures {mm:g} mm after {before:g} mm", "it looks like centimeters: {ten:g} mm would then be meant", "Enter lengths in millimeters."),
        ("{lesion}此次为{mm:g} mm，上次为{before:g} mm", "疑似以厘米填写，应为{ten:g} mm", "请以毫米填写长度。"),
    ),
    "long_axis": Words(
        ("node {lesion} measures {mm:g} mm after {before:g} mm", "such a jump is often the long axis; of nodes the short axis counts", "Measure the short axis, perpendicular to the longest diameter."),
        ("淋巴结{lesion}此次为{mm:g} mm，上次为{before:g} mm", "此类骤增常因误测长径；淋巴结以短径为准", "请测量与最长径垂直的短径。"),
    ),
    "too_many_targets": Words(
        ("{count} target lesions at baseline", f"at most {TARGETS_MAX} in all are followed as targets", "Keep the largest that can be measured again; record the others as non-target lesions."),
        ("基线靶病灶共{count}个", f"靶病灶总数最多{TARGETS_MAX}个", "请保留最大且可重复测量者，其余记为非靶病灶。"),
    ),
    "too_many_in_organ": Words(
        ("{count} target lesions in {organ}", f"at most {ORGAN_TARGETS_MAX} in an organ, and lymph nodes together are one organ", "Record the others as non-target lesions."),
        ("{organ}内有{count}个靶病灶", f"每个器官最多{ORGAN_TARGETS_MAX}个，所有淋巴结视为同一器官", "其余请记为非靶病灶。"),
    ),
    "slice_thick": Words(
        ("slices of {slice:g} mm", "a lesion is measurable from twice the slice on when slices are thicker than 5 mm", "Use slices of at most 5 mm, or check the thickness."),
        ("层厚{slice:g} mm", "层厚大于5 mm时，病灶须至少为层厚的两倍方可测量", "请使用不超过5 mm的层厚，或核对层厚。"),
    ),
    "method_unfit": Words(
        ("lesions were measured by ultrasound", "ultrasound does not measure for RECIST 1.1", "Measure on CT or MRI."),
        ("病灶以超声测量", "RECIST 1.1不接受超声测量", "请以CT或MRI测量。"),
    ),
    "method_changed": Words(
        ("imaging by {method} after {before} at baseline", "sums are comparable only when measured in the same way", "Repeat with the method of the baseline, or confirm that it could not be used."),
        ("本次影像为{method}，基线为{before}", "仅以相同方法测量的径线和才可比较", "请以基线方法复查，或确认无法使用。"),
    ),
    "baseline_old": Words(
        ("the baseline is {days} days before the start", "it is expected within {most} days before treatment begins", "Repeat the imaging, or confirm the dates."),
        ("基线影像早于开始日期{days}天", "基线应在治疗开始前{most}天内", "请复查影像，或确认日期。"),
    ),
    "length_missing": Words(
        ("{lesion} is measured and has no length", "the sum cannot be known without it", "Enter the length, or say that it cannot be evaluated."),
        ("{lesion}标为已测量但无长度", "缺少该值则无法计算径线和", "请填写长度，或注明无法评价。"),
    ),
    "target_missing": Words(
        ("{lesion} was a target at baseline and is not listed", "the sum of this assessment cannot be compared without it", "List it with its length, or as disappeared, merged or not evaluable."),
        ("{lesion}为基线靶病灶，本次未列出", "缺少该病灶则本次径线和不可比较", "请列出其长度，或注明消失、融合或无法评价。"),
    ),
    "lesion_unknown": Words(
        ("{lesion} was no target at baseline", "only lesions of the baseline, and what they split into, are summed", "Correct the name, say what it split from, or record it as a new lesion."),
        ("{lesion}并非基线靶病灶", "仅基线病灶及其分裂部分计入径线和", "请更正编号，注明由何病灶分裂，或记为新病灶。"),
    ),
    "lesion_twice": Words(
        ("{lesion} is listed twice", "only the first line counts", "Keep one line for each lesion."),
        ("{lesion}重复列出", "仅计第一行", "每个病灶请仅保留一行。"),
    ),
}  # fmt: skip

Row = Mapping[str, Any]
JUMP, JUMP_MM, TENTH = 1.6, 8.0, 8.0


def _at(code: str, row: int, names: tuple[str, ...], **facts: Any) -> Remark:
    """A remark about one row of the targets."""
    return replace(remark(WORDS, code, *names, **facts), rows="targets", row=row)


def _common(now: Moment) -> Iterator[Remark]:
    method, thickness = now.values.get("method"), now.values.get("slice_mm")
    if method == "ultrasound":
        yield remark(WORDS, "method_unfit", "method")
    rows = now.rows.get("targets", ())
    if thickness is not None and thickness > 5 and method not in ("chest_xray", "caliper") and rows:
        yield remark(WORDS, "slice_thick", "slice_mm", slice=thickness)
    seen: set[str] = set()
    for place, row in enumerate(rows, start=1):
        lesion = row.get("lesion")
        if lesion in seen:
            yield _at("lesion_twice", place, ("lesion",), lesion=lesion)
        elif lesion:
            seen.add(lesion)
        if row.get("state") in (None, "measured") and row.get("diameter") is None:
            yield _at("length_missing", place, ("diameter",), lesion=lesion or place)


def remarks_on_baseline(now: Moment, *, days_max: int, one_organ: Mapping[str, str]) -> list[Remark]:
    """What does not fit at a baseline: too small, too many, too old."""
    found = list(_common(now))
    rows = now.rows.get("targets", ())
    method, thickness = now.values.get("method"), now.values.get("slice_mm")
    for place, row in enumerate(rows, start=1):
        length, node = row.get("diameter"), bool(row.get("node"))
        least = smallest_measurable_mm(node=node, method=method, slice_mm=thickness)
        if length is None or least is None or row.get("state") not in (None, "measured") or length >= least:
            continue
        in_cm = least <= 10 * length <= 200 and length < 10
        hint = f"; {10 * length:g} mm if it was entered in centimeters" if in_cm else ""
        hint_zh = f"（若以厘米填写则为{10 * length:g} mm）" if in_cm else ""
        facts = {"lesion": row.get("lesion") or place, "mm": length, "least": least, "hint": hint, "hint_zh": hint_zh}
        found.append(_at("below_measurable", place, ("diameter",), **facts))
    followed = [row for row in rows if row.get("state") != "merged"]
    if len(followed) > TARGETS_MAX:
        found.append(remark(WORDS, "too_many_targets", count=len(followed)))
    organs = Counter(organ_key(row.get("organ"), node=bool(row.get("node")), one_organ=one_organ) for row in followed)
    found += [
        remark(WORDS, "too_many_in_organ", count=count, organ=organ)
        for organ, count in organs.items()
        if organ and count > ORGAN_TARGETS_MAX
    ]
    start = now.values.get("start")
    if start is not None and now.day is not None and (days := (start - now.day).days) > days_max:
        found.append(remark(WORDS, "baseline_old", "start", days=days, most=days_max))
    return found


def remarks_on_assessment(now: Moment, baseline: Moment, between: Sequence[Moment]) -> list[Remark]:
    """What does not fit after a baseline: lesions missing or unknown, lengths in another unit or along another axis."""
    found = list(_common(now))
    method, first = now.values.get("method"), baseline.values.get("method")
    if method and first and method != first:
        found.append(remark(WORDS, "method_changed", "method", method=method, before=first))
    known = {row.get("lesion") for row in baseline.rows.get("targets", ()) if row.get("state") != "merged"}
    last: dict[Any, float] = {}
    fragments: set[Any] = set()
    for moment in (baseline, *between):
        for row in moment.rows.get("targets", ()):
            if row.get("diameter") is not None:
                last[row.get("lesion")] = row["diameter"]
            if row.get("split_from"):
                fragments.add(row.get("lesion"))
    listed: set[Any] = set()
    for place, row in enumerate(now.rows.get("targets", ()), start=1):
        lesion, length = row.get("lesion"), row.get("diameter")
        listed |= {lesion, row.get("split_from")}
        if lesion not in known | fragments and not row.get("split_from"):
            found.append(_at("lesion_unknown", place, ("lesion",), lesion=lesion or place))
        before = last.get(lesion)
        if length is None or before is None or row.get("state") not in (None, "measured"):
            continue
        if 0 < length <= before / TENTH and before >= 10:
            found.append(
                _at("looks_like_cm", place, ("diameter",), lesion=lesion, mm=length, before=before, ten=10 * length)
            )
        elif row.get("node") and length >= JUMP * before and length - before >= JUMP_MM:
            found.append(_at("long_axis", place, ("diameter",), lesion=lesion, mm=length, before=before))
    if now.rows.get("targets"):
        missing = sorted(str(lesion) for lesion in known - listed - {None})
        found += [remark(WORDS, "target_missing", lesion=lesion) for lesion in missing]
    return found
