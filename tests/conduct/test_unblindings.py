"""The monitor's report of unblindings: whose, why, at which rate, what was assessed afterwards; and who must be told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.main import main
from equipoise.cli.status_lines import status_lines
from equipoise.cli.unblinding_lines import unblinding_lines
from equipoise.conduct.folder import unblindings
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.unblindings import list_unblindings
from equipoise.findings import Refusal
from tests.chinese import holds_chinese
from tests.conduct.unblinded_trial import unblinded_trial


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = unblinded_trial(tmp_path_factory.mktemp("unblinded"))
    yield made
    made.store.close()


def seq_of(study, kind, participant, n):
    return [one.seq for one in study.store.read(study.id, kinds=(kind,)) if one.participant == participant][n]


def test_the_monitor_reads_every_unblinding_with_its_reason_and_no_arm(study):
    found = list_unblindings(study.seen_by("zhao"))
    assert [(one.participant, one.category, one.by, one.told, one.known_to, one.reason) for one in found.listed] == [
        ("P1", "emergency", "li", True, (), "Unconscious"),
        ("P2", "inadvertent", "li", False, ("chen",), "The label was legible"),
        ("P1", "safety_report", "yu", True, (), "Suspected unexpected reaction"),
    ]
    assert "arm" not in json.dumps(found.as_data())


def test_each_site_has_its_rate_and_its_emergencies_without_an_event(study):
    first, second = list_unblindings(study.seen_by("zhao")).sites
    assert (first.site, first.randomized, first.unblinded, first.without_event) == ("S01", 3, 2, 1)
    assert first.rate == 2 / 3
    assert first.categories == {"emergency": 1, "inadvertent": 1, "safety_report": 1}
    assert (second.site, second.randomized, second.unblinded, second.rate) == ("S02", 1, 0, 0.0)
    assert list_unblindings(study.seen_by("zhao"), site="S02").listed == ()


def test_who_belongs_to_a_site_reads_of_it_alone(study):
    assert [one.site for one in list_unblindings(study.seen_by("wang")).sites] == ["S02"]
    with pytest.raises(Refusal) as refused:
        list_unblindings(study.seen_by("wang"), site="S01")
    assert refused.value.findings[0].code == "queries.site"
    with pytest.raises(Refusal):
        list_unblindings(study.seen_by("nobody"))


def later(study):
    return [(one.participant, one.by, one.entry, one.items) for one in list_unblindings(study.seen_by("zhao")).later]


def test_what_who_knew_the_arm_entered_afterwards_is_listed(study):
    """li of P1 from the emergency on; chen of P2 from the day of the disclosure on, though it came to light later."""
    assert later(study) == [
        ("P2", "chen", seq_of(study, "form_recorded", "P2", 2), ("seen_date",)),
        ("P1", "li", seq_of(study, "form_recorded", "P1", 2), ("seen_date",)),
        ("P1", "li", seq_of(study, "value_corrected", "P1", 0), ("seen_date",)),
    ]


def test_control_whoever_asks_not_who_knew_lists_too_much(study, monkeypatch):
    monkeypatch.setattr(unblindings, "_knew", lambda one, entry: entry.seq > one.entry)
    assert "chen" in {by for who, by, _, _ in later(study) if who == "P1"}


def test_who_must_know_finds_it_in_the_status_and_whoever_need_not_does_not(study):
    status = study_status(study.seen_by("zhao"))
    assert status.unblinded == {"emergency": 1, "inadvertent": 1, "safety_report": 1}
    assert [(one.participant, one.category) for one in status.notices] == [
        ("P1", "emergency"),
        ("P2", "inadvertent"),
        ("P1", "safety_report"),
    ]
    assert study_status(study.seen_by("chen")).notices == ()
    assert study_status(study.seen_by("wang")).unblinded == {}
    assert [one.category for one in study_status(study.seen_by("yu")).notices] == ["emergency", "inadvertent"]
    told = "\n".join(status_lines(status, Voice("en")))
    assert "Unblinded one by one: emergency 1, by mistake 1, safety report 1" in told
    assert "P1 (S01): emergency, by li on 2024-03-01 (entry" in told
    assert "单个揭盲：紧急情况1例" in "\n".join(status_lines(status, Voice("zh")))
    assert "Unblinded one by one" not in "\n".join(status_lines(study_status(study.seen_by("wang")), Voice("en")))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_prints_it_in_both_languages(study, capsys, language):
    assert main(["--lang", language, "unblindings", str(study.folder), "--as", "zhao"]) == 0
    told = capsys.readouterr().out
    wanted = {
        "en": (
            "P1 (S01): emergency, by li",
            "knows the arm: chen",
            "66.7%",
            "name no serious event: 1",
            "form follow_up",
        ),
        "zh": (
            "P1（S01）：紧急情况，由li",
            "知晓组别者：chen",
            "66.7%",
            "未注明严重不良事件的紧急揭盲：1例",
            "表单follow_up",
        ),
    }[language]
    assert [one for one in wanted if one not in told] == []
    assert holds_chinese(told) is (language == "zh")
    assert main(["--lang", language, "unblindings", str(study.folder), "--as", "wang", "--site", "S02"]) == 0
    assert {"en": "Nobody was unblinded.", "zh": "无人揭盲。"}[language] in capsys.readouterr().out


def test_the_command_gives_it_to_a_program(study, capsys):
    assert main(["unblindings", str(study.folder), "--as", "zhao", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["category"] for one in found["listed"]] == ["emergency", "inadvertent", "safety_report"]
    assert found["sites"][0]["without_event"] == 1


@pytest.mark.parametrize(("language", "planned", "nobody"), [("en", "planned", "nobody"), ("zh", "按计划", "无")])
def test_one_that_was_planned_and_of_which_nobody_had_to_be_told(study, language, planned, nobody):
    found = list_unblindings(study.seen_by("zhao"))
    one = replace(found.listed[0], category="planned", notices=())
    lines = unblinding_lines(replace(found, listed=(one,)), Voice(language))
    assert planned in lines[0]
    assert any(line.rstrip().endswith(nobody) for line in lines[1:5])
