"""Is the ledger what it was? Every number, every hash, every erasure, and every checkpoint kept elsewhere.

The chain alone shows edits, insertions, deletions and reordering. A cut tail, an older backup and a history that was
rewritten as a whole show only against an anchor: a checkpoint that somebody else kept. Forged acts of a stolen
password show in neither. Refuses to know what entries mean; projections are compared by who can replay them.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring as text
from typing import TYPE_CHECKING, Any, Final

from equipoise.findings import Finding
from equipoise.ledger.chain import Link
from equipoise.ledger.checkpoint import Checkpoint, check_checkpoint
from equipoise.ledger.entry import ERASED, Head
from equipoise.ledger.store import Store
from equipoise.ledger.words import TABLE

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["Verification", "verify_chain"]

Progress = Callable[[int, int], None]
_MOST: Final = 50
"""So many findings are told one by one; the rest are counted."""
_STEP: Final = 5000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: number of entries, the last of them, findings in ledger order, and how long it took."""

    entries: int
    head: Head
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def intact(self) -> bool:
        """True when nothing but warnings was found."""
        return all(finding.severity == "warning" for finding in self.findings)


@dataclass(slots=True)
class _Walk:
    """What one pass over the chain gathers."""

    study: str
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    count: int = 0
    last: Head = field(default_factory=Head)
    missing: list[int] = field(default_factory=list)
    erases: dict[int, int] = field(default_factory=dict)
    backwards: list[int] = field(default_factory=list)
    passed: dict[int, str] = field(default_factory=dict)

    def finding(self, key: str, seq: int, /, **facts: Any) -> None:
        if len(self.findings) < _MOST:
            self.findings.append(TABLE.finding(key, f"{self.study} entry {seq}", **facts))
        else:
            self.more += 1

    def warning(self, key: str, seq: int, /, **facts: Any) -> None:
        if len(self.findings) < _MOST:
            self.findings.append(TABLE.warning(key, f"{self.study} entry {seq}", **facts))


def verify_chain(
    store: Store,
    study: str,
    *,
    anchors: Sequence[Checkpoint] = (),
    public_key: bytes | Ed25519PublicKey | None = None,
    progress: Progress | None = None,
    each: Callable[[Link], None] | None = None,
) -> Verification:
    """Read every link of the study and check it; each anchor must be a prefix of what is read.

    `each` is given every link once it was looked at, so that whoever reads what entries mean needs no second reading.
    Raises Unreadable when the store cannot be read at all. Backward clocks and anchors whose signature cannot be
    checked for want of a key are warnings.
    """
    begun = time.perf_counter()
    walk = _Walk(study)
    wanted = {anchor.seq for anchor in anchors}
    head = store.head(study)
    _walk_links(walk, store.links(study), head.seq, wanted, progress, each)
    _check_erasures(walk)
    _check_head(walk, head, store.head(study))
    _check_signatures(walk, store)
    _check_anchors(walk, anchors, public_key)
    if walk.backwards:
        first, times = walk.backwards[0], len(walk.backwards)
        if times == 1:
            walk.warning("ledger.clock_backwards/once", first, seq=first)
        else:
            walk.warning("ledger.clock_backwards", first, seq=first, times=times)
    if walk.more:
        walk.findings.append(TABLE.finding("ledger.more", study, more=walk.more, most=_MOST))
    return Verification(walk.count, walk.last, tuple(walk.findings), time.perf_counter() - begun)


def _walk_links(
    walk: _Walk,
    links: Iterable[Link],
    total: int,
    wanted: set[int],
    progress: Progress | None,
    each: Callable[[Link], None] | None,
) -> None:
    """The loop that runs once per entry: it assembles the canonical entry by hand (see `chain.entry_bytes`)."""
    sha256, said, study = hashlib.sha256, _Escaped(), text(walk.study)
    expected, before, clock = 1, Head().hash, ""
    for link in links:
        seq, kind, act, actor, role, site, participant, at, payload_hash, prev_hash, own, salt, payload = link
        try:
            if seq != expected:
                _say_gap(walk, expected, seq)
            elif prev_hash != before:
                walk.finding("ledger.prev_differs", seq, seq=seq, before=seq - 1)
            line = (
                f'{{"act":{said[act]},"actor":{said[actor]},"at":{said[at]},"kind":{said[kind]},'
                f'"participant":{said[participant]},"payload_hash":"{payload_hash}","prev_hash":"{prev_hash}",'
                f'"role":{said[role]},"seq":{seq},"site":{said[site]},"study":{study}}}'
            )
            if sha256(b"\x01" + line.encode()).hexdigest() != own:
                walk.finding("ledger.hash_differs", seq, seq=seq)
            if payload is None and salt is None:
                walk.missing.append(seq)
            elif payload is None or salt is None:
                walk.finding("ledger.payload_differs/half", seq, seq=seq)
            elif sha256(b"\x00" + salt + payload).hexdigest() != payload_hash:
                walk.finding("ledger.payload_differs", seq, seq=seq)
            elif kind == ERASED:
                walk.erases[_erased_number(payload)] = seq
            if at < clock:
                walk.backwards.append(seq)
        except (TypeError, ValueError):
            # Only somebody who writes past the ledger can put bytes for text, or text for a number.
            seq = seq if isinstance(seq, int) else expected
            walk.finding("ledger.hash_differs/impossible", seq, seq=seq)
            at = clock
        if seq in wanted:
            walk.passed[seq] = own
        clock, before, expected = at, own, seq + 1
        walk.count += 1
        if each is not None:
            each(link)
        if progress is not None and walk.count % _STEP == 0:
            progress(walk.count, max(total, walk.count))
    walk.last = Head(expected - 1, before)
    if progress is not None:
        progress(walk.count, max(total, walk.count))


