"""What a process holds in memory stays there: no core dump when it crashes, and no look into it by others on the machine."""

from __future__ import annotations

import ctypes
import resource
import sys

# <linux/prctl.h>
_SET_DUMPABLE = 4


def forbid_core_dumps() -> None:
    """Forbids them for this process and those that it starts; call it before anything of a resident's can be in memory.

    The limit holds for files, and passes on to children. A kernel that hands dumps to a program (systemd-coredump, apport) does not ask for
    the limit; it asks whether a process is dumpable, which each process must say for itself after it has begun. One that is not
    keeps its memory and its environment from other processes of the same user, too; root can read both.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
