"""Laws of EBV DNA: 0 means not detected and nothing else, what contradicts itself decides nothing, and rebound needs clearance."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from equipoise.medicine.ebv_dna import Measurement, Sample, derive_clearance, derive_result, reaches
from equipoise.medicine.ebv_dna.clearance import PHASES

NUMBERS = st.none() | st.sampled_from([0.0, 4.0, 10.0, 55.5, 1500.0, 4000.0, 2e6]) | st.floats(-5, 1e7)
LIMITS = st.none() | st.sampled_from([0.0, 10.0, 100.0, 2000.0])
MEASUREMENTS = st.builds(
    Measurement, NUMBERS, st.sampled_from([None, "copies_per_ml", "iu_per_ml"]), st.none() | st.booleans(), LIMITS, LIMITS,
    st.none() | st.sampled_from([0.28, 1.0, 3.5, 0.0]),
)  # fmt: skip


def zero_without_absence(m, derive=derive_result):
    """Whether 0 copies/mL was said of something other than not detected, or the other way round."""
    found = derive(m)
    return (found.copies_per_ml == 0) != (found.status == "not_detected")


@given(MEASUREMENTS)
def test_zero_copies_are_said_exactly_when_nothing_was_detected(m):
    assert not zero_without_absence(m)


def test_control_taking_the_number_as_it_stands_breaks_that_law():
    class Bare:
        status, copies_per_ml = "detected", 0.0

    assert zero_without_absence(Measurement(0.0, "copies_per_ml", detected=True), lambda m: Bare)


@given(MEASUREMENTS, st.sampled_from([0, 10, 1500, 4000]), st.sampled_from([0, 10, 1500, 4000]))
def test_a_higher_threshold_is_never_reached_where_a_lower_one_is_not(m, a, b):
    low, high = sorted((a, b))
    found = derive_result(m)
    assert not (reaches(found, high) is True and reaches(found, low) is not True)
    assert not (reaches(found, low) is False and reaches(found, high) is True)


@given(MEASUREMENTS)
def test_a_result_that_contradicts_the_laboratorys_word_decides_nothing(m):
    if (m.detected and m.value == 0) or (m.detected is False and (m.value or 0) > max(m.lod or 0, 0)):
        assert derive_result(m).status == "not_known"
        assert reaches(derive_result(m), 0) is None


@given(MEASUREMENTS)
def test_an_unknown_word_on_detection_never_says_what_both_words_deny(m):
    def told(word):
        return derive_result(Measurement(m.value, m.unit, word, m.lod, m.loq, m.copies_per_iu)).status

    assert told(None) in {told(True), told(False), "not_known"}


def order(samples):
    return [
        Sample(date(2024, 1, 1) + timedelta(days=21 * place), phase, reached)
        for place, (phase, reached) in enumerate(samples)
    ]


SERIES = st.lists(st.tuples(st.sampled_from(["baseline", *PHASES, "other"]), st.none() | st.booleans()), max_size=9)
SERIES = SERIES.map(lambda told: sorted(told, key=lambda one: ["baseline", *PHASES, "other"].index(one[0])))


def broken(told, derive=derive_clearance):
    """What a series says that its samples do not bear out."""
    samples, found = order(told), derive(order(told))
    faults = []
    clear = [s.day for s in samples if s.reached is False and s.phase != "baseline"]
    if found.rebound and not any(s.reached and s.day > found.cleared_on for s in samples if s.phase != "baseline"):
        faults.append("rebound without a sample that shows it")
    if found.cleared_on is not None and found.cleared_on != min(clear, default=None):
        faults.append("cleared on another day than the first clear sample")
    if found.pattern in PHASES and (found.rebound or (found.pattern, False) not in told):
        faults.append("a pattern without its clear sample")
    baseline = [reached for phase, reached in told if phase == "baseline" and reached is not None]
    if found.cleared_on is not None and not (baseline and baseline[-1]):
        faults.append("clearance without a positive baseline")
    return faults


@given(SERIES)
def test_a_series_says_only_what_its_samples_bear_out(told):
    assert broken(told) == []


def test_control_clearance_from_a_negative_baseline_is_caught():
    def careless(samples):
        return derive_clearance([Sample(s.day, s.phase, True if s.phase == "baseline" else s.reached) for s in samples])

    assert broken([("baseline", False), ("early", False)], careless) == ["clearance without a positive baseline"]


@given(SERIES, st.integers(0, 9))
def test_a_pattern_once_said_changes_only_to_rebound(told, cut):
    before, after = derive_clearance(order(told[:cut])).pattern, derive_clearance(order(told)).pattern
    baseline_done = any(phase != "baseline" for phase, _ in told[:cut])
    if before is not None and baseline_done:
        assert after in (before, "rebound") or before == "persistent" and ("late", False) in told[cut:]
