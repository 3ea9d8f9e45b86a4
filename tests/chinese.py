"""Whether a text that should be Chinese holds English prose.

Names stay as they are in any language: ids, codes, paths, options, what stands in backticks or was typed by a person. So
English is told by its small words: two Latin words or more in a row, one of which is `the`, `is`, `of`, `not`, or four
small words in a row whatever they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from equipoise.findings import Finding

_SMALL = frozenset(
    "a an and any are as at be before but by can cannot do does each every for from has have he her his if in into is it "
    "its may must no nobody none nor not nothing of on one only or other shall she so some such than that the their them "
    "then there they this to twice was were what when where which while who whose will with without you your".split()
)
# What is quoted, and what cannot be prose: a code, an id, a path, an option, a number, an address, a mapping.
_QUOTED = re.compile(r"`[^`]*`|\{[^}]*\}|'[^'\n]*'|\"[^\"\n]*\"|“[^”]*”|「[^」]*」")
_NAME = re.compile(r"[^\s\u3000-\uffef]*[\d_/\\=@<>|*#.:-][^\s\u3000-\uffef]*")
_RUN = re.compile(r"[A-Za-z]+(?:'[a-z]+)?(?:[,;]? [A-Za-z]+(?:'[a-z]+)?)+")


def english_in(text: str, names: Iterable[str] = ()) -> list[str]:
    """The stretches of English prose; `names` are words or sentences of the trial that stay as they are."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "·")
    found = []
    for line in text.splitlines():
        for run in _RUN.findall(_without_names(line)):
            words = re.findall(r"[A-Za-z']+", run)
            # Capitals are SQL's or an arm's, a list with commas is one of ids.
            if any(word.lower() in _SMALL and not word.isupper() for word in words):
                found.append(run)
            elif len(words) > 3 and "," not in run and all(word.islower() for word in words):
                found.append(run)
    return found


def holds_chinese(text: str) -> bool:
    """Whether there is any Chinese in it."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def unsaid(finding: Finding, names: Iterable[str] = ()) -> list[str]:
    """What is wrong with a Finding as it is said in Chinese: English prose in it, or a part without Chinese."""
    said = finding.say("zh")
    wrong = [f"{finding.code}: {run}" for text in said for run in english_in(text, names)]
    return wrong + [
        f"{finding.code}: no Chinese in {text!r}" for text in (said.what, said.mend) if not holds_chinese(text)
    ]


def _without_names(line: str) -> str:
    # A full stop at the end belongs to the sentence and not to the word.
    line = re.sub(r"(?<=[A-Za-z])[.:;,](?=\s|$)", " ", _QUOTED.sub(" · ", line))
    return _NAME.sub(" · ", line)
