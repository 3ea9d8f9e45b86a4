"""Allocate one participant: a pure function of the secret, the scheme, the factors and the past.

Promises the same answer to everyone who holds the secret, and no hint of it to anyone else. Refuses to know the
ledger, the clock and who asks. Big stick: Soares and Wu, Communications in Statistics A 12 (1983) 2017.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from equipoise.chance.sealed import SealedStream
from equipoise.findings import Finding, Refusal
from equipoise.randomization.blocks import draw_from_blocks
from equipoise.randomization.checking import check_scheme
from equipoise.randomization.minimization import draw_by_minimization
from equipoise.randomization.scheme import Allocation, Past, Scheme, stratum_key
from equipoise.randomization.words import finding

__all__ = ["allocate", "allocate_in_turn"]


def allocate(scheme: Scheme, secret: bytes, study: str, factors: Mapping[str, str], past: Sequence[Past]) -> Allocation:
    """The next allocation of the study, for a participant with these factor values.

    `secret`: the study's 32 bytes. `past`: every allocation so far, in order, also those marked in error.
    Raises Refusal when the scheme has errors, a factor value is missing, or the past is not complete and in order.
    Under permuted blocks a new version of the scheme starts a new block in every stratum.
    """
    findings = [one for one in check_scheme(scheme) if one.severity == "error"]
    findings += _check_factors(scheme, factors) + _check_past(past)
    if findings:
        raise Refusal(findings)
    position = len(past) + 1
    stratum = stratum_key(factors)
    same = [earlier for earlier in past if earlier.stratum == stratum]
    # Study, kind and version are part of the name: no two versions and no two studies ever read one stream.
    names = ("randomization", study, scheme.kind, scheme.version, *([scheme.start] if scheme.start else []))
    if scheme.kind == "minimization":
        coin = SealedStream(secret, *names).uniform(position)
        arm, detail = draw_by_minimization(scheme, coin, factors, past)
    else:
        stream = SealedStream(secret, *names, stratum)
        if scheme.kind == "permuted_blocks":
            used = sum(earlier.version == scheme.version for earlier in same)
            arm, detail = draw_from_blocks(scheme, stream, used)
        elif scheme.kind == "big_stick":
            arm, detail = _draw_by_big_stick(scheme, stream, same)
        else:
            arm, detail = _draw_completely(scheme, stream, len(same)), {}
    return Allocation(arm, position, stratum, len(same) + 1, detail)


def allocate_in_turn(
    scheme: Scheme, secret: bytes, study: str, arrivals: Iterable[Mapping[str, str]]
) -> list[Allocation]:
    """Allocate a whole sequence of participants, each by its factor values: for rehearsal, review and tests."""
    past: list[Past] = []
    made: list[Allocation] = []
    for factors in arrivals:
        now = allocate(scheme, secret, study, factors, past)
        made.append(now)
        named = tuple(sorted(factors.items()))
        past.append(Past(str(now.position), now.position, now.stratum, named, now.arm, version=scheme.version))
    return made


def _draw_completely(scheme: Scheme, stream: SealedStream, used: int) -> str:
    ticket = stream.integer(used + 1, scheme.total)
    for arm, weight in scheme.ratio:
        if ticket < weight:
            return arm
        ticket -= weight
    raise AssertionError("the weights add up to the total")


def _draw_by_big_stick(scheme: Scheme, stream: SealedStream, same: Sequence[Past]) -> tuple[str, dict[str, object]]:
    """A fair coin, unless one arm leads by the limit: then the other arm."""
    first, second = scheme.arms
    counted = [earlier.arm for earlier in same if not earlier.in_error]
    lead = counted.count(first) - counted.count(second)
    # The coin is read by place even when it does not decide, so a forced allocation never shifts the later ones.
    coin = stream.integer(len(same) + 1, 2)
    forced = abs(lead) >= scheme.limit
    arm = (second if lead > 0 else first) if forced else (first, second)[coin]
    return arm, {"lead": lead, "forced": int(forced)}


def _check_factors(scheme: Scheme, factors: Mapping[str, str]) -> list[Finding]:
    found = [
        finding("randomization.factor_missing", f"randomization.factors.{name}", factor=name)
        for name, value in sorted(factors.items())
        if not isinstance(value, str) or not value.strip()
    ]
    # Which factors there are is known only here: a weight that names none of them would silently balance nothing.
    if scheme.kind == "minimization":
        found += check_scheme(scheme, factors)
    return [one for one in found if one.severity == "error"]


def _check_past(past: Sequence[Past]) -> list[Finding]:
    # A gap would give a slot twice: the place in the stream is counted from what was allocated before.
    for place, earlier in enumerate(past, start=1):
        if earlier.position != place:
            here = f"allocation {place}"
            return [finding("randomization.past_incomplete", here, place=place, found=earlier.position)]
    return []
