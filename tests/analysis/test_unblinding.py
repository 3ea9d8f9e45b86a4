"""What a cut, its results and the report say of a blind that was broken; by arm only where arms are shown."""

from __future__ import annotations

import re
from datetime import date

import pytest

from equipoise.analysis.running import analyze_cut
from equipoise.conduct import acts as a
from equipoise.conduct.entries import unblinding
from equipoise.datacut import freeze
from equipoise.reports.evidence import collect_evidence
from equipoise.reports.report import render_report
from tests.conduct.small_trial import Trial
from tests.conduct.unblinded_trial import unblinded_trial

SPARING = (
    "sets: [{id: blinded, label: {en: Still blind, zh: 保持盲态}, rule: randomized AND NOT unblinded},"
    " {id: no_mistake, label: {en: No mistake, zh: 无意外},"
    " rule: \"randomized AND (unblinding_category IS NULL OR unblinding_category <> 'inadvertent')\"}]"
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = unblinded_trial(tmp_path_factory.mktemp("unblinded"), SPARING)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def run(study):
    cut = freeze(study.seen_by("he"))
    return analyze_cut(cut, cut.protocol)


def test_the_cut_says_who_was_unblinded_when_and_why(run):
    rows = run.cut.participants.select("participant", "unblinded", "unblinded_date", "unblinding_category").rows()
    assert rows == [
        ("P1", True, date(2024, 3, 1), "emergency"),
        ("P2", True, date(2024, 2, 10), "inadvertent"),
        ("P3", False, None, None),
        ("P4", False, None, None),
    ]
    assert run.cut.participants["arm"].to_list() == [None] * 4


def test_a_set_may_leave_out_whoever_was_unblinded(run):
    from equipoise.analysis.sets import members

    def inside(name: str) -> list[str]:
        return run.cut.participants["participant"].filter(members(run.cut, run.protocol, name)).to_list()

    assert inside("blinded") == ["P3", "P4"]
    assert inside("no_mistake") == ["P1", "P3", "P4"]


def test_the_results_count_them_by_category_and_name_what_was_assessed_afterwards(run):
    told = run.results["unblinding"]
    assert told["participants"] == 2
    assert told["by_category"] == [
        {"category": category, "arm": None, "n": 1} for category in ("emergency", "inadvertent", "safety_report")
    ]
    assert [(one["participant"], one["by"]) for one in told["later"]] == [("P2", "chen"), ("P1", "li"), ("P1", "li")]


def said(page: str) -> str:
    found = re.search(r'<section id="unblinding">.*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_the_report_tells_it_in_both_languages(run, study):
    english, chinese = (
        said(render_report(run, collect_evidence(run, study.store), language)) for language in ("en", "zh")
    )
    assert "The arm became known 3 times before this cut, of 2 participants." in english
    assert "3 entries that results rest on were made by somebody who knew the arm, about 2 participants" in english
    assert "Unconscious" in english and "Experimental" not in english and "Control" not in english
    assert "本截点之前共发生 3 次揭盲，涉及 2 名受试者。" in chinese and "意外泄露" in chinese
    assert "试验组" not in chinese and "对照组" not in chinese


def test_where_arms_are_shown_it_is_counted_by_arm(tmp_path):
    made = unblinded_trial(tmp_path)
    trial = Trial(made.desk(), made.store)
    trial.both(a.Unseal("the end"))
    cut = freeze(made.seen_by("sun"))
    shown = analyze_cut(cut, cut.protocol)
    arms = dict(cut.participants.select("participant", "arm").iter_rows())
    by = {one["category"]: one["arm"] for one in shown.results["unblinding"]["by_category"]}
    assert by == {"emergency": arms["P1"], "inadvertent": arms["P2"], "safety_report": arms["P1"]}
    label = {"A": "Experimental", "B": "Control"}[arms["P1"]]
    assert label in said(render_report(shown, collect_evidence(shown, made.store), "en"))
    made.store.close()


def test_a_report_of_nobody_unblinded_says_so_and_of_an_open_trial_nothing(tmp_path):
    from equipoise.conduct.folder.study import create_study
    from tests.spec.minimal import write_minimal

    for blinding, found in (("double", True), ("open", False)):
        home = tmp_path / blinding
        study = create_study(
            home / "s", write_minimal(home / "p", {"roles": None}, {"randomization": {"blinding": blinding}})
        )
        Trial(study.desk(), study.store).do(a.Appoint("he", "He", "data_manager"), as_="custodian")
        cut = freeze(study.seen_by("he"))
        run = analyze_cut(cut, cut.protocol)
        page = render_report(run, collect_evidence(run, study.store), "en")
        assert ("Nobody was unblinded one by one" in page) is found
        assert ('id="unblinding"' in page) is found
        study.store.close()


def test_control_an_entry_that_says_nothing_to_the_state_is_noticed(study, monkeypatch):
    object.__setattr__(unblinding.UNBLINDED, "on_person", None)
    try:
        assert not freeze(study.seen_by("he")).participants["unblinded"].any()
    finally:
        object.__setattr__(unblinding.UNBLINDED, "on_person", unblinding._unblinded)
