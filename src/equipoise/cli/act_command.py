"""`equipoise act DIR NAME --as PERSON`: an act, or a file of acts, through the desk; without either, the acts and their fields."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from equipoise.findings import Refusal, Unreadable, Where, prose

if TYPE_CHECKING:
    from equipoise.conduct.acts import Act
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.replay.receipt import Receipt

__all__ = ["add_arguments", "read_fields", "run"]

EPILOG = """\
Fields are given as --set KEY=VALUE; a dot leads into a mapping, a number into a list, counted from 1:
  equipoise act DIR record --as li.na --set participant=P001 --set visit=screening --set form=baseline \\
      --set values.age=51 --set groups.lesions.1.size=14
or all at once in a file: --file act.yaml. What --set gives goes before what the file says. Without NAME, the file is a list
of acts, each with its `act` beside its fields; they are kept together or not at all.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.epilog, parser.formatter_class = EPILOG, argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, help="the study folder")
    parser.add_argument("name", nargs="?", help="the act: screen, consent, record, ... (without it: list them)")
    parser.add_argument("--as", dest="actor", metavar="PERSON", help="who acts")
    parser.add_argument("--id", metavar="ACT_ID", help="names the request: repeated, it gives the first receipt again")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="one field (repeatable)")
    parser.add_argument("--file", metavar="FILE", help="the fields, in a YAML or JSON file (- for standard input)")
    parser.add_argument("--dry-run", action="store_true", help="decide and tell, and keep nothing")
    parser.add_argument("--json", action="store_true", help="the receipt or the findings as JSON")


def run(args: argparse.Namespace) -> int:
    """Perform the act and print its receipt; raises Refusal, or with --json prints it and returns 1."""
    from equipoise.conduct.folder.study import open_study

    study = open_study(args.folder)
    if args.name is None and args.file is None:
        print(json.dumps(_acts(), indent=2) if args.json else _listed())
        return 0
    try:
        receipts = _perform(study, args)
    except Unreadable:
        raise
    except Refusal as refusal:
        if not args.json:
            raise
        print(json.dumps({"refused": [f.as_data() for f in refusal.findings]}, ensure_ascii=False, indent=2))
        return 1
    if args.json:
        told = [_as_data(receipt) for receipt in receipts]
        print(json.dumps(told[0] if args.name is not None else told, ensure_ascii=False, indent=2))
        return 0
    for receipt in receipts:
        print(receipt.summary, f"act id {receipt.act_id}", sep="\n" if args.name is not None else "  ")
        for finding in receipt.findings:
            print(f"warning: {finding}", file=sys.stderr)
    print("dry run: nothing was kept" if args.dry_run else f"ledger head {study.store.head(study.id).hash[:16]}")
    return 0


def _perform(study: Study, args: argparse.Namespace) -> list[Receipt]:
    if args.actor is None:
        _refuse("act.nobody", args.name or args.file, "nobody acts", "every entry says who made it", "Add --as PERSON.")
    if args.name is None:
        return _perform_all(study, args)
    given = read_fields(args.set, args.file)
    if args.name == "amend":
        return [_amend(study, args, given)]
    act, desk = _read(args.name, given), study.desk()
    if not args.dry_run:
        return [desk.perform(act, as_=args.actor, act_id=args.id)]
    with desk.batch(dry_run=True):
        return [desk.perform(act, as_=args.actor, act_id=args.id)]


def _perform_all(study: Study, args: argparse.Namespace) -> list[Receipt]:
    """A list of acts in one transaction. A refusal names which act of the list it is about, and nothing is kept."""
    listed = _from_file(args.file)
    if args.set or not isinstance(listed, list) or not all(isinstance(one, dict) and "act" in one for one in listed):
        why = "without NAME, the file is a list of mappings, each with its `act`, and nothing is --set"
        _refuse("act.list", args.file, "this is no list of acts", why, "Give NAME, or write a list.")
    desk = study.desk()
    receipts = []
    with desk.batch(dry_run=args.dry_run):
        for place, one in enumerate(listed, start=1):
            name = str(one["act"])
            try:
                act = _read(name, {str(key): value for key, value in one.items() if key != "act"})
                act_id = f"{args.id}-{place}" if args.id else None
                receipts.append(desk.perform(act, as_=args.actor, act_id=act_id))
            except Refusal as refusal:
                raise Refusal(
                    replace(f, where=replace(f.where, file=args.file, path=f"act {place} ({name}): {f.where.path}"))
                    for f in refusal.findings
                ) from None
    return receipts


def _read(name: str, given: Mapping[str, Any]) -> Act:
    from equipoise.conduct.acts import ACT_BY_NAME
    from equipoise.conduct.acts.reading import read_act

    kind = ACT_BY_NAME.get(name)
    return read_act(name, _whole_numbers(given, fields(kind)) if kind is not None else given)


