"""Distributions of a scenario: whether what they give fits the item, and whether their rules name what can be known.

A rule of a scenario may name the form's own items, single items of other forms (as last known), variables, built-ins,
the scenario's latents and names of the moment. Knows no outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from equipoise.design import Distribution, Scenario
from equipoise.forms import Item
from equipoise.forms.facets import rule_type
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.scope import item_column, item_named, table_columns
from equipoise.protocol.words import phrase
from equipoise.rules import Column, Expectation
from equipoise.wording.literals import literals_checked
from equipoise.words import Phrase

__all__ = ["Known", "check_distribution", "check_item", "known_in", "latent_column"]

Path = tuple[str | int, ...]
_MOMENT = {
    name: Column(name, type_, where="the moment")
    for name, type_ in (
        ("visit", "text"),
        ("occurrence", "integer"),
        ("day", "integer"),
        ("row", "integer"),
        ("days_left", "integer"),
        ("leaving", "text"),
    )
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule of the scenario may name, and why it may not name the rest."""

    columns: Mapping[str, Column]
    elsewhere: Mapping[str, Phrase]

    def also(self, columns: Mapping[str, Column]) -> Known:
        """With more names, which come first."""
        elsewhere = {name: why for name, why in self.elsewhere.items() if name not in columns}
        return Known({**self.columns, **columns}, elsewhere)


def latent_column(name: str, how: Distribution) -> Column:
    """What a latent is: a number, unless it is chosen among words or is true by chance."""
    if how.choice is not None or how.choice_by is not None or isinstance(how.value, str):
        return Column(name, "text", codes=frozenset(how.codes()), where="latent")
    truth = how.chance is not None or isinstance(how.value, bool)
    return Column(name, "boolean" if truth else "decimal", where="latent")


def known_in(look: Inspection, line: Timeline, scenario: Scenario) -> Known:
    """The names of a scenario's rules, apart from those of the form that is filled in."""
    columns, elsewhere = line.known_by(AT_THE_CUT, phrase("place.end"))
    protocol = look.protocol
    recorded = ((name, item_named(protocol, name)) for name in (*protocol.item_by_id, *protocol.facet_by_name))
    single = {
        name: named.column(protocol, f"item of form {named.form.id}")
        for name, named in recorded
        if named is not None and named.group is None and name not in protocol.variable_by_id
    }
    latents = {name: latent_column(name, how.value) for name, how in scenario.latents.items()}
    return Known({**_MOMENT, **columns}, elsewhere).also({**single, **latents})


def check_item(look: Inspection, given: Distribution, item: Item, path: Path, known: Known) -> None:
    """The distribution of one item of a form."""
    form, group, _ = look.protocol.item_by_id[item.id]
    if item.computed is not None or item.id in form.derived_items():
        look.add("scenario.derived", path, item=item.id)
        return
    own = table_columns(look.protocol, form.id, group)
    previous = replace(item_column(look.protocol, item), name="previous", where="the item's last value")
    here = known.also({"previous": previous} | own)
    codes = item_column(look.protocol, item).codes
    if codes is not None:
        for value in given.codes():
            if value not in codes:
                look.add("rule.unknown_code/drawn", path, code=value, item=item.id, codes=codes)
    _check_type(look, given, item, path)
    if given.days_after is not None:
        dates = {n: c for n, c in here.columns.items() if c.type in ("date", "datetime") and n != "previous"}
        look.refer((*path, "from"), given.from_ or "", dates, "date item, variable or built-in")
    if given.missing and item.required and item.required_when is None:
        look.warn("scenario.missing", path, item=item.id)
    # What a rule gives for a whole number is rounded, as a person would.
    check_distribution(look, given, path, here, "number" if item.type == "integer" else rule_type(item.type), codes)


def _check_type(look: Inspection, given: Distribution, item: Item, path: Path) -> None:
    numbers = given.spread is not None or given.uniform is not None
    wanted = (
        ("scenario.type/numbers", numbers, ("integer", "decimal")),
        ("scenario.type/date", given.days_after is not None, ("date", "datetime")),
        ("scenario.type/truth", given.chance is not None, ("boolean",)),
    )
    for key, drawn, types in wanted:
        if drawn and rule_type(item.type) not in types:
            look.add(key, path, item=item.id, type=item.type)


@literals_checked
def check_distribution(
    look: Inspection,
    given: Distribution,
    path: Path,
    known: Known,
    expect: Expectation,
    codes: frozenset[str] | None = None,
) -> None:
    """Every rule of a distribution, where it stands; `rule` gives what is asked for, the others what they are for."""
    for place, text in given.rules():
        key = place[-1]
        wanted: Expectation = expect if key == "rule" else "boolean" if key == "when" else "number"
        allowed = codes if key == "rule" else None
        check_in_place(look, text, (*path, *place), known.columns, known.elsewhere, wanted, allowed)
