"""Queries as people read them: listed in either language, counted in the status, frozen in the cut."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from equipoise.cli.language import Voice
from equipoise.cli.main import main
from equipoise.cli.query_lines import query_lines
from equipoise.cli.status_lines import status_lines
from equipoise.conduct import acts as a
from equipoise.conduct.folder.query_list import list_queries
from equipoise.conduct.folder.reading import day_of_looking
from equipoise.conduct.folder.status import QueryCounts, study_status
from equipoise.conduct.folder.study import Study, create_study
from equipoise.conduct.state.query import query_name
from equipoise.datacut import freeze, write_cut
from equipoise.findings import Refusal
from tests.conduct.small_trial import BASELINE, DAY, Trial
from tests.conduct.test_queries import ASKING, LIGHT, asking
from tests.seeing import SeenStudy
from tests.spec.minimal import write_minimal

# The check of the baseline form alone.
BASE_ASKING = "\n".join(ASKING.splitlines()[:4])
LATER = datetime(2024, 3, 15, 8, tzinfo=UTC)


def busy() -> tuple[Trial, list[str]]:
    """Three queries at S01 and S02: one of a check and answered, the monitor's open, one closed; days pass."""
    trial = asking()
    trial.recorded(**LIGHT)
    names = [query_name(trial.head())]
    pass_days(trial, 2)
    trial.do(a.AnswerQuery("P1", names[0], "出生日期已核对"), as_="chen")
    trial.recorded("P2", "S02", "wang")
    for text, place in (({"en": "Which scale?", "zh": "用的是哪台秤？"}, {"item": "weight"}), ({"en": "Seen?"}, {})):
        where = {"visit": "screening", "form": "baseline"} if place else {}
        trial.do(a.RaiseQuery("P2", text, **where, **place), as_="zhao")
        names.append(query_name(trial.head()))
    pass_days(trial, 3)
    trial.do(a.CloseQuery("P2", names[2], "seen"), as_="zhao")
    return trial, names


def pass_days(trial: Trial, days: int) -> None:
    trial.clock.append(trial.clock[-1] + timedelta(days=days))


def study_of(trial: Trial, tmp_path, environment: str = "production") -> Study:
    return SeenStudy(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store, environment)


def test_those_that_wait_are_listed_with_the_days_that_they_have_waited(tmp_path):
    trial, names = busy()
    study = study_of(trial, tmp_path)
    listed = list_queries(study, now=LATER)
    assert [(one.row["query"], one.row["status"], one.days) for one in listed] == [
        (names[0], "answered", 14),
        (names[1], "open", 12),
    ]
    (closed,) = list_queries(study, statuses=("closed",), now=LATER)
    assert (closed.row["query"], closed.days) == (names[2], 3)
    assert [one.row["query"] for one in list_queries(study, site="S02", now=LATER)] == [names[1]]
    assert [one.row["query"] for one in list_queries(study, participant="P1", now=LATER)] == [names[0]]


def test_the_list_says_where_who_and_what_in_either_language(tmp_path):
    trial, names = busy()
    study = study_of(trial, tmp_path)
    listed = list_queries(study, statuses=("open", "answered", "closed"), now=LATER)
    english = query_lines(study.protocol, listed, Voice("en"))
    assert english[0] == f"{names[0]}  answered, 14 days  P1 at S01: Screening, Baseline, Age (age)"
    assert english[1].startswith(
        "    asked by the system, check grown_up on 2024-03-01: Young and light; see the source"
    )
    assert english[2] == "    answered by chen on 2024-03-03: 出生日期已核对"
    assert english[4] == "    asked by zhao on 2024-03-03: Which scale?"
    assert english[-2:] == ["    closed by zhao on 2024-03-06: seen", "3 queries: 1 open, 1 answered, 1 closed"]
    chinese = query_lines(study.protocol, listed, Voice("zh"))
    assert chinese[0] == f"{names[0]}  已答复，14天  P1（中心S01）：筛选，基线，年龄 (age)"
    assert chinese[4] == "    zhao于2024-03-03提出：用的是哪台秤？"
    assert chinese[-3] == "    zhao于2024-03-03提出：Seen?"  # asked in English only: shown as it was asked
    assert chinese[-1] == "质疑3条：待答复1，已答复1，已关闭1"
    assert query_lines(study.protocol, [], Voice("zh")) == ["没有质疑。"]


def test_a_rehearsal_is_looked_at_on_the_day_of_its_last_entry():
    assert day_of_looking("rehearsal", "2031-05-01T00:00:00.000Z", LATER) == "2031-05-01T00:00:00.000Z"
    assert day_of_looking("production", "2031-05-01T00:00:00.000Z", LATER).startswith("2024-03-15")


