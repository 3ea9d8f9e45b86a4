"""What an attacker with the whole database can do, and what shows it: the chain alone, or a checkpoint kept elsewhere.

Each row of the table says what is caught and, as important, what is not: tamper-evident is not tamper-proof.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from equipoise.conduct.folder.verification import verify_study
from equipoise.ledger import Fact, Head, MemoryStore, SqlStore, Stamp, chain
from equipoise.ledger.chain import Link
from equipoise.ledger.checkpoint import Checkpoint, new_keys, sign_checkpoint
from equipoise.ledger.verify import verify_chain
from tests.ledger.forger import links_of, opened, relinked, replace_links
from tests.ledger.small_study import conduct, small_study

STUDY = "TRIAL"
PRIVATE, PUBLIC = new_keys()
ANCHORED, BACKED_UP, LENGTH = 8, 5, 12


def stamp(n: int, actor: str = "dr-li") -> Stamp:
    return Stamp(f"act-{n}", actor, "investigator", f"2026-01-31T09:30:{n % 60:02d}.000Z")


def append(store: SqlStore | MemoryStore, n: int, actor: str = "dr-li") -> None:
    with store.writing(STUDY) as writer:
        writer.append(stamp(n, actor), [Fact("noted", {"n": n, "comment": "无不适"}, f"P{n % 3}", "S01")])


def signed(store: SqlStore | MemoryStore) -> Checkpoint:
    return sign_checkpoint(store, STUDY, PRIVATE, "2026-02-01T00:00:00.000Z", "equipoise")


@dataclass
class Scene:
    """A ledger of twelve entries, a backup after the fifth, and a checkpoint of the eighth that somebody else keeps."""

    file: Path
    backup: Path
    anchor: Checkpoint

    def sql(self, *statements: str) -> None:
        with opened(self.file) as connection:
            for statement in statements:
                connection.execute(statement)

    def links(self) -> list[Link]:
        return links_of(self.file, STUDY)

    def replace(self, links: list[Link]) -> None:
        replace_links(self.file, STUDY, links)

    def caught(self, *anchors: Checkpoint) -> list[str]:
        store = SqlStore(self.file)
        found = verify_chain(store, STUDY, anchors=anchors, public_key=PUBLIC).findings
        store.close()
        return [finding.code for finding in found]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    file, backup = tmp_path / "ledger.sqlite", tmp_path / "backup.sqlite"
    store = SqlStore(file)
    anchor = None
    for n in range(1, LENGTH + 1):
        append(store, n)
        if n == BACKED_UP:
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as target:
                source.backup(target)
        if n == ANCHORED:
            anchor = signed(store)
    store.close()
    return Scene(file, backup, anchor)


def edit_a_payload(scene: Scene) -> None:
    scene.sql(
        "UPDATE ledger_payload SET payload = CAST(replace(CAST(payload AS TEXT), "
        """'"n":5', '"n":6') AS BLOB) WHERE seq = 5"""
    )


def edit_who_did_it(scene: Scene) -> None:
    scene.sql("UPDATE ledger_entry SET actor = 'dr-wu' WHERE seq = 5")


def edit_with_its_own_hash(scene: Scene) -> None:
    """The forger mends the hash of the entry, but not of those after it."""
    links = scene.links()
    links[4] = relinked(STUDY, links, 5, actor="dr-wu")[4]
    scene.replace(links)


def reorder(scene: Scene) -> None:
    links = scene.links()
    a, b = links[4], links[5]
    scene.replace([*links[:4], b._replace(seq=5), a._replace(seq=6), *links[6:]])


def insert(scene: Scene) -> None:
    links = scene.links()
    moved = [link._replace(seq=link.seq + 1) for link in links[5:]]
    scene.replace([*links[:5], relinked(STUDY, [*links[:5], links[3]], 6)[5], *moved])


def delete(scene: Scene) -> None:
    scene.sql("DELETE FROM ledger_entry WHERE seq = 5", "DELETE FROM ledger_payload WHERE seq = 5")


def delete_and_close_the_gap(scene: Scene) -> None:
    links = scene.links()
    scene.replace([*links[:4], *(link._replace(seq=link.seq - 1) for link in links[5:])])


def erase_in_silence(scene: Scene) -> None:
    scene.sql("DELETE FROM ledger_payload WHERE seq = 5")


def cut_the_tail(scene: Scene) -> None:
    scene.replace(scene.links()[:6])


def cut_the_tail_after_the_anchor(scene: Scene) -> None:
    scene.replace(scene.links()[: ANCHORED + 1])


def restore_the_backup(scene: Scene) -> None:
    for beside in scene.file.parent.glob("ledger.sqlite-*"):
        beside.unlink()
    shutil.copyfile(scene.backup, scene.file)


def rewrite_everything(scene: Scene) -> None:
    scene.replace(relinked(STUDY, scene.links(), 1, actor="dr-wu"))


def rewrite_one_entry_and_all_after_it(scene: Scene) -> None:
    scene.replace(relinked(STUDY, scene.links(), 5, actor="dr-wu"))


def rewrite_after_the_anchor(scene: Scene) -> None:
    scene.replace(relinked(STUDY, scene.links(), ANCHORED + 1, actor="dr-wu"))


def act_with_a_stolen_password(scene: Scene) -> None:
    store = SqlStore(scene.file)
    append(store, 99, "dr-li")
    store.close()


# attack: (the chain alone says, with the checkpoint that others keep); an empty text is "not caught".
TABLE: dict[Callable[[Scene], None], tuple[str, str]] = {
    edit_a_payload: ("ledger.payload_differs", "ledger.payload_differs"),
    edit_who_did_it: ("ledger.hash_differs", "ledger.hash_differs"),
    edit_with_its_own_hash: ("ledger.prev_differs", "ledger.prev_differs"),
    reorder: ("ledger.hash_differs", "ledger.hash_differs"),
    insert: ("ledger.hash_differs", "ledger.rewritten"),
    delete: ("ledger.gap", "ledger.gap"),
    delete_and_close_the_gap: ("ledger.hash_differs", "ledger.rewritten"),
    erase_in_silence: ("ledger.payload_missing", "ledger.payload_missing"),
    cut_the_tail: ("", "ledger.shortened"),
    cut_the_tail_after_the_anchor: ("", ""),
    restore_the_backup: ("", "ledger.shortened"),
    rewrite_everything: ("", "ledger.rewritten"),
    rewrite_one_entry_and_all_after_it: ("", "ledger.rewritten"),
    rewrite_after_the_anchor: ("", ""),
    act_with_a_stolen_password: ("", ""),
}


@pytest.mark.parametrize(
    ("attack", "alone", "anchored"), [(a, *r) for a, r in TABLE.items()], ids=lambda v: getattr(v, "__name__", "")
)
def test_each_attack_is_caught_or_not_as_the_table_says(scene, attack, alone, anchored):
    attack(scene)
    without, with_it = scene.caught(), scene.caught(scene.anchor)
    assert (alone in without) if alone else without == []
    assert (anchored in with_it) if anchored else with_it == []


def test_control_an_untouched_ledger_verifies_with_and_without_the_anchor(scene):
    assert scene.caught() == scene.caught(scene.anchor) == []


def test_control_a_ledger_rewritten_with_the_same_facts_is_the_same_ledger(scene):
    """The forger's tool changes nothing by itself: what is caught above is the forgery."""
    scene.replace(relinked(STUDY, scene.links()))
    assert scene.caught(scene.anchor) == []


