"""`equipoise check`: what it prints, as text and as JSON, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from equipoise.cli.main import main
from tests.protocols.reading_aid import FLAGSHIP
from tests.spec.minimal import MINIMAL, write_minimal


def test_a_sound_protocol_ends_with_0_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write_minimal(tmp_path))]) == 0
    assert capsys.readouterr().out == "DEMO version 1.0: nothing to mend.\n"


def test_findings_end_with_1_and_are_all_told_in_the_order_of_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        MINIMAL.replace("unit: years", "unit: yeers")
        .replace("rule: weight < 30", "rule: wieght < 30")
        .replace('version: "1.0"', "version: 1.0")
    )
    (tmp_path / "protocol.yaml").write_text(text, "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert [line.split(":")[1].split(" ")[0] for line in lines] == [
        str(next(i for i, t in enumerate(text.splitlines(), start=1) if part in t))
        for part in ("version: 1.0", "yeers", "wieght")
    ]
    assert "Did you mean `weight`?" in lines[-1]
    assert said.err == "3 findings to mend.\n"


def test_a_warning_is_told_and_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_minimal(tmp_path, "randomization: {scheme: {sizes: [4]}}")
    assert main(["check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("warning: ")
    assert "nothing to mend (1 warning)." in said


@pytest.mark.parametrize("content", [None, b"", b"a: [", "示范".encode("gbk")])
def test_what_cannot_be_read_ends_with_2(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "protocol.yaml").write_bytes(content)
    assert main(["check", str(tmp_path)]) == 2
    assert main(["check", str(tmp_path), "--json"]) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    data = json.loads(said.out[said.out.index("{") :])
    assert data["readable"] is False
    assert data["findings"]


def test_json_gives_file_line_path_why_and_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_minimal(tmp_path, "eligibility: {criteria: [{id: I1, rule: agee > 1}]}")
    assert main(["check", str(folder), "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["readable"] is True
    assert [set(f) for f in data["findings"]] == [{"code", "file", "line", "path", "what", "why", "mend", "severity"}]
    assert data["findings"][0]["code"] == "rule.unknown_name"
    assert data["findings"][0]["path"] == "eligibility.criteria.I1.rule"
    assert data["findings"][0]["line"] > 0


def test_a_shipped_protocol_is_found_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "oropharynx-rtog"]) == 0
    assert "nothing to mend" in capsys.readouterr().out


def test_checking_loads_no_compiler_no_database_and_no_web() -> None:
    code = "import sys; from equipoise.cli.main import main; main(['check', 'oropharynx-rtog']); print(sorted({'numba', 'sqlalchemy', 'scipy', 'numpy'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=FLAGSHIP.parents[1]
    )
    assert done.stdout.splitlines()[-1] == "[]"
