"""Records as Parquet keeps them in its footer and before its pages: Thrift's compact protocol.

A value is a pair of a kind and its bytes; a record tells its fields by number, in ascending order.
"""

from collections.abc import Mapping, Sequence

Encoded = tuple[int, bytes]
"""A value: what kind it is of, and its bytes."""
_TRUE, _FALSE, _INT32, _INT64, _BINARY, _LIST, _STRUCT = 1, 2, 5, 6, 8, 9, 12
_SHORT = 15
"""Lists with fewer values tell their length beside their kind."""


def varint(number: int) -> bytes:
    """Write a number from 0 on in as many groups of seven bits as it takes."""
    found = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - seven bits
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def zigzag(number: int) -> bytes:
    """Write any number: 0, -1, 1, -2, 2 and so on."""
    return varint(2 * number if number >= 0 else -2 * number - 1)


def flag(*, truth: bool) -> Encoded:
    """Give a truth value, which its kind tells."""
    return _TRUE if truth else _FALSE, b""


def int32(number: int) -> Encoded:
    """Give a number of 32 bits."""
    return _INT32, zigzag(number)


def int64(number: int) -> Encoded:
    """Give a number of 64 bits."""
    return _INT64, zigzag(number)


def binary(content: str | bytes) -> Encoded:
    """Give a text, or bytes."""
    told = content.encode() if isinstance(content, str) else content
    return _BINARY, varint(len(told)) + told


def listed(values: Sequence[Encoded]) -> Encoded:
    """Give a list of values of one kind."""
    kind, size = next((kind for kind, _ in values), _STRUCT), len(values)
    head = bytes([size << 4 | kind]) if size < _SHORT else bytes([0xF0 | kind]) + varint(size)
    return _LIST, head + b"".join([told for _, told in values])


def struct(fields: Mapping[int, Encoded]) -> Encoded:
    """Give a record, its fields by number."""
    found, before = bytearray(), 0
    for number, (kind, told) in fields.items():
        found.append((number - before) << 4 | kind)
        found += told
        before = number
    return _STRUCT, bytes(found) + b"\0"
