"""Finds words on screen that have no translation, and translations that no page uses any more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from launcher import packages
from launcher.places import ROOT
from launcher.talk import Trouble, complain, say

LANGUAGES = ("zh_Hans", "en")
NEEDED = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": "postgresql:///none"}


def check() -> int:
    """makemessages writes into a copy of the tree; ours stays as it is."""
    packages.install(packages.missing(with_browser=False))
    if packages.missing(with_browser=False):
        raise Trouble("没有找到 gettext：请安装（Debian：apt install gettext）后再检查译文。")
    with tempfile.TemporaryDirectory(prefix="office-strings-") as folder:
        copy = Path(folder) / "tree"
        _copy_tree(copy)
        catalogues = {language: _catalogue(copy, language) for language in LANGUAGES}
        _make_messages(copy, folder)
        complete = [_is_complete(language, path) for language, path in catalogues.items()]
    return 0 if all(complete) else 1


def _catalogue(tree: Path, language: str) -> Path:
    """Where makemessages writes; it asks for the folder and makes the file."""
    path = tree / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _is_complete(language: str, path: Path) -> bool:
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    wrong = {
        "没有译文": [entry.msgid for entry in catalogue.untranslated_entries()],
        "译文待核对（fuzzy）": [entry.msgid for entry in catalogue.fuzzy_entries()],
        "不再使用": [entry.msgid for entry in catalogue.obsolete_entries()],
    }
    for name, texts in wrong.items():
        for text in texts:
            complain(f"{language} {name}：{text!r}")
    if any(wrong.values()):
        return False
    say(f"{language} {len(catalogue)} 条译文，无遗漏")
    return True


def _copy_tree(target: Path) -> None:
    """What git knows or would add; nothing that is ignored."""
    ask = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        raise Trouble("检查译文需要 git 工作区。")
    for name in filter(None, listed.stdout.split("\0")):
        source = ROOT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)


def _make_messages(tree: Path, folder: str) -> None:
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    wanted = [part for language in LANGUAGES for part in ("-l", language)]
    command = [sys.executable, "manage.py", "makemessages", *wanted, "--no-location"]
    made = subprocess.run(
        command,
        cwd=tree,
        env=inherited | NEEDED | {"TMPDIR": folder, "DATA_DIR": folder},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Trouble(f"makemessages 没有完成：\n{made.stderr.strip()[-2000:]}")
