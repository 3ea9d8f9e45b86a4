"""What every remark of medicine must be: whole in both languages, with every fact filled in, and the Chinese one Chinese."""

from __future__ import annotations

from equipoise.medicine.method import Remark

__all__ = ["is_whole"]


def is_whole(remark: Remark) -> bool:
    """Whether what, why and mend are there in English and in Chinese, without a brace left over."""
    english, chinese = remark.say("en"), remark.say("zh")
    whole = all(text.strip() and "{" not in text for text in (*english, *chinese))
    return whole and any("\u4e00" <= sign <= "\u9fff" for text in chinese for sign in text)
