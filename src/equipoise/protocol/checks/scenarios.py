"""Scenarios: virtual participants who can exist on the forms of the trial, and outcomes that can strike them."""

from __future__ import annotations

from equipoise.design import Outcome, Scenario
from equipoise.design.distribution import MOMENT
from equipoise.design.scenario import Follow
from equipoise.forms.facets import rule_type
from equipoise.protocol.checks.distributions import Known, check_distribution, check_item, known_in, latent_column
from equipoise.protocol.checks.in_place import check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import Timeline
from equipoise.protocol.scope import BUILT_INS, table_columns
from equipoise.protocol.words import phrase
from equipoise.wording import bare

__all__ = ["check_scenarios"]

Path = tuple[str | int, ...]
_PROBABILITIES = (
    "prevalence",
    "screen_failure",
    "missed_visit",
    "typing_error",
    "outside_window",
    "queried",
    "deviation",
    "duplicate",
    "wrong_stratum",
)


def check_scenarios(look: Inspection, line: Timeline) -> None:
    """Every scenario. What scenarios share word for word by an alias is checked once, in the first of them."""
    checked: set[tuple[int, ...]] = set()
    for i, scenario in enumerate(look.protocol.scenarios):
        path: Path = ("scenarios", i)
        known = known_in(look, line, scenario)
        _settings(look, scenario, path)
        _latents(look, scenario, path)
        words = _identity(look, i)
        if words is None or words not in checked:
            _records(look, scenario, path, known)
        if words is not None:
            checked.add(words)
        for j, outcome in enumerate(scenario.outcomes):
            here = (*path, "outcomes", j)
            _after(look, scenario, outcome, here)
            _recorded(look, outcome, here, known)
            _hazards(look, line, scenario, outcome, here)
        for j, follow in enumerate(scenario.follows):
            _follow(look, scenario, follow, (*path, "follows", j), known)


def _identity(look: Inspection, place: int) -> tuple[int, ...] | None:
    """Which mappings of the file hold what participants of a scenario are made of; None where no file was read."""
    data = look.positions.data
    scenarios = data.get("scenarios") if isinstance(data, dict) else None
    if not isinstance(scenarios, list) or place >= len(scenarios) or not isinstance(scenarios[place], dict):
        return None
    return tuple(id(scenarios[place].get(key)) for key in ("latents", "items", "rows", "same_rows", "visit_days"))


def _hazards(look: Inspection, line: Timeline, scenario: Scenario, outcome: Outcome, path: Path) -> None:
    """Whether its ratios and its cured share can be."""
    arms = {arm.id for arm in look.protocol.arms}
    latents = {name: latent_column(name, how.value) for name, how in scenario.latents.items()}
    known = Known(*line.known_by(line.at["randomized_date"], phrase("place.at_randomization"))).also(latents)
    for arm in outcome.hazard_ratio.value if outcome.hazard_ratio else ():
        look.refer((*path, "hazard_ratio", arm), arm, arms, "arm")
    for k, modifier in enumerate(outcome.modifiers):
        here = (*path, "modifiers", k)
        if modifier.value.arm is not None:
            look.refer((*here, "arm"), modifier.value.arm, arms, "arm")
        if modifier.value.when is not None:
            check_in_place(look, modifier.value.when, (*here, "when"), known.columns, known.elsewhere, "boolean")
    _cured(look, outcome, (*path, "cured"))


def _cured(look: Inspection, outcome: Outcome, path: Path) -> None:
    """Whether a share is never struck that leaves room for what is said of everybody."""
    cured = bare(outcome.cured)
    if cured is None:
        return
    hazard = outcome.hazard.value
    if not 0 <= cured < 1:
        look.add("scenario.probability/cured", path, cured=cured)
        return
    share = 0.5 if hazard.median_months is not None else hazard.survival
    if share is not None and cured >= share:
        look.add("scenario.cured", path, cured=cured, share=share)


def _outside(look: Inspection, scenario: Scenario, path: Path) -> None:
    """Visits outside their windows, where the protocol takes none."""
    if look.protocol.dates.window != "refused":
        return
    if scenario.outside_window is not None and scenario.outside_window.value > 0:
        look.warn("scenario.outside_refused", (*path, "outside_window"), share=scenario.outside_window.value)
    for site, habits in scenario.sites.items():
        if (share := habits.value.outside_window) is not None and share > 0:
            look.warn("scenario.outside_refused", (*path, "sites", site, "outside_window"), share=share)


def _settings(look: Inspection, scenario: Scenario, path: Path) -> None:
    """Numbers about the whole scenario and its sites."""
    protocol = look.protocol
    for name in _PROBABILITIES:
        given = getattr(scenario, name)
        if given is not None and not 0 <= given.value <= 1:
            look.add("scenario.probability", (*path, name), name=name, value=given.value)
    if scenario.prevalence is not None and scenario.prevalence.value == 0:
        look.add("scenario.prevalence", (*path, "prevalence"))
    sites = {site.id for site in protocol.sites}
    for site in scenario.site_shares:
        look.refer((*path, "site_shares", site), site, sites, "site")
    for site in scenario.sites:
        look.refer((*path, "sites", site), site, sites, "site")
    _outside(look, scenario, path)
    if scenario.monitoring_days is not None and scenario.monitoring_days.value < 1:
        look.add("scenario.monitoring", (*path, "monitoring_days"), days=scenario.monitoring_days.value)


