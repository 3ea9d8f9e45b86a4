"""Which look of the design a cut is: interim or final, at which information, and against which boundary.

Information is what the plan counts: events, or participants with a value. A trial ends when all of it is there, or when
its database is locked; whatever comes before is an interim. The boundary is that of the planned spending at the
information really reached; looks that the plan has before it are supposed to have been held as planned, and that is
told. Refuses no cut: what cannot be known is None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from equipoise.wording.literals import literals_checked

__all__ = ["PresentLook", "ReachedBound", "Why"]

Why = Literal["reached", "locked", "unknown", "too_few", "not_followed", "pending"]


@literals_checked
@dataclass(frozen=True, slots=True)
class ReachedBound:
    """The boundary of a look, on the scale of z: `upper` rejects, `lower` stops (None: there is none).

    `spent`: alpha of one side that is spent by it. `lower_is`: what stopping there means; `binding`: whether it must.
    """

    upper: float
    lower: float | None
    spent: float
    lower_is: Literal["futility", "harm"] = "futility"
    binding: bool = False

    @property
    def p(self) -> float:
        """The p-value of one side at the boundary."""
        from scipy.special import ndtr

        return float(ndtr(-self.upper))


@literals_checked
@dataclass(frozen=True, slots=True)
class PresentLook:
    """`reached` of `planned` (None: not known) in what is `counted`; `joined`: participants randomized. `assessed`: of
    the planned participants, those who are expected to have a value, where the plan allows for dropout.

    `fractions`: the looks of the plan. `number`: which of them this is, from 1; None for one that the plan does not
    have. `supposed`: the information at which the looks before it are supposed to have been held. `followed` and
    `follow_up`: months since the last participant joined, and those planned, where the end waits for them. `bound` is
    None where there is none to hold a result against.
    """

    counted: Literal["events", "participants"]
    reached: int
    joined: int
    planned: int | None
    final: bool
    why: Why
    fractions: tuple[float, ...]
    number: int | None = None
    supposed: tuple[float, ...] = ()
    followed: float | None = None
    follow_up: float | None = None
    assessed: int | None = None
    bound: ReachedBound | None = None

    @property
    def whole(self) -> int | None:
        """All the information that the plan expects."""
        return self.planned if self.assessed is None else self.assessed

    @property
    def fraction(self) -> float | None:
        """The share of the planned information that was reached."""
        return None if not self.whole else self.reached / self.whole

    def as_data(self) -> dict[str, Any]:
        """As results.json has it."""
        bound = self.bound
        return {
            "stage": "final" if self.final else "interim",
            "why": self.why,
            "counted": self.counted,
            "reached": self.reached,
            "planned": self.planned,
            "expected_with_value": self.assessed,
            "fraction": self.fraction,
            "randomized": self.joined,
            "followed_months": self.followed,
            "follow_up_months": self.follow_up,
            "looks": list(self.fractions),
            "look": self.number,
            "supposed_looks_at": list(self.supposed),
            "bound": None
            if bound is None
            else {
                "upper_z": bound.upper if math.isfinite(bound.upper) else None,
                "one_sided_p": bound.p,
                "lower_z": bound.lower,
                "lower_is": None if bound.lower is None else bound.lower_is,
                "binding": bound.binding,
                "alpha_spent_one_sided": bound.spent,
            },
        }
