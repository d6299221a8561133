"""`confianza run`: all processes in the foreground; says the address once a question is really answered."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from pathlib import Path

import requests
from honcho.environ import parse_procfile
from honcho.printer import Printer
from rich.console import Console

from bot.core.errors import StartError
from bot.coredumps import forbid_core_dumps
from bot.memoryonly import need_memory_only
from bot.settings import Settings
from bot.supervision import Supervisor

READY_WITHIN_SECONDS = 120
RASA = "rasa"  # the process of the Procfile that several may be wanted of
# How honcho reports an end by Ctrl-C or by a supervisor.
STOPPED = (130, 143)


def run(root: Path, settings: Settings, console: Console) -> int:
    """Starts the Procfile's processes and waits; returns the exit code. Ctrl-C stops all; what ends by itself is started anew."""
    _need_free_ports(settings)
    need_memory_only(settings)
    forbid_core_dumps()
    manager = Supervisor(Printer(output=sys.stdout, time_format="", width=8, prefix=True))
    for name, command, env in processes((root / "Procfile").read_text(encoding="utf-8"), settings):
        manager.add_process(name, command, env=env, cwd=str(root))
    console.print("Starting ...")
    threading.Thread(target=_announce, args=(settings, console), daemon=True).start()
    manager.loop()
    if manager.returncode and manager.returncode not in STOPPED:
        console.print("[bold]A process could not start or kept ending, so all were stopped. The lines above say why.[/bold]")
    return int(manager.returncode or 0)


def processes(procfile: str, settings: Settings) -> list[tuple[str, str, dict[str, str]]]:
    """Returns the name, command and environment of each process: those of a Procfile, and Rasa as often as the settings say."""
    found, ours = [], environment(settings)
    for name, command in parse_procfile(procfile).processes.items():
        if name != RASA:
            found.append((name, command, ours))
            continue
        for number, port in enumerate(settings.rasa_ports, 1):
            only = {**ours, "CONFIANZA_RASA_PORT": str(port), "CONFIANZA_RASA_PROCESSES": "1"}
            found.append((name if number == 1 else f"{name}{number}", command, only))
    return found


def _need_free_ports(settings: Settings) -> None:
    ports = [("CONFIANZA_PUBLIC_PORT", settings.public_port), ("CONFIANZA_ACTIONS_PORT", settings.actions_port),
             ("CONFIANZA_CONSOLE_PORT", settings.console.port), *(("CONFIANZA_RASA_PORT", port) for port in settings.rasa_ports)]
    for name, port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise StartError(f"port {port} is in use: stop what uses it, or choose another: {name}={port + 100} make run") from error


def environment(settings: Settings) -> dict[str, str]:
    """What the processes need besides our own environment."""
    programs = str(Path(sys.executable).parent)
    return {
        **os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false", "CONFIANZA_PUBLIC_HOST": settings.public_host,
        "CONFIANZA_PUBLIC_PORT": str(settings.public_port), "CONFIANZA_RASA_PORT": str(settings.rasa_port),
        "CONFIANZA_ACTIONS_PORT": str(settings.actions_port), "CONFIANZA_SECRET_KEY": str(settings.secret_key),
        "CONFIANZA_CONSOLE_HOST": settings.console.host, "CONFIANZA_CONSOLE_PORT": str(settings.console.port),
        "CONFIANZA_PUBLIC_URL": settings.public_url, "CONFIANZA_STATE_DIR": str(settings.state),
        "CONFIANZA_RASA_PROCESSES": str(settings.rasa_processes), "CONFIANZA_DOOR_PROCESSES": str(settings.door_processes),
    }


def _announce(settings: Settings, console: Console) -> None:
    """Asks until a question is answered, then prints the address."""
    started = time.monotonic()
    while time.monotonic() - started < READY_WITHIN_SECONDS:
        if answers(settings):
            seconds = time.monotonic() - started
            address = f"http://localhost:{settings.public_port}/"
            console.print(f"\n[bold]Confianza answers at {address}[/bold]  (ready after {seconds:.0f} s; Ctrl-C stops it)")
            console.print(f"Advocates' console: {settings.console.url}/  (first account: confianza console createuser)\n")
            return
        time.sleep(0.25)
    console.print(f"[bold]Not ready after {READY_WITHIN_SECONDS} s; the lines above say why.[/bold]")


def answers(settings: Settings) -> bool:
    """True where the door's readiness page says that a question was answered."""
    try:
        return requests.get(f"http://127.0.0.1:{settings.public_port}/health/ready", timeout=5).status_code == 200
    except requests.RequestException:
        return False
