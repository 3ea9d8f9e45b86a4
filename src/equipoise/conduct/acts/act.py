"""An act, said once: what is asked, by which right, how it is decided, what it leaves, and what must be at hand for it.

The desk, the repeated request, the command line and the documents read these declarations and ask no act what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from equipoise.conduct.entries.kind import EntryKind

if TYPE_CHECKING:
    from equipoise.ledger import Fact
    from equipoise.protocol.document import Protocol as TrialProtocol

__all__ = ["Act", "ActKind"]


class Act(Protocol):
    """What a person asks of the desk: a frozen dataclass whose `right` says what they must be allowed."""

    right: ClassVar[str]


def _nothing(_act: Any) -> Collection[str]:
    return ()


def _one_suffices(_state: Any, _act: Any, _setting: Any) -> tuple[str, str | None] | None:
    return None


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of act.

    `asks`: its dataclass. `label`: what its right lets a person do, in English and Chinese. `decide`: state, act and
    setting to facts, pure; raises Refusal. `leaves`: the kinds of entries with which an accepted act begins (by them a
    repeated request is told from another one); `also`: further kinds that may follow, of which no other act tells.
    `needs`: the lists of the study that must be loaded for this act (allocations, identities, numbers). `others`:
    further participants that it is about, for whom the same right is asked. `first`: it is the first entry about a
    participant, who is not known yet. `takes_up`: the protocol, and its digest, in force from
    here on.
    `agreed_by`: the right, and the site, that a second person must hold before it takes effect (None: one suffices).
    `rests_on`: the right and site by which it is allowed, where its own right is nobody's to hold (no right: any role).
    `kept_as`: fields that the entry keeps under another name (empty: not as they were given). `read`: makes values of a
    file or command line what the dataclass takes. `asked_by_name`: a command or a file may ask for it; else it has a
    door of its own. `made`: fields that the system makes, and no command or file may give.
    """

    asks: type[Any]
    label: tuple[str, str]
    decide: Callable[[Any, Any, Any], list[Fact]]
    leaves: tuple[EntryKind, ...]
    also: tuple[EntryKind, ...] = ()
    needs: Callable[[Any], Collection[str]] = _nothing
    others: Callable[[Any], Collection[str]] = _nothing
    first: bool = False
    takes_up: Callable[[Any], tuple[TrialProtocol, str]] | None = None
    agreed_by: Callable[[Any, Any, Any], tuple[str, str | None] | None] = _one_suffices
    rests_on: Callable[[Any, Any], tuple[str | None, str | None]] | None = None
    kept_as: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    asked_by_name: bool = True
    made: tuple[str, ...] = ()

    @property
    def right(self) -> str:
        """What whoever asks must be allowed."""
        return str(self.asks.right)
