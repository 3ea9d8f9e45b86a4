"""Who may do which act where: roles are data, appointments are entries, and what is not granted is denied.

Roles come from the protocol; where it names none, from `default_roles.yaml`. Two roles exist in every study: the
custodian, who begins it, and the importer, who lives only as long as an import.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from equipoise.conduct.authority.duties import rights_of
from equipoise.conduct.state.state import Person, StudyState
from equipoise.conduct.words import phrase, refuse
from equipoise.protocol.document import Protocol
from equipoise.roles import Role, roles_of_every_study, roles_where_none_are_named
from equipoise.words import Phrase

__all__ = ["CUSTODIAN", "IMPORTER", "authorize", "may", "need_somebody", "rights_of", "roles_of", "sites_of"]

CUSTODIAN = "custodian"
IMPORTER = "importer"


def roles_of(protocol: Protocol) -> dict[str, Role]:
    """Every role of the study by id."""
    return {role.id: role for role in (*roles_of_every_study(), *(protocol.roles or roles_where_none_are_named()))}


def authorize(
    state: StudyState,
    protocol: Protocol,
    actor: str,
    right: str | None,
    site: str | None,
    *,
    day: str,
    anywhere: bool = False,
) -> str:
    """The role in which `actor` may do it on a day (UTC) at `site` (None: the whole study; `anywhere`: at any site).

    Without a right: any role that is held there. Raises Refusal.
    """
    person = need_somebody(state, actor, day)
    roles = roles_of(protocol)
    elsewhere: list[Phrase] = []
    for held, at in _held(person, day):
        role = roles.get(held)
        if role is None or (right is not None and right not in rights_of(role)):
            continue
        if anywhere or _reaches(role, at, site):
            return held
        elsewhere.append(phrase("role_at", role=held, site=at))
    for held, at in person.ended(day):
        role = roles.get(held)
        if role is not None and (right is None or right in rights_of(role)) and (anywhere or _reaches(role, at, site)):
            _ended(person, [(held, at)])
    if elsewhere and right is not None:
        _elsewhere(actor, right, site, elsewhere)
    if right is None:
        refuse("authority.nobody", actor[:60], person=actor[:60])
    held_roles = tuple(dict.fromkeys(role for role, _ in person.held(day)))
    refuse("authority.not_granted", actor, person=actor, right=right, roles=held_roles)


def need_somebody(state: StudyState, actor: str, day: str) -> Person:
    """The person, who holds a role on the day. Raises Refusal: nobody, or somebody whose every appointment ended."""
    person = state.people.get(actor)
    if person is not None and person.held(day):
        return person
    if person is not None and (ended := person.ended(day)):
        _ended(person, ended)
    refuse("authority.nobody", actor[:60], person=actor[:60])


def may(state: StudyState, protocol: Protocol, actor: str, right: str, site: str | None, *, day: str) -> bool:
    """Whether `authorize` would let it pass."""
    roles = roles_of(protocol)
    person = state.people.get(actor)
    return person is not None and any(
        (role := roles.get(held)) is not None and right in rights_of(role) and _reaches(role, at, site)
        for held, at in _held(person, day)
    )


def sites_of(
    state: StudyState, protocol: Protocol, actor: str, right: str | None, *, day: str
) -> frozenset[str] | None:
    """The sites at which `may` says yes (without a right: where any role is held); None: the whole study."""
    roles = roles_of(protocol)
    person = state.people.get(actor)
    granted = [
        (role, at)
        for held, at in (_held(person, day) if person is not None else ())
        if (role := roles.get(held)) is not None and (right is None or right in rights_of(role))
    ]
    if any(_reaches(role, at, None) for role, at in granted):
        return None
    return frozenset(at for _, at in granted if at is not None)


def _held(person: Person, day: str) -> list[tuple[str, str | None]]:
    """Their roles; whoever was made an importer beside an import (older versions let that pass) is none."""
    return [held for held in person.held(day) if held[0] != IMPORTER or person.id == IMPORTER]


def _reaches(role: Role, at: str | None, site: str | None) -> bool:
    """Whoever was appointed at a site acts there and nowhere else, whatever the role allows elsewhere."""
    return not role.own_site_only if at is None else at == site


def _ended(person: Person, ended: Sequence[tuple[str, str | None]]) -> NoReturn:
    (role, site), *_ = sorted(ended, key=lambda one: person.ends[one], reverse=True)
    refuse("authority.ended", person.id[:60], person=person.id[:60], role=role, day=person.ends[role, site])


def _elsewhere(actor: str, right: str, site: str | None, roles: Sequence[Phrase]) -> NoReturn:
    if site:
        refuse("authority.other_site", actor, person=actor, right=right, site=site, roles=roles)
    refuse("authority.other_site/whole", actor, person=actor, right=right, roles=roles)
