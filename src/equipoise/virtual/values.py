"""How a virtual participant's item comes about: by the scenario's distribution, or by what the item itself allows.

A value is made from uniforms by inverting a distribution function, so that the same uniforms give the same value and a
number that does not fit its range is never drawn. Values are canonical, as a person would enter them. Without a
distribution a number lies in the middle of its soft range, and a code is any of its codelist.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import NormalDist
from typing import Any

from equipoise.design import Distribution
from equipoise.design.distribution import CORRELATION_OF_A_PAIR
from equipoise.forms import Item
from equipoise.forms.qualified_numbers import SIGNS
from equipoise.numerals import amount_text
from equipoise.virtual.words import phrase
from equipoise.words import Phrase

__all__ = ["Asked", "default_value", "default_words", "drawn_number", "drawn_value", "entered"]

_NORMAL = NormalDist()
_REMARKS = {
    "en": ("No remarks", "As expected", "See source document", "Discussed with the participant"),
    "zh": ("无特殊", "如预期", "见原始记录", "已与参与者沟通"),
}
QUALIFIED_BY_DEFAULT = 0.1
DAY_NOT_KNOWN_BY_DEFAULT = 0.1
MONTH_NOT_KNOWN_BY_DEFAULT = 1 / 30
Tells = Callable[[str], Any]
"""The value of a rule at this moment."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question at one moment: three uniforms, the day of the visit, the codes to choose from, the last answer.

    `level` in (0, 1) is where the participant tends to lie among others, so that repeated numbers resemble each other;
    None where nothing is repeated. `wide` draws from everything that the item can hold. `redrawn`: an earlier answer
    did not fit, so that habit and likelihood no longer hold an item without a distribution back.
    """

    item: Item
    uniforms: tuple[float, float, float]
    day: date
    codes: tuple[str, ...] = ()
    last: Any = None
    level: float | None = None
    language: str = "en"
    is_date_item: bool = False
    wide: bool = False
    redrawn: bool = False


def entered(item: Item, value: Any) -> Any:
    """A computed value as a person would enter it: decimals as text with the item's digits, dates in ISO form."""
    if value is None:
        return None
    match item.type:
        case "integer":
            return round(float(value))
        case "decimal":
            return _decimal(item, float(value))
        case "qualified_number":
            return value if isinstance(value, str) else _decimal(item, float(value))
        case "boolean":
            return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")
        case "date":
            return value.isoformat()[:10] if isinstance(value, date) else str(value)[:10]
        case "partial_date":
            return value.isoformat()[:10] if isinstance(value, date) else str(value)
        case "datetime":
            return value.isoformat() if isinstance(value, datetime) else str(value)
        case _:
            return str(value)


def _digits(item: Item) -> int:
    return 1 if item.decimals is None else item.decimals


def _decimal(item: Item, value: float) -> str:
    text = f"{value:.{_digits(item)}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def _limits(item: Item, *, soft: bool) -> tuple[float | None, float | None]:
    """The limits of numbers, the soft ones within the hard ones."""
    low = high = None
    for range_ in (item.hard, item.soft if soft else None):
        if range_ is not None:
            low = float(range_.min) if range_.min is not None else low
            high = float(range_.max) if range_.max is not None else high
    return low, high


def _within(item: Item, value: float, low: float | None, high: float | None) -> float:
    """`value` rounded as the item is entered, and moved by one step where rounding led out of the range."""
    step = 1.0 if item.type == "integer" else 10.0 ** -_digits(item)
    rounded = round(value / step) * step
    if low is not None and rounded < low:
        rounded = math.ceil(low / step - 1e-9) * step
    if high is not None and rounded > high:
        rounded = math.floor(high / step + 1e-9) * step
    return rounded


def _truncated(mean: float, sd: float, uniform: float, low: float | None, high: float | None) -> float:
    """The normal distribution between two limits, by inversion."""
    if sd <= 0:
        return min(max(mean, low if low is not None else mean), high if high is not None else mean)
    below = _NORMAL.cdf((low - mean) / sd) if low is not None else 0.0
    above = _NORMAL.cdf((high - mean) / sd) if high is not None else 1.0
    share = below + uniform * (above - below)
    if not 1e-12 < share < 1 - 1e-12:
        return low if low is not None and share <= 0.5 else high if high is not None else mean
    return mean + sd * _NORMAL.inv_cdf(share)


