"""Queries for a terminal: what is asked, where, by whom, for how many days, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equipoise.cli.language import Voice
from equipoise.conduct.folder.query_list import ListedQuery
from equipoise.protocol.document import Protocol
from equipoise.words import Language

__all__ = ["query_lines"]


def query_lines(protocol: Protocol, listed: Sequence[ListedQuery], say: Voice) -> list[str]:
    """Each query with its steps, and how many there are."""
    if not listed:
        return [say("queries.none")]
    lines = [line for one in listed for line in _of_one(protocol, one, say)]
    counts = {status: sum(one.row["status"] == status for one in listed) for status in ("open", "answered", "closed")}
    return [*lines, say("queries.total", count=len(listed), **counts)]


def _of_one(protocol: Protocol, one: ListedQuery, say: Voice) -> list[str]:
    row = one.row
    place = _place(protocol, row, say)
    lines = [
        say(
            "queries.head",
            query=row["query"],
            status=say(f"queries.status_{row['status']}"),
            days=say.count("days", one.days),
            participant=row["participant"],
            site=row["site"],
            about=say("queries.about", place=place) if place else "",
        )
    ]
    for step in row["steps"]:
        by = say("queries.system") if step["system"] else step["by"]
        if step["what"] == "query_raised" and row["check"]:
            by = say("queries.by_check", check=row["check"])
        did = say(f"queries.step_{step['what'].removeprefix('query_')}", by=by, day=step["at"][:10])
        words = _said_in(step["text"], say.language)
        lines.append(say("queries.step", did=did) if not words else say("queries.step_said", did=did, words=words))
    return lines


def _said_in(text: Mapping[str, str], language: Language) -> str:
    """What was said, in the language where it was said in it, else as it was said."""
    return text.get(language) or text.get("said") or next(iter(text.values()), "")


def _place(protocol: Protocol, row: Mapping[str, Any], say: Voice) -> str:
    """Visit, form, row and items in words; by their ids alone where the protocol no longer has them."""
    language, parts = say.language, []
    if row["visit"] is not None:
        visit = protocol.visit_by_id.get(row["visit"])
        label = visit.label.in_(language) if visit is not None else row["visit"]
        repeated = visit is not None and (visit.repeat is not None or visit.kind == "log")
        parts.append(f"{label} ({row['occurrence']})" if repeated else label)
    if row["form"] is not None:
        form = protocol.form_by_id.get(row["form"])
        parts.append(form.title.in_(language) if form is not None else row["form"])
    if row["row"] is not None:
        parts.append(say("queries.row", group=row["group"], row=row["row"]))
    for name in row["items"]:
        known = protocol.item_by_id.get(name)
        parts.append(f"{known[2].label.in_(language)} ({name})" if known is not None else name)
    return say.join(parts, "queries.comma")
