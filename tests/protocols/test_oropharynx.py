"""The real trial's data, mapping and expected numbers belong together."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl
import yaml

from equipoise.protocol.scope import table_columns
from equipoise.rules import evaluate
from tests.protocols.reading_aid import OROPHARYNX, protocol


def _yaml(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((OROPHARYNX / name).read_text(encoding="utf-8"))
    return data


@cache
def _raw() -> pl.DataFrame:
    types = {"integer": pl.Int64, "text": pl.String}
    schema = {name: types[kind] for name, kind in _yaml("import.yaml")["columns"].items()}
    return pl.read_csv(OROPHARYNX / "oropharynx.csv", schema=schema, null_values=["", "NA"])


def _accepted(frame: pl.DataFrame) -> pl.DataFrame:
    for clause in _yaml("import.yaml")["accept"]:
        hit = evaluate(clause["when"], frame)
        frame = frame.with_columns(pl.when(hit).then(None).otherwise(pl.col(clause["column"])).alias(clause["column"]))
    return frame


def _unfit(frame: pl.DataFrame) -> list[str]:
    """Values that the mapping would bring and the forms would not take."""
    wrong = []
    of = protocol(OROPHARYNX)
    for record in _yaml("import.yaml")["acts"]["records"]:
        columns = table_columns(of, record["form"])
        for item, rule in record["values"].items():
            values = evaluate(rule, frame).drop_nulls().to_list()
            codes = columns[item].codes
            wrong += [f"{item} {v}" for v in values if codes is not None and v not in codes]
    return wrong


def _counts_differ(frame: pl.DataFrame) -> list[str]:
    counts = _yaml("expected.yaml")["counts"]
    arms = evaluate(_yaml("import.yaml")["acts"]["randomized"]["arm"], frame).alias("arm")
    found: dict[str, Any] = {"n": frame.height, "deaths": int(frame["status"].sum())}
    for arm, rows in frame.with_columns(arms).group_by("arm"):
        found[str(arm[0])] = {"n": rows.height, "deaths": int(rows["status"].sum())}
    return [name for name in counts if counts[name] != found.get(name)]


def test_the_data_are_byte_for_byte_those_that_the_numbers_were_computed_from() -> None:
    digest = hashlib.sha256((OROPHARYNX / "oropharynx.csv").read_bytes()).hexdigest()
    assert digest == _yaml("expected.yaml")["computed_by"]["sha256"]
    assert digest in (OROPHARYNX / "SOURCE.md").read_text(encoding="utf-8")


def test_the_counts_by_arm_are_the_expected_ones() -> None:
    assert _counts_differ(_raw()) == []


def test_control_exchanged_arms_are_noticed() -> None:
    assert _counts_differ(_raw().with_columns(treatment=3 - pl.col("treatment"))) == ["standard", "test"]


def test_the_mapping_covers_every_item_of_the_forms_it_fills() -> None:
    for record in _yaml("import.yaml")["acts"]["records"]:
        assert record["values"].keys() == table_columns(protocol(OROPHARYNX), record["form"]).keys()


def test_every_mapped_value_is_one_that_the_forms_accept() -> None:
    assert _unfit(_accepted(_raw())) == []


def test_control_without_the_accepting_clauses_three_values_do_not_fit() -> None:
    assert sorted(_unfit(_raw())) == ["condition 0", "condition 9", "grade 9"]


def test_each_accepting_clause_says_why_in_both_languages_and_meets_one_row() -> None:
    for clause in _yaml("import.yaml")["accept"]:
        assert clause["reason"].keys() == {"en", "zh"}
        assert evaluate(clause["when"], _raw()).sum() == 1


def test_participants_and_sites_are_named_once_and_known() -> None:
    acts = _yaml("import.yaml")["acts"]
    names = evaluate(acts["participant"], _raw())
    assert names.n_unique() == 195
    assert names[0] == "RTOG-001"
    assert set(evaluate(acts["site"], _raw())) == {site.id for site in protocol(OROPHARYNX).sites}


def test_every_entry_date_is_a_day_of_1968_to_1972() -> None:
    days = [date(1900 + int(t[-2:]), 1, 1) + timedelta(days=int(t[:-2]) - 1) for t in _raw()["entry_date"]]
    assert (min(days), max(days)) == (date(1968, 1, 24), date(1972, 10, 2))


def test_every_expected_result_names_a_planned_analysis() -> None:
    planned = {a.id: a for a in protocol(OROPHARYNX).analyses}
    for result in _yaml("expected.yaml")["results"]:
        assert result["id"] in planned
        assert result["call"]
    assert planned["os_logrank"].role == "primary"
    assert planned["os_logrank_institution"].strata == ("site",)
