"""`equipoise design PROTOCOL [--json] [--out DIR]`: the numbers of a protocol's design, and the document."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from pathlib import Path

from equipoise.cli.language import Voice

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("path", help=say("help.design.path"))
    parser.add_argument("--json", action="store_true", help=say("help.design.json"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("help.design.out"))
    parser.add_argument("--simulation", type=Path, metavar="PATH", help=say("help.design.simulation"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Exit code 0 done, 1 what was asked cannot be planned, 2 could not read. Doubts are told and do not stop."""
    gc.disable()  # everything that is made here is kept until the end, so that collecting would find nothing
    try:
        return _design(args, say)
    finally:
        gc.enable()


def _design(args: argparse.Namespace, say: Voice) -> int:
    from equipoise.cli.progress import progress_bar
    from equipoise.planning.appraisal import appraise
    from equipoise.planning.of_protocol import plan_design
    from equipoise.protocol.files import find_protocol
    from equipoise.protocol.identity import protocol_digest
    from equipoise.protocol.reading import require_protocol
    from equipoise.protocol.sound import read_sound
    from equipoise.reports.design_document.data import design_data
    from equipoise.reports.design_document.simulated import read_simulated
    from equipoise.reports.design_document.terminal import terminal_lines
    from equipoise.reports.design_document.writing import write_design

    reading = read_sound(find_protocol(args.path))
    protocol = require_protocol(reading)
    plan = plan_design(protocol, where=reading.lines.where)
    assert protocol.design is not None
    appraisal = appraise(plan, protocol.design, progress_bar(say, "design.bar"))
    simulated = None
    if args.simulation is not None:
        simulated = read_simulated(args.simulation, protocol_digest(protocol), plan.boundaries.looks)
    written = write_design(protocol, plan, appraisal, args.out, say.language, simulated) if args.out is not None else ()
    if args.json:
        data = design_data(protocol, plan, appraisal, simulated)
        print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for line in terminal_lines(protocol, plan, appraisal, say.language):
            print(line)
    for finding in plan.findings:
        print(say.tell(finding), file=sys.stderr)
    for path in written[:3]:
        print(path, file=sys.stderr if args.json else sys.stdout)
    return 0
