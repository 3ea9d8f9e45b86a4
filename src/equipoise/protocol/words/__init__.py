"""What a protocol is told: the words of its reading and of every check, by subject."""

from equipoise.findings import Table
from equipoise.protocol.words import (
    derivations,
    design,
    distributions,
    doses,
    eligibility,
    endpoints,
    forms,
    names,
    people,
    randomization,
    reading,
    rules,
    safety,
    scenarios,
    sequential,
    timeline,
    units,
    variables,
    visits,
    wording,
)

_SUBJECTS = (
    derivations,
    design,
    distributions,
    doses,
    eligibility,
    endpoints,
    forms,
    names,
    people,
    randomization,
    reading,
    rules,
    safety,
    scenarios,
    sequential,
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
