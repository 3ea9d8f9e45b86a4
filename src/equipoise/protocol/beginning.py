"""A place to begin: whole protocols with comments, of which one becomes the first version of somebody's own.

A template is a folder of YAML under `templates/`, with its texts in both languages and its comments marked by their
language. Promises that what is made reads as the template does, in the languages asked for. Refuses a place where
something is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from equipoise.findings import Where
from equipoise.protocol.words import near, phrase, refuse
from equipoise.whole import making, put_in_place, write_all
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked
from equipoise.words import LANGUAGES, Phrase

__all__ = ["TEMPLATES", "begin_protocol", "render_template", "template_label"]

TEMPLATES = ("survival", "binary", "continuous", "two-stage", "three-arms")
_HOME = Path(__file__).parent / "templates"
_TEXT = re.compile(r'\{en: (?P<en>"[^"]*"|[^",{}]+), zh: (?P<zh>"[^"]*"|[^",{}]+)\}')
_COMMENT = re.compile(r"^( *)#(en|zh) ")


def template_label(name: str) -> Phrase:
    """What the template is for."""
    return phrase(f"template.{name}")


@literals_checked
def render_template(name: str, languages: Sequence[Language] = LANGUAGES, comments: Language = "en") -> dict[str, str]:
    """The files of a template by their names: its texts in `languages`, its comments in one."""
    if name not in TEMPLATES:
        refuse("template.unknown", Where(), name=name, near=near(name, TEMPLATES), templates=TEMPLATES)
    spoken = [language for language in LANGUAGES if language in languages]
    alone = spoken[0] if len(spoken) == 1 else None
    home = _HOME / name
    made = {}
    for file in sorted(home.rglob("*.yaml")):
        text = _comments(file.read_text("utf-8"), alone or comments)
        if alone is not None:
            text = _TEXT.sub(lambda found: found[alone], text)
            text = re.sub(r"^equipoise: 1$", f"equipoise: 1\nlanguages: [{alone}]", text, flags=re.MULTILINE)
        made[file.relative_to(home).as_posix()] = text
    return made


@literals_checked
def begin_protocol(
    folder: Path, name: str, languages: Sequence[Language] = LANGUAGES, comments: Language = "en"
) -> tuple[Path, ...]:
    """Write the template to a new or empty folder, whole or not at all; returns its files. Raises Refusal, OSError."""
    texts = render_template(name, languages, comments)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        refuse("template.not_empty", Where(str(folder)))
    missing = [one for one in folder.absolute().parents if not one.exists()]
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    try:
        with making(folder.absolute().parent) as beside:
            write_all(beside / "protocol", texts)
            put_in_place(beside / "protocol", folder.absolute())
    except BaseException:
        for one in missing:
            one.rmdir()
        raise
    return tuple(folder / file for file in texts)


def _comments(text: str, language: Language) -> str:
    lines = []
    for line in text.splitlines():
        if (marked := _COMMENT.match(line)) is None:
            lines.append(line)
        elif marked[2] == language:
            lines.append(f"{marked[1]}# {line[marked.end() :]}")
    return "\n".join(lines) + "\n"
