"""A small content in memory: one topic, a phrase, a contact, a town and a law, in three languages."""

from __future__ import annotations

from datetime import date

from bot.catalogs import print_catalog
from bot.edits.catalogues import WORDING, reword
from bot.edits.entries import catalogue, path_of
from bot.edits.translations import put
from bot.history.files import Files, Table

DAY = date(2026, 11, 22)
SHORT = "Call a lawyer at 203-234-0000 before 10 August 2025. See https://ctlawhelp.org/ice."
STEP = "Keep the door shut."
TOPICS = f"""\
id: door
title: Do I have to open the door?
short: "{SHORT}"
steps:
  - {STEP}
  - Stay calm.
"""
SAID = {
    "ar": {"door": {
        SHORT: "اتصلوا بمحامٍ على 203-234-0000 قبل ١٠ أغسطس ٢٠٢٥. انظروا https://ctlawhelp.org/ice", STEP: "أبقوا الباب مغلقاً.",
    }},
    "zh": {"door": {SHORT: "2025年8月10日之前，请打203-234-0000找律师。见https://ctlawhelp.org/ice。", STEP: "不要开门。"}},
    "ht": {"door": {
        SHORT: "Rele yon avoka nan 203-234-0000 anvan 10 out 2025. Gade https://ctlawhelp.org/ice.", STEP: "Kite pòt la fèmen.",
    }},
}
TEXTS = {
    "data/answers/languages.yml": "- {code: en}\n- {code: ar}\n- {code: zh}\n- {code: ht}\n",
    "data/answers/phrases.yml": 'said_in: "Said in {date}."\nhelp: "Call us:\\n{phone}"\n',
    "data/answers/notices.yml": "[]\n",
    "data/answers/topics/door.yml": TOPICS,
    "data/answers/contacts.yml": "- {id: aid, publish: ok, note: Free help, name: Aid}\n",
    "data/answers/towns.yml": "- {name: New Haven}\n",
    "data/answers/laws.yml": "[]\n",
    "locales/states.yml": "# Who has checked what.\nar: {}\nzh: {}\nht: {}\n",
}


def small() -> Files:
    """The content, with the short answer and one step of the topic translated by Marie."""
    files = Files(Table(TEXTS))
    files = files.changed(reword(files, {}, WORDING))
    for language, contexts in SAID.items():
        found = catalogue(files, language, "answers")
        for context, said in contexts.items():
            for english, text in said.items():
                put(found.get(english, context), text, "marie", DAY)
        files = files.changed({path_of(language, "answers"): print_catalog(found)})
    return files


def edited(files: Files, old: str, new: str) -> Files:
    """The same files after an editor wrote `new` for `old` in the topic."""
    path = "data/answers/topics/door.yml"
    assert old in files.read(path)
    return files.changed({path: files.read(path).replace(old, new)})


def answers(files: Files, language: str) -> str:
    """The text of a language's catalogue of answers."""
    return files.read(path_of(language, "answers"))
