"""Boundaries and designs of five looks, beside rpact where R is present. Run: python this file [repetitions].

For each kind: our boundary alone, our whole design (boundaries, drift, power by look, inflation, expected information), and
rpact's `getDesignGroupSequential` with `getDesignCharacteristics`, in the same run, on one core. Times are the best and the
median of the repetitions after warm-up. The house wants a boundary of five looks in under 5 ms.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

LOOKS = (0.2, 0.4, 0.6, 0.8, 1.0)
ERRORS = {"alpha": 0.025, "power": 0.9}
KINDS = {
    "obrien_fleming": (None, 'typeOfDesign = "OF"'),
    "pocock": (None, 'typeOfDesign = "P"'),
    "lan_demets_obrien_fleming": (None, 'typeOfDesign = "asOF"'),
    "lan_demets_pocock": (None, 'typeOfDesign = "asP"'),
    "hwang_shih_decani": (-4.0, 'typeOfDesign = "asHSD", gammaA = -4'),
}
FUTILE = "hwang_shih_decani, beta spent too"
R_FUTILE = 'typeOfDesign = "asHSD", gammaA = -4, typeBetaSpending = "bsHSD", gammaB = -2, bindingFutility = '

R_SCRIPT = """
suppressMessages(library(rpact))
ms <- function(f) { for (i in 1:3) f(); t <- numeric(@N@); for (i in 1:@N@) { b <- Sys.time(); f(); t[i] <- 1e3 * as.numeric(Sys.time() - b, units = "secs") }; c(min(t), median(t)) }
for (a in list(@CASES@)) { a <- c(a, list(kMax = 5, alpha = .025, beta = .1, sided = 1))
  d <- function() suppressWarnings(do.call(getDesignGroupSequential, a))
  x <- ms(d); y <- ms(function() getDesignCharacteristics(d()))
  cat(sprintf("%.3f %.3f %.3f %.3f\\n", x[1], x[2], y[1], y[2])) }
"""


def milliseconds(call: Callable[[], object], repetitions: int) -> tuple[float, float]:
    """The best and the median of the calls after three to warm up."""
    for _ in range(3):
        call()
    taken = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        call()
        taken.append(1e3 * (time.perf_counter() - begun))
    return min(taken), statistics.median(taken)


def ours(repetitions: int) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
    """For each kind: the boundary alone, and the whole design."""
    from equipoise.design import Futility, Spending
    from equipoise.planning import plan_sequential
    from equipoise.planning.sequential.boundaries import efficacy_bounds

    found = {}
    for kind, (parameter, _) in KINDS.items():
        rule = Spending.model_validate({"kind": kind, "parameter": parameter})
        found[kind] = (
            milliseconds(lambda r=rule: efficacy_bounds(r, LOOKS, ERRORS["alpha"]), repetitions),
            milliseconds(lambda r=rule: plan_sequential(**ERRORS, fractions=LOOKS, efficacy=r), repetitions),
        )
    for binding in (False, True):
        futility = Futility(kind="hwang_shih_decani", parameter=-2.0, binding=binding)
        # With beta spending the boundaries follow from the drift: there is no boundary without the design.
        whole = milliseconds(
            lambda r=rule, f=futility: plan_sequential(**ERRORS, fractions=LOOKS, efficacy=r, futility=f), repetitions
        )
        found[f"{FUTILE}, {'' if binding else 'not '}binding"] = (whole, whole)
    return found


def of_rpact(repetitions: int) -> list[tuple[float, ...]] | str:
    """The same from rpact, or why there is nothing to show."""
    if shutil.which("Rscript") is None:
        return "Rscript is not here, so rpact is not measured"
    cases = [code for _, code in KINDS.values()] + [R_FUTILE + flag for flag in ("FALSE", "TRUE")]
    script = R_SCRIPT.replace("@N@", str(repetitions)).replace("@CASES@", ", ".join(f"list({case})" for case in cases))
    run = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    if run.returncode:
        return f"rpact could not be measured: {run.stderr.strip().splitlines()[-1]}"
    return [tuple(map(float, line.split())) for line in run.stdout.splitlines()]


def main() -> None:
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    mine, theirs = ours(repetitions), of_rpact(repetitions)
    if isinstance(theirs, str):
        print(theirs)
    print(
        f"{'milliseconds, best / median':46} {'boundary':>15} {'design':>15} {'rpact boundary':>17} {'rpact design':>17}"
    )
    for place, (name, pairs) in enumerate(mine.items()):
        cells = [f"{best:7.2f} /{middle:6.2f}" for best, middle in pairs]
        if not isinstance(theirs, str):
            cells += [f"{theirs[place][k]:8.2f} /{theirs[place][k + 1]:7.2f}" for k in (0, 2)]
        print(f"{name:46} {' '.join(cells)}")
    slowest = max(best for pair in mine.values() for best, _ in pair[:1])
    print(f"slowest boundary {slowest:.2f} ms; wanted under 5 ms: {'yes' if slowest < 5 else 'NO'}")


if __name__ == "__main__":
    main()
