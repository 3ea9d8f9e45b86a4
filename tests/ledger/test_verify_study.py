"""Verifying a whole study: projections, allocations against the secret, anchors; on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Amend, MarkInError
from equipoise.conduct.folder import verification as verification_module
from equipoise.conduct.folder.checkpointing import read_public_key, write_study_checkpoint
from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.findings import Refusal
from equipoise.ledger import Fact
from equipoise.ledger.checkpoint import new_keys
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import load_protocol
from equipoise.randomization.sealing import seal, unseal, write_secret
from tests.ledger.forger import links_of, relinked, replace_links
from tests.ledger.small_study import Clock, conduct, enter, furnish, small_study
from tests.spec.minimal import write_minimal

ROLES = """
roles:
- id: investigator
  label: {en: Investigator, zh: 研究者}
  acts: [screen, consent, record, correct, enroll, randomize, withdraw, mark_in_error]
"""


@pytest.fixture(autouse=True)
def _nobody_saw_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The forger here holds every key, and nobody saw the study before: what is found is found in the ledger."""
    (tmp_path / "no-state").write_text("")
    monkeypatch.setenv("EQUIPOISE_STATE", str(tmp_path / "no-state"))


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return small_study(tmp_path)


def codes(study: Study, **options: object) -> list[str]:
    return [finding.code for finding in verify_study(study, **options).findings]


def forge(study: Study, edit) -> None:
    file = study.folder / "ledger.sqlite"
    replace_links(file, study.id, relinked(study.id, links_of(file, study.id), edit=edit), study.store.signer)


def test_what_was_conducted_verifies_and_says_so(study):
    verification = verify_study(study)
    assert verification.findings == ()
    assert verification.intact
    said = "\n".join(verification.lines())
    assert "chain: whole, without gaps" in said
    assert "14 values equal the replay" in said
    assert "6 derived again from the secret, all as recorded" in said
    assert "anchors: none given" in said