def _leaning(uniform: float, level: float | None, correlation: float = CORRELATION_OF_A_PAIR) -> float:
    """A uniform that resembles `level`: the normal scores of both, mixed so that two records correlate as asked."""
    if level is None or correlation <= 0:
        return uniform
    own = math.sqrt(correlation) * _NORMAL.inv_cdf(_open(level))
    return _NORMAL.cdf(own + math.sqrt(1 - correlation) * _NORMAL.inv_cdf(_open(uniform)))


def _open(uniform: float) -> float:
    return min(max(uniform, 1e-12), 1 - 1e-12)


def _weighted(weights: Mapping[str, float], uniform: float) -> str:
    mark = uniform * sum(weights.values())
    for key, weight in weights.items():
        mark -= weight
        if mark < 0:
            return key
    return [key for key, weight in weights.items() if weight > 0][-1]


def _nothing(_rule: str) -> Any:
    return None


def drawn_value(asked: Asked, how: Distribution, known: Mapping[str, Any], tells: Tells = _nothing) -> Any:
    """The item's value under its distribution; `known` gives dates by name, `tells` the values of its rules.

    None where a rule that it needs is not yet known.
    """
    item, uniform = asked.item, asked.uniforms[0]
    if how.missing > 0 and asked.uniforms[1] < how.missing:
        return None
    if how.value is not None:
        return entered(item, how.value)
    if how.rule is not None:
        return entered(item, tells(how.rule))
    if how.choice is not None:
        return entered(item, _weighted(how.choice, uniform))
    if how.days_after is not None:
        return _days_after(item, how, known, uniform)
    if how.choice_by is not None or how.chance is not None:
        return entered(item, _by_rule(how, uniform, tells))
    low, high = _limits(item, soft=False)
    number = _number(how, uniform, asked.level, (low, high), tells)
    return None if number is None else entered(item, _within(item, number, low, high))


def drawn_number(how: Distribution, uniform: float, tells: Tells) -> float | str | bool | None:
    """What a distribution gives where no item asks: a latent, a number of rows, a day."""
    if how.value is not None:
        return how.value
    if how.choice is not None:
        return _weighted(how.choice, uniform)
    if how.choice_by is not None or how.chance is not None:
        return _by_rule(how, uniform, tells)
    if how.rule is not None:
        told = tells(how.rule)
        return None if told is None else float(told)
    return _number(how, uniform, None, (None, None), tells)


def _by_rule(how: Distribution, uniform: float, tells: Tells) -> str | bool | None:
    if how.chance is not None:
        chance = tells(how.chance)
        return None if chance is None else uniform < chance
    for one in how.choice_by or ():
        if one.when is None or tells(one.when) is True:
            return _weighted(one.choice, uniform)
    return None


Limits = tuple[float | None, float | None]


def _number(how: Distribution, uniform: float, level: float | None, limits: Limits, tells: Tells) -> float | None:
    """A number by inversion, within the item's limits and the distribution's own."""
    if how.uniform is not None:
        least, most = how.uniform
        # As a pair of numbers makes values that last in a participant.
        return least + _leaning(uniform, level) * (most - least)
    spread = how.spread
    assert spread is not None  # a distribution has exactly one kind
    mean, sd = _told(spread.mean, tells), _told(spread.sd, tells)
    if mean is None or sd is None:
        return None
    bounds = (_told(how.min, tells), _told(how.max, tells))
    low = max((b for b in (limits[0], bounds[0]) if b is not None), default=None)
    high = min((b for b in (limits[1], bounds[1]) if b is not None), default=None)
    share = _leaning(uniform, level, spread.correlation)
    if how.normal is not None:
        return _truncated(mean, sd, share, low, high)
    logs = [math.log(limit) if limit is not None and limit > 0 else None for limit in (low, high)]
    return math.exp(min(_truncated(mean, sd, share, *logs), 700.0))


def _told(value: float | str | None, tells: Tells) -> float | None:
    told = tells(value) if isinstance(value, str) else value
    return None if told is None else float(told)


def _days_after(item: Item, how: Distribution, known: Mapping[str, Any], uniform: float) -> str | None:
    origin = known.get(how.from_ or "")
    if not isinstance(origin, date) or how.days_after is None:
        return None
    first, last = how.days_after
    days = math.floor(first + uniform * (last - first + 1)) if last > first else round(first)
    return str(entered(item, origin + timedelta(days=min(days, math.floor(max(first, last))))))


