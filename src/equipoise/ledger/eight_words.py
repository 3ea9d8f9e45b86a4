"""A head in eight words, to be compared over the telephone: one of 256 short plain words for each of its first bytes.

Sixty-four bits: enough to notice a difference, too few to stand for the whole hash. The list must never change.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS", "head_words"]

WORDS: Final = tuple(
    """
    acorn actor album angle ankle apple april apron arena armor arrow atlas attic award axis bacon
    badge baker basil basin beach beard beaver bell berry bicycle birch bishop bison blanket block blue
    board bonus bottle bread brick bridge broom brush bucket button cabin cactus camel candle canoe canyon
    carbon carpet castle cedar cello chalk cherry chess chimney circle citrus clock cloud clover coal coffee
    copper coral cotton cousin crab cradle crane cricket crown curtain daisy dancer desert diamond dinner doctor
    dolphin donkey dragon drum eagle easel echo eight elbow ember engine envelope fabric falcon farmer feather
    fence ferry fiddle finger flute forest fossil fox frog garden garlic ginger giraffe glacier globe glove
    goose granite grape guitar hammer harbor harvest hazel helmet heron hill honey hotel iceberg igloo island
    ivory jacket jasmine jelly jewel jungle kayak kettle king kitchen kitten koala ladder lagoon lamp lantern
    lemon lentil library lilac lion lobster magnet mango maple marble market meadow melon mirror monkey mosaic
    motor muffin museum napkin needle nickel noodle north nurse oasis ocean olive onion orange orbit orchid
    otter oven oyster paddle palace panda paper parrot pearl pencil pepper piano pigeon pillow pilot pine
    planet plum pocket pony potato prism pump puzzle quartz queen rabbit radar radio raft rainbow raven
    ribbon river robin rocket rose ruby saddle salad salmon sandal scarf school seven shadow shell silver
    sister spider spoon squash stable statue storm sugar summit sunset table tailor teapot temple tennis thunder
    tiger toast tomato tower tractor trumpet tulip tunnel turtle umbrella uncle velvet violin walnut willow zebra
    """.split()  # noqa: SIM905 - sixteen lines of sixteen are easier to proofread
)


def head_words(head: str) -> str:
    """The words of the first eight bytes of a hash in hexadecimal."""
    return " ".join(WORDS[byte] for byte in bytes.fromhex(head[:16]))