def test_a_fork_shows_when_heads_are_compared(scene, tmp_path):
    other = Scene(tmp_path / "other.sqlite", scene.backup, scene.anchor)
    shutil.copyfile(scene.backup, other.file)
    store = SqlStore(other.file)
    for n in range(50, 53):  # up to entry 8, but another one
        append(store, n)
    shown = signed(store)
    store.close()
    assert shown.seq == scene.anchor.seq
    assert scene.caught() == other.caught() == []
    assert other.caught(shown) == scene.caught(scene.anchor) == []
    assert "ledger.rewritten" in scene.caught(shown)
    assert "checkpoint.fork" in scene.caught(scene.anchor, shown)
    assert shown.words != scene.anchor.words  # over the telephone, too


def test_a_stolen_signing_key_is_caught_only_by_heads_that_others_hold(scene):
    rewrite_everything(scene)
    store = SqlStore(scene.file)
    forged = signed(store)  # the thief signs the new history with the true key
    store.close()
    assert scene.caught(forged) == []
    assert scene.caught(forged, scene.anchor) == ["ledger.rewritten"]


def test_a_checkpoint_that_was_changed_or_signed_by_another_is_forged(scene):
    store = SqlStore(scene.file)
    stranger = sign_checkpoint(store, STUDY, new_keys()[0], "2026-02-01T00:00:00.000Z", "equipoise")
    store.close()
    assert scene.caught(stranger) == ["checkpoint.forged"]
    for name, value in (
        ("seq", 7),
        ("head", "0" * 64),
        ("at", "2026-02-02T00:00:00.000Z"),
        ("software", "x"),
        ("signature", "00"),
    ):
        said = {slot: getattr(scene.anchor, slot) for slot in scene.anchor.__slots__}
        assert scene.caught(Checkpoint(**{**said, name: value})) == ["checkpoint.forged"], name
    moved = Checkpoint("ANOTHER", *(getattr(scene.anchor, slot) for slot in scene.anchor.__slots__[1:]))
    assert scene.caught(moved) == ["checkpoint.other_study"]


