"""Lists from elsewhere, exchanged keys, edited ledgers, changed schemes: noticed before they allocate anybody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import equipoise.conduct.folder.study as folders
from equipoise.conduct.acts import Amend, Randomize
from equipoise.conduct.acts import randomize as randomizing
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay import loading
from equipoise.findings import Refusal
from equipoise.ledger import Fact, MemoryStore, Stamp
from equipoise.ledger.verify import verify_chain
from equipoise.protocol.identity import protocol_digest
from equipoise.randomization import Scheme, allocate_in_turn, uploaded
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.sealing import commitment, new_secret, seal
from equipoise.randomization.uploaded import ListRow, check_list, check_remaining
from tests.conduct.failures.clinic import (
    DAY,
    DEFAULT_ROLES,
    SECRET,
    allocated,
    appoint,
    check_one_slot_each,
    clinic,
    codes,
    findings_of_rederivation,
    make_ready,
    opened,
)
from tests.ledger.forger import guarded_again
from tests.spec.minimal import minimal_protocol, write_minimal

NOT_REFUSED = pytest.fail.Exception

# F15

FOURS = Scheme("permuted_blocks", (("A", 1), ("B", 1)), block_sizes=(4,))
STRATA = ("sex=F", "sex=M")
Rows = list[ListRow]


def made_elsewhere(n: int = 16) -> Rows:
    """A sound list of `n` slots for each stratum."""
    rows: Rows = []
    for stratum in STRATA:
        made = allocate_in_turn(FOURS, SECRET, "elsewhere", [dict([stratum.split("=")])] * n)
        rows += [ListRow(stratum, a.stratum_position, a.arm, len(rows) + place) for place, a in enumerate(made, 1)]
    return rows


def other(row: ListRow) -> ListRow:
    return replace(row, arm={"A": "B", "B": "A"}[row.arm])


DAMAGES: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "duplicate slot": (lambda rows: [*rows[:5], rows[4], *rows[5:]], "list.duplicate_slot"),
    "wrong order": (lambda rows: [*rows[:5], rows[6], rows[5], *rows[7:]], "list.order"),
    "sorted by arm": (lambda rows: sorted(rows, key=lambda row: (row.stratum, row.arm)), "list.order"),
    "missing slot": (lambda rows: [*rows[:5], *rows[6:]], "list.order"),
    "missing stratum": (lambda rows: rows[:16], "list.missing_stratum"),
    "unknown stratum": (lambda rows: [*rows, ListRow("sex=X", 1, "A")], "list.unknown_stratum"),
    "unequal ratio": (lambda rows: [other(rows[0]), *rows[1:]], "list.ratio"),
    "unknown arm": (lambda rows: [replace(rows[0], arm="C"), *rows[1:]], "list.unknown_arm"),
}


@pytest.mark.parametrize(("damage", "code"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_list_is_rejected_and_the_line_is_named(damage: Callable[[Rows], Rows], code: str) -> None:
    """F15 a list with a duplicate slot, wrong order, missing stratum or unequal ratio: told with place and mend."""
    found = check_list(damage(made_elsewhere()), FOURS, STRATA)
    assert code in [finding.code for finding in found]
    assert all(finding.severity == "error" and finding.mend and str(finding.where) for finding in found)


def test_swapped_labels_cannot_be_found_and_the_checker_says_so() -> None:
    """F15 swapped labels: as good a list as the right one; the checker says that a second person must compare slots."""
    assert check_list([other(row) for row in made_elsewhere()], FOURS, STRATA) == []
    said = " ".join(str(uploaded.__doc__).split())
    assert "Cannot find swapped labels" in said
    assert "a second person must compare a few slots with the source" in said


def test_control_a_sound_list_is_not_complained_of() -> None:
    """F15 control: the undamaged list passes, so what is found above is the damage."""
    assert check_list(made_elsewhere(), FOURS, STRATA) == []


# F16


def make_study(folder: Path, *changes: Any, environment: Any = "production") -> Study:
    return create_study(
        folder,
        write_minimal(folder.parent / f"{folder.name}-protocol", DEFAULT_ROLES, *changes),
        environment=environment,
    )


def why_it_does_not_open(folder: Path) -> list[str]:
    with pytest.raises(Refusal) as caught:
        open_study(folder)
    return codes(caught.value)


def take_the_ledger_of(study: Study, into: Study) -> None:
    for store in (study.store, into.store):
        store.close()
    file = study.folder / "ledger.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    for old in into.folder.glob("ledger.sqlite*"):
        old.unlink()
    (into.folder / "ledger.sqlite").write_bytes(file.read_bytes())


@pytest.mark.parametrize("real", ["production", "rehearsal"])
def test_a_rehearsal_and_a_trial_never_share_a_ledger(tmp_path: Path, real: str) -> None:
    """F16 the ledger of a rehearsal in a trial's folder, and the other way round: refused, both stamps are named."""
    first = make_study(tmp_path / "one", environment=real)
    second = make_study(tmp_path / "two", environment={"production": "rehearsal", "rehearsal": "production"}[real])
    take_the_ledger_of(second, into=first)
    assert why_it_does_not_open(first.folder) == ["study.environment"]


