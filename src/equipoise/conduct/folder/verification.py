"""Does a study still hold what it promised? Chain and gaps, projections against replay, allocations against the secret, anchors.

Names places and never an arm: who verifies may be blinded. What could not be checked is said, never passed over. Shows
tampering and does not prevent it: only checkpoints that others keep bind the owner of the database (`ledger.verify`).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.conduct.folder.checkpointing import PUBLIC_KEY_FILE, read_public_key
from equipoise.conduct.folder.study import Study
from equipoise.conduct.following.following import derived_otherwise
from equipoise.conduct.replay.projection import NAMES, projections
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import scheme_mark, unseal_scheme
from equipoise.conduct.state.state import Allocated, StudyState, empty_state
from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.ledger import Fact
from equipoise.ledger.checkpoint import Checkpoint, read_checkpoint
from equipoise.ledger.eight_words import head_words
from equipoise.ledger.verify import Verification, verify_chain
from equipoise.randomization.rederive import RecordedAllocation, rederive
from equipoise.randomization.scheme import Scheme
from equipoise.randomization.sealing import check_commitment, unseal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from equipoise.ledger import Entry, Writer

__all__ = ["StudyVerification", "verify_study"]

Progress = Callable[[int, int], None]
Kept = Mapping[str, Mapping[str, Any]]
_MOST = 20
"""So many differences of a projection are told one by one; the rest are counted."""
_STEP = 2000
_PATIENCE = 5
"""So often the projections are read again because somebody wrote meanwhile; then verification takes its own turn."""


_AGAINST_THE_SECRET = ("rederive.", "vault.", "verify.scheme", "verify.no_commitment")


@dataclass(frozen=True, slots=True)
class StudyVerification:
    """What was checked, and what was found. `projected`, `allocations` and `derived` are None where that was not checked."""

    chain: Verification
    findings: tuple[Finding, ...]
    projected: int | None
    rebuilt: int | None
    allocations: int | None
    recorded_elsewhere: int
    anchors: int
    own_key: bool
    derived: int | None = None

    @property
    def intact(self) -> bool:
        """True when nothing but warnings was found."""
        return all(finding.severity == "warning" for finding in self.findings)

    def lines(self) -> list[str]:
        """The same for people: what holds, what does not, and what nobody could check."""
        head = self.chain.head
        said = [f"{self.chain.entries:,} entries, head {head.hash}"]
        if head.seq:
            said.append(f"in words: {head_words(head.hash)}")
        said.append(f"chain: {'whole, without gaps' if self.chain.intact else 'does not hold'}")
        if self.rebuilt is not None:
            said.append(
                f"projections: rebuilt from the ledger ({self.rebuilt:,} of {self.projected:,} values differed)"
            )
        elif self.projected is not None:
            equal = not any(f.code.startswith("projection.") for f in self.findings)
            said.append(
                f"projections: {self.projected:,} values {'equal the replay' if equal else 'compared; some differ'}"
            )
        else:
            said.append("projections: not checked")
        said.append(f"allocations: {self._said_of_allocations()}")
        if self.derived is not None:
            differ = any(f.code == "verify.derived" for f in self.findings)
            said.append(f"derived items: {self.derived:,} records, {'some differ' if differ else 'all as recorded'}")
        said.append(f"anchors: {self._said_of_anchors()}")
        return said

    def _said_of_allocations(self) -> str:
        if self.allocations is None:
            return "not checked"
        if self.recorded_elsewhere:
            return f"{self.recorded_elsewhere:,} made outside this system; there is nothing to derive"
        if any(f.code.startswith(_AGAINST_THE_SECRET) for f in self.findings):
            return "not those that the secret gives"
        if not self.allocations:
            return "none yet"
        return f"{self.allocations:,} derived again from the secret, all as recorded"

    def _said_of_anchors(self) -> str:
        if not self.anchors:
            return "none given; without one, a shortened or wholly rewritten ledger cannot be seen"
        held = not any(
            f.code.startswith(("checkpoint.", "ledger.shortened", "ledger.rewritten")) for f in self.findings
        )
        key = (
            "; signatures checked with the key in the study folder, not with a copy kept elsewhere"
            if self.own_key
            else ""
        )
        return f"{self.anchors:,} read{', all confirmed' if held else '; see the findings'}{key}"


@dataclass(slots=True)
class _Findings:
    """Findings in the order in which they were made."""

    said: list[Finding] = field(default_factory=list)

    def error(self, code: str, where: Where, what: str, why: str, mend: str) -> None:
        self.said.append(prose(code, where, what, why, mend))

    def warning(self, code: str, where: Where, what: str, why: str, mend: str) -> None:
        self.said.append(prose(code, where, what, why, mend, "warning"))


def verify_study(
    study: Study,
    *,
    anchors: Sequence[Path] = (),
    public_key: Path | None = None,
    rebuild: bool = False,
    derive: bool = False,
    progress: Progress | None = None,
) -> StudyVerification:
    """Check everything about one study. `public_key`: a PEM file; by default the study's own, if it has one.

    Raises Unreadable when the ledger cannot be read at all. With `rebuild`, projections that differ from the replay are
    written anew, unless the chain itself does not hold: then they are evidence. With `derive`, every item that a medical
    rule filled in is derived again from what stands.
    """
    found = _Findings()
    kept = _read_anchors(anchors, found)
    key, own = _key(study, public_key, bool(kept), found)
    both = None if progress is None else (lambda done, total: progress(done, 2 * total))
    chain = verify_chain(study.store, study.id, anchors=kept, public_key=key, progress=both)
    found.said += chain.findings
    state = _replayed(study, chain.entries, found, progress)
    projected = rebuilt = allocations = derived = None
    elsewhere = 0
    if state is not None:
        wanted, have = _settled(study, state)
        projected = sum(map(len, wanted.values()))
        if rebuild and chain.intact:
            rebuilt = _rebuild(study, state, found)
        else:
            _compare(study, wanted, have, found)
            if rebuild:
                found.error("verify.not_rebuilt", Where(path=study.id), "the projections were not rebuilt",
                            "the chain does not hold, and what was made from it would hide that",
                            "Restore a ledger that verifies, then rebuild.")  # fmt: skip
        allocations = _check_allocations(study, state, found)
        derived = _derive(study, state, found) if derive else None
        elsewhere = sum(person.recorded_arm is not None for person in state.participants.values())
    if progress is not None:
        progress(2 * chain.entries, 2 * chain.entries)
    said = tuple(found.said)
    return StudyVerification(chain, said, projected, rebuilt, allocations, elsewhere, len(kept), own, derived)


def _read_anchors(files: Sequence[Path], found: _Findings) -> list[Checkpoint]:
    kept = []
    for file in files:
        try:
            kept.append(read_checkpoint(file))
        except Refusal as refusal:
            found.said += refusal.findings
    return kept


def _key(study: Study, given: Path | None, needed: bool, found: _Findings) -> tuple[Ed25519PublicKey | None, bool]:
    """The key that anchors are checked with, and whether it is the one that lies beside the ledger."""
    file = study.key_folder / PUBLIC_KEY_FILE if given is None else given
    if given is None and (not needed or not file.is_file()):
        return None, False
    try:
        return read_public_key(file), given is None
    except Refusal as refusal:
        found.said += refusal.findings
        return None, False


def _replayed(study: Study, total: int, found: _Findings, progress: Progress | None) -> StudyState | None:
    """The whole study by replay; None, and a Finding, when entries say what no entry of this software says."""
    state = empty_state(study.id)
    try:
        for entry in _told(study.store.read(study.id), total, progress):
            apply(state, entry)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, Refusal):
        found.error("verify.not_replayed", Where(path=f"{study.id} entry {state.seq}"),
                    "projections and allocations were not checked", f"entry {state.seq} cannot be replayed",
                    "See what the chain says of it; if it is whole, use the software that wrote it.")  # fmt: skip
        return None
    return state


def _told(entries: Iterator[Entry], total: int, progress: Progress | None) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        if progress is not None and done % _STEP == 0:
            progress(total + min(done, total), 2 * total + 1)


def _settled(study: Study, state: StudyState) -> tuple[Kept, Kept]:
    """What the projections must hold and what they hold, of one moment, though others may be writing."""
    store = study.store
    for _ in range(_PATIENCE):
        for entry in store.read(study.id, after=state.seq):
            apply(state, entry)
        have = {name: store.projection(study.id, name) for name in NAMES}
        if store.head(study.id).seq <= state.seq:
            return projections(state), have
    with store.writing(study.id) as writer:
        _catch_up(writer, state)
        return projections(state), {name: writer.projection(name) for name in NAMES}


def _catch_up(writer: Writer, state: StudyState) -> None:
    for entry in writer.read(after=state.seq):
        apply(state, entry)


def _differing(wanted: Mapping[str, Any], have: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in wanted.keys() | have.keys() if wanted.get(key) != have.get(key))


def _compare(study: Study, wanted: Kept, have: Kept, found: _Findings) -> None:
    for name in NAMES:
        differing = _differing(wanted[name], have[name])
        for key in differing[:_MOST]:
            why = "the ledger tells otherwise"
            if key not in have[name]:
                why = "it is missing from the projection"
            elif key not in wanted[name]:
                why = "the ledger knows nothing of it"
            found.error("projection.differs", Where(path=f"{study.id} {name} {key}"),
                        "a projection does not equal the replay", why,
                        "Find out who wrote to the database, then run: equipoise verify STUDY --rebuild")  # fmt: skip
        if more := len(differing) - _MOST if len(differing) > _MOST else 0:
            found.error("projection.differs", Where(path=f"{study.id} {name}"), f"and {more:,} more values differ",
                        f"only the first {_MOST} are told", "Mend them together: equipoise verify STUDY --rebuild")  # fmt: skip


def _rebuild(study: Study, state: StudyState, found: _Findings) -> int:
    """Write anew what differs, in one exclusive transaction, so that no act comes between replay and projection."""
    count = 0
    with study.store.writing(study.id) as writer:
        _catch_up(writer, state)
        wanted = projections(state)
        for name in NAMES:
            differing = _differing(wanted[name], writer.projection(name))
            for key in differing:
                writer.put(name, key, wanted[name].get(key))
            count += len(differing)
    if count:
        found.warning("projection.rebuilt", Where(path=study.id), f"{count:,} values of the projections differed from the ledger",
                      "they were written by something else than the desk, or an erasure left them behind",
                      "They are rebuilt from the ledger; find out who else writes to the database.")  # fmt: skip
    return count


def _derive(study: Study, state: StudyState, found: _Findings) -> int:
    """Every derived item of every participant again, from the records that stand; what differs is told by its place."""

    def arm_of(allocated: Allocated) -> str:
        """An arm where a rule of an open trial rests on it; it is not told."""
        sealed = allocated.sealed
        return str(unseal(secret, study.id, allocated.position, sealed, participant=allocated.participant)["arm"])

    secret = study.secret()
    setting = Setting(study.protocol, datetime.now(UTC), lambda: secret, arm_of)
    records, differing = 0, list[Fact]()
    for person in state.participants.values():
        count, other = derived_otherwise(setting, person)
        records, differing = records + count, differing + other
    for fact in differing[:_MOST]:
        said = fact.payload
        path = f"{fact.participant} {said['form']} at {said['visit']} ({said['occurrence']}) {said['item']}"
        found.warning("verify.derived", Where(path=path), f"recorded as {said['old']}, and derived again as {said['new']}",
                      "another version of the rule gave it, or an erasure took away what it rested on",
                      "Compare the versions; a correction of the record derives it again.")  # fmt: skip
    if more := max(0, len(differing) - _MOST):
        found.warning("verify.derived", Where(path=study.id), f"and {more:,} more items differ",
                      f"only the first {_MOST} are told", "See whether one rule explains them all.")  # fmt: skip
    return records


def _check_allocations(study: Study, state: StudyState, found: _Findings) -> int | None:
    """Derive every allocation again under the scheme in force at its time; None when the secret is not at hand."""
    if state.commitment is None and not state.allocations:
        return 0
    try:
        secret = study.secret()
    except Refusal as refusal:
        told = refusal.findings[0]
        found.warning("verify.no_secret", told.where,
                      f"{len(state.allocations or ()):,} allocations and the commitment were not checked against the secret",
                      f"{told.what} ({told.why})", told.mend)  # fmt: skip
        return None
    if state.commitment is None:
        found.error("verify.no_commitment", Where(path=study.id), "the study never committed to its secret",
                    "the first allocation entry must be the commitment", "Verify the ledger against a checkpoint kept elsewhere.")  # fmt: skip
    elif wrong := check_commitment(secret, study.id, state.commitment):
        found.said += wrong
        return len(state.allocations or ())
    if (history := _schemes(study, state, secret, found)) is None:
        return len(state.allocations or ())
    recorded = [
        RecordedAllocation(a.participant, a.position, a.factors, a.sealed, a.version, a.in_error_after)
        for a in state.allocations or ()
    ]
    found.said += rederive(history, secret, study.id, recorded)
    return len(recorded)


def _schemes(study: Study, state: StudyState, secret: bytes, found: _Findings) -> list[Scheme] | None:
    """Every version of the scheme, opened from its seal and held to its keyed digest; None when one does not open."""
    history = []
    for kept in state.schemes:
        where = Where(path=f"scheme version {kept['version']}")
        try:
            scheme = unseal_scheme(secret, study.id, kept)
        except (Refusal, KeyError, TypeError, ValueError):
            scheme = None
        if scheme is None or not hmac.compare_digest(
            scheme_mark(secret, study.id, scheme).encode(), str(kept["digest"]).encode()
        ):
            found.error("verify.scheme", where, f"version {kept['version']} of the scheme is not what was sealed",
                        "its seal does not open, or what is under it is another scheme",
                        "Stop randomizing; compare the ledger with its last checkpoint.")  # fmt: skip
            return None
        history.append(scheme)
    return history
