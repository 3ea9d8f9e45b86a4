"""What people read: both languages where they belong, a source for every assumption, dates that exist.

Walks the plain data, because these hold in every clause alike.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from equipoise.protocol.anatomy import calendar_days, texts_of
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.shape_findings import CHINESE
from equipoise.wording import FIRST_DAY, LAST_DAY, Language

__all__ = ["check_day", "check_wording", "is_date", "is_datetime"]

_WORD = re.compile(r"[A-Za-z]{4,}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar, as YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_datetime(text: str) -> bool:
    """Whether the text is a day, with or without a time of day after it (ISO 8601)."""
    return is_date(text[:10]) and (
        len(text) == 10 or bool(re.fullmatch(r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", text[10:]))
    )


def check_wording(look: Inspection) -> None:
    """Languages, sources and dates."""
    study = look.protocol.study
    _walk(look, look.positions.data, ())
    if len(look.protocol.languages) == 1:
        _alone(look, look.protocol.languages[0])
    series = frozenset(match.group(1) for key in study.sources if (match := _KEY.fullmatch(key)))
    if series and isinstance(look.positions.data, dict):
        _sources(look, look.positions.data, (), series)
    for path, day in calendar_days(look.protocol):
        check_day(look, day, path)
    earlier = ""
    for i, amendment in enumerate(study.amendments):
        if is_date(amendment.date):
            if amendment.date < earlier:
                here = ("study", "amendments", i, "date")
                look.add("date.order", here, version=amendment.version, day=amendment.date, earlier=earlier)
            earlier = amendment.date
    if study.amendments and study.amendments[-1].version != study.version:
        amended = study.amendments[-1].version
        look.warn("study.version", ("study", "version"), version=study.version, amended=amended)


def _alone(look: Inspection, language: Language) -> None:
    """In a protocol of one language, whether its texts are in that language, as far as characters tell."""
    for path, text in texts_of(look.protocol):
        said = text.in_(language)
        if said.startswith("stand_in") or said in ("?", "？"):
            continue
        chinese = bool(CHINESE.search(said))
        if language == "zh" and not chinese and len(_WORD.findall(said)) > 3:
            look.warn("wording.not_chinese", path, text=said[:40])
        elif language == "en" and chinese and not _WORD.search(said):
            look.warn("wording.not_english", path, text=said[:40])


def check_day(look: Inspection, text: str, path: tuple[str | int, ...]) -> None:
    """Whether the text is a day that a trial may have to do with."""
    if text.startswith("stand_in"):
        return
    if not is_date(text):
        look.add("date.impossible" if _DATE.fullmatch(text) else "date.impossible/form", path, text=text)
    elif not FIRST_DAY <= text <= LAST_DAY:
        look.add("date.impossible/far", path, text=text, first=FIRST_DAY, last=LAST_DAY)


def _walk(look: Inspection, here: Any, path: tuple[str | int, ...]) -> None:
    if isinstance(here, dict):
        if len(here) == 2 and "en" in here and "zh" in here:
            _both(look, here["en"], here["zh"], path)
            return
        if here.get("assumption") is True and not here.get("source"):
            look.add("assumption.without_source", path)
        for key, value in here.items():
            if isinstance(value, (dict, list)):
                _walk(look, value, (*path, key))
    elif isinstance(here, list):
        for i, value in enumerate(here):
            if isinstance(value, (dict, list)):
                _walk(look, value, (*path, i))


_KEY = re.compile(r"\b([A-Z]{1,4})[0-9]{1,3}\b")


def _sources(look: Inspection, here: Any, path: tuple[str | int, ...], series: frozenset[str]) -> None:
    """A source may be named by its key in study.sources; a key that looks like the others and is not there is told."""
    known = look.protocol.study.sources
    for step, value in here.items() if isinstance(here, dict) else enumerate(here):
        if isinstance(value, (dict, list)):
            _sources(look, value, (*path, step), series)
        elif step == "source" and isinstance(value, str):
            for match in _KEY.finditer(value):
                if match.group(1) in series and match.group() not in known:
                    # No spelling is suggested: keys differ by their numbers, and another number is another source.
                    look.warn("source.unknown", (*path, "source"), key=match.group())


def _both(look: Inspection, en: Any, zh: Any, path: tuple[str | int, ...]) -> None:
    if len(look.protocol.languages) == 1:
        return
    if not isinstance(en, str) or not isinstance(zh, str):
        return
    if any(text in ("?", "？") or text.startswith("stand_in") for text in (en, zh)):
        return
    if CHINESE.search(en) and not CHINESE.search(zh):
        look.warn("wording.swapped", path)
    elif not CHINESE.search(zh) and (en != zh or len(_WORD.findall(en)) > 3):
        look.warn("wording.not_chinese", (*path, "zh"), text=zh[:40])
