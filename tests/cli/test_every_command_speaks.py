"""Every command, asked in Chinese, says nothing in English: what it does, what it refuses, and what it cannot read."""

from __future__ import annotations

import json
import shutil

import pytest

from equipoise.cli.main import COMMANDS, main
from equipoise.conduct.folder.study import open_study
from tests.chinese import english_in, holds_chinese
from tests.conduct.importing.aid import FEW, MAPPING, TRIAL, row, table, without
from tests.conduct.small_trial import DAY, FULL, REMARK
from tests.conduct.treated_trial import TREATED
from tests.spec.minimal import write_minimal

ASKING = """\
forms:
- id: baseline
  checks:
  - {id: grown_up, rule: "age >= 45 OR sex = 'M'", severity: query, message: {en: Too young, zh: 年龄过小}}
"""
BASELINE = "values: {visit_date: 2024-02-01, age: %s, sex: F, weight: '60.0'}"
PEOPLE = (("li", "investigator", "S01"), ("zhao", "monitor", None), ("sun", "unblinded_statistician", None))
LIFE = f"""\
- {{act: screen, participant: P1, site: S01, date: {DAY}}}
- {{act: consent, participant: P1, date: {DAY}}}
- {{act: record, participant: P1, visit: screening, form: baseline, {BASELINE % 44}}}
- {{act: record, participant: P1, visit: screening, form: body, values: {{body_on: {DAY}, surface: '1.80'}}}}
- {{act: enroll, participant: P1, date: {DAY}}}
- {{act: randomize, participant: P1, date: {DAY}}}
- {{act: record, participant: P1, visit: notes, form: remark, observed: {DAY}, values: {{remark_text: 备注}}}}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A study conducted by hand, a rehearsed and analyzed one, and files to take in."""
    folder = tmp_path_factory.mktemp("world")
    protocol = write_minimal(folder / "protocol", FULL, REMARK, TREATED, ASKING)
    broken = write_minimal(folder / "broken", "forms: [{id: baseline, items: [{id: age, unit: yeers}]}]")
    assert broken.exists()
    study, played = str(folder / "study"), str(folder / "played")
    assert main(["new", study, "--protocol", str(protocol)]) == 0
    doors = [{"act": "open_site", "site": "S01", "date": DAY}]
    doors += [
        {"act": "appoint", "person": person, "name": person, "role": role} | ({"site": site} if site else {})
        for person, role, site in PEOPLE
    ]
    (folder / "doors.yaml").write_text(json.dumps(doors), "utf-8")
    (folder / "life.yaml").write_text(LIFE, "utf-8")
    assert main(["act", study, "--as", "custodian", "--file", str(folder / "doors.yaml")]) == 0
    assert main(["act", study, "--as", "li", "--file", str(folder / "life.yaml")]) == 0
    assert main(["backup", study, "--to", str(folder / "kept.zip"), "--with-keys", str(folder / "keys.zip")]) == 0
    assert main(["new", played, "--protocol", str(protocol), "--rehearsal"]) == 0
    assert main(["rehearse", played, "--participants", "12", "--seed", "3"]) == 0
    assert main(["analyze", played]) == 0
    assert main(["new", str(folder / "foreign"), "--protocol", str(TRIAL)]) == 0
    (folder / "few.csv").write_text(FEW, "utf-8")
    (folder / "list.csv").write_text("stratum,slot,arm\nsex=F,1,A\nsex=M,1,B\n", "utf-8")
    (folder / "short.csv").write_text("stratum,slot,arm\nsex=F,1,A\nsex=F,x,B\n", "utf-8")
    (folder / "bad.csv").write_text(table(row(1, sex=3), row(2, t_stage=7), row(3, t_stage=7)), "utf-8")
    (folder / "map.yaml").write_text(MAPPING, "utf-8")
    (folder / "map_bad.yaml").write_text(MAPPING.replace("age: age", "age: aeg"), "utf-8")
    (folder / "map_strict.yaml").write_text(without("grade_missing"), "utf-8")
    return folder


