"""What is kept for the next command: never stale, never trusted, and done without where it cannot be had."""

import json
import os

import pytest

from equipoise.cache import Cache, cache_folder
from equipoise.cli.main import main
from equipoise.protocol.copies import read_promised
from equipoise.protocol.identity import promised_form, protocol_digest, protocol_of_form
from equipoise.protocol.reading import load_protocol, read_shape
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX, protocol
from tests.spec.minimal import write_minimal

FORM = """forms:
- id: {name}
  title: {{en: More, zh: 更多}}
  items: [{{id: {name}_note, label: {{en: Note, zh: 说明}}, type: text}}]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    return tmp_path / "kept" / "equipoise"


@pytest.fixture
def written(tmp_path):
    return write_minimal(tmp_path / "protocol")


def test_what_is_kept_is_found_under_its_whole_name_and_under_no_other(folder):
    cache = Cache(cache_folder("things"))
    cache.keep({"of": "a"}, [1, "x"])
    assert cache.find({"of": "a"}) == [1, "x"]
    assert cache.find({"of": "b"}) is None
    (file,) = (folder / "things").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    file.rename(cache._place({"of": "b"}))  # a name is believed only from inside
    assert cache.find({"of": "b"}) is None


def test_other_software_finds_nothing(folder, monkeypatch):
    cache = Cache(cache_folder("things"))
    cache.keep({"of": "a"}, 1)
    monkeypatch.setattr("equipoise.cache.software_digest", lambda: "other")
    assert cache.find({"of": "a"}) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"asked": {}, "found": 2}', "[" * 100_000, "\0"])
def test_what_is_damaged_is_not_believed(folder, text):
    cache = Cache(cache_folder("things"))
    cache.keep({"of": "a"}, 1)
    (file,) = (folder / "things").iterdir()
    file.write_text(text, "utf-8")
    assert cache.find({"of": "a"}) is None
    cache.keep({"of": "a"}, 1)
    assert cache.find({"of": "a"}) == 1


def test_a_folder_in_which_others_may_write_is_done_without(folder):
    cache = Cache(cache_folder("things"))
    cache.keep({"of": "a"}, 1)
    (folder / "things").chmod(0o777)
    assert cache.find({"of": "a"}) is None
    cache.keep({"of": "b"}, 1)
    assert len(list((folder / "things").iterdir())) == 1
    (folder / "things").chmod(0o755)
    assert cache.find({"of": "a"}) == 1


def test_a_folder_of_another_user_is_done_without(folder, monkeypatch):
    cache = Cache(cache_folder("things"))
    cache.keep({"of": "a"}, 1)
    mine = os.geteuid()
    monkeypatch.setattr("os.geteuid", lambda: mine + 1)
    assert cache.find({"of": "a"}) is None


@pytest.mark.parametrize("place", ["/dev/null", "/proc/nowhere", "relative"])
def test_without_a_place_the_answer_is_the_same(place, monkeypatch, tmp_path, written, capsys):
    monkeypatch.setenv("HOME", "/dev/null")
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    monkeypatch.chdir(tmp_path)
    assert main(["check", str(written)]) == 0
    first = capsys.readouterr()
    assert main(["check", str(written)]) == 0
    assert capsys.readouterr() == first
    assert not (tmp_path / "relative").exists()


def test_the_oldest_go(folder, monkeypatch):
    monkeypatch.setattr("equipoise.cache.MOST", 3)
    cache = Cache(cache_folder("things"))
    for number in range(5):
        cache.keep({"of": number}, number)
        for file in (folder / "things").iterdir():
            if json.loads(file.read_text("utf-8"))["found"] == number:
                os.utime(file, (number, number))
    assert sorted(json.loads(file.read_text("utf-8"))["found"] for file in (folder / "things").iterdir()) == [2, 3, 4]


# A protocol that was checked ------------------------------------------------------------------------------------------


def test_a_checked_protocol_is_not_read_again(folder, written, capsys, monkeypatch):
    assert main(["check", str(written), "--json"]) == 0
    first = capsys.readouterr().out
    monkeypatch.setattr("equipoise.protocol.reading.read_protocol", None)
    assert main(["check", str(written), "--json"]) == 0
    assert capsys.readouterr().out == first
    assert main(["check", str(written)]) == 0


@pytest.mark.parametrize("change", ["main", "form", "new", "gone", "yml"])
def test_control_an_edit_between_two_commands_is_seen(folder, written, capsys, change):
    forms = written / "forms"
    forms.mkdir()
    (forms / "one.yaml").write_text("forms: []\n", "utf-8")
    main(["check", str(written)])
    before = capsys.readouterr()
    if change == "main":
        text = (written / "protocol.yaml").read_text("utf-8")
        (written / "protocol.yaml").write_text(text + "\nnonsense: 1\n", "utf-8")
    elif change == "gone":
        (written / "protocol.yaml").unlink()
    else:
        name = {"form": "one.yaml", "new": "two.yaml", "yml": "two.yml"}[change]
        (forms / name).write_text("forms: [1]\n", "utf-8")
    main(["check", str(written)])
    assert capsys.readouterr() != before


def test_each_language_is_kept_for_itself(folder, written, capsys):
    for _ in range(2):
        assert main(["--lang", "zh", "check", str(written)]) == 0
        assert "nothing" not in capsys.readouterr().out
        assert main(["--lang", "en", "check", str(written)]) == 0
        assert "nothing" in capsys.readouterr().out


# The copy of a study --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [FLAGSHIP, OROPHARYNX])
def test_a_protocol_comes_back_from_its_promised_form(of):
    assert protocol_of_form(promised_form(protocol(of))) == protocol(of)


def test_a_copy_is_read_once(folder, written, monkeypatch):
    digest = protocol_digest(load_protocol(written))
    first = read_promised(written, digest)
    monkeypatch.setattr("equipoise.protocol.copies.read_shape", None)
    assert read_promised(written, digest) == first
    with pytest.raises(TypeError):
        read_promised(written, digest, anew=True)


@pytest.mark.parametrize("of", [FLAGSHIP, OROPHARYNX])
def test_a_copy_from_the_cache_has_everything_in_the_order_in_which_it_is_written(folder, of):
    """Chance goes through the arms in the order of the ratio: in another order, other arms would be drawn."""
    written = load_protocol(of)
    digest = protocol_digest(written)
    assert read_promised(of, digest) == written
    kept = read_promised(of, digest)
    assert kept is not None
    assert json.dumps(promised_form(kept)) == json.dumps(promised_form(written))
    assert list(kept.randomization.ratio.value) == list(written.randomization.ratio.value)


def test_a_copy_that_is_not_what_was_promised_is_none(folder, written):
    digest = protocol_digest(load_protocol(written))
    assert read_promised(written, "0" * 64) is None
    assert read_promised(written, digest) is not None
    text = (written / "protocol.yaml").read_text("utf-8")
    (written / "protocol.yaml").write_text(text.replace("version:", "phase: III\n  version:", 1), "utf-8")
    assert read_promised(written, digest) is None


def test_what_somebody_put_into_the_cache_changes_nothing_that_was_promised(folder, written):
    digest = protocol_digest(load_protocol(written))
    read_promised(written, digest)
    (file,) = (folder / "protocols").iterdir()
    kept = json.loads(file.read_text("utf-8"))
    form = json.loads(kept["found"])
    form["study"]["phase"] = "III"
    kept["found"] = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    file.write_text(json.dumps(kept), "utf-8")
    assert read_promised(written, digest) == load_protocol(written)


def test_forms_that_changed_places_are_another_copy(folder, written):
    """The order of forms is that of their files, and is promised: the same files in another order are not the same."""
    forms = written / "forms"
    forms.mkdir()
    texts = [FORM.format(name=name) for name in ("first", "second")]
    for file, text in zip(("a.yaml", "b.yaml"), texts, strict=True):
        (forms / file).write_text(text, "utf-8")
    digest = protocol_digest(read_shape(written).protocol)
    assert read_promised(written, digest) is not None
    for file, text in zip(("b.yaml", "a.yaml"), texts, strict=True):
        (forms / file).write_text(text, "utf-8")
    assert read_promised(written, digest) is None
