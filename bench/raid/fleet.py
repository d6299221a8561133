"""The service as separate processes, each started anew when it dies, as systemd does it; all on loopback, all ended at the end."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import requests
from bots import LOOPBACK, PROGRAMS, ROOT
from measures import local_session
from ports import free_ports
from program import BenchError, Memory, Program

from bot.settings import Settings, read_settings

LOOK_EVERY_SECONDS = 0.2
RESTART_AFTER_SECONDS = 0.5
READY_SECONDS = 180
MOST_STARTS = 20
PORTS = ("PUBLIC", "RASA", "ACTIONS", "CONSOLE")
PROCESSES = ("actions", "rasa", "door")
CONTENT = ("data", "locales", "models", "domain.yml", "config.yml", "credentials.yml", "endpoints.yml")


class Fleet:
    """The door, Rasa, the action server, and a Redis where one is wanted; `content` is a copy of this checkout's, free to change.

    environment: settings besides those that the fleet makes itself; around: what stands before each process's command's environment.
    """

    def __init__(self, scratch: Path, environment: Mapping[str, str], redis: bool = False) -> None:
        self.scratch, self.content, self.state = scratch, scratch / "content", scratch / "state"
        _copy_content(self.content)
        ports = dict(zip((*PORTS, "REDIS"), map(str, free_ports(len(PORTS) + 1))))
        self._redis_port = ports.pop("REDIS")
        programs = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"
        self.environment = {
            **{f"CONFIANZA_{name}_PORT": port for name, port in ports.items()}, "CONFIANZA_PUBLIC_HOST": LOOPBACK, "PATH": programs,
            "CONFIANZA_DOOR_PROCESSES": "1",
            "CONFIANZA_ROOT": str(self.content), "CONFIANZA_STATE_DIR": str(self.state), "PYTHONUNBUFFERED": "1",
            "CONFIANZA_PUBLIC_URL": f"http://localhost:{ports['PUBLIC']}", "CONFIANZA_SECRET_KEY": "only for this run",
            **({"CONFIANZA_REDIS_URL": f"redis://{LOOPBACK}:{self._redis_port}/0"} if redis else {}), **environment,
        }
        self.settings: Settings = read_settings(self.environment)
        self._commands = {name: command for name, command in _commands(self.environment).items() if name in PROCESSES}
        if redis:
            self._commands["redis"] = _redis_command(self._redis_port, scratch)
        self._programs: dict[str, Program] = {}
        self._logs: dict[str, list[Path]] = {name: [] for name in self._commands}
        self._held: set[str] = set()
        self._lock, self._over = threading.Lock(), threading.Event()

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.settings.public_port}"

    def number(self, name: str) -> int:
        """Returns the process number of a part that runs now."""
        return self._programs[name].number

    def numbers(self, name: str) -> list[int]:
        """Returns the process numbers of a part and of all that it has started."""
        return self._programs[name].numbers()

    def starts(self, name: str) -> int:
        """Returns how often a part was started."""
        return len(self._logs[name])

    def log(self, name: str) -> str:
        """Returns all that a part has written, over all of its starts."""
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in self._logs[name])

    def written(self) -> str:
        """Returns all that all parts have written."""
        return "".join(self.log(name) for name in self._commands)

    def kill(self, name: str) -> None:
        """Ends a part as a crash does; it is started anew at once."""
        os.killpg(self.number(name), signal.SIGKILL)

    def hold(self, name: str) -> None:
        """Ends a part and keeps it from being started until `let_go`."""
        with self._lock:
            self._held.add(name)
        self.kill(name)

    def let_go(self, name: str) -> None:
        with self._lock:
            self._held.discard(name)

    def ready(self) -> bool:
        """True where a question is really answered."""
        with local_session() as session:
            try:
                return session.get(f"{self.address}/health/ready", timeout=10).status_code == 200
            except requests.RequestException:
                return False

    def ask(self, message: str) -> str:
        """Asks once, as JSON, and returns the whole answer."""
        with local_session() as session:
            return session.post(f"{self.address}/api/messages", json={"message": message}, timeout=20).text

    def until_ready(self) -> float:
        """Waits and returns the seconds that it took; raises BenchError with the ends of the logs."""
        started = time.monotonic()
        while time.monotonic() - started < READY_SECONDS:
            if self.ready():
                return time.monotonic() - started
            time.sleep(0.2)
        raise BenchError(f"not ready after {READY_SECONDS} s; what was written last:\n{self.written()[-2000:]}")

    def memory(self) -> dict[str, Memory]:
        """Returns the memory of each part, where the system tells it."""
        found = {name: program.memory() for name, program in self._programs.items()}
        return {name: memory for name, memory in found.items() if memory}

    def start(self) -> None:
        for name in self._commands:
            self._begin(name)
        threading.Thread(target=self._supervise, daemon=True).start()

    def stop(self) -> None:
        self._over.set()
        with self._lock:
            for program in self._programs.values():
                program.stop()

    def _begin(self, name: str) -> None:
        log = self.scratch / f"{name}-{len(self._logs[name])}.log"
        self._logs[name].append(log)
        program = Program(self._commands[name], ROOT, log, {} if name == "redis" else self.environment)
        program.start()
        self._programs[name] = program

    def _supervise(self) -> None:
        while not self._over.wait(LOOK_EVERY_SECONDS):
            for name in list(self._commands):
                with self._lock:
                    dead = self._programs[name].ended() and name not in self._held
                if dead and self.starts(name) < MOST_STARTS and not self._over.wait(RESTART_AFTER_SECONDS):
                    with self._lock:
                        self._begin(name)


@contextmanager
def sailing(fleet: Fleet) -> Iterator[Fleet]:
    """Starts a fleet, waits until it answers, and ends all of it however the block ends."""
    try:
        fleet.start()
        fleet.until_ready()
        yield fleet
    finally:
        fleet.stop()


def _copy_content(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in CONTENT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    know(folder / "models", folder / "models" / "confianza.tar.gz")


def know(models: Path, model: Path) -> None:
    """Writes a model's hash to the list of those that may be loaded, as its training would have done."""
    with (models / "known.sha256").open("a", encoding="ascii") as file:
        file.write(f"\n{hashlib.sha256(model.read_bytes()).hexdigest()}  the day of a raid\n")


def _commands(environment: Mapping[str, str]) -> dict[str, list[str]]:
    """Returns the Procfile's commands as words: no shell stands between us and the process that we are to kill."""
    found = {}
    for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines():
        name, _, command = line.partition(": ")
        for variable, value in environment.items():
            command = command.replace(f"${variable}", value)
        words = shlex.split(command)
        found[name] = [sys.executable if words[0] == "python" else str(PROGRAMS / words[0]), *words[1:]]
    return found


def _redis_command(port: str, folder: Path) -> list[str]:
    server = shutil.which("redis-server")
    if not server:
        raise BenchError("redis-server is not installed")
    return [server, "--port", port, "--bind", LOOPBACK, "--save", "", "--appendonly", "no", "--dir", str(folder)]
