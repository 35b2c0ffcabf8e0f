"""E-mail, by the server that the operator named in EMAIL_URL."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from activity.channels.parcel import Down, Parcel, Refused, Undelivered

FOR_EVER = 500  # answers of a server from here on are final
SERVER_TROUBLE = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
)


def send(parcel: Parcel) -> None:
    """One mail to one person. Django refuses a line break in any header or address."""
    message = EmailMessage(
        subject=parcel.subject,
        body=parcel.text,
        to=[parcel.address],
        connection=parcel.mail,
        headers={
            "Message-ID": f"<{parcel.key}@{_host()}>",
            "Auto-Submitted": "auto-generated",  # no out-of-office answer, please
        },
    )
    try:
        parcel.mail.open()
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        raise (Refused if min(codes) >= FOR_EVER else Undelivered) from error
    except SERVER_TROUBLE as error:
        raise Down from error
    except smtplib.SMTPException as error:
        raise Undelivered from error
    except OSError as error:
        raise Down from error
    except ValueError as error:  # an address or a header that cannot be written
        raise Refused from error


def _host() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