def test_progress_goes_to_the_end(study):
    seen = []
    verify_study(study, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (80, 80)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_postgresql_study_is_verified_and_signed_like_any_other(tmp_path, postgres_url, capsys):
    study = small_study(tmp_path, database=postgres_url)
    study.store.close()
    assert verify_study(study).findings == ()
    anchor = tmp_path / "anchor.json"
    assert main(["checkpoint", str(study.folder), "--out", str(anchor), "--as", "custodian"]) == 0
    assert main(["verify", str(study.folder), "--anchor", str(anchor), "--rebuild"]) == 0
    said = capsys.readouterr()
    assert "1 read, all confirmed" in said.out
    assert said.err == ""
    with study.store.writing(study.id) as writer:
        writer.put("participants", "P001", {"site": "S02"})
    assert codes(study) == ["projection.differs"]
    assert main(["verify", str(study.folder)]) == 1
    assert verify_study(study, rebuild=True).rebuilt == 1
    assert codes(study) == ["projection.rebuilt"]  # told from now on, and nothing else
    study.store.close()


def test_a_missing_secret_is_a_warning_that_says_what_was_not_checked(study):
    (study.key_folder / "allocation.key").unlink()
    verification = verify_study(study)
    (finding,) = verification.findings
    assert (finding.code, finding.severity) == ("verify.no_secret", "warning")
    assert "6 allocations and the commitment were not checked" in finding.what
    assert verification.intact
    assert "allocations: not checked" in verification.lines()


def test_another_secret_is_not_the_one_that_was_committed_to(study):
    (study.key_folder / "allocation.key").unlink()
    write_secret(study.key_folder / "allocation.key")
    verification = verify_study(study)
    assert [f.code for f in verification.findings] == ["vault.commitment"]
    assert "allocations: not those that the secret gives" in verification.lines()


def swap_the_arms(study: Study):
    """An insider with the secret gives P003 the other arm and rewrites all hashes: only derivation tells."""
    secret = study.secret()

    def edit(link, said):
        if link.kind != "allocated" or link.participant != "P003":
            return said
        held = unseal(secret, study.id, said["position"], said["sealed"], participant="P003")
        held["arm"] = "B" if held["arm"] == "A" else "A"
        return said | {"sealed": seal(secret, study.id, said["position"], held, participant="P003")}

    return edit


def test_an_exchanged_arm_is_found_and_never_named(study):
    forge(study, swap_the_arms(study))
    verification = verify_study(study)
    assert verification.chain.intact
    assert [f.code for f in verification.findings] == ["rederive.differs"]
    said = "\n".join([*map(str, verification.findings), *verification.lines()])
    assert "allocation 3" in said
    assert not re.search(r"\b[AB]\b|Experimental|Control", said)


def test_factor_values_that_were_changed_afterwards_are_found(study):
    def edit(link, said):
        return said | {"factors": {"sex": "M"}} if link.kind == "allocated" and link.participant == "P001" else said

    forge(study, edit)
    assert codes(study) == ["rederive.differs"]


def test_an_allocation_that_was_taken_out_is_found(study):
    file = study.folder / "ledger.sqlite"
    links = [link for link in links_of(file, study.id) if (link.kind, link.participant) != ("allocated", "P002")]
    replace_links(file, study.id, relinked(study.id, links), study.store.signer)
    assert "rederive.order" in codes(study)


def test_a_scheme_under_a_broken_seal_is_found(study):
    def edit(link, said):
        return said | {"scheme": said["scheme"] | {"digest": "0" * 64}} if link.kind == "seed_committed" else said

    forge(study, edit)
    assert codes(study) == ["verify.scheme"]


def test_a_study_that_never_committed_is_found(study):
    def edit(link, said):
        return said | {"commitment": None} if link.kind == "seed_committed" else said

    forge(study, edit)
    assert codes(study) == ["verify.no_commitment"]


def test_control_a_ledger_forged_into_itself_has_nothing_to_find(study):
    forge(study, lambda _, said: said)
    assert codes(study) == []


def test_allocations_are_derived_under_the_scheme_in_force_at_their_time(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", ROLES))
    desk = study.desk(Clock())
    furnish(desk)
    for n in range(3):
        enter(desk, f"P{n}")
    desk.perform(MarkInError(participant="P1", reason="wrong person"), as_="dr-li")
    new = load_protocol(
        write_minimal(
            tmp_path / "new",
            ROLES,
            'study: {version: "2.0"}',
            "randomization: {scheme: {kind: big_stick, sizes: ~, limit: 2}}",
        )
    )
    desk.perform(Amend(protocol=new, digest=protocol_digest(new), summary="another scheme, approved"), as_="custodian")
    for n in range(3, 6):
        enter(desk, f"P{n}")
    verification = verify_study(study)
    # Amended at the desk alone: the folder's copy is another version, and that is told.
    assert [f.code for f in verification.findings] == ["study.protocol_changed"]
    assert verification.allocations == 6


def test_allocations_made_elsewhere_have_nothing_to_derive(tmp_path):
    from equipoise.conduct.acts import Consent, Enroll, RecordAllocation, RecordForm, Screen

    protocol = write_minimal(
        tmp_path / "protocol",
        ROLES.replace("randomize", "record_allocation"),
        {
            "randomization": {
                "scheme": {"kind": "recorded", "sizes": None, "description": {"en": "by post", "zh": "邮寄"}}
            }
        },
    )
    study = create_study(tmp_path / "study", protocol)
    desk, day = study.desk(Clock()), "2024-03-01"
    furnish(desk)
    values = {"visit_date": day, "age": 50, "sex": "F", "weight": "60.5"}
    for act in (
        Screen("P1", "S01", day),
        Consent("P1", day),
        RecordForm("P1", "screening", "baseline", values),
        Enroll("P1", day),
        RecordAllocation(participant="P1", arm="A", date=day, source="letter of the trial office"),
    ):
        desk.perform(act, as_="dr-li")
    verification = verify_study(study)
    assert verification.findings == ()
    assert "allocations: 1 made outside this system; there is nothing to derive" in verification.lines()


def test_anchors_are_checked_with_the_studys_own_key_unless_another_is_given(study, tmp_path):
    file, checkpoint, words = write_study_checkpoint(study, tmp_path / "anchor.json")
    assert (checkpoint.seq, words) == (40, checkpoint.words)
    verification = verify_study(study, anchors=[file])
    assert verification.findings == ()
    assert "1 read, all confirmed; signatures checked with the key in the study folder" in verification.lines()[-1]
    copy = tmp_path / "kept-elsewhere.pub"
    copy.write_bytes((study.key_folder / "checkpoint.pub").read_bytes())
    assert verify_study(study, anchors=[file], public_key=copy).lines()[-1] == "anchors: 1 read, all confirmed"
    conduct(study, 7)  # the ledger grows; the anchor stays its prefix
    assert codes(study, anchors=[file], public_key=copy) == []


def test_a_key_exchanged_in_the_folder_does_not_fit_the_copy_that_others_keep(study, tmp_path):
    copy = tmp_path / "kept-elsewhere.pub"
    copy.write_bytes((study.key_folder / "checkpoint.pub").read_bytes())
    other = small_study(tmp_path / "other", 1)
    for name in ("checkpoint.key", "checkpoint.pub"):
        (study.key_folder / name).write_bytes((other.key_folder / name).read_bytes())
    file, _, _ = write_study_checkpoint(study, tmp_path / "anchor.json")
    assert codes(study, anchors=[file]) == []
    assert codes(study, anchors=[file], public_key=copy) == ["checkpoint.forged"]


def test_an_anchor_or_a_key_that_cannot_be_read_is_a_finding_and_the_rest_is_checked(study, tmp_path):
    good, _, _ = write_study_checkpoint(study, tmp_path / "good.json")
    bad = tmp_path / "bad.json"
    bad.write_text("nonsense", encoding="utf-8")
    verification = verify_study(study, anchors=[bad, tmp_path / "gone.json", good])
    assert [f.code for f in verification.findings] == ["checkpoint.unreadable"] * 2
    assert verification.projected == 14
    for content in (b"", b"nonsense", new_keys()[1], (study.key_folder / "checkpoint.key").read_bytes()):
        bad.write_bytes(content)
        assert codes(study, anchors=[good], public_key=bad) == ["checkpoint.key_unreadable", "checkpoint.not_checked"]
    (study.key_folder / "checkpoint.pub").unlink()
    verification = verify_study(study, anchors=[good])
    assert [(f.code, f.severity) for f in verification.findings] == [("checkpoint.not_checked", "warning")]


def test_projections_are_not_rebuilt_from_a_chain_that_does_not_hold(study):
    def edit(link, said):
        return said | {"values": {**said["values"], "age": 99}} if link.kind == "form_recorded" else said

    file = study.folder / "ledger.sqlite"
    links = links_of(file, study.id)
    forged = relinked(study.id, links, edit=edit)
    replace_links(file, study.id, [*links[:-1], forged[-1]], study.store.signer)
    replace_links(
        file, study.id, [a._replace(payload=b.payload) for a, b in zip(links, forged, strict=True)], study.store.signer
    )
    verification = verify_study(study, rebuild=True)
    assert verification.rebuilt is None
    assert {f.code for f in verification.findings} == {
        "ledger.payload_differs",
        "projection.differs",
        "verify.not_rebuilt",
    }


def test_an_entry_that_cannot_be_replayed_is_told_and_no_traceback_comes(study):
    file = study.folder / "ledger.sqlite"
    links = links_of(file, study.id)
    replace_links(file, study.id, [links[0]._replace(payload=b"\xff not json"), *links[1:]], study.store.signer)
    assert codes(study) == ["ledger.payload_differs", "verify.not_replayed"]
    forge_nothing = relinked(study.id, links, edit=lambda link, said: {} if link.kind == "study_opened" else said)
    replace_links(file, study.id, forge_nothing, study.store.signer)
    assert "verify.not_replayed" in codes(study)


def test_a_checkpoint_is_refused_without_a_private_key_that_only_its_owner_reads(study, tmp_path):
    key = study.key_folder / "checkpoint.key"
    good = key.read_bytes()
    key.chmod(0o644)
    with pytest.raises(Refusal) as refused:
        write_study_checkpoint(study, tmp_path / "anchor.json")
    assert refused.value.findings[0].code == "checkpoint.key_open"
    key.chmod(0o600)
    for content in (b"", good[:40], (study.key_folder / "checkpoint.pub").read_bytes()):
        key.write_bytes(content)
        with pytest.raises(Refusal) as refused:
            write_study_checkpoint(study, tmp_path / "anchor.json")
        assert refused.value.findings[0].code == "checkpoint.key_unreadable"
    key.unlink()
    with pytest.raises(Refusal, match="no such file"):
        write_study_checkpoint(study, tmp_path / "anchor.json")
    with pytest.raises(Refusal, match="no such file"):
        read_public_key(tmp_path / "gone.pub")
    assert not (tmp_path / "anchor.json").exists()


def test_verifying_while_others_write_gives_no_false_alarm(study, monkeypatch):
    """Somebody enters a participant at every look: the comparison is of one moment all the same."""
    desk, store, turns = open_study(study.folder).desk(), study.store, iter(range(100))
    look = store.projection

    def looked(name, which):
        found = look(name, which)
        enter(desk, f"Q{next(turns):03d}")
        return found

    monkeypatch.setattr(store, "projection", looked)
    verification = verify_study(study)
    assert next(turns) > 5
    assert verification.findings == ()


def test_what_verification_says_is_said_in_chinese_too(study, tmp_path):
    anchor = tmp_path / "anchor.json"
    write_study_checkpoint(study, anchor)
    lines = verify_study(study, anchors=[anchor]).lines("zh")
    assert "个条目，头部 " in lines[0]
    assert lines[2] == "链：完整，无缺口"
    assert "值与重放一致" in lines[3]
    assert lines[4] == "分配：6次已由密钥重新推导，均与记录一致"
    assert lines[5] == "锚点：已读取1个，均获确认；签名以研究文件夹内的密钥核对，而非他处保管的副本"
    (study.key_folder / "allocation.key").unlink()
    (finding,) = verify_study(study).findings
    assert finding.tell("zh").endswith(
        "6次分配与承诺值未对照密钥核对；无法读取研究的密钥（文件或文件夹不存在）。请指定正确的文件；若已丢失，请从其专门备份恢复。"
    )


def test_a_broken_chain_and_an_anchor_that_does_not_fit_are_summed_up(study, tmp_path):
    anchor = tmp_path / "anchor.json"
    write_study_checkpoint(study, anchor)
    replace_links(
        study.folder / "ledger.sqlite",
        study.id,
        links_of(study.folder / "ledger.sqlite", study.id)[1:-1],
        study.store.signer,
    )
    said = verify_study(study, anchors=[anchor]).lines()
    assert "chain: does not hold" in said
    assert any(line.startswith("anchors: 1 read; see the findings") for line in said)


def test_projections_that_were_not_compared_are_said_not_to_be(study):
    file = study.folder / "ledger.sqlite"
    links = links_of(file, study.id)
    replace_links(file, study.id, [links[0]._replace(payload=b"\xff not json"), *links[1:]], study.store.signer)
    assert "projections: not checked" in verify_study(study).lines()


def test_more_than_twenty_projections_that_differ_are_counted(study):
    with study.store.writing(study.id) as writer:
        for n in range(25):
            writer.put("participants", f"Q{n:02d}", {"site": "S01"})
    findings = verify_study(study).findings
    assert len(findings) == 21
    assert findings[0].why == "the ledger knows nothing of it"
    assert findings[-1].tell("zh") == (
        "DEMO participants: 另有5个值不一致；仅列出前20个。请一并修复：equipoise verify STUDY --rebuild。"
    )


@pytest.mark.parametrize(("differing", "told"), [(0, 0), (2, 2), (30, 21)])
def test_items_that_are_derived_otherwise_are_told_by_their_place(study, monkeypatch, differing, told):
    said = {"form": "dosing", "visit": "dose", "occurrence": 1, "item": "surface", "old": None, "new": "1.94"}
    left = [Fact("value_corrected", said, "P001", "S01")] * differing
    monkeypatch.setattr(verification_module, "derived_otherwise", lambda *_: (1, [left.pop()] if left else []))
    if differing > 6:
        monkeypatch.setattr(verification_module, "derived_otherwise", lambda *_: (5, left[:5]))
    verification = verify_study(study, derive=True)
    assert len(verification.findings) == told
    assert verification.intact
    assert any(line.startswith("derived items: ") for line in verification.lines())
    if told:
        assert (
            verification.findings[0]
            .tell("zh")
            .startswith("P001 dosing at dose (1) surface: 记录为None，重新推导为1.94；")
        )
