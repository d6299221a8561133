"""In which language to answer: an explicit choice, what was detected, and the conversation's own, in that order."""

from __future__ import annotations

from dataclasses import dataclass

SURE = 0.80
SURE_AGAINST_HABIT = 0.90
CLOSE = 0.25


@dataclass(frozen=True)
class Guess:
    """What the identifier thinks: best and second language, their probabilities, the number of words seen."""

    best: str
    confidence: float
    second: str
    second_confidence: float
    words: int


@dataclass(frozen=True)
class Speech:
    """The language to answer in, and the two to ask about where it is unsure (else empty)."""

    language: str
    ask: tuple[str, ...] = ()


def choose_language(explicit: str | None, kept: str | None, guess: Guess | None, page: str | None = None) -> Speech:
    """Decides the language of an answer.

    explicit: what the resident chose; kept: the conversation's; page: the page the message was written on, a hint
    only; guess: None where the message carries no text. English is the last resort.
    """
    if explicit:
        return Speech(explicit)
    habit = kept or page
    if guess is None or guess.words == 0:
        return Speech(habit or "en")
    if habit and guess.best != habit:
        switched = guess.confidence >= SURE_AGAINST_HABIT and guess.words >= 3
        return Speech(guess.best if switched else habit)
    if habit or guess.confidence >= SURE:
        return Speech(guess.best)
    close = guess.confidence - guess.second_confidence < CLOSE
    return Speech(guess.best, (guess.best, guess.second) if close else ())
