"""How plasma EBV DNA clears over a series of samples: cleared when, and by which pattern.

Repeated sampling through induction and chemoradiotherapy has been described by eight patterns of clearance and bounce,
in four phenotypes: early, intermediate and late responders and treatment-resistant (Lv et al., Nat Commun 2019; 10:
3941). Their exact rule was not at hand. The patterns here are this project's own definition, in the same spirit, with
the phases as parameters; they must not be quoted as the published phenotypes. A series that began without EBV DNA shows
no clearance: it is detectable in more than 90% of new endemic disease, but was in only 53.9% of a Thai cohort of 204
(Prayongrat et al., J Radiat Res 2017; 58: 509).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from equipoise.wording.literals import literals_checked

__all__ = ["PATTERNS", "PHASES", "STATES", "Clearance", "Phase", "Sample", "derive_clearance"]

Phase = Literal["baseline", "early", "intermediate", "late", "other"]
PHASES: tuple[Literal["early", "intermediate", "late"], ...] = ("early", "intermediate", "late")
"""In their order. For induction and chemoradiotherapy: after the first cycle, after induction,
at the end of radiotherapy.
"""
State = Literal["not_known", "uninformative", "not_cleared", "cleared", "rebound"]
STATES: tuple[State, ...] = ("not_known", "uninformative", "not_cleared", "cleared", "rebound")
Pattern = Literal["baseline_negative", "early", "intermediate", "late", "persistent", "rebound", "not_assessable"]
PATTERNS: tuple[Pattern, ...] = (
    "baseline_negative",
    "early",
    "intermediate",
    "late",
    "persistent",
    "rebound",
    "not_assessable",
)


@literals_checked
@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: when, in which phase, whether EBV DNA reached the threshold (None: not known), copies/mL."""

    day: date | None
    phase: Phase
    reached: bool | None
    copies_per_ml: float | None = None


@literals_checked
@dataclass(frozen=True, slots=True)
class Clearance:
    """What a series says so far. `pattern` is None as long as it can still become several.

    `state` is where the latest known sample stands; `cleared_on` the day of the first sample below the threshold;
    `rebound` whether EBV DNA came back after that (None where clearance means nothing); `lowest` the lowest known
    value.
    """

    state: State
    cleared_on: date | None
    pattern: Pattern | None
    lowest_copies_per_ml: float | None
    rebound: bool | None


def derive_clearance(samples: Sequence[Sample], planned: Collection[str] = PHASES) -> Clearance:
    """The clearance of samples in their order; those of which nothing is known count as not taken.

    Against the last known baseline: `baseline_negative` when it was below the threshold; otherwise the phase of the
    first sample below it (early, intermediate, late), `persistent` when the late sample is still above, `rebound` when
    any sample after the first one below is above again, whatever came later. `not_assessable`: no known baseline, or a
    planned phase before the first clear sample has no known one, so that clearance may have been earlier.
    """
    known = [sample for sample in samples if sample.reached is not None]
    lowest = min((s.copies_per_ml for s in known if s.copies_per_ml is not None), default=None)
    baseline = next((s for s in reversed(known) if s.phase == "baseline"), None)
    after = [sample for sample in known if sample.phase != "baseline"]
    if baseline is None:
        begun = any(sample.phase != "baseline" for sample in samples)
        return Clearance("not_known", None, "not_assessable" if begun else None, lowest, None)
    if not baseline.reached:
        return Clearance("uninformative", None, "baseline_negative", lowest, None)
    first = next((place for place, sample in enumerate(after) if not sample.reached), None)
    if first is None:
        late = any(sample.phase == "late" for sample in after)
        return Clearance("not_cleared", None, "persistent" if late else None, lowest, False)
    rebound = any(sample.reached for sample in after[first:])
    pattern = "rebound" if rebound else _pattern(after, first, planned)
    return Clearance("rebound" if after[-1].reached else "cleared", after[first].day, pattern, lowest, rebound)


def _pattern(after: Sequence[Sample], first: int, planned: Collection[str]) -> Pattern:
    cleared_in, seen = after[first].phase, {sample.phase for sample in after[:first]}
    for phase in PHASES:
        if phase == cleared_in:
            return phase
        if phase in planned and phase not in seen and cleared_in != "other":
            return "not_assessable"
    return "persistent" if "late" in seen else "not_assessable"
