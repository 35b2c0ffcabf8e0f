"""Serve only the files we use of Bootstrap, htmx and Django's admin, from their packages."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bootstrap_wrapper
import django_htmx
from django.contrib import admin
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

BOOTSTRAP = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")
HTMX = ("htmx-2.min.js",)
ADMIN = Path(admin.__file__).parent / "static/admin"
SELECT2 = ("css/vendor", "js/vendor/select2", "css/autocomplete.css", "js/autocomplete.js")


def _admin_files() -> tuple[str, ...]:
    """All but the lists of choices that are looked up by a script: we have none."""
    names = (path.relative_to(ADMIN).as_posix() for path in ADMIN.rglob("*") if path.is_file())
    return tuple(sorted(name for name in names if not name.startswith(SELECT2)))


class VendorFinder(BaseFinder):
    """Finds `vendor/bootstrap/…`, `vendor/htmx/…` and `admin/…`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.folders = {
            "admin": (ADMIN, _admin_files()),
            "vendor/bootstrap": (Path(bootstrap_wrapper.get_bootstrap_dir()), BOOTSTRAP),
            "vendor/htmx": (Path(django_htmx.__file__).parent / "static/django_htmx", HTMX),
        }

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        for prefix, (folder, names) in self.folders.items():
            storage: Any = FileSystemStorage(location=str(folder))
            storage.prefix = prefix  # where collectstatic puts the files
            for name in names:
                yield name, storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        for prefix, (folder, names) in self.folders.items():
            name = path.removeprefix(f"{prefix}/")
            if path.startswith(f"{prefix}/") and name in names:
                return [str(folder / name)] if find_all else str(folder / name)
        return []
