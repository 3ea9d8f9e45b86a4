"""Laws of the methods for body size, renal function, doses and radiotherapy: any record gets an answer in the declared shape."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Derived, Method, Observation, Option, Port
from equipoise.words import Words
from tests.hunting import examples
from tests.medicine.saying import is_whole

NAMES = (
    "body_mass_index", "body_surface_area", "calvert_dose", "creatinine_clearance", "dose_given", "egfr_ckd_epi_2021", "planned_dose",
    "radiotherapy_course", "radiotherapy_fractions",
)  # fmt: skip
DAYS = st.dates(date(2019, 12, 1), date(2027, 3, 1))
NUMBERS = st.sampled_from([0.0, -1.0, 0.9, 1.66, 1.7, 60.0, 88.0, 100.0, 170.0, 1e6]) | st.floats(-1e7, 1e7)
HELD: dict[str, type | tuple[type, ...]] = {
    "integer": int, "decimal": (float, int), "text": str, "code": str, "date": date, "boolean": bool,
}  # fmt: skip


def value_of(port: Port) -> st.SearchStrategy[Any]:
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "integer": st.integers(-5, 200), "decimal": NUMBERS, "text": st.sampled_from(["", "fever"]), "date": DAYS,
        "boolean": st.booleans(), "code": st.sampled_from(port.codes or ("A",)),
    }  # fmt: skip
    return st.none() | kinds[port.type]


def choice_of(option: Option) -> st.SearchStrategy[Any]:
    """What a checked protocol may say: within its limits, and in texts that look like what is asked for."""
    least, most = option.above, option.up_to
    numbers = NUMBERS if least is None else st.floats(least + 1e-6, 1e7)
    texts = [
        text for text in ("1", "8", "2026-06-03", "2026-02-30", "soon") if re.fullmatch(option.pattern or ".*", text)
    ]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "integer": st.integers(-2 if least is None else int(least) + 1, 60 if most is None else int(most)), "decimal": numbers,
        "boolean": st.booleans(), "text": st.sampled_from(option.codes or ("A",)), "texts": st.lists(st.sampled_from(texts)).map(tuple),
    }  # fmt: skip
    return kinds[option.type]


@st.composite
def occasions(draw: st.DrawFn, method: Method) -> tuple[Observation, list[Observation], dict[str, Any]]:
    def moment() -> Observation:
        rows = {
            table: tuple(draw(st.lists(st.fixed_dictionaries({f: value_of(p) for f, p in ports.items()}), max_size=5)))
            for table, ports in method.rows.items()
        }
        values = {name: draw(value_of(port)) for name, port in method.inputs.items()}
        return Observation(draw(st.none() | DAYS), "visit", 1, values, rows)

    options = {name: option.default for name, option in method.options.items()}
    for name, option in method.options.items():
        if option.required or draw(st.booleans()):
            options[name] = draw(choice_of(option))
    before = [moment() for _ in range(draw(st.integers(0, 3)))] if method.looks_back else []
    return moment(), before, options


def sound(method: Method, derived: Derived) -> bool:
    """Whether the answer is what the method declared: every output, of its type and codes; remarks in both languages on its inputs."""
    if set(derived.values) != set(method.outputs):
        return False
    for name, value in derived.values.items():
        port = method.outputs[name]
        if value is None:
            continue
        if not isinstance(value, HELD[port.type]) or (isinstance(value, float) and not math.isfinite(value)):
            return False
        if port.codes and value not in port.codes:
            return False
    for remark in derived.remarks:
        known = (
            method.rows[remark.rows]
            if remark.rows
            else {**method.inputs, **{f: p for r in method.rows.values() for f, p in r.items()}}
        )
        if not set(remark.names) <= set(known):
            return False
        if not is_whole(remark):
            return False
    return True


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_any_record_gets_an_answer_in_the_shape_that_was_declared(name, data) -> None:
    method = method_of(name)
    now, before, options = data.draw(occasions(method))
    assert sound(method, method.derive(now, before, options))


def test_control_a_missing_output_a_foreign_code_and_a_remark_in_one_language_are_noticed() -> None:
    method = method_of("dose_given")
    nothing = dict.fromkeys(method.outputs)
    assert sound(method, Derived(nothing))
    assert not sound(method, Derived({}))
    assert not sound(method, Derived({**nothing, "status": "forgotten"}))
    assert not sound(method, Derived({**nothing, "delay_days": 1.5}))
    now = Observation(date(2026, 1, 5), "visit", 1, {"given": True, "dose": None})
    (remark,) = method.derive(now, [], {"planned_dose": 100.0, "unit": "mg/m2", "every_days": 21, "cycles": 3}).remarks
    assert sound(method, Derived(nothing, (remark,)))
    silent = replace(remark, words=Words(remark.words.en, (*remark.words.zh[:2], "")))
    assert not sound(method, Derived(nothing, (silent,)))
