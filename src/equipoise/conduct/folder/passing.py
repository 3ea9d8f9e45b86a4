"""One pass over a ledger that keeps no record: who decided each entry, what stands, and whether the projections say so.

Records are nearly all that a ledger holds. Each is held against its line of the projection as it passes, and forgotten;
those that a later entry touched, or whose line is not the one expected, are replayed alone, from their own entries and
by the declarations of their kinds. So memory grows with participants and queries and not with entries. Only what is
proven equal counts: wherever anything differs, `verification` reads the plain way, and what that finds is told.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from equipoise.canonical import canonical_bytes, read_json
from equipoise.conduct.entries.in_place import in_place, kept_in, kept_of
from equipoise.conduct.entries.records import FORM_RECORDED, key_of
from equipoise.conduct.entries.study import PROJECTIONS_REBUILT
from equipoise.conduct.folder.deciding import Decided, check_decided
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.replay.projection import projections, record_key, record_row
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.state.state import ParticipantState, StudyState, empty_state
from equipoise.findings import Finding, Refusal
from equipoise.ledger.chain import entry_of
from equipoise.ledger.entry import ERASED

if TYPE_CHECKING:
    from equipoise.knowledge.records import RecordKey
    from equipoise.ledger import Entry, Store
    from equipoise.ledger.chain import Link

__all__ = ["NO_REPLAY", "Passing"]

_HELD: Final = 1000
"""So many lines of the projection are asked for at once."""
_PATIENCE: Final = 5
NO_REPLAY = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What entries that say what no entry of this software says bring about."""
_WRONG = (*NO_REPLAY, Refusal)

Place = tuple[str, "RecordKey"]  # participant and record


@dataclass(slots=True)
class _Recorded:
    """A recorded form as `check_decided` and `apply` look at it; one object for all, because there are so many."""

    seq: int = 0
    kind: str = FORM_RECORDED.name
    act: str = ""
    actor: str = ""
    role: str = ""
    site: str | None = None
    participant: str | None = None
    at: str = ""
    payload: Any = None


