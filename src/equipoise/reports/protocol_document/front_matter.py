"""Items 1a to 10: title, summary, version, people; open science; background and objectives.

Contact addresses, funders and conflicts of interest have no place in the protocol language: they are told as missing.
"""

from __future__ import annotations

from equipoise.conduct.acts import LABEL_OF
from equipoise.conduct.authority import IMPORTER, rights_of, roles_of
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.protocol_document.blocks import Block, Facts, Line, Paragraph, Row, Span, TableBlock, cell, plain
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import number
from equipoise.roles import Role

__all__ = ["render_front_matter", "roles_that"]

Parts = dict[str, list[Block]]


def render_front_matter(page: Page) -> Parts:
    """Blocks by item number."""
    study = page.protocol.study
    return {
        "1a": [_title(page)],
        "1b": [_summary(page)],
        "2": [
            page.facts(
                ("version", study.version),
                ("date", study.date),
                ("digest", (Span(protocol_digest(page.protocol), "code"),)),
            ),
            Paragraph(plain(page.w["digest_note"]), "note"),
        ],
        "3b": _sponsor(page),
        "3d": [_roles(page)],
        "4": _registration(page),
        "5": _access(page),
        "8": [*page.narrative("dissemination")],
        "9a": _background(page),
        "9b": _comparator(page),
        "10": [*page.narrative("objectives")],
    }


def roles_that(page: Page, act: str) -> str:
    """The roles that may do `act`, as an enumeration; empty when nobody may. An import is not a person."""
    return page.listed(
        [
            page.words(role.label)
            for role in roles_of(page.protocol).values()
            if act in role.acts and role.id != IMPORTER
        ]
    )


def _title(page: Page) -> Block:
    study = page.protocol.study
    other = study.title.en if page.language == "zh" else study.title.zh
    both = len(page.protocol.languages) > 1
    return page.facts(
        ("title", page.words(study.title)),
        ("title_other", (Span(other, lang="en" if page.language == "zh" else "zh-CN"),) if both else ()),
        ("short_title", page.words(study.short)),
        ("identifier", study.id),
        ("citation", page.text(study.citation)),
    )


def _summary(page: Page) -> Block:
    protocol = page.protocol
    primary = [e for e in protocol.endpoints if e.role == "primary"]
    design = protocol.design
    size = page.say("n_participants", n=design.participants.value) if design and design.participants else ""
    events = page.say("n_events", n=design.events.value) if design and design.events else ""
    criteria = protocol.eligibility.criteria if protocol.eligibility else ()
    counted = [sum(c.kind == kind for c in criteria) for kind in ("inclusion", "exclusion")]
    arms = tuple(plain(page.bracketed(page.words(arm.label), page.w[arm.role])) for arm in protocol.arms)
    people = page.say("n_criteria", inclusion=counted[0], exclusion=counted[1]) if criteria else page.w["not_stated"]
    outcomes = tuple(
        (*plain(page.words(e.label)), *page.standing(e, page.words(e.label), page.w["definition"])) for e in primary
    )
    sizes = page.w["comma"].join(filter(None, (size, events)))
    return Facts(
        (
            (page.w["phase"], cell(_phase(page))),
            (page.w["design_word"], cell(design_line(page))),
            (page.w["arms"], arms),
            (page.w["participants_word"], cell(people)),
            (page.w["primary_outcome"], outcomes),
            (
                page.w["sample_size"],
                cell((*plain(sizes), *_size_marks(page)) if sizes else page.w["not_stated"]),
            ),
            (page.w["sites_word"], cell(page.say("n_sites", n=len(protocol.sites)))),
            (
                page.w["dictionaries"],
                cell(page.foreign(named) if (named := dictionary_words(page)) else page.w["not_stated"]),
            ),
        )
    )


