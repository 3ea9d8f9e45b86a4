"""When a kernel is compiled: never for a small problem, once for a large one.

A kernel is a plain function first. Compiled or not it does the same arithmetic in the same order, so its digits are the
same (tests/twins proves it); a trial of some thousand participants is answered before a compiler would have started.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["COMPILE_FROM_ROWS", "kernel_for"]

# Below this the plain function needs some tens of milliseconds; loading the compiler alone takes longer.
COMPILE_FROM_ROWS = 5_000

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])
_compiled: dict[Callable[..., Any], Any] = {}


def kernel_for(function: _Kernel, rows: int) -> _Kernel:
    """The function itself, or its compiled twin when there are many rows or the twin exists already."""
    if function not in _compiled:
        if rows < COMPILE_FROM_ROWS:
            return function
        from numba import njit

        # cache: compiled once per machine, kept beside this file or in the user's cache. No fastmath: it would
        # reorder sums. nogil: callers may estimate several endpoints in threads.
        _compiled[function] = njit(cache=True, nogil=True, error_model="numpy")(function)
    found: _Kernel = _compiled[function]
    return found
