"""Redaction, on a small vocabulary of our own: what is not known to be harmless never comes out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Town
from bot.core.privacy import MASK, has_digit, redact, words_kept
from bot.core.text import fold, words
from bot.core.vocabulary import Masks, Vocabulary, vocabulary

TOWNS = (Town("norwalk", "Norwalk", True, ("norwalk", "诺沃克", "نورووك")), Town("new-haven", "New Haven", True, ("new haven", "新港")))
MASKS = Masks(
    names=frozenset(map(fold, ("juan", "maria", "mohammed", "محمد", "علي", "王", "张", "小明"))),
    calendar=frozenset({"may", "monday", "五月"}),
    numbers=frozenset({"two", "zero"}), streets=frozenset({"street", "calle"}), beside=frozenset({"the", "la", "on"}),
    houses=frozenset({"apt", "court"}), before=("姓", "小"), after=("先生",), ordinary=frozenset({"على", "张"}),
)
TEXTS = tuple(f"{text} {n}" for n in ("yes", "no", "ok") for text in (
    "can the police on the street ask my brother for papers", "Juan and maria went to court on monday may two",
    "will ICE come to the main street or apt, they said", "la calle en", "i live here", "警察会不会问我身份", "张开门", "王先生",
    "هل تسأل الشرطة على البيت", "اخذوا محمد", "l'agent said i'm fine",
))
KNOWN: Vocabulary = vocabulary(TEXTS, TOWNS, MASKS)


def redacted(text: str) -> str:
    return redact(text, KNOWN)


@pytest.mark.parametrize("text, left", [
    pytest.param("can the police ask my brother", "can the police ask my brother", id="known words stay"),
    pytest.param("can the sheriff ask my brother", f"can the {MASK} ask my brother", id="an unknown word goes"),
    pytest.param("Can ICE ask?", "Can ICE ask?", id="a word that we write large stays large"),
    pytest.param("they ask Brother for papers", f"they ask {MASK} for papers", id="a large letter inside a sentence"),
    pytest.param("ok. Brother went", "ok. Brother went", id="a large letter after a full stop"),
    pytest.param("POLICE ASK MY BROTHER", "POLICE ASK MY BROTHER", id="all in capitals"),
    pytest.param("juan and María went", f"{MASK} and {MASK} went", id="names of our own examples"),
    pytest.param("juan's brother", f"{MASK} brother", id="a name with its s"),
    pytest.param("call 203-555-0123 ok", f"{MASK} ok", id="a telephone number"),
    pytest.param("they said ٢٠٣ and ②", f"they said {MASK} and {MASK}", id="digits of other scripts"),
    pytest.param("two zero two", MASK, id="a number in words"),
    pytest.param("on monday may 5", f"on {MASK}", id="a date"),
    pytest.param("ask me@papers.com or police.gov/papers", f"ask {MASK} or {MASK}", id="an address of mail, a link"),
    pytest.param("police/papers", "police/papers", id="a stroke between words"),
    pytest.param("i live on the street", "i live on the street", id="the street"),
    pytest.param("i live on main street", f"i live on {MASK}", id="a street of known words"),
    pytest.param("i live 12 main street apt 3 here", f"i live {MASK} here", id="an address"),
    pytest.param("live 12 main court", f"live {MASK}", id="an address with a weaker word"),
    pytest.param("went to court on the street", "went to court on the street", id="the weaker word alone"),
    pytest.param("la calle 5 en", f"la {MASK} en", id="a Spanish address"),
    pytest.param("i live here in New Haven", f"i live here {MASK} New Haven", id="a town of two words"),
    pytest.param("警察会不会问我身份", "警察会不会问我身份", id="known Chinese"),
    pytest.param("警察会不会打我", f"警察会不会{MASK}", id="unknown Chinese"),
    pytest.param("王先生", MASK, id="a Chinese name with its title"),
    pytest.param("小明警察会", f"{MASK}警察会", id="a Chinese given name"),
    pytest.param("张开门", "张开门", id="a family name inside an everyday word"),
    pytest.param("小张开门", f"{MASK}", id="the same as a name"),
    pytest.param("诺沃克警察会不会", "诺沃克警察会不会", id="a Chinese town"),
    pytest.param("الشرطة على البيت", "الشرطة على البيت", id="an Arabic word that folds to a name"),
    pytest.param("علي والشرطة", MASK, id="the Arabic name"),
    pytest.param("اخذوا لمحمد", f"اخذوا {MASK}", id="a name with a particle glued to it"),
    pytest.param("الشرطة بنورووك", "الشرطة بنورووك", id="a town with a particle glued to it"),
    pytest.param("I’m fine, l’agent said", "I'm fine, l'agent said", id="apostrophes"),
    pytest.param("ju\u200ban said 😀 ok", f"{MASK} said {MASK} ok", id="hidden characters and pictures"),
    pytest.param("", "", id="nothing"),
])
def test_what_is_left(text: str, left: str) -> None:
    """A word stays only if our texts use it; masks that stand together become one."""
    assert redacted(text) == left


def test_two_texts_are_not_enough_for_a_word() -> None:
    """A word counts once a text: three different texts are needed, for Chinese two."""
    known = vocabulary(["a word word word", "a word", "门开了", "门开了吗"], (), Masks())
    assert "word" not in known.words
    assert known.runs == {"门开了"}
    assert "word" in vocabulary(["word a", "word b", "word c"], (), Masks()).words


@given(st.text(max_size=80))
def test_no_digit_survives(text: str) -> None:
    """Whatever goes in, no digit or number of any script comes out."""
    shown = redacted(text)
    assert not has_digit(shown)
    assert not any(c.isdigit() or unicodedata.category(c) in ("Nd", "No") for c in shown)


@given(st.lists(st.sampled_from([*TEXTS, "Zbigniew", "qwertz", "203", "دمشق", "北京", "@", ".", "'", "-", "\u0301", "ﬁ"]), max_size=8),
       st.sampled_from(["", " ", ", "]))
def test_no_word_outside_the_vocabulary_survives(parts: list[str], gap: str) -> None:
    """Every word that is left is one of ours or a town's."""
    allowed = KNOWN.words | {word for town in KNOWN.towns for word in town.split()}
    for word in words(redacted(gap.join(parts))):
        if not any("\u4e00" <= c <= "\u9fff" for c in word):
            assert fold(word) in allowed or fold(word).removeprefix("ب") in allowed


@given(st.text(alphabet="警察会不会问我身份张开门王北京东西", max_size=20))
def test_chinese_stays_only_in_known_runs(text: str) -> None:
    """Every piece that is left is made of runs of three that stand in our texts."""
    for piece in redacted(text).replace(MASK, " ").split():
        covered = {i + step for i in range(len(piece)) if piece[i : i + 3] in KNOWN.runs for step in range(3)}
        assert covered >= set(range(len(piece)))


@pytest.mark.parametrize("text, count", [("", 0), (f"{MASK} police {MASK}", 1), ("can they", 2), ("警察会", 2), ("هل تسأل", 2)])
def test_words_that_are_left_are_counted(text: str, count: int) -> None:
    """Masks are no words; two Chinese characters are about one."""
    assert words_kept(text) == count
