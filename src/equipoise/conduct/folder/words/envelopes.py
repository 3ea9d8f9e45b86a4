"""What is told of envelopes, and what is printed on their pages."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["PHRASES", "WORDS"]

WORDS = {
    "envelopes.taken": Words(
        en=(
            "something lies here already",
            "a series of envelopes is written once, into a folder of its own",
            "Name a new folder.",
        ),
        zh=("此处已有内容", "每一系列信封只写出一次，且须单独成夹", "请指定新文件夹。"),
    ),
}

PHRASES = {
    "envelopes.inside": ("Envelope {envelope}. Allocation: {arm}", "信封{envelope}。分组：{arm}"),
    "envelopes.outside": (
        "{study}. Envelope {envelope}. For the stratum {stratum}",
        "{study}。信封{envelope}。用于层{stratum}",
    ),
    "envelopes.number": ("envelope", "信封"),
    "envelopes.stratum": ("stratum", "层"),
    "envelopes.participant": ("participant", "受试者"),
    "envelopes.opened_by": ("opened by", "开启者"),
    "envelopes.opened_on": ("opened on", "开启日期"),
    "envelopes.reason": ("reason", "原因"),
}