def test_an_edited_projection_is_caught_by_replay_and_not_by_the_chain(tmp_path):
    study = small_study(tmp_path, 2)
    with closing(sqlite3.connect(study.folder / "ledger.sqlite")) as connection, connection:
        connection.execute("UPDATE projection SET value_json = replace(value_json, '60.5', '99.5')")
        connection.execute("DELETE FROM projection WHERE name = 'participants' AND key = 'P001'")
        connection.execute("INSERT INTO projection VALUES ('DEMO', 'participants', 'GHOST', '{}')")
    assert verify_chain(study.store, study.id).findings == ()
    found = verify_study(study).findings
    assert {(f.code, f.where.path) for f in found} == {
        ("projection.differs", "DEMO participants GHOST"),
        ("projection.differs", "DEMO participants P001"),
        ("projection.differs", "DEMO records P002 screening 1 baseline"),
        ("projection.differs", "DEMO records P900 screening 1 baseline"),
    }
    rebuilt = verify_study(study, rebuild=True)
    assert not rebuilt.intact  # held against no checkpoint
    assert rebuilt.rebuilt == 4
    assert [f.code for f in rebuilt.findings] == ["projection.rebuilt", "projection.rebuilt"]
    assert [(f.code, f.severity) for f in verify_study(study).findings] == [("projection.rebuilt", "warning")]


def test_control_conduct_after_a_rebuild_keeps_projections_equal(tmp_path):
    study = small_study(tmp_path, 1)
    with closing(sqlite3.connect(study.folder / "ledger.sqlite")) as connection, connection:
        connection.execute("DELETE FROM projection")
    assert not verify_study(study).intact
    verify_study(study, rebuild=True)
    conduct(study, 0)  # repeated acts: the same receipts, nothing new
    assert [f.code for f in verify_study(study).findings] == ["projection.rebuilt"]


class Shown(MemoryStore):
    """A ledger whose database shows other links than were written."""

    shown: list[Link]

    def links(self, study: str) -> list[Link]:
        return self.shown


