"""Agree to what another person asked for, or decline it: some acts take effect by two persons alone.

Which acts, and what the second must be allowed, their declarations say (`ActKind.agreed_by`). The act is decided again
when it is agreed to, because the study may have moved since it was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from equipoise.conduct.acts.act import Act, ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.authority import is_namesake
from equipoise.conduct.entries.agreement import AGREED, AGREEMENT_ASKED, AGREEMENT_DECLINED
from equipoise.conduct.guards import need_reason
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import AskedAct, StudyState
from equipoise.ledger import Fact

__all__ = ["AGREE", "DECLINE", "Agree", "Decline", "ask_for_agreement", "fields_of"]


@dataclass(frozen=True, slots=True)
class Agree:
    """The request with this number (that of its entry) takes effect. Its own asker cannot agree to it.

    `seen`: the digest of the file that whoever agrees looked at themselves, where a file is what it is about.
    """

    right: ClassVar[str] = "agree"
    request: int
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Decline:
    """The request is taken off the list, by whoever could agree to it or by its asker."""

    right: ClassVar[str] = "decline"
    request: int
    reason: str


def fields_of(act: Act) -> dict[str, Any]:
    """What was asked, as the ledger keeps it until a second person agrees."""
    given = {field.name: getattr(act, field.name) for field in fields(act)}  # type: ignore[arg-type]
    return {name: value for name, value in given.items() if value is not None}


def ask_for_agreement(state: StudyState, act: Act, right: str, site: str | None) -> Fact:
    """What an act leaves that one person alone cannot do: who must agree, and to what.

    Refused while the same, whatever the reason, waits already: two requests would take effect twice, or one in vain.
    """
    for request in state.requests.values():
        if request.act == act.right and _without_reason(request.fields) == _without_reason(fields_of(act)):
            refuse("agreement.waiting", "request", act=act.right, request=request.seq, asked_by=request.by)
    said = {"act": act.right, "fields": fields_of(act), "agreed_by": right, "at_site": site}
    return Fact(AGREEMENT_ASKED.name, said)


def _without_reason(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "reason"}


def _request(state: StudyState, number: int) -> AskedAct:
    found = state.requests.get(number)
    if found is None:
        refuse("agreement.unknown", "request", request=number, open=tuple(state.requests))
    return found


def _right(state: StudyState, act: Agree | Decline) -> tuple[str, str | None]:
    # Sent again by its id, an agreement is asked by the right that it took.
    request = state.settled.get(act.request) or _request(state, act.request)
    return request.agreed_by, request.site


def decide_agree(state: StudyState, act: Agree, setting: Setting) -> list[Fact]:
    """agreed, and whatever the act leaves that was asked for. Raises Refusal for the asker, and as that act would."""
    request = _request(state, act.request)
    asker, second = (state.people.get(person) for person in (request.by, setting.actor))
    same = request.by == setting.actor or (asker and second and is_namesake(asker.name, second.name))
    if same:
        refuse("agreement.same_person", "request", act=request.act, person=setting.actor, asked_by=request.by)
    if act.seen != request.fields.get("digest", ""):
        refuse("agreement.unseen", "seen", act=request.act)
    facts = setting.decided_again(request)
    said = {"request": act.request, "act": request.act, "asked_by": request.by}
    return [Fact(AGREED.name, said, site=request.site), *facts]


def decide_decline(state: StudyState, act: Decline, _setting: Setting) -> list[Fact]:
    """agreement_declined."""
    reason, request = need_reason(act.reason, phrase("of.declining")), _request(state, act.request)
    said = {"request": act.request, "act": request.act, "asked_by": request.by, "reason": reason}
    return [Fact(AGREEMENT_DECLINED.name, said, site=request.site)]


AGREE = ActKind(
    Agree,
    label=("agree to what another asked for", "同意他人提出的操作"),
    decide=decide_agree,
    leaves=(AGREED,),
    also=(AGREEMENT_ASKED,),
    rests_on=_right,
)
DECLINE = ActKind(
    Decline,
    label=("decline what was asked for", "谢绝所提出的操作"),
    decide=decide_decline,
    leaves=(AGREEMENT_DECLINED,),
    rests_on=_right,
)
