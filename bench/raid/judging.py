"""Judges what came back: what each message got, what was lost, said twice, or meant for somebody else."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from raid.crowd import API, SMS, Script
from raid.storm import Sent
from raid.talking import GONE, Heard

from bot.core.content import Content
from bot.core.faces import alone, pages
from bot.core.spare import short_answer
from bot.core.text import fold, words

# What a message can get. "other": a full answer to the right person, but not word for word the one of a quiet day (after a
# crash the service no longer knows what was talked about; a publication changes the words).
FULL, OTHER, SHORT, LIMIT, SILENCE, ERROR, NOTHING, FOREIGN, LEFT = (
    "full", "other", "short", "limit", "silence", "error", "nothing", "foreign", "left")
ANSWERED = (FULL, OTHER, SHORT, LIMIT)
WRONG = (ERROR, NOTHING, FOREIGN)
NUMBER = re.compile(r"\d{3}.?\d{3}.?\d{4}|\b(911|211|2-1-1|988)\b")


@dataclass
class Judge:
    """Knows what is to be expected: the answers of a quiet service, the short answers, the limits."""

    expected: Mapping[tuple[int, int], Heard]
    content: Content
    today: date
    scripts: Sequence[Script]
    _limits: tuple[str, ...] = ()
    _spoken: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._limits = tuple(self.content.phrase(code, "sms_limit", phone="\n").split("\n")[0] for code in self.content.languages)
        for (number, _), heard in self.expected.items():
            self._spoken.setdefault(self.scripts[number].language, set()).update(w for text in heard.texts for w in words(fold(text)))

    def outcome(self, sent: Sent) -> str:
        """Returns what a message got."""
        heard, script = sent.heard, sent.person.script
        if heard.status == GONE:
            return LEFT
        if heard.status != 200:
            return {0: NOTHING, 429: LIMIT}.get(heard.status, ERROR)
        if not heard.texts:
            return SILENCE
        if heard.texts == self.expected[script.number, sent.line].texts:
            return FULL
        return self._unlike(heard, script, sent)

    def _unlike(self, heard: Heard, script: Script, sent: Sent) -> str:
        if script.channel == SMS:
            if any(limit in heard.texts[0] for limit in self._limits):
                return LIMIT
            if heard.texts[0] in self._short_texts:
                return SHORT
            # A digit has no language: where the chat is forgotten, it is answered in English.
            allowed = (script.language, "en") if script.lines[sent.line].isdecimal() else (script.language,)
            return OTHER if any(self._speaks(code, heard.texts[0]) for code in allowed) else FOREIGN
        if script.channel == API:
            return FOREIGN if heard.language != script.language else SHORT if heard.short else OTHER
        if heard.language != script.language or " ".join(heard.asked.split()) != " ".join(script.lines[sent.line].split()):
            return FOREIGN
        return SHORT if html.escape(self.content.phrase(script.language, "short_answer")) in heard.texts[0] else OTHER

    def names_nobody(self, sent: Sent) -> bool:
        """True for a short answer without anybody to call in what a resident sees at once; what MORE brings comes after that."""
        more = self.content.keywords["more"][sent.person.script.language]
        return sent.person.script.lines[sent.line] not in more and not NUMBER.search(sent.heard.texts[0])

    def _speaks(self, language: str, text: str) -> bool:
        """True where a phone's message is in a language, as far as the words of our own answers tell."""
        said = words(fold(text))
        known = {code: sum(word in spoken for word in said) for code, spoken in self._spoken.items()}
        return not said or known.get(language, 0) >= max(known.values()) * 0.9

    @cached_property
    def _short_texts(self) -> set[str]:
        """All that a phone can be sent while Rasa is away: every topic's short answer, page by page."""
        found: set[str] = set()
        for code in self.content.languages:
            for topic in self.content.topics.values():
                title = self.content.say(code, topic.id, topic.title).text
                for text in (title, "?!"):
                    reply = short_answer(text, code, None, self.content, self.today)
                    for introduced in (True, False):
                        found.update(pages(reply, self.content, "sms", introduced))
            found.add(alone(self.content.phrase(code, "error_server"), "sms"))
        return found


def copies_differ(sent: Sequence[Sent]) -> int:
    """How many messages that came twice got two different answers."""
    heard: dict[str, set[tuple[str, ...]]] = {}
    for one in sent:
        if one.receipt and one.heard.status == 200:
            heard.setdefault(one.receipt, set()).add(one.heard.texts)
    return sum(len(answers) > 1 for answers in heard.values())


def chats_mixed(sent: Sequence[Sent]) -> int:
    """How many answers of the web belong to a chat that is not the person's, or to one that somebody else has."""
    owners: dict[str, set[int]] = {}
    chats: dict[int, set[str]] = {}
    for one in sent:
        if one.heard.token:
            owners.setdefault(one.heard.token, set()).add(one.person.number)
            chats.setdefault(one.person.number, set()).add(one.heard.token)
    return sum(len(people) > 1 for people in owners.values()) + sum(len(tokens) > 1 for tokens in chats.values())


def turns(log: str) -> Counter[str]:
    """Counts what the door's log says was done: "phone" (messages answered by phone) and "web" (turns of the web)."""
    counted: Counter[str] = Counter()
    for line in log.splitlines():
        row = json.loads(line) if line.startswith('{"event"') else {}
        counted["phone"] += row.get("event") == "phone"
        counted["web"] += row.get("event") == "answer" and row.get("channel") == "web"
    return counted


def words_logged(log: str, sent: Sequence[Sent]) -> int:
    """How many of the messages, numbers and chats stand in what the processes wrote."""
    said = {one.person.script.lines[one.line] for one in sent} | {one.person.phone for one in sent} | {one.heard.token for one in sent}
    return sum(len(text) > 6 and text in log for text in said)
