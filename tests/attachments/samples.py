"""Small files of every kind, made here: what is taken, and what only looks like it."""

import io
import struct
import zipfile
import zlib

from django.core.files.base import ContentFile
from PIL import Image

PIXEL = (8, 8)


def file(content, name="来文.pdf"):
    return ContentFile(content, name=name)


def pdf(pages=1):
    """Empty pages of 200 by 300 points; the same bytes each time."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>"
    return _assembled(
        ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
        + [page] * pages
    )


def picture(kind, size=PIXEL, **options):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)
    return out.getvalue()


def tiff(frames):
    out = io.BytesIO()
    first, *others = [Image.new("L", PIXEL, 40 * number) for number in range(frames)]
    first.save(out, "TIFF", save_all=True, append_images=others)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_declares(width, height, *more):
    """A few bytes that claim to be a picture of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [
        chunk(b"IHDR", head),
        *more,
        chunk(b"IDAT", zlib.compress(b"\0")),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def png_with_a_text_bomb():
    """A picture whose compressed remark is far longer than the picture."""
    return png_that_declares(8, 8, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 2**24)))


def tiff_with_a_huge_second_frame(side):
    """Two frames; the second claims to be `side` pixels wide and high."""
    content = bytearray(tiff(2))
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    (second,) = struct.unpack_from("<I", content, first + 2 + 12 * entries)
    (entries,) = struct.unpack_from("<H", content, second)
    for place in range(second + 2, second + 2 + 12 * entries, 12):
        (tag,) = struct.unpack_from("<H", content, place)
        if tag in (256, 257):  # width, height
            struct.pack_into("<HII", content, place + 2, 4, 1, side)
    return bytes(content)


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def encrypted_pdf():
    """Needs a password that nobody knows."""
    secret = "<" + "ab" * 32 + ">"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -4 /O {secret} /U {secret} >>",
    ]
    return _assembled(objects, f"/Encrypt 4 0 R /ID [{secret} {secret}]")


def pdf_without_pages():
    return pdf(pages=0)


def _assembled(objects, trailer=""):
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count, start = len(objects) + 1, len(out)
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return out


def transparent_png(palette=False):
    """Nothing but transparency, over the black that image programs put beneath it."""
    out = io.BytesIO()
    image = Image.new("RGBA", PIXEL, (0, 0, 0, 0))
    (image.quantize() if palette else image).save(out, "PNG")
    return out.getvalue()
