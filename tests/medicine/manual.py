"""Writes docs/medicine.md, the list of medical rules that a form may ask for, from the rules themselves (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from equipoise.medicine.catalogue import METHODS, method_of
from equipoise.medicine.method import Method, Option, Port

__all__ = ["PAGE", "manual"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "medicine.md"

HEAD = """\
# Medical rules

What a form may ask for under `derivations`: each rule by its name, with its version, its source, what it takes and what it gives. This page is produced from the
rules by `make docs`. How a form asks is in [the language](language/forms-and-items.md); the rules themselves are in `src/equipoise/medicine/`.

- What a rule gives is filled in and never typed. It stands beside what a person judged and never replaces it.
- Inputs are items of the form, items of other forms (as known on the day of the record) or built-in dates. An item's unit is converted to the rule's unit.
- A value that cannot be known is left open. What a rule stumbles over it remarks: the desk refuses what cannot be, and asks about what is unusual.
- A correction of what a value rests on derives it again, with its reason, in the same act.
"""


def manual() -> str:
    """The whole page."""
    methods = [method for name in sorted(METHODS) if (method := method_of(name)) is not None]
    contents = [f"- [`{method.id}`](#{method.id}): {method.meaning['en']}" for method in methods]
    return "\n".join([HEAD, *contents, "", *(line for method in methods for line in _method(method))]).rstrip() + "\n"


def _method(method: Method) -> Iterator[str]:
    yield f"## {method.id}\n"
    yield f"{_cell(method.meaning['en'])} ({_cell(method.meaning['zh'])})\n"
    if method.versions:
        yield f"Versions: {', '.join(method.versions)}.\n"
    yield f"Source: {method.source}\n"
    if method.looks_back:
        yield "It looks at the earlier records of the same form as well.\n"
    yield from _ports("Takes", method.inputs)
    for name, fields in method.rows.items():
        yield from _ports(f"Rows `{name}`", fields)
    yield from _options(method.options)
    yield from _ports("Gives", method.outputs, asks=False)


def _ports(title: str, ports: Mapping[str, Port], *, asks: bool = True) -> Iterator[str]:
    if not ports:
        return
    yield f"| {title} | | |\n|---|---|---|"
    for name, port in ports.items():
        kind = ", ".join(filter(None, (port.type, port.unit, "/".join(port.codes))))
        optional = " (optional)" if asks and not port.required else ""
        yield f"| `{name}` | {_cell(kind)} | {_cell(port.meaning)}{optional} |"
    yield ""


def _options(options: Mapping[str, Option]) -> Iterator[str]:
    if not options:
        return
    yield "| Options | | |\n|---|---|---|"
    for name, option in options.items():
        kind = ", ".join(filter(None, (option.type, "/".join(option.codes))))
        else_ = " (required)" if option.required else "" if option.default is None else f" (else {option.default})"
        yield f"| `{name}` | {_cell(kind)} | {_cell(option.meaning)}{else_} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
    print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE)
