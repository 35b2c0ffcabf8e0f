from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class ContentStorage(FileSystemStorage):
    """Files that appear whole or not at all: written aside, flushed to disk, then renamed.

    Names are digests, so a name that exists already holds the same bytes and is kept.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        path = Path(self.path(name))
        if path.exists():
            return name
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(aside, self.file_permissions_mode or 0o640)
            os.replace(aside, path)
            _flush_folder(path.parent)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        return name


def _flush_folder(folder: Path) -> None:
    """The new name must survive a power cut as well as the bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
