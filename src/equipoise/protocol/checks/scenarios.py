"""Scenarios: virtual participants who can exist on the forms of the trial, and outcomes that can strike them."""

from __future__ import annotations

import math

from equipoise.design import Distribution, Outcome, Scenario
from equipoise.forms import Item
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.derivation import item_column, table_columns
from equipoise.rules import Column
from equipoise.wording import bare

__all__ = ["check_scenarios"]

Path = tuple[str | int, ...]
_PROBABILITIES = ("prevalence", "screen_failure", "missed_visit", "typing_error")


def check_scenarios(look: Inspection, line: Timeline) -> None:
    """Every scenario."""
    columns, elsewhere = line.known_by(AT_THE_CUT, "the end of the trial")
    for i, scenario in enumerate(look.protocol.scenarios):
        path: Path = ("scenarios", i)
        _scenario(look, scenario, path, columns, elsewhere)
        for j, outcome in enumerate(scenario.outcomes):
            _hazards(look, line, outcome, (*path, "outcomes", j))


def _hazards(look: Inspection, line: Timeline, outcome: Outcome, path: Path) -> None:
    """Whether its ratios and its cured share can be."""
    arms = {arm.id for arm in look.protocol.arms}
    known, later = line.known_by(line.at["randomized_date"], "randomization")
    for arm, ratio in outcome.hazard_ratio.value.items() if outcome.hazard_ratio else ():
        if look.refer((*path, "hazard_ratio", arm), arm, arms, "arm") and not 0 <= ratio < math.inf:
            look.add(
                "scenario.negative",
                (*path, "hazard_ratio", arm),
                f"the hazard ratio of {arm} is {ratio:g}",
                "a ratio of hazards is finite and not negative",
                "Correct it.",
            )
    for k, modifier in enumerate(outcome.modifiers):
        here = (*path, "modifiers", k)
        if modifier.value.arm is not None:
            look.refer((*here, "arm"), modifier.value.arm, arms, "arm")
        if modifier.value.when is not None:
            check_in_place(look, modifier.value.when, (*here, "when"), known, later, "boolean")
    cured = bare(outcome.cured)
    if cured is None:
        return
    hazard = outcome.hazard.value
    if not 0 <= cured < 1:
        look.add(
            "scenario.probability",
            (*path, "cured"),
            f"`cured` is {cured:g}",
            "a share is not below 0, and if nobody were left the outcome would never strike",
            "Correct it, or remove the outcome.",
        )
        return
    share = 0.5 if hazard.median_months is not None else hazard.survival
    if share is not None and cured >= share:
        look.add(
            "scenario.cured",
            (*path, "cured"),
            f"{cured:g} are never struck, and {share:g} are said to be free of it at some time",
            "the curve is that of everybody and ends at the cured share, so that it never falls so low",
            "Lower `cured`, or give the hazard of the others by `per_month`.",
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
    if scenario.prevalence is not None and scenario.prevalence.value == 0:
        look.add(
            "scenario.prevalence",
            (*path, "prevalence"),
            "`prevalence` is 0",
            "nobody who is approached would be of the trial's population",
            "Give a share above 0, or leave it out.",
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
