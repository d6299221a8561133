"""Container files and the compose file, read as data: no container engine runs here, so what they name is looked up instead."""

from __future__ import annotations

import fnmatch
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import dj_database_url
import pytest

from bot.yamlfile import read_yaml
from tests.conftest import ROOT
from tests.deploy.recipes import instructions, plain, processes

CONTAINERS, COMPOSE = ROOT / "deploy" / "containers", ROOT / "deploy" / "compose"
IMAGES = {"brain": ("rasa", "3.10"), "door": ("door", "3.13")}
ON_LOOPBACK = {"door", "brain", "actions", "console", "redis"}


def steps(image: str, name: str) -> list[str]:
    return [rest for instruction, rest in instructions(CONTAINERS / f"{image}.Containerfile") if instruction == name]


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    return {name: dict(service) for name, service in merged(read_yaml(COMPOSE / "compose.yml"))["services"].items()}


def merged(value: Any) -> Any:
    """Returns YAML with its merge keys (`<<`) resolved: what stands in a mapping itself comes first, then its earlier bases."""
    if isinstance(value, list):
        return [merged(one) for one in value]
    if not isinstance(value, dict):
        return value
    bases = merged(value.get("<<", []))
    found: dict[str, Any] = {}
    for base in reversed(bases if isinstance(bases, list) else [bases]):
        found |= base
    return found | {name: merged(one) for name, one in value.items() if name != "<<"}


@pytest.mark.parametrize("image", sorted(IMAGES))
def test_what_is_copied_is_there_and_not_ignored(image: str) -> None:
    """Each source of a COPY is in the checkout, and .dockerignore lets it through; content, models, state and history stay out."""
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    sources = [source for step in steps(image, "COPY") if not step.startswith("--from") for source in step.split()[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, f"{name}*") for name in allowed), source
    assert not {"data", "locales", "models", ".git", ".confianza", "."} & {*allowed, *sources}


@pytest.mark.parametrize("image", sorted(IMAGES))
def test_images_are_pinned_and_small(image: str) -> None:
    """The base has a version, packages come by their hashes, and the last stage installs no package, compiler or pip."""
    bases = [step.split()[0] for step in steps(image, "FROM")]
    assert all(base == f"docker.io/library/python:{IMAGES[image][1]}-slim-bookworm" for base in bases)
    assert len(bases) == 2
    first, last = steps(image, "RUN")
    assert first.count(" install ") == first.count("--require-hashes") > 0
    assert "--only-binary :all:" in first
    assert "pip uninstall" in last
    assert not re.search(r"pip install|gcc|build-essential|-dev\b", last)


@pytest.mark.parametrize("image", sorted(IMAGES))
def test_nobody_is_root(image: str) -> None:
    """The image's user is a number other than root's: Kubernetes can check that."""
    assert steps(image, "USER") == ["10001:10001"]


@pytest.mark.parametrize("image", sorted(IMAGES))
def test_images_start_what_the_procfile_starts(image: str) -> None:
    """An image's command is the Procfile's, word for word."""
    process, _ = IMAGES[image]
    assert [plain(command) for command in steps(image, "CMD")] == [processes(ROOT)[process]]


def test_sources_only_packages_are_the_ones_named() -> None:
    """Each package that the brain's image builds from source is pinned; so is what builds it."""
    pins = (ROOT / "requirements" / "brain.txt").read_text()
    named = re.search(r"--no-binary ([\w,]+)", steps("brain", "RUN")[0])
    assert named
    for package in [*named.group(1).split(","), "setuptools"]:
        assert re.search(rf"^{package}==[\w.]+ \\\n +--hash=sha256:", pins, flags=re.M), package


@pytest.mark.parametrize("name", ["brain", "doors"])
def test_pins_hold_what_is_wanted(name: str) -> None:
    """Each package that an .in file wants is in its .txt, and each pin there has a hash. The brain's are those that were tested."""
    wanted = re.findall(r"^[\w-]+(?:\.\w+)?", (ROOT / "requirements" / f"{name}.in").read_text(), flags=re.M)
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+) \\\n +--hash=sha256:", text, flags=re.M))
    missing = {w.lower().replace(".", "-") for w in wanted if not w.startswith("-")} - {p.replace(".", "-") for p in pins}
    assert not missing
    assert len(pins) == len(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, flags=re.M))
    tested = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+) \\", (ROOT / "requirements" / "dev.txt").read_text(), flags=re.M))
    assert name != "brain" or not {p for p, version in pins.items() if tested.get(p) != version}


def test_modules_that_are_started_exist(services: dict[str, dict[str, Any]]) -> None:
    """Each `python -m` of the compose file names a module of ours."""
    commands = [[*service.get("entrypoint", []), *service.get("command", [])] for service in services.values()]
    modules = [command[2] for command in commands if command[:2] == ["python", "-m"]]
    assert modules == ["bot.actionserver", "bot.consoleserver", "bot.cli"]
    assert all(importlib.util.find_spec(module) for module in modules)


