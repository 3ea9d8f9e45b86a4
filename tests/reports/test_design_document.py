"""The design as a document: every kind of design, both languages, both forms; assumptions marked, numbers those of the plan."""

import json
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

import equipoise.reports.design_document as room
from equipoise.findings import Refusal, Unreadable
from equipoise.planning.appraisal import appraise
from equipoise.planning.of_protocol import plan_design
from equipoise.protocol.identity import protocol_digest
from equipoise.reports.design_document import render_design
from equipoise.reports.design_document.assembly import assemble_design
from equipoise.reports.design_document.data import design_data
from equipoise.reports.design_document.material import Material
from equipoise.reports.design_document.numbers import fixed, p_value, share
from equipoise.reports.design_document.simulated import read_simulated
from equipoise.reports.design_document.terminal import terminal_lines
from equipoise.reports.design_document.words import WORDS, words_in
from equipoise.reports.design_document.writing import figures_of
from equipoise.reports.protocol_document.blocks import Bullets, Facts, Paragraph, Subheading, TableBlock
from equipoise.wording import Sourced
from tests.reports.design_cases import CASES, SURVIVAL, protocol_of
from tests.reports.test_protocol_document import HOSTILE, Page, squeezed
from tests.spec.minimal import minimal_protocol

NAMES = ("npc-nimotuzumab", *CASES)
LANGUAGES = ("en", "zh")
FORMS = ("md", "html")
FOLDER = Path(room.__file__).parent


@pytest.fixture(scope="module")
def made():
    found = {}
    for name in NAMES:
        protocol = protocol_of(name)
        plan = plan_design(protocol)
        found[name] = protocol, plan, appraise(plan, protocol.design)
    return found


