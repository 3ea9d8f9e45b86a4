"""What a protocol is told: the words of its reading and of every check, by subject."""

from collections.abc import Iterable

from equipoise.findings import Finding, Table
from equipoise.protocol.words import (
    beginning,
    blinding,
    derivations,
    design,
    distributions,
    doses,
    eligibility,
    endpoints,
    estimands,
    forms,
    names,
    people,
    randomization,
    reading,
    rules,
    safety,
    scenarios,
    sequential,
    shape,
    timeline,
    units,
    variables,
    visits,
    wording,
)
from equipoise.words import Phrase, nearest

_SUBJECTS = (
    beginning,
    blinding,
    derivations,
    design,
    distributions,
    doses,
    eligibility,
    endpoints,
    estimands,
    forms,
    names,
    people,
    randomization,
    reading,
    rules,
    safety,
    scenarios,
    sequential,
    shape,
    timeline,
    units,
    variables,
    visits,
    wording,
)

TABLE = Table(
    "protocol",
    {code: words for subject in _SUBJECTS for code, words in subject.WORDS.items()},
    {code: words for subject in _SUBJECTS for code, words in subject.PHRASES.items()},
)
finding, warning, refuse, unreadable, phrase = (
    TABLE.finding,
    TABLE.warning,
    TABLE.refuse,
    TABLE.unreadable,
    TABLE.phrase,
)


def either(names: Iterable[object]) -> Phrase:
    """The names as a choice: `a or b`, `a或b`."""
    texts = [str(name) for name in names]
    return Phrase(" or ".join(texts), "或".join(texts))


def listed(parts: Iterable[Phrase]) -> Phrase:
    """Parts of a sentence one after another, where each may hold commas: `a; b`, `a；b`."""
    said = list(parts)
    return Phrase("; ".join(part.in_("en") for part in said), "；".join(part.in_("zh") for part in said))


def what_of(finding: Finding) -> Phrase:
    """What another room found, as a part of a sentence here."""
    return Phrase(finding.say("en").what, finding.say("zh").what)


def near(name: str, known: Iterable[str]) -> Phrase | str:
    """`Did you mean ...? ` when one known name alone is spelled alike, else nothing. It stands before the rest."""
    meant = nearest(name, known)
    return phrase("near", name=meant) if meant is not None else ""