def test_every_container_is_walled_in(services: dict[str, dict[str, Any]]) -> None:
    """Nothing writes its own root, gains rights, dumps its memory, swaps, or logs without end; nobody is root."""
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "cap_add" not in service, name
        assert "privileged" not in service, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["ulimits"] == {"core": 0}, name
        assert service["mem_limit"] == service["memswap_limit"], name
        assert service["logging"]["options"] == {"max-size": "1m", "max-file": "3"}, name
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"]), name
        assert "docker.sock" not in repr(service), name


def test_only_caddy_is_reached(services: dict[str, dict[str, Any]]) -> None:
    """Ports are published by Caddy alone. The others share one namespace whose network is internal; the database has no network."""
    assert {name for name, service in services.items() if "ports" in service} == {"caddy"}
    assert {name for name, service in services.items() if service.get("network_mode") == "service:loopback"} == ON_LOOPBACK
    assert services["database"]["network_mode"] == "none"
    assert list(services["loopback"]["networks"]) == ["front"]
    networks = read_yaml(COMPOSE / "compose.yml")["networks"]
    assert networks["front"]["internal"] is True
    assert {name for name, service in services.items() if "outside" in service.get("networks", ())} == {"caddy", "tool"}
    assert services["tool"]["profiles"] == ["tool"]


def test_residents_processes_read_content_and_know_no_account(services: dict[str, dict[str, Any]]) -> None:
    """Door, brain and action server mount the content for reading only, and neither the state as a whole nor the database's socket."""
    for name in ("door", "brain", "actions"):
        volumes = services[name]["volumes"]
        assert volumes[0].endswith(":/srv/confianza/content:ro"), name
        assert not [v for v in volumes if "socket" in v or v.endswith(":/srv/confianza/state")], name
    assert services["door"]["env_file"] == [".env", "door.env"]
    assert services["brain"]["env_file"] == services["actions"]["env_file"] == [".env"]


def test_redis_saves_nothing(services: dict[str, dict[str, Any]]) -> None:
    """Redis listens on loopback, writes nothing to disk, and is bounded."""
    words = " ".join(services["redis"]["command"])
    assert "--bind 127.0.0.1 --save  --appendonly no --maxmemory 512mb" in words
    assert "volumes" not in services["redis"]


def test_images_of_others_have_a_version(services: dict[str, dict[str, Any]]) -> None:
    """No image is taken as "latest"."""
    for name, service in services.items():
        assert re.search(r"\{CONFIANZA_\w+_IMAGE:-confianza-\w+:local\}$|^docker\.io/library/\w+:[\d.]+-alpine$", service["image"]), name


def test_variables_have_an_example(services: dict[str, dict[str, Any]]) -> None:
    """Each variable of the compose file stands in an example, or has a value of its own; no secret stands in a file of the checkout."""
    text = (COMPOSE / "compose.yml").read_text()
    examples = "".join((COMPOSE / name).read_text() for name in (".env.example", "door.env.example", "console.env.example"))
    for name, default in re.findall(r"\$\{(\w+)(:[-?])", text):
        assert name in examples or default == ":-", name
    files = {file for service in services.values() for file in service.get("env_file", [])}
    assert {f"{file}.example" for file in files} <= {path.name for path in COMPOSE.iterdir()}
    assert files == set((COMPOSE / ".gitignore").read_text().split())
    assert re.search(r"^CONFIANZA_SECRET_KEY=$", (COMPOSE / "door.env.example").read_text(), flags=re.M)


def test_the_console_finds_its_database_by_a_socket(services: dict[str, dict[str, Any]]) -> None:
    """The address in the example is the folder that console and database share, and it asks for a password there."""
    address = re.search(r"^CONFIANZA_DATABASE_URL=(.*)$", (COMPOSE / "console.env.example").read_text(), flags=re.M)
    assert address
    found = dj_database_url.parse(address.group(1))
    assert (found["HOST"], found["NAME"], found["PASSWORD"]) == ("/var/run/postgresql", "confianza", "PASSWORD")
    for name in ("console", "database"):
        assert "socket:/var/run/postgresql" in services[name]["volumes"]
    assert "--auth-local=scram-sha-256" in services["database"]["environment"]["POSTGRES_INITDB_ARGS"]


def _has_compose() -> bool:
    docker = shutil.which("docker")
    return bool(docker) and not subprocess.run([str(docker), "compose", "version"], capture_output=True, check=False, timeout=30).returncode


@pytest.mark.skipif(not _has_compose(), reason="docker with its compose plugin is not installed")
def test_docker_understands_the_compose_file(tmp_path: Path) -> None:
    """Docker's own reader finds no fault in it."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    folder = tmp_path / "deploy" / "compose"
    for name in (".env", "door.env", "console.env"):
        shutil.copy(folder / f"{name}.example", folder / name)
    command = ["docker", "compose", "-f", str(folder / "compose.yml"), "config", "-q"]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
