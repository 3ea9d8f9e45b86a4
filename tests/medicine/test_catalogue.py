"""Every medical rule of the catalogue keeps the shape that forms count on: ports described, codes closed, answers of the type promised."""

from __future__ import annotations

import pytest

from equipoise.medicine.catalogue import METHODS, method_of
from equipoise.medicine.method import Method, Observation
from equipoise.units import known_unit
from tests.medicine.saying import is_whole

# What a required option may be in a test that is not about it.
PLAIN = {"integer": 3, "decimal": 70.0, "text": "mg/m2", "boolean": False, "visits": ("visit",), "texts": ("a",)}


def every() -> list[Method]:
    return [method for name in METHODS if (method := method_of(name)) is not None]


@pytest.mark.parametrize("method", every(), ids=lambda m: m.id)
def test_a_method_says_what_it_means_in_both_languages_and_where_it_comes_from(method: Method):
    assert METHODS[method.id]
    assert set(method.meaning) == {"en", "zh"}
    assert all(method.meaning.values())
    assert method.source
    assert method.outputs


@pytest.mark.parametrize("method", every(), ids=lambda m: m.id)
def test_every_port_has_a_meaning_and_a_unit_that_exists(method: Method):
    ports = {**method.inputs, **method.outputs}
    for fields in method.rows.values():
        ports |= fields
    for name, port in ports.items():
        assert port.meaning, name
        assert port.unit is None or known_unit(port.unit), (name, port.unit)
        assert port.unit is None or port.type in ("integer", "decimal"), name
        assert not port.codes or port.type in ("code", "text"), name


@pytest.mark.parametrize("method", every(), ids=lambda m: m.id)
def test_a_record_without_any_value_gives_nothing_and_no_traceback(method: Method):
    options = {
        name: PLAIN[option.type] if option.required else option.default for name, option in method.options.items()
    }
    options |= {name: option.codes[0] for name, option in method.options.items() if option.required and option.codes}
    if method.versions:
        options["version"] = method.versions[-1]
    nothing = Observation(None, "visit", 1, dict.fromkeys(method.inputs), {name: () for name in method.rows})
    derived = method.derive(nothing, [], options)
    assert set(derived.values) <= set(method.outputs)
    for remark in derived.remarks:
        assert is_whole(remark)


def test_a_name_that_nobody_wrote_is_no_method():
    assert method_of("phrenology") is None
