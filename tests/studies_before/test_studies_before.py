"""Studies made before what entries mean was declared anew: they open, verify, and replay to the same state and the same tables.

What the cut tells of withdrawals is the one thing that differs, and on purpose: a stop of treatment is no withdrawal, and a
later withdrawal keeps its own day.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import tarfile
from pathlib import Path
from typing import Any

import pytest

from equipoise.conduct.folder.study import open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.keeping.drill import drill_backup
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.organizations import organization_at
from equipoise.conduct.state.state import ParticipantState, Person
from equipoise.datacut import compare_with_cut, freeze
from tests.seeing import seen

HERE = Path(__file__).parent
NAMES = ("npc-nimotuzumab", "oropharynx")
# Participant to what the cut said of the withdrawal before, and says now: day, extent.
DIFFERS = {
    "FS1-001": (
        ("2024-03-20", "follow_up"),
        ("2024-03-24", "follow_up"),
    ),  # treatment on the 20th, follow-up on the 24th
    "NN1-001": (("2022-08-04", "treatment"), (None, None)),  # stopped treatment and stayed in follow-up
}
ADDED = [
    f"{name}{end}"
    for name in ("stopped_treatment", "left_follow_up", "withdrew_consent")
    for end in ("", "_date", "_reason")
] + ["screen_failed_day", "screen_failed_reason", "site_before", "moved_day"]
ADDED += ["unblinded", "unblinded_date", "unblinding_category"]
# What no act could bring about then, and so is nothing for everybody.
SINCE = ("moves", "ended", "struck", "drafts", "parts", "screen_failure", "unblindings")


@pytest.fixture(scope="module", params=NAMES)
def before(request, tmp_path_factory):
    """The study, opened, and what was said of it."""
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(HERE / f"{request.param}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    said = json.loads(lzma.open(HERE / "said" / f"{request.param}.json.xz").read())
    study = seen(open_study(folder / request.param))
    yield study, said
    study.store.close()


def plain(value: Any) -> Any:
    """A shape as JSON, as the recipe wrote it; withdrawals and marks of error as they were kept then."""
    if isinstance(value, ParticipantState):
        later = ("in_error_reason", "entered")
        kept = {name: plain(getattr(value, name)) for name in value.__dataclass_fields__ if name not in later}
        assert not any(kept.pop(name) for name in SINCE)
        kept["deviations"] = len(value.deviations)  # they were only counted then
        kept["withdrawals"] = [[one.date, one.extent] for one in value.withdrawals]
        return kept | {"in_error": value.in_error}
    if isinstance(value, Person):  # no appointment ended by itself then, or named an organization
        assert not value.ends
        assert not value.belongings
        return {"id": value.id, "name": value.name, "roles": plain(value.appointed)}
    if hasattr(value, "__dataclass_fields__"):
        # `numbers` is only what was looked up so far, and was not there then; which version a site follows came later.
        later = (
            "numbers",
            "digests",
            "followed",
            "opened",
            "requests",
            "settled",
            "accounts",
            "envelopes",
            "foreign_list",
            "restored",
            "envelope",
        )
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__ if name not in later}
    if hasattr(value, "items"):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def test_it_verifies_with_its_projections_and_allocations(before):
    study, said = before
    assert study.store.head(study.id).hash == said["head"]["hash"]
    found = verify_study(study)
    assert found.intact, found.findings
    assert found.allocations is not None


def test_every_value_stands_in_a_cut_made_now(before):
    study, _ = before
    assert compare_with_cut(study).findings == ()


def test_it_replays_to_the_same_state(before):
    study, said = before
    assert plain(replay(study.id, study.store.read(study.id))) == said["state"]


def test_nobody_is_told_to_be_of_an_organization_that_no_appointment_named(before):
    study, _ = before
    people = load_study(study.store, study.id).people
    assert {organization_at(people, entry) for entry in study.store.read(study.id)} == {None}


def test_its_tables_are_the_same(before):
    study, said = before
    # Facets of values (the instant of a time, in UTC) were not shown then: the columns that were there are the same.
    later = study.protocol.facet_by_name
    tables = {name: table.drop(later.keys() & set(table.columns)) for name, table in freeze(study).tables.items()}
    assert {name: hashlib.sha256(table.write_csv().encode()).hexdigest() for name, table in tables.items()} == said[
        "tables"
    ]


def test_its_participants_are_the_same_but_for_withdrawals(before):
    study, said = before
    rows = json.loads(freeze(study).participants.drop(ADDED).write_json())
    differing = {}
    for now, then in zip(rows, said["people"], strict=True):
        left, leaving = (
            {name: row.pop(name) for name in list(row) if name.startswith("withdrawn")} for row in (then, now)
        )
        assert now == then
        if (left["withdrawn_date"], left["withdrawn_extent"]) != (
            leaving["withdrawn_date"],
            leaving["withdrawn_extent"],
        ):
            differing[now["participant"]] = tuple(
                (one["withdrawn_date"], one["withdrawn_extent"]) for one in (left, leaving)
            )
    assert differing == (DIFFERS if study.id == "NCT04223024" else {})


def test_its_provenance_is_the_same_but_for_withdrawals(before):
    study, said = before
    rows = freeze(study).provenance.to_dicts()
    leaving = {"withdrawn_date", *(name for name in ADDED if name.endswith("_date"))}
    first: dict[str, int] = {}
    for row in rows:
        if row["item"] in leaving:
            first[row["participant"]] = min(first.get(row["participant"], row["seqs"][0]), row["seqs"][0])
    builtin = [row for row in rows if row["form"] == "" and row["item"] not in leaving]
    shape = {"form": "", "visit": "", "occurrence": 1, "group": "", "row": 0, "item": "withdrawn_date"}
    builtin += [{"participant": who, **shape, "seqs": [seq]} for who, seq in first.items()]
    builtin.sort(key=lambda row: row["seqs"][0])
    as_then = builtin + [row for row in rows if row["form"] != ""]
    told = json.dumps(as_then, default=str).encode()
    assert hashlib.sha256(told).hexdigest() == said["provenance"]


def test_control_another_meaning_of_an_entry_is_noticed(before):
    from equipoise.conduct.entries import participation

    study, said = before
    object.__setattr__(participation.CONSENTED, "on_person", None)
    try:
        assert plain(replay(study.id, study.store.read(study.id))) != said["state"]
    finally:
        object.__setattr__(participation.CONSENTED, "on_person", participation._consented)


@pytest.mark.parametrize("before", ["oropharynx"], indirect=True)
def test_their_backups_bring_them_back_as_they_are(before):
    drill = drill_backup(before[0])
    assert (drill.equal, drill.entries) == (True, before[0].store.head(before[0].id).seq)
