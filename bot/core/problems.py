"""What is wrong with content: pure checks that return problems, each with the piece it is about and a remedy."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from bot.core.content import Content, Topic
from bot.core.forbidden import holds
from bot.core.notices import TRANSLATED_NOTICE_LIMIT, faults
from bot.core.states import IN_ENGLISH

# Digits of Arabic and Persian are digits to a telephone too.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
SHORT_LIMIT, FIRST_LIMIT, TITLE_LIMIT = 300, 160, 70
# A translation may need more room than English, but not without end.
TRANSLATED_SHORT_LIMIT = 380
KNOWN_BRACES = {"url", "town"}
_GAP = r"[\s./\u2010-\u2015\u2212-]{0,3}"
_NUMBER = re.compile(rf"(?<![\d-])(?:\+?1{_GAP})?\(?([2-9]\d{{2}})\)?{_GAP}(\d{{3}}){_GAP}(\d{{4}})(?![\d-])")


@dataclass(frozen=True)
class Problem:
    """One thing to mend: `needle` is a piece of text by which the line is found, `language` "" for English files."""

    needle: str
    message: str
    remedy: str
    language: str = ""
    file: str = ""


def problems(content: Content, forbidden: Iterable[str] = ()) -> Iterator[Problem]:
    """Yields every problem of the content. forbidden: numbers, digits only, that no text may hold."""
    for topic in content.topics.values():
        yield from _references(topic, content)
        yield from _lengths(topic)
        yield from _companions(topic, content)
        yield from _topic_braces(topic)
        yield from _switch(topic)
    yield from _notices(content)
    yield from _hashes(content)
    yield from _numbers(content, frozenset(forbidden))
    yield from _translations(content)


def _references(topic: Topic, content: Content) -> Iterator[Problem]:
    known = (
        (([i for g in topic.quotes for i in g]), content.quotes, "quotation", "data/answers/sources"),
        (topic.laws, content.laws, "law", "data/answers/laws.yml"),
        (topic.next, content.topics, "topic", "data/answers/topics"),
        (topic.towns, content.towns, "town", "data/answers/towns.yml"),
    )
    for ids, table, what, where in known:
        for missing in (i for i in ids if i not in table):
            yield Problem(missing, f"topic {topic.id} names the unknown {what} '{missing}'", f"correct the id, or add it in {where}",
                          file=f"{topic.id}.yml")


def braces(text: str) -> frozenset[str] | None:
    """Returns the names in {braces}, or None where a brace is alone or holds no name."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return frozenset(names) if all(name.isidentifier() for name in names) else None


def _topic_braces(topic: Topic) -> Iterator[Problem]:
    for text in (topic.title, topic.first or "", topic.short, topic.caution or "", *topic.towns.values(), *topic.steps):
        names = braces(text)
        if names is None or names - KNOWN_BRACES:
            yield Problem(text[:40], f"topic {topic.id}: a brace is alone or holds an unknown word",
                          f"only {sorted(KNOWN_BRACES)} may stand in braces", file=f"{topic.id}.yml")


def _switch(topic: Topic) -> Iterator[Problem]:
    """Of an answer switched off its contacts are left; a greeting or the menu would leave nobody to ask."""
    if topic.is_service and not topic.is_offered and not (topic.contact_kinds or topic.preferred_contacts):
        yield Problem("off:", f"topic {topic.id} has no contacts, so it cannot be switched off", "take the line `off` out",
                      file=f"{topic.id}.yml")


def _notices(content: Content) -> Iterator[Problem]:
    seen: set[str] = set()
    for notice in content.notices:
        for message, remedy in faults(notice, content):
            yield Problem(notice.text[:40], f"notice {notice.id}: {message}", remedy, file="notices.yml")
        if notice.id in seen:
            yield Problem(notice.id, f"there are two notices {notice.id}", "give each an id of its own", file="notices.yml")
        seen.add(notice.id)


def _lengths(topic: Topic) -> Iterator[Problem]:
    limits = [(topic.title, TITLE_LIMIT), (topic.first or "", FIRST_LIMIT), (topic.short, SHORT_LIMIT)]
    limits += [(text, SHORT_LIMIT) for text in topic.towns.values()]
    for text, limit in limits:
        if len(text) > limit:
            what = f"topic {topic.id}: {len(text)} characters, at most {limit} fit"
            yield Problem(text[:40], what, "say it shorter", file=f"{topic.id}.yml")


