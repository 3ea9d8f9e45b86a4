"""A mean is told in the unit of its endpoint."""

import pytest

from equipoise.analysis.methods.mean import MEAN


def names(group):
    return (group or "", group or "")


@pytest.mark.parametrize(
    ("unit", "mean", "difference"),
    [("kg", "A: mean 60.12 kg (SD", "A minus B (kg):"), (None, "A: mean 60.12 (SD", "A minus B:")],
)
def test_the_sentence_of_a_mean_tells_its_unit(unit, mean, difference):
    told = {"group": "A", "quantity": "estimate", "estimate": 60.123, "sd": 4.0, "n": 9, "unit": unit}
    assert MEAN.sentence(told, names, None)[0].startswith(mean)
    against = {
        "group": "A",
        "reference": "B",
        "quantity": "difference",
        "estimate": 1.0,
        "ci_lower": 0.5,
        "ci_upper": 1.5,
    }
    more = {"p_value": 0.02, "unit": unit, "confidence": 0.95, "interval": "welch", "n": 9}
    en, zh = MEAN.sentence(against | more, names, None)
    assert difference in en
    assert ("（kg）" in zh) is (unit == "kg")
