"""Simulated trials a second, on one core and on two, beside rpact and simtrial where R has them. Run: python this file [trials].

The reference trial: 200 participants 1:1, exponential, control median 24 months, hazard ratio 0.55, accrual over 24 months,
log-rank at event 66; with looks at events 22, 44 and 66. Then the same under each scheme and statistic, and the flagship with
strata, blocks, dropout and two looks. Best of several; what the first call takes, which compiles, is told apart.
"""

from __future__ import annotations

import math
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.simulation.trials.compiling import compiled_kernels
from equipoise.simulation.trials.parts import Cell, PlannedLook, SimulatedScheme, Statistic
from equipoise.simulation.trials.running import simulate, simulate_chunk
from equipoise.simulation.trials.setup import Setup

CONTROL = SurvivalCourse.constant(math.log(2) / 24)
ONE = (PlannedLook(events=66, efficacy=1.959963984540054),)
BOUNDS = (3.47109144465409, 2.45443229863352, 2.00403557995285)
THREE = tuple(PlannedLook(events=d, efficacy=b) for d, b in zip((22, 44, 66), BOUNDS, strict=True))
REFERENCE = Setup(
    "reference", 200, Arrivals((0.0,), (200 / 24,), 24.0), (Cell(1.0, CONTROL, CONTROL.times([0.55])),), ONE, "even",
    scheme=SimulatedScheme("in_turn"), estimate=False,
)  # fmt: skip

R_CODE = """
for (p in c("rpact", "simtrial")) cat(p, if (requireNamespace(p, quietly = TRUE)) as.character(packageVersion(p)) else "is missing", "\n")
if (requireNamespace("rpact", quietly = TRUE)) { suppressMessages(library(rpact)); setLogLevel("DISABLED")
  run <- function(k, events, n) system.time(suppressWarnings(getSimulationSurvival(design = getDesignGroupSequential(kMax = k,
    alpha = .025, sided = 1, typeOfDesign = "OF"), lambda2 = log(2)/24, hazardRatio = .55, directionUpper = FALSE, accrualTime = c(0, 24),
    maxNumberOfSubjects = 200, plannedEvents = events, allocation1 = 1, allocation2 = 1, maxNumberOfIterations = n, seed = 1)))[["elapsed"]]
  for (case in list(list(1, 66), list(3, c(22, 44, 66)))) { n <- 20000; invisible(run(case[[1]], case[[2]], 100))
    cat(sprintf("rpact, %d look(s): %.0f trials/s\n", case[[1]], n / run(case[[1]], case[[2]], n))) } }
if (requireNamespace("simtrial", quietly = TRUE)) { suppressMessages(library(simtrial)); n <- 200
  took <- system.time(for (i in 1:n) { d <- sim_pw_surv(n = 200, enroll_rate = data.frame(rate = 200/24, duration = 24),
    fail_rate = data.frame(stratum = "All", period = 1, treatment = c("control", "experimental"), duration = 1e3, rate = log(2)/24 * c(1, .55)),
    dropout_rate = data.frame(stratum = "All", period = 1, treatment = c("control", "experimental"), duration = 1e3, rate = 0))
    wlr(cut_data_by_event(d, 66), weight = fh(0, 0)) })[["elapsed"]]
  cat(sprintf("simtrial, 1 look: %.0f trials/s\n", n / took)) }
"""


def flagship() -> Setup:
    """270 participants, two factors of two levels, blocks of 4 and 6, dropout, an interim look and a final one."""
    hazard = -math.log(0.66) / 36
    look = Statistic("logrank", stratified=True)
    cells = []
    for place, (share, worse) in enumerate(zip((0.3, 0.2, 0.25, 0.25), (1.2, 0.8, 1.1, 0.9), strict=True)):
        control = SurvivalCourse.constant(hazard * worse, 0.002)
        cells.append(Cell(share, control, control.times([0.6]), place, (place // 2, place % 2)))
    looks = (
        PlannedLook(events=48, efficacy=2.538, statistic=look),
        PlannedLook(events=96, efficacy=1.662, latest=96.0, statistic=look),
    )
    scheme = SimulatedScheme("permuted_blocks", sizes=(4, 6))
    arrivals = Arrivals((0.0, 12.0), (6.0, 9.0), 36.0)
    return Setup(
        "flagship", 270, arrivals, tuple(cells), looks, scheme=scheme, estimate_stratified=True, true_ratio=0.6
    )


def best(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest run."""
    found = math.inf
    for _ in range(times):
        start = time.perf_counter()
        work()
        found = min(found, time.perf_counter() - start)
    return found


def report(name: str, setup: Setup, trials: int) -> None:
    one = best(lambda: simulate(setup, trials, 1))
    two = best(lambda: simulate(setup, trials, 1, threads=2))
    print(
        f"{name:<44} {trials / one:>9,.0f} trials/s on one core, {trials / two:>9,.0f} on two ({one / two:.2f} times)",
        flush=True,
    )


def measure_words(trials: int) -> None:
    """The random numbers of the reference trial and nothing else."""
    from numba import njit

    fill = compiled_kernels()["fill_words"]

    @njit(nogil=True)
    def words(count, buffer):
        total = np.uint64(0)
        for index in range(count):
            fill(buffer, 200, 1, 2, index, 1)
            total += buffer[index % 200]
        return total

    buffer = np.zeros(200, dtype=np.uint32)
    words(1, buffer)
    print(
        f"{'200 random numbers alone':<44} {trials / best(lambda: words(trials, buffer)):>9,.0f} trials/s on one core"
    )


def main() -> None:
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    start = time.perf_counter()
    simulate_chunk(REFERENCE, 1, 0, 1)
    print(f"the first trial, compiled or loaded from disk: {time.perf_counter() - start:.1f} s")
    measure_words(trials)
    report("reference trial, 1 look", REFERENCE, trials)
    report("the same with Cox's estimate", replace(REFERENCE, estimate=True), trials)
    report("reference trial, 3 looks", replace(REFERENCE, looks=THREE), trials)
    report("the same, random arrivals, blocks, estimate", replace(
        REFERENCE, looks=THREE, arrive="random", scheme=SimulatedScheme("permuted_blocks", sizes=(2, 4)), estimate=True,
    ), trials)  # fmt: skip
    for statistic in (
        Statistic("weighted", weights=((0, 1),)), Statistic("maxcombo", weights=((0, 0), (0, 1), (1, 0), (1, 1))),
        Statistic("cox"), Statistic("rmst", months=18), Statistic("milestone", months=18),
    ):  # fmt: skip
        looks = (replace(ONE[0], statistic=statistic),)
        report(f"reference trial, {statistic.kind}", replace(REFERENCE, looks=looks), trials // 4)
    report("flagship: strata, blocks, dropout, 2 looks", flagship(), trials // 4)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = best(lambda: simulate(flagship(), 1_000_000, 1, threads=2), 1) if trials >= 200_000 else math.nan
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"a million trials of the flagship on two cores: {took:.1f} s, {grown / 1024:.0f} MiB more than 50,000 took")
    rscript = shutil.which("Rscript")
    if rscript is None:
        print(
            "rpact, simtrial: there is no Rscript here. Measured once, elsewhere, on one such core: rpact 19,000 trials/s with"
        )
        print("one look and 9,900 with three; simtrial about 60 and 25; a C program with AVX 426,000 and 230,000.")
    else:
        subprocess.run([rscript, "-e", R_CODE], check=False)


if __name__ == "__main__":
    main()
