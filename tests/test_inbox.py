"""Unanswered questions on their way: batches of a day, shuffled, without a time; too few of them are dropped."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import inbox as module
from bot.inbox import Batch, Inbox, Question, collect

DAY = date(2026, 11, 22)


class Calendar:
    """A day that the test turns."""

    day = DAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def held(tmp_path: Path, calendar: Calendar) -> Inbox:
    return Inbox(tmp_path, calendar)


def fill(held: Inbox, count: int, text: str = "can the police ▢") -> None:
    for n in range(count):
        held.put(Question("es", f"{text} {'abcdefghijklmnopqrstuvwxyz'[n]}"))


def test_twenty_make_a_batch(held: Inbox, tmp_path: Path) -> None:
    """Nineteen stay in memory; the twentieth writes one file and empties the memory."""
    fill(held, 19)
    assert not list(tmp_path.iterdir())
    fill(held, 1)
    (path,) = tmp_path.iterdir()
    value = json.loads(path.read_text(encoding="utf-8"))
    assert value["day"] == "2026-11-22" and len(value["questions"]) == 20
    assert set(value["questions"][0]) == {"language", "text"}
    held.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_batch_has_no_order(tmp_path: Path, calendar: Calendar) -> None:
    """Of five batches at least one is not in the order of asking (by chance all are once in 10 to the 91)."""
    for _ in range(5):
        fill(Inbox(tmp_path, calendar), 20)
    orders = [[q.text for q in batch.questions] for batch in collect(tmp_path)]
    assert len(orders) == 5 and any(order != sorted(order) for order in orders)


def test_a_batch_has_no_time(held: Inbox, tmp_path: Path) -> None:
    """File and folder show midnight; only its owner can read the file; its name is random."""
    fill(held, 20)
    (path,) = tmp_path.iterdir()
    midnight = datetime(2026, 11, 22).timestamp()
    assert path.stat().st_mtime == midnight == tmp_path.stat().st_mtime
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.stem) == 32 and "2026" not in path.stem[:4]


@pytest.mark.parametrize("count, batches", [(4, 0), (5, 1)])
@pytest.mark.parametrize("how", ["a question of the next day", "the clock", "the end of the process"])
def test_the_day_ends(how: str, count: int, batches: int, held: Inbox, tmp_path: Path, calendar: Calendar) -> None:
    """Five questions of a day are written at its end, fewer are dropped; never do two days share a file."""
    fill(held, count)
    calendar.day = date(2026, 11, 23)
    {"a question of the next day": lambda: fill(held, 1), "the clock": held.turn, "the end of the process": held.close}[how]()
    found = collect(tmp_path)
    assert [(batch.day, len(batch.questions)) for batch in found] == [(DAY, count)] * batches


def test_the_clock_comes_by_itself(held: Inbox, tmp_path: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a silent server too the questions of yesterday do not stay in memory."""
    monkeypatch.setattr(module, "LOOK_EVERY_SECONDS", 0.05)
    fill(held, 4)
    calendar.day = date(2026, 11, 23)
    timer = held._timer
    assert timer and timer.daemon
    timer.join(5)
    assert held._questions == [] and held._timer is None


@pytest.mark.parametrize("text", ["", "▢", "police ▢", "▢ ▢."])
def test_what_says_nothing_is_dropped(text: str, held: Inbox) -> None:
    """Fewer than two words teach nobody anything."""
    held.put(Question("en", text))
    assert held._questions == []


def test_a_full_disk_drops_them(held: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No error, no half file, nothing left in memory."""
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.json, "dump", full)
    fill(held, 20)
    assert held._questions == [] and not list(tmp_path.iterdir())


def batch(**changes: object) -> dict[str, object]:
    questions = [{"language": "zh", "text": f"警察▢问{c}"} for c in "甲乙丙丁戊"]
    return {"day": "2026-11-22", "questions": questions, **changes}


def test_collecting_empties_the_folder(tmp_path: Path) -> None:
    """Each batch is handed over once, the oldest first."""
    for day in ("2026-11-22", "2026-11-20"):
        (tmp_path / f"{day}.json").write_text(json.dumps(batch(day=day)), encoding="utf-8")
    (tmp_path / "draft.part").write_text("half")
    found = collect(tmp_path)
    assert [b.day.day for b in found] == [20, 22] and isinstance(found[0], Batch)
    assert found[0].questions[0] == Question("zh", "警察▢问甲")
    assert collect(tmp_path) == [] and collect(tmp_path / "none") == []


@pytest.mark.parametrize("text", [
    pytest.param("{", id="half a file"), pytest.param("[]", id="another form"), pytest.param("[" * 100_000, id="too deep"),
    pytest.param(json.dumps(batch(day="yesterday")), id="no day"), pytest.param(json.dumps(batch(questions={})), id="no questions"),
    pytest.param(json.dumps(batch(questions=[{"language": "en", "text": "only one"}])), id="too few to hide among"),
    pytest.param(json.dumps(batch(questions=[{"language": "en", "text": "call 203"}] * 5)), id="a digit: not redacted"),
    pytest.param(json.dumps(batch(questions=[{"language": "../x", "text": "ask"}] * 5)), id="no language"),
    pytest.param(json.dumps(batch(questions=[{"language": "en", "text": ["ask"]}] * 5)), id="no text"),
    pytest.param(json.dumps(batch(questions=[{"language": "en", "text": "a" * 2001}] * 5)), id="too long"),
])
def test_what_we_cannot_have_written_is_deleted_unread(text: str, tmp_path: Path) -> None:
    """A broken file hands over nothing and does not come again."""
    (tmp_path / "a.json").write_text(text)
    assert collect(tmp_path) == []
    assert not list(tmp_path.iterdir())
