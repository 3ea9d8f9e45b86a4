"""Does a study still hold what it promised? Chain, projections against replay, allocations against the secret, anchors.

Names places and never an arm: who verifies may be blinded. What could not be checked is said, never passed over. Shows
tampering and does not prevent it: only checkpoints that others keep bind the owner of the database (`ledger.verify`).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from equipoise.conduct.entries.in_place import in_place, kept_in, kept_of
from equipoise.conduct.entries.study import PROJECTIONS_REBUILT
from equipoise.conduct.folder.account import own_account
from equipoise.conduct.folder.checkpointing import PUBLIC_KEY_FILE, read_public_key
from equipoise.conduct.folder.deciding import Decided, check_decided
from equipoise.conduct.folder.opening import check_opening
from equipoise.conduct.folder.passing import NO_REPLAY, Passing
from equipoise.conduct.folder.reading import find_reader
from equipoise.conduct.folder.study import Study, private, read_study_file
from equipoise.conduct.folder.verified import StudyVerification
from equipoise.conduct.folder.versions import in_force, version_of
from equipoise.conduct.folder.words import TABLE
from equipoise.conduct.following.following import derived_otherwise
from equipoise.conduct.replay.projection import NAMES, projections
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.schemes import scheme_mark, unseal_scheme
from equipoise.conduct.state.state import Allocated, StudyState, empty_state
from equipoise.findings import Finding, Refusal, Where
from equipoise.ledger import Fact, MemoryStore, Stamp
from equipoise.ledger.checkpoint import Checkpoint, read_checkpoint
from equipoise.ledger.verify import verify_chain
from equipoise.randomization.rederive import RecordedAllocation, check_stratum, rederive
from equipoise.randomization.scheme import Scheme
from equipoise.randomization.sealing import check_commitment, unseal
from equipoise.words import Phrase

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from equipoise.conduct.authority import Reader
    from equipoise.ledger import Entry, Writer

__all__ = ["StudyVerification", "require_verified", "verify_study"]

Progress = Callable[[int, int], None]
Kept = Mapping[str, Mapping[str, Any]]
_MOST = 20
"""So many differences of a projection are told one by one; the rest are counted."""
_STEP = 2000
_PATIENCE = 5
"""So often the projections are read again because somebody wrote meanwhile; then verification takes its own turn."""


_INSIDE = ("verify.decided", "verify.derived", "projection.differs", "rederive.", "vault.")
"""Findings that name whom an entry is about."""
_UNCHECKED = frozenset({"verify.nobody", "verify.no_secret", "verify.unsigned", "checkpoint.not_checked"})


class _Findings(list[Finding]):
    """Findings in the order in which they were made."""

    def error(self, key: str, where: str, /, **facts: Any) -> None:
        self.append(TABLE.finding(key, where, **facts))

    def warning(self, key: str, where: str | Where, /, **facts: Any) -> None:
        self.append(TABLE.warning(key, where, **facts))


def verify_study(
    study: Study,
    *,
    anchors: Sequence[Path] = (),
    public_key: Path | None = None,
    rebuild: bool = False,
    derive: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> StudyVerification:
    """Check everything about one study. `public_key`: a PEM file; by default the study's own, if it has one.

    For whoever has a role in the study. An account that stands for nobody there learns whether the chain holds, which
    whoever has the bytes can reckon without us, and nothing that the entries say: who is checked does not choose who
    checks. What is wrong inside is told to whoever reads the whole study, and counted for everybody else; they alone
    may `rebuild` and `derive`. Raises Refusal for all others.

    Raises Unreadable when the ledger cannot be read at all. With `rebuild`, projections that differ from the replay are
    written anew, unless the chain itself does not hold: then they are evidence. With `derive`, every item that a
    medical rule filled in is derived again from what stands. With `strict`, what could not be checked is an error.
    """
    reader = _looks(study)
    if rebuild or derive:
        study.reader().come_in("derive")
    made = _verify(study, anchors, public_key, rebuild, derive, strict, progress, inside=reader != "nobody")
    return made if isinstance(reader, str) or reader.come_in("verify") is None else _counted(study, made)


def _looks(study: Study) -> Reader | Literal["nobody", "not told"]:
    """Who looks. A ledger that cannot be read does not tell who anybody is; nothing inside is read there either."""
    try:
        return find_reader(study.folder, study.protocol, study.store, study.named)
    except NO_REPLAY:
        return "not told"
    except Refusal as refusal:
        code = refusal.findings[0].code
        if not code.startswith(("reading.other", "authority.")):
            return "nobody" if code == "reading.unmapped" else "not told"
    return study.reader()  # refused, and entered


def _counted(study: Study, made: StudyVerification) -> StudyVerification:
    """The same for whoever reads a part: it is told that entries do not hold, and not whom they concern."""
    told = [one for one in made.findings if not one.code.startswith(_INSIDE)]
    inside = [one for one in made.findings if one.code.startswith(_INSIDE)]
    if not inside:
        return made
    grave = [one for one in inside if one.severity == "error"]
    say = TABLE.finding if grave else TABLE.warning
    told.append(say("verify.inside", study.id, count=len(grave or inside)))
    return replace(made, findings=tuple(told), projected=None, rebuilt=None, allocations=None)


def _verify(
    study: Study,
    anchors: Sequence[Path] = (),
    public_key: Path | None = None,
    rebuild: bool = False,
    derive: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
    *,
    inside: bool = True,
) -> StudyVerification:
    """Asks nobody who they are. Without `inside`, the chain and what lies around it alone."""
    found = _Findings()
    kept = _read_anchors(anchors, found)
    key, own = _key(study, public_key, bool(kept), found)
    both = None if progress is None else (lambda done, total: progress(done, 2 * total))
    decided = Decided(lambda digest: version_of(study, digest))
    # Whoever rebuilds or derives needs every record, and so the plain way.
    passing = None if rebuild or derive or not inside else Passing(study.store, study.id, decided)
    each = None if passing is None else passing.take
    if progress is not None and passing is not None:
        both = lambda done, total: progress(done, total + 1)  # noqa: E731
    chain = verify_chain(study.store, study.id, anchors=kept, public_key=key, progress=both, each=each)
    found += chain.findings
    if not isinstance(study.store, MemoryStore):  # what lies nowhere can be changed by no hand
        found += _around_the_chain(study, chain.intact)
    if not inside:
        found.warning("verify.nobody", study.id, account=own_account())
    projected = rebuilt = allocations = derived = None
    elsewhere = 0
    if passing is not None and passing.holds():
        state: StudyState | None = passing.state
        _tell_decided(study, passing.decided, passing.rebuilt, found)
        projected = len(passing.state.participants) + passing.records + passing.queries
    else:
        state = _replayed(study, chain.entries, found, progress) if inside else None
    if state is not None and projected is None:
        wanted, have = _settled(study, state)
        projected = sum(map(len, wanted.values()))
        if rebuild and chain.intact:
            rebuilt = _rebuild(study, state, found)
            if rebuilt and not kept:
                found.error("projection.rebuilt/alone", study.id)
        else:
            _compare(study, wanted, have, found)
            if rebuild:
                found.error("verify.not_rebuilt", study.id)
    if state is not None:
        allocations = _check_allocations(study, state, found)
        derived = _derive(study, state, found) if derive else None
        elsewhere = sum(person.recorded_arm is not None for person in state.participants.values())
    if progress is not None:
        progress(2 * chain.entries, 2 * chain.entries)
    if strict:
        found[:] = [replace(one, severity="error") if one.code in _UNCHECKED else one for one in found]
    return StudyVerification(chain, tuple(found), projected, rebuilt, allocations, elsewhere, len(kept), own, derived)


def require_verified(study: Study) -> StudyVerification:
    """What was checked. Raises Refusal when anything does not hold: no number and no signature comes from it then."""
    verification = _verify(study)
    if broken := [one for one in verification.findings if one.severity == "error"]:
        raise Refusal(broken)
    return verification


def _around_the_chain(study: Study, intact: bool) -> Iterator[Finding]:
    """What an opening looks at, the database's own check of itself, and who may read the files."""
    data = read_study_file(study.folder)
    # Of the chain itself the walk has told more, and where.
    known = ("ledger.not_signed", "study.head_differs") if not intact else ("ledger.not_signed",)
    try:
        opening = check_opening(study.folder, data, study.store, study.protocol_digest)
    except Refusal as refusal:  # what cannot be read of a broken chain was told by the walk
        opening = list(refusal.findings) if intact else []
    yield from (one for one in opening if one.code not in known)
    yield from study.store.integrity()
    if study.store.signer is None:
        yield TABLE.warning("verify.unsigned", study.id)
    for file in sorted(study.key_folder.glob("*.key")):
        if not private(file):
            yield TABLE.warning("verify.open_to_others", Where(str(file)), file=str(file))


