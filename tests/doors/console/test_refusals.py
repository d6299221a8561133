"""What is refused is said in Spanish to who reads Spanish: every message of the pure modules has its pair, values are taken over."""

from __future__ import annotations

import ast
import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.utils import translation

from bot.core.errors import ClashError, DocumentError, EditError, SettingsError
from bot.doors.console import refusals
from bot.doors.console.refusals import Pair, pairs, told
from bot.edits.wording import unequal_contacts, unequal_numbers
from bot.sources.documents import readable

BOT = Path(refusals.__file__).resolve().parents[2]
# Modules whose every sentence is said to somebody, and modules of which only the errors are.
SPEAKING = [*sorted(BOT.glob("edits/*.py")), *(BOT / name for name in (
    "history/drafts.py", "history/merging.py", "history/publishing.py", "history/repository.py", "sources/documents.py",
    "core/passages.py", "core/problems.py", "core/notices.py", "checks.py", "catalogs.py", "library.py"))]
RAISING = [BOT / name for name in (
    "history/files.py", "strings.py", "records.py", "yamlfile.py", "learning/lessons.py", "learning/models.py", "learning/trainings.py",
    "learning/trainingjobs.py", "learning/promotion.py", "core/verdict.py")]
# Where the message stands among what an error, or a problem, is made of.
MESSAGES = {"EditError": (1,), "DocumentError": (1,), "Problem": (1, 2), **dict.fromkeys(
    ("RefusedError", "ClashError", "HistoryError", "MovedError", "ContentError", "ModelError"), (0,))}
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
HOLE = "\0"
# What a place in a message can hold, where that changes the words around it in Spanish.
CHOICES = {
    ("problems.py", "what"): ("quotation", "law", "topic", "town"),
    ("problems.py", "name"): ("topic 7", "notice 7"),
}
# Words in these modules that are no message by themselves: names, forms of lines that are written into files, parts of a message.
NOT_MESSAGES = {
    "Confianza console <console@advocates.invalid>", r"translated by (\S+) (\d{4}-\d\d-\d\d)$", f"translated by {HOLE} {HOLE}",
    "No reason was given.", "name of the law", "the file", f"topic {HOLE}", f"notice {HOLE}", "not in the English",
    "open it, copy its words and paste them here as text",
    "a phrase is no text",  # wrapped: "a field ... has a wrong form (a phrase is no text)"
}
# Pairs for what is put together: no string of the modules is the whole of it.
COMPOSED = {
    "a picture", "missing: 3, 4", "not in the English: 5", "the file: x", "the file:3: x", "The links must be the same: none.",
    "The phone numbers must be the same: none.", "The words in braces must be the same: none.",
}


def templates(path: Path, every: bool) -> Iterator[str]:
    """Yields the messages of a module, with HOLE for each value. every: all its sentences, not only those of errors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {node.targets[0].id: node.value.value for node in tree.body if isinstance(node, ast.Assign)
             and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)}
    for node in ast.walk(tree):
        places = MESSAGES.get(node.func.id, ()) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ()
        for argument in (node.args[place] for place in places if place < len(node.args)):
            yield from written(argument, known, path.name)
    if every:
        yield from (text for text in sentences(tree, known, path.name) if SENTENCE.search(text.replace(HOLE, "xx")))


def sentences(node: ast.AST, known: dict[str, str], name: str) -> Iterator[str]:
    """Yields every string below a node but docstrings."""
    if isinstance(node, ast.arg) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        yield from written(node, known, name)
        return
    below = [node.value] if isinstance(node, ast.AnnAssign) and node.value else ast.iter_child_nodes(node)
    for child in below:
        yield from sentences(child, known, name)


def written(node: ast.AST, known: dict[str, str], name: str) -> list[str]:
    """Returns a string, or an f-string in each of its forms; nothing for what is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if not isinstance(node, ast.JoinedStr):
        return []
    parts = [(part.value,) if isinstance(part, ast.Constant) else filled(ast.unparse(part.value), known, name) for part in node.values]
    return ["".join(form) for form in product(*parts)]


def filled(source: str, known: dict[str, str], name: str) -> tuple[str, ...]:
    """Returns what may stand in a hole: a constant's text, known words, or any value; a sorted list prints its brackets."""
    if source in known:
        return (known[source],)
    return CHOICES.get((name, source), (f"[{HOLE}]",) if source.startswith("sorted(") else (HOLE,))


def is_message(template: str) -> bool:
    return template not in NOT_MESSAGES and not template.startswith("# For translators") and "\n" not in template


