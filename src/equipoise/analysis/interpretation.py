"""What a result says, in one or two sentences of both languages: each method says its own, this what holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.analysis.methods import GroupNames, method_of

__all__ = ["render_interpretation"]


def render_interpretation(
    result: Mapping[str, Any],
    names: Mapping[str, Mapping[str, str]],
    alpha: float | None,
    *,
    open_question: bool = False,
) -> dict[str, str]:
    """English and Chinese sentences of one result. `names`: arm or level to its label in both languages.

    What a result concludes of the design's question takes the place of a p-value beside alpha; while the question is
    open (`open_question`: an interim) no p-value is held against it, nor where nobody planned one (`alpha` is None).
    """
    if result.get("not_estimated"):
        return {
            "en": "This could not be estimated; the notes say why.",
            "zh": "未能估计，原因见备注。",
        }
    method, concluded = method_of(str(result["method"])), result.get("conclusions") or []
    against = alpha if method.diagnostic or not (concluded or open_question) else None
    said = dict(result)
    if any(one["question"] == "non_inferiority" for one in concluded):
        said["p_value"] = None if "estimate" in result or "hazard_ratio" in result else result.get("p_value")
    called = GroupNames(names)
    english, chinese = method.sentence(said, called, against)
    if english.startswith(called(None)[0]):  # everybody's name begins a sentence here, and stands within one elsewhere
        english = english[:1].upper() + english[1:]
    english = " ".join([english, *(one["words"]["en"] for one in concluded)])
    chinese = "".join([chinese, *(one["words"]["zh"] for one in concluded)])
    if result.get("p_value") is not None and result["role"] != "primary":
        english += " Not adjusted for the other analyses."
        chinese += "未针对其他分析作多重性校正。"
    return {"en": english, "zh": chinese}
