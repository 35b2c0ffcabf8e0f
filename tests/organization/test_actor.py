"""Who acts: the posts held today, in the procuratorate chosen."""

from datetime import date, timedelta

import pytest

from organization.actor import Actor, actor_of
from organization.models import Department, Post, Role, User
from tests.conftest import make_post

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def person(north):
    return User.objects.create_user(
        "wanderer", "password-of-wanderer", name="行者", procuratorate=north
    )


@pytest.fixture
def elsewhere(south):
    return Department.objects.create(procuratorate=south, name="办公室")


def roles(actor):
    return {post.role for post in actor.posts}


def test_posts_of_one_procuratorate_merge(person, departments):
    make_post(person, Role.ARCHIVIST, departments.office)
    make_post(person, Role.STAFF, departments.first)
    actor, places = actor_of(person, TODAY, None)
    assert roles(actor) == {Role.ARCHIVIST, Role.STAFF}
    assert places == [person.procuratorate]
    assert actor.holds(Role.STAFF)
    assert not actor.holds(Role.CHIEF)
    assert actor.departments_as(Role.STAFF) == {departments.first.pk}


def test_posts_of_two_procuratorates_never_mix(person, departments, south, elsewhere):
    make_post(person, Role.STAFF, departments.first)
    make_post(person, Role.RECORDS_CLERK, elsewhere, south)
    at_home, places = actor_of(person, TODAY, None)
    away, _ = actor_of(person, TODAY, south.pk)
    assert set(places) == {person.procuratorate, south}
    assert (at_home.procuratorate, roles(at_home)) == (person.procuratorate, {Role.STAFF})
    assert (away.procuratorate, roles(away)) == (south, {Role.RECORDS_CLERK})


def test_a_procuratorate_without_a_post_cannot_be_chosen(person, departments, south):
    make_post(person, Role.STAFF, departments.first)
    actor, places = actor_of(person, TODAY, south.pk)
    assert actor.procuratorate == person.procuratorate
    assert places == [person.procuratorate]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counts"),
    [
        (TODAY, None, True),
        (TODAY - DAY, TODAY, True),  # its last day counts
        (TODAY - 9 * DAY, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(
    person, departments, starts_on, ends_on, counts
):
    make_post(person, Role.STAFF, departments.first, starts_on=starts_on, ends_on=ends_on)
    actor, places = actor_of(person, TODAY, None)
    assert bool(actor.posts) is counts
    assert places == [person.procuratorate]


def test_who_left_the_second_procuratorate_works_at_home(person, departments, south, elsewhere):
    make_post(person, Role.STAFF, departments.first)
    make_post(person, Role.STAFF, elsewhere, south, ends_on=TODAY - DAY)
    actor, places = actor_of(person, TODAY, south.pk)
    assert (actor.procuratorate, places) == (person.procuratorate, [person.procuratorate])


def test_the_system_has_no_posts_and_sees_nothing(north):
    actor = Actor.system(north)
    assert (actor.user, actor.posts, actor.clearance) == (None, (), 0)


def test_rights_come_from_posts_alone():
    """No superuser, no staff flag, no groups: nothing that would be a second way in."""
    names = {field.name for field in User._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "groups", "user_permissions"}
    assert not hasattr(User.objects, "create_superuser")


def acting(client):
    return client.get("/").wsgi_request.actor


def test_choosing_on_the_page_changes_where_one_works(
    client, person, departments, south, elsewhere
):
    make_post(person, Role.STAFF, departments.first)
    make_post(person, Role.RECORDS_CLERK, elsewhere, south)
    client.force_login(person)
    page = client.get("/").content.decode()
    assert person.procuratorate.name in page
    assert f"/procuratorate/{south.pk}/" in page
    assert acting(client).procuratorate == person.procuratorate
    assert client.post(f"/procuratorate/{south.pk}/").headers["Location"] == "/"
    assert acting(client).procuratorate == south
    assert roles(acting(client)) == {Role.RECORDS_CLERK}


def test_choosing_a_strange_procuratorate_changes_nothing(client, person, departments, south):
    make_post(person, Role.STAFF, departments.first)
    client.force_login(person)
    client.post(f"/procuratorate/{south.pk}/")
    client.post("/procuratorate/999999/")
    assert acting(client).procuratorate == person.procuratorate


def test_choosing_is_no_link(client, person):
    client.force_login(person)
    assert client.get(f"/procuratorate/{person.procuratorate_id}/").status_code == 405


def test_a_post_that_ended_counts_no_more_from_the_next_page_on(client, person, departments):
    post = make_post(person, Role.STAFF, departments.first)
    client.force_login(person)
    assert acting(client).posts == (post,)
    Post.objects.filter(pk=post.pk).update(ends_on=date(2024, 1, 3))
    assert acting(client).posts == ()


def test_a_closed_account_is_out_at_the_next_page(client, person, departments):
    make_post(person, Role.STAFF, departments.first)
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"


def test_a_closed_account_holds_no_post(person, departments):
    make_post(person, Role.STAFF, departments.first)
    person.is_active = False
    person.save()
    assert actor_of(person, TODAY, None)[0].posts == ()
