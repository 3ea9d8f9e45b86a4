"""`python -m tests.effects [--anew] [--only PATTERN] [--first] [--prove STEPS] [--jobs 2]`: find what counts where, and keep it."""

from __future__ import annotations

import argparse
import os
import re
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.effects.table import Row, calm, find_row, prove, read_table, said_and_ignored, write
from tests.effects.unsaid import find_places


def main() -> None:
    """Fill in what is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--anew", action="store_true", help="every row, not only those that are missing")
    parser.add_argument("--only", default="", help="rows whose names are like this, anew")
    parser.add_argument("--first", action="store_true", help="end a row at the first step beyond the document")
    parser.add_argument("--prove", default="", help="change nothing: which rows do not show these steps again")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    if args.prove:
        _prove(args.prove.split(","), args.only, args.jobs)
        return
    places = find_places()
    old = {} if args.anew else {name: row for name, row in read_table().items() if name in places}
    wanted = [name for name in places if name not in old or (args.only and re.search(args.only, name))]
    # Places of one world together: what it gives unchanged is computed once in a process.
    wanted.sort(key=lambda name: (places[name][0].world, name))
    os.environ["POLARS_MAX_THREADS"] = "1"  # many small frames: threads only wait for one another
    begun = time.perf_counter()
    # Threads of frames do not survive a fork.
    with ProcessPoolExecutor(args.jobs, get_context("spawn"), calm) as pool:
        tried = {pool.submit(find_row, name, every=not args.first): name for name in wanted}
        for done in as_completed(tried):
            name = tried[done]
            try:
                row: Row = done.result()
            except Exception as error:  # told, so that one place costs no other its row
                print(name, "FAILS:", repr(error)[:2000], flush=True)
                continue
            old[name] = row
            print(f"{time.perf_counter() - begun:6.0f} s", name, *sorted(row.steps), f"({row.world})", flush=True)
            write(old)
    print(f"{len(old)} rows, {len(wanted)} of them new; said and ignored: {said_and_ignored(old) or 'nothing'}")


def _prove(steps: list[str], like: str, jobs: int) -> None:
    """Say the rows that name one of the steps at which nothing is seen today."""
    rows = {name: (row, here) for name, row in read_table().items() if (here := row.steps & set(steps))}
    wanted = sorted((name for name in rows if re.search(like, name)), key=lambda name: (rows[name][0].world, name))
    os.environ["POLARS_MAX_THREADS"] = "1"
    lost = 0
    with ProcessPoolExecutor(jobs, get_context("spawn"), calm) as pool:
        tried = {pool.submit(prove, name, *rows[name]): name for name in wanted}
        for done in as_completed(tried):
            name = tried[done]
            if gone := rows[name][1] - done.result():
                lost += 1
                print(name, "no longer:", *sorted(gone), f"({rows[name][0].world})", flush=True)
    print(f"{len(wanted)} rows proved anew at {', '.join(steps)}; {lost} are not as they were")


if __name__ == "__main__":
    main()
