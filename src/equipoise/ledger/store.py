"""What a ledger store promises, whatever it is made of: one writer per study, gapless numbers, all or nothing.

An entry once committed is never changed; only its payload may be erased, by an entry that says so. Projections are
written in the same transaction and can be thrown away. Refuses to know what entries and projections are about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

from equipoise.findings import Finding
from equipoise.ledger.chain import Link
from equipoise.ledger.entry import UNSET, Entry, Fact, Head, Stamp, Unset
from equipoise.ledger.signing import Signer
from equipoise.ledger.witness import Witness

__all__ = ["PayloadRow", "Store", "Writer"]

PayloadRow = tuple[int, str, str | None, str | None, str, bytes | None]
"""seq, kind, participant, site, at, canonical payload as JSON bytes (None when erased)."""


@runtime_checkable
class Writer(Protocol):
    """One study inside an exclusive transaction; sees what it has appended itself."""

    @property
    def head(self) -> Head:
        """The last entry, this transaction's own included."""
        ...

    def append(self, stamp: Stamp, facts: Sequence[Fact]) -> list[Entry]:
        """Append `facts` in order. Raises Refusal for an act id of an earlier transaction, or what is not canonical."""
        ...

    def read(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        participant: str | Unset | None = UNSET,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        """As `Store.read`; entries appended while it runs are not seen."""
        ...

    def find_act(self, act: str) -> list[Entry]:
        """All entries of an act id, refusals included; empty when unknown."""
        ...

    def remove_payload(self, seq: int) -> None:
        """Remove payload and salt of an entry that an appended `erased` entry names, in this transaction."""
        ...

    def put(self, name: str, key: str, value: Any | None) -> None:
        """Set (or with None, remove) one value of a projection, in this transaction."""
        ...

    def projection(self, name: str) -> dict[str, Any]:
        """As `Store.projection`."""
        ...

    def projected(self, name: str, key: str) -> Any | None:
        """As `Store.projected`."""
        ...


@runtime_checkable
class Store(Protocol):
    """Ledgers of any number of studies. Every method raises Refusal (or Unreadable), never a driver's error.

    `signer` signs every turn, where there is one; `witness` is asked before, and told after it.
    """

    signer: Signer | None
    witness: Witness | None

    def head(self, study: str) -> Head:
        """The last committed entry; Head(0, zeros) for a study that is not here."""
        ...

    def read(
        self,
        study: str,
        *,
        after: int = 0,
        upto: int | None = None,
        participant: str | Unset | None = UNSET,
        kinds: Collection[str] | None = None,
    ) -> Iterator[Entry]:
        """Entries with after < seq <= upto, by seq. `participant=None` means entries that belong to none."""
        ...

    def find_act(self, study: str, act: str) -> list[Entry]:
        """All entries of an act id, refusals included; empty when unknown."""
        ...

    def writing(self, study: str) -> AbstractContextManager[Writer]:
        """The study's one writer: waits its turn, commits on leaving, keeps nothing when anything is raised."""
        ...

    def erase(self, study: str, seq: int, stamp: Stamp, reason: str) -> Entry:
        """Append `erased` and remove payload and salt of `seq` in one transaction; returns the new entry.

        Projections are not touched: whoever knows what they hold must rebuild them.
        """
        ...

    def rows(
        self, study: str, *, upto: int | None = None, kinds: Collection[str] | None = None
    ) -> Iterable[PayloadRow]:
        """The bulk path of data cuts: raw tuples by seq, payload unparsed."""
        ...

    def numbered(self, study: str, numbers: Collection[int]) -> Iterator[Entry]:
        """The entries of these numbers, by seq; those that are not there are left out."""
        ...

    def links(self, study: str) -> Iterable[Link]:
        """The bulk path of verification: every kept link by seq, as it is kept."""
        ...

    def signatures(self, study: str, seq: int | None = None) -> Sequence[tuple[int, bytes]]:
        """Number and signature, the newest first; of one entry alone where its number is given."""
        ...

    def layout(self) -> list[Finding]:
        """What is missing of its tables, indexes and triggers, what was changed, and what should not be there."""
        ...

    def integrity(self) -> list[Finding]:
        """What the database's own check of itself finds."""
        ...

    def projection(self, study: str, name: str) -> dict[str, Any]:
        """A whole projection, key to value."""
        ...

    def projected(self, study: str, name: str, key: str) -> Any | None:
        """One value of a projection; None when there is none."""
        ...

    def lines(self, study: str, name: str, keys: Collection[str]) -> dict[str, str]:
        """The canonical JSON texts of some values of a projection, as they are kept; without those that are not."""
        ...

    def count(self, study: str, name: str) -> int:
        """How many values a projection has."""
        ...

    def rebuild(self, study: str, projected: Mapping[str, Mapping[str, Any]]) -> None:
        """Throw every projection of the study away and write these instead."""
        ...

    def take_in(self, study: str, links: Iterable[Link], signatures: Iterable[tuple[int, bytes]]) -> Head:
        """Take in the whole ledger of a study that was kept elsewhere; all of it or nothing.

        Raises Refusal where the study is here already. Looks at no hash: whoever takes it in verifies it.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
