"""Both languages

Whatever a person reads stands in English and in Simplified Chinese, always both: titles, labels, criteria, messages, reasons.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
arms:
- {id: A, label: {en: With nimotuzumab, zh: 联合尼妥珠单抗}}
""")
def test_a_text_has_both_languages():
    """Pages, prompts, queries and reports show one or the other; what is stored is the same."""


@refused("""
arms:
- {id: A, label: {en: With nimotuzumab, zh: ~}}
""", "shape.missing_language", "arms.A.label.zh")  # fmt: skip
def test_one_language_alone_is_refused():
    """Somebody at some site would see nothing."""


@refused("""
study: {short: Demo}
""", "shape.not_both_languages", "study.short")  # fmt: skip
def test_plain_text_where_people_read_is_refused():
    """Which of the two languages it is would have to be guessed."""


@warned("""
arms:
- {id: A, label: {en: 联合尼妥珠单抗, zh: With nimotuzumab}}
""", "wording.swapped", "arms.A.label")  # fmt: skip
def test_swapped_languages_are_told():
    """Chinese characters stand under `en`, and none under `zh`."""


@warned("""
arms:
- {id: A, label: {en: With nimotuzumab weekly, zh: With nimotuzumab every week}}
""", "wording.not_chinese", "arms.A.label.zh")  # fmt: skip
def test_a_chinese_text_without_a_chinese_character_is_told():
    """Names and signs may be the same in both: `{en: IMRT, zh: IMRT}` is accepted."""
