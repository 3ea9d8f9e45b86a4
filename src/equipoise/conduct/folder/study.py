"""A study folder: its own copy of the protocol, the ledger (or where it is), keys that only the owner may read.

Made beside its place and moved there when it is whole, so that nothing half-written is ever left. Opening reads only
what is needed: the protocol at once, the secret when somebody randomizes.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from equipoise import __version__
from equipoise.conduct.acts import Amend
from equipoise.conduct.acts.appoint import organization_of
from equipoise.conduct.authority import CUSTODIAN, Reader
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.account import own_account
from equipoise.conduct.folder.amending import copy_protocol, is_unsettled, settle, take_up
from equipoise.conduct.folder.beginning import committing, open_ledger
from equipoise.conduct.folder.kept_list import digest_of_kept
from equipoise.conduct.folder.opening import (
    ENTRY_KEY_FILE,
    IDENTITY_KEY_FILE,
    check_opening,
    first_hash,
    signer_of,
    take_witness,
)
from equipoise.conduct.folder.reading import Speaker, find_reader, keep_refused
from equipoise.conduct.folder.touching import Touched, touched_by
from equipoise.conduct.folder.versions import kept_version
from equipoise.conduct.folder.words import finding, phrase, refuse, unreadable
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.state.organizations import Organization
from equipoise.findings import Refusal, Where
from equipoise.ledger import Stamp, Store, open_store
from equipoise.ledger.address import read_address
from equipoise.ledger.signing import Signer, public_of
from equipoise.protocol.copies import read_promised
from equipoise.protocol.document import Protocol
from equipoise.protocol.files import find_protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import load_protocol
from equipoise.randomization.sealing import commitment, read_secret, rehearsed_secret, write_secret
from equipoise.whole import keep_private, making, put_in_place, write_whole
from equipoise.wording.literals import literals_checked
from equipoise.words import trouble_of

__all__ = [
    "Environment",
    "Study",
    "create_study",
    "open_study",
    "private",
    "read_study_file",
    "take_seed",
]

Environment = Literal["production", "rehearsal"]
SECRET_FILE = "allocation.key"  # noqa: S105 - a file name
LEDGER_FILE = "ledger.sqlite"
_SOME_DAY = datetime(2021, 1, 4, tzinfo=UTC)
"""When a rehearsal begins of which nothing says a day: the same for everybody."""
_OPENING = ("study_opened", "person_appointed", "seed_committed")
_SERVER = re.compile(r"postgres(ql)?(\+\w+)?://")


@literals_checked
@dataclass(frozen=True)
class Study:
    """One study: where it lies, what it promised, and its ledger."""

    folder: Path
    protocol: Protocol
    protocol_digest: str
    store: Store
    environment: Environment = "production"
    database: str | None = None
    named: str | None = None
    """The person as whom it is looked at; None: the one whom the account of this process stands for."""

    @property
    def id(self) -> str:
        """The study's id."""
        return self.protocol.study.id

    @property
    def key_folder(self) -> Path:
        """Where the secret and the checkpoint keys lie."""
        return self.folder / "keys"

    def secret(self) -> bytes:
        """The study's 32 bytes. Raises Refusal when they are missing or open to others."""
        return read_secret(self.key_folder / SECRET_FILE)

    def desk(self, clock: Callable[[], datetime] | None = None) -> Desk:
        """The one door through which the study is changed: as whom this account stands for, or may name."""
        options = {} if clock is None else {"clock": clock}
        return Desk(
            self.protocol,
            self.store,
            self.secret,
            digest=self.protocol_digest,
            kept=self.kept,
            kept_list=lambda: digest_of_kept(self.key_folder),
            speaker=Speaker(self.folder),
            **options,
        )

    def reader(self) -> Reader:
        """Who looks at it, and what they may see now. Raises Refusal where that is nobody."""

        def enter(person: str, act: Any) -> object:
            return self.desk().perform(act, as_=person)

        def keep(person: str, door: str, participant: str | None, refusal: Refusal) -> None:
            keep_refused(self, person, door, participant, refusal)

        return find_reader(self.folder, self.protocol, self.store, self.named, enter, keep)

    def seen_by(self, person: str) -> Study:
        """The same study, looked at as this person. Raises Refusal where the account may not name them."""
        study = replace(self, named=person)
        study.reader()
        return study

    def preview_amendment(
        self, protocol_path: str | Path, *, as_: str, summary: str, at_once: str = ""
    ) -> tuple[Receipt, list[Touched]]:
        """What an amendment would leave and whom it would touch. Raises what the amendment would raise."""
        new = load_protocol(find_protocol(protocol_path))
        desk = self.desk()
        with desk.batch(dry_run=True):
            receipt = desk.perform(Amend(new, protocol_digest(new), summary, at_once), as_=as_)
        return receipt, touched_by(self.store, self.protocol, new)

    def kept(self, digest: str) -> Protocol:
        """A version that the study follows or followed. Raises Refusal when it is missing or was changed."""
        return kept_version(self.folder, digest)

    def amend(
        self, protocol_path: str | Path, *, as_: str, summary: str, at_once: str = "", act_id: str | None = None
    ) -> Receipt:
        """Take up a new version of the protocol: on the ledger, then in the folder. Open the study again afterwards."""
        return take_up(
            self.folder, self.desk(), protocol_path, as_=as_, summary=summary, at_once=at_once, act_id=act_id
        )


