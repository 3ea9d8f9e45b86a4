"""A form's result reaches the grade in the unit of its item, whichever that is, and the checks of a protocol let it."""

from __future__ import annotations

import pytest

from equipoise.knowledge.medical_rules import Occasion, bind, derive_items
from equipoise.medicine.catalogue import method_of
from equipoise.protocol.reading import read_protocol
from tests.spec.minimal import minimal_protocol, write_minimal

FORM = """
codelists:
- id: grades
  codes:
{codes}
forms:
- id: baseline
  items:
  - {{id: hb, label: {{en: Hemoglobin, zh: 血红蛋白}}, type: decimal, unit: "{unit}", decimals: 2}}
  - {{id: hb_lln, label: {{en: Lower limit, zh: 下限}}, type: decimal, unit: g/L, decimals: 2}}
  - {{id: hb_grade, label: {{en: Grade, zh: 级别}}, type: code, codelist: grades, required: false}}
  derivations:
  - {{id: hb_ctcae, method: ctcae_lab_grade, version: CTCAE v5.0, options: {{term: anemia}}, inputs: {{value: hb, lln: hb_lln}}, gives: {{grade: hb_grade}}}}
"""
CODES = "\n".join(f'  - {{code: "{n}", label: {{en: Grade {n}, zh: {n}级}}}}' for n in range(5))


@pytest.mark.parametrize(("value", "unit"), [("99", "g/L"), ("9.9", "g/dL"), ("6.1", "mmol/L")])
def test_an_item_may_have_any_unit_of_the_result_and_its_limit_another(value: str, unit: str):
    protocol = minimal_protocol(FORM.format(codes=CODES, unit=unit))
    (bound,) = bind(protocol, "baseline")
    values, said = derive_items(
        protocol, bound, Occasion("2024-02-01", "screening", 1), {"hb": value, "hb_lln": "115"}, {}
    )
    assert values == {"hb_grade": "2"}
    assert said == []


def test_a_unit_that_does_not_fit_is_told_at_its_item():
    protocol = minimal_protocol(FORM.format(codes=CODES, unit="mg"))
    (bound,) = bind(protocol, "baseline")
    values, said = derive_items(
        protocol, bound, Occasion("2024-02-01", "screening", 1), {"hb": "99", "hb_lln": "115"}, {}
    )
    assert values == {"hb_grade": None}
    assert [(one.check, one.items) for one in said] == [("hb_ctcae.unit_mismatch", ("hb",))]


def test_a_protocol_that_asks_for_it_passes_the_checks(tmp_path):
    read = read_protocol(write_minimal(tmp_path, FORM.format(codes=CODES, unit="g/dL")))
    assert not [one for one in read.findings if "derivation" in str(one.where) or one.code.startswith("unit")]


def test_only_ports_that_say_so_take_any_unit():
    assert method_of("ctcae_lab_grade").inputs["value"].any_unit
    assert not method_of("weight_loss_grade").inputs["weight"].any_unit
