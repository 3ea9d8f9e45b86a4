"""One EBV DNA result: its value in copies/mL, whether it was detected, and what is remarked."""

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.ebv_dna import EbvResult, Measurement, copies_per_ml_of_reaction, derive_result, reaches
from equipoise.medicine.ebv_dna.measurement import in_copies
from equipoise.medicine.method import Observation
from tests.medicine.saying import is_whole

YES, NO = True, False


def result(value=None, detected=None, lod=10.0, loq=None, unit="copies_per_ml", **more):
    return derive_result(Measurement(value=value, unit=unit, detected=detected, lod=lod, loq=loq, **more))


@pytest.mark.parametrize(("value", "detected", "lod", "loq", "status", "copies"), [
    (0, NO, 10, None, "not_detected", 0.0),
    (None, NO, 10, None, "not_detected", 0.0),
    (4, NO, 10, None, "not_detected", 0.0),  # printed, but the laboratory calls it not detected
    (40, NO, 10, None, "not_known", None),
    (40, NO, None, None, "not_known", None),
    (40, YES, 10, None, "detected", 40.0),
    (40, YES, None, None, "detected", 40.0),
    (10, YES, 10, 50, "below_quantification", 10.0),
    (50, YES, 10, 50, "detected", 50.0),
    (4, YES, 10, None, "below_quantification", 4.0),
    (None, YES, 10, None, "detected", None),
    (0, YES, 10, None, "not_known", None),
    (0, None, 10, None, "not_detected", 0.0),
    (0, None, None, None, "not_detected", 0.0),
    (40, None, 10, None, "detected", 40.0),
    (40, None, 10, 50, "below_quantification", 40.0),
    (4, None, 10, None, "not_known", None),
    (40, None, None, None, "not_known", None),
    (None, None, 10, None, "not_known", None),
    (-1, NO, 10, None, "not_known", None),
    (float("nan"), YES, 10, None, "not_known", None),
])  # fmt: skip
def test_the_laboratorys_word_and_its_number_make_the_status(value, detected, lod, loq, status, copies):
    found = result(value, detected, lod, loq)
    assert (found.status, found.copies_per_ml) == (status, copies)


def test_international_units_become_copies_by_the_assays_own_factor():
    assert result(100, YES, 20, unit="iu_per_ml", copies_per_iu=0.28) == EbvResult("detected", 28.0, 5.6)
    assert result(100, YES, 20, unit="iu_per_ml") == EbvResult("detected", None, None)
    assert result(100, YES, 20, unit=None) == EbvResult("detected", None, None)
    assert result(0, NO, 20, unit="iu_per_ml") == EbvResult("not_detected", 0.0, None)


def test_copies_per_reaction_become_copies_per_ml_by_the_volumes():
    # 6 copies in 5 of 50 uL are 60 copies in the eluate of 0.5 mL plasma.
    assert copies_per_ml_of_reaction(6, 50, 5, 0.5) == 120
    volumes = {"elution_ul": 50, "pcr_ul": 5, "plasma_ml": 0.5}
    assert result(None, YES, copies_per_reaction=6, **volumes) == EbvResult("detected", 120.0, 10.0)
    assert result(None, YES, copies_per_reaction=6, elution_ul=50, pcr_ul=0, plasma_ml=0.5).copies_per_ml is None
    iu = result(None, None, 20, unit="iu_per_ml", copies_per_iu=0.5, copies_per_reaction=6, **volumes)
    assert iu == EbvResult("detected", 120.0, 10.0)


@pytest.mark.parametrize(("found", "threshold", "answer"), [
    (EbvResult("not_detected", 0.0, 10.0), 0, False),
    (EbvResult("not_detected", 0.0, None), 0, False),
    (EbvResult("not_detected", 0.0, 10.0), 1500, False),
    (EbvResult("not_detected", 0.0, None), 1500, None),
    (EbvResult("not_detected", 0.0, 2000.0), 1500, None),
    (EbvResult("detected", 1500.0, 10.0), 1500, True),
    (EbvResult("detected", 1499.9, 10.0), 1500, False),
    (EbvResult("detected", 3999.0, 10.0), 4000, False),
    (EbvResult("detected", 4000.0, 10.0), 4000, True),
    (EbvResult("detected", None, 10.0), 0, True),
    (EbvResult("detected", None, 10.0), 4000, None),
    (EbvResult("below_quantification", 4.0, 10.0), 0, True),
    (EbvResult("not_known", None, 10.0), 0, None),
])  # fmt: skip
def test_a_threshold_is_reached_or_not_or_nobody_knows(found, threshold, answer):
    assert reaches(found, threshold) is answer


ORDINARY = {"value": 250.0, "unit": "copies_per_ml", "detected": True, "lod": 10.0}


def asked(options=(), **values):
    method = method_of("ebv_dna")
    chosen = {name: option.default for name, option in method.options.items()} | dict(options)
    given = dict.fromkeys(method.inputs) | ORDINARY | values
    return method.derive(Observation(None, "after_induction", 1, given), (), chosen)


