"""One participant's casebook: all that was ever entered, in the order of the visits, each value with its past.

Three copies of the same: a page in each language, tables, and data. ICH E6(R3) 3.16.1(k): the investigator has it at
any time; 21 CFR 11.10(b): complete, readable by people and by machines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.in_place import in_place, kept_of
from equipoise.conduct.folder.versions import in_force
from equipoise.conduct.state.query import query_row
from equipoise.protocol.scope import identifying_names
from equipoise.reports.copies.history import Leaf, pages_of
from equipoise.reports.copies.reader import CopyReader, arm_for, participant_for, reader_of
from equipoise.reports.copies.telling import WITHHELD, Telling
from equipoise.reports.copies.writing import last_entry

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.state import ParticipantState
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol

__all__ = ["Casebook", "read_casebook"]


@dataclass(frozen=True)
class Casebook:
    """What one reader may read of one participant, as of entry `last`. `arm`: None where it is not theirs to know.

    `rows`: every entry about the participant as the trail tells it. `signed`: entry to the entry whose signature
    covers it. `queries`: as the projection keeps them. `telling`: tells one more of its entries to the reader.
    """

    protocol: Protocol
    reader: CopyReader
    person: ParticipantState
    last: Entry
    arm: str | None
    pages: Sequence[Leaf]
    rows: Sequence[Mapping[str, Any]]
    signed: Mapping[int, int]
    queries: Sequence[Mapping[str, Any]]
    environment: str
    telling: Telling

    @property
    def hidden(self) -> frozenset[str]:
        """Items whose answers this reader may not know."""
        return frozenset() if self.reader.knows(self.person.site) else frozenset(identifying_names(self.protocol))

    def shown(self, item: str, value: Any) -> Any:
        """The value, or that it is withheld."""
        return WITHHELD if item in self.hidden and value is not None else value


def read_casebook(study: Study, participant: str, as_: str | None = None) -> Casebook:
    """Read it. Raises Refusal where there is no such participant, or the reader may not read of them."""
    reader = reader_of(study, as_, "casebook")
    person = participant_for(reader, study, participant)
    force, last = in_force(study), last_entry(study)
    read = list(study.store.read(study.id, participant=person.id))
    entries = list(in_place(read, kept_of(read)))
    arm = arm_for(reader, study, person)
    telling = Telling(force.united, reader)
    places = _places(force.united)
    return Casebook(
        protocol=force.united,
        reader=reader,
        person=person,
        last=last,
        arm=arm,
        pages=[
            _in_order(page, force.united)
            for page in sorted(pages_of(entries), key=lambda page: (*places(page), page.entry.seq))
        ],
        rows=[telling.row(entry, site=person.site) for entry in entries],
        signed=_signed(study, entries),
        queries=[query_row(query) for query in person.queries.values()],
        environment=study.environment,
        telling=telling,
    )


def _places(protocol: Protocol) -> Callable[[Leaf], tuple[int, str, int, int, str]]:
    visits = {visit.id: place for place, visit in enumerate(protocol.visits)}
    forms = {form.id: place for place, form in enumerate(protocol.forms)}

    def place(page: Leaf) -> tuple[int, str, int, int, str]:
        visit, occurrence, form = page.key
        return visits.get(visit, len(visits)), visit, occurrence, forms.get(form, len(forms)), form

    return place


def _in_order(page: Leaf, protocol: Protocol) -> Leaf:
    """Its values as the form asks them; what the form asks no longer stands at the end."""
    form = protocol.form_by_id.get(page.key[2])
    asked = {item.id: place for place, (_, item) in enumerate(form.all_items())} if form is not None else {}
    groups = {group.id: place for place, group in enumerate(form.groups, start=1)} if form is not None else {}

    def place(at: tuple[str | None, int | None, str]) -> tuple[int, int, int, str]:
        group, row, item = at
        return groups.get(group or "", 0), row or 0, asked.get(item, len(asked)), item

    page.cells = dict(sorted(page.cells.items(), key=lambda one: place(one[0])))
    return page


def _signed(study: Study, entries: Sequence[Entry]) -> dict[int, int]:
    """Which signature covers an entry: the first one at it or after it, for each names the hash of the one before."""
    signed = sorted(seq for seq, _ in study.store.signatures(study.id))
    found: dict[int, int] = {}
    place = 0
    for entry in entries:
        while place < len(signed) and signed[place] < entry.seq:
            place += 1
        if place < len(signed):
            found[entry.seq] = signed[place]
    return found
