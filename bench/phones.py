"""Text messages: what a webhook takes at a steady rate, and how many segments an answer costs in each language."""

from __future__ import annotations

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bots import Service
from measures import percentile
from messages import conversations
from program import BenchError

from bot.core.compose import compose
from bot.core.content import Content
from bot.core.pages import SMS, paginate
from bot.core.segments import count
from bot.core.sms import pieces
from bot.library import load
from bot.settings import ROOT, read_settings
from bot.simulator import Phone

RATE = 5.0
MESSAGES = 200
WORKERS = 8


def webhook(service: Service) -> dict[str, float]:
    """Signed webhooks at five a second from changing numbers: the time of each, as the provider sees it."""
    settings = read_settings(service.environment())
    wanted = [text for talk in conversations(MESSAGES) for text in talk][:MESSAGES]
    times: list[float] = []
    lock = threading.Lock()

    def send(number: int, text: str) -> None:
        started = time.perf_counter()
        answered = Phone(settings, f"+1203555{number // 5:04d}").send(text)
        with lock:
            times.append((time.perf_counter() - started) * 1000 if answered else -1)

    started = time.monotonic()
    with ThreadPoolExecutor(WORKERS) as pool:
        for number, text in enumerate(wanted):
            time.sleep(max(0.0, started + number / RATE - time.monotonic()))
            pool.submit(send, number, text)
    if len(times) < len(wanted) or min(times) < 0:
        raise BenchError("a webhook got no answer")
    return {"webhook_p50": statistics.median(times), "webhook_p95": percentile(times, 95), "unanswered": 0}


def segments(root: Path = ROOT) -> list[tuple[str, float, float, float]]:
    """Returns for each language: segments of the first message, of the whole answer with every MORE, pages; means over topics and towns."""
    content = load(root)
    rows = []
    for code in content.languages:
        answers = [answer for topic in content.topics.values() if not topic.is_service for answer in _answers(topic.id, code, content)]
        sums = [[count(page).segments for page in pages] for pages in answers]
        means = (statistics.mean(s[0] for s in sums), statistics.mean(sum(s) for s in sums), statistics.mean(len(s) for s in sums))
        rows.append((code, *means))
    return rows


def _answers(topic: str, language: str, content: Content) -> list[tuple[str, ...]]:
    towns = (None, "westport", "norwalk", "new-haven")
    replies = [compose(topic, language, town, content, date(2026, 11, 22)) for town in towns]
    return [paginate(pieces(reply, content, introduced=True), SMS, content.phrase(language, "sms_more")) for reply in replies]


def segments_table() -> str:
    """Returns the figures as a table."""
    lines = ["segments an answer       first message   with every MORE   messages"]
    lines += [f"{code:<25}{first:>13.2f}{whole:>18.1f}{pages:>11.1f}" for code, first, whole, pages in segments()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(segments_table())
