"""The first chapter: what the trial asks, and of whom (ICH E9(R1))."""

from __future__ import annotations

from equipoise.reports.design_document.material import Material, paragraph
from equipoise.reports.protocol_document.blocks import Block
from equipoise.reports.protocol_document.outcomes import render_estimand
from equipoise.reports.protocol_document.values import number

__all__ = ["render_question"]


def render_question(m: Material) -> list[Block]:
    """The comparison, the hypotheses, and the estimands of the endpoint that the design rests on."""
    framework = m.page.w[f"question_{m.plan.question}"]
    if m.plan.ratio is None:
        said: list[Block] = [
            paragraph(
                m.say("question_single", question=framework, endpoint=m.endpoint, experimental=m.arm("experimental"))
            )
        ]
    else:
        arms = {role: m.arm(role) for role in ("experimental", "control")}
        said = [paragraph(m.say("question_lead", question=framework, endpoint=m.endpoint, ratio=m.ratio_words, **arms))]
        if m.is_survival:
            side = m.say(f"benefit_{m.plan.benefit}", margin=number(m.plan.margin))
            said.append(paragraph(_hypotheses(m, arms) + m.page.w["between"] + side))
        else:
            said.append(paragraph(m.say(f"speaks_{m.plan.benefit}", measure=m.estimate, margin=number(m.plan.margin))))
    estimands = [e for e in m.page.protocol.estimands if e.endpoint == m.plan.endpoint]
    # The estimand of the planned primary analysis; where no analysis names one, the first of the endpoint.
    named = {a.estimand for a in m.page.protocol.analyses if a.role == "primary" and a.endpoint == m.plan.endpoint}
    chosen = [e for e in estimands if e.id in named] or estimands[:1]
    for estimand in chosen:
        said += render_estimand(m.page, estimand)
    return said if chosen else [*said, m.page.missing(m.page.w["no_estimand"])]


def _hypotheses(m: Material, arms: dict[str, str]) -> str:
    margin = number(m.plan.margin)
    below = m.plan.benefit == "below"
    signs = ("=", "≠") if m.plan.boundaries.sides == 2 else ("≥", "<") if below else ("≤", ">")
    return m.say(
        "hypothesis_survival",
        null=f"h {signs[0]} {margin}",
        alternative=f"h {signs[1]} {margin}",
        effect=m.effect_words,
        **arms,
    )