def test_an_ordinary_result_is_said_without_a_remark():
    found = asked(ct=33.1)
    assert dict(found.values) == {"copies_per_ml": 250.0, "status": "detected", "reached": True}
    assert found.remarks == ()


def test_the_protocol_may_fix_threshold_unit_and_factor():
    found = asked({"threshold": 1500, "unit": "iu_per_ml", "copies_per_iu": 4.0}, unit=None)
    assert (found.values["copies_per_ml"], found.values["reached"]) == (1000.0, False)
    assert found.remarks == ()


@pytest.mark.parametrize(("values", "codes"), [
    ({"value": -5.0}, ["negative_value"]),
    ({"unit": None}, ["unit_missing"]),
    ({"unit": "iu_per_ml"}, ["factor_missing"]),
    ({"lod": None}, ["lod_missing"]),
    ({"lod": 0.0}, ["limits_implausible"]),
    ({"loq": 5.0}, ["limits_implausible"]),
    ({"loq": ORDINARY["lod"]}, []),
    ({"value": None, "lod": None}, ["lod_missing"]),
    ({"value": None, "detected": None, "lod": None}, []),
    ({"value": 4.0}, ["below_lod_though_detected"]),
    ({"detected": False}, ["value_though_not_detected"]),
    ({"detected": False, "value": 4.0}, ["value_though_not_detected"]),
    ({"value": 0.0}, ["zero_though_detected"]),
    ({"detected": None, "value": 4.0}, ["detection_not_said"]),
    ({"detected": None, "lod": None}, ["lod_missing", "detection_not_said"]),
    ({"ct": 3.0}, ["ct_implausible"]),
    ({"ct": 46.0}, ["ct_implausible"]),
    ({"ct": 38.0, "detected": False, "value": 0.0}, ["ct_though_not_detected"]),
    ({"copies_per_reaction": 2.0}, ["few_copies_per_reaction"]),
    ({"copies_per_reaction": 8.0, "value": None}, ["volumes_missing"]),
    ({"copies_per_reaction": 8.0, "elution_ul": 50.0, "pcr_ul": 5.0, "plasma_ml": 0.5}, ["reaction_disagrees"]),
    ({"copies_per_reaction": 12.5, "elution_ul": 50.0, "pcr_ul": 5.0, "plasma_ml": 0.5}, []),
    ({"detected": False, "value": 0.0}, []),
    ({"value": None}, []),
])  # fmt: skip
def test_what_does_not_fit_is_remarked_in_both_languages(values, codes):
    remarks = asked(**values).remarks
    assert [r.code for r in remarks] == codes
    for said in remarks:
        assert is_whole(said)
        assert set(said.names) <= set(method_of("ebv_dna").inputs)
        assert said.severity == ("hard" if said.code == "negative_value" else "soft")


@pytest.mark.parametrize(
    ("value", "detected", "loq", "status"),
    [
        (None, True, 400, "below_quantification"),
        (None, True, None, "detected"),
        (None, False, 400, "not_detected"),
        (None, None, 400, "not_known"),
        (200, True, 400, "below_quantification"),
        (400, True, 400, "detected"),
    ],
)
def test_what_is_detected_without_a_number_is_below_quantification(value, detected, loq, status):
    found = derive_result(Measurement(value, "copies_per_ml", detected, lod=20, loq=loq))
    assert found.status == status
    assert reaches(found, 0) is {"not_detected": False, "not_known": None}.get(status, True)


def test_a_record_in_which_every_field_is_filled_has_a_status_and_an_empty_one_has_none():
    method = method_of("ebv_dna")
    full = asked(
        loq=50.0, copies_per_iu=1.0, copies_per_reaction=12.5, elution_ul=50.0, pcr_ul=5.0, plasma_ml=0.5, ct=33.0
    )
    assert full.values["status"] == "detected"
    empty = method.derive(Observation(None, "v", 1, dict.fromkeys(method.inputs)), (), {"unit": "copies_per_ml"})
    assert empty.values["status"] is None


def test_a_number_that_overflows_in_copies_is_none_and_one_that_does_not_is_kept():
    assert in_copies(1e300, "iu_per_ml", 1e10) is None
    assert in_copies(1.5e308, "iu_per_ml", 0.1) == pytest.approx(1.5e307)


def test_no_copies_in_a_reaction_are_none_per_milliliter():
    volumes = {"elution_ul": 50.0, "pcr_ul": 5.0, "plasma_ml": 0.5}
    assert result(unit="copies_per_ml", copies_per_reaction=0.0, **volumes) == EbvResult("not_detected", 0.0, 10.0)


def test_not_detected_at_the_limit_of_detection_itself_is_below_a_threshold_there():
    at = EbvResult("not_detected", 0.0, 1500.0)
    assert [reaches(at, threshold) for threshold in (1500.0, 1499.9, 1500.1)] == [False, None, False]
