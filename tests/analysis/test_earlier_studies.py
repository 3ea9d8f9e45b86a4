"""A study that was opened when unused options were accepted still opens; its results claim nothing of them."""

from __future__ import annotations

import pytest

from equipoise.conduct.folder import study as folder
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.findings import Refusal
from equipoise.protocol.reading import read_shape
from equipoise.reports import write_report
from tests.analysis.trial import small_trial
from tests.spec.minimal import minimal_protocol, write_minimal

PLAN = """
analyses:
- {id: by_day, label: {en: By day, zh: 按时点}, endpoint: os, set: itt, method: milestone, role: secondary, at_days: [120], strata: [sex]}
"""


@pytest.fixture
def earlier(tmp_path, monkeypatch):
    """A study folder as an earlier version made it."""
    protocol = write_minimal(tmp_path / "protocol", PLAN)
    with monkeypatch.context() as then:
        then.setattr(folder, "load_protocol", lambda path: read_shape(path).protocol)
        create_study(tmp_path / "study", protocol, environment="rehearsal")
    return tmp_path / "study"


def test_its_own_copy_is_read_as_it_was_taken_up(earlier):
    study = open_study(earlier)
    assert study.protocol.analyses[-1].strata == ("sex",)


def test_control_a_new_study_refuses_the_same_protocol(tmp_path):
    with pytest.raises(Refusal, match="does not use it"):
        create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", PLAN))


def test_a_report_never_says_stratified_of_what_was_not(tmp_path):
    trial = small_trial(tmp_path, protocol=minimal_protocol(PLAN))
    report = write_report(trial)
    english, chinese = (page.read_text("utf-8") for page in report.pages[:2])
    mine = [r for r in report.run.results["results"] if r["analysis"] == "by_day"]
    assert mine
    assert all(r["strata"] == [] for r in mine)
    assert "Stratified by" not in english
    assert "method milestone does not use it" in english
    assert "方案给出了`strata`" in chinese


def test_control_a_test_that_was_stratified_says_so(tmp_path):
    plan = PLAN.replace("method: milestone", "method: logrank").replace(", at_days: [120]", "")
    report = write_report(small_trial(tmp_path, protocol=minimal_protocol(plan)))
    assert "Stratified by" in report.pages[0].read_text("utf-8")
