"""The gaps that erasure left: whose value, behind which name, is not known because it was erased.

Nobody is counted as free of an event because the record of the event is gone: who has a gap is not analyzed there, and
every result says so. A value that was recorded anew at the same place closes the gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from equipoise.protocol.results import names_read

if TYPE_CHECKING:
    from equipoise.conduct.folder.erasures import Erasure
    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["GAP", "erased_behind", "tell_gaps"]

GAP = "erased"
"""The problem of a row that cannot be analyzed because of it."""


def erased_behind(cut: Cut, protocol: Protocol, names: Iterable[str]) -> dict[str, list[str]]:
    """Participant to the erased items, in order, on which `names` rest and which hold no value now."""
    if not cut.erasures:
        return {}
    read = names_read(protocol, names)
    found: dict[str, list[str]] = {}
    for erasure in cut.erasures:
        for item in _gone(cut, protocol, erasure):
            if item in read and erasure.participant is not None:
                known = found.setdefault(erasure.participant, [])
                known += [item] if item not in known else []
    return found


def tell_gaps(cut: Cut, protocol: Protocol, names: Iterable[str]) -> list[dict[str, Any]]:
    """The same for results.json."""
    return [{"participant": who, "items": items} for who, items in erased_behind(cut, protocol, names).items()]


def _gone(cut: Cut, protocol: Protocol, erasure: Erasure) -> Iterator[str]:
    """The items that an erasure took and that nobody has recorded since."""
    form = protocol.form_by_id.get(erasure.form or "")
    if form is None:
        return
    groups = {item.id: group for group, item in form.all_items()}
    places = erasure.places
    if places is None:
        # An erasure of an earlier version of the system does not say what the form held: all of it then.
        places = tuple((groups.get(item), None, item) for item in (erasure.items or groups))
    for group, row, item in places:
        if item in groups and not _stands(cut, erasure, (group, row, item)):
            yield item


def _stands(cut: Cut, erasure: Erasure, place: tuple[str | None, int | None, str]) -> bool:
    """Whether a value stands there now."""
    import polars as pl

    group, row, item = place
    table = cut.tables.get(f"{erasure.form}.{group}" if group else str(erasure.form))
    if table is None or item not in table.columns:
        return False
    here = (
        (pl.col("participant") == erasure.participant)
        & (pl.col("visit") == erasure.visit)
        & (pl.col("occurrence") == erasure.occurrence)
    )
    if row is not None:
        here = here & (pl.col("row") == row)
    return table.filter(here & pl.col(item).is_not_null()).height > 0
