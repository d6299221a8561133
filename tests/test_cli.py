"""The command line: errors are one clear line, JSON is the contract's, and nothing is changed that need not be."""

from __future__ import annotations

import json
import logging
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import MODEL, app

if TYPE_CHECKING:
    from bot.understanding import Understanding

OUTER = {"conversation", "language", "direction", "topic", "confidence", "reply"}
REPLY = {"text", "first", "short", "steps", "quotes", "laws", "caution", "contacts", "suggestions", "notices", "town"}
QUOTE = {"id", "text", "lang", "translation", "speaker", "role", "document", "publisher", "date", "url", "kind"}
CONTACT = {"id", "name", "phone", "phone_display", "url", "notes", "checked_on"}
COMMAND = "Please write your question in your own words."
# What a resident might ask in each language; the topic is plain to any reader.
ASKED = {
    "en": ("Do the police in Norwalk ask people about their immigration status?", "police_ask_status"),
    "es": ("ICE está en la puerta de mi casa, ¿tengo que abrir?", "ice_at_door"),
    "pt": ("Preciso de um advogado de imigração de graça, onde acho?", "need_lawyer"),
    "fr": ("L'ICE frappe à ma porte, est-ce que je dois ouvrir ?", "ice_at_door"),
    "ht": ("Èske lapolis nan Norwalk mande moun papye imigrasyon yo?", "police_ask_status"),
    "zh": ("移民局的人在我家门口敲门，我要开门吗？", "ice_at_door"),
    "ar": ("موظفو الهجرة يدقون باب بيتي، هل أفتح لهم؟", "ice_at_door"),
    "pl": ("Czy policja pyta ludzi o status imigracyjny?", "police_ask_status"),
}
# name -> (what is typed after "ask", what the refusal says)
WRONG = {
    "an unknown language": (["hola", "--language", "xx"], ["unknown language 'xx'", "en, es, pt, fr, ht, zh, ar, pl"]),
    "a language by its name": (["hola", "--language", "Español"], ["unknown language 'Español'"]),
    "an unknown town": (["hola", "--town", "paris"], ["unknown town 'paris'", "westport, norwalk, new-haven"]),
    "a town by another spelling": (["hola", "--town", "诺沃克"], ["unknown town '诺沃克'"]),
    "no words": ([""], ["Please write your question."]),
    "blanks only": (["  \t\n "], ["Please write your question."]),
    "a command of Rasa's": (["/restart"], [COMMAND]),
    "a command after blanks": (["  /restart"], [COMMAND]),
    "a command after a control character": (["\x07/restart"], [COMMAND]),
    "a command with entities": (['/choose{"number": "1"}'], [COMMAND]),
}
# word -> the language that its answer is in
KEYWORDS = {"menu": "en", "Español": "es", "kreyòl": "ht", "中文": "zh", "العربية": "ar", "polski": "pl", "MENU!": "en"}


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFIANZA_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("CONFIANZA_PUBLIC_URL", raising=False)


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """`ask` and `evaluate` make the whole process silent; the other tests of this process are not meant."""
    shown, level, handlers, events = warnings.showwarning, logging.root.manager.disable, logging.root.handlers[:], structlog.get_config()
    yield
    warnings.showwarning = shown
    logging.disable(level)
    logging.root.handlers[:] = handlers
    structlog.configure(**events)


@pytest.fixture
def copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The commands work on a copy of the content, which may be broken."""
    for folder in ("data", "locales"):
        shutil.copytree(root / folder, tmp_path / "copy" / folder)
    shutil.copy(root / "domain.yml", tmp_path / "copy")
    monkeypatch.setattr("bot.cli.ROOT", tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture(scope="session")
def mind() -> Understanding:
    """The trained model, loaded once."""
    if not MODEL.exists():
        pytest.skip("there is no trained model; run `make train`")
    from bot.understanding import Understanding

    return Understanding(MODEL)


@pytest.fixture
def understanding(mind: Understanding, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands use the model that is loaded already."""
    monkeypatch.setattr("bot.understanding.Understanding", lambda _model: mind)


