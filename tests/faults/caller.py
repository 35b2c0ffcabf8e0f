"""Somebody at a browser, reduced to what HTTP is: cookies, a form's token, no redirect followed."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


class Caller:
    def __init__(self, url: str, seconds: float = 30) -> None:
        self.url = url
        self.seconds = seconds
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies, _Stay())

    def get(self, path: str) -> Answer:
        return self._ask(path, None)

    def token(self, page: str) -> str:
        """What a form on this page must be sent with."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(page).text)
        assert found, f"no form on {page}"
        return found[1]

    def post(self, path: str, token: str, **fields: object) -> Answer:
        return self._ask(path, {"csrfmiddlewaretoken": token, **fields})

    def sign_in(self, username: str) -> None:
        fields = {"username": username, "password": "password-of-" + username}
        answer = self.post("sign-in/", self.token("sign-in/"), **fields)
        assert answer.status == 302, answer

    def _ask(self, path: str, fields: dict[str, object] | None) -> Answer:
        data = None if fields is None else urllib.parse.urlencode(fields, doseq=True).encode()
        address = urllib.parse.urljoin(self.url, path)
        request = urllib.request.Request(address, data, {"Referer": self.url})
        try:
            with self.opener.open(request, timeout=self.seconds) as answer:
                return Answer(answer.status, "", answer.read().decode(errors="replace"))
        except urllib.error.HTTPError as answer:
            with answer:
                where = answer.headers.get("Location", "")
                return Answer(answer.code, where, answer.read().decode(errors="replace"))
