"""`equipoise doses` and `equipoise safety` as they are typed: who may know the arm, what others see."""

import json

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, Consent, Enroll, OpenSite, Randomize, RecordForm, Screen
from equipoise.conduct.folder.study import create_study, open_study
from tests.conduct.small_trial import BASELINE, DAY, FULL, REMARK
from tests.conduct.treated_trial import TREATED, blood, drug
from tests.spec.minimal import write_minimal

PEOPLE = (
    ("li", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("chen", "coordinator", "S01"),
    ("ma", "trial_manager", None),
    ("zhao", "monitor", None),
    ("sun", "unblinded_statistician", None),
)


def make(folder, *changes):
    study = create_study(folder / "study", write_minimal(folder / "protocol", FULL, REMARK, TREATED, *changes))
    desk = study.desk()
    for site in ("S01", "S02"):
        desk.perform(OpenSite(site, DAY), as_="custodian")
    for person, role, site in PEOPLE:
        desk.perform(Appoint(person, person.title(), role, site), as_="custodian")
    arms = {}
    for place in range(12):
        name = f"P{place}"
        for act in (
            Screen(name, "S01", DAY),
            Consent(name, DAY),
            RecordForm(name, "screening", "baseline", BASELINE),
            RecordForm(name, "screening", "body", {"body_on": DAY, "surface": "1.80"}),
            Enroll(name, DAY),
        ):
            desk.perform(act, as_="li")
        arms[name] = desk.perform(Randomize(name, DAY), as_="li").arm
    study.store.close()
    return folder / "study", arms


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder, arms = make(tmp_path_factory.mktemp("open"))
    desk = open_study(folder).desk()
    first = next(name for name, arm in arms.items() if arm == "A")
    for act in (blood(first, "2024-02-05", anc="1.2", platelet_count="200"), drug(first, "2024-02-05", given=False)):
        desk.perform(act, as_="li")
    for name in [name for name, arm in arms.items() if arm == "A"][1:4]:
        toxic = RecordForm(name, "course", "toxicity", {"toxic_on": "2024-02-10", "grade": 4})
        desk.perform(toxic, as_="li")
    return folder, arms, first


@pytest.fixture
def run(made, capsys):
    folder, arms, first = made

    def call(command, *more):
        code = main([command, str(folder), *more])
        out, err = capsys.readouterr()
        return code, out, err

    call.arms, call.first = arms, first
    return call


def test_an_investigator_sees_the_doses_of_the_own_site(run):
    code, out, _ = run("doses", run.first, "--as", "li", "--on", "2024-02-06")
    assert code == 0
    assert "2024-02-05   180 mg   2024-02-05  not given" in out
    assert "Dose 2, planned for 2024-02-26: delay by 7 days, ask again on 2024-02-13; then 100% (180 mg)" in out
    assert "because: Neutrophils below 1.5 [anc_low]" in out


def test_the_sheet_is_there_in_chinese_and_as_data(run):
    assert "延迟7天" in run("doses", run.first, "--as", "li", "--on", "2024-02-06", "--lang", "zh")[1]
    told = json.loads(run("doses", run.first, "--as", "li", "--on", "2024-02-06", "--treatment", "drug", "--json")[1])
    assert [one["treatment"] for one in told["treatments"]] == ["drug"]
    assert told["treatments"][0]["advice"]["recommendation"] == "delay"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("wang", "those roles end at the site's door"),
        ("chen", "may not do `see_allocation`"),
        ("zhao", "may not do"),
        ("nobody", "holds no role"),
    ],
)
def test_who_may_not_know_the_arm_is_refused(run, who, code):
    status, out, err = run("doses", run.first, "--as", who)
    assert (status, out) == (1, "")
    assert code in err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("P99", "--as", "li"), "there is no participant P99"),
        (("P0", "--as", "li", "--treatment", "gold"), "has no treatment gold"),
        (("P0", "--as", "li", "--on", "2024-02-31"), "is not a date"),
    ],
)
def test_bad_input_is_told(run, more, words):
    status, _, err = run("doses", *more)
    assert status == 1
    assert words in err


def test_the_doses_of_a_double_blind_trial_are_shown_to_nobody_before_the_unsealing(tmp_path, capsys):
    folder, _ = make(tmp_path, "randomization: {blinding: double}")
    assert main(["doses", str(folder), "P0", "--as", "li"]) == 1
    assert "double-blind" in capsys.readouterr().err


def test_an_unblinded_statistician_sees_counts_by_arm_and_what_was_crossed(run):
    code, out, _ = run("safety", "--as", "sun")
    assert code == 0
    assert "CROSSED: " in out
    assert "The committee decides whether the trial goes on." in out
    assert "act `pause`" in out
    assert "Control" not in out


@pytest.mark.parametrize("who", [(), ("--as", "li"), ("--as", "zhao"), ("--as", "ma")])
def test_others_see_all_arms_together_and_no_verdict_about_an_arm(run, who):
    code, out, _ = run("safety", *who)
    assert code == 0
    assert "CROSSED" not in out
    assert "not judged here" in out
    told = json.loads(run("safety", *who, "--json")[1])
    assert (told["arms"], told["rules"][0]["counts"][0]["group"], told["rules"][0]["counts"][0]["events"]) == (
        "pooled",
        None,
        3,
    )


def test_counts_can_be_followed_to_their_entries(run):
    told = json.loads(run("safety", "--as", "sun", "--json")[1])
    (count,) = told["rules"][0]["counts"]
    assert count["group"] == "A"
    assert {run.arms[name] for name in count["who"]} == {"A"}
    assert all(len(seqs) == 1 for seqs in count["who"].values())
    assert told["crossed"]


def test_an_earlier_moment_had_not_crossed(run):
    entry = str(
        min(
            seq
            for seqs in json.loads(run("safety", "--as", "sun", "--json")[1])["rules"][0]["counts"][0]["who"].values()
            for seq in seqs
        )
    )
    told = json.loads(run("safety", "--as", "sun", "--entry", entry, "--json")[1])
    assert not told["crossed"]


def test_nothing_is_paused_and_nothing_is_entered_but_that_arms_were_seen(run, made):
    study = open_study(made[0])
    before = study.store.head(study.id)
    run("safety", "--as", "zhao")
    assert study.store.head(study.id) == before
    run("safety", "--as", "sun")
    assert [entry.kind for entry in study.store.read(study.id, after=before.seq)] == ["reading_noted"]
    assert study.desk().state().paused is None


def test_a_stranger_is_refused(run):
    assert run("safety", "--as", "nobody")[0] == 1


def test_in_a_sealed_double_blind_trial_groups_are_letters(tmp_path, capsys):
    folder, _ = make(tmp_path, "randomization: {blinding: double}")
    assert main(["safety", str(folder), "--as", "sun", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "masked_A" in out
    assert "masked_B" in out
    assert "Experimental" not in out


def test_a_protocol_without_rules_says_so(tmp_path, capsys):
    folder, _ = make(tmp_path, {"safety_rules": []})
    assert main(["safety", str(folder)]) == 0
    assert "no safety stopping rules" in capsys.readouterr().out
