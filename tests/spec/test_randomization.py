"""Randomization

Ratio, scheme and strata. Allocations are concealed whatever the scheme: arm and block live sealed under a key outside the database, and anyone can derive
them again after unsealing.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
randomization:
  ratio: {A: 2, B: 1}
  scheme: {kind: permuted_blocks, sizes: [6, 9]}
""")
def test_permuted_blocks_hold_the_ratio_in_blocks_of_random_size():
    """One sequence of blocks for each stratum."""


@refused("""
randomization:
  ratio: {A: 2, B: 1}
""", "randomization.block_size", "randomization.scheme.sizes")  # fmt: skip
def test_a_block_size_is_a_multiple_of_the_sum_of_the_ratio():
    """Only then does every full block hold the ratio exactly: with 2 to 1 a block has 3, 6 or 9 places."""


@warned("""
randomization:
  scheme: {value: {kind: permuted_blocks, sizes: [4]}}
""", "randomization.one_block_size", "randomization.scheme.sizes")  # fmt: skip
def test_blocks_of_one_size_can_be_foreseen():
    """Whoever counts allocations in an open trial knows the last place of each block. Several sizes, drawn at
    random, hide it."""


@accepted("""
randomization:
  scheme:
    value: {kind: minimization, p: 0.8, measure: range, weights: {sex: 2}}
""")
def test_minimization_leans_towards_balance_with_a_probability_below_1():
    """Pocock and Simon 1975. `measure` is range, variance or standard_deviation."""


@refused("""
randomization:
  scheme:
    value: {kind: minimization, p: 1}
""", "shape.out_of_bounds", "randomization.scheme.value.p")  # fmt: skip
def test_minimization_without_chance_is_refused():
    """With a probability of 1 the next arm follows from what is known, and allocation is no longer concealed."""


@accepted("""
randomization:
  scheme:
    value: {kind: big_stick, limit: 3}
""")
def test_the_big_stick_tosses_a_fair_coin_until_the_imbalance_reaches_its_limit():
    """Soares and Wu 1983; for two arms of equal share."""


@accepted("""
randomization:
  scheme:
    value: {kind: recorded, description: {en: By telephone at the coordinating center., zh: 由协调中心电话分配。}}
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, record_allocation, withdraw, answer_query]}
""")
def test_allocations_that_were_made_elsewhere_are_recorded():
    """For a completed trial. `complete` is a coin weighted by the ratio, and nothing else."""


@warned("""
randomization:
  blinding: double
  scheme:
    value: {kind: recorded, description: {en: By telephone at the coordinating center., zh: 由协调中心电话分配。}}
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, record_allocation, withdraw, answer_query, unblind]}
""", "randomization.recorded_open", "randomization.blinding")  # fmt: skip
def test_arms_that_are_recorded_lie_open_in_the_ledger():
    """The desk seals only what it allocates itself."""


@refused("""
randomization: {blinding: double}
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, randomize, withdraw, answer_query, unblind]}
visits:
- {id: every_3_months, when: "arm = 'A'"}
""", "blinding.rests_on_arm", "visits.every_3_months.when")  # fmt: skip
def test_what_a_blinded_trial_asks_does_not_depend_on_the_arm():
    """No rule at the desk may know the arm there: whether a form is asked for would tell it. The same holds for `shown_when`, `required_when`,
    `computed` and the checks of a form, by whatever variable they come to the arm."""


@accepted("""
factors:
- {id: old, label: {en: 65 or older, zh: 65岁及以上}}
- {id: site, label: {en: Site, zh: 中心}}
randomization: {stratify_by: [sex, old, site]}
""")
def test_factors_are_items_variables_or_the_site():
    """The levels of a code are its codes, those of a truth value are true and false; others are listed."""


@refused("""
factors:
- {id: progressed_on, label: {en: Progression, zh: 进展}}
randomization: {stratify_by: [sex, progressed_on]}
""", "rule.not_yet_recorded", "factors.progressed_on.id")  # fmt: skip
def test_a_factor_is_known_before_anybody_is_randomized():
    """Chance works within the strata at the moment of randomization; what comes later cannot choose the stratum."""


@refused("""
factors:
- {id: weight, label: {en: Weight, zh: 体重}}
randomization: {stratify_by: [sex, weight]}
""", "factor.type", "factors.weight.id")  # fmt: skip
def test_a_measurement_is_no_factor():
    """A variable puts it into classes."""


@refused("""
factors:
- {id: sex, levels: [F, M, X]}
""", "rule.unknown_code", "factors.sex.levels[3]")  # fmt: skip
def test_the_levels_of_a_code_are_codes():
    """A level that nobody can have would be a stratum that stays empty."""


@refused("""
randomization: {ratio: {A: 1, C: 1}}
""", "name.unknown", "randomization.ratio.C")  # fmt: skip
def test_the_ratio_names_arms():
    """Each arm has a weight, and each weight an arm."""


@refused("""
randomization: {at: events}
eligibility: {at: screening}
visits:
- {id: screening, act: [consent, enroll]}
""", "visit.is_log", "randomization.at")  # fmt: skip
def test_randomization_happens_at_a_visit():
    """A log takes forms at any time; it has no moment at which something that happens once could happen."""