def _size_marks(page: Page) -> tuple[Span, ...]:
    design = page.protocol.design
    marks: tuple[Span, ...] = ()
    for name in ("participants", "events"):
        value = getattr(design, name)
        marks += page.standing(value, page.w[f"design_{name}"], number(value.value)) if value is not None else ()
    return marks


def _phase(page: Page) -> str:
    phase = page.protocol.study.phase
    return page.say("phase_of", phase=phase) if phase else page.w["not_stated"]


def design_line(page: Page) -> Line:
    """Parallel groups or one arm, the framework, the blinding, and the ratio with its standing, in one line."""
    plan, design = page.protocol.randomization, page.protocol.design
    ratio = ":".join(str(plan.ratio.value.get(arm.id, 0)) for arm in page.protocol.arms)
    one = len(page.protocol.arms) == 1
    parts = [page.w["parallel_one"] if one else page.say("parallel", n=len(page.protocol.arms))]
    parts += [page.w[f"question_{design.question}"]] if design else []
    parts += [page.w[f"blinding_{plan.blinding}"]]
    if one:  # nothing is allocated, so there is no ratio
        return plain(page.w["semicolon"].join(parts))
    parts += [page.say("ratio_of", ratio=ratio)]
    return (*plain(page.w["semicolon"].join(parts)), *page.standing(plan.ratio, page.w["ratio"], ratio))


def dictionary_words(page: Page) -> str:
    """The dictionaries with their versions, in one line."""
    named = page.protocol.dictionaries.named()
    return page.w["semicolon"].join(
        f"{page.w[f'dictionary_{kind}']}{page.w['colon']}{name}" for kind, name in named.items()
    )


def _sponsor(page: Page) -> list[Block]:
    sponsor = page.protocol.study.sponsor
    return [Paragraph(page.text(sponsor)), page.missing(page.w["contact"])] if sponsor else []


def _roles(page: Page) -> Block:
    roles = roles_of(page.protocol)
    own = {role.id for role in page.protocol.roles}
    roles = dict(sorted(roles.items(), key=lambda pair: pair[0] not in own))
    rows = tuple(_role_row(page, role, roles) for role in roles.values())
    heads = tuple(page.w[key] for key in ("role", "may_do", "where", "never_also"))
    return TableBlock(page.w["roles_caption"], heads, rows, (18, 48, 14, 20))


def _role_row(page: Page, role: Role, roles: dict[str, Role]) -> Row:
    barred = [page.words(roles[other].label) if other in roles else other for other in role.conflicts_with]
    rights = (*role.acts, *sorted(rights_of(role) - set(role.acts)))
    acts = page.listed([LABEL_OF[right][page.language == "zh"] for right in rights]) or page.w["reads_only"]
    where = page.w["own_site" if role.own_site_only else "all_sites"]
    return Row((cell(page.words(role.label)), cell(acts), cell(where), cell(page.listed(barred))))


def _registration(page: Page) -> list[Block]:
    known = page.protocol.study.registrations
    if not known:
        return []
    pairs = tuple(
        (page.w["registry_sponsor"] if name == "sponsor" else name, cell(value)) for name, value in known.items()
    )
    return [Facts(pairs), page.missing(page.w["registration_date"])]


def _access(page: Page) -> list[Block]:
    study = page.protocol.study
    said = [page.facts(("license", page.foreign(study.license or "")))] if study.license else []
    return [Paragraph(plain(page.w["plan_is_here"])), *said, page.missing(page.w["access_place"])]


def _background(page: Page) -> list[Block]:
    said, limits = page.narrative("background"), page.narrative("limitations")
    lead = [Paragraph((Span(page.w["limitations_lead"], "bold"),))] if limits else []
    return [*said, *lead, *limits]


def _comparator(page: Page) -> list[Block]:
    control = [arm for arm in page.protocol.arms if arm.role == "control"]
    if not control:
        return []
    names = page.listed([page.words(arm.label) for arm in control])
    return [Paragraph(plain(page.say("comparator_is", arm=names))), page.missing(page.w["comparator_reason"])]
