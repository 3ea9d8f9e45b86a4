"""Reading a protocol's YAML: ours (positions and YAML 1.2 on libyaml's events) beside the readers that one would reach for.

Run: python benchmarks/bench_yaml.py   (ruamel.yaml is measured when it is installed)
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from equipoise.protocol.yaml_reading import read_yaml

FILE = Path(__file__).resolve().parents[1] / "protocols" / "npc-nimotuzumab" / "protocol.yaml"


def best(call: Callable[[], object], times: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        call()
        return time.perf_counter() - start

    return min(once() for _ in range(times))


def main() -> None:
    text = FILE.read_text(encoding="utf-8")
    print(f"{FILE.name} of the flagship: {text.count(chr(10)):,} lines, {len(text.encode()):,} bytes")
    lines: list[tuple[str, Callable[[], object], int]] = [
        ("ours: positions, YAML 1.2", lambda: read_yaml(text.encode(), "protocol.yaml"), 10),
        ("PyYAML on libyaml, no positions, YAML 1.1", lambda: yaml.load(text, yaml.CSafeLoader), 10),
        ("PyYAML in Python, YAML 1.1", lambda: yaml.load(text, yaml.SafeLoader), 2),
    ]
    if importlib.util.find_spec("ruamel") and importlib.util.find_spec("ruamel.yaml"):
        from ruamel.yaml import YAML

        lines.append(("ruamel.yaml round trip: positions, YAML 1.2", lambda: YAML(typ="rt").load(text), 2))
    else:
        print("ruamel.yaml is not installed")
    for name, call, times in lines:
        print(f"{name:<48} {1000 * best(call, times):8.1f} ms")


if __name__ == "__main__":
    main()
