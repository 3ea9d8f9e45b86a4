"""Runs tests with one node of one source file changed: `python -m tests.mutants.child FILE NUMBER TEST ...`.

The change lives in memory only: the file on the disk is never touched, so a run that is stopped leaves nothing behind.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import Any

from tests.mutants.nodes import SOURCE, changed_tree

__all__ = ["module_of", "put_in_force"]


class _Changed(SourceFileLoader):
    """Loads the module from the changed tree; no bytecode of it is kept."""

    number: int

    def get_code(self, fullname: str) -> Any:
        source = Path(self.get_filename(fullname)).read_text("utf-8")
        return compile(changed_tree(source, self.number), self.path, "exec")


class _Finder:
    def __init__(self, module: str, path: Path, number: int) -> None:
        self.module, self.path, self.number = module, path, number

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        if name != self.module:
            return None
        loader = _Changed(name, str(self.path))
        loader.number = self.number
        inside = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return spec_from_file_location(name, self.path, loader=loader, submodule_search_locations=inside)


def module_of(file: str) -> str:
    """The name of the module that a file under src/equipoise is."""
    parts = ("equipoise", *Path(file).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


def put_in_force(file: str, number: int) -> None:
    """From now on whoever imports this file gets the changed one."""
    path, module = SOURCE / file, module_of(file)
    assert module not in sys.modules, f"{module} was imported before it could be changed"
    sys.meta_path.insert(0, _Finder(module, path, number))  # type: ignore[arg-type]
    if "compiling" in path.read_text("utf-8"):
        # Kernels that were compiled before are kept by the file's name and date, which are as they were.
        os.environ["NUMBA_CACHE_DIR"] = tempfile.mkdtemp(prefix="equipoise-mutant-")


if __name__ == "__main__":
    put_in_force(sys.argv[1], int(sys.argv[2]))
    import pytest

    sys.exit(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", *sys.argv[3:]]))
