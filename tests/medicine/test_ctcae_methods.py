"""What a form gets from CTCAE: the grade as a code, its reasons as remarks in both languages, the baseline looked up."""

from datetime import date

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.ctcae.clinical import grade_febrile_neutropenia, grade_weight_loss, weight_lost_percent
from equipoise.medicine.ctcae.remarks import remark_of
from equipoise.medicine.ctcae.words import NOTES, TABLE
from equipoise.medicine.method import Observation
from tests.medicine.saying import is_whole


def moment(visit="cycle_1", day=5, units=None, **values):
    return Observation(date(2025, 3, day), visit, 1, values, units=units or {})


def ask(name, now, before=(), **options):
    method = method_of(name)
    chosen = {key: option.default for key, option in method.options.items()} | {"version": method.versions[0]} | options
    return method.derive(now, before, chosen)


def codes(derived):
    return [one.code for one in derived.remarks]


def test_a_result_is_graded_in_the_unit_of_its_item():
    found = ask("ctcae_lab_grade", moment(units={"value": "g/dL"}, value=9.9, lln=11.5), term="anemia")
    assert (found.values["grade"], found.values["grade_number"], found.values["term"]) == ("2", 2, "anemia")
    assert found.values["reason_en"] is None
    assert found.remarks == ()


def test_the_version_is_the_protocols():
    now = moment(units={"value": "10*9/L"}, value=0.8, lln=2)
    grades = [
        ask("ctcae_lab_grade", now, term="neutrophil_decreased", version=version).values["grade"]
        for version in ("CTCAE v5.0", "CTCAE v6.0")
    ]
    assert grades == ["3", "2"]


def test_limits_and_baselines_in_another_unit_are_brought_into_that_of_the_result():
    units = {"value": "umol/L", "uln": "mg/dL", "baseline": "mg/dL"}
    now = moment(units=units, value=200, uln=1.2, baseline=0.7)  # 106.1 and 61.9 umol/L: 1.9 x ULN, 3.2 x baseline
    assert ask("ctcae_lab_grade", now, term="creatinine_increased").values["grade"] == "3"


def test_the_baseline_is_the_last_value_at_the_baseline_visits():
    before = [
        moment("screening", 1, value=30, uln=40),
        moment("before_induction", 2, value=60, uln=40),
        moment("cycle_1", 3, value=500, uln=40),
    ]
    options = {"term": "alt_increased", "baseline_visits": ("screening", "before_induction")}
    found = ask("ctcae_lab_grade", moment(value=100, uln=40), before, **options)
    assert (found.values["grade"], codes(found)) == (
        "1",
        [],
    )  # 1.67 x 60; as of a normal baseline 2.5 x 40 is 1 as well
    assert ask("ctcae_lab_grade", moment(value=80, uln=40), before, **options).values["grade"] == "0"
    missing = ask("ctcae_lab_grade", moment(value=80, uln=40), [], **options)
    assert (missing.values["grade"], codes(missing)) == ("1", ["baseline_missing"])


def test_at_a_baseline_visit_the_limits_of_normal_decide_and_no_baseline_is_missed():
    now = moment("screening", value=80, uln=40)
    found = ask("ctcae_lab_grade", now, [], term="alt_increased", baseline_visits=("screening",))
    assert (found.values["grade"], codes(found)) == ("1", [])


def test_an_analyte_is_graded_in_both_directions_and_the_worse_is_named():
    for value, grade, term in ((2.4, "4", "hypokalemia"), (6.5, "3", "hyperkalemia"), (4.2, "0", None)):
        now = moment(value=value, lln=3.5, uln=5.3, unit="mmol/L", analyte="potassium", symptoms=False)
        found = ask("ctcae_lab_row_grade", now)
        assert (found.values["grade"], found.values["term"]) == (grade, term)
    low = moment(value=6.5, lln=3.5, uln=5.3, unit="mmol/L", analyte="potassium")
    assert ask("ctcae_lab_row_grade", low, direction="low").values["grade"] == "0"


def test_a_value_that_cannot_be_graded_says_what_would_mend_it():
    found = ask("ctcae_lab_grade", moment(value=9.9, lln=11.5), term="anemia")
    assert found.values["grade"] is None
    assert codes(found) == ["unit_missing"]
    remark = found.remarks[0]
    assert remark.names == ("value",)
    assert "贫血" in remark.say("zh").why
    assert "Anemia" in remark.say("en").why
    inverted = ask("ctcae_lab_grade", moment(value=110, lln=150, uln=115, unit="g/L"), term="anemia")
    assert codes(inverted) == ["limits_invalid", "lln_missing"]
    assert inverted.remarks[0].names == ("lln", "uln")


@pytest.mark.parametrize("code", TABLE.words)
def test_every_note_is_remarked_in_both_languages(code):
    said = remark_of(code, value="9.9", unit="g/L", term={"en": "Anemia", "zh": "贫血"}, listed="1, 2, 3")
    assert is_whole(said)
    assert said.severity == ("hard" if code == "value_invalid" else "soft")


def test_a_negative_result_is_refused():
    found = ask("ctcae_lab_grade", moment(value=-1, unit="g/L"), term="anemia")
    assert found.remarks[0].severity == "hard"


