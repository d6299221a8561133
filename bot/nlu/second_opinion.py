"""langdetect, held to our Latin-script languages, with a profile of its own for Haitian Creole, the same at every run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from langdetect.utils.lang_profile import LangProfile
from langdetect.utils.ngram import NGram

SHIPPED = ("en", "es", "pt", "fr", "pl")
_PROFILES = Path(langdetect.__file__).parent / "profiles"


def creole_profile(texts: Iterable[str]) -> str:
    """Makes the profile that langdetect lacks; returns its JSON."""
    profile = LangProfile("ht")
    for text in texts:
        gram = NGram()
        for char in text:
            gram.add_char(char)
            for size in range(1, NGram.N_GRAM + 1):
                profile.add(gram.get(size))
    profile.omit_less_freq()
    return json.dumps({"freq": profile.freq, "n_words": profile.n_words, "name": "ht"})


class SecondOpinion:
    """Asks langdetect about one text; equal priors over our languages only."""

    def __init__(self, creole: str) -> None:
        self._factory = DetectorFactory()
        self._factory.load_json_profile([*(_read(code) for code in SHIPPED), creole])
        self._factory.seed = 0
        self._priors = dict.fromkeys((*SHIPPED, "ht"), 1.0)

    def ask(self, text: str) -> dict[str, float]:
        """Returns language -> probability; empty where langdetect sees no letters it knows."""
        detector = self._factory.create()
        detector.set_prior_map(self._priors)
        detector.append(text)
        try:
            return {found.lang: found.prob for found in detector.get_probabilities()}
        except LangDetectException:
            return {}


def _read(code: str) -> str:
    return (_PROFILES / code).read_text(encoding="utf-8")
