"""What may lie inside a package: papers and pictures; nothing that runs, nothing packed deeper."""

from __future__ import annotations

import re

from attachments.reading.answers import Refused
from attachments.reading.kinds import visible

RUNS = {
    "apk", "app", "application", "appref-ms", "bash", "bat", "chm", "class", "cmd", "com", "cpl",
    "deb", "desktop", "dll", "dmg", "docm", "dotm", "dqy", "exe", "gadget", "hlp", "hta", "htm",
    "html", "img", "inf", "iqy", "iso", "jar", "jnlp", "js", "jse", "library-ms", "lnk", "mht",
    "mhtml", "mjs", "msc", "msi", "msp", "mst", "oqy", "php", "phtml", "pif", "pl", "potm", "ppa",
    "ppam", "ppsm", "pptm", "ps1", "psm1", "py", "pyc", "pyw", "pyz", "rb", "reg", "rpm", "rqy",
    "scf", "scr", "sct", "search-ms", "searchconnector-ms", "settingcontent-ms", "sh", "shtml",
    "slk", "so", "svg", "svgz", "swf", "sys", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "wim",
    "wll", "ws", "wsc", "wsf", "wsh", "xht", "xhtml", "xla", "xlam", "xll", "xlsb", "xlsm", "xltm",
}  # fmt: skip
PACKAGES = {"zip", "docx", "dotx", "xlsx", "xltx", "pptx", "potx", "ofd", "odt", "ods", "odp"}
PACKED = {"7z", "arj", "bz2", "cab", "gz", "lzh", "rar", "tar", "tgz", "xz", "z", "zst"}
MEDIA = ("word/media/", "xl/media/")
DRAWN_BY_OFFICE = {"svg", "emz", "wmz"}  # pictures there, never shown by us
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",  # a shortcut
    b"ITSF",
    b"FWS",
    b"CWS",
    b"ZWS",
)
TIGHT = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"MSCF", b"(\xb5/\xfd")
PACKAGE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a browser takes for a page whatever it is called (WHATWG MIME sniffing), and scripts.
PAGE = re.compile(
    rb"<(!doctype\s+(html|svg)|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p"
    rb"|svg|\?php)[\s/>]|<!--|<\?php",
    re.IGNORECASE,
)
# Markup may begin with an element of any name but these.
RUNNING_MARKUP = re.compile(rb"<(!doctype\s+html|html|script|iframe)[\s/>]", re.IGNORECASE)
PROLOG = re.compile(rb"^(<\?xml\s[^>]*>\s*)?(<!--.*?-->\s*)*", re.DOTALL)
SCRIPT = re.compile(rb"<\?(php|=)|@echo off\b|wscript\.|set-executionpolicy", re.IGNORECASE)
MARKUP = {"xml", "rels", "vml"}
MACROS = re.compile(r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml)$|(^|/)macrosheets/", re.IGNORECASE)


def refuse_by_name(name: str) -> None:
    seen, ending = visible(name), ending_of_part(name)
    if MACROS.search(seen):
        raise Refused("macros")
    if _is_drawn(seen, ending):
        return
    if ending in RUNS:
        raise Refused("active_content", part=name[-100:])
    if ending in PACKED:
        raise Refused("bomb")


def refuse_by_beginning(name: str, head: bytes) -> None:
    seen, ending = visible(name), ending_of_part(name)
    if head.startswith(PROGRAMS) or head[0x8001:0x8006] == b"CD001":
        raise Refused("active_content", part=name[-100:])
    drawn = _is_drawn(seen, ending)
    if not drawn and (head.startswith(TIGHT) or head[257:262] == b"ustar"):
        raise Refused("bomb")
    page = RUNNING_MARKUP if drawn or ending in MARKUP else PAGE
    begins = without_mark(head)
    behind = PROLOG.sub(b"", begins, count=1)
    if page.match(begins) or RUNNING_MARKUP.match(behind) or SCRIPT.match(begins):
        raise Refused("active_content", part=name[-100:])


def ending_of_part(name: str) -> str:
    return visible(name).rpartition("/")[2].rpartition(".")[2]


def without_mark(head: bytes) -> bytes:
    """From the first byte that means something."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\f")


def _is_drawn(seen: str, ending: str) -> bool:
    return ending in DRAWN_BY_OFFICE and seen.startswith(MEDIA)
