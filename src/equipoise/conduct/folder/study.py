"""A study folder: its own copy of the protocol, the ledger (or where it is), keys that only the owner may read.

Made beside its place and moved there when it is whole, so that nothing half-written is ever left. Opening reads only what
is needed: the protocol at once, the secret when somebody randomizes.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from equipoise import __version__
from equipoise.conduct.authority import CUSTODIAN
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.amending import copy_protocol, is_unsettled, settle, take_up
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.state.schemes import seal_scheme
from equipoise.findings import Refusal, Unreadable, Where, prose
from equipoise.ledger import Fact, Stamp, Store, open_store
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import find_protocol, load_protocol, read_shape
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.sealing import commitment, read_secret, write_secret

__all__ = ["Environment", "Study", "create_study", "open_study", "opening_facts"]

Environment = Literal["production", "rehearsal"]
SECRET_FILE = "allocation.key"  # noqa: S105 - a file name
LEDGER_FILE = "ledger.sqlite"
_SERVER = re.compile(r"postgres(ql)?(\+\w+)?://")


@dataclass(frozen=True)
class Study:
    """One study: where it lies, what it promised, and its ledger."""

    folder: Path
    protocol: Protocol
    protocol_digest: str
    store: Store
    environment: Environment = "production"
    database: str | None = None

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
        """The one door through which the study is changed."""
        options = {} if clock is None else {"clock": clock}
        return Desk(self.protocol, self.store, self.secret, digest=self.protocol_digest, **options)

    def amend(self, protocol_path: str | Path, *, as_: str, summary: str, act_id: str | None = None) -> Receipt:
        """Take up a new version of the protocol: on the ledger, then in the folder. Open the study again afterwards."""
        return take_up(self.folder, self.desk(), protocol_path, as_=as_, summary=summary, act_id=act_id)


def create_study(
    folder: str | Path,
    protocol_path: str | Path,
    *,
    database: str | None = None,
    environment: Environment = "production",
    custodian: str = CUSTODIAN,
) -> Study:
    """Make a study folder and open the study on its ledger, appointing `custodian`, who appoints everybody else.

    Refuses a protocol with errors and a folder that holds anything. `database`: a PostgreSQL URL instead of SQLite.
    """
    folder = Path(folder)
    if database is not None and not _SERVER.match(database):
        shown = database.partition("://")[0][:40]
        raise Refusal(prose("study.database", Where(path="database"), f"`{shown}` is no PostgreSQL URL", "a ledger in SQLite lies inside the study's folder, and needs no address",
                              "Leave it out, or write postgresql://USER:PASSWORD@HOST/DATABASE."))  # fmt: skip
    source = find_protocol(protocol_path)
    protocol = load_protocol(source)
    _free(folder)
    where = Where(str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Refusal(
            prose(
                "study.not_writable",
                where,
                "the study folder cannot be made",
                (error.strerror or str(error)).lower(),
                "Choose a folder that you may write to.",
            )
        ) from None
    try:
        beside.chmod(0o755)
        _furnish(beside, source, protocol, database, environment, custodian)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise Refusal(
            prose(
                "study.not_writable",
                where,
                "the study folder cannot be made",
                (error.strerror or str(error)).lower(),
                "Free some space or choose another folder; nothing was left behind.",
            )
        ) from None
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return open_study(folder)


def _free(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        raise Refusal(
            prose(
                "study.folder_taken",
                Where(str(folder)),
                "the folder is not empty",
                "a study is never written over anything",
                "Choose a new folder.",
            )
        )


def _furnish(
    folder: Path, source: Path, protocol: Protocol, database: str | None, environment: str, custodian: str
) -> None:
    import yaml

    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    (folder / "cuts").mkdir()
    (folder / "reports").mkdir()
    copy_protocol(source, folder / "protocol")
    digest = protocol_digest(load_protocol(folder / "protocol"))
    secret = write_secret(keys / SECRET_FILE)
    _write_checkpoint_keys(keys)
    place = {"database": database} if database else {"ledger": LEDGER_FILE}
    data = {
        "study": protocol.study.id,
        "environment": environment,
        "protocol_digest": digest,
        "software": __version__,
        **place,
    }
    (folder / "study.yaml").write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    if database:
        # The URL may hold a password.
        (folder / "study.yaml").chmod(0o600)
    store = open_store(database or str(folder / LEDGER_FILE))
    try:
        at = _before_the_play(protocol) if environment == "rehearsal" else None
        open_ledger(store, protocol, digest, secret, environment=environment, custodian=custodian, at=at)
    finally:
        _close(store)


def _before_the_play(protocol: Protocol) -> datetime:
    """A rehearsal has a time of its own, that of its scenario: its study is opened three months before the earliest.

    Opened today, its ledger would begin with a clock that goes back by years. Without a scenario, the protocol's date.
    """
    days = [scenario.start for scenario in protocol.scenarios] or [protocol.study.date]
    try:
        first = min(datetime.fromisoformat(day[:10]).replace(tzinfo=UTC) for day in days)
    except ValueError:
        return datetime.now(UTC)
    return first - timedelta(days=91) if protocol.scenarios else first


def open_ledger(
    store: Store,
    protocol: Protocol,
    digest: str,
    secret: bytes,
    *,
    environment: str = "production",
    custodian: str = CUSTODIAN,
    at: datetime | None = None,
) -> None:
    """Append a study's first entries to a store. Raises Refusal when the ledger holds this study already."""
    stamp = Stamp(act="open", actor=custodian, role=CUSTODIAN, at=at or datetime.now(UTC))
    with store.writing(protocol.study.id) as writer:
        if writer.head.seq:
            why = f"its ledger has {writer.head.seq} entries"
            raise Refusal(
                prose(
                    "study.exists",
                    Where(path=protocol.study.id),
                    f"the database holds the study {protocol.study.id} already",
                    why,
                    "Open its own folder, or use another database.",
                )
            )
        writer.append(stamp, opening_facts(protocol, digest, secret, environment, custodian))


