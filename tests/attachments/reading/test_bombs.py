"""What would fill memory or disk is refused from its list, or while it is inflated."""

import functools
import hashlib
import struct
import tracemalloc
import zlib

import pytest

from attachments.reading.kinds import DOCX
from tests.attachments.reading import samples
from tests.attachments.reading.raw import part, raw_package

MEGABYTE = 1024 * 1024
PARTS = {"docx": samples.docx_parts, "xlsx": samples.xlsx_parts, "ofd": samples.ofd_parts}


def own(kind="docx"):
    return [part(name, text.encode()) for name, text in PARTS[kind]().items()]


@functools.cache
def zeros(count):
    """`count` megabytes, packed without ever being whole."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(count))
    return packed + packer.flush()


def flat(kind, megabytes=300, claimed=None):
    """One part of so many megabytes; it may claim to be smaller."""
    packed = zeros(megabytes)
    size = claimed or megabytes * MEGABYTE
    odd = part("word/media/a.bin", packed, method=0, size=size, crc=0)
    package = bytearray(raw_package(*own(kind), odd))
    for mark, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        struct.pack_into("<H", package, package.rfind(mark) + place, 8)  # deflated, after all
    return bytes(package)


@pytest.fixture
def quietly_refused(refused):
    """`refused`, with less than a megabyte taken by this process meanwhile."""

    def quietly_refused(*asked):
        tracemalloc.start()
        try:
            refusal = refused(*asked)
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert most < MEGABYTE
        return refusal

    return quietly_refused


@pytest.mark.parametrize("kind", PARTS)
def test_a_flat_bomb_is_refused(quietly_refused, kind):
    assert quietly_refused(flat(kind), f"来文.{kind}").code == "bomb"


@pytest.mark.parametrize("kind", PARTS)
def test_a_bomb_that_says_it_is_small_is_refused(quietly_refused, kind):
    assert quietly_refused(flat(kind, 100, claimed=1000), f"来文.{kind}").code == "bomb"


def test_a_bomb_beside_a_large_picture_is_refused(look, refused):
    """The package as a whole is not tightly packed."""
    noise = hashlib.shake_128(b"picture").digest(2 * MEGABYTE)
    picture = part("word/media/a.png", noise, method=0)
    assert look(raw_package(*own(), picture), "稿.docx").kind == DOCX
    bomb = part("word/media/a.bin", bytes(2 * MEGABYTE))
    assert refused(raw_package(*own(), picture, bomb), "稿.docx").code == "bomb"


def test_many_parts_that_are_harmless_alone_are_refused_together(refused):
    megabyte = bytes(MEGABYTE)  # not large enough to be looked at for itself
    pieces = [part(f"word/media/{number}.bin", megabyte) for number in range(5)]
    assert refused(raw_package(*own(), *pieces), "稿.docx").code == "bomb"


def test_more_than_four_times_the_limit_is_refused(look, refused):
    lines = b"".join(b"%08d%040d\n" % (number, 0) for number in range(20_000))
    package = raw_package(*own(), part("word/media/a.bin", lines))
    assert len(package) < len(lines) // 5
    assert look(package, "稿.docx", limit=len(lines) // 3).kind == DOCX
    assert refused(package, "稿.docx", limit=len(lines) // 5).code == "bomb"


def test_parts_that_share_their_bytes_are_refused(refused):
    parts = own()
    shared = part("word/media/a.bin", bytes(500_000))
    place = raw_package(*parts, shared).index(b"word/media/a.bin") - 30
    others = [shared | {"place": place} for _ in range(50)]
    for number, other in enumerate(others):
        other["name"] = b"word/media/%02d.bi" % number
    assert refused(raw_package(*parts, shared, *others), "稿.docx").code in {"bomb", "unsafe_names"}
    same = [shared | {"place": place, "listed_name": b"word/media/A.bin"}]
    assert refused(raw_package(*parts, shared, *same), "稿.docx").code in {"bomb", "unsafe_names"}


def test_overlapping_parts_are_refused(refused):
    """The second part lies inside the first one's bytes: each kilobyte is counted often."""
    parts = own()
    inner = raw_package(part("word/media/b.bin", bytes(100), method=0))[: 30 + 16 + 100]
    outer = part("word/media/a.bin", inner, method=0)
    place = raw_package(*parts, outer).index(inner)
    hidden = part("word/media/b.bin", bytes(100), method=0, place=place)
    assert refused(raw_package(*parts, outer, hidden), "稿.docx").code == "bomb"


