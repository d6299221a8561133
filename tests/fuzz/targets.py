"""Every target by name: what is called with the bytes, and words that help the fuzzer to write such input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.fuzz import files, requests, words

_PO = ('msgctxt "door"', 'msgid "Stay calm."', 'msgstr ""', "#, fuzzy", "#| msgid ", "#~ msgid", "msgid_plural", "\\n", '"Content-Type:')
_CSV = ("language,context,english,translation,state", "ht,door,", "Stay calm.", "'=", "\r\n", '"', ";")
_YAML = ("a: ", "- ", "!!int", "!!timestamp", "2026-13-99", "0o7", "&a", "*a", "<<: ", "? ",
         "|-", "{", "[", '"\\x', "---", "%YAML", ".inf", "1e9")
_HTML = ("<script>", "</", "<!--", "<![CDATA[", "<!DOCTYPE", "&#x", "&amp", "<svg ", "charset=utf-16",
         "iso-2022-jp", "~~~~", "Disallow:", "%")
_SCRIPTS = ("ß", "İ", "ﷺ", "ʼ", "١", "四", "。", "”", "€", "…", "\u0301", "\u200d", "🏽", "３")
_JSON = ('{"message":', '"topic":', '"language":', "null", "\\ud800", "\\u0000", "NaN", "1e999", "[[[[", '"conversation":')
_FORM = ("MessageSid=SM1", "&From=%2B12035550123", "&To=%2B12035550100", "&Body=", "whatsapp%3A", "OptOutType=STOP", "%ff", "~~~~", "%00")
_MERGE = ("\n~~~~\n", "a\n", "b\n", "\r", "\u2028", "\x0c")


@dataclass(frozen=True)
class Target:
    """What is called, and words for the fuzzer's dictionary."""

    run: Callable[[bytes], None]
    words: tuple[str, ...] = ()


TARGETS: Mapping[str, Target] = {
    "cleaning": Target(words.cleaning, _SCRIPTS),
    "keywords": Target(words.keywords, (*_SCRIPTS, "stop", "please", "español", "不", "/")),
    "towns": Target(words.towns, (*_SCRIPTS, "norwalk", "new haven", "纽黑文")),
    "segments": Target(words.segments, (*_SCRIPTS, "^", "[")),
    "pages": Target(words.pages, (*_SCRIPTS, ". ", "! (", "。（", "https://")),
    "passage": Target(words.passage, (*_SCRIPTS, "\n~~~~\n", "can't", "1,000.5")),
    "masks": Target(words.masks, (*_SCRIPTS, "12 Main Street", "José", "calle")),
    "wordtable": Target(words.wordtable, ("\n~~~~\n", "\t", "7", "'", "kote\twhere")),
    "body": Target(requests.body, (*_JSON, *_SCRIPTS)),
    "form": Target(requests.form, _FORM),
    "token": Target(requests.token, (":",)),
    "accept": Target(requests.accept, ("ht", ",", ";q=", "zh-TW", "*")),
    "yaml": Target(files.yaml, _YAML),
    "yaml_kept": Target(files.yaml_kept, _YAML),
    "po": Target(files.po, _PO),
    "upload": Target(files.upload, (*_PO, *_CSV)),
    "merge": Target(files.merge, _MERGE),
    "merge_catalogues": Target(files.merge_catalogues, (*_PO, *_MERGE)),
    "document": Target(files.document, ("\r", "\ufeff", "<p>", "PK\x03\x04", "\u202e", "\x00")),
    "page": Target(files.page, _HTML),
}
