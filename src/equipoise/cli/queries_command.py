"""`equipoise queries DIR`: what is asked of the sites, where, by whom and for how long. Names no arm."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("--site", help="those of this site only")
    parser.add_argument("--participant", help="those of this participant only")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--open", dest="which", action="store_const", const=("open",), help="that wait for the site")
    which.add_argument(
        "--answered", dest="which", action="store_const", const=("answered",), help="that wait for whoever asked"
    )
    which.add_argument("--closed", dest="which", action="store_const", const=("closed",), help="that are settled")
    which.add_argument(
        "--all", dest="which", action="store_const", const=("open", "answered", "closed"),
        help="all (default: open and answered)",
    )  # fmt: skip
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="en (default) or zh")
    parser.add_argument("--json", action="store_true", help="as JSON, texts in both languages")
    parser.set_defaults(which=("open", "answered"))


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from equipoise.conduct.folder.query_list import list_queries, render_queries
    from equipoise.conduct.folder.study import open_study

    study = open_study(args.folder)
    listed = list_queries(study, site=args.site, participant=args.participant, statuses=args.which)
    if args.json:
        print(json.dumps([{**one.row, "days": one.days} for one in listed], ensure_ascii=False, indent=2))
    else:
        print(render_queries(study, listed, args.language))
    return 0
