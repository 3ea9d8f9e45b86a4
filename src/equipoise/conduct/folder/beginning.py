"""The first entries of a study: its opening, its custodian, and the commitment to its secret before any allocation."""

from __future__ import annotations

from datetime import UTC, datetime

from equipoise import __version__
from equipoise.conduct.authority import CUSTODIAN
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.state.organizations import Organization
from equipoise.conduct.state.schemes import seal_scheme
from equipoise.ledger import Fact, Stamp, Store
from equipoise.protocol.document import Protocol
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.sealing import commitment

__all__ = ["committing", "open_ledger", "opening_facts"]


def open_ledger(
    store: Store,
    protocol: Protocol,
    digest: str,
    secret: bytes,
    *,
    environment: str = "production",
    custodian: str = CUSTODIAN,
    at: datetime | None = None,
    account: str | None = None,
    organization: Organization | None = None,
) -> None:
    """Append a study's first entries to a store; `account` is the one that acts as the custodian.

    `organization`: that of the custodian, as the audit trail names it.

    Raises Refusal when the ledger holds this study already.
    """
    stamp = Stamp(act="open", actor=custodian, role=CUSTODIAN, at=at or datetime.now(UTC))
    with store.writing(protocol.study.id) as writer:
        if writer.head.seq:
            refuse("study.exists", protocol.study.id, study=protocol.study.id, entries=writer.head.seq)
        key = store.signer.public.hex() if store.signer is not None else None
        facts = opening_facts(protocol, digest, secret, environment, custodian, key, account, organization)
        writer.append(stamp, facts)


def opening_facts(
    protocol: Protocol,
    digest: str,
    secret: bytes,
    environment: str,
    custodian: str,
    signed_by: str | None = None,
    account: str | None = None,
    organization: Organization | None = None,
) -> list[Fact]:
    """The first entries: the opening, the custodian, and the commitment to the secret before anybody is allocated."""
    name = protocol.study.id
    opened = {
        "study": name,
        "protocol_version": protocol.study.version,
        "protocol_digest": digest,
        "software": f"equipoise {__version__}",
        "environment": environment,
        **({} if signed_by is None else {"signed_by": signed_by}),
    }
    first = {"person": custodian, "name": "Study custodian", "role": CUSTODIAN, "site": None}
    if organization is not None:
        first |= {"organization": organization.en, "organization_zh": organization.zh}
    if account is not None:
        first["account"] = account
    facts = [Fact("study_opened", opened), Fact("person_appointed", first)]
    if protocol.randomization.scheme.value.kind != "recorded":
        facts.append(committing(protocol, secret, environment))
    return facts


def committing(protocol: Protocol, secret: bytes, environment: str) -> Fact:
    """The commitment to a secret, and the scheme under its seal."""
    name, scheme = protocol.study.id, scheme_of(protocol.randomization)
    sealed = seal_scheme(secret, name, scheme, repeatable=environment == "rehearsal")
    return Fact("seed_committed", {"commitment": commitment(secret, name), "scheme": sealed})
