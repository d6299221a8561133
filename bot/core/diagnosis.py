"""How an answer came about, for the advocates' try page: languages, topics with their chances, the limits that were missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.core.doubt import FALLBACK
from bot.core.exchange import Question
from bot.core.speech import SURE, Guess, choose_language

# The channel's name in the message's metadata: only the console names itself so.
CONSOLE = "console"
RANKED = 5


@dataclass(frozen=True)
class Diagnosis:
    """What was understood. guess: None where no language was guessed; ask: the two languages that the answer asks about.

    ranking: topics with their probability, best first, at most five; asked_back: whether the answer is a question back;
    missed: the limits that the first topic misses (see `bot.core.doubt`); limits: their values.
    town: the id of the town that the message names; town_alone: whether it says nothing else.
    """

    guess: Guess | None = None
    ask: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    asked_back: bool = False
    missed: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    town: str | None = None
    town_alone: bool = False

    @property
    def is_sure(self) -> bool:
        """True where the guess alone decides the language."""
        return self.guess is not None and self.guess.words > 0 and self.guess.confidence >= SURE

    @property
    def lead(self) -> float:
        """How much likelier the first topic is than the second."""
        first, second = (*(chance for _, chance in self.ranking[:2]), 0.0, 0.0)[:2]
        return first - second

    def payload(self) -> dict[str, Any]:
        """Returns the JSON-ready form."""
        return asdict(self)


def diagnose(question: Question, doubt: Mapping[str, Any] | None) -> Diagnosis:
    """Returns how a first message was understood. doubt: what the pipeline's fallback says, {"missed": [...], "limits": {...}}."""
    told = doubt or {"missed": (), "limits": {}}
    speech = choose_language(question.explicit_language, None, question.guess, question.page_language)
    return Diagnosis(
        guess=question.guess, ask=speech.ask, asked_back=question.intent == FALLBACK,
        ranking=tuple((name, chance) for name, chance in question.ranking if name != FALLBACK)[:RANKED],
        missed=tuple(told["missed"]), limits=dict(told["limits"]), town=question.town, town_alone=question.town_alone,
    )


def read_diagnosis(payload: Mapping[str, Any]) -> Diagnosis:
    """Returns the diagnosis that a payload was made of; raises KeyError, TypeError or ValueError for any other."""
    guess, texts = payload["guess"], {name: tuple(map(str, payload[name])) for name in ("ask", "missed")}
    ranking = tuple((str(name), float(chance)) for name, chance in payload["ranking"])
    return Diagnosis(**{**payload, **texts, "guess": Guess(**guess) if guess else None, "ranking": ranking})
