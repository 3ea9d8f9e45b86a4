"""Verify an archive of a study with nothing but Python's own library: `python3 verify_ledger.py [FOLDER]`.

It stands in every archive, and needs no other file of the program that made it. It checks the digest of every file in
manifest.json, every hash of the chain in ledger/ledger.jsonl, that what is missing was erased by an entry that says so,
and the signature of the last entry (Ed25519, RFC 8032). Exit code 0: all of it holds. README.md says how to do the same
by hand.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Complaint = tuple[str, str]
"""What is wrong, in English and in Chinese."""

_HASHED = (
    "act",
    "actor",
    "at",
    "kind",
    "participant",
    "payload_hash",
    "prev_hash",
    "role",
    "seq",
    "site",
    "study",
)


def entry_text(entry: dict[str, Any]) -> str:
    """What the hash of an entry is made of: its fields but payload, salt and hash, in the form of RFC 8785."""
    said = {name: entry[name] for name in _HASHED}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(entry: dict[str, Any]) -> str:
    """SHA-256 over the byte 1 and the text."""
    return hashlib.sha256(b"\x01" + entry_text(entry).encode("utf-8")).hexdigest()


def payload_hash(entry: dict[str, Any]) -> str:
    """SHA-256 over the byte 0, the salt, and the payload as it stands in the line."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(entry["salt"]) + entry["payload"].encode("utf-8")).hexdigest()


def check_chain(folder: Path) -> tuple[int, str, list[Complaint]]:
    """The number of entries, the last hash, and what does not hold."""
    wrong: list[Complaint] = []
    before, last, study = "0" * 64, 0, ""
    missing: list[int] = []
    erased: set[int] = set()
    key: str | None = None
    with (folder / "ledger" / "ledger.jsonl").open("rb") as lines:
        for line in lines:
            entry = json.loads(line.decode("utf-8"))
            seq = entry["seq"]
            if seq != last + 1 or entry["prev_hash"] != before:
                wrong.append((f"entry {seq} does not follow entry {last}", f"条目{seq}未接续条目{last}"))
            if entry_hash(entry) != entry["hash"]:
                wrong.append((f"entry {seq} was changed", f"条目{seq}被改动"))
            if entry["payload"] is None:
                missing.append(seq)
            elif payload_hash(entry) != entry["payload_hash"]:
                wrong.append((f"what entry {seq} says was changed", f"条目{seq}的内容被改动"))
            elif entry["kind"] == "erased":
                erased.add(json.loads(entry["payload"]).get("erases"))
            if seq == 1 and entry["payload"] is not None:
                key = json.loads(entry["payload"]).get("signed_by")
            study, before, last = entry["study"], entry["hash"], seq
    gone = [seq for seq in missing if seq not in erased]
    wrong += [(f"what entry {n} said is gone, and no entry erased it", f"条目{n}内容缺失，且无删除条目") for n in gone]
    wrong += check_signature(folder, study, last, before, key)
    return last, before, wrong


def check_signature(folder: Path, study: str, seq: int, last: str, key: str | None) -> list[Complaint]:
    """The signature of the last entry, by the key that entry 1 names; it covers all entries before it."""
    if key is None:
        return []
    found = None
    with (folder / "ledger" / "signatures.jsonl").open("rb") as lines:
        for line in lines:
            said = json.loads(line.decode("utf-8"))
            if said["seq"] == seq:
                found = said["signature"]
    text = json.dumps({"hash": last, "seq": seq, "study": study}, ensure_ascii=False, separators=(",", ":"))
    message = b"\x03" + text.encode("utf-8")
    if found is None or not verify_ed25519(bytes.fromhex(key), message, bytes.fromhex(found)):
        return [("the last entry is not signed by the key of entry 1", "最后条目未以条目1所载密钥签名")]
    return []


def check_files(folder: Path) -> tuple[int, list[Complaint]]:
    """The number of files, and which of them is not what the manifest says, or not there, or too many."""
    wrong: list[Complaint] = []
    files = json.loads((folder / "manifest.json").read_bytes().decode("utf-8"))["files"]
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file() or file.is_symlink()}
    for name in sorted(set(files) | there - {"manifest.json"}):
        place = folder.joinpath(*name.split("/"))
        if name not in files:
            wrong.append((f"{name} is in no manifest", f"{name}不在清单中"))
        elif name not in there or place.is_symlink():
            wrong.append((f"{name} is missing", f"缺少{name}"))
        elif digest_of(place) != files[name]["sha256"]:
            wrong.append((f"{name} was changed", f"{name}被改动"))
    return len(files), wrong


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for part in iter(lambda: file.read(1 << 20), b""):
            digest.update(part)
    return digest.hexdigest()


# Ed25519 as RFC 8032, section 6, writes it down. It checks signatures and makes none; speed does not matter here.
_P = 2**255 - 19
_D = -121665 * pow(121666, _P - 2, _P) % _P
_Q = 2**252 + 27742317777372353535851937790883648493
_ROOT = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    three, four = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = two - one, four - three, four + three, two + one
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            result = _add(result, point)
        point = _add(point, point)
        number >>= 1
    return result


def _recover(y: int, sign: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P != 0:
        x = x * _ROOT % _P
    if (x * x - square) % _P != 0:
        return None
    return _P - x if (x & 1) != sign else x


def _point(raw: bytes) -> Point | None:
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = _recover(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def verify_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) of the message is by the holder of the public key (32 bytes)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    y = 4 * pow(5, _P - 2, _P) % _P
    x = _recover(y, 0)
    if a is None or r is None or s >= _Q or x is None:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _Q
    left, right = _times(s, (x, y, 1, x * y % _P)), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def main(folder: Path) -> int:
    """Say what was checked and what does not hold; 0 where all of it does, 1 where not, 2 for what is no archive."""
    try:
        count, wrong = check_files(folder)
        entries, last, broken = check_chain(folder)
        said = json.loads((folder / "manifest.json").read_bytes().decode("utf-8"))
        if (said["entry"], said["head"]) != (entries, last):
            broken.append(("the ledger ends elsewhere than the manifest says", "账本末端与清单不符"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stdout.write(f"This cannot be read as an archive / 无法作为归档读取: {error}\n")
        return 2
    wrong += broken
    lines = [f"{english} / {chinese}" for english, chinese in wrong]
    lines += [f"{count} files, {entries} entries, head {last}", "NOT whole / 不完整" if wrong else "Whole / 完整"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).absolute().parent))
