"""What the commands print in rarer cases: each in both languages."""

from __future__ import annotations

import errno
import os
import time
from argparse import Namespace
from dataclasses import replace

import pytest

from equipoise.cli import progress, status_command
from equipoise.cli.import_command import _print_taken_in
from equipoise.cli.language import Voice
from equipoise.cli.main import main
from equipoise.cli.query_lines import query_lines
from equipoise.cli.status_lines import status_lines
from equipoise.cli.words import TABLE
from equipoise.conduct.folder.query_list import ListedQuery
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import create_study
from equipoise.conduct.importing import ImportReport
from equipoise.conduct.state.query import DEVIATIONS
from tests.spec.minimal import minimal_protocol, write_minimal

STEPS = [
    {"what": kind, "at": f"2024-03-0{day}T08:00:00Z", "by": "zhao", "system": False, "text": {"said": said}}
    for day, (kind, said) in enumerate((("query_raised", ""), ("query_reopened", "还是不清楚"), ("erased", "姓名")), 1)
]
ROW = {
    "query": "Q0007",
    "participant": "P1",
    "site": "S01",
    "status": "closed",
    "check": None,
    "visit": "screening",
    "occurrence": 1,
    "form": "gone",
    "group": "lesions",
    "row": 2,
    "items": ["gone"],
    "steps": STEPS,
}


@pytest.mark.parametrize("label", [key for key in TABLE.phrases if ".bar" in key])
@pytest.mark.parametrize(("language", "left"), [("en", "2 s left"), ("zh", "剩余   2秒")])
def test_a_bar_says_what_is_going_on_and_how_long_it_takes(label, language, left, monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True, raising=False)
    say = Voice(language)
    show = progress.progress_bar(say, label)
    now[0] = 2.0
    show(1, 2)
    now[0] = 4.0
    show(2, 2)
    drawn = capsys.readouterr().err
    assert say(label) in drawn
    assert left in drawn
    assert drawn.endswith("\n")


@pytest.mark.parametrize(("language", "said"), [("en", "compil"), ("zh", "编译")])
def test_the_first_simulation_says_on_a_terminal_that_it_compiles_and_nowhere_else(language, said, capsys, monkeypatch):
    progress.tell_on_terminal(Voice(language), "simulate.compiling")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True, raising=False)
    progress.tell_on_terminal(Voice(language), "simulate.compiling")
    assert said in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.ENOSPC, "Free some space, or choose another folder; nothing was half-written.", "请释放空间"),
        (errno.EACCES, "Ask for the right to read or write there, or choose another folder.", "请申请该处的读写权限"),
        (errno.ENOENT, "Check the path.", "请核对路径"),
        (errno.EROFS, "Choose a folder that can be written to.", "请选择可写入的文件夹"),
        (errno.EMFILE, "Mend it, and run the command again.", "请排除该问题"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_remedy(number, english, chinese, monkeypatch, capsys):
    def run(args, say):
        raise OSError(number, os.strerror(number), "here")

    monkeypatch.setattr(status_command, "run", run)
    assert main(["status", "x"]) == 2
    assert capsys.readouterr().err == f"here: the system refused; {os.strerror(number).lower()}. {english}\n"
    assert main(["status", "x", "--lang", "zh"]) == 2
    assert chinese in capsys.readouterr().err


def test_warnings_are_counted(tmp_path, capsys):
    unused = "forms: [{id: f%d, title: {en: F, zh: 表}, items: [{id: i%d, label: {en: I, zh: 项}, type: integer}]}]"
    one, two = (write_minimal(tmp_path / str(n), *(unused % (k, k) for k in range(n))) for n in (1, 2))
    assert main(["check", str(one)]) == 0
    said = capsys.readouterr().out
    assert "nothing to mend (1 warning)." in said
    assert main(["check", str(two), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "无需修改（2项警告）。" in said
    assert said.startswith("警告：")


def test_a_query_about_what_the_protocol_no_longer_has_is_told_by_its_ids():
    protocol = minimal_protocol()
    said = query_lines(protocol, [ListedQuery(ROW, 1)], Voice("en"))
    assert said == [
        "Q0007  closed, 1 day  P1 at S01: Screening, gone, lesions row 2, gone",
        "    asked by zhao on 2024-03-01",
        "    asked again by zhao on 2024-03-02: 还是不清楚",
        "    erased by zhao on 2024-03-03: 姓名",
        "1 queries: 0 open, 0 answered, 1 closed",
    ]
    said = query_lines(protocol, [ListedQuery(ROW, 1)], Voice("zh"))
    assert said[0] == "Q0007  已关闭，1天  P1（中心S01）：筛选，gone，lesions 第2行，gone"
    assert said[3] == "    zhao于2024-03-03删除：姓名"


def test_the_status_says_whatever_may_be_said_of_a_study(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"))
    status = study_status(study)
    status = replace(
        status,
        sites=(replace(status.sites[0], status="closed"), *status.sites[1:]),
        locked="final",
        paused="safety",
        paused_strata={"sex=F": "label"},
        unsealed=True,
        withdrawals={"consent": 1, "follow_up": 2, "treatment": 3},
        noticed=dict.fromkeys(DEVIATIONS, 2),
    )
    english, chinese = (status_lines(status, Voice(language)) for language in ("en", "zh"))
    assert english[3] == (
        "standing: locked (final); paused (safety); stratum sex=F paused (label); allocations unsealed"
    )
    assert "S01        closed               0           0           0           0           0" in english
    assert any(line.startswith("S01       已关闭 ") for line in chinese)
    assert "withdrawals: 6 (consent 1, follow-up 2, treatment 3)" in english
    assert chinese[3] == "状态：已锁定（final）；已暂停（safety）；层 sex=F 已暂停（label）；分配已启封"
    [noticed] = [line for line in english if line.startswith("noticed by the system and not mended: ")]
    assert "visits outside their window 2" in noticed
    assert "another stratum than was used 2" in noticed
    assert any("访视超窗2" in line for line in chinese)
    assert any(line.startswith("where participants stand now") for line in english)
    assert "退出：6（撤回知情同意1、随访2、治疗3）" in chinese


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 row, 1 act, 2 sites opened; 0 blemishes told, each accepted by the mapping."),
        ("zh", "1行，1项操作，启动2个中心；告知0项瑕疵，均为映射所接受。"),
    ],
)
def test_one_is_not_said_as_many(language, said, capsys):
    report = ImportReport("I1", rows=1, acts=1, sites_opened=("S1", "S2"), entries=(4, 9))
    _print_taken_in(report, Namespace(file="f.csv", mapping="m.yaml", quiet=False), Voice(language))
    assert capsys.readouterr().out.splitlines()[0] == said
    assert Voice("en").count("import.blemishes", 1) == "1 blemish"
