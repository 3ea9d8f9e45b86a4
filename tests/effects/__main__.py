"""`python -m tests.effects [--anew] [--jobs 2]`: find what counts where, keep it."""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.effects.places import find_places
from tests.effects.table import find_row, read_table, said_and_ignored, write


def main() -> None:
    """Fill in what is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--anew", action="store_true", help="every row, not only those that are missing")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    places = find_places()
    old = {} if args.anew else {name: row for name, row in read_table().items() if name in places}
    # Places of one world together: what it gives unchanged is computed once in a process.
    missing = sorted((name for name in places if name not in old), key=lambda name: (places[name].world, name))
    with ProcessPoolExecutor(args.jobs, get_context("spawn")) as pool:  # threads of frames do not survive a fork
        for name, row in zip(missing, pool.map(find_row, missing, chunksize=2), strict=True):
            print(name, *row, flush=True)
            old[name] = row
            write(old)
    print(f"{len(old)} rows, {len(missing)} of them new; said and ignored: {said_and_ignored(old) or 'nothing'}")


if __name__ == "__main__":
    main()
