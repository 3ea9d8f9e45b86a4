"""Damage done to a protocol at random: a part deleted, doubled, retyped, renamed, or put where another belongs."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

__all__ = ["ODD", "mutate"]

Place = tuple[Any, Any]  # a container, and a key or an index in it

# What people and programs write where something else belongs.
ODD: tuple[Any, ...] = (None, True, False, 0, 1, -1, 2.5, 1e-9, "", "x", "no", "012", "2024-02-30", "年龄", [], {}, [None], {"value": None},
                        {"value": 3, "assumption": True}, {"en": "only"}, [[[]]], {"id": "x"}, "age >= 18", "SELECT 1", "a" * 70, "a b")  # fmt: skip


def _places(data: Any) -> Iterator[Place]:
    keys: Any = data if isinstance(data, dict) else range(len(data))
    for key in list(keys):
        yield data, key
        if isinstance(data[key], (dict, list)):
            yield from _places(data[key])


def mutate(data: Any, chance: random.Random, times: int = 1) -> Any:
    """A damaged copy of `data`."""
    damaged = copy.deepcopy(data)
    for _ in range(times):
        places = list(_places(damaged))
        if not places:
            return damaged
        container, key = chance.choice(places)
        other_container, other = chance.choice(places)
        match chance.randrange(7):
            case 0:
                del container[key]
            case 1:
                container[key] = copy.deepcopy(chance.choice(ODD))
            case 2 if isinstance(container, list):
                container.insert(key, copy.deepcopy(container[key]))
            case 3 if isinstance(container, dict):
                container[str(key) + chance.choice(("s", "_", "X"))] = container.pop(key)
            case 4:
                container[key] = [copy.deepcopy(container[key])]
            case 5:
                container[key] = {"value": copy.deepcopy(container[key])}
            case _:
                container[key] = copy.deepcopy(other_container[other])
    return damaged
