"""A cut as plain files: a table of text for each of its tables, and the dictionary that says what every column is.

What is not in them: answers that could tell who somebody is, half-filled and struck forms, drafts, refusals, and the
history of values (the trail has it); arms only as far as they may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.conduct.folder.noting import note_cut
from equipoise.datacut import freeze, written_frames
from equipoise.protocol.scope import participant_columns, table_columns
from equipoise.reports.copies.odm import odm_bytes
from equipoise.reports.copies.words import phrase
from equipoise.reports.copies.writing import csv_bytes, json_bytes, write_copy
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    import polars as pl

    from equipoise.conduct.authority import DoorName
    from equipoise.conduct.folder.study import Study
    from equipoise.datacut import Cut
    from equipoise.datacut.unblinding import Visibility
    from equipoise.protocol.document import Protocol

__all__ = ["data_files", "read_data", "table_rows", "write_data"]

_DICTIONARY = ("table", "column", "type", "label_en", "label_zh", "unit", "codelist", "origin")
_CODES = ("codelist", "code", "label_en", "label_zh", "source", "cdisc")
_TYPES: Mapping[str, str] = {
    "String": "text",
    "Enum": "text",
    "Int64": "integer",
    "Float64": "decimal",
    "Boolean": "boolean",
    "Date": "date",
    "Datetime": "datetime",
    "List": "list of integers",
}


@literals_checked
def read_data(
    study: Study,
    as_: str | None = None,
    *,
    date: str | None = None,
    entry: int | None = None,
    arms: Visibility | None = None,
    door: DoorName = "export",
) -> Cut:
    """The cut for a reader of the whole study, noted on the ledger where the reader has a name.

    Raises Refusal for whoever may not cut data, for arms that the reader may not see, and as `freeze` does.
    """
    seen = study if as_ is None else study.seen_by(as_)
    cut = freeze(seen, date=date, entry=entry, arms=arms, door=door)
    # Noted before anything is written: whoever may not is given nothing.
    note_cut(seen, f"export-{cut.seq}", cut.seq, cut.head)
    return cut


def write_data(
    study: Study,
    out: Path,
    as_: str | None = None,
    *,
    date: str | None = None,
    entry: int | None = None,
    arms: Visibility | None = None,
) -> Path:
    """Write a cut into `out`: a CSV file for each table, dictionary.csv, codelists.csv, dictionary.json, odm.xml."""
    cut = read_data(study, as_, date=date, entry=entry, arms=arms)
    last = next(iter(study.store.read(study.id, after=cut.seq - 1, upto=cut.seq)))
    about = {
        "what": "data",
        "reader": as_ or study.reader().person,
        "arms": cut.arms,
        "left_out": list(cut.identifying),
    }
    return write_copy(out, study, data_files(cut) | {"odm.xml": odm_bytes(study, cut)}, about, last, "export")


def data_files(cut: Cut) -> dict[str, bytes]:
    """The files by name."""
    frames = written_frames(cut)
    files = {f"{name}.csv": csv_bytes(frame.columns, table_rows(frame)) for name, frame in frames.items()}
    columns = [row for name, frame in frames.items() for row in _told(cut.protocol, name, frame)]
    codes = list(_codes(cut.protocol))
    files["dictionary.csv"] = csv_bytes(_DICTIONARY, columns)
    files["codelists.csv"] = csv_bytes(_CODES, codes)
    files["dictionary.json"] = json_bytes({**cut.identity(), "columns": columns, "codes": codes})
    return files


def table_rows(frame: pl.DataFrame) -> Iterable[dict[str, Any]]:
    """The rows of a table as they are written: days and instants in ISO 8601."""
    for row in frame.iter_rows(named=True):
        yield {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _told(protocol: Protocol, table: str, frame: pl.DataFrame) -> Iterable[dict[str, Any]]:
    """What each column is: its label from the protocol, or from us."""
    asked = _asked(protocol, table)
    for name, kind in frame.schema.items():
        known = asked.get(name)
        told = {
            "table": table,
            "column": name,
            "type": _TYPES[type(kind).__name__],
            "label_en": "",
            "label_zh": "",
            "unit": None,
            "codelist": None,
            "origin": "structure",
        }
        yield told | (known if known is not None else _own(protocol, name))


def _own(protocol: Protocol, name: str) -> dict[str, Any]:
    """A column of ours; those of a factor or of a part of the consent are named by the protocol."""
    of = {f"used_{factor.id}": phrase("column.factor_used", factor=factor.label) for factor in protocol.factors}
    of |= {f"true_{factor.id}": phrase("column.factor_true", factor=factor.label) for factor in protocol.factors}
    of |= {f"agrees_{part.id}": phrase("column.agrees", part=part.label) for part in protocol.consent_parts}
    said = of.get(name) or phrase(f"column.{name}")
    return {"label_en": said.in_("en"), "label_zh": said.in_("zh")}


def _asked(protocol: Protocol, table: str) -> dict[str, dict[str, Any]]:
    """The columns of a table that the protocol names: items, their facets, variables."""
    found: dict[str, dict[str, Any]] = {}
    names: Iterable[str] = ()
    if table.startswith("form."):
        form, _, group = table.removeprefix("form.").partition(".")
        names = table_columns(protocol, form, group or None)
    elif table == "variables":
        names = participant_columns(protocol)
    for name in names:
        if (said := _item(protocol, name)) is not None:
            found[name] = said
    if table == "variables":
        for variable in protocol.variables:
            label = {"label_en": variable.label.en, "label_zh": variable.label.zh}
            found[variable.id] = {**label, "unit": variable.unit, "codelist": variable.codelist, "origin": "derived"}
    return found


def _item(protocol: Protocol, name: str) -> dict[str, Any] | None:
    """An item, or a facet of one."""
    if (known := protocol.item_by_id.get(name)) is not None:
        item = known[2]
        form = protocol.form_by_id.get(known[0].id)
        filled = form is not None and (item.computed is not None or name in form.derived_items() | form.advised_items())
        label = {"label_en": item.label.en, "label_zh": item.label.zh}
        return {**label, "unit": item.unit, "codelist": item.codelist, "origin": "computed" if filled else "recorded"}
    if (facet := protocol.facet_by_name.get(name)) is not None and (known := protocol.item_by_id.get(facet[0])):
        said = phrase("column.facet", item=known[2].label, facet=name.removeprefix(f"{facet[0]}_"))
        return {"label_en": said.in_("en"), "label_zh": said.in_("zh"), "origin": "recorded"}
    return None


def _codes(protocol: Protocol) -> Iterable[dict[str, Any]]:
    for codelist in protocol.codelists:
        for code in codelist.codes:
            label = {"label_en": code.label.en, "label_zh": code.label.zh}
            cdisc = code.cdisc or ""
            yield {"codelist": codelist.id, "code": code.code, **label, "source": codelist.source, "cdisc": cdisc}
