"""Roles: who may do what and read what, as data. What is not granted is denied.

The rights are those that `default_roles.yaml` grants to somebody: a right that nobody can hold is none. What each lets
a person do is said where it is done (`conduct.acts`).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml

from equipoise.wording import Clause, Identifier, Text

__all__ = ["READS", "RIGHTS", "Reads", "Right", "Role", "roles_of_every_study", "roles_where_none_are_named"]

Reads = Literal["participants", "results"]
READS: tuple[Reads, ...] = get_args(Reads)
"""What a role may let a person read, where it is held.

`participants`: their records, queries and data, with no arm. `results`: results by arm while the trial runs. An arm of
one participant is read by the right `see_allocation`.
"""


def _default_roles() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("equipoise").joinpath("default_roles.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # both build plain values only
    data: dict[str, list[dict[str, Any]]] = yaml.load(text, Loader=loader)  # noqa: S506
    return data


_DEFAULT_ROLES = _default_roles()
RIGHTS: tuple[str, ...] = tuple(
    dict.fromkeys(right for part in _DEFAULT_ROLES.values() for role in part for right in role["acts"])
)
"""Everything that a role may grant."""

if TYPE_CHECKING:
    Right = str
else:
    Right = Literal[RIGHTS]


class Role(Clause):
    """`own_site_only`: the role is held at a site and ends at its door.

    Without it, it may be held for the whole study too. `reads`: what may be read, where it is held; where it is not
    said, what the acts cannot be done without.
    """

    id: Identifier
    label: Text
    acts: tuple[Right, ...]
    reads: tuple[Reads, ...] | None = None
    own_site_only: bool = True
    conflicts_with: tuple[Identifier, ...] = ()


@lru_cache(maxsize=1)
def roles_of_every_study() -> tuple[Role, ...]:
    """The roles that exist in every study; a protocol's own role of the same id takes the place of one of these."""
    return tuple(Role.model_validate(role) for role in _DEFAULT_ROLES["always"])


@lru_cache(maxsize=1)
def roles_where_none_are_named() -> tuple[Role, ...]:
    """The roles of a study whose protocol names none."""
    return tuple(Role.model_validate(role) for role in _DEFAULT_ROLES["otherwise"])
