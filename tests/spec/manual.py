"""Writes docs/language/, the manual of the language, a page for each chapter, from the tests of this folder (`make docs`).

Prose is the tests' docstrings; every example is the YAML that the test runs; every refusal is the Finding that it really gives.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import yaml

from equipoise.estimands import METHODS
from equipoise.findings import Finding
from equipoise.protocol.document import Protocol
from equipoise.protocol.keys.saying import words_of
from equipoise.protocol.schema import clauses
from equipoise.protocol.yaml_reading import read_yaml
from equipoise.wording import Clause, Sourced
from tests.protocol.test_checks import CASES
from tests.spec.example import Example, demonstration, read
from tests.spec.minimal import MINIMAL
from tests.spec.test_files import BROKEN
from tests.spec.test_rule_functions import EXAMPLES

__all__ = ["CHAPTERS", "FOLDER", "chapter", "choices", "choices_of_pattern", "pages"]

_FOLDER = re.compile(r"/\S*/trial/(?=protocol\.yaml)")
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "language"
CHAPTERS = (
    "study",
    "languages",
    "assumptions",
    "sites_and_roles",
    "arms",
    "forms_and_items",
    "derivations",
    "doses",
    "visits",
    "variables",
    "eligibility",
    "randomization",
    "endpoints",
    "estimands_and_analyses",
    "design",
    "safety_rules",
    "scenarios",
    "rules",
    "three_values",
    "rule_functions",
    "files",
)

HEAD = """\
# The protocol language

A trial is written once, as data: `protocol.yaml`, and forms in `forms/*.yaml`. `equipoise check PATH` says everything that is
wrong with it at once, each with file, line, path, why, and how to mend it. `equipoise schema` gives the JSON Schema with which
an editor completes and checks while typing.

