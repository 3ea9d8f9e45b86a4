"""Numbers as a reader of trials meets them: estimates, p-values, confidence, lengths of time and amounts, for print.

What is computed keeps its digits; what is said loses them here and nowhere else. An amount that somebody planned or
gave loses none: what is printed reads back as what was entered. Knows no sentence and no table.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from decimal import Decimal, localcontext

from equipoise.units import days_to_months, days_to_years

__all__ = [
    "amount_text",
    "day_text",
    "measured_text",
    "number",
    "p_text",
    "percent_text",
    "percentage_text",
    "plainly",
    "ratio_text",
    "share_text",
    "time_text",
]

UNKNOWN = "–"
ENTERED_DIGITS = 12
"""Nobody enters an amount with more significant digits; beyond them stands what binary fractions leave behind."""
WORKED_OUT_DIGITS = 5
SHARE_DIGITS = 3


def number(value: float | None, digits: int = 2) -> str:
    """Fixed decimals with a real minus sign; an en dash for what is not known."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return UNKNOWN
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")


def ratio_text(value: float | None) -> str:
    """A ratio with two decimals, and with more where these would print 0, or 1 of what is not 1.

    >>> ratio_text(0.7), ratio_text(0.0031), ratio_text(0.9962), ratio_text(1.0)
    ('0.70', '0.003', '0.996', '1.00')
    """
    return _apart(value, 2, (0.0, 1.0))


def percentage_text(share: float | None, digits: int = 1) -> str:
    """100 times a share, without the sign, and with more decimals where these would print nobody or everybody of some.

    >>> percentage_text(0.3333), percentage_text(3 / 9000), percentage_text(0.9999), percentage_text(1.0)
    ('33.3', '0.03', '99.99', '100.0')
    """
    return _apart(None if share is None else 100 * share, digits, (0.0, 100.0, -100.0))


def measured_text(value: float | None, spread: float | None, digits: int = 1) -> str:
    """What was measured, with so many decimals that its spread (an error, a half width) has two significant digits.

    >>> measured_text(0.01234, 0.0042), measured_text(59.4539, 11.97), measured_text(3.25, None)
    ('0.0123', '59.5', '3.2')
    """
    digits = max(digits, _needed(value if spread is None else spread))
    return _apart(value, digits, (0.0,), most=digits + 2)


def _needed(spread: float | None) -> int:
    if spread is None or not math.isfinite(spread) or spread == 0:
        return 0
    return min(1 - math.floor(math.log10(abs(spread))), ENTERED_DIGITS)


def _apart(value: float | None, digits: int, marks: Collection[float], most: int = ENTERED_DIGITS) -> str:
    """A number with so many decimals that it does not print as one of the marks, unless it is that one."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    while digits < most and any(float(f"{value:.{digits}f}") == mark and abs(value - mark) > 1e-9 for mark in marks):
        digits += 1
    return number(value, digits)


def p_text(p: float | None, letter: str = "p", beside: float | None = None) -> str:
    """P-value as journals print it: "p = 0.34", three decimals below 0.1, and "p < 0.001".

    `beside`: the level that it is held against, from which it is told apart by as many digits as that needs.

    >>> p_text(0.04996), p_text(0.04996, beside=0.05), p_text(0.0008, beside=0.0005), p_text(0.0008, beside=0.05)
    ('p = 0.050', 'p = 0.04996', 'p = 0.0008', 'p < 0.001')
    """
    if p is None or not math.isfinite(p):
        return f"{letter} = {UNKNOWN}"
    if p < 0.001 and (beside is None or beside >= 0.001):
        return f"{letter} < 0.001"
    if p < 0.001:
        return f"{letter} = {_scarce(p, beside)}"
    digits = 3 if p < 0.0995 else 2
    while (
        beside is not None and digits < ENTERED_DIGITS and p != beside and f"{p:.{digits}f}" == f"{beside:.{digits}f}"
    ):
        digits += 1
    return f"{letter} = {p:.{digits}f}"


def _scarce(p: float, beside: float | None) -> str:
    """A p-value below 0.001 beside a level that is below it too: as many significant digits as tell them apart."""
    for digits in range(1, ENTERED_DIGITS):
        text = f"{p:.{digits}g}"
        if beside is None or p == beside or float(text) != float(f"{beside:.{digits}g}"):
            break
    return text


def day_text(day: float) -> str:
    """A day as it was written: 365, 30.5, and never with an exponent."""
    return str(int(day)) if float(day).is_integer() else f"{day!r}"


def percent_text(share: float) -> str:
    """A share as a percentage without needless digits: 0.95 is "95%"."""
    return f"{plainly(100 * share, ENTERED_DIGITS)}%"


def time_text(days: float | None, unit: str) -> str:
    """Days in the display unit, without its name; an en dash when not reached."""
    if days is None or not math.isfinite(days):
        return UNKNOWN
    if unit == "months":
        return f"{days_to_months(days):.1f}"
    if unit == "years":
        return f"{days_to_years(days):.2f}"
    return f"{days:.1f}".removesuffix(".0")


def amount_text(value: float | None, *, worked_out: bool = False) -> str:
    """An amount as people read it: every digit that was entered, none that was not, and never a power of ten.

    `worked_out` amounts (a dose by body surface, a quotient) have no last digit of their own: five significant ones,
    and all before the point.

    >>> amount_text(0.25), amount_text(180.00000000000003), amount_text(172.634218, worked_out=True)
    ('0.25', '180', '172.63')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return plainly(value, WORKED_OUT_DIGITS if worked_out else ENTERED_DIGITS)


def share_text(value: float | None, whole: Collection[float] = (0.0, 100.0)) -> str:
    """A share of what was planned, with three significant digits, and more where these would say nothing or all of it.

    >>> share_text(70.833333), share_text(99.98), share_text(0.0417)
    ('70.8', '99.98', '0.0417')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    for digits in range(SHARE_DIGITS, ENTERED_DIGITS):
        text = plainly(value, digits)
        if not any(float(text) == mark and abs(value - mark) > 1e-6 * max(mark, 1e-3) for mark in whole):
            break
    return text


_LONGEST = 700
"""The digits of the longest number there is, before and after its point."""


def plainly(value: float, digits: int) -> str:
    """So many significant digits, at least all before the point, without trailing zeros and powers of ten."""
    exact = Decimal(f"{value:.{max(digits, ENTERED_DIGITS) - 1}e}")
    with localcontext() as context:
        context.prec = _LONGEST
        exact = round(exact, max(digits - 1 - exact.adjusted(), 0)) if exact else Decimal(0)
    text = format(exact.normalize(), "f")
    return text.removeprefix("-") if float(text) == 0 else text
