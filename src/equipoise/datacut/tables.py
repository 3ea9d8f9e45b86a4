"""From ledger entries to what is known of each participant: records with corrections applied, dates, acts.

One pass over the entries in their order; a correction replaces the value and leaves its number in the provenance.
An erased payload leaves a gap that is counted, never an error. Knows no analysis.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from equipoise.knowledge.records import RecordRow, corrected
from equipoise.protocol.scope import BUILT_INS
from equipoise.rules import polars_type

if TYPE_CHECKING:
    import polars as pl

    from equipoise.protocol.document import Protocol

__all__ = ["KINDS", "Gathered", "gather", "participants_frame", "provenance_frame"]

KINDS = (
    "screened",
    "consented",
    "form_recorded",
    "value_corrected",
    "enrolled",
    "allocated",
    "allocation_recorded",
    "true_stratum_recorded",
    "allocation_marked_in_error",
    "withdrawn",
    "deviation_reported",
    "duplicate_suspected",
)
_DATED = {"screened": "screened", "consented": "consented", "enrolled": "enrolled", "withdrawn": "withdrawn",
          "allocated": "randomized", "allocation_recorded": "randomized"}  # fmt: skip
CellKey = tuple[
    str, str, int, str, str, int, str
]  # participant, visit, occurrence, form, group ("" none), row (0 none), item


@dataclass(slots=True)
class Gathered:
    """What the entries say, before it is typed: records, participants' dates, provenance of corrections, deviations."""

    records: dict[tuple[str, str, int, str], RecordRow] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    sealed: dict[str, dict[str, Any]] = field(default_factory=dict)
    corrected: dict[CellKey, list[int]] = field(default_factory=dict)
    acts: list[tuple[str, str, int]] = field(default_factory=list)
    deviations: list[dict[str, Any]] = field(default_factory=list)
    erased: list[tuple[int, str, str | None]] = field(default_factory=list)


def gather(rows: Iterable[tuple[int, str, str | None, str | None, Any, bytes | None]]) -> Gathered:
    """Read `Store.rows` (seq, kind, participant, site, at, payload bytes) in their order."""
    loads = json.loads
    known = Gathered()
    records = known.records
    for seq, kind, participant, site, _at, raw in rows:
        if participant is None:
            continue
        if raw is None:
            known.erased.append((seq, kind, participant))
            known.people.setdefault(participant, {"participant": participant, "site": site})
            continue
        payload = loads(raw)
        if kind == "form_recorded":
            key = (participant, payload["visit"], payload["occurrence"], payload["form"])
            records[key] = RecordRow(*key, payload.get("observed"), seq, payload["values"], payload.get("groups") or {})
        elif kind == "value_corrected":
            _correct(known, participant, seq, payload)
        else:
            _note(known, (seq, kind, participant, site), payload)
    return known


def _correct(known: Gathered, participant: str, seq: int, payload: Mapping[str, Any]) -> None:
    key = (participant, payload["visit"], payload["occurrence"], payload["form"])
    record = known.records.get(key)
    if record is None:  # the record's own payload was erased: there is nothing left to correct
        return
    group, row, item = payload.get("group"), payload.get("row") or 0, payload["item"]
    known.records[key] = corrected(record, payload)
    known.corrected.setdefault((*key, group or "", row, item), []).append(seq)


def _note(known: Gathered, entry: tuple[int, str, str, str | None], payload: dict[str, Any]) -> None:
    seq, kind, participant, site = entry
    person = known.people.setdefault(participant, {"participant": participant, "site": site})
    dated = _DATED.get(kind)
    if dated is not None and not (kind in ("allocated", "allocation_recorded") and "randomized_date" in person):
        # A second withdrawal or consent (of a new version) leaves the first date; randomized twice: the first counts.
        if f"{dated}_date" not in person:
            person[f"{dated}_date"] = payload.get("date")
            person[dated] = True
            known.acts.append((participant, f"{dated}_date", seq))
            if dated == "randomized":
                known.acts.append((participant, "arm", seq))
                person["factors"] = dict(payload.get("factors") or {})
                if kind == "allocation_recorded":
                    person["arm"] = payload["arm"]
                else:
                    known.sealed[participant] = payload
        if kind == "withdrawn":
            person["withdrawn_extent"] = payload.get("extent")
            person["withdrawn_reason"] = payload.get("reason")
    elif kind == "true_stratum_recorded":
        person["true_factors"] = {**person.get("true_factors", {}), **(payload.get("factors") or {})}
        known.acts.append((participant, "true_stratum", seq))
    elif kind == "allocation_marked_in_error":
        person["in_error_reason"] = payload.get("reason") or ""
        known.acts.append((participant, "in_error", seq))
    elif kind == "deviation_reported":
        known.deviations.append({"seq": seq, "participant": participant, "site": site, **payload})
    elif kind == "duplicate_suspected":
        person["duplicate_of"] = payload.get("other")


