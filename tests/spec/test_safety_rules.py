"""Safety stopping rules

Continuous monitoring of toxicity: an event, among whom, and how many events of how many participants are too many. A boundary that is reached stops nothing by
itself: `equipoise safety` says so and names what the protocol says is to be done. `equipoise design` prints each boundary with its operating characteristics.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
safety_rules:
- id: too_toxic
  label: {en: Toxicity at 65 or older, zh: 65岁及以上毒性}
  event: severe
  set: itt
  arms: [A]
  boundary:
    value: {kind: beta_binomial, acceptable: 0.1, prior: [0.2, 1.8], certainty: 0.95, participants: 60, first: 5, every: 1}
    assumption: true
    source: Judgement
  action: {en: Accrual pauses until the committee has met., zh: 暂停入组，直至委员会开会。}
""")
def test_a_rule_says_which_event_among_whom_and_when_it_is_too_much():
    """`beta_binomial`: too many when the rate is above the acceptable one with this certainty, by a Beta prior [a, b] that expects a / (a + b) and is worth a + b
    participants. Each of the arms is watched by itself; without `arms` all participants together."""


@accepted("""
safety_rules:
- {id: too_toxic, boundary: {value: {kind: pocock, acceptable: 0.1, probability: 0.05, participants: 40}}}
""")
def test_pocock_takes_the_same_level_at_every_look():
    """All looks together cross with at most this probability when the rate is acceptable (Ivanova, Qaqish and Schell 2005)."""


@accepted("""
safety_rules:
- {id: too_toxic, arms: [], boundary: {value: {kind: exact_binomial, acceptable: 0.1, level: 0.01, participants: 40, first: 10, every: 10}}}
""")
def test_exact_tests_at_a_few_looks_take_their_level_as_it_is():
    """Here after 10, 20, 30 and 40 participants, each at 0.01. The level is not shared out; the probability to
    cross at any look is printed."""


@refused("""
safety_rules: [{id: too_toxic, event: body_area}]
""", "rule.wrong_type", "safety_rules.too_toxic.event")  # fmt: skip
def test_the_event_is_true_or_false():
    """A rule that is true of those who had the event. Of whom it is not yet known, it is not counted."""


@refused("""
safety_rules: [{id: too_toxic, set: treated}]
""", "name.unknown", "safety_rules.too_toxic.set")  # fmt: skip
def test_the_set_is_an_analysis_set():
    """Usually those who began treatment. Participants enter the count in the order in which they were randomized."""


@refused("""
safety_rules: [{id: too_toxic, arms: [C]}]
""", "name.unknown", "safety_rules.too_toxic.arms[1]")  # fmt: skip
def test_the_arms_are_arms():
    """Each of them is watched by itself."""


@refused("""
safety_rules: [{id: too_toxic, boundary: {value: {kind: pocock, acceptable: 0.1, probability: 0.05, participants: 40, first: 50}}}]
""", "shape.not_consistent", "safety_rules.too_toxic.boundary.value")  # fmt: skip
def test_the_first_look_comes_before_the_last():
    """The first look would come after all participants of the boundary have been seen."""


@warned("""
safety_rules: [{id: too_toxic, boundary: {value: {kind: pocock, acceptable: 0.1, probability: 0.05, participants: 400}}}]
""", "safety.participants", "safety_rules.too_toxic.boundary.participants")  # fmt: skip
def test_a_boundary_beyond_the_size_of_the_trial_is_told():
    """Looks that will never take place make the others stricter than they need to be."""
