"""Which of our languages a text is in: script first, then the model's opinion, then langdetect's where that is unsure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from bot.core.speech import Guess
from bot.core.text import words

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
# Below this the second opinion is asked; its weight was chosen on evaluation messages (the development set and data/evaluation).
UNSURE_BELOW = 0.8
SECOND_WEIGHT = 0.2
_FLOOR = 1e-3
# People who mix English into their own language are no English speakers; those who mix the other way are few here.
ENGLISH_WEIGHT = 0.5


def by_script(text: str) -> str | None:
    """Returns "zh" or "ar" where the text holds such letters at all: nobody else of our readers types them."""
    if _HAN.search(text):
        return "zh"
    return "ar" if _ARABIC.search(text) else None


def needs_second_opinion(opinion: Mapping[str, float]) -> bool:
    """True where the model alone is not sure."""
    return max(opinion.values()) < UNSURE_BELOW


def blend(opinion: Mapping[str, float], second: Mapping[str, float]) -> dict[str, float]:
    """Combines two opinions (language -> probability); a language the second does not know keeps its own weight."""
    if not second:
        return dict(opinion)
    logs = {
        code: math.log(p + _FLOOR * _FLOOR) + SECOND_WEIGHT * math.log(second.get(code, 0.1 if code in ("ar", "zh") else 0.0) + _FLOOR)
        for code, p in opinion.items()
    }
    top = max(logs.values())
    weights = {code: math.exp(value - top) for code, value in logs.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


def guess(text: str, opinion: Mapping[str, float]) -> Guess:
    """Returns the best two languages of a text; Chinese is left out where there is no Han character."""
    count = len(words(text))
    certain = by_script(text)
    if certain:
        return Guess(certain, 1.0, "en", 0.0, max(count, 3))
    weights = {code: p * (ENGLISH_WEIGHT if code == "en" else 1.0) for code, p in opinion.items() if code != "zh"}
    total = sum(weights.values())
    ranked = sorted(((p / total, code) for code, p in weights.items()), reverse=True)
    (best_p, best), (second_p, second) = ranked[0], ranked[1]
    return Guess(best, best_p, second, second_p, count)
