"""The study: identity, versions, amendments, dictionaries

A protocol is one file, `protocol.yaml`, in YAML 1.2, with the forms in it or in files of their own under `forms/`. It begins
with the version of the language, `equipoise: 1`, and with what identifies the study.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
study:
  id: DEMO
  title: {en: A demonstration trial, zh: 示范试验}
  short: {en: Demo, zh: 示范}
  version: "1.0"
  date: "2024-01-15"
  registrations: {ClinicalTrials.gov: NCT00000000, ChiCTR: ChiCTR0000000000}
""")
def test_a_study_has_an_id_a_title_a_version_and_a_date():
    """Registrations map a registry to the trial's number there."""


@accepted("""
study:
  version: "2.0"
  date: "2024-09-01"
  amendments:
  - {version: "1.1", date: "2024-05-01", summary: {en: Wider visit windows, zh: 放宽访视窗}}
  - {version: "2.0", date: "2024-09-01", summary: {en: A second primary analysis, zh: 增加一项主要分析}}
""")
def test_amendments_are_listed_in_the_order_of_their_dates():
    """The study carries the version of its last amendment. Every data cut and every number in a report carries the digest of the protocol
    that was in force."""


@refused("""
study:
  version: "2.0"
  amendments:
  - {version: "1.1", date: "2024-05-01", summary: {en: Wider windows, zh: 放宽访视窗}}
  - {version: "2.0", date: "2024-03-01", summary: {en: More sites, zh: 增加中心}}
""", "date.order", "study.amendments[2].date")  # fmt: skip
def test_amendments_out_of_order_are_refused():
    """Each amendment changes what the one before it left."""


@warned("""
study: {version: "1.5"}
""", "study.version", "study.version")  # fmt: skip
def test_a_version_that_no_amendment_made_is_told():
    """The study's version is that of the last amendment, or of the first protocol where there is none."""


@refused("""
study: {date: "2024-02-30"}
""", "date.impossible", "study.date")  # fmt: skip
def test_a_day_that_the_calendar_does_not_have_is_refused():
    """Days are written as in `2024-02-29` and exist in the Gregorian calendar."""


@refused("""
study: {version: 1.0}
""", "shape.text_needed", "study.version")  # fmt: skip
def test_a_version_is_text():
    """In YAML 1.2 `1.0` is a number and `"1.0"` is text. Only `true`, `false`, `null`, whole and decimal numbers are anything but text:
    `no`, `on`, `12:30`, `1_000` and `2024-01-31` stay what was written."""


@refused("""
study: {sponser: {en: A university, zh: 某大学}}
""", "shape.unknown_key", "study.sponser")  # fmt: skip
def test_a_key_that_is_not_known_is_refused_with_the_nearest_known_one():
    """It would otherwise be a promise that nobody keeps. The nearest key that the clause knows is offered."""


@accepted("""
dictionaries:
  toxicity: CTCAE v5.0
  staging: AJCC/UICC 8th edition
  response: RECIST 1.1
  coding: MedDRA 26.0
""")
def test_dictionaries_are_named_with_their_versions():
    """Every table that uses one prints its version."""


@accepted("""
narrative:
- id: background
  text: {en: Why the question matters., zh: 研究问题的意义。}
  source: R1
- id: limitations
  text: {en: What the trial cannot answer., zh: 本试验不能回答的问题。}
""")
def test_the_parts_of_a_protocol_that_are_words_have_headings_of_their_own():
    """background, objectives, setting, consent, harms, monitoring, ethics, dissemination, limitations: the headings of SPIRIT 2025 that no other
    clause fills."""


@accepted("""
id_pattern: 'S(01|02)-\\d{3}'
""")
def test_the_form_of_participants_numbers_is_said_once():
    """`id_pattern` is a small regular expression: letters, digits, `_`, `-`, `\\.` and `\\d`, classes such as `[A-Z0-9]`, groups with
    alternatives, and how often: `{3}`, `{2,4}`, `?`, `+`, `*`. A number of another form is refused when a participant is screened and when
    a file is imported; a rehearsal gives numbers of this form. Without it, any number of letters, digits, `-`, `_` and `.` is taken.

    Numbers that look alike (`007` and `7`, `A-1` and `a-1`, `SY-001` and `SY-01`) are asked about with or without a form."""


@accepted("""
identity: [name, birth_date, sex]
""")
def test_a_person_is_known_again_by_what_the_protocol_names():
    """`identity` says by which parts a person is known again: `national_id`, `passport`, `name`, `birth_date`, `sex`. At screening the site
    gives exactly these (`equipoise act ... screen --identity FILE`, or `-` to be asked without an echo), and the system keeps a keyed hash
    of them and nothing else. A second number for the same person, at whatever site, is asked about. Choose what everybody has and no one
    shares; the list of who is who stays at the site."""


@refused("""
identity: [name, name]
""", "identity.twice", "identity")  # fmt: skip
def test_a_part_of_an_identity_is_named_once():
    """What is named twice tells nobody apart better."""


@refused("""
identity: [sex, birth_date]
""", "identity.shared", "identity")  # fmt: skip
def test_parts_that_many_share_identify_nobody():
    """Without a number or a name every second man of an age would be asked about."""


@refused("""
id_pattern: 'S(01|02-\\d{3}'
""", "id_pattern.unreadable", "id_pattern")  # fmt: skip
def test_a_form_that_cannot_be_read_is_refused():
    """The message names the character at which it cannot be read."""
