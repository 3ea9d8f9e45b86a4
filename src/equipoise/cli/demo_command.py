"""`equipoise demo OUT`: the main job. A real trial imported and analysed, the flagship rehearsed and analysed.

Everything is made beside its place and moved there when it is whole. A demo made before is replaced; anything else that
lies in that place is never touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.cli.language import Voice
from equipoise.cli.words import refuse
from equipoise.findings import Refusal, Where
from equipoise.whole import exchange, making

if TYPE_CHECKING:
    from equipoise.reports import Report

__all__ = ["add_arguments", "run"]

MARK = "demo.yaml"
REAL, FLAGSHIP = "oropharynx-rtog", "npc-nimotuzumab"
REAL_FOLDER, FLAGSHIP_FOLDER = "oropharynx", "npc-nimotuzumab"
STEPS = 4


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.add_argument("out", type=Path, help=say("help.demo.out"))
    parser.add_argument("--participants", type=int, default=60, help=say("help.demo.participants"))
    parser.add_argument("--seed", type=int, default=1, help=say("help.demo.seed"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Make both studies and their reports, and say what to look at."""
    begun = time.monotonic()
    out: Path = args.out
    _check(out, args.participants)
    out.parent.mkdir(parents=True, exist_ok=True)
    with making(out.parent) as beside:
        real, flagship = _make(beside, args.participants, args.seed, say)
        _write_mark(beside)
        check_place(out)
        exchange(beside, out)
    _tell_what_to_look_at(out, real, flagship, time.monotonic() - begun, say)
    return 0


def _check(out: Path, participants: int) -> None:
    from equipoise.rehearsal.request import check_participants

    check_place(out)
    if findings := check_participants(participants):
        raise Refusal(findings)


def _make(folder: Path, participants: int, seed: int, say: Voice) -> tuple[Report, Report]:
    """Both studies with their reports; the long steps draw a bar."""
    from equipoise.cli.progress import progress_bar
    from equipoise.conduct.folder.study import create_study
    from equipoise.conduct.importing import run_import
    from equipoise.protocol.files import find_protocol
    from equipoise.rehearsal.rehearsal import run_rehearsal
    from equipoise.reports import write_report

    source = find_protocol(REAL)
    _print_step(1, say("demo.step_imported"), say)
    study = create_study(folder / REAL_FOLDER, source)
    taken = run_import(
        study, source / "oropharynx.csv", source / "import.yaml", progress=progress_bar(say, "demo.bar_import")
    )
    if errors := [finding for finding in taken.findings if finding.severity == "error"]:
        raise Refusal(errors)
    print("  " + say("demo.taken", rows=taken.rows, acts=taken.acts, blemishes=len(taken.findings)))
    _print_step(2, say("demo.step_analyzed"), say)
    real = write_report(study, language=say.language, progress=progress_bar(say, "demo.bar_analyze"))
    study.store.close()
    _print_step(3, say("demo.step_rehearsed", participants=participants), say)
    study = create_study(folder / FLAGSHIP_FOLDER, find_protocol(FLAGSHIP), environment="rehearsal")
    played = run_rehearsal(study, participants=participants, seed=seed, progress=progress_bar(say, "demo.bar_rehearse"))
    if not played.finished:
        raise KeyboardInterrupt
    for line in played.lines(say.language):
        print(f"  {line}")
    _print_step(4, say("demo.step_analyzed"), say)
    flagship = write_report(study, language=say.language, progress=progress_bar(say, "demo.bar_analyze"))
    study.store.close()
    return real, flagship


def _print_step(number: int, what: str, say: Voice) -> None:
    print(say("demo.step", number=number, steps=STEPS, what=what), flush=True)


def _tell_what_to_look_at(out: Path, real: Report, flagship: Report, seconds: float, say: Voice) -> None:
    print("\n" + say("demo.done", seconds=seconds))
    for folder, report in ((REAL_FOLDER, real), (FLAGSHIP_FOLDER, flagship)):
        for page in ("report.en.html", "report.zh.html"):
            print(f"  {out / folder / 'reports' / report.out.name / page}")
    print("\n" + say("demo.real"))
    for line in _primary(real, say):
        print(f"  {line}")
    print(say("demo.rehearsal"))
    for line in _primary(flagship, say):
        print(f"  {line}")
    print("\n" + say("demo.follow"))
    call = _call()
    print(f"  {call} trace {out / REAL_FOLDER} {_primary_id(real)}")
    print(f"  {call} verify {out / FLAGSHIP_FOLDER}")
    print(f"  {call} status {out / FLAGSHIP_FOLDER}")


def _call() -> str:
    """How to call the command here: `make demo` runs it out of an environment that is not on the reader's path."""
    if shutil.which("equipoise"):
        return "equipoise"
    own = Path(sys.argv[0])
    if own.name != "equipoise":
        return f"{Path(sys.executable).name} -m equipoise"
    return str(own.relative_to(Path.cwd()) if own.is_absolute() and own.is_relative_to(Path.cwd()) else own)


def _primary(report: Report, say: Voice) -> list[str]:
    """The sentences of the primary results and, for the real trial, of the hazard ratio beside it."""
    results = report.run.results["results"]
    shown = [r for r in results if r["role"] == "primary"]
    endpoint = shown[0]["endpoint"] if shown else None
    beside = [r for r in results if r["method"] == "cox" and r["endpoint"] == endpoint and r["role"] == "secondary"]
    return [say("demo.result", id=r["id"], said=r["interpretation"][say.language]) for r in (*shown, *beside[:1])]


def _primary_id(report: Report) -> str:
    results = report.run.results["results"]
    return str(next((r for r in results if r["role"] == "primary"), results[0])["id"])


# The place ---------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[str]:
    """Everything in the folder but folders, by relative path; what SQLite keeps beside a ledger is not told."""
    found = []
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [(Path(place) / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(name for name in found if not name.endswith((".sqlite-wal", ".sqlite-shm")))


def _write_mark(folder: Path) -> None:
    import yaml

    from equipoise import __version__

    made = {"made_by": "equipoise demo", "software": __version__, "files": [*_files(folder), MARK]}
    (folder / MARK).write_text(yaml.safe_dump(made, sort_keys=False, allow_unicode=True), encoding="utf-8")


def check_place(out: Path) -> None:
    """Raises Refusal unless `out` is free, empty, or holds an earlier demo and nothing else."""
    if not out.exists() and not out.is_symlink():
        return
    if out.is_symlink() or not out.is_dir():
        refuse("demo.place_taken", Where(str(out)))
    strangers = sorted(set(_files(out)) - _made_before(out))
    if strangers:
        file, more, where = strangers[0], len(strangers) - 1, Where(str(out))
        if more:
            refuse("demo.place_taken/strangers", where, file=file, more=more)
        refuse("demo.place_taken/stranger", where, file=file)


def _made_before(out: Path) -> set[str]:
    """The files that an earlier demo says it made; none when there is no mark that can be read."""
    import yaml

    try:
        said = yaml.safe_load((out / MARK).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return set()
    if not isinstance(said, dict) or said.get("made_by") != "equipoise demo" or not isinstance(said.get("files"), list):
        return set()
    return {str(name) for name in said["files"]}
