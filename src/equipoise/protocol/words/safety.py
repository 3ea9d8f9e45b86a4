"""What a protocol is told about safety stopping rules: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "safety.participants": Words(
        en=(
            "the boundary reaches to {most} participants",
            "the design has {planned}",
            "Lower it: a boundary is as strict as the number of its looks allows.",
        ),
        zh=("界值延伸至{most}名受试者", "设计样本量为{planned}名", "请减小：界值的严格程度取决于观察次数。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
