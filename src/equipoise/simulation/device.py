"""Simulating on a device: the same kernels, compiled by Numba for CUDA, one trial to a thread.

Promises the processor's bits or nothing: before anything is counted, the first trials are computed on both and
compared. The processor's way needs nothing of this. Numba's simulator of the device (NUMBA_ENABLE_CUDASIM=1) runs it
without one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType
from typing import Any

import numpy as np

from equipoise.simulation.trials import arithmetic
from equipoise.simulation.trials.compiling import make_kernels
from equipoise.simulation.trials.packing import pack
from equipoise.simulation.trials.running import key_of, simulate_chunk
from equipoise.simulation.trials.setup import Setup
from equipoise.simulation.trials.tables import PackedSetup, Room, TrialRecords, make_record, make_room
from equipoise.simulation.trials.totals import Totals, add_up
from equipoise.simulation.words import refuse

__all__ = ["Shape", "device_records", "need_device", "simulate_on_device"]

Shape = tuple[int, int]
"""Blocks, and threads in each."""
_BATCH = 1 << 16
_COMPARED = 64
_THREADS, _BLOCKS_MAX = 128, 256
_ROOM_BYTES_MAX = 1 << 30


def simulate_on_device(
    setup: Setup,
    trials: int,
    seed: int,
    *,
    progress: Callable[[int], None] | None = None,
    shape: Shape | None = None,
    compared: int = _COMPARED,
) -> Totals:
    """Totals over trials 0 to `trials - 1`; as `trials.running.simulate`, on a device.

    Raises Refusal when there is no device, or when its first trials are not those of the processor.
    """
    need_device()
    _expect_same(setup, seed, min(trials, compared), shape)
    totals = Totals.none(len(setup.looks))
    try:
        for first in range(0, trials, _BATCH):
            totals += add_up(setup, device_records(setup, seed, first, min(_BATCH, trials - first), shape))
            if progress is not None:
                progress(totals.trials)
    except KeyboardInterrupt:
        return totals
    return totals


def need_device() -> None:
    """Raises Refusal unless trials can be simulated on a device here."""
    import numba

    simulated = vars(numba)["config"].ENABLE_CUDASIM
    if not simulated and find_spec("numba_cuda") is None:
        refuse("simulation.no_device/package", "device")
    cuda = _cuda()
    if not cuda.is_available():
        refuse("simulation.no_device", "device")


def _cuda() -> Any:
    from numba import cuda

    return cuda


def device_records(setup: Setup, seed: int, first: int, count: int, shape: Shape | None = None) -> TrialRecords:
    """Trials `first` to `first + count - 1`, one row each, computed on the device."""
    cuda = _cuda()
    plan, record = pack(setup), make_record(count, len(setup.looks))
    key0, key1 = key_of(setup, seed)
    room = make_room(plan)
    blocks, threads = shape or _shape(room)
    rooms = Room(*(cuda.to_device(np.zeros((blocks * threads, len(part)), dtype=part.dtype)) for part in room))
    parts: Any = (cuda.to_device(part) if isinstance(part, np.ndarray) else part for part in plan)
    held = PackedSetup(*parts)
    written = TrialRecords(*(cuda.to_device(part) for part in record))
    with _unfused():
        _grid()[blocks, threads](held, rooms, written, key0, key1, first, count)
    back: Any = (part.copy_to_host() for part in written)  # type: ignore[attr-defined]
    return TrialRecords(*back)


def _shape(room: Room) -> Shape:
    """As many blocks as fit into the memory set apart for their rooms."""
    each = sum(part.nbytes for part in room) * _THREADS
    return max(1, min(_BLOCKS_MAX, _ROOM_BYTES_MAX // each)), _THREADS


def play_grid(
    plan: PackedSetup, rooms: Room, record: TrialRecords, key0: int, key1: int, first: int, count: int
) -> None:
    """Kernel: every thread plays the trials that are its own, in a room of its own.
    `_grid` gives it its surroundings."""
    own = cuda.grid(1)  # type: ignore[name-defined]  # noqa: F821
    # Field by field: a kernel cannot loop over a tuple of arrays of different kinds.
    room = Room(
        rooms.words[own],
        rooms.unit[own],
        rooms.arrival[own],
        rooms.cell[own],
        rooms.arm[own],
        rooms.time[own],
        rooms.state[own],
        rooms.group_first[own],
        rooms.group_fill[own],
        rooms.event_first[own],
        rooms.joined[own],
        rooms.ends[own],
        rooms.strikes[own],
        rooms.seen[own],
        rooms.event_time[own],
        rooms.risk0[own],
        rooms.risk1[own],
        rooms.order[own],
    )
    for row in range(own, count, cuda.gridsize(1)):  # type: ignore[name-defined]  # noqa: F821
        play_trial(plan, room, record, key0, key1, first + row, row)  # type: ignore[name-defined]  # noqa: F821


@lru_cache(maxsize=1)
def _grid() -> Any:
    """The grid's kernel, compiled for the device."""
    import numba

    cuda, config = _cuda(), vars(numba)["config"]
    bits_of, float_of = (arithmetic.bits_of, arithmetic.float_of) if config.ENABLE_CUDASIM else _bit_casts()
    kernels = make_kernels(cuda.jit(device=True), bits_of, float_of)
    around = {
        "cuda": cuda,
        "Room": Room,
        "range": range,
        "play_trial": kernels["play_trial"],
        "__builtins__": __builtins__,
    }
    return cuda.jit(FunctionType(play_grid.__code__, around, "play_grid"))


@contextlib.contextmanager
def _unfused() -> Iterator[None]:
    """Compile, in here, without fusing multiplication and addition: a product that is not rounded first has other bits.

    NVVM fuses unless it is told not to, and Numba has no option to tell it. Should its inside change, nothing is told,
    the bits differ, and the comparison with the processor refuses the device.
    """
    try:
        nvvm: Any = import_module("numba.cuda.cudadrv.nvvm")
        real = nvvm.compile_ir
    except (ImportError, AttributeError):  # the simulator compiles nothing
        yield
        return
    nvvm.compile_ir = lambda ir, **options: real(ir, **{**options, "fma": False})
    try:
        yield
    finally:
        nvvm.compile_ir = real


def _bit_casts() -> tuple[Any, Any]:
    from llvmlite import ir  # type: ignore[import-untyped]
    from numba.core import types
    from numba.extending import intrinsic

    def bits_of(_typing: Any, _value: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], ir.IntType(64))

        return types.int64(types.float64), generate

    def float_of(_typing: Any, _bits: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], ir.DoubleType())

        return types.float64(types.int64), generate

    return intrinsic(bits_of), intrinsic(float_of)


def _expect_same(setup: Setup, seed: int, count: int, shape: Shape | None) -> None:
    """Refuse a device whose first trials are not those of the processor, to the last bit."""
    # Compared by their bytes: NaN is not equal to itself, and two zeros of different sign would be.
    theirs, ours = device_records(setup, seed, 0, count, shape), simulate_chunk(setup, seed, 0, count)
    for name, one, two in zip(TrialRecords._fields, theirs, ours, strict=True):
        if one.tobytes() != two.tobytes():
            refuse("simulation.device_differs", "device", count=count, name=name)
