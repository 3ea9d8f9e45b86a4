"""Item 28b: the safety stopping rules, in sentences and as a table of how many events are too many.

Also for the design document.
"""

from __future__ import annotations

from collections.abc import Sequence

from equipoise.design.safety_clause import BetaBinomial, Pocock, SafetyRule
from equipoise.planning.safety import SafetyBound, safety_bounds
from equipoise.reports.protocol_document.blocks import Block, Line, Row, Span, Subheading, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import named, number, percent

__all__ = ["boundary_words", "bounds_table", "ranges", "render_safety_rules", "rule_facts"]


def render_safety_rules(page: Page) -> list[Block]:
    """Every rule."""
    blocks: list[Block] = []
    for rule in page.protocol.safety_rules:
        blocks += [
            Subheading(page.words(rule.label), f"safety-{rule.id}"),
            rule_facts(page, rule),
            bounds_table(page, rule),
        ]
    return blocks


def rule_facts(page: Page, rule: SafetyRule) -> Block:
    """What is counted among whom, when it is too much, and what happens then."""
    chosen = next((page.words(s.label) for s in page.protocol.sets if s.id == rule.set), rule.set)
    arms = {arm.id: page.words(arm.label) for arm in page.protocol.arms}
    whose = page.listed([arms.get(arm, arm) for arm in rule.arms]) or page.w["safety_together"]
    words = boundary_words(page, rule)
    event: Line = (*plain(named(page, rule.event)), Span(f" {rule.event}", "code"))
    return page.facts(
        ("safety_event", event),
        ("safety_among", chosen),
        ("safety_arms", whose),
        ("safety_boundary", (*plain(words), *page.standing(rule.boundary, page.words(rule.label), words))),
        ("safety_action", page.text(rule.action)),
        ("safety_note", page.text(rule.note)),
    )


def boundary_words(page: Page, rule: SafetyRule) -> str:
    """The boundary in one sentence."""
    plan = rule.boundary.value
    rate = percent(plan.acceptable)
    if isinstance(plan, BetaBinomial):
        a, b = plan.prior
        words = page.say("safety_beta", a=number(a), b=number(b), certainty=percent(plan.certainty), rate=rate)
    elif isinstance(plan, Pocock):
        words = page.say("safety_pocock", probability=percent(plan.probability), rate=rate)
    else:
        words = page.say("safety_exact", level=percent(plan.level), rate=rate)
    looks = page.say("safety_looks", first=plan.first, every=plan.every, most=plan.participants)
    return words + page.w["semicolon"] + looks


def bounds_table(page: Page, rule: SafetyRule) -> TableBlock:
    """How many events of how many participants are too many, looks with the same number together."""
    rows = tuple(
        Row(
            (cell(f"{low}–{high}" if high > low else str(low)), cell(str(events) if events else page.w["safety_never"]))
        )
        for low, high, events in ranges(safety_bounds(rule.boundary.value))
    )
    heads = tuple(page.w[key] for key in ("safety_participants", "safety_too_many"))
    return TableBlock(page.say("safety_table", rule=page.words(rule.label)), heads, rows, (50, 50), dense=True)


def ranges(bounds: Sequence[SafetyBound]) -> list[tuple[int, int, int | None]]:
    """Runs of looks with the same number of events: first and last number of participants, and the events."""
    found: list[tuple[int, int, int | None]] = []
    for bound in bounds:
        if found and found[-1][2] == bound.events:
            found[-1] = (found[-1][0], bound.participants, bound.events)
        else:
            found.append((bound.participants, bound.participants, bound.events))
    return found
