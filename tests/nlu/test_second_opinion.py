"""langdetect as a second opinion: our languages only, Creole among them, the same at every run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bot.nlu.second_opinion import SHIPPED, SecondOpinion, creole_profile

SENTENCES = {
    "en": "The police asked my neighbor for his papers yesterday morning",
    "es": "La policía le pidió los papeles a mi vecino ayer por la mañana",
    "pt": "A polícia pediu os documentos ao meu vizinho ontem de manhã, não sei por quê",
    "fr": "La police a demandé ses papiers à mon voisin hier matin",
    "ht": "Lapolis te mande vwazen mwen an papye li yè maten, mwen pa konnen poukisa",
    "pl": "Policja wczoraj rano zapytała mojego sąsiada o dokumenty",
}
WORDLESS = {"nothing": "", "digits": "911 203 555", "marks": "?!...", "an address": "https://example.org", "a smiley": "🙏🏽"}


@pytest.fixture(scope="module")
def creole(root: Path) -> str:
    """The profile that our own Creole examples give."""
    blocks = yaml.safe_load((root / "data" / "nlu" / "ht.yml").read_text(encoding="utf-8"))["nlu"]
    return creole_profile(line.strip()[2:] for block in blocks for line in block["examples"].splitlines())


@pytest.fixture(scope="module")
def opinion(creole: str) -> SecondOpinion:
    return SecondOpinion(creole)


@pytest.mark.parametrize("language, text", SENTENCES.items(), ids=SENTENCES)
def test_each_language_is_heard(opinion: SecondOpinion, language: str, text: str) -> None:
    """A plain sentence of each language, Creole too, is heard as what it is."""
    heard = opinion.ask(text)
    assert max(heard, key=lambda code: heard[code]) == language


@pytest.mark.parametrize("text", [*SENTENCES.values(), "Wo ist die Polizei, bitte schön?", "Dov'è la polizia?", "Unde este poliția?"])
def test_only_our_languages_are_named(opinion: SecondOpinion, text: str) -> None:
    """Even a text of another language is held to ours, with probabilities that sum to one at most."""
    heard = opinion.ask(text)
    assert heard and set(heard) <= {*SHIPPED, "ht"}
    assert 0.5 < sum(heard.values()) <= 1.0001


@pytest.mark.parametrize("text", ["ok police", "pa", "no se", "merci mesi", "si", "A polícia"])
def test_the_same_text_is_always_heard_the_same(creole: str, opinion: SecondOpinion, text: str) -> None:
    """langdetect throws dice; here they fall the same at each call and in each process."""
    again = SecondOpinion(creole)
    assert [opinion.ask(text) for _ in range(3)] == [again.ask(text)] * 3


@pytest.mark.parametrize("text", WORDLESS.values(), ids=WORDLESS)
def test_what_has_no_letters_is_no_language(opinion: SecondOpinion, text: str) -> None:
    """Where there is nothing to hear, there is no opinion and no error."""
    assert opinion.ask(text) == {}


def test_a_text_in_another_script_is_no_error(opinion: SecondOpinion) -> None:
    """Chinese and Arabic are decided elsewhere; here they are at worst no opinion."""
    assert all(set(opinion.ask(text)) <= {*SHIPPED, "ht"} for text in ("警察会问吗", "الشرطة بتسأل"))


def test_the_profile_counts_letters_pairs_and_triples() -> None:
    """A profile is JSON with the name, n-grams of one to three letters, and how many of each length were counted."""
    profile = json.loads(creole_profile(["pa pale"] * 20))
    assert profile["name"] == "ht" and len(profile["n_words"]) == 3
    assert profile["freq"]["pa"] == 40 and profile["freq"]["p"] == 40
    assert {len(gram) for gram in profile["freq"]} == {1, 2, 3}


def test_the_profile_does_not_depend_on_the_order_of_the_examples() -> None:
    """The same examples in another order give the same counts."""
    texts = ["Lapolis mande papye", "Mwen bezwen yon avoka", "Kisa pou m fè?"] * 10
    assert json.loads(creole_profile(texts)) == json.loads(creole_profile(texts[::-1]))
