"""What is told of reviews that cannot be entered."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "review.outcome": Words(
        en=(
            "`{outcome}` is no outcome of a review",
            "the outcomes are {known}: nothing was found, or something, which the remark names",
            "Choose one of them.",
        ),
        zh=("“{outcome}”不是审阅结果", "可选结果为{known}：未发现问题，或发现问题并在说明中写明", "请从中选择。"),
    ),
    "review.part": Words(
        en=(
            "a review is of site {site} or of {participant}, and not of both",
            "each names one part of the trail",
            "Leave out one of them, or enter two reviews.",
        ),
        zh=(
            "审阅的对象为中心{site}或{participant}，不能同时为二者",
            "每次审阅只对应轨迹的一部分",
            "请省去其一，或分两次录入。",
        ),
    ),
    "review.other_list": Words(
        en=(
            "the list of who may what is not the list {digest}",
            "it changed since it was taken out, or the digest was mistyped; the list that stands is {list}",
            "Take it out anew (`equipoise export STUDY roles`), read it, and give the digest that it names.",
        ),
        zh=(
            "现行权限清单并非{digest}",
            "清单导出后已有变更，或摘要输入有误；现行清单为{list}",
            "请重新导出（`equipoise export 研究 roles`）并阅读，再填写其所载摘要。",
        ),
    ),
}
