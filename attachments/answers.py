"""Bytes as an answer: whole, in part (RFC 9110 section 14), or not again (section 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import Storage
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

SANDBOX = "default-src 'none'; sandbox"
BLOCK = 64 * 1024
INTERNAL = "/protected/"  # an address that only the front server itself may ask for
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
Answer = HttpResponse | StreamingHttpResponse
A = TypeVar("A", bound=HttpResponseBase)


def answer(
    request: HttpRequest, storage: Storage, path: str, *, etag: str, content_type: str
) -> Answer:
    """The file at `path`; `etag` names these bytes for ever.

    Whoever calls has asked the record first: also for a part, and for bytes the browser has.
    """
    tag = f'"{etag}"'
    known = get_conditional_response(request, etag=tag, response=None)
    if isinstance(known, HttpResponse):
        return _labelled(known, tag)
    size = storage.size(path)
    part = _part(request, tag, size)
    if part is None:
        return _labelled(_whole(storage, path, content_type), tag)
    first, last = part
    if first > last:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _labelled(refused, tag)
    partial = _partial(storage, path, content_type, first, last)
    partial["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _labelled(partial, tag)


def sends_bytes(request: HttpRequest, response: Answer) -> bool:
    """Whether the reader gets anything of the file: not by HEAD, nor when it has it already."""
    return request.method == "GET" and response.status_code in {200, 206}


def _part(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; the first after the last when there are none such.

    What cannot be read, several parts at once, and a part of other bytes (If-Range) mean: whole.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not found or request.headers.get("If-Range", tag) != tag:
        return None
    start, end = found.groups()
    if start:
        last = min(int(end), size - 1) if end else size - 1
        if end and int(end) < int(start):
            return None
        return (int(start), last) if int(start) < size else (1, 0)
    if not end:
        return None
    return (max(size - int(end), 0), size - 1) if int(end) and size else (1, 0)


def _whole(storage: Storage, path: str, content_type: str) -> Answer:
    if settings.INTERNAL_DOWNLOADS:
        return _by_the_front_server(storage, path, content_type, 200)
    return FileResponse(storage.open(path), content_type=content_type)


def _partial(storage: Storage, path: str, content_type: str, first: int, last: int) -> Answer:
    if settings.INTERNAL_DOWNLOADS:
        return _by_the_front_server(storage, path, content_type, 206)
    length = last - first + 1
    bytes_of_it = _slice(storage, path, first, length)
    partial = StreamingHttpResponse(bytes_of_it, status=206, content_type=content_type)
    partial["Content-Length"] = str(length)
    return partial


def _by_the_front_server(
    storage: Storage, path: str, content_type: str, status: int
) -> HttpResponse:
    """No bytes, but where nginx finds them; it cuts the part out by the same Range and ETag."""
    place = Path(storage.path(path)).relative_to(settings.DATA_DIR)
    response = HttpResponse(status=status, content_type=content_type)
    response["X-Accel-Redirect"] = INTERNAL + quote(place.as_posix())
    return response


def _slice(storage: Storage, path: str, start: int, length: int) -> Iterator[bytes]:
    with storage.open(path) as file:
        file.seek(start)
        left = length
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _labelled(response: A, tag: str) -> A:
    response["ETag"] = tag
    if "X-Accel-Redirect" not in response:  # nginx says it itself
        response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = SANDBOX
    return response