def test_a_rehearsal_cannot_be_renamed_a_trial(tmp_path: Path) -> None:
    """F16 the stamp edited in study.yaml: the ledger's own stamp decides."""
    study = make_study(tmp_path / "one", environment="rehearsal")
    file = study.folder / "study.yaml"
    said = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump({**said, "environment": "production"}), encoding="utf-8")
    assert why_it_does_not_open(study.folder) == ["study.environment"]


def test_the_key_of_a_rehearsal_allocates_nobody_in_a_trial(tmp_path: Path) -> None:
    """F16 the rehearsal's secret in the trial's folder: it is not the one that the trial committed to."""
    trial, rehearsal = make_study(tmp_path / "one"), make_study(tmp_path / "two", environment="rehearsal")
    (trial.key_folder / "allocation.key").write_bytes((rehearsal.key_folder / "allocation.key").read_bytes())
    check_randomization_stops(trial, "vault.commitment")


def test_control_a_folder_that_trusts_its_own_stamp_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F16 control: without the comparison the wrong ledger opens, and the same check fails."""
    first = make_study(tmp_path / "one")
    take_the_ledger_of(make_study(tmp_path / "two", environment="rehearsal"), into=first)
    monkeypatch.setattr(folders, "_same_environment", lambda _store, _study, named, _file: named)
    monkeypatch.setattr(folders, "check_opening", lambda *_: [])
    with pytest.raises(NOT_REFUSED):
        why_it_does_not_open(first.folder)


# F17


def ready(study: Study, *names: str) -> None:
    desk = study.desk()
    if not study.store.projection(study.id, "participants"):
        appoint(desk)
    make_ready(desk, names)


def check_randomization_stops(study: Study, code: str) -> None:
    """A desk that knows nothing but folder and ledger randomizes nobody, and verification says why as well."""
    if "P9" not in study.store.projection(study.id, "participants"):
        ready(study, "P9")
    before = len(allocated(study.store, study.id))
    with pytest.raises(Refusal) as caught:
        open_study(study.folder).desk().perform(Randomize("P9", DAY), as_="li")
    assert codes(caught.value) == [code]
    assert len(allocated(study.store, study.id)) == before
    assert any(finding.severity == "error" for finding in verify_study(study).findings)


def three_allocated(folder: Path, *changes: Any) -> Study:
    study = make_study(folder / "study", *changes)
    ready(study, "P1", "P2", "P3", "P9")
    desk = study.desk()
    for name in ("P1", "P2", "P3"):
        desk.perform(Randomize(name, DAY), as_="li")
    return study


def edit(study: Study, kind: str, change: Callable[[dict[str, Any]], None], *, rehash: bool = False) -> None:
    """Change the first payload of a kind with the database's own tools, triggers dropped, as its owner can."""
    import hashlib

    connection = sqlite3.connect(study.folder / "ledger.sqlite")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    seq, salt, payload = connection.execute(
        "SELECT p.seq, p.salt, p.payload "
        "FROM ledger_payload p JOIN ledger_entry e ON e.study = p.study AND e.seq = p.seq "
        "WHERE e.kind = ? ORDER BY p.seq LIMIT 1",
        (kind,),
    ).fetchone()
    said = json.loads(payload)
    change(said)
    raw = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    connection.execute("UPDATE ledger_payload SET payload = ? WHERE seq = ?", (raw, seq))
    if rehash:
        digest = hashlib.sha256(b"\x00" + salt + raw).hexdigest()
        connection.execute("UPDATE ledger_entry SET payload_hash = ? WHERE seq = ?", (digest, seq))
    connection.commit()
    connection.close()
    guarded_again(study.folder / "ledger.sqlite")  # else the missing triggers stop whoever opens the study


