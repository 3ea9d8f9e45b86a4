"""Arms and regimens

What each group is to receive: drugs with dose, unit, route and schedule; radiotherapy with dose, fractions and days; procedures in words. Days
count from the start of the arm's treatment, which is day 1.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
arms:
- id: B
  regimen:
  - kind: drug
    id: nimotuzumab
    label: {en: Nimotuzumab, zh: 尼妥珠单抗}
    dose: 200
    unit: mg
    route: intravenous
    schedule: {first_day: 1, every_days: 7, count: 7}
    administration: {en: Over 60 minutes or longer., zh: 静脉滴注60分钟以上。}
""")
def test_a_drug_has_a_dose_a_unit_a_route_and_a_schedule():
    """The schedule says the first day, how many days lie between two doses and how many doses there are. From it
    follow the days on which doses are due, the plan that what was given is held against, and the line of the
    regimen in the protocol's document."""


@accepted("""
arms:
- id: B
  regimen:
  - kind: drug
    id: levamisole
    label: {en: Levamisole, zh: 左旋咪唑}
    dose: 50
    unit: mg
    route: oral
    schedule: {every_days: 14, days: [1-3], times_a_day: 3, count: 26}
""")
def test_a_drug_may_be_given_on_some_days_of_a_cycle_and_several_times_a_day():
    """Three times a day for 3 days every 2 weeks: `days` are those of each cycle, single ones or from a first to a
    last (`[1, 8]`, `[1-5, 8]`), `times_a_day` counts the doses of each of them, and `count` the cycles. `dose` is one
    dose."""


@accepted("""
arms:
- id: B
  regimen:
  - kind: drug
    id: fluorouracil
    label: {en: Fluorouracil, zh: 氟尿嘧啶}
    dose: 450
    unit: mg/m2
    route: intravenous
    schedule:
      phases:
      - {first_day: 1, every_days: 1, count: 5}
      - {first_day: 28, every_days: 7, count: 48}
""")
def test_a_schedule_may_have_phases():
    """Five days, then weekly from day 28: each phase is a schedule of its own. A phase without `first_day` begins when
    the last cycle of the one before it is over; where there are phases, the other keys stand in them."""


@accepted("""
arms:
- id: B
  regimen:
  - kind: drug
    id: semaglutide
    label: {en: Semaglutide, zh: 司美格鲁肽}
    unit: mg
    route: subcutaneous
    schedule:
      phases:
      - {every_days: 7, count: 4, dose: 0.25}
      - {every_days: 7, count: 4, dose: 0.5}
      - {every_days: 7, count: 4, dose: 1}
      - {every_days: 7, count: 4, dose: 1.7}
      - {every_days: 7, count: 52, dose: 2.4}
""")
def test_a_dose_that_is_stepped_up_is_one_treatment():
    """Each phase may have a `dose`. What was given is held against the dose of its own step, and a dose rule reduces
    that one. Where some phases have none, the drug's own `dose` holds in them; where all have one, there is no other."""


@accepted("""
arms:
- id: B
  regimen:
  - {kind: drug, id: placebo, label: {en: Placebo patch, zh: 安慰剂贴片}, dose: 1, unit: "{patch}", route: transdermal, schedule: {every_days: 1, count: 182}}
""")  # fmt: skip
def test_what_is_counted_has_its_name_in_braces_as_unit():
    """A patch or a tablet is counted: UCUM writes the name of what is counted in braces."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: drug, id: placebo, label: {en: Placebo, zh: 安慰剂}, dose: 1, unit: "{patch}", route: oral, schedule: {first_day: 1, phases: [{every_days: 1, count: 2}]}}
""", "shape.not_consistent", "arms.B.regimen.placebo.schedule")  # fmt: skip
def test_a_schedule_is_said_in_one_way():
    """By its own keys, or by phases. A key beside phases would hold for none of them."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: drug, id: placebo, label: {en: Placebo, zh: 安慰剂}, dose: 1, unit: "{patch}", route: oral, schedule: {phases: [{every_days: 7, count: 4, dose: 2}]}}
""", "shape.not_consistent", "arms.B.regimen.placebo")  # fmt: skip
def test_a_dose_that_is_given_in_no_phase_is_refused():
    """Every phase has its own, so that nobody would get the drug's `dose`."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: drug, id: placebo, label: {en: Placebo, zh: 安慰剂}, dose: 1, unit: "{patch}", route: oral, schedule: {phases: [{every_days: 7, count: 4}, {first_day: 20, every_days: 7, count: 4}]}}
""", "shape.not_consistent", "arms.B.regimen.placebo.schedule")  # fmt: skip
def test_a_phase_begins_after_the_last_dose_of_the_one_before_it():
    """Two phases at once would be two treatments."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: drug, id: placebo, label: {en: Placebo, zh: 安慰剂}, dose: 1, unit: "{patch}", route: oral, schedule: {every_days: 7, days: [1, 8], count: 4}}
""", "shape.not_consistent", "arms.B.regimen.placebo.schedule")  # fmt: skip
def test_days_of_a_cycle_lie_within_it():
    """Day 8 of a cycle of 7 days is day 1 of the next one. Days increase, and none comes twice."""