def confianza(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"})


def complaint(result: Result, code: int) -> str:
    """What a command that failed on purpose says: on standard error, without a traceback."""
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stdout) == (code, "")
    assert "Traceback" not in result.stderr
    return result.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_without_a_command_all_commands_are_listed() -> None:
    """Whoever types the bare name sees what there is."""
    shown = confianza().output
    assert all(f" {name} " in shown for name in ("run", "train", "ask", "evaluate", "check", "strings"))


def test_check_says_that_all_is_in_order() -> None:
    """Good content is one line and no error code."""
    result = confianza("check")
    assert (result.exit_code, result.stdout) == (0, "All content is in order.\n")


def test_check_lists_the_problems_and_fails(copy: Path) -> None:
    """Each problem is a line, then their number; the exit code tells a program."""
    (copy / "data/answers/topics/greet.yml").write_text("id: greet\n\tshort: x\n", encoding="utf-8")
    result = confianza("check")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert "greet.yml:2: not valid YAML" in lines[0] and lines[1] == "1 problems"


def test_check_holds_quotations_against_their_documents(shared: Path) -> None:
    """Given the folder of the originals, every quotation is found in them."""
    assert confianza("check", "--documents", str(shared / "sources" / "documents")).exit_code == 0


def test_strings_change_nothing_where_nothing_is_new(copy: Path) -> None:
    """On what is committed, bringing the catalogues up to date leaves every file byte for byte as it was."""
    before = contents(copy)
    result = confianza("strings")
    assert (result.exit_code, "up to date" in result.stdout) == (0, True)
    assert contents(copy) == before


def test_strings_bring_a_new_phrase_into_every_language(copy: Path) -> None:
    """A new English sentence is in every catalogue afterwards."""
    with (copy / "data/answers/phrases.yml").open("a", encoding="utf-8") as file:
        file.write('zzz_new: "A brand-new sentence about badgers."\n')
    assert confianza("strings").exit_code == 0
    changed = [name for name, raw in contents(copy / "locales").items() if b"about badgers" in raw]
    assert len(changed) == 8  # seven languages and the template


@pytest.mark.parametrize("words, said", WRONG.values(), ids=WRONG)
def test_a_wrong_question_is_refused_in_plain_words(words: list[str], said: list[str]) -> None:
    """What cannot be asked is refused with what would do, as a wrong use of the command, without a traceback."""
    told = " ".join(complaint(confianza("ask", *words), 2).split())
    assert all(piece in told for piece in said), told


def test_an_empty_question_is_refused_in_the_asker_s_language(content: Any) -> None:
    """Whoever chose a language is answered in it, also in an error."""
    told = " ".join(complaint(confianza("ask", "", "--language", "pl"), 2).split())
    assert content.phrase("pl", "error_empty") in told


def test_without_a_model_the_way_to_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is trained yet, one line says what to run."""
    monkeypatch.setattr("bot.cli.MODEL", tmp_path / "none.tar.gz")
    told = complaint(confianza("ask", "Do police ask about status?"), 1)
    assert told.startswith("confianza: ") and "make train" in told and told.count("\n") == 1


def test_broken_content_is_one_line(copy: Path) -> None:
    """Where content is broken, a question is answered by the one line that says what to mend."""
    (copy / "data/answers/topics/greet.yml").write_text("id: greet\n\tshort: x\n", encoding="utf-8")
    told = complaint(confianza("ask", "menu"), 1)
    assert told.startswith("confianza: ") and "greet.yml:2:" in told and told.count("\n") == 1


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that cannot be used is told by its name."""
    monkeypatch.setenv("CONFIANZA_PUBLIC_PORT", "http")
    assert "CONFIANZA_PUBLIC_PORT='http'" in complaint(confianza("ask", "menu"), 1)


