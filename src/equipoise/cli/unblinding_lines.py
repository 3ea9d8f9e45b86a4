"""The monitor's report of unblindings for a terminal: each with its reason, then the sites and their rates."""

from __future__ import annotations

from equipoise.cli.language import Voice
from equipoise.conduct.folder.unblindings import ListedUnblinding, Unblindings
from equipoise.numerals import percentage_text
from equipoise.reports.columns import columns

__all__ = ["unblinding_lines"]


def unblinding_lines(found: Unblindings, say: Voice) -> list[str]:
    """Every unblinding, the sites, and what was assessed afterwards by who knew."""
    lines = [line for one in found.listed for line in _of_one(one, say)] or [say("unblindings.none")]
    heads = [say(f"unblindings.{name}") for name in ("site", "randomized", "unblinded", "rate", "why")]
    rows = [
        [
            one.site,
            str(one.randomized),
            str(one.unblinded),
            "–" if one.rate is None else f"{percentage_text(one.rate)}%",
            say.join(say("unblindings.of_category", category=_why(c, say), n=n) for c, n in one.categories.items()),
        ]
        for one in found.sites
    ]
    lines += ["", *columns([heads, *rows], left=(0, 4))]
    if (bare := sum(one.without_event for one in found.sites)) > 0:
        lines.append(say("unblindings.without_event", n=bare))
    if found.later:
        lines += ["", say("unblindings.later", n=len(found.later))]
    for one in found.later:
        facts = {"entry": one.entry, "participant": one.participant, "by": one.by, "day": one.at[:10]}
        lines.append(say("unblindings.later_one", **facts, form=one.form, items=say.join(one.items)))
    return lines


def _why(category: str, say: Voice) -> str:
    return say(f"unblindings.{category}")


def _of_one(one: ListedUnblinding, say: Voice) -> list[str]:
    """Who, when, why; who knows the arm; who had to be told that it happened."""
    facts = {"entry": one.entry, "participant": one.participant, "site": one.site, "day": one.date, "by": one.by}
    lines = [say("unblindings.head", **facts, why=_why(one.category, say))]
    lines.append(say("unblindings.reason", reason=one.reason))
    if one.event is not None:
        lines.append(say("unblindings.event", event=one.event))
    knows = [*([one.by] if one.told else []), *one.known_to]
    lines.append(say("unblindings.knows", people=say.join(knows)))
    lines.append(say("unblindings.notices", people=say.join(one.notices) or say("unblindings.nobody")))
    return lines
