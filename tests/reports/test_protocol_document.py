"""The protocol as a document: SPIRIT 2025 in order, everything the protocol holds, every assumption marked, both languages."""

import re
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import equipoise.reports.protocol_document as room
from equipoise.conduct.acts import LABEL_OF
from equipoise.design import Futility, Spending
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import load_protocol
from equipoise.reports.protocol_document import render_protocol
from equipoise.reports.protocol_document.assembly import assemble
from equipoise.reports.protocol_document.blocks import Facts, Paragraph, Subheading, TableBlock
from equipoise.reports.protocol_document.closing import not_marked
from equipoise.reports.protocol_document.page import begin_page
from equipoise.reports.protocol_document.spirit import SECTIONS, numbers
from equipoise.reports.protocol_document.values import spending
from equipoise.reports.protocol_document.words import ROUTES, UNITS, WORDS
from equipoise.roles import READS, RIGHTS
from tests.spec.minimal import minimal_protocol

NAMES = ("npc-nimotuzumab", "oropharynx-rtog", "minimal")
LANGUAGES = ("en", "zh")
FORMS = ("md", "html")
FOLDER = Path(room.__file__).parent


@pytest.fixture(scope="module")
def protocols():
    shipped = {name: load_protocol(name) for name in NAMES[:2]}
    return shipped | {"minimal": minimal_protocol()}


@pytest.fixture(scope="module")
def texts(protocols):
    return {
        (name, language, form): render_protocol(protocols[name], language, form)
        for name in NAMES
        for language in LANGUAGES
        for form in FORMS
    }


class Page(HTMLParser):
    """Text, ids, links, headings and whatever a browser would load."""

    VOID = {"meta", "col", "br"}

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads, self.text, self.open, self.wrong = [], [], [], [], [], []
        self.headings, self.heads_without_scope = [], 0
        self.feed(text)
        self.words = "".join(self.text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if tag == "a" and "href" in attrs else []
        self.loads += [tag] if tag in {"script", "link", "img", "iframe", "object", "embed"} or "src" in attrs else []
        self.heads_without_scope += tag == "th" and "scope" not in attrs
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append("")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)
        if self.open and any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            self.headings[-1] += data


def squeezed(text):
    """Without white space and without Markdown's escapes: what must occur may be wrapped or escaped."""
    return re.sub(r"\s+|\\(?=[\\`*_\[\]<>|~&#+=.)-])", "", text)


def said(texts, name, language, form):
    text = texts[name, language, form]
    return squeezed(Page(text).words if form == "html" else text)


def held(protocol, language):
    """What a reader must find: every text of the protocol that has a place in the document, every name and every rule."""
    for form in protocol.forms:
        yield form.title.in_(language)
        for _, item in form.all_items():
            yield from (
                item.label.in_(language),
                item.id,
                *filter(None, (item.required_when, item.shown_when, item.computed)),
            )
        for check in form.checks:
            yield from (check.rule, check.message.in_(language))
    for codelist in protocol.codelists:
        yield from (code.label.in_(language) for code in codelist.codes)
    for visit in protocol.visits:
        yield visit.label.in_(language)
    for criterion in protocol.eligibility.criteria if protocol.eligibility else ():
        yield from (criterion.id, criterion.text.in_(language), criterion.rule)
    for arm in protocol.arms:
        yield arm.label.in_(language)
        yield from (treatment.label.in_(language) for treatment in arm.regimen)
    for rule in protocol.dose_rules:
        yield from (rule.id, rule.when, rule.reason.in_(language))
    for watched in protocol.safety_rules:
        yield from (watched.label.in_(language), watched.event, watched.action.in_(language))
    for endpoint in protocol.endpoints:
        yield from (endpoint.label.in_(language), endpoint.short, endpoint.description.in_(language))
        for source in (*getattr(endpoint, "events", ()), *getattr(endpoint, "censoring", ())):
            yield from (source.label.in_(language), source.date, *filter(None, (source.when,)))
    for estimand in protocol.estimands:
        yield from (estimand.label.in_(language), estimand.summary.in_(language))
        for event in estimand.intercurrent:
            yield from (event.event.in_(language), event.handling.in_(language))
    for analysis in protocol.analyses:
        yield from (analysis.id, analysis.label.in_(language))
    for chosen in protocol.sets:
        yield from (chosen.label.in_(language), chosen.rule)
    for variable in protocol.variables:
        yield from (variable.id, variable.label.in_(language), *filter(None, (variable.rule,)))
    for part in (*protocol.sites, *protocol.roles, *protocol.factors, *protocol.scenarios):
        yield (part.name if hasattr(part, "name") else part.label).in_(language)
    for scenario in protocol.scenarios:
        yield from (outcome.id for outcome in scenario.outcomes)
    yield from (part.text.in_(language) for part in protocol.narrative)
    yield from protocol.study.sources.values()
    yield from protocol.dictionaries.named().values()


