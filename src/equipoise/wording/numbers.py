"""Arguments that are numbers, checked where a room is entered: `numbers_checked` around an exported function.

Promises that text, nothing and what is not a number is refused by name before anything is computed, and that numbers
with which no calculation is possible are answered by a Finding. Reads the annotations; knows no function and no room.
"""

from __future__ import annotations

import functools
import inspect
import math
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

from equipoise.findings import Refusal
from equipoise.wording.words import TABLE

__all__ = ["NoNumber", "check_exported", "number_of", "numbers_checked"]

T = TypeVar("T", bound=Callable[..., Any])
_ONE = {"float": False, "int": False, "float | None": True, "int | None": True}
_SEVERAL = ("Sequence[float]", "tuple[float, float]")
_MANY = dict.fromkeys(_SEVERAL, False) | {f"{kind} | None": True for kind in _SEVERAL}


class NoNumber(Refusal, ValueError):
    """An argument that is a number was given something else: a Refusal with its Finding, and a ValueError."""


def number_of(given: Any) -> float:
    """What is given as a number; NaN where it is none, and of text."""
    try:
        return math.nan if isinstance(given, (str, bytes)) else float(given)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def numbers_checked(of: T, *, reads_itself: bool = False) -> T:
    """The function, which refuses what is no number for a parameter annotated as one; raises NoNumber.

    A room that reads its numbers itself (`reads_itself`) has nearer words; only whole numbers are asked of it first.
    Infinity is a number only where the parameter's own default is one, and within a sequence of numbers.
    """
    signature = inspect.signature(of)

    @functools.wraps(of)
    def checked(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs).arguments  # TypeError for an argument too many or too few
        for name, value in given.items():
            if not reads_itself or signature.parameters[name].annotation == "int":
                _check(of.__name__, signature.parameters[name], value)
        try:
            return of(*args, **kwargs)
        except (TypeError, AttributeError, ArithmeticError) as fault:
            for name, value in given.items():
                _check(of.__name__, signature.parameters[name], value)
            shown = ", ".join(f"{name}={value!r}"[:60] for name, value in given.items())
            raise NoNumber(TABLE.finding("argument.together", function=of.__name__, given=shown)) from fault

    return checked  # type: ignore[return-value]


def check_exported(of: dict[str, Any], names: Iterable[str], *, reads_itself: bool = False) -> None:
    """Check the numbers of every exported function of a room, whose names stand in `of`."""
    for name in names:
        if inspect.isfunction(of[name]):
            of[name] = numbers_checked(of[name], reads_itself=reads_itself)


def _check(function: str, parameter: inspect.Parameter, value: Any) -> None:
    kind = parameter.annotation
    if kind in _ONE and not (value is None and _ONE[kind]):
        infinite = isinstance(parameter.default, float) and math.isinf(parameter.default)
        if not _is_number(value, whole=kind.startswith("int"), infinite=infinite):
            _refuse(function, parameter.name, value, "number")
    elif kind in _MANY and not (value is None and _MANY[kind]):
        listed = isinstance(value, Iterable) and not isinstance(value, (str, bytes))
        if not listed or not all(_is_number(one, whole=False, infinite=True) for one in value):
            _refuse(function, parameter.name, value, "numbers")


def _is_number(value: Any, *, whole: bool, infinite: bool) -> bool:
    found = math.nan if isinstance(value, bool) else number_of(value)
    return (infinite and math.isinf(found)) or (math.isfinite(found) and (not whole or found.is_integer()))


def _refuse(function: str, name: str, value: Any, kind: str) -> NoReturn:
    raise NoNumber(TABLE.finding(f"argument.{kind}", name, parameter=name, function=function, given=repr(value)[:60]))
