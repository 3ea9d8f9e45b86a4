"""R's cases as arrays: data/survival.json says what R was asked and what it answered, data/*.csv are its data sets."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

DATA = Path(__file__).parent / "data"
CASES = json.loads((DATA / "survival.json").read_text(encoding="utf-8"))["cases"]
_SPECIAL = {"NA": np.nan, "NaN": np.nan, "Inf": np.inf, "-Inf": -np.inf}


def cases(call):
    """The cases whose R function begins so."""
    return [case for case in CASES if case["call"].startswith(call)]


def numbers(values):
    """R's numbers as an array of floats; NA is NaN."""
    if isinstance(values, (list, dict)):
        values = list(values.values()) if isinstance(values, dict) else values
        return np.array([numbers(value) for value in values])
    return np.float64(_SPECIAL.get(values, values) if isinstance(values, str) else values)


def frame(name):
    """A data set by R's letter: L lung, L2 lung with weights, V veteran, A aml, H heart."""
    file = {"L": "lung", "L2": "lung", "V": "veteran", "A": "aml", "H": "heart"}.get(name, name)
    rows = pl.read_csv(DATA / f"{file}.csv", null_values="NA", infer_schema_length=None)
    if file == "lung":
        weight = [(place % 3) + 0.5 for place in range(1, rows.height + 1)]
        rows = rows.with_columns((pl.col("status") - 1).alias("ev"), pl.Series("weight", weight))
    return rows


@dataclass
class Asked:
    """What stands in `Surv(...) ~ ...`: arrays, with the rows that have no missing value."""

    time: np.ndarray
    event: np.ndarray
    start: np.ndarray | None
    terms: list[str]
    rows: pl.DataFrame
    strata: np.ndarray | None = None
    cluster: np.ndarray | None = None
    columns: list[np.ndarray] = field(default_factory=list)


def read_case(case):
    """The formula of a case, applied to its data."""
    left, right = re.fullmatch(r"Surv\((.*?)\) ~ (.*)", case["inputs"]["formula"]).groups()
    rows = frame(case["inputs"]["data"])
    rows = rows.drop_nulls([name for name in re.findall(r"[\w.]+", right) if name in rows.columns])
    *start, time, event = [part.strip() for part in left.split(",")]
    name, _, divisor = time.partition("/")
    asked = Asked(
        rows[name].to_numpy() / float(divisor or 1), rows[event].to_numpy(),
        rows[start[0]].to_numpy() if start else None, [], rows,
    )  # fmt: skip
    for term in (part.strip() for part in right.split("+")):
        special = re.fullmatch(r"(strata|cluster)\((.*)\)", term)
        if special:
            names = [part.strip() for part in special[2].split(",")]
            levels = np.array(["|".join(map(str, row)) for row in rows.select(names).rows()])
            setattr(asked, special[1], levels)
        elif term != "1":
            asked.terms.append(term)
    for coefficient in np.atleast_1d(case["outputs"].get("names", [])):
        asked.columns.append(_column(rows, str(coefficient)))
    return asked


def _column(rows, coefficient):
    """The column that R made for a coefficient: a number, a product (sex:age), or a level of a factor (celltypelarge)."""
    if ":" in coefficient:
        return np.prod([_column(rows, part) for part in coefficient.split(":")], axis=0)
    if coefficient in rows.columns:
        return rows[coefficient].to_numpy().astype(float)
    factor = next(n for n in rows.columns if coefficient.startswith(n) and rows[n].dtype == pl.String)
    return (rows[factor] == coefficient.removeprefix(factor)).to_numpy().astype(float)
