"""Pydantic's errors, said in the words of a protocol: what stands there, what belongs there, and how to write it."""

from __future__ import annotations

import difflib
import json
import re
from typing import Any, get_args, get_origin

from equipoise.findings import Finding, prose
from equipoise.protocol.anatomy import keys_of
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Path, Positions
from equipoise.wording import Text

__all__ = ["explain_shape_error", "near"]

_NUMBER = re.compile(r"^(int|float|finite|decimal)_")


def near(word: str, known: list[str]) -> str:
    """`Did you mean ...? ` when something known is spelled alike, else nothing."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6) or [k for k in known if k.lower() == word.lower()]
    return f"Did you mean `{close[0]}`? " if close else ""


def explain_shape_error(error: Any, path: Path, kind: Any, positions: Positions, root: Any = Protocol) -> Finding:
    """One Finding for one of pydantic's errors at `path`, where `kind` is the type asked for and `root` the document's."""
    where = positions.where(*path)
    code, what, why, mend = _explain(error, path, kind, positions, root)
    return prose(f"shape.{code}", where, what, why, mend)


def _explain(error: Any, path: Path, kind: Any, positions: Positions, root: Any) -> tuple[str, str, str, str]:
    type_: str = error["type"]
    key = str(path[-1]) if path else "protocol"
    given: Any = error.get("input")
    context = error.get("ctx", {})
    if type_ == "extra_forbidden":
        return _unknown_key(error, key, positions, root)
    if type_ == "missing":
        if key in ("en", "zh"):
            language = "English" if key == "en" else "Chinese"
            return (
                "missing_language",
                f"the {language} text is missing",
                "whatever a person reads stands in both languages",
                f"Add `{key}: ...`.",
            )
        return "missing", f"`{key}` is missing", "it is required here", f"Add `{key}: ...`{_example(kind)}."
    if kind is Text or context.get("class_name") == "Text":
        return ("not_both_languages", f"`{key}` is {_say(given)}", "whatever a person reads stands in both languages",
                f"Write `{key}: {{en: {given if isinstance(given, str) else '...'}, zh: ...}}`.")  # fmt: skip
    if type_ == "string_type":
        if given is None:
            return (
                "empty",
                f"`{key}` is empty",
                "text is needed here",
                "Write it, or remove the key when it is optional.",
            )
        if isinstance(given, (bool, int, float)):
            return (
                "text_needed",
                f"`{key}` is {_say(given)}",
                "text is needed here, and YAML reads this as something else",
                f'Put it in quotes: `{key}: "{_plain(given)}"`.',
            )
        return "text_needed", f"`{key}` is {_say(given)}", "one text is needed here", "Write one line of text."
    if type_ == "string_pattern_mismatch":
        return ("identifier", f"`{given}` is not a name that rules can use", "names are letters, digits and _, starting with a letter, at most 64 in all",
                f"Write for example `{_as_identifier(str(given))}`.")  # fmt: skip
    if type_ == "string_too_long":
        return (
            "too_long",
            f"`{key}` has {len(str(given))} characters",
            f"at most {context.get('max_length')} are allowed",
            "Shorten it.",
        )
    if type_ == "string_too_short":
        return "empty", f"`{key}` is empty", "text is needed here", "Write it, or remove the key when it is optional."
    if type_ == "literal_error":
        choices = _choices(kind, context)
        return (
            "unknown_choice",
            f"`{key}` is {_say(given)}",
            f"it is one of {', '.join(choices)}",
            f"{near(str(given), choices)}Write one of these.",
        )
    if type_.startswith("union_tag"):
        choices = [c.strip(" '") for c in str(context.get("expected_tags", "")).split(",")]
        tag = context.get("tag")
        if not choices[0]:
            choices = [t for member in get_args(kind) for t in _tags(member)]
        if tag is None:
            return (
                "missing",
                "`kind` is missing",
                f"it says which kind of clause this is: {', '.join(choices)}",
                "Add `kind: ...`.",
            )
        return (
            "unknown_choice",
            f"the kind `{tag}` is not known here",
            f"the kinds are {', '.join(choices)}",
            f"{near(str(tag), choices)}Write one of these.",
        )
    if type_.endswith(("tuple_type", "list_type")):
        return ("list_needed", f"`{key}` is {_say(given)}", "a list is needed here",
                f"Write `[{given}]`." if isinstance(given, (str, int)) else "Write each element on a line of its own, beginning with `- `.")  # fmt: skip
    if type_ in ("model_type", "model_attributes_type", "dict_type"):
        keys = keys_of(kind)
        return (
            "mapping_needed",
            f"`{key}` is {_say(given)}",
            "a mapping is needed here",
            f"Its keys are: {', '.join(keys)}." if keys else "Write `name: value` lines.",
        )
    if type_ in ("int_from_float", "int_type", "int_parsing"):
        return (
            "number_needed",
            f"`{key}` is {_say(given)}",
            "a whole number is needed here",
            "Write for example 4, without quotes.",
        )
    if _NUMBER.match(type_):
        return (
            "number_needed",
            f"`{key}` is {_say(given)}",
            "a number is needed here",
            "Write for example 4.5, without quotes.",
        )
    if type_.startswith("bool"):
        return "truth_needed", f"`{key}` is {_say(given)}", "true or false is needed here", "Write true or false."
    if type_ in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        limit = next(iter(context.values()), "")
        word = {
            "greater_than": "above",
            "greater_than_equal": "at least",
            "less_than": "below",
            "less_than_equal": "at most",
        }[type_]
        return (
            "out_of_bounds",
            f"`{key}` is {_plain(given)}",
            f"it must be {word} {_plain(limit)}",
            "Correct the number.",
        )
    if type_ == "too_short":
        return "too_few", f"`{key}` is empty", f"at least {context.get('min_length', 1)} is needed", "Add one."
    if type_ == "too_long":
        return (
            "too_few",
            f"`{key}` has too many elements",
            f"at most {context.get('max_length')} are allowed",
            "Remove the others.",
        )
    if type_ == "value_error":
        message = str(context.get("error", error["msg"]))
        if "needs a source" in message:
            return (
                "assumption_without_source",
                "an assumption without a source",
                "a reader must be able to see where the value comes from, or who judged it",
                "Add `source: ...`.",
            )
        return (
            "not_consistent",
            f"`{key}` is not consistent"
            if isinstance(path[-1] if path else 0, str)
            else "the clause is not consistent",
            message,
            "Correct it.",
        )
    return "shape", f"`{key}` is {_say(given)}", str(error["msg"]), "Correct it."


def _unknown_key(error: Any, key: str, positions: Positions, root: Any) -> tuple[str, str, str, str]:
    from equipoise.protocol.anatomy import follow

    clause = follow(root, error["loc"][:-1], positions.data)[1]
    keys = keys_of(clause)
    return (
        "unknown_key",
        f"the key `{key}` is not known here",
        "a misspelled key would silently change nothing",
        f"{near(key, keys)}The keys are: {', '.join(keys)}.",
    )


def _choices(kind: Any, context: Any) -> list[str]:
    if get_args(kind) and get_origin(kind) is not None and str(get_origin(kind)) == "typing.Literal":
        return [str(c) for c in get_args(kind)]
    return re.findall(r"'([^']*)'", str(context.get("expected", ""))) or [str(context.get("expected", ""))]


def _tags(member: Any) -> list[str]:
    inner = get_args(member)[0] if get_args(member) else member
    field = getattr(inner, "model_fields", {}).get("kind")
    return [str(a) for a in get_args(field.annotation)] if field else []


def _example(kind: Any) -> str:
    if kind is Text:
        return " with `{en: ..., zh: ...}`"
    keys = keys_of(kind)
    return f" with {', '.join(keys[:6])}" if keys and "value" not in keys else ""


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:.1f}"
    return (
        {True: "true", False: "false", None: "empty"}[value] if value is None or isinstance(value, bool) else str(value)
    )


def _say(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {_plain(value)}"
    if isinstance(value, (int, float)):
        return f"the number {_plain(value)}"
    if isinstance(value, str):
        return f"the text {json.dumps(value[:60], ensure_ascii=False)}"
    return "a list" if isinstance(value, (list, tuple)) else "a mapping"


def _as_identifier(text: str) -> str:
    made = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")[:60] or "name"
    return made if made[0].isalpha() else f"x{made}" if made[0].isdigit() else f"x_{made}"
