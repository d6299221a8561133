"""The vocabularies of our own files: names, dates and addresses never come out, towns and everyday words do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.content import Content
from bot.core.errors import ContentError
from bot.core.privacy import MASK, has_digit, redact
from bot.core.text import fold, words
from bot.core.vocabulary import Vocabulary
from bot.library import load
from bot.vocabulary import read_masks, read_vocabulary
from bot.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "es", "pt", "fr", "ht", "zh", "ar", "pl")
CONTENT = load(ROOT)
# How somebody is named in a question, by language.
FRAMES = {
    "en": ("they took my brother {}", "my name is {} and i am scared", "{} was arrested in Norwalk", "can the police ask {}'s papers?"),
    "es": ("se llevaron a mi esposo {}", "me llamo {} y tengo miedo", "{} fue detenido en Danbury"),
    "pt": ("levaram meu marido {}", "meu nome é {} e tenho medo", "{} foi preso em Danbury"),
    "fr": ("ils ont pris mon frère {}", "je m'appelle {} et j'ai peur", "{} a été arrêté à Stamford"),
    "ht": ("yo pran frè m {}", "mwen rele {} e mwen pè", "lapolis arete {} nan Bridgeport"),
    "zh": ("移民局抓了{}怎么办", "我叫{}，我没有身份", "{}被警察带走了", "警察问{}有没有身份"),
    "ar": ("أخذوا أخي {} من البيت", "اسمي {} وأخاف من الشرطة", "اعتقلوا {} في نورووك", "سألوا عن {}"),
    "pl": ("zabrali mojego brata {}", "nazywam się {} i boję się", "{} jest w areszcie w Stamford"),
}
LISTED = """
Juan María José Guadalupe Brayan Yesenia Xiomara Quispe Mamani Guamán Hernández García Rodríguez Pérez Martínez Chimborazo Wilmer Lupita
João Antônio Thiago Aparecida Rosângela Oliveira Souza Nascimento Raimunda Wesley Gonçalves Conceição Vinícius Ferreira Terezinha
Jean-Pierre François Mamadou Ousmane Fatou Aminata Diallo Traoré Ouédraogo Koffi Geneviève Aïssatou Coulibaly Marie Jacques Thérèse
Wilner Frantz Emmanuel Dieudonné Altagrace Islande Guerda Mirlande Ketsia Toussaint Fleurimond Desrosiers Jean-Baptiste Roselor Yvrose
Mohammed Muhammad Ahmed Fatima Khadija Abdullah Yusuf Tariq Noor Zaynab Krzysztof Małgorzata Agnieszka Łukasz Kowalska Wiśniewski
Wójcik Zbigniew Grażyna Piotrek Kasia Tomka Nowak James Jennifer Michael Patricia Christopher Smith Johnson Garcia Gallagher Kathleen
王伟 李娜 张敏 刘洋 陈静 杨强 赵军 黄秀英 周杰 吴磊 徐丽 孙涛 马超 朱红 胡明 郭建国 何芳 林志强 高美玲 罗勇 郑小红 谢婷婷 韩雪梅 唐国华
冯淑芬 王小明 李志明 張偉 陳美玲 劉德華 楊秀蘭 吳志豪 黃淑芬 林怡君 鄭承恩 钱建华 关秀兰 任小军 欧阳文华 司马志明 许玉梅 叶子涵 田春花
温海燕
申志伟 محمد أحمد علي حسن حسين عمر خالد إبراهيم يوسف مصطفى فاطمة خديجة مريم زينب عائشة ليلى محمود طارق وليد سمير هاني بلال حمزة
ياسمين نورا سعاد
Deborah Ashley Gutiérrez Velásquez Ayala Escobar Zelaya Figueroa Cavalcanti Magalhães Azevedo Saint-Louis Aristide Célestin Manoucheka
Souleymane Boubacar Szymański Grzegorz Przemysław رانيا عبدالله عبدالرحمن لمحمد ومحمد بخالد يامحمد الخطيب الحسيني البغدادي المصري
التميمي الشمري درويش منصور غسان عدنان هيثم نضال إسماعيل
"""
NAMES = LISTED.split()
TOWNS = {"zh": ("诺沃克", "纽黑文", "桥港"), "ar": ("نورووك", "نيو هيفن", "بنورووك")}
LATIN_TOWNS = ("Norwalk", "new haven", "Bridgeport", "New Britain", "west haven")
ADDRESSES = {
    "en": ("12 Maple Street apt 3", "12 main street", "5 Lincoln Ave", "220 west court", "45 N Main St, 2nd floor", "Elm Street",
           "twelve park road"),
    "es": ("calle 5", "calle 5 norte", "12 Maple Street", "avenida de la escuela 12", "Calle Libertad 44 apto 2"),
    "pt": ("Rua das Flores, 5", "rua da igreja 12", "avenida Brasil 300 apto 4"),
    "fr": ("5 rue de la paix", "12 avenue des Lilas", "44 boulevard de la police"),
    "ht": ("12 Maple Street", "ri legliz 5", "44 avni Boston apt 3"),
    "zh": ("枫树街12号", "中山路五号", "主街三十二号二楼", "12 Main Street"),
    "ar": ("شارع الورود 5", "شارع المدرسة رقم ٥", "12 Main Street"),
    "pl": ("ulica Kwiatowa 5", "ul. Szkolna 12 m. 3", "przy ulicy Kościelnej 44"),
}
STREET = {"en": ("street", "maple", "main", "lincoln", "elm", "park"),
          "es": ("5", "maple", "libertad", "norte"),
          "pt": ("flores", "brasil"),
          "fr": ("paix", "lilas"), "ht": ("maple", "boston", "legliz"), "zh": ("枫", "中山", "五号", "main"),
          "ar": ("الورود", "المدرسة", "main"),
          "pl": ("kwiatowa", "szkolna", "kościelnej")}


def known(language: str) -> Vocabulary:
    return read_vocabulary(language, CONTENT, ROOT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_survives(language: str) -> None:
    """Two hundred names in three scripts, in sentences of every language, large, small and all in capitals."""
    for name in NAMES:
        for frame in FRAMES[language]:
            for written in {name, name.lower(), name.upper()}:
                shown = redact(frame.format(written), known(language))
                left = {fold(word) for word in words(shown)}
                assert MASK in shown and fold(name) not in fold(shown), shown
                assert not left.intersection(fold(part) for part in words(name)), shown


def test_there_are_two_hundred_names_in_three_scripts() -> None:
    """The list that the rule above is tried on is long enough."""
    assert len(set(NAMES)) >= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_name_is_masked(language: str) -> None:
    """Each name of names.yml, alone in a sentence of its own language, goes; even one that our examples use."""
    rows = read_yaml(ROOT / "data" / "words" / "names.yml")[language]
    ordinary = read_masks(CONTENT.languages[language], ROOT / "data" / "words").ordinary
    for name in " ".join(rows.values()).split():
        if name not in ordinary and name.lower() not in ordinary:
            shown = redact(FRAMES[language][0].format(name), known(language))
            assert MASK in shown and fold(name) not in {fold(word) for word in words(shown)}, name


@pytest.mark.parametrize("language, kind", [(code, kind) for code in LANGUAGES for kind in ("given", "family")])
def test_there_are_enough_names(language: str, kind: str) -> None:
    """A hundred given names and a hundred family names a language."""
    rows = read_yaml(ROOT / "data" / "words" / "names.yml")[language]
    assert set(rows) == {"given", "family"} and len(set(rows[kind].split())) >= 100


@pytest.mark.parametrize("language, address", [(code, address) for code, addresses in ADDRESSES.items() for address in addresses])
def test_no_address_survives(language: str, address: str) -> None:
    """Neither the number nor the street's name is left, also where our examples use the words."""
    for text in (address, FRAMES[language][0].format(address), f"{FRAMES[language][2].format(address)}"):
        shown = redact(text, known(language))
        assert not has_digit(shown)
        assert not [part for part in STREET[language] if part in fold(shown)], shown


