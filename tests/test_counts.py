"""The week's files: what has reached ten is on the disk, what has not is nowhere but in memory; a broken disk disturbs nobody."""

from __future__ import annotations

import json
import multiprocessing
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import counts as module
from bot.core.tally import Week
from bot.counts import Counts, counts, read_weeks

DAY = date(2026, 11, 22)


def add(held: Counts, times: int, *cells: str, day: date = DAY) -> None:
    for _ in range(times):
        held.add(cells, day)


def kept(folder: Path, week: str = "2026-W47") -> dict[str, int]:
    path = folder / f"{week}.json"
    return json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else {}


def test_nine_never_reach_the_disk(tmp_path: Path) -> None:
    """Not even an empty file tells of them."""
    held = Counts(tmp_path)
    add(held, 9, "language/ht")
    assert held.write()
    assert not list(tmp_path.glob("*.json"))
    assert "language/ht" not in "".join(p.read_text() for p in tmp_path.iterdir())


def test_the_tenth_writes_them_all_and_each_further_one_counts(tmp_path: Path) -> None:
    """Nine and one are ten; the eleventh is eleven."""
    held = Counts(tmp_path)
    for times, expected in ((9, {}), (1, {"language/ht": 10}), (1, {"language/ht": 11})):
        add(held, times, "language/ht")
        held.write()
        assert kept(tmp_path) == expected


def test_what_is_below_ten_is_dropped_with_its_week(tmp_path: Path) -> None:
    """Nine of the old week do not wait for the next one."""
    held = Counts(tmp_path)
    add(held, 9, "language/ht")
    held.write()
    add(held, 1, "language/pl", day=date(2026, 11, 23))
    held.write()
    add(held, 1, "language/ht")
    held.write()
    assert kept(tmp_path) == {}


def _many(folder: Path) -> None:
    held = Counts(folder)
    for _ in range(10):
        add(held, 10, "channel/sms")
        held.write()


def test_processes_add_up(tmp_path: Path) -> None:
    """Four processes that write at once lose nothing."""
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_many, args=(tmp_path,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert kept(tmp_path) == {"channel/sms": 400}


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written is written when there is room again; no half file and no draft is left."""
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    held = Counts(tmp_path)
    add(held, 12, "language/es")
    with monkeypatch.context() as patch:
        patch.setattr(module.json, "dump", full)
        assert not held.write()
        add(held, 1, "language/es")
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part"))
    assert held.write()
    assert kept(tmp_path) == {"language/es": 13}


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    """Counting goes on where there is no disk at all."""
    (tmp_path / "counts").write_text("a file stands where the folder should be")
    held = counts(tmp_path)
    add(held, 12, "language/es")
    assert held.write() is False


def test_a_broken_file_counts_from_nothing(tmp_path: Path) -> None:
    """Half a file, or one of another form, is written anew."""
    (tmp_path / "2026-W47.json").write_text('{"cells": {"language/es": 1')
    held = Counts(tmp_path)
    add(held, 10, "language/es")
    assert held.write()
    assert kept(tmp_path) == {"language/es": 10}


def test_the_file_does_not_tell_when(tmp_path: Path) -> None:
    """Its time is the Monday of its week."""
    held = Counts(tmp_path)
    add(held, 10, "language/es")
    held.write()
    assert (tmp_path / "2026-W47.json").stat().st_mtime == datetime(2026, 11, 16).timestamp()


def test_it_is_written_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A daemon timer writes; nobody has to ask again."""
    monkeypatch.setattr(module, "WRITE_EVERY_SECONDS", 0.01)
    held = Counts(tmp_path)
    add(held, 10, "language/es")
    timer = held._timer
    assert timer is None or timer.daemon
    if timer:
        timer.join(5)
    assert kept(tmp_path) == {"language/es": 10}


def test_weeks_are_read_newest_first(tmp_path: Path) -> None:
    """Other files, broken ones and small cells are left out."""
    for name, text in {
        "2026-W46.json": '{"cells": {"language/es": 12, "language/pl": 3}}', "2026-W47.json": '{"cells": {"language/es": 10}}',
        "2026-W45.json": "{", "2026-W99.json": '{"cells": {"language/es": 10}}', "notes.json": '{"cells": {"language/es": 10}}',
    }.items():
        (tmp_path / name).write_text(text)
    assert read_weeks(tmp_path) == (Week("2026-W47", {"language/es": 10}), Week("2026-W46", {"language/es": 12}))
    assert read_weeks(tmp_path / "none") == ()
