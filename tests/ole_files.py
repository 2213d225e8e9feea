"""Small compound files (the container of Office files before 2007) with the streams that tell their kind."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(*streams: str, content: bytes = b"") -> bytes:
    """A compound file whose root holds streams of these names ([MS-CFB]); each holds `content`, filled up to 4,096
    bytes so that it lies in ordinary sectors."""
    body = content.ljust(4096, b"\0")
    each = len(body) // _SECTOR
    directory = -(-(len(streams) + 1) // 4)
    fat = [_FAT, *range(2, directory + 1), _END]
    for _ in streams:
        fat += [*range(len(fat) + 1, len(fat) + each), _END]
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header = struct.pack("<8s16xHHHHH6xIIIIIIIIII108I", magic, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END,
                         0, 0, *[_FREE] * 108)
    entries = [_entry("Root Entry", 5, 1 if streams else _FREE, _END, 0, right=_FREE)]
    for n, name in enumerate(streams):
        entries.append(_entry(name, 2, _FREE, 1 + directory + n * each, len(body),
                              right=n + 2 if n + 1 < len(streams) else _FREE))
    entries += [bytes(128)] * (directory * 4 - len(entries))
    table = struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    return header + table + b"".join(entries) + body * len(streams)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int) -> bytes:
    coded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16xI16xIQ", coded, len(coded) + 2, kind, 1, _FREE, right, child, 0, start, size)
