"""What a terminal says of a rehearsal, in either language."""

from dataclasses import replace
from datetime import date

from equipoise.ledger import Head
from equipoise.rehearsal.report import RehearsalReport
from equipoise.virtual.words import phrase

ONE = ("screened", "forms", "visits", "missed", "corrections", "typing errors", "deviations", "ended", "duplicates")
REPORT = RehearsalReport(
    "T1",
    "busy",
    7,
    2,
    date(2021, 1, 4),
    date(2022, 1, 4),
    date(2021, 6, 1),
    dict.fromkeys(ONE, 1) | {"enrolled": 1234, "queries by checks": 2, "monitoring visits": 1},
    {"I1": 2, "E3": 1},
    {"death": 1, "relapse": 0},
    {"randomize: eligibility.gone": 3},
    (phrase("no_accrual"),),
    Head(40, "0123456789abcdef0123"),
    2.0,
    finished=False,
)


def test_nobody_is_said_to_be_randomized_where_there_is_one_arm():
    for language, drawn, entered in (("en", "randomized", "entered the trial"), ("zh", "随机", "进入试验")):
        said = list(REPORT.lines(language))[1], list(replace(REPORT, one_arm=True).lines(language))[1]
        assert drawn in said[0]
        assert entered in said[1]
        assert drawn not in said[1]


def test_one_is_not_several_and_every_line_has_its_numbers():
    assert list(REPORT.lines()) == [
        "T1: rehearsal of scenario busy, seed 7, 2021-01-04 to 2022-01-04",
        "participants: 1 screened, 0 not eligible (E3 1, I1 2), 1234 enrolled, 0 randomized, 0 withdrawn",
        "records: 1 form; after enrollment 1 visit, 1 visit missed; 1 correction of 1 typing error, 1 deviation",
        "besides: duplicates 1",
        "queries: 2 raised (2 by checks, 0 by people at 1 visit), 0 answered, 0 closed",
        "outcomes: death 1; follow-up ended by one for 1 participant",
        "refused at the desk: randomize: eligibility.gone (3)",
        "supposed: no accrual is assumed in the design: 10 participants a month",
        "ledger: entry 40, head 0123456789abcdef; 2.0 s (20 entries/s)",
        "Interrupted on 2021-06-01 of the rehearsal; the ledger is whole. The same command goes on from here.",
    ]


def test_it_is_said_in_chinese_too():
    assert list(REPORT.lines("zh")) == [
        "T1：情景busy的演练，种子7，2021-01-04至2022-01-04",
        "受试者：筛选1例，不合格0例（E3 1、I1 2），入组1234例，随机0例，退出0例",
        "记录：共1份表单；入组后1次访视，缺失1次访视；录入错误1处，更正1处；方案偏离1例次",
        "另有：重复筛选 1",
        "质疑：提出2条（核查2条，人工0条，1次访视），已答复0条，已关闭0条",
        "结局：death 1；因结局结束随访1例受试者",
        "操作被拒绝：randomize: eligibility.gone（3次）",
        "假定：设计未假设入组速度：每月10例",
        "账本：条目40，头部0123456789abcdef；2.0秒（每秒20条）",
        "演练至2021-06-01时中断；账本完整。再次执行同一命令即可由此继续。",
    ]
