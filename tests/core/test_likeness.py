"""Questions that ask much the same stand together."""

from __future__ import annotations

import pytest

from bot.core.likeness import alike


@pytest.mark.parametrize("texts, groups", [
    pytest.param([], [], id="none"),
    pytest.param(["can my kids go to school", "who pays for the bus", "Can my KIDS go to the school?"], [[0, 2], [1]], id="English"),
    pytest.param(["¿puedo sacar licencia?", "puedo sacar la licencia", "mi hija esta enferma"], [[0, 1], [2]], id="es"),
    pytest.param(["هل يمكنني العمل هنا", "هل يمكنني العَمَل هُنا؟", "أين المدرسة"], [[0, 1], [2]], id="Arabic, with and without vowels"),
    pytest.param(["我可以申请驾照吗", "我可以申请驾照么", "学校在哪里"], [[0, 1], [2]], id="Chinese"),
    pytest.param(["èske mwen ka travay", "eske mwen ka travay ▢", "kote lekòl la ye"], [[0, 1], [2]], id="Creole, one masked"),
    pytest.param(["▢", "▢", "hello there"], [[0, 1], [2]], id="nothing but masks"),
])
def test_alike(texts: list[str], groups: list[list[int]]) -> None:
    """Groups come in the order of their first text; masks, accents and capitals do not count."""
    assert alike(texts) == groups