@literals_checked
def create_study(
    folder: str | Path,
    protocol_path: str | Path,
    *,
    database: str | None = None,
    environment: Environment = "production",
    custodian: str = CUSTODIAN,
    organization: str | None = None,
) -> Study:
    """Make a study folder and open the study on its ledger, appointing `custodian`, who appoints everybody else.

    `organization`: that of the custodian, as the audit trail names it; None: nothing is said of it, and in a rehearsal
    it is the sponsor, where the protocol names one. `database`: a PostgreSQL URL instead of SQLite. Refuses a protocol
    with errors, a folder that holds anything, and an organization that is no name.
    """
    folder = Path(folder)
    if database is not None and not _SERVER.match(database):
        refuse("study.database", "database", scheme=database.partition("://")[0][:40])
    source = find_protocol(protocol_path)
    protocol = load_protocol(source)
    named = organization_of(organization, organization)
    if named is None and environment == "rehearsal" and (sponsor := protocol.study.sponsor) is not None:
        named = Organization(sponsor.en, sponsor.zh)
    _free(folder)
    where, begun = Where(str(folder)), False
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with making(folder.parent) as beside:
            begun = True
            _furnish(beside, source, protocol, database, environment, custodian, named)
            keep_private(beside)
            put_in_place(beside, folder)
    except OSError as error:
        key = "study.not_writable/begun" if begun else "study.not_writable"
        refuse(key, where, reason=trouble_of(error))
    return open_study(folder)


