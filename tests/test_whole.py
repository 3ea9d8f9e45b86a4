"""Whole or not there: what is written stands in its place complete, or nothing has happened."""

from __future__ import annotations

import errno
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from equipoise import whole
from equipoise.whole import SWEPT_AFTER_SECONDS, exchange, making, put_in_place, write_all, write_whole


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C."""


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def stop(*_args: object, **_options: object) -> None:
    raise Interrupted


def test_a_file_is_written_and_nothing_lies_beside_it(tmp_path):
    write_whole(tmp_path / "a.txt", "您好\n")
    write_whole(tmp_path / "a.txt", b"again")
    assert (tmp_path / "a.txt").read_bytes() == b"again"
    assert names(tmp_path) == ["a.txt"]


def test_a_file_may_have_the_longest_name_there_is(tmp_path):
    write_whole(tmp_path / ("n" * 255), "x")
    assert names(tmp_path) == ["n" * 255]


def test_permissions_hold_from_the_first_moment_on(tmp_path, monkeypatch):
    seen = []
    replace = Path.replace

    def look(self, target):
        seen.append(stat.S_IMODE(self.stat().st_mode))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", look)
    write_whole(tmp_path / "secret", "x", mode=0o600)
    assert seen == [0o600]
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("durable", [False, True])
@pytest.mark.parametrize("new", [False, True])
def test_an_interrupted_write_leaves_what_was_there(tmp_path, monkeypatch, new, durable):
    file = tmp_path / "a.txt"
    if not new:
        file.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", stop)
    monkeypatch.setattr(Path, "replace", stop)
    monkeypatch.setattr(os, "link", stop)
    with pytest.raises(Interrupted):
        write_whole(file, "after", new=new, durable=durable)
    assert names(tmp_path) == ([] if new else ["a.txt"])
    assert new or file.read_text("utf-8") == "before"


def test_control_without_a_place_beside_it_an_interrupted_write_leaves_a_part(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "_beside", lambda place: place)
    monkeypatch.setattr(Path, "unlink", lambda *_: None)
    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(Interrupted):
        write_whole(tmp_path / "a.txt", "x" * 100, durable=True)
    assert names(tmp_path) == ["a.txt"]


def test_of_two_who_write_a_new_file_at_once_one_is_told(tmp_path):
    file, told, begun = tmp_path / "a.json", [], threading.Barrier(8)

    def write(n: int) -> None:
        begun.wait()
        try:
            write_whole(file, f"{n}" * 1000, new=True)
        except FileExistsError as error:
            told.append(error.filename)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert told == [str(file)] * 7
    assert len(set(file.read_text("utf-8"))) == 1
    assert names(tmp_path) == ["a.json"]


def test_control_a_move_lets_the_second_take_the_place_of_the_first(tmp_path):
    write_whole(tmp_path / "a", "1")
    write_whole(tmp_path / "a", "2")
    assert (tmp_path / "a").read_text("utf-8") == "2"


def test_a_file_system_without_links_is_looked_at_first(tmp_path, monkeypatch):
    def no_links(*_args):
        raise OSError(errno.EPERM, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    write_whole(tmp_path / "a", "1", new=True)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "a", "2", new=True)
    assert (tmp_path / "a").read_text("utf-8") == "1"
    assert names(tmp_path) == ["a"]


def test_a_pipe_or_a_device_is_written_to():
    write_whole(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(("place", "error"), [("gone/a.txt", FileNotFoundError), ("folder", IsADirectoryError)])
def test_an_error_names_the_place_that_was_meant(tmp_path, place, error):
    (tmp_path / "folder").mkdir()
    with pytest.raises(error) as told:
        write_whole(tmp_path / place, "x")
    assert told.value.filename == str(tmp_path / place)
    assert names(tmp_path) == ["folder"]


def test_several_files_are_written_all_of_them(tmp_path):
    made = write_all(tmp_path / "out", {"a": "1", "b/c": "2"})
    assert made == (tmp_path / "out" / "a", tmp_path / "out" / "b" / "c")
    assert names(tmp_path) == ["out", "out/a", "out/b", "out/b/c"]


def test_several_files_are_written_all_or_none(tmp_path):
    write_all(tmp_path, {"a": "1"})
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError) as told:
        write_all(tmp_path, {"a": "2", "x/y": "3", "b": "4"})
    assert told.value.filename == str(tmp_path / "b")
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").read_text("utf-8") == "1"


def test_folders_that_were_made_for_files_that_did_not_come_are_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(Interrupted):
        write_all(tmp_path / "new" / "out", {"a": "1", "f/b": "2"})
    assert names(tmp_path) == []


def test_what_was_moved_out_stays_and_the_rest_is_gone(tmp_path):
    with making(tmp_path) as made:
        (made / "a").write_text("x", encoding="utf-8")
        (made / "left").write_text("x", encoding="utf-8")
        (made / "a").replace(tmp_path / "a")
    assert names(tmp_path) == ["a"]
    with pytest.raises(Interrupted), making(tmp_path) as made:
        (made / "b").mkdir()
        raise Interrupted
    assert names(tmp_path) == ["a"]


def test_a_folder_takes_an_empty_place_and_no_other(tmp_path):
    (tmp_path / "place").mkdir()
    for content in ("first", "second"):
        with making(tmp_path) as made:
            (made / content).touch()
            if content == "first":
                put_in_place(made, tmp_path / "place")
            else:
                with pytest.raises(FileExistsError):
                    put_in_place(made, tmp_path / "place")
    assert names(tmp_path) == ["place", "place/first"]


def test_an_exchange_that_fails_brings_back_what_was_there(tmp_path):
    place = tmp_path / "place"
    for content in ("first", "second"):
        with making(tmp_path) as made:
            (made / content).touch()
            exchange(made, place)
    assert names(tmp_path) == ["place", "place/second"]
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "never made", place)
    assert names(tmp_path) == ["place", "place/second"]


def test_control_removing_first_would_lose_what_was_there(tmp_path):
    (tmp_path / "place").mkdir()
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "never made", tmp_path / "place")
    assert names(tmp_path) == []


def test_what_a_killed_process_was_making_is_taken_away_by_the_next_and_what_somebody_holds_is_not(tmp_path):
    """It holds data, or keys: nobody would ever look for it."""
    old = time.time() - 2 * SWEPT_AFTER_SECONDS
    killed, young, other = (tmp_path / name for name in (".making-0", ".making-1", "making-2"))
    for left in (killed, young, other):
        left.mkdir()
        (left / "allocation.key").write_bytes(b"x")
    with making(tmp_path) as held:
        for one in (killed, other, held):
            os.utime(one, (old, old))
        with making(tmp_path):
            assert held.is_dir()
        assert not killed.exists() and young.is_dir() and other.is_dir()


def test_control_a_folder_that_nobody_holds_is_taken_away_under_its_maker(tmp_path, monkeypatch):
    monkeypatch.setattr(whole, "fcntl", None)
    old = time.time() - 2 * SWEPT_AFTER_SECONDS
    with making(tmp_path) as held:
        os.utime(held, (old, old))
        monkeypatch.undo()
        with making(tmp_path):
            assert not held.exists()