@pytest.mark.parametrize(
    ("term", "grade", "possible"),
    [("nausea", "4", False), ("nausea", "3", True), ("febrile_neutropenia", "2", False), ("cns_necrosis", "5", True)],
)
def test_a_grade_that_a_term_lacks_is_remarked_upon(term, grade, possible):
    found = ask("ctcae_term_grade", moment(term=term, grade=grade))
    assert found.values["possible"] is possible
    assert bool(found.values["description_zh"]) is possible
    assert codes(found) == ([] if possible else ["grade_not_possible"])


def test_a_term_of_which_nothing_is_known_is_left_alone():
    for now, version in (
        (moment(term="other", grade="3"), "CTCAE v5.0"),
        (moment(term="nausea", grade="4"), "CTCAE v6.0"),
    ):
        found = ask("ctcae_term_grade", now, version=version)
        assert set(found.values.values()) == {None}
        assert found.remarks == ()


@pytest.mark.parametrize(
    ("weight", "baseline", "grade"),
    [
        (57.01, 60, 0),
        (57, 60, 1),
        (54, 60, 2),
        (54.01, 60, 1),
        (48, 60, 3),
        (70, 60, 0),
        (57, None, None),
        (None, 60, None),
    ],
)
def test_weight_loss_begins_at_5_10_and_20_percent(weight, baseline, grade):
    assert grade_weight_loss(weight, baseline).grade == grade


def test_weight_is_compared_with_the_last_baseline_visit():
    before = [moment("screening", 1, weight=62.0), moment("before_induction", 2, weight=60.0)]
    found = ask("weight_loss_grade", moment(weight=53.0), before, baseline_visits=("screening", "before_induction"))
    assert found.values["grade"] == "2"
    assert found.values["percent"] == pytest.approx(700 / 60)
    alone = ask("weight_loss_grade", moment(weight=53.0), [], baseline_visits=("screening",))
    assert (alone.values["grade"], codes(alone)) == (None, ["weight_baseline_missing"])
    first = ask("weight_loss_grade", moment("screening", weight=53.0), [], baseline_visits=("screening",))
    assert (first.values["grade"], first.values["percent"], codes(first)) == ("0", 0, [])
    assert weight_lost_percent(66, 60) == pytest.approx(-10)


@pytest.mark.parametrize(
    ("neutrophils", "temperature", "sustained", "threat", "grade"),
    [
        (0.9, 38.4, None, None, 3),
        (0.9, 38.3, None, None, None),
        (0.9, 38.3 + 2e-8, None, None, None),  # what a computer keeps of 38.3
        (0.9, 38.0, True, None, 3),
        (0.9, 38.0 - 2e-8, True, None, 3),
        (0.9, 38.2, False, None, 0),
        (0.9, 37.9, True, None, 0),
        (1.0, 39.5, True, None, 0),
        (0.2, 39.5, None, True, 4),
        (None, 39.5, None, None, None),
        (None, 37.0, None, None, 0),
    ],
)
def test_febrile_neutropenia_needs_few_neutrophils_and_fever(neutrophils, temperature, sustained, threat, grade):
    found = grade_febrile_neutropenia(neutrophils, temperature, sustained=sustained, life_threatening=threat)
    assert found.grade == grade


@pytest.mark.parametrize("known", [{"neutrophils": 0.5}, {"temperature": 39.0}, {}])
def test_without_a_value_no_duration_is_asked_for(known):
    found = grade_febrile_neutropenia(known.get("neutrophils"), known.get("temperature"))
    assert (found.grade, found.notes) == (None, ("value_missing",))


@pytest.mark.parametrize(("weight", "baseline"), [(0.0, 60.0), (60.0, 0.0), (-60.0, 60.0), (60.0, -60.0), (-1.0, -1.0)])
def test_no_percent_is_lost_of_a_weight_that_nobody_has(weight, baseline):
    assert weight_lost_percent(weight, baseline) is None
    assert weight_lost_percent(30.0, 60.0) == 50


def test_a_grade_that_is_no_number_is_no_grade():
    found = ask("ctcae_term_grade", moment(term="nausea", grade="severe"))
    assert (found.values["possible"], found.values["description_en"], found.remarks) == (None, None, ())


def test_a_fever_of_unknown_duration_is_asked_about():
    found = ask("febrile_neutropenia", moment(neutrophils=0.5, temperature=38.2))
    assert (found.values["grade"], codes(found)) == (None, ["duration_missing"])
    assert "38.2 °C" in found.remarks[0].say("zh").what


def test_every_note_becomes_a_remark_but_the_missing_value():
    assert set(NOTES) - set(TABLE.words) == {"value_missing"}


def test_a_baseline_in_another_unit_is_brought_into_that_of_the_result():
    before = [moment("screening", 1, value=0.7, uln=1.2, unit="mg/dL")]  # 61.9 umol/L
    now = moment(value=190, uln=104, unit="umol/L")  # 1.8 x ULN, 3.07 x baseline
    found = ask("ctcae_lab_grade", now, before, term="creatinine_increased", baseline_visits=("screening",))
    assert (found.values["grade"], codes(found)) == ("3", [])
