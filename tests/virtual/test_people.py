"""Who works at the sites: one for each role, names that are plainly nobody's, in the language of the place."""

from equipoise.protocol.document import Site
from equipoise.virtual.people import appointments, fictitious_name, find_actors, language_of
from tests.virtual.stage import flagship, oropharynx, small

LABEL = {"en": "x", "zh": "某"}


def test_each_role_is_held_once_at_each_site_or_once_for_the_study():
    of = flagship()
    staff = appointments(of)
    local = [role for role in of.roles if role.own_site_only]
    assert len(staff) == len(of.roles) - len(local) + len(local) * len(of.sites)
    assert len({one.person for one in staff}) == len(staff)
    assert len({one.name for one in staff}) == len(staff)


def test_names_are_plainly_fictitious_and_all_different():
    chinese = [fictitious_name(k, "zh") for k in range(200)]
    other = [fictitious_name(k, "en") for k in range(135)]
    assert len(set(chinese)) == 200
    assert len(set(other)) == 135
    assert all(name[1] == "某" for name in chinese)


def test_a_site_writes_in_the_language_of_its_place():
    assert language_of(Site(id="a", name=LABEL, country="CN")) == "zh"
    assert language_of(Site(id="a", name=LABEL, country="de")) == "en"
    assert language_of(None) == "en"


def test_without_roles_the_default_ones_are_held_and_neither_custodian_nor_importer():
    roles = {one.role for one in appointments(small().model_copy(update={"roles": ()}))}
    assert {"investigator", "coordinator", "trial_manager"} <= roles
    assert not roles & {"custodian", "importer"}


def test_physicians_decide_and_coordinators_write_down():
    of = flagship()
    actors, cannot = find_actors(of, appointments(of))
    assert cannot == []
    for site in of.sites:
        for right in ("consent", "enroll", "randomize", "withdraw"):
            assert actors[site.id, right] == f"{site.id}-investigator"
        for right in ("screen", "record", "correct", "report_deviation"):
            assert actors[site.id, right] == f"{site.id}-coordinator"


def test_who_works_for_the_whole_study_acts_where_no_site_has_its_own_people():
    of = oropharynx()
    actors, _ = find_actors(of, appointments(of))
    assert set(actors.values()) == {"data_manager"}
