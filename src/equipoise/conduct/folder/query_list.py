"""Queries as people read them: what is asked, where, by whom, for how many days, and what was answered; in either language.

Answers from the queries' projection alone. Says nothing of arms: no query does. Days are whole days in UTC, counted to the
closing, or to the moment of looking; a rehearsal lives by its own clock, and is looked at on the day of its last entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from equipoise.conduct.folder.study import Study
from equipoise.conduct.state.query import UNCLOSED
from equipoise.findings import Refusal, Where, prose
from equipoise.protocol.document import Protocol
from equipoise.wording import Language

__all__ = ["ListedQuery", "day_of_looking", "days_between", "list_queries", "render_queries", "said_in"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "open": ("open", "待答复"), "answered": ("answered", "已答复"), "closed": ("closed", "已关闭"),
    "days": ("{days} days", "{days}天"), "day": ("1 day", "1天"), "by_check": ("the system, check {check}", "系统，核查 {check}"),
    "query_raised": ("asked by {by} on {day}", "{by}于{day}提出"), "query_answered": ("answered by {by} on {day}", "{by}于{day}答复"),
    "query_reopened": ("asked again by {by} on {day}", "{by}于{day}再次提出"), "query_closed": ("closed by {by} on {day}", "{by}于{day}关闭"),
    "erased": ("erased by {by} on {day}", "{by}于{day}删除"), "system": ("the system", "系统"), "none": ("No queries.", "没有质疑。"),
    "row": ("row {row}", "第{row}行"), "where": ("{participant} at {site}", "{participant}（{site}）"), "colon": (": ", "："),
    "comma": (", ", "，"), "total": ("{count} queries: {open} open, {answered} answered, {closed} closed", "质疑{count}条：待答复{open}，已答复{answered}，已关闭{closed}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedQuery:
    """One query of the list: `row` is what the projection keeps, `days` how long it was or has been unclosed."""

    row: Mapping[str, Any]
    days: int


def days_between(first: str, last: str) -> int:
    """Whole days between two instants of the ledger, by their dates in UTC; never below 0."""
    return max((date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days, 0)


def day_of_looking(environment: str, last_entry_at: str, now: datetime | None = None) -> str:
    """The instant up to which an open query has waited: now, or a rehearsal's last entry."""
    if environment == "rehearsal" and last_entry_at:
        return last_entry_at
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat()


def list_queries(
    study: Study,
    *,
    site: str | None = None,
    participant: str | None = None,
    statuses: Collection[str] = UNCLOSED,
    now: datetime | None = None,
) -> list[ListedQuery]:
    """Queries in the order in which they were raised. Raises Refusal for a site or participant that is not there."""
    sites = [known.id for known in study.protocol.sites]
    if site is not None and site not in sites:
        raise Refusal(
            prose("queries.site", Where(path=site), f"there is no site {site}", f"the sites are {', '.join(sites)}", "Choose one of these.")
        )  # fmt: skip
    if participant is not None and study.store.projected(study.id, "participants", participant) is None:
        raise Refusal(
            prose("participant.unknown", Where(path=participant), f"there is no participant {participant}", "nobody was screened under this number", "Check the number.")
        )  # fmt: skip
    head = study.store.head(study.id)
    last = next(iter(study.store.read(study.id, after=head.seq - 1)), None)
    until = day_of_looking(study.environment, last.at if last is not None else "", now)
    rows = sorted(study.store.projection(study.id, "queries").values(), key=lambda row: int(row["query"][1:]))
    return [
        ListedQuery(row, days_between(row["steps"][0]["at"], row["steps"][-1]["at"] if row["status"] == "closed" else until))
        for row in rows
        if row["status"] in statuses and site in (None, row["site"]) and participant in (None, row["participant"])
    ]  # fmt: skip


def said_in(text: Mapping[str, str], language: Language) -> str:
    """What was said, in the language where it was said in it, else as it was said."""
    return text.get(language) or text.get("said") or next(iter(text.values()), "")


def render_queries(study: Study, listed: Iterable[ListedQuery], language: Language) -> str:
    """The list for a terminal."""
    listed = list(listed)
    lines: list[str] = []
    for one in listed:
        row = one.row
        days = _say(language, "day" if one.days == 1 else "days", days=one.days)
        where = _say(language, "where", participant=row["participant"], site=row["site"])
        place = _place(study.protocol, row, language)
        comma, colon = _say(language, "comma"), _say(language, "colon")
        about = f"{colon}{place}" if place else ""
        lines.append(f"{row['query']}  {_say(language, row['status'])}{comma}{days}  {where}{about}")
        for step in row["steps"]:
            by = _say(language, "system") if step["system"] else step["by"]
            if step["what"] == "query_raised" and row["check"]:
                by = _say(language, "by_check", check=row["check"])
            words = said_in(step["text"], language)
            said = _say(language, step["what"], by=by, day=step["at"][:10])
            lines.append(f"    {said}{colon}{words}" if words else f"    {said}")
    counts = {status: sum(one.row["status"] == status for one in listed) for status in ("open", "answered", "closed")}
    total = _say(language, "total", count=len(listed), **counts) if listed else _say(language, "none")
    return "\n".join([*lines, total])


def _say(language: Language, word: str, **blanks: Any) -> str:
    return _WORDS[word][language == "zh"].format(**blanks)


def _place(protocol: Protocol, row: Mapping[str, Any], language: Language) -> str:
    """Visit, form, row and items in words; by their ids alone where the protocol no longer has them."""
    parts = []
    if row["visit"] is not None:
        visit = protocol.visit_by_id.get(row["visit"])
        label = visit.label.in_(language) if visit is not None else row["visit"]
        repeated = visit is not None and (visit.repeat is not None or visit.kind == "log")
        parts.append(f"{label} ({row['occurrence']})" if repeated else label)
    if row["form"] is not None:
        form = protocol.form_by_id.get(row["form"])
        parts.append(form.title.in_(language) if form is not None else row["form"])
    if row["row"] is not None:
        parts.append(f"{row['group']} {_say(language, 'row', row=row['row'])}")
    for name in row["items"]:
        known = protocol.item_by_id.get(name)
        parts.append(f"{known[2].label.in_(language)} ({name})" if known is not None else name)
    return _say(language, "comma").join(parts)
