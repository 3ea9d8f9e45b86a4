"""Design

What was assumed for the primary comparison, and how many participants, events and looks follow from it.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
design:
  endpoint: os
  question: superiority
  alpha: 0.025
  sides: 1
  power: 0.8
  control: {value: {survival: 0.66, at_months: 36}}
  hazard_ratio: 0.6
  accrual: {months: [6, 30], per_month: [3, 8]}
  follow_up_months: 36
  dropout_per_month: 0.002
  participants: 258
  events: 96
  looks: [{information: 0.5, label: {en: Interim, zh: 期中分析}}, {information: 1}]
  spending: {kind: lan_demets_obrien_fleming}
  futility: {kind: kim_demets, parameter: 2}
""")
def test_a_design_states_error_rates_hazards_accrual_and_looks():
    """A hazard is given by its median, by one point of the curve, or piece by piece: `{per_month: [0.02, 0.01], cuts_months: [12]}`."""


@refused("""
design: {alpha: 0.5}
""", "shape.not_consistent", "design")  # fmt: skip
def test_alpha_lies_between_0_and_one_half():
    """At one half a coin would do as well. Alpha is that of all looks together, one-sided or two-sided as `sides`
    says."""


@refused("""
design: {question: non_inferiority}
""", "shape.not_consistent", "design")  # fmt: skip
def test_a_non_inferiority_design_states_its_margin():
    """Without a margin nothing is said that could be shown: `margin` is a hazard ratio above 1, or a difference or
    ratio of rates or means. The report answers with it: non-inferior when the limit of the interval (at 1 - 2 alpha of one
    side) lies on the near side of the margin; of hazards by Cox's model with the strata of the primary analysis."""


@refused("""
design: {hazard_ratio: {value: 1}}
""", "design.no_effect", "design.hazard_ratio")  # fmt: skip
def test_superiority_assumes_a_difference():
    """A hazard ratio of 1 is the null hypothesis itself; no number of participants has power to show it."""


@refused("""
design: {spending: ~}
""", "design.no_spending", "design.looks")  # fmt: skip
def test_several_looks_spend_alpha():
    """Looking twice at the full level would give more than alpha. `spending` says how much of it may be spent at
    each look. A cut before all of the information (`events`, or `participants`) is reported as an interim, against the
    boundary at what was reached; the last look is held against the last bound, and not against alpha."""


@refused("""
design: {spending: {kind: hwang_shih_decani}}
""", "design.spending", "design.spending")  # fmt: skip
def test_a_family_of_spending_functions_needs_its_parameter():
    """Hwang, Shih and DeCani's family reaches from nearly Pocock to nearly O'Brien and Fleming; its parameter says
    where between them."""


@refused("""
design: {spending: {kind: user, values: [0.01, 0.06]}}
""", "design.spending", "design.spending")  # fmt: skip
def test_no_more_than_alpha_is_spent():
    """`values` are cumulative: the last one is all that is spent, and must not exceed alpha."""


@refused("""
design: {spending: {kind: user, values: [0.05, 0.04]}}
""", "design.spending", "design.spending")  # fmt: skip
def test_what_has_been_spent_does_not_come_back():
    """`values` are cumulative, so none of them is below the one before."""


@refused("""
design: {power: 0.04}
""", "shape.not_consistent", "design")  # fmt: skip
def test_power_is_above_alpha():
    """A test that ignores the data rejects with probability alpha; a trial with less power than that would be worse
    than none."""


@refused("""
design: {looks: [{information: 0.8}, {information: 0.4}, {information: 1}]}
""", "shape.not_consistent", "design")  # fmt: skip
def test_looks_come_one_after_the_other():
    """`information` is the share of the final information that has been seen, from 0 to 1; the last look is at 1."""


@refused("""
design: {looks: [{information: 0.5}, {information: 0.5004}, {information: 1}]}
""", "design.looks", "design.looks")  # fmt: skip
def test_looks_are_far_enough_apart_to_be_two():
    """Two looks with next to nothing between them are one look written twice, and their boundaries cannot be
    computed with any digits."""


@accepted("""
design: {sides: 1, alpha: 0.025, futility: {kind: hazard_ratio, values: [1], binding: true}}
""")
def test_futility_is_declared_by_an_effect_too():
    """A futility bound spends beta, or is given at each interim look: as `hazard_ratio`, as `z` (positive with benefit), or as
    `effect_share` (0 is no effect, 1 the assumed one). It is not binding unless it says so: alpha holds if the trial goes on.
    With `under_null` it is a bound for harm."""


@refused("""
design: {futility: {kind: kim_demets, parameter: 2}}
""", "design.futility", "design.futility")  # fmt: skip
def test_futility_belongs_to_a_one_sided_design():
    """To stop for futility is to give up on a benefit in one direction. In a two-sided design it is not said which
    direction that is."""


@refused("""
design: {sides: 1, alpha: 0.025, futility: {kind: hazard_ratio, values: [0.7]}}
""", "design.futility", "design.futility")  # fmt: skip
def test_the_assumed_effect_is_not_futile():
    """This bound would stop a trial that sees exactly the effect for which it was planned."""


