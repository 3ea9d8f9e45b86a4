"""Reading the shipped protocols once, and deriving variables from plain values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from equipoise.forms.values import plain_value
from equipoise.knowledge.derivation import derive
from equipoise.knowledge.medical_rules import Occasion, bind, derive_items
from equipoise.protocol.document import Protocol
from equipoise.protocol.reading import Reading, read_protocol
from equipoise.protocol.scope import bare_items, participant_columns
from equipoise.rules import Verdict, assess, polars_type

SHELF = Path(__file__).resolve().parents[2] / "protocols"
FLAGSHIP = SHELF / "npc-nimotuzumab"
OROPHARYNX = SHELF / "oropharynx-rtog"


@cache
def reading(folder: Path) -> Reading:
    """The protocol in `folder`, read and checked once."""
    return read_protocol(folder)


def protocol(folder: Path = FLAGSHIP) -> Protocol:
    """The protocol itself."""
    found = reading(folder).protocol
    assert found is not None
    return found


def derived(names: list[str], rows: list[dict[str, Any]], of: Protocol | None = None) -> pl.DataFrame:
    """The named variables for participants whose recorded values are given; what a row does not give is missing."""
    of = of or protocol()
    columns = participant_columns(of)
    rows = [with_medical_rules(of, row) for row in rows]
    given = dict.fromkeys(name for row in rows for name in row)
    frame = pl.DataFrame(
        {"participant": [str(i) for i in range(len(rows))], **{n: [row.get(n) for row in rows] for n in given}},
        schema={"participant": pl.String(), **{n: polars_type(columns[n].type) for n in given}},
        strict=False,
    )
    return derive(of, {}, frame, names)


def with_medical_rules(of: Protocol, row: dict[str, Any]) -> dict[str, Any]:
    """The row, and what the derivations of its forms give of it; what it states itself stands."""
    found = dict(row)
    for form in of.forms:
        for bound in bind(of, form.id):
            if bound.needs & row.keys() and all(item.id in bare_items(of) for _, item, _ in bound.gives):
                occasion = Occasion(None, "", 1, (), lambda _name: None)
                values = {name: str(value) if isinstance(value, float) else value for name, value in row.items()}
                given, _ = derive_items(of, bound, occasion, values, {})
                items = {item.id: item for _, item, _ in bound.gives}
                found = {name: plain_value(items[name], value) for name, value in given.items()} | found
    return found


def judged(criterion: str, row: dict[str, Any], of: Protocol | None = None) -> Verdict:
    """What one criterion says of one participant."""
    of = of or protocol()
    assert of.eligibility is not None
    rule = next(c.rule for c in of.eligibility.criteria if c.id == criterion)
    columns = participant_columns(of)
    derivable = {v.id for v in of.variables if v.rule is not None} - row.keys()
    known = derived(sorted(derivable), [row], of).row(0, named=True) | with_medical_rules(of, row)
    return assess(rule, known, columns)
