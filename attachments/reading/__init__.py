"""What a file really is and what it says. Everything that opens it runs in a child with limits."""

from attachments.reading.answers import MOST_CHARACTERS, Found, Refused
from attachments.reading.parent import inspect, kept, whole_text

__all__ = ["MOST_CHARACTERS", "Found", "Refused", "inspect", "kept", "whole_text"]
