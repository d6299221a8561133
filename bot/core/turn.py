"""One turn of a conversation: what was understood and what is remembered go in, a reply and the new memory come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.clarify import clarify, deny
from bot.core.compose import language_choices, suggestions
from bot.core.doubt import FALLBACK
from bot.core.exchange import Exchange, Memory, Question, Setting, Turn
from bot.core.keywords import named_language
from bot.core.notices import announce
from bot.core.speech import Speech, choose_language


def respond(question: Question, memory: Memory, setting: Setting) -> Turn:
    """Takes one turn. Every intent has an answer: an unknown one is treated as not understood. Notices of the day come first."""
    # Advocates can take a topic back while a conversation still remembers it.
    known = memory if memory.topic in setting.content.topics else replace(memory, topic=None)
    turn = _respond(question, known, setting)
    return replace(turn, reply=announce(turn.reply, setting.content, setting.today))


def _respond(question: Question, memory: Memory, setting: Setting) -> Turn:
    explicit = question.explicit_language or (memory.language if memory.explicit else None)
    speech = choose_language(explicit, memory.language, question.guess, question.page_language)
    town = question.town or question.chosen_town or memory.town
    memory = replace(memory, language=speech.language, explicit=explicit is not None, town=town)
    turn = Exchange(question, memory, setting, speech)
    if question.town_alone and memory.topic:  # "and in Norwalk?" means the last question, whatever it resembles
        return turn.say(memory.topic)
    handler = HANDLERS.get(question.intent)
    if handler:
        return handler(turn)
    return turn.say(question.intent) if question.intent in setting.content.topics else clarify(turn)


def _change_language(turn: Exchange) -> Turn:
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


def _inform_town(turn: Exchange) -> Turn:
    known = turn.memory.topic and turn.question.town
    return turn.say(turn.memory.topic) if known and turn.memory.topic else turn.say("inform_town" if turn.memory.town else "local_help")


def _repeat(turn: Exchange) -> Turn:
    return turn.say(turn.memory.topic, act="repeat") if turn.memory.topic else turn.say("repeat_more")


def _sources(turn: Exchange) -> Turn:
    if not turn.memory.topic:
        return turn.say("source_request")
    if not turn.setting.content.topics[turn.memory.topic].is_offered:
        return turn.say(turn.memory.topic)
    full = turn.say(turn.memory.topic)
    shown = full.reply
    text = turn.phrase("sources_of_answer" if shown.quotes or shown.laws else "no_source")
    bare = replace(shown, text=text, short=text, first=None, steps=(), contacts=(), caution=None, act="sources")
    return replace(full, reply=bare)


def _choose(turn: Exchange) -> Turn:
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
    return _respond(question, turn.memory, turn.setting)


def _offer(turn: Turn, shown: tuple[object, ...], misses: int) -> Turn:
    choices = tuple(getattr(s, "topic") for s in shown)  # noqa: B009
    return Turn(replace(turn.reply, suggestions=shown), replace(turn.memory, choices=choices, misses=misses))  # type: ignore[arg-type]


def _as_choices(values: tuple[str, ...], turn: Exchange) -> tuple[object, ...]:
    content = turn.setting.content
    topics = tuple(v for v in values if v in content.topics)
    codes = tuple(v[9:] for v in values if v.startswith("language."))
    return (*language_choices(codes, content), *suggestions(topics, turn.speech.language, content))


def _forget(turn: Exchange) -> Turn:
    """Says that the chat is forgotten; the memory handed back is empty."""
    told = turn.phrase("forgotten")
    return Turn(turn.say("goodbye", text=told, short=told, act="forget").reply, Memory())


HANDLERS: Mapping[str, Callable[[Exchange], Turn]] = {
    "change_language": _change_language,
    "inform_town": _inform_town,
    "repeat_more": _repeat,
    "source_request": _sources,
    "choose": _choose,
    "deny": deny,
    "forget": _forget,
    FALLBACK: clarify,
}
