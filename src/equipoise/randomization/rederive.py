"""Derive every allocation again from the secret, and say which is the first that differs.

Promises an answer from the secret, the versions of the scheme and the factor values as used, and nothing else: who
trusts no database can still check every arm. Refuses to mend anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from equipoise.canonical import canonical_bytes
from equipoise.findings import Finding, Refusal
from equipoise.randomization.allocation import allocate
from equipoise.randomization.envelopes import Envelope, arm_in_envelope
from equipoise.randomization.scheme import Allocation, Past, Scheme, stratum_key
from equipoise.randomization.sealing import unseal
from equipoise.randomization.words import finding

__all__ = ["RecordedAllocation", "check_stratum", "content_of", "rederive"]


@dataclass(frozen=True, slots=True)
class RecordedAllocation:
    """One allocation as the ledger holds it. `factors`: the values as used, not as corrected later.

    `version`: of the scheme that allocated it; below 0 the series of envelopes that it came from. `in_error_after`: how
    many allocations the study had made when this one was marked as randomized in error; None if it never was. The order
    matters, because balance was judged with the mark from that moment on and without it before.
    """

    participant: str
    position: int
    factors: tuple[tuple[str, str], ...]
    sealed: str
    version: int = 1
    in_error_after: int | None = None


def content_of(allocation: Allocation, version: int) -> dict[str, object]:
    """What goes under the seal: everything about an allocation that must stay concealed, and where it belongs."""
    return {
        "arm": allocation.arm,
        "stratum": allocation.stratum,
        "stratum_position": allocation.stratum_position,
        "detail": allocation.detail,
        "version": version,
    }


def check_stratum(
    content: Mapping[str, object], position: int, stratum: str, factors: Mapping[str, str]
) -> list[Finding]:
    """A Finding when the open part of an allocation does not say what is under its seal; `factors` may be left empty.

    Without the key a stratum can be edited, and every hash made anew, but no seal can.
    """
    if content.get("stratum") == stratum == (stratum_key(factors) if factors else stratum):
        return []
    return [finding("rederive.another_stratum", f"allocation {position}", place=position)]


def rederive(
    scheme_history: Sequence[Scheme], secret: bytes, study: str, recorded: Sequence[RecordedAllocation]
) -> list[Finding]:
    """Findings where the record is not what the secret gives; empty when every allocation is confirmed.

    Stops at the first that differs: what follows depends on it. `recorded` is in ledger order.
    """
    by_version = {scheme.version: scheme for scheme in scheme_history}
    if len(by_version) < len(scheme_history):
        return [finding("rederive.version_twice")]
    past: list[Past] = []
    newest, marked = 0, any(one.in_error_after is not None for one in recorded)
    for place, entry in enumerate(recorded, start=1):
        if entry.position != place:
            return [finding("rederive.order", f"allocation {place}", place=place, found=entry.position)]
        scheme = by_version.get(entry.version)
        if scheme is None or 0 < entry.version < newest:
            return [finding("rederive.version", f"allocation {place}", place=place, version=entry.version)]
        newest = max(newest, entry.version)
        # Where no mark ever came, every earlier one stood as it does now.
        known = [_as_known(one, recorded[one.position - 1].in_error_after, place) for one in past] if marked else past
        try:
            held = unseal(secret, study, place, entry.sealed, participant=entry.participant)
            again = (
                allocate(scheme, secret, study, dict(entry.factors), known)
                if entry.version > 0
                else _from_envelope(scheme, secret, study, dict(entry.factors), known, held)
            )
        except Refusal as refusal:
            return list(refusal.findings)
        if canonical_bytes(held) != canonical_bytes(content_of(again, entry.version)):
            # The finding names the place and not the arm: it may be read by people who are blinded.
            return [finding("rederive.differs", f"allocation {place}", place=place)]
        past.append(Past(entry.participant, place, again.stratum, entry.factors, again.arm, version=entry.version))
    return []


def _from_envelope(
    scheme: Scheme,
    secret: bytes,
    study: str,
    factors: Mapping[str, str],
    past: Sequence[Past],
    held: Mapping[str, object],
) -> Allocation:
    """What the envelope holds that is named under the seal; who read what on the paper is taken as it was entered."""
    kept = held.get("detail")
    said = dict(kept) if isinstance(kept, dict) else {}
    envelope = Envelope(str(said.get("envelope")), str(said.get("of")), max(1, int(said.get("slot", 1))))
    arm, detail = arm_in_envelope(scheme, secret, study, envelope)
    detail |= {"envelope": envelope.name, "of": envelope.stratum, "slot": envelope.slot, "read": said.get("read")}
    stratum = stratum_key(factors)
    position = sum(one.stratum == stratum for one in past) + 1
    return Allocation(arm, len(past) + 1, stratum, position, detail)


def _as_known(one: Past, in_error_after: int | None, place: int) -> Past:
    """An earlier allocation as it stood when `place` was drawn: a mark that came later did not count then."""
    return replace(one, in_error=in_error_after is not None and in_error_after < place)
