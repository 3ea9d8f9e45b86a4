"""True, false, or not yet known

Missing values follow SQL. A rule whose answer could still change with what is missing is *not yet known*; an answer that is certain whatever is missing is given.
*Not yet known* never lets anybody in, asks no question, raises no alarm and counts nobody into an analysis set.
"""

from tests.spec.example import answers


@answers("age >= 18", ({"age": 20}, True), ({"age": 10}, False), ({"age": None}, None))
def test_a_comparison_with_a_missing_value_is_not_yet_known():
    """A missing age is neither above nor below 18."""


@answers(
    "age >= 18 AND smoker",
    ({"age": 20, "smoker": True}, True),
    ({"age": 10, "smoker": None}, False),
    ({"age": 20, "smoker": None}, None),
)
def test_and_is_false_as_soon_as_one_side_is_false():
    """Then the other side could not change the answer, whatever it turns out to be."""


@answers(
    "age >= 18 OR smoker",
    ({"age": 20, "smoker": None}, True),
    ({"age": 10, "smoker": None}, None),
    ({"age": 10, "smoker": False}, False),
)
def test_or_is_true_as_soon_as_one_side_is_true():
    """Then the other side could not change the answer, whatever it turns out to be."""


@answers("NOT smoker", ({"smoker": None}, None), ({"smoker": False}, True))
def test_not_of_the_unknown_is_unknown():
    """An exclusion criterion that is not yet known excludes nobody and admits nobody: it is asked for."""


@answers("sex IN ('F') OR sex IS NULL", ({"sex": None}, True), ({"sex": "M"}, False))
def test_is_null_asks_whether_something_is_missing():
    """This answer is always known."""


@answers("COALESCE(smoker, FALSE)", ({"smoker": None}, False), ({"smoker": True}, True))
def test_coalesce_says_what_a_missing_value_counts_as():
    """It is the protocol's decision, and stands where a reader sees it."""


@answers(
    "CASE WHEN smoker THEN pack_years ELSE 0 END",
    ({"smoker": None, "pack_years": 10.0}, 0.0),
    ({"smoker": True, "pack_years": None}, None),
)
def test_case_takes_its_else_when_the_condition_is_not_known():
    """So that a question whose answer is missing should be asked about first: `CASE WHEN smoker IS NULL THEN NULL WHEN smoker THEN ...`."""
