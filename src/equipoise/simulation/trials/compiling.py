"""One source, several targets: the kernels as plain Python, compiled for the processor, or by whatever compiler is
given.

A kernel is a plain function of its module. For a target, all of them are given new surroundings in which every name of
a kernel means the compiled one, and in which floats turn into bits by the target's own means. Nothing is reordered or
contracted (no fastmath): the digits of all targets are the same, and tests/twins holds them to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from equipoise.simulation.trials import (
    arithmetic,
    assessing,
    deciding,
    enrolling,
    following,
    playing,
    quantiles,
    responding,
)

__all__ = ["SOURCES", "compiled_before", "compiled_kernels", "kernel_digest", "make_kernels"]

SOURCES: tuple[ModuleType, ...] = (
    arithmetic,
    quantiles,
    enrolling,
    following,
    deciding,
    responding,
    playing,
    assessing,
)

_PARTS_OF_LOOPS = ("play_trial", "play_response")
ENTRIES = ("play_chunk", "play_responses")
"""By which chunks are asked for. Each is compiled when it is first called: nobody waits for what is not simulated."""


def make_kernels(
    compile_kernel: Callable[[Any], Any],
    bits_of: Callable[[float], int],
    float_of: Callable[[int], float],
    compile_entry: Callable[[Any], Any] | None = None,
    entries: Collection[str] = ENTRIES,
) -> Mapping[str, Any]:
    """Every kernel by its name, made by `compile_kernel`; those in `entries` by `compile_entry` when that is given.

    `bits_of` and `float_of` replace those of `arithmetic`: a function that the target's compiler turns into a bit-cast.
    The compiler must neither reorder sums nor contract a product and a sum into one step, which devices do unless told
    not to.
    """
    names: dict[str, Any] = {}
    plain: dict[str, FunctionType] = {}
    modules = {module.__name__ for module in SOURCES}
    for module in SOURCES:
        for name, value in vars(module).items():
            if name.startswith("__"):
                continue
            names[name] = value
            if isinstance(value, FunctionType) and value.__module__ in modules:
                plain[name] = value
    names.update(__name__=playing.__name__, __builtins__=__builtins__)
    for name, function in plain.items():
        moved = FunctionType(function.__code__, names, name, function.__defaults__)
        moved.__qualname__ = name if name not in entries else f"{name}_{kernel_digest()[:12]}"
        names[name] = moved
    names.update(bits_of=bits_of, float_of=float_of)
    for name in plain:
        if name not in ("bits_of", "float_of"):
            make = compile_entry if compile_entry is not None and name in entries else compile_kernel
            names[name] = make(names[name])
    return names


@lru_cache(maxsize=1)
def kernel_digest() -> str:
    """Of the source of all kernels. It is part of the entry's name: a compiled copy on disk is never older than its
    source.
    """
    files = [Path(str(module.__file__)) for module in SOURCES]
    files += [Path(__file__).with_name("tables.py"), Path(__file__)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def compiled_before(entry: str) -> bool:
    """Whether this machine keeps a compiled copy of `entry` (one of ENTRIES); False too where nothing can be kept."""
    kept = getattr(compiled_kernels()[entry], "_cache", None)
    folder = getattr(kept, "cache_path", None)
    return folder is not None and any(Path(folder).glob(f"*{entry}_{kernel_digest()[:12]}-*.nbi"))


@lru_cache(maxsize=1)
def compiled_kernels() -> Mapping[str, Any]:
    """The kernels for this processor. The first call on a machine compiles, which takes a while; later ones load from
    disk.
    """
    import numba
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

    njit: Any = numba.njit
    # error_model: a check for division by zero would keep loops from becoming vector instructions. _nrt: nothing is
    # allocated, and counting references to the arrays of a plan would cost as much as the trial. nogil: chunks run in
    # threads.
    options = {"error_model": "numpy", "nogil": True, "_nrt": False}
    intrinsics: tuple[Any, Any] = (intrinsic(bits_of), intrinsic(float_of))

    def compile_entry(kernel: Any) -> Any:
        try:
            return njit(cache=True, **options)(kernel)
        except RuntimeError:  # nowhere to keep it: compiled anew by every process
            return njit(**options)(kernel)

    def compile_kernel(kernel: Any) -> Any:
        # Nobody calls a kernel from Python but its entry: without a door for Python, which would unpack a plan of fifty
        # arrays, each is compiled in half the time. A trial is part of the loop over trials, and is optimized once.
        inline = "always" if kernel.__name__ in _PARTS_OF_LOOPS else "never"
        return njit(inline=inline, no_cpython_wrapper=True, no_cfunc_wrapper=True, **options)(kernel)

    return make_kernels(compile_kernel, *intrinsics, compile_entry)