def _read_anchors(files: Sequence[Path], found: _Findings) -> list[Checkpoint]:
    kept = []
    for file in files:
        try:
            kept.append(read_checkpoint(file))
        except Refusal as refusal:
            found += refusal.findings
    return kept


def _key(study: Study, given: Path | None, needed: bool, found: _Findings) -> tuple[Ed25519PublicKey | None, bool]:
    """The key that anchors are checked with, and whether it is the one that lies beside the ledger."""
    file = study.key_folder / PUBLIC_KEY_FILE if given is None else given
    if given is None and (not needed or not file.is_file()):
        return None, False
    try:
        return read_public_key(file), given is None
    except Refusal as refusal:
        found += refusal.findings
        return None, False


def _replayed(study: Study, total: int, found: _Findings, progress: Progress | None) -> StudyState | None:
    """The whole study by replay; None, and a Finding, when entries say what no entry of this software says."""
    state = empty_state(study.id)
    decided = Decided(lambda digest: version_of(study, digest))
    wrong: list[Finding] = []
    rebuilt: list[int] = []
    try:
        entries = in_place(study.store.read(study.id), kept_in(study.store, study.id))
        for entry in _told(entries, total, progress):
            wrong += check_decided(decided, state, entry)
            if entry.kind == PROJECTIONS_REBUILT.name:
                rebuilt.append(entry.seq)
            apply(state, entry)
    except (*NO_REPLAY, Refusal):
        _tell_decided(study, [], rebuilt, found)
        found.error("verify.not_replayed", f"{study.id} entry {state.seq}", seq=state.seq)
        return None
    _tell_decided(study, wrong, rebuilt, found)
    return state