@pytest.fixture(scope="module")
def documents(made):
    return {
        (name, language): assemble_design(Material.of(*made[name], language))
        for name in NAMES
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def texts(made):
    return {
        (name, language, form): render_design(*made[name], language, form)
        for name in NAMES
        for language in LANGUAGES
        for form in FORMS
    }


def blocks_of(document):
    return [block for chapter in document.chapters for part in chapter.parts for block in part.blocks]


def words_of(block):
    """Every piece of text in a block, figures' texts apart."""
    if isinstance(block, Subheading):
        return [block.text]
    if isinstance(block, Facts):
        return [words for term, cell in block.pairs for words in (term, *(s.text for line in cell for s in line))]
    if isinstance(block, Paragraph):
        return [span.text for span in block.line]
    if isinstance(block, Bullets):
        return [span.text for line in block.lines for span in line]
    if isinstance(block, TableBlock):
        cells = [span.text for row in block.rows for cell in row.cells for line in cell for span in line]
        return [block.caption, *block.heads, *cells]
    return []


def figure_texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


# What it says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_assumption_of_the_design_is_marked_and_listed_with_its_source(made, documents, name, language):
    protocol, document = made[name][0], documents[name, language]
    listed = next(
        {row.id: row for block in part.blocks if isinstance(block, TableBlock) for row in block.rows}
        for part in document.chapters[-1].parts
        if part.id == "part-listed"
    )
    marked = set(re.findall(r"style='mark', target='([\w-]+)'", repr(document.chapters)))
    assert marked == set(listed)
    told = squeezed(repr([row.cells for row in listed.values()]))
    parts = [getattr(protocol.design, field) for field in type(protocol.design).model_fields]
    groups = [group for group in (protocol.design.rates, protocol.design.means) if group is not None]
    parts += [getattr(group, field) for group in groups for field in type(group).model_fields]
    assumptions = [value for value in parts if isinstance(value, Sourced) and value.assumption]
    assert assumptions
    for value in assumptions:
        assert squeezed(value.source.split(",")[0].split("(")[0]) in told
    assert len(listed) >= len(assumptions)


def test_the_flagship_says_what_a_committee_asks_for(made, texts):
    _, plan, appraisal = made["npc-nimotuzumab"]
    for form in FORMS:
        text = texts["npc-nimotuzumab", "en", form]
        said = squeezed(Page(text).words if form == "html" else text)
        for words in (
            "CONSORT 2025, item 16a", "CONSORT 2025, item 16b", "270 participants, 96 events, power 80.2%",
            "a single analysis needs 94.8 events (Schoenfeld)", "29.5% of the experimental and 43.8% of the control",
            "taken as 262 (131 experimental, 131 control)", "8 more than needed",
            "All 270 participants are expected to have joined before the first interim analysis (month 40.5)",
            "There is no boundary for futility", "Expected date", "May 2024", "Schoenfeld DA.",
            "The protocol states no prior", "No simulation results were at hand",
        ):  # fmt: skip
            assert squeezed(words) in said, (form, words)
    for look in appraisal.looks:
        assert fixed(look.upper, 3) in said
        assert p_value(look.nominal_p) in said
        assert share(look.power) in said
    assert share(plan.power) in said


def test_differences_between_what_is_stated_and_what_follows_are_told(texts):
    english, chinese = texts["short_of_power", "en", "md"], texts["short_of_power", "zh", "md"]
    for words in ("153 fewer than needed", "21.5 percentage points below", "falls short of the 90.0% that it states"):
        assert words in english
    assert "比所需少153" in chinese
    assert "低于其所述的90.0%" in chinese


def test_the_bayesian_layer_stands_when_the_protocol_gives_a_prior(made, texts):
    belief = made["three_looks"][2].belief
    text = texts["three_looks", "en", "md"]
    assert share(belief.assurance) in text
    assert "… with the prior" in text
    assert "O'Hagan" in text
    assert "Assurance" not in texts["one_look", "en", "md"]


def test_a_design_without_control_or_accrual_says_that_time_does_not_follow(texts):
    text = texts["events_only", "en", "md"]
    assert "The protocol states no Control arm, Recruitment" in text
    assert "Expected month" not in text


def test_parts_are_numbered_without_gaps(documents):
    for document in documents.values():
        for place, chapter in enumerate(document.chapters[:-1], 1):
            numbers = [part.number for part in chapter.parts]
            assert [n.split(".")[0] for n in numbers] == [numbers[0].split(".")[0]] * len(numbers)
            assert [int(n.split(".")[1]) for n in numbers] == list(range(1, len(numbers) + 1))
            assert place <= int(numbers[0].split(".")[0])


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_numbers(documents, name):
    def numbers(language):
        tables = [block for block in blocks_of(documents[name, language]) if isinstance(block, TableBlock)]
        cells = [
            "".join(span.text for line in cell for span in line)
            for t in tables
            for row in t.rows
            for cell in row.cells[1:]
        ]
        return [cell for cell in cells if re.fullmatch(r"[<>]?[−\d.,]+%?", cell)]

    assert numbers("en") == numbers("zh")
    assert len(numbers("en")) > 20


# How it is made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_whole_and_loads_nothing(texts, name, language):
    page = Page(texts[name, language, "html"])
    assert page.wrong == []
    assert page.loads == []
    assert page.heads_without_scope == 0
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_markdown_is_sound_and_shows_every_figure(texts, documents, name, language):
    text, width = texts[name, language, "md"], None
    for line in text.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        width = (width or cells) if cells is not None else None
        assert cells == width, line
    anchors = re.findall(r'<a id="([\w-]+)">', text)
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(anchors)
    assert len(anchors) == len(set(anchors))
    named = re.findall(r"!\[[^\]]+\]\(figures/([\w-]+)\.svg\)", text)
    assert named == [figure.id for figure in figures_of(documents[name, language])]


def test_text_of_the_protocol_never_becomes_markup():
    words = {"en": HOSTILE, "zh": HOSTILE}
    change = {"study": {"title": words, "short": words}, "arms": [{"id": "A", "label": words}],
              "design": {"note": words, "alpha": {"value": 0.025, "assumption": True, "source": HOSTILE}}}  # fmt: skip
    protocol = minimal_protocol(SURVIVAL, change)
    plan = plan_design(protocol)
    appraisal = appraise(plan, protocol.design)
    for language in LANGUAGES:
        page = Page(render_design(protocol, plan, appraisal, language, "html"))
        assert page.loads == []
        assert page.wrong == []
        markdown = render_design(protocol, plan, appraisal, language, "md")
        assert "<script>" not in markdown
        assert not re.search(r"(?<!\\)\[link\]\(http", markdown)


def test_every_word_is_there_in_both_languages_with_the_same_blanks():
    assert lacking(WORDS) == []


def lacking(words):
    """Keys that lack a language, or whose blanks differ between the two."""
    signs = {"between", "head_z", "term_head_z", "term_head_p"}
    found = []
    for key, (english, chinese) in words.items():
        blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, chinese)]
        wrong = blanks[0] != blanks[1] or re.search(r"[\u4e00-\u9fff]", english)
        untold = not english.strip() or not chinese.strip() or not re.search(r"[\u4e00-\u9fffα]", chinese)
        if wrong or (untold and key not in signs):
            found.append(key)
    return found