def missing_from(text, protocol, language):
    # A list joined by the language's sign, and links inside a text, may stand between: white space never matters.
    words = [re.sub(r"\[(\w+)\]\(#source-\w+\)", r"\1", text)][0]
    return [
        one
        for one in dict.fromkeys(held(protocol, language))
        if squeezed(one) not in words and squeezed(one.replace("|", "\\|")) not in words
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_everything_that_the_protocol_holds_stands_in_the_document(texts, protocols, name, language, form):
    assert missing_from(said(texts, name, language, form), protocols[name], language) == []


def test_control_an_item_that_a_document_lacks_is_noticed(texts, protocols):
    fewer = minimal_protocol("forms: [{id: baseline, items: [{id: weight, remove: true}]}]", "baseline: [age, sex]")
    fewer = fewer.model_copy(update={"eligibility": None})
    text = squeezed(Page(render_protocol(fewer, "en", "html")).words)
    missing = missing_from(text, protocols["minimal"], "en")
    assert {"weight", "Weight", "Weight below 30 kg", "weight < 30", "Adults"} <= set(missing)


def test_the_summary_holds_no_name_without_its_value(texts):
    """What the protocol leaves open is said to be open: an empty place reads like a fault of the printer."""
    for name, language in ((name, language) for name in NAMES for language in LANGUAGES):
        assert re.findall(r"(?m)^- \*\*[^*]+\*\* *$", texts[name, language, "md"]) == []


def test_the_items_of_spirit_are_thirty_four_and_in_order():
    plain = [int(re.match(r"\d+", number)[0]) for number in numbers()]
    assert sorted(set(plain)) == list(range(1, 35))
    assert plain == sorted(plain)
    assert len(set(numbers())) == len(numbers())
    for whole in set(plain):
        letters = "".join(n.removeprefix(str(whole)) for n, p in zip(numbers(), plain) if p == whole)
        assert letters == "abcd"[: len(letters)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_headings_follow_spirit_2025(texts, name, language):
    expected = [t for s in SECTIONS for t in (s.title(language), *(f"{i.number} {i.title(language)}" for i in s.items))]
    html = [" ".join(heading.split()) for heading in Page(texts[name, language, "html"]).headings]
    markdown = [
        re.sub(r"^#+ |\\", "", line) for line in texts[name, language, "md"].splitlines() if re.match("#{2,3} ", line)
    ]
    for headings in (html, markdown):
        assert [heading for heading in headings if heading in expected] == expected


@pytest.mark.parametrize("name", NAMES)
def test_what_the_protocol_does_not_state_is_told_and_counted(protocols, name):
    document = assemble(protocols[name], "en")
    parts = {part.number: part for chapter in document.chapters[:-1] for part in chapter.parts}
    silent = {
        n
        for n, part in parts.items()
        if [b.kind for b in part.blocks if isinstance(b, Paragraph)] == ["missing"] and len(part.blocks) == 1
    }
    assert {"3a", "7a", "7b", "11", "34"} <= silent
    listed = {span.text for block in document.lead for span in block.line if span.style == "ref"} - {"All assumptions"}
    assert listed == silent
    checklist = next(part for part in document.chapters[-1].parts if part.id == "checklist")
    rows = [row for block in checklist.blocks if isinstance(block, TableBlock) for row in block.rows if not row.group]
    assert [row.cells[0][0][0].text for row in rows] == list(numbers())
    assert {row.cells[0][0][0].text for row in rows if row.cells[2][0][0].text == "not stated"} == silent


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES[:2])
def test_every_assumption_is_marked_where_it_stands_and_listed_with_its_source(protocols, name, language):
    document = assemble(protocols[name], language)
    table = next(
        b
        for part in document.chapters[-1].parts
        if part.id == "assumptions"
        for b in part.blocks
        if isinstance(b, TableBlock)
    )
    listed = {row.id: squeezed("".join(span.text for span in row.cells[3][0])) for row in table.rows}
    marked = set()
    for chapter in document.chapters:
        for part in chapter.parts:
            marked |= set(re.findall(r"style='mark', target='([\w-]+)'", repr(part.blocks)))
    assert marked == set(listed)
    assert all(listed.values())
    sources = {squeezed(clause.source) for _, clause in not_marked(begin_page(protocols[name], language))}
    assert sources == set(listed.values())


def test_control_an_assumption_that_nobody_marked_is_found(protocols):
    page = begin_page(protocols["npc-nimotuzumab"], "en")
    before = not_marked(page)
    one = protocols["npc-nimotuzumab"].design.alpha
    assert any(clause is one for _, clause in before)
    page.standing(one, "alpha", "0.1")
    assert len(not_marked(page)) == len(before) - 1


@pytest.mark.parametrize("scheme", [
    "{kind: permuted_blocks, sizes: [876, 874]}",
    "{kind: minimization, p: 0.8765, weights: {sex: 8765}}",
    "{kind: big_stick, limit: 876}",
])  # fmt: skip
def test_what_would_let_a_site_guess_the_next_arm_is_never_printed(scheme):
    source = "assumption: true, source: A source"
    change = f"randomization: {{scheme: {{value: {scheme}, {source}}}}}"
    protocol = minimal_protocol("randomization: {scheme: ~}", change)
    assert re.search(r"876", protocol.model_dump_json())
    for language in LANGUAGES:
        for form in FORMS:
            text = render_protocol(protocol, language, form)
            text = text.replace(protocol_digest(protocol), "").replace(protocol_digest(protocol)[:12], "")
            assert "876" not in text
            assert "21b" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_whole_and_loads_nothing(texts, name, language):
    text = texts[name, language, "html"]
    page = Page(text)
    assert page.wrong == []
    assert page.loads == []
    assert page.heads_without_scope == 0
    assert not re.search(r"@import|url\(", text)
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_markdown_tables_have_as_many_cells_in_every_row_as_in_their_head(texts, name, language):
    text = texts[name, language, "md"]
    width, tables = None, 0
    for line in text.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        if cells is None:
            width = None
        else:
            tables += width is None
            width = width or cells
            assert cells == width, line
    assert tables > 10
    anchors = re.findall(r'<a id="([\w-]+)">', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(anchors)


HOSTILE = "<script>alert('x')</script> | `tick` *star* [link](http://x) & \\ </style>"


def test_text_of_the_protocol_never_becomes_markup():
    words = {"en": HOSTILE, "zh": HOSTILE}
    protocol = minimal_protocol({
        "study": {"title": words, "short": words, "id": "DEMO", "version": HOSTILE},
        "arms": [{"id": "A", "label": words}], "forms": [{"id": "baseline", "title": words}],
        "visits": [{"id": "screening", "label": words}],
        "eligibility": {"criteria": [{"id": "I1", "text": words, "rule": "age >= 18 OR sex = '`|<b>`'"}]},
    })  # fmt: skip
    for language in LANGUAGES:
        html = render_protocol(protocol, language, "html")
        page = Page(html)
        assert page.loads == []
        assert page.wrong == []
        assert html.count("</style>") == 1
        assert HOSTILE in page.words
        assert "'`|<b>`'" in page.words
        markdown = render_protocol(protocol, language, "md")
        assert "<script>" not in markdown
        assert not re.search(r"(?<!\\)\[link\]\(http", markdown)
        rows = [line for line in markdown.splitlines() if "alert" in line and line.startswith("|")]
        assert rows
        assert all(re.search(r"\\\|", row) for row in rows)


def test_control_text_that_is_not_escaped_is_noticed():
    page = Page("<p>" + HOSTILE + "</p>")
    assert page.loads == ["script"]


def test_every_word_is_there_in_both_languages_with_the_same_blanks():
    signs = {"conf_log_log"}
    for table in (WORDS, ROUTES, UNITS):
        for key, (english, chinese) in table.items():
            assert english.strip() or key in signs, key
            assert chinese.strip(), key
            blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, chinese)]
            assert blanks[0] == blanks[1], key
            assert not re.search(r"[\u4e00-\u9fff]", english), key
    signs = {"bracket_close", "bracket_open", "colon", "colon_ratio", "comma", "list", "semicolon", "stop", "of_events"}
    assert [k for k, (_, zh) in WORDS.items() if not re.search(r"[\u4e00-\u9fff]", zh) and k not in signs] == []
    # Whoever may do what is asked for may agree to it, and whoever appoints maps accounts: these are nobody's own rights.
    of_others = {"agree", "decline", "map_account", "note_reading", "note_copy", "review_access"}
    assert set(RIGHTS) | {f"see_{one}" for one in READS} == set(LABEL_OF) - of_others


