"""A statistician opens the report in a browser and follows a number to the people who entered it."""

from __future__ import annotations

import json

import pytest

WIDTHS = {"desk": 1280, "telephone": 390}


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": WIDTHS["desk"], "height": 900}, locale="en-GB")
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on(
        "request",
        lambda asked: page.troubles.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None,
    )
    yield page
    context.close()


def open_report(page, reported, language="en"):
    page.goto((reported / f"report.{language}.html").as_uri())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_opens_without_an_error_and_asks_nothing_of_the_network(page, reported, language):
    open_report(page, reported, language)
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang", timeout=1000).startswith(language)
    assert page.troubles == []


def test_control_a_page_that_asks_the_network_is_noticed(page, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text('<img src="http://127.0.0.1:9/lost.png">', encoding="utf-8")
    page.goto(bad.as_uri())
    assert page.troubles


def test_from_the_primary_number_to_its_rows_and_on_to_the_entries(page, reported):
    results = json.loads((reported / "results.json").read_text("utf-8"))
    primary = next(one for one in results["results"] if one["role"] == "primary")
    open_report(page, reported)
    page.locator(f"#result-{primary['id']} a[href='#rows-{primary['id']}']").first.click()
    rows = page.locator(f"[id='rows-{primary['id']}']")
    rows.wait_for(state="visible")
    table = rows.locator("table")
    table.wait_for(state="visible")
    assert table.locator("tbody tr").count() == primary["n"]
    entry = table.locator("tbody tr").first.locator("a[href^='#entry-']").first
    target = entry.get_attribute("href")[1:]
    entry.click()
    told = page.locator(f"[id='{target}']")
    told.wait_for(state="visible")
    assert told.inner_text().strip()
    assert page.troubles == []


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_the_page_hangs_over_its_edge(page, reported, language, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_report(page, reported, language)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_survival_figure_has_both_arms_numbers_at_risk_and_censor_marks(page, reported):
    open_report(page, reported)
    figure = page.locator("#figure-os_km svg")
    assert figure.count() == 1
    words = figure.text_content()
    assert "Radiotherapy alone (standard)" in words
    assert "Radiotherapy with chemotherapy (test)" in words
    assert "at risk" in words
    assert figure.bounding_box()["width"] > 500


def test_the_chinese_page_has_no_english_left_in_its_headings(page, reported):
    open_report(page, reported, "zh")
    for heading in page.locator("h2").all_inner_texts():
        assert any("\u4e00" <= sign <= "\u9fff" for sign in heading), heading


def _print_sizes(page):
    """The size in pixels at which the smallest words of each figure are printed."""
    return page.evaluate(
        "[...document.querySelectorAll('figure svg')].map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width *"
        " Math.min(...[...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize))))"
    )


def test_on_a_telephone_figures_can_be_read_and_a_result_is_told_line_by_line(page, reported):
    page.set_viewport_size({"width": WIDTHS["telephone"], "height": 900})
    open_report(page, reported)
    assert min(_print_sizes(page)) > 7
    cell = page.locator("#results td[data-head]").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    assert cell.evaluate("cell => cell.getBoundingClientRect().right") <= WIDTHS["telephone"]


def test_control_figures_squeezed_into_a_telephone_cannot_be_read(page, reported):
    page.set_viewport_size({"width": WIDTHS["telephone"], "height": 900})
    open_report(page, reported)
    page.add_style_tag(content="figure svg{min-width:0!important}")
    assert min(_print_sizes(page)) < 7