@accepted("""
arms:
- id: B
  regimen:
  - kind: radiotherapy
    id: imrt
    label: {en: IMRT, zh: 调强放疗}
    dose_gy: 70
    fractions: 33
    fractions_per_week: 5
    first_day: 1
    days: 45
""")
def test_radiotherapy_has_a_dose_in_gray_fractions_and_days():
    """`days` is the overall time from the first fraction to the last, both counted."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: radiotherapy, id: imrt, label: {en: IMRT, zh: 调强放疗}, dose_gy: 70, fractions: 35, fractions_per_week: 5, days: 40}
""", "arm.days", "arms.B.regimen.imrt.days")  # fmt: skip
def test_fractions_that_do_not_fit_into_the_days_are_refused():
    """Thirty-five fractions at five a week take at least 47 days from the first to the last: weekends lie between
    them. A course that is said to be shorter could not be given."""


@warned("""
arms:
- id: B
  regimen:
  - {kind: radiotherapy, id: imrt, label: {en: IMRT, zh: 调强放疗}, dose_gy: 70, fractions: 2, fractions_per_week: 5}
""", "arm.dose", "arms.B.regimen.imrt")  # fmt: skip
def test_a_dose_per_fraction_that_nobody_gives_is_told():
    """Total dose divided by fractions is looked at, because a slip in either shows there. It is a warning: an
    unusual fractionation may be meant."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: drug, id: cisplatin, label: {en: Cisplatin, zh: 顺铂}, dose: 100, unit: mg/sqm, route: intravenous, schedule: {every_days: 21, count: 3}}
""", "unit.unknown", "arms.B.regimen.cisplatin.unit")  # fmt: skip
def test_a_unit_that_nobody_knows_is_refused():
    """Doses are multiplied with body surfaces and compared with what was given, so a unit must be one that can be
    computed with. Square meters are `m2`."""


@refused("""
arms:
- id: B
  regimen:
  - {kind: drug, id: cisplatin, label: {en: Cisplatin, zh: 顺铂}, dose: -100, unit: mg/m2, route: intravenous, schedule: {every_days: 21, count: 3}}
""", "arm.dose", "arms.B.regimen.cisplatin.dose")  # fmt: skip
def test_a_dose_is_positive():
    """Nothing is given in an amount of zero or less; an arm that receives nothing has no such line in its regimen."""


@refused("""
arms:
- {id: C, label: {en: Third arm, zh: 第三组}, role: experimental}
design: ~
""", "randomization.arm_without_share", "arms.C")  # fmt: skip
def test_an_arm_without_a_share_in_the_ratio_is_refused():
    """Nobody could ever be allocated to it. Give it a weight in `randomization.ratio`, or take the arm out."""


@warned("""
arms:
- {id: B, role: experimental}
design: ~
""", "arm.no_control", "arms")  # fmt: skip
def test_a_comparison_without_a_control_arm_is_told():
    """Hazard ratios and differences are told as experimental against control. Without a control arm there is no
    direction in which to read them."""
