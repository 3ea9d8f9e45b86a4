"""Acts of which each brings one date about that does not agree with another, for somebody who was rehearsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from equipoise.conduct.acts import Act, CorrectDate, CorrectValue, RecordForm, Screen, Withdraw
from equipoise.conduct.authority import roles_of
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import Study
from equipoise.conduct.following.noticed_days import has_window, tells_death
from equipoise.virtual.people import appointments

__all__ = ["answers_to_days"]

NOW = datetime(2031, 6, 1, tzinfo=UTC)


def answers_to_days(study: Study, answer: Callable[[Desk, Act, str], str]) -> Iterator[str]:
    """What the desk says to each of them, by somebody of the participant's site who may."""
    entries = list(study.store.read(study.id))
    allocated = [e for e in entries if e.kind == "allocated" and e.participant]
    if not allocated:
        return
    desk, roles = study.desk(lambda: NOW), roles_of(study.protocol)
    for last in allocated[-3:]:
        own = [e for e in entries if e.participant == last.participant and e.payload]
        for act in _acts(study, own, str(last.participant), str(last.site)):
            may = (
                one.person
                for one in appointments(study.protocol)
                if one.site in (None, last.site) and act.right in roles[one.role].acts
            )
            yield answer(desk, act, next(may, "nobody"))


def _acts(study: Study, own: list[Any], name: str, site: str) -> Iterator[Act]:
    said = {e.kind: e.payload for e in own}
    opened = next(e.payload["date"] for e in study.store.read(study.id, kinds=("site_opened",)) if e.site == site)
    yield CorrectDate(name, "enrollment", _days(said["allocated"]["date"], 1), "x")
    yield Screen("TOO-EARLY", site, _days(opened, -1))
    forms = {form.id: form for form in study.protocol.forms}
    seen = {
        (e.payload["visit"], e.payload["form"]): e.payload["observed"][:10]
        for e in own
        if e.kind == "form_recorded" and e.payload["observed"]
    }
    since = [day for (visit, _), day in seen.items() if study.protocol.visit_by_id[visit].anchor == "randomization"]
    if since:
        yield Withdraw(name, _days(max(since), -1), "x", "follow_up")
    free = [one for one in study.protocol.visits if one.kind == "scheduled" and not has_window(one)]
    for visit, later in zip(free, [*free, None][1:], strict=True):
        for form in visit.forms:
            item, day = forms[form].date_item, seen.get((later.id, form)) if later else max(since, default=None)
            if item and day and (visit.id, form) in seen:
                yield CorrectValue(name, visit.id, form, item, _days(day, 1), "x")
    for visit in study.protocol.visits:
        for form in (forms[one] for one in visit.forms if visit.kind == "log" and forms[one].date_item):
            items = {str(form.date_item)}
            day = _days(max(since), -1) if since and tells_death(study.protocol, items) else None
            if form.domain == "AE":
                day = _days(said["consented"]["date"], -1)
            if day is not None:
                yield RecordForm(name, visit.id, form.id, {str(form.date_item): day}, occurrence=90)


def _days(day: str, later: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=later)).isoformat()
