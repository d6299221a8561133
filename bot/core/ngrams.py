"""Turns a text into the pieces that the models count: character n-grams inside words, and whole words."""

from __future__ import annotations

from bot.core.text import fold, words

LONGEST = 5


def char_ngrams(text: str) -> list[str]:
    """Returns the 1- to 5-grams of each word of the folded text, each word padded with one space on both sides.

    Chinese has no spaces, so there a run of characters counts as one word; its 1- and 2-grams do the work.
    """
    grams: list[str] = []
    for word in fold(text).split():
        padded = f" {word} "
        for size in range(1, LONGEST + 1):
            grams += [padded[i : i + size] for i in range(max(len(padded) - size + 1, 0))]
    return grams


def word_tokens(text: str) -> list[str]:
    """Returns the folded words, marked so that they never collide with n-grams."""
    return [f"={word}" for word in words(fold(text))]


def both(text: str) -> list[str]:
    """Returns n-grams and words together."""
    return char_ngrams(text) + word_tokens(text)