def test_another_secret_stops_randomization(tmp_path: Path) -> None:
    """F17 the secret exchanged on disk: the commitment does not fit, randomization stops, verification says so."""
    study = three_allocated(tmp_path)
    file = study.key_folder / "allocation.key"
    file.write_text(new_secret().hex() + "\n", encoding="ascii")
    check_randomization_stops(study, "vault.commitment")


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda file: file.chmod(0o644), "vault.secret_open"),
        (lambda file: file.write_text("00" * 16, encoding="ascii"), "vault.secret_length"),
    ],
    ids=["readable by others", "cut short"],
)
def test_a_secret_that_is_exposed_or_damaged_stops_randomization(
    tmp_path: Path, harm: Callable[[Path], Any], code: str
) -> None:
    """F17 the secret open to others, or damaged: randomization stops and says what to do."""
    study = three_allocated(tmp_path)
    harm(study.key_folder / "allocation.key")
    with pytest.raises(Refusal) as caught:
        open_study(study.folder).desk().perform(Randomize("P9", DAY), as_="li")
    assert codes(caught.value) == [code]


def swap_first_bytes(said: dict[str, Any]) -> None:
    sealed = said["sealed"]
    said["sealed"] = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]


EDITS: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "a seal": ("allocated", swap_first_bytes),
    "the factors of an allocation": ("allocated", lambda said: said["factors"].update(sex="M")),
    "the stratum of an allocation": ("allocated", lambda said: said.update(stratum="sex=M")),
    "a position": ("allocated", lambda said: said.update(position=7)),
    "the commitment": ("seed_committed", lambda said: said.update(commitment="0" * 64)),
    "the scheme": ("seed_committed", lambda said: said["scheme"].update(digest="0" * 64)),
}


@pytest.mark.parametrize("rehash", [False, True], ids=["plainly", "with its payload's hash"])
@pytest.mark.parametrize(("kind", "change"), EDITS.values(), ids=EDITS)
def test_what_chance_rests_on_cannot_be_edited_in_the_database(
    tmp_path: Path, kind: str, change: Callable[[dict[str, Any]], None], rehash: bool
) -> None:
    """F17 the list edited in the database, its hash with it or not: randomization stops, verification says so."""
    study = three_allocated(tmp_path)
    edit(study, kind, change, rehash=rehash)
    check_randomization_stops(study, "ledger.hash_differs" if rehash else "ledger.payload_differs")


def test_an_edit_with_the_whole_chain_rewritten_stops_at_the_seal() -> None:
    """F17 every hash made anew after the edit: the seal, which needs the key, still says the stratum that was used."""
    trial = clinic()
    trial.ready("P1", "P2")
    trial.randomize("P1")
    forged = MemoryStore()
    with forged.writing("DEMO") as writer:
        for entry in trial.entries():
            said: dict[str, Any] = dict(entry.payload or {})
            if entry.kind == "allocated":
                said |= {"factors": {"sex": "M"}, "stratum": "sex=M"}
            stamp = Stamp(entry.act, entry.actor, entry.role, entry.at)
            writer.append(stamp, [Fact(entry.kind, said, entry.participant, entry.site)])
    assert verify_chain(forged, "DEMO").findings == ()  # the chain alone, without a checkpoint, cannot tell
    with pytest.raises(Refusal) as caught:
        trial.another_desk(store=forged).perform(Randomize("P2", DAY), as_="li")
    assert codes(caught.value) == ["rederive.another_stratum"]


def test_a_commitment_exchanged_together_with_the_secret_stops_randomization(tmp_path: Path) -> None:
    """F17 secret and commitment exchanged together, before anybody was allocated: the entry is not what it was."""
    study = make_study(tmp_path / "study")
    ready(study, "P9")
    secret = new_secret()
    (study.key_folder / "allocation.key").write_text(secret.hex() + "\n", encoding="ascii")
    edit(study, "seed_committed", lambda said: said.update(commitment=commitment(secret, study.id)))
    check_randomization_stops(study, "ledger.payload_differs")


