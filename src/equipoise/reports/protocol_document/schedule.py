"""Item 18: the participant timeline, as the table of assessments that every investigator looks for first.

Rows are acts and forms, columns visits in their order; a repeated visit is one column that says how often.
"""

from __future__ import annotations

from equipoise.reports.protocol_document.blocks import Block, Bullets, Grid, Line, Paragraph, Row, Span, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.visits import Visit

__all__ = ["render_schedule"]


def render_schedule(page: Page) -> dict[str, list[Block]]:
    """Blocks of item 18."""
    visits = page.protocol.visits
    grid = Grid(
        page.w["schedule_caption"],
        page.w["visit"],
        _spans(page, visits),
        tuple(page.words(visit.label) for visit in visits),
        tuple((page.w[key], tuple(make(page, visit) for visit in visits)) for key, make in _HEADS),
        _rows(page, visits),
    )
    return {"18": [Paragraph(plain(page.w["schedule_lead"])), grid, *_notes(page, visits)]}


def _spans(page: Page, visits: tuple[Visit, ...]) -> tuple[tuple[str, int], ...]:
    spans: list[tuple[str, int]] = []
    for visit in visits:
        words = page.w[f"anchor_{visit.anchor or 'log'}"]
        if spans and spans[-1][0] == words:
            spans[-1] = (words, spans[-1][1] + 1)
        else:
            spans.append((words, 1))
    return tuple(spans)


def _day(page: Page, visit: Visit) -> Line:
    if visit.day is None:
        return plain("–")
    words = str(visit.day.value).replace("-", "−")
    what = f"{page.words(visit.label)}{page.w['colon']}{page.w['day']}"
    return (*plain(words), *page.standing(visit.day, what, words, short=True)) if visit.day.assumption else plain(words)


def _window(page: Page, visit: Visit) -> Line:
    before, after = visit.window.before, visit.window.after
    if not before and not after:
        return plain("–")
    words = f"±{before}" if before == after else f"−{before}/+{after}" if before else f"+{after}"
    what = f"{page.words(visit.label)}{page.w['colon']}{page.w['window']}"
    standing = page.standing(visit.window, what, words, short=True) if visit.window.assumption else ()
    return (*plain(words), *standing)


def _every(page: Page, visit: Visit) -> Line:
    if visit.repeat is None:
        return plain("–")
    plan = visit.repeat.value
    words = str(plan.every_days)
    what = f"{page.words(visit.label)}{page.w['colon']}{page.w['repeats']}"
    standing = page.standing(visit.repeat, what, page.say("repeat", every=words, count=plan.count), short=True)
    return (*plain(words), *standing) if visit.repeat.assumption else plain(words)


def _times(_page: Page, visit: Visit) -> Line:
    return plain("1" if visit.repeat is None else str(visit.repeat.value.count)) if visit.day else plain("–")


_HEADS = (("day", _day), ("window", _window), ("every", _every), ("times", _times))


def _rows(page: Page, visits: tuple[Visit, ...]) -> tuple[Row, ...]:
    rows = [Row((cell(page.w["schedule_enrolment"]),), group=True)]
    rows += [
        Row((cell(page.w[f"schedule_{act}"]), *(_mark(act in visit.act, visit) for visit in visits)))
        for act in ("consent", "enroll", "randomize")
    ]
    rows.append(Row((cell(page.w["schedule_assessments"]),), group=True))
    for form in page.protocol.forms:
        head = cell((Span(page.words(form.title), "ref", f"form-{form.id}"),))
        rows.append(Row((head, *(_mark(form.id in visit.forms, visit) for visit in visits))))
    return tuple(rows)


def _mark(here: bool, visit: Visit) -> tuple[Line, ...]:
    return cell(("○" if visit.optional else "●") if here else "")


def _notes(page: Page, visits: tuple[Visit, ...]) -> list[Block]:
    said: list[Line] = [plain(page.w["schedule_key"])]
    said += [plain(page.w["schedule_optional"])] if any(visit.optional for visit in visits) else []
    for visit in visits:
        if visit.when:
            said.append((*plain(page.say("visit_only_when", visit=page.words(visit.label))), Span(visit.when, "code")))
    return [
        Bullets(tuple(said)),
        Paragraph((*plain(page.w["see_interventions"]), Span("15a", "ref", "item-15a")), "note"),
    ]
