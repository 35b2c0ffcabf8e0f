"""Robots of chat groups: WeCom, DingTalk and Feishu, each as its documentation says.

A robot's address is typed in, so it is connected to only when the operator listed its origin in
WEBHOOK_ORIGINS, at the network address that was looked up and checked, without following
redirects and without a proxy.
"""

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from django.conf import settings

from activity.channels.parcel import Down, Parcel, Refused, Undelivered

SECONDS = 10
LONGEST_ANSWER = 64 * 1024  # bytes


class WrongOrigin(Refused):
    """The address is not one of those the operator allows."""


class InsideAddress(Refused):
    """The name of a public service leads to a machine inside the house."""


class RobotSaidNo(Undelivered):
    """It answered, but did not take the message."""


def wecom(parcel: Parcel) -> None:
    _post(parcel.address, {"msgtype": "text", "text": {"content": parcel.text}}, "errcode")


def dingtalk(parcel: Parcel) -> None:
    """With a secret the address carries time in milliseconds and signature."""
    address = parcel.address
    if parcel.secret:
        now = str(round(time.time() * 1000))
        sign = _signature(parcel.secret, f"{now}\n{parcel.secret}")
        address += ("&" if "?" in address else "?") + urlencode({"timestamp": now, "sign": sign})
    _post(address, {"msgtype": "text", "text": {"content": parcel.text}}, "errcode")


def feishu(parcel: Parcel) -> None:
    """With a secret the body carries time in seconds and signature."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": parcel.text}}
    if parcel.secret:
        now = str(round(time.time()))
        body |= {"timestamp": now, "sign": _signature(f"{now}\n{parcel.secret}", "")}
    _post(parcel.address, body, "code")


def _signature(key: str, text: str) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class _Connection(HTTPConnection):
    """To a network address that was checked, while name and certificate are the host's."""

    def __init__(self, parts: SplitResult) -> None:
        self.secure = parts.scheme == "https"
        port = parts.port or (443 if self.secure else 80)
        super().__init__(parts.hostname or "", port, timeout=SECONDS)
        self.checked = _checked(parts, port)

    def connect(self) -> None:
        self.sock = socket.create_connection((self.checked, self.port), SECONDS)
        if self.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _checked(parts: SplitResult, port: int) -> str:
    """The network address behind the name. A public service is not found inside the house."""
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    address = str(found[0][4][0])
    if _origin(parts) in settings.PUBLIC_ORIGINS and not ipaddress.ip_address(address).is_global:
        raise InsideAddress
    return address


def is_allowed(address: str) -> bool:
    """Whether its origin is one of those the operator listed, letter by letter."""
    return _origin(urlsplit(address)) in settings.WEBHOOK_ORIGINS


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}".lower()


def _post(address: str, body: dict[str, Any], verdict: str) -> None:
    """Send it; `verdict` is the field of the answer that is 0 when all is well."""
    if not is_allowed(address):
        raise WrongOrigin
    parts = urlsplit(address)
    try:
        with closing(_Connection(parts)) as connection:
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            headers = {"Content-Type": "application/json; charset=utf-8"}
            connection.request("POST", path, json.dumps(body).encode(), headers)
            with connection.getresponse() as answer:
                status, said = answer.status, answer.read(LONGEST_ANSWER)
    except (OSError, HTTPException) as error:
        raise Down from error
    if status != 200 or not _is_well(said, verdict):
        raise RobotSaidNo


def _is_well(said: bytes, verdict: str) -> bool:
    try:
        answer = json.loads(said)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get(verdict) == 0
