"""Resolve the requirements of pyproject.toml into hashed locks: names, versions, hashes, and no addresses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"run": ["setuptools"], "dev": ["dev"], "bench": ["dev", "bench"]}


def write_lock(name: str, extras: list[str]) -> None:
    """Write requirements/NAME.txt; needs the resolver `uv` on the path (it is no requirement of the project)."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("The lock is resolved by `uv`, which is not installed: pip install uv, then make lock.")
    command = [uv, "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes",
               "--no-emit-index-url", "--no-header", "--no-annotate", "--no-strip-extras", str(ROOT / "pyproject.toml")]  # fmt: skip
    if name == "run":
        command += [str(ROOT / "requirements" / "build.in")]
    else:
        command += [part for extra in extras for part in ("--extra", extra)]
        command += ["-c", str(ROOT / "requirements" / ("run.txt" if name == "dev" else "dev.txt"))]
    locked = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    if "://" in locked:
        sys.exit(f"the lock {name} names an address; refused")
    (ROOT / "requirements" / f"{name}.txt").write_text(locked, encoding="utf-8")


if __name__ == "__main__":
    for lock, extras in LOCKS.items():
        write_lock(lock, extras)
