"""The study's checkpoints: signed with the key in its folder, kept where the ledger is not, read back as anchors.

Never writes over a file: a checkpoint that is replaced guards nothing any more. Refuses to know what the ledger says.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise import __version__
from equipoise.conduct.folder.kept import note_kept
from equipoise.conduct.folder.study import Study, private
from equipoise.conduct.folder.words import phrase, refuse
from equipoise.findings import Where
from equipoise.ledger.checkpoint import Checkpoint, sign_checkpoint, write_checkpoint
from equipoise.words import Phrase, trouble_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["PUBLIC_KEY_FILE", "read_public_key", "take_study_checkpoint", "write_study_checkpoint"]

PRIVATE_KEY_FILE, PUBLIC_KEY_FILE = "checkpoint.key", "checkpoint.pub"


def write_study_checkpoint(study: Study, out: Path | None = None) -> tuple[Path, Checkpoint, str]:
    """Sign the head and write it to `out` (by default checkpoint-N.json here); returns file, checkpoint and its words.

    For whoever may sign checkpoints of the whole study. Raises Refusal for all others, when the key is missing or open
    to others, when there is nothing to sign, or the file exists.
    """
    study.reader().come_in("checkpoint")
    return take_study_checkpoint(study, out)


def take_study_checkpoint(study: Study, out: Path | None = None) -> tuple[Path, Checkpoint, str]:
    """The same for a part of the program that has asked, or that keeps what the folder's owner wants kept."""
    key = _private_key(study.key_folder / PRIVATE_KEY_FILE)
    checkpoint = sign_checkpoint(study.store, study.id, key, datetime.now(UTC), f"equipoise {__version__}")
    file = Path(f"checkpoint-{checkpoint.seq}.json") if out is None else out
    written = write_checkpoint(checkpoint, file)
    note_kept(study, "checkpoint", checkpoint.seq, checkpoint.head, str(written.absolute()))
    return written, checkpoint, checkpoint.words


def _private_key(file: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    where = Where(str(file))
    why: Phrase | None
    try:
        content = file.read_bytes()
        if not private(file):
            refuse("checkpoint.key_open", where, file=str(file))
        key = load_pem_private_key(content, password=None)
        why = None if isinstance(key, Ed25519PrivateKey) else phrase("other_kind")
    except OSError as error:
        why = trouble_of(error)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        why = phrase("no_private_key")
    if why is not None:
        refuse("checkpoint.key_unreadable/signing", where, reason=why)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def read_public_key(file: Path) -> Ed25519PublicKey:
    """The key that checks checkpoints, from a PEM file. Raises Refusal for anything else."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    why: Phrase | None
    try:
        key = load_pem_public_key(file.read_bytes())
        why = None if isinstance(key, Ed25519PublicKey) else phrase("other_kind")
    except OSError as error:
        why = trouble_of(error)
    except (ValueError, UnsupportedAlgorithm):
        why = phrase("no_public_key")
    if why is not None:
        refuse("checkpoint.key_unreadable/public", Where(str(file)), reason=why, file=PUBLIC_KEY_FILE)
    assert isinstance(key, Ed25519PublicKey)
    return key
