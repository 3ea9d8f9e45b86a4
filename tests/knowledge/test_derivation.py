"""From recorded rows to one row per participant: tables, bare items, picks and rules, each worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from equipoise.knowledge.derivation import derive
from equipoise.knowledge.one_participant import OneParticipant
from equipoise.knowledge.records import RecordRow
from equipoise.knowledge.tables import build_tables, empty_tables
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, bare_items, participant_columns, table_columns, table_of
from tests.spec.minimal import minimal_protocol

LABEL = "label: {en: x, zh: 某}"
MORE = f"""
codelists:
- id: term
  codes: [{{code: rash, {LABEL}}}, {{code: pain, {LABEL}}}]
forms:
- id: toxicity
  title: {{en: Toxicity, zh: 毒性}}
  items:
  - {{id: cycle, {LABEL}, type: integer}}
  groups:
  - id: events
    {LABEL}
    items:
    - {{id: ae_term, {LABEL}, type: code, codelist: term}}
    - {{id: ae_grade, {LABEL}, type: integer}}
    - {{id: ae_dose, {LABEL}, type: decimal}}
visits:
- {{id: course, {LABEL}, kind: log, forms: [toxicity]}}
variables:
- {{id: worst, {LABEL}, type: integer, pick: {{item: ae_grade, which: max}}}}
- {{id: worst_rash, {LABEL}, type: integer, pick: {{item: ae_grade, which: max, where: "ae_term = 'rash'"}}}}
- {{id: rashes, {LABEL}, type: integer, pick: {{item: ae_term, which: count, where: "ae_term = 'rash' AND cycle > 1"}}}}
- {{id: any_rash, {LABEL}, type: boolean, pick: {{item: ae_term, which: any, where: "ae_term = 'rash'"}}}}
- {{id: recorded_ae, {LABEL}, type: integer, pick: {{item: ae_grade, which: count}}}}
- {{id: first_dose, {LABEL}, type: decimal, pick: {{item: ae_dose, which: first}}}}
- {{id: total, {LABEL}, type: decimal, pick: {{item: ae_dose, which: sum}}}}
- {{id: average, {LABEL}, type: decimal, pick: {{item: ae_dose, which: mean}}}}
- {{id: progressed_ever, {LABEL}, type: boolean, pick: {{item: progressed, which: any, where: progressed}}}}
- {{id: progressed_last, {LABEL}, type: boolean, pick: {{item: progressed, which: last, visits: [every_3_months]}}}}
- {{id: dose_limiting, {LABEL}, type: boolean, rule: "worst >= 3 AND any_rash"}}
- {{id: days_known, {LABEL}, type: integer, rule: "CAST(last_seen AS INTEGER) - CAST(randomized_date AS INTEGER)"}}
- {{id: seen_after_randomization, {LABEL}, type: integer, pick: {{item: progressed, which: count, where: "seen_date > randomized_date"}}}}
"""


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return minimal_protocol(MORE)


def baseline(who: str, **values: Any) -> RecordRow:
    return RecordRow(who, "screening", 1, "baseline", "2024-01-02", 1, values)


def seen(who: str, occurrence: int, date: str, progressed: bool | None, seq: int = 5) -> RecordRow:
    return RecordRow(
        who, "every_3_months", occurrence, "follow_up", date, seq, {"seen_date": date, "progressed": progressed}
    )


def toxicity(who: str, occurrence: int, cycle: int, *rows: tuple[str | None, int | None, str | None]) -> RecordRow:
    events = [dict(zip(("ae_term", "ae_grade", "ae_dose"), row, strict=True)) for row in rows]
    return RecordRow(who, "course", occurrence, "toxicity", None, 9, {"cycle": cycle}, {"events": events})


RECORDS = [
    baseline("P1", visit_date="2024-01-02", age=50, sex="F", weight="61.5"),
    baseline("P2", visit_date="2024-01-03", age=None, sex="M", weight=None),
    seen("P1", 2, "2024-07-01", False),
    seen("P1", 1, "2024-04-01", True),
    seen("P2", 1, "2024-04-02", None),
    toxicity("P1", 1, 1, ("rash", 2, "1.5"), ("pain", 3, None)),
    toxicity("P1", 2, 2, ("rash", 1, "0.25"), (None, None, None)),
    toxicity("P2", 1, 1),
]
PEOPLE = pl.DataFrame(
    {"participant": ["P2", "P1", "P3"], "site": ["S01"] * 3, "randomized_date": [dt.date(2024, 4, 1)] * 3}
)


@pytest.fixture(scope="module")
def derived(protocol: Protocol) -> dict[str, dict[str, Any]]:
    frame = derive(protocol, build_tables(protocol, RECORDS), PEOPLE)
    return {row["participant"]: row for row in frame.to_dicts()}


def test_every_participant_has_one_row_in_the_order_given(protocol: Protocol) -> None:
    frame = derive(protocol, build_tables(protocol, RECORDS), PEOPLE)
    assert frame["participant"].to_list() == ["P2", "P1", "P3"]


@pytest.mark.parametrize(
    ("variable", "p1", "p2", "p3"),
    [
        ("age", 50, None, None),
        ("weight", 61.5, None, None),
        ("sex", "F", "M", None),
        ("last_seen", dt.date(2024, 7, 1), dt.date(2024, 4, 2), None),
        ("worst", 3, None, None),
        ("worst_rash", 2, None, None),
        ("rashes", 1, 0, 0),
        ("any_rash", True, False, False),
        ("recorded_ae", 3, 0, 0),
        ("first_dose", 1.5, None, None),
        ("total", 1.75, None, None),
        ("average", 0.875, None, None),
        ("progressed_ever", True, False, False),
        ("progressed_last", False, None, None),
        ("dose_limiting", True, False, False),
        ("days_known", 91, 1, None),
        ("seen_after_randomization", 1, 1, 0),
        ("died_on", None, None, None),
    ],
)
def test_a_variable_is_what_was_worked_out_by_hand(
    derived: dict[str, dict[str, Any]], variable: str, p1: object, p2: object, p3: object
) -> None:
    assert [derived[who][variable] for who in ("P1", "P2", "P3")] == [p1, p2, p3]


def test_the_order_in_which_records_arrived_does_not_matter_only_the_order_of_visits(
    protocol: Protocol, derived: dict[str, dict[str, Any]]
) -> None:
    frame = derive(protocol, build_tables(protocol, RECORDS[::-1]), PEOPLE)
    assert {row["participant"]: row for row in frame.to_dicts()} == derived


def test_one_participant_alone_is_derived_as_among_others(
    protocol: Protocol, derived: dict[str, dict[str, Any]]
) -> None:
    for who in ("P1", "P2", "P3"):
        tables = build_tables(protocol, [record for record in RECORDS if record.participant == who])
        alone = derive(protocol, tables, PEOPLE.filter(pl.col("participant") == who))
        assert alone.to_dicts()[0] == derived[who]


def test_the_values_of_one_participant_without_tables_are_the_same(protocol: Protocol) -> None:
    frame = derive(protocol, build_tables(protocol, RECORDS), PEOPLE)
    for row in frame.to_dicts():
        mine = [record for record in RECORDS if record.participant == row["participant"]]
        alone = OneParticipant(
            protocol, mine[::-1], PEOPLE.filter(pl.col("participant") == row["participant"]).to_dicts()[0]
        )
        assert dict(alone) == row


def test_asking_for_some_names_gives_these_and_what_they_need(
    protocol: Protocol, derived: dict[str, dict[str, Any]]
) -> None:
    frame = derive(protocol, build_tables(protocol, RECORDS), PEOPLE, ["dose_limiting"])
    assert "days_known" not in frame.columns
    assert frame["dose_limiting"].to_list() == [derived[who]["dose_limiting"] for who in ("P2", "P1", "P3")]


def test_nothing_recorded_gives_missing_values_of_the_right_type(protocol: Protocol) -> None:
    frame = derive(protocol, empty_tables(protocol), PEOPLE)
    other = derive(protocol, {}, PEOPLE)
    full = derive(protocol, build_tables(protocol, RECORDS), PEOPLE)
    assert frame.schema == full.schema == other.schema
    assert frame.equals(other)


def test_all_built_ins_are_there_even_when_not_given(protocol: Protocol) -> None:
    assert set(BUILT_INS) <= set(derive(protocol, {}, PEOPLE.select("participant")).columns)


def test_only_an_item_with_one_place_in_the_schedule_may_be_named_bare(protocol: Protocol) -> None:
    assert bare_items(protocol) == {"visit_date", "age", "sex", "weight"}
    twice = minimal_protocol("visits: [{id: screening, forms: [baseline, death]}]")
    assert "death_date" not in bare_items(twice)


def test_names_of_a_rule_carry_type_unit_and_codes(protocol: Protocol) -> None:
    columns = participant_columns(protocol)
    assert (columns["age"].type, columns["age"].unit) == ("integer", "years")
    assert columns["sex"].codes == {"F", "M"}
    assert columns["worst"].where == "variable"
    assert "ae_grade" not in columns
    assert "seen_date" not in columns


def test_a_group_table_carries_the_single_items_of_its_form(protocol: Protocol) -> None:
    assert set(table_columns(protocol, "toxicity", "events")) == {"cycle", "ae_term", "ae_grade", "ae_dose"}
    assert set(table_columns(protocol, "toxicity")) == {"cycle"}
    assert table_of(protocol, "ae_grade") == "toxicity.events"
    rows = build_tables(protocol, RECORDS)["toxicity.events"]
    assert rows.select("participant", "occurrence", "row", "cycle").rows()[:3] == [
        ("P1", 1, 1, 1),
        ("P1", 1, 2, 1),
        ("P1", 2, 1, 2),
    ]


def test_decimals_and_dates_are_typed_from_the_text_that_was_entered(protocol: Protocol) -> None:
    table = build_tables(protocol, RECORDS, only=["baseline"])
    assert list(table) == ["baseline"]
    assert table["baseline"]["weight"].dtype == pl.Float64
    assert table["baseline"]["visit_date"].to_list() == [dt.date(2024, 1, 2), dt.date(2024, 1, 3)]