@refused("""
design: {sides: 1, alpha: 0.025, futility: {kind: z, values: [0, 0.5]}}
""", "design.futility", "design.futility")  # fmt: skip
def test_a_futility_bound_is_given_for_each_interim_look():
    """One value for each look before the last: at the last look the trial is over whatever the bound says."""


@refused("""
design: {sides: 1, alpha: 0.025, futility: {kind: pampallona_tsiatis}}
""", "design.spending", "design.spending")  # fmt: skip
def test_boundaries_that_were_made_for_each_other_come_together():
    """Pampallona and Tsiatis define the upper and the lower boundary in one family, each depending on the other;
    the one is not combined with a spending function for the other."""


@refused("""
design: {question: non_inferiority, margin: 1.2, hazard_ratio: {value: 1.25}}
""", "design.no_effect", "design.hazard_ratio")  # fmt: skip
def test_non_inferiority_assumes_a_ratio_below_the_margin():
    """If the truth were at the margin or beyond, the new treatment would be inferior, and nothing could be shown."""


@refused("""
design: {control: {value: {per_month: [0, 0], cuts_months: [12]}}}
""", "design.no_events", "design.control")  # fmt: skip
def test_somebody_has_the_event():
    """With a hazard of 0 throughout, the events that the design waits for would never come."""


@refused("""
design: {control: {value: {per_month: [0.02, -0.01], cuts_months: [12]}}}
""", "shape.out_of_bounds", "design.control.value.per_month[2]")  # fmt: skip
def test_a_hazard_is_not_negative():
    """A hazard is a rate of events among those who are still at risk; 0 is the least."""


@refused("""
design: {accrual: {months: [12], per_month: [0]}}
""", "shape.not_consistent", "design.accrual")  # fmt: skip
def test_somebody_is_recruited():
    """Some period of the accrual has a rate above 0, or the trial would have no participants."""


@refused("""
design: {follow_up_months: -6}
""", "shape.out_of_bounds", "design.follow_up_months")  # fmt: skip
def test_time_does_not_run_backwards():
    """Follow-up is counted in months after the last participant has entered."""


@refused("""
design: {participants: 100}
""", "design.events", "design.events")  # fmt: skip
def test_nobody_has_the_event_twice():
    """More events are asked for than there are participants, and each participant has at most one."""


@warned("""
design: {endpoint: ttp}
""", "design.endpoint", "design.endpoint")  # fmt: skip
def test_the_size_of_a_trial_follows_from_its_primary_endpoint():
    """The design plans for an endpoint that is not the primary one. This is a warning, since a trial may be sized
    by a key secondary endpoint on purpose."""


@refused("""
design:
  control: {value: {median_months: 30, survival: 0.6, at_months: 36}}
""", "shape.not_consistent", "design.control.value")  # fmt: skip
def test_a_hazard_is_given_in_one_way():
    """A median and a point of the curve together say two things, which need not agree. Give one of them, or the
    hazard piece by piece."""


@accepted("""
design:
  method: lakatos
  delay_months: {value: 3, assumption: true, source: Immunotherapy is slow to begin}
  cured: {value: 0.2, assumption: true, source: R1}
""")
def test_an_effect_may_begin_late_and_some_may_never_have_the_event():
    """The methods are `schoenfeld` (unless stated), `freedman`, `hsieh_freedman`, `lachin_foulkes` and `lakatos`; of a delayed effect only the last can tell the power."""


@refused("""
design: {cured: 1.2}
""", "shape.not_consistent", "design")  # fmt: skip
def test_a_cured_share_lies_between_0_and_1():
    """It is a proportion of all participants, who never have the event however long they are followed."""


@accepted("""
endpoints:
- {id: os, role: secondary}
- {id: toxic, role: primary, better: lower}
analyses:
- {id: os_logrank, role: secondary, estimand: ~}
- {id: g2, label: {en: Grade 2, zh: 2级}, endpoint: toxic, set: itt, method: proportion, role: primary}
design:
  endpoint: toxic
  hazard_ratio: ~
  control: ~
  events: ~
  rates: {control: {value: 0.5, assumption: true, source: R1}, experimental: 0.3}
""")
def test_a_binary_endpoint_is_planned_by_its_rates():
    """`measure: ratio` compares them, and gives the margin, as a ratio; otherwise it is a difference, experimental minus control.
    Of rates and means sizes are first those of participants who are assessed: at the visit that the endpoint is taken from, or at
    the end of `follow_up_months`. `dropout_per_month` takes some away until then, and as many more join."""


_TOXIC = """
endpoints:
- {id: os, role: secondary}
- {id: toxic, role: primary%s}
analyses:
- {id: os_logrank, role: secondary, estimand: ~}
- {id: g2, label: {en: Grade 2, zh: 2级}, endpoint: toxic, set: itt, method: proportion, role: primary}
design:
  endpoint: toxic
  control: ~
  events: ~
  hazard_ratio: ~
  rates: {control: {value: 0.5, assumption: true, source: R1}, experimental: 0.3}
"""


