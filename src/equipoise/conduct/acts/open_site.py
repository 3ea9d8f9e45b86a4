"""Open a site to participants, and close it to new ones (ICH E6(R3) 4.3.5: release per site only after approval)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, check_day, need_running, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["CloseSite", "OpenSite", "decide_close_site", "decide_open_site"]


@dataclass(frozen=True, slots=True)
class OpenSite:
    """From `date` on, the site may screen, enroll and randomize."""

    right: ClassVar[str] = "open_site"
    site: str
    date: str


@dataclass(frozen=True, slots=True)
class CloseSite:
    """No new participants at the site; those it has are followed up."""

    right: ClassVar[str] = "close_site"
    site: str
    date: str


def decide_open_site(state: StudyState, act: OpenSite, setting: Setting) -> list[Fact]:
    """site_opened, unless it is open."""
    need_running(state)
    known = [site.id for site in setting.protocol.sites]
    if act.site not in known:
        refuse(
            "site.unknown",
            f"there is no site {act.site}",
            f"the protocol names {', '.join(known)}",
            "Choose one of these, or amend the protocol.",
            act.site,
        )
    check_day(setting, act.site, act.date, "date")
    if state.sites.get(act.site) == "open":
        return []
    return [Fact("site_opened", {"site": act.site, "date": act.date}, site=act.site)]


def decide_close_site(state: StudyState, act: CloseSite, setting: Setting) -> list[Fact]:
    """site_closed, unless it is closed."""
    need_running(state)
    if act.site not in state.sites:
        refuse(
            "site.not_open", f"site {act.site} is not open", "nobody opened it", "Check the name of the site.", act.site
        )
    check_day(setting, act.site, act.date, "date")
    if state.sites[act.site] == "closed":
        return []
    return [Fact("site_closed", {"site": act.site, "date": act.date}, site=act.site)]
