"""One turn of a conversation: what was understood and what is remembered go in, a reply and the new memory come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.core.compose import compose, language_choices, suggestions
from bot.core.content import Content
from bot.core.doubt import FALLBACK
from bot.core.keywords import named_language
from bot.core.reply import Reply
from bot.core.speech import Guess, Speech, choose_language

MOST_CHOICES = 3
LEAST_CHOICES = 2
LEAST_CHANCE = 0.04


@dataclass(frozen=True)
class Question:
    """What one message was understood as. ranking: intents with their probability, best first."""

    intent: str
    text: str = ""
    ranking: tuple[tuple[str, float], ...] = ()
    town: str | None = None
    guess: Guess | None = None
    explicit_language: str | None = None
    page_language: str | None = None
    chosen_town: str | None = None
    number: int | None = None
    town_alone: bool = False


@dataclass(frozen=True)
class Memory:
    """All that is remembered of a conversation; no text, nothing about the person."""

    language: str | None = None
    explicit: bool = False
    town: str | None = None
    topic: str | None = None
    choices: tuple[str, ...] = ()
    misses: int = 0
    advised: bool = False


@dataclass(frozen=True)
class Turn:
    """What to say and what to remember."""

    reply: Reply
    memory: Memory


@dataclass(frozen=True)
class Setting:
    """What a turn needs besides the question: what we may say, today's date, our public address."""

    content: Content
    today: date
    url: str = ""


@dataclass(frozen=True)
class _Turn:
    """A turn in the making: language and town are decided."""

    question: Question
    memory: Memory
    setting: Setting
    speech: Speech = field(default_factory=lambda: Speech("en"))

    def say(self, topic: str, **changes: object) -> Turn:
        """Answers with a topic and remembers it where one may come back to it."""
        content = self.setting.content
        values = {"url": self.setting.url, "town": self._town_name()}
        reply = compose(topic, self.speech.language, self.memory.town, content, self.setting.today, values)
        return self.done(replace(reply, **changes), topic)  # type: ignore[arg-type]

    def done(self, reply: Reply, topic: str | None) -> Turn:
        """Closes the turn: the disclaimer once, choices numbered as shown, misses forgotten."""
        real = topic is not None and not self.setting.content.topics[topic].is_service
        notices = reply.notices
        if real and not self.memory.advised:
            notices = (self.phrase("not_advice"), *notices)
        reply = self._ask_language(replace(reply, notices=notices))
        memory = replace(
            self.memory, topic=topic if real else self.memory.topic, advised=self.memory.advised or real,
            choices=tuple(s.topic for s in reply.suggestions), misses=0,
        )
        return Turn(reply, memory)

    def phrase(self, key: str, /, **values: object) -> str:
        return self.setting.content.phrase(self.speech.language, key, **values)

    def _ask_language(self, reply: Reply) -> Reply:
        """Where two languages are close, asks once, in both, below the answer: the answer itself never waits."""
        if not self.speech.ask:
            return reply
        content = self.setting.content
        names = [content.languages[code].name for code in self.speech.ask]
        asked = tuple(content.phrase(code, "language_unsure", first=names[0], second=names[1]) for code in self.speech.ask)
        choices = language_choices(self.speech.ask, content)
        return replace(reply, notices=(*reply.notices, *asked), suggestions=(*choices, *reply.suggestions))

    def _town_name(self) -> str:
        content = self.setting.content
        if not self.memory.town:
            return content.phrase(self.speech.language, "town_any")
        return content.say(self.speech.language, "town", content.towns[self.memory.town].name).text


def respond(question: Question, memory: Memory, setting: Setting) -> Turn:
    """Takes one turn. Every intent has an answer: an unknown one is treated as not understood."""
    explicit = question.explicit_language or (memory.language if memory.explicit else None)
    speech = choose_language(explicit, memory.language, question.guess, question.page_language)
    town = question.town or question.chosen_town or memory.town
    memory = replace(memory, language=speech.language, explicit=explicit is not None, town=town)
    turn = _Turn(question, memory, setting, speech)
    if question.town_alone and memory.topic:  # "and in Norwalk?" means the last question, whatever it resembles
        return turn.say(memory.topic)
    handler = HANDLERS.get(question.intent)
    if handler:
        return handler(turn)
    return turn.say(question.intent) if question.intent in setting.content.topics else _clarify(turn)


def _change_language(turn: _Turn) -> Turn:
    content = turn.setting.content
    wanted = named_language(turn.question.text, content)
    if not wanted:
        choices = language_choices(tuple(content.languages), content)
        return turn.say("change_language", suggestions=choices)
    memory = replace(turn.memory, language=wanted, explicit=True)
    turn = replace(turn, memory=memory, speech=Speech(wanted))
    told = turn.phrase("language_set", language=content.languages[wanted].name)
    if memory.topic:
        again = turn.say(memory.topic)
        return replace(again, reply=replace(again.reply, notices=(told, *again.reply.notices)))
    return turn.say("greet", text=told, short=told)