def _free(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        refuse("study.folder_taken", Where(str(folder)))


def _furnish(
    folder: Path,
    source: Path,
    protocol: Protocol,
    database: str | None,
    environment: str,
    custodian: str,
    organization: Organization | None,
) -> None:
    import yaml

    keys, name = folder / "keys", protocol.study.id
    keys.mkdir(mode=0o700)
    (folder / "cuts").mkdir()
    (folder / "reports").mkdir()
    copy_protocol(source, folder / "protocol")
    digest = protocol_digest(load_protocol(folder / "protocol"))
    rehearsed = environment == "rehearsal"
    secret = write_secret(keys / SECRET_FILE, rehearsed_secret(name) if rehearsed else None)
    private = write_secret(keys / ENTRY_KEY_FILE, rehearsed_secret("entry", name) if rehearsed else None)
    write_secret(keys / IDENTITY_KEY_FILE, rehearsed_secret("identity", name) if rehearsed else None)
    signer = Signer(public_of(private), lambda: private)
    _write_checkpoint_keys(keys, rehearsed_secret("checkpoint", name) if rehearsed else None)
    place = {"database": database} if database else {"ledger": LEDGER_FILE}
    data: dict[str, Any] = {
        "study": protocol.study.id,
        "environment": environment,
        "protocol_digest": digest,
        "software": __version__,
        "entry_key": signer.public.hex(),
        **place,
    }
    store = open_store(database or str(folder / LEDGER_FILE), repeatable=rehearsed, signer=signer)
    try:
        at = _before_the_play(protocol) if rehearsed else None
        # A rehearsal has the same ledger on every computer, and is its owner's.
        account = None if rehearsed else own_account()
        open_ledger(
            store,
            protocol,
            digest,
            secret,
            environment=environment,
            custodian=custodian,
            at=at,
            account=account,
            organization=organization,
        )
        data["opening"] = first_hash(store, name)
    finally:
        _close(store)
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    write_whole(folder / "study.yaml", text, mode=0o600, durable=True)


def _before_the_play(protocol: Protocol) -> datetime:
    """A rehearsal has a time of its own, that of its scenario: its study is opened three months before the earliest.

    Opened today, its ledger would begin with a clock that goes back by years. Without a scenario, the protocol's date.
    """
    days = [scenario.start for scenario in protocol.scenarios] or [protocol.study.date]
    try:
        first = min(datetime.fromisoformat(day[:10]).replace(tzinfo=UTC) for day in days)
    except ValueError:
        return _SOME_DAY
    return first - timedelta(days=91) if protocol.scenarios else first


def take_seed(study: Study, seed: int) -> None:
    """Give a rehearsal in which nobody has acted yet the secret that follows from a seed: then its arms do, too.

    It follows from the study's name and the seed alone: two protocols of one study, or two scenarios, meet the same
    chance, and two folders of one protocol have the same ledger to the byte. A real study's secret is never touched.
    """
    file, name = study.key_folder / SECRET_FILE, study.id
    acted = any(entry.kind not in _OPENING or entry.role != CUSTODIAN for entry in study.store.read(name, upto=9))
    recorded = study.protocol.randomization.scheme.value.kind == "recorded"
    if study.environment != "rehearsal" or acted or recorded or study.store.head(name).seq > len(_OPENING) + 1:
        return
    secret = rehearsed_secret(name, seed)
    *_, last = study.store.read(name)
    if (last.payload or {}).get("commitment") != commitment(secret, name):
        at = datetime.fromisoformat(last.at).replace(tzinfo=UTC)
        with study.store.writing(name) as writer:
            stamp = Stamp(act="seed", actor=last.actor, role=CUSTODIAN, at=at)
            writer.append(stamp, [committing(study.protocol, secret, study.environment)])
    if study.secret() != secret:
        file.unlink()
        write_secret(file, secret)


def _write_checkpoint_keys(keys: Path, repeated: bytes | None) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate() if repeated is None else Ed25519PrivateKey.from_private_bytes(repeated)
    handle = os.open(keys / "checkpoint.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        file.write(private.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (keys / "checkpoint.pub").write_bytes(public)


def open_study(folder: str | Path, *, as_: str | None = None, checked: bool = True, older: bool = False) -> Study:
    """Open a study folder. Raises Unreadable when it is none, Refusal when its parts do not belong together.

    `as_`: the person as whom it is looked at; None: the one whom this account stands for (`reading`).

    `checked`: also when the ledger is not as it was left (`opening`); who verifies looks at all of it. `older`: a
    ledger older than one that was seen is opened all the same, by who says why (`restoring`).
    """
    folder = Path(folder)
    data = read_study_file(folder)
    database, named = data.get("database"), Where(str(folder / "study.yaml"))
    ledger = folder / str(data.get("ledger", LEDGER_FILE))
    if database is None and not ledger.is_file():
        unreadable("study.no_ledger", Where(str(ledger)))
    # Whether it is one is held against the ledger below, before anybody writes.
    repeatable = data["environment"] == "rehearsal"
    signer = signer_of(folder, data)
    store = open_store(database or str(ledger), create=False, repeatable=repeatable, signer=signer)
    if is_unsettled(folder):
        data = settle(folder, data, store)
    protocol, digest = _own_copy(folder / "protocol", data["protocol_digest"], anew=not checked)
    if protocol.study.id != data["study"]:
        refuse("study.other_protocol", named, named=data["study"], study=protocol.study.id)
    if digest != (promised := data["protocol_digest"]):
        copy = Where(str(folder / "protocol"))
        refuse("study.protocol_changed", copy, found=digest[:16], promised=str(promised)[:16])
    environment = _same_environment(store, protocol.study.id, data["environment"], named)
    take_witness(store, protocol.study.id, environment, _place(database, ledger))
    if checked or older:
        wrong = check_opening(folder, data, store, digest)
        if wrong := [one for one in wrong if not (older and one.code == "ledger.older")]:
            raise Refusal(wrong)
    study = Study(folder, protocol, digest, store, environment, database)
    return study if as_ is None else study.seen_by(as_)


def _place(database: str | None, ledger: Path) -> str:
    """Where the ledger lies, for people and without a password."""
    return str(ledger.resolve()) if database is None else read_address(database)[1]


def read_study_file(folder: Path) -> dict[str, Any]:
    """What study.yaml says. Raises Unreadable when it is none."""
    import yaml

    file = folder / "study.yaml"
    where = Where(str(file))
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        unreadable("study.not_found", Where(str(folder)))
    except OSError as error:
        unreadable("study.unreadable", where, reason=trouble_of(error))
    except (UnicodeDecodeError, yaml.YAMLError):
        unreadable("study.unreadable", where, reason=phrase("not_yaml"))
    named = data.keys() if isinstance(data, dict) else set()
    if not {"study", "environment", "protocol_digest"} <= named or not {"ledger", "database"} & named:
        unreadable("study.unreadable/incomplete", where)
    return dict(data)


def _own_copy(folder: Path, promised: object, *, anew: bool) -> tuple[Protocol, str]:
    """The study's copy with its digest.

    What has the promised digest was checked when the study took it up; a change is told with all that is wrong with it.
    """
    where = Where(str(folder))
    if not (folder / "protocol.yaml").is_file():
        unreadable("study.no_protocol", where)
    if (known := read_promised(folder, str(promised), anew=anew)) is not None:
        return known, str(promised)
    try:
        protocol = load_protocol(folder)
    except Refusal as refusal:
        changed = finding("study.protocol_changed/unusable", where)
        raise type(refusal)([changed, *refusal.findings]) from None
    return protocol, protocol_digest(protocol)


def _same_environment(store: Store, study: str, named: object, where: Where) -> Environment:
    """A rehearsal's folder must not write into a real trial's ledger, nor the other way round (F16)."""
    opened = next(iter(store.read(study, upto=1)), None)
    said = opened.payload.get("environment") if opened is not None and opened.payload else None
    if said != named or said not in ("production", "rehearsal"):
        refuse("study.environment", where, named=str(named), said=said or phrase("nothing"))
    return said  # type: ignore[no-any-return]


def _close(store: Store) -> None:
    close = getattr(store, "close", None)
    if close is not None:
        close()


def private(path: Path) -> bool:
    """Whether nobody but the owner may read the file."""
    return os.name != "posix" or not stat.S_IMODE(path.stat().st_mode) & 0o077
