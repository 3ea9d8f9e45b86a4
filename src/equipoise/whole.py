"""Whole or not there: what is written is made beside its place and moved there when nothing is missing.

Promises that a reader meets the earlier thing or the new one and never a part, that whatever was made beside is gone
afterwards (also when somebody interrupts), and that two who write at once both write something whole: of a file the
later one stands, of a folder the earlier one, and the other is told by an OSError. Errors name the place that was
meant. Refuses to know what is written, and how a refusal is said: whoever asked tells it (`words.trouble_of`).
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # where there is none, nothing is swept
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "SWEPT_AFTER_SECONDS",
    "exchange",
    "keep_private",
    "making",
    "put_in_place",
    "put_new",
    "write_all",
    "write_whole",
]

_MAKING = ".making-"
SWEPT_AFTER_SECONDS = 3600
"""How old what somebody was making must be before anybody asks whether they are dead."""


def write_whole(
    place: Path, content: str | bytes, *, mode: int | None = None, new: bool = False, durable: bool = False
) -> None:
    """Write a file; text as UTF-8. Raises OSError, and leaves what was there as it was.

    `mode`: its permissions, from the first moment on. `new`: FileExistsError where there is something, also when it
    came in the same instant. `durable`: on the disk before it stands there, for what must outlive a power cut.
    """
    raw = content.encode() if isinstance(content, str) else content
    if place.exists() and not place.is_file() and not place.is_dir():
        place.write_bytes(raw)  # a device or a pipe has no place of its own: it is written to
        return
    beside = _beside(place)
    try:
        _write(beside, raw, mode, durable=durable)
        if new:
            _put_new(beside, place)
        else:
            beside.replace(place)
    except OSError as error:
        error.filename, error.filename2 = str(place), None
        raise
    finally:
        with suppress(OSError):
            beside.unlink()


def write_all(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write several files (name inside `folder` to text), all of them or none; returns their places.

    Folders are made as needed. Raises OSError; then what was there is unchanged, and no folder was made.
    """
    places = {folder / name: text for name, text in texts.items()}
    parts = {place: _beside(place) for place in places}
    made: list[Path] = []
    done = False
    try:
        for home in dict.fromkeys((folder, *(place.parent for place in places))):
            made += [one for one in (home, *home.parents) if not one.exists() and one not in made]
            home.mkdir(parents=True, exist_ok=True)
        for place, text in places.items():
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder has this name", str(place))
            try:
                _write(parts[place], text.encode(), None)
            except OSError as error:
                error.filename = str(place)
                raise
        for place, part in parts.items():
            part.replace(place)
        done = True
    finally:
        if not done:
            _clear(parts.values(), made)
    return tuple(places)


@contextmanager
def making(home: Path) -> Iterator[Path]:
    """A new folder inside `home` in which something is made ready. What is moved out stays; the rest is gone after.

    Its name begins with a dot and is nobody else's, so that two who make the same thing never meet in it. Whoever is
    killed leaves it (with data, or keys, in it): the next to make something here takes away what nobody holds any more.
    """
    _sweep(home)
    beside = home / f"{_MAKING}{secrets.token_hex(6)}"
    beside.mkdir()
    held = _hold(beside)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if held is not None:
            os.close(held)


def _hold(folder: Path) -> int | None:
    """A lock on a folder, which ends with its process; None where somebody has it, or the system knows none."""
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _sweep(home: Path) -> None:
    """Take away what was being made here by processes that are dead. What is young may not be held yet."""
    with suppress(OSError):
        for left in home.glob(f"{_MAKING}*"):
            if left.is_symlink() or time.time() - left.stat().st_mtime < SWEPT_AFTER_SECONDS:
                continue
            if (held := _hold(left)) is not None:
                shutil.rmtree(left, ignore_errors=True)
                os.close(held)


def keep_private(folder: Path) -> None:
    """A folder and all in it for its owner alone, whatever the umask said."""
    for home, _, files in os.walk(folder):
        Path(home).chmod(0o700)
        for name in files:
            (Path(home) / name).chmod(0o600)


def put_in_place(made: Path, place: Path) -> None:
    """Move a finished folder to its place, where nothing or an empty folder is. Raises OSError where something is."""
    with suppress(OSError):
        place.rmdir()  # only an empty one goes; not every system moves a folder onto another
    if place.exists() or place.is_symlink():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    made.rename(place)


def put_new(made: Path, place: Path) -> None:
    """Move a finished file to its place, on the disk. Raises FileExistsError where something is, also by then."""
    try:
        _put_new(made, place)
    except OSError as error:
        error.filename, error.filename2 = str(place), None
        raise
    with suppress(OSError):  # not every system opens a folder
        handle = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def exchange(made: Path, place: Path) -> None:
    """Move a finished folder to its place. What stood there is removed once the new one stands, or comes back."""
    if not place.exists():
        made.rename(place)
        return
    with making(place.parent) as aside:
        place.rename(aside / "earlier")
        try:
            made.rename(place)
        except BaseException:
            (aside / "earlier").rename(place)
            raise


def _beside(place: Path) -> Path:
    # A short name of its own: one that is as long as names may be leaves no room for anything around it.
    return place.with_name(f".{secrets.token_hex(6)}.part")


def _write(file: Path, raw: bytes, mode: int | None, *, durable: bool = False) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode)
    with os.fdopen(handle, "wb") as out:
        out.write(raw)
        if durable:
            out.flush()
            os.fsync(out.fileno())
    if mode is not None:
        file.chmod(mode)


def _put_new(beside: Path, place: Path) -> None:
    try:
        os.link(beside, place)  # unlike a move, a link never takes the place of another file
    except FileExistsError:
        raise
    except OSError:  # a file system without links: looking first is the best that can be done there
        if place.exists() or place.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        beside.replace(place)


def _clear(parts: Iterable[Path], made: Iterable[Path]) -> None:
    """Take away what was begun: unfinished files, and folders that were made for them."""
    with suppress(OSError):
        for part in parts:
            part.unlink(missing_ok=True)
    for home in sorted(made, key=lambda one: -len(one.parts)):
        with suppress(OSError):
            home.rmdir()
