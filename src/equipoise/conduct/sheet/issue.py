"""One thing that is wrong with a page, and the items that it is about. Knows no rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from equipoise.conduct.sheet import words
from equipoise.findings import Finding
from equipoise.words import Phrase, Words

__all__ = ["Issue", "asked", "in_order", "judged_alone", "said_by"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A Finding about a page; `names` are the items it is about. `check` is set when it is soft: what to confirm."""

    finding: Finding
    names: frozenset[str]
    check: str | None = None


_FIRST = {
    "form.soft": "form.soft/first",
    "form.soft/check": "form.soft/check_first",
    "form.soft/medicine": "form.soft/medicine_first",
}


def in_order(issues: Sequence[Issue]) -> list[Issue]:
    """The same issues; a soft one whose answers a hard check or rule refuses as well says what comes first.

    A reason confirms only what is asked: offered alone beside a refusal of the same answers, it would never be enough.
    """
    hard = [one for one in issues if one.check is None and one.finding.code in ("form.check", "form.medicine")]
    return [one if not any(_covers(other, one) for other in hard) else _after_it(one) for one in issues]


def _covers(hard: Issue, one: Issue) -> bool:
    """Whether a refusal is about all that a soft issue asks, in the same row where both are about rows."""
    rows = [re.findall(r"\[(\d+)\]", issue.finding.where.path) for issue in (hard, one)]
    return one.check is not None and one.names <= hard.names and (not rows[0] or rows[0] == rows[1])


def _after_it(one: Issue) -> Issue:
    key = _FIRST[one.finding.wording.partition(": ")[2]]
    return replace(one, finding=words.finding(key, one.finding.where, **one.finding.facts))


def judged_alone(finding: Finding) -> Finding:
    """The same of one value that is corrected by itself: an answer that needs another one is not mended that way."""
    key = {"form.check": "form.check/alone", "form.not_shown": "form.not_shown/alone"}.get(finding.code)
    if key is None or finding.severity != "error":
        return finding
    return words.finding(key, finding.where, **finding.facts)


def said_by(said: Words, facts: Any) -> tuple[Phrase, Phrase, Phrase]:
    """What, why and mend of somebody else's words, each as a fact of our own."""
    what, why, mend = (Phrase(en, zh, facts) for en, zh in zip(said.en, said.zh, strict=True))
    return what, why, mend


def asked(path: str, what: Phrase, why: Phrase, check: str, names: frozenset[str]) -> Issue:
    """A soft fault: whoever looked at the source again may confirm it with a reason."""
    return Issue(words.finding("form.soft", path, what=what, why=why, check=check), names, check)