def _inform_town(turn: _Turn) -> Turn:
    known = turn.memory.topic and turn.question.town
    return turn.say(turn.memory.topic) if known and turn.memory.topic else turn.say("inform_town" if turn.memory.town else "local_help")


def _repeat(turn: _Turn) -> Turn:
    return turn.say(turn.memory.topic, act="repeat") if turn.memory.topic else turn.say("repeat_more")


def _sources(turn: _Turn) -> Turn:
    if not turn.memory.topic:
        return turn.say("source_request")
    full = turn.say(turn.memory.topic)
    shown = full.reply
    text = turn.phrase("sources_of_answer" if shown.quotes or shown.laws else "no_source")
    bare = replace(shown, text=text, short=text, first=None, steps=(), contacts=(), caution=None, act="sources")
    return replace(full, reply=bare)


def _choose(turn: _Turn) -> Turn:
    choices, number = turn.memory.choices, turn.question.number or 0
    if not 1 <= number <= len(choices):
        text = turn.phrase("no_such_choice") if choices else None
        menu = turn.say("menu_help", **({"text": text, "short": text} if text else {}))
        shown = _as_choices(choices, turn) if choices else menu.reply.suggestions
        return _offer(menu, shown, turn.memory.misses)
    value = choices[number - 1]
    if value.startswith("language."):
        question = replace(turn.question, intent="change_language", text=turn.setting.content.languages[value[9:]].name)
    else:
        question = replace(turn.question, intent=value)
    return respond(question, turn.memory, turn.setting)


def _offer(turn: Turn, shown: tuple[object, ...], misses: int) -> Turn:
    choices = tuple(getattr(s, "topic") for s in shown)  # noqa: B009
    return Turn(replace(turn.reply, suggestions=shown), replace(turn.memory, choices=choices, misses=misses))  # type: ignore[arg-type]


def _as_choices(values: tuple[str, ...], turn: _Turn) -> tuple[object, ...]:
    content = turn.setting.content
    topics = tuple(v for v in values if v in content.topics)
    codes = tuple(v[9:] for v in values if v.startswith("language."))
    return (*language_choices(codes, content), *suggestions(topics, turn.speech.language, content))


def _deny(turn: _Turn) -> Turn:
    """A "no" to offered choices is a miss: the next step is the menu and a person."""
    return _menu_and_person(turn) if turn.memory.misses else turn.say("deny")


def _clarify(turn: _Turn) -> Turn:
    """Not understood: the nearest topics as choices; a town alone continues the topic; the second miss gives the menu."""
    if turn.question.town and turn.memory.topic:
        return turn.say(turn.memory.topic)
    near = _nearest(turn)
    if turn.memory.misses or not near:
        return _menu_and_person(turn)
    text = turn.phrase("fallback_choices" if len(near) > 2 else "clarify")
    urgent = turn.setting.content.topics["emergency"].first if "emergency" in near else None
    if urgent:  # better one line too many than a call made too late
        urgent = turn.setting.content.say(turn.speech.language, "emergency", urgent).text
    said = turn.say("menu_help", text=f"{urgent}\n{text}" if urgent else text, short=text, first=urgent,
                    suggestions=suggestions(near, turn.speech.language, turn.setting.content))
    return replace(said, memory=replace(said.memory, misses=1))


def _nearest(turn: _Turn) -> tuple[str, ...]:
    topics = turn.setting.content.topics
    named = [(n, p) for n, p in turn.question.ranking if n in topics and n not in ("out_of_scope", "affirm", "deny", "goodbye", "thanks")]
    likely = sum(chance >= LEAST_CHANCE for _, chance in named[:MOST_CHOICES])
    shown = max(likely, LEAST_CHOICES) if likely else 0  # one choice alone would be no question
    return tuple(name for name, _ in named[:shown])


def _menu_and_person(turn: _Turn) -> Turn:
    text = turn.phrase("fallback_menu")
    language, setting = turn.speech.language, turn.setting
    contacts = compose("local_help", language, turn.memory.town, setting.content, setting.today).contacts
    return turn.say("menu_help", text=text, short=text, contacts=contacts)


def _forget(turn: _Turn) -> Turn:
    """Says that the chat is forgotten; the memory handed back is empty."""
    told = turn.phrase("forgotten")
    return Turn(turn.say("goodbye", text=told, short=told, act="forget").reply, Memory())


HANDLERS: Mapping[str, Callable[[_Turn], Turn]] = {
    "change_language": _change_language,
    "inform_town": _inform_town,
    "repeat_more": _repeat,
    "source_request": _sources,
    "choose": _choose,
    "deny": _deny,
    "forget": _forget,
    FALLBACK: _clarify,
}