def _latents(look: Inspection, scenario: Scenario, path: Path) -> None:
    """Each may name those before it; none has the name of anything else."""
    taken = {
        **look.protocol.item_by_id,
        **look.protocol.facet_by_name,
        **look.protocol.variable_by_id,
        **BUILT_INS,
        **dict.fromkeys(MOMENT),
    }
    before = Known({}, {name: phrase("latent.too_early") for name in taken})
    for name, how in scenario.latents.items():
        here = (*path, "latents", name)
        if name in taken:
            look.add("name.duplicate/latent", here, name=name)
        if how.value.days_after is not None or how.value.rule is not None or how.value.missing:
            look.add("scenario.latent", here, name=name)
        check_distribution(look, how.value, here, before, "number")
        before = before.also({name: latent_column(name, how.value)})


def _records(look: Inspection, scenario: Scenario, path: Path, known: Known) -> None:
    """Items, rows of groups, and the days of visits."""
    protocol = look.protocol
    for name, sourced in scenario.items.items():
        here = (*path, "items", name)
        if look.refer(here, name, protocol.item_by_id, "item"):
            check_item(look, sourced.value, protocol.item_by_id[name][2], here, known)
    groups = {group.id: (form, group) for form in protocol.forms for group in form.groups}
    for name, sourced in scenario.rows.items():
        here = (*path, "rows", name)
        if look.refer(here, name, groups, "group"):
            own = known.also(table_columns(protocol, groups[name][0].id))
            _number(look, sourced.value.codes(), here)
            check_distribution(look, sourced.value, here, own, "number")
    for name, kept in scenario.same_rows.items():
        here = (*path, "same_rows", name)
        if look.refer(here, name, groups, "group"):
            items = {item.id for item in groups[name][1].items}
            for item in kept:
                look.refer(here, item, items, "item of group", group=name)
    for name, sourced in scenario.visit_days.items():
        here = (*path, "visit_days", name)
        if not look.refer(here, name, protocol.visit_by_id, "visit"):
            continue
        visit = protocol.visit_by_id[name]
        if visit.kind == "log" or visit.anchor != "randomization":
            look.add("scenario.visit_days", here, visit=name)
        _number(look, sourced.value.codes(), here)
        check_distribution(look, sourced.value, here, known, "number")


def _number(look: Inspection, codes: list[str], path: Path) -> None:
    for code in codes:
        if not code.isdigit():
            look.add("scenario.type/whole", path, code=code)


def _after(look: Inspection, scenario: Scenario, outcome: Outcome, path: Path) -> None:
    if outcome.after is None:
        return
    outcomes = {one.id for one in scenario.outcomes}
    if look.refer((*path, "after"), outcome.after, outcomes, "outcome") and outcome.after == outcome.id:
        look.add("rule.circle/outcome", (*path, "after"), outcome=outcome.id)


def _recorded(look: Inspection, one: Outcome | Follow, path: Path, known: Known) -> None:
    """Whether its form can be recorded at its visit, dated there, and filled in so."""
    protocol = look.protocol
    visits = protocol.visit_by_id
    there = look.refer((*path, "form"), one.form, protocol.form_by_id, "form")
    if look.refer((*path, "visit"), one.visit, visits, "visit") and there and one.form not in visits[one.visit].forms:
        look.add("pick.not_there/scenario", (*path, "visit"), form=one.form, visit=one.visit)
    if not there:
        return
    items = {item.id: item for _, item in protocol.form_by_id[one.form].all_items()}
    if look.refer((*path, "date_item"), one.date_item, items, "item of form", form=one.form):
        type_ = rule_type(items[one.date_item].type)
        if type_ not in ("date", "datetime"):
            look.add("item.not_a_date/event", (*path, "date_item"), item=one.date_item, type=type_)
    for name, distribution in one.sets.items():
        if look.refer((*path, "sets", name), name, items, "item of form", form=one.form):
            check_item(look, distribution, items[name], (*path, "sets", name), known)


def _follow(look: Inspection, scenario: Scenario, follow: Follow, path: Path, known: Known) -> None:
    protocol = look.protocol
    if look.refer((*path, "after"), follow.after, protocol.form_by_id, "form"):
        if follow.when is not None:
            own = known.also(table_columns(protocol, follow.after))
            check_in_place(look, follow.when, (*path, "when"), own.columns, own.elsewhere, "boolean")
        if follow.after in _led_to(scenario, follow.form):
            look.add("rule.circle/follow", (*path, "after"), form=follow.form, after=follow.after)
    visit = protocol.visit_by_id.get(follow.visit)
    if visit is not None and visit.kind != "log":
        look.add("scenario.follow", (*path, "visit"), visit=follow.visit)
    _recorded(look, follow, path, known)


def _led_to(scenario: Scenario, form: str) -> set[str]:
    """The form and every form whose records follow, one from another, from its records."""
    found: set[str] = set()
    waiting = [form]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [follow.form for follow in scenario.follows if follow.after == one]
    return found
