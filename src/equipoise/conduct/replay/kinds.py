"""Every kind of entry, by name: those that the acts leave, and the few that no act asks for."""

from __future__ import annotations

from collections.abc import Mapping

from equipoise.conduct.acts import ACTS
from equipoise.conduct.entries.kind import EntryKind
from equipoise.conduct.entries.records import REFUSED
from equipoise.conduct.entries.study import PROJECTIONS_REBUILT, SEED_COMMITTED, STUDY_OPENED

__all__ = ["KINDS", "KIND_OF", "kinds_about"]

KINDS: tuple[EntryKind, ...] = tuple(
    dict.fromkeys(
        (
            STUDY_OPENED,
            SEED_COMMITTED,
            *(kind for act in ACTS for kind in (*act.leaves, *act.also)),
            REFUSED,
            PROJECTIONS_REBUILT,
        )
    )
)
KIND_OF: Mapping[str, EntryKind] = {kind.name: kind for kind in KINDS}


def kinds_about(whom: str) -> tuple[str, ...]:
    """The names of the kinds about the study, or about a participant."""
    return tuple(kind.name for kind in KINDS if kind.about == whom)
