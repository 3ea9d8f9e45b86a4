"""A ledger in memory, for rehearsals, simulations and tests: the plain twin that the SQL store is held to.

Keeps every promise of `Store` but one: it is gone when the process ends. Threads share it safely, processes cannot.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from equipoise.canonical import canonical_bytes, read_json
from equipoise.findings import Finding
from equipoise.ledger.chain import Link, Salts, bind, check_free, entry_of, erasure_of, random_salt
from equipoise.ledger.entry import REFUSED, UNSET, Entry, Fact, Head, Stamp, Unset
from equipoise.ledger.signing import Signer
from equipoise.ledger.store import PayloadRow
from equipoise.ledger.turn import check_turn
from equipoise.ledger.witness import Witness
from equipoise.ledger.words import refuse

__all__ = ["MemoryStore"]

Index = dict[Any, list[int]]


class _Study:
    """One study's links with their indices. `committed` is how many links others may see.

    A writer appends to the same list that readers read: what lies beyond `committed` is there and not yet true. So
    readers need no lock and never wait, as with SQLite's write-ahead log, and going back is forgetting the tail.
    """

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.links: list[Link] = []
        self.committed = 0
        self.by_participant: Index = defaultdict(list)
        self.by_kind: Index = defaultdict(list)
        self.by_act: Index = defaultdict(list)
        self.projections: dict[str, dict[str, bytes]] = {}
        self.signatures: dict[int, bytes] = {}

    def head(self, length: int) -> Head:
        return Head(length, self.links[length - 1].hash) if length else Head()

    def hash_at(self, seq: int) -> str | None:
        return self.links[seq - 1].hash if 0 < seq <= self.committed else None

    def add(self, link: Link) -> None:
        self.links.append(link)
        for index, key in self._keys(link):
            index[key].append(link.seq)

    def cut_back(self) -> None:
        """Forget what was not committed: the newest numbers stand last in every index."""
        while len(self.links) > self.committed:
            for index, key in self._keys(self.links.pop()):
                index[key].pop()

    def _keys(self, link: Link) -> Iterable[tuple[Index, str | None]]:
        return (self.by_participant, link.participant), (self.by_kind, link.kind), (self.by_act, link.act)

    def select(
        self, after: int, upto: int, participant: str | Unset | None, kinds: Collection[str] | None
    ) -> Iterator[Link]:
        numbers: Iterable[int]
        # Copies, where an index is read: this is a generator, and a writer may append while somebody still reads.
        if participant is not UNSET:
            numbers = list(self.by_participant.get(participant, ()))
        elif kinds is not None:
            numbers = sorted(chain.from_iterable(self.by_kind.get(kind, ()) for kind in set(kinds)))
        else:
            numbers = range(max(after, 0) + 1, upto + 1)
        for seq in numbers:
            if after < seq <= upto and (kinds is None or self.links[seq - 1].kind in kinds):
                yield self.links[seq - 1]


class _MemoryWriter:
    """The writer of one study; see `Writer`.

    Links go into the study at once, because the writer must read what it wrote; erasures and projections, which change
    what others see already, wait here until `commit`.
    """

    def __init__(self, name: str, study: _Study, salts: Salts) -> None:
        self._name, self._study, self._salts = name, study, salts
        self._own: set[str] = set()
        self.puts: dict[tuple[str, str], bytes | None] = {}
        self.erased: set[int] = set()

    @property
    def head(self) -> Head:
        return self._study.head(len(self._study.links))

    def append(self, stamp: Stamp, facts: Sequence[Fact]) -> list[Entry]:
        links = bind(self._name, self.head, stamp, facts, self._salts)
        # An act may append several times within its own transaction, and send again what was refused before.
        if any(link.kind != REFUSED for link in links) and stamp.act not in self._own:
            numbers = self._study.by_act.get(stamp.act, ())
            check_free(any(self._study.links[seq - 1].kind != REFUSED for seq in numbers), self._name, stamp.act)
            self._own.add(stamp.act)
        for link in links:
            self._study.add(link)
        return [entry_of(self._name, link) for link in links]

    def read(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        participant: str | Unset | None = UNSET,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        length = len(self._study.links)
        last = length if upto is None else min(upto, length)
        chosen = self._study.select(after, last, participant, kinds)
        return (entry_of(self._name, self._as_erased(link)) for link in chosen)

    def find_act(self, act: str) -> list[Entry]:
        links = (self._study.links[seq - 1] for seq in self._study.by_act.get(act, ()))
        return [entry_of(self._name, self._as_erased(link)) for link in links]

    def remove_payload(self, seq: int) -> None:
        self.erased.add(seq)

    def _as_erased(self, link: Link) -> Link:
        return link._replace(salt=None, payload=None) if link.seq in self.erased else link

    def put(self, name: str, key: str, value: Any | None) -> None:
        # Kept as bytes, as in SQL: nobody may change a projection through an object that was put there.
        self.puts[name, key] = None if value is None else canonical_bytes(value)

    def projection(self, name: str) -> dict[str, Any]:
        kept = dict(self._study.projections.get(name, {}))
        for (which, key), value in self.puts.items():
            if which == name and value is None:
                kept.pop(key, None)
            elif which == name and value is not None:
                kept[key] = value
        return {key: read_json(value) for key, value in kept.items()}

    def projected(self, name: str, key: str) -> Any | None:
        kept = self._study.projections.get(name, {}).get(key)
        value = self.puts.get((name, key), kept)
        return None if value is None else read_json(value)

    def commit(self) -> None:
        study = self._study
        for seq in self.erased:
            study.links[seq - 1] = study.links[seq - 1]._replace(salt=None, payload=None)
        for (name, key), value in self.puts.items():
            if value is None:
                study.projections.get(name, {}).pop(key, None)
            else:
                study.projections.setdefault(name, {})[key] = value
        # Last: until this line, to every reader, nothing has been appended.
        study.committed = len(study.links)


class MemoryStore:
    """See `Store`. `salts` gives 16 bytes per entry; `lock_seconds` is how long a writer waits for its turn."""

    def __init__(self, *, salts: Salts | None = None, lock_seconds: float = 60.0, signer: Signer | None = None) -> None:
        self.signer = signer
        self.witness: Witness | None = None
        self._salts: Salts = salts or random_salt
        self._seconds = lock_seconds
        self._studies: dict[str, _Study] = {}

    def _study(self, name: str) -> _Study:
        # setdefault is atomic: two threads that meet here must share one lock.
        return self._studies.get(name) or self._studies.setdefault(name, _Study())

    def head(self, study: str) -> Head:
        one = self._study(study)
        return one.head(one.committed)

    def read(
        self,
        study: str,
        *,
        after: int = 0,
        upto: int | None = None,
        participant: str | Unset | None = UNSET,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        one = self._study(study)
        last = one.committed if upto is None else min(upto, one.committed)
        return (entry_of(study, link) for link in one.select(after, last, participant, kinds))

    def find_act(self, study: str, act: str) -> list[Entry]:
        one = self._study(study)
        numbers = [seq for seq in one.by_act.get(act, ()) if seq <= one.committed]
        return [entry_of(study, one.links[seq - 1]) for seq in numbers]

    @contextmanager
    def writing(self, study: str) -> Iterator[_MemoryWriter]:
        one = self._study(study)
        if not one.turn.acquire(timeout=self._seconds):
            refuse("ledger.locked/seconds", study, seconds=self._seconds)
        try:
            writer = _MemoryWriter(study, one, self._salts)
            head = writer.head
            check_turn(study, head, one.signatures.get(head.seq), self.signer, self.witness, one.hash_at)
            yield writer
            if self.signer is not None and writer.head != head:
                one.signatures[writer.head.seq] = self.signer.sign(study, writer.head)
            writer.commit()
        finally:
            # After a commit there is nothing beyond it; after an exception, KeyboardInterrupt included, all of it goes.
            one.cut_back()
            one.turn.release()

    def erase(self, study: str, seq: int, stamp: Stamp, reason: str) -> Entry:
        with self.writing(study) as writer:
            found = next(writer.read(after=seq - 1, upto=seq), None) if seq > 0 else None
            entry = writer.append(stamp, [erasure_of(study, seq, found, reason)])[0]
            writer.remove_payload(seq)
        return entry

    def rows(
        self, study: str, *, upto: int | None = None, kinds: Collection[str] | None = None
    ) -> Iterable[PayloadRow]:
        one = self._study(study)
        last = one.committed if upto is None else min(upto, one.committed)
        chosen = one.select(0, last, UNSET, kinds)
        return ((link.seq, link.kind, link.participant, link.site, link.at, link.payload) for link in chosen)

    def numbered(self, study: str, numbers: Collection[int]) -> Iterator[Entry]:
        one = self._study(study)
        return (entry_of(study, one.links[seq - 1]) for seq in sorted(set(numbers)) if 0 < seq <= one.committed)

    def links(self, study: str) -> Iterable[Link]:
        one = self._study(study)
        return one.links[: one.committed]

    def signatures(self, study: str, seq: int | None = None) -> list[tuple[int, bytes]]:
        kept = sorted(self._study(study).signatures.items(), reverse=True)
        return kept if seq is None else [one for one in kept if one[0] == seq]

    def layout(self) -> list[Finding]:
        return []

    def integrity(self) -> list[Finding]:
        return []

    def projection(self, study: str, name: str) -> dict[str, Any]:
        return {key: read_json(value) for key, value in self._study(study).projections.get(name, {}).items()}

    def projected(self, study: str, name: str, key: str) -> Any | None:
        value = self._study(study).projections.get(name, {}).get(key)
        return None if value is None else read_json(value)

    def lines(self, study: str, name: str, keys: Collection[str]) -> dict[str, str]:
        kept = self._study(study).projections.get(name, {})
        return {key: kept[key].decode() for key in keys if key in kept}

    def count(self, study: str, name: str) -> int:
        return len(self._study(study).projections.get(name, {}))

    def rebuild(self, study: str, projected: Mapping[str, Mapping[str, Any]]) -> None:
        fresh = {
            name: {key: canonical_bytes(value) for key, value in values.items()} for name, values in projected.items()
        }
        with self.writing(study):
            self._study(study).projections = fresh

    def take_in(self, study: str, links: Iterable[Link], signatures: Iterable[tuple[int, bytes]]) -> Head:
        one = self._study(study)
        with one.turn:
            if one.committed:
                refuse("ledger.taken", study, study=study, entries=one.committed)
            try:
                for link in links:
                    if link.seq != len(one.links) + 1:
                        refuse("ledger.append_only", study)
                    one.add(link)
                one.signatures = dict(signatures)
                one.committed = len(one.links)
            finally:
                one.cut_back()
            return one.head(one.committed)

    def close(self) -> None:
        """Nothing to let go of."""
