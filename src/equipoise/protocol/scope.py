"""Names and columns: what a rule may name, of which type, and what a value rests on.

A bare item may be named in a participant-level rule only when it can have one value: its form is used at exactly
one visit that is neither repeated nor a log, and it stands outside any repeating group. Knows no records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from equipoise.forms.facets import NOWHERE, Around, Facet, facets, rule_type, rule_value
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity
from equipoise.randomization.scheme import stratum_key
from equipoise.rules import Column, names_of

if TYPE_CHECKING:
    from equipoise.forms import Form, Item
    from equipoise.strata import Factor

__all__ = [
    "AFTER_ALLOCATION",
    "BUILT_INS",
    "KEYS",
    "Named",
    "bare_items",
    "factor_levels",
    "identifying_names",
    "item_column",
    "item_named",
    "names_behind",
    "participant_columns",
    "strata_of",
    "table_columns",
    "table_of",
    "timezone_of",
]

# What comes to pass: whether, and when. Stopping treatment is not withdrawing: who stopped is followed up all the same.
_COMES = (
    *("consented", "enrolled", "randomized", "withdrawn", "stopped_treatment", "left_follow_up", "withdrew_consent"),
    "unblinded",
)
_CATEGORIES = frozenset({"emergency", "safety_report", "planned", "inadvertent"})
BUILT_INS: dict[str, Column] = {
    column.name: column
    for column in (
        *(Column(n, "text", where="built-in") for n in ("participant", "site", "arm")),
        *(Column(f"{n}_date", "date", where="built-in") for n in ("screened", *_COMES, "cut")),
        *(Column(n, "boolean", where="built-in") for n in _COMES),
        Column("unblinding_category", "text", codes=_CATEGORIES, where="built-in"),
    )
}
AFTER_ALLOCATION = ("unblinded", "unblinded_date", "unblinding_category")
"""The built-ins that come to pass only after an arm was allocated."""
KEYS = ("participant", "visit", "occurrence", "row", "seq", "observed")


class Named(NamedTuple):
    """What a rule names when it names something recorded: an item, and which facet of its value (None: the value)."""

    form: Form
    group: str | None
    item: Item
    facet: Facet | None = None

    def column(self, protocol: Protocol, where: str = "") -> Column:
        """The column that it makes in a table."""
        if self.facet is None:
            return item_column(protocol, self.item, where)
        return _facet_column(self.facet, where)

    def value(self, values: Mapping[str, Any], around: Around = NOWHERE) -> Any:
        """Its value out of recorded (canonical) values, as rules compute with it."""
        return rule_value(self.item, values.get(self.item.id), around, "" if self.facet is None else self.facet.key)


def item_named(protocol: Protocol, name: str) -> Named | None:
    """The item, or the facet of an item, of that name."""
    if (known := protocol.item_by_id.get(name)) is not None:
        return Named(*known)
    if (facet := protocol.facet_by_name.get(name)) is not None:
        return Named(*protocol.item_by_id[facet[0]], facet[1])
    return None


def timezone_of(protocol: Protocol, site: str | None) -> str | None:
    """The IANA name of a site's time zone; None for a site that the protocol does not know."""
    return next((one.timezone for one in protocol.sites if one.id == site), None)


def item_column(protocol: Protocol, item: Item, where: str = "") -> Column:
    """The column that an item makes in a table."""
    codelist = protocol.codelist_by_id.get(item.codelist or "")
    codes = frozenset(code.code for code in codelist.codes) if codelist else None
    return Column(item.id, rule_type(item.type), item.unit, codes, where)


def _facet_column(facet: Facet, where: str) -> Column:
    return Column(facet.name, facet.type, facet.unit, facet.codes, where)


def _with_facets(protocol: Protocol, items: Iterable[Item], where: str) -> dict[str, Column]:
    """The columns of items, each followed by those of its facets."""
    found: dict[str, Column] = {}
    for item in items:
        found[item.id] = item_column(protocol, item, where)
        for facet in facets(item):
            if protocol.facet_by_name.get(facet.name, ("",))[0] == item.id:
                found[facet.name] = _facet_column(facet, where)
    return found


def table_columns(protocol: Protocol, form_id: str, group: str | None = None) -> dict[str, Column]:
    """The items of one table: a form's single items, or those plus the items of one repeating group."""
    return dict(_table_columns(ByIdentity(protocol), form_id, group))


@lru_cache(maxsize=1024)
def _table_columns(protocol: ByIdentity, form_id: str, group: str | None) -> dict[str, Column]:
    form = protocol.of.form_by_id[form_id]
    items = (item for of, item in form.all_items() if of in (None, group))
    return _with_facets(protocol.of, items, f"item of form {form_id}")


