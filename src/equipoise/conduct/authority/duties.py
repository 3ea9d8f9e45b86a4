"""What one person may not be at once, and whom nobody may appoint: stated for every role by the rights that it grants.

A protocol adds conflicts by name (`conflicts_with`) and can take none away. By rights and not by names, because a
protocol names its roles as it likes: whoever enters data neither asks about them, nor governs the study, nor sees its
results by arm (ICH E6(R3) 3.16.1(i), 4.1). Whoever unblinds one participant treats or answers for safety, and neither
watches nor governs the trial: they stay blind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Literal

from equipoise.roles import Role

__all__ = ["Duty", "above", "beyond", "duties_of", "in_conflict", "is_namesake", "rights_of", "sighted"]

Duty = Literal["enters", "asks", "governs", "sees", "unblinds"]

# The rights by which a role has a duty.
_RIGHTS: Mapping[Duty, frozenset[str]] = {
    "enters": frozenset(
        {
            "screen",
            "consent",
            "record",
            "correct",
            "enroll",
            "randomize",
            "record_allocation",
            "enter_envelope",
            "record_true_stratum",
            "withdraw",
            "answer_query",
        }
    ),
    "asks": frozenset({"raise_query", "close_query"}),
    "governs": frozenset({"appoint", "dismiss", "amend", "erase", "unlock", "import"}),
    "sees": frozenset({"unseal", "see_results", "make_envelopes", "take_list"}),
    "unblinds": frozenset({"unblind"}),
}
_APART: frozenset[frozenset[Duty]] = frozenset(
    {
        frozenset({"enters", "asks"}),
        frozenset({"enters", "governs"}),
        frozenset({"enters", "sees"}),
        frozenset({"asks", "sees"}),
        frozenset({"governs", "sees"}),
        frozenset({"asks", "unblinds"}),
        frozenset({"governs", "unblinds"}),
    }
)
# Acts that nobody can do without seeing the participants' records; the same acts in another role that is given less
# (`reads: []`) are done blindly.
_LOOKING = (
    _RIGHTS["enters"]
    | _RIGHTS["asks"]
    | frozenset(
        {"consent_part", "draft", "strike", "correct_date", "fail_screening", "end_withdrawal", "mark_in_error"}
    )
    | frozenset({"transfer", "report_deviation", "cut", "see_allocation", "unblind", "review_trail"})
)
# Whoever appoints to a role with one of these must hold it: nobody makes anybody more than they are themselves.
_HIGH = _RIGHTS["governs"] | _RIGHTS["sees"]
_ARMS = _RIGHTS["sees"] | _RIGHTS["unblinds"] | {"see_allocation"}


@lru_cache(maxsize=256)
def rights_of(role: Role) -> frozenset[str]:
    """Everything that the role grants: its acts, and what it lets be read, as `see_participants` and `see_results`.

    Where a role does not say what it reads, it reads what its acts need; and the results by arm, where it may both see
    allocations and unseal them.
    """
    acts = frozenset(role.acts)
    if role.reads is not None:
        return acts | {f"see_{one}" for one in role.reads}
    looks = set() if acts.isdisjoint(_LOOKING) else {"see_participants"}
    return acts | looks | ({"see_results"} if {"see_allocation", "unseal"} <= acts else set())


def duties_of(role: Role) -> frozenset[Duty]:
    """What the role is for, by its rights."""
    granted = rights_of(role)
    return frozenset(duty for duty, rights in _RIGHTS.items() if not rights.isdisjoint(granted))


def in_conflict(one: Role, other: Role) -> bool:
    """Whether nobody may hold both: a protocol says so, or their duties must be apart. A role agrees with itself."""
    if one.id == other.id:
        return False
    if other.id in one.conflicts_with or one.id in other.conflicts_with:
        return True
    return any(frozenset({a, b}) in _APART for a in duties_of(one) for b in duties_of(other))


def sighted(role: Role, saw: Iterable[str], roles: Mapping[str, Role]) -> str | None:
    """The first of the roles in which arms were seen that keeps one from `role` for good; None: none does.

    What may not be held beside a role is not taken up after it either, once arms were seen in it. A role that the
    protocol does not have any more was for seeing.
    """
    for one in saw:
        if one in roles and in_conflict(role, roles[one]):
            return one
        if one not in roles and any(frozenset({"sees", duty}) in _APART for duty in duties_of(role)):
            return one
    return None


def above(role: Role, own: Collection[Role]) -> tuple[str, ...]:
    """The high rights of `role` that none of one's own roles grants: with any, nobody may appoint to it or dismiss."""
    held = {right for one in own for right in rights_of(one)}
    # Whoever may unseal decides who reads by arm, and need not do so themselves, make envelopes or take lists.
    held |= {"see_results", "make_envelopes", "take_list"} if "unseal" in held else set()
    return tuple(sorted(right for right in rights_of(role) if right in _HIGH and right not in held))


def beyond(own: Collection[Role], role: Role) -> tuple[str, ...]:
    """The rights of `role` that who holds `own` must not give themselves: of a duty apart from theirs, to see arms."""
    held = {right for one in own for right in rights_of(one)}
    has = {duty for one in own for duty in duties_of(one)}
    closed = {right for mine in has for duty in _RIGHTS if frozenset({mine, duty}) in _APART for right in _RIGHTS[duty]}
    return tuple(sorted(right for right in rights_of(role) if right not in held and right in closed | _ARMS))


def is_namesake(one: str, other: str) -> bool:
    """Whether two names may be one person's, who would then hold what they may not under two identifiers (F24)."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
