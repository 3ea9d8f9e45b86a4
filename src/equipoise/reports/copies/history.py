"""The records of one participant with everything that ever happened to each value: entered, corrected, struck, erased.

Made from the participant's entries in their order; what stands at the end equals what the desk has (a test holds it to
that). Knows no page and no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.made import MadeBy, made_by
from equipoise.conduct.entries.records import key_of
from equipoise.ledger.entry import ERASED

if TYPE_CHECKING:
    from equipoise.knowledge.records import RecordKey
    from equipoise.ledger import Entry

__all__ = ["KeptValue", "Leaf", "ValueStep", "pages_of"]

Place = tuple[str | None, int | None, str]
"""Group and row (from 1) of a repeating group, or None and None; and the item."""


@dataclass(frozen=True, slots=True)
class ValueStep:
    """One thing that happened to a value: `entry` made it `new`; `made`: by this rule, and not by a person."""

    what: str
    entry: Entry
    old: Any
    new: Any
    reason: str
    made: MadeBy | None = None

    @property
    def actor(self) -> str:
        """Who says it: the person, or the rule that made it."""
        return self.entry.actor if self.made is None else self.made.rule

    @property
    def role(self) -> str:
        """In which role; of a rule, of which protocol."""
        return self.entry.role if self.made is None else self.made.version


@dataclass(slots=True)
class KeptValue:
    """One value: as it stands (None: empty), and its steps."""

    place: Place
    value: Any
    steps: list[ValueStep] = field(default_factory=list)


@dataclass(slots=True)
class Leaf:
    """One record. `ended`: the entry by which it was struck out or erased; of what was erased only that is left."""

    key: RecordKey
    entry: Entry
    observed: str | None
    version: str
    checks: list[Mapping[str, Any]]
    cells: dict[Place, KeptValue]
    ended: Entry | None = None
    ended_as: str = ""
    ended_reason: str = ""
    draft: bool = False


def pages_of(entries: Iterable[Entry]) -> list[Leaf]:
    """The records in the order in which they were made, with those that hold no longer."""
    made: list[Leaf] = []
    standing: dict[RecordKey, Leaf] = {}
    erased: dict[int, Entry] = {}
    for entry in entries:
        said = entry.payload
        if entry.kind == "form_recorded" and said is None:
            erased[entry.seq] = entry
        elif entry.kind == ERASED and said is not None and "places" in said:
            _erase_values(made, entry, said)
        elif entry.kind == ERASED and said is not None and said["erases"] in erased and "form" in said:
            gone = Leaf(key_of(said), erased[said["erases"]], None, "", [], {})
            gone.ended, gone.ended_as, gone.ended_reason = entry, "erased", said["reason"]
            made.append(gone)
        elif said is None:
            continue
        elif entry.kind in ("form_recorded", "form_drafted"):
            page = _page(entry, said)
            _end_draft(made, page)
            made.append(page)
            if not page.draft:
                standing[page.key] = page
        elif entry.kind == "value_corrected" and (known := standing.get(key_of(said))) is not None:
            _correct(known, entry, said)
        elif entry.kind == "record_struck" and (known := standing.pop(key_of(said), None)) is not None:
            known.ended, known.ended_as, known.ended_reason = entry, "struck", said["reason"]
    return made


def _page(entry: Entry, said: Mapping[str, Any]) -> Leaf:
    draft = entry.kind == "form_drafted"
    page = Leaf(
        key_of(said),
        entry,
        said.get("observed"),
        str(said.get("form_version", "")),
        list(said.get("checks", ())),
        {},
        draft=draft,
    )
    places: list[tuple[Place, Any]] = [((None, None, item), value) for item, value in said["values"].items()]
    for group, rows in (said.get("groups") or {}).items():
        places += [
            ((group, number, item), value) for number, row in enumerate(rows, start=1) for item, value in row.items()
        ]
    for place, value in places:
        page.cells[place] = KeptValue(
            place,
            value,
            [ValueStep("drafted" if draft else "recorded", entry, None, value, "", made_by(said, place[2]))],
        )
    return page


def _end_draft(made: list[Leaf], page: Leaf) -> None:
    """What was half filled is replaced by the next draft, or by the form itself."""
    for one in made:
        if one.draft and one.ended is None and one.key == page.key:
            one.ended, one.ended_as = page.entry, "replaced"


def _correct(page: Leaf, entry: Entry, said: Mapping[str, Any]) -> None:
    if "observed" in said:
        page.observed = said["observed"]
    place = (said["group"], said["row"], said["item"])
    cell = page.cells.setdefault(place, KeptValue(place, None))
    cell.value = said["new"]
    cell.steps.append(ValueStep("corrected", entry, said["old"], said["new"], said["reason"], made_by(said)))
    page.checks += said.get("checks", ())


def _erase_values(made: list[Leaf], entry: Entry, said: Mapping[str, Any]) -> None:
    """That a value stood there stays; which one, nobody can tell any more."""
    page = next((one for one in made if one.entry.seq == said["record"]), None)
    if page is None:
        return
    for group, row, item in said["places"]:
        cell = page.cells.setdefault((group, row, item), KeptValue((group, row, item), None))
        cell.steps.append(ValueStep("erased", entry, None, None, said["reason"]))
