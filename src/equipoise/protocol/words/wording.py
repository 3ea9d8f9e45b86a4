"""What a protocol is told about wording, sources and dates: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "date.order": Words(
        en=(
            "amendment {version} is dated {day}",
            "the one before it is dated {earlier}",
            "Put the amendments in the order of their dates.",
        ),
        zh=("修正案{version}的日期为{day}", "前一修正案的日期为{earlier}", "请按日期先后排列修正案。"),
    ),
    "date.impossible": Words(
        en=(
            "`{text}` is not a date",
            "the calendar has no such day",
            "Write a day that exists, for example 2024-02-29.",
        ),
        zh=("`{text}`不是日期", "日历中没有这一天", "请填写实际存在的日期，例如2024-02-29。"),
    ),
    "date.impossible/form": Words(
        en=(
            "`{text}` is not a date",
            "a date is written YYYY-MM-DD",
            "Write a day that exists, for example 2024-02-29.",
        ),
        zh=("`{text}`不是日期", "日期应写作YYYY-MM-DD", "请填写实际存在的日期，例如2024-02-29。"),
    ),
    "date.impossible/far": Words(
        en=(
            "`{text}` is not a day of this trial",
            "days lie between {first} and {last}",
            "Correct the year, or leave the day out.",
        ),
        zh=("`{text}`不可能是本试验中的日期", "日期须介于{first}与{last}之间", "请更正年份，或不填该日期。"),
    ),
    "study.version": Words(
        en=(
            "the version is {version}",
            "the last amendment is version {amended}",
            "Give the study the version of its last amendment.",
        ),
        zh=("方案版本为{version}", "最近一次修正案的版本为{amended}", "请将方案版本改为最近一次修正案的版本。"),
    ),
    "assumption.without_source": Words(
        en=(
            "an assumption without a source",
            "a reader must be able to see where it comes from, or who judged it",
            "Add `source: ...`.",
        ),
        zh=("假设未注明来源", "读者须能看到其出处或判断者", "请添加`source: ...`。"),
    ),
    "source.unknown": Words(
        en=(
            "the source names `{key}`",
            "study.sources has no such key",
            "List it there, or write the source out.",
        ),
        zh=("来源引用了`{key}`", "study.sources中没有该键", "请在该处列出，或直接写明来源。"),
    ),
    "wording.swapped": Words(
        en=(
            "the English text is Chinese and the Chinese text is not",
            "the two seem to be swapped",
            "Exchange them.",
        ),
        zh=("英文文本为中文，而中文文本不是中文", "两者似已颠倒", "请互换。"),
    ),
    "wording.not_english": Words(
        en=(
            "the text `{text}` is Chinese",
            "`languages` says that the protocol is written in English",
            "Translate it, or correct `languages`.",
        ),
        zh=("文本`{text}`为中文", "`languages`表明方案以英文书写", "请翻译，或更正`languages`。"),
    ),
    "wording.not_chinese": Words(
        en=(
            "the Chinese text `{text}` holds no Chinese character",
            "Chinese readers would get another language",
            "Translate it; names and signs may be the same in both.",
        ),
        zh=("中文文本`{text}`不含汉字", "中文读者将看到其他语言", "请翻译；名称与符号可在两种语言中相同。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {}
