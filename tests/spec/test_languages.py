"""The languages of a protocol

Whatever a person reads stands in the languages of the protocol: titles, labels, criteria, messages, reasons. These are English and
Simplified Chinese, both, unless `languages` at the top names one of them. Then a text is written plainly, `label: Age`, in
protocol.yaml, in the forms and in mappings alike. What the program itself says, it says in either language in any case; whoever reads
in the other one gets the protocol's texts in the language that they have.
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


@accepted("""
languages: [en]
arms:
- {id: A, label: With nimotuzumab}
forms:
- id: baseline
  items:
  - {id: age, label: Age}
""")
def test_in_a_protocol_of_one_language_a_text_stands_alone():
    """A text in both languages may stay as it is, so that forms can be shared; the reader of Chinese then sees the Chinese."""


@refused("""
languages: [en]
arms:
- {id: A, label: {en: ~, zh: 联合尼妥珠单抗}}
""", "shape.not_consistent", "arms.A.label")  # fmt: skip
def test_a_text_in_another_language_than_that_of_the_protocol_is_refused():
    """The readers for whom the protocol is written would get it in a language that they may not know."""


@refused("""
languages: [de]
""", "shape.unknown_choice", "languages[1]")  # fmt: skip
def test_a_language_is_english_or_chinese():
    """The program's own words exist in these two."""


@warned("""
languages: [en]
arms:
- {id: A, label: 联合尼妥珠单抗}
""", "wording.not_english", "arms.A.label")  # fmt: skip
def test_chinese_in_a_protocol_that_says_that_it_is_english_is_told():
    """Either the text or `languages` is not what was meant."""


@warned("""
languages: [zh]
arms:
- {id: A, label: With nimotuzumab every single week}
""", "wording.not_chinese", "arms.A.label")  # fmt: skip
def test_a_text_that_is_not_in_the_language_of_the_protocol_is_told():
    """As far as the characters tell; names and abbreviations are the same in every language."""


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
