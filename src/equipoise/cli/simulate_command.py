"""`equipoise simulate PROTOCOL --trials N --seed S`: what the design does, scenario by scenario, over many simulated trials."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("path", help="a protocol folder, its protocol.yaml, or the name of a shipped protocol")
    parser.add_argument("--scenario", nargs="+", action="extend", default=[], metavar="NAME",
                        help="scenarios of the protocol, or `design` (default: all, and what the design assumes)")  # fmt: skip
    parser.add_argument("--trials", required=True, metavar="N", help="how many trials of each are simulated")
    parser.add_argument(
        "--seed", required=True, metavar="S", help="the same seed gives the same digits, on any machine"
    )
    parser.add_argument("--workers", metavar="N|tcp://HOST:PORT",
                        help="threads, or the address of a Dask scheduler (default: as many as there are processors)")  # fmt: skip
    parser.add_argument("--device", choices=("cpu", "gpu"), default="cpu", help="what computes (default: cpu)")
    parser.add_argument("--json", action="store_true", help="every number as JSON")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write simulation.json and figures")
    parser.add_argument("--no-cache", action="store_true", help="compute anew, and keep nothing")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language (default: en)")


def run(args: argparse.Namespace) -> int:
    """Simulate, and say what came of it; 130 when interrupted, with the trials that were finished."""
    from equipoise.cli.progress import progress_bar
    from equipoise.protocol.reading import find_protocol, read_protocol, require_protocol
    from equipoise.reports.simulation_report.data import simulation_data
    from equipoise.reports.simulation_report.terminal import terminal_lines
    from equipoise.reports.simulation_report.writing import write_simulation
    from equipoise.simulation.cache import Cache, cache_folder
    from equipoise.simulation.run import run_simulation
    from equipoise.simulation.workers import read_means

    means = read_means(args.trials, args.seed, args.workers, args.device)
    reading = read_protocol(find_protocol(args.path))
    protocol = require_protocol(reading)
    done = run_simulation(
        protocol, args.scenario, means,
        where=reading.lines.where,
        cache=Cache(None if args.no_cache else cache_folder()),
        with_curve=args.out is not None,
        progress=progress_bar("simulate"),
        preparing=progress_bar("participants"),
    )  # fmt: skip
    if not done.scenarios:
        raise KeyboardInterrupt
    data = simulation_data(done)
    written: tuple[Path, ...] = ()
    if args.out is not None:
        analytic = [(point.effect, point.power) for point in done.plan.power_curve]
        written = write_simulation(data, args.out, args.lang, analytic)
    if args.json:
        print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for line in terminal_lines(data, args.lang):
            print(line)
    for path in written:
        print(path, file=sys.stderr if args.json else sys.stdout)
    return 0 if done.finished else 130