def default_value(asked: Asked) -> Any:
    """A sensible value for an item that the scenario says nothing about."""
    item, (uniform, _, other) = asked.item, asked.uniforms
    match item.type:
        case "boolean":
            return uniform < 0.5
        case "code":
            if asked.last in asked.codes and other < 0.8 and not (asked.wide or asked.redrawn):
                return asked.last
            return asked.codes[int(uniform * len(asked.codes))]
        case "integer" | "decimal":
            return _default_number(asked)
        case "qualified_number":
            return _qualified(asked)
        case "date":
            return _default_date(asked)
        case "partial_date":
            return _partly_known(asked)
        case "datetime":
            return f"{asked.day.isoformat()}T{8 + int(uniform * 9):02d}:{int(other * 60):02d}:00"
        case _:
            remarks = _REMARKS[asked.language]
            return remarks[int(uniform * len(remarks))]


def default_words(item: Item) -> Phrase:
    """What `default_value` supposes of an item, in both languages."""
    match item.type:
        case "boolean" | "code" | "datetime":
            said = phrase(f"what.{item.type}")
        case "integer" | "decimal" | "qualified_number":
            least, most = _default_range(item)
            ends = {"low": amount_text(least), "high": amount_text(most)}
            said = phrase("what.number", middle=amount_text((least + most) / 2, worked_out=True), **ends)
        case "date" | "partial_date":
            said = phrase("what.born" if _is_birth(item) else "what.date")
        case _:
            said = phrase("what.text")
    return said if item.required else phrase("what.optional", what=said)


def _is_birth(item: Item) -> bool:
    return "birth" in item.id.lower() or "birth" in item.label.en.lower()


def _default_range(item: Item, *, soft: bool = True) -> tuple[float, float]:
    """Between what a number without a distribution lies: its range; from 0 to 100, or to twice its lower limit."""
    low, high = _limits(item, soft=soft)
    least = low if low is not None else min(0.0, high if high is not None else 0.0)
    return least, high if high is not None else (least * 2 if least > 0 else least + 100)


def _default_number(asked: Asked) -> Any:
    item, uniform = asked.item, asked.uniforms[0]
    least, most = _default_range(item, soft=not asked.wide)
    hard_low, hard_high = _limits(item, soft=False)
    if asked.wide:
        value = least + uniform * (most - least)
    else:
        share = uniform if asked.redrawn else _leaning(uniform, asked.level)
        value = _truncated((least + most) / 2, (most - least) / 5, share, least, most)
    return entered(item, _within(item, value, hard_low, hard_high))


def _qualified(asked: Asked) -> Any:
    """A number as the laboratory reports it: one in ten bears one of its item's qualifiers, as values at the limits of
    an assay do.
    """
    number, lot = _default_number(asked), asked.uniforms[2]
    if lot >= QUALIFIED_BY_DEFAULT:
        return number
    qualifiers = tuple(asked.item.qualifiers)
    qualifier = qualifiers[int(lot / QUALIFIED_BY_DEFAULT * len(qualifiers))]
    return f"{qualifier}{number}" if qualifier in SIGNS else qualifier


def _partly_known(asked: Asked) -> str:
    """A date of which, where the item lets it, one in ten lacks the day and one in thirty the month as well."""
    day, lot = _default_date(asked), asked.uniforms[2]
    if asked.is_date_item or asked.item.at_least == "day" or lot >= DAY_NOT_KNOWN_BY_DEFAULT:
        return day
    return day[:4] if lot < MONTH_NOT_KNOWN_BY_DEFAULT and asked.item.at_least in ("nothing", "year") else day[:7]


def _default_date(asked: Asked) -> str:
    """The day of the visit for the form's own date; else a day of the two weeks before it; a birthday decades before.

    Drawn again, it may lie up to three months before.
    """
    item, uniform = asked.item, asked.uniforms[0]
    if asked.is_date_item and not asked.redrawn:
        return asked.day.isoformat()
    born = _is_birth(item)
    reach = 90 if asked.redrawn else 15
    day = asked.day - timedelta(days=int(365.25 * (20 + 55 * uniform)) if born else int(reach * uniform * uniform))
    if item.hard is not None:
        day = max(day, date.fromisoformat(str(item.hard.min))) if item.hard.min is not None else day
        day = min(day, date.fromisoformat(str(item.hard.max))) if item.hard.max is not None else day
    return day.isoformat()
