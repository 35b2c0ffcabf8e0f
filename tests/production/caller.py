"""Somebody who speaks HTTP over TLS with the front server, and may lie in every line of it."""

import http.client
import re
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.production.seed import PASSWORD

SECONDS = 30


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode(errors="replace")


class Caller:
    """Keeps its cookies like a browser. `address` is that of its machine, as the front sees it."""

    def __init__(self, host, port, certificate, address="127.0.0.1"):
        self.host, self.port, self.address = host, port, address
        self.trust = ssl.create_default_context(cafile=certificate)
        self.cookies = {}
        self.set_cookies = []

    def line(self, name=None):
        """A TLS connection; the name in it is ours unless another is wanted."""
        raw = socket.create_connection(("127.0.0.1", self.port), SECONDS, (self.address, 0))
        return self.trust.wrap_socket(raw, server_hostname=name or self.host)

    def ask(self, method, path, body=None, headers=None):
        """Headers given here go before ours, also `Host`."""
        connection = http.client.HTTPSConnection(self.host, self.port, timeout=SECONDS)
        connection.sock = self.line()
        ours = {"Host": self.host, "Referer": f"https://{self.host}/"}
        if self.cookies:
            ours["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, ours | (headers or {}))
            answer = connection.getresponse()
            found = Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()
        self._keep(found.headers.get_all("Set-Cookie", []))
        return found

    def sign_in(self, login, password=None, headers=None):
        page = self.ask("GET", "/sign-in/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        typed = {"username": login, "password": password or PASSWORD.format(login)}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(typed | {"csrfmiddlewaretoken": token})
        return self.ask("POST", "/sign-in/", body, form | (headers or {}))

    def raw(self, text, name=None):
        """What comes back for these very bytes; nothing when the connection is shut."""
        said = b""
        with self.line(name) as line:
            line.sendall(text)
            try:
                while block := line.recv(65536):
                    said += block
            except (ConnectionError, ssl.SSLError):
                return said
        return said

    def _keep(self, lines):
        self.set_cookies += lines
        for line in lines:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
