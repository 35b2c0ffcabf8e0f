"""Packages written byte by byte, so that the list and the parts can say different things."""

import struct
import zlib

LOCAL = struct.Struct("<4s5H3I2H")
LISTED = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")


def part(name, content=b"<x/>", **claims):
    """`claims` overrule what is written.

    In both places: size, packed, crc, method, flags, raw (the packed bytes). In its own header
    alone: own_size. In the list alone: listed_name, listed_flags, mode, place, remark.
    """
    return {"name": name.encode() if isinstance(name, str) else name, "content": content} | claims


def raw_package(*parts, before=b"", remark=b""):
    out, places, length = [before], [], len(before)
    for one in parts:
        places.append(one.get("place", length))
        if "place" not in one:
            out.append(_local(one) + one["name"] + _packed(one))
            length += len(out[-1])
    listed = b"".join(_listed(one, place) for one, place in zip(parts, places, strict=True))
    count = len(parts)
    end = END.pack(b"PK\5\6", 0, 0, count, count, len(listed), length, len(remark))
    return b"".join(out) + listed + end + remark


def _packed(one):
    if "raw" in one:
        return one["raw"]
    if one.get("method", 8) == 0:
        return one["content"]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(one["content"]) + packer.flush()


def _numbers(one):
    crc = one.get("crc", zlib.crc32(one["content"]))
    return crc, one.get("packed", len(_packed(one))), one.get("size", len(one["content"]))


def _local(one):
    crc, packed, size = _numbers(one)
    numbers = (crc, packed, one.get("own_size", size))
    flags, method = one.get("flags", 0x800), one.get("method", 8)
    return LOCAL.pack(b"PK\3\4", 20, flags, method, 0, 33, *numbers, len(one["name"]), 0)


def _listed(one, place):
    name, remark = one.get("listed_name", one["name"]), one.get("remark", b"")
    flags, method = one.get("listed_flags", one.get("flags", 0x800)), one.get("method", 8)
    numbers = _numbers(one)
    mode = one.get("mode", 0) << 16
    made = (0x0300 | 20) if mode else 20
    return (
        LISTED.pack(
            *(b"PK\1\2", made, 20, flags, method, 0, 33, *numbers),
            *(len(name), 0, len(remark), 0, 0, mode, place),
        )
        + name
        + remark
    )
