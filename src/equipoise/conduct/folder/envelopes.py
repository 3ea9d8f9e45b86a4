"""Writing a series of sealed envelopes for printing: pages for its maker alone, a register without arms for the site.

Each envelope is one page, whose upper half is folded inside. What is written here is what nobody else may see: the
files are their owner's alone, and are made once.
"""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path
from typing import TYPE_CHECKING

from equipoise.conduct.acts import MakeEnvelopes
from equipoise.conduct.folder.words import phrase, refuse
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.state.schemes import unseal_scheme
from equipoise.findings import Where
from equipoise.randomization.envelopes import arm_in_envelope, envelopes_of
from equipoise.whole import write_whole
from equipoise.wording.literals import literals_checked
from equipoise.words import Language

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study

__all__ = ["make_envelopes"]

_STYLE = (
    "@page{size:A5}body{font-family:sans-serif}section{page-break-after:always}"
    ".in{height:9cm}.out{border-top:1px dashed}"
)


@literals_checked
def make_envelopes(
    study: Study, out: Path, *, as_: str, each: int, act_id: str | None = None, language: Language = "en"
) -> tuple[Receipt, tuple[Path, Path]]:
    """A new series by `as_`, written to the new folder `out`: `envelopes.html` to print, and `register.csv`.

    Raises Refusal for whoever may not make any, or where something lies at `out`; then nothing is drawn.
    """
    if out.exists():
        refuse("envelopes.taken", Where(str(out)))
    receipt = study.desk().perform(MakeEnvelopes(each), as_=as_, act_id=act_id)
    said = receipt.entries[0].payload or {}
    scheme = unseal_scheme(study.secret(), study.id, said["scheme"])
    labels = {arm.id: arm.label.in_(language) for arm in study.protocol.arms}
    pages, register = [], io.StringIO()
    rows = csv.writer(register)
    rows.writerow([phrase(f"envelopes.{name}").in_(language) for name in _COLUMNS])
    for one in envelopes_of(said["series"], said["strata"], said["each"]):
        arm, _ = arm_in_envelope(scheme, study.secret(), study.id, one)
        inside = phrase("envelopes.inside", envelope=one.name, arm=f"{arm}: {labels[arm]}").in_(language)
        outside = phrase("envelopes.outside", study=study.id, envelope=one.name, stratum=one.stratum).in_(language)
        pages.append(
            f'<section><p class="in">{html.escape(inside)}</p><p class="out">{html.escape(outside)}</p></section>'
        )
        rows.writerow([one.name, one.stratum, "", "", "", ""])
    out.mkdir(mode=0o700, parents=True)
    page = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{_STYLE}</style>{"".join(pages)}</html>\n'
    )
    written = out / "envelopes.html", out / "register.csv"
    write_whole(written[0], page, mode=0o600)
    write_whole(written[1], register.getvalue(), mode=0o600)
    return receipt, written


_COLUMNS = ("number", "stratum", "participant", "opened_by", "opened_on", "reason")
