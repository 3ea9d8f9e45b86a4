"""Every kind of endpoint keeps the same promise about its rows; and a new one needs no more than its declaration."""

from __future__ import annotations

from typing import Literal

import polars as pl
import pytest

from equipoise import endpoints
from equipoise.analysis.rows import derive_rows, find_problems
from equipoise.datacut import freeze
from equipoise.endpoints import KINDS, EndpointKind, Use, kind_of
from equipoise.endpoints.valued import no_reasons, value_rows
from equipoise.wording import Clause
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol
from tests.spec.rich import RICH

MORE = """
endpoints:
- {kind: binary, id: old, label: {en: O, zh: 老}, short: O, description: {en: a, zh: a}, role: exploratory, rule: age >= 50}
- {kind: continuous, id: how_old, label: {en: A, zh: 龄}, short: A, description: {en: a, zh: a}, role: exploratory, rule: age}
- {kind: time_to_event, id: measured, label: {en: M, zh: 时}, short: M, description: {en: a, zh: a}, role: exploratory, duration: age, event: weight > 1, death: event}
"""
PROTOCOL = minimal_protocol(MORE)


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    trial = small_trial(tmp_path_factory.mktemp("study"), 12, protocol=PROTOCOL)
    trial.correct("P001", "screening", "baseline", "weight", "60.0", None)
    trial.correct("P002", "screening", "baseline", "age", 41, None)
    return freeze(trial)


@pytest.mark.parametrize("endpoint", PROTOCOL.endpoints, ids=lambda endpoint: endpoint.id)
def test_rows_are_one_for_each_participant_with_what_the_kind_promises(cut, endpoint):
    kind, rows = kind_of(endpoint), derive_rows(cut, PROTOCOL, endpoint)
    assert rows.columns == ["participant", "arm", *kind.columns, "seqs", "problem"]
    assert rows["participant"].to_list() == cut.participants["participant"].to_list()
    answer = "time_days" if kind.timed else "value"
    assert rows.filter(pl.col("problem").is_null())[answer].null_count() == 0
    assert rows.filter(pl.col("problem").is_not_null())[answer].null_count() == rows["problem"].count()
    assert len(find_problems(rows, endpoint)) == rows["problem"].drop_nulls().n_unique()
    if "reason" in rows.columns and kind.reasons(endpoint):
        assert set(rows["reason"].drop_nulls()) <= kind.reasons(endpoint).keys()


@pytest.mark.parametrize("endpoint", minimal_protocol(RICH, MORE).endpoints, ids=lambda endpoint: endpoint.id)
def test_every_name_of_a_clause_is_one_of_its_uses(endpoint):
    data = endpoint.model_dump(exclude_none=True)
    for use in kind_of(endpoint).uses(endpoint):
        said = data
        for step in use.path:
            said = said[step]
        assert said == use.says
    named = {use.says for use in kind_of(endpoint).uses(endpoint)}
    sources = [*data.get("events", ()), *data.get("censoring", ())]
    for clause in (data, *sources):
        for key in ("origin", "duration", "event", "rule", "date", "when"):
            assert key not in clause or clause[key] in named


def test_every_kind_has_words_and_its_clause_names_it():
    for kind in KINDS:
        assert all(kind.noun)
        assert kind.clause.model_fields["kind"].annotation == Literal[kind.id]


class Count(Clause):
    """A toy: how often something happened."""

    kind: Literal["count"] = "count"
    id: str = "years"
    rule: str = "age"


COUNT = EndpointKind(
    id="count",
    clause=Count,
    noun=("counts", "计数终点"),
    columns=("value",),
    uses=lambda endpoint: (Use(("rule",), endpoint.rule, "number"),),
    rows=lambda frame, endpoint: value_rows(frame, endpoint, pl.Int64),
    time_unit=lambda _: "days",
    reasons=no_reasons,
)


def test_the_recipe_a_new_kind_needs_its_declaration_and_its_name(cut, monkeypatch):
    monkeypatch.setitem(endpoints._BY_ID, "count", COUNT)
    rows = derive_rows(cut, PROTOCOL, Count())
    assert rows["value"].dtype == pl.Int64
    assert (
        rows["value"].drop_nulls().len() == rows.height - 2
    )  # P002, whose age was taken back, and who was not recorded
    assert rows.filter(pl.col("value").is_not_null())["seqs"].list.len().min() > 0


def test_control_a_kind_that_nobody_named_is_not_found(cut):
    with pytest.raises(KeyError):
        derive_rows(cut, PROTOCOL, Count())
