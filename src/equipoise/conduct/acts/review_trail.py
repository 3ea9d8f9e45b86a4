"""Review the audit trail: who read which part of it, up to which entry, and what came of it (ICH E6(R3) 4.2.3).

Of the whole study, of one site, or of one participant; and only of what the person may read. What was found is asked
by queries, or put right by the acts that correct.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.moments import need_entry
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.authority import SEE_PARTICIPANTS, authorize
from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.guards import need_participant, need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.ledger import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from equipoise.ledger import Entry

__all__ = ["ACT", "OUTCOMES", "PARTICIPANT_TRAIL_REVIEWED", "TRAIL_REVIEWED", "ReviewTrail"]

OUTCOMES = ("clear", "found")
"""Nothing was found that needs an act; or something was, which the remark names."""


@dataclass(frozen=True, slots=True)
class ReviewTrail:
    """The trail `upto` an entry: of `participant`, of `site`, or of the whole study. `outcome`: clear or found."""

    right: ClassVar[str] = "review_trail"
    upto: int
    outcome: str
    remark: str
    site: str | None = None
    participant: str | None = None


def decide_review_trail(state: StudyState, act: ReviewTrail, setting: Setting) -> list[Fact]:
    """trail_reviewed, with the hash of the entry; possible in a locked study.

    Refused for an entry that does not exist, and for a part that the person may not read.
    """
    remark = need_reason(act.remark, phrase("of.trail_review"))
    if act.outcome not in OUTCOMES:
        refuse("review.outcome", "outcome", outcome=act.outcome[:60], known=OUTCOMES)
    if act.site is not None and act.participant is not None:
        refuse("review.part", "site", site=act.site, participant=act.participant)
    sites = [site.id for site in setting.protocol.sites]
    if act.site is not None and act.site not in sites:
        refuse("site.unknown", act.site, site=act.site, sites=sites)
    need_entry(state, act.upto, "upto")
    site = act.site if act.participant is None else need_participant(state, act.participant).site
    authorize(state, setting.protocol, setting.actor, SEE_PARTICIPANTS, site, day=day_in_utc(setting.now))
    head = next(entry.hash for entry in setting.around(act.upto) if entry.seq == act.upto)
    said = {"upto": act.upto, "head": head, "outcome": act.outcome, "reason": remark}
    if act.participant is not None:
        return [Fact(PARTICIPANT_TRAIL_REVIEWED.name, said, participant=act.participant, site=site)]
    return [Fact(TRAIL_REVIEWED.name, {**said, "site": site}, site=site)]


def _tells(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    part = phrase("trail.of_site", site=said["site"]) if said.get("site") else ""
    return {"outcome": phrase(f"trail.{said['outcome']}"), "part": part}


TRAIL_REVIEWED = EntryKind(
    "trail_reviewed",
    "study",
    (
        "The audit trail{part} was reviewed up to entry {upto}: {outcome}",
        "已审阅稽查轨迹{part}至条目{upto}：{outcome}",
    ),
    tells=_tells,
)
PARTICIPANT_TRAIL_REVIEWED = EntryKind(
    "participant_trail_reviewed",
    "participant",
    (
        "The audit trail of {participant} was reviewed up to entry {upto}: {outcome}",
        "已审阅{participant}的稽查轨迹至条目{upto}：{outcome}",
    ),
    tells=_tells,
    kept_in="",
)
ACT = ActKind(
    ReviewTrail,
    label=("review the audit trail", "审阅稽查轨迹"),
    decide=decide_review_trail,
    leaves=(TRAIL_REVIEWED, PARTICIPANT_TRAIL_REVIEWED),
    kept_as={"remark": "reason"},
)