def _tell_decided(study: Study, wrong: Sequence[Finding], rebuilt: Iterable[int], found: _Findings) -> None:
    """Where the projections were written anew before, and what is wrong with who decided."""
    for seq in rebuilt:
        found.warning("projection.rebuilt/before", f"{study.id} entry {seq}", seq=seq)
    found += wrong[:_MOST]
    if (more := len(wrong) - _MOST) > 0:
        found.error("verify.decided/more", study.id, more=more, most=_MOST)


def _told(entries: Iterator[Entry], total: int, progress: Progress | None) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        if progress is not None and done % _STEP == 0:
            progress(total + min(done, total), 2 * total + 1)


def _settled(study: Study, state: StudyState) -> tuple[Kept, Kept]:
    """What the projections must hold and what they hold, of one moment, though others may be writing."""
    store = study.store
    for _ in range(_PATIENCE):
        _apply_all(store.read(study.id, after=state.seq), state)
        have = {name: store.projection(study.id, name) for name in NAMES}
        if store.head(study.id).seq <= state.seq:
            return projections(state), have
    with store.writing(study.id) as writer:
        _catch_up(writer, state)
        return projections(state), {name: writer.projection(name) for name in NAMES}


def _catch_up(writer: Writer, state: StudyState) -> None:
    _apply_all(writer.read(after=state.seq), state)


def _apply_all(entries: Iterable[Entry], state: StudyState) -> None:
    later = list(entries)
    for entry in in_place(later, kept_of(later)):
        apply(state, entry)


def _differing(wanted: Mapping[str, Any], have: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in wanted.keys() | have.keys() if wanted.get(key) != have.get(key))


