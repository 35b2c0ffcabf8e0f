"""The child: one open file and one line in, one line out, until nobody asks any more."""

from __future__ import annotations

import json
import os
import socket
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from typing import BinaryIO

from attachments.reading import limits
from attachments.reading.answers import Found, Job, Refused

LONGEST_REQUEST = 65_536


def serve(answer: Callable[[BinaryIO, Job], Found]) -> None:
    """Answers every request; a library that prints does not reach the parent."""
    out = os.dup(sys.stdout.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    warnings.simplefilter("ignore")
    limits.at_the_start()
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as requests:
        while request := _request(requests):
            file, job = request
            with file:
                line = json.dumps(_answer(answer, file, job)).encode() + b"\n"
            _write(out, line)


def _request(requests: socket.socket) -> tuple[BinaryIO, Job] | None:
    message, files, _flags, _address = socket.recv_fds(requests, LONGEST_REQUEST, 1)
    while message and not message.endswith(b"\n"):
        message += requests.recv(LONGEST_REQUEST)
    if not message or not files:
        return None
    return os.fdopen(files[0], "rb"), Job(**json.loads(message))


def _answer(
    answer: Callable[[BinaryIO, Job], Found], file: BinaryIO, job: Job
) -> dict[str, object]:
    try:
        file.seek(0)
        return asdict(answer(file, job))
    except Refused as refusal:
        return {"refused": refusal.code, "values": refusal.values}
    except MemoryError:
        return {"refused": "unavailable", "values": {"reason": "memory"}}


def _write(out: int, line: bytes) -> None:
    while line:
        line = line[os.write(out, line) :]