def test_an_allocation_sealed_anew_by_a_holder_of_the_key_is_found() -> None:
    """F17 who holds the key can make a seal that opens, but not one that the secret gives: re-derivation says so."""
    trial = clinic()
    trial.ready("P1", "P2", "P3")
    honest = randomizing.seal

    def forged(secret: bytes, study: str, position: int, content: Any, *, participant: str, **how: Any) -> str:
        wanted = {**content, "arm": {"A": "B", "B": "A"}[content["arm"]]} if participant == "P2" else content
        return honest(secret, study, position, wanted, participant=participant, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(randomizing, "seal", forged)
        for name in ("P1", "P2", "P3"):
            trial.randomize(name)
    scheme = scheme_of(trial.desk.protocol.randomization)
    assert findings_of_rederivation(trial.store, "DEMO", SECRET, [scheme]) == ["rederive.differs"]


def test_control_a_desk_that_does_not_ask_for_the_commitment_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F17 control: without the comparison another secret allocates, and the same check fails."""
    study = make_study(tmp_path / "study")
    ready(study, "P9")
    (study.key_folder / "allocation.key").write_text(new_secret().hex() + "\n", encoding="ascii")
    monkeypatch.setattr(randomizing, "check_commitment", lambda *_: [])
    monkeypatch.setattr(randomizing, "scheme_mark", lambda *_: study.desk().state().schemes[-1]["digest"])
    with pytest.raises(NOT_REFUSED):
        check_randomization_stops(study, "vault.commitment")


def test_control_a_desk_that_believes_what_it_reads_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F17 control: without the two checks of what is read, an allocation moved to another stratum is built upon."""
    study = three_allocated(tmp_path)
    edit(study, *EDITS["the stratum of an allocation"])
    monkeypatch.setattr(loading, "check_entry", lambda _: None)
    monkeypatch.setattr("equipoise.conduct.desk.check_stratum", lambda *_: [])
    with pytest.raises(NOT_REFUSED):
        check_randomization_stops(study, "ledger.payload_differs")


# F18

SIXES = {"study": {"version": "2.0"}, "randomization": {"scheme": {"sizes": [6]}}}


def versions(study: Study) -> list[int]:
    return [entry.payload["scheme"]["version"] for entry in allocated(study.store, study.id)]


def test_block_sizes_changed_by_an_amendment_start_a_version_of_their_own(tmp_path: Path) -> None:
    """F18 block sizes changed mid-study: an entry with who and why, a new version; the old one still reproduces."""
    study = three_allocated(tmp_path, "randomization: {scheme: {sizes: [4]}}")
    new = write_minimal(tmp_path / "new", DEFAULT_ROLES, SIXES)
    study.amend(new, as_="custodian", summary="larger blocks, steering committee of 2024-02-01")
    study = open_study(study.folder)
    ready(study, "P4", "P5")
    desk = study.desk()
    for name in ("P4", "P5"):
        desk.perform(Randomize(name, DAY), as_="li")
    (amended,) = study.store.read(study.id, kinds=("amended",))
    assert amended.actor == "custodian"
    assert (amended.payload or {})["scheme"]["version"] == 2
    assert versions(study) == [1, 1, 1, 2, 2]
    places = [content["detail"]["place"] for content in opened(study.store, study.id, study.secret())]
    assert places == [1, 2, 3, 1, 2]  # the new version begins a block of its own
    check_one_slot_each(study.store, study.id, ["P1", "P2", "P3", "P4", "P5"])
    assert verify_study(study).findings == ()
    old, now = FOURS, scheme_of(study.protocol.randomization, 2)
    secret = study.secret()
    assert findings_of_rederivation(study.store, study.id, secret, [old, now]) == []
    # Control: under the new sizes alone the old allocations are not what the secret gives.
    assert findings_of_rederivation(study.store, study.id, secret, [replace(now, version=1), now]) == [
        "rederive.differs"
    ]


def test_block_sizes_do_not_change_without_authority() -> None:
    """F18 an investigator cannot amend; a scheme exchanged under the desk's hands stops randomization."""
    trial = clinic()
    trial.ready("P1")
    new = minimal_protocol(DEFAULT_ROLES, SIXES)
    amend = Amend(new, protocol_digest(new), "larger blocks")
    assert codes(trial.refused(amend, as_="li")) == ["authority.not_granted"]
    assert codes(trial.refused(Amend(new, protocol_digest(new), " "), as_="custodian")) == ["reason.missing"]
    exchanged = Desk(new, trial.store, lambda: SECRET, trial.desk.clock)
    with pytest.raises(Refusal) as caught:
        exchanged.perform(Randomize("P1", DAY), as_="li")
    assert codes(caught.value) == ["randomization.scheme_changed"]


def test_block_sizes_edited_in_the_study_folder_are_refused(tmp_path: Path) -> None:
    """F18 the protocol edited in the folder is no amendment: the study does not open."""
    study = three_allocated(tmp_path)
    file = study.folder / "protocol" / "protocol.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["randomization"]["scheme"]["sizes"] = [6]
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert why_it_does_not_open(study.folder) == ["study.protocol_changed"]


def test_control_sizes_that_change_without_a_version_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """F18 control: without the comparison other sizes allocate under the old version, and re-derivation finds it."""
    trial = clinic("randomization: {scheme: {sizes: [4]}}")
    names = [f"P{n}" for n in range(20)]
    trial.ready(*names)
    for name in names[:4]:
        trial.randomize(name)
    kept = next(iter(trial.entries("seed_committed"))).payload["scheme"]["digest"]
    monkeypatch.setattr(randomizing, "scheme_mark", lambda *_: kept)
    new = minimal_protocol(DEFAULT_ROLES, SIXES)
    desk = Desk(new, trial.store, lambda: SECRET, trial.desk.clock)
    for name in names[4:]:
        desk.perform(Randomize(name, DAY), as_="li")
    scheme = scheme_of(trial.desk.protocol.randomization)
    assert findings_of_rederivation(trial.store, "DEMO", SECRET, [scheme]) == ["rederive.differs"]


# F19


def check_announced(rows: Rows) -> None:
    """Nothing at 75 %, a warning at 80 %, an error when none is left; of the stratum concerned and of no other."""
    said = [[(f.code, f.severity, f.where.path) for f in check_remaining(rows, {"sex=F": n})] for n in (15, 16, 20)]
    assert said == [
        [],
        [("list.nearly_exhausted", "warning", "sex=F")],
        [("list.exhausted", "error", "sex=F")],
    ]


def test_a_list_from_elsewhere_that_runs_out_is_announced_at_eighty_percent() -> None:
    """F19 stratum exhausted (uploaded list): an alarm at 80 %, then an error that forbids another stratum's slot."""
    rows = made_elsewhere(20)
    check_announced(rows)
    (finding,) = check_remaining(rows, {"sex=F": 20})
    assert "no other stratum's slot may be used" in finding.why
    assert not any(arm in str(finding).split() for arm in ("A", "B"))


def test_a_stratum_that_is_drawn_on_demand_never_runs_out_and_never_borrows() -> None:
    """F19 the desk allocates from no list: 200 in one stratum, and every seal says the participant's own stratum."""
    trial = clinic()
    names = [f"P{n}" for n in range(200)]
    trial.ready(*names)
    trial.ready("M1", sex="M")
    for name in (*names, "M1"):
        trial.randomize(name)
    for entry, content in zip(allocated(trial.store, "DEMO"), opened(trial.store, "DEMO", SECRET), strict=True):
        assert content["stratum"] == entry.payload["stratum"] == f"sex={'M' if entry.participant == 'M1' else 'F'}"
    assert allocated(trial.store, "DEMO")[-1].payload["stratum_position"] == 1


def test_control_an_alarm_that_comes_too_late_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """F19 control: an alarm at 95 % fails the same check; so does a stratum that lends its slots."""
    monkeypatch.setattr(uploaded, "_ALARM", 0.95)
    with pytest.raises(AssertionError):
        check_announced(made_elsewhere(20))
    monkeypatch.undo()
    with pytest.raises(AssertionError):
        check_announced([replace(row, stratum="sex=F") for row in made_elsewhere(20)])


def test_control_a_seal_moved_to_another_place_does_not_open() -> None:
    """F17 F19 control: a slot taken from elsewhere, sealed for one position and person, opens for no other."""
    from equipoise.randomization.sealing import unseal

    sealed = seal(SECRET, "DEMO", 1, {"arm": "A"}, participant="P1")
    assert unseal(SECRET, "DEMO", 1, sealed, participant="P1") == {"arm": "A"}
    for study, position, participant in (("DEMO", 2, "P1"), ("DEMO", 1, "P2"), ("OTHER", 1, "P1")):
        with pytest.raises(Refusal, match="does not open"):
            unseal(SECRET, study, position, sealed, participant=participant)
