"""Who works at the sites of a rehearsal, one person for each role, and who does what there.

Names are plainly nobody's: Chinese ones say 某 (so-and-so) with a counting sign, others Example and the like.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from equipoise.conduct.authority import CUSTODIAN, roles_of
from equipoise.protocol.document import Protocol, Site
from equipoise.roles import roles_of_every_study
from equipoise.virtual.words import phrase, refuse

__all__ = ["Staff", "appointments", "fictitious_name", "find_actors", "language_of"]

_NEEDED = ("screen", "consent", "record", "enroll")
_ALSO = ("correct", "withdraw", "report_deviation")
# What a physician decides; the rest is the work of whoever may do least.
_OF_PHYSICIANS = frozenset({"consent", "enroll", "randomize", "record_allocation", "withdraw", "record_true_stratum"})
_CHINESE_PLACES = frozenset({"CN", "TW", "HK", "MO", "CHN"})
_SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖周"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_GIVEN = (
    "Alex",
    "Robin",
    "Sam",
    "Kim",
    "Jo",
    "Chris",
    "Pat",
    "Lee",
    "Max",
    "Noa",
    "Ira",
    "Uli",
    "Sasha",
    "Toni",
    "Dana",
)
_FAMILY = ("Example", "Sample", "Specimen", "Placeholder", "Template", "Mock", "Dummy", "Fictional", "Pretend")


@dataclass(frozen=True, slots=True)
class Staff:
    """One appointed person; `site` is None for those who work for the whole study, who are of an `organization`."""

    person: str
    name: str
    role: str
    site: str | None
    organization: str | None = None
    organization_zh: str | None = None


def language_of(site: Site | None) -> str:
    """The language in which a site writes: Chinese in Chinese-speaking places, English elsewhere."""
    return "zh" if site is not None and site.country.upper() in _CHINESE_PLACES else "en"


def fictitious_name(number: int, language: str) -> str:
    """The name of the person with this number; different for the first 200 Chinese and 135 others."""
    if language == "zh":
        return f"{_SURNAMES[number % len(_SURNAMES)]}某{_STEMS[number // len(_SURNAMES) % len(_STEMS)]}"
    return f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number // len(_GIVEN) % len(_FAMILY)]}"


def appointments(protocol: Protocol) -> list[Staff]:
    """One person for each role: at every site when the role is bound to its own site, otherwise one for the study.

    The custodian is there already, the importer only while a file is taken in, and inspectors come when they come.
    """
    people: list[Staff] = []
    roles = [
        role for role in roles_of(protocol).values() if role.id != CUSTODIAN and role not in roles_of_every_study()
    ]
    central = next((site for site in protocol.sites if language_of(site) == "zh"), protocol.sites[0])
    sponsor = protocol.study.sponsor or phrase("organization.fictitious")
    office = sponsor.in_("en"), sponsor.in_("zh")
    for role in roles:
        if not role.own_site_only:
            name = fictitious_name(len(people), language_of(central))
            people.append(Staff(role.id, name, role.id, None, *office))
    for site in protocol.sites:
        for role in roles:
            if role.own_site_only:
                name = fictitious_name(len(people), language_of(site))
                people.append(Staff(f"{site.id}-{role.id}", name, role.id, site.id))
    return people


def find_actors(
    protocol: Protocol, staff: list[Staff], wanted: Collection[str] = ()
) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Who does which act at which site, and the acts that nobody may do; raises Refusal when one cannot be spared.

    `wanted` are acts that the scenario comes to besides those of every rehearsal.
    """
    also = (*_ALSO, *sorted(wanted))
    roles = roles_of(protocol)
    kind = protocol.randomization.scheme.value.kind
    needed = (*_NEEDED, "record_allocation" if kind == "recorded" else "randomize")
    found: dict[tuple[str, str], str] = {}
    for site in protocol.sites:
        for right in (*needed, *also):
            may = [s for s in staff if s.site in (site.id, None) and right in roles[s.role].acts]
            # People of the site before those of the whole study; among them by how much they may do.
            rank = -1 if right in _OF_PHYSICIANS else 1
            may.sort(key=lambda s: (s.site is None, rank * len(roles[s.role].acts)))
            if may:
                found[site.id, right] = may[0].person
    held = {right for _, right in found}
    lacking = [right for right in needed if right not in held]
    if lacking:
        refuse("rehearsal.nobody_may", "roles", acts=tuple(lacking))
    return found, [right for right in also if right not in held]
