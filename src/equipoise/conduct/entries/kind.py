"""A kind of entry, said once: what it does to the state, its sentence, how it is erased, what becomes known by it.

Whoever reads entries (desk, projections, receipts, data cuts, verification) reads these declarations, so that two
readers cannot disagree. Knows the shapes of the state and no other kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from equipoise.wording.literals import literals_checked
from equipoise.words import fields_of, fill

if TYPE_CHECKING:
    from equipoise.conduct.state.state import ParticipantState, StudyState
    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = ["EntryKind", "Erasure", "Kept", "Payload"]

Payload = Mapping[str, Any]
"""What an entry says: its payload, empty where it was erased."""
Erasure = Literal["never", "alone", "record", "with_record", "query", "with_query"]
"""`record` and `query` take what belongs to them along; `with_record` and `with_query` go only so."""
Kept = Literal["participants", "records", "queries", ""]


@literals_checked
@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry.

    `about`: the study, or a participant. `sentence`: what it says, in English and Chinese, with facts in braces: what
    the payload says, what `tells` adds, `participant` and `entry` (its number). `on_study` and `on_person` bring the
    state forward; entries come in order, and an erased payload leaves what it said unknown. `forget` does what an
    `erased` entry about one of this kind does to the participant, so that the state is as a replay finds it afterwards.
    `makes_known`: the built-in names that may have a value now. `feeds`: the lists of the study that it adds to.
    `kept_in`: the projection that shows it; `moves_queries`: the participant's queries look otherwise after it.
    `warns`: what whoever made it should read.
    """

    name: str
    about: Literal["study", "participant"]
    sentence: tuple[str, str]
    on_study: Callable[[StudyState, Entry, Payload], None] | None = None
    on_person: Callable[[ParticipantState, Entry, Payload], None] | None = None
    tells: Callable[[Entry, Payload], Mapping[str, Any]] | None = None
    warns: Callable[[Entry, Payload], Iterable[Finding]] | None = None
    makes_known: tuple[str, ...] = ()
    feeds: tuple[Literal["allocations", "identities", "numbers"], ...] = ()
    kept_in: Kept = "participants"
    moves_queries: bool = False
    erasure: Erasure = "never"
    forget: Callable[[ParticipantState, Entry, Payload], None] | None = None

    def say(self, entry: Entry, language: str = "en") -> str:
        """The sentence about one entry, without a stop; never the arm.

        Whose payload is gone says only of which kind it was.
        """
        if not entry.payload and fields_of(self.sentence[0]) - {"participant", "entry"}:
            return fill(_GONE[language == "zh"], {"kind": self.name, "entry": entry.seq}, language)
        said = entry.payload or {}
        facts = {**said, "participant": entry.participant, "entry": entry.seq}
        if self.tells is not None:
            facts |= self.tells(entry, said)
        return fill(self.sentence[language == "zh"], facts, language)


_GONE = ("What entry {entry} ({kind}) said was erased", "第{entry}号条目（{kind}）的内容已删除")
