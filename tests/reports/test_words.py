"""The report says everything in both languages, and has no word that nobody uses."""

import re
from pathlib import Path
from string import Formatter

import equipoise.reports
from equipoise.reports.words import WORDS

FOLDER = Path(equipoise.reports.__file__).parent
BUILT = ("entry_", "role_", "strategy_", "withdrew_", "arms_", "not_analyzed", "noticed_", "received")
BY_VALUE = {"axis_days", "axis_months", "axis_years", "days", "months", "years", "control", "experimental"}
BY_COLUMN = {"event", "group", "no", "reason", "time", "value", "yes"}  # of the rows behind a number (`evidence`)


def test_every_word_is_there_in_both_languages_with_the_same_blanks():
    for key, (english, chinese) in WORDS.items():
        assert english.strip() or key == "space", key
        assert chinese.strip() or key == "space", key
        blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, chinese)]
        assert blanks[0] == blanks[1], key


def test_chinese_is_chinese():
    exceptions = {"bracket_close", "bracket_open", "p", "axis_survival", "colon", "comma", "space", "stop"}
    assert [k for k, (_, zh) in WORDS.items() if not re.search(r"[\u4e00-\u9fff]", zh) and k not in exceptions] == []


def test_every_word_is_used():
    text = "".join(
        p.read_text(encoding="utf-8")
        for p in (*FOLDER.glob("*.py"), *FOLDER.glob("templates/*"))
        if p.name != "words.py"
    )
    used = set(re.findall(r"\bw\[[\"'](\w+)[\"']\]|\bw\.(\w+)", text))
    used = {name for pair in used for name in pair if name}
    unused = {k for k in WORDS if k not in used and not k.startswith(BUILT)} - BY_VALUE - BY_COLUMN
    assert unused == set()
    assert {name for name in used if name not in WORDS} <= {"confidence_any"}
