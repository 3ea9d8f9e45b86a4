"""Appoint a person to a role, and dismiss one: who could do what on any day is read from these entries (21 CFR 11.10(g))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.authority import roles_of
from equipoise.conduct.sheet.setting import Setting, need_running, refuse
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["Appoint", "Dismiss", "decide_appoint", "decide_dismiss"]


@dataclass(frozen=True, slots=True)
class Appoint:
    """`person` (a name that is never given to another) takes `role`, at `site` or, without one, for the whole study."""

    right: ClassVar[str] = "appoint"
    person: str
    name: str
    role: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Dismiss:
    """`person` no longer has `role` at `site`."""

    right: ClassVar[str] = "dismiss"
    person: str
    role: str
    site: str | None = None


def decide_appoint(state: StudyState, act: Appoint, setting: Setting) -> list[Fact]:
    """person_appointed, unless the person holds the role; refused for unknown or conflicting roles and unknown sites."""
    need_running(state)
    roles = roles_of(setting.protocol)
    role = roles.get(act.role)
    if role is None:
        refuse(
            "role.unknown",
            f"there is no role {act.role}",
            f"the roles are {', '.join(sorted(roles))}",
            "Choose one of these.",
            act.role,
        )
    if not act.person.strip() or not act.name.strip():
        refuse(
            "person.nameless",
            "a person needs an identifier and a name",
            "every entry says who made it",
            "Give both.",
            "person",
        )
    if act.site is not None and act.site not in {site.id for site in setting.protocol.sites}:
        refuse(
            "site.unknown",
            f"there is no site {act.site}",
            "the protocol does not name it",
            "Check the name of the site.",
            act.site,
        )
    if role.own_site_only and act.site is None:
        refuse(
            "role.needs_site",
            f"role {act.role} belongs to a site",
            "its rights end at the site's door",
            "Name the site.",
            act.role,
        )
    person = state.people.get(act.person)
    if person is not None and person.name != act.name:
        why = f"it belongs to {person.name}"
        refuse(
            "person.taken",
            f"{act.person} cannot be given to {act.name}",
            why,
            "Choose another identifier: none is ever given twice.",
            act.person,
        )
    held = person.roles if person else []
    for other, _ in held:
        other_role = roles.get(other)
        if other in role.conflicts_with or (other_role and act.role in other_role.conflicts_with):
            why = f"{act.role} and {other} may not be held by one person"
            refuse(
                "role.conflict",
                f"{act.person} is {other} already",
                why,
                "Appoint somebody else, or dismiss them from the other role first.",
                act.person,
            )
    if (act.role, act.site) in held:
        return []
    payload = {"person": act.person, "name": act.name, "role": act.role, "site": act.site}
    return [Fact("person_appointed", payload, site=act.site)]


def decide_dismiss(state: StudyState, act: Dismiss, setting: Setting) -> list[Fact]:
    """person_dismissed; refused when the person does not hold the role, or is the last who may appoint anybody.

    Possible in a locked study too: whoever must not come in any more must not.
    """
    person = state.people.get(act.person)
    if person is None or (act.role, act.site) not in person.roles:
        at = f" at {act.site}" if act.site else ""
        refuse(
            "person.not_appointed",
            f"{act.person} is not {act.role}{at}",
            "there is nothing to end",
            "Check person, role and site.",
            act.person,
        )
    roles = roles_of(setting.protocol)
    appointing = [
        (other.id, role, site)
        for other in state.people.values()
        for role, site in other.roles
        if role in roles and "appoint" in roles[role].acts
    ]
    if appointing == [(act.person, act.role, act.site)]:
        refuse(
            "person.last",
            f"{act.person} is the last who may appoint",
            "nobody could ever be appointed again",
            "Appoint a successor first.",
            act.person,
        )
    return [Fact("person_dismissed", {"person": act.person, "role": act.role, "site": act.site}, site=act.site)]