def _compare(study: Study, wanted: Kept, have: Kept, found: _Findings) -> None:
    for name in NAMES:
        differing = _differing(wanted[name], have[name])
        for key in differing[:_MOST]:
            wording = "/missing" if key not in have[name] else "/stray" if key not in wanted[name] else ""
            found.error(f"projection.differs{wording}", f"{study.id} {name} {key}")
        if (more := len(differing) - _MOST) > 0:
            found.error("projection.differs/more", f"{study.id} {name}", more=more, most=_MOST)


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
            # Nobody decides it, and nobody is to find it in silence: the process says that it did it.
            stamp = Stamp(f"rebuild-{writer.head.seq}", "verify", "", datetime.now(UTC))
            writer.append(stamp, [Fact(PROJECTIONS_REBUILT.name, {"count": count})])
    if count:
        found.warning("projection.rebuilt", study.id, count=count)
    return count


def _derive(study: Study, state: StudyState, found: _Findings) -> int:
    """Every derived item of every participant again, from the records that stand; what differs is told by its place."""

    def arm_of(allocated: Allocated) -> str:
        """An arm where a rule of an open trial rests on it; it is not told."""
        sealed = allocated.sealed
        return str(unseal(secret, study.id, allocated.position, sealed, participant=allocated.participant)["arm"])

    secret = study.secret()
    force, settings = in_force(study), dict[str, Setting]()
    for version in force.versions:
        together = force.led_by(version.digest)
        settings[version.digest] = Setting(together, datetime.now(UTC), lambda: secret, arm_of)
    records, differing = 0, list[Fact]()
    for person in state.participants.values():
        # Each record by the version under which it was last touched.
        under = {key: force.marked(person.entered.get(key)).digest for key in person.records}
        for digest in dict.fromkeys(under.values()):
            keys = [key for key, one in under.items() if one == digest]
            count, other = derived_otherwise(settings[digest], person, keys)
            records, differing = records + count, differing + other
    for fact in differing[:_MOST]:
        said = fact.payload
        path = f"{fact.participant} {said['form']} at {said['visit']} ({said['occurrence']}) {said['item']}"
        found.warning("verify.derived", path, old=str(said["old"]), new=str(said["new"]))
    if (more := len(differing) - _MOST) > 0:
        found.warning("verify.derived/more", study.id, more=more, most=_MOST)
    return records


def _check_allocations(study: Study, state: StudyState, found: _Findings) -> int | None:
    """Derive every allocation again under the scheme in force at its time; None when the secret is not at hand."""
    if state.commitment is None and not state.allocations:
        return 0
    try:
        secret = study.secret()
    except Refusal as refusal:
        told, count = refusal.findings[0], len(state.allocations or ())
        en, zh = told.say(), told.say("zh")
        said = {part: Phrase(getattr(en, part), getattr(zh, part)) for part in en._fields}
        found.warning("verify.no_secret", told.where, allocations=count, **said)
        return None
    if state.commitment is None:
        found.error("verify.no_commitment", study.id)
    elif wrong := check_commitment(secret, study.id, state.commitment):
        found += wrong
        return len(state.allocations or ())
    if (history := _schemes(study, state, secret, found)) is None:
        return len(state.allocations or ())
    recorded = [
        RecordedAllocation(a.participant, a.position, a.factors, a.sealed, a.version, a.in_error_after)
        for a in state.allocations or ()
    ]
    found += rederive(history, secret, study.id, recorded)
    for one in state.allocations or ():  # the open part says what is under the seal
        try:
            content = unseal(secret, study.id, one.position, one.sealed, participant=one.participant)
        except Refusal:
            break  # told above
        found += check_stratum(content, one.position, one.stratum, {})
    return len(recorded)


def _schemes(study: Study, state: StudyState, secret: bytes, found: _Findings) -> list[Scheme] | None:
    """Every version of the scheme, opened from its seal and held to its keyed digest; None when one does not open."""
    history = []
    for kept in [*state.schemes, *(made["scheme"] for made in state.envelopes.values())]:
        try:
            scheme = unseal_scheme(secret, study.id, kept)
        except (Refusal, KeyError, TypeError, ValueError):
            scheme = None
        if scheme is None or not hmac.compare_digest(
            scheme_mark(secret, study.id, scheme).encode(), str(kept["digest"]).encode()
        ):
            found.error("verify.scheme", f"scheme version {kept['version']}", version=kept["version"])
            return None
        history.append(scheme)
    return history
