"""Open a site to participants, and close it to new ones (ICH E6(R3) 4.3.5: release per site only after approval)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.study import SITE_CLOSED, SITE_OPENED
from equipoise.conduct.guards import check_day, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["CLOSE_SITE", "OPEN_SITE", "CloseSite", "OpenSite"]


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
        refuse("site.unknown", act.site, site=act.site, sites=known)
    check_day(setting, act.site, act.date, "date")
    if state.sites.get(act.site) == "open":
        return []
    return [Fact(SITE_OPENED.name, {"site": act.site, "date": act.date}, site=act.site)]


def decide_close_site(state: StudyState, act: CloseSite, setting: Setting) -> list[Fact]:
    """site_closed, unless it is closed."""
    need_running(state)
    if act.site not in state.sites:
        refuse("site.not_open", act.site, site=act.site)
    check_day(setting, act.site, act.date, "date")
    if state.sites[act.site] == "closed":
        return []
    return [Fact(SITE_CLOSED.name, {"site": act.site, "date": act.date}, site=act.site)]


OPEN_SITE = ActKind(OpenSite, label=("open a site", "启动中心"), decide=decide_open_site, leaves=(SITE_OPENED,))
CLOSE_SITE = ActKind(CloseSite, label=("close a site", "关闭中心"), decide=decide_close_site, leaves=(SITE_CLOSED,))
