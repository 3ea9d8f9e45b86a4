"""Who was unblinded, why, by whom and who must know of it; what was assessed afterwards by somebody who knew the arm.

The monitor's report (ICH E6(R3) 4.1.4): every unblinding with its reason, each site's rate, emergencies that name no
event. Holds no arm and opens none. An assessment is whatever was entered or corrected that a result rests on; it counts
from the unblinding's entry on, and where the arm came out by mistake, from the day on which it did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.folder.study import Study
from equipoise.conduct.folder.versions import in_force
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.state.state import Unblinding
from equipoise.protocol.results import names_of_results

if TYPE_CHECKING:
    from equipoise.ledger import Entry, Store

__all__ = [
    "LaterAssessment",
    "ListedUnblinding",
    "SiteUnblindings",
    "Unblindings",
    "find_later_assessments",
    "find_unblindings",
    "list_unblindings",
]

_RECORDING = ("form_recorded", "value_corrected")


@dataclass(frozen=True, slots=True)
class ListedUnblinding:
    """One unblinding: its entry, whom it is about and where; the rest is as `Unblinding` has it."""

    entry: int
    participant: str
    site: str
    date: str
    at: str
    category: str
    by: str
    told: bool
    known_to: tuple[str, ...]
    event: int | None
    reason: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaterAssessment:
    """Entry `entry`, by somebody who knew the arm by the unblinding of entry `unblinding`: which items, where."""

    entry: int
    participant: str
    by: str
    at: str
    visit: str
    occurrence: int
    form: str
    items: tuple[str, ...]
    unblinding: int


@dataclass(frozen=True, slots=True)
class SiteUnblindings:
    """A site: how many were randomized, how many of them were unblinded, by category, and the share that is.

    `rate`: between 0 and 1; None where nobody was randomized. `without_event`: emergencies that name no serious event.
    """

    site: str
    randomized: int
    unblinded: int
    categories: Mapping[str, int]
    without_event: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class Unblindings:
    """What the monitor reads, of the sites that the reader sees: in the order of the ledger, and by site."""

    listed: tuple[ListedUnblinding, ...]
    sites: tuple[SiteUnblindings, ...]
    later: tuple[LaterAssessment, ...]

    def as_data(self) -> dict[str, Any]:
        """The same for JSON."""
        return asdict(self)


def find_unblindings(
    store: Store, study: str, inside: Collection[str] | None = None, upto: int | None = None
) -> list[ListedUnblinding]:
    """Every unblinding until entry `upto`, of these participants (None: of all)."""
    return [
        ListedUnblinding(
            entry.seq,
            entry.participant,
            entry.site or "",
            said["date"],
            str(entry.at),
            said["category"],
            entry.actor,
            said["told"],
            tuple(said["known_to"]),
            said["event"],
            said["reason"],
            tuple(said["notices"]),
        )
        for entry in store.read(study, upto=upto, kinds=("unblinded",))
        if entry.participant is not None
        and (inside is None or entry.participant in inside)
        and (said := entry.payload) is not None
    ]


def find_later_assessments(
    store: Store,
    study: str,
    unblindings: Sequence[ListedUnblinding],
    names: Collection[str],
    upto: int | None = None,
) -> list[LaterAssessment]:
    """What was entered of `names` by somebody who knew the arm of the participant by then. Reads nobody else."""
    found: list[LaterAssessment] = []
    for who in dict.fromkeys(one.participant for one in unblindings):
        own = [one for one in unblindings if one.participant == who]
        for entry in store.read(study, participant=who, upto=upto):
            said = entry.payload
            if entry.kind not in _RECORDING or said is None:
                continue
            items = tuple(dict.fromkeys(item for item in _items(said) if item in names))
            knew = next((one for one in own if _knew(one, entry)), None)
            if items and knew is not None:
                place = said["visit"], said["occurrence"], said["form"]
                found.append(LaterAssessment(entry.seq, who, entry.actor, str(entry.at), *place, items, knew.entry))
    return sorted(found, key=lambda one: one.entry)


def _knew(one: ListedUnblinding, entry: Entry) -> bool:
    seen_by = Unblinding(one.date, one.category, one.by, one.entry, one.at, "", one.told, one.known_to).seen_by
    return entry.actor in seen_by and (entry.seq > one.entry or (not one.told and str(entry.at)[:10] >= one.date))


def _items(said: Mapping[str, Any]) -> Iterator[str]:
    if "item" in said:
        yield said["item"]
        return
    yield from said["values"]
    yield from (item for rows in (said.get("groups") or {}).values() for row in rows for item in row)


def list_unblindings(study: Study, *, site: str | None = None) -> Unblindings:
    """The unblindings of the sites of which whoever looks may read (or of one `site`), without any arm.

    Raises Refusal for a person who reads none, and for a site that is not there for them.
    """
    own = study.reader().come_in("unblindings")
    sites = [known.id for known in study.protocol.sites if own is None or known.id in own]
    if site is not None and site not in sites:
        refuse("queries.site", site, site=site, sites=sites)
    people = {
        name: one
        for name, one in study.store.projection(study.id, "participants").items()
        if (own is None or one["site"] in own) and site in (None, one["site"])
    }
    listed = find_unblindings(study.store, study.id, people)
    names = names_of_results(in_force(study).united)
    later = find_later_assessments(study.store, study.id, listed, names)
    by_site = [
        _of_site(one, people, listed)
        for one in dict.fromkeys((*sites, *(person["site"] for person in people.values())))
        if site in (None, one)
    ]
    return Unblindings(tuple(listed), tuple(by_site), tuple(later))


def _of_site(site: str, people: Mapping[str, Mapping[str, Any]], listed: Sequence[ListedUnblinding]) -> SiteUnblindings:
    """By where the participants belong now."""
    mine = {name for name, one in people.items() if one["site"] == site}
    randomized = sum(bool(people[name]["randomized"]) for name in mine)
    here = [one for one in listed if one.participant in mine]
    unblinded = len({one.participant for one in here})
    return SiteUnblindings(
        site,
        randomized,
        unblinded,
        dict(sorted(Counter(one.category for one in here).items())),
        sum(one.category == "emergency" and one.event is None for one in here),
        unblinded / randomized if randomized else None,
    )