@pytest.fixture
def world(made, tmp_path, monkeypatch):
    """A copy in which a command may do as it likes; everything lies in the current folder."""
    here = shutil.copytree(made, tmp_path / "world")
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("equipoise.simulation.compile.kinds.DRAWN", 20)  # what is said does not hang on how many
    return here


ACT = ("act", "study", "--as", "li")
SAID = {  # a line as it is typed: its exit code
    "check protocol": 0,
    "check broken": 1,
    "check nowhere": 2,
    "cut study --date 2999-01-01": 0,
    "trace played os_logrank --rows -1": 2,
    "show protocol": 0,
    "show nowhere": 2,
    "design npc-nimotuzumab": 0,
    "design protocol": 1,
    "schema --out out": 0,
    "init begun --from binary": 0,
    "init begun --from nothing": 1,
    "new other --protocol protocol": 0,
    "new other --protocol protocol --rehearsal": 0,
    "new study --protocol protocol": 1,
    "new other --protocol broken": 1,
    "act study": 0,
    "act study screen --as li --set participant=P2 --set site=S01 --set date=2024-02-01": 0,
    "act study screen --as li --set participant=P2 --set site=S01 --set date=2024-02-01 --dry-run": 0,
    "act study screen --as li --set participant=P2 --set site=S02 --set date=2024-02-01": 1,
    "act study screen --as li --set participant=P2 --set site=S01 --set date=2024-02-30": 1,
    "act study record --as li --set participant=P1 --set visit=screening --set form=baseline --set values.age=200": 1,
    "act study withdraw --as li --set participant=P1 --set date=2024-02-10 --set reason=搬家": 0,
    "act study scren --as li": 1,
    "act study screen": 1,
    "act study screen --as li --set participant": 1,
    "act study record --as li --set values=1 --set values.age=2": 1,
    "act study record --as li --set groups.g.3.x=2": 1,
    "act study screen --as li --file nowhere.yaml": 2,
    "act study screen --as li --file life.yaml": 1,
    "act study --as li --file map.yaml": 1,
    "act study --as li --file life.yaml": 1,
    "act study amend --as custodian --set summary=x": 1,
    "act study amend --as custodian --set summary=x --set protocol=protocol --dry-run": 0,
    "act nowhere": 2,
    "import foreign few.csv --map map.yaml": 0,
    "import foreign few.csv --map map.yaml --dry-run": 0,
    "import foreign bad.csv --map map.yaml": 1,
    "import foreign few.csv --map map_bad.yaml": 1,
    "import foreign bad.csv --map map_strict.yaml": 1,
    "import foreign nowhere.csv --map map.yaml": 2,
    "simulate npc-nimotuzumab --trials 20 --seed 1 --scenario design --workers 1": 0,
    "simulate npc-nimotuzumab --trials none --seed 1": 1,
    "rehearse played --participants 12 --seed 3": 0,
    "rehearse study --participants 12 --seed 3": 1,
    "rehearse played --participants 0 --seed 3": 1,
    "status study": 0,
    "status played": 0,
    "status nowhere": 2,
    "queries study": 0,
    "queries study --site nowhere": 1,
    "queries study --participant P9": 1,
    "queries study --closed": 0,
    "contact study --consent": 0,
    "contact study --lot A17": 1,
    "doses study P1 --as li --on 2024-02-06": 0,
    "doses study P1 --as zhao": 1,
    "doses study P9 --as li": 1,
    "safety study --as sun": 0,
    "safety study": 0,
    "safety study --as nobody": 1,
    "unblindings study --as sun": 0,
    "balance study --as sun": 0,
    "balance study --as sun --values age bmi smoker": 0,
    "balance study --as sun --values shoe": 1,
    "balance study --as li": 1,
    "balance played --as custodian": 1,
    "envelopes study --as sun --each 2 --out out": 0,
    "envelopes study --as li --each 2 --out out": 1,
    "envelopes study --as sun --each 2 --out protocol": 1,
    "envelopes study --as sun --each 99 --out out": 1,
    "list list.csv --protocol protocol": 0,
    "list list.csv --protocol protocol --study study": 1,
    "list short.csv --protocol protocol --blocks 4": 1,
    "list few.csv --protocol protocol": 1,
    "list nowhere.csv --protocol protocol": 2,
    "verify study": 0,
    "verify study --derive --rebuild": 0,
    "verify study --anchor nowhere.json": 1,
    "checkpoint study --out c.json": 0,
    "checkpoint study --out c.json --as custodian --kept safe": 0,
    "checkpoint study --out life.yaml": 1,
    "cut study": 0,
    "cut study --as custodian": 0,
    "cut study --as li": 1,
    "cut study --date 2024-02-30": 1,
    "analyze played --out out": 0,
    "analyze study --cut=九": 1,
    "analyze study --arms masked --as sun": 0,
    "analyze study --arms masked": 1,
    "trace played os_logrank --rows 3": 0,
    "trace played os_km --rows 3": 0,
    "trace played nothing": 1,
    "trace study os_logrank": 1,
    "export study casebook --participant P1 --as li --out copy": 0,
    "export played trail --kind screened --out copy": 0,
    "export study roles --on 2024-02-01 --as li --out copy": 0,
    "export study roles --as li --out copy": 1,
    "export study roles --on 2024-02-01 --kind screened --as li --out copy": 1,
    "export study trail --out copy": 0,
    "export played data --out copy": 0,
    "export study data --arms shown --as custodian --out copy": 1,
    "backup study --to new.zip --with-keys new-keys.zip": 0,
    "backup study --to new.zip --drill": 0,
    "backup study --to life.yaml": 1,
    "backup study": 1,
    "backup study --to new.zip --database postgresql://here/x": 1,
    "restore kept.zip --to back": 0,
    "restore kept.zip --to back --keys keys.zip": 0,
    "restore kept.zip --to study": 1,
    "restore life.yaml --to back": 2,
    "archive played --arms masked --out ever": 0,
    "archive played --arms shown --out ever": 0,
    "archive study --as custodian --out ever": 0,
    "archive study --as li --out ever": 1,
    "archive study": 1,
    "archive --check study": 2,
    "demo protocol": 1,
    "demo life.yaml": 1,
}
NAMES = ("A demonstration trial",)  # the cover of a protocol bears its title in both languages


