"""How the things that records say of a participant are called when one of them is missing."""

from __future__ import annotations

from equipoise.findings import Table

__all__ = ["TABLE", "phrase"]

TABLE = Table(
    "knowledge",
    {},
    {
        "item": ("{name} ({label}, form {form})", "{name}（{label}，表单{form}）"),
        "variable": ("{name} ({label})", "{name}（{label}）"),
    },
)
phrase = TABLE.phrase
