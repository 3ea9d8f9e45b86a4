"""The report is one page that needs nothing else, escapes what people typed, and links every number to its entries."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from equipoise.reports import write_report
from tests.analysis.test_perform import PLAN
from tests.analysis.trial import Trial, small_trial
from tests.spec.minimal import minimal_protocol


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open, self.outside = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "a":
            self.links.append(named["href"])
        self.outside += [v for k, v in attrs if k in ("src", "href", "xlink:href") and v and not v.startswith("#")]
        if tag not in ("meta", "line", "path", "rect", "col", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    trial = small_trial(tmp_path_factory.mktemp("study"), protocol=minimal_protocol(PLAN))
    trial.say(
        "deviation_reported", {"date": "2024-05-02", "category": "other", "text": "<script>alert(1)</script>"}, "P006"
    )
    return write_report(trial, language="zh")


def page(report, language):
    return (report.out / f"report.{language}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_needs_nothing_outside_itself(report, language):
    text = page(report, language)
    assert Page(text).outside == []
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_link_leads_somewhere_on_the_page_and_every_tag_is_closed(report, language):
    parsed = Page(page(report, language))
    assert {link[1:] for link in parsed.links} - set(parsed.ids) == set()
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.open == []


def test_every_result_has_a_line_and_its_rows(report):
    ids = set(Page(page(report, "en")).ids)
    for result in report.run.results["results"]:
        assert {f"result-{result['id']}", f"rows-{result['id']}"} <= ids


def test_what_people_typed_is_escaped(report):
    assert "<script>alert" not in page(report, "en")
    assert "&lt;script&gt;alert" in page(report, "en")


def test_the_page_says_its_cut_head_digest_and_software(report):
    for language in ("en", "zh"):
        text = page(report, language)
        for value in (report.run.cut.head, report.run.cut.protocol_digest, report.run.cut.software, report.run.cut.at):
            assert value in text


def test_a_rehearsal_says_that_its_participants_are_virtual(report):
    assert "every participant is virtual" in page(report, "en")


def test_both_languages_are_written_and_the_asked_one_stands_first(report):
    assert (report.out / "report.html").read_bytes() == (report.out / "report.zh.html").read_bytes()
    assert re.search(r'<html lang="zh-CN">', page(report, "zh"))
    assert "总生存期" in page(report, "zh")


def test_the_terminal_is_told_the_primary_result_and_the_places(report):
    lines = report.lines("en")
    assert lines[0].startswith("os_logrank: Log-rank test")
    assert lines[-1].endswith("report.html")


def test_a_trial_with_nobody_has_a_report_that_says_so(tmp_path):
    numbers = "study: {registrations: {ClinicalTrials.gov: NCT00000001, sponsor: X-77}}"
    trial = Trial(tmp_path, protocol=minimal_protocol(PLAN, numbers))
    trial.enter("X001", date(2024, 1, 1))
    text = page(write_report(trial), "en")
    assert "Nobody can be analyzed" in text
    assert "ClinicalTrials.gov NCT00000001" in text
    assert "X-77" not in text  # the sponsor's own number is no registry's
    assert Page(text).open == []


def test_a_blinded_report_names_no_arm_in_figure_table_or_flow(tmp_path):
    trial = small_trial(tmp_path, 12, protocol=minimal_protocol(PLAN, {"randomization": {"blinding": "double"}}))
    hidden = write_report(trial, out=tmp_path / "hidden")
    assert all("group" not in r or r["group"] is None for r in hidden.run.results["results"])
    assert "are sealed" in page(hidden, "en")
    # Without arms side by side there are no differences between them to be spoken of; and sentences begin as such.
    assert "chance made the differences" not in page(hidden, "en")
    assert "随机分组后的差异" not in page(hidden, "zh")
    assert not re.search(r">all participants", page(hidden, "en"))
    masked = write_report(trial, out=tmp_path / "masked", arms="masked")
    assert "Arm A (masked)" in page(masked, "en")
    assert all(r.get("group") in (None, "masked_A", "masked_B") for r in masked.run.results["results"])


def test_control_a_broken_link_is_noticed(report):
    parsed = Page(page(report, "en").replace('id="entry-6"', 'id="entry-x"'))
    assert {link[1:] for link in parsed.links} - set(parsed.ids) == {"entry-6"}


@pytest.mark.parametrize("days", [0, 1])
def test_the_first_day_of_a_trial_has_a_report_as_well(tmp_path, days):
    trial = Trial(tmp_path)
    trial.enter("P001", date(2024, 1, 5), arm="A")
    if days:
        trial.record("P001", "every_3_months", "follow_up", {"seen_date": "2024-01-06", "progressed": False})
    text = page(write_report(trial), "en")
    assert set(Page(text).links) <= {f"#{name}" for name in Page(text).ids}


def test_the_flow_tells_each_extent_with_its_number_and_reason(tmp_path):
    trial = small_trial(tmp_path, 12)
    for person, day, extent, reason in (
        ("P001", "02-01", "treatment", "rash"),
        ("P001", "09-01", "follow_up", "emigrated"),
    ):
        trial.say("withdrawn", {"date": f"2024-{day}", "reason": reason, "extent": extent}, person)
    text = page(write_report(trial), "en")
    for line in ("Stopped treatment: 1", "rash: 1", "emigrated: 1", "moved away: 1"):
        assert line in text
    assert "Stopped follow-up: 2" in text
