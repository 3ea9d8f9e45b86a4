"""The appendices that describe the data: case report forms, codelists, derived variables.

Every item with its type, unit, ranges, conditions and checks: what a site fills in and what the desk will ask back.
"""

from __future__ import annotations

from collections.abc import Iterable

from equipoise.forms import Check, Codelist, Derivation, Form, Item, StoredAdvice
from equipoise.medicine.catalogue import method_of
from equipoise.reports.protocol_document.blocks import (
    Block,
    Cell,
    Line,
    Paragraph,
    Row,
    Span,
    Subheading,
    TableBlock,
    cell,
    plain,
)
from equipoise.reports.protocol_document.page import Page
from equipoise.reports.protocol_document.values import named, number, range_words, unit
from equipoise.variables import Variable

__all__ = ["render_codelists", "render_forms", "render_variables"]


def render_forms(page: Page) -> list[Block]:
    """One subheading with tables for each form."""
    lead: list[Block] = [Paragraph(plain(page.w["forms_lead"]))]
    return [*lead, *(block for form in page.protocol.forms for block in _form(page, form))]


def _form(page: Page, form: Form) -> list[Block]:
    about: list[Line] = [(Span(form.id, "code"),)]
    about += [plain(page.say("domain", domain=form.domain))] if form.domain else []
    if form.date_item and form.date_item in page.protocol.item_by_id:
        about.append(plain(page.say("dated_by", item=page.words(page.protocol.item_by_id[form.date_item][2].label))))
    visits = [page.words(visit.label) for visit in page.protocol.visits if form.id in visit.forms]
    about += [plain(page.say("recorded_at", visits=page.w["semicolon"].join(visits)))] if visits else []
    title = page.words(form.title)
    about += [page.standing(form, title, page.w["whole_form"])[1:]] if form.assumption else []
    line: list[Span] = []
    for part in about:
        line += [*plain(" · " if line else ""), *part]
    blocks: list[Block] = [Subheading(page.words(form.title), f"form-{form.id}"), Paragraph(tuple(line), "note")]
    blocks += [Paragraph(page.text(form.instructions))] if form.instructions else []
    rows = [_item(page, form, item) for item in form.items]
    for group in form.groups:
        limits = page.say("rows_from", n=group.min_rows) + (
            page.say("rows_to", n=group.max_rows) if group.max_rows else ""
        )
        rows.append(
            Row(
                (
                    cell(
                        (
                            *plain(page.words(group.label)),
                            *plain(page.w["comma"] + page.say("repeating", limits=limits)),
                        )
                    ),
                ),
                group=True,
            )
        )
        rows += [_item(page, form, item) for item in group.items]
    heads = tuple(page.w[key] for key in ("question", "type", "ranges", "when_asked"))
    blocks.append(
        TableBlock(page.say("items_of", form=page.words(form.title)), heads, tuple(rows), (36, 22, 18, 24), dense=True)
    )
    if form.derivations:
        made = tuple(_medical_rule(page, derivation) for derivation in form.derivations)
        heads = tuple(page.w[key] for key in ("medical_rule", "rests_on", "fills_in"))
        title = page.say("derivations_of", form=page.words(form.title))
        blocks.append(TableBlock(title, heads, made, (40, 34, 26), dense=True))
    for advice in form.advice:
        blocks.append(_advice(page, advice))
    if form.checks:
        checks = tuple(_check(page, check) for check in form.checks)
        blocks.append(
            TableBlock(
                page.say("checks_of", form=page.words(form.title)),
                (page.w["check"], page.w["message"]),
                checks,
                (42, 58),
                dense=True,
            )
        )
    return blocks


def _advice(page: Page, advice: StoredAdvice) -> Paragraph:
    labels = (page.words(t.label) for arm in page.protocol.arms for t in arm.regimen if t.id == advice.treatment)
    items = [page.words(page.protocol.item_by_id[name][2].label) for name in advice.gives.values()]
    treatment = next(labels, advice.treatment)
    return Paragraph(plain(page.say("advice_kept", treatment=treatment, items=page.listed(items))), "note")


def _medical_rule(page: Page, one: Derivation) -> Row:
    method = method_of(one.method)
    meaning = one.method if method is None else method.meaning[page.language]
    about = page.say("by_rule", method=meaning, version=one.version) if one.version else meaning
    chosen = page.w["semicolon"].join(f"{name} = {_choice(value)}" for name, value in one.options.items())
    lines: list[Line] = [(*plain(about), *page.standing(one, about, one.id)), (Span(one.id, "code"),)]
    lines += [plain(page.say("with_options", options=chosen))] if chosen else []
    lines += [plain(method.source)] if method is not None else []
    lines += [page.text(one.note)] if one.note else []
    return Row((cell(*lines), _names(one.rests_on()), _names(one.gives.values())))


