"""What each key says, of how a trial is played: CLAUSE.KEY to one sentence."""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS = {
    "Scenario.start": "The first day, YYYY-MM-DD.",
    "Scenario.accrual": "People approached per month; without `prevalence`, all of them are of the trial's population.",
    "Scenario.prevalence": (
        "The share of those approached who are of the trial's population. The others are approached and never screened."
    ),
    "Scenario.follow_up_months": "Follow-up after the last participant joined.",
    "Scenario.screen_failure": "The share of the screened who do not qualify.",
    "Scenario.withdrawal_per_month": "The hazard of withdrawing, per month.",
    "Scenario.missed_visit": "The probability that a visit is missed.",
    "Scenario.late_entry_days": "By how many days records are late, on average.",
    "Scenario.typing_error": "The share of numbers, after randomization, that are typed wrongly and corrected later.",
    "Scenario.outside_window": "The share of visits that take place outside their window.",
    "Scenario.monitoring_days": (
        "Days from one visit of the monitor to the next, at each site; 84 where records are `queried` and nothing is "
        "said."
    ),
    "Scenario.queried": "The share of new records in which the monitor questions a value.",
    "Scenario.query_days": "Days until a site answers a query, on average.",
    "Scenario.deviation": "The probability that a deviation is reported of a participant.",
    "Scenario.duplicate": "The probability that a participant is screened once more, at another site.",
    "Scenario.wrong_stratum": "The probability that a factor turns out, after allocation, to have been wrong.",
    "Scenario.sites": "Sites that work otherwise than the scenario says of all.",
    "Scenario.latents": "Hidden traits, drawn once for each participant; every rule of the scenario may name them.",
    "Scenario.rows": "Group to how many rows it has.",
    "Scenario.same_rows": (
        "Groups whose rows come again at the next record of the form, each with the items that stay as they were."
    ),
    "Scenario.visit_days": (
        "Visit to the days after randomization on which it takes place, in place of the planned ones."
    ),
    "Scenario.follows": "Records that follow other records.",
    "SiteHabits.missed_visit": "The probability that a visit is missed.",
    "SiteHabits.late_entry_days": "By how many days records are late, on average.",
    "SiteHabits.typing_error": "The share of numbers, after randomization, that are typed wrongly.",
    "SiteHabits.outside_window": "The share of visits that take place outside their window.",
    "SiteHabits.query_days": "Days until a query is answered, on average.",
    "SiteHabits.queried": "The share of new records in which the monitor questions a value.",
    "SiteHabits.deviation": "The probability that a deviation is reported of a participant.",
    "SiteHabits.duplicate": "The probability that one of its participants is screened once more, at another site.",
    "SiteHabits.wrong_stratum": "The probability that a factor turns out, after allocation, to have been wrong.",
    "Follow.after": "The form whose records it follows.",
    "Follow.when": "It follows those records of which this rule is true; all when left out.",
    "Follow.form": "The form that is recorded then.",
    "Follow.visit": "The log in which it is recorded.",
    "Follow.days": "Fewest and most days from the date of the one record to that of the other.",
    "Follow.sets": "How the other items of the form come about.",
    "Scenario.site_shares": "Site to its share of the participants.",
    "Scenario.items": "How each item comes about.",
    "Scenario.outcomes": "Dated events with their hazards.",
    "Distribution.value": "Always this value.",
    "Distribution.choice": "Codes with weights.",
    "Distribution.choice_by": "Codes with weights for those of whom a rule is true; the first that holds is taken.",
    "Distribution.chance": "A rule that gives the probability of true.",
    "Distribution.normal": "Mean and standard deviation: two numbers, or a spread around a rule.",
    "Distribution.lognormal": "Mean and standard deviation of the logarithm: two numbers, or a spread around a rule.",
    "Distribution.uniform": "Lower and upper limit.",
    "Distribution.days_after": "Lower and upper limit of days after `from`.",
    "Distribution.from": "The date from which `days_after` counts.",
    "Distribution.rule": "A rule over what the participant already has.",
    "Distribution.min": "A normal or lognormal value is not below this: a number or a rule.",
    "Distribution.max": "A normal or lognormal value is not above this: a number or a rule.",
    "Spread.mean": "The middle: a number or a rule.",
    "Spread.sd": "The standard deviation: a number or a rule.",
    "Spread.correlation": "Between two records of one participant, beside what the rule says; 0 unless stated.",
    "ChoiceBy.when": "For those of whom this rule is true; for all others when left out.",
    "ChoiceBy.choice": "Codes with weights.",
    "Distribution.missing": "The probability that the item is left empty.",
    "Outcome.form": "The form on which it is recorded.",
    "Outcome.visit": "The visit or log at which it is recorded.",
    "Outcome.hazard": "How soon it strikes.",
    "Outcome.hazard_ratio": "Arm to its ratio against `hazard`; 1 unless said otherwise.",
    "Outcome.modifiers": "Further ratios: over time, by arm, stratum or risk group.",
    "Outcome.cured": "The share of everybody whom it never strikes.",
    "Modifier.arm": "The arm whose hazard it multiplies; both arms' when left out.",
    "Modifier.when": "Those of whom this rule is true at randomization; everybody when left out.",
    "Modifier.ratios": "One ratio, or several one after the other.",
    "Modifier.cuts_months": "Where they change, in months.",
    "Outcome.after": "It can only strike after this other outcome.",
    "Outcome.times": "How often it may strike, one after the other; once unless said otherwise.",
    "Outcome.sets": "How the other items of the form come about.",
    "Outcome.ends": "Whether everything that would follow stops.",
}