@pytest.mark.parametrize("word, language", KEYWORDS.items(), ids=KEYWORDS)
def test_a_keyword_is_answered_without_the_model(word: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word with a fixed meaning needs no model; the name of a language is answered in it."""
    monkeypatch.setattr("bot.cli.MODEL", tmp_path / "none.tar.gz")
    result = confianza("ask", word, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["language"], told["confidence"]) == (0, language, 1.0)
    assert told["reply"]["text"] and told["reply"]["suggestions"]


def test_a_chosen_language_and_town_are_kept_to(content: Any) -> None:
    """An answer comes in the language that was asked for, as text that a terminal shows."""
    result = confianza("ask", "menu", "--language", "ar", "--town", "norwalk")
    assert result.exit_code == 0
    assert content.say("ar", "menu_help", content.topics["menu_help"].short).text in result.stdout


@pytest.mark.rasa
@pytest.mark.usefixtures("understanding")
@pytest.mark.parametrize("language", ASKED)
def test_a_question_in_each_language_gives_the_contract_s_object(language: str) -> None:
    """In every language a question is understood, answered in that language, and printed as the API's object."""
    text, topic = ASKED[language]
    result = confianza("ask", text, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["language"], told["topic"], told["conversation"]) == (0, language, topic, None)
    assert set(told) >= OUTER and set(told["reply"]) >= REPLY
    assert told["direction"] == ("rtl" if language == "ar" else "ltr")
    assert 0.5 < told["confidence"] <= 1
    reply = told["reply"]
    assert all(set(quote) >= QUOTE and quote["lang"] == "en" for quote in reply["quotes"])
    assert reply["contacts"] and all(set(contact) >= CONTACT for contact in reply["contacts"])
    assert all(set(suggestion) == {"topic", "label"} for suggestion in reply["suggestions"])
    assert reply["quotes"] or reply["laws"]


@pytest.mark.rasa
@pytest.mark.usefixtures("understanding")
def test_a_town_in_the_question_is_understood() -> None:
    """A town that is named in the question counts, whatever its script."""
    assert json.loads(confianza("ask", "诺沃克的警察会问我的移民身份吗？", "--json").stdout)["reply"]["town"] == "norwalk"


@pytest.mark.rasa
@pytest.mark.usefixtures("understanding")
def test_evaluation_prints_the_figures_of_the_contract(tmp_path: Path) -> None:
    """A table gives the figures for all, per language and per register, and the confusions, without a word of a message."""
    table = tmp_path / "table.tsv"
    rows = [f"{code}\t{topic}\tplain\t{text}\n" for code, (text, topic) in ASKED.items()]
    rows.append(f"en\tgreet\tsms\t{ASKED['en'][0]}\n")
    table.write_text("".join(["lang\tintent\tregister\ttext\n", *rows]), encoding="utf-8")
    result = confianza("evaluate", str(table), "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["messages"], told["intent_accuracy"], told["language_accuracy"]) == (9, round(8 / 9, 4), 1.0)
    assert (set(told["by_language"]), set(told["by_register"])) == (set(ASKED), {"plain", "sms"})
    assert told["confusions"] == [{"intent": "greet", "taken_for": "police_ask_status", "count": 1}]
    assert told["false_answers"] is None
    assert not [text for text, _ in ASKED.values() if text in result.stdout]


@pytest.mark.rasa
@pytest.mark.usefixtures("understanding")
def test_what_is_not_understood_counts_as_not_answered(tmp_path: Path) -> None:
    """A message below the threshold is not an answer, and its best intent is never the fallback itself."""
    table = tmp_path / "table.tsv"
    table.write_text("lang\tintent\tregister\ttext\nen\tgreet\tsms\tqzx wvk pfft\n", encoding="utf-8")
    told = json.loads(confianza("evaluate", str(table), "--json").stdout)
    assert (told["messages"], told["answered"], told["right_of_answered"]) == (1, 0.0, None)
    assert "nlu_fallback" not in {row["taken_for"] for row in told["confusions"]}


@pytest.mark.rasa
@pytest.mark.usefixtures("understanding")
def test_a_broken_table_is_one_line(tmp_path: Path) -> None:
    """A table with other columns is refused by its name, without a traceback."""
    table = tmp_path / "table.tsv"
    table.write_text("text,intent\nhola,greet\n", encoding="utf-8")
    assert "table.tsv:1: the columns must be" in complaint(confianza("evaluate", str(table)), 1)


def test_a_table_that_is_not_there_is_told() -> None:
    """A wrong path is a wrong use of the command."""
    assert "does not exist" in complaint(confianza("evaluate", "no-such-table.tsv"), 2)
