"""What the design asks of its endpoint: better, or no worse than a margin; measured how, and on which side.

The same clause that gave the trial its size is read here in the terms of an analysis. Knows no data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.design import Design
    from equipoise.protocol.document import Protocol

__all__ = ["Measure", "Question", "Side", "question_of"]

Measure = Literal["hazard_ratio", "rate_difference", "rate_ratio", "mean_difference", "rate", "mean"]
Side = Literal["above", "below"]


@literals_checked
@dataclass(frozen=True, slots=True)
class Question:
    """`measure` compares the experimental arm with control; `rate` and `mean` are of the only arm.

    `null`: the effect that is to be ruled out: none, the margin, or what the only arm is compared with. `benefit`: the
    side of it on which the benefit lies; None where the design does not say it. `alpha` is of both sides together
    where `sides` is 2.
    """

    endpoint: str
    asks: Literal["superiority", "non_inferiority"]
    measure: Measure
    null: float
    benefit: Side | None
    alpha: float
    sides: int

    @property
    def alpha_one_sided(self) -> float:
        """The error of one side."""
        return self.alpha / self.sides

    @property
    def one_arm(self) -> bool:
        """Whether the only arm is compared with a number."""
        return self.measure in ("rate", "mean")


def question_of(protocol: Protocol) -> Question | None:
    """The question of the protocol's design; None without a design."""
    design = protocol.design
    if design is None:
        return None
    endpoint = next((e for e in protocol.endpoints if e.id == design.endpoint), None)
    measure = _measure(design, "" if endpoint is None else endpoint.kind, one_arm=len(protocol.arms) == 1)
    null, benefit = _null(design, measure)
    if benefit is None:  # nothing is assumed of the arms: what the endpoint itself calls better
        benefit = {"lower": "below", "higher": "above"}.get(getattr(endpoint, "better", None) or "")  # type: ignore[assignment]
    return Question(
        endpoint=design.endpoint,
        asks=design.question,
        measure=measure,
        null=null,
        benefit=benefit,
        alpha=design.alpha.value,
        sides=design.sides.value,
    )


def _measure(design: Design, kind: str, *, one_arm: bool) -> Measure:
    if kind == "binary":
        if one_arm:
            return "rate"
        return "rate_ratio" if design.rates is not None and design.rates.measure == "ratio" else "rate_difference"
    if kind == "continuous":
        return "mean" if one_arm else "mean_difference"
    return "hazard_ratio"


def _null(design: Design, measure: Measure) -> tuple[float, Side | None]:
    """The effect to rule out and the side of the benefit: of a margin the side on which no effect lies, otherwise that
    of the assumed effect; of a hazard without an assumption that of fewer events."""
    none = 1.0 if measure in ("hazard_ratio", "rate_ratio") else 0.0
    assumed = design.rates or design.means
    if measure in ("rate", "mean"):
        none = assumed.control.value if assumed is not None else none
    elif design.question == "non_inferiority" and design.margin is not None and design.margin.value != none:
        return design.margin.value, "below" if design.margin.value > none else "above"
    if measure == "hazard_ratio":
        ratio = design.hazard_ratio
        return none, "above" if ratio is not None and ratio.value > 1 else "below"
    if assumed is None or assumed.experimental.value == assumed.control.value:
        return none, None
    return none, "above" if assumed.experimental.value > assumed.control.value else "below"
