"""Roles: who may do which act, as data. What is not granted is denied."""

from __future__ import annotations

from typing import Literal

from equipoise.wording import Clause, Identifier, Text

__all__ = ["ACTS", "Act", "Role"]

Act = Literal[
    "open_site",
    "close_site",
    "appoint",
    "dismiss",
    "screen",
    "consent",
    "record",
    "correct",
    "enroll",
    "randomize",
    "record_allocation",
    "mark_in_error",
    "record_true_stratum",
    "withdraw",
    "report_deviation",
    "raise_query",
    "answer_query",
    "close_query",
    "pause",
    "resume",
    "lock",
    "unlock",
    "amend",
    "erase",
    "checkpoint",
    "see_allocation",
    "unseal",
    "cut",
    "import",
]
ACTS: tuple[str, ...] = Act.__args__  # type: ignore[attr-defined]


class Role(Clause):
    """`own_site_only`: the role is held at a site and ends at its door. Without it, it may be held for the whole study too."""

    id: Identifier
    label: Text
    acts: tuple[Act, ...]
    own_site_only: bool = True
    conflicts_with: tuple[Identifier, ...] = ()