def sample(template: str) -> str:
    """Puts values into a template: numbers, which may stand in every place, each another one."""
    parts = template.split(HOLE)
    return "".join(f"{part}{place}" for place, part in enumerate(parts[:-1], 101)) + parts[-1]


def fitting(text: str) -> list[Pair]:
    """Returns the pairs that fit a message; file and line, with which it may begin, left out."""
    found = [pair for pair in pairs() if pair.values(text) is not None]
    rest = re.sub(r"^\S+: ", "", text)
    return found if found or rest == text else fitting(rest)


TEMPLATES = sorted({text for every, paths in ((True, SPEAKING), (False, RAISING)) for path in paths for text in templates(path, every)})
MADE = [template for template in TEMPLATES if is_message(template)]


@pytest.mark.parametrize("template", [pytest.param(text, id=sample(text)[:60]) for text in MADE if SENTENCE.search(text)])
def test_every_message_has_exactly_one_pair(template: str) -> None:
    """A message without Spanish, or with two, has its author write the pair into refusals.yml; its values are taken over."""
    text = sample(template)
    found = fitting(text)
    assert [pair.spanish for pair in found] == [pair.spanish for pair in found[:1]] != [], text
    with translation.override("es"):
        spanish = told(text)
    assert spanish != text
    if "the first:" not in text:
        assert sorted(re.findall(r"10[1-9]", spanish)) == sorted(re.findall(r"10[1-9]", text))


def test_the_collector_finds_what_is_raised() -> None:
    """A collector that finds nothing would pass everything: it knows messages of each form."""
    assert len(MADE) > 150
    assert {"nothing was changed", "already stands here", "This sentence stands twice in the file. Keep one.", "say it shorter",
            f"topic {HOLE} names the unknown law '{HOLE}'", f"the text could not be kept here ({HOLE}); tell the operator",
            f"this is {HOLE}, not text; open it, copy its words and paste them here as text"} <= set(MADE)


def test_every_pair_is_used() -> None:
    """A pair that no message needs any more goes."""
    used = {pair.spanish for text in [*map(sample, MADE), *COMPOSED] for pair in fitting(text)}
    assert [pair.spanish for pair in pairs() if pair.spanish not in used] == []


def test_no_english_stands_twice() -> None:
    """Two pairs for one message would fight over it."""
    assert [pattern for pattern, times in Counter(pair.pattern.pattern for pair in pairs()).items() if times > 1] == []


@pytest.mark.parametrize(("english", "spanish"), [
    pytest.param("nothing was changed", "no se cambió nada", id="no value"),
    pytest.param("this number already stands at “مركز ليلى”; a number has one record",
                 "este número ya está en «مركز ليلى»; cada número tiene un solo registro", id="an Arabic name"),
    pytest.param("this number already stands at “Lakay “Sant” 中心”; a number has one record",
                 "este número ya está en «Lakay “Sant” 中心»; cada número tiene un solo registro", id="quotes within a name"),
    pytest.param("the words in braces differ: 'Don't open; ask for {town}' has ['town']; write the same {words} in the translation",
                 "las palabras entre llaves no coinciden: «Don't open; ask for {town}» tiene ['town']; "
                 "escriba las mismas palabras entre llaves en la traducción", id="a value with a semicolon, an apostrophe and a brace"),
    pytest.param("412 characters, at most 300 fit; say it shorter", "412 caracteres, caben 300 como máximo; dígalo en menos palabras",
                 id="numbers"),
    pytest.param("data/answers/topics/ice_at_door.yml:12: topic ice_at_door: 412 characters, at most 300 fit; say it shorter",
                 "data/answers/topics/ice_at_door.yml:12: tema ice_at_door: 412 caracteres, caben 300 como máximo; "
                 "dígalo en menos palabras", id="a line of the check"),
    pytest.param("data/answers/notices.yml:3: notice 2026-11-22: it ends on 2026-11-20, before it starts; correct the dates; "
                 "locales/ar/LC_MESSAGES/answers.po:9: the number ٢٠٣-٥٥٥-٠١٠٠ may not be shown here; "
                 "use only a number that contacts.yml lets residents see; "
                 "data/answers: there are two notices a; give each an id of its own",
                 "data/answers/notices.yml:3: aviso 2026-11-22: termina el 2026-11-20, antes de empezar; corrija las fechas; "
                 "locales/ar/LC_MESSAGES/answers.po:9: el número ٢٠٣-٥٥٥-٠١٠٠ no se puede mostrar aquí; "
                 "use solo un número que contacts.yml deje ver a los residentes; data/answers: hay dos avisos a; "
                 "dé a cada uno un nombre corto propio", id="three findings"),
    pytest.param("data/nlu/ht.yml:7: 'Èske yo ka antre; lakay mwen?' stands under ice_at_door and warrants; keep one",
                 "data/nlu/ht.yml:7: «Èske yo ka antre; lakay mwen?» está en ice_at_door y en warrants; deje uno solo",
                 id="a Creole example"),
    pytest.param("family_plan: A translation is missing. Write it first, then somebody else can check all of them.",
                 "family_plan: Falta una traducción. Escríbala primero; después otra persona puede revisarlas todas.",
                 id="a context before"),
    pytest.param("the file:3: not a valid PO file; mend that line", "el archivo, línea 3: no es un archivo PO válido; corrija esa línea",
                 id="a file that came in"),
    pytest.param("nothing was changed; something new; say it shorter", "no se cambió nada; something new; dígalo en menos palabras",
                 id="a part that nobody knows"),
    pytest.param("data/answers/laws.yml:4: something new; correct the dates", "data/answers/laws.yml:4: something new; corrija las fechas",
                 id="an unknown message with a known remedy"),
    pytest.param("Something new.", "Something new.", id="an unknown message"),
    pytest.param("No se cambió nada: elija el día; mírelo.", "No se cambió nada: elija el día; mírelo.", id="Spanish already"),
    pytest.param("", "", id="nothing"),
])
def test_it_is_said_in_spanish(english: str, spanish: str) -> None:
    """Values stand in the Spanish as they stood in the English; what no pair fits stays."""
    with translation.override("es"):
        assert told(english) == spanish
        assert told(spanish) == spanish


