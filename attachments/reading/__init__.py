"""What a file really is and what it says. Everything that opens it runs in a child with limits."""

from attachments.reading.answers import Found, Refused
from attachments.reading.parent import inspect, kept, whole_text

__all__ = ["Found", "Refused", "inspect", "kept", "whole_text"]
