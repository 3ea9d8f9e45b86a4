"""Whom a site must turn to: who has still to sign the version of the consent in force, and who received a lot.

Answers for the sites of which whoever looks may read, and names no arm. What marks a lot is the protocol's item with
the CDASH name EXLOT (or ECLOT). Refuses to know why somebody must be reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from equipoise.conduct.folder.reading import day_of_looking
from equipoise.conduct.folder.study import Study
from equipoise.conduct.folder.versions import in_force
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.state.versions import follows

__all__ = ["AwaitedConsent", "Received", "awaited_consents", "consents_waiting", "received_lot"]

_LOTS = ("EXLOT", "ECLOT")
_GONE = ("withdrawn", "screen_failed")


@dataclass(frozen=True, slots=True)
class AwaitedConsent:
    """Who gave the consent (the last version and its day) and has not signed the version in force at the site."""

    participant: str
    site: str
    given: str
    on: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Received:
    """One record that names the lot: of whom, where, in which entry; `row` counts from 1 in a group (None: none)."""

    participant: str
    site: str
    visit: str
    occurrence: int
    form: str
    item: str
    row: int | None
    lot: str
    observed: str | None
    entry: int


def awaited_consents(study: Study, *, site: str | None = None, now: datetime | None = None) -> list[AwaitedConsent]:
    """Of the sites that whoever looks may read, in the order of screening.

    Raises Refusal for an unknown site, and for a person who may read of no participant.
    """
    own = _sites(study, site)
    return [
        one for one in consents_waiting(study, now) if (own is None or one.site in own) and site in (None, one.site)
    ]


def consents_waiting(study: Study, now: datetime | None = None) -> list[AwaitedConsent]:
    """Of every site; whoever shows more than numbers asks `awaited_consents`."""
    state, force = load_study(study.store, study.id), in_force(study)
    last = next(iter(study.store.read(study.id, after=study.store.head(study.id).seq - 1)), None)
    today = day_of_looking(state.environment, last.at if last is not None else "", now or datetime.now(UTC))[:10]
    given: dict[str, list[tuple[str, str]]] = {}
    for entry in study.store.read(study.id, kinds=("consented",)):
        if entry.payload is not None and entry.participant is not None:
            given.setdefault(entry.participant, []).append((entry.payload["version"], entry.payload["date"]))
    found = []
    for name, person in study.store.projection(study.id, "participants").items():
        digest = follows(state, person["site"], today)
        protocol = next((one.protocol for one in force.versions if one.digest == digest), force.newest.protocol)
        wanted, signed = protocol.consent_version.value, given.get(name, [])
        if signed and person["status"] not in _GONE and wanted not in {version for version, _ in signed}:
            found.append(AwaitedConsent(name, person["site"], *signed[-1], wanted))
    return found


def received_lot(study: Study, lot: str, *, site: str | None = None) -> list[Received]:
    """Every record of the lot, at the sites that whoever looks may read; written otherwise in case or with spaces, too.

    Raises Refusal where the protocol marks no item as a lot, where nobody has such a lot, and as `awaited_consents`.
    """
    own = _sites(study, site)
    protocol = in_force(study).united
    items = {item.id for _, _, item in protocol.item_by_id.values() if item.cdash in _LOTS}
    if not items:
        refuse("lot.no_item", study.id)
    people = study.store.projection(study.id, "participants")
    rows = [
        one
        for key, record in study.store.projection(study.id, "records").items()
        for one in _lots(key, record, people, items)
        if (own is None or one.site in own) and site in (None, one.site)
    ]
    found = [one for one in rows if _same(one.lot, lot)]
    if not found:
        known = sorted({one.lot for one in rows})
        refuse("lot.nobody" if known else "lot.nobody/none", lot, lot=lot, **({"lots": known[:12]} if known else {}))
    return sorted(found, key=lambda one: (one.site, one.participant, one.entry, one.row or 0))


def _sites(study: Study, site: str | None) -> frozenset[str] | None:
    reader = study.reader()
    own = reader.come_in("queries")
    sites = [known.id for known in study.protocol.sites if own is None or known.id in own]
    if site is not None and site not in sites:
        with nullcontext() if own is None else reader.keeping("queries"):
            refuse("queries.site", site, site=site, sites=sites)
    return own


def _lots(
    key: str, record: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]], items: Iterable[str]
) -> Iterator[Received]:
    participant, visit, occurrence, form = key.split(" ")
    places: list[tuple[int | None, Mapping[str, Any]]] = [(None, record["values"])]
    places += [(n, row) for rows in record["groups"].values() for n, row in enumerate(rows, start=1)]
    for row, values in places:
        for item in items:
            if values.get(item) is not None:
                where = (participant, people[participant]["site"], visit, int(occurrence), form, item, row)
                yield Received(*where, str(values[item]), record["observed"], record["seq"])


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
