"""Which look this is, in a sentence of both languages: what stands above all results of a trial with a design."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from equipoise.analysis.conclusion.telling import ASKED

if TYPE_CHECKING:
    from equipoise.analysis.conclusion.present_look import PresentLook
    from equipoise.analysis.conclusion.question import Question

__all__ = ["tell_look"]

Both = tuple[str, str]
_COUNTED: Mapping[str, Both] = {
    "events": ("planned events", "个事件"),
    "participants": ("planned participants", "名受试者"),
}


def tell_look(question: Question, look: PresentLook) -> dict[str, str]:
    """The sentence above all results: interim or final, at which information of what was planned."""
    english, chinese = _reached(look)
    if look.final:
        kind = {
            "locked": ("Final analysis, of the locked database", "最终分析（数据库已锁定）"),
            "unknown": ("Analysis of a design whose planned information is not known", "计划信息量未知的设计的分析"),
        }.get(look.why, ("Final analysis", "最终分析"))
        after, after_zh = _supposed(look)
        return {"en": f"{kind[0]}: {english}.{after}", "zh": f"{kind[1]}：{chinese}。{after_zh}"}
    share = "" if look.fraction is None else f"{100 * look.fraction:.0f}%"
    english, chinese = f"Interim analysis, not final: {english}", f"期中分析，非最终：{chinese}"
    if look.follow_up is None and look.why != "pending" and share:
        english, chinese = f"{english}, {share} of the planned information", f"{chinese}，占计划信息量的{share}"
    if look.why == "pending":
        english += "; the values of others are still awaited"
        chinese += "；其余受试者的数据尚待获得"
    asked = ASKED[question.asks]
    if len(look.fractions) > 1:
        marks = [f"{100 * f:g}%" for f in look.fractions]
        looks = (f"; the design plans looks at {', '.join(marks)}.", f"；设计的分析时点为{'、'.join(marks)}。")
    else:
        looks = "; the design plans no look before its end.", "；设计未计划期中分析。"
    after, after_zh = _supposed(look)
    return {
        "en": f"{english}{looks[0]}{after} The question of {asked[0]} is not answered yet.",
        "zh": f"{chinese}{looks[1]}{after_zh}{asked[1]}问题尚未得到回答。",
    }


def _reached(look: PresentLook) -> Both:
    counted = _COUNTED[look.counted]
    if look.planned is None:
        noun = ("events", "个事件") if look.counted == "events" else ("participants", "名受试者")
        return f"{look.reached} {noun[0]}", f"{look.reached}{noun[1]}"
    if look.follow_up is not None and look.followed is not None:
        return (
            (
                f"{look.reached} of {look.planned} {counted[0]}, {look.followed:.1f} months after the last joined, "
                f"with {look.follow_up:g} planned"
            ),
            f"计划{look.planned}{counted[1]}，已有{look.reached}名，末例入组后{look.followed:.1f}个月（计划{look.follow_up:g}个月）",
        )
    if look.counted == "participants" and (look.reached != look.joined or look.assessed is not None):
        expected = ("", "")
        if look.assessed is not None:
            expected = f", {look.assessed} of them expected to have a value", f"（预计{look.assessed}名有终点值）"
        return (
            (f"{look.reached} participants with a value, {look.joined} joined, of {look.planned} planned{expected[0]}"),
            f"计划{look.planned}{counted[1]}{expected[1]}，入组{look.joined}名，其中{look.reached}名有终点值",
        )
    unit = "个" if look.counted == "events" else "名"
    return (
        f"{look.reached} of {look.planned} {counted[0]}",
        f"计划{look.planned}{counted[1]}，已有{look.reached}{unit}",
    )


def _supposed(look: PresentLook) -> Both:
    if not look.supposed:
        return "", ""
    noun = ("events", "个事件") if look.counted == "events" else ("participants", "名受试者")
    marks = [f"{math.ceil(at - 1e-9)}" for at in look.supposed]  # nobody is half a participant
    return (
        f" The earlier look is taken as held at {', '.join(marks)} {noun[0]}, as planned."
        if len(marks) == 1
        else f" The earlier looks are taken as held at {', '.join(marks)} {noun[0]}, as planned.",
        f"此前的分析按计划视为在{'、'.join(marks)}{noun[1]}时进行。",
    )