def test_every_word_is_used():
    source = "".join(p.read_text(encoding="utf-8") for p in FOLDER.glob("*.py") if p.name != "words.py")
    built = tuple(re.findall(r"f[\"']([a-z]+_)\{", source))
    unused = [
        k
        for k in WORDS
        if not re.search(rf"[\"']{k}[\"']", source) and not k.startswith(built) and k not in {"experimental", "control"}
    ]
    assert unused == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_ours_stays_english_in_the_chinese_document(protocols, name):
    ours = {
        english
        for english, chinese in WORDS.values()
        if english != chinese and len(english) > 12 and "{" not in english
    }
    document = assemble(protocols[name], "zh")
    found = set()
    for chapter in document.chapters:
        for part in chapter.parts:
            found |= {part.title}
            for block in part.blocks:
                found |= {block.text} if isinstance(block, Subheading) else set()
                found |= {term for term, _ in block.pairs} if isinstance(block, Facts) else set()
                found |= {block.caption, *block.heads} if isinstance(block, TableBlock) else set()
                found |= {span.text for span in block.line} if isinstance(block, Paragraph) else set()
    assert found & ours == set()
    heads = {words for words in found if words and not re.search(r"[\u4e00-\u9fff]", words)}
    texts = {t for n in protocols[name].narrative for t in (n.text.zh,)}
    latin = {words for words in heads if re.search(r"[A-Za-z]{4}", words) and not any(words in t for t in texts)}
    codes = set(protocols[name].item_by_id) | set(protocols[name].study.registrations) | set(protocols[name].form_by_id)
    assert {w for w in latin if w.strip(" ·") not in codes and not w.startswith(("source", "SPIRIT"))} <= {"15a"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_to_spend_and_to_give_up_has_its_words(protocols, language):
    page = begin_page(protocols["minimal"], language)
    for clause in (Spending, Futility):
        for kind in get_args(clause.model_fields["kind"].annotation):
            assert page.w[f"spending_{kind}"] in spending(page, clause(kind=kind, parameter=1.5, values=(0.25,)))
    binding = spending(page, Futility(kind="z", values=(0.5,), binding=True))
    assert binding != spending(page, Futility(kind="z", values=(0.5,)))
    assert "0.2" in spending(page, Futility(kind="kim_demets", parameter=1.0, under_null=0.2))


SCHEDULES = """
arms:
- id: A
  regimen:
  - kind: drug
    id: fluorouracil
    label: {en: Fluorouracil, zh: 氟尿嘧啶}
    dose: 450
    unit: mg/m2
    route: intravenous
    schedule: {phases: [{first_day: 1, every_days: 1, count: 5}, {first_day: 28, every_days: 7, count: 48}]}
  - kind: drug
    id: levamisole
    label: {en: Levamisole, zh: 左旋咪唑}
    dose: 50
    unit: mg
    route: oral
    schedule: {every_days: 14, days: [1-3], times_a_day: 3, count: 26}
  - kind: drug
    id: semaglutide
    label: {en: Semaglutide, zh: 司美格鲁肽}
    unit: mg
    route: subcutaneous
    schedule: {phases: [{every_days: 7, count: 4, dose: 0.25}, {every_days: 7, count: 1, dose: 2.4}]}
"""


@pytest.mark.parametrize(("language", "said"), [
    ("en", [
        "every day from day 1 to day 5; then from day 28 every 7 days, 48 times",
        "on days 1 to 3 of every 14 days, from day 1, 26 times, 3 times a day",
        "0.25, then 2.4 mg",
        "0.25 mg: from day 1 every 7 days, 4 times; then 2.4 mg: once, on day 29",
    ]),
    ("zh", [
        "第1天至第5天每天一次；随后自第28天起每7天一次，共48次",
        "自第1天起每14天为一周期，于周期第1至3天给药，共26个周期，每天3次",
        "0.25，继以2.4 mg",
        "0.25 mg：自第1天起每7天一次，共4次；随后2.4 mg：第29天一次",
    ]),
])  # fmt: skip
def test_schedules_are_said_as_people_write_them(language, said):
    text = render_protocol(minimal_protocol(SCHEDULES), language, "md")
    assert [words for words in said if words not in text] == []


def test_a_form_of_several_drugs_says_which_records_are_of_which(protocols):
    recorded = """
arms: [{id: A, regimen: [{kind: drug, id: d, label: {en: Drug, zh: 药物}, dose: 50, unit: mg, route: oral,
  schedule: {every_days: 7, count: 3, times_a_day: 2}, given_by: {form: death, date: death_date, when: visit = 'events', each: day}}]}]
"""
    text = render_protocol(minimal_protocol(recorded), "en", "md")
    assert "records of which is true: `visit = 'events'`" in text
    assert "each record is all doses of a day" in text


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ("Who may unblind one participant", "Investigator", "In an emergency one person suffices")),
        ("zh", ("可揭盲单个受试者者", "药物安全医师", "紧急情况下一人即可随时揭盲")),
    ],
)
def test_a_blinded_trial_says_who_unblinds_one_participant_and_how(language, wanted):
    blinded = render_protocol(minimal_protocol({"roles": None}, "randomization: {blinding: double}"), language, "md")
    assert [one for one in wanted if one not in blinded] == []
    nobody = render_protocol(minimal_protocol("randomization: {blinding: double}"), language, "md")
    assert wanted[2] not in nobody
    assert {"en": "how a participant is unblinded in an emergency", "zh": "紧急揭盲程序"}[language] in nobody
