"""Appoint a person to a role, and dismiss one.

Who could do what on any day is read from these entries (21 CFR 11.10(g)).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.authority import IMPORTER, above, in_conflict, is_namesake, roles_of, sighted
from equipoise.conduct.entries.study import PERSON_APPOINTED, PERSON_DISMISSED
from equipoise.conduct.guards import day_of, shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.organizations import Organization, held_by
from equipoise.conduct.state.state import StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.ledger import Fact
from equipoise.roles import Role

__all__ = ["APPOINT", "DISMISS", "Appoint", "Dismiss", "organization_of"]


_PERSON = re.compile(r"[^\W_][\w.@+-]{0,63}")
"""Letters of any script, digits and . _ @ + -: nothing that a path, a terminal or a spreadsheet takes for its own."""
_NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class Appoint:
    """`person` (a name that is never given to another) takes `role`, at `site` or, without one, for the whole study.

    `until`: the last day (UTC) of an appointment that ends by itself. Asked for again, what is said last holds, and
    what is not said stays; without an end again: dismiss first.
    `organization`: the sponsor's, contractor's or site's name, and `organization_zh` its Chinese one (each stands for
    the other where one is given); a role at a site has the site's own name. Said anew it holds from that entry on.
    """

    right: ClassVar[str] = "appoint"
    person: str
    name: str
    role: str
    site: str | None = None
    until: str | None = None
    organization: str | None = None
    organization_zh: str | None = None


@dataclass(frozen=True, slots=True)
class Dismiss:
    """`person` no longer has `role` at `site`."""

    right: ClassVar[str] = "dismiss"
    person: str
    role: str
    site: str | None = None


def decide_appoint(state: StudyState, act: Appoint, setting: Setting) -> list[Fact]:
    """person_appointed, unless the person holds the role until that day, in the organization that is named.

    Possible in a locked study too: to unlock it takes two persons, and somebody must be able to appoint the second.
    Refused for unknown or conflicting roles and unknown sites, for whoever saw arms in a role beside which this one may
    not be held, for oneself, for a role above one's own, for a last day
    that has passed, and where nobody would be left who may appoint without an end.
    """
    roles = roles_of(setting.protocol)
    role = roles.get(act.role)
    if role is None:
        refuse("role.unknown", act.role, role=act.role, roles=sorted(roles))
    if not act.person.strip() or not act.name.strip():
        refuse("person.nameless", "person")
    if act.person not in state.people and not _PERSON.fullmatch(act.person):
        refuse("person.form", "person", person=shown(act.person))
    if act.person not in state.people and not _is_name(act.name):
        refuse("person.name", "name", name=shown(act.name), most=_NAME_MAX)
    if act.site is not None and act.site not in {site.id for site in setting.protocol.sites}:
        refuse("site.unknown/of_role", act.site, site=act.site)
    if role.own_site_only and act.site is None:
        refuse("role.needs_site", act.role, role=act.role)
    person = state.people.get(act.person)
    if person is not None and person.name != act.name:
        refuse("person.taken", act.person, person=act.person, name=act.name, owner=person.name)
    if IMPORTER in (act.role, act.person) and not _is_importing(state, act, setting):
        refuse("role.importer", act.role, role=IMPORTER)
    today = day_in_utc(setting.now)
    _check_until(act, today)
    held = person.held(today) if person else []
    for other, _ in held:
        if other in roles and in_conflict(role, roles[other]):
            refuse("role.conflict", act.person, person=act.person, role=act.role, other=other)
    _check_namesakes(state, act, role, roles, today)
    _check_blind(state, act, role, roles)
    said, before, until = organization_of(act.organization, act.organization_zh), None, act.until
    if person is not None and (act.role, act.site) in held:
        # What is not said again stays: whoever names another organization does not open a door for good.
        before, end = held_by(person, act.role, act.site), person.ends.get((act.role, act.site))
        until = until or end
        if until == end and said in (None, before):
            return []
    _check_reach(state, act.role, act.person, setting, roles)
    if until is not None:
        _check_stays(state, act, roles, today)
    payload: dict[str, object] = {"person": act.person, "name": act.name, "role": act.role, "site": act.site}
    if until is not None:
        payload["until"] = until
    if (organization := said or before or _organization_of_course(state, act, setting)) is not None:
        payload |= {"organization": organization.en, "organization_zh": organization.zh}
    if others := _other_identifiers(state, act, today):
        payload["namesakes"] = others
    return [Fact(PERSON_APPOINTED.name, payload, site=act.site)]


def organization_of(name: str | None, name_zh: str | None) -> Organization | None:
    """As it was said, one name standing for the other; None where neither was. Raises Refusal for what is no name."""
    names = [one for one in (name or name_zh, name_zh or name) if one is not None]
    if not names:
        return None
    for one in names:
        if not _is_name(one):
            refuse("person.organization", "organization", organization=shown(one), most=_NAME_MAX)
    return Organization(*names)


def _organization_of_course(state: StudyState, act: Appoint, setting: Setting) -> Organization | None:
    """At a site the site itself; the importer acts for whoever takes a file in; for the whole study nobody knows."""
    if act.site is not None:
        name = next(site.name for site in setting.protocol.sites if site.id == act.site)
        return Organization(name.en, name.zh)
    return held_by(state.people.get(setting.actor), setting.role, None) if act.person == IMPORTER else None


def _is_name(name: str) -> bool:
    """A name that can be read as it is written: no control, no mark of direction, no space at its ends."""
    return 0 < len(name) <= _NAME_MAX and name.isprintable() and name == name.strip()


def _check_until(act: Appoint, today: str) -> None:
    """A day that there is, and that has not passed: nobody is appointed backwards."""
    if act.until is None:
        return
    if day_of(act.until) is None:
        refuse("appointment.day", "until", day=shown(act.until))
    if act.until < today:
        refuse("appointment.past", "until", person=act.person, day=act.until, today=today)


def decide_dismiss(state: StudyState, act: Dismiss, setting: Setting) -> list[Fact]:
    """person_dismissed; refused when the person does not hold the role, or is the last who may appoint anybody.

    Possible in a locked study too: whoever must not come in any more must not.
    """
    person = state.people.get(act.person)
    today = day_in_utc(setting.now)
    if person is None or (act.role, act.site) not in person.held(today):
        _not_appointed(act)
    roles = roles_of(setting.protocol)
    if act.person != setting.actor and act.role in roles:
        _check_reach(state, act.role, act.person, setting, roles)
    _check_stays(state, act, roles, today)
    return [Fact(PERSON_DISMISSED.name, {"person": act.person, "role": act.role, "site": act.site}, site=act.site)]


def _check_stays(state: StudyState, act: Appoint | Dismiss, roles: Mapping[str, Role], today: str) -> None:
    """Somebody may appoint whose own appointment has no end: else the study closes to everybody on some day."""
    endless = [
        (other.id, role, site)
        for other in state.people.values()
        for role, site in other.held(today)
        if role in roles and "appoint" in roles[role].acts and (role, site) not in other.ends
    ]
    if endless == [(act.person, act.role, act.site)]:
        key = "person.last" if isinstance(act, Dismiss) else "person.last/until"
        refuse(key, act.person, person=act.person)


def _is_importing(state: StudyState, act: Appoint, setting: Setting) -> bool:
    """The importer is one person of that name, who begins and ends within the transaction of one import."""
    return act.role == act.person == IMPORTER and any(seq > setting.began for seq in state.imports.values())


def _check_reach(state: StudyState, name: str, person: str, setting: Setting, roles: Mapping[str, Role]) -> None:
    """Nobody appoints themselves, and nobody makes (or unmakes) anybody who may more than they may."""
    if person == setting.actor:
        refuse("role.self", person, person=person, role=name)
    actor = state.people.get(setting.actor)
    held_now = actor.held(day_in_utc(setting.now)) if actor else []
    own = [roles[held] for held, _ in held_now if held in roles]
    if name != IMPORTER and (more := above(roles[name], own)):
        refuse("role.above", name, person=setting.actor, role=name, rights=more)


def _check_namesakes(state: StudyState, act: Appoint, role: Role, roles: Mapping[str, Role], today: str) -> None:
    """What one person may not hold, they may not hold under a second identifier either."""
    for other in state.people.values():
        if other.id == act.person or not is_namesake(other.name, act.name):
            continue
        for held, _ in other.held(today):
            if held in roles and in_conflict(role, roles[held]):
                facts = {"person": act.person, "role": act.role, "other": held, "namesake": other.id, "name": act.name}
                refuse("role.conflict/namesake", act.person, **facts)


def _check_blind(state: StudyState, act: Appoint, role: Role, roles: Mapping[str, Role]) -> None:
    """A dismissal takes away what one may look at, and not what one saw; nor does another identifier."""
    for one in state.people.values():
        if one.id != act.person and not is_namesake(one.name, act.name):
            continue
        if (other := sighted(role, one.saw, roles)) is not None:
            facts = {"person": act.person, "role": act.role, "other": other, "entry": one.saw[other]}
            if one.id == act.person:
                refuse("role.has_seen", act.person, **facts)
            refuse("role.has_seen/namesake", act.person, **facts, namesake=one.id, name=act.name)


def _other_identifiers(state: StudyState, act: Appoint, today: str) -> list[str]:
    """Under whom else this name works here: one person may, and must not be two by that (F24)."""
    return [
        other.id
        for other in state.people.values()
        if other.id != act.person and other.held(today) and is_namesake(other.name, act.name)
    ]


def _not_appointed(act: Dismiss) -> NoReturn:
    if act.site:
        refuse("person.not_appointed/at_site", act.person, person=act.person, role=act.role, site=act.site)
    refuse("person.not_appointed", act.person, person=act.person, role=act.role)


APPOINT = ActKind(Appoint, label=("appoint people", "任命人员"), decide=decide_appoint, leaves=(PERSON_APPOINTED,))
DISMISS = ActKind(Dismiss, label=("dismiss people", "解除任命"), decide=decide_dismiss, leaves=(PERSON_DISMISSED,))
