"""`equipoise design PROTOCOL [--json] [--out DIR]`: the numbers that follow from a protocol's design, and the document."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("path", help="a protocol folder, its protocol.yaml, or the name of a shipped protocol")
    parser.add_argument("--json", action="store_true", help="every number as JSON")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write design.html, design.md, figures and design.json")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language (default: en)")
    parser.add_argument(
        "--simulation", type=Path, metavar="PATH", help="results of `equipoise simulate --out`, to stand beside"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 done, 1 what was asked cannot be planned, 2 could not read. What is doubtful is told and does not stop."""
    from equipoise.cli.progress import progress_bar
    from equipoise.planning.appraisal import appraise
    from equipoise.planning.of_protocol import plan_design
    from equipoise.protocol.identity import protocol_digest
    from equipoise.protocol.reading import find_protocol, read_protocol, require_protocol
    from equipoise.reports.design_document.data import design_data
    from equipoise.reports.design_document.simulated import read_simulated
    from equipoise.reports.design_document.terminal import terminal_lines
    from equipoise.reports.design_document.writing import write_design

    reading = read_protocol(find_protocol(args.path))
    protocol = require_protocol(reading)
    plan = plan_design(protocol, where=reading.lines.where)
    assert protocol.design is not None
    appraisal = appraise(plan, protocol.design, progress_bar("design"))
    simulated = None
    if args.simulation is not None:
        simulated = read_simulated(args.simulation, protocol_digest(protocol), plan.boundaries.looks)
    written = write_design(protocol, plan, appraisal, args.out, args.lang, simulated) if args.out is not None else ()
    if args.json:
        data = design_data(protocol, plan, appraisal, simulated)
        print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for line in terminal_lines(protocol, plan, appraisal, args.lang):
            print(line)
    for finding in plan.findings:
        print(f"warning: {finding}", file=sys.stderr)
    for path in written[:3]:
        print(path, file=sys.stderr if args.json else sys.stdout)
    return 0
