"""Derive every allocation again from the secret, and say which is the first that differs.

Promises an answer from the secret, the versions of the scheme and the factor values as used, and nothing else: who
trusts no database can still check every arm. Refuses to mend anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equipoise.canonical import canonical_bytes
from equipoise.findings import Finding, Refusal, Where, prose
from equipoise.randomization.allocation import allocate
from equipoise.randomization.scheme import Allocation, Past, Scheme, stratum_key
from equipoise.randomization.sealing import unseal

__all__ = ["RecordedAllocation", "check_stratum", "content_of", "rederive"]


@dataclass(frozen=True, slots=True)
class RecordedAllocation:
    """One allocation as the ledger holds it. `factors`: the values as used, not as corrected later.

    `version`: of the scheme that allocated it. `in_error_after`: how many allocations the study had made when this
    one was marked as randomized in error; None if it never was. The order matters, because balance was judged with
    the mark from that moment on and without it before.
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
    return [
        _finding(
            "another_stratum",
            position,
            f"allocation {position} is not as it was sealed",
            "its factor values or its stratum were changed afterwards",
            "Stop randomizing, and verify the ledger.",
        )
    ]


def rederive(
    scheme_history: Sequence[Scheme], secret: bytes, study: str, recorded: Sequence[RecordedAllocation]
) -> list[Finding]:
    """Findings where the record is not what the secret gives; empty when every allocation is confirmed.

    Stops at the first that differs: what follows depends on it. `recorded` is in ledger order.
    """
    by_version = {scheme.version: scheme for scheme in scheme_history}
    if len(by_version) < len(scheme_history):
        return [
            _finding(
                "version_twice",
                0,
                "two schemes carry the same version",
                "it is unclear which of them allocated",
                "Give every change of the scheme a new version.",
            )
        ]
    past: list[Past] = []
    newest = 0
    for place, entry in enumerate(recorded, start=1):
        if entry.position != place:
            return [
                _finding(
                    "order",
                    place,
                    f"allocation {place} is missing or out of order (found {entry.position})",
                    "every later allocation depends on it",
                    "Verify the ledger.",
                )
            ]
        scheme = by_version.get(entry.version)
        if scheme is None or entry.version < newest:
            return [
                _finding(
                    "version",
                    place,
                    f"allocation {place} names version {entry.version} of the scheme",
                    "that version is unknown, or a newer one was in force already",
                    "Supply every version, in the order in which they came into force.",
                )
            ]
        newest = entry.version
        known = [
            Past(
                e.participant,
                e.position,
                e.stratum,
                e.factors,
                e.arm,
                in_error=(after := recorded[e.position - 1].in_error_after) is not None and after < place,
                version=e.version,
            )
            for e in past
        ]
        try:
            again = allocate(scheme, secret, study, dict(entry.factors), known)
            held = unseal(secret, study, place, entry.sealed, participant=entry.participant)
        except Refusal as refusal:
            return list(refusal.findings)
        if canonical_bytes(held) != canonical_bytes(content_of(again, entry.version)):
            # The finding names the place and not the arm: it may be read by people who are blinded.
            return [
                _finding(
                    "differs",
                    place,
                    f"allocation {place} is not the one that the secret gives",
                    "the record, the factor values or the scheme were changed after the fact",
                    "Stop randomizing; compare the ledger with its last checkpoint.",
                )
            ]
        past.append(Past(entry.participant, place, again.stratum, entry.factors, again.arm, version=entry.version))
    return []


def _finding(code: str, place: int, what: str, why: str, mend: str) -> Finding:
    return prose(f"rederive.{code}", Where(path=f"allocation {place}" if place else ""), what, why, mend)