def spoken(line: str | list[str], capsys) -> tuple[int, str]:
    """How a command line ends that is asked in Chinese, and all that it says."""
    words = line.split() if isinstance(line, str) else line
    try:
        code = main(["--lang", "zh", *words])
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr()
    # The words of a head are English on every telephone.
    kept = [one for one in (said.out + said.err).splitlines() if not one.startswith("以词语表示：")]
    return code, "\n".join(kept)


def test_every_command_is_asked():
    assert {line.split()[0] for line in SAID} == set(COMMANDS)


@pytest.mark.parametrize("line", SAID)
def test_a_command_asked_in_chinese_says_nothing_in_english(line, world, capsys):
    code, said = spoken(line, capsys)
    assert english_in(said, NAMES) == []
    assert code == SAID[line], said
    assert holds_chinese(said) or line.startswith("schema")


def test_control_the_same_command_asked_in_english_is_noticed(world, capsys):
    assert main(["status", "study", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert not holds_chinese(said)
    assert english_in(said)


def test_findings_as_data_are_in_the_language_that_was_asked_for(world, capsys):
    for line, key in (("check broken --json", "findings"), ("act study scren --as li --json", "refused")):
        code, said = spoken(line, capsys)
        assert code == 1
        (found, *_) = json.loads(said)[key]
        assert holds_chinese(found["what"])
        assert main([*line.split(), "--lang", "en"]) == 1
        assert not holds_chinese(json.loads(capsys.readouterr().out)[key][0]["what"])


def test_the_status_as_data_names_the_trial_in_the_language_that_was_asked_for(world, capsys):
    told = json.loads(spoken("status study --json --as custodian", capsys)[1])
    assert (told["title"], told["sites"][0]["name"]) == ("示范", "第一医院")
    assert open_study("study").id == told["study"]


def test_a_repeated_import_is_told(world, capsys):
    assert main("import foreign few.csv --map map.yaml".split()) == 0
    capsys.readouterr()
    code, said = spoken("import foreign few.csv --map map.yaml", capsys)
    assert (code, english_in(said)) == (0, [])
    assert "此前已按此映射导入" in said
