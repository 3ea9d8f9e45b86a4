"""From ledger entries to what is known of each participant: the state that the desk has, records, and who made what.

Entries mean here what they mean at the desk: the same declarations are applied (`conduct.entries`). Recorded forms and
their corrections are nearly all that a ledger holds; they come by a shorter way of their own, which a twin holds to the
declarations. An erased payload leaves a gap that is counted, never an error. Knows no analysis.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from equipoise.canonical import read_json
from equipoise.conduct.entries.in_place import Kept, kept_in
from equipoise.conduct.replay.kinds import KIND_OF, kinds_about
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.state.built_ins import NAMED_BY_EXTENT, days_of
from equipoise.conduct.state.state import ParticipantState, StudyState, empty_state
from equipoise.knowledge.records import RecordRow, corrected
from equipoise.protocol.scope import BUILT_INS
from equipoise.rules import polars_type

if TYPE_CHECKING:
    import polars as pl

    from equipoise.ledger import Entry, Store
    from equipoise.protocol.document import Protocol

__all__ = ["Gathered", "gather", "participants_frame", "provenance_frame"]

_RECORDS = ("form_recorded", "value_corrected", "record_struck")
CellKey = tuple[
    str, str, int, str, str, int, str
]  # participant, visit, occurrence, form, group ("" none), row (0 none), item


@dataclass(slots=True)
class Gathered:
    """What the entries say, before it is typed.

    `state` holds the participants as the desk would, but for their records, which are in `records`. `entered`: under
    which version of the protocol a form was recorded, where that was not the first. `corrected`: the entries that
    corrected a cell. `struck`: entry, the record's own entry, participant, place and reason of what was struck out.
    `made`: the entries that made a built-in what it is, or documented something of the
    allocation, by participant and name (and, where there may be several, by entry). `arms`: what may be seen of them.
    """

    state: StudyState
    records: dict[tuple[str, str, int, str], RecordRow] = field(default_factory=dict)
    entered: dict[tuple[str, str, int, str], str] = field(default_factory=dict)
    corrected: dict[CellKey, list[int]] = field(default_factory=dict)
    made: dict[tuple[str, str, int], int] = field(default_factory=dict)
    deviations: list[dict[str, Any]] = field(default_factory=list)
    erased: list[tuple[int, str, str | None]] = field(default_factory=list)
    struck: list[tuple[int, int, str, str, str]] = field(default_factory=list)
    arms: dict[str, str | None] = field(default_factory=dict)

    @property
    def people(self) -> Mapping[str, ParticipantState]:
        """Every participant in the order of their screening."""
        return self.state.participants


def gather(
    store: Store, study: str, upto: int, without: Collection[int] = (), sites: Collection[str] | None = None
) -> Gathered:
    """What was known at entry `upto`; `without`: entries that are left out, to show what they changed.

    `sites`: of whose participants alone (None: of everybody).
    """
    known = Gathered(empty_state(study))
    others = [kind for kind in kinds_about("participant") if kind not in _RECORDS]
    days: dict[tuple[str, str], str | None] = {}
    for entry in store.read(study, upto=upto, kinds=others):
        if entry.seq in without:
            continue
        apply(known.state, entry)
        _note(known, entry, days)
    for person in known.people.values():
        if person.recorded_arm is not None:
            known.arms[person.id] = person.recorded_arm
    rows = store.rows(study, upto=upto, kinds=_RECORDS)
    kept = kept_in(store, study)
    _gather_records(known, (row for row in rows if row[0] not in without) if without else rows, kept)
    known.erased.sort()
    return known if sites is None else _of_sites(known, sites)


def _of_sites(known: Gathered, sites: Collection[str]) -> Gathered:
    """The same of the participants who belong to these sites now."""
    people = known.state.participants
    inside = {name for name, person in people.items() if person.site in sites}
    known.state.participants = {name: person for name, person in people.items() if name in inside}
    return replace(
        known,
        records={key: record for key, record in known.records.items() if key[0] in inside},
        entered={key: mark for key, mark in known.entered.items() if key[0] in inside},
        corrected={key: seqs for key, seqs in known.corrected.items() if key[0] in inside},
        made={key: seq for key, seq in known.made.items() if key[0] in inside},
        deviations=[one for one in known.deviations if one["participant"] in inside],
        erased=[one for one in known.erased if one[2] in inside],
        struck=[one for one in known.struck if one[2] in inside],
        arms={name: arm for name, arm in known.arms.items() if name in inside},
    )


def _note(known: Gathered, entry: Entry, days: dict[tuple[str, str], str | None]) -> None:
    """Which entry made what, for whoever asks where a date in a table comes from."""
    name, kind = entry.participant, KIND_OF[entry.kind]
    person = known.people.get(name or "")
    if name is None or person is None:
        return
    if entry.payload is None:
        if kind.kept_in == "participants":
            known.erased.append((entry.seq, entry.kind, name))
        return
    if kind.makes_known:
        for stem, day in days_of(person).items():
            if day and f"{stem}_date" in kind.makes_known and days.get((name, stem)) != day:
                days[name, stem] = day
                known.made[name, f"{stem}_date", 0] = _origin(entry, person, day)
                if stem == "unblinded":
                    known.made[name, "unblinding_category", 0] = known.made[name, "unblinded_date", 0]
            elif not day and days.pop((name, stem), None) is not None:  # it holds no longer: nothing says a day now
                del known.made[name, f"{stem}_date", 0]
        if "arm" in kind.makes_known:
            known.made.setdefault((name, "arm", 0), entry.seq)
    if entry.kind == "true_stratum_recorded":
        known.made[name, "true_stratum", entry.seq] = entry.seq
    elif entry.kind == "allocation_marked_in_error":
        known.made[name, "in_error", entry.seq] = entry.seq
    elif entry.kind == "deviation_reported":
        known.deviations.append({"seq": entry.seq, "participant": name, "site": entry.site, **entry.payload})


def _origin(entry: Entry, person: ParticipantState, day: str) -> int:
    """The entry that says a day. Where a withdrawal ended, the day of another one comes to light again."""
    if entry.kind != "withdrawal_ended":
        return entry.seq
    return next((one.seq for one in person.withdrawals if one.date == day), entry.seq)


def _gather_records(
    known: Gathered, rows: Iterable[tuple[int, str, str | None, str | None, Any, bytes | None]], kept: Kept
) -> None:
    """The records from `Store.rows` (seq, kind, participant, site, at, payload bytes).

    Millions of values, so no detours.
    """
    records = known.records
    for seq, kind, participant, _site, _at, raw in rows:
        if participant is None:
            continue
        if raw is None:
            known.erased.append((seq, kind, participant))
            if seq not in kept:
                continue
        said = kept[seq] if raw is None else read_json(raw)
        if kind == "form_recorded":
            key = (participant, said["visit"], said["occurrence"], said["form"])
            records[key] = RecordRow(*key, said.get("observed"), seq, said["values"], said.get("groups") or {})
            if "protocol" in said:
                known.entered[key] = said["protocol"]
        elif kind == "record_struck":
            _strike(known, participant, seq, said)
        else:
            _correct(known, participant, seq, said)


def _strike(known: Gathered, participant: str, seq: int, said: Mapping[str, Any]) -> None:
    """What was struck out is in no table; that it was is told, with the reason."""
    key = (participant, said["visit"], said["occurrence"], said["form"])
    if known.records.pop(key, None) is not None:
        known.struck.append((seq, said["record"], participant, f"{key[3]} {key[1]} {key[2]}", said["reason"]))
    for cell in [cell for cell in known.corrected if cell[:4] == key]:
        del known.corrected[cell]


def _correct(known: Gathered, participant: str, seq: int, payload: Mapping[str, Any]) -> None:
    key = (participant, payload["visit"], payload["occurrence"], payload["form"])
    record = known.records.get(key)
    if record is None:  # the record's own payload was erased: there is nothing left to correct
        return
    group, row, item = payload.get("group"), payload.get("row") or 0, payload["item"]
    known.records[key] = corrected(record, payload)
    known.corrected.setdefault((*key, group or "", row, item), []).append(seq)


def participants_frame(protocol: Protocol, known: Gathered, cut_date: str) -> pl.DataFrame:
    """One row per participant in the order of first appearance: built-ins, then disposition and factors as used.

    `withdrawn_extent` and `withdrawn_reason` are of the withdrawal that `withdrawn_date` tells: the one that ended the
    follow-up. `stopped_treatment_reason`, `left_follow_up_reason` and `withdrew_consent_reason` are of each extent.
    `used_FACTOR` holds the level with which chance worked, which may differ from the value that is true now;
    `true_FACTOR` the level that was recorded as the true one afterwards, empty where nobody said that it differs.
    """
    import polars as pl

    people = list(known.people.values())
    days: list[dict[str, str | None]] = [{**days_of(person), "cut": cut_date} for person in people]
    texts: dict[str, list[str | None]] = {
        "participant": [person.id for person in people],
        "site": [person.site for person in people],
        "arm": [known.arms.get(person.id) for person in people],
        "unblinding_category": [one.category if (one := person.unblinded) is not None else None for person in people],
    }
    columns: dict[str, pl.Series] = {}
    for name, column in BUILT_INS.items():
        if column.type == "boolean":
            columns[name] = pl.Series(name, [bool(of[name]) for of in days], dtype=pl.Boolean)
        elif column.type == "date":
            raw = [of[name.removesuffix("_date")] for of in days]
            columns[name] = pl.Series(name, raw, dtype=pl.String).str.to_date("%Y-%m-%d", strict=False)
        else:
            columns[name] = pl.Series(name, texts[name], dtype=polars_type("text"))
    for name, values in chain(_disposition(people), _factors(protocol, people)):
        columns[name] = pl.Series(name, list(values), dtype=pl.String)
    for part in protocol.consent_parts:
        columns[f"agrees_{part.id}"] = pl.Series(
            f"agrees_{part.id}", [person.agrees(part.id) for person in people], dtype=pl.Boolean
        )
    return pl.DataFrame(columns)


def _disposition(people: Sequence[ParticipantState]) -> Iterator[tuple[str, list[str | None]]]:
    left = [person.left for person in people]
    yield "withdrawn_extent", [one.extent if one is not None else None for one in left]
    yield "withdrawn_reason", [one.reason if one is not None else None for one in left]
    for extent, name in NAMED_BY_EXTENT.items():
        withdrew = [person.withdrew(extent) for person in people]
        yield f"{name}_reason", [one.reason if one is not None else None for one in withdrew]
    failed = [person.screen_failure or (None, None) for person in people]
    yield "screen_failed_day", [day for day, _ in failed]
    yield "screen_failed_reason", [reason for _, reason in failed]
    # A table by center at randomization asks where they were then, a list for visits where they are now (`site`).
    yield "site_before", [person.moves[0].of if person.moves else None for person in people]
    yield "moved_day", [person.moves[-1].date if person.moves else None for person in people]
    yield "in_error_reason", [person.in_error_reason for person in people]
    # Whoever reads of one center is told that it is suspected, and no other center's number.
    mine = {person.id for person in people}
    yield "duplicate_of", [who if (who := person.duplicate_of) in mine or who is None else "-" for person in people]


def _factors(protocol: Protocol, people: Sequence[ParticipantState]) -> Iterator[tuple[str, list[str | None]]]:
    used = [(person.allocation or {}).get("factors") or {} for person in people]
    true = [person.true_factors or {} for person in people]
    for factor in protocol.factors:
        for name, known in ((f"used_{factor.id}", used), (f"true_{factor.id}", true)):
            yield name, [str(of[factor.id]) if of.get(factor.id) is not None else None for of in known]


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
        schema={
            "participant": pl.String,
            "visit": pl.String,
            "occurrence": pl.Int64,
            "form": pl.String,
            "group": pl.String,
            "row": pl.Int64,
            "item": pl.String,
            "later": pl.List(pl.Int64),
        },
        orient="row",
    ).with_columns(pl.col(name).cast(enum) for name, enum in enums.items())
    parts = []
    for name, table in tables.items():
        form, _, group = name.partition(".")
        own = [item.id for of, item in protocol.form_by_id[form].all_items() if of == (group or None)]
        # One narrow frame per item: unpivoting a wide one would first have to make all values text.
        for item in own:
            column = (
                table.lazy()
                .filter(pl.col(item).is_not_null())
                .select(
                    "participant",
                    pl.lit(form, dtype=enums["form"]).alias("form"),
                    pl.col("visit").cast(enums["visit"]),
                    "occurrence",
                    pl.lit(group, dtype=enums["group"]).alias("group"),
                    pl.col("row").fill_null(0),
                    pl.lit(item, dtype=enums["item"]).alias("item"),
                    pl.col("seq"),
                )
            )
            parts.append(column)
    builtin = pl.DataFrame(
        [(participant, item, seq) for (participant, item, _), seq in known.made.items()],
        schema={"participant": pl.String, "item": pl.String, "seq": pl.Int64},
        orient="row",
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
    # Asked for together: Polars is called once, and not for every item.
    frame = pl.concat([builtin.lazy(), *parts]).collect()
    if corrections.height:
        on = ["participant", "form", "visit", "occurrence", "group", "row", "item"]
        frame = frame.join(corrections, on=on, how="full", coalesce=True, maintain_order="left")
        first = pl.concat_list(pl.col("seq")).list.drop_nulls()
        seqs = pl.when(pl.col("later").is_null()).then(first).otherwise(first.list.concat(pl.col("later")))
    else:
        seqs = pl.concat_list(pl.col("seq"))
    return frame.with_columns(seqs.alias("seqs")).select(order)
