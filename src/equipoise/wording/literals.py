"""Arguments that take one of a few words, checked at the call: `@literals_checked` above a function or a dataclass.

Promises that a word which is none of them is refused before anything is computed, by name and with the words that there
are: an unknown word would otherwise fall through to whatever stands last. Reads the annotations, so that the words are
written once. Knows no function and no room.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from equipoise.findings import Refusal
from equipoise.wording.words import TABLE

__all__ = ["UnknownWord", "expect_word", "literals_checked", "literals_of"]

T = TypeVar("T", bound=Callable[..., Any])


class UnknownWord(Refusal, ValueError):
    """An argument that takes one of a few words was given another: a Refusal with its Finding, and a ValueError."""


def literals_of(of: Callable[..., Any]) -> dict[str, tuple[Any, ...]]:
    """The parameters of a function, or the fields of a dataclass, that take one of a few words, each with them.

    None is one of them where it may be left out. An annotation that names what is only imported for types is none.
    """
    found = {}
    for name, hint in _hints(of):
        words = _words(hint)
        if name != "return" and words:
            found[name] = words
    return found


def _hints(of: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    try:
        yield from get_type_hints(of).items()
    except NameError:
        space = vars(sys.modules[of.__module__])
        for name, said in inspect.get_annotations(of).items():
            alone = types.SimpleNamespace(__annotations__={name: said})
            with contextlib.suppress(NameError):
                yield from get_type_hints(alone, globalns=space).items()


def literals_checked(of: T) -> T:
    """The function or the dataclass, which refuses an unknown word for a parameter annotated as `Literal`.

    Raises UnknownWord. The annotations are read at the first call.
    """
    build = of.__init__ if inspect.isclass(of) else of
    signature = inspect.signature(build)
    names = list(signature.parameters)

    @functools.cache
    def watched() -> list[tuple[str, int, tuple[Any, ...]]]:
        return [(name, names.index(name), words) for name, words in literals_of(of).items()]

    @functools.wraps(build)
    def checked(*args: Any, **kwargs: Any) -> Any:
        for name, place, words in watched():
            if name in kwargs:
                given = kwargs[name]
            elif place < len(args):
                given = args[place]
            else:
                continue
            if given.__class__ is not str or given not in words:  # a word is the rule, and is let in without a call
                expect_word(of, name, given, words)
        return build(*args, **kwargs)

    if not inspect.isclass(of):
        return checked  # type: ignore[return-value]
    of.__init__ = checked  # type: ignore[method-assign]
    return of


def _words(hint: Any) -> tuple[Any, ...]:
    """The words of an annotation that is nothing but words, or words and None."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        parts = [(None,) if part is type(None) else _words(part) for part in get_args(hint)]
        if all(parts) and any(part != (None,) for part in parts):
            return tuple(word for part in parts for word in part)
    return ()


def expect_word(of: Any, name: str, given: Any, allowed: tuple[Any, ...]) -> None:
    """Refuse a word that is none of `allowed`, by name; raises UnknownWord."""
    if (given is None or isinstance(given, (str, int))) and given in allowed:
        return
    facts = {"parameter": name, "function": of.__name__, "given": repr(given)}
    words = tuple(repr(word) for word in allowed)
    raise UnknownWord(TABLE.finding("argument.unknown", name, **facts, allowed=words))
