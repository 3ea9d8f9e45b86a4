"""Design and scenarios: an endpoint to plan for, and virtual participants who can exist on the forms of the trial."""

from __future__ import annotations

import math

from equipoise.design import Design, Scenario
from equipoise.design.scenario import Distribution
from equipoise.forms import Item
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.sequential import check_sequential
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.derivation import item_column, table_columns
from equipoise.rules import Column

__all__ = ["check_design"]

Path = tuple[str | int, ...]
_PROBABILITIES = ("screen_failure", "missed_visit", "typing_error")


def check_design(look: Inspection, line: Timeline) -> None:
    """The design, then every scenario."""
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
    columns, elsewhere = line.known_by(AT_THE_CUT, "the end of the trial")
    for i, scenario in enumerate(protocol.scenarios):
        _scenario(look, scenario, ("scenarios", i), columns, elsewhere)


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


def _scenario(
    look: Inspection, scenario: Scenario, path: Path, columns: dict[str, Column], elsewhere: dict[str, str]
) -> None:
    protocol = look.protocol
    for name in _PROBABILITIES:
        given = getattr(scenario, name)
        if given is not None and not 0 <= given.value <= 1:
            look.add(
                "scenario.probability",
                (*path, name),
                f"`{name}` is {given.value:g}",
                "a probability lies between 0 and 1",
                "Correct it.",
            )
    for name in ("follow_up_months", "withdrawal_per_month", "late_entry_days"):
        given = getattr(scenario, name)
        if given is not None and given.value < 0:
            look.add(
                "scenario.negative",
                (*path, name),
                f"`{name}` is {given.value:g}",
                "it cannot be negative",
                "Correct it.",
            )
    sites = {site.id for site in protocol.sites}
    for site, share in scenario.site_shares.items():
        if look.refer((*path, "site_shares", site), site, sites, "site") and share < 0:
            look.add(
                "scenario.negative",
                (*path, "site_shares", site),
                f"the share of {site} is {share:g}",
                "a share is not negative",
                "Correct it.",
            )
    for name, sourced in scenario.items.items():
        here = (*path, "items", name)
        if look.refer(here, name, protocol.item_by_id, "item"):
            _distribution(look, sourced.value, protocol.item_by_id[name][2], here, columns, elsewhere)
    arms = {arm.id for arm in protocol.arms}
    outcomes = {outcome.id for outcome in scenario.outcomes}
    visits = {visit.id: visit for visit in protocol.visits}
    for j, outcome in enumerate(scenario.outcomes):
        here = (*path, "outcomes", j)
        if (
            outcome.after is not None
            and look.refer((*here, "after"), outcome.after, outcomes, "outcome")
            and outcome.after == outcome.id
        ):
            look.add(
                "rule.circle",
                (*here, "after"),
                f"outcome `{outcome.id}` comes after itself",
                "it could never begin",
                "Name another outcome.",
            )
        for arm in outcome.hazard_ratio.value if outcome.hazard_ratio else ():
            look.refer((*here, "hazard_ratio", arm), arm, arms, "arm")
        known = look.refer((*here, "form"), outcome.form, protocol.form_by_id, "form")
        if (
            look.refer((*here, "visit"), outcome.visit, visits, "visit")
            and known
            and outcome.form not in visits[outcome.visit].forms
        ):
            look.add(
                "pick.not_there",
                (*here, "visit"),
                f"form `{outcome.form}` is not used at visit {outcome.visit}",
                "it could not be recorded there",
                "Name a visit that uses the form.",
            )
        if not known:
            continue
        items = {item.id: item for _, item in protocol.form_by_id[outcome.form].all_items()}
        if look.refer((*here, "date_item"), outcome.date_item, items, f"item of form {outcome.form}") and items[
            outcome.date_item
        ].type not in ("date", "datetime"):
            look.add(
                "item.not_a_date",
                (*here, "date_item"),
                f"`{outcome.date_item}` is not a date",
                f"its type is {items[outcome.date_item].type}",
                "Name the date of the event.",
            )
        for name, distribution in outcome.sets.items():
            if look.refer((*here, "sets", name), name, items, f"item of form {outcome.form}"):
                _distribution(look, distribution, items[name], (*here, "sets", name), columns, elsewhere)


def _distribution(
    look: Inspection, given: Distribution, item: Item, path: Path, columns: dict[str, Column], elsewhere: dict[str, str]
) -> None:
    codes = item_column(look.protocol, item).codes
    if codes is not None:
        values = list(given.choice) if given.choice else [given.value] if isinstance(given.value, str) else []
        for value in values:
            if value not in codes:
                look.add(
                    "rule.unknown_code",
                    path,
                    f"'{value}' is not a code of `{item.id}`",
                    "its codelist does not define it",
                    f"The codes are: {', '.join(sorted(codes))}.",
                )
    numeric = given.normal or given.lognormal or given.uniform
    if numeric and item.type not in ("integer", "decimal"):
        look.add(
            "scenario.type",
            path,
            f"numbers are drawn for `{item.id}`",
            f"it is of type {item.type}",
            "Use choice, value, days_after or rule.",
        )
    if given.days_after is not None:
        if item.type not in ("date", "datetime"):
            look.add(
                "scenario.type",
                path,
                f"a date is drawn for `{item.id}`",
                f"it is of type {item.type}",
                "Use another distribution.",
            )
        names = {n: c for n, c in columns.items() if c.type in ("date", "datetime")} | _form_dates(look, item)
        look.refer((*path, "from"), given.from_ or "", names, "date item, variable or built-in")
    if given.missing and item.required and item.required_when is None:
        look.warn(
            "scenario.missing",
            path,
            f"`{item.id}` is to be left empty sometimes",
            "it is required, so that the record would be refused",
            "Make it `required: false`, or remove `missing`.",
        )
    if given.rule is not None:
        form, group, _ = look.protocol.item_by_id[item.id]
        own = table_columns(look.protocol, form.id, group)
        here = {name: why for name, why in elsewhere.items() if name not in own}
        check_in_place(look, given.rule, (*path, "rule"), {**columns, **own}, here, item.type, codes)


def _form_dates(look: Inspection, item: Item) -> dict[str, Column]:
    form, group, _ = look.protocol.item_by_id[item.id]
    return {n: c for n, c in table_columns(look.protocol, form.id, group).items() if c.type in ("date", "datetime")}
