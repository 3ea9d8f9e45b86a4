"""What surrounds a recorded value: the clock of its site, and the days by which an imputed day is bounded.

One meaning for the desk, one participant and the data cut: a bound is looked up in the value's own row and form first,
then among what is known of the participant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from equipoise.forms.facets import Around
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import item_named

__all__ = ["around_row"]


def around_row(
    protocol: Protocol,
    timezone: str | None,
    table: tuple[str, str | None],
    values: Mapping[str, Any],
    known: Callable[[str], Any],
) -> Around:
    """The surroundings of the values of a row. `table`: form and repeating group; `values`: canonical, with the single
    items of the form; `known`: what else is known of the participant, by name.
    """
    form, group = table

    def day_of(name: str) -> Any:
        named = item_named(protocol, name)
        if named is not None and named.form.id == form and named.group in (None, group):
            return named.value(values, Around(timezone))
        return known(name)

    return Around(timezone, day_of)