class _Escaped(dict[str | None, str]):
    """Names repeat on thousands of entries; each is escaped once. Forgets when act ids have filled it."""

    def __missing__(self, name: str | None) -> str:
        if len(self) > 20_000:
            self.clear()
        self[name] = found = "null" if name is None else text(name)
        return found


def _say_gap(walk: _Walk, expected: int, seq: int) -> None:
    if seq == expected + 1:
        walk.finding("ledger.gap/one", expected, first=expected, seq=seq)
    elif seq > expected:
        walk.finding("ledger.gap", expected, first=expected, last=seq - 1, seq=seq)
    else:
        walk.finding("ledger.gap/repeated", seq, seq=seq, expected=expected)


def _erased_number(payload: bytes) -> int:
    said = json.loads(payload)
    found = said.get("erases") if isinstance(said, dict) else None
    return found if isinstance(found, int) else 0


def _check_head(walk: _Walk, before: Head, after: Head) -> None:
    """The chain ends where the ledger says; while it was read, writers may have moved the head from `before` on."""
    last = walk.last
    claimed = after if last.seq >= after.seq else before
    if last.seq < before.seq or last.seq > after.seq or (last.seq == claimed.seq and last != claimed):
        if last.seq == claimed.seq:
            walk.finding("ledger.head_differs/hash", last.seq, seq=claimed.seq)
        else:
            walk.finding("ledger.head_differs", last.seq, seq=claimed.seq, last=last.seq)


def _check_signatures(walk: _Walk, store: Store) -> None:
    """The last entry's signature vouches for all; where it does not fit, the newest that does is looked for."""
    if (signer := store.signer) is None or walk.last.seq == 0:
        return
    study, last = walk.study, walk.last
    own = dict(store.signatures(study, last.seq)).get(last.seq)
    if signer.holds(study, last, own):
        return
    kept = dict(store.signatures(study))
    hashes = {link[0]: link[10] for link in store.links(study) if link[0] in kept}
    newest = next((n for n in kept if n in hashes and signer.holds(study, Head(n, str(hashes[n])), kept[n])), 0)
    if newest == 0:
        walk.finding("ledger.not_signed/nowhere", last.seq, seq=last.seq)
    elif newest == last.seq - 1:
        walk.finding("ledger.not_signed", last.seq, seq=last.seq)
    else:
        walk.finding("ledger.not_signed/after", newest + 1, first=newest + 1, seq=last.seq, last=newest)


def _check_erasures(walk: _Walk) -> None:
    missing = set(walk.missing)
    for seq in walk.missing:
        if walk.erases.get(seq, 0) <= seq:
            walk.finding("ledger.payload_missing", seq, seq=seq)
    for seq, by in walk.erases.items():
        if seq not in missing:
            walk.warning("ledger.not_erased", seq, seq=seq, by=by)


def _check_anchors(walk: _Walk, anchors: Sequence[Checkpoint], public_key: bytes | Ed25519PublicKey | None) -> None:
    seen: dict[int, str] = {}
    for anchor in sorted(anchors, key=lambda anchor: anchor.seq):
        if anchor.study != walk.study:
            walk.finding("checkpoint.other_study", anchor.seq, other=anchor.study, study=walk.study)
            continue
        if public_key is None:
            walk.warning("checkpoint.not_checked", anchor.seq)
        elif forged := check_checkpoint(anchor, public_key):
            walk.findings += forged
            continue
        if seen.setdefault(anchor.seq, anchor.head) != anchor.head:
            walk.finding("checkpoint.fork", anchor.seq, seq=anchor.seq)
        if anchor.seq > walk.last.seq:
            last = walk.last.seq
            walk.finding("ledger.shortened", last + 1, last=last, at=anchor.at, seq=anchor.seq)
        elif walk.passed.get(anchor.seq) != anchor.head:
            walk.finding("ledger.rewritten", anchor.seq, seq=anchor.seq, at=anchor.at)
