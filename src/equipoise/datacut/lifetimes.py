"""What a cut says of the versions behind it: which there were, what came and ended with them, and what was not asked.

A value that is missing because the protocol did not ask for it yet is told apart from one that nobody recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.protocol.versions import KINDS, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from equipoise.conduct.state.versions import InForce, Version
    from equipoise.datacut.tables import Gathered
    from equipoise.forms import Form

__all__ = ["NOT_ASKED", "elements_frame", "not_asked_frame", "versions_frame"]

NOT_ASKED = "not_in_the_protocol_then"
"""Why a value is missing that the protocol did not ask for when the record was made."""


def versions_frame(force: InForce) -> pl.DataFrame:
    """entry, version, digest: every version that was in force until the entry of the cut, in order."""
    import polars as pl

    rows = [(one.seq, one.version, one.digest) for one in force.versions]
    schema = {"entry": pl.Int64, "version": pl.String, "digest": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def elements_frame(force: InForce) -> pl.DataFrame:
    """kind, name, since_version, since_entry, until_version, until_entry: what the versions have had, and until when.

    `until` is empty for what the newest has; an element that came back is told from its first coming.
    """
    import polars as pl

    first: dict[tuple[str, str], Version] = {}
    last: dict[tuple[str, str], Version | None] = {}
    for version in force.versions:
        had = elements(version.protocol)
        here = {(kind, name) for kind in KINDS for name in had[kind]}
        for kind in KINDS:
            for name in had[kind]:
                first.setdefault((kind, name), version)
                last[kind, name] = None
        for key, until in last.items():
            if until is None and key not in here:
                last[key] = version
    rows = [
        (*key, since.version, since.seq, *((until.version, until.seq) if (until := last[key]) else (None, None)))
        for key, since in first.items()
    ]
    schema = {
        "kind": pl.String,
        "name": pl.String,
        "since_version": pl.String,
        "since_entry": pl.Int64,
        "until_version": pl.String,
        "until_entry": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def not_asked_frame(force: InForce, known: Gathered) -> pl.DataFrame:
    """What a record lacks because the version under which it was made did not ask for it, one row for each.

    participant, visit, occurrence, form, group, item ("" for a whole form that belongs to the visit now), version (the
    record's), since_version (which asks for it), reason.
    """
    import polars as pl

    rows = list(_not_asked(force, known)) if len(force.versions) > 1 else []
    names = ("participant", "visit", "occurrence", "form", "group", "item", "version", "since_version", "reason")
    schema: dict[str, Any] = {name: pl.Int64 if name == "occurrence" else pl.String for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _not_asked(force: InForce, known: Gathered) -> Iterator[tuple[Any, ...]]:
    newest = force.newest.protocol
    since = {
        row["kind"] + " " + row["name"]: row["since_version"] for row in elements_frame(force).iter_rows(named=True)
    }
    held: dict[tuple[str, str, int], Version] = {}
    for (who, visit, occurrence, form), record in known.records.items():
        version = force.marked(known.entered.get((who, visit, occurrence, form)))
        earliest = held.get((who, visit, occurrence))
        if earliest is None or version.seq < earliest.seq:
            held[who, visit, occurrence] = version
        if (now := newest.form_by_id.get(form)) is None or version.digest == force.newest.digest:
            continue
        for group, item in _new_items(now, version):
            values = [record.values] if group is None else record.groups.get(group, ())
            if all(row.get(item) is None for row in values):
                yield (
                    who,
                    visit,
                    occurrence,
                    form,
                    group or "",
                    item,
                    version.version,
                    since[f"item {item}"],
                    NOT_ASKED,
                )
    for (who, visit, occurrence), version in held.items():
        asked, had = newest.visit_by_id.get(visit), version.protocol.visit_by_id.get(visit)
        if asked is None or had is None:
            continue
        for form in asked.forms:
            if form not in had.forms and (who, visit, occurrence, form) not in known.records:
                came = since[f"visit_form {visit}.{form}"]
                yield (who, visit, occurrence, form, "", "", version.version, came, NOT_ASKED)


def _new_items(now: Form, then: Version) -> Iterator[tuple[str | None, str]]:
    """The items of a form that a version did not know."""
    for group, item in now.all_items():
        if item.id not in then.protocol.item_by_id:
            yield group, item.id
