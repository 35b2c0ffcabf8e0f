"""Papers of every kind, built here byte by byte: real ones, and the hostile ones beside them."""

import io
import struct
import zipfile
from itertools import pairwise

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFD = "http://www.ofdspec.org/2016"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def package(parts, packed=zipfile.ZIP_DEFLATED):
    """`parts`: name -> text or bytes, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, packed)
    return out.getvalue()


def content_types(*overrides):
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{listed}</Types>'
    )


def relations(kind, target):
    return (
        f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def word(*paragraphs, tag="document"):
    lines = "".join(f"<w:p><w:r>{said}</w:r></w:p>" for said in map(_run, paragraphs))
    inner = f"<w:body>{lines}</w:body>" if tag == "document" else lines
    return f'{HEAD}<w:{tag} xmlns:w="{W}">{inner}</w:{tag}>'


def _run(paragraph):
    return paragraph if paragraph.startswith("<") else f"<w:t>{paragraph}</w:t>"


def docx_parts(*paragraphs, header=""):
    """The parts of a small Word paper; a paragraph may be given as the inside of its run."""
    main, top = "word/document.xml", "word/header1.xml"
    kinds = [(main, WORD + "document.main+xml"), (top, WORD + "header+xml")]
    return {
        "[Content_Types].xml": content_types(*kinds),
        "_rels/.rels": relations("officeDocument", main),
        main: word(*(paragraphs or ("关于报送年度工作总结的通知",))),
        "word/_rels/document.xml.rels": relations("header", "header1.xml"),
        top: word(header, tag="hdr"),
    }


def docx(*paragraphs, **options):
    return package(docx_parts(*paragraphs, **options))


def docx_with(parts, *paragraphs):
    return package(docx_parts(*paragraphs) | parts)


def xlsx_parts(strings=("序号", "案由"), sheet="", name="台账"):
    book, first, shared = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    kinds = [
        (book, EXCEL + "sheet.main+xml"),
        (first, EXCEL + "worksheet+xml"),
        (shared, EXCEL + "sharedStrings+xml"),
    ]
    listed = "".join(f"<si><t>{said}</t></si>" for said in strings)
    return {
        "[Content_Types].xml": content_types(*kinds),
        "_rels/.rels": relations("officeDocument", book),
        book: f'{HEAD}<workbook xmlns="{S}" xmlns:r="{OFFICE}"><sheets><sheet name="{name}" '
        f'sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
        first: f'{HEAD}<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        f'<c r="B1"><v>2026</v></c>{sheet or ""}</row></sheetData></worksheet>',
        shared: f'{HEAD}<sst xmlns="{S}">{listed}</sst>',
    }


def xlsx(**options):
    return package(xlsx_parts(**options))


def ofd_parts(*pages):
    """Each page is the text on it; "" is a page with a picture only."""
    pages = pages or ("关于报送年度工作总结的通知",)
    listed = "".join(
        f'<ofd:Page ID="{10 + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    parts = {
        "OFD.xml": f'{HEAD}<ofd:OFD xmlns:ofd="{OFD}" Version="1.0" DocType="OFD"><ofd:DocBody>'
        f"<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml"
        f"</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'{HEAD}<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData>'
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number, said in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _ofd_page(said)
    return parts


def _ofd_page(said):
    drawn = '<ofd:ImageObject ID="21" Boundary="0 0 210 297" ResourceID="5"/>'
    if said:
        drawn = (
            f'<ofd:TextObject ID="20" Boundary="20 20 170 10" Font="3" Size="5">'
            f'<ofd:TextCode X="0" Y="5">{said}</ofd:TextCode></ofd:TextObject>'
        )
    return (
        f'{HEAD}<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer ID="9">{drawn}</ofd:Layer>'
        f"</ofd:Content></ofd:Page>"
    )


def ofd(*pages):
    return package(ofd_parts(*pages))


def ofd_with(parts, *pages):
    return package(ofd_parts(*pages) | parts)


# Compound files -----------------------------------------------------------------------------

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams, clsid=bytes(16)):
    """`streams`: "storage/stream" -> bytes. Each stream is filled up past the small ones."""
    names = sorted({path[:cut] for path in streams for cut in _cuts(path)})
    bodies = {path: content.ljust(4096, b"\0") for path, content in streams.items()}
    folder_sectors = -(-(len(names) + 1) // 4)
    chains, place = {}, 1 + folder_sectors
    for path, body in bodies.items():
        chains[path] = list(range(place, place + -(-len(body) // SECTOR)))
        place = chains[path][-1] + 1
    table = [FREE] * 128
    table[0] = FAT
    for chain in [list(range(1, 1 + folder_sectors)), *chains.values()]:
        for here, there in pairwise([*chain, END]):
            table[here] = there
    folder = _entry("Root Entry", 5, child=_first_child(names, ""), clsid=clsid)
    for name in names:
        folder += _entry_of(name, names, chains, bodies)
    content = b"".join(_filled(bodies[path]) for path in bodies)
    return _compound_header() + struct.pack("<128I", *table) + _filled(folder) + content


def doc(**more):
    return compound({"WordDocument": word_head()} | more)


def word_head(flags=0):
    return struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x0804, 0, flags)


def _cuts(path):
    return [place for place, letter in enumerate(path) if letter == "/"] + [len(path)]


def _parent(name):
    return name.rpartition("/")[0]


def _first_child(names, parent):
    return next((number for number, name in enumerate(names, 1) if _parent(name) == parent), FREE)


def _entry_of(name, names, chains, bodies):
    number = names.index(name)
    later = enumerate(names[number + 1 :], number + 2)
    beside = next((place for place, other in later if _parent(other) == _parent(name)), FREE)
    child = _first_child(names, name)
    last = name.rpartition("/")[2]
    if name in chains:
        return _entry(last, 2, beside, FREE, chains[name][0], len(bodies[name]))
    return _entry(last, 1, beside, child)


def _entry(name, kind, beside=FREE, child=FREE, start=END, size=0, clsid=bytes(16)):
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
    return head + struct.pack(
        "<III16sI8s8sIQ", FREE, beside, child, clsid, 0, b"", b"", start, size
    )


def _filled(content):
    return content + b"\0" * (-len(content) % SECTOR)


def _compound_header():
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    sizes = struct.pack("<HHHHH6s", 0x3E, 3, 0xFFFE, 9, 6, b"")
    counts = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return (mark + sizes + counts + struct.pack("<109I", 0, *[FREE] * 108)).ljust(SECTOR, b"\0")


# PDF ----------------------------------------------------------------------------------------

PICTURE = "#"
SCAN = "q 400 0 0 300 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def pdf(*pages):
    """Each page is the ASCII line written on it; None draws a line without letters.

    A line that begins with PICTURE stands on a page with a scan.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for said in pages:
        drawn = "0 0 m 90 90 l S"
        if said is not None:
            picture, line = (SCAN, said[1:]) if said.startswith(PICTURE) else ("", said)
            drawn = f"{picture} BT /F1 12 Tf 20 200 Td ({line}) Tj ET"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return assembled(objects)


def assembled(objects):
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count, start = len(objects) + 1, len(out)
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


# TIFF ---------------------------------------------------------------------------------------


def tiff(frames):
    """So many grey pixels, one on each page."""
    out, place = b"II*\0" + struct.pack("<I", 10) + b"\x80\0", 10
    for number in range(frames):
        tags = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1)]
        entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        place += 2 + len(entries) + 4
        after = place if number + 1 < frames else 0
        out += struct.pack("<H", len(tags)) + entries + struct.pack("<I", after)
    return out
