"""Edits of how people ask: an example more for a topic, or a topic that is new."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.errors import EditError
from bot.core.text import fold
from bot.edits import yamltext
from bot.edits.answers import Answer, Step, path_of, sentences
from bot.edits.catalogues import reword
from bot.edits.grade import STOP, grade
from bot.history.files import Changes, Files

DOMAIN, RULES = "domain.yml", "data/stories/rules.yml"
SECTIONS = "ABCD"
MOST_CHARACTERS = 500
# Words that YAML, Rasa or our catalogues use themselves.
RESERVED = frozenset({"true", "false", "null", "yes", "off", "restart", "back", "session_start", "speaker", "role", "short", "town", "law"})
FEWEST_EXAMPLES = 5
_BLOCK = re.compile(r"^- intent: (?P<intent>\w+)\n(?:  .*\n)*?  examples: \|\n(?P<lines>(?:    .*\n?)+)", re.MULTILINE)


def path_of_examples(language: str) -> str:
    """Returns the path of a language's examples."""
    return f"data/nlu/{language}.yml"


def add_example(files: Files, language: str, topic: str, text: str) -> Changes:
    """Returns the changes that add an example; raises EditError where it cannot teach anything, or teaches two things."""
    text = _usable(text)
    path = path_of_examples(language)
    old = files.read(path)
    blocks = {found["intent"]: found for found in _BLOCK.finditer(old)}
    if topic not in blocks:
        raise EditError("topic", "this topic has no examples in this language")
    for intent, block in blocks.items():
        if fold(text) in {fold(line.strip()[2:]) for line in block["lines"].splitlines()}:
            where = "already stands here" if intent == topic else f"already stands under “{intent}”; one question cannot mean two things"
            raise EditError("text", where)
    end = blocks[topic].end("lines")
    before = old[:end] if old[:end].endswith("\n") else f"{old[:end]}\n"
    return {path: f"{before}    - {text}\n{old[end:]}"}


def add_topic(files: Files, topic: str, section: str, answer: Answer, examples: Mapping[str, tuple[str, ...]]) -> Changes:
    """Returns the changes that add a topic: its answer, its intent and rule, and how people ask in every language."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,40}", topic) or topic in RESERVED:
        raise EditError("id", "use small letters, digits and underscores, for example school_pickup")
    if files.has(path_of(topic)) or f"- {topic}:" in files.read(DOMAIN):
        raise EditError("id", "a topic with this name is already here")
    if section not in SECTIONS:
        raise EditError("section", "choose the part of the list in which it belongs")
    _refuse_answer(answer)
    changes: dict[str, str | None] = {path_of(topic): _topic_text(topic, section, answer)}
    changes |= {DOMAIN: _with_intent(files.read(DOMAIN), topic), RULES: _with_rule(files.read(RULES), topic)}
    changes |= {path_of_examples(code): _with_block(files, code, topic, texts) for code, texts in examples.items()}
    return {**changes, **reword(files.changed(changes), {}, "typo")}


def _refuse_answer(answer: Answer) -> None:
    for name, text, limit in sentences(answer):
        if not text.strip() and name in ("title", "short"):
            raise EditError(name, "this may not be empty")
        if limit and len(text) > limit:
            raise EditError(name, f"{len(text)} characters, at most {limit} fit; say it shorter")
        if name in ("first", "short") and grade(text) > STOP:
            raise EditError(name, f"too hard to read (school year {grade(text):.0f}, at most {STOP:.0f}); use shorter sentences and words")


def _usable(text: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > MOST_CHARACTERS:
        raise EditError("text", f"one question, at most {MOST_CHARACTERS} characters")
    if re.search(r"[\[\]{}▢]", text):
        raise EditError("text", "write it out: brackets and masked words cannot be learned from")
    if text.startswith(("/", "-", "#", "|", ">")):
        raise EditError("text", "an example cannot begin with this character")
    return text


def _with_intent(text: str, topic: str) -> str:
    """The intents' list, with the new one before those that are commands."""
    last = "  - out_of_scope: {use_entities: []}\n"
    return text.replace(last, f"  - {topic}: {{use_entities: []}}\n{last}", 1)


def _with_rule(text: str, topic: str) -> str:
    return f"{text.rstrip()}\n- rule: {topic}\n  steps:\n    - intent: {topic}\n    - action: action_answer\n"


def _with_block(files: Files, language: str, topic: str, examples: tuple[str, ...]) -> str:
    try:
        texts = tuple(dict.fromkeys(_usable(text) for text in examples if text.strip()))
    except EditError as error:
        raise EditError(f"examples.{language}", str(error)) from error
    if len(texts) < FEWEST_EXAMPLES:
        raise EditError(f"examples.{language}", f"at least {FEWEST_EXAMPLES} ways to ask are needed in every language")
    lines = "".join(f"    - {text}\n" for text in texts)
    old = files.read(path_of_examples(language)).rstrip()
    return f"{old}\n- intent: {topic}\n  metadata: {{language: {language}}}\n  examples: |\n{lines}"


def _topic_text(topic: str, section: str, answer: Answer) -> str:
    def steps(items: tuple[Step, ...]) -> str:
        return "".join(f"  - {yamltext.line(step.text)}\n" for step in items if step.text.strip())

    rows = [f"id: {topic}", f"section: {section}", f"title: {yamltext.line(answer.title)}"]
    rows += [f"first: {yamltext.line(answer.first)}"] if answer.first.strip() else []
    rows += [f"short: {yamltext.line(answer.short)}"]
    rows += [f"steps:\n{steps(answer.steps)}".rstrip()] if answer.steps else []
    rows += [f"caution: {yamltext.line(answer.caution)}"] if answer.caution.strip() else []
    rows += ["quotes: []", f"laws: [{', '.join(answer.laws)}]"]
    rows += [f"contacts: {{kinds: [{', '.join(answer.kinds)}]}}", f"next: [{', '.join(answer.next)}]", f"review_by: {answer.review_by}"]
    return "\n".join(rows) + "\n"
