"""The box into which files are dropped, and what is checked of them when the form is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from attachments import queries
from attachments.models import Upload
from attachments.reading import kinds
from organization.actor import Actor
from web.forms import TextBox

DISK_FULL = _("The file could not be stored: the disk may be full. Please call the administrator.")
ENDINGS = ",".join(f".{ending}" for endings in kinds.ENDINGS.values() for ending in endings)


class UploadForm(forms.Form):
    """One file as the browser sends it, with its own name byte for byte beside it."""

    file: Any = forms.FileField(
        max_length=255,
        error_messages={
            "required": _("No file came. Please choose it again."),
            "empty": _("The file is empty. Please scan or export it again."),
            "max_length": _("The file name is too long. Please shorten it."),
        },
    )
    name_as_sent = forms.CharField(
        max_length=500,
        required=False,
        strip=False,
        error_messages={"max_length": _("The file name is too long. Please shorten it.")},
    )

    def name(self) -> str:
        """Django has taken invisible characters out of the file's own name."""
        file: File[bytes] = self.cleaned_data["file"]
        return str(self.cleaned_data["name_as_sent"] or file.name)

    def first_error(self) -> str:
        return next(str(error) for errors in self.errors.values() for error in errors)


class FilesInput(forms.Widget):
    """Files that came already, each with a line of its own, and a place to drop more."""

    actor: Actor

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, list[str]]:
        return {"files": data.getlist(name), "seen": data.getlist(f"{name}-seen")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        sent, known = value or {"files": [], "seen": []}, self.build_attrs(self.attrs, attrs)
        uploads = _uploads(self.actor, sent["files"])
        waiting = Upload.objects.visible_to(self.actor).exclude(pk__in=[one.pk for one in uploads])
        context = {
            "id": known.get("id", name),
            "wrong": "is-invalid" in known.get("class", ""),
            "uploads": queries.with_same_elsewhere(uploads, self.actor),
            "left": list(waiting.select_related("content")),
            "seen": sent["seen"],
            "endings": ENDINGS,
            "limit": settings.UPLOAD_LIMIT_MB * 1024 * 1024,
            "limit_mb": settings.UPLOAD_LIMIT_MB,
        }
        return render_to_string("attachments/_files_input.html", context)


class FilesBox(forms.Field):
    """Received files of whoever fills in the form. `cleaned_data` holds Upload rows."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Scans and files"))
        options.setdefault("required", False)
        super().__init__(**options)

    def for_actor(self, actor: Actor) -> None:
        self.actor = actor
        assert isinstance(self.widget, FilesInput)
        self.widget.actor = actor

    def sent(self, value: dict[str, list[str]]) -> list[Upload]:
        """Those of them that are there, looked at or not."""
        return _uploads(self.actor, value["files"])

    def clean(self, value: dict[str, list[str]]) -> Sequence[Upload]:
        uploads = self.sent(value)
        if len(uploads) != len(set(value["files"])):
            raise forms.ValidationError(
                _("A file is no longer there: sent already, or a day has passed. Add it again.")
            )
        unseen = [u for u in uploads if not u.is_readable and str(u.token) not in value["seen"]]
        if unseen:
            raise forms.ValidationError(
                _("Please look at “%(name)s” and tick that it bears no mark of secrecy.")
                % {"name": unseen[0].shown_name}
            )
        return uploads


class ReleaseForm(forms.Form):
    reason = TextBox(label=_("Reason"), max_length=200, rows=2)


def _uploads(actor: Actor, tokens: Sequence[str]) -> list[Upload]:
    """The actor's own, in the order they were added; what is no token finds nothing."""
    known = []
    for token in tokens:
        try:
            known.append(UUID(token))
        except ValueError:
            continue
    found = Upload.objects.visible_to(actor).filter(token__in=known).select_related("content")
    return list(found)
