"""What the commands print of participants who were unblinded one by one. No arm: none of them knows one."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["UNBLINDING"]

UNBLINDING: Mapping[str, tuple[str, str]] = {}