def opening_facts(protocol: Protocol, digest: str, secret: bytes, environment: str, custodian: str) -> list[Fact]:
    """The first entries: the opening, the custodian, and the commitment to the secret before anybody is allocated."""
    name = protocol.study.id
    opened = {"study": name, "protocol_version": protocol.study.version, "protocol_digest": digest,
              "software": f"equipoise {__version__}", "environment": environment}  # fmt: skip
    facts = [
        Fact("study_opened", opened),
        Fact("person_appointed", {"person": custodian, "name": "Study custodian", "role": CUSTODIAN, "site": None}),
    ]
    if protocol.randomization.scheme.value.kind != "recorded":
        scheme = seal_scheme(secret, name, scheme_of(protocol.randomization))
        facts.append(Fact("seed_committed", {"commitment": commitment(secret, name), "scheme": scheme}))
    return facts


def _write_checkpoint_keys(keys: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    handle = os.open(keys / "checkpoint.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        file.write(private.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (keys / "checkpoint.pub").write_bytes(public)


def open_study(folder: str | Path) -> Study:
    """Open a study folder. Raises Unreadable when it is none, Refusal when its parts do not belong together."""
    import yaml

    folder = Path(folder)
    file = folder / "study.yaml"
    try:
        data: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unreadable(
            prose(
                "study.not_found",
                Where(str(folder)),
                "this is no study folder",
                "it holds no study.yaml",
                "Name a folder made by `equipoise new`.",
            )
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        why = (
            (error.strerror or "the system refuses").lower()
            if isinstance(error, OSError)
            else "it is not YAML in UTF-8"
        )
        raise Unreadable(
            prose(
                "study.unreadable",
                Where(str(file)),
                "the study file cannot be read",
                why,
                "Give yourself the right to read it, or restore it from a backup.",
            )
        ) from None
    if (
        not isinstance(data, dict)
        or not {"study", "environment", "protocol_digest"} <= data.keys()
        or not {"ledger", "database"} & data.keys()
    ):
        raise Unreadable(
            prose(
                "study.unreadable",
                Where(str(file)),
                "the study file is not complete",
                "study, environment, protocol_digest and ledger or database are needed",
                "Restore it from a backup.",
            )
        )
    database = data.get("database")
    ledger = folder / str(data.get("ledger", LEDGER_FILE))
    if database is None and not ledger.is_file():
        raise Unreadable(
            prose(
                "study.no_ledger",
                Where(str(ledger)),
                "the ledger is not there",
                "the study folder is not complete",
                "Restore the ledger from its backup.",
            )
        )
    store = open_store(database or str(ledger), create=False)
    if is_unsettled(folder):
        data = settle(folder, data, store)
    protocol, digest = _own_copy(folder / "protocol", data["protocol_digest"])
    if protocol.study.id != data["study"]:
        why = f"it names {data['study']}, and its protocol {protocol.study.id}"
        raise Refusal(prose("study.other_protocol", Where(str(file)), "the study file and the study's protocol do not belong together", why,
                              "Restore both from the same backup."))  # fmt: skip
    if digest != data["protocol_digest"]:
        why = f"its digest is {digest[:16]}, and the study follows {str(data['protocol_digest'])[:16]}"
        raise Refusal(prose("study.protocol_changed", Where(str(folder / "protocol")), "the study's copy of the protocol was changed", why,
                              "Restore the copy. A new version is taken up by an amendment, never by editing."))  # fmt: skip
    return Study(
        folder,
        protocol,
        digest,
        store,
        _same_environment(store, protocol.study.id, data["environment"], file),
        database,
    )


def _own_copy(folder: Path, promised: object) -> tuple[Protocol, str]:
    """The study's copy with its digest. What has the promised digest was checked when the study took it up; a change is told
    with all that is wrong with it."""
    if not (folder / "protocol.yaml").is_file():
        raise Unreadable(prose("study.no_protocol", Where(str(folder)), "the study's copy of its protocol is not there", "the study folder is not complete",
                                 "Restore the copy from its backup."))  # fmt: skip
    shaped = read_shape(folder).protocol
    if shaped is not None and (digest := protocol_digest(shaped)) == promised:
        return shaped, digest
    try:
        protocol = load_protocol(folder)
    except Refusal as refusal:
        changed = prose("study.protocol_changed", Where(str(folder)), "the study's copy of the protocol was changed", "it is not the one that the study follows, and cannot be used",
                          "Restore the copy. A new version is taken up by an amendment, never by editing.")  # fmt: skip
        raise type(refusal)([changed, *refusal.findings]) from None
    return protocol, protocol_digest(protocol)


def _same_environment(store: Store, study: str, named: object, file: Path) -> Environment:
    """A rehearsal's folder must not write into a real trial's ledger, nor the other way round (F16)."""
    opened = next(iter(store.read(study, upto=1)), None)
    said = opened.payload.get("environment") if opened is not None and opened.payload else None
    if said != named or said not in ("production", "rehearsal"):
        why = f"the folder says {named}, the ledger {said or 'nothing'}"
        raise Refusal(
            prose(
                "study.environment",
                Where(str(file)),
                "folder and ledger do not belong together",
                why,
                "Use the ledger that belongs to this folder.",
            )
        )
    return said  # type: ignore[no-any-return]


def _close(store: Store) -> None:
    close = getattr(store, "close", None)
    if close is not None:
        close()


def private(path: Path) -> bool:
    """Whether nobody but the owner may read the file."""
    return os.name != "posix" or not stat.S_IMODE(path.stat().st_mode) & 0o077