@pytest.mark.parametrize("language, town", [(c, t) for c in LANGUAGES for t in (*LATIN_TOWNS, *TOWNS.get(c, ()))])
def test_our_towns_survive(language: str, town: str) -> None:
    """Where it happened is what an answer depends on."""
    text = {"zh": "警察在{}", "ar": "الشرطة في {}"}.get(language, "police {}").format(town)
    assert town in redact(text, known(language))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_no_digit_survives(language: str, text: str) -> None:
    """Whatever is written, in every language."""
    assert not has_digit(redact(text, known(language)))


@pytest.mark.parametrize("language, text, gone", [
    pytest.param("en", "court on Monday, March 5", ("monday", "march"), id="English"),
    pytest.param("es", "tengo corte el lunes 5 de mayo", ("lunes", "mayo"), id="Spanish"),
    pytest.param("pt", "tenho audiência na sexta-feira, 3 de março", ("sexta", "março"), id="Portuguese"),
    pytest.param("fr", "le mardi 4 février", ("mardi", "février"), id="French"),
    pytest.param("ht", "lendi 5 fevriye", ("lendi", "fevriye"), id="Creole"),
    pytest.param("zh", "星期一五月三号开庭", ("星期一", "五月", "三号"), id="Chinese"),
    pytest.param("ar", "المحكمة يوم الاثنين ٥ مايو", ("الاثنين", "مايو"), id="Arabic"),
    pytest.param("pl", "sprawa w środę 5 maja", ("środę", "maja"), id="Polish"),
])
def test_no_date_survives(language: str, text: str, gone: tuple[str, ...]) -> None:
    """Months and weekdays go in every language, also bent ones."""
    assert not [word for word in gone if word in redact(text, known(language)).lower()]


@pytest.mark.parametrize("language, text", [
    pytest.param("en", "can the police ask for my green card on the street", id="English"),
    pytest.param("es", "me pararon en la calle y me pidieron papeles", id="Spanish"),
    pytest.param("pt", "a policia pergunta na rua", id="Portuguese"),
    pytest.param("fr", "la police a pris mon mari dans la rue", id="French"),
    pytest.param("ht", "eske lapolis ka mande m papye nan lari a", id="Creole"),
    pytest.param("zh", "警察问我有没有身份怎么办", id="Chinese"),
    pytest.param("ar", "وقفوني في الشارع", id="Arabic"),
    pytest.param("pl", "czy policja pyta o papiery na ulicy, boję się", id="Polish"),
])
def test_an_ordinary_question_stays_whole(language: str, text: str) -> None:
    """Who asks as our examples ask is understood by the advocates too."""
    assert redact(text, known(language)) == text


@pytest.mark.parametrize("text", ["by2sal 3an", "el 7okouma", "wayn l bolees el yom"])
def test_arabizi_is_judged_word_by_word(text: str) -> None:
    """Words with digits go, for a digit is a digit; others stay where our examples have them."""
    shown = redact(text, known("ar"))
    assert not has_digit(shown)
    assert all(fold(word) in known("ar").words for word in words(shown))


def test_an_advocates_broken_table_is_named(tmp_path: Path, content: Content) -> None:
    """A table of another form raises ContentError with its path."""
    (tmp_path / "masked.yml").write_text("- a list\n")
    with pytest.raises(ContentError, match=r"masked\.yml"):
        read_masks(content.languages["en"], tmp_path)
