"""Which quotations and laws stand under an answer, for which town."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content import Content, Law, Quote, Topic

MOST_QUOTES = 3
MOST_LAWS = 4
WIDE = ("connecticut", "federal")


@dataclass(frozen=True)
class Evidence:
    """The chosen passages; `other_town` names the town they speak for when it is not the reader's own."""

    quotes: tuple[Quote, ...]
    laws: tuple[Law, ...]
    other_town: str | None


def choose_evidence(topic: Topic, town: str | None, content: Content) -> Evidence:
    """Chooses 1 to 3 quotations and up to 4 laws: own town first, then state, then federal; newest first."""
    groups = [tuple(content.quotes[i] for i in group) for group in topic.quotes]
    near = [g for g in groups if town is None or g[-1].scope == town or g[-1].scope in WIDE]
    own = [g for g in near if town and g[-1].scope == town]
    other = None
    if topic.is_service:  # greetings carry no citation but one of the reader's own town
        near = own
    elif town and not own:
        far = sorted((g for g in groups if g not in near), key=_age)[:1]
        other = far[0][-1].scope if far else None
        near = far + near
    ordered = sorted(near, key=lambda g: (_distance(g, town), _age(g), g[-1].is_report))
    quotes = _take(_spread(ordered) if town is None else ordered)
    return Evidence(quotes, _choose_laws(topic, town, quotes, content), other)


def _distance(group: tuple[Quote, ...], town: str | None) -> int:
    scope = group[-1].scope
    if town is None:
        return 0
    return 0 if scope == town else 1 if scope not in WIDE else 2 + WIDE.index(scope)


def _age(group: tuple[Quote, ...]) -> int:
    """Smaller is newer; only the month counts, since one document's day may be known and another's not."""
    year, month = (int(part) for part in group[-1].document.date.split("-")[:2])
    return -(year * 12 + month)


def _spread(groups: list[tuple[Quote, ...]]) -> list[tuple[Quote, ...]]:
    """One group of each town first, so that a reader who named no town sees how towns differ."""
    seen: set[str] = set()
    first: list[tuple[Quote, ...]] = []
    later: list[tuple[Quote, ...]] = []
    for group in groups:
        (later if group[-1].scope in seen else first).append(group)
        seen.add(group[-1].scope)
    return first + later


def _take(groups: list[tuple[Quote, ...]]) -> tuple[Quote, ...]:
    taken: list[Quote] = []
    for group in groups:
        if len(taken) + len(group) <= MOST_QUOTES:
            taken.extend(group)
    return tuple(taken)


def _choose_laws(topic: Topic, town: str | None, quotes: tuple[Quote, ...], content: Content) -> tuple[Law, ...]:
    required = [i for q in quotes for i in q.requires if i in content.laws]
    fitting = [i for i in topic.laws if _applies(content.laws[i], town)]
    own = [i for i in fitting if town and content.laws[i].jurisdiction == town]
    ordered = dict.fromkeys([*required, *own, *fitting])
    return tuple(content.laws[i] for i in ordered)[:MOST_LAWS]


def _applies(law: Law, town: str | None) -> bool:
    return town is None or law.jurisdiction == town or law.jurisdiction in WIDE
