"""What waits in memory is written when a process ends, in a worker too."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from bot.ending import at_end


def _leave(path: Path) -> None:
    at_end(lambda: path.open("a").write("done"))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_does_it_once(method: str, tmp_path: Path) -> None:
    """Workers of a web server pass over Python's own list of last things."""
    worker = multiprocessing.get_context(method).Process(target=_leave, args=(tmp_path / "left",))
    worker.start()
    worker.join(60)
    assert (tmp_path / "left").read_text() == "done"


def test_a_process_does_it_once(tmp_path: Path) -> None:
    """So does any other process."""
    program = f"from bot.ending import at_end; at_end(lambda: open({str(tmp_path / 'left')!r}, 'a').write('done'))"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    assert (tmp_path / "left").read_text() == "done"
