"""Nobody can know the next arm, nor, without the right, the last one: not from words, and not by guessing."""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from equipoise.cli.language import Voice
from equipoise.cli.main import main
from equipoise.cli.status_lines import status_lines
from equipoise.conduct.acts import Pause, Randomize, RecordForm, Resume
from equipoise.conduct.acts import randomize as randomizing
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import Study, create_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.projection import NAMES
from equipoise.datacut import freeze, write_cut
from equipoise.findings import Refusal
from tests.conduct.failures.blinded_eye import (
    auc_of,
    best_guess,
    bytes_of,
    features_of,
    found_in,
    numbers_in,
    rows_of,
    secret_keys_in,
)
from tests.conduct.failures.clinic import DAY, DEFAULT_ROLES, SECRET, appoint, clinic, make_ready, opened
from tests.spec.minimal import write_minimal

ARMS = ("verumquxo", "placebojyvi")  # words that occur nowhere else
SIZES = (996, 998)  # numbers that no count, place or age here reaches
TWO_ARMS: dict[str, Any] = {
    "arms": [
        {"id": "A", "remove": True},
        {"id": "B", "remove": True},
        *(
            {"id": arm, "label": {"en": arm, "zh": arm}, "role": role}
            for arm, role in zip(ARMS, ("experimental", "control"), strict=True)
        ),
    ],
    "randomization": {"ratio": {"A": None, "B": None, **dict.fromkeys(ARMS, 1)}},
}
DOUBLE_BLIND: dict[str, Any] = {"randomization": {"blinding": "double", "scheme": {"sizes": list(SIZES)}}}
# Whoever writes a protocol may be careless: a query that rests on the arm, beside one that does not.
ASKING = """\
forms:
- id: follow_up
  checks:
  - {id: by_arm, rule: "arm = 'verumquxo' OR progressed", severity: query, message: {en: Look again, zh: 请再核对}}
  - {id: by_state, rule: progressed, severity: query, message: {en: Look at the images again, zh: 请再核对影像}}
"""


def play(
    folder: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, *more: Any
) -> dict[str, Any]:
    """A blinded trial in a folder, with every kind of answer and refusal; gives all that a blinded person can see.

    The trial's own protocol names arms and block sizes; it is published, and is left out here.
    """
    caplog.set_level(logging.DEBUG)
    source = write_minimal(folder / "protocol", DEFAULT_ROLES, TWO_ARMS, DOUBLE_BLIND, ASKING, *more)
    study = create_study(folder / "study", source)
    desk = study.desk()
    appoint(desk)
    said: list[str] = []
    make_ready(desk, [f"P{n}" for n in range(1, 25)])
    before = seen_of(study, folder, capsys)  # before the first allocation
    for n in range(1, 21):
        for name, who in ((f"P{n}", "li"), (f"P{n}", "li"), (f"P{n}", "wang"), (f"P{n}", "stranger"), ("P99", "li")):
            try:
                receipt = desk.perform(Randomize(name, DAY), as_=who)
                said += [receipt.summary, repr(receipt), str(receipt.findings)]
            except Refusal as refusal:
                said += [str(refusal), repr(refusal), json.dumps([f.as_data() for f in refusal.findings])]
    desk.perform(Pause("supply", "sex=F"), as_="ma")
    said.append(str(pytest.raises(Refusal, desk.perform, Randomize("P21", DAY), as_="li").value))
    desk.perform(Resume("supplied", "sex=F"), as_="ma")
    for allocated in list(study.store.read(study.id, kinds=("allocated",)))[:8]:
        seen = {"seen_date": "2024-05-02", "progressed": False}
        receipt = desk.perform(RecordForm(str(allocated.participant), "every_3_months", "follow_up", seen), as_="li")
        said += [receipt.summary, repr(receipt)]
        assert "query_raised" in [entry.kind for entry in receipt.entries]
    after = seen_of(study, folder, capsys)
    return {
        "seen": {
            **{f"before: {k}": v for k, v in before.items()},
            **after,
            "answers": "\n".join(said),
            "log": caplog.text,
        },
        "data": [entry.payload for entry in study.store.read(study.id)]
        + [study.store.projection(study.id, name) for name in NAMES]
        + [asdict(study_status(study))],
        "study": study,
    }


