"""Who works at the sites of a rehearsal: one person for each role, with a name that is plainly nobody's.

Chinese names say 某 (so-and-so) with a counting sign; others bear a family name such as Example.
"""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.conduct.authority import CUSTODIAN, IMPORTER, roles_of
from equipoise.protocol.document import Protocol, Site

__all__ = ["Staff", "appointments", "fictitious_name", "language_of"]

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
    """One appointed person; `site` is None for those who work for the whole study."""

    person: str
    name: str
    role: str
    site: str | None


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

    The custodian is there already, and the importer only while a file is taken in.
    """
    people: list[Staff] = []
    roles = [role for role in roles_of(protocol).values() if role.id not in (CUSTODIAN, IMPORTER)]
    central = next((site for site in protocol.sites if language_of(site) == "zh"), protocol.sites[0])
    for role in roles:
        if not role.own_site_only:
            name = fictitious_name(len(people), language_of(central))
            people.append(Staff(role.id, name, role.id, None))
    for site in protocol.sites:
        for role in roles:
            if role.own_site_only:
                name = fictitious_name(len(people), language_of(site))
                people.append(Staff(f"{site.id}-{role.id}", name, role.id, site.id))
    return people
