"""Report a deviation from the protocol: documented, never corrected away (ICH E6(R3) 3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.participation import DEVIATION_REPORTED
from equipoise.conduct.guards import check_day, need_participant, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "ReportDeviation"]


@dataclass(frozen=True, slots=True)
class ReportDeviation:
    """`category` groups deviations of one kind; `text` says what happened."""

    right: ClassVar[str] = "report_deviation"
    participant: str
    date: str
    category: str
    text: str


def decide_report_deviation(state: StudyState, act: ReportDeviation, setting: Setting) -> list[Fact]:
    """deviation_reported; refused in the very words of one that was reported: sent twice it would count twice."""
    need_running(state)
    person = need_participant(state, act.participant)
    check_day(setting, person.site, act.date, "date")
    if not act.category.strip() or not act.text.strip():
        refuse("deviation.empty", "text")
    said = {"date": act.date, "category": act.category.strip(), "text": act.text.strip()}
    for seq, told in person.deviations.items():
        if told == tuple(said.values()):
            refuse("deviation.reported", act.participant, participant=act.participant, entry=seq, day=act.date)
    return [Fact(DEVIATION_REPORTED.name, said, person.id, person.site)]


ACT = ActKind(
    ReportDeviation,
    label=("report deviations", "报告方案偏离"),
    decide=decide_report_deviation,
    leaves=(DEVIATION_REPORTED,),
)
