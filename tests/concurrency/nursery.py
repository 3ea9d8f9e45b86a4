"""Where the hands of a crowd come from: `python -m tests.concurrency.nursery IN OUT IN OUT ...` forks one for each pair.

The desk is imported once, and nothing is done before the forks: no connection, no thread, no chance is shared. Says the
numbers of the processes; asked about one, waits for its end and says how it ended.
"""

from __future__ import annotations

import json
import os
import sys

from tests.concurrency.hand import main


def _be_a_hand(asked: int, said: int, ends: list[int]) -> None:
    os.dup2(asked, 0)
    os.dup2(said, 1)
    for end in ends:
        os.close(end)
    try:
        main()
    finally:
        os._exit(0)


def bear(ends: list[int]) -> list[int]:
    """One child for each pair of ends; gives their process numbers."""
    pids = []
    for asked, said in zip(ends[::2], ends[1::2], strict=True):
        if (child := os.fork()) == 0:
            _be_a_hand(asked, said, ends)
        pids.append(child)
    for end in ends:
        os.close(end)
    return pids


if __name__ == "__main__":
    print(json.dumps(bear([int(end) for end in sys.argv[1:]])), flush=True)
    for line in sys.stdin:
        print(os.waitstatus_to_exitcode(os.waitpid(int(line), 0)[1]), flush=True)
