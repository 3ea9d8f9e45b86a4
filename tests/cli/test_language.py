"""Which language is spoken, and that help and wrong command lines are told in it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from equipoise.cli.language import Voice, choose_language, split_leading
from equipoise.cli.main import COMMANDS, main
from equipoise.cli.parsing import CommandParser, explain
from equipoise.cli.words import TABLE
from equipoise.findings import Unreadable
from tests.chinese import english_in, holds_chinese


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh"}, "zh"),
        ([], {"LANG": "zha_CN"}, "en"),  # Zhuang, which is not Chinese
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_TW"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "EQUIPOISE_LANG": "en"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "EQUIPOISE_LANG": " "}, "zh"),
        (["status", "x", "--lang", "zh"], {"EQUIPOISE_LANG": "en"}, "zh"),
        (["status", "x", "--lang=en"], {"EQUIPOISE_LANG": "zh"}, "en"),
        (["status", "x", "--language", "zh"], {}, "zh"),
        (["--language=zh", "status", "x"], {}, "zh"),
        (["--lang", "zh", "status", "x"], {}, "zh"),
        (["status", "x", "--lang", "zh", "--lang", "en"], {}, "en"),
        (["status", "x", "--la", "zh"], {}, "zh"),  # as the parser takes the beginning of an option
        (["status", "--", "--lang", "zh"], {}, "en"),
        (["status", "x", "--lang"], {"EQUIPOISE_LANG": "zh"}, "zh"),
        (["status", "x", "--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["status", "x", "--lang", "en"], {"EQUIPOISE_LANG": "french"}, "en"),
        (["act", "--set", "--lang=zh"], {}, "zh"),
    ],
)
def test_the_option_stands_above_the_variable_and_the_variable_above_the_locale(arguments, environment, language):
    assert choose_language(arguments, environment) == language


def test_a_variable_that_names_no_language_is_a_finding():
    with pytest.raises(Unreadable) as refused:
        choose_language(["status"], {"EQUIPOISE_LANG": "chinese"})
    (finding,) = refused.value.findings
    assert finding.what == "EQUIPOISE_LANG is `chinese`"
    assert finding.say("zh").why == "可用语言为en、zh"


def test_the_finding_about_the_variable_is_told_in_the_language_of_the_locale(monkeypatch, capsys):
    monkeypatch.setenv("EQUIPOISE_LANG", "chinese")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["status", "nowhere"]) == 2
    assert "可用语言为" in capsys.readouterr().err


def test_the_tests_themselves_speak_english_whatever_the_machine_speaks():
    assert os.environ["EQUIPOISE_LANG"] == "en"


@pytest.mark.parametrize(
    ("given", "leading", "rest"),
    [
        (["--lang", "zh", "check", "x"], ["--lang", "zh"], ["check", "x"]),
        (["--lang=zh", "check", "--lang", "en"], ["--lang=zh"], ["check", "--lang", "en"]),
        (["check", "x"], [], ["check", "x"]),
        (["--lang"], ["--lang"], []),
        (["--help"], [], ["--help"]),
    ],
)
def test_the_language_may_be_said_before_the_command(given, leading, rest):
    assert split_leading(given) == (leading, rest)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_explains_itself_in_either_language(name, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    called = [name] if name else []
    for language in ("en", "zh"):
        with pytest.raises(SystemExit) as left:
            main(["--lang", language, *called, "--help"])
        assert left.value.code == 0
        text = capsys.readouterr().out
        assert english_in(text) == [] if language == "zh" else not holds_chinese(text)
        assert ("用法：equipoise" if language == "zh" else "usage: equipoise") in text
        assert "--lang {en,zh}" in text
        told = text.split("\n\n", 1)[1]
        if name != "act" and name:  # the example there is one line of a shell
            assert max(map(columns, told.splitlines())) <= 80


def columns(line: str) -> int:
    return sum(2 if holds_chinese(sign) or sign in "，。；：（）、" else 1 for sign in line)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_command_the_commands_are_listed(language, capsys):
    with pytest.raises(SystemExit) as left:
        main(["--lang", language])
    assert left.value.code == 0
    assert capsys.readouterr().out.count("\n  ") >= len(COMMANDS)


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        (["nonsense"], "argument COMMAND: invalid choice: 'nonsense' (choose from 'init', 'check'", "不在可选值之内"),
        (["check"], "the following arguments are required: path", "缺少必需的参数：path"),
        (["contact", "x"], "one of the arguments --consent --lot is required", "参数--consent --lot须选其一"),
        (["check", "x", "--odd"], "unrecognized arguments: --odd", "无法识别的参数：--odd"),
        (["check", "x", "--json=3"], "argument --json: ignored explicit argument '3'", "参数--json不带取值"),
        (["simulate", "x", "--s", "1"], "ambiguous option: --s could match --scenario, --seed", "选项--s有歧义"),
        (["simulate", "x", "--scenario"], "argument --scenario: expected at least one argument", "至少须有一个取值"),
        (["cut", "x", "--entry"], "argument --entry: expected one argument", "参数--entry：须有一个取值"),
        (["trace", "x", "y", "--rows", "-1"], "invalid count (0 or more) value: '-1'", "'-1'不是计数"),
        (["cut", "x", "--entry", "abc"], "argument --entry: invalid int value: 'abc'", "'abc'不是整数"),
        (["rehearse", "x", "--until", "soon"], "argument --until: invalid day value: 'soon'", "'soon'不是日期"),
        (
            ["cut", "x", "--entry", "1", "--date", "d"],
            "argument --date: not allowed with argument --entry",
            "不能与--entry",
        ),
        (
            ["show", "x", "--format", "pdf"],
            "argument --format: invalid choice: 'pdf' (choose from",
            "（可选：'md', 'html'）",
        ),
    ],
)
def test_a_wrong_command_line_is_told_in_either_language(typed, english, chinese, capsys):
    for language, said in (("en", english), ("zh", chinese)):
        with pytest.raises(SystemExit) as left:
            main([*typed, "--lang", language])
        assert left.value.code == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert said in told.err.splitlines()[-1]
        assert english_in(told.err) == [] if language == "zh" else not holds_chinese(told.err)


def test_what_a_later_argparse_complains_of_is_told_as_it_says_it():
    assert explain("some new complaint", "equipoise x").what == "some new complaint"
    assert explain("argument -n: invalid float value: 'x'", "equipoise x").say("zh").what == "参数-n：'x'不是float"


def test_no_key_names_two_things():
    assert TABLE.words.keys() & TABLE.phrases.keys() == set()


def test_control_a_help_text_that_nobody_translated_is_noticed(capsys):
    parser = CommandParser(Voice("zh"), prog="x")
    parser.add_argument("--flag", metavar="名称", help="the name of the thing")
    parser.print_help()
    assert english_in(capsys.readouterr().out) == ["the name of the thing"]


def test_no_command_imports_anything_heavy_before_it_is_run():
    modules = ", ".join(f"equipoise.cli.{name}_command" for name in COMMANDS)
    code = f"import sys, equipoise.cli.main, {modules}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "equipoise.cli.act_command" in loaded
    assert not {"polars", "pydantic", "numpy", "sqlalchemy", "yaml"} & set(loaded)
