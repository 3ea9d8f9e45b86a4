"""What every remark of medicine must be: whole in both languages, with every fact filled in, and the Chinese one Chinese."""

from __future__ import annotations

from equipoise.medicine.method import Remark
from tests.chinese import english_in, holds_chinese

__all__ = ["is_whole"]


def is_whole(remark: Remark) -> bool:
    """Whether what, why and mend are there in English and in Chinese, without a brace left over."""
    english, chinese = remark.say("en"), remark.say("zh")
    whole = all(text.strip() and "{" not in text for text in (*english, *chinese))
    return whole and any(map(holds_chinese, chinese)) and not any(map(english_in, chinese))
