"""A damaged, foreign, full, forbidden or busy database: each is told as a Finding, and nothing half-written is left."""

from __future__ import annotations

import contextlib
import io
import os
import pwd
import random
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from equipoise.cli.main import main
from equipoise.conduct.acts import Lock, MapAccount
from equipoise.conduct.folder.study import create_study
from equipoise.findings import Refusal, Unreadable
from equipoise.ledger import Fact, SqlStore, Stamp, open_store
from equipoise.ledger.sql_writer import _place, lock_head, make_engine
from equipoise.ledger.trouble import trouble
from equipoise.ledger.verify import verify_chain
from tests.concurrency.scribe import SPAWN
from tests.ledger.small_study import EACH_ARM, conduct, small_study
from tests.spec.minimal import write_minimal

STUDY = "TRIAL"
NOBODY = 65534


def append(store: SqlStore, act: str, size: int = 1, length: int = 1) -> None:
    with store.writing(STUDY) as writer:
        stamp = Stamp(act, "dr-li", "investigator", "2026-01-31T09:30:00.000Z")
        writer.append(stamp, [Fact("noted", {"n": n, "text": "x" * length}) for n in range(size)])
        writer.put("p", act, size)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "ledger.sqlite"
    store = SqlStore(file)
    for turn in range(10):
        append(store, f"a{turn}", 20)
    store.close()
    return file


def codes(refusal: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


def use(file: Path) -> None:
    """Everything that can be asked of a ledger; raises Refusal when it cannot answer, and nothing else."""
    store = open_store(file, create=False)
    try:
        assert verify_chain(store, STUDY).findings == (), "verification"
        list(store.read(STUDY))
        list(store.rows(STUDY))
        store.projection(STUDY, "p")
        append(store, "new")
    finally:
        store.close()


def test_control_the_undamaged_ledger_can_be_used(ledger):
    use(ledger)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
def test_a_database_cut_short_anywhere_is_told(ledger, share):
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises((Refusal, AssertionError)) as told:
        use(ledger)
    if isinstance(told.value, Refusal):
        assert codes(told)[0] in {"ledger.damaged", "ledger.not_a_database", "ledger.empty"}
        assert all(finding.mend for finding in told.value.findings)
    else:  # SQLite fills a page that is not whole with zeros: then it is the chain that tells
        assert "verification" in str(told.value)


def test_damage_anywhere_in_the_file_gives_findings_and_never_a_fault(ledger):
    whole, dice, told = ledger.read_bytes(), random.Random(11), 0
    for _ in range(60):
        broken, at = bytearray(whole), dice.randrange(len(whole))
        broken[at : at + 200] = dice.randbytes(min(200, len(whole) - at))
        ledger.write_bytes(broken)
        for beside in ledger.parent.glob("ledger.sqlite-*"):
            beside.unlink()
        try:
            use(ledger)
        except (Refusal, AssertionError) as found:
            told += 1
            assert isinstance(found, Refusal) or "verification" in str(found)
    assert told > 30  # the rest fell on free pages


@pytest.mark.parametrize("content", [b"hello, I am a letter\n", b"PK\x03\x04" + b"\0" * 5000, b"\xff" * 20_000])
def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path, content):
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(content)
    with pytest.raises(Unreadable) as unreadable:
        open_store(file)
    assert codes(unreadable) == ["ledger.not_a_database"]
    assert file.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]


def test_another_database_is_no_ledger(tmp_path):
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE patient (name TEXT)")
    with pytest.raises(Unreadable) as unreadable:
        open_store(file, create=False).head(STUDY)
    assert codes(unreadable) == ["ledger.empty"]


def test_a_newer_layout_is_refused_and_not_guessed_at(ledger):
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE ledger_format SET version = 99")
    with pytest.raises(Unreadable) as unreadable:
        use(ledger)
    assert codes(unreadable) == ["ledger.newer"]


@pytest.mark.parametrize(
    ("place", "code"),
    [("gone/ledger.sqlite", "ledger.cannot_open"), ("", "ledger.cannot_open")],
    ids=["folder", "is one"],
)
def test_a_place_where_no_file_can_be_is_told(tmp_path, place, code):
    with pytest.raises(Unreadable) as unreadable:
        open_store(tmp_path / place)
    assert codes(unreadable) == [code]


