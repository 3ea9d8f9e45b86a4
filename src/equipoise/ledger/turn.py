"""What is asked before anybody builds on a head: that the process signed it, and that nobody has seen a later one.

Refuses to know where signatures and witnesses are kept.
"""

from __future__ import annotations

from collections.abc import Callable

from equipoise.findings import Finding, Refusal
from equipoise.ledger.entry import Head
from equipoise.ledger.signing import Signer
from equipoise.ledger.witness import Seen, Witness
from equipoise.ledger.words import finding

__all__ = ["check_seen", "check_signed", "check_turn"]


def check_turn(
    study: str,
    head: Head,
    signature: bytes | None,
    signer: Signer | None,
    witness: Witness | None,
    hash_at: Callable[[int], str | None],
) -> None:
    """Raises Refusal when the head is not signed, or is not what follows the highest that was seen anywhere."""
    found = check_signed(study, head, signature, signer)
    if witness is not None:
        found += check_seen(study, head, witness.anywhere(), hash_at)
    if found:
        raise Refusal(found)


def check_signed(study: str, head: Head, signature: bytes | None, signer: Signer | None) -> list[Finding]:
    """No finding when the process signed the head, or when there is nothing yet, or nobody who signs."""
    if signer is None or head.seq == 0 or signer.holds(study, head, signature):
        return []
    key = "ledger.not_signed" if signature is None else "ledger.not_signed/other"
    return [finding(key, f"{study} entry {head.seq}", seq=head.seq)]


def check_seen(study: str, head: Head, seen: Seen | None, hash_at: Callable[[int], str | None]) -> list[Finding]:
    """No finding when the head that was seen is a piece of this ledger's past."""
    if seen is None:
        return []
    facts = {"seen": seen.head.seq, "at": seen.at[:16].replace("T", " "), "place": seen.place}
    if head.seq < seen.head.seq:
        return [finding("ledger.older", f"{study} entry {head.seq}", seq=head.seq, **facts)]
    if hash_at(seen.head.seq) != seen.head.hash:
        return [finding("ledger.older/other", f"{study} entry {seen.head.seq}", **facts)]
    return []
