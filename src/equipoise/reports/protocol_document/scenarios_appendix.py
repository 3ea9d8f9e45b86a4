"""The appendix of scenarios: in which ways the trial may go, for rehearsal and simulation. No fact about people.

What is the same in several scenarios is printed once, with the scenarios in which it holds when these are not all.
"""

from __future__ import annotations

from typing import Any

from equipoise.design import Distribution, Outcome, Scenario
from equipoise.design.scenario import Follow, SiteHabits
from equipoise.reports.protocol_document.blocks import Block, Cell, Line, Paragraph, Row, Span, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import (
    accrual,
    distribution,
    hazard,
    number,
    percent,
    ratios_over_time,
    scenario_names,
)
from equipoise.wording import Sourced

__all__ = ["render_scenarios"]


def render_scenarios(page: Page) -> list[Block]:
    """Settings side by side, then items, then outcomes."""
    if not page.protocol.scenarios:
        return []
    return [
        Paragraph(plain(page.w["scenarios_lead"])),
        *_settings(page),
        *_latents(page),
        *_items(page),
        *_rows(page),
        *_outcomes(page),
        *_follows(page),
    ]


_SIDE_BY_SIDE = 3
"""Scenarios that fit beside one another as columns."""


def _settings(page: Page) -> list[Block]:
    """Side by side; of more scenarios what is common to all, and then where they differ, a row for each."""
    scenarios = page.protocol.scenarios
    columns = [dict(_settings_of(page, scenario)) for scenario in scenarios]
    names = list(dict.fromkeys(name for column in columns for name in column))
    if len(scenarios) <= _SIDE_BY_SIDE:
        heads = (page.w["setting_word"], *(page.words(scenario.label) for scenario in scenarios))
        rows = tuple(Row((cell(name), *(column.get(name, ()) for column in columns))) for name in names)
        width = (100 - 28) // len(scenarios)
        return [TableBlock(page.w["settings_caption"], heads, rows, (28, *([width] * len(scenarios))))]
    differ = [name for name in names if any(column.get(name) != columns[0].get(name) for column in columns)]
    common = tuple(Row((cell(name), columns[0][name])) for name in names if name not in differ)
    heads = (page.w["scenario_word"], *differ)
    rows = tuple(
        Row((cell(page.words(scenario.label)), *(column.get(name, ()) for name in differ)))
        for scenario, column in zip(scenarios, columns, strict=True)
    )
    width = (100 - 26) // max(1, len(differ))
    return [
        TableBlock(page.w["settings_caption"], (page.w["setting_word"], page.w["value_word"]), common, (40, 60)),
        TableBlock(page.w["settings_differ"], heads, rows, (26, *([width] * len(differ))), dense=True),
    ]


def _settings_of(page: Page, scenario: Scenario) -> list[tuple[str, Cell]]:
    w = page.w
    said: list[tuple[str, Cell]] = [
        (w["identifier"], cell((Span(scenario.id, "code"),))),
        (w["start"], cell(scenario.start)),
    ]
    follow_up = page.say("n_months", n=number(scenario.follow_up_months.value))
    values: list[tuple[str, Sourced[Any] | None, str]] = [
        ("design_accrual", scenario.accrual, accrual(page, scenario.accrual.value)),
        ("design_follow_up_months", scenario.follow_up_months, follow_up),
    ]
    for name in (
        "prevalence",
        "screen_failure",
        "withdrawal_per_month",
        "missed_visit",
        "late_entry_days",
        "typing_error",
        "outside_window",
        "monitoring_days",
        "queried",
        "query_days",
        "deviation",
        "duplicate",
        "wrong_stratum",
    ):
        value: Sourced[float] | None = getattr(scenario, name)
        if value is not None:
            share = not name.endswith(("_days", "_month"))
            values.append((f"scenario_{name}", value, percent(value.value) if share else number(value.value)))
    for key, given, words in values:
        if given is not None:
            said.append((w[key], cell((*plain(words), *page.standing(given, w[key], words, short=True)))))
    if scenario.site_shares:
        total = sum(scenario.site_shares.values())
        shares = [f"{site} {percent(round(share / total, 3))}" for site, share in scenario.site_shares.items()]
        said.append((w["site_shares"], cell(w["semicolon"].join(shares))))
    if scenario.sites:
        said.append(
            (w["scenario_habits"], cell(*(_habits(page, site, given) for site, given in scenario.sites.items())))
        )
    return said


def _habits(page: Page, site: str, given: Sourced[SiteHabits]) -> Line:
    """One site's habits, in the words of the scenario's own."""
    parts = [
        f"{page.w[f'scenario_{name}']} {number(value) if name.endswith('_days') else percent(value)}"
        for name, value in given.value.model_dump(exclude_none=True).items()
    ]
    words = page.w["semicolon"].join(parts)
    mark = page.standing(given, f"{page.w['scenario_habits']}{page.w['colon']}{site}", words, short=True)
    return (*plain(f"{site}{page.w['colon']}{words}"), *mark)


