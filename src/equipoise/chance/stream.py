"""Random numbers for simulation: Philox 4x64-10 (Salmon et al., SC 2011), named and read by position.

Not for allocation: its seed is public.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from equipoise.chance.sealed import checked_position, framed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Words = NDArray[np.uint64]

__all__ = ["Stream"]

T = TypeVar("T")
_TWO_TO_MINUS_53 = 2.0**-53
# Each use of a position has its own part of the counter, so that a normal and a uniform draw at one position are
# independent. Numbers are never reused for another meaning.
_UNIFORM, _INTEGERS, _PERMUTATION, _GENERATOR, _NORMAL, _EXPONENTIAL = range(1, 7)


class _Engine(threading.local):
    """One Philox for each thread, set to its place for every draw: making a new one costs ten times as much."""

    def __init__(self) -> None:
        self._philox: np.random.Philox | None = None
        self._state: Any = None

    def words(self, key: tuple[int, int], position: int, use: int, n: int) -> Words:
        """`n` words of the stream with this key, from the beginning of the position."""
        if self._philox is None:
            import numpy as np

            self._philox = np.random.Philox(0)
            self._state = {**self._philox.state, "buffer_pos": 4, "has_uint32": 0, "uinteger": 0}
        place = self._state["state"]
        place["key"][:] = key
        place["counter"][:] = (0, 0, position, use)
        self._philox.state = self._state
        raw: Words = self._philox.random_raw(n)
        return raw


_ENGINE = _Engine()


class Stream:
    """Random numbers for simulation, named and read by position.

    ``Stream(7, "recruitment").uniform(3, 5)`` is an array of five numbers, the same on every machine; its first two
    are ``uniform(3, 2)``. Positions never overlap: each owns 2**128 blocks of the counter. Values other than integers
    are made from uniforms by inverting the distribution function, so one uniform gives one value and streams can be
    shared between scenarios (common random numbers). Not for allocation: its seed is public.
    """

    __slots__ = ("_framed", "_key", "names", "seed")

    def __init__(self, seed: int, *names: str | int, framed_as: bytes | None = None) -> None:
        self.seed = seed
        self.names = names
        # Frames follow one another, so that a child's is its parent's and its own names'.
        self._framed = framed((seed, *names)) if framed_as is None else framed_as
        key = hashlib.sha256(b"equipoise/stream/1\0" + self._framed).digest()
        self._key = (int.from_bytes(key[:8], "big"), int.from_bytes(key[8:16], "big"))

    def __repr__(self) -> str:
        return f"Stream({', '.join(map(repr, (self.seed, *self.names)))})"

    def child(self, *names: str | int) -> Stream:
        """The stream of the same seed with more names."""
        return Stream(self.seed, *self.names, *names, framed_as=self._framed + framed(names))

    def _philox(self, position: int, use: int) -> np.random.Philox:
        import numpy as np

        key = np.array(self._key, dtype=np.uint64)
        return np.random.Philox(key=key, counter=np.array([0, 0, checked_position(position), use], dtype=np.uint64))

    def kernel_key(self) -> tuple[int, int]:
        """Two words of 32 bits for a kernel that counts its own Philox 4x32 blocks: another key than this stream's."""
        key = hashlib.sha256(b"equipoise/kernel/1\0" + self._framed).digest()
        return int.from_bytes(key[:4], "big"), int.from_bytes(key[4:8], "big")

    def words(self, position: int, n: int, use: int = _UNIFORM) -> Words:
        """`n` raw 64-bit words: NumPy promises the raw Philox output across versions, not its distributions."""
        return _ENGINE.words(self._key, checked_position(position), use, n)

    def _floats(self, position: int, n: int, use: int) -> Floats:
        import numpy as np

        return (self.words(position, n, use) >> np.uint64(11)).astype(np.float64) * _TWO_TO_MINUS_53

    @overload
    def uniform(self, position: int, n: None = None) -> float: ...
    @overload
    def uniform(self, position: int, n: int) -> Floats: ...
    def uniform(self, position: int, n: int | None = None) -> float | Floats:
        """One float, or an array of `n`, uniform on [0, 1) with 53 bits."""
        values = self._floats(position, 1 if n is None else n, _UNIFORM)
        return float(values[0]) if n is None else values

    def uniform_rows(self, first: int, count: int, n: int) -> Floats:
        """Positions `first` to `first + count - 1`, `n` uniforms each: an array of shape (count, n)."""
        import numpy as np

        rows = np.empty((count, n), dtype=np.uint64)
        for row in range(count):
            rows[row] = self.words(first + row, n)
        return (rows >> np.uint64(11)).astype(np.float64) * _TWO_TO_MINUS_53

    @overload
    def integers(self, position: int, low: int, high: int, n: None = None) -> int: ...
    @overload
    def integers(self, position: int, low: int, high: int, n: int) -> Integers: ...
    def integers(self, position: int, low: int, high: int, n: int | None = None) -> int | Integers:
        """Whole numbers from `low` up to, not including, `high`; equally likely, by rejection (no modulo bias)."""
        import numpy as np

        span = high - low
        if not 0 < span <= 2**63:
            raise ValueError(f"there is no whole number from {low} up to, not including, {high}")
        wanted = 1 if n is None else n
        limit = np.uint64(2**64 - 2**64 % span - 1)
        source = self._philox(position, _INTEGERS)
        kept: Words = np.empty(0, dtype=np.uint64)
        while len(kept) < wanted:
            raw: Words = source.random_raw(wanted - len(kept))
            kept = np.concatenate([kept, raw[raw <= limit]])
        values: Integers = (kept % np.uint64(span)).astype(np.int64) + low
        return int(values[0]) if n is None else values

    @overload
    def choice(self, position: int, items: Sequence[T], n: None = None, p: Sequence[float] | None = None) -> T: ...
    @overload
    def choice(self, position: int, items: Sequence[T], n: int, p: Sequence[float] | None = None) -> list[T]: ...
    def choice(
        self, position: int, items: Sequence[T], n: int | None = None, p: Sequence[float] | None = None
    ) -> T | list[T]:
        """One of the items, or a list of `n` with replacement; equally likely, or with probabilities `p`."""
        import numpy as np

        wanted = 1 if n is None else n
        if p is None:
            places: Any = self.integers(position, 0, len(items), wanted)
        else:
            share = np.asarray(p, dtype=np.float64)
            if share.shape != (len(items),) or (share < 0).any() or abs(share.sum() - 1) > 1e-9:
                raise ValueError("p gives each item one probability, none below 0, that add up to 1")
            places = np.searchsorted(np.cumsum(share), self.uniform(position, wanted), side="right")
            places = np.minimum(places, int(np.flatnonzero(share)[-1]))  # rounding must not reach past the last
        drawn = [items[int(place)] for place in places]
        return drawn[0] if n is None else drawn

    def permutation(self, position: int, n: int) -> Integers:
        """The numbers 0 to n - 1 in random order."""
        import numpy as np

        order: Integers = np.argsort(self.words(position, n, _PERMUTATION), kind="stable").astype(np.int64)
        return order

    @overload
    def exponential(self, position: int, mean: float = 1.0, n: None = None) -> float: ...
    @overload
    def exponential(self, position: int, mean: float, n: int) -> Floats: ...
    def exponential(self, position: int, mean: float = 1.0, n: int | None = None) -> float | Floats:
        """Exponential waiting times with the given mean: -mean log(1 - u)."""
        import numpy as np

        values: Floats = -mean * np.log1p(-self._floats(position, 1 if n is None else n, _EXPONENTIAL))
        return float(values[0]) if n is None else values

    @overload
    def normal(self, position: int, mean: float = 0.0, sd: float = 1.0, n: None = None) -> float: ...
    @overload
    def normal(self, position: int, mean: float, sd: float, n: int) -> Floats: ...
    def normal(self, position: int, mean: float = 0.0, sd: float = 1.0, n: int | None = None) -> float | Floats:
        """Normal values by inversion; the uniform is moved half a step off 0 so that no value is infinite."""
        from scipy.special import ndtri

        u = self._floats(position, 1 if n is None else n, _NORMAL) + 2.0**-54
        values: Floats = mean + sd * ndtri(u)
        return float(values[0]) if n is None else values

    def generator(self, position: int) -> np.random.Generator:
        """A NumPy generator for any other distribution; its digits may change with the NumPy version."""
        import numpy as np

        return np.random.Generator(self._philox(position, _GENERATOR))
