"""What is printed never says more than what is known: no 0 that is none, no limit that is 1, no p-value equal to alpha."""

from __future__ import annotations

import math

import pytest

from equipoise.numerals import (
    measured_text,
    number,
    p_text,
    percent_text,
    percentage_text,
    ratio_text,
    time_text,
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (number(-0.0001), "0.00"),
        (number(-0.04, 1), "0.0"),
        (number(-0.06, 1), "−0.1"),
        (number(math.nan), "–"),
        (ratio_text(0.7), "0.70"),
        (ratio_text(1.0), "1.00"),
        (ratio_text(0.9962), "0.996"),
        (ratio_text(1.0004), "1.0004"),
        (ratio_text(0.0031), "0.003"),
        (ratio_text(1 + 1e-12), "1.00"),
        (ratio_text(None), "–"),
        (percentage_text(0), "0.0"),
        (percentage_text(1), "100.0"),
        (percentage_text(3 / 9000), "0.03"),
        (percentage_text(-3 / 9000), "−0.03"),
        (percentage_text(0.9999), "99.99"),
        (percentage_text(0.3333), "33.3"),
        (measured_text(59.4539, 11.97), "59.5"),
        (measured_text(0.01234, 0.0042), "0.0123"),
        (measured_text(0.004, 1.2, 2), "0.004"),
        (measured_text(1e-12, 1.2, 2), "0.00"),
        (measured_text(7.0, 0.0, 2), "7.00"),
        (measured_text(None, None), "–"),
        (p_text(0.34), "p = 0.34"),
        (p_text(0.04996), "p = 0.050"),
        (p_text(0.04996, beside=0.05), "p = 0.04996"),
        (p_text(0.0500001, "P", beside=0.05), "P = 0.0500001"),
        (p_text(0.05, beside=0.05), "p = 0.050"),
        (p_text(0.0008), "p < 0.001"),
        (p_text(0.0008, beside=0.05), "p < 0.001"),
        (p_text(0.0008, beside=0.0005), "p = 0.0008"),
        (p_text(0.00050001, beside=0.0005), "p = 0.00050001"),
        (percent_text(0.95), "95%"),
        (percent_text(0.999999999), "99.9999999%"),
        (time_text(4.5, "days"), "4.5"),
        (time_text(2083, "days"), "2083"),
    ],
)
def test_what_is_printed_is_told_apart_from_what_it_is_not(said, expected):
    assert said == expected


@pytest.mark.parametrize("p", [0.0499999, 0.0500001, 0.024999, 0.0009999, 0.0010001, 0.00049, 1e-7])
@pytest.mark.parametrize("alpha", [0.05, 0.025, 0.001, 0.0005, 1e-7])
def test_a_p_value_and_its_level_are_never_the_same_print(p, alpha):
    said = p_text(p, beside=alpha)
    if said != "p < 0.001":
        assert (float(said.split()[-1]) < alpha) == (p < alpha)
        assert (float(said.split()[-1]) == alpha) == (p == alpha)
    else:
        assert alpha >= 0.001


def test_control_the_print_of_a_table_alone_would_be_noticed():
    assert float(p_text(0.04996).split()[-1]) == 0.05
