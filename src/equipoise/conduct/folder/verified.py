"""What a verification checked and found, and how that is told: what holds, what does not, what nobody could check."""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.conduct.folder.words import phrase
from equipoise.findings import Finding
from equipoise.ledger.eight_words import head_words
from equipoise.ledger.verify import Verification
from equipoise.wording.literals import literals_checked
from equipoise.words import Language, Phrase

__all__ = ["StudyVerification"]

_AGAINST_THE_SECRET = ("rederive.", "vault.", "verify.scheme", "verify.no_commitment")


@dataclass(frozen=True, slots=True)
class StudyVerification:
    """What was checked, and what was found.

    `projected`, `allocations` and `derived` are None where that was not checked.
    """

    chain: Verification
    findings: tuple[Finding, ...]
    projected: int | None
    rebuilt: int | None
    allocations: int | None
    recorded_elsewhere: int
    anchors: int
    own_key: bool
    derived: int | None = None

    @property
    def intact(self) -> bool:
        """True when nothing but warnings was found."""
        return all(finding.severity == "warning" for finding in self.findings)

    @literals_checked
    def lines(self, language: Language = "en") -> list[str]:
        """The same for people: what holds, what does not, and what nobody could check."""
        head = self.chain.head
        said = [phrase("head", entries=self.chain.entries, hash=head.hash)]
        if head.seq:
            said.append(phrase("in_words", words=head_words(head.hash)))
        said.append(phrase("chain_whole" if self.chain.intact else "chain_broken"))
        said += [self._said_of_projections(), self._said_of_allocations()]
        if self.derived is not None:
            differ = self._found("verify.derived")
            said.append(phrase("derived_differ" if differ else "derived_right", count=self.derived))
        said.append(self._said_of_anchors())
        return [one.in_(language) for one in said]

    def _found(self, *codes: str) -> bool:
        """Whether any finding's code begins so."""
        return any(finding.code.startswith(codes) for finding in self.findings)

    def _said_of_projections(self) -> Phrase:
        if self.projected is None:
            return phrase("projections_not_checked")
        if self.rebuilt is not None:
            return phrase("projections_rebuilt", rebuilt=self.rebuilt, projected=self.projected)
        key = "projections_differ" if self._found("projection.") else "projections_equal"
        return phrase(key, projected=self.projected)

    def _said_of_allocations(self) -> Phrase:
        if self.allocations is None:
            return phrase("allocations_not_checked")
        if self.recorded_elsewhere and not self.allocations:
            return phrase("allocations_elsewhere", count=self.recorded_elsewhere)
        if self._found(*_AGAINST_THE_SECRET):
            return phrase("allocations_wrong")
        if not self.allocations:
            return phrase("allocations_none")
        return phrase("allocations_right", count=self.allocations)

    def _said_of_anchors(self) -> Phrase:
        if not self.anchors:
            return phrase("anchors_none")
        broken = self._found("checkpoint.", "ledger.shortened", "ledger.rewritten")
        key = phrase("own_key") if self.own_key else ""
        return phrase("anchors_broken" if broken else "anchors_held", count=self.anchors, key=key)
