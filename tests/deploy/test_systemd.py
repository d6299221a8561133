"""The units for one small machine: they start what the Procfile starts, each behind its walls."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import read_settings
from tests.conftest import ROOT
from tests.deploy.recipes import PROGRAMS, plain, processes, unit

UNITS = ROOT / "deploy" / "systemd"
SERVICES = {"rasa": "brain", "actions": "actions", "door": "door", "console": "console"}
EVERY = sorted(UNITS.glob("*.service"))
VERIFY = shutil.which("systemd-analyze")
WALLS = {
    "User": "confianza", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict", "ProtectHome": "yes",
    "PrivateTmp": "yes", "PrivateDevices": "yes", "RestrictNamespaces": "yes", "RestrictSUIDSGID": "yes",
    "ProtectProc": "invisible", "LimitCORE": "0",
    "SystemCallFilter": "@system-service", "InaccessiblePaths": "-/etc/confianza",
}


@pytest.mark.parametrize("process", sorted(SERVICES))
def test_units_start_what_the_procfile_starts(process: str) -> None:
    """A unit's command is the Procfile's, word for word: who changes one is told of the other."""
    commands = processes(ROOT)
    assert set(commands) == set(SERVICES)
    assert [plain(command) for command in unit(UNITS / f"confianza-{SERVICES[process]}.service")["ExecStart"]] == [commands[process]]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_walls(path: Path) -> None:
    """Each unit runs as a user of its own that can gain nothing, sees no settings of others, and leaves no memory on a disk."""
    found = unit(path)
    assert {name: found.get(name, ["missing"])[0].replace("/var/lib/confianza/state ", "") for name in WALLS} == WALLS


@pytest.mark.parametrize("name", sorted(SERVICES.values()))
def test_servers_speak_with_this_machine_only_and_come_back(name: str) -> None:
    """No server of ours reaches another machine or is reached by one; it starts again whatever ends it, and is never swapped out."""
    found = unit(UNITS / f"confianza-{name}.service")
    assert (found["IPAddressDeny"], found["IPAddressAllow"]) == (["any"], ["localhost"])
    assert (found["Restart"], found["StartLimitIntervalSec"], found["MemorySwapMax"]) == (["always"], ["0"], ["0"])


def test_only_the_door_and_the_console_know_secrets() -> None:
    """Brain and action server read no file with a secret; the door never sees the console's."""
    files = {name: unit(UNITS / f"confianza-{name}.service")["EnvironmentFile"][1:] for name in SERVICES.values()}
    assert files == {"brain": [], "actions": [], "door": ["/etc/confianza/door.env"], "console": ["/etc/confianza/console.env"]}
    assert not re.search(r"(KEY|TOKEN|DATABASE_URL)=", (UNITS / "confianza.env.example").read_text())


def test_who_may_write() -> None:
    """The console writes content and state, the door two folders of numbers and masked questions, brain and action server nothing."""
    found = {name: unit(UNITS / f"confianza-{name}.service") for name in SERVICES.values()}
    assert found["console"]["ReadWritePaths"] == ["/var/lib/confianza/content /var/lib/confianza/state"]
    assert found["door"]["TemporaryFileSystem"] == ["/var/lib/confianza/state:mode=0755"]
    assert found["door"]["BindPaths"] == ["/var/lib/confianza/state/counts /var/lib/confianza/state/inbox"]
    for name in ("brain", "actions", "door"):
        assert "ReadWritePaths" not in found[name]
        assert found[name]["MemoryDenyWriteExecute"] == ["yes"]  # nothing that it writes into memory becomes a program either


@pytest.mark.parametrize("example", sorted(UNITS.glob("*.env.example")), ids=lambda path: path.name)
def test_examples_can_be_used(example: Path, tmp_path: Path) -> None:
    """The settings of an example, and those that stand there as a comment, are settings that the service reads."""
    rows = dict(re.findall(r"^(?:# )?(CONFIANZA_\w+)=(.*)$", example.read_text(), flags=re.M))
    known = "".join(path.read_text() for path in (ROOT / "bot").glob("*.py")) + (ROOT / "Procfile").read_text()
    assert rows
    assert all(name in known for name in rows)
    read_settings({**{name: value.strip('"') for name, value in rows.items()}, "CONFIANZA_STATE_DIR": str(tmp_path)})


def test_what_units_name_is_there() -> None:
    """Each path below /opt/confianza that units and the Caddy drop-in name is a file of the checkout, or a program of the environment."""
    text = "".join(path.read_text() for path in UNITS.iterdir())
    named = {path for path in re.findall(r"/opt/confianza/[\w./-]+", text) if not path.startswith(PROGRAMS)}
    assert "/opt/confianza/deploy/Caddyfile" in named
    for path in named:
        assert (ROOT / path.removeprefix("/opt/confianza/")).exists(), path


@pytest.mark.skipif(not VERIFY, reason="systemd-analyze is not installed (Debian package systemd)")
def test_systemd_understands_them(tmp_path: Path) -> None:
    """systemd itself finds no fault in any unit. Programs stand in for ours, which are elsewhere here."""
    names = []
    for path in [*EVERY, *UNITS.glob("*.timer"), *UNITS.glob("*.target")]:
        (tmp_path / path.name).write_text(re.sub(rf"{PROGRAMS}\w+", "/bin/true", path.read_text()))
        names.append(str(tmp_path / path.name))
    done = subprocess.run([str(VERIFY), "verify", "--man=no", *names], capture_output=True, check=False, text=True, timeout=120,
                          env={"PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": f"{tmp_path}:"})
    ours = [line for line in done.stderr.splitlines() if "confianza" in line and "/opt/confianza" not in line]
    assert not ours


@pytest.mark.skipif(not shutil.which("systemd-sysusers") or os.geteuid() != 0, reason="systemd is not installed, or we are not root")
def test_users_and_folders_are_made(tmp_path: Path) -> None:
    """systemd makes the user and the folders as written, in a folder that stands in for the machine."""
    (tmp_path / "etc").mkdir()
    for program, name in (("systemd-sysusers", "confianza.sysusers"), ("systemd-tmpfiles", "confianza.tmpfiles")):
        words = ["--create"] if program.endswith("tmpfiles") else []
        text = (UNITS / name).read_text()
        command = [program, f"--root={tmp_path}", *words, "-"]
        done = subprocess.run(command, input=text, capture_output=True, check=False, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    assert re.search(r"^confianza:.*:/usr/sbin/nologin$", (tmp_path / "etc" / "passwd").read_text(), flags=re.M)
    assert oct((tmp_path / "var/lib/confianza/state/inbox").stat().st_mode)[-3:] == "700"


def test_the_command_line_runs_as_that_user() -> None:
    """The helper for administrators is a shell script without a fault in its grammar, and changes to the service's user."""
    subprocess.run(["sh", "-n", str(UNITS / "confianza")], check=True)
    assert "setpriv --reuid=confianza" in (UNITS / "confianza").read_text()
