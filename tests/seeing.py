"""A reader who may see everything, for tests that are about something else; and a study looked at by such a one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from equipoise.conduct.authority import Reader
from equipoise.conduct.folder.study import Study
from equipoise.conduct.state.state import StudyState
from tests.spec.minimal import minimal_protocol


class SeesEverything(Reader):
    """Holds every right of reading everywhere, and is entered nowhere."""

    def reads(self, right: str, site: str | None = None) -> bool:
        return True

    def sites(self, right: str | None = "see_participants") -> frozenset[str] | None:
        return None

    def require(self, right: str | None, site: str | None = None, *, anywhere: bool = False) -> None:
        return


def everything() -> Reader:
    """What a stand-in for a study answers when it is asked who looks at it."""
    return SeesEverything("tester", StudyState("DEMO"), minimal_protocol(), "2024-03-01")


class SeenStudy(Study):
    """A study that is looked at by somebody who may see everything."""

    def reader(self) -> Reader:
        return everything()


def seen(study: Study, **changes: Any) -> SeenStudy:
    """The same study, looked at so."""
    return SeenStudy(**{field.name: getattr(study, field.name) for field in fields(Study)} | changes)
