from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from attachments.checks import FileRefused, inspect


class FileBox(forms.FileField):
    """One PDF or picture; what it really is, is read from its content."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Scan or file (PDF, PNG, JPEG, TIFF)"))
        options.setdefault(
            "widget", forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff"})
        )
        options.setdefault("max_length", 255)
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> File[bytes] | None:
        file: File[bytes] | None = super().clean(data, initial)
        if file:
            try:
                inspect(file)
            except FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file