def test_control_a_word_that_lacks_a_language_or_a_blank_is_noticed():
    assert lacking({"a": ("Power", ""), "b": ("Power", "Power"), "c": ("{n} looks", "次"), "d": ("功", "效")}) == [
        "a", "b", "c", "d",
    ]  # fmt: skip


def test_every_word_is_used():
    source = "".join(p.read_text(encoding="utf-8") for p in FOLDER.glob("*.py") if p.name != "words.py")
    built = tuple(re.findall(r"f[\"']([a-z_]+_)\{", source))
    unused = [key for key in WORDS if not re.search(rf"[\"']{key}[\"']", source) and not key.startswith(built)]
    instead = {key: key.removeprefix("single_") in words_in("en") for key in unused if key.startswith("single_")}
    assert all(instead.values())
    assert [key for key in unused if key not in instead] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_ours_stays_english_in_the_chinese_document(documents, name):
    ours = {
        english for english, chinese in WORDS.values() if english != chinese and len(english) > 8 and "{" not in english
    }
    document = documents[name, "zh"]
    found = {words for block in blocks_of(document) for words in words_of(block)}
    found |= {words for figure in figures_of(document) for words in figure_texts(figure.svg)}
    assert found & ours == set()
    assert not any(
        re.search(r"[\u4e00-\u9fff]", words)
        for block in blocks_of(documents[name, "en"])
        for words in words_of(block)
        if "：" not in words
    )


# Figures


def dots(svg):
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)]


def figure(documents, name, id_, language="en"):
    return next(f for f in figures_of(documents[name, language]) if f.id == id_).svg


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_figures_have_text_that_can_be_read_and_stay_within_their_frame(documents, name, language):
    for one in figures_of(documents[name, language]):
        width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', one.svg).groups())
        assert "NaN" not in one.svg
        assert "inf" not in re.sub(r"<(title|desc|text)[^>]*>.*?</\1>", "", one.svg)
        for x, y in re.findall(r'<(?:text|circle) c?x="([-\d.]+)" c?y="([-\d.]+)"', one.svg):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
        assert len(figure_texts(one.svg)) > 5
        assert one.alt


def test_the_boundary_figure_names_each_bound_with_its_ratio(made, documents):
    shown = figure_texts(figure(documents, "npc-nimotuzumab", "boundaries"))
    for look in made["npc-nimotuzumab"][2].looks:
        assert f"z ≥ {fixed(look.upper)}" in shown
        assert f"hazard ratio {fixed(look.effect_upper)}" in shown
        assert f"z ≤ {fixed(look.lower)}" in shown
    assert "Analysis 1" in shown


def test_the_dots_of_the_power_figure_are_at_the_power_and_the_error(made, documents):
    found = dots(figure(documents, "npc-nimotuzumab", "power"))
    plot, top = 320, 42
    heights = [(top + plot - y) / plot for _, y in found]
    assert heights == pytest.approx([made["npc-nimotuzumab"][1].power, 0.05], abs=0.001)


def test_the_dots_of_the_calendar_are_where_the_looks_are_expected(made, documents):
    protocol, plan, appraisal = made["npc-nimotuzumab"]
    (x1, _), (x2, _) = dots(figure(documents, "npc-nimotuzumab", "calendar"))
    first, last = appraisal.looks
    assert (x1 - 74) / (x2 - 74) == pytest.approx(first.month / last.month, abs=0.002)
    assert f"analysis 1: month {fixed(first.month, 1)}, 48 events" in figure_texts(
        figure(documents, "npc-nimotuzumab", "calendar")
    )


def test_control_a_figure_of_another_plan_is_another_figure(made, documents):
    protocol, plan, appraisal = made["npc-nimotuzumab"]
    later = tuple(replace(look, month=look.month * 0.8) for look in appraisal.looks)
    document = assemble_design(Material.of(protocol, plan, replace(appraisal, looks=later), "en"))
    changed = next(f for f in figures_of(document) if f.id == "calendar").svg
    assert dots(changed) != dots(figure(documents, "npc-nimotuzumab", "calendar"))


