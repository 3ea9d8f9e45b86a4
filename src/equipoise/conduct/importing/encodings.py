"""From the bytes of a foreign file to text, in the encoding that the mapping states.

Bytes of an older encoding do not say which it is: `Müller` in Latin-1 and `M黮ler` in GBK are the same bytes. So the
readings are shown beside one another and the choice is a person's. Raises Unreadable where the stated encoding cannot
be; warns where another reads as well and looks more like writing.
"""

from __future__ import annotations

import re
from typing import NoReturn

from equipoise.conduct.importing.mapping import Reads
from equipoise.conduct.importing.words import phrase, unreadable, warning
from equipoise.findings import Finding, Where
from equipoise.words import Phrase

__all__ = ["decode", "readable_as"]

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_EAST = ("gbk", "gb18030", "big5", "shift_jis", "euc-kr")
_WEST = ("windows-1252", "latin-1")
_SHOWN_MAX = 3
# One East Asian sign between two Latin letters is no word: an accented letter was read together with the next.
_WITHIN_A_WORD = re.compile(r"[A-Za-z][\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f][a-z]")
# Two and more accented letters and signs in a row are no word of a Western language: East Asian signs were halved.
_RUN = re.compile(r"[\u00a1-\u00ff]{4,}")


def decode(content: bytes, reads: Reads, file: str, map_file: str) -> tuple[str, list[Finding]]:
    """The text, and a warning where its encoding may be another."""
    said = reads.encoding
    if said != "utf-16":
        if content.startswith(_UTF16) or content[:400].count(0) > 40:
            _unlike(file, "UTF-16", said, map_file, "utf-16")
        if (at := content.find(0)) >= 0:
            unreadable("import.nul", Where(file, content[:at].count(b"\n") + 1))
    if said not in ("utf-8", "utf-16") and not content.isascii() and _read(content, "utf-8") is not None:
        _unlike(file, "UTF-8", said, map_file, "utf-8")
    text = _read(content, "utf-8-sig" if said == "utf-8" else said)
    if text is None:
        _undecided(content, said, file, map_file)
    if (at := text.find("\0")) >= 0:
        unreadable("import.nul/decoded", Where(file, text[:at].count("\n") + 1))
    if not text.strip():
        unreadable("import.empty", Where(file))
    return text, _doubts(content, text, said, file, map_file)


def readable_as(content: bytes) -> list[str]:
    """The encodings in which all of the bytes read, the likeliest first; one where the bytes themselves say it."""
    if content.startswith(_UTF16):
        return ["utf-16"]
    if _read(content, "utf-8") is not None:
        return ["utf-8"]
    families = (_WEST, _EAST) if _isolated(content) else (_EAST, _WEST)
    # The likeliest of each family first, so that what is shown is never of one kind alone.
    order = [family[0] for family in families] + [name for family in families for name in family[1:]]
    return [encoding for encoding in order if _read(content, encoding) is not None]


def _read(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unlike(file: str, likely: str, said: str, map_file: str, write: str) -> NoReturn:
    """The bytes themselves say that they are Unicode."""
    where = Where(file, 1)
    if said == "utf-8":
        unreadable("import.encoding/unsaid", where, likely=likely, map_file=map_file, write=write)
    unreadable("import.encoding", where, likely=likely, said=said, map_file=map_file, write=write)


def _undecided(content: bytes, said: str, file: str, map_file: str) -> NoReturn:
    """Show how the first line that is not plain reads in each encoding in which all of the file reads."""
    line = next(n for n, part in enumerate(content.split(b"\n"), start=1) if _read(part, _strict(said)) is None)
    readings = _readings(content, line, said)
    facts = {"map_file": map_file, "line": line, "write": readings[0][0], "readings": [said for _, said in readings]}
    unreadable("import.encoding/unknown", Where(file, line), **facts)


def _strict(said: str) -> str:
    return "utf-8-sig" if said == "utf-8" else said


def _readings(content: bytes, line: int, said: str) -> list[tuple[str, Phrase]]:
    """Encodings in which the whole file reads, the likelier first, each with the word in question as it reads there."""
    found: list[tuple[str, Phrase]] = []
    seen = set[str]()
    for encoding in readable_as(content):
        text = _read(content, encoding)
        if text is None or encoding == said:
            continue
        word = _word(text.split("\n")[line - 1])
        if word not in seen:
            seen.add(word)
            found.append((encoding, phrase("reading", text=word, encoding=encoding)))
    return found[:_SHOWN_MAX]


def _isolated(content: bytes) -> bool:
    """Whether the bytes beyond ASCII mostly stand alone, as accented letters do."""
    runs = re.findall(rb"[\x80-\xff]+", content)
    return sum(1 for run in runs if len(run) == 1) * 2 > len(runs)


def _word(text: str) -> str:
    """The first piece of a line that is not plain."""
    found = re.search(r"[^\s,;\t|]*[^\x00-\x7f][^\s,;\t|]*", text)
    return found.group()[:30] if found else text[:30]


def _doubts(content: bytes, text: str, said: str, file: str, map_file: str) -> list[Finding]:
    pattern, other = (_WITHIN_A_WORD, _WEST[0]) if said in _EAST else (_RUN, _EAST[0])
    odd = pattern.search(text) if said in (*_EAST, *_WEST) else None
    read = _read(content, other) if odd is not None else None
    if odd is None or read is None:
        return []
    line = text[: odd.start()].count("\n") + 1
    facts = {
        "said": said,
        "here": _word_at(text, odd.start()),
        "other": other,
        "there": _word(read.split("\n")[line - 1]),
    }
    return [warning("import.encoding_doubt", Where(file, line), map_file=map_file, **facts)]


def _word_at(text: str, at: int) -> str:
    start = max(text.rfind(sign, 0, at) for sign in " ,;\t|\n") + 1
    return _word(text[start : start + 40].split("\n", maxsplit=1)[0])
