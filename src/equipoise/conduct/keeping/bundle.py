"""One file that holds many, with a manifest of their digests: how a backup, and the keys beside it, are kept.

A zip archive, so that it can be opened in decades without this program. What is read was made by somebody else: every
name, size and digest is held against the manifest before a byte is used, and nothing is ever written outside the folder
that was meant.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from equipoise.conduct.keeping.words import phrase, refuse, unreadable
from equipoise.findings import Where
from equipoise.whole import making, put_new
from equipoise.words import trouble_of

__all__ = ["MANIFEST", "Bundle", "Content", "is_inside", "read_bundle", "write_bundle"]

MANIFEST: Final = "manifest.json"
Content = bytes | Path | Callable[[], Iterable[bytes]]
"""What a member holds: bytes, a file, or something that gives its parts one after another."""
_MANIFEST_BYTES_MAX: Final = 64 * 1024 * 1024
_PART: Final = 1 << 20
_WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the time of a member says nothing: the manifest does
_DIGEST = re.compile(r"[0-9a-f]{64}")
_WRONG = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def write_bundle(
    place: Path, said: Callable[[], Mapping[str, Any]], members: Iterable[tuple[str, Content]]
) -> dict[str, Any]:
    """Write a new file, for its owner alone, with its members, their digests and what is `said` of them at the end.

    Returns the manifest. Whole, on the disk and in its place, or not there. Never takes the place of another file.
    Raises Refusal.
    """
    where = Where(str(place))
    if place.exists() or place.is_symlink():
        refuse("backup.exists", where)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with making(place.parent) as beside:
            beside.chmod(0o700)
            made = beside / "made.zip"
            manifest = _write(made, said, members)
            put_new(made, place)
    except FileExistsError:  # it came in the same instant
        refuse("backup.exists", where)
    except OSError as error:
        refuse("backup.not_written", where, reason=trouble_of(error))
    return manifest


def _write(made: Path, said: Callable[[], Mapping[str, Any]], members: Iterable[tuple[str, Content]]) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                files[name] = _add(archive, name, content)
            manifest = {**said(), "files": files}
            text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
            archive.writestr(_info(MANIFEST), text.encode())
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return info


def _add(archive: zipfile.ZipFile, name: str, content: Content) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with archive.open(_info(name), "w", force_zip64=True) as member:
        for part in _parts(content):
            digest.update(part)
            size += len(part)
            member.write(part)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _parts(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as file:
            while part := file.read(_PART):
                yield part
    else:
        yield from content()


class Bundle:
    """An open bundle: its manifest, and its members by name. Nothing is trusted that the manifest does not name."""

    def __init__(self, archive: zipfile.ZipFile, place: Path, manifest: dict[str, Any]) -> None:
        self._archive, self._where = archive, Where(str(place))
        self.manifest = manifest

    @property
    def names(self) -> list[str]:
        """The members but the manifest."""
        return list(self.manifest["files"])

    def unpack(self, folder: Path) -> None:
        """Write every member into `folder`, each held against its size and digest. Raises Unreadable for what differs.

        Raises OSError where it cannot be written.
        """
        for name, said in self.manifest["files"].items():
            place = folder.joinpath(*name.split("/"))
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as out:
                self._copy(name, said, out)

    def _copy(self, name: str, said: Mapping[str, Any], out: IO[bytes]) -> None:
        digest, left = hashlib.sha256(), int(said["bytes"])
        with self._plainly(), self._archive.open(name) as member:
            while part := member.read(min(_PART, left + 1)):
                digest.update(part)
                left -= len(part)
                if left < 0:
                    break
                out.write(part)
        if left or digest.hexdigest() != said["sha256"]:
            unreadable("backup.differs", self._where, name=name)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except _WRONG:
            unreadable("backup.damaged", self._where)


@contextmanager
def read_bundle(place: Path, mark: str) -> Iterator[Bundle]:
    """Open a bundle whose manifest has the mark. Raises Unreadable for anything else, before a member is read."""
    where = Where(str(place))
    try:
        if not place.is_file():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(place))
        archive = zipfile.ZipFile(place)
    except OSError as error:
        unreadable("backup.unreadable", where, reason=trouble_of(error))
    except _WRONG:
        unreadable("backup.unreadable", where, reason=phrase("no_zip"))
    with archive:
        yield Bundle(archive, place, _manifest(archive, where, mark))


def _manifest(archive: zipfile.ZipFile, where: Where, mark: str) -> dict[str, Any]:
    infos = {info.filename: info for info in archive.infolist()}
    own = infos.get(MANIFEST)
    said: Any = None
    if own is not None and own.file_size <= _MANIFEST_BYTES_MAX:
        try:
            with archive.open(own) as member:
                said = json.loads(member.read(_MANIFEST_BYTES_MAX))
        except (*_WRONG, RecursionError):
            said = None
    if not isinstance(said, dict) or said.get(mark) != 1 or not _are_files(said.get("files")):
        unreadable("backup.unreadable", where, reason=phrase("no_manifest"))
    if len(archive.infolist()) != len(infos) or set(infos) != {MANIFEST, *said["files"]}:
        unreadable("backup.differs/names", where)
    for name, kept in said["files"].items():
        info = infos[name]
        if not is_inside(name) or stat.S_ISLNK(info.external_attr >> 16) or info.is_dir():
            unreadable("backup.outside", where, name=name[:80])
        if info.file_size != kept["bytes"]:
            unreadable("backup.differs", where, name=name)
    return said


def _are_files(files: object) -> bool:
    return isinstance(files, dict) and all(
        isinstance(said, dict)
        and type(said.get("bytes")) is int
        and said["bytes"] >= 0
        and isinstance(said.get("sha256"), str)
        and _DIGEST.fullmatch(said["sha256"]) is not None
        for said in files.values()
    )


def is_inside(name: str) -> bool:
    """Whether a name stays inside the folder that it is joined to, on every system."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") and not set(part) & set("\\:\0") and part == part.strip() for part in parts)