def seen_of(study: Study, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str | bytes]:
    """Rows, files, status, verification and what the commands print."""
    capsys.readouterr()
    for command in (["status"], ["status", "--json"], ["verify"], ["queries", "--all"], ["queries", "--all", "--json"]):
        main([command[0], str(study.folder), *command[1:]])
    printed = capsys.readouterr()
    cut = freeze(study)
    write_cut(cut, folder / "study" / "cuts" / f"entry-{cut.seq}")
    return {
        "rows": "\n".join(rows_of(study.folder / "ledger.sqlite")),
        "status": "\n".join(status_lines(study_status(study), Voice("en"))),
        "verification": str(verify_study(study)),
        "commands": printed.out + printed.err,
        **bytes_of(study.folder, without=("protocol", "allocation.key")),
    }


def check_nothing_shows(played: dict[str, Any]) -> None:
    assert found_in(played["seen"], ARMS) == []
    assert secret_keys_in(played["data"]) == []
    assert numbers_in(played["data"], SIZES) == []
    assert found_in(played["seen"], ['"block', "block_size", "stratum_remaining"]) == []


def test_nothing_that_a_blinded_person_can_see_tells_an_arm_a_block_or_what_remains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """F13 rows, projections, status, receipts, refusals, logs, cuts, bytes of database and -wal: no arm, no block."""
    played = play(tmp_path, capsys, caplog)
    assert any(place.endswith("ledger.sqlite-wal") and what for place, what in played["seen"].items())
    assert "is randomized at position 20" in played["seen"]["answers"]
    check_nothing_shows(played)
    # And it is there to be found: who holds the key opens both arms, blocks and their sizes.
    contents = opened(played["study"].store, "DEMO", played["study"].secret())
    assert {content["arm"] for content in contents} == set(ARMS)
    assert {content["detail"]["block_size"] for content in contents} <= set(SIZES)


def test_the_coin_of_a_minimization_does_not_show_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """F13 minimization: neither scores nor probabilities nor counts by arm."""
    scheme = {"randomization": {"scheme": {"kind": "minimization", "p": 0.8, "sizes": None}}}
    check_nothing_shows(play(tmp_path, capsys, caplog, scheme))


def test_the_arm_is_told_with_the_receipt_and_not_before_in_an_open_trial() -> None:
    """F13 open trial: who may see it reads the arm on the receipt of the allocation, and on nothing before."""
    trial = clinic(TWO_ARMS, {"randomization": {"blinding": "open"}})
    trial.ready("P1", "P2")
    before = [str(entry) for entry in trial.entries()]
    assert found_in({"before": "\n".join(before)}, ARMS) == []
    receipt = trial.randomize("P1")
    assert receipt.arm in ARMS
    assert found_in({"ledger": "\n".join(str(entry) for entry in trial.entries())}, ARMS) == []
    assert receipt.arm not in str(trial.refused(Randomize("P1", DAY), as_="chen"))


def transparent(_secret: bytes, _study: str, _position: int, content: Any, *, participant: str, **_how: Any) -> str:
    """A seal that anybody opens."""
    return "v1." + base64.urlsafe_b64encode(json.dumps(content).encode().ljust(1024)).decode()


def seen_through(_secret: bytes, _study: str, _position: int, sealed: str, *, participant: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(sealed.removeprefix("v1.")))