def _amend(study: Study, args: argparse.Namespace, given: Mapping[str, Any]) -> Receipt:
    """An amendment takes a whole protocol: its path, and what changed and who approved it."""
    if given.keys() != {"protocol", "summary"} or not all(isinstance(value, str) for value in given.values()):
        why = "it takes protocol (a folder or a file) and summary"
        _refuse("act.missing_field", "amend", "`amend` needs both its fields, and no others", why, "Give these two.")
    if args.dry_run:
        why = "it exchanges the study's copy of the protocol"
        _refuse("act.no_dry_run", "amend", "an amendment has no dry run", why, "Check the protocol: `equipoise check`.")
    return study.amend(given["protocol"], as_=args.actor, summary=given["summary"], act_id=args.id)


def read_fields(pairs: list[str], file: str | None) -> dict[str, Any]:
    """The fields of an act from `--set` and `--file`. Raises Refusal or Unreadable."""
    given = _from_file(file) if file is not None else {}
    if not isinstance(given, dict):
        why = "the fields of one act are a mapping"
        _refuse(
            "act.file",
            str(file),
            "the file holds no fields",
            why,
            "Write KEY: VALUE lines; a list of acts needs no NAME.",
        )
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not all(key.split(".")):
            _refuse(
                "act.set",
                pair,
                f"`{pair}` gives no field",
                "a field is given as KEY=VALUE",
                "Write, say, values.age=51.",
            )
        first, _, rest = key.partition(".")
        # The id of a check may hold dots itself.
        _put(given, [first, rest] if first == "overrides" and rest else key.split("."), value, pair)
    return given


def _put(into: Any, path: list[str], value: str, pair: str) -> None:
    """Follow the path, making mappings and lists on the way; a list grows by one row at a time."""
    for step, further in zip(path, [*path[1:], None], strict=True):
        place: Any = step
        if isinstance(into, list):
            place = int(step) - 1 if step.isdecimal() else -1
            if not 0 <= place <= len(into):
                _refuse(
                    "act.set",
                    pair,
                    f"`{pair}` has no place",
                    f"rows 1 to {len(into) + 1} can be given",
                    "Correct the number.",
                )
            if place == len(into):
                into.append(None)
        elif not isinstance(into, dict):
            _refuse(
                "act.set", pair, f"`{pair}` has no place", f"there is a value before `{step}`", "Give one or the other."
            )
        if further is None:
            into[place] = value
            return
        if isinstance(into, list) or place in into:
            into[place] = {} if into[place] is None else into[place]
        else:
            into[place] = [] if further.isdecimal() else {}
        into = into[place]


def _from_file(name: str) -> Any:
    """A mapping of fields (its keys as text) or a list. Raises Unreadable."""
    from equipoise.protocol.yaml_reading import read_yaml

    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        found = prose("act.file", Where(name), "the file cannot be read", why, "Check the path.")
        raise Unreadable(found) from None
    read = read_yaml(content, "standard input" if name == "-" else name, "file")
    if faults := [finding for finding in read.findings if finding.severity == "error"]:
        raise Unreadable(faults)
    return {str(key): value for key, value in read.data.items()} if isinstance(read.data, dict) else read.data


def _whole_numbers(given: Mapping[str, Any], known: tuple[Field[Any], ...]) -> dict[str, Any]:
    """What was typed as text, as a number where the act takes one."""
    whole = {field.name for field in known if str(field.type).startswith("int")}
    return {
        key: int(value) if key in whole and isinstance(value, str) and value.isdecimal() else value
        for key, value in given.items()
    }


def _refuse(code: str, path: str, what: str, why: str, mend: str) -> NoReturn:
    raise Refusal(prose(code, Where(path=path), what, why, mend))


def _as_data(receipt: Receipt) -> dict[str, Any]:
    entries = [
        {name: getattr(entry, name) for name in ("seq", "kind", "participant", "site", "at", "hash")}
        for entry in receipt.entries
    ]
    return {
        "act_id": receipt.act_id,
        "summary": receipt.summary,
        "arm": receipt.arm,
        "entries": entries,
        "warnings": [finding.as_data() for finding in receipt.findings],
    }


def _acts() -> dict[str, dict[str, Any]]:
    """Every act with its fields, needed and optional, and what it says."""
    from equipoise.conduct.acts import ACT_BY_NAME

    found = {
        name: {
            "needs": [field.name for field in fields(kind) if _needed(field)],
            "takes": [field.name for field in fields(kind) if not _needed(field)],
            "says": (kind.__doc__ or "").strip().split("\n")[0],
        }
        for name, kind in ACT_BY_NAME.items()
    }
    says = "`protocol` is the path of the new version; `summary` says what changed and who approved it."
    return found | {"amend": {"needs": ["protocol", "summary"], "takes": [], "says": says}}


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _listed() -> str:
    lines = ["The acts and their fields ([optional]); `--set KEY=VALUE` gives one:", ""]
    for name, act in _acts().items():
        named = ", ".join([*act["needs"], *(f"[{field}]" for field in act["takes"])])
        lines.append(f"  {name:<20} {named}")
    return "\n".join(
        [*lines, "", "Who may do which: the protocol's roles. Begin as `custodian`, who appoints the others."]
    )
