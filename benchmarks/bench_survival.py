"""Curves, log-rank tests and Cox models beside statsmodels, lifelines and greenwood. Run: python this file [rows].

Each line is a process of its own: the first call (with compiling or loading what was compiled before), the best of
three more, and how much memory these took at their peak beyond the data and everything that was loaded (Linux). Times are either whole days, as in trials, or
have a fraction, so that hardly two are the same. A peer that is not installed is named and left out.
"""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROWS = 1_000_000
STRATA, COVARIATES = 20, 5
# A Cox model takes these libraries minutes at a million rows, so they and we are compared at a tenth as well.
TASKS = {
    "curve": ("equipoise", "statsmodels", "lifelines", "greenwood"),
    "log-rank": ("equipoise", "statsmodels", "lifelines", "greenwood"),
    "stratified log-rank": ("equipoise", "statsmodels", "greenwood"),
    "cox": ("equipoise",),
    "cox, stratified": ("equipoise",),
    "cox, a tenth": ("equipoise", "lifelines", "greenwood"),
}
# R 4.2.2 with survival 3.5-3, two cores, a million rows, five covariates: measured once, elsewhere, in seconds.
R_SECONDS = {"curve": 2.4, "log-rank": 3.3, "cox": 6.4}


class Data:
    """Exponential survival and censoring, a group with hazard ratio 0.74, strata and four more covariates."""

    def __init__(self, rows: int, days: bool) -> None:
        rng = np.random.default_rng(2026)
        self.x = rng.normal(size=(rows, COVARIATES))
        self.x[:, 0] = rng.random(rows) < 0.5
        event = rng.exponential(1000, rows) / np.exp(self.x @ np.array([-0.3, 0.2, 0.0, 0.1, -0.1]))
        censoring = rng.uniform(0, 3000, rows)
        self.time = np.minimum(event, censoring)
        if days:
            self.time = np.ceil(self.time)
        self.event = (event <= censoring).astype(np.int64)
        self.group = self.x[:, 0].astype(np.int64)
        self.stratum = rng.integers(0, STRATA, rows)


def call_of(tool: str, task: str, d: Data) -> Callable[[], object]:
    """The call that is measured; what a library needs as its own kind of table is made beforehand."""
    strata = d.stratum if task.startswith("stratified") or task.endswith(", stratified") else None
    if tool == "equipoise":
        from equipoise import survival

        if task == "curve":
            return lambda: survival.estimate_kaplan_meier(d.time, d.event)
        if "log-rank" in task:
            return lambda: survival.test_logrank(d.time, d.event, d.group, strata)
        return lambda: survival.estimate_cox(d.time, d.event, d.x, strata)
    if tool == "statsmodels":
        from statsmodels.duration.survfunc import SurvfuncRight, survdiff

        if task == "curve":
            return lambda: SurvfuncRight(d.time, d.event)
        return lambda: survdiff(d.time, d.event, d.group, strata=strata)
    if tool == "lifelines":
        return lifelines_call(task, d)
    import greenwood

    surv = greenwood.Surv(d.time, event=d.event)
    if task == "curve":
        return lambda: greenwood.KaplanMeier().fit(surv)
    if "log-rank" in task:
        return lambda: greenwood.logrank_test(surv, d.group, strata=strata)
    return lambda: greenwood.CoxPH().fit(surv, table(d, "polars"))


def lifelines_call(task: str, d: Data) -> Callable[[], object]:
    import lifelines
    from lifelines.statistics import logrank_test

    if task == "curve":
        return lambda: lifelines.KaplanMeierFitter().fit(d.time, d.event)
    if task == "log-rank":
        one = d.group == 1
        return lambda: logrank_test(d.time[one], d.time[~one], d.event[one], d.event[~one])
    rows = table(d, "pandas").assign(time=d.time, event=d.event)
    return lambda: lifelines.CoxPHFitter().fit(rows, "time", "event")


def table(d: Data, library: str):
    columns = {f"x{j}": d.x[:, j] for j in range(COVARIATES)}
    return importlib.import_module(library).DataFrame(columns)


def seconds_of(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def memory_mib(field: str) -> float:
    """What Linux says of this process: VmRSS now, VmHWM at its peak."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith(field)).split()[1]) / 1024


def measure(tool: str, task: str, rows: int, days: bool) -> None:
    """One line of the table; runs in a process of its own."""
    call = call_of(tool, task, Data(rows // 10 if task.endswith("a tenth") else rows, days))
    seconds = [seconds_of(call)]
    ctypes.CDLL(None).malloc_trim(0)  # what the first call left unused goes back, so that it is counted again
    before = memory_mib("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # from now on, the peak is counted anew
    seconds += [seconds_of(call) for _ in range(1 if "cox" in task and tool != "equipoise" else 3)]
    memory = memory_mib("VmHWM") - before
    print(f"{task:<20} {tool:<12} {seconds[0]:9.3f} {min(seconds[1:]):9.3f} {memory:9.0f}", flush=True)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for days in (True, False):
        print(f"{rows:,} rows, {'whole days' if days else 'times with a fraction'}")
        print(f"{'task':<20} {'by':<12} {'first s':>9} {'best s':>9} {'MiB':>9}", flush=True)
        for task, tools in TASKS.items():
            for tool in tools:
                if importlib.util.find_spec(tool) is None:
                    print(f"{task:<20} {tool:<12} not installed")
                    continue
                subprocess.run([sys.executable, __file__, "--one", tool, task, str(rows), str(int(days))], check=True)
    found = "is present, and is not run here" if shutil.which("Rscript") else "is not present here"
    told = ", ".join(f"{task} {seconds} s" for task, seconds in R_SECONDS.items())
    print(f"R {found}. Measured once elsewhere on two cores, {ROWS:,} rows: {told}.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5] == "1")
    else:
        main()
