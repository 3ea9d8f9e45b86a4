"""What a protocol is told about safety: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {}
PHRASES: dict[str, tuple[str, str]] = {}