Plans = dict[tuple[str, str], tuple[list[Scenario], list[Sourced[Any]]]]


def _plans(page: Page, part: str) -> Plans:
    """Each way in which something comes about, with the scenarios in which it does."""
    found: Plans = {}
    for scenario in page.protocol.scenarios:
        for name, plan in getattr(scenario, part).items():
            holders = found.setdefault((name, plan.model_dump_json()), ([], []))
            holders[0].append(scenario)
            holders[1].append(plan)
    return found


def _latents(page: Page) -> list[Block]:
    rows = tuple(
        _drawn(page, (Span(name, "code"),), name, *held) for (name, _), held in _plans(page, "latents").items()
    )
    heads = (page.w["latent"], page.w["comes_about"])
    return [TableBlock(page.w["latents_caption"], heads, rows, (36, 64), dense=True)] if rows else []


def _rows(page: Page) -> list[Block]:
    """How many rows groups have, which come again, and when visits take place."""
    groups = {group.id: page.words(group.label) for form in page.protocol.forms for group in form.groups}
    rows = []
    for part, head in (("rows", "rows_of"), ("visit_days", "days_of")):
        for (name, _), held in _plans(page, part).items():
            visit = page.protocol.visit_by_id.get(name)
            label = groups.get(name, name) if part == "rows" else page.words(visit.label) if visit else name
            rows.append(_drawn(page, plain(f"{page.w[head]}{label}"), name, *held))
    kept = {(group, items) for one in page.protocol.scenarios for group, items in one.same_rows.items()}
    for group, items in sorted(kept):
        labels = [
            page.words(page.protocol.item_by_id[n][2].label) if n in page.protocol.item_by_id else n for n in items
        ]
        words = page.say("same_rows_kept", items=page.listed(labels)) if labels else page.w["same_rows_of"]
        rows.append(Row((cell(plain(f"{page.w['rows_of']}{groups.get(group, group)}")), cell(words))))
    heads = (page.w["question"], page.w["comes_about"])
    return [TableBlock(page.w["rows_caption"], heads, tuple(rows), (36, 64), dense=True)] if rows else []


def _drawn(page: Page, head: Line, name: str, scenarios: list[Scenario], plans: list[Sourced[Any]]) -> Row:
    words, rule = distribution(page, None, plans[0].value)
    what = f"{page.w['virtual']}{page.w['colon']}{name}"
    marks = [page.standing(plan, what, words or rule, short=True) for plan in plans]
    where = scenario_names(page, scenarios)
    about: Line = (Span(f"{page.w['only_in']}{where}", "small"),) if where else ()
    code: Line = (Span(rule, "code"),) if rule else ()
    return Row((cell(head, about), cell((*plain(words), *marks[0]), code)))


def _follows(page: Page) -> list[Block]:
    found: dict[str, tuple[list[Scenario], Follow]] = {}
    for scenario in page.protocol.scenarios:
        for follow in scenario.follows:
            found.setdefault(follow.model_dump_json(), ([], follow))[0].append(scenario)
    rows = tuple(_followed(page, scenarios, follow) for scenarios, follow in found.values())
    heads = (page.w["follows_record"], page.w["records"])
    return [TableBlock(page.w["follows_caption"], heads, rows, (40, 60), dense=True)] if rows else []


def _followed(page: Page, scenarios: list[Scenario], follow: Follow) -> Row:
    forms = {form.id: page.words(form.title) for form in page.protocol.forms}
    rule: Line = (*plain(page.w["modifier_when"]), Span(follow.when, "code")) if follow.when else ()
    where = scenario_names(page, scenarios)
    about: Line = (Span(f"{page.w['only_in']}{where}", "small"),) if where else ()
    days = page.say("follows_days", a=number(follow.days[0]), b=number(follow.days[1]))
    head = cell((*plain(forms.get(follow.after, follow.after)), *rule), days, about)
    sets = [_set(page, name, plan) for name, plan in follow.sets.items()]
    return Row((head, cell(forms.get(follow.form, follow.form), (Span(follow.id, "code"),), *sets)))


