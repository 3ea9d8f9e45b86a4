"""Expected events: closed forms derived by hand, integrals, and participants drawn one by one."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from equipoise.planning.sizes.events import (
    Arrivals,
    SurvivalCourse,
    TwoArms,
    calendar_time,
    expected_events,
    most_events,
    total_events,
)

UNIFORM = Arrivals((0.0,), (10.0,), 12.0)
STEPS = Arrivals.over([3, 3, 18], [3, 6, 12])


def test_uniform_accrual_of_exponential_times_has_a_closed_form():
    """E = rate * (R - (exp(-h(T-R)) - exp(-hT)) / h) for T past the end R of accrual."""
    h, R, T = 0.05, 12.0, 30.0
    by_hand = 10 * (R - (math.exp(-h * (T - R)) - math.exp(-h * T)) / h)
    assert expected_events(UNIFORM, SurvivalCourse.constant(h), T) == pytest.approx(by_hand, rel=1e-14)


def test_while_participants_still_arrive_only_those_who_have_arrived_count():
    h, T = 0.05, 5.0
    by_hand = 10 * (T - (1 - math.exp(-h * T)) / h)
    assert expected_events(UNIFORM, SurvivalCourse.constant(h), T) == pytest.approx(by_hand, rel=1e-13)


def test_dropout_competes_with_the_event():
    """With constant hazards a share h / (h + d) of all endings are events."""
    h, d, T = 0.05, 0.02, 30.0
    both = expected_events(UNIFORM, SurvivalCourse.constant(h + d), T)
    assert expected_events(UNIFORM, SurvivalCourse.constant(h, d), T) == pytest.approx(both * h / (h + d), rel=1e-13)


def test_a_cured_share_never_has_the_event():
    whole = expected_events(UNIFORM, SurvivalCourse.constant(0.05), 30)
    assert expected_events(UNIFORM, SurvivalCourse.constant(0.05, cured=0.25), 30) == pytest.approx(
        0.75 * whole, rel=1e-14
    )
    assert SurvivalCourse.constant(0.05, cured=0.25).surviving(1e6) == 0.25
    assert (
        most_events(
            UNIFORM, TwoArms(SurvivalCourse.constant(0.05, cured=0.25), SurvivalCourse.constant(0.01, cured=0.5))
        )
        == 75
    )


@pytest.mark.parametrize("time", [2.0, 7.5, 20.0, 33.0, 200.0])
def test_pieces_agree_with_the_integral_over_arrival_and_follow_up(time):
    course = SurvivalCourse((0.0, 6.0, 12.0), (0.06, 0.0, 0.02), 0.01, 0.1)

    def density(u):
        hazard = 0.06 if u < 6 else 0.0 if u < 12 else 0.02
        return 0.9 * hazard * math.exp(-course.cumulative_hazard(u) - 0.01 * u) * STEPS.arrived(time - u)

    ends = sorted({p for p in (0, 6, 12, time, time - 3, time - 6, time - 24) if 0 <= p <= time})
    integral = sum(quad(density, a, b, epsabs=1e-12, epsrel=1e-12)[0] for a, b in zip(ends, ends[1:], strict=False))
    assert expected_events(STEPS, course, time) == pytest.approx(integral, rel=1e-10)


@pytest.mark.parametrize("shape", [0.4, 0.7, 1.5, 3.0])
@pytest.mark.parametrize("time", [3.0, 40.0, 2000.0])
def test_weibull_times_agree_with_their_integral(shape, time):
    h, d = 0.04, 0.01
    course = SurvivalCourse((0.0,), (h,), d, 0.0, shape)

    # v = (h u)^shape
    def density(v):
        return math.exp(-v - d * v ** (1 / shape) / h)

    most = min((h * time) ** shape, 80)
    ends = np.linspace(0, most ** (1 / 8), 12) ** 8
    integral = sum(quad(density, a, b, epsabs=1e-13, epsrel=1e-12)[0] for a, b in zip(ends, ends[1:], strict=False))
    assert course.probability(time) == pytest.approx(integral, rel=1e-9)
    area = quad(course.probability, 0, min(time, 40.0), epsrel=1e-12, limit=200)[0]
    assert course.area(min(time, 40.0)) == pytest.approx(area, rel=1e-8)


def test_a_weibull_course_with_shape_near_1_is_the_exponential_one():
    near = SurvivalCourse((0.0,), (0.04,), 0.01, 0.1, 1 + 1e-9)
    exact = SurvivalCourse((0.0,), (0.04,), 0.01, 0.1)
    assert near.probability(30) == pytest.approx(exact.probability(30), rel=1e-8)
    assert near.area(30) == pytest.approx(exact.area(30), rel=1e-8)
    assert near.eventually() == pytest.approx(exact.eventually(), rel=1e-8)


def test_a_delayed_and_a_waning_effect_change_the_hazard_when_they_begin():
    control = SurvivalCourse((0.0, 12.0), (0.05, 0.03))
    assert control.times((1.0, 0.5), (0.0, 6.0)) == SurvivalCourse((0.0, 6.0, 12.0), (0.05, 0.025, 0.015))
    assert control.times((0.5, 1.0), (0.0, 24.0)) == SurvivalCourse((0.0, 12.0, 24.0), (0.025, 0.015, 0.03))
    assert TwoArms(control, control.times((1.0, 0.5), (0.0, 6.0))).hazard_ratio is None
    assert TwoArms(control, control.times((0.6,))).hazard_ratio == pytest.approx(0.6, rel=1e-14)


def test_a_weibull_hazard_ratio_is_a_ratio_of_hazards_and_not_of_scales():
    control = SurvivalCourse((0.0,), (0.03,), shape=1.5)
    treated = control.times((0.65,))
    assert treated.cumulative_hazard(7.0) == pytest.approx(0.65 * control.cumulative_hazard(7.0), rel=1e-14)
    assert TwoArms(control, treated).hazard_ratio == pytest.approx(0.65, rel=1e-14)


def test_the_calendar_time_of_a_number_of_events_gives_that_number():
    arms = TwoArms(SurvivalCourse.constant(0.04, 0.005), SurvivalCourse.constant(0.025, 0.005), 2.0)
    for wanted in (1e-6, 1, 20, 120):
        assert total_events(STEPS, arms, calendar_time(wanted, STEPS, arms)) == pytest.approx(wanted, rel=1e-9)
    assert calendar_time(0, STEPS, arms) == 0


def test_what_never_happens_takes_for_ever():
    arms = TwoArms(SurvivalCourse.constant(0.04, 0.02), SurvivalCourse.constant(0.02, 0.02))
    most = most_events(STEPS, arms)
    assert most == pytest.approx(243 * (0.5 * 4 / 6 + 0.5 * 2 / 4), rel=1e-14)
    assert calendar_time(most * 1.0001, STEPS, arms) == math.inf
    assert calendar_time(most * 0.9999, STEPS, arms) < 1000
    assert calendar_time(1, STEPS, TwoArms(SurvivalCourse.constant(0), SurvivalCourse.constant(0))) == math.inf


def test_accrual_without_end_reaches_any_number_of_events():
    endless = Arrivals((0.0, 6.0), (0.0, 5.0), math.inf)
    arms = TwoArms(SurvivalCourse.constant(0.01), SurvivalCourse.constant(0.01))
    assert total_events(endless, arms, calendar_time(1000, endless, arms)) == pytest.approx(1000, rel=1e-9)
    assert endless.total == math.inf


def test_arrivals_are_counted_and_found_again():
    assert STEPS.total == 243
    assert [STEPS.arrived(t) for t in (0, 3, 5, 6, 7, 99)] == [0, 9, 21, 27, 39, 243]
    assert [STEPS.time_of(n) for n in (9, 21, 39, 243, 244)] == [3, 5, 7, 24, math.inf]
    assert STEPS.scaled(486).rates == (6, 12, 24)
    assert STEPS.until(4) == Arrivals((0.0, 3.0), (3.0, 6.0), 4.0)
    assert STEPS.until(30).total == 243 + 72


def test_participants_drawn_one_by_one_have_as_many_events():
    """40 trials of 2,430: the mean lies within four of its standard errors."""
    random = np.random.Generator(np.random.Philox(20240501))
    arms = TwoArms(
        SurvivalCourse((0.0, 6.0), (0.05, 0.03), 0.01, 0.2),
        SurvivalCourse((0.0, 6.0), (0.05, 0.01), 0.02, 0.2),
        ratio=2.0,
    )
    time, counts = 30.0, []
    for _ in range(40):
        arrival = np.interp(random.random(2430), [0, 9 / 243, 27 / 243, 1], [0, 3, 6, 24])
        treated = random.random(2430) < 2 / 3
        late = np.where(treated, 0.01, 0.03)
        hazard = random.exponential(size=2430)
        event = np.where(hazard < 0.3, hazard / 0.05, 6 + (hazard - 0.3) / late)
        event[random.random(2430) < 0.2] = np.inf
        dropout = random.exponential(size=2430) / np.where(treated, 0.02, 0.01)
        counts.append(((event < dropout) & (arrival + event <= time)).sum() / 10)
    error = np.std(counts, ddof=1) / math.sqrt(len(counts))
    assert abs(np.mean(counts) - total_events(STEPS, arms, time)) < 4 * error


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Arrivals((0.0,), (0.0,), 5.0), "nobody arrives"),
        (lambda: Arrivals((0.0, 6.0), (1.0, 2.0), 6.0), "before its last period"),
        (lambda: Arrivals((1.0,), (1.0,), 6.0), "begin at 0"),
        (
            lambda: SurvivalCourse.constant(0.1).times((1.0, 0.7), (-1.0, 0.0)),
            "periods of the hazard ratios begin at 0",
        ),
        (lambda: Arrivals((0.0,), (-1.0,), 6.0), "not negative"),
        (lambda: Arrivals((0.0,), (math.nan,), 6.0), "finite"),
        (lambda: Arrivals((0.0,), (1.0, 2.0), 6.0), "2 rates of arrival for 1 periods"),
        (lambda: SurvivalCourse.constant(-0.1), "not negative"),
        (lambda: SurvivalCourse.constant(math.inf), "finite"),
        (lambda: SurvivalCourse.constant(0.1, -0.1), "dropout"),
        (lambda: SurvivalCourse.constant(0.1, cured=1.0), "cured"),
        (lambda: SurvivalCourse((0.0,), (0.1,), shape=0.0), "shape"),
        (lambda: SurvivalCourse((0.0, 1.0), (0.1, 0.2), shape=2.0), "one hazard"),
        (lambda: SurvivalCourse((0.0,), (0.1,), shape=2.0).times((1.0, 0.5), (0.0, 3.0)), "one hazard ratio"),
        (lambda: TwoArms(SurvivalCourse.constant(0.1), SurvivalCourse.constant(0.1), 0.0), "leaves an arm empty"),
    ],
)
def test_what_is_impossible_is_said_in_a_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()
