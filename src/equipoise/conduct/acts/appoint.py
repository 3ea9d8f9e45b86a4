"""Appoint a person to a role, and dismiss one.

Who could do what on any day is read from these entries (21 CFR 11.10(g)).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NoReturn

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.authority import roles_of
from equipoise.conduct.entries.study import PERSON_APPOINTED, PERSON_DISMISSED
from equipoise.conduct.guards import need_running
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["APPOINT", "DISMISS", "Appoint", "Dismiss"]


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
    """person_appointed, unless the person holds the role.

    Refused for unknown or conflicting roles and unknown sites.
    """
    need_running(state)
    roles = roles_of(setting.protocol)
    role = roles.get(act.role)
    if role is None:
        refuse("role.unknown", act.role, role=act.role, roles=sorted(roles))
    if not act.person.strip() or not act.name.strip():
        refuse("person.nameless", "person")
    if act.site is not None and act.site not in {site.id for site in setting.protocol.sites}:
        refuse("site.unknown/of_role", act.site, site=act.site)
    if role.own_site_only and act.site is None:
        refuse("role.needs_site", act.role, role=act.role)
    person = state.people.get(act.person)
    if person is not None and person.name != act.name:
        refuse("person.taken", act.person, person=act.person, name=act.name, owner=person.name)
    held = person.roles if person else []
    for other, _ in held:
        other_role = roles.get(other)
        if other in role.conflicts_with or (other_role and act.role in other_role.conflicts_with):
            refuse("role.conflict", act.person, person=act.person, role=act.role, other=other)
    if (act.role, act.site) in held:
        return []
    payload = {"person": act.person, "name": act.name, "role": act.role, "site": act.site}
    return [Fact(PERSON_APPOINTED.name, payload, site=act.site)]


def decide_dismiss(state: StudyState, act: Dismiss, setting: Setting) -> list[Fact]:
    """person_dismissed; refused when the person does not hold the role, or is the last who may appoint anybody.

    Possible in a locked study too: whoever must not come in any more must not.
    """
    person = state.people.get(act.person)
    if person is None or (act.role, act.site) not in person.roles:
        _not_appointed(act)
    roles = roles_of(setting.protocol)
    appointing = [
        (other.id, role, site)
        for other in state.people.values()
        for role, site in other.roles
        if role in roles and "appoint" in roles[role].acts
    ]
    if appointing == [(act.person, act.role, act.site)]:
        refuse("person.last", act.person, person=act.person)
    return [Fact(PERSON_DISMISSED.name, {"person": act.person, "role": act.role, "site": act.site}, site=act.site)]


def _not_appointed(act: Dismiss) -> NoReturn:
    if act.site:
        refuse("person.not_appointed/at_site", act.person, person=act.person, role=act.role, site=act.site)
    refuse("person.not_appointed", act.person, person=act.person, role=act.role)


APPOINT = ActKind(Appoint, label=("appoint people", "任命人员"), decide=decide_appoint, leaves=(PERSON_APPOINTED,))
DISMISS = ActKind(Dismiss, label=("dismiss people", "解除任命"), decide=decide_dismiss, leaves=(PERSON_DISMISSED,))
