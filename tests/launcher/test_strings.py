"""Forgotten words: what is on a page without a translation, or translated and on no page."""

import shutil
import subprocess

import polib
import pytest
from launcher import packages, strings

MANAGE = """
import sys
from django.conf import settings
settings.configure(USE_I18N=True, LOCALE_PATHS=["locale"], STATIC_ROOT=None, MEDIA_ROOT="")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A checkout with one word on its only page, and an empty catalogue."""
    assert shutil.which("xgettext"), "bin/test brings gettext; here it is missing"
    root = tmp_path / "tree"
    root.mkdir()
    subprocess.run(["git", "init", "-q", root], check=True)
    (root / "manage.py").write_text(MANAGE)
    (root / "page.html").write_text('{% load i18n %}{% translate "Sign" %}')
    monkeypatch.setattr(strings, "ROOT", root)
    monkeypatch.setattr(packages, "install", lambda names: None)
    return root


def translate(root, language="zh_Hans", **entries: tuple[str, list[str]]) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
    for msgid, (msgstr, flags) in entries.items():
        catalogue.append(polib.POEntry(msgid=msgid, msgstr=msgstr, flags=flags))
    path = root / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def test_a_complete_translation_passes_and_stays_as_it_is(tree):
    translate(tree, Sign=("签发", []))
    translate(tree, "en", Sign=("Sign", []))
    before = sorted(path for path in tree.rglob("*") if ".git" not in path.parts)
    assert strings.check() == 0
    assert before == sorted(path for path in tree.rglob("*") if ".git" not in path.parts)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({}, "zh_Hans 没有译文：'Sign'"),
        ({"Sign": ("", [])}, "zh_Hans 没有译文：'Sign'"),
        ({"Sign": ("签发", ["fuzzy"])}, "zh_Hans 译文待核对（fuzzy）：'Sign'"),
        ({"Sign": ("签发", []), "Seal": ("盖章", [])}, "zh_Hans 不再使用：'Seal'"),
    ],
)
def test_what_is_wrong_is_named(tree, entries, said, capsys):
    translate(tree, **entries)
    translate(tree, "en", Sign=("Sign", []))
    assert strings.check() == 1
    assert capsys.readouterr().err.splitlines() == [said]