class Passing:
    """Is given every link in order (`take`), and then asked whether all that is kept beside the ledger follows from it.

    `state`: the study without records. `decided`: what is wrong with who decided. `rebuilt`: the entries that say that
    the projections were written anew. `broken`: an entry says what no entry of this software says.
    """

    def __init__(self, store: Store, study: str, decided: Decided) -> None:
        self.state = empty_state(study)
        self.decided: list[Finding] = []
        self.rebuilt: list[int] = []
        self._store, self._study, self._by = store, study, decided
        try:
            self._kept, self.broken = kept_in(store, study), False
        except _WRONG:
            self._kept, self.broken = {}, True
        self.records = self.queries = 0
        self._recorded = _Recorded()
        self._waiting: list[tuple[str, str, int]] = []
        # Of each recorded form the hash of its place, its number, and whether its line was the one expected.
        self._hashes, self._numbers, self._held = array("q"), array("q"), bytearray()
        self._touched: dict[Place, list[int]] = {}
        self._differ: set[Place] = set()

    def take(self, link: Link) -> None:
        """The next link, which was looked at already."""
        if self.broken:
            return
        try:
            if link[1] == FORM_RECORDED.name and link[12] is not None:
                self._take_form(link)
            else:
                for entry in in_place([entry_of(self._study, link)], self._kept):
                    self._take_other(entry)
        except _WRONG:
            self.broken = True

    def _take_form(self, link: Link) -> None:
        seq, _, act, actor, role, site, participant, at, *_, payload = link
        text = bytes(payload or b"").decode()
        said = read_json(text)
        one = self._recorded
        one.seq, one.act, one.actor, one.role, one.at = seq, act, actor, role, at
        one.site, one.participant, one.payload = site, participant, said
        entry = cast("Entry", one)
        self.decided += check_decided(self._by, self.state, entry)
        person = self.state.participants.get(participant or "")
        if person is None or participant is None or person.drafts or not said:
            self._apply(entry)
        else:
            self.state.seq, self.state.at = seq, str(at)
        if person is None or participant is None or not said:
            return
        key = key_of(said)
        place = participant, key
        self._hashes.append(hash(place))
        self._numbers.append(seq)
        self._held.append(0)
        self._waiting.append((record_key(participant, *key), _line(text, said, seq), len(self._numbers) - 1))
        if len(self._waiting) >= _HELD:
            self._hold()

    def _take_other(self, entry: Entry) -> None:
        self.decided += check_decided(self._by, self.state, entry)
        if entry.kind == PROJECTIONS_REBUILT.name:
            self.rebuilt.append(entry.seq)
        self._apply(entry)
        self._touch(entry)

    def _apply(self, entry: Entry) -> None:
        """By the declarations, and what they leave of a record is forgotten."""
        apply(self.state, entry)
        person = self.state.participants.get(entry.participant or "")
        if person is not None and person.records:
            person.records.clear()
            person.versions.clear()
            person.entered.clear()

    def _touch(self, entry: Entry) -> None:
        """Which record an entry makes other than it was recorded; replayed alone at the end."""
        said = entry.payload
        of = said.get("kind", "") if said and entry.kind == ERASED else entry.kind
        kind = KIND_OF.get(of)
        if kind is not None and kind.kept_in == "records" and said and "form" in said and entry.participant:
            self._touched.setdefault((entry.participant, key_of(said)), []).append(entry.seq)

    def _hold(self) -> None:
        """What waits against the lines of the projection."""
        lines = self._store.lines(self._study, "records", [key for key, _, _ in self._waiting])
        for key, line, place in self._waiting:
            if lines.get(key) == line:
                self._held[place] = 1
            else:
                participant, visit, occurrence, form = key.split(" ")
                self._differ.add((participant, (visit, int(occurrence), form)))
        self._waiting.clear()

    def holds(self) -> bool:
        """Whether every projection is what the entries leave. False: it is not, or nobody can tell from here."""
        if self.broken:
            return False
        try:
            self._hold()
            for _ in range(_PATIENCE):
                self._catch_up()
                equal = self._equal()
                if self._store.head(self._study).seq <= self.state.seq:
                    return equal
        except _WRONG:
            return False
        return False

    def _catch_up(self) -> None:
        """What was entered meanwhile: decided since, and looked at by the next who verifies."""
        later = list(self._store.read(self._study, after=self.state.seq))
        self._kept = {**self._kept, **kept_of(later)}
        for entry in in_place(later, self._kept):
            self._apply(entry)
            self._touch(entry)

    def _equal(self) -> bool:
        wanted = projections(self.state)
        self.queries = len(wanted["queries"])
        for name in ("participants", "queries"):
            if self._store.projection(self._study, name) != wanted[name]:
                return False
        alone = list({*self._touched, *self._differ})
        numbers, doubtful = self._numbers_of(alone)
        standing = sum(self._held) - doubtful
        for begin in range(0, len(alone), _HELD):
            places = alone[begin : begin + _HELD]
            rows = self._replayed(places, numbers)
            lines = self._store.lines(self._study, "records", [record_key(who, *key) for who, key in places])
            if rows.keys() != lines.keys() or any(read_json(lines[key]) != row for key, row in rows.items()):
                return False
            standing += len(rows)
        self.records = standing
        # Each line that held is of another entry; so where there are no more lines, no line is without its entries.
        return self._store.count(self._study, "records") == self.records

    def _numbers_of(self, places: Iterable[Place]) -> tuple[dict[int, list[int]], int]:
        """The numbers of the forms recorded at these places, by the hash of the place; how many of their lines held."""
        wanted: dict[int, list[int]] = {hash(place): [] for place in places}
        held = 0
        for at, hashed in enumerate(self._hashes):
            if hashed in wanted:
                wanted[hashed].append(self._numbers[at])
                held += self._held[at]
        return wanted, held

    def _replayed(self, places: Iterable[Place], numbers: Mapping[int, list[int]]) -> dict[str, Any]:
        """The records at these places, each from its own entries."""
        own = {place: sorted({*numbers[hash(place)], *self._touched.get(place, ())}) for place in places}
        asked = {seq for seqs in own.values() for seq in seqs}
        entries = {one.seq: one for one in in_place(self._store.numbered(self._study, asked), self._kept)}
        rows = {}
        for (who, key), seqs in own.items():
            alone = StudyState(self._study, whole=True, participants={who: ParticipantState(who, "", "")})
            for entry in (entries[seq] for seq in seqs):
                if entry.participant == who and entry.payload and key_of(entry.payload) == key:
                    apply(alone, entry)
            if (record := alone.participants[who].records.get(key)) is not None:
                rows[record_key(who, *key)] = record_row(record)
        return rows


def _line(text: str, said: Mapping[str, Any], seq: int) -> str:
    """The line of the projection for a form that nothing touched since, as canonical JSON.

    Its values and groups stand in the payload already as they must stand in the line, and are taken as they stand.
    """
    values, observed = said["values"], said.get("observed")
    groups = said.get("groups") or {}
    if type(values) is dict and type(groups) is dict and (observed is None or type(observed) is str):
        day = "null" if observed is None else f'"{observed}"'
        told, grouped = _standing(text, said, "values"), _standing(text, said, "groups") if groups else "{}"
        if told and grouped:
            return f'{{"groups":{grouped},"observed":{day},"seq":{seq},"values":{told}}}'
    rows = {group: [dict(row) for row in rows] for group, rows in groups.items()}
    row = {"seq": seq, "observed": observed, "values": dict(values.items()), "groups": rows}
    return canonical_bytes(row).decode()


def _standing(text: str, said: Mapping[str, Any], name: str) -> str:
    """What stands in the text under a name, up to the next; empty where that cannot be told without reading it.

    Where nothing is escaped, a text in quotes with a colon behind it can only be a name, and where it stands once, it
    is the one that was read.
    """
    names = list(said)
    place = names.index(name) + 1
    if "\\" in text or place >= len(names):
        return ""
    begin, end = f'"{name}":', f',"{names[place]}":'
    if text.count(begin) != 1 or text.count(end[1:]) != 1:
        return ""
    return text[text.index(begin) + len(begin) : text.index(end)]
