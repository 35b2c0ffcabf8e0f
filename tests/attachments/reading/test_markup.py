"""XML: a document type is refused in every part of every kind, before any reader sees it."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from attachments.reading import kinds
from tests.attachments.reading import samples

PARTS = {
    "docx": samples.docx_parts()
    | {"docProps/core.xml": "<x/>", "customXml/item1.xml": "<x/>", "word/drawing1.vml": "<x/>"},
    "xlsx": samples.xlsx_parts() | {"xl/drawings/drawing1.xml": "<x/>"},
    "ofd": samples.ofd_parts() | {"Doc_0/PublicRes.xml": "<x/>", "Doc_0/Annots/a.xml": "<x/>"},
}
KINDS = {"docx": kinds.DOCX, "xlsx": kinds.XLSX, "ofd": kinds.OFD}
PLACES = [(kind, name) for kind, parts in PARTS.items() for name in parts]
CANARY = "the canary sings"
TYPES = {
    "entity to a file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]>',
    "entity to a host": '<!DOCTYPE x [<!ENTITY e SYSTEM "{url}e">]>',
    "type from a host": '<!DOCTYPE x SYSTEM "{url}d">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % e SYSTEM "{url}p"> %e;]>',
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "blow-up": '<!DOCTYPE x [<!ENTITY e "' + "a" * 10_000 + '">]>',
    "empty": "<!DOCTYPE x>",
}


@pytest.fixture
def sink():
    """A host that writes down who came."""
    asked = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
    assert asked == []


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "canary"
    path.write_text(CANARY)
    return path


def declared(text, doctype):
    """The part with a document type behind its declaration, and its entity in its first text."""
    head, behind = text.split("?>", 1) if text.startswith("<?xml") else ("", text)
    start = f"{head}?>" if head else ""
    named = "&e;" if "ENTITY e" in doctype else ""
    cut = behind.rindex("</") if "</" in behind else len(behind)
    return start + doctype + behind[:cut] + (named if cut < len(behind) else "") + behind[cut:]


@pytest.mark.parametrize("which", TYPES)
@pytest.mark.parametrize(("kind", "name"), PLACES)
def test_a_document_type_is_refused_wherever_it_stands(refused, sink, canary, kind, name, which):
    doctype = TYPES[which].replace("{file}", str(canary)).replace("{url}", sink)
    package = samples.package(PARTS[kind] | {name: declared(PARTS[kind][name], doctype)})
    refusal = refused(package, f"来文.{kind}")
    assert refusal.code == "doctype"
    assert CANARY not in str(refusal.values)


@pytest.mark.parametrize(("kind", "name"), PLACES)
def test_the_same_part_without_it_is_taken(look, kind, name):
    package = samples.package(PARTS[kind] | {name: declared(PARTS[kind][name], "")})
    assert look(package, f"来文.{kind}").kind == KINDS[kind]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_a_document_type_in_another_encoding_is_refused(refused, encoding):
    text = '<?xml version="1.0"?><!DOCTYPE x><x/>'
    content = text.encode(encoding)
    if encoding == "utf-16-be":
        content = b"\xfe\xff" + content
    assert refused(samples.docx_with({"word/a.xml": content}), "稿.docx").code == "doctype"


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030"])
def test_a_document_type_in_a_chinese_encoding_is_refused(refused, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE 文><文/>'
    package = samples.ofd_with({"Doc_0/a.xml": text.encode(encoding)})
    assert refused(package, "来文.ofd").code == "doctype"


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "hz", "iso-2022-kr", "unheard-of"])
def test_an_encoding_that_could_hide_one_is_refused(refused, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><x/>'
    assert refused(samples.docx_with({"word/a.xml": text}), "稿.docx").code == "damaged"


def test_a_document_type_behind_much_white_space_is_refused(refused):
    text = "<?xml version='1.0'?>" + " \n" * 300_000 + "<!DOCTYPE x><x/>"
    parts = samples.docx_parts() | {"word/a.xml": text}
    stored = samples.package(parts, packed=0)
    assert refused(stored, "稿.docx").code == "doctype"


def test_a_part_that_is_markup_under_another_name_is_looked_at(refused):
    text = '<?xml version="1.0"?><!DOCTYPE x><x/>'
    assert refused(samples.docx_with({"word/a.bin": text}), "稿.docx").code == "doctype"
    assert refused(samples.docx_with({"word/a.rels": text}), "稿.docx").code == "doctype"


@pytest.mark.parametrize("kind", PARTS)
def test_what_names_other_files_without_a_document_type_is_not_followed(look, sink, canary, kind):
    """XInclude, a schema elsewhere, a style sheet, a remote template."""
    naming = (
        f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{sink}s"?>'
        f'<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:noNamespaceSchemaLocation="{sink}x" xmlns:xi="http://www.w3.org/2001/XInclude">'
        f'<xi:include href="{canary.as_uri()}" parse="text"/><xi:include href="{sink}i"/></x>'
    )
    elsewhere = samples.relations("attachedTemplate", f"{sink}t.dotm")
    more = {"a/item.xml": naming, "a/_rels/item.xml.rels": elsewhere}
    found = look(samples.package(PARTS[kind] | more), f"来文.{kind}")
    assert found.kind == KINDS[kind]
    assert CANARY not in found.text
