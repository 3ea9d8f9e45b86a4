"""`equipoise simulate PROTOCOL --trials N --seed S`: what the design does, by scenario, in many simulated trials."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from equipoise.cli.language import Voice
from equipoise.cli.reading import add_person, protocol_to_read

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    add_person(parser, say)
    parser.add_argument("path", help=say("help.simulate.path"))
    parser.add_argument(
        "--scenario", nargs="+", action="extend", default=[], metavar="NAME", help=say("help.simulate.scenario")
    )
    parser.add_argument("--trials", required=True, metavar="N", help=say("help.simulate.trials"))
    parser.add_argument("--seed", required=True, metavar="S", help=say("help.simulate.seed"))
    parser.add_argument("--workers", metavar="N|tcp://HOST:PORT", help=say("help.simulate.workers"))
    parser.add_argument("--device", choices=("cpu", "gpu"), default="cpu", help=say("help.simulate.device"))
    parser.add_argument("--json", action="store_true", help=say("help.simulate.json"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("help.simulate.out"))
    parser.add_argument("--no-cache", action="store_true", help=say("help.simulate.no_cache"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Simulate, and say what came of it; 130 when interrupted, with the trials that were finished."""
    from equipoise.cache import Cache, cache_folder
    from equipoise.cli.progress import progress_bar, tell_on_terminal
    from equipoise.protocol.reading import require_protocol
    from equipoise.protocol.sound import read_sound
    from equipoise.reports.simulation_report.data import computed_power, simulation_data
    from equipoise.reports.simulation_report.terminal import terminal_lines
    from equipoise.reports.simulation_report.writing import write_simulation
    from equipoise.simulation.run import run_simulation
    from equipoise.simulation.workers import read_workers

    workers = read_workers(args.trials, args.seed, args.workers, args.device)
    reading = read_sound(protocol_to_read(args, say, "simulate"))
    protocol = require_protocol(reading)
    done = run_simulation(
        protocol,
        args.scenario,
        workers,
        where=reading.lines.where,
        cache=Cache(None if args.no_cache else cache_folder("simulations")),
        with_curve=args.out is not None,
        progress=progress_bar(say, "simulate.bar"),
        preparing=progress_bar(say, "simulate.bar_people"),
        compiling=lambda: tell_on_terminal(say, "simulate.compiling"),
    )
    if not done.scenarios:
        raise KeyboardInterrupt
    data = simulation_data(done)
    written: tuple[Path, ...] = ()
    if args.out is not None:
        written = write_simulation(data, args.out, say.language, computed_power(done))
    if args.json:
        print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for line in terminal_lines(data, say.language):
            print(line)
    for path in written:
        print(path, file=sys.stderr if args.json else sys.stdout)
    return 0 if done.finished else 130
