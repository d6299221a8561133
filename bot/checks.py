"""`confianza check`: everything that can be wrong with content, each with file, line and remedy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.catalogs import catalog_path, read_entries
from bot.core.content import Content
from bot.core.errors import ContentError
from bot.core.passages import spaced
from bot.core.problems import Problem, problems
from bot.library import forbidden_numbers, locate, read
from bot.strings import DOMAINS, segments
from bot.yamlfile import read_yaml

# Intents that the door or Rasa names, and nobody types.
COMMANDS = {"choose", "forget", "nlu_fallback"}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a line for people (file, line, remedy), and the problem itself where it is about a piece of content."""

    text: str
    problem: Problem | None = None


def check(root: Path, documents: Path | None = None) -> list[str]:
    """Returns one line a problem, empty where all is well. documents: the folder of the originals, where there is one."""
    found = [finding.text for finding in findings(root)]
    return found or (list(verify_documents(read(root), documents)) if documents else [])


def findings(root: Path) -> list[Finding]:
    """Returns everything that is wrong with the content files below a folder; paths are given within it."""
    broken = list(_broken_files(root))
    if broken:
        return [_finding(text, root) for text in broken]
    try:
        content = read(root)
    except ContentError as error:
        return [_finding(str(error), root)]
    about = [Finding(locate(problem, root), problem) for problem in problems(content, forbidden_numbers(root))]
    return [*about, *(_finding(text, root) for text in (*_catalogs(root, content), *_examples(root, content)))]


def _finding(text: str, root: Path) -> Finding:
    return Finding(text.replace(f"{root}/", ""))


def _broken_files(root: Path) -> Iterator[str]:
    """YAML that Rasa would skip in silence is found here."""
    for folder in ("data", "locales"):
        for path in sorted((root / folder).rglob("*.yml")):
            try:
                read_yaml(path)
            except ContentError as error:
                yield str(error)


def _catalogs(root: Path, content: Content) -> Iterator[str]:
    """A catalogue must know every English sentence; whether it is translated yet is another matter."""
    answers, locales = root / "data" / "answers", root / "locales"
    for domain in DOMAINS:
        wanted = {(segment.context, segment.text) for segment in segments(domain, answers)}
        for language in (code for code in content.languages if code != "en"):
            path = catalog_path(locales, language, domain)
            missing = wanted - {(entry.context, entry.english) for entry in read_entries(path, language)}
            if missing:
                context, english = sorted(missing, key=str)[0]
                yield (f"{path.relative_to(root)}: {len(missing)} English sentences are not in this catalogue "
                       f"(the first: {context}: {str(english)[:50]!r}); run `make strings`, then translate them")


def _examples(root: Path, content: Content) -> Iterator[str]:
    """Training examples: every language has every intent, no example stands under two intents."""
    intents = {name for entry in read_yaml(root / "domain.yml")["intents"] for name in entry}
    for language in content.languages:
        path = root / "data" / "nlu" / f"{language}.yml"
        if not path.exists():
            yield f"{path.relative_to(root)}: this language has no examples; write the file as its neighbours are"
            continue
        missing = intents - COMMANDS - {block["intent"] for block in read_yaml(path)["nlu"]}
        if missing:
            yield f"{path.relative_to(root)}:1: no examples for {', '.join(sorted(missing))}; add them"
        yield from (f"{path.relative_to(root)}:{line}: {what}" for line, what in _file_examples(path, language, intents))


def _file_examples(path: Path, language: str, intents: set[str]) -> Iterator[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    seen: dict[str, str] = {}
    for block in read_yaml(path)["nlu"]:
        intent = block["intent"]
        if intent not in intents:
            yield _line(lines, f"intent: {intent}"), f"the intent '{intent}' is not in domain.yml; correct its name"
        if (block.get("metadata") or {}).get("language") != language:
            yield _line(lines, f"intent: {intent}"), f"metadata must say language: {language}"
        for example in (e.strip()[2:] for e in block["examples"].splitlines() if e.strip()):
            if re.search(r"[\[\]{}]", example):
                yield _line(lines, example), "an example holds brackets, which Rasa reads as markup; take them out"
            if seen.setdefault(example, intent) != intent:
                yield _line(lines, example), f"'{example[:40]}' stands under {seen[example]} and {intent}; keep one"


def verify_documents(content: Content, folder: Path) -> Iterator[str]:
    """Checks every quotation against its document: the file's own hash, then each passage as a span of its text.

    The one normalisation is that of `bot.core.passages`: runs of white space (no-break spaces too) count as one space.
    """
    documents = {quote.document.id: quote.document for quote in content.quotes.values()}
    texts: dict[str, str] = {}
    for document in documents.values():
        path = folder / document.file
        if not path.exists():
            yield f"{path}: the document is not here; give the folder that holds the originals"
            continue
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != document.sha256:
            yield f"{path}: this is not the file that was quoted (its SHA-256 differs); restore the original"
        texts[document.id] = spaced(raw.decode("utf-8", errors="replace"))
    for quote in content.quotes.values():
        if quote.document.id in texts and spaced(quote.text) not in texts[quote.document.id]:
            yield f"data/answers/sources/{quote.document.id}.yml: '{quote.id}' does not stand in {quote.document.file}; restore its words"


def _line(lines: list[str], needle: str) -> int:
    return next((n for n, line in enumerate(lines, 1) if needle in line), 1)