def small_ledger() -> Shown:
    store = Shown(salts=lambda *_: bytes(range(16)))
    for n in range(1, 4):
        append(store, n)
    with store.writing(STUDY) as writer:
        writer.append(stamp(4), [Fact("site_opened", {}, None, None)])
    store.erase(STUDY, 2, stamp(5), "asked for")
    store.shown = list(MemoryStore.links(store, STUDY))
    return store


def flipped(value: object) -> list[object]:
    """The value with each of its bytes or characters flipped, and what else could stand in its place."""
    if isinstance(value, bytes):
        each = [value[:i] + bytes([value[i] ^ bit]) + value[i + 1 :] for i in range(len(value)) for bit in (1, 128)]
        return [*each, value + b"\0", value[:-1], b"", None]
    if isinstance(value, str):
        each = [value[:i] + chr(ord(value[i]) ^ 1) + value[i + 1 :] for i in range(len(value))]
        return [*each, value + "\0", value + " ", value[:-1], None, value.encode()]
    if isinstance(value, int):
        return [value + 1, value - 1, -value, value + 2**32, str(value)]
    return ["", "x", b"", 0]


def check_every_mutation_is_found(verify: Callable[..., object], fields: tuple[str, ...] = Link._fields) -> int:
    store, count = small_ledger(), 0
    true = store.shown
    for place, name in itertools.product(range(len(true)), fields):
        for value in flipped(getattr(true[place], name)):
            store.shown = [*true[:place], true[place]._replace(**{name: value}), *true[place + 1 :]]
            assert verify(store, STUDY).findings, f"entry {place + 1}: {name} = {value!r} was not found"
            count += 1
    orders = [
        *(true[:i] for i in range(len(true))),
        *([*true[:i], *true[i + 1 :]] for i in range(len(true))),
        [*true, true[-1]],
        [true[0], *true],
        *([*true[:i], true[i + 1], true[i], *true[i + 2 :]] for i in range(len(true) - 1)),
    ]
    for order in orders:
        store.shown = order
        assert verify(store, STUDY).findings, f"{[link.seq for link in order]} was not found"
    store.shown = true
    assert not verify(store, STUDY).findings
    return count + len(orders)


def test_every_byte_of_every_field_counts_and_so_does_the_order():
    assert check_every_mutation_is_found(verify_chain) > 1500


def test_the_chain_belongs_to_one_study():
    store = small_ledger()
    found = verify_chain(store, "ANOTHER").findings
    assert {finding.code for finding in found} >= {"ledger.hash_differs"}


@dataclass
class Verified:
    """What a worse verifier found."""

    findings: list[str]


def test_control_a_verifier_that_compares_links_and_not_content_is_caught():
    def lax(store: Shown, study: str) -> Verified:
        done, before = Verified([]), Head()
        for link in store.links(study):
            if link.seq != before.seq + 1 or link.prev_hash != before.hash:
                done.findings = ["differs"]
            before = Head(link.seq, link.hash)
        return done

    with pytest.raises(AssertionError, match="was not found"):
        check_every_mutation_is_found(lax, ("actor",))


@pytest.mark.parametrize("field", Link._fields[1:8])
def test_control_a_hash_that_leaves_a_field_out_is_caught(monkeypatch, field):
    """Both sides forget the field, so that the untouched chain still verifies: only the mutations tell."""
    place, nothing = Link._fields.index(field), None if field in ("site", "participant") else ""
    whole = chain.entry_bytes
    monkeypatch.setattr(
        chain, "entry_bytes", lambda study, link: whole(study, [*link[:place], nothing, *link[place + 1 : 10]])
    )

    def forgetful(store: Shown, study: str) -> Verified:
        return Verified([str(link.seq) for link in store.links(study) if chain.chain_hash(study, link) != link.hash])

    with pytest.raises(AssertionError, match=f"{field} = "):
        check_every_mutation_is_found(forgetful, (field,))
