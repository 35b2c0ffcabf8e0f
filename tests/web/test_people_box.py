"""The boxes in which people are chosen; the people of these tests are no rows of any table."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.utils import translation

from web.forms import PeopleBox, PeopleInput, PersonBox, PersonInput


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def post(pk, name, role, department=""):
    user = SimpleNamespace(name=name, pinyin=f"reading of {name}")
    title = f"{department} {role}".strip()
    made = SimpleNamespace(pk=pk, user=user, role=role, department=department, title=title)
    made._meta = None  # by this a form knows that it is a row, and takes its key
    return made


class Rows(list):
    """As much of a queryset as the box needs."""

    def all(self):
        return self

    def filter(self, **asked):
        return self

    def complex_filter(self, limit):
        return self


LEADER = post(1, "甲", "chief")
SEVEN = Rows([LEADER, *[post(n, f"人{n}", "staff", "一部") for n in range(2, 8)]])
TWENTY = Rows([*SEVEN, *[post(n, f"人{n}", "head", "二部") for n in range(8, 21)]])
COMMON = [("领导", {"chief"}), ("负责人", {"head"})]


def form(people, box=PeopleBox, chosen=None, **options):
    class Form(forms.Form):
        who = box(people, label="谁", **options)

    return Form(initial={"who": chosen})


def rendered(*arguments, **named):
    return str(form(*arguments, **named)["who"])


def test_everybody_stands_with_name_unit_and_role():
    page = rendered(SEVEN)
    for words in ('name">人3<', 'post">一部 staff<', 'data-pinyin="reading of 人3"'):
        assert words in page


def test_several_are_ticked_and_one_is_chosen():
    assert rendered(SEVEN).count('type="checkbox" name="who"') == 7
    assert rendered(SEVEN, PersonBox).count('type="radio" name="who"') == 7


def test_one_is_chosen_among_people_only():
    assert 'value=""' not in rendered(TWENTY, PersonBox, required=False)


def test_a_few_need_no_search_and_no_tree():
    page = rendered(SEVEN, common=COMMON)
    for tool in ("people-search", "<details", "people-group", "people-tree"):
        assert tool not in page


def test_many_stand_under_their_departments_leaders_first():
    page = rendered(TWENTY)
    heads = re.findall(r"<summary>(\S+) .*?>(\d+)<", page)
    assert heads == [("院领导", "1"), ("一部", "6"), ("二部", "13")]


@pytest.mark.parametrize(("people", "opened"), [(59, True), (60, False)])
def test_a_long_tree_is_folded_at_first(people, opened):
    page = rendered(Rows([post(n, f"人{n}", "staff", "一部") for n in range(people)]))
    assert ("<details open>" in page) is opened


def test_groups_are_those_of_the_form_that_have_several_people():
    page = rendered(TWENTY, common=COMMON)
    assert re.findall(r'data-group="(\d)".*?>(\S+)</button>', page) == [("1", "负责人")]
    assert page.count('data-groups="1"') == 13
    assert page.count('data-groups="0"') == 1


def test_departments_can_be_taken_whole_but_not_for_one_person():
    assert rendered(TWENTY).count("全选本部门") == 2
    assert "全选本部门" not in rendered(TWENTY, PersonBox)


def test_what_needs_a_script_says_so():
    """Without one, the sheet no-script.css takes it away."""
    page = rendered(TWENTY, common=COMMON)
    tools = page.split('<div class="people-tree">')
    assert 'class="people-tools needs-script"' in tools[0]
    assert re.findall(r'<(?:b|button)[^>]*class="([^"]*)"', tools[1]) == [
        "people-inside needs-script",
        "people-inside needs-script",
        "link people-group needs-script",
        "people-inside needs-script",
        "link people-group needs-script",
    ]


@pytest.mark.parametrize(("box", "chosen"), [(PeopleBox, ["3"]), (PersonBox, "3")])
def test_what_was_chosen_is_ticked_again(box, chosen):
    page = rendered(TWENTY, box, chosen)
    assert re.findall(r'value="(\d+)" id="\w+" class="[\w -]+" checked', page) == ["3"]


def test_the_box_is_marked_when_something_is_wrong_with_it():
    for people in (SEVEN, TWENTY):
        page = PeopleBox(people).widget
        page.choices = form(people).fields["who"].choices
        wrong = page.render("who", [], {"id": "who", "class": "form-control is-invalid"})
        assert 'class="people people-wrong"' in wrong
        assert "is-invalid" in wrong
        assert "is-invalid" not in page.render("who", [], {"id": "who"})


def test_nobody_to_choose_is_said():
    assert "没有可选的人员" in rendered(Rows())


def test_names_are_text_and_no_markup():
    page = rendered(Rows([post(n, "<b>甲</b>", "staff", "<i>一部</i>") for n in range(9)]))
    assert "<b>甲" not in page
    assert "<i>" not in page


def test_nothing_ticked_is_an_answer_and_no_browser_asks_for_every_one():
    for widget in (PeopleInput(), PersonInput()):
        assert not widget.value_omitted_from_data({}, {}, "who")
        assert not widget.use_required_attribute(None)
    assert "required" not in rendered(TWENTY)


def test_the_legend_belongs_to_the_box_and_each_label_to_its_own_tick():
    field = form(SEVEN)["who"]
    assert field.id_for_label == ""
    page = str(field)
    assert re.findall(r'for="(\w+)"', page) == re.findall(r' id="(\w+)"', page)
