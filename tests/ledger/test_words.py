"""What the ledger finds is told in both languages, each wording for its own reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

import pytest

from equipoise.findings import Finding, Refusal
from equipoise.ledger import Fact, Head, MemoryStore, SqlStore, Stamp, Store
from equipoise.ledger.chain import Link, check_entry
from equipoise.ledger.checkpoint import new_keys, sign_checkpoint
from equipoise.ledger.trouble import trouble
from equipoise.ledger.verify import verify_chain

AT = "2026-01-31T09:30:00.000Z"


def fill(store: Store, times: Iterable[str]) -> Store:
    with store.writing("TRIAL") as writer:
        for n, at in enumerate(times):
            writer.append(Stamp(f"a{n}", "dr-li", "investigator", at), [Fact("noted", {"n": n})])
    return store


def told(finding: Finding) -> tuple[str, str]:
    return finding.tell(), finding.tell("zh")


@pytest.mark.parametrize(
    ("said", "code", "zh"),
    [
        ("ledger: entries are never changed", "append_only", "拒绝"),
        ("file is not a database", "not_a_database", "不是账本"),
        ("sqlite_ioerr_write", "not_written", "未写入"),
        ("database disk image is malformed", "damaged", "无法读取"),
        ("unable to open database file", "cannot_open", "无法打开"),
        ("attempt to write a readonly database", "read_only", "只读"),
        ("database or disk is full", "disk_full", "磁盘已满"),
        ("database is locked", "locked", "正忙"),
        ("FATAL: sorry, too many clients already", "busy", "连接过多"),
        ("password authentication failed for user x", "not_allowed", "拒绝访问"),
        ('database "x" does not exist', "no_database", "没有该账本"),
        ("could not translate host name", "no_connection", "无法连接"),
        ("something else\nand more", "database", "数据库提示“something else”"),
        ("", "database", "未说明原因"),
    ],
)
def test_what_a_database_says_is_told_in_both_languages(said, code, zh):
    (finding,) = trouble("here", said).findings
    assert finding.code == f"ledger.{code}"
    assert zh in finding.tell("zh")


def test_a_clock_that_goes_back_is_counted():
    once = fill(MemoryStore(), ("2026-01-02T00:00:00.000Z", "2026-01-01T00:00:00.000Z"))
    twice = fill(MemoryStore(), [f"2026-01-0{9 - n}T00:00:00.000Z" for n in range(3)])
    assert told(*verify_chain(once, "TRIAL").findings)[0].startswith("TRIAL entry 2: the clock went back once;")
    english, chinese = told(*verify_chain(twice, "TRIAL").findings)
    assert "went back 2 times" in english
    assert chinese.startswith("TRIAL entry 2: 时钟曾倒退2次；")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"actor": "dr-wu"}, "ledger.hash_differs"), ({"payload": {"n": 7}}, "ledger.payload_differs")],
)
def test_an_entry_that_is_not_what_its_hashes_say_is_told(change, code):
    entry = next(iter(fill(MemoryStore(), [AT]).read("TRIAL")))
    check_entry(entry)
    with pytest.raises(Refusal) as refused:
        check_entry(replace(entry, **change))
    (finding,) = refused.value.findings
    assert finding.code == code
    assert told(finding) == (
        "TRIAL entry 1: entry 1 (noted) was changed; its hash is not that of its content. "
        "Stop working, and verify the ledger.",
        "TRIAL entry 1: 条目1（noted）已被改动；其哈希与内容不符。请停止操作，并验证账本。",
    )


def test_nobody_writes_behind_a_head_that_is_not_the_last_entry(tmp_path):
    file = tmp_path / "ledger.sqlite"
    fill(SqlStore(file), [AT]).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE ledger_head SET seq = 7")
    with pytest.raises(Refusal, match="the head is entry 7, and the last entry is not") as refused:
        fill(SqlStore(file), [AT])
    assert "头部为条目7" in refused.value.findings[0].tell("zh")


class Forged(MemoryStore):
    """A ledger whose every link was changed behind its back, and whose head is another."""

    def links(self, study: str) -> Iterable[Link]:
        return [link._replace(actor="dr-wu") for link in super().links(study)]

    def head(self, study: str) -> Head:
        return replace(super().head(study), hash="f" * 64)


def test_after_fifty_findings_the_rest_is_counted():
    found = verify_chain(fill(Forged(), [AT] * 70), "TRIAL").findings
    assert len(found) == 51
    assert told(found[-1])[0].startswith("TRIAL: and 21 more findings of this kind; only the first 50 are told.")
    assert "另有21项同类问题" in found[-1].tell("zh")


def test_a_head_that_is_not_the_last_entry_is_not_signed():
    with pytest.raises(Refusal, match="its last entry is not the head, entry 1") as refused:
        sign_checkpoint(fill(Forged(), [AT]), "TRIAL", new_keys()[0], AT, "equipoise")
    assert refused.value.findings[0].say("zh").why == "其最后一条并非头部（条目1）"


def test_what_cannot_be_written_says_why_in_both_languages():
    for fact, english, chinese in (
        (Fact("noted", {"n": 2**53}), ".n: integers beyond", ".n：超出"),
        (Fact("noted", {"n": 0.5}), "float has no canonical form", "float 没有规范形式"),
        (Fact("noted", {1: "x"}), "value: keys must be text, not int", "值：键必须是文本"),
        (Fact("noted", {}, participant=7), "7 is not text", "7不是文本"),
        (Fact("noted", {}, participant="\x00"), "null character", "空字符"),
        (Fact("noted", {"n": "\ud800"}), "surrogates", "代理项"),
    ):
        with pytest.raises(Refusal) as refused, MemoryStore().writing("TRIAL") as writer:
            writer.append(Stamp("a", "x", "y", AT), [fact])
        (finding,) = refused.value.findings
        assert english in finding.why
        assert chinese in finding.say("zh").why
