"""How tests ask for a file, and what they look at afterwards."""

from activity.models import Event

NAME = "关于印发《办法》的通知（2026）第3号.pdf"


def routes(attachment):
    """The file, its preview, its first page."""
    base = f"/attachments/{attachment.pk}/"
    return [base, base + "preview/", base + "pages/1/"]


def body(response):
    """The whole answer, read to its end as a browser does."""
    return b"".join(response)


def events():
    return list(Event.objects.filter(verb="attachment.download"))
