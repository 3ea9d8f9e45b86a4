"""The watch over references: a number that no test reads is found, one that is only listed is not taken for read."""

import sys

from tests.reference.watched import still_unread, unread, watch

CASES = watch([{"id": "one", "outputs": {"n": 3, "power": 0.8, "looks": {"z": [2.0, 1.9], "month": [12, 24]}}}])


def test_what_is_read_is_compared_and_the_rest_is_found():
    said = watch([{"id": "one", "outputs": {"n": 3, "power": 0.8, "looks": {"z": [2.0], "month": [12]}}}])
    assert said[0]["outputs"]["n"] == 3
    assert said[0]["outputs"]["looks"]["z"] == [2.0]
    assert "power" in said[0]["outputs"]
    assert said[0]["outputs"].peek("power") == 0.8
    assert unread(said) == {("one", "power"), ("one", "looks.month")}


def test_a_size_is_compared():
    assert CASES[0]["outputs"]["n"] == 3


def test_control_a_field_that_no_test_reads_is_noticed_and_one_that_is_named_is_not():
    """Also where the test that reads has not run yet: it is played."""
    here = sys.modules[__name__]
    assert still_unread(here, CASES, {"z": "elsewhere"}) == {"one: power", "one: looks.month"}
    assert still_unread(here, CASES, ("power", "looks.z", "one: looks.month")) == set()
