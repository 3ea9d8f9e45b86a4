"""Sealed envelopes for the day on which the computer is down: lists of their own, beside the draws of the trial.

Promises that what lies in an envelope says nothing of what the trial will draw, and the other way round: each series
has streams of its own. Blocks as the scheme has them, or of two and three times the ratio where it has none, for an
envelope cannot look at who came before. Refuses to know who opened one. Clause: ICH E6(R3) 4.3.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipoise.chance.sealed import SealedStream
from equipoise.randomization.blocks import draw_from_blocks
from equipoise.randomization.scheme import Scheme

__all__ = ["Envelope", "arm_in_envelope", "envelope_scheme", "envelopes_of", "find_envelope"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope: what is written on it (`name`, as 1-007), for which stratum, and its place there, from 1."""

    name: str
    stratum: str
    slot: int


def envelope_scheme(scheme: Scheme, series: int) -> Scheme:
    """How the arms of a series of envelopes are drawn: its version counts below 0, where no scheme of a trial does."""
    sizes = scheme.block_sizes or (2 * scheme.total, 3 * scheme.total)
    return Scheme("permuted_blocks", scheme.ratio, block_sizes=sizes, version=-series, start=scheme.start)


def envelopes_of(series: int, strata: Sequence[str], each: int) -> list[Envelope]:
    """Every envelope of a series in the order of their numbers."""
    places = [(stratum, slot) for stratum in strata for slot in range(1, each + 1)]
    return [Envelope(f"{series}-{n:03}", stratum, slot) for n, (stratum, slot) in enumerate(places, start=1)]


def find_envelope(name: str, strata: Sequence[str], each: int) -> Envelope | None:
    """The envelope that bears this name in its series; None where none does."""
    series, _, _ = name.partition("-")
    return next((one for one in envelopes_of(int(series), strata, each) if one.name == name), None)


def arm_in_envelope(scheme: Scheme, secret: bytes, study: str, envelope: Envelope) -> tuple[str, dict[str, object]]:
    """The arm in it, and the block that it belongs to. `scheme`: of the series (`envelope_scheme`)."""
    stream = SealedStream(secret, "envelopes", study, scheme.start, scheme.version, envelope.stratum)
    return draw_from_blocks(scheme, stream, envelope.slot - 1)
