"""Malformed files, made from sound ones by seeded accidents: the same seed gives the same files."""

import random
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

Maker = Callable[[random.Random, bytes], bytes]
ROWS = [
    ["东胜区学校情况表", "", "", "", ""],
    ["代码", "名称", "上级代码", "年份", "学生数"],
    *[[f"s{at}", f"第{at}小学", "150602", "2025", f"{at * 7},{at:03}"] for at in range(1, 40)],
    ["合计", "", "", "", "12000"],
]
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "cp950", "utf-32")


def text(separator: str = ",") -> str:
    """Write a table as delimited text."""
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)


def flipped(chance: random.Random, data: bytes) -> bytes:
    """Change some bytes."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 5, 50))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(chance: random.Random, data: bytes) -> bytes:
    """Lose the end, or a piece from the middle."""
    first, last = sorted(chance.sample(range(len(data)), 2))
    return data[:last] if chance.random() < 0.5 else data[:first] + data[last:]


def doubled(chance: random.Random, data: bytes) -> bytes:
    """Repeat a piece."""
    first, last = sorted(chance.sample(range(len(data)), 2))
    return data[:last] + data[first:]


def spiked(chance: random.Random, data: bytes) -> bytes:
    """Put something odd into the middle."""
    at = chance.randrange(len(data))
    odd = chance.choice(
        (b"\0", b"\0" * 4096, b'"', b"\r", b"\n" * 500, b"\xff\xfe", b"\x1a", b"\xef\xbb\xbf")
    )
    return data[:at] + odd * chance.choice((1, 3)) + data[at:]


def noise(chance: random.Random, data: bytes) -> bytes:
    """Leave nothing of it."""
    return chance.randbytes(len(data))


def swallowed(chance: random.Random, data: bytes) -> bytes:
    """Open quotes and never close them."""
    found = data
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(found))
        found = found[:at] + b',"' + found[at:]
    return found


def ragged(chance: random.Random, data: bytes) -> bytes:
    """Lose and add separators."""
    lines = data.split(b"\n")
    for _ in range(10):
        at = chance.randrange(len(lines))
        lines[at] = lines[at] + b"," * chance.randrange(9) if at % 2 else lines[at][:-9]
    return b"\n".join(lines)


def endless(chance: random.Random, data: bytes) -> bytes:
    """Hold a line of a million characters."""
    at = chance.randrange(len(data))
    return data[:at] + chance.choice((b"x", b",", b'""', b"9")) * 1_000_000 + data[at:]


BYTES: tuple[Maker, ...] = (flipped, cut, doubled, spiked, noise, swallowed, ragged, endless)


def _repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            # Dated, so that the bytes do not depend on when they are made.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return found.getvalue()


def part_removed(chance: random.Random, data: bytes) -> bytes:
    """Leave a part out."""

    def change(parts: dict[str, bytes]) -> None:
        del parts[chance.choice(sorted(parts))]

    return _repacked(data, change)


def parts_swapped(chance: random.Random, data: bytes) -> bytes:
    """Put one part in the place of another."""

    def change(parts: dict[str, bytes]) -> None:
        one, other = chance.sample(sorted(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]

    return _repacked(data, change)


def part_spoilt(chance: random.Random, data: bytes) -> bytes:
    """Spoil the inside of a part, the archive being sound."""

    def change(parts: dict[str, bytes]) -> None:
        name = chance.choice([each for each in sorted(parts) if parts[each]])
        parts[name] = chance.choice((flipped, cut, doubled, spiked, noise))(chance, parts[name])

    return _repacked(data, change)


_STRANGE = (
    (b' r="', b' r="9999999999'),
    (b' r="', b' r="-'),
    (b' s="', b' s="99999'),
    (b' t="s"', b' t="zz"'),
    (b' t="s"', b' t="b"'),
    (b' t="s"', b' t="e"'),
    (b' t="n"', b' t="s"'),
    (b"<v>", b"<v>1e999"),
    (b"<v>", b"<v>9" + b"9" * 5000),
    (b"<v>", b"<v>-"),
    (b"<row", b"<row><row"),
    (b"<sheetData>", b"<sheetData>" + b"<x>" * 20_000),
    (b"<sheetData>", b'<sheetData y="' + b"z" * 10_000_000 + b'">'),
    (b"<sheetData>", b"<sheetData><!--" + b"<" * 30_000 + b"-->"),
    (b"<sheetData>", b"<sheetData>&nbsp;"),
    (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    (b"<si>", b"<si>" * 20_000),
    (b"<t>", b"<t>" + b"w" * 3_000_000),
    (b"<t>", b"<t>_x0000__xD800_"),
    (b'Target="', b'Target="../../../'),
    (b'numFmtId="', b'numFmtId="x'),
    (b"<sheet ", b'<sheet name="" sheetId="9" /><sheet '),
    (b"UTF-8", b"UTF-7"),
    (b"UTF-8", b"zip"),
)


def strange(chance: random.Random, data: bytes) -> bytes:
    """Say what no program would write."""
    old, new = chance.choice(_STRANGE)

    def change(parts: dict[str, bytes]) -> None:
        for name, part in parts.items():
            parts[name] = part.replace(old, new, chance.choice((1, 10)))

    return _repacked(data, change)


PARTS: tuple[Maker, ...] = (part_removed, parts_swapped, part_spoilt, strange)


def malformed(sound: bytes, number: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Make malformed files.

    Args:
        sound: A workbook.
        number: How many.
        seed: What the accidents depend on.

    Yields:
        A file's name and content.
    """
    chance = random.Random(f"{seed}")  # noqa: S311 - no secret
    for at in range(number):
        if at % 2:
            maker = chance.choice((*PARTS, *PARTS, *BYTES[:5]))
            yield f"{at:04}-{maker.__name__}/学校.xlsx", maker(chance, sound)
        else:
            encoding = chance.choice(ENCODINGS)
            data = text(chance.choice(",;\t，")).encode(encoding, "replace")
            maker = chance.choice(BYTES)
            yield f"{at:04}-{encoding}-{maker.__name__}/学校.csv", maker(chance, data)
