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
""", "randomization.arm_without_share", "arms.C")  # fmt: skip
def test_an_arm_without_a_share_in_the_ratio_is_refused():
    """Nobody could ever be allocated to it. Give it a weight in `randomization.ratio`, or take the arm out."""


@warned("""
arms:
- {id: B, role: experimental}
""", "arm.no_control", "arms")  # fmt: skip
def test_a_comparison_without_a_control_arm_is_told():
    """Hazard ratios and differences are told as experimental against control. Without a control arm there is no
    direction in which to read them."""
