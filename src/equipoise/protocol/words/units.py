"""What a protocol is told about units: code to words."""

from equipoise.words import Words

_SPELLING = (
    "Use UCUM's spelling, for example mg/dL, 10*9/L, a (years), mo (months), d (days), {{copies}}/mL, "
    "or 1 for a pure number."
)
WORDS: dict[str, Words] = {
    "unit.unknown": Words(
        en=(
            "the unit `{unit}` is not known",
            "a value without a known unit cannot be compared or converted",
            _SPELLING,
        ),
        zh=(
            "无法识别单位`{unit}`",
            "单位不明的数值无法比较或换算",
            "请使用UCUM写法，例如mg/dL、10*9/L、a（年）、mo（月）、d（天）、{{copies}}/mL；纯数字写1。",
        ),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
