"""The design on one screen of a terminal, for a statistician: needed beside stated, the looks, and what it all rests
on.
"""

from __future__ import annotations

from equipoise.planning.appraisal import Appraisal
from equipoise.planning.design_plan import DesignPlan
from equipoise.protocol.document import Protocol
from equipoise.reports.columns import GAP, columns
from equipoise.reports.design_document.material import Material, two_digits
from equipoise.reports.design_document.numbers import fixed, p_value, share, whole, z_value
from equipoise.reports.design_document.robustness import assumption_name, assumption_value, world_name
from equipoise.reports.design_document.stated import stated_rows
from equipoise.reports.design_document.toxicity import safety_line
from equipoise.reports.protocol_document.values import percent, spending
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["terminal_lines"]


@literals_checked
def terminal_lines(protocol: Protocol, plan: DesignPlan, appraisal: Appraisal, language: Language = "en") -> list[str]:
    """The lines, at most some thirty of at most a hundred columns."""
    m = Material.of(protocol, plan, appraisal, language)
    lines = [*_head(m), ""]
    heads = [m.page.w[key] for key in ("quantity", "head_stated", "head_follows", "head_difference")]
    lines += columns([heads, *([str(c) for c in row] for row in stated_rows(m))], left=(0, 3))
    lines += ["", *_looks(m), *_rules(m)]
    lines += [safety_line(m, rule) for rule in protocol.safety_rules]
    rests = _rests(m)
    return [*lines, *(["", *rests] if rests else []), "", m.page.w["term_more"]]


def _head(m: Material) -> list[str]:
    w, study, rule = m.page.w, m.page.protocol.study, m.plan.boundaries
    comma = w["comma"]
    first = " · ".join([f"{study.id} {study.version}", m.endpoint, w[f"question_{m.plan.question}"]])

    def told(words: str, clause: object) -> str:
        return f"{words}*" if getattr(clause, "assumption", False) else words

    design = m.design
    effect = design.hazard_ratio or (design.rates or design.means).experimental  # type: ignore[union-attr]
    parts = [
        told(f"{m.measure} {m.effect_words}" if design.hazard_ratio else m.effect_words, effect),
        told(f"α {two_digits(rule.alpha)}", design.alpha),
        told(m.sides, design.sides),
        told(f"{w['term_head_power']} {percent(design.power.value)}", design.power),
    ]
    if m.plan.ratio is not None:
        parts.append(told(m.ratio_words, m.page.protocol.randomization.ratio))
    words = comma.join(parts)
    return [first, f"{words}{GAP}(* {w['term_assumed']})" if "*" in words else words]


def _looks(m: Material) -> list[str]:
    w, looks = m.page.w, m.appraisal.looks
    timed, futile = any(look.month is not None for look in looks), any(look.lower is not None for look in looks)
    one_sided = m.plan.boundaries.sides == 1
    sizes = (
        "term_head_events" if m.is_survival else "term_head_people" if m.attendance is None else "term_head_assessed"
    )
    heads = [w["term_look"], w["term_head_info"], w[sizes]]
    heads += [w["term_head_people"], w["term_head_month"]] if timed else []
    heads += [w["term_head_z"], w["term_head_p"], w["term_head_effect"], w["term_head_alpha"], w["term_head_power"]]
    heads += [w["term_head_futility"], w["term_head_effect"]] if futile and one_sided else []
    rows = [heads]
    for look in looks:
        row = [str(look.number), percent(round(look.fraction, 4)), whole(look.size)]
        row += [whole(look.participants), fixed(look.month, 1)] if timed else []
        row += [
            z_value(look.upper),
            p_value(look.nominal_p),
            fixed(look.effect_upper, 3),
            fixed(look.alpha_spent, 4),
            share(look.power),
        ]
        row += [z_value(look.lower), fixed(look.effect_lower, 3)] if futile and one_sided else []
        rows.append(row)
    return columns(rows)


def _rules(m: Material) -> list[str]:
    comma = m.page.w["semicolon"]
    words = [spending(m.page, clause.value) for clause in (m.design.spending, m.design.futility) if clause is not None]
    if m.survival is not None:
        words.append(m.page.w[f"method_{m.survival.method}"])
        words.append(
            m.say(
                "term_expected",
                events=fixed(m.survival.expected_events_h1, 1),
                null=fixed(m.survival.expected_events_h0, 1),
            )
        )
    return [comma.join(words)] if words else []


def _rests(m: Material) -> list[str]:
    w = m.page.w
    rows: list[list[str]] = []
    for place, one in enumerate(m.plan.sensitivity[:3]):
        low, high = (assumption_value(m, one, end.value) for end in (one.low, one.high))
        powers = f"{share(one.low.power)} / {share(one.high.power)}"
        rows.append([w["term_sensitive"] if place == 0 else "", f"{assumption_name(m, one)} {low} / {high}", powers])
    delays = [world for world in m.appraisal.alternatives if world.changed == "delay_months"]
    for place, world in enumerate(delays):
        rows.append([w["term_delay"] if place == 0 else "", world_name(m, world), share(world.power)])
    others = [one for one in m.appraisal.methods if not one.used and one.power is not None]
    for place, other in enumerate(o for o in others if o.method in ("freedman", "lakatos")):
        rows.append([w["term_formulae"] if place == 0 else "", w[f"method_{other.method}"], share(other.power)])
    if not rows:
        return []
    return columns([["", "", w["term_head_power"]], *rows], left=(0, 1))