def _items(page: Page) -> list[Block]:
    rows = []
    for (name, _), (scenarios, plans) in _plans(page, "items").items():
        item = page.protocol.item_by_id[name][2] if name in page.protocol.item_by_id else None
        label = page.words(item.label) if item else name
        words, rule = distribution(page, item, plans[0].value)
        marks = [
            page.standing(
                plan,
                page.bracketed(f"{page.w['virtual']}{page.w['colon']}{label}", name),
                words or rule,
                short=True,
            )
            for plan in plans
        ]
        where = scenario_names(page, scenarios)
        about: Line = (Span(f"{page.w['only_in']}{where}", "small"),) if where else ()
        code: Line = (Span(rule, "code"),) if rule else ()
        rows.append(Row((cell(label, (Span(name, "code"),), about), cell((*plain(words), *marks[0]), code))))
    heads = (page.w["question"], page.w["comes_about"])
    return [TableBlock(page.w["scenario_items_caption"], heads, tuple(rows), (36, 64), dense=True)] if rows else []


def _outcomes(page: Page) -> list[Block]:
    found: dict[tuple[str, str], list[tuple[Scenario, Outcome]]] = {}
    for scenario in page.protocol.scenarios:
        for outcome in scenario.outcomes:
            same = outcome.model_dump_json(exclude={"hazard_ratio", "modifiers"})
            found.setdefault((outcome.id, same), []).append((scenario, outcome))
    rows = tuple(_outcome(page, held) for held in found.values())
    heads = tuple(page.w[key] for key in ("outcome", "hazard", "design_hazard_ratio", "records"))
    return [TableBlock(page.w["outcomes_caption"], heads, rows, (22, 24, 24, 30), dense=True)] if rows else []


def _outcome(page: Page, held: list[tuple[Scenario, Outcome]]) -> Row:
    outcome = held[0][1]
    form = page.protocol.form_by_id.get(outcome.form)
    where = scenario_names(page, [scenario for scenario, _ in held])
    lines: list[Line | str] = [page.words(form.title) if form else outcome.form, (Span(outcome.id, "code"),)]
    lines += [(*plain(page.w["after_outcome"]), Span(outcome.after, "code"))] if outcome.after else []
    lines += [page.w["ends_all"]] if outcome.ends else []
    lines += [page.say("outcome_times", times=str(outcome.times))] if outcome.times > 1 else []
    lines += [(Span(f"{page.w['only_in']}{where}", "small"),)] if where else []
    what = f"{page.w['virtual']}{page.w['colon']}{outcome.id}{page.w['comma']}{page.w['hazard']}"
    words = hazard(page, outcome.hazard.value)
    marks = [page.standing(one.hazard, what, words, short=True) for _, one in held]
    if outcome.cured is not None:
        share = page.say("cured_share", share=percent(outcome.cured.value))
        about = (*plain(share), *page.standing(outcome.cured, what, share, short=True))
        lines.append(about)
    sets = [_set(page, name, plan) for name, plan in outcome.sets.items()]
    return Row((cell(*lines), cell((*plain(words), *marks[0])), _ratios(page, held), cell(*sets)))


def _set(page: Page, name: str, plan: Distribution) -> Line:
    item = page.protocol.item_by_id[name][2] if name in page.protocol.item_by_id else None
    words, rule = distribution(page, item, plan)
    head = plain(f"{page.words(item.label) if item else name}{page.w['colon']}")
    if plan.rule is not None:  # the rule says it all
        return (*head, Span(rule, "code"))
    return (*head, *plain(f"{words} " if rule else words), *((Span(rule, "code"),) if rule else ()))


def _ratios(page: Page, held: list[tuple[Scenario, Outcome]]) -> Cell:
    lines: dict[Line, list[Scenario]] = {}
    for scenario, outcome in held:
        for line in _ratios_of(page, outcome):
            lines.setdefault(line, []).append(scenario)
    if all(len(scenarios) == len(held) for scenarios in lines.values()):
        return tuple(lines)
    return tuple(
        (Span(f"{page.listed([page.words(s.label) for s in scenarios])}{page.w['colon']}", "small"), *line)
        for line, scenarios in lines.items()
    )


def _ratios_of(page: Page, outcome: Outcome) -> list[Line]:
    arms = {arm.id: page.words(arm.label) for arm in page.protocol.arms}
    what = f"{page.w['virtual']}{page.w['colon']}{outcome.id}{page.w['comma']}{page.w['design_hazard_ratio']}"
    said: list[Line] = []
    if outcome.hazard_ratio is not None:
        words = page.w["semicolon"].join(f"{arms.get(a, a)} {number(v)}" for a, v in outcome.hazard_ratio.value.items())
        said.append((*plain(words), *page.standing(outcome.hazard_ratio, what, words, short=True)))
    for sourced in outcome.modifiers:
        plan = sourced.value
        words = arms.get(plan.arm, plan.arm) if plan.arm else page.w["both_arms"]
        words += f" {ratios_over_time(page, plan)}"
        mark = page.standing(sourced, what, words, short=True)
        rule: Line = (*plain(page.w["modifier_when"]), Span(plan.when, "code")) if plan.when else ()
        said.append((*plain(words), *rule, *mark))
    return said
