"""Record that a person consented: when, and to which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.entries.participation import CONSENTED
from equipoise.conduct.guards import check_day, need_open_site, need_participant, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "Consent"]


@dataclass(frozen=True, slots=True)
class Consent:
    """`version` of the consent text; None means the version in force."""

    right: ClassVar[str] = "consent"
    participant: str
    date: str
    version: str | None = None


def decide_consent(state: StudyState, act: Consent, setting: Setting) -> list[Fact]:
    """consented; refused for a version that is not in force. The same consent again writes nothing."""
    need_running(state)
    person = need_participant(state, act.participant)
    check_day(setting, person.site, act.date, "date")
    in_force = setting.protocol.consent_version.value
    version = act.version or in_force
    if (act.date, version) in person.consents:
        return []
    if version != in_force:
        refuse("consent.old_version", act.participant, version=version, in_force=in_force)
    if not person.consents:
        need_open_site(state, person.site)
    if person.withdrew("consent"):
        refuse("consent.withdrawn", act.participant, participant=act.participant)
    return [
        Fact(
            CONSENTED.name,
            {"participant": act.participant, "date": act.date, "version": version},
            act.participant,
            person.site,
        )
    ]


ACT = ActKind(Consent, label=("record consent", "记录知情同意"), decide=decide_consent, leaves=(CONSENTED,))
