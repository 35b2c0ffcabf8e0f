"""The cast: the people every test is played with. The awkward ones are among them."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from activity.loaders import load_ladder
from attachments import reading
from organization import loaders
from organization.actor import Actor
from organization.models import Department, Level, Marking, Post, Procuratorate, Role, User

SINCE = date(2024, 1, 2)


@pytest.fixture(scope="session", autouse=True)
def _one_reader():
    """One child process opens the files of all tests; in life each file has its own."""
    with reading.kept():
        yield


@pytest.fixture
def city(db):
    return Procuratorate.objects.create(
        name="丘陵市人民检察院", short_name="丘陵市院", level=Level.PREFECTURE
    )


@pytest.fixture
def north(city):
    """The procuratorate most tests play in."""
    loaders.load_calendar()
    loaders.load_rules()
    load_ladder()
    place = Procuratorate.objects.create(
        name="北丘县人民检察院", short_name="北丘县院", level=Level.COUNTY, parent=city
    )
    loaders.load_series(place)
    return place


@pytest.fixture
def south(city):
    place = Procuratorate.objects.create(
        name="南丘县人民检察院", short_name="南丘县院", level=Level.COUNTY, parent=city
    )
    loaders.load_series(place)
    return place


@pytest.fixture
def departments(north):
    names = {"office": "办公室", "first": "第一检察部", "second": "第二检察部"}
    return SimpleNamespace(
        **{
            key: Department.objects.create(procuratorate=north, name=name, position=position)
            for position, (key, name) in enumerate(names.items())
        }
    )


def make_post(user, role, department=None, procuratorate=None, **fields):
    return Post.objects.create(
        procuratorate=procuratorate or user.procuratorate,
        user=user,
        role=role,
        department=department,
        **{"starts_on": SINCE} | fields,
    )


def make_person(name, procuratorate, *posts, clearance=Marking.INTERNAL):
    """A person with posts given as (role, department)."""
    user = User.objects.create_user(
        name, "password-of-" + name, name=name, procuratorate=procuratorate, clearance=clearance
    )
    held = tuple(make_post(user, role, department) for role, department in posts)
    return Actor(user, procuratorate, held)


@pytest.fixture
def cast(north, south, city, departments):
    """Who is who:

    clerk and colleague are records clerks; director heads the office; chief and vice_chief lead
    (vice_chief is in charge of the first department); head leads the first department, handler
    works in it; co_handler heads the second, reader works there; delegate acts for the chief with
    the chief's post; two_posts is archivist and staff at once; drafting_chief leads, and drafts
    in the office as well; superior directs the office of the city; outsider is a clerk elsewhere.
    """
    office, first, second = departments.office, departments.first, departments.second
    top = Marking.SENSITIVE
    people = SimpleNamespace(
        clerk=make_person("clerk", north, (Role.RECORDS_CLERK, office), clearance=top),
        colleague=make_person("colleague", north, (Role.RECORDS_CLERK, office)),
        director=make_person("director", north, (Role.OFFICE_DIRECTOR, office), clearance=top),
        chief=make_person("chief", north, (Role.CHIEF, None), clearance=top),
        vice_chief=make_person("vice_chief", north, (Role.VICE_CHIEF, None), clearance=top),
        head=make_person("head", north, (Role.DEPARTMENT_HEAD, first)),
        handler=make_person("handler", north, (Role.STAFF, first)),
        co_handler=make_person("co_handler", north, (Role.DEPARTMENT_HEAD, second)),
        reader=make_person("reader", north, (Role.STAFF, second)),
        two_posts=make_person("two_posts", north, (Role.ARCHIVIST, office), (Role.STAFF, office)),
        drafting_chief=make_person(
            "drafting_chief", north, (Role.VICE_CHIEF, None), (Role.STAFF, office), clearance=top
        ),
        system_admin=make_person("system_admin", north, (Role.SYSTEM_ADMIN, None), clearance=top),
        security_admin=make_person(
            "security_admin", north, (Role.SECURITY_ADMIN, None), clearance=top
        ),
        auditor=make_person("auditor", north, (Role.AUDITOR, None), clearance=top),
    )
    people.delegate = make_delegate(people.chief, north, office)
    there = Department.objects.create(procuratorate=south, name="办公室")
    above = Department.objects.create(procuratorate=city, name="办公室")
    people.outsider = make_person("outsider", south, (Role.RECORDS_CLERK, there), clearance=top)
    people.superior = make_person("superior", city, (Role.OFFICE_DIRECTOR, above), clearance=top)
    first.leader_in_charge = people.vice_chief.posts[0]
    first.save()
    return people


def make_delegate(principal, procuratorate, department):
    own = make_person("delegate", procuratorate, (Role.STAFF, department), clearance=3)
    return Actor(own.user, procuratorate, principal.posts, acting_for=principal.posts[0])


@pytest.fixture
def signed_in(client, cast):
    """`signed_in("clerk")` is a client with that person at the keyboard."""

    def sign_in(who):
        client.force_login(getattr(cast, who).user)
        return client

    return sign_in


@pytest.fixture
def ended():
    """End a post yesterday."""

    def end(post, today):
        post.ends_on = today - timedelta(days=1)
        post.save()

    return end
