"""Sites and roles: places with a clock, and acts that somebody may do."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from equipoise.protocol.checks.inspection import Inspection
from equipoise.roles import roles_of_every_study

__all__ = ["check_people"]

_COUNTRY = re.compile("[A-Z]{2}")

# Without these acts no trial can be carried out to its end; `randomize` and `unseal` are needed unless allocation was
# made elsewhere, `unblind` where somebody may have to be treated by an arm that nobody knows (ICH E6(R3) 4.1.4). The
# roles of every study count, where the protocol puts none of its own in their place.
_NEEDED = ("screen", "consent", "record", "correct", "enroll", "withdraw")
_OF_THE_STUDY = ("open_site", "appoint", "lock", "unlock", "erase")
# What one act begins, another must be able to go on with or to end.
_FOLLOWS = (
    ("make_envelopes", "enter_envelope"),
    ("enter_envelope", "make_envelopes"),
    ("raise_query", "answer_query"),
    ("answer_query", "close_query"),
    ("pause", "resume"),
    ("amend", "adopt"),
)
_OF_SITES = frozenset({"record", "correct", "answer_query"})


def check_people(look: Inspection) -> None:
    """Every site and every role."""
    known: dict[str, bool] = {}
    for i, site in enumerate(look.protocol.sites):
        if not _COUNTRY.fullmatch(site.country) and not look.excused(site.id):
            look.add("site.country", ("sites", i, "country"), country=site.country)
        if site.timezone not in known:
            try:
                ZoneInfo(site.timezone)
            except (ValueError, OSError, KeyError):
                known[site.timezone] = False
            else:
                known[site.timezone] = True
        if not known[site.timezone]:
            look.add("site.timezone", ("sites", i, "timezone"), timezone=site.timezone)
    roles = {role.id: role for role in look.protocol.roles}
    granted: set[str] = set()
    for i, role in enumerate(look.protocol.roles):
        path = ("roles", i)
        granted |= set(role.acts)
        for j, act in enumerate(role.acts):
            if act in role.acts[:j]:
                look.warn("role.act_twice", (*path, "acts", j), act=act)
        for j, other in enumerate(role.conflicts_with):
            if other == role.id:
                look.add("role.conflict_with_itself", (*path, "conflicts_with", j), role=role.id)
            else:
                look.refer((*path, "conflicts_with", j), other, roles, "role")
        if "close_query" in role.acts and (own := sorted(_OF_SITES & set(role.acts))):
            closing = role.acts.index("close_query")
            look.warn("role.closes_own_answers", (*path, "acts", closing), role=role.id, act=own[0])
        if "results" in (role.reads or ()) and (own := sorted(_OF_SITES & set(role.acts))):
            look.warn("role.reads_results", (*path, "reads"), role=role.id, act=own[0])
        unblinding = [act for act in role.acts if act in ("see_allocation", "unseal")]
        if unblinding and look.protocol.randomization.blinding == "double" and {"record", "randomize"} & set(role.acts):
            look.warn("role.unblinded", (*path, "acts"), role=role.id, act=unblinding[0])
    if look.protocol.roles and look.whole and not look.lost:
        recorded = look.protocol.randomization.scheme.value.kind == "recorded"
        asks = any(check.severity == "query" for form in look.protocol.forms for check in form.checks)
        queried = ("answer_query", "close_query") if asks else ()
        parts = ("consent_part",) if look.protocol.consent_parts else ()
        # The importer is there as long as an import is, and does no duty afterwards.
        always = [role for role in roles_of_every_study() if role.id not in {*roles, "importer"}]
        granted |= {act for role in always for act in role.acts}
        drawn = ("record_allocation",) if recorded else ("randomize", "unseal")
        blinded = ("unblind",) if look.protocol.randomization.blinding != "open" else ()
        needed = (*_NEEDED, *drawn, *blinded, *_OF_THE_STUDY, *queried, *parts)
        for act in needed:
            if act not in granted:
                look.warn("role.nobody_may", ("roles",), act=act)
        for begun, act in _FOLLOWS:
            if begun in granted and act not in granted and act not in needed:
                look.warn("role.nobody_may/after", ("roles",), act=act, begun=begun)