def participants_frame(protocol: Protocol, known: Gathered, cut_date: str) -> pl.DataFrame:
    """One row per participant in the order of first appearance: built-ins, then disposition and factors as used.

    `used_FACTOR` holds the level with which chance worked, which may differ from the value that is true now;
    `true_FACTOR` the level that was recorded as the true one afterwards, empty where nobody said that it differs.
    """
    import polars as pl

    people = list(known.people.values())
    columns: dict[str, pl.Series] = {}
    for name, column in BUILT_INS.items():
        if column.type == "boolean":
            columns[name] = pl.Series(name, [bool(p.get(name)) for p in people], dtype=pl.Boolean)
        elif column.type == "date":
            raw = [cut_date if name == "cut_date" else p.get(name) for p in people]
            columns[name] = pl.Series(name, raw, dtype=pl.String).str.to_date("%Y-%m-%d", strict=False)
        else:
            columns[name] = pl.Series(name, [p.get(name) for p in people], dtype=polars_type("text"))
    for name in ("withdrawn_extent", "withdrawn_reason", "in_error_reason", "duplicate_of"):
        columns[name] = pl.Series(name, [p.get(name) for p in people], dtype=pl.String)
    for factor in protocol.factors:
        for name, kept in ((f"used_{factor.id}", "factors"), (f"true_{factor.id}", "true_factors")):
            levels = [p.get(kept, {}).get(factor.id) for p in people]
            columns[name] = pl.Series(name, [None if v is None else str(v) for v in levels], dtype=pl.String)
    return pl.DataFrame(columns)


def provenance_frame(protocol: Protocol, tables: Mapping[str, pl.DataFrame], known: Gathered) -> pl.DataFrame:
    """participant, form, visit, occurrence, group, row, item, seqs: the entries that made each item value, in order.

    Built-ins stand under form "" and visit "". Items of a form that were not answered have no line.
    """
    import polars as pl

    items: dict[str, None] = dict.fromkeys([*BUILT_INS, "in_error", "true_stratum", *protocol.item_by_id])
    groups = [g.id for form in protocol.forms for g in form.groups]
    enums = {
        "form": pl.Enum(["", *protocol.form_by_id]),
        "visit": pl.Enum(["", *protocol.visit_by_id]),
        "group": pl.Enum(["", *dict.fromkeys(groups)]),
        "item": pl.Enum(list(items)),
    }
    order = ["participant", "form", "visit", "occurrence", "group", "row", "item", "seqs"]
    corrections = pl.DataFrame(
        [(*key[:2], key[2], key[3], key[4], key[5], key[6], seqs) for key, seqs in known.corrected.items()],
        schema={"participant": pl.String, "visit": pl.String, "occurrence": pl.Int64, "form": pl.String,
                "group": pl.String, "row": pl.Int64, "item": pl.String, "later": pl.List(pl.Int64)},
        orient="row",
    ).with_columns(pl.col(name).cast(enum) for name, enum in enums.items())  # fmt: skip
    parts = []
    for name, table in tables.items():
        form, _, group = name.partition(".")
        own = [item.id for of, item in protocol.form_by_id[form].all_items() if of == (group or None)]
        # One narrow frame per item: unpivoting a wide one would first have to make all values text.
        for item in own:
            column = table.filter(pl.col(item).is_not_null()).select(
                "participant",
                pl.lit(form, dtype=enums["form"]).alias("form"),
                pl.col("visit").cast(enums["visit"]),
                "occurrence",
                pl.lit(group, dtype=enums["group"]).alias("group"),
                pl.col("row").fill_null(0),
                pl.lit(item, dtype=enums["item"]).alias("item"),
                pl.col("seq"),
            )
            parts.append(column)
    builtin = pl.DataFrame(
        known.acts, schema={"participant": pl.String, "item": pl.String, "seq": pl.Int64}, orient="row"
    ).select(
        "participant",
        pl.lit("", dtype=enums["form"]).alias("form"),
        pl.lit("", dtype=enums["visit"]).alias("visit"),
        pl.lit(1, dtype=pl.Int64).alias("occurrence"),
        pl.lit("", dtype=enums["group"]).alias("group"),
        pl.lit(0, dtype=pl.Int64).alias("row"),
        pl.col("item").cast(enums["item"]),
        "seq",
    )
    frame = pl.concat([builtin, *parts])
    if corrections.height:
        on = ["participant", "form", "visit", "occurrence", "group", "row", "item"]
        frame = frame.join(corrections, on=on, how="full", coalesce=True, maintain_order="left")
        first = pl.concat_list(pl.col("seq")).list.drop_nulls()
        seqs = pl.when(pl.col("later").is_null()).then(first).otherwise(first.list.concat(pl.col("later")))
    else:
        seqs = pl.concat_list(pl.col("seq"))
    return frame.with_columns(seqs.alias("seqs")).select(order)