@warned(_TOXIC % "", "design.better", "endpoints.toxic")
def test_a_design_knows_which_side_is_better():
    """Nothing in a rate or a mean says whether more of it is good. `better: lower` or `better: higher` at the endpoint does; without
    it the side of the assumed effect is taken for the benefit, and that is told."""


@refused(_TOXIC % ", better: higher", "design.better", "design.rates")
def test_harm_is_not_planned_for():
    """Where the endpoint says what is better, an assumed effect on the other side is a slip of the pen."""


@refused(_TOXIC % ", better: lower" + "  method: freedman\n", "design.endpoint", "design.method")
def test_what_is_said_of_hazards_belongs_to_a_time_to_an_event():
    """Survival in the control arm, its delay and cured share, formulae of the log-rank test, events and priors of a hazard ratio
    change no number of a design for rates or means."""


@refused("""
design: {margin: 1.3}
""", "design.margin", "design.margin")  # fmt: skip
def test_a_margin_belongs_to_non_inferiority():
    """Superiority is held against no effect; a margin beside it would be read as done."""


@refused("""
design: {looks: ~}
""", "design.spending", "design.spending")  # fmt: skip
def test_alpha_is_spent_over_several_looks():
    """At an only look all of alpha is used, whatever function is named."""


@warned("""
design: {spending: {kind: user, values: [0.01, 0.04]}}
""", "design.spending", "design.spending")  # fmt: skip
def test_what_is_not_listed_is_never_spent():
    """`user` means what it lists, in planning, simulation and monitoring alike: with less than alpha at the end the rest stays
    unspent, and the type I error is that of the list."""


@refused("""
design: {spending: {kind: lan_demets_pocock, parameter: 2}}
""", "design.spending", "design.spending")  # fmt: skip
def test_a_parameter_that_nothing_reads_is_refused():
    """Each kind takes the parameter or the values that belong to it, and no others."""


@refused("""
design: {control: ~, follow_up_months: ~, dropout_per_month: ~}
""", "design.without", "design.accrual")  # fmt: skip
def test_accrual_needs_the_survival_of_the_control_arm():
    """Without `control` and `accrual` together, the number of events is all that follows of a time to an event; what changes no
    number is refused. Likewise `relevant_hazard_ratio` needs a `prior`."""


@warned("""
arms:
- {id: C, label: {en: Third, zh: 第三组}, role: experimental}
randomization: {ratio: {A: 1, B: 1, C: 1}, scheme: {value: {kind: permuted_blocks, sizes: [6, 9]}}}
""", "design.unplanned", "design")  # fmt: skip
def test_a_design_compares_one_arm_with_one():
    """A trial of three arms can be run and analyzed. Its design is refused by `design` and `simulate`, and `check` says so."""


@refused("""
design: {rates: {control: 30, experimental: 0.5}}
""", "shape.not_consistent", "design.rates")  # fmt: skip
def test_rates_lie_between_0_and_1():
    """A rate of 30 percent is written 0.3."""


@refused("""
design: {rates: {control: 0.3, experimental: 0.5}}
""", "design.endpoint", "design.rates")  # fmt: skip
def test_what_is_assumed_belongs_to_the_kind_of_the_endpoint():
    """A time to an event is planned by hazards, a binary endpoint by `rates`, a continuous one by `means`."""


@refused("""
design: {means: {control: 0, experimental: 1, sd: 0}}
""", "shape.not_consistent", "design.means")  # fmt: skip
def test_a_standard_deviation_is_positive():
    """Without spread between participants one of each arm would settle the question."""


@accepted("""
design:
  prior:
    value:
      components:
      - {hazard_ratio: 0.6, events: 40, weight: 0.8}
      - {hazard_ratio: 1, sd: 0.7, weight: 0.2}
      discount: 0.5
    assumption: true
    source: Two earlier trials; the second component doubts them
  relevant_hazard_ratio: 0.75
""")
def test_a_prior_says_what_is_believed_of_the_hazard_ratio():
    """Each component is normal on the logarithm; `events` says how many events the belief is worth, where `sd` is not given."""


@refused("""
design: {prior: {value: {components: [{hazard_ratio: 0.6, sd: 0.3, events: 40}]}}}
""", "shape.not_consistent", "design.prior.value.components[1]")  # fmt: skip
def test_how_firm_a_belief_is_is_said_in_one_way():
    """`sd` and `events` both say how firm it is. On the logarithm of the hazard ratio, `events` give a standard
    deviation of 2 divided by their square root in two equal arms."""


@refused("""
design: {relevant_hazard_ratio: 1.2}
""", "shape.not_consistent", "design")  # fmt: skip
def test_a_relevant_ratio_is_a_benefit():
    """The relevant hazard ratio is the one from which on the treatment would be worth having; above 1 it does harm."""


@refused("""
design: {prior: {value: {components: [{hazard_ratio: 0.6, sd: 0.3, weight: 2}]}}}
""", "design.prior", "design.prior.value.components[1].weight")  # fmt: skip
def test_one_component_has_nothing_to_be_weighed_against():
    """Weights say how the components of a mixture share what is believed."""
