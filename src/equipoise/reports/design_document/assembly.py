"""The whole design document in its order; one value that HTML and Markdown print."""

from __future__ import annotations

from equipoise.protocol.identity import protocol_digest
from equipoise.reports.design_document.closing import (
    cited_keys,
    render_identity,
    render_listed,
    render_references,
    render_simulation,
)
from equipoise.reports.design_document.material import Material, two_digits
from equipoise.reports.design_document.numbers import count, fixed, share
from equipoise.reports.design_document.question import render_question
from equipoise.reports.design_document.robustness import render_alternatives, render_tornado
from equipoise.reports.design_document.sizing import (
    render_assumed,
    render_calendar,
    render_methods,
    render_power,
    render_size,
)
from equipoise.reports.design_document.stated import render_stated
from equipoise.reports.design_document.stopping import render_foresight, render_looks, render_prior, render_rules
from equipoise.reports.design_document.toxicity import render_safety
from equipoise.reports.protocol_document.blocks import Block, Chapter, Document, Paragraph, Part, Span, plain

__all__ = ["assemble_design", "in_short"]

_CHAPTERS = (
    ("question", (("estimand", render_question),)),
    (
        "size",
        (
            ("assumptions", render_assumed),
            ("size", render_size),
            ("stated", render_stated),
            ("power", render_power),
            ("calendar", render_calendar),
            ("methods", render_methods),
        ),
    ),
    (
        "looks",
        (
            ("rules", render_rules),
            ("looks", render_looks),
            ("foresight", render_foresight),
            ("prior", render_prior),
            ("safety", render_safety),
        ),
    ),
    ("rests", (("tornado", render_tornado), ("alternatives", render_alternatives))),
    ("checks", (("simulation", render_simulation),)),
)


def assemble_design(m: Material) -> Document:
    """The document. Parts of which a design of this kind says nothing are left out, and the others numbered."""
    chapters: list[Chapter] = []
    for place, (name, parts) in enumerate(_CHAPTERS, 1):
        made = [(key, render(m)) for key, render in parts]
        chapters.append(_chapter(m, place, f"chapter_{name}", f"chapter-{name}", [(k, b) for k, b in made if b]))
    chapters = [chapter for chapter in chapters if chapter.parts]
    # What the sources of assumptions cite is only known once they are all listed.
    closing: list[tuple[str, list[Block]]] = [("listed", render_listed(m))]
    cited = cited_keys([*chapters, *closing])
    closing += [("references", render_references(m, cited)), ("identity", render_identity(m))]
    chapters.append(_appendices(m, closing))
    study = m.page.protocol.study
    version = m.say("version_of", version=study.version, date=study.date)
    registrations = [f"{name} {value}" for name, value in study.registrations.items() if name != "sponsor"]
    return Document(
        m.page.language,
        m.page.w["dd_kind" if m.plan.ratio is not None else "dd_kind_single"],
        m.page.words(study.title),
        " · ".join([m.page.words(study.short), version, *registrations]),
        " · ".join([study.id, m.page.w["dd_running"], version, protocol_digest(m.page.protocol)[:12]]),
        m.page.w["contents"],
        tuple(_lead(m)),
        tuple(chapters),
    )


def _chapter(m: Material, place: int, title: str, id_: str, parts: list[tuple[str, list[Block]]]) -> Chapter:
    made = (
        Part(f"{place}.{k}", f"part-{key}", m.page.w[f"part_{key}"], tuple(blocks))
        for k, (key, blocks) in enumerate(parts, 1)
    )
    return Chapter(id_, m.page.w[title], tuple(made))


def _appendices(m: Material, parts: list[tuple[str, list[Block]]]) -> Chapter:
    made = (
        Part(chr(ord("A") + k), f"part-{key}", m.page.w[f"part_{key}"], tuple(blocks))
        for k, (key, blocks) in enumerate(parts)
    )
    return Chapter("appendices", m.page.w["appendices"], tuple(made))


def in_short(m: Material) -> str:
    """The design in one sentence."""
    rule = m.plan.boundaries
    looks = m.page.w["looks_one"] if rule.looks == 1 else m.say("looks_many", n=rule.looks)
    shared = {
        "power": share(m.plan.power),
        "effect": m.effect_words,
        "sides": m.sides,
        "alpha": two_digits(rule.alpha),
        "looks": looks,
    }
    if m.survival is not None:
        s = m.survival
        month = fixed(s.duration, 1)
        return m.say(
            "short_survival", participants=count(s.arrivals.total), events=count(s.events), month=month, **shared
        )
    if m.is_survival:
        return m.say("short_events", events=count(m.appraisal.looks[-1].size), **shared)
    said = m.say("short_sample", participants=m.plan.participants, **shared)
    if m.calendar is None or m.calendar.months is None:
        return said
    return said + m.say("short_timed", month=fixed(m.calendar.assessed, 1))


def _lead(m: Material) -> list[Block]:
    said: list[Block] = [Paragraph((Span(in_short(m), "bold"),))]
    listed = m.page.register.listed
    if listed:
        words = m.say("notice", n=len(listed))
        said.append(
            Paragraph(
                (*plain(words), Span(m.page.w["part_listed"], "ref", "part-listed"), *plain(m.page.w["stop"])),
                "warning",
            )
        )
    return said
