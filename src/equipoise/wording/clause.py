"""What every clause of a protocol is made of: bilingual text, and values that may be assumptions.

A `Clause` refuses keys it does not know. A `Text` carries English and Simplified Chinese, always both.
A `Sourced` value says whether it is an assumption and, when it is, where it comes from. What a clause says against
itself is said in both languages too, by raising what `inconsistent` makes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo, model_validator

from equipoise.wording.words import phrase
from equipoise.words import LANGUAGES, Language, Phrase

__all__ = [
    "Clause",
    "Identifier",
    "Inconsistent",
    "Language",
    "NoSource",
    "Rule",
    "Sourced",
    "Text",
    "bare",
    "inconsistent",
    "speaking",
]

UNWRITTEN = "?"  # where a text is missing in every language, one Finding says so
Identifier = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64, description="letters, digits and _, starting with a letter"
    ),
]
Rule = Annotated[
    str, Field(min_length=1, max_length=4000, description="a SQL expression over recorded items and variables")
]

T = TypeVar("T")


class Inconsistent(ValueError):
    """A clause contradicts itself: `said` is how, in both languages. Pydantic hands it to whoever explains."""

    def __init__(self, said: Phrase) -> None:
        self.said = said
        super().__init__(str(said))


class NoSource(Inconsistent):
    """An assumption does not say where it comes from."""

    def __init__(self) -> None:
        super().__init__(phrase("assumption.source"))


def inconsistent(key: str, /, **facts: Any) -> Inconsistent:
    """What a clause raises of itself, in the words that stand under `key`."""
    return Inconsistent(phrase(key, **facts))


class Clause(BaseModel):
    """A part of a protocol: immutable, and closed to unknown keys.

    Validators are built when something is first read: nearly all clauses are only ever read within a whole protocol.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        schema = handler(source)
        _take_literally(handler.resolve_ref_schema(schema))
        return schema

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _take_literally(part: Any) -> None:
    """No text is taken for a number or a truth value: `required: "no"` and `count: "4"` are mistakes, not hints."""
    if isinstance(part, dict):
        if part.get("type") in ("int", "float", "bool"):
            part["strict"] = True
        for inner in part.values():
            if isinstance(inner, (dict, list)):
                _take_literally(inner)
    elif isinstance(part, list):
        for inner in part:
            _take_literally(inner)


class Text(Clause):
    """One text in both languages; where a protocol is written in one language, the text alone."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, data: Any, info: ValidationInfo) -> Any:
        """In a protocol of one language a text has one wording, which stands for the other as well."""
        languages = (info.context or {}).get("languages", LANGUAGES)
        if len(languages) != 1 or not isinstance(data, (str, dict)):
            return data
        if isinstance(data, str):
            return dict.fromkeys(LANGUAGES, data)
        (own,) = languages
        (other,) = (language for language in LANGUAGES if language != own)
        if own not in data and other in data:
            raise inconsistent("text.another_language", own=own)
        return data if other in data else {**data, other: data.get(own, UNWRITTEN)}

    def in_(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en


class Sourced(Clause, Generic[T]):
    """A value with its standing: `66` alone, or `{value: 66, assumption: true, source: ...}`."""

    value: T
    assumption: bool = False
    source: str | None = Field(default=None, min_length=1)
    note: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, data: Any) -> Any:
        if isinstance(data, Sourced) or (isinstance(data, dict) and "value" in data):
            return data
        return {"value": data}

    @model_validator(mode="after")
    def _assumption_needs_source(self) -> Sourced[T]:
        if self.assumption and not self.source:
            raise NoSource
        return self


def speaking(languages: Collection[Language]) -> dict[str, Any]:
    """What pydantic is told (`context`) of the languages in which the texts of a document are written."""
    return {"languages": tuple(languages)}


def bare(sourced: Sourced[T] | None) -> T | None:
    """The value without its standing; None stays None."""
    return None if sourced is None else sourced.value
