"""The report is one page with its evidence beside it, escapes what people typed, links every number to its entries."""

import json
import re
import sys
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from equipoise.reports import write_report
from equipoise.reports.evidence import collect_evidence
from tests.analysis.test_perform import PLAN
from tests.analysis.trial import Trial, small_trial
from tests.spec.minimal import minimal_protocol


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.open, self.outside, self.lists = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "a":
            self.links.append(named["href"])
        if "data-file" in named:
            self.lists.append(named)
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
def trial(tmp_path_factory):
    trial = small_trial(tmp_path_factory.mktemp("study"), protocol=minimal_protocol(PLAN))
    trial.say(
        "deviation_reported", {"date": "2024-05-02", "category": "other", "text": "<script>alert(1)</script>"}, "P006"
    )
    return trial


@pytest.fixture(scope="module")
def report(trial):
    return write_report(trial, language="zh")


def page(report, language):
    return (report.out / f"report.{language}.html").read_text(encoding="utf-8")


def told(out, name):
    """What a file beside the page holds: one call with plain data, and nothing else."""
    text = (out / "rows" / name).read_text(encoding="utf-8")
    called = re.fullmatch(r"evidence\((\"[^\"]*\"),(\{.*\})\)\n", text, re.DOTALL)
    assert called is not None, text[:80]
    assert json.loads(called[1]) == name
    return json.loads(called[2])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_needs_nothing_but_the_files_beside_it(report, language):
    text = page(report, language)
    parsed = Page(text)
    assert parsed.outside
    assert all(link.startswith("rows/") and (report.out / link).is_file() for link in parsed.outside)
    assert all((report.out / "rows" / one["data-file"]).is_file() for one in parsed.lists)
    assert "url(" not in text
    assert "@import" not in text


def broken(report, language):
    """Links to places on the page, or to entries, that are not there."""
    parsed = Page(page(report, language))
    entries = [one for one in parsed.lists if "data-first" in one]
    known = {f"entry-{row[0]}" for one in entries for row in told(report.out, one["data-file"])["rows"]}
    links = {link[1:] for link in parsed.links if link.startswith("#")}
    for one in parsed.lists:
        if "data-first" not in one:
            links |= {f"entry-{seq}" for row in told(report.out, one["data-file"])["rows"] for seq in row[-1]}
    return links - set(parsed.ids) - known


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_link_leads_somewhere_and_every_tag_is_closed(report, language):
    parsed = Page(page(report, language))
    assert broken(report, language) == set()
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.open == []


def test_every_row_of_every_result_lies_in_its_file_with_its_entries(report):
    files = {one["id"]: one["data-file"] for one in Page(page(report, "en")).lists if "id" in one}
    for performed in report.run.performed:
        rows = told(report.out, files[f"rows-{performed.result['id']}"])["rows"]
        assert [row[0] for row in rows] == performed.rows["participant"].to_list()
        assert [row[-1] for row in rows] == performed.rows["seqs"].to_list()
    assert len(set(files.values())) < len(files)  # results of the same rows share their file


def test_entries_lie_in_files_of_a_size_that_opens_at_once(report, trial, monkeypatch):
    monkeypatch.setattr("equipoise.reports.evidence.ENTRIES_IN_FILE", 7)
    evidence = collect_evidence(report.run, trial.store)
    assert [chunk.count for chunk in evidence.entries[:-1]] == [7] * (len(evidence.entries) - 1)
    assert all(one.last < two.first for one, two in pairwise(evidence.entries))


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


def test_control_a_broken_link_is_noticed(report, monkeypatch):
    whole = told
    without = lambda out, name: {"rows": [row for row in whole(out, name)["rows"] if row[0] != 6]}  # noqa: E731
    monkeypatch.setattr(sys.modules[__name__], "told", without)
    assert broken(report, "en") == {"entry-6"}


@pytest.mark.parametrize("days", [0, 1])
def test_the_first_day_of_a_trial_has_a_report_as_well(tmp_path, days):
    trial = Trial(tmp_path)
    trial.enter("P001", date(2024, 1, 5), arm="A")
    if days:
        trial.record("P001", "every_3_months", "follow_up", {"seen_date": "2024-01-06", "progressed": False})
    text = page(write_report(trial), "en")
    assert {link for link in Page(text).links if link[0] == "#"} <= {f"#{name}" for name in Page(text).ids}


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
