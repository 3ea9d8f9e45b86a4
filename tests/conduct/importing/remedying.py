"""Following the first remedy of a Finding to the letter, as somebody would who reads no further."""

from __future__ import annotations

import re
from typing import Any

import yaml

from equipoise.findings import Finding

_FRAGMENT = re.compile(r"`((?:reads|dates|columns|acts): \{.*?\})`|(\{id: [^{}]*\{en: \.\.\., zh: \.\.\.\}\})")


# An expression of `acts` that takes the place of what stands there, and a rule that is written otherwise.
_EXPRESSION = re.compile(r"`(\w+): '?(ROUND\(.*?\))'?`|`(CAST\((\w+) AS DATE\))`")

_IN_QUOTES = "\ue000"  # a number that stood in quotes keeps them: it is a text


def first_remedy(finding: Finding, language: str = "en") -> tuple[str, str]:
    """Where the first piece of YAML of its mend belongs (a section of the mapping), and the piece."""
    found = _FRAGMENT.search(finding.say(language).mend)
    assert found is not None, finding.tell(language)
    if found[1]:
        return found[1].partition(":")[0], found[1]
    before = finding.say(language).mend[: found.start()]
    section = re.findall(r"`(accept|confirm|leave_out|different)`", before)[-1]
    return section, found[2]


def follow(mapping: str, finding: Finding) -> str:
    """The mapping with the first remedy written into it."""
    data: dict[str, Any] = yaml.load(mapping, Loader=yaml.BaseLoader)
    if finding.code in ("value.decimals", "rule.wrong_type"):
        return _written(_with_expression(data, finding))
    section, piece = first_remedy(finding)
    new = yaml.load(piece, Loader=yaml.BaseLoader)
    if section in ("reads", "dates", "columns"):
        for key, value in new[section].items():
            data.setdefault(section, {})[key] = value
    else:
        if "becomes: '" in piece:
            new["becomes"] = _IN_QUOTES + new["becomes"]
        data.setdefault(section, []).append(new)
    return _written(data).replace(_IN_QUOTES, "")


def _with_expression(data: dict[str, Any], finding: Finding) -> dict[str, Any]:
    found = _EXPRESSION.search(finding.mend)
    assert found is not None, finding.tell()
    for record in data["acts"]["records"]:
        for item, rule in record["values"].items():
            if item == found[1] or (found[4] is not None and rule == found[4]):
                record["values"][item] = found[2] or found[3]
    return data


def _written(data: dict[str, Any]) -> str:
    """As YAML; every text in quotes but what the mapping reads as null, a number or a truth."""
    text = yaml.dump(data, allow_unicode=True, sort_keys=False, default_style="'", width=4000)
    text = re.sub(r"^(\s*'(?:becomes)': )'(null|true|false|-?\d+(?:\.\d+)?)'$", r"\1\2", text, flags=re.MULTILINE)
    return re.sub(
        r"^(\s*'(?:century|header)': )'(\d+)'$|^(\s*'(?:numbered)': )'(true)'$", r"\1\3\2\4", text, flags=re.MULTILINE
    )
