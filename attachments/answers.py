"""Bytes as an answer: whole, in part (RFC 9110 section 14), or not again (section 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from django.core.files.storage import Storage
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

SANDBOX = "default-src 'none'; sandbox"
BLOCK = 64 * 1024
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
        whole = FileResponse(storage.open(path), content_type=content_type)
        return _labelled(whole, tag)
    first, last = part
    if first > last:
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _labelled(refused, tag)
    partial = StreamingHttpResponse(
        _slice(storage, path, first, last - first + 1), status=206, content_type=content_type
    )
    partial["Content-Range"] = f"bytes {first}-{last}/{size}"
    partial["Content-Length"] = str(last - first + 1)
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


def _slice(storage: Storage, path: str, start: int, length: int) -> Iterator[bytes]:
    with storage.open(path) as file:
        file.seek(start)
        left = length
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _labelled(response: A, tag: str) -> A:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = SANDBOX
    return response