def _choice(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _names(names: Iterable[str]) -> Cell:
    return cell(*((Span(name, "code"),) for name in dict.fromkeys(names)))


def _item(page: Page, form: Form, item: Item) -> Row:
    cdash = f" · {item.cdash}" if item.cdash else ""
    name: Line = (Span(item.id, "code"), *((Span(cdash, "small"),) if cdash else ()))
    help_ = tuple(Span(s.text, s.style or "small", s.target) for s in page.text(item.help))
    private: Line = (Span(page.w["is_identifying"], "bold"),) if item.identifying else ()
    return Row(
        (
            cell(page.words(item.label), name, help_, private),
            _type(page, item),
            _ranges(page, item),
            _when(page, form, item),
        ),
        id=f"item-{item.id}",
    )


def _type(page: Page, item: Item) -> Cell:
    words = page.w[f"type_{item.type}"]
    if item.unit:
        words += f"{page.w['comma']}{unit(page, item.unit)}"
    if item.decimals is not None:
        words += f"{page.w['comma']}{page.say('decimals', n=item.decimals)}"
    link: Line = (Span(item.codelist, "ref", f"codelist-{item.codelist}"),) if item.codelist else ()
    return cell(words, link, *(plain(one) for one in (*_imputation(page, item), *_qualifiers(page, item))))


def _imputation(page: Page, item: Item) -> list[str]:
    """How much of a date must be known, and which day stands in for the rest."""
    if item.type != "partial_date":
        return []
    lines, how = [page.w[f"leastknown_{item.at_least}"]], item.impute
    if how is None:
        return [*lines, page.w["not_imputed"]]
    if how.day is not None:
        lines.append(page.say("impute_day", how=page.w[f"fillday_{how.day}"]))
    if how.month is not None:
        lines.append(page.say("impute_month", how=page.w[f"fillmonth_{how.month}"]))
    for key, names in (("impute_not_before", how.not_before), ("impute_not_after", how.not_after)):
        lines += [page.say(key, names=page.listed([named(page, name) for name in names]))] if names else []
    return lines


def _qualifiers(page: Page, item: Item) -> list[str]:
    """What a value with each qualifier counts as."""
    return [
        page.say(
            "counts_as",
            qualifier=qualifier,
            counts=page.w[f"counts_{counts}"] if isinstance(counts, str) else number(counts),
        )
        for qualifier, counts in item.qualifiers.items()
    ]


def _ranges(page: Page, item: Item) -> Cell:
    found = [(key, range_words(page, limits)) for key, limits in (("hard", item.hard), ("soft", item.soft))]
    return cell(*(f"{page.w[key]}{page.w['colon']}{words}" for key, words in found if words))


def _when(page: Page, form: Form, item: Item) -> Cell:
    for derivation in form.derivations:
        if item.id in derivation.gives.values():
            return cell(page.w["derived"], (Span(derivation.id, "code"),))
    if item.computed:
        return cell(page.w["computed"], (Span(item.computed, "code"),))
    lines: list[Line] = []
    if item.required_when:
        lines += [plain(page.w["required_when"]), (Span(item.required_when, "code"),)]
    else:
        lines.append(plain(page.w["required" if item.required else "optional"]))
    if item.shown_when and item.shown_when == item.required_when:
        lines[0] = plain(page.w["shown_and_required_when"])
    elif item.shown_when:
        lines += [plain(page.w["shown_when"]), (Span(item.shown_when, "code"),)]
    return tuple(lines)


def _check(page: Page, check: Check) -> Row:
    kind: Line = (Span(page.w[f"check_{check.severity}"], "bold"), Span(f" {check.id}", "code"))
    return Row((cell(kind, (Span(check.rule, "code"),)), cell(page.text(check.message))), id=f"check-{check.id}")


def render_codelists(page: Page) -> list[Block]:
    """All codelists in one table, each headed by its name and source."""
    rows: list[Row] = []
    for codelist in page.protocol.codelists:
        rows.append(_codelist(page, codelist))
        rows += [Row((cell((Span(code.code, "code"),)), cell(page.words(code.label)))) for code in codelist.codes]
    heads = (page.w["code"], page.w["meaning"])
    return [TableBlock(page.w["codelists_caption"], heads, tuple(rows), (26, 74), dense=True)] if rows else []


def _codelist(page: Page, codelist: Codelist) -> Row:
    label = plain(f" {page.words(codelist.label)}") if codelist.label else ()
    return Row(
        (cell((Span(codelist.id, "code"), *label, *page.source(codelist.source))),),
        id=f"codelist-{codelist.id}",
        group=True,
    )


def render_variables(page: Page) -> list[Block]:
    """Derived variables with the pick or the rule that makes each."""
    rows = tuple(_variable(page, variable) for variable in page.protocol.variables)
    heads = (page.w["variable_word"], page.w["type"], page.w["derivation"])
    return [TableBlock(page.w["variables_caption"], heads, rows, (33, 15, 52), dense=True)] if rows else []


def _variable(page: Page, variable: Variable) -> Row:
    words = page.w[f"type_{variable.type}"] + (f"{page.w['comma']}{unit(page, variable.unit)}" if variable.unit else "")
    link: Line = (Span(variable.codelist, "ref", f"codelist-{variable.codelist}"),) if variable.codelist else ()
    label: Line = (*plain(page.words(variable.label)), *page.source(variable.source))
    note = tuple(Span(s.text, s.style or "small", s.target) for s in page.text(variable.note))
    return Row(
        (cell(label, (Span(variable.id, "code"),)), cell(words, link), (*_derivation(page, variable), *cell(note))),
        id=f"variable-{variable.id}",
    )


def _derivation(page: Page, variable: Variable) -> Cell:
    pick = variable.pick
    if pick is None:
        return cell((Span(variable.rule or "", "code"),))
    lines: list[Line] = [(*plain(page.w[f"pick_{pick.which}"] + " "), Span(pick.item, "code"))]
    if pick.visits:
        known = page.protocol.visit_by_id
        visits = [page.words(known[v].label) if v in known else v for v in pick.visits]
        lines.append(plain(page.say("at_visits", visits=page.w["semicolon"].join(visits))))
    if pick.where:
        lines.append((*plain(page.w["where_rule"] + " "), Span(pick.where, "code")))
    return tuple(lines)
