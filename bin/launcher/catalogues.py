"""Translations as the program reads them: made from the .po files, never committed."""

from __future__ import annotations

import os
from pathlib import Path

import polib

from launcher.talk import Trouble


def compile_all(root: Path) -> list[Path]:
    """Write each .mo that is missing or older than its .po; the ones that were written."""
    stale = [path for path in sorted((root / "locale").rglob("*.po")) if _is_stale(path)]
    return [_compile(path) for path in stale]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """In one move: another process may be reading the old one."""
    target = source.with_suffix(".mo")
    half = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        polib.pofile(str(source)).save_as_mofile(str(half))
    except (OSError, ValueError) as problem:
        raise Trouble(f"译文文件 {source} 有错：{problem}") from problem
    half.replace(target)
    return target
