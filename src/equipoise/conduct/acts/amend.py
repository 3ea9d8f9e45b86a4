"""Amend: another version of the protocol is in force, at each site from the day on which the site adopts it.

A changed scheme starts a new version of its own, everywhere at once: it is the study's. Nothing that was recorded is
reached: what the new version drops stays in the data (ICH E6(R3) 4.3.5: release per site only after approval).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.incompatible import incompatible
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.authority import beyond, in_conflict, roles_of, sighted
from equipoise.conduct.entries.study import AMENDED, VERSION_ADOPTED
from equipoise.conduct.guards import check_day, day_of, need_reason, need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import scheme_data, seal_scheme, unseal_scheme
from equipoise.conduct.state.state import StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.findings import Refusal
from equipoise.ledger import Fact
from equipoise.protocol.document import Protocol
from equipoise.protocol.versions import changes_between
from equipoise.randomization.from_spec import scheme_of

__all__ = ["ACT", "ADOPT", "Adopt", "Amend"]


@dataclass(frozen=True, slots=True)
class Amend:
    """`protocol` is the new one, checked; `digest` identifies it; `summary` says what changed and who approved it.

    `at_once`: why no site waits for its own approval (all have it, or participants are in danger); empty, each does.
    """

    right: ClassVar[str] = "amend"
    protocol: Protocol
    digest: str
    summary: str
    at_once: str = ""


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
    old_kind, kind = (p.randomization.scheme.value.kind for p in (setting.protocol, new))
    if (kind == "recorded") != (old_kind == "recorded"):
        refuse("amendment.scheme", "randomization.scheme")
    _check_roles(state, new, setting)
    before = setting.over_all_versions().protocol
    if findings := incompatible(before, new):
        raise Refusal(findings)
    payload: dict[str, Any] = {
        "version": new.study.version,
        "digest": act.digest,
        "summary": summary,
        "changes": changes_between(setting.protocol, new).as_data(),
    }
    if act.at_once.strip():
        payload["at_once"] = act.at_once.strip()
    else:
        _need_same_draw(setting.protocol, new)
        payload["awaits_approval"] = True
    if kind != "recorded":
        secret = setting.secret()
        in_force = unseal_scheme(secret, state.study, state.schemes[-1])
        if scheme_data(scheme_of(new.randomization, in_force.version, in_force.start)) != scheme_data(in_force):
            later = scheme_of(new.randomization, in_force.version + 1, in_force.start)
            payload["scheme"] = seal_scheme(secret, state.study, later, repeatable=state.environment == "rehearsal")
    return [Fact(AMENDED.name, payload)]


def _check_roles(state: StudyState, new: Protocol, setting: Setting) -> None:
    """Nobody amends themselves to what they may not be, nor anybody to two duties that are apart."""
    roles, later, day = roles_of(setting.protocol), roles_of(new), day_in_utc(setting.now)
    for person in state.people.values():
        held = [name for name in dict.fromkeys(role for role, _ in person.held(day)) if name in later]
        if person.id == setting.actor:
            own = [roles[name] for name in held if name in roles]
            for name in held:
                if rights := beyond(own, later[name]):
                    refuse("amendment.own_role", f"roles.{name}", person=person.id, role=name, rights=rights)
        for name in held:
            saw = sighted(later[name], person.saw, later)
            if saw is not None and (name not in roles or sighted(roles[name], person.saw, roles) is None):
                facts = {"person": person.id, "role": name, "other": saw, "entry": person.saw[saw]}
                refuse("amendment.has_seen", f"roles.{name}", **facts)
        for one, other in combinations(held, 2):
            if in_conflict(later[one], later[other]) and not (
                one in roles and other in roles and in_conflict(roles[one], roles[other])
            ):
                refuse("amendment.conflict", f"roles.{one}", person=person.id, role=one, other=other)


def _need_same_draw(before: Protocol, after: Protocol) -> None:
    """What everybody is drawn by is the study's and cannot wait for a site: arms, ratio, factors; not words."""
    differing = [
        name
        for name, of in (
            ("arms", lambda protocol: tuple(arm.id for arm in protocol.arms)),
            ("factors", lambda protocol: tuple((factor.id, factor.levels) for factor in protocol.factors)),
            ("stratify_by", lambda protocol: protocol.randomization.stratify_by.value),
            ("ratio", lambda protocol: protocol.randomization.ratio.value),
        )
        if of(before) != of(after)
    ]
    if differing:
        refuse("amendment.not_by_site", "at_once", parts=differing)


@dataclass(frozen=True, slots=True)
class Adopt:
    """The site follows the study's newest version from `date` on (UTC); `approved` is the day of its own approval."""

    right: ClassVar[str] = "adopt"
    site: str
    version: str
    approved: str
    date: str


def decide_adopt(state: StudyState, act: Adopt, setting: Setting) -> list[Fact]:
    """version_adopted; refused before the approval, for a version that is not the newest, or a day that has passed."""
    need_running(state)
    if act.site not in state.followed:
        refuse("site.not_open", act.site, site=act.site)
    if act.version != state.version:
        refuse("adoption.version", "version", version=act.version, newest=state.version)
    check_day(setting, act.site, act.approved, "approved")
    if day_of(act.date) is None:
        refuse("adoption.date", "date", day=act.date)
    if act.date < act.approved:
        refuse("adoption.before_approval", "date", day=act.date, approved=act.approved)
    if act.date < (today := day_in_utc(setting.now)):
        refuse("adoption.past", "date", day=act.date, today=today)
    if state.followed[act.site][-1][1] == state.digest and state.followed[act.site][-1][0] <= act.date:
        return []
    said = {
        "site": act.site,
        "version": act.version,
        "digest": state.digest,
        "approved": act.approved,
        "date": act.date,
    }
    return [Fact(VERSION_ADOPTED.name, said, site=act.site)]


ADOPT = ActKind(
    Adopt, label=("adopt a version at a site", "在中心启用方案版本"), decide=decide_adopt, leaves=(VERSION_ADOPTED,)
)
ACT = ActKind(
    Amend,
    label=("amend the protocol", "修订方案"),
    decide=decide_amend,
    leaves=(AMENDED,),
    takes_up=lambda act: (act.protocol, act.digest),
    asked_by_name=False,  # it needs a whole protocol, and so a door of its own
)
