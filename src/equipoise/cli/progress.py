"""A progress bar on standard error, for anything that takes over a second; silent when nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from equipoise.cli.language import Voice

__all__ = ["Progress", "progress_bar", "tell_on_terminal"]

Progress = Callable[[int, int], None]
WIDTH = 28


def progress_bar(say: Voice, label: str) -> Progress:
    """A callback (done, total) that draws a bar with rate and remaining time, from the first second on."""
    started = time.monotonic()
    last = 0.0

    def show(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        finished = done >= total
        if not sys.stderr.isatty() or now - started < 1 or (now - last < 0.1 and not finished):
            return
        last = now
        share = done / total if total else 1.0
        rate = done / (now - started)
        left = (total - done) / rate if rate else 0.0
        bar = "#" * int(WIDTH * share) + "." * (WIDTH - int(WIDTH * share))
        told = say("bar", label=say(label), bar=bar, done=done, total=total, rate=rate, left=left)
        sys.stderr.write(f"\r{told}" + ("\n" if finished else ""))
        sys.stderr.flush()

    return show


def tell_on_terminal(say: Voice, key: str) -> None:
    """A line on standard error about what takes a while; silent when nobody looks."""
    if sys.stderr.isatty():
        print(say(key), file=sys.stderr, flush=True)
