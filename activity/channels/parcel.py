"""What is handed to a channel, and how it says that it could not be delivered."""

from dataclasses import dataclass
from uuid import UUID

from django.core.mail.backends.base import BaseEmailBackend


@dataclass(frozen=True)
class Parcel:
    key: UUID  # stays the same when the message is sent again
    subject: str
    text: str
    address: str  # of a person's mailbox, or of a robot
    secret: str  # a robot signs with it
    mail: BaseEmailBackend  # one connection for all messages of a batch


class Undelivered(Exception):
    """It was not sent; another attempt may succeed."""

    @property
    def kind(self) -> str:
        """The class of what went wrong, which is all that is kept of it."""
        return type(self.__cause__ or self).__name__


class Refused(Undelivered):
    """It was not sent and never will be: no other attempt is made."""


class Down(Undelivered):
    """Nobody answers there: what else is to be sent by this channel can wait as well."""
