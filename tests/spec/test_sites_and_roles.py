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
- {id: investigator, acts: [screen, consent, record, correct, enroll]}
""", "role.nobody_may", "roles")  # fmt: skip
def test_a_trial_in_which_nobody_may_randomize_is_told():
    """No role grants the act, so the trial could screen and enroll and would then stand still."""


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


@refused("""
roles:
- {id: manager, conflicts_with: [manager]}
""", "role.conflict_with_itself", "roles.manager.conflicts_with[1]")  # fmt: skip
def test_a_role_cannot_conflict_with_itself():
    """Nobody could ever be appointed to it."""


@warned("""
roles:
- {id: investigator, acts: [screen, consent, record, enroll, randomize, see_allocation]}
randomization: {blinding: double}
""", "role.unblinded", "roles.investigator.acts")  # fmt: skip
def test_in_a_double_blind_trial_who_records_should_not_see_allocations():
    """Whoever knows the arm may judge an outcome by it. It is a warning: emergencies may need such a role."""


@warned("""
roles:
- {id: investigator, acts: [screen, consent, record, enroll, randomize, answer_query, close_query]}
""", "role.closes_own_answers", "roles.investigator.acts[7]")  # fmt: skip
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
