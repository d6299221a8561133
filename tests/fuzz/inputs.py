"""Bytes as the fuzzer makes them, read as what a target takes. The kept inputs are files that people can read and write."""

from __future__ import annotations

# A line of its own divides an input into parts.
BETWEEN = b"\n~~~~\n"


def text(data: bytes) -> str:
    """Returns bytes as text; what is no UTF-8 becomes halves of characters, which JSON can bring in too."""
    return data.decode("utf-8", "surrogateescape")


def whole(data: bytes) -> str:
    """Returns bytes as text without halves of characters, as files hold it."""
    return data.decode("utf-8", "replace")


def parts(data: bytes, count: int) -> list[bytes]:
    """Returns so many parts of an input; those that it does not have are empty."""
    found = data.split(BETWEEN, count - 1)
    return found + [b""] * (count - len(found))


def number(data: bytes, below: int) -> int:
    """Returns a number from 0 to below - 1."""
    return int.from_bytes(data[:4], "little") % max(below, 1)
