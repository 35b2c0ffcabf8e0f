"""Who enters which page of 系统管理: the whole table of rights, read both ways."""

import pytest
from django.test import Client
from django.utils import timezone

from organization.access import RIGHTS
from organization.models import Role
from organization.site import site
from tests.administration import KINDS, LISTS, PAGES, administration_address, rows_of
from tests.documents.factories import State, paper_in
from tests.test_doors import ADMINISTRATION, of

ADMINISTRATORS = ["system_admin", "security_admin", "auditor"]
PEOPLE = ["clerk", "colleague", "director", "chief", "vice_chief", "head", "handler", "co_handler",
          "reader", "two_posts", "drafting_chief", "delegate", "outsider", "superior"]  # fmt: skip


@pytest.fixture
def rows(cast, north, departments):
    return rows_of(cast, north, departments)


@pytest.fixture
def everything(rows):
    return {name: administration_address(name, rows) for name in of(ADMINISTRATION)}


def test_every_kind_of_row_stands_in_all_three_tables():
    assert set(PAGES) == set(RIGHTS) == {model._meta.label_lower for model in site._registry}
    assert set(KINDS) == set(PAGES)


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_is_no_administrator_is_refused_everywhere(who, signed_in, everything):
    client = signed_in(who)
    for name, address in everything.items():
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code == 403, name
            assert "系统管理由系统管理员、安全管理员、审计员使用" in answer.text, name
    assert "/admin/" not in client.get("/").text


@pytest.mark.parametrize("who", ADMINISTRATORS)
def test_a_former_administrator_is_refused(who, signed_in, cast, ended, everything):
    ended(getattr(cast, who).posts[0], timezone.localdate())
    client = signed_in(who)
    assert {client.get(address).status_code for address in everything.values()} == {403}


def answers(client, label, rows):
    """What these pages let somebody do with rows of one kind."""
    at = "admin:" + label.replace(".", "_")

    def status(page, method):
        if page not in PAGES[label]:
            return 404
        return getattr(client, method)(administration_address(f"{at}_{page}", rows)).status_code

    open_to = {
        "view": status("changelist", "get") == 200,
        "add": status("add", "get") == 200,
        "change": status("change", "post") in {200, 302},
        "delete": status("delete", "get") == 200,
    }
    assert (status("change", "get") == 200) == open_to["view"]
    assert (status("add", "post") in {200, 302}) == open_to["add"]
    return {action for action, is_open in open_to.items() if is_open}


def test_pages_answer_exactly_as_the_table_of_rights_says(signed_in, rows):
    said = {
        (role.value, label, action)
        for label, roles in RIGHTS.items()
        for role, actions in roles.items()
        for action in actions
    }
    found = set()
    for who in ADMINISTRATORS:
        client = signed_in(who)
        found |= {(who, label, act) for label in RIGHTS for act in answers(client, label, rows)}
    assert found == said


def test_rights_are_for_administrators_only():
    assert {role for roles in RIGHTS.values() for role in roles} == {
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
    }


@pytest.mark.parametrize("who", ADMINISTRATORS)
def test_pages_are_guarded_and_say_nothing_of_papers(who, signed_in, cast, everything):
    paper = paper_in(State.CLOSED, cast)
    client = signed_in(who)
    for name, address in everything.items():
        answer = client.get(address, follow=True)
        assert "default-src" in answer["Content-Security-Policy"], name
        assert "unsafe" not in answer["Content-Security-Policy"], name
        assert "no-store" in answer["Cache-Control"], name
        assert paper.title not in answer.text, name
        assert paper.result not in answer.text, name
        assert " style=" not in answer.text, name
        assert "onclick" not in answer.text, name


@pytest.mark.parametrize("page", ["login/", "logout/", "password_change/", "autocomplete/",
                                  "r/1/1/", "nothing/"])  # fmt: skip
def test_nothing_else_of_djangos_admin_is_there(page, signed_in):
    assert signed_in("system_admin").get(f"/admin/{page}").status_code == 404


def test_administrators_find_it_in_the_menu(signed_in):
    for who in ADMINISTRATORS:
        assert ">系统管理</a>" in signed_in(who).get("/").text
        assert "回工作台" in signed_in(who).get("/admin/").text


def test_an_act_needs_the_token(cast, rows):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.system_admin.user)
    answer = client.post("/admin/organization/department/add/", {"name": "x", "position": 1})
    assert answer.status_code == 403
    assert "页面打开太久" in answer.text


def test_what_everybody_who_administers_may_open(signed_in):
    for who in ADMINISTRATORS:
        for page, arguments in LISTS.items():
            address = administration_address(f"admin:{page}")
            assert signed_in(who).get(address).status_code == 200, (who, page, arguments)
