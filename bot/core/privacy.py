"""Takes out of a question whatever could name a person: a word stays only if our own texts use it; all else becomes ▢.

An allow-list: what is not known to be harmless goes. Better a question that nobody understands than one that betrays somebody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from bot.core.text import fold, script, words
from bot.core.vocabulary import PUNCTUATION, RUN, Masks, Token, Vocabulary, is_han, pieces, readable, runs_of, tokens_of, with_starts

MASK = "▢"
# How many words may stand between the number of a house and the word for its street.
ADDRESS_WORDS = 4
# How many words a street's name may have that stands behind the word for it.
STREET_WORDS = 3
LONGEST_TOWN, LONGEST_HAN_TOWN = 4, 8
# A given name follows with one or two characters; the first of them goes whatever it is.
LONGEST_HAN_NAME = 3
# Mail addresses, links, names of accounts: what such a sign ties together goes as a whole.
_TIED = re.compile(r"[@#_\\=&%+*~<>|^$€£]|://|\w[.:]\w")
_MASKS = re.compile(rf"{MASK}(?:[^\w{MASK}]*{MASK})+")
_NUMERALS = "〇零一二三四五六七八九十百千两兩壹贰叁肆伍陆柒捌玖"
_HAN_NUMBER = re.compile(rf"[{_NUMERALS}]{{2,}}|[{_NUMERALS}]+(?=[号號室楼樓路街弄巷栋棟])")
_PARTICLES = (("يا",), ("و", "ف"), ("ب", "ل", "ك"), ("ال",))


def redact(text: str, vocabulary: Vocabulary) -> str:
    """Returns the text with ▢ for every word, sign or character that is not known to be harmless.

    A word stays if three of our texts use it, and it is no name, month, weekday, number or part of an address, and is not
    written large within a sentence unless our texts write it so. A Chinese character stays within three that two of our texts
    have. Our towns stay. No digit of any script comes out, whatever went in.
    """
    clear = readable(text)
    tokens = with_starts([token for piece in pieces(clear) for token in _judged(piece, vocabulary)])
    tokens = _with_towns(tokens, vocabulary)
    if any(c.islower() for c in clear):  # in a text all in capitals they tell nothing
        tokens = [_without_large(token, vocabulary) for token in tokens]
    shown = "".join(token.text if token.kept else MASK for token in _without_addresses(tokens, vocabulary))
    return " ".join(_MASKS.sub(MASK, shown).split())


def words_kept(redacted: str) -> int:
    """Returns how many words a redacted text still has; two Chinese characters are about one."""
    return sum(-(-len(piece) // 2) if is_han(piece) else len(words(piece)) for piece in pieces(redacted))


def has_digit(text: str) -> bool:
    """True for digits and numbers of any script, circled ones too; Chinese numerals are also parts of words and do not count."""
    return any(unicodedata.category(c) in ("Nd", "Nl", "No") and c != "〇" for c in text + unicodedata.normalize("NFKD", text))


def _judged(piece: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """Yields a piece's tokens, each judged by itself."""
    if is_han(piece):
        yield from _judged_han(piece, vocabulary)
    elif has_digit(piece) or _TIED.search(piece):
        yield Token(MASK, False, number=has_digit(piece))
        yield from (Token(c) for c in piece[-1] if c in PUNCTUATION)
    else:
        for token in tokens_of(piece):
            yield replace(token, kept=_harmless(token, vocabulary), number=token.folded in vocabulary.masks.numbers)


def _harmless(token: Token, vocabulary: Vocabulary) -> bool:
    if not token.is_word:
        return token.text.isspace() or token.text in PUNCTUATION
    folded, masks = token.folded, vocabulary.masks
    if folded not in vocabulary.words or folded in masks.numbers:
        return False
    if masks.ordinary.intersection(_forms(token.text)):
        return True
    if folded in masks.calendar:
        return False
    return not masks.names.intersection(_forms(folded))


def _forms(word: str) -> set[str]:
    """Returns a word, its parts at apostrophes, and an Arabic one also without what is glued to its front."""
    forms = {word, *word.split("'")}
    if script(word) == "arabic":
        for particles in _PARTICLES:
            forms |= {form.removeprefix(particle) for form in forms for particle in particles}
    return forms


