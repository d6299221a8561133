"""QR codes: error level Q, so that a copier's dirt does no harm, and a quiet zone of four modules."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

ERROR_LEVEL = "q"
QUIET_ZONE = 4
# Pixels a module in the PNG: at 300 dots an inch more than 2 cm for any address of ours.
SCALE = 12


@lru_cache(maxsize=512)
def code_svg(text: str) -> str:
    """Returns the code as an SVG element to stand in a page; its size comes from the page's style."""
    written = io.BytesIO()
    _code(text).save(written, kind="svg", border=QUIET_ZONE, xmldecl=False, svgns=True, omitsize=True, nl=False, light="#fff")
    return written.getvalue().decode()


@lru_cache(maxsize=128)
def code_png(text: str) -> bytes:
    """Returns the code as a PNG."""
    written = io.BytesIO()
    _code(text).save(written, kind="png", border=QUIET_ZONE, scale=SCALE)
    return written.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error=ERROR_LEVEL, micro=False, boost_error=False)