def test_a_missing_ledger_is_told_and_none_is_made_in_its_place(tmp_path):
    with pytest.raises(Unreadable) as unreadable:
        open_store(tmp_path / "ledger.sqlite", create=False)
    assert codes(unreadable) == ["ledger.missing"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["mysql://host/db", "oracle+x://h", "http://example.org/ledger"])
def test_a_database_of_another_kind_is_told(url):
    with pytest.raises(Refusal) as refused:
        open_store(url)
    assert codes(refused) == ["ledger.unknown_database"]


def test_a_server_that_is_not_there_is_told_without_its_password(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "secret-word")
    with pytest.raises(Unreadable) as unreadable:
        open_store("postgresql://trial@127.0.0.1:9/ledger").head(STUDY)
    assert codes(unreadable) == ["ledger.no_connection"]
    assert "secret-word" not in str(unreadable.value)


def test_a_database_that_the_server_does_not_have_is_told(postgres_server):
    with pytest.raises(Unreadable) as unreadable:
        open_store(postgres_server.format(database="nowhere")).head(STUDY)
    assert codes(unreadable) == ["ledger.no_database"]


def test_a_server_that_goes_away_in_the_middle_leaves_nothing_half_written(postgres_url):
    import psycopg

    store = SqlStore(postgres_url)
    append(store, "a")
    with pytest.raises(Refusal) as refused, store.writing(STUDY) as writer:
        writer.append(Stamp("b", "x", "y", "2026-01-31T09:30:00.000Z"), [Fact("noted", {})])
        writer.head  # noqa: B018
        list(writer.read())
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        list(writer.read())
    assert codes(refused) == ["ledger.no_connection"]
    assert store.head(STUDY).seq == 1
    append(store, "b")
    assert verify_chain(store, STUDY).findings == ()
    store.close()


