"""What a protocol is told about rules: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {}
PHRASES: dict[str, tuple[str, str]] = {}
