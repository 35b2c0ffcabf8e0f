"""Translations are compiled when, and only when, they changed."""

import os

import polib
import pytest
from launcher import catalogues
from launcher.talk import Trouble


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="Signed.", msgstr="已签发。"))
    catalogue.save(str(path))
    return path


def test_a_translation_is_compiled_once(tmp_path, source):
    (target,) = catalogues.compile_all(tmp_path)
    assert polib.mofile(str(target))[0].msgstr == "已签发。"
    assert catalogues.compile_all(tmp_path) == []
    assert [path.suffix for path in sorted(source.parent.iterdir())] == [".mo", ".po"]


def test_a_changed_translation_is_compiled_again(tmp_path, source):
    (target,) = catalogues.compile_all(tmp_path)
    later = target.stat().st_mtime + 1
    os.utime(source, (later, later))
    assert catalogues.compile_all(tmp_path) == [target]


def test_a_spoiled_translation_is_named(tmp_path, source):
    source.write_text('msgid "Signed."\nnonsense\n')
    with pytest.raises(Trouble, match=r"django\.po"):
        catalogues.compile_all(tmp_path)