def _judged_han(run: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """Yields a run of Chinese characters: towns in one piece, every other character by itself."""
    kept = _kept_han(run, vocabulary)
    place = 0
    while place < len(run):
        sizes = range(LONGEST_HAN_TOWN, 1, -1)
        size = next((n for n in sizes if place + n <= len(run) and fold(run[place : place + n]) in vocabulary.towns), 0)
        yield Token(run[place : place + (size or 1)], bool(size) or kept[place], town=bool(size))
        place += size or 1


def _kept_han(run: str, vocabulary: Vocabulary) -> list[bool]:
    """Says of each character whether it stays; a run that a name or a number reaches into vouches for none of its characters."""
    masked = {place for start, end in _masked_spans(run, vocabulary.masks) for place in range(start, end)}
    kept = [False] * len(run)
    for place, part in enumerate(runs_of(run)):
        if part in vocabulary.runs and masked.isdisjoint(range(place, place + len(part))):
            kept[place : place + RUN] = [True] * len(part)
    return kept


def _masked_spans(run: str, masks: Masks) -> Iterator[tuple[int, int]]:
    """Yields where a number, a month, a weekday, a street or a name stands, each with the character that may belong to it."""
    yield from (match.span() for match in _HAN_NUMBER.finditer(run))
    for word in masks.calendar | masks.numbers:
        yield from (match.span() for match in re.finditer(re.escape(word), run) if is_han(word))
    for place in range(len(run)):
        size = next((n for n in range(LONGEST_HAN_NAME, 0, -1) if run[place : place + n] in masks.names), 0)
        titled = run.startswith(masks.after, place + size)
        if size and (titled or run.endswith(masks.before, 0, place) or run[place : place + size] not in masks.ordinary):
            yield place, place + size + (size == 1 and not titled)


def _with_towns(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Joins the words of a town's name into one token that stays."""
    joined, place = [], 0
    while place < len(tokens):
        sizes = range(2 * LONGEST_TOWN - 1, 0, -1)
        size = next((n for n in sizes if _is_town(tokens[place : place + n], vocabulary.towns)), 0)
        text = "".join(token.text for token in tokens[place : place + size])
        joined.append(replace(tokens[place], text=text, kept=True, town=True) if size else tokens[place])
        place += size or 1
    return joined


def _is_town(tokens: list[Token], towns: frozenset[str]) -> bool:
    """True for a town's name; an Arabic one may have a preposition glued to it."""
    if not (tokens[0].is_word and tokens[-1].is_word) or any(token.number for token in tokens):
        return False
    return bool(towns.intersection(_forms(fold("".join(token.text for token in tokens)))))


def _without_large(token: Token, vocabulary: Vocabulary) -> Token:
    """A word written large within a sentence may be a name."""
    fine = token.starts or token.town or not token.text[:1].isupper() or token.folded in vocabulary.capitals
    return token if fine else replace(token, kept=False)


def _without_addresses(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Masks from a number to a word of an address near it, and a street with a neighbour that may be its name."""
    masks = vocabulary.masks
    places = [place for place, token in enumerate(tokens) if token.is_word]
    gone: set[int] = set()
    for at, place in enumerate(places):
        word = tokens[place].folded
        if word in masks.streets or word in masks.houses:
            near = places[max(0, at - ADDRESS_WORDS) : at + ADDRESS_WORDS + 1]
            numbers = [other for other in near if tokens[other].number]
            gone |= {p for number in numbers for p in range(min(place, number), max(place, number) + 1)}
            if at and places[at - 1] in numbers and word in masks.streets:  # "5 rue de la Paix"
                gone |= set(places[at + 1 : at + 1 + STREET_WORDS])
        if word in masks.streets:
            gone |= _names_of_street(places[max(0, at - 1) : at + 2], place, tokens, masks)
    return [replace(token, kept=False) if place in gone and token.is_word else token for place, token in enumerate(tokens)]


def _names_of_street(near: list[int], street: int, tokens: list[Token], masks: Masks) -> set[int]:
    """Returns the places of a street word and of the words right beside it that are not known to name no street."""
    gone = set()
    for place in near:
        between = tokens[min(place, street) + 1 : max(place, street)]
        if place != street and tokens[place].folded not in masks.beside and all(token.text.isspace() for token in between):
            gone |= {place, street}
    return gone
