"""What is to be done once more when a process ends, whoever started it."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from multiprocessing.util import Finalize

FIRST = 100


def at_end(deed: Callable[[], object]) -> None:
    """Does a deed when this process ends, once. A web server's workers are children of `multiprocessing`, which pass over atexit."""
    once = Finalize(None, deed, exitpriority=FIRST)
    atexit.register(once)
