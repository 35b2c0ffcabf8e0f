"""The list of breaks: each makes one place of the product wrong, and names the tests to see it.

The list is data: tests/mutants/<group>.toml.
"""

from __future__ import annotations

import argparse
import ast
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from launcher.places import ROOT
from launcher.talk import Trouble

FOLDER = ROOT / "tests" / "mutants"
USAGE = "用法：bin/mutants [--group 组名] [--only 名称或其中一段……]"


@dataclass(frozen=True)
class Break:
    """`find`, which stands in `file` exactly once, becomes `replace`; `tests` must turn red."""

    name: str  # a sentence: what is true of the broken product
    group: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]

    def applied_to(self, text: str) -> str:
        if (times := text.count(self.find)) != 1:
            raise Trouble(f"{self.file} 中“{self.find.strip()}”应恰好出现一次，现在是 {times} 次")
        broken = text.replace(self.find, self.replace)
        if self.file.endswith(".py"):
            try:
                ast.parse(broken)
            except SyntaxError as problem:
                raise Trouble(f"{self.file} 改动后有语法错误：{problem}") from problem
        return broken


def load(folder: Path = FOLDER) -> list[Break]:
    """Every break of every group; the group is the name of the file."""
    return [
        Break(group=path.stem, **{**entry, "tests": tuple(entry["tests"])})
        for path in sorted(folder.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["break"]
    ]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Trouble(USAGE)


def chosen(breaks: Sequence[Break], arguments: Sequence[str]) -> list[Break]:
    """Those of the group; of them, those whose name holds one of the texts after --only."""
    parser = _Parser(add_help=False)
    parser.add_argument("--group")
    parser.add_argument("--only", nargs="+", default=[""])
    asked = parser.parse_args(arguments)
    groups = sorted({one.group for one in breaks})
    if asked.group not in {None, *groups}:
        raise Trouble(f"没有这一组：{asked.group}。现有：{'、'.join(groups)}。")
    candidates = [one for one in breaks if asked.group in {None, one.group}]
    for text in asked.only:
        if not any(text in one.name for one in candidates):
            raise Trouble(f"没有名称含“{text}”的破坏。")
    return [one for one in candidates if any(text in one.name for text in asked.only)]