def test_the_same_design_gives_the_same_bytes(made, texts):
    assert render_design(*made["three_looks"], "en", "html") == texts["three_looks", "en", "html"]


# Data


@pytest.mark.parametrize("name", NAMES)
def test_the_data_are_json_with_the_documented_keys(made, name):
    data = design_data(*made[name])
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "design.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert set(data) == documented
    assert data["protocol"]["digest"] == protocol_digest(made[name][0])
    assert len(data["looks"]) == made[name][1].boundaries.looks


def test_the_terminal_shows_one_screen(made):
    for name in NAMES:
        for language in LANGUAGES:
            lines = terminal_lines(*made[name], language)
            assert len(lines) <= 34
            assert max(map(len, lines[:-1])) <= 170


# Simulation


def results(protocol, power=0.8017, error=0.0004, **more):
    def estimate(value, scatter=error):
        return {"value": value, "error": scatter}

    looks = [
        {"reject": estimate(0.2211), "accept": estimate(0.0)},
        {"reject": estimate(0.5806), "accept": estimate(0.0)},
    ]
    one = {
        "scenario": "design", "kind": "design", "label": {"en": "As designed", "zh": "如设计"}, "trials": 1_000_000,
        "power": estimate(power), "looks": looks, "events": estimate(85.4, 0.03), "participants": estimate(270.0, 0.0),
        "duration": estimate(63.3, 0.02), "estimate": {"bias": estimate(-0.02), "coverage": estimate(0.95)}, **more,
    }  # fmt: skip
    return {
        "protocol": {"digest": protocol_digest(protocol)},
        "seed": 7,
        "scenarios": [one],
        "type_one_error": estimate(0.0502),
    }


@pytest.fixture
def with_results(made, tmp_path):
    """The flagship's document with these simulation results."""

    def render(language="en", **changes):
        protocol, plan, appraisal = made["npc-nimotuzumab"]
        (tmp_path / "simulation.json").write_text(json.dumps(results(protocol, **changes)), encoding="utf-8")
        simulated = read_simulated(tmp_path, protocol_digest(protocol), 2)
        return render_design(protocol, plan, appraisal, language, "md", simulated)

    return render


def test_simulated_numbers_stand_beside_the_analytic_ones(with_results):
    text = with_results()
    assert "1,000,000 simulated trials" in text
    assert "| Power | 80.18% | 80.17% (0.04%) | −0.01, within chance |" in text
    assert "| Rejects for benefit if there is no effect | 5.00% | 5.02% (0.04%) | 0.02, within chance |" in text
    assert "| As designed | 80.17% | 85.4 | 270.0 | 63.3 | −0.020 | 95.0% |" in text
    assert "No simulation results" not in text
    assert "在随机误差内" in with_results("zh")


def test_control_simulated_numbers_that_disagree_are_marked(with_results):
    assert "**−1.18, beyond chance**" in with_results(power=0.79)


def test_a_scenario_that_assumes_other_things_checks_nothing_and_is_told_beside(with_results):
    text = with_results(kind="scenario", label={"en": "Slow", "zh": "缓慢"})
    assert "None of the simulated scenarios assumes just what the design assumes" in text
    assert "chance" not in text.split("Operating characteristics")[1].split("##")[0]
    assert "| Slow | 80.17% |" in text


def test_an_interrupted_simulation_is_told(with_results):
    assert "was interrupted" in with_results(finished=False)
    assert "was interrupted" not in with_results()


def test_results_of_another_protocol_or_with_other_looks_are_refused(made, tmp_path):
    protocol = made["npc-nimotuzumab"][0]
    file = tmp_path / "simulation.json"
    file.write_text(json.dumps(results(made["one_look"][0])), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_simulated(file, protocol_digest(protocol), 2)
    assert [f.code for f in refused.value.findings] == ["simulation.other_protocol"]
    file.write_text(json.dumps(results(protocol)), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_simulated(file, protocol_digest(protocol), 3)
    assert [f.code for f in refused.value.findings] == ["simulation.other_looks"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"scenarios": []}', '{"seed": 1, "scenarios": [{"trials": "x"}]}']
)
def test_what_is_no_simulation_is_told_without_a_traceback(made, tmp_path, text):
    file = tmp_path / "simulation.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        read_simulated(file, "0" * 64, 2)
    with pytest.raises(Unreadable):
        read_simulated(tmp_path / "nowhere", "0" * 64, 2)