These pages are produced from the tests in `tests/spec/` by `make docs`: each sentence is a test, each example is what the test
runs, and each refusal is what the check really says. The examples are changes of one
[demonstration trial](demonstration-trial.md): mappings are merged, clauses with an `id` are merged by id, everything else is
replaced, and `key: ~` removes a key.
"""


@cache
def pages() -> dict[str, str]:
    """Every page by its name: the contents, one for each chapter, and those in which things are looked up."""
    effects = importlib.import_module("tests.effects.page")  # its places are looked for in the chapters
    modules = {f"{name.replace('_', '-')}.md": importlib.import_module(f"tests.spec.test_{name}") for name in CHAPTERS}
    written = {page: chapter(module) for page, module in modules.items()}
    written["keys.md"] = _page(_keys())
    written["what-counts-where.md"] = _page(effects.page())
    written["what-the-check-says.md"] = _page(_codes(list(modules.values())))
    written["demonstration-trial.md"] = _page(_trial())
    chapters = [f"{n}. [{_title(module)}]({page})" for n, (page, module) in enumerate(modules.items(), start=1)]
    looked_up = [
        "- [Keys of every clause](keys.md)",
        "- [What counts where](what-counts-where.md): the steps at which each key has an effect",
        "- [What the check says](what-the-check-says.md), with every code",
        "- [The demonstration trial](demonstration-trial.md), whole",
    ]
    return {"README.md": "\n".join([HEAD, *chapters, "", "To look things up:", "", *looked_up]) + "\n"} | written


def chapter(module: ModuleType) -> str:
    """The page of one chapter, written anew."""
    return _page(_chapter(module))


def _page(parts: Iterator[str]) -> str:
    return "\n".join(parts).rstrip() + "\n"


def _title(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().splitlines()[0].rstrip(".")


def _examples(module: ModuleType) -> list[Example]:
    return [made.example for made in vars(module).values() if hasattr(made, "example")]


def _chapter(module: ModuleType) -> Iterator[str]:
    doc = inspect.cleandoc(module.__doc__ or "").splitlines()
    yield f"# {_title(module)}\n"
    yield "\n".join(doc[1:]).strip() + "\n"
    if module.__name__.endswith("rule_functions"):
        yield "| Function | Gives | Example | Value |\n|---|---|---|---|"
        yield from (
            f"| `{n}` | {_cell(words)} | `{rule}` | {_plain(value)} |"
            for n, (words, rule, value) in sorted(EXAMPLES.items())
        )
        yield ""
    else:
        yield from _told(module)
    if module.__name__.endswith("estimands_and_analyses"):
        yield from _methods()
    for example in _examples(module):
        yield f"## {example.sentence}\n"
        if example.prose:
            yield f"{example.prose}\n"
        yield from _shown(example)


def _told(module: ModuleType) -> Iterator[str]:
    """The sentences of tests that show no example here, because a file is what they are about."""
    for name, test in vars(module).items():
        if name.startswith("test_") and not hasattr(test, "example"):
            yield f"- {Example(test, '').sentence}"
    yield ""


def _shown(example: Example) -> Iterator[str]:
    if example.rows:
        yield f"```sql\n{example.text}\n```\n"
        names = list(example.rows[0][0])
        yield f"| {' | '.join(f'`{n}`' for n in names)} | answer |\n|{'---|' * (len(names) + 1)}"
        yield from (
            f"| {' | '.join(_plain(row.get(n)) for n in names)} | **{_plain(answer)}** |"
            for row, answer in example.rows
        )
        yield ""
        return
    yield f"```yaml\n{example.text}\n```\n"
    for finding in example.findings():
        kind = "Warning" if finding.severity == "warning" else "Refused"
        yield f"> {kind} (`{finding.code}`) at `{finding.where.path}`: {_cell(finding.what)}; {_cell(finding.why)}. {_cell(finding.mend)}\n"


def _plain(value: object) -> str:
    if value is None:
        return "not yet known"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _cell(text: str) -> str:
    return _FOLDER.sub("", text).replace("|", "\\|").replace("\n", " ")


def _keys() -> Iterator[str]:
    yield "# Keys of every clause\n"
    yield "A key with * is required. Where a number, a text, a list or a mapping may be an assumption, `{value: ..., assumption: true, source: ..., note: ...}` may stand for it.\n"
    for clause in clauses(Protocol):
        yield f"## {_clause_name(clause)}\n"
        yield inspect.cleandoc(clause.__doc__ or "") + "\n"
        yield "| Key | |\n|---|---|"
        for name, info in clause.model_fields.items():
            key = info.alias or name
            words = _cell(words_of(clause.__name__, key))
            if listed := choices(info.annotation) or choices_of_pattern(info.metadata):
                words += f"{' One of:' if len(listed) > 1 else ''} {', '.join(f'`{one}`' for one in listed)}."
            yield f"| `{key}`{'*' if info.is_required() else ''} | {words} |"
        yield ""


def choices(annotation: Any) -> tuple[str, ...]:
    """The values of a closed list, as they are written; also where they may be an assumption, or several in a list."""
    if get_origin(annotation) is Literal:
        return tuple(str(one) for one in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Sourced):
        return choices(annotation.model_fields["value"].annotation)
    return tuple(one for part in get_args(annotation) for one in choices(part))


def choices_of_pattern(metadata: list[Any]) -> tuple[str, ...]:
    """The same, of a text that is held to its values by a pattern: `^(hard|soft)$`."""
    patterns = [str(getattr(one, "pattern", "") or "") for one in metadata]
    found = next((re.fullmatch(r"\^\(([a-z_|]+)\)\$", one) for one in patterns if one.startswith("^(")), None)
    return tuple(found[1].split("|")) if found else ()


def _methods() -> Iterator[str]:
    """Every method, with the endpoints for which it is made and the options that it uses."""
    yield "| `method` | | Kinds of endpoint | Options | Needed |\n|---|---|---|---|---|"
    for one in METHODS:
        used, needed = (", ".join(f"`{n}`" for n in names) for names in (sorted(one.options), one.needs))
        yield f"| `{one.id}` | {one.label[0]} | {', '.join(f'`{k}`' for k in one.kinds)} | {used} | {needed} |"
    yield ""


def _clause_name(clause: type[Clause]) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in clause.__name__).strip().capitalize() + " (clause)"


def _codes(modules: list[ModuleType]) -> Iterator[str]:
    """One real Finding for each code."""
    yield "# What the check says\n"
    yield "Every code of the check, with what it says about one example. Warnings stop nothing.\n"
    yield "| Code | | Why | Mend |\n|---|---|---|---|"
    read_from_files = {code: (old, new) for old, new, code in BROKEN.values()}
    texts = {e.code: e.text for module in modules for e in reversed(_examples(module)) if e.code}
    texts = {told[0]: change for change, told in reversed(CASES)} | texts
    for code in sorted({*texts, *read_from_files}):
        found = read(texts[code])[0].findings if code in texts else _broken(*read_from_files[code])
        finding = next(f for f in found if f.code == code)
        yield f"| `{code}`{' (warning)' if finding.severity == 'warning' else ''} | {_short(finding.what)} | {_short(finding.why)} | {_short(finding.mend)} |"
    yield ""


def _broken(old: str, new: str) -> list[Finding]:
    return read_yaml(MINIMAL.replace(old, new).encode(), "protocol.yaml").findings


def _short(text: str, most: int = 160) -> str:
    return _cell(text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} ...")


def _trial() -> Iterator[str]:
    yield "# The demonstration trial\n"
    yield "The trial that every example of these pages changes: at least one clause of each kind, and nothing to complain of.\n"
    yield f"```yaml\n{yaml.safe_dump(demonstration(), allow_unicode=True, sort_keys=False, width=140, default_flow_style=None)}```\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in docs/language")