def _companions(topic: Topic, content: Content) -> Iterator[Problem]:
    """A passage that must not stand alone needs its companions in the same group, or among the topic's laws."""
    for group in topic.quotes:
        for quote in (content.quotes[i] for i in group if i in content.quotes):
            for other in quote.requires:
                if other not in group and other not in topic.laws:
                    yield Problem(quote.id, f"topic {topic.id}: '{quote.id}' may not stand without '{other}'",
                                  f"add '{other}' beside it", file=f"{topic.id}.yml")


def _hashes(content: Content) -> Iterator[Problem]:
    pieces = [(q.id, q.text, q.sha256) for q in content.quotes.values()]
    pieces += [(law.id, law.text, law.sha256 or "") for law in content.laws.values() if law.text]
    for name, text, verified in pieces:
        if hashlib.sha256(text.encode()).hexdigest() != verified:
            yield Problem(name, f"the words of '{name}' are not those that were verified",
                          "restore the quoted words from the document; a quotation is never edited")


def _numbers(content: Content, forbidden: frozenset[str]) -> Iterator[Problem]:
    allowed = {_last_ten(n) for c in content.contacts.values() for n in (c.phone, *(line.phone for line in c.lines)) if n}
    for number in sorted(allowed & forbidden):
        yield Problem(number[:3], f"the number {number} must never be shown", "remove it from contacts.yml")
    for language, text, file in _texts(content):
        if holds(text, forbidden):
            yield Problem(text[:40], "a number in it must never be shown", "take the number out", language, file)
        for match in _NUMBER.finditer(unicodedata.normalize("NFKC", text).translate(_DIGITS)):
            number = "".join(match.groups())
            if number in forbidden or number not in allowed:
                yield Problem(text[:40], f"the number {match.group(0)} may not be shown here",
                              "use only a number that contacts.yml lets residents see", language, file)


def _texts(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yields language, text and the file where it likely stands; an answer that is switched off is shown to nobody."""
    for topic in (t for t in content.topics.values() if t.is_offered):
        for text in (topic.title, topic.first, topic.short, topic.caution, *topic.towns.values(), *topic.steps):
            yield "", text or "", f"{topic.id}.yml"
    yield from (("", text, "phrases.yml") for text in content.phrases.values())
    for page in content.pages.values():
        lines = (line for part in page.parts for line in (part.heading, *part.lines))
        yield from (("", text, f"{page.id}.yml") for text in (page.title, page.intro, page.pulpit, page.message, *lines))
    yield from (("", notice.text, "notices.yml") for notice in content.notices)
    for contact in content.contacts.values():
        lines = (line.label for line in contact.lines)
        yield from (("", text or "", "contacts.yml") for text in (contact.name, contact.note, contact.hours, *lines))
    for quote in content.quotes.values():
        document = quote.document
        texts = (quote.text, quote.context, quote.speaker, quote.role, quote.short, document.title, document.publisher, document.changed)
        yield from (("", text or "", f"{document.id}.yml") for text in texts)
    yield from (("", text, "laws.yml") for law in content.laws.values() for text in (law.says, law.cite, law.text or ""))
    off = {topic.id for topic in content.topics.values() if not topic.is_offered}
    for language, table in content.translations.items():
        yield from ((language, said.text, "") for (context, _), said in table.items() if context not in off)


def _translations(content: Content) -> Iterator[Problem]:
    for language, table in content.translations.items():
        yield from _placeholders(language, table)
        for topic in content.topics.values():
            pieces = [(topic.first, FIRST_LIMIT), (topic.short, TRANSLATED_SHORT_LIMIT)]
            pieces += [(text, TRANSLATED_SHORT_LIMIT) for text in topic.towns.values()]
            yield from _translated_lengths(language, topic.id, f"topic {topic.id}", pieces, content)
        for notice in content.notices:
            limited = [(notice.text, TRANSLATED_NOTICE_LIMIT)]
            yield from _translated_lengths(language, notice.context, f"notice {notice.id}", limited, content)


def _placeholders(language: str, table: Mapping[tuple[str, str], object]) -> Iterator[Problem]:
    for (_, english), said in table.items():
        text = getattr(said, "text", "")
        wanted = braces(english)
        if braces(text) != wanted:
            yield Problem(text[:40], f"the words in braces differ: '{english[:60]}' has {sorted(wanted or ())}",
                          "write the same {words} in the translation", language)


def _translated_lengths(
    language: str, context: str, name: str, pieces: Iterable[tuple[str | None, int]], content: Content,
) -> Iterator[Problem]:
    for english, limit in pieces:
        said = content.say(language, context, english) if english else None
        if said and said.state not in IN_ENGLISH and len(said.text) > limit:
            yield Problem(said.text[:40], f"{name}: {len(said.text)} characters, at most {limit} fit",
                          "say it shorter", language)


def _last_ten(number: str) -> str:
    return re.sub(r"\D", "", number)[-10:]
