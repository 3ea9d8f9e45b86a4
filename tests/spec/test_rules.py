"""Rules

A rule is one SQL expression over the values of one participant: recorded items, variables, and the built-ins `participant`, `site`, `arm`, `screened_date`,
`consented`, `consented_date`, `enrolled`, `enrolled_date`, `randomized`, `randomized_date`, `withdrawn`, `withdrawn_date`, `stopped_treatment`,
`stopped_treatment_date`, `left_follow_up`, `left_follow_up_date`, `withdrew_consent`, `withdrew_consent_date` and `cut_date`. It is checked when
the protocol is read, against what it may name at its point of the trial, and the same expression then runs for one participant and for a whole data cut.
Nothing in a rule can run code, read a file, or look at another participant.
"""

from datetime import date

from tests.spec.example import answers, refused


def rule(text: str) -> str:
    return f"""
eligibility:
  criteria:
  - {{id: I1, rule: "{text}"}}
"""


AT = "eligibility.criteria.I1.rule"


@answers("age >= 18 AND sex IN ('F', 'M')", ({"age": 18, "sex": "F"}, True), ({"age": 17, "sex": "F"}, False))
def test_comparisons_are_joined_by_words():
    """`AND`, `OR` and `NOT` join; compare with `=`, `<>`, `<`, `<=`, `>`, `>=`, `BETWEEN ... AND ...`, `IN (...)`, `LIKE`, `IS NULL`."""


@answers("CASE WHEN weight < 50 THEN 'low' WHEN weight < 90 THEN 'middle' ELSE 'high' END", ({"weight": 49.5}, "low"), ({"weight": 60.0}, "middle"),
         ({"weight": 90.0}, "high"))  # fmt: skip
def test_a_case_chooses():
    """The first condition that is true decides. A condition that is not yet known is passed over, as in SQL."""


@answers("CAST(died_on AS INTEGER) - CAST(randomized_date AS INTEGER)", ({"died_on": date(2024, 3, 1), "randomized_date":
         date(2024, 2, 1)}, 29))  # fmt: skip
def test_days_between_two_dates_are_a_difference_of_whole_numbers():
    """A date cast to an integer is a count of days. The difference of two dates themselves is a length of time,
    which is not compared with a number."""


@answers("randomized_date > DATE '2024-01-31'", ({"randomized_date": date(2024, 2, 1)}, True))
def test_a_date_is_written_in_iso_form():
    """Year, month, day. A date in quotes without `DATE` is a text."""


@answers(
    "weight / (height * height) > 30",
    ({"weight": 100.0, "height": 1.7}, True),
    ({"weight": 100.0, "height": 0.0}, None),
)
def test_what_cannot_be_computed_is_not_yet_known():
    """A division by zero, the logarithm of a negative number, a text that is no number: missing for that participant alone, and never infinity."""


@answers(
    "stopped_treatment AND NOT withdrawn",
    ({"stopped_treatment": True, "withdrawn": False}, True),
    ({"stopped_treatment": True, "withdrawn": True}, False),
)
def test_a_stop_of_treatment_is_no_withdrawal():
    """A participant withdraws from treatment, from follow-up, or takes the consent back, and each is recorded with its own day.
    `stopped_treatment`, `left_follow_up` and `withdrew_consent` say which of them came, each with its `_date`. `withdrawn` says that
    nothing more is observed: the follow-up was left or the consent taken back; `withdrawn_date` is the earlier of the two. Who only
    stopped treatment is followed up all the same, so an endpoint that censors on `withdrawn_date` goes on counting them."""


@answers("CAST(withdrawn_date AS INTEGER) - CAST(stopped_treatment_date AS INTEGER)",
         ({"withdrawn_date": date(2024, 9, 15), "stopped_treatment_date": date(2024, 9, 1)}, 14))  # fmt: skip
def test_each_withdrawal_has_its_own_day():
    """A later withdrawal takes nothing from an earlier one: neither its day nor its reason."""


@refused(rule("age >= 18 AND"), "rule.unreadable", AT)
def test_a_broken_expression_is_refused():
    """What the expression lacks is said as well as the reader of SQL can tell."""


@refused(rule("MEDIAN(age) > 18"), "rule.unreadable", AT)
def test_a_function_that_looks_at_others_is_refused():
    """A rule gives for one participant what it gives for that participant among thousands."""


@refused(rule("age > (SELECT 18)"), "rule.unreadable", AT)
def test_a_query_is_refused():
    """A rule is an expression about one participant. It cannot select from anywhere."""


@refused(rule("smoker IS NOT TRUE"), "rule.unreadable", AT)
def test_what_hides_a_missing_value_is_refused():
    """Write `COALESCE(smoker, FALSE)` to say what a missing value counts as, or `smoker IS NULL`."""


@refused(rule("age > 18 years"), "rule.unreadable", AT)
def test_words_after_a_complete_expression_are_refused():
    """They would be ignored. Units belong to the items; a rule holds plain numbers."""


@refused(rule("sex > 18"), "rule.wrong_type", AT)
def test_like_is_compared_with_like():
    """A code is text and never greater than a number."""


@refused(rule("visit_date - consented_date < 28"), "rule.wrong_type", AT)
def test_a_length_of_time_is_not_set_against_a_number():
    """Cast both dates to integers first; their difference is then a number of days."""
