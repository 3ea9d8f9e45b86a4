"""Sites and roles

A site has a clock of its own. A role is a list of acts; what no role grants is denied.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
sites:
- {id: S03, name: {en: Third hospital, zh: 第三医院}, country: CN, timezone: Asia/Shanghai}
""")
def test_a_site_has_a_name_a_country_and_a_time_zone():
    """The site's own day decides whether a date lies in the future."""


@refused("""
sites:
- {id: S01, timezone: Asia/Guangzhou}
""", "site.timezone", "sites.S01.timezone")  # fmt: skip
def test_a_time_zone_that_does_not_exist_is_refused():
    """Time zones are those of the IANA database, such as `Asia/Shanghai`."""


@refused("""
roles:
- {id: investigator, acts: [screen, consent, record, enroll, randomise]}
""", "shape.unknown_choice", "roles.investigator.acts[5]")  # fmt: skip
def test_an_act_that_does_not_exist_is_refused():
    """Acts are the rights that a role can grant. The nearest is offered."""


@warned("""
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, withdraw, answer_query]}
""", "role.nobody_may", "roles")  # fmt: skip
def test_a_trial_in_which_nobody_may_randomize_is_told():
    """No role grants the act, so the trial could screen and enroll and would then stand still."""


@warned("""
roles:
- {id: custodian, label: {en: Custodian, zh: 保管人}, own_site_only: false, acts: [open_site, appoint, lock, amend, adopt, erase, unseal]}
- {id: manager, acts: []}
""", "role.nobody_may", "roles")  # fmt: skip
def test_a_duty_that_no_role_has_is_told_also_where_a_role_of_every_study_is_replaced():
    """Here the protocol's custodian takes the place of the one that every study has, and nobody may unlock."""


@warned("""
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, randomize, enter_envelope, withdraw, answer_query]}
""", "role.nobody_may", "roles")  # fmt: skip
def test_what_one_act_begins_another_must_be_able_to_go_on_with():
    """Envelopes that nobody may make are entered by nobody; a trial without envelopes grants neither act."""


@warned("""
randomization: {blinding: double}
""", "role.nobody_may", "roles")  # fmt: skip
def test_a_blinded_trial_in_which_nobody_may_unblind_is_told():
    """Whoever must treat an emergency must be able to learn the arm of one participant: some role needs `unblind`."""


@accepted("""
roles:
- id: statistician
  label: {en: Unblinded statistician, zh: 非盲统计师}
  acts: [see_allocation, cut]
  own_site_only: false
  conflicts_with: [investigator]
""")
def test_roles_that_one_person_may_not_hold_together_are_named():
    """The statistician who sees arms does not treat. An appointment that would join both is refused."""


@accepted("""
roles:
- id: auditor
  label: {en: Auditor, zh: 稽查员}
  acts: [checkpoint]
  reads: [participants]
  own_site_only: false
- id: committee
  label: {en: Monitoring committee, zh: 数据监查委员会}
  acts: [cut, see_allocation, unseal]
  reads: [participants, results]
  own_site_only: false
""")
def test_a_role_says_what_it_lets_be_read():
    """`participants`: what was recorded of them, with no arm; `results`: by arm while the trial runs, each time with an entry.

    Both count where the role is held: at its site, or everywhere. Where a role does not say, it reads what its acts need, and
    the results if it may both see allocations and unseal them; `reads: []` lets nothing be read.
    """


@warned("""
roles:
- {id: investigator, reads: [participants, results]}
""", "role.reads_results", "roles.investigator.reads")  # fmt: skip
def test_who_works_at_a_site_should_not_read_the_results_of_a_running_trial():
    """Open-label trials too: whoever knows how it goes enters and judges otherwise (ICH E6(R3) 4.1)."""


@refused("""
roles:
- {id: manager, reads: [everything]}
""", "shape.unknown_choice", "roles.manager.reads[1]")  # fmt: skip
def test_what_is_read_is_one_of_few_words():
    """Participants, or results."""


@refused("""
roles:
- {id: manager, conflicts_with: [manager]}
""", "role.conflict_with_itself", "roles.manager.conflicts_with[1]")  # fmt: skip
def test_a_role_cannot_conflict_with_itself():
    """Nobody could ever be appointed to it."""


@warned("""
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, randomize, withdraw, answer_query, see_allocation, unblind]}
randomization: {blinding: double}
""", "role.unblinded", "roles.investigator.acts")  # fmt: skip
def test_in_a_double_blind_trial_who_records_should_not_see_allocations():
    """Whoever knows the arm may judge an outcome by it. It is a warning: emergencies may need such a role."""


@warned("""
roles:
- {id: investigator, acts: [screen, consent, record, correct, enroll, randomize, withdraw, answer_query, close_query]}
""", "role.closes_own_answers", "roles.investigator.acts[9]")  # fmt: skip
def test_who_answers_queries_or_corrects_should_not_close_them():
    """A query is closed by somebody who looks at the answer with other eyes."""


@warned("""
roles: [{id: monitor, acts: []}]
forms:
- id: baseline
  checks:
  - {id: grown_up, rule: age >= 18, severity: query, message: {en: Too young; correct it, zh: 年龄过小，请更正}}
""", "role.nobody_may", "roles")  # fmt: skip
def test_a_check_that_opens_queries_needs_somebody_who_closes_them():
    """Queries that nobody may close stay open at every lock."""
