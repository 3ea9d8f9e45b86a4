"""Design: an endpoint to plan for, and assumptions that can be planned with."""

from __future__ import annotations

import math

from equipoise.design import Design
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.sequential import check_sequential

__all__ = ["check_design"]


def check_design(look: Inspection) -> None:
    """The design, if there is one."""
    protocol, design = look.protocol, look.protocol.design
    if design is not None:
        kinds = {e.id: e for e in protocol.endpoints}
        if look.refer(("design", "endpoint"), design.endpoint, kinds, "endpoint"):
            if kinds[design.endpoint].role != "primary":
                look.warn(
                    "design.endpoint",
                    ("design", "endpoint"),
                    f"the design rests on {design.endpoint}, a {kinds[design.endpoint].role} endpoint",
                    "the size of a trial follows from its primary endpoint",
                    "Name the primary endpoint.",
                )
            _kind(look, design, kinds[design.endpoint].kind)
        _effect(look, design)
        _sizes(look, design)
        check_sequential(look, design)
        if (
            design.participants is not None
            and design.events is not None
            and design.events.value > design.participants.value
        ):
            look.add(
                "design.events",
                ("design", "events"),
                f"{design.events.value} events among {design.participants.value} participants",
                "nobody has the event twice",
                "Correct one of the two.",
            )


def _kind(look: Inspection, design: Design, kind: str) -> None:
    """Whether what is assumed belongs to the kind of the endpoint."""
    for name, what in (
        ("hazard_ratio", "a hazard ratio"),
        ("prior", "a prior"),
        ("relevant_hazard_ratio", "a relevant hazard ratio"),
    ):
        if getattr(design, name) is not None and kind != "time_to_event":
            look.add(
                "design.endpoint",
                ("design", name),
                f"{what} for {design.endpoint}",
                f"it is a {kind} endpoint, which has no hazard",
                "Remove it, or plan for a time-to-event endpoint.",
            )
    for name, belongs in (("rates", "binary"), ("means", "continuous")):
        if getattr(design, name) is not None and kind != belongs:
            look.add(
                "design.endpoint",
                ("design", name),
                f"{name} for {design.endpoint}",
                f"it is a {kind} endpoint, which has no {name}",
                f"Remove them, or plan for a {belongs} endpoint.",
            )


def _effect_of_rates_or_means(look: Inspection, design: Design) -> None:
    """Whether the assumed rates or means differ from what the null hypothesis says of them."""
    for name, given in (("rates", design.rates), ("means", design.means)):
        if given is None:
            continue
        one, two = given.experimental.value, given.control.value
        by_ratio = design.rates is not None and name == "rates" and design.rates.measure == "ratio"
        least = 0.0 if by_ratio else -1.0
        if (
            design.margin is not None
            and name == "rates"
            and not least < design.margin.value < (math.inf if by_ratio else 1)
        ):
            look.add(
                "design.margin",
                ("design", "margin"),
                f"the margin is {design.margin.value:g}",
                "a ratio of rates is positive" if by_ratio else "a difference of rates lies between -1 and 1",
                "Write for example `margin: 0.9`." if by_ratio else "Write for example `margin: -0.1`.",
            )
            continue
        null = design.margin.value if design.margin is not None else float(by_ratio)
        if math.isclose(one / two if by_ratio else one - two, null, rel_tol=1e-9, abs_tol=1e-12):
            look.add(
                "design.no_effect",
                ("design", name),
                f"the assumed {name} are {one:g} and {two:g}",
                "no number of participants could show a difference that is not there",
                "Assume different ones, or state a margin.",
            )


def _effect(look: Inspection, design: Design) -> None:
    """Whether there is an effect to find, on the right side of the margin."""
    if design.hazard_ratio is None and (design.rates is not None or design.means is not None):
        _effect_of_rates_or_means(look, design)
        return
    ratio = design.hazard_ratio.value if design.hazard_ratio is not None else None
    margin = design.margin.value if design.margin is not None else None
    if margin is not None and margin <= 0:
        look.add(
            "design.margin",
            ("design", "margin"),
            f"the margin is {margin:g}",
            "it is a hazard ratio, and a ratio is positive",
            "Write for example `margin: 1.3`.",
        )
    elif design.question == "non_inferiority" and ratio is not None and margin is not None and ratio >= margin:
        look.add(
            "design.no_effect",
            ("design", "hazard_ratio"),
            f"the assumed hazard ratio {ratio:g} is not below the margin {margin:g}",
            "no number of participants could show that it is better than that",
            "Assume a smaller ratio, or argue for another margin.",
        )
    if design.question == "superiority" and ratio == 1:
        look.add(
            "design.no_effect",
            ("design", "hazard_ratio"),
            "the assumed hazard ratio is 1",
            "no number of participants could show a difference that is not there",
            "Assume a ratio other than 1.",
        )
    control = design.control.value if design.control is not None else None
    if control is not None and control.per_month and max(control.per_month) == 0:
        look.add(
            "design.no_events",
            ("design", "control"),
            "the hazard is 0 in every period",
            "nobody would ever have the event",
            "Give a hazard above 0 in at least one period.",
        )


def _sizes(look: Inspection, design: Design) -> None:
    """Numbers of people and lengths of time that can be."""
    for name, least in (
        ("participants", 2),
        ("events", 1),
        ("follow_up_months", 0),
        ("dropout_per_month", 0),
        ("delay_months", 0),
    ):
        given = getattr(design, name)
        if given is not None and given.value < least:
            look.add(
                "design.too_small",
                ("design", name),
                f"`{name}` is {given.value:g}",
                f"it is at least {least}",
                "Correct it.",
            )
