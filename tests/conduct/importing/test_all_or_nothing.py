"""Stopped in the middle, by a person, a full disk, a fault: nothing is left, and the same import then succeeds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from equipoise.conduct.folder.study import open_study
from equipoise.conduct.importing import run_import
from equipoise.findings import Refusal
from tests.conduct.importing.aid import CSV, TRIAL, new_study, row, table, take_in, write


def stop_after(acts):
    def progress(done, _total):
        if done == acts:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("acts", [1, 2, 10, 22])
def test_an_interrupt_in_the_middle_leaves_nothing(acts, tmp_path):
    data = table(row(1), row(2), row(3))  # 22 acts with those around the rows; the columns are typed in steps of three
    with pytest.raises(KeyboardInterrupt):
        take_in(tmp_path, data, progress=stop_after(acts))
    study = open_study(tmp_path / "study")
    assert list(study.store.projection(study.id, "participants")) == []
    assert take_in(tmp_path, data).acts == 18


def test_control_an_import_that_is_not_stopped_leaves_everything(tmp_path):
    take_in(tmp_path, table(row(1), row(2)), progress=stop_after(10_000))
    study = open_study(tmp_path / "study")
    assert len(study.store.projection(study.id, "participants")) == 2


def test_a_full_disk_leaves_nothing_and_is_told(tmp_path):
    from sqlalchemy import event

    study = new_study(tmp_path)
    before = study.store.head(study.id)
    engine = study.store._engine
    small = lambda connection, *_: connection.execute("PRAGMA max_page_count=40")  # noqa: E731
    engine.dispose()
    event.listen(engine, "connect", small)
    file, mapping = write(tmp_path, CSV)
    with pytest.raises(Refusal, match="the disk is full"):
        run_import(study, file, mapping)
    assert study.store.head(study.id) == before
    event.remove(engine, "connect", small)
    engine.dispose()
    assert run_import(study, file, mapping).rows == 195


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_at_the_terminal_gives_a_finding_and_leaves_nothing(tmp_path):
    study = new_study(tmp_path)
    before = study.store.head(study.id)
    write(tmp_path)
    # Held open at the first act until the signal comes, so that it arrives in the middle whatever the machine's speed.
    code = (
        "import sys, time; from equipoise.conduct.desk import Desk; from equipoise.cli import main\n"
        "real = Desk.perform\n"
        "def slow(self, act, **more):\n"
        "    if type(act).__name__ == 'Enroll': print('now', flush=True); time.sleep(30)\n"
        "    return real(self, act, **more)\n"
        "Desk.perform = slow\n"
        "sys.exit(main(['import', 'study', 'data.csv', '--map', 'map.yaml']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout.readline() == "now\n"
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "interrupted; you asked to stop. Nothing was half-written" in said
    assert "Traceback" not in said
    assert study.store.head(study.id) == before


def test_a_study_that_was_imported_verifies(tmp_path):
    from equipoise.conduct.folder.verification import verify_study

    study = new_study(tmp_path)
    run_import(study, TRIAL / "oropharynx.csv", TRIAL / "import.yaml")
    assert not [f for f in verify_study(study).findings if f.severity == "error"]
