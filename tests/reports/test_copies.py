"""What can be taken out: one participant's casebook, the trail, roles as they stood; complete, and for the right eyes.

Controls: a copy from which an entry is left out, and a telling that withholds nothing, are both noticed.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.folder.study import Study
from equipoise.findings import Refusal
from equipoise.randomization.sealing import write_secret
from equipoise.reports.copies import telling, writing
from equipoise.reports.copies.casebook import read_casebook
from equipoise.reports.copies.casebook_files import write_casebook
from equipoise.reports.copies.data_files import write_data
from equipoise.reports.copies.history import pages_of
from equipoise.reports.copies.roles_held import roles_on, write_roles
from equipoise.reports.copies.trail import write_trail
from equipoise.reports.copies.writing import MANIFEST
from tests.chinese import holds_chinese
from tests.conduct.mending_cases import SAMPLES
from tests.conduct.small_trial import CHECKUP, DAY, SECRET, Trial, open_trial

REMARK = {"remark_text": "called <Wang & sons>"}
BIRTH = "forms: [{id: checkup, items: [{id: born_on, identifying: true}]}]"
FACETS = "forms: [{id: remark, items: [{id: titer, label: {en: Titer, zh: 滴度}, type: qualified_number, required: false, qualifiers: {'<': half}}]}]"
LESIONS = [{"lesion_place": "liver", "lesion_size": 40}]


def eventful() -> Trial:
    """P1 lives through everything that a record can live through; the others stand at every other stage."""
    trial = open_trial(SAMPLES, BIRTH, FACETS)
    do = trial.do
    trial.randomized("P1")
    checkup = {**CHECKUP, "born_on": "1980-05-06", "height": "215.0", "smoker": True, "packs": 1}
    do(
        a.Draft("P1", "screening", "checkup", {"height": "170.0"}),
        a.Draft("P1", "screening", "checkup", {"height": "171.0"}),
    )
    do(
        a.RecordForm(
            "P1", "screening", "checkup", checkup, {"lesions": LESIONS}, overrides={"height.range": "measured twice"}
        )
    )
    do(a.CorrectValue("P1", "screening", "checkup", "lesion_size", 45, "misread", group="lesions", row=1))
    do(a.CorrectValue("P1", "screening", "checkup", "born_on", "1980-05-07", "misread"))
    do(a.CorrectValue("P1", "screening", "baseline", "age", 52, "birthday"))
    do(a.ConsentPart("P1", "samples", "agrees", DAY))
    for n in (3, 1, 2):
        do(a.RecordForm("P1", "notes", "remark", REMARK, occurrence=n, observed=DAY))
    do(a.Strike("P1", "notes", "remark", "another person's"))
    erased = next(e for e in reversed(trial.entries()) if e.kind == "form_recorded")
    do(a.Erase(erased.seq, "a name", whole=True), as_="custodian")
    ask = a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age")
    query = f"Q{do(ask, as_='zhao').entries[0].seq:04d}"
    do(a.AnswerQuery("P1", query, "It is."))
    do(a.CloseQuery("P1", query, "seen"), a.RaiseQuery("P1", {"en": "Sure?"}, query=query), as_="zhao")
    gone = do(a.RaiseQuery("P1", {"en": "Mr Wang?"}, "screening", "baseline", item="sex"), as_="zhao").entries[0].seq
    do(a.Erase(gone, "a name"), as_="custodian")
    do(a.ReportDeviation("P1", DAY, "visit", "late"))
    trial.refused(a.RecordForm("P1", "screening", "nowhere", {}))
    do(a.ConsentPart("P1", "samples", "withdraws", "2024-02-05", "wish"))
    trial.screened("P2"), trial.consented("P3"), trial.enrolled("P4")
    do(a.FailScreening(trial.recorded("P5"), "2024-02-03", "too old"))
    trial.recorded("P6", "S02", "wang")
    for extent in ("treatment", "follow_up", "consent"):
        do(a.Withdraw("P6", DAY, "moved", extent), as_="wang")
    early = {"seen_date": "2024-02-20", "progressed": False}
    do(a.RecordForm(trial.randomized("P7"), "every_3_months", "follow_up", early))
    asked = next(entry.seq for entry in reversed(trial.entries()) if entry.kind == "query_raised")
    do(a.AnswerQuery("P7", f"Q{asked:04d}", "It was."))
    do(a.Transfer("P3", "S02", "2024-02-10", "moved house"), as_="ma")
    return trial


@pytest.fixture(scope="module")
def trial() -> Trial:
    return eventful()


@pytest.fixture
def study(trial, tmp_path) -> Study:
    desk = trial.desk
    (tmp_path / "keys").mkdir()
    write_secret(tmp_path / "keys" / "allocation.key", SECRET)
    return Study(tmp_path, desk.protocol, desk.digest, trial.store)


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def standing(book):
    """What the casebook says stands: record to group, row and item to value."""
    return {
        page.key: {cell.place: cell.value for cell in page.cells.values()}
        for page in book.pages
        if page.ended is None and not page.draft
    }


def at_the_desk(person):
    found = {}
    for key, record in person.records.items():
        found[key] = {(None, None, item): value for item, value in record.values.items()}
        for group, members in record.groups.items():
            found[key] |= {(group, n, i): v for n, row in enumerate(members, 1) for i, v in row.items()}
    return found


@pytest.mark.parametrize("participant", [f"P{n}" for n in range(1, 8)])
def test_what_stands_in_a_casebook_is_what_the_desk_has(study, tmp_path, participant):
    book = read_casebook(study, participant, "zhao")
    assert standing(book) == at_the_desk(book.person)
    place = write_casebook(study, participant, tmp_path / "out", "zhao")
    for language in ("en", "zh"):
        page = (place / f"casebook.{language}.html").read_text("utf-8")
        assert participant in page
        assert holds_chinese(page) == (language == "zh")


def test_a_deviation_that_is_kept_and_a_value_that_is_erased_are_told(tmp_path):
    trial = open_trial("dates: {window: kept}")
    early = {"seen_date": "2024-02-20", "progressed": False}
    trial.do(a.RecordForm(trial.randomized("P1"), "every_3_months", "follow_up", early))
    recorded = next(entry.seq for entry in trial.entries() if entry.kind == "form_recorded")
    trial.erased(recorded, item="weight")
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    (tmp_path / "keys").mkdir()
    write_secret(tmp_path / "keys" / "allocation.key", SECRET)
    book = read_casebook(study, "P1", "li")
    baseline = standing(book)["screening", 1, "baseline"]
    assert baseline.pop((None, None, "weight")) is None  # its place is told, its value is gone
    assert baseline == at_the_desk(book.person)["screening", 1, "baseline"]
    place = write_casebook(study, "P1", tmp_path / "out", "li")
    for language, words in (("en", ("kept as a deviation", "60.0")), ("zh", ("作为偏离保留", "60.0"))):
        page = (place / f"casebook.{language}.html").read_text("utf-8")
        assert [one in page for one in words] == [True, False]


def test_control_a_correction_that_is_left_out_is_noticed(study):
    book = read_casebook(study, "P1", "li")
    entries = list(study.store.read(study.id, participant="P1"))
    corrected = next(e for e in entries if e.kind == "value_corrected" and e.payload["item"] == "age")
    book = replace(book, pages=pages_of(entry for entry in entries if entry is not corrected))
    assert standing(book) != at_the_desk(book.person)


def test_every_value_has_its_history(study, tmp_path):
    place = write_casebook(study, "P1", tmp_path / "out", "li")
    values = rows(place / "values.csv")
    age = [row for row in values if row["item"] == "age"]
    assert [(row["what"], row["old"], row["new"], row["reason"], row["stands"]) for row in age] == [
        ("recorded", "", "51", "", "false"),
        ("corrected", "51", "52", "birthday", "true"),
    ]
    assert (age[0]["actor"], age[0]["role"], age[0]["observed"], age[0]["delay_days"]) == (
        "li",
        "investigator",
        DAY,
        "29",
    )
    assert age[0]["at_utc"] == "2024-03-01T08:00:00.000Z"
    assert (age[0]["at_site"], age[0]["zone"]) == ("2024-03-01T16:00:00+08:00", "Asia/Shanghai")
    size = [row["new"] for row in values if row["item"] == "lesion_size"]
    assert size == ["40", "45"]
    assert [row["what"] for row in values if row["item"] == "remark_text"] == ["recorded", "struck", "recorded"]
    assert [row["what"] for row in values if row["item"] == "height"] == ["drafted", "drafted", "recorded"]
    page = (place / "casebook.en.html").read_text("utf-8")
    assert "called &lt;Wang &amp; sons&gt;" in page
    assert "ERASED by custodian" in page
    assert "STRUCK OUT by li" in page


def test_the_casebook_holds_every_entry_of_the_participant(study, tmp_path):
    head = study.store.head(study.id)
    place = write_casebook(study, "P1", tmp_path / "out", "li")
    own = [str(entry.seq) for entry in study.store.read(study.id, participant="P1")]
    assert [row["entry"] for row in rows(place / "entries.csv")] == own
    told = json.loads((place / "casebook.json").read_text("utf-8"))
    assert [entry["entry"] for entry in told["entries"]] == [int(seq) for seq in own]
    assert told["head"] == head.hash
    # Whoever reads the arm in it leaves an entry, and the copy that holds it another.
    noted, taken = study.store.read(study.id, after=head.seq)
    assert (noted.actor, noted.payload["door"], noted.payload["participant"]) == ("li", "casebook", "P1")
    assert (taken.kind, taken.actor, taken.payload["arms"]) == ("copy_noted", "li", "shown")


def test_the_same_copy_has_the_same_bytes(study, tmp_path, monkeypatch):
    """But for its seal, and its note, which moves the head."""
    monkeypatch.setattr(writing, "seal_of_copy", lambda _study: {})
    monkeypatch.setattr(writing, "note_copy", lambda *_a, **_k: [])
    one, two = (write_casebook(study, "P1", tmp_path / name, "zhao") for name in ("one", "two"))
    assert {f.name: f.read_bytes() for f in one.iterdir()} == {f.name: f.read_bytes() for f in two.iterdir()}


def everything_in(place) -> str:
    return "".join(file.read_text("utf-8") for file in place.iterdir())


def arm_of(study) -> str:
    return str(read_casebook(study, "P1", "li").arm)


def test_the_arm_is_told_to_whoever_may_see_it_and_to_nobody_else(study, tmp_path):
    assert arm_of(study) in ("A", "B")
    seen = json.loads((write_casebook(study, "P1", tmp_path / "li", "li") / "casebook.json").read_text("utf-8"))
    kept = json.loads((write_casebook(study, "P1", tmp_path / "zhao", "zhao") / "casebook.json").read_text("utf-8"))
    assert (seen["arm"], kept["arm"]) == (arm_of(study), None)
    sealed = next(e for e in study.store.read(study.id) if e.kind == "allocated").payload["sealed"]
    trail = write_trail(study, tmp_path / "trail", "zhao")
    assert sealed not in everything_in(trail) + everything_in(tmp_path / "zhao") + everything_in(tmp_path / "li")


def test_control_a_telling_that_withholds_nothing_is_noticed(study, tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "_ARMS", frozenset())
    sealed = next(e for e in study.store.read(study.id) if e.kind == "allocated").payload["sealed"]
    assert sealed in everything_in(write_trail(study, tmp_path / "trail", "zhao"))


def test_who_somebody_is_stays_at_the_site(study, tmp_path):
    here, away = (write_casebook(study, "P1", tmp_path / who, who) for who in ("li", "zhao"))
    trail = write_trail(study, tmp_path / "trail", "ma")
    assert "1980-05-06" in everything_in(here)
    assert "1980-05" not in everything_in(away) + everything_in(trail)
    assert telling.WITHHELD in everything_in(away)


def test_control_an_answer_that_is_not_marked_as_identifying_is_told(study, tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "identifying_names", lambda _protocol: ())
    assert "1980-05-06" in everything_in(write_trail(study, tmp_path / "trail", "ma"))


def test_whoever_was_appointed_at_a_site_reads_of_that_site_alone(study, tmp_path):
    trail = rows(write_trail(study, tmp_path / "trail", "wang") / "trail.csv")
    assert {row["participant"] for row in trail} == {"", "P3", "P6"}
    assert not {row["site"] for row in trail if not row["participant"]} - {"", "S02"}
    for who, participant in (("wang", "P1"), ("li", "P3"), ("li", "P99")):
        with pytest.raises(Refusal, match=f"{participant} is no participant of S0"):
            write_casebook(study, participant, tmp_path / "out", who)
    with pytest.raises(Refusal, match="P99 is no participant of this study"):
        write_casebook(study, "P99", tmp_path / "out", "zhao")
    with pytest.raises(Refusal, match="eve holds no role"):
        write_trail(study, tmp_path / "out", "eve")
    assert not (tmp_path / "out").exists()
    # Whoever is not named is the one for whom the account stands.
    about = json.loads((write_roles(study, tmp_path / "out", DAY) / "manifest.json").read_text("utf-8"))
    assert about["reader"] == "custodian"


def test_the_trail_has_a_line_for_every_entry(study, tmp_path):
    head = study.store.head(study.id).seq
    place = write_trail(study, tmp_path / "out", "zhao")
    told = rows(place / "trail.csv")
    assert [int(row["entry"]) for row in told] == list(range(1, head + 1))
    lines = [json.loads(line) for line in (place / "trail.jsonl").read_text("utf-8").splitlines()]
    assert [line["entry"] for line in lines] == list(range(1, head + 1))
    manifest = json.loads((place / MANIFEST).read_text("utf-8"))
    assert (manifest["lines"], manifest["entries"]) == (head, head)


def test_a_refusal_is_told_to_those_who_may_read_the_answers(study, tmp_path):
    here, away = (
        next(row for row in rows(write_trail(study, tmp_path / who, who) / "trail.csv") if row["kind"] == "refused")
        for who in ("li", "zhao")
    )
    assert "nowhere" in here["words_en"]
    assert holds_chinese(here["words_zh"])
    assert "nowhere" not in json.dumps(away)


def test_the_trail_can_be_narrowed(study, tmp_path):
    place = write_trail(study, tmp_path / "a", "zhao", participant="P1", kinds=["value_corrected"])
    assert {(row["participant"], row["kind"]) for row in rows(place / "trail.csv")} == {("P1", "value_corrected")}
    place = write_trail(study, tmp_path / "b", "zhao", first_day="2024-02-01", last_day="2024-02-28")
    assert rows(place / "trail.csv") == []
    place = write_trail(study, tmp_path / "c", "zhao", last_day="2024-01-31")
    assert [row["kind"] for row in rows(place / "trail.csv")] == ["study_opened", "person_appointed", "seed_committed"]
    for wish, said in (
        ({"first_day": "2024-2-1"}, "is no day"),
        ({"last_day": "soon"}, "is no day"),
        ({"kinds": ["value_corected"]}, "value_corrected"),
        ({"kinds": ["x"]}, "screened"),
    ):
        with pytest.raises(Refusal, match=said):
            write_trail(study, tmp_path / "d", "zhao", **wish)


def test_roles_are_those_of_the_day(tmp_path):
    trial = open_trial()
    trial.clock.append(trial.clock[-1] + timedelta(days=1))
    trial.do(a.Dismiss("zhou", "investigator", "S01"), as_="custodian")
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    before = rows(write_roles(study, tmp_path / "before", "2024-03-01", "zhao") / "roles.csv")
    after = rows(write_roles(study, tmp_path / "after", "2024-03-02", "zhao") / "roles.csv")
    assert {row["person"] for row in before} - {row["person"] for row in after} == {"zhou"}
    assert [
        row["person"] for row in rows(write_roles(study, tmp_path / "first", "2024-01-31", "zhao") / "roles.csv")
    ] == ["custodian"]
    li = next(row for row in after if row["person"] == "li")
    assert (li["role"], li["site"], li["since"][:10], li["appointed_by"]) == (
        "investigator",
        "S01",
        "2024-03-01",
        "custodian",
    )
    assert "randomize" in li["rights"]
    assert {row["site"] for row in rows(write_roles(study, tmp_path / "s02", "2024-03-02", "wang") / "roles.csv")} == {
        "",
        "S02",
    }
    with pytest.raises(Refusal, match="is no day"):
        write_roles(study, tmp_path / "x", "2024-02-30", "zhao")


def test_control_roles_without_the_dismissal_are_noticed(tmp_path):
    trial = open_trial()
    trial.do(a.Dismiss("zhou", "investigator", "S01"), as_="custodian")
    entries = [e for e in trial.entries() if e.kind.startswith("person_")]
    assert "zhou" not in {one.person for one in roles_on(entries, "2024-03-01")}
    assert "zhou" in {one.person for one in roles_on(entries[:-1], "2024-03-01")}


def test_roles_that_end_by_themselves_are_told_with_their_last_day_and_afterwards(tmp_path):
    trial = open_trial()
    appoint = a.Appoint("kim", "Kim", "monitor", until="2024-03-10")
    trial.do(appoint, replace(appoint, until="2024-03-12"), as_="ma")
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    appointed = trial.head()

    def told(day):
        place = write_roles(study, tmp_path / day, day, "zhao")
        said = json.loads((place / "roles.json").read_text("utf-8"))
        pages = [(place / f"roles.{language}.html").read_text("utf-8") for language in ("en", "zh")]
        return {row["person"]: row["until"] for row in rows(place / "roles.csv")}, said["ended"], pages

    held, ended, pages = told("2024-03-12")
    assert (held["kim"], held["li"], ended) == ("2024-03-12", "", [])
    assert all("2024-03-12" in page and "Kim" in page for page in pages)
    held, (over,), (english, chinese) = told("2024-03-13")
    assert "kim" not in held
    assert (over["person"], over["until"], over["entry"]) == ("kim", "2024-03-12", appointed)
    assert "Roles that have ended by themselves" in english
    assert "已自动结束的角色" in chinese


def test_a_role_that_was_given_again_after_its_end_is_held_since_then():
    trial = open_trial()
    trial.do(a.Appoint("kim", "Kim", "monitor", until="2024-03-10"), as_="ma")
    trial.clock.append(trial.clock[-1] + timedelta(days=30))
    trial.do(a.Appoint("kim", "Kim", "monitor", until="2024-04-30"), as_="ma")
    entries = [e for e in trial.entries() if e.kind.startswith("person_")]
    (kim,) = (one for one in roles_on(entries, "2024-04-01") if one.person == "kim")
    assert kim.since[:10] == "2024-03-31"
    assert "kim" not in {one.person for one in roles_on(entries, "2024-03-20")}


def test_an_inspector_reads_everybody_the_screened_too_and_no_arm(tmp_path):
    trial = eventful()
    trial.do(a.Appoint("ins", "Ins", "inspector", until="2999-12-31"), as_="custodian")
    (tmp_path / "keys").mkdir()
    write_secret(tmp_path / "keys" / "allocation.key", SECRET)
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    head = trial.head()
    trail = write_trail(study, tmp_path / "trail", "ins")
    assert len(rows(trail / "trail.csv")) == head
    places = [trail, write_roles(study, tmp_path / "roles", DAY, "ins")]
    for participant in [f"P{n}" for n in range(1, 8)]:  # P2 was screened and no more, P5 failed screening
        book = read_casebook(study, participant, "ins")
        assert book.arm is None
        assert standing(book) == at_the_desk(book.person)
        places.append(write_casebook(study, participant, tmp_path / participant, "ins"))
    sealed = next(e for e in study.store.read(study.id) if e.kind == "allocated").payload["sealed"]
    assert not any(sealed in everything_in(place) for place in places)
    # Nothing was written but that copies were taken out, none with an arm.
    noted = [entry for entry in trial.entries() if entry.seq > head]
    assert {(entry.kind, entry.actor, entry.payload["arms"]) for entry in noted} == {("copy_noted", "ins", "hidden")}
    with pytest.raises(Refusal, match="may not do `cut`"):  # which is an act, and leaves an entry
        write_data(study, tmp_path / "data", "ins")


def labelled(place):
    """Every column of every table, and what the dictionary says of it."""
    said = {(row["table"], row["column"]): row for row in rows(place / "dictionary.csv")}
    tables = [file for file in place.glob("*.csv") if file.name not in ("dictionary.csv", "codelists.csv")]
    heads = {file: file.read_text("utf-8-sig").splitlines()[0].split(",") for file in tables}
    return {(file.stem, column): said.get((file.stem, column)) for file, head in heads.items() for column in head}


def test_the_data_come_with_a_dictionary_of_every_column(study, tmp_path):
    place = write_data(study, tmp_path / "out", "ma")
    told = labelled(place)
    assert [where for where, said in told.items() if said is None] == []
    unsaid = [w for w, said in told.items() if "column." in said["label_en"] or not holds_chinese(said["label_zh"])]
    assert unsaid == []
    assert told["form.baseline", "weight"]["unit"] == "kg"
    assert told["form.checkup.lesions", "lesion_place"]["codelist"] == "place"
    assert told["form.checkup", "bmi"]["origin"] == "computed"
    assert told["participants", "used_sex"]["label_en"] == "Sex: as used for the allocation"
    assert ("place", "liver") in {(row["codelist"], row["code"]) for row in rows(place / "codelists.csv")}
    (age,) = (row["age"] for row in rows(place / "form.baseline.csv") if row["participant"] == "P1")
    assert age == "52"
    assert "1980-05" not in everything_in(place)
    manifest = json.loads((place / MANIFEST).read_text("utf-8"))
    assert manifest["left_out"] == ["born_on"]
    assert manifest["head"] == next(e.hash for e in study.store.read(study.id) if e.seq == manifest["entry"])


def test_control_a_column_that_nothing_is_said_of_is_noticed(study, tmp_path):
    place = write_data(study, tmp_path / "out", "ma")
    file = place / "queries.csv"
    file.write_text(file.read_text("utf-8-sig").replace("raised_by", "raised_bye"), "utf-8-sig")
    assert [where for where, said in labelled(place).items() if said is None] == [("queries", "raised_bye")]


def test_the_data_are_noted_and_show_arms_to_those_alone_who_may_see_them(tmp_path):
    trial = open_trial()
    trial.randomized("P1")
    trial.do(a.Appoint("stat", "Stat", "unblinded_statistician"), as_="custodian")
    (tmp_path / "keys").mkdir()
    write_secret(tmp_path / "keys" / "allocation.key", SECRET)
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    hidden, shown = (rows(write_data(study, tmp_path / who, who) / "participants.csv")[0] for who in ("ma", "stat"))
    assert (hidden["arm"], shown["arm"] in ("A", "B")) == ("", True)
    assert trial.kinds()[-5:] == ["cut_made", "copy_noted", "reading_noted", "cut_made", "copy_noted"]
    head = trial.head()
    for who, arms, code in (
        ("ma", "shown", "cut.by_arm"),
        ("ma", "masked", "cut.by_arm"),
        ("li", None, "authority.other_site"),
        ("zhao", None, "authority.not_granted"),
    ):
        with pytest.raises(Refusal) as refused:
            write_data(study, tmp_path / "out", who, arms=arms)
        assert refused.value.findings[0].code.startswith(code.removesuffix("other_site").removesuffix("not_granted"))
    # Whoever asks for what they may not see is kept.
    assert trial.kinds(after=head) == ["refused"] * 4
    assert not (tmp_path / "out").exists()


def test_a_copy_is_whole_or_not_there(study, tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(Refusal, match="something lies there"):
        write_trail(study, tmp_path / "mine", "zhao")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    monkeypatch.setattr("equipoise.reports.copies.writing.put_in_place", full)
    with pytest.raises(Refusal, match="no space left"):
        write_trail(study, tmp_path / "out" / "there", "zhao")
    assert list((tmp_path / "out").iterdir()) == []


def full(*_):
    raise OSError(28, "No space left on device")
