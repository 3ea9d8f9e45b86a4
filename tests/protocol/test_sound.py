"""What was found without errors is not checked again, until a byte of it or of the software changes."""

import pytest

from equipoise.protocol import checking
from equipoise.protocol.sound import read_sound
from tests.spec.minimal import write_minimal


@pytest.fixture
def checked(tmp_path, monkeypatch):
    """A protocol, and how often it was checked."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    calls, real = [], checking.check_protocol
    monkeypatch.setattr(checking, "check_protocol", lambda *args, **more: calls.append(1) or real(*args, **more))
    return write_minimal(tmp_path / "protocol"), calls


def test_the_same_bytes_are_checked_once_and_give_the_same_protocol(checked):
    place, calls = checked
    first, second = read_sound(place), read_sound(place)
    assert first.protocol == second.protocol is not None
    assert len(calls) == 1


def test_another_byte_is_checked_anew(checked):
    place, calls = checked
    read_sound(place)
    file = place / "protocol.yaml"
    file.write_text(file.read_text("utf-8") + "# another byte\n", encoding="utf-8")
    read_sound(place)
    assert len(calls) == 2


def test_errors_are_never_kept(checked):
    place, calls = checked
    file = place / "protocol.yaml"
    file.write_text(file.read_text("utf-8").replace("rule: ", "rule: nobody_knows_this + ", 1), encoding="utf-8")
    for _ in range(2):
        assert any(found.severity == "error" for found in read_sound(place).findings)
    assert len(calls) == 2