@lru_cache(maxsize=64)
def _bare_items(protocol: ByIdentity) -> frozenset[str]:
    return frozenset(_single_valued(protocol.of))


def _single_valued(protocol: Protocol) -> Iterable[str]:
    uses: dict[str, list[bool]] = {}
    for visit in protocol.visits:
        if visit.id in protocol.ended("visit"):  # the version in force decides what a name means
            continue
        for form_id in dict.fromkeys(visit.forms):
            uses.setdefault(form_id, []).append(visit.kind == "scheduled" and visit.repeat is None)
    for form in protocol.forms:
        if uses.get(form.id) == [True]:
            for item in form.items:
                yield item.id
                yield from (f.name for f in facets(item) if protocol.facet_by_name.get(f.name, ("",))[0] == item.id)


def identifying_names(protocol: Protocol) -> tuple[str, ...]:
    """What could tell who somebody is: items that are marked so, their facets, and variables that hand them on.

    A number or a truth that is computed from one (an age) is none: the rule is what the protocol chose to keep.
    """
    items = [item for _, _, item in protocol.item_by_id.values() if item.identifying]
    facets_of = [facet.name for item in items for facet in facets(item)]
    named = dict.fromkeys([*(item.id for item in items), *facets_of])
    picked = [v for v in protocol.variables if v.pick is not None and v.pick.item in named]
    handed_on = [v.id for v in picked if v.pick is not None and v.pick.which not in ("any", "count")]
    return (*named, *handed_on)


def bare_items(protocol: Protocol) -> frozenset[str]:
    """The items, and facets of them, that a participant-level rule may name as they are."""
    return _bare_items(ByIdentity(protocol))


def participant_columns(protocol: Protocol) -> dict[str, Column]:
    """Everything that a participant-level rule may name once everything has been recorded."""
    columns = dict(BUILT_INS)
    for name in bare_items(protocol):
        named = item_named(protocol, name)
        assert named is not None  # every bare name is an item's or a facet's
        columns[name] = named.column(protocol, f"item of form {named.form.id}")
    for variable in protocol.variables:
        codelist = protocol.codelist_by_id.get(variable.codelist or "")
        codes = frozenset(code.code for code in codelist.codes) if codelist else None
        columns[variable.id] = Column(variable.id, variable.type, variable.unit, codes, "variable")
    return columns


def names_behind(
    protocol: Protocol, names: Iterable[str], also: Callable[[str], Iterable[str]] = lambda _name: ()
) -> frozenset[str]:
    """The names and all that their values rest on: items, variables and built-ins, by picks, rules and derivations.

    `also` gives what else a name rests on.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        waiting += also(name)
        if (variable := protocol.variable_by_id.get(name)) is not None:
            waiting += variable.rests_on()
        elif name in protocol.facet_by_name:
            waiting.append(protocol.facet_by_name[name][0])
        elif name in protocol.item_by_id:
            form, _, item = protocol.item_by_id[name]
            waiting += names_of(item.computed) if item.computed else ()
            waiting += (*item.impute.not_before, *item.impute.not_after) if item.impute else ()
            waiting += [n for d in form.derivations if name in d.gives.values() for n in d.rests_on()]
    return frozenset(found)


def table_of(protocol: Protocol, item: str) -> str:
    """The table that holds an item, or a facet of one: its form, or its form and repeating group."""
    named = item_named(protocol, item)
    if named is None:
        raise KeyError(item)
    return f"{named.form.id}.{named.group}" if named.group else named.form.id


def factor_levels(protocol: Protocol, factor: Factor, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """The levels that are listed, or else those that follow: the sites, the codes, true and false; none: any text."""
    if factor.levels:
        return factor.levels
    if factor.id == "site":
        return tuple(site.id for site in protocol.sites)
    column = columns.get(factor.id)
    if column is None:
        return ()
    return ("true", "false") if column.type == "boolean" else tuple(sorted(column.codes or ()))


def strata_of(protocol: Protocol) -> tuple[str, ...] | None:
    """Every stratum by its key, in order; None where a factor's levels are any text."""
    columns, factors = participant_columns(protocol), {factor.id: factor for factor in protocol.factors}
    names = protocol.randomization.stratify_by.value
    levels = [factor_levels(protocol, factors[name], columns) if name in factors else () for name in names]
    if not all(levels):
        return None
    return tuple(stratum_key(dict(zip(names, one, strict=True))) for one in product(*levels))
