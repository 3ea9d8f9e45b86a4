"""Random words and elementary functions, from whole numbers and the four operations of IEEE 754 alone.

Promises the same bits in plain Python, compiled for a processor and for a device: no library's logarithm, whose last
digit differs between machines, and whole numbers below 2^63 throughout, whose products may wrap where only their lower
64 bits are used. Words: Philox 4x32-10 (Salmon et al., SC 2011). Logarithm: the series of atanh after Cody and Waite
1980.
"""

from __future__ import annotations

import math
import struct

from numpy import int64

from equipoise.simulation.trials.tables import Integers, Whole

__all__ = ["bits_of", "exponential_of", "fill_words", "float_of", "minus_log", "philox", "power_of"]

LOW = 0xFFFFFFFF
LN_2 = math.log(2.0)
LN_2_HIGH = 6.93147180369123816490e-01
LN_2_LOW = 1.90821492927058770002e-10
STEP = 2.0**-32
ROOT_HALF_HIGH = 0x3FE6A09E
"""The upper half of the bits of the square root of one half."""


def bits_of(value: float) -> Whole:
    """The 64 bits of a float as a whole number. Each target has its own."""
    return int(struct.unpack("<q", struct.pack("<d", value))[0])


def float_of(bits: Whole) -> float:
    """The float of these 64 bits. Each target has its own."""
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])


def philox(c0: Whole, c1: Whole, c2: Whole, c3: Whole, k0: Whole, k1: Whole) -> tuple[Whole, Whole, Whole, Whole]:
    """Four words of 32 bits from a counter of four and a key of two."""
    # Counter-based: a word follows from its trial, participant and use alone, with no state that a thread would have to
    # hand on. The products below need 64 bits unsigned and have 64 signed; shifted and masked they are the same bits.
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0 = ((p1 >> 32) & LOW) ^ c1 ^ k0
        c2 = ((p0 >> 32) & LOW) ^ c3 ^ k1
        c1 = p1 & LOW
        c3 = p0 & LOW
        k0 = (k0 + 0x9E3779B9) & LOW
        k1 = (k1 + 0xBB67AE85) & LOW
    return c0, c1, c2, c3


def fill_words(words: Integers, count: Whole, key0: Whole, key1: Whole, index: Whole, use: Whole) -> None:
    """One word for each of `count` participants, for one use, in the trial of this index.

    Block b gives a word each to participants b, b + q, b + 2q and b + 3q, where q is the number of blocks: so that the
    words lie side by side and the loop becomes vector instructions. `words` has room for 4 q.
    """
    blocks = (count + 3) >> 2
    low = index & LOW
    high = (index >> 32) & LOW
    first = words[0:blocks]
    second = words[blocks : 2 * blocks]
    third = words[2 * blocks : 3 * blocks]
    fourth = words[3 * blocks : 4 * blocks]
    for block in range(blocks):
        w0, w1, w2, w3 = philox(low, high, block, use, key0, key1)
        first[block] = w0
        second[block] = w1
        third[block] = w2
        fourth[block] = w3


def minus_log(x: float) -> float:
    """-log(x) for a normal positive x, to about 1e-15 relative."""
    # Uniform words are shifted by a half before they come here, so that x is never 0 and never subnormal.
    bits = bits_of(x)
    # x = 2^e m with m between the square roots of 1/2 and 2; comparing the upper half of the bits is near enough.
    e = ((bits >> 32) - ROOT_HALF_HIGH) >> 20
    m = float_of(bits - (e << 52))
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    # Horner's rule from the smallest term up. m lies within a factor of root 2 of 1, so z is below 0.03 and these terms
    # reach the last bit.
    p = 1 / 15 + z * (1 / 17 + z * (1 / 19))
    p = 1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * p)))))
    # The small part is summed by itself, before the large one takes its last digits.
    log: float = e * LN_2 + (2.0 * s + 2.0 * s * z * p)
    return -log


def exponential_of(x: float) -> float:
    """exp(x), to about 1e-15 relative; 0 below -700, and what exp(700) is above."""
    if x < -700.0:
        return 0.0
    x = min(x, 700.0)
    k = int64(math.floor(x / LN_2 + 0.5))  # a float on a device
    # ln 2 in two parts, the upper with zeros at its end: k times it is exact, and r keeps all its digits (Cody, Waite).
    r = (x - k * LN_2_HIGH) - k * LN_2_LOW
    p = 1.0 / 6227020800.0
    p = 1.0 / 479001600.0 + r * p
    p = 1.0 / 39916800.0 + r * p
    p = 1.0 / 3628800.0 + r * p
    p = 1.0 / 362880.0 + r * p
    p = 1.0 / 40320.0 + r * p
    p = 1.0 / 5040.0 + r * p
    p = 1.0 / 720.0 + r * p
    p = 1.0 / 120.0 + r * p
    p = 1.0 / 24.0 + r * p
    p = 1.0 / 6.0 + r * p
    p = 0.5 + r * p
    p = 1.0 + r * p
    p = 1.0 + r * p
    scale: float = float_of((k + 1023) << 52)
    return p * scale


def power_of(x: float, exponent: float) -> float:
    """x to the power of the exponent, for x from 0 up; exact for the exponents 0, 1 and 2,
    which weights mostly have."""
    if exponent == 0.0:
        return 1.0
    if exponent == 1.0:
        return x
    if exponent == 2.0:
        return x * x
    if x <= 0.0:
        return 0.0
    return exponential_of(-exponent * minus_log(x))
