"""Who somebody is, turned into a mark by which the same person is known again and that says nothing else.

The mark is HMAC-SHA256 (RFC 2104) over the parts that the protocol names, made here with a key that lies beside the
others and is the study's own. What was given is held nowhere: it is in no value that is returned, kept or told, and no
refusal repeats it. The list of who is who stays at the site, outside this system (ICH E6(R3) 3.16.1(t), GDPR 4(5)).
"""

from __future__ import annotations

import hashlib
import hmac
import stat
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.canonical import canonical_bytes
from equipoise.conduct.folder.opening import IDENTITY_KEY_FILE
from equipoise.conduct.folder.words import refuse
from equipoise.findings import Where
from equipoise.randomization.sealing import read_secret, rehearsed_secret, write_secret

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["check_private", "identify", "mark_of", "read_parts", "rehearsed_mark"]

_FINGERPRINT = 8
_SEXES = {"female": "female", "f": "female", "女": "female", "male": "male", "m": "male", "男": "male"}


def read_parts(content: bytes, name: str) -> dict[str, str]:
    """The parts of a file: lines of `part: value`, empty ones and those that begin with # passed over.

    `name` is the file's. Raises Refusal by the number of a line and never by what stands there: that may be a name.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("identity.encoding", Where(name))
    parts: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        # A keyboard that writes Chinese gives a colon of full width.
        part, colon, value = unicodedata.normalize("NFKC", line).partition(":")
        if not colon or part.strip() in parts:
            refuse("identity.line", Where(name, number), line=number)
        parts[part.strip()] = value.strip()
    return parts


def check_private(file: Path) -> None:
    """Raises Refusal where others than its owner may read a file with somebody's identity."""
    state = file.stat()
    if stat.S_ISREG(state.st_mode) and stat.S_IMODE(state.st_mode) & 0o077:
        refuse("identity.open", Where(str(file)), mode=f"{stat.S_IMODE(state.st_mode):o}")


def identify(study: Study, parts: Mapping[str, str]) -> str:
    """The mark of a person in this study, from exactly the parts that its protocol names.

    Raises Refusal where the protocol names none, one is missing, too many or empty, or the key cannot be read.
    """
    asked = study.protocol.identity
    if not asked:
        refuse("identity.not_asked", "identity")
    if set(parts) != set(asked):
        refuse("identity.parts", "identity", asked=asked, missing=[part for part in asked if part not in parts] or "-")
    return mark_of(_key(study), study.id, {part: _normal(part, parts[part]) for part in asked})


def mark_of(key: bytes, study: str, parts: Mapping[str, str]) -> str:
    """`KEY:MARK`: by which key it was made (8 hexadecimal digits, nothing of the key itself), and the HMAC (64)."""
    said = canonical_bytes({"study": study, "parts": dict(parts)})
    by = hashlib.sha256(b"equipoise/identity-key/1\0" + key).hexdigest()[:_FINGERPRINT]
    return f"{by}:{hmac.new(key, b'equipoise/identity/1' + bytes(1) + said, hashlib.sha256).hexdigest()}"


def rehearsed_mark(study: str, *names: str | int) -> str:
    """The mark of an invented person, by the key that every rehearsal of this study has."""
    return mark_of(rehearsed_secret("identity", study), study, {"name": "/".join(map(str, names))})


def _key(study: Study) -> bytes:
    """The study's own; a study that was made before there was one is given it at the first identity."""
    file = study.key_folder / IDENTITY_KEY_FILE
    if not file.exists():
        return write_secret(file, rehearsed_secret("identity", study.id) if study.environment == "rehearsal" else None)
    return read_secret(file)


def _normal(part: str, value: str) -> str:
    """A part as it is compared: NFKC (full width is narrow), case folded, letters and digits alone.

    So spaces, hyphens and the dot within a name make no other person. Raises Refusal, which names the part alone.
    """
    text = unicodedata.normalize("NFKC", value).casefold().strip()
    if part == "sex":
        text = _SEXES.get(text, "")
    elif part == "birth_date":
        try:
            text = date.fromisoformat(text.replace("/", "-").replace(".", "-")).isoformat()
        except ValueError:
            text = ""
    else:
        text = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign)[0] in "LNM")
    if not text:
        refuse(f"identity.part/{part}" if part in ("sex", "birth_date") else "identity.part", "identity", part=part)
    return text
