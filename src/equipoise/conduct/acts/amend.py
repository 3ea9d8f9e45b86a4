"""Amend: from now on another version of the protocol is in force. A changed scheme starts a new version of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.entries.study import AMENDED
from equipoise.conduct.guards import need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import scheme_data, seal_scheme, unseal_scheme
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact
from equipoise.protocol.document import Protocol
from equipoise.randomization.from_spec import scheme_of

__all__ = ["ACT", "Amend"]


@dataclass(frozen=True, slots=True)
class Amend:
    """`protocol` is the new one, checked; `digest` identifies it; `summary` says what changed and who approved it."""

    right: ClassVar[str] = "amend"
    protocol: Protocol
    digest: str
    summary: str


def decide_amend(state: StudyState, act: Amend, setting: Setting) -> list[Fact]:
    """amended, with the sealed scheme when it differs from the one in force."""
    need_running(state)
    summary = need_reason(act.summary, phrase("of.amendment"))
    new = act.protocol
    if new.study.id != state.study:
        refuse("amendment.study", "study.id", other=new.study.id, study=state.study)
    if act.digest == state.digest:
        return []
    if new.study.version == state.version:
        refuse("amendment.version", "study.version", version=new.study.version)
    payload: dict[str, Any] = {"version": new.study.version, "digest": act.digest, "summary": summary}
    old_kind, kind = (p.randomization.scheme.value.kind for p in (setting.protocol, new))
    if (kind == "recorded") != (old_kind == "recorded"):
        refuse("amendment.scheme", "randomization.scheme")
    if kind != "recorded":
        secret = setting.secret()
        in_force = unseal_scheme(secret, state.study, state.schemes[-1])
        if scheme_data(scheme_of(new.randomization, in_force.version)) != scheme_data(in_force):
            later = scheme_of(new.randomization, in_force.version + 1)
            payload["scheme"] = seal_scheme(secret, state.study, later, repeatable=state.environment == "rehearsal")
    return [Fact(AMENDED.name, payload)]


ACT = ActKind(
    Amend,
    label=("amend the protocol", "修订方案"),
    decide=decide_amend,
    leaves=(AMENDED,),
    takes_up=lambda act: (act.protocol, act.digest),
    asked_by_name=False,  # it needs a whole protocol, and so a door of its own
)