@pytest.mark.parametrize(("reason", "spanish"), [
    pytest.param(unequal_numbers("Bring 3 of 4 papers.", "Pote 5 papye."),
                 "Los números no coinciden (faltan: 3, 4; no están en el inglés: 5). Corríjalos, o diga que son correctos.", id="numbers"),
    pytest.param(unequal_contacts("Call 203-555-0100.", "اتصل."), "Los números de teléfono deben ser los mismos: 2035550100.",
                 id="a phone"),
    pytest.param(unequal_contacts("Call us.", "Rele 203-555-0100"), "Los números de teléfono deben ser los mismos: ninguno.", id="none"),
    pytest.param(unequal_contacts("{town}", "城市"), "Las palabras entre llaves deben ser las mismas: {town}.", id="braces"),
])
def test_real_refusals_of_a_translation(reason: str, spanish: str) -> None:
    """What the modules say today comes out whole, lists within it too."""
    with translation.override("es"):
        assert told(reason) == spanish


def test_an_error_may_be_given() -> None:
    """An error counts as its message."""
    with pytest.raises(DocumentError) as refused:
        readable(b"%PDF-1.7")
    with translation.override("es-mx"):
        assert told(refused.value) == "esto es un archivo PDF, no texto; ábralo, copie sus palabras y péguelas aquí como texto"
        assert told(EditError("text", "nothing was changed")) == "no se cambió nada"
        assert told(ClashError("others publish at this very moment; try again")).startswith("otras personas publican")


@pytest.mark.parametrize("language", ["en", "ht"])
def test_others_read_english(language: str) -> None:
    """The console speaks English to everybody who does not read Spanish."""
    with translation.override(language):
        assert told("nothing was changed") == "nothing was changed"


@pytest.mark.parametrize("text", [
    pytest.param("Avoid “" + "” for “" * 400, id="a value that ends again and again"),
    pytest.param("notice " + "a: notice " * 380, id="a message within a message within a message"),
    pytest.param("; ".join(["data/x: this number already stands at “"] * 90), id="many findings"),
    pytest.param("'" * 3999, id="quotes only"),
    pytest.param("; " * 1999, id="many parts"),
    pytest.param("say it shorter; " * 10_000, id="longer than any message"),
])
def test_no_text_keeps_a_page_waiting(text: str) -> None:
    """Text made to be slow is answered at once, and stays as it is."""
    begun = time.monotonic()
    with translation.override("es"):
        assert len(told(text)) >= len(text) - 400
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(("row", "message"), [
    pytest.param('- {en: "{n} x", es: "x"}', "braces differ", id="a brace in one language"),
    pytest.param('- {en: "x {a}{b}", es: "{a} {b}"}', "at least one character", id="two values without a word between them"),
    pytest.param('- {en: "x {n", es: "x {n"}', "brace is open", id="an open brace"),
    pytest.param('- {en: "x"}', "only one", id="a message without Spanish"),
])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, row: str, message: str) -> None:
    """What does not fit is refused with the message it is about."""
    (tmp_path / "refusals.yml").write_text(row, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        refusals.read(tmp_path / "refusals.yml")