def test_a_full_disk_is_told_and_nothing_of_the_act_is_kept(ledger):
    store = SqlStore(ledger)
    before = store.head(STUDY), store.projection(STUDY, "p")

    @event.listens_for(store._open(), "connect")
    def fill_the_disk(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    store._open().dispose()
    with pytest.raises(Refusal) as refused:
        append(store, "big", 500, 1000)
    assert codes(refused) == ["ledger.disk_full"]
    assert (store.head(STUDY), store.projection(STUDY, "p")) == before
    assert verify_chain(store, STUDY).findings == ()
    store.close()
    use(ledger)  # with space again, the next act goes on


@contextlib.contextmanager
def small_files(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: writing fails as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_system_that_refuses_to_write_is_told_and_nothing_of_the_act_is_kept(ledger):
    store = SqlStore(ledger)
    before = store.head(STUDY)
    with small_files(ledger.stat().st_size + 4096), pytest.raises(Refusal) as refused:
        append(store, "big", 500, 1000)
    assert codes(refused)[0] in {"ledger.not_written", "ledger.disk_full"}
    assert "not on the ledger" in refused.value.findings[0].mend
    assert store.head(STUDY) == before
    assert verify_chain(store, STUDY).findings == ()
    store.close()
    use(ledger)


def test_a_study_that_does_not_fit_on_the_disk_leaves_no_folder(tmp_path, capsys):
    protocol = write_minimal(tmp_path / "protocol")
    with small_files(20_000):
        assert main(["new", str(tmp_path / "study"), "--protocol", str(protocol)]) in {1, 2}
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "fault of ours" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["protocol"]


def test_a_busy_ledger_is_told_to_writers_and_open_to_readers(ledger):
    holder, store = SqlStore(ledger), SqlStore(ledger, lock_seconds=0.2)
    with holder.writing(STUDY):
        with pytest.raises(Refusal) as refused:
            append(store, "b")
        assert codes(refused) == ["ledger.locked"]
        assert verify_chain(store, STUDY).findings == ()
    append(store, "b")
    for one in (holder, store):
        one.close()


@pytest.mark.parametrize(("seconds", "milliseconds"), [(0.2, 200), (7.5, 7500), (60.0, 60000)])
def test_a_writer_is_as_patient_as_was_said_and_a_second_has_a_thousand_milliseconds(ledger, seconds, milliseconds):
    with closing(make_engine(ledger, "", seconds).raw_connection()) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (milliseconds,)
    told: list[str] = []

    class Postgres:
        """Looks like a connection until the patience has been set."""

        dialect = type("Dialect", (), {"name": "postgresql"})

        def exec_driver_sql(self, said):
            told.append(said)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        lock_head(Postgres(), STUDY, seconds)
    assert told == [f"SET LOCAL lock_timeout = '{milliseconds}ms'"]


def test_whatever_a_database_says_becomes_a_finding_in_one_line():
    for said in ("", "\n", "some new\nmessage", "FATAL:  something else"):
        (finding,) = trouble("here", said).findings
        assert "\n" not in str(finding)


def as_somebody_else(lines: list[list[str]], warm: str, folder: str, pipe) -> None:
    """Command lines as a person who may not write there: root may write anywhere, so root becomes nobody.

    They are run on another study first: nobody may not be allowed to read the Python that is still to be imported. Nor
    may nobody read root's cache: without one, the run before reads what the run after has to read.
    """
    os.environ["XDG_CACHE_HOME"] = os.devnull
    os.chdir(Path(folder).parent / "out")
    said = io.StringIO()
    codes = []
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for line in lines:
            with contextlib.suppress(SystemExit):
                main([part.replace("STUDY", warm).replace("OUT", f"{warm}-out") for part in line])
        said.truncate(said.seek(0))
        if os.geteuid() == 0:
            os.setegid(NOBODY)
            os.seteuid(NOBODY)
        for line in lines:
            codes.append(main([part.replace("STUDY", folder).replace("OUT", ".") for part in line]))
    pipe.send((codes, said.getvalue()))


DRUG = """{kind: drug, id: drug, label: {en: Drug, zh: 药物}, dose: 0.25, unit: mg, route: oral,
  schedule: {first_day: 1, every_days: 21, count: 3}}"""
SEES_DOSES = f"""
roles:
- {{id: investigator, label: {{en: Investigator, zh: 研究者}}, acts: [screen, consent, record, correct, enroll, randomize, see_allocation]}}
arms: [{{id: A, regimen: [{DRUG}]}}, {{id: B, regimen: [{DRUG}]}}]
"""


@pytest.fixture(params=["locked"])
def read_only_study(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A study folder that its reader may not write; outside pytest's own folder, where only root enters.

    The reader's account is mapped, and the trial has ended unless a test asks for one that runs.

    Four of seven are women: whatever the secret draws, no block of theirs leaves an arm empty.
    """
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", SEES_DOSES))
    desk = conduct(study, EACH_ARM)
    reader = pwd.getpwuid(NOBODY).pw_name
    desk.perform(MapAccount(reader, "custodian", "anybody"), as_="custodian")
    if request.param == "locked":
        desk.perform(Lock("all is done"), as_="custodian")
    study.store.close()
    place = Path(tempfile.mkdtemp(prefix="equipoise-read-only-"))
    place.chmod(0o755)
    (place / "out").mkdir()
    (place / "out").chmod(0o777)
    folder = place / "study"
    shutil.copytree(study.folder, folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    secret = folder / "keys" / "allocation.key"
    secret.chmod(0o400)
    if os.geteuid() == 0:
        os.chown(secret, NOBODY, NOBODY)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(place)


def by_somebody_else(folder: Path, warm: Path, *lines: str) -> tuple[list[int], str]:
    """How the command lines end for somebody who may only read the folder, and all that they say."""
    here, there = SPAWN.Pipe()
    words = [line.split() for line in lines]
    somebody = SPAWN.Process(target=as_somebody_else, args=(words, str(warm), str(folder), there))
    somebody.start()
    assert here.poll(120)
    codes, said = here.recv()
    somebody.join()
    return codes, said


READING = (
    "status STUDY",
    "verify STUDY",
    "queries STUDY",
    "analyze STUDY --out OUT/result",
    "trace STUDY os_km.A --out OUT/result",
    "cut STUDY --out OUT/cuts",
    "safety STUDY",
    "doses STUDY P001 --as dr-li",
    "doses STUDY P001 --as dr-li --on 2024-03-02 --json",
)


def test_what_only_reads_works_on_a_study_that_may_only_be_read(read_only_study, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in read_only_study.rglob("*")}
    codes, said = by_somebody_else(read_only_study, tmp_path / "study", *READING)
    assert dict(zip(READING, codes, strict=True)) == dict.fromkeys(READING, 0), said
    assert {path: path.stat().st_mtime_ns for path in read_only_study.rglob("*")} == before
    assert (read_only_study.parent / "out" / "cuts").is_dir()


@pytest.mark.parametrize("read_only_study", ["running"], indirect=True)
def test_while_the_trial_runs_nothing_by_arm_is_read_where_no_entry_can_be_left(read_only_study, tmp_path):
    lines = (
        "status STUDY",
        "analyze STUDY --out OUT/result",
        "doses STUDY P001 --as dr-li",
        "cut STUDY --out OUT/cuts",
    )
    codes, said = by_somebody_else(read_only_study, tmp_path / "study", *lines)
    assert codes == [0, 0, 1, 1], said
    assert "The arms are hidden from whoever made this" in said
    assert "whoever reads them while the trial runs leaves an entry" in said
    assert not (read_only_study.parent / "out" / "cuts").exists()


def test_control_what_writes_is_refused_there(read_only_study, tmp_path):
    line = "act STUDY open_site --as custodian --set site=S02 --set date=2024-02-01"
    codes, said = by_somebody_else(read_only_study, tmp_path / "study", line)
    assert codes == [1]
    assert "cannot be written" in said


def test_entries_that_wait_in_the_log_are_never_left_out(read_only_study):
    """A file without its log would be an earlier ledger: it is read with the log, or not at all."""
    log = read_only_study / "ledger.sqlite-wal"
    assert _place(read_only_study / "ledger.sqlite").query.get("immutable") == (None if _writes() else "1")
    read_only_study.chmod(0o755)
    log.write_bytes(b"entries")
    read_only_study.chmod(0o555)
    assert "immutable" not in _place(read_only_study / "ledger.sqlite").query


def _writes() -> bool:
    return os.geteuid() == 0


@pytest.mark.parametrize("command", ["verify", "status", "checkpoint"])
@pytest.mark.parametrize("damage", ["cut", "empty", "letter", "gone", "folder", "header"])
def test_the_command_line_tells_a_damaged_ledger_and_leaves_it_as_it_is(tmp_path, monkeypatch, capsys, command, damage):
    study = small_study(tmp_path, 2)
    study.store.close()
    file = study.folder / "ledger.sqlite"
    content = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage != "gone":
        header = content[:40] + b"\xff" * 200 + content[240:]
        file.write_bytes(
            {"cut": content[: len(content) // 3], "empty": b"", "letter": b"hello\n" * 99, "header": header}[damage]
        )
    left = file.read_bytes() if file.is_file() else None
    monkeypatch.chdir(tmp_path)
    assert main([command, str(study.folder)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "ledger" in said.err
    assert "fault of ours" not in said.err
    assert (file.read_bytes() if file.is_file() else None) == left
    assert not list(tmp_path.glob("checkpoint-*"))


def test_control_the_command_line_is_content_with_an_undamaged_study(tmp_path, monkeypatch, capsys):
    study = small_study(tmp_path, 2)
    monkeypatch.chdir(tmp_path)
    for command in ("verify", "status", "checkpoint"):
        assert main([command, str(study.folder)]) == 0
    looked, signed = capsys.readouterr().err.splitlines()
    assert looked == signed
    assert looked.startswith("acting as custodian")


@pytest.mark.parametrize("name", ["we?ird", "100%", "a%41b", "a#b", "a b", "研究", "a&b=c", "it's"])
def test_a_ledger_lies_where_it_was_put_whatever_its_path_holds(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    store = SqlStore(folder / "ledger.sqlite")
    append(store, "a")
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    use(folder / "ledger.sqlite")


@pytest.mark.parametrize("url", ["postgresql://[::bad/a", "postgresql://secret:@h:port/a"])
def test_an_address_that_is_none_is_told_without_its_password(url: str) -> None:
    with pytest.raises(Unreadable) as refused:
        open_store(url).head(STUDY)
    assert codes(refused) == ["ledger.bad_url"]
    assert "secret" not in str(refused.value)


def test_a_host_that_nobody_knows_is_a_database_that_cannot_be_reached() -> None:
    said = "failed to resolve host 'nohost.invalid': [Errno -2] Name or service not known"
    assert [finding.code for finding in trouble("postgresql://nohost.invalid/a", said).findings] == [
        "ledger.no_connection"
    ]
