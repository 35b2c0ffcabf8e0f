"""The list of breaks fits the product as it is now: a break that no longer fits proves nothing."""

import ast
from collections import Counter

import pytest
from launcher import breaks
from launcher.places import ROOT

from tests.test_shape import APPS

BREAKS = breaks.load()
GROUPS = {
    "steps",
    "rights",
    "visibility",
    "numbering",
    "deadlines",
    "inbox",
    "files",
    "sign_in",
    "drafts",
    "events",
    "faults",
    "recount",
    "reminders",
    "pages",
    "screen",
    "admin",
    "duplicates",
    "phrases",
    "lending",
    "branches",
}
each_break = pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.name)


@each_break
def test_a_break_makes_another_program_of_the_product(broken):
    """More than another comment or another blank."""
    assert broken.file.split("/")[0] in APPS
    text = (ROOT / broken.file).read_text(encoding="utf-8")
    changed = broken.applied_to(text)
    assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(text))


def test_names_are_sentences_that_occur_once():
    names = Counter(broken.name for broken in BREAKS)
    assert {name: times for name, times in names.items() if times > 1} == {}
    assert [name for name in names if " " not in name or name.endswith(".")] == []


def test_no_group_is_missing_and_the_list_is_long_enough_to_mean_something():
    assert {broken.group for broken in BREAKS} == GROUPS
    assert len(BREAKS) >= 25


def functions(path):
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def test_the_tests_that_should_see_a_break_exist():
    known = {}
    for broken in BREAKS:
        assert broken.tests, broken.name
        for test in broken.tests:
            file, _, name = test.partition("::")
            path = ROOT / file
            assert file.split("/")[0] == "tests", test
            assert path.exists(), test
            if name:
                known.setdefault(path, functions(path))
                assert name.rpartition("::")[2].partition("[")[0] in known[path], test
