"""How missing parts of dates are imputed: bounds that are days and that rest on no bounded day themselves."""

from __future__ import annotations

from equipoise.forms import Form, Item
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import Timeline
from equipoise.protocol.scope import names_behind, table_columns

__all__ = ["check_impute"]

Path = tuple[str | int, ...]


def check_impute(look: Inspection, line: Timeline, form: Form, item: Item, path: Path) -> None:
    """The clause `impute` of an item."""
    how = item.impute
    if how is None:
        return
    if how.day is None and how.month is None:
        look.add("impute.nothing", (*path, "impute"), item=item.id)
    group = look.protocol.item_by_id[item.id][1]
    # A bound may be known late: until then it does not bound.
    columns = {**line.columns, **table_columns(look.protocol, form.id, group)}
    for key, names in (("not_before", how.not_before), ("not_after", how.not_after)):
        for place, name in enumerate(names):
            here = (*path, "impute", key, place)
            if not look.refer(here, name, columns, "date item, variable or built-in"):
                continue
            if columns[name].type not in ("date", "datetime"):
                look.add("impute.not_a_date", here, name=name, type=columns[name].type)
            elif bounded := [one for one in names_behind(look.protocol, (name,)) if _is_bounded(look, one)]:
                look.add("impute.circle", here, name=name, others=sorted(bounded))


def _is_bounded(look: Inspection, name: str) -> bool:
    known = look.protocol.item_by_id.get(name)
    how = known[2].impute if known is not None else None
    return how is not None and bool(how.not_before or how.not_after)
