"""The notes of a grade as remarks to a site: what was found, why it matters, what would mend it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from equipoise.medicine.ctcae.words import TABLE
from equipoise.medicine.method import Remark
from equipoise.words import Phrase, fields_of

__all__ = ["remark_of"]

_ABOUT: Mapping[str, tuple[str, ...]] = {
    "limits_invalid": ("lln", "uln"),
    "lln_missing": ("lln",),
    "uln_missing": ("uln",),
    "baseline_missing": ("baseline",),
    "baseline_invalid": ("baseline",),
    "symptoms_assumed": ("symptoms",),
}


def remark_of(
    code: str,
    *,
    value: str,
    unit: str,
    term: Mapping[str, str],
    listed: str = "",
    names: tuple[str, ...] | None = None,
) -> Remark:
    """The remark that belongs to a note."""
    about = names if names is not None else _ABOUT.get(code, ("value",))
    name = Phrase(term.get("en", ""), term.get("zh", ""))
    facts = {"value": value, "unit": unit, "listed": listed, "term": name}
    told = fields_of(*TABLE.words[code].en)
    return TABLE.remark(code, *about, **{fact: said for fact, said in facts.items() if fact in told})
