"""The study's checkpoints: signed with the key in its folder, to be kept where the ledger is not, and read back as anchors.

Never writes over a file: a checkpoint that is replaced guards nothing any more. Refuses to know what the ledger says.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise import __version__
from equipoise.conduct.folder.study import Study, private
from equipoise.findings import Refusal, Where, prose
from equipoise.ledger.checkpoint import Checkpoint, sign_checkpoint, write_checkpoint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["PUBLIC_KEY_FILE", "read_public_key", "write_study_checkpoint"]

PRIVATE_KEY_FILE, PUBLIC_KEY_FILE = "checkpoint.key", "checkpoint.pub"


def write_study_checkpoint(study: Study, out: Path | None = None) -> tuple[Path, Checkpoint, str]:
    """Sign the head and write it to `out` (by default checkpoint-N.json here); returns file, checkpoint and its words.

    Raises Refusal when the key is missing or open to others, when there is nothing to sign, or the file exists.
    """
    key = _private_key(study.key_folder / PRIVATE_KEY_FILE)
    checkpoint = sign_checkpoint(study.store, study.id, key, datetime.now(UTC), f"equipoise {__version__}")
    file = Path(f"checkpoint-{checkpoint.seq}.json") if out is None else out
    return write_checkpoint(checkpoint, file), checkpoint, checkpoint.words


def _private_key(file: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    where = Where(str(file))
    try:
        content = file.read_bytes()
        if not private(file):
            raise Refusal(
                prose("checkpoint.key_open", where, "others may read the signing key",
                        "whoever holds it can sign a history that never was",
                        f"Run: chmod 600 {file}; then ask whether it was seen, and rely on the checkpoints that others hold.")
            )  # fmt: skip
        key = load_pem_private_key(content, password=None)
        why = "" if isinstance(key, Ed25519PrivateKey) else "it holds a key of another kind"
    except OSError as error:
        why = (error.strerror or str(error)).lower()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        why = "it is no private key in PEM form"
    if why:
        mend = "Restore it from its own backup; who keeps checkpoints must be told when the key changes."
        raise Refusal(prose("checkpoint.key_unreadable", where, "the signing key cannot be read", why, mend))
    assert isinstance(key, Ed25519PrivateKey)
    return key


def read_public_key(file: Path) -> Ed25519PublicKey:
    """The key that checks checkpoints, from a PEM file. Raises Refusal for anything else."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(file.read_bytes())
        why = "" if isinstance(key, Ed25519PublicKey) else "it holds a key of another kind"
    except OSError as error:
        why = (error.strerror or str(error)).lower()
    except (ValueError, UnsupportedAlgorithm):
        why = "it is no public key in PEM form"
    if why:
        mend = f"Name the study's {PUBLIC_KEY_FILE}, or the copy that was kept with the checkpoints."
        raise Refusal(prose("checkpoint.key_unreadable", Where(str(file)), "the public key cannot be read", why, mend))
    assert isinstance(key, Ed25519PublicKey)
    return key
