"""The audit trail is reviewed: by whom, which part, up to which entry; told in its copy and in the status."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.status_lines import status_data, status_lines
from equipoise.conduct import acts as a
from equipoise.conduct.folder import reviewing
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import Study
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.reports.copies.trail import write_trail
from tests.chinese import holds_chinese
from tests.conduct.small_trial import DAY, open_trial

REMARK = "compared with the source documents of week 9"
LATER = datetime(2024, 3, 15, tzinfo=UTC)


def two_sites():
    """P1 at S01 and P2 at S02; a monitor of S01 alone beside zhao, who monitors everywhere."""
    trial = open_trial()
    trial.recorded("P1")
    trial.recorded("P2", "S02", "wang")
    trial.do(a.Appoint("mo", "Mo", "monitor", "S01"), as_="ma")
    return trial


def study_of(trial, tmp_path) -> Study:
    return Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def unreviewed(study, who):
    return study_status(study.seen_by(who), LATER).trail.unreviewed


def test_a_review_names_the_part_the_entry_and_its_hash():
    trial = two_sites()
    upto = trial.head()
    head = trial.entries()[-1].hash
    said = []
    for act in (
        a.ReviewTrail(upto, "clear", REMARK),
        a.ReviewTrail(upto, "found", REMARK, site="S01"),
        a.ReviewTrail(upto, "clear", REMARK, participant="P1"),
    ):
        (entry,) = trial.do(act, as_="zhao").entries
        assert (entry.payload["upto"], entry.payload["head"], entry.payload["reason"]) == (upto, head, REMARK)
        said.append(KIND_OF[entry.kind].say(entry))
        assert holds_chinese(KIND_OF[entry.kind].say(entry, "zh"))
    assert said == [
        f"The audit trail was reviewed up to entry {upto}: nothing was found",
        f"The audit trail of site S01 was reviewed up to entry {upto}: something was found",
        f"The audit trail of P1 was reviewed up to entry {upto}: nothing was found",
    ]
    trial.do(a.Lock("done"), as_="custodian")
    trial.do(a.ReviewTrail(trial.head(), "clear", REMARK), as_="zhao")
    trial.check_whole()


def test_only_what_somebody_may_read_is_theirs_to_review():
    trial = two_sites()
    whole, there = a.ReviewTrail(5, "clear", REMARK), a.ReviewTrail(5, "clear", REMARK, participant="P2")
    trial.do(a.ReviewTrail(5, "clear", REMARK, site="S01"), as_="mo")
    trial.do(a.ReviewTrail(5, "clear", REMARK, participant="P1"), as_="mo")
    for act in (whole, there, a.ReviewTrail(5, "clear", REMARK, site="S02")):
        assert trial.codes(act, as_="mo") == ["authority.other_site"]
    for who in ("li", "chen", "ma", "custodian"):
        assert trial.codes(whole, as_=who) == ["authority.not_granted"]
    assert trial.codes(a.ReviewTrail(5, "clear", REMARK, participant="P9"), as_="zhao") == ["participant.unknown"]


def test_who_may_review_and_reads_nothing_reviews_nothing():
    blind = "{id: blind, label: {en: B, zh: 盲}, acts: [review_trail], reads: [], own_site_only: false}"
    office = "{id: office, label: {en: O, zh: 办}, acts: [appoint, review_trail], own_site_only: false}"
    trial = open_trial(f"roles: [{blind}, {office}]", people=False)
    for role in ("blind", "office"):
        trial.do(a.Appoint(role, role.title(), role), as_="custodian")
    assert trial.codes(a.ReviewTrail(1, "clear", REMARK), as_="blind") == ["authority.not_granted"]
    trial.do(a.ReviewTrail(1, "clear", REMARK), as_="office")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (a.ReviewTrail(0, "clear", REMARK), "cut.no_such_entry"),
        (a.ReviewTrail(10**6, "clear", REMARK), "cut.no_such_entry"),
        (a.ReviewTrail(1, "clear", " "), "reason.missing"),
        (a.ReviewTrail(1, "", REMARK), "review.outcome"),
        (a.ReviewTrail(1, "clear", REMARK, site="S09"), "site.unknown"),
        (a.ReviewTrail(1, "clear", REMARK, "S01", "P1"), "review.part"),
    ],
)
def test_what_is_no_review_is_refused(act, code):
    trial = two_sites()
    assert trial.codes(act, as_="zhao") == [code]


def test_the_copy_has_a_line_for_every_entry_and_says_who_reviewed_what(tmp_path):
    trial = two_sites()
    study = study_of(trial, tmp_path)
    before = write_trail(study, tmp_path / "before", "zhao")
    assert rows(before / "reviews.csv") == []
    assert "Nobody has reviewed the trail." in (before / "trail.en.html").read_text("utf-8")
    trial.do(a.ReviewTrail(12, "clear", REMARK), a.ReviewTrail(14, "found", "P2: why so late?", site="S02"), as_="zhao")
    trial.do(a.ReviewTrail(15, "clear", REMARK, participant="P1"), as_="zhao")
    place = write_trail(study, tmp_path / "after", "zhao")
    held = trial.head() - 1  # the last entry says that the copy was made
    assert len(rows(place / "trail.csv")) == held == json.loads((place / "manifest.json").read_text())["lines"]
    told = [(r["by"], r["upto"], r["site"], r["participant"], r["outcome"]) for r in rows(place / "reviews.csv")]
    assert told == [
        ("zhao", "12", "", "", "clear"),
        ("zhao", "14", "S02", "", "found"),
        ("zhao", "15", "S01", "P1", "clear"),
    ]
    for language, words in (("en", "something was found"), ("zh", "发现问题")):
        page = (place / f"trail.{language}.html").read_text("utf-8")
        assert words in page
        assert "why so late?" in page
    # A site is told of its own part and of the whole; one participant's trail, of the reviews that reach it.
    assert [r["upto"] for r in rows(write_trail(study, tmp_path / "li", "li") / "reviews.csv")] == ["12", "15"]
    one = write_trail(study, tmp_path / "p2", "zhao", participant="P2")
    assert [r["upto"] for r in rows(one / "reviews.csv")] == ["12", "14"]


def test_the_status_counts_what_nobody_has_reviewed(tmp_path):
    trial = two_sites()
    study, head = study_of(trial, tmp_path), trial.head()
    status = study_status(study, LATER)
    assert (status.trail.last, status.trail.unreviewed) == (None, head)
    assert f"audit trail: never reviewed; entries not reviewed: {head}" in status_lines(status, Voice("en"))
    trial.do(a.ReviewTrail(head - 3, "clear", REMARK), as_="zhao")
    assert unreviewed(study, "zhao") == 4  # three, and the review itself
    status = study_status(study, LATER)
    assert (status.trail.last.by, status.trail.days) == ("zhao", 14)
    line = f"last reviewed by zhao on 2024-03-01 (the whole study, to entry {head - 3}), 14 days ago; entries not reviewed: 4"
    assert any(line in one for one in status_lines(status, Voice("en")))
    assert any(f"（全研究，至条目{head - 3}）" in one for one in status_lines(status, Voice("zh")))
    assert status_data(status, "en")["trail"]["unreviewed"] == 4


def by_hand(trial, own, reached):
    """How many entries of these sites (None: of all) no review reaches, one by one."""
    sites = {"P1": "S01", "P2": "S02"}
    found = 0
    for entry in trial.entries():
        site = sites.get(entry.participant, entry.site)
        if own is None or site in {None, *own}:
            found += not any(
                entry.seq <= upto and part in (None, site, entry.participant) for part, upto in reached.items()
            )
    return found


def test_a_part_counts_for_its_own_entries_alone(tmp_path):
    trial = two_sites()
    study = study_of(trial, tmp_path)
    reached = {}
    for part, upto in ((None, 6), ("S01", trial.head()), ("P2", trial.head() - 1), ("S02", 9), (None, 8)):
        given = {} if part is None else {"participant" if part.startswith("P") else "site": part}
        trial.do(a.ReviewTrail(upto, "clear", REMARK, **given), as_="zhao")
        reached[part] = max(upto, reached.get(part, 0))
        for who, own in (("zhao", None), ("li", {"S01"}), ("wang", {"S02"})):
            assert unreviewed(study, who) == by_hand(trial, own, reached), (part, who)


def test_whoever_moved_is_a_part_of_the_site_where_they_are_now(tmp_path):
    trial = two_sites()
    trial.do(a.ReviewTrail(trial.head(), "clear", REMARK, participant="P1"), as_="zhao")
    trial.clock.append(trial.clock[-1] + timedelta(days=1))
    trial.do(a.Transfer("P1", "S02", DAY, "moved house"), as_="ma")
    study = study_of(trial, tmp_path)
    reviews = {who: study_status(study.seen_by(who), LATER).trail.last for who in ("li", "wang")}
    assert reviews["li"] is None
    assert reviews["wang"].participant == "P1"


def test_control_a_count_that_takes_a_part_for_the_whole_is_noticed(tmp_path, monkeypatch):
    trial = two_sites()
    study, honest = study_of(trial, tmp_path), reviewing.trail_reviews
    trial.do(a.ReviewTrail(trial.head(), "clear", REMARK, site="S01"), as_="zhao")
    expected = by_hand(trial, None, {"S01": trial.head() - 1})
    assert unreviewed(study, "zhao") == expected

    def of_everything(*given):
        return [reviewing.TrailReview(**{**vars_of(one), "site": None}) for one in honest(*given)]

    monkeypatch.setattr(reviewing, "trail_reviews", of_everything)
    assert unreviewed(study, "zhao") != expected


def vars_of(review):
    return {name: getattr(review, name) for name in review.__dataclass_fields__}
