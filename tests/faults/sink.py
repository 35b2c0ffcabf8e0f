"""A mail server that keeps what it is sent, may be slow, and can act at the n-th message."""

import asyncio
import email
import email.policy
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from launcher.places import free_port


@dataclass(frozen=True)
class Message:
    key: str  # what stands before the @ of its Message-ID
    recipient: str
    subject: str
    body: str
    at: float  # time.monotonic()


class Sink:
    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.delay = 0.0  # seconds for each message
        self.at_number: dict[int, Callable[[], object]] = {}  # 1 is the first message
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port("127.0.0.1"))

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}"

    def __enter__(self) -> "Sink":
        self.controller.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.controller.stop()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """It is kept before the sender hears of it: a crash right then can make a second copy."""
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        key = str(read["Message-ID"]).strip("<>").partition("@")[0]
        body = read.get_body(("plain",)).get_content()
        for recipient in envelope.rcpt_tos:
            subject = str(read["Subject"])
            self.messages.append(Message(key, recipient, subject, body, time.monotonic()))
        self.at_number.pop(len(self.messages), lambda: None)()
        await asyncio.sleep(self.delay)
        return "250 Kept"
