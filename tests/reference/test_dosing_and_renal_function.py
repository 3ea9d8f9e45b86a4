"""Body surface, renal function, dose intensity, effective dose and China's holidays agree with numbers that others computed.

Each number stands beside who computed it. Calculators print whole numbers: they are met to half a unit of their last digit.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from equipoise.medicine.body_size import body_surface
from equipoise.medicine.dosing import DoseRecord, DoseSchedule, relative_dose_intensity
from equipoise.medicine.radiotherapy import WorkingDays, biologically_effective_dose, china
from equipoise.medicine.renal_function import carboplatin_dose, cockcroft_gault, egfr_ckd_epi_2021
from equipoise.units import convert

# National Kidney Foundation, CKD-EPI Creatinine Equation (2021) and CrCl calculators, as quoted in the tests of pharmaverse/admiral
# (tests/testthat/test-compute_kidney.R, commit 05459a5e): creatinine, unit, age, sex, kg, eGFR, creatinine clearance.
CALCULATORS = [(1.09, "mg/dL", 55, "M", 90.0, 80, 97), (85, "umol/L", 65, "F", 60.0, 66, 55)]
# The same file: eGFR to four decimals by admiral's compute_egfr, which divides umol/L by 88.42.
ADMIRAL = [(96.3, 55, "M", 80.2293), (70, 52, "F", 89.7175), (77, 67, "M", 94.5453), (65, 76, "F", 84.4646)]
# Worked examples of Cockcroft-Gault on teaching pages (superglobalcalculator.com, droracle.ai, theprimecalculator.com): creatinine in
# mg/dL, age, sex, kg, mL/min.
WORKED = [(1.2, 60, "M", 80, 74.1), (1.4, 65, "M", 70, 52.1), (1.0, 70, "M", 75, 72.9), (1.0, 50, "M", 80, 100.0)]
# The State Council's notices state how many days each holiday has; transcribed from the text of the notices for 2024, 2025 and 2026.
STATED_DAYS_OFF = {
    2024: [1, 8, 3, 5, 1, 3, 7],  # New Year, Spring, Qingming, Labour, Dragon Boat, Mid-Autumn, National Day
    2025: [1, 8, 3, 5, 3, 8],  # National Day and Mid-Autumn together
    2026: [3, 9, 3, 5, 3, 3, 7],
}


def umol(value, unit):
    return convert(value, unit, "umol/L", "creatinine")


@pytest.mark.parametrize(("creatinine", "unit", "age", "sex", "weight", "egfr", "clearance"), CALCULATORS)
def test_renal_function_agrees_with_the_kidney_foundations_calculators(
    creatinine, unit, age, sex, weight, egfr, clearance
):
    assert round(egfr_ckd_epi_2021(age, sex, umol(creatinine, unit))) == egfr
    assert round(cockcroft_gault(age, sex, weight, umol(creatinine, unit))) == clearance


@pytest.mark.parametrize(("creatinine", "age", "sex", "expected"), ADMIRAL)
def test_egfr_agrees_with_admiral_to_four_decimals_once_its_factor_is_used(creatinine, age, sex, expected):
    assert round(egfr_ckd_epi_2021(age, sex, creatinine * 88.4 / 88.42), 4) == expected
    assert egfr_ckd_epi_2021(age, sex, creatinine) == pytest.approx(expected, rel=3e-4)


@pytest.mark.parametrize(("creatinine", "age", "sex", "weight", "expected"), WORKED)
def test_clearance_agrees_with_worked_examples(creatinine, age, sex, weight, expected):
    assert cockcroft_gault(age, sex, weight, umol(creatinine, "mg/dL")) == pytest.approx(expected, abs=0.05)


def test_the_form_for_umol_agrees_with_its_own_arithmetic():
    # (140 - 60) x 70 x 1.23 / 100 = 68.88 and x 1.04 = 58.24
    assert cockcroft_gault(60, "M", 70, 100, si=True) == pytest.approx(68.88)
    assert cockcroft_gault(60, "F", 70, 100, si=True) == pytest.approx(58.24)


def test_body_surface_agrees_with_admirals_formula_in_meters_and_a_worked_example():
    # tests/testthat/test-compute_bsa.R: 0.20247 m^0.725 kg^0.425 (five digits); 61 in and 90.7 kg: 1.98 m2 (ehow.co.uk, Mosteller)
    for height, weight in ((170, 75), (185, 90)):
        assert body_surface(height, weight, "du_bois") == pytest.approx(
            0.20247 * (height / 100) ** 0.725 * weight**0.425, rel=2.5e-5
        )
    assert round(body_surface(61 * 2.54, 90.7), 2) == 1.98


def test_carboplatin_agrees_with_calverts_arithmetic():
    assert carboplatin_dose(5, 100) == 5 * 125
    assert carboplatin_dose(6, 140, 125) == 6 * 150


def test_dose_intensity_agrees_with_the_formula_of_a_manual_for_statisticians():
    # emera86/SASmanual-MkDocs, SASmanual/docs/medical/exposure.md: sum of doses / planned dose of a cycle x planned cycle /
    # (last dose - first dose + planned cycle), where every cycle was begun; a skipped cycle leaves its time in the denominator.
    first = date(2025, 3, 3)
    days, doses = [0, 25, 49, 70], [75.0, 75.0, 60.0, 56.25]
    records = [
        DoseRecord(n, first + timedelta(days=d), True, dose)
        for n, (d, dose) in enumerate(zip(days, doses, strict=True), 1)
    ]
    expected = sum(doses) / 75 * 21 / (70 + 21)
    assert relative_dose_intensity(DoseSchedule(75.0, "mg/m2", 21, 4), records) == pytest.approx(expected, rel=1e-12)


def test_effective_dose_agrees_with_the_textbook_values_of_usual_schedules():
    # 70 Gy in 35: 84 Gy10 and 116.7 Gy3; 81.6 Gy in 68: 91.4 Gy10 (Fowler's tables; textbook knowledge, by arithmetic)
    assert biologically_effective_dose([(35, 2.0)], 10) == pytest.approx(84.0)
    assert biologically_effective_dose([(35, 2.0)], 3) == pytest.approx(116.7, abs=0.05)
    assert biologically_effective_dose([(68, 1.2)], 10) == pytest.approx(91.4, abs=0.05)


def days_off(year: int, calendar: WorkingDays) -> int:
    return sum(day.year == year for day in calendar.off)


@pytest.mark.parametrize("year", STATED_DAYS_OFF)
def test_chinas_days_off_are_as_many_as_the_notices_state(year):
    assert days_off(year, china()) == sum(STATED_DAYS_OFF[year])


def test_a_working_weekend_is_a_weekend_and_a_run_of_days_off_holds_a_weekday():
    calendar = china()
    assert all(day.weekday() >= 5 for day in calendar.worked)
    assert not calendar.off & calendar.worked
    for year in range(
        2020, 2027
    ):  # every working weekend pays for a weekday off; 2020's Spring Festival was prolonged by two days
        assert sum(day.year == year for day in calendar.worked) <= sum(
            day.year == year and day.weekday() < 5 for day in calendar.off
        )


def test_control_another_factor_another_formula_and_a_lost_day_are_noticed():
    creatinine, age, sex, expected = ADMIRAL[0]
    assert round(egfr_ckd_epi_2021(age, sex, creatinine), 4) != expected
    assert round(cockcroft_gault(65, "M", 60.0, 85)) != CALCULATORS[1][6]
    assert round(body_surface(61 * 2.54, 90.7, "du_bois"), 2) != 1.98
    calendar = china()
    assert days_off(2026, WorkingDays(calendar.off - {date(2026, 2, 16)})) != sum(STATED_DAYS_OFF[2026])
