"""Filling in a form: whatever is typed, the page is judged, in words of either language; and judging it again changes nothing.

Every form of the flagship is filled in with likely and unlikely answers; its derivations and checks are those of a real trial.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipoise.conduct.sheet import words
from equipoise.conduct.sheet.form_plan import FormPlan, plan_form
from equipoise.conduct.sheet.judging import Judgement, fill_again, judge_form
from equipoise.forms import Codelist, Item
from equipoise.knowledge.participant import Knowledge
from equipoise.knowledge.records import RecordRow
from equipoise.protocol.document import Protocol
from equipoise.protocol.reading import read_protocol
from equipoise.protocol.scope import participant_columns
from tests.chinese import unsaid
from tests.hunting import examples

FLAGSHIP = Path(__file__).resolve().parents[2] / "protocols" / "npc-nimotuzumab"
DAY = date(2026, 3, 2)
ODD = st.sampled_from(
    ["", "?", "yes", "12,5", "2026-02-30", "1066-10-14", "unrelated", -1, 10**9, "0.00001", True, 3.5]
)


@cache
def protocol() -> Protocol:
    return read_protocol(FLAGSHIP).protocol


@cache
def plan(form: str) -> FormPlan:
    return plan_form(protocol(), form, participant_columns(protocol()))


FORMS = [form.id for form in protocol().forms]


def likely(item: Item, codelist: Codelist | None) -> st.SearchStrategy:
    """What somebody may well enter for an item."""
    low, high = (item.hard.min, item.hard.max) if item.hard else (0, 100)
    match item.type:
        case "integer":
            return st.integers(int(low or 0), int(high or 100))
        case "decimal":
            digits = item.decimals if item.decimals is not None else 2
            return st.floats(float(low or 0), float(high or 100)).map(lambda x: f"{x:.{digits}f}")
        case "boolean":
            return st.booleans()
        case "code":
            return st.sampled_from([code.code for code in codelist.codes])
        case "date" | "datetime":
            days = st.integers(-200, 200).map(lambda n: (DAY + timedelta(days=n)).isoformat())
            return days if item.type == "date" else days.map(lambda day: f"{day}T08:30")
        case _:
            return st.sampled_from(["T1", "T2", "seen", "肝"])


@st.composite
def pages(draw, name: str, *, odd: bool):
    """Values and groups of a page; `odd` answers are among them where asked for, and here and there an answer is missing."""

    form = plan(name)

    def row(table: str | None) -> dict:
        answers = {}
        for item, codelist in form.tables[table]:
            if item.id in form.filled_in or item.id in form.form.advised_items():
                continue
            kinds = [likely(item, codelist)] * 6 + [st.none()] + ([ODD] if odd else [])
            answers[item.id] = draw(st.one_of(kinds))
        return answers

    return row(None), {g.id: [row(g.id) for _ in range(draw(st.integers(0, 3)))] for g in form.form.groups}


def judged(form: FormPlan, values, groups) -> Judgement:
    knowledge = Knowledge(protocol(), {}, {}, participant_columns(protocol()))
    return judge_form(form, values, groups, knowledge, at=("", 1, DAY.isoformat()), overrides={})


def entered(form: FormPlan, page: Judgement):
    """What somebody would have typed to get the page."""
    values = {name: value for name, value in page.values.items() if name not in form.filled_in}
    rows = {g: [{n: v for n, v in row.items() if n not in form.filled_in} for row in r] for g, r in page.groups.items()}
    return values, rows


def stays(form: FormPlan, page: Judgement) -> bool:
    """Whether the page, judged again and filled in again, is what it was."""
    again = judged(form, *entered(form, page))
    named = page.values.get(form.form.date_item) if form.form.date_item else None
    record = RecordRow("P1", "", 1, form.form.id, str(named or DAY)[:10], 1, page.values, page.groups)
    filled = fill_again(form, record, Knowledge(protocol(), {}, {}, participant_columns(protocol())), [])
    return (again.values, again.groups) == (page.values, page.groups) == filled


def untold(page: Judgement) -> list[str]:
    """What is wrong with the Chinese of a page's Findings; rules and labels of the protocol are names."""
    names = {rule for _, item in of_all() for rule in (item.shown_when, item.required_when, item.computed) if rule}
    names |= {check.rule for form in protocol().forms for check in form.checks}
    return [wrong for issue in page.issues for wrong in unsaid(issue.finding, names)]


def of_all():
    return [pair for form in protocol().forms for pair in form.all_items()]


@pytest.mark.parametrize("form", FORMS)
@given(st.data())
@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_whatever_is_typed_is_judged_and_told_in_chinese_too(form, data):
    page = judged(plan(form), *data.draw(pages(form, odd=True)))
    assert set(page.values) == plan(form).names[None]
    assert untold(page) == []
    for issue in page.issues:
        assert issue.finding.tell("en")
        assert issue.names


@pytest.mark.parametrize("form", FORMS)
@given(st.data())
@settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_a_page_that_was_judged_stays_as_it_is_when_it_is_judged_or_filled_in_again(form, data):
    page = judged(plan(form), *data.draw(pages(form, odd=False)))
    # What is asked only now and then is cleared, as whoever reads the Findings would clear it.
    while any(issue.finding.code == "form.not_shown" for issue in page.issues):
        page = judged(plan(form), *entered(plan(form), page))
    assert stays(plan(form), page)


def derived_page() -> tuple[FormPlan, Judgement]:
    """A page with an item that a medical rule fills in, and a value for it."""
    for name in FORMS:
        form = plan(name)
        answers = {
            i.id: 1 if i.type == "integer" else "170.0"
            for i, _ in form.tables[None]
            if i.type in ("integer", "decimal")
        }
        page = judged(form, {n: v for n, v in answers.items() if n not in form.filled_in}, {})
        if any(page.values[n] is not None for n in form.following & page.values.keys()):
            return form, page
    raise AssertionError("no form of the flagship derives anything")


def test_control_a_derived_value_that_does_not_follow_is_noticed():
    form, page = derived_page()
    assert stays(form, page)
    name = next(n for n in sorted(form.following & page.values.keys()) if page.values[n] is not None)
    assert not stays(form, replace(page, values={**page.values, name: "-7"}))


def test_control_a_finding_in_english_alone_is_noticed(monkeypatch):
    said = words.TABLE.words["form.unknown_item"]
    monkeypatch.setitem(words.TABLE.words, "form.unknown_item", replace(said, zh=said.en))
    form = plan(FORMS[0])
    assert untold(judged(form, {"no_such_item_anywhere": 1}, {}))
