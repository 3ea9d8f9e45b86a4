"""Who may do which act where: roles are data, appointments are entries, and what is not granted is denied.

Roles come from the protocol; where it names none, from `default_roles.yaml`. Two roles exist in every study: the
custodian, who begins it, and the importer, who lives only as long as an import.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

from equipoise.conduct.sheet.setting import refuse
from equipoise.conduct.state.state import StudyState
from equipoise.protocol.document import Protocol
from equipoise.roles import Role

__all__ = ["CUSTODIAN", "IMPORTER", "authorize", "may", "roles_of"]

CUSTODIAN = "custodian"
IMPORTER = "importer"


@lru_cache(maxsize=1)
def _default_roles() -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    import yaml

    text = resources.files("equipoise.conduct").joinpath("default_roles.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # both build plain values only
    data: dict[str, list[Any]] = yaml.load(text, Loader=loader)  # noqa: S506
    always, otherwise = (tuple(Role.model_validate(role) for role in data[part]) for part in ("always", "otherwise"))
    return always, otherwise


def roles_of(protocol: Protocol) -> dict[str, Role]:
    """Every role of the study by id."""
    always, otherwise = _default_roles()
    return {role.id: role for role in (*always, *(protocol.roles or otherwise))}


def authorize(
    state: StudyState, protocol: Protocol, actor: str, right: str, site: str | None, *, anywhere: bool = False
) -> str:
    """The role in which `actor` may do it at `site` (None: the whole study; `anywhere`: at any site); raises Refusal."""
    person = state.people.get(actor)
    if person is None or not person.roles:
        refuse(
            "authority.nobody",
            f"{actor[:60]} holds no role in this study",
            "what is not granted is denied",
            "Ask to be appointed.",
            actor[:60],
        )
    roles = roles_of(protocol)
    elsewhere: list[str] = []
    for held, at in person.roles:
        role = roles.get(held)
        if role is None or right not in role.acts:
            continue
        if anywhere or _reaches(role, at, site):
            return held
        elsewhere.append(f"{held} at {at}")
    if elsewhere:
        where = f"at site {site}" if site else "for the whole study"
        refuse(
            "authority.other_site",
            f"{actor} may not do `{right}` {where}",
            f"{actor} is {', '.join(elsewhere)}, and those roles end at the site's door",
            "Ask somebody of that site.",
            actor,
        )
    held_roles = ", ".join(dict.fromkeys(role for role, _ in person.roles))
    refuse(
        "authority.not_granted",
        f"{actor} may not do `{right}`",
        f"the role {held_roles} does not include it",
        "Ask somebody whose role does.",
        actor,
    )


def may(state: StudyState, protocol: Protocol, actor: str, right: str, site: str | None) -> bool:
    """Whether `authorize` would let it pass."""
    roles = roles_of(protocol)
    person = state.people.get(actor)
    return person is not None and any(
        (role := roles.get(held)) is not None and right in role.acts and _reaches(role, at, site)
        for held, at in person.roles
    )


def _reaches(role: Role, at: str | None, site: str | None) -> bool:
    """Whoever was appointed at a site acts there and nowhere else, whatever the role allows elsewhere."""
    return not role.own_site_only if at is None else at == site
