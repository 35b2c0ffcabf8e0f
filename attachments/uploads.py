"""How a file comes in: straight to disk, its digest taken on the way, up to the limit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class ReceivedFile(TemporaryUploadedFile):
    """A file on disk under a name of ours, with the SHA-256 of what was received."""

    digest = ""

    def __init__(self, name: str, content_type: str | None) -> None:
        file = NamedTemporaryFile(prefix="upload-", dir=incoming_folder())  # noqa: SIM115  # closed with the upload
        UploadedFile.__init__(self, file, name, content_type, 0)


class ReceivingHandler(FileUploadHandler):
    """One file of a request after the other. Its own name takes nothing from what the user sent."""

    file: ReceivedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = ReceivedFile(self.file_name or "", self.content_type)
        self.hash = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
            self.file.close()  # and with that it is gone
            raise RequestDataTooBig("The file is larger than UPLOAD_LIMIT_MB.")
        self.hash.update(raw_data)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:
        self.file.seek(0)
        self.file.size = file_size
        self.file.digest = self.hash.hexdigest()
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def incoming_folder() -> Path:
    """Where files lie while they come in; on the disk of the files they become."""
    folder = Path(settings.INCOMING_DIR)
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


@contextmanager
def on_disk(file: File[bytes]) -> Iterator[Path]:
    """Where the bytes of `file` can be read by another process."""
    if isinstance(file, TemporaryUploadedFile):
        file.flush()
        yield Path(file.temporary_file_path())
        return
    with NamedTemporaryFile(dir=incoming_folder()) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)


def digest_of(file: File[bytes]) -> str:
    """SHA-256 of the whole content, hexadecimal."""
    if isinstance(file, ReceivedFile) and file.digest:
        return file.digest
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
