"""`equipoise act DIR NAME --as PERSON`: an act, or a file of acts, through the desk; else the list of acts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipoise.cli.identity import mark_given
from equipoise.cli.keeping import keep_and_tell
from equipoise.cli.language import Voice
from equipoise.cli.words import refuse, unreadable
from equipoise.findings import Refusal, Unreadable, Where
from equipoise.words import trouble_of

if TYPE_CHECKING:
    from equipoise.conduct.acts import Act
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.replay.receipt import Receipt

__all__ = ["add_arguments", "read_fields", "run"]

_TYPED = ("identity", "identity_hash", "national_id", "passport", "name", "birth_date", "sex")


def add_arguments(parser: argparse.ArgumentParser, say: Voice) -> None:
    """The arguments of the command."""
    parser.epilog = say("help.act.ends")
    parser.add_argument("folder", type=Path, help=say("help.act.folder"))
    parser.add_argument("name", nargs="?", help=say("help.act.name"))
    parser.add_argument("--as", dest="actor", metavar="PERSON", help=say("help.act.actor"))
    parser.add_argument("--id", metavar="ACT_ID", help=say("help.act.id"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=say("help.act.set"))
    parser.add_argument("--file", metavar="FILE", help=say("help.act.file"))
    parser.add_argument("--identity", metavar="FILE", help=say("help.act.identity"))
    parser.add_argument("--dry-run", action="store_true", help=say("help.act.dry_run"))
    parser.add_argument("--json", action="store_true", help=say("help.act.json"))


def run(args: argparse.Namespace, say: Voice) -> int:
    """Perform the act and print its receipt; raises Refusal, or with --json prints it and returns 1."""
    from equipoise.conduct.folder.study import open_study

    # Who goes on from an older ledger says so before it is opened as any other.
    study = open_study(args.folder, older=args.name == "accept_restored")
    if args.name is None and args.file is None:
        print(json.dumps(_acts(say), ensure_ascii=False, indent=2) if args.json else _listed(say))
        return 0
    try:
        receipts = _perform(study, args, say)
    except Unreadable:
        raise
    except Refusal as refusal:
        if not args.json:
            raise
        print(
            json.dumps({"refused": [f.as_data(say.language) for f in refusal.findings]}, ensure_ascii=False, indent=2)
        )
        return 1
    if not args.dry_run:
        keep_and_tell(args.folder, say)
    if args.json:
        told = [_as_data(receipt, say) for receipt in receipts]
        print(json.dumps(told[0] if args.name is not None else told, ensure_ascii=False, indent=2))
        return 0
    for receipt in receipts:
        named = say("act.named", id=receipt.act_id)
        print(receipt.say(say.language), named, sep="\n" if args.name is not None else "  ")
        for finding in receipt.findings:
            print(say.tell(finding), file=sys.stderr)
    print(say("act.dry") if args.dry_run else say("act.head", head=study.store.head(study.id).hash[:16]))
    return 0


def _perform(study: Study, args: argparse.Namespace, say: Voice) -> list[Receipt]:
    if args.actor is None:
        refuse("act.nobody", args.name or args.file)
    if args.identity is not None and args.name != "screen":
        refuse("identity.not_here", "--identity")
    if args.name is None:
        return _perform_all(study, args, say)
    if args.name == "screen" and any(pair.partition("=")[0].partition(".")[0] in _TYPED for pair in args.set):
        refuse("identity.typed", "--set")
    given = read_fields(args.set, args.file)
    if args.name == "accept_restored":
        return [_accept(args, given)]
    if args.name == "amend":
        return [_amend(study, args, given, say)]
    act, desk = _read(args.name, given), study.desk()
    if args.identity is not None:
        act = replace(act, identity_hash=mark_given(study, args.identity, say))  # type: ignore[type-var]
    if not args.dry_run:
        return [desk.perform(act, as_=args.actor, act_id=args.id)]
    with desk.batch(dry_run=True):
        return [desk.perform(act, as_=args.actor, act_id=args.id)]


def _perform_all(study: Study, args: argparse.Namespace, say: Voice) -> list[Receipt]:
    """A list of acts in one transaction. A refusal names which act it is about and is kept, and nothing else is."""
    listed = _from_file(args.file)
    if args.set or not isinstance(listed, list) or not all(isinstance(one, dict) and "act" in one for one in listed):
        refuse("act.list", args.file)
    desk = study.desk()
    receipts = []
    with desk.batch(dry_run=args.dry_run, keep_refusals=True):
        for place, one in enumerate(listed, start=1):
            name = str(one["act"])
            try:
                act = _read(name, {str(key): value for key, value in one.items() if key != "act"})
                act_id = f"{args.id}-{place}" if args.id else None
                receipts.append(desk.perform(act, as_=args.actor, act_id=act_id))
            except Refusal as refusal:
                raise Refusal(
                    replace(one, where=_place(one.where, args.file, place, name, say)) for one in refusal.findings
                ) from None
    # Within the list nobody was told of an arm: it is, now that the list is kept.
    return receipts if args.dry_run else [desk.told(receipt, args.actor) for receipt in receipts]


def _place(where: Where, file: str, place: int, name: str, say: Voice) -> Where:
    """Which act of the list it is about."""
    return replace(where, file=file, path=say("act.place", place=place, name=name, path=where.path))


def _read(name: str, given: Mapping[str, Any]) -> Act:
    from equipoise.conduct.acts import ACT_BY_NAME
    from equipoise.conduct.acts.reading import read_act

    kind = ACT_BY_NAME.get(name)
    return read_act(name, _whole_numbers(given, fields(kind)) if kind is not None else given)


def _amend(study: Study, args: argparse.Namespace, given: Mapping[str, Any], say: Voice) -> Receipt:
    """An amendment takes a whole protocol: its path, what changed and who approved it, and why no site waits."""
    if not {"protocol", "summary"} <= given.keys() <= {"protocol", "summary", "at_once"} or not all(
        isinstance(value, str) for value in given.values()
    ):
        refuse("act.missing_field", "amend")
    asked = {"as_": args.actor, "summary": given["summary"], "at_once": given.get("at_once", "")}
    receipt, touched = study.preview_amendment(given["protocol"], **asked)
    if not args.dry_run:
        receipt = study.amend(given["protocol"], act_id=args.id, **asked)
    for one in touched if receipt.entries else ():
        print(one.line(say.language), file=sys.stderr)
    return receipt


def _accept(args: argparse.Namespace, given: Mapping[str, Any]) -> Receipt:
    """What was seen is asked of the witness; the reason of whoever goes on."""
    from equipoise.conduct.folder.restoring import accept_restored

    if given.keys() != {"reason"} or not isinstance(given["reason"], str):
        refuse("act.missing_field/reason", "accept_restored")
    if args.dry_run:
        refuse("act.no_dry_run/restored", args.name)
    return accept_restored(args.folder, as_=args.actor, reason=given["reason"], act_id=args.id)


def read_fields(pairs: list[str], file: str | None) -> dict[str, Any]:
    """The fields of an act from `--set` and `--file`. Raises Refusal or Unreadable."""
    given = _from_file(file) if file is not None else {}
    if not isinstance(given, dict):
        refuse("act.file/no_fields", str(file))
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not all(key.split(".")):
            refuse("act.set", pair, pair=pair)
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
                refuse("act.set/row", pair, pair=pair, last=len(into) + 1)
            if place == len(into):
                into.append(None)
        elif not isinstance(into, dict):
            refuse("act.set/before", pair, pair=pair, step=step)
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
        unreadable("act.file", Where(name), trouble=trouble_of(error))
    read = read_yaml(content, "standard input" if name == "-" else name, "file", as_written=True)
    if faults := [finding for finding in read.findings if finding.severity == "error"]:
        raise Unreadable(faults)
    return {str(key): value for key, value in read.data.items()} if isinstance(read.data, dict) else read.data


def _whole_numbers(given: Mapping[str, Any], known: tuple[Field[Any], ...]) -> dict[str, Any]:
    """What was typed as text, as a number where the act takes one."""
    whole = {field.name for field in known if str(field.type).startswith("int")}
    truths = {field.name for field in known if str(field.type) == "bool"}
    told = {"true": True, "false": False}
    return {
        key: int(value)
        if key in whole and isinstance(value, str) and value.isdecimal()
        else told.get(value, value)
        if key in truths and isinstance(value, str)
        else value
        for key, value in given.items()
    }


def _as_data(receipt: Receipt, say: Voice) -> dict[str, Any]:
    entries = [
        {name: getattr(entry, name) for name in ("seq", "kind", "participant", "site", "at", "hash")}
        for entry in receipt.entries
    ]
    return {
        "act_id": receipt.act_id,
        "summary": receipt.say(say.language),
        "arm": receipt.arm,
        "entries": entries,
        "warnings": [finding.as_data(say.language) for finding in receipt.findings],
    }


def _acts(say: Voice) -> dict[str, dict[str, Any]]:
    """Every act with its fields, needed and optional, and what it says."""
    from equipoise.conduct.acts import ACT_BY_NAME, ACT_OF, LABEL_OF

    found = {
        name: {
            "needs": [field.name for field in fields(kind) if _needed(field)],
            "takes": [
                field.name for field in fields(kind) if not _needed(field) and field.name not in ACT_OF[kind].made
            ],
            "says": (kind.__doc__ or "").strip().split("\n")[0] if say.language == "en" else LABEL_OF[name][1],
        }
        for name, kind in ACT_BY_NAME.items()
    }
    return found | {
        "amend": {"needs": ["protocol", "summary"], "takes": ["at_once"], "says": say("act.amend")},
        "accept_restored": {"needs": ["reason"], "takes": [], "says": say("act.accept_restored")},
    }


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _listed(say: Voice) -> str:
    lines = [say("act.all"), ""]
    for name, act in _acts(say).items():
        named = ", ".join([*act["needs"], *(f"[{field}]" for field in act["takes"])])
        lines.append(f"  {name:<20} {named}")
    return "\n".join([*lines, "", say("act.roles")])
