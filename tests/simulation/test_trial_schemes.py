"""Arms in simulated trials are drawn as the randomization room draws them, up to the source of chance."""

from dataclasses import replace

import numpy as np
import pytest

from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.randomization.minimization import arm_probabilities, imbalance_scores
from equipoise.randomization.scheme import Past
from equipoise.randomization.scheme import Scheme as Real
from equipoise.simulation.trials.enrolling import draw_arms, draw_arrivals, draw_cells
from equipoise.simulation.trials.packing import pack
from equipoise.simulation.trials.parts import Cell, PlannedLook, SimulatedScheme
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import TICKS, make_room

COURSE = SurvivalCourse.constant(0.02)
CELLS = tuple(Cell(0.25, COURSE, COURSE, k // 2, (k // 2, k % 2)) for k in range(4))
SETUP = Setup("schemes", 120, Arrivals((0.0,), (10.0,), 12.0), CELLS, (PlannedLook(month=20.0),))


def enroll(setup, index=0):
    """Cells and arms of one trial."""
    plan = pack(setup)
    room = make_room(plan)
    for draw in (draw_arrivals, draw_cells, draw_arms):
        draw(plan, room, 3, 4, index)
    return room.cell.copy(), room.arm.copy(), room.arrival.copy()


@pytest.mark.parametrize("ratio", [(1, 1), (1, 2), (2, 1)])
def test_every_block_of_a_stratum_holds_the_ratio(ratio):
    size = 2 * sum(ratio)
    setup = replace(SETUP, ratio=ratio, scheme=SimulatedScheme("permuted_blocks", sizes=(size,)))
    for index in range(20):
        cell, arm, _ = enroll(setup, index)
        for stratum in (0, 1):
            mine = arm[cell // 2 == stratum]
            for start in range(0, len(mine) - size + 1, size):
                assert mine[start : start + size].sum() == 2 * ratio[1]


def test_block_sizes_vary_by_chance_and_blocks_are_permuted():
    setup = replace(SETUP, scheme=SimulatedScheme("permuted_blocks", sizes=(2, 4)))
    seen = {tuple(enroll(setup, index)[1][:4].tolist()) for index in range(200)}
    assert len(seen) > 6
    leads = [np.abs(np.cumsum(2 * enroll(setup, index)[1] - 1)).max() for index in range(50)]
    assert max(leads) <= 4  # two strata, each at most 2 ahead


def test_the_big_stick_never_lets_a_stratum_lead_by_more_than_the_limit():
    setup = replace(SETUP, scheme=SimulatedScheme("big_stick", limit=2))
    reached = set()
    for index in range(20):
        cell, arm, _ = enroll(setup, index)
        for stratum in (0, 1):
            lead = np.cumsum(1 - 2 * arm[cell // 2 == stratum])
            assert np.abs(lead).max() <= 2
            reached |= set(lead.tolist())
    assert reached == {-2, -1, 0, 1, 2}


@pytest.mark.parametrize(("ratio", "share"), [((1, 1), 1 / 2), ((1, 3), 3 / 4)])
def test_complete_randomization_gives_the_ratio_on_average(ratio, share):
    setup = replace(SETUP, ratio=ratio, scheme=SimulatedScheme("complete"))
    arms = np.concatenate([enroll(setup, index)[1] for index in range(200)])
    assert arms.mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / len(arms)))


def test_in_turn_deals_the_experimental_places_of_each_run_first():
    setup = replace(SETUP, ratio=(1, 2), scheme=SimulatedScheme("in_turn"))
    assert enroll(setup)[1][:7].tolist() == [1, 1, 0, 1, 1, 0, 1]


@pytest.mark.parametrize("measure", ["range", "variance", "standard_deviation"])
@pytest.mark.parametrize("ratio", [(1, 1), (1, 2)])
@pytest.mark.parametrize("weights", [(), (1.0, 0.5)])
def test_minimization_leans_exactly_as_at_the_desk(measure, ratio, weights):
    """The word that a participant is given falls on the arm that the room of randomization would give for it."""
    setup = replace(SETUP, ratio=ratio, scheme=SimulatedScheme("minimization", p=0.8, measure=measure, weights=weights))
    real = Real(
        kind="minimization",
        ratio=(("control", ratio[0]), ("experimental", ratio[1])),
        p=0.8,
        measure=measure,
        weights=tuple(zip(("a", "b"), weights, strict=False)),
    )
    plan = pack(setup)
    room = make_room(plan)
    for draw in (draw_arrivals, draw_cells, draw_arms):
        draw(plan, room, 3, 4, 0)
    past = []
    for i in range(60):
        levels = {"a": str(room.cell[i] // 2), "b": str(room.cell[i] % 2)}
        chance = arm_probabilities(real, imbalance_scores(real, levels, past))["experimental"]
        word = int(room.words[i])
        if abs(word - float(chance) * 2**32) > 1:
            assert room.arm[i] == (word < chance * 2**32)
        arm = ("control", "experimental")[room.arm[i]]
        past.append(Past(str(i + 1), i + 1, "", tuple(sorted(levels.items())), arm))


def test_even_arrivals_come_when_the_expected_number_is_whole():
    arrivals = Arrivals((0.0, 4.0), (5.0, 10.0), 12.0)
    setup = replace(SETUP, participants=100, arrivals=arrivals, arrive="even")
    _, _, ticks = enroll(setup)
    assert ticks / TICKS == pytest.approx([arrivals.time_of(i) for i in range(1, 101)], abs=2 / TICKS)


def test_random_arrivals_are_a_poisson_process_of_the_rates():
    arrivals = Arrivals((0.0, 4.0), (5.0, 10.0), 12.0)
    setup = replace(SETUP, participants=100, arrivals=arrivals)
    months = np.array([enroll(setup, index)[2] for index in range(400)]) / TICKS
    assert (np.diff(months, axis=1) >= 0).all()
    for month, expected in ((4.0, 20.0), (8.0, 60.0)):
        counts = (months <= month).sum(axis=1)
        assert counts.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected / 400))
        assert counts.var() == pytest.approx(expected, rel=0.35)


def test_nobody_arrives_in_a_period_without_recruitment():
    setup = replace(SETUP, arrivals=Arrivals((0.0, 3.0, 6.0), (10.0, 0.0, 10.0), 15.0))
    months = np.concatenate([enroll(setup, index)[2] for index in range(20)]) / TICKS
    assert not ((months > 3.0001) & (months < 6.0)).any()


def test_cells_come_in_their_shares():
    shares = (0.5, 0.3, 0.2)
    cells = tuple(Cell(share, COURSE, COURSE) for share in shares)
    cell = np.concatenate([enroll(replace(SETUP, cells=cells), index)[0] for index in range(200)])
    for k, share in enumerate(shares):
        assert (cell == k).mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / len(cell)))