def test_the_status_counts_queries_by_site_and_says_how_old_the_oldest_is(tmp_path):
    trial, _ = busy()
    status = study_status(study_of(trial, tmp_path), LATER)
    assert status.queries == QueryCounts(1, 1, 1, 14)
    assert [site.queries for site in status.sites] == [QueryCounts(0, 1, 0, 14), QueryCounts(1, 0, 1, 12)]
    lines = status_lines(status, Voice("en"))
    first = next(place for place, line in enumerate(lines) if line.startswith("queries:"))
    assert lines[first : first + 3] == [
        "queries: 1 open, 1 answered, 1 closed; the oldest has waited 14 days",
        "  S01: 0 open, 1 answered, 0 closed; the oldest has waited 14 days",
        "  S02: 1 open, 0 answered, 1 closed; the oldest has waited 12 days",
    ]
    assert status_lines(status, Voice("zh"))[first + 2] == "  S02：待答复1，已答复0，已关闭1；最久者已等待12天"


def test_a_site_or_participant_that_is_not_there_is_told(tmp_path):
    study = study_of(busy()[0], tmp_path)
    for asked, code in (({"site": "S09"}, "queries.site"), ({"participant": "P9"}, "participant.unknown")):
        with pytest.raises(Refusal) as refusal:
            list_queries(study, **asked)
        assert refusal.value.findings[0].code == code


def test_the_command_lists_and_the_acts_are_asked_at_the_command_line(tmp_path, capsys):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", {"roles": None}, BASE_ASKING))
    study.store.close()
    folder = str(tmp_path / "study")

    def act(kind: str, who: str, /, **fields: str) -> int:
        pairs = [f"{key.replace('__', '.')}={value}" for key, value in fields.items()]
        return main(["act", folder, kind, "--as", who, *(part for pair in pairs for part in ("--set", pair))])

    assert act("open_site", "custodian", site="S01", date=DAY) == 0
    for person, role, site in (("li", "investigator", "S01"), ("zhao", "monitor", None)):
        place = {} if site is None else {"site": site}
        assert act("appoint", "custodian", person=person, name=person, role=role, **place) == 0
    assert act("screen", "li", participant="P1", site="S01", date=DAY) == 0
    assert act("consent", "li", participant="P1", date=DAY) == 0
    values = {f"values__{item}": str(value) for item, value in {**BASELINE, **LIGHT}.items()}
    assert act("record", "li", participant="P1", visit="screening", form="baseline", **values) == 0
    captured = capsys.readouterr()
    assert "was opened" in captured.out
    assert "warning: " in captured.err
    assert main(["queries", folder, "--json"]) == 0
    (query,) = json.loads(capsys.readouterr().out)
    assert (query["check"], query["status"]) == ("grown_up", "open")
    assert act("answer_query", "li", participant="P1", query=query["query"], text="as in the source") == 0
    assert act("close_query", "zhao", participant="P1", query=query["query"], reason="seen") == 0
    asked = {"visit": "screening", "form": "baseline", "item": "sex", "text__en": "Is it so?", "text__zh": "是否如此？"}
    assert act("raise_query", "zhao", participant="P1", **asked) == 0
    capsys.readouterr()
    assert main(["queries", folder, "--open", "--lang", "zh", "--site", "S01"]) == 0
    assert "性别 (sex)" in (said := capsys.readouterr().out)
    assert "是否如此？" in said
    assert main(["queries", folder, "--closed"]) == 0
    assert capsys.readouterr().out.count("closed by zhao") == 1
    assert main(["queries", folder, "--site", "nowhere"]) == 1
    assert "there is no site nowhere" in capsys.readouterr().err


def test_a_cut_holds_each_query_as_it_stood_then(tmp_path):
    trial, names = busy()
    study = study_of(trial, tmp_path)
    frame = freeze(study).queries
    assert frame["query"].to_list() == names
    assert frame["status"].to_list() == ["answered", "open", "closed"]
    assert frame["days_open"].to_list() == [5, 3, 3]
    assert frame["by_system"].to_list() == [True, False, False]
    assert frame["answer"].to_list() == ["出生日期已核对", None, None]
    assert frame["text_zh"][1] == "用的是哪台秤？"
    assert (frame["closed_by"][2], frame["reason"][2], frame["answers"].sum()) == ("zhao", "seen", 1)
    earlier = freeze(study, entry=trial.head() - 1).queries
    assert earlier["status"].to_list() == ["answered", "open", "open"]
    assert (write_cut(freeze(study), tmp_path / "one") / "queries.parquet").is_file()


def test_an_erased_query_keeps_its_row_in_the_cut_without_its_words(tmp_path):
    trial, names = busy()
    trial.erased(int(names[1][1:]), "a name")
    frame = freeze(study_of(trial, tmp_path)).queries
    assert frame["query"].to_list() == names
    assert (frame["status"][1], frame["text_en"][1], frame["form"][1], frame["raised_by"][1]) == (
        "closed",
        None,
        None,
        "zhao",
    )


def test_a_study_without_queries_has_an_empty_table_of_them(tmp_path):
    trial = asking()
    trial.recorded()
    frame = freeze(study_of(trial, tmp_path)).queries
    assert frame.height == 0
    assert frame.width == 26
