"""Towns named in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.content import Content, Town
from bot.core.text import fold
from bot.core.towns import TownFinder, town_finder
from bot.yamlfile import read_yaml

NAMED = {
    "English": ("Does the police in Westport ask for papers?", "westport"),
    "English, possessive": ("Norwalk's police", "norwalk"),
    "English, in capitals with signs": ("NORWALK!!", "norwalk"),
    "a hashtag": ("#norwalk", "norwalk"),
    "Spanish": ("¿y en New Haven?", "new-haven"),
    "Spanish, as heard": ("vivo en estamford", "stamford"),
    "Portuguese": ("moro em Danbury, posso ligar?", "danbury"),
    "French": ("la police de Hartford", "hartford"),
    "Creole": ("mwen rete nan Brijpot", "bridgeport"),
    "Polish, declined": ("mieszkam w Norwalku", "norwalk"),
    "Polish, declined in two words": ("byłem w New Havenie", "new-haven"),
    "Arabic": ("هل شرطة ويستبورت تتعاون", "westport"),
    "Arabic, with a glued preposition": ("ساكن بنورووك", "norwalk"),
    "Chinese, glued to other characters": ("诺沃克警察会问身份吗", "norwalk"),
    "Chinese, traditional": ("我住在紐黑文", "new-haven"),
    "Chinese with the Latin name": ("我住在Norwalk，警察会问吗", "norwalk"),
    "Arabic with the Latin name glued": ("فيNorwalk", "norwalk"),
    "a neighbourhood": ("I live in Fair Haven", "new-haven"),
    "a misspelling": ("new heaven police", "new-haven"),
    "the longer name wins": ("West Hartford", "west-hartford"),
    "a neighbourhood with another's word": ("East Norwalk", "norwalk"),
    "the first of two": ("I moved from Norwalk to Westport", "norwalk"),
    "the first of two, the other way round": ("I moved from Westport to Norwalk", "westport"),
}

NOT_NAMED = {
    "nothing": "",
    "no town": "ICE is at my door",
    "a word that begins like a town": "Norwalkers and Westporters",
    "a word that ends like a town": "Northwilton",
    "another state": "I live in Boston",
    "Chinese without a town": "移民局在我家门口",
    "Arabic without a town": "الشرطة عند الباب",
    "Spanish: the doorbell rang": "Sonó el timbre y era ICE",
    "Portuguese: sleep": "não durmo, perdi o sono com medo do ICE",
}


ALONE = {
    "the bare name": "Norwalk",
    "English": "and in Norwalk?",
    "Spanish": "¿Y en Norwalk?",
    "Portuguese": "e em Norwalk",
    "French": "et à Norwalk ?",
    "Creole": "e nan Norwalk",
    "Chinese, glued": "那诺沃克呢？",
    "Arabic": "و في نوروك؟",
    "Arabic, glued": "بنورووك",
    "Polish": "a w Norwalku?",
}

NOT_ALONE = {
    "English question": "is ICE in Norwalk",
    "Spanish question": "¿la policía de Norwalk me pide papeles?",
    "Chinese question": "诺沃克警察会问身份吗",
    "Arabic question": "هل شرطة نوروك تسأل",
    "a second town": "Norwalk, Westport",
}


@pytest.fixture(scope="module")
def finder(content: Content, root: Path) -> TownFinder:
    fillers = read_yaml(root / "data" / "answers" / "fillers.yml")
    return town_finder(content.towns.values(), (str(word) for words in fillers.values() for word in words))


@pytest.mark.parametrize("text, town", NAMED.values(), ids=NAMED.keys())
def test_a_named_town_is_found(finder: TownFinder, text: str, town: str) -> None:
    """A town is found in every script, whatever its case, accents or common misspelling; the first and longest wins."""
    found = finder.find(text)
    assert found is not None and found.town == town


@pytest.mark.parametrize("text", NOT_NAMED.values(), ids=NOT_NAMED.keys())
def test_a_text_without_a_town_names_none(finder: TownFinder, text: str) -> None:
    """Parts of longer words and everyday words of our languages are no towns: a wrong town gives a wrong answer."""
    assert finder.find(text) is None


def test_every_spelling_finds_its_own_town(finder: TownFinder, content: Content) -> None:
    """Each spelling of the file leads to the town it stands under, also in capitals and inside a sentence."""
    wrong = [
        (spelling, town.id)
        for town in content.towns.values() for spelling in town.spellings
        if (found := finder.find(f"... {spelling.upper()}, 911")) is None or found.town != town.id
    ]
    assert wrong == []


@pytest.mark.parametrize("text, spelling", [
    ("¿Vivo en NORWALK, qué hago?", "norwalk"), ("أسكن في ويستبورت الآن", "ويستبورت"), ("我在紐黑文上班", "紐黑文"),
], ids=["Spanish", "Arabic", "Chinese"])
def test_the_place_is_that_in_the_folded_text(finder: TownFinder, text: str, spelling: str) -> None:
    """Start and end cut exactly the spelling out of the folded text."""
    found = finder.find(text)
    assert found is not None and fold(text)[found.start:found.end] == spelling


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE.keys())
def test_a_town_with_words_that_say_nothing_stands_alone(finder: TownFinder, text: str) -> None:
    """"And in Norwalk?" says nothing but the town, in every language: it continues the last question."""
    found = finder.find(text)
    assert found is not None and (found.town, found.alone) == ("norwalk", True)


@pytest.mark.parametrize("text", NOT_ALONE.values(), ids=NOT_ALONE.keys())
def test_a_town_in_a_question_does_not_stand_alone(finder: TownFinder, text: str) -> None:
    """Any word that says something makes the message a question of its own."""
    found = finder.find(text)
    assert found is not None and (found.town, found.alone) == ("norwalk", False)


def test_the_longest_spelling_wins() -> None:
    """Where one town's name begins another's, the longer name is the one that was meant, in any order of the file."""
    short, long = Town("new-london", "", False, ("new london", "新港")), Town("mills", "", False, ("new london mills", "新港镇"))
    for towns in ((short, long), (long, short)):
        finder = town_finder(towns)
        found = [finder.find(text) for text in ("in New London Mills", "新港镇警察", "in New London", "新港警察")]
        assert [mention and mention.town for mention in found] == ["mills", "mills", "new-london", "new-london"]


def test_signs_in_a_spelling_are_no_pattern() -> None:
    """A spelling is taken letter for letter: a full stop in it stands for itself only."""
    finder = town_finder([Town("st-mary", "St. Mary", False, ("st. mary", "圣玛丽"))])
    assert finder.find("in St. Mary") is not None
    assert finder.find("in Stx Mary") is None