@pytest.mark.parametrize("names", ["%06d", "word/media/%0300d"])
def test_a_hundred_thousand_empty_parts_are_refused(quietly_refused, names):
    """The list alone fills megabytes."""
    empty = b"".join(listed(names % number) for number in range(100_000))
    own_list = raw_package(*own())
    count = min(100_000, 0xFFFF)
    start = own_list.index(b"PK\1\2")
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(empty), start, 0)
    assert quietly_refused(own_list[:start] + empty + end, "稿.docx").code == "bomb"


def listed(name):
    return (
        struct.pack("<4s6H3I5H2I", b"PK\1\2", *[20, 20, 0, 0, 0, 33, 0, 0, 0], len(name), *[0] * 6)
        + name.encode()
    )


def test_a_short_list_of_endless_remarks_is_refused(refused):
    parts = [part(f"word/{number}.bin", b"", remark=bytes(60_000)) for number in range(80)]
    assert refused(raw_package(*own(), *parts), "稿.docx").code == "bomb"


def test_a_list_that_says_it_is_short_is_counted(refused):
    parts = [*own(), *(part(f"word/{number}.bin", b"", method=0) for number in range(5000))]
    package = bytearray(raw_package(*parts))
    struct.pack_into("<HH", package, len(package) - 14, 3, 3)
    assert refused(bytes(package), "稿.docx").code == "bomb"


def test_five_thousand_parts_are_taken_and_one_more_is_not(look, refused):
    fill = [part(f"word/media/{number}.bin", b"") for number in range(5000 - len(own()))]
    assert look(raw_package(*own(), *fill), "稿.docx").kind == DOCX
    one_more = part("word/media/more.bin", b"")
    assert refused(raw_package(*own(), *fill, one_more), "稿.docx").code == "bomb"


@pytest.mark.parametrize("kind", PARTS)
def test_nested_bombs_are_refused(quietly_refused, kind):
    inner = raw_package(part("a/0.bin", bytes(20 * MEGABYTE)))
    for _depth in range(2):
        inner = raw_package(part("a/inner.zip", inner))
    package = raw_package(*own(kind), part("a/b.bin", inner))
    assert quietly_refused(package, f"来文.{kind}").code == "bomb"


def test_an_inner_package_that_explodes_is_refused(refused):
    inner = raw_package(part("a/0.bin", bytes(20 * MEGABYTE)))
    assert refused(raw_package(*own(), part("a/b.bin", inner)), "稿.docx").code == "bomb"


def test_an_inner_package_that_does_not_fit_into_memory_is_refused(refused):
    inner = b"PK\3\4" + bytes(65 * MEGABYTE)
    package = raw_package(*own(), part("a/b.bin", inner, method=0))
    assert refused(package, "稿.docx", limit=100 * MEGABYTE).code == "bomb"


@pytest.mark.parametrize("name", ["Doc_0/a.gz", "Doc_0/a.bin", "Doc_0/Attachs/a.dat"])
def test_a_package_of_another_kind_inside_is_refused(refused, name):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(bytes(10 * MEGABYTE)) + packer.flush()
    assert refused(samples.ofd_with({name: packed}), "来文.ofd").code == "bomb"


@pytest.mark.parametrize("ending", ["gz", "tgz", "rar", "7z", "cab", "xz", "TAR"])
def test_a_package_we_cannot_list_is_refused_by_its_name(refused, ending):
    assert refused(samples.docx_with({f"word/a.{ending}": b"x"}), "稿.docx").code == "bomb"


def test_text_that_explodes_in_the_drawing_of_an_ofd_ends(refused):
    """Units that consist of units: two to the thirtieth letters."""
    unit = '<CompositeGraphicUnit ID="{0}"><Content>{1}</Content></CompositeGraphicUnit>'
    twice = '<CompositeObject ResourceID="{0}"/><CompositeObject ResourceID="{0}"/>'
    letter = '<TextObject><TextCode X="0" Y="0">x</TextCode></TextObject>'
    units = [unit.format(0, letter)]
    units += [unit.format(number, twice.format(number - 1)) for number in range(1, 31)]
    layer = f"<Content><Layer>{twice.format(30)}</Layer></Content>"
    listed_units = f"<CompositeGraphicUnits>{''.join(units)}</CompositeGraphicUnits>"
    package = samples.ofd_with(
        {
            "Doc_0/r.xml": f"<Res>{listed_units}</Res>",
            "Doc_0/Pages/Page_0/Content.xml": f"<Page><PageRes>../../r.xml</PageRes>{layer}</Page>",
        }
    )
    assert refused(package, "来文.ofd").code in {"timeout", "unavailable"}
