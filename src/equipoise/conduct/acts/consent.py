"""Record that a person consented: when, and to which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.sheet.setting import Setting, check_day, need_open_site, need_participant, need_running, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Consent", "decide_consent"]


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
        refuse(
            "consent.old_version",
            f"version {version} of the consent is not in force",
            f"version {in_force} is",
            "Ask for consent to the version in force.",
            act.participant,
        )
    if not person.consents:
        need_open_site(state, person.site)
    if any(extent == "consent" for _, extent in person.withdrawals):
        refuse(
            "consent.withdrawn",
            f"{act.participant} took the consent back",
            "a new consent is a new screening",
            "Screen under a new number.",
            act.participant,
        )
    return [
        Fact(
            "consented",
            {"participant": act.participant, "date": act.date, "version": version},
            act.participant,
            person.site,
        )
    ]