def test_control_a_seal_that_only_looks_like_one_is_seen_through(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F13 control: with Base64 in place of encryption, the same scan reads the arms."""
    monkeypatch.setattr(randomizing, "seal", transparent)
    monkeypatch.setattr("equipoise.conduct.desk.unseal", seen_through)
    played = play(tmp_path, capsys, caplog)
    assert {found.partition(" in ")[0] for found in found_in(played["seen"], ARMS)} == set(ARMS)
    with pytest.raises(AssertionError):
        check_nothing_shows(played)


@pytest.mark.parametrize("leak", ["payload", "size", "log"])
def test_control_a_leak_beside_the_seal_is_seen(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    leak: str,
) -> None:
    """F13 control: the arm in the factors, the block's size in the digest's place, the arm in a log line."""
    honest = randomizing.allocate

    def leaky(scheme: Any, secret: bytes, study: str, factors: Any, past: Any) -> Any:
        drawn = honest(scheme, secret, study, factors, past)
        if leak == "payload":
            factors["hint"] = drawn.arm
        elif leak == "size":
            factors["hint"] = str(drawn.detail["block_size"])
        else:
            logging.getLogger("equipoise").debug("drew %s", drawn.arm)
        return drawn

    monkeypatch.setattr(randomizing, "allocate", leaky)
    with pytest.raises(AssertionError):
        check_nothing_shows(play(tmp_path, capsys, caplog))


# F14

N = 300
LONG = ("A", "an_arm_with_a_very_long_name")
NAMED = {
    "arms": [
        {"id": "B", "remove": True},
        {"id": LONG[1], "label": {"en": "Control", "zh": "对照组"}, "role": "control"},
    ],
    "randomization": {"ratio": {"B": None, LONG[1]: 1}},
}


def allocate_many() -> tuple[list[str], Any, Any]:
    """The public features of N allocations, and which of them got the first arm."""
    trial = clinic(NAMED, "randomization: {blinding: double, scheme: {sizes: [4, 6, 8]}}")
    trial.desk.clock = _ticking()
    names = [f"P{n}" for n in range(N)]
    trial.ready(*names[::2])
    trial.ready(*names[1::2], sex="M")
    seconds = []
    for name in names:
        begun = time.perf_counter()
        trial.randomize(name)
        seconds.append(time.perf_counter() - begun)
    features, values = features_of(trial.entries("allocated"), seconds)
    arms = np.array([content["arm"] == LONG[0] for content in opened(trial.store, "DEMO", SECRET)])
    return features, values, arms


def _ticking() -> Callable[[], Any]:
    from datetime import UTC, datetime

    return lambda: datetime.now(UTC)


def check_nothing_to_guess_from(features: list[str], values: Any, arms: Any) -> None:
    """Every feature alone and all together have an AUC of 0.5, give or take five standard errors.

    The standard error of an AUC without information is sqrt((n + m + 1) / (12 n m)): 0.033 at 150 and 150. Five such,
    because some thirty features are looked at: a false alarm once in 50,000 runs.
    """
    n, m = arms.sum(), (~arms).sum()
    bound = 5 * np.sqrt((n + m + 1) / (12 * n * m))
    told = {name: auc_of(values[:, place], arms) for place, name in enumerate(features)}
    assert {name: auc for name, auc in told.items() if abs(auc - 0.5) > bound} == {}
    assert abs(best_guess(values, arms) - 0.5) < bound * np.sqrt(2)  # half of the allocations are guessed


def test_nothing_public_goes_together_with_the_arm() -> None:
    """F14 a guesser with every public feature (place, order, id, time, size) has an AUC of 0.5; seals have one size."""
    features, values, arms = allocate_many()
    assert 0.4 < arms.mean() < 0.6
    assert len(set(values[:, features.index("size of the seal")])) == 1
    check_nothing_to_guess_from(features, values, arms)


def test_control_a_seal_without_padding_gives_the_arm_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """F14 control: the length of the seal follows the length of the arm's name."""
    honest = randomizing.seal

    def unpadded(secret: bytes, study: str, position: int, content: Any, *, participant: str, **how: Any) -> str:
        sealed = honest(secret, study, position, content, participant=participant, **how)
        return sealed + " " * len(str(content["arm"]))

    monkeypatch.setattr(randomizing, "seal", unpadded)
    monkeypatch.setattr("equipoise.conduct.desk.unseal", _stripped())
    monkeypatch.setattr("tests.conduct.failures.clinic.unseal", _stripped())
    features, values, arms = allocate_many()
    assert auc_of(values[:, features.index("size of the seal")], arms) < 0.01
    with pytest.raises(AssertionError):
        check_nothing_to_guess_from(features, values, arms)


def _stripped() -> Callable[..., Any]:
    from equipoise.randomization.sealing import unseal

    return lambda secret, study, position, sealed, *, participant: unseal(
        secret, study, position, sealed.strip(), participant=participant
    )


def test_control_a_draw_that_takes_longer_for_one_arm_gives_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """F14 control: six milliseconds more for one arm, and the time of the answer tells it."""
    honest = randomizing.allocate

    def slow(*asked: Any) -> Any:
        drawn = honest(*asked)
        if drawn.arm == LONG[0]:
            time.sleep(0.006)
        return drawn

    monkeypatch.setattr(randomizing, "allocate", slow)
    features, values, arms = allocate_many()
    assert auc_of(values[:, features.index("seconds")], arms) > 0.7
    with pytest.raises(AssertionError):
        check_nothing_to_guess_from(features, values, arms)


def test_control_two_features_that_tell_only_together_are_put_together() -> None:
    """F14 control: the guesser finds a rule over two features of which neither gives anything away alone."""
    features, values, arms = allocate_many()
    salt, other = features.index("salt"), features.index("hash")
    values[:, salt] = values[:, other] + 2.0**27 * (arms - 0.5)
    assert abs(auc_of(values[:, salt], arms) - 0.5) < 0.15
    assert best_guess(values, arms) > 0.9
    with pytest.raises(AssertionError):
        check_nothing_to_guess_from(features, values, arms)
