"""A crash writes nothing of what a process holds to a disk, and no other program of the same user looks into it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
PATTERN = Path("/proc/sys/kernel/core_pattern")
CRASH = "import os, resource, signal\n{}\nos.kill(os.getpid(), signal.{})"
WAYS = {
    "the limit alone": "from bot import coredumps\ncoredumps.sys.platform = 'elsewhere'\ncoredumps.forbid_core_dumps()",
    "the kernel's mark alone": "from bot import coredumps\ncoredumps.resource.setrlimit = print\ncoredumps.forbid_core_dumps()",
    "discretion": "from bot.discretion import be_discreet\nbe_discreet()",
}
# What each process begins with. Rasa, which takes ten seconds to import, is not there: the brain must be ready before it imports it.
SERVERS = ("bot.brainserver", "bot.actionserver", "bot.doors.public.wsgi", "bot.doors.console.wsgi")
STATE = """
import contextlib, ctypes, resource, sys
sys.modules["rasa"] = None
with contextlib.suppress(ModuleNotFoundError):
    import {}
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""
# Two processes of the same user: the first is as any program is when it begins, the second looks into it.
NEIGHBOUR = """
import ctypes, os
from bot.coredumps import forbid_core_dumps
os.setgroups([]); os.setgid(65534); os.setuid(65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
{}
if os.fork() == 0:
    for name in ("environ", "mem"):
        try:
            open(f"/proc/{{os.getppid()}}/{{name}}", "rb").close()
            print(name, "open")
        except PermissionError:
            print(name, "refused")
    os._exit(0)
os.wait()
"""


def cores(folder: Path, program: str) -> list[str]:
    """Runs a program where the limit allows cores; returns what it left in its folder."""
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=False, capture_output=True, timeout=60,
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, UNLIMITED))
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where a crash leaves a core; elsewhere than on such machines nothing would be shown."""
    monkeypatch.setenv("PYTHONPATH", str(root))
    if sys.platform != "linux" or os.geteuid() != 0 or not PATTERN.read_text().startswith("core"):
        pytest.skip("whether a crash writes a core can be seen on Linux only, as root, with the core_pattern `core`")
    if not cores(tmp_path, CRASH.format("", "SIGABRT")):
        pytest.skip("no program leaves a core here")
    for path in tmp_path.iterdir():
        path.unlink()
    return tmp_path


@pytest.mark.parametrize("signal", ["SIGABRT", "SIGSEGV"])
@pytest.mark.parametrize("way", WAYS)
def test_a_crash_writes_no_core(way: str, signal: str, folder: Path) -> None:
    """Each of the two means is enough alone: one holds for files, the other where the kernel hands dumps to a program."""
    assert cores(folder, CRASH.format(WAYS[way], signal)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's mark is Linux's")
@pytest.mark.parametrize("module", SERVERS)
def test_each_server_forbids_it(module: str, root: Path, tmp_path: Path) -> None:
    """Brain, actions and both doors are unreadable before they take their first message."""
    environment = {**os.environ, "CONFIANZA_STATE_DIR": str(tmp_path), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", STATE.format(module)]
    done = subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines()[-1] == "0 (0, 0)"


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="to become another user needs root")
@pytest.mark.parametrize("way, told", [("", ["environ open"]), ("forbid_core_dumps()", ["environ refused", "mem refused"])],
                         ids=["any program", "ours"])
def test_a_neighbour_sees_nothing(way: str, told: list[str], root: Path) -> None:
    """Another program of the same user cannot open memory and environment of ours, as it can of any other program."""
    done = subprocess.run([sys.executable, "-c", NEIGHBOUR.format(way)], cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert [line for line in done.stdout.splitlines() if line in told or way] == told
