"""What a result says, in one or two sentences of both languages: each method says its own, this what holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.analysis.methods import GroupNames, method_of

__all__ = ["render_interpretation"]


def render_interpretation(
    result: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], alpha: float
) -> dict[str, str]:
    """English and Chinese sentences of one result. `names`: arm or level to its label in both languages."""
    if result.get("not_estimated"):
        return {
            "en": "This could not be estimated; the notes say why.",
            "zh": "未能估计，原因见备注。",
        }
    english, chinese = method_of(str(result["method"])).sentence(result, GroupNames(names), alpha)
    if result.get("p_value") is not None and result["role"] != "primary":
        english += " Not adjusted for the other analyses."
        chinese += "未针对其他分析作多重性校正。"
    return {"en": english, "zh": chinese}
