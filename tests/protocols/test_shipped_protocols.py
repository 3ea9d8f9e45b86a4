"""Both trials can be read, checked without a complaint, and read by people in either language."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipoise.protocol.reading import read_protocol
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX, protocol, reading


@pytest.mark.parametrize("folder", [FLAGSHIP, OROPHARYNX], ids=lambda folder: folder.name)
def test_a_shipped_protocol_has_no_finding_at_all(folder: Path) -> None:
    assert [str(finding) for finding in reading(folder).findings] == []
    assert reading(folder).protocol is not None


def test_control_a_rule_that_names_nothing_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    for path in [*OROPHARYNX.glob("forms/*.yaml"), OROPHARYNX / "protocol.yaml"]:
        text = path.read_text(encoding="utf-8").replace("event: vital_status = 'dead'", "event: vital_state = 'dead'")
        (tmp_path / path.relative_to(OROPHARYNX)).write_text(text, encoding="utf-8")
    assert [f.code for f in read_protocol(tmp_path).findings] == ["rule.unknown_name"]


def test_every_endpoint_of_the_flagship_says_whether_death_counts() -> None:
    said = {e.id: e.death for e in protocol().endpoints if e.kind == "time_to_event"}
    assert said == {
        "pfs": "event",
        "os": "event",
        "dmfs": "event",
        "lrrfs": "event",
        "distant_incidence": "competing",
        "locoregional_incidence": "competing",
        "pfs_without_new_therapy": "event",
    }


def test_investigators_and_coordinators_are_bound_to_their_site_and_never_unseal() -> None:
    roles = {role.id: role for role in protocol().roles}
    for name in ("investigator", "coordinator"):
        assert roles[name].own_site_only
        assert not {"unseal", "lock", "amend", "cut"} & set(roles[name].acts)
    assert not {"see_allocation", "unseal"} & set(roles["statistician"].acts)


def test_who_asks_the_sites_of_the_flagship_changes_none_of_their_data_and_sites_close_no_query() -> None:
    """ICH E6(R3) 3.16.1(i): only those who are bound to a site record, correct and answer; everybody else asks."""
    of_sites = {"screen", "consent", "record", "correct", "answer_query"}
    for role in protocol(FLAGSHIP).roles:
        acts = set(role.acts)
        assert not acts & (of_sites if not role.own_site_only else {"raise_query", "close_query"}), role.id
    asking = {role.id for role in protocol(FLAGSHIP).roles if {"raise_query", "close_query"} <= set(role.acts)}
    assert asking == {"monitor", "data_manager"}


def test_every_required_item_of_the_flagship_has_a_distribution_in_the_scenario() -> None:
    scenario = protocol().scenarios[0]
    recorded = (*scenario.outcomes, *scenario.follows)
    drawn = set(scenario.items) | {name for one in recorded for name in (*one.sets, one.date_item)}
    logged = {"end_of_participation"}  # recorded when somebody leaves; nothing is drawn for it
    missing = [
        item.id
        for form in protocol().forms
        if form.id not in logged
        for item in form.items
        if (item.required or item.required_when)
        and item.computed is None
        and item.id != form.date_item
        and item.id not in drawn | form.derived_items()
    ]
    # Causality of nimotuzumab and the like are set by outcomes; free text of rare answers may follow the default.
    by_default = {"ae_other", "ebv_copies_per_iu", "ebv_loq", "cm_end", "sae_end"}
    assert set(missing) <= by_default, sorted(set(missing) - by_default)
