"""What is told of reviews that cannot be entered."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
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
