"""What a running service keeps, sends and opens after a thousand people have asked: nothing of theirs, nothing, loopback only."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from bot.simulator import PATH, Phone
from tests.threats.apart import OURS, OURS_6, apart, hindrance
from tests.threats.conftest import AGREED, REDIS_PASSWORD, SECRETS, UNLIMITED, House
from tests.threats.crowd import PEOPLE, Crowd, written_forms
from tests.threats.traces import command, files, listening, parent

LOOPBACK = {"0100007F", "00000000000000000000000001000000"}  # 127.0.0.1 and ::1
# The processes that hold anything of people's begin so; a web server's worker is one whose parent is called as itself. The shells
# and the web servers' parents hold nothing of people's, and have the limit alone.
MARKED = ("python -m bot.brainserver", "python -m bot.actionserver")
KINDS = ("brainserver", "actionserver", "public.wsgi", "console.wsgi", "bot.cli run")

pytestmark = pytest.mark.rasa


@pytest.mark.skipif(bool(hindrance()), reason=hindrance())
def test_the_network_sees_what_leaves() -> None:
    """A packet to anywhere else, over IPv4 or 6, and a question for a name are caught; what stays on the machine is not."""
    with apart() as network:
        for target in (("127.0.0.1", 9), ("::1", 9), (OURS, 9), (OURS_6, 9)):
            with suppress(OSError):
                socket.create_connection(target, 1)
        time.sleep(0.3)
        assert network.seen == set()
        for target in (("198.51.100.7", 443), ("2001:db8:1::7", 443)):
            with suppress(OSError):
                socket.create_connection(target, 1)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.sendto(b"?", ("127.0.0.53", 53))
        time.sleep(0.3)
        assert {"6 198.51.100.7 443", "6 2001:db8:1::7 443", "17 127.0.0.53 53"} <= network.seen


@pytest.mark.parametrize("form", range(5), ids=["UTF-8", "UTF-16", "JSON", "address", "Python"])
def test_the_search_finds_what_is_there(form: int) -> None:
    """Words, numbers and addresses are found in each script and in each way that programs write them down."""
    crowd = Crowd()
    marks = crowd.marks()
    for word in crowd.words.values():
        assert marks.search(b"\0abc" + written_forms(word)[form] + b"\0")
    for number in (f"+1203{crowd.exchange}0042", f"203-{crowd.exchange}-0042", f"{crowd.network}.7"):
        assert marks.search(f"x {number} y".encode())
    assert not marks.search(Path(__file__).read_bytes())


def test_everybody_got_an_answer(house: House) -> None:
    """The thousand were really served: what is not found below is not missing because nothing happened."""
    assert house.crowd.failed == []
    events = [json.loads(line[line.index("{"):]) for line in house.log().splitlines() if '"event": "answer"' in line]
    assert len(events) >= PEOPLE and {event["channel"] for event in events} >= {"web", "sms"}
    kinds = " ".join(command(number) for number in house.processes())
    assert [kind for kind in KINDS if kind not in kinds] == []


def test_nothing_of_a_resident_is_anywhere(house: House, root: Path) -> None:
    """No word, number or address of theirs: in no file that was written meanwhile, none that is held open, no log, no store."""
    assert house.found(house.crowd.marks(), root) == {}


def test_no_packet_left_the_machine(house: House) -> None:
    """From the first line to the last answer, papers and login included: nothing was sent to anybody, no name was looked up."""
    assert house.network.seen == set()


def test_only_loopback_is_listened_on(house: House) -> None:
    """The kernel's own table: not one socket of the service is open to another address."""
    ports = house.service.settings
    open_ = listening(next(iter(house.processes())))
    assert {ports.public_port, ports.rasa_port, ports.actions_port, ports.console.port} <= {port for _, port in open_}
    assert {address for address, _ in open_} <= LOOPBACK


@pytest.mark.parametrize("address", [OURS, OURS_6], ids=["IPv4", "IPv6"])
def test_a_neighbour_reaches_nothing(house: House, address: str) -> None:
    """Over the machine's other address every port of ours refuses."""
    ports = house.service.settings
    for port in (ports.public_port, ports.rasa_port, ports.actions_port, ports.console.port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, port), 2)


def test_rasa_offers_no_more_than_its_channel(house: House) -> None:
    """No HTTP API: who is on this machine can neither read a conversation nor put another model in."""
    url = house.service.settings.rasa_url
    asked = {"conversations/x/tracker": "GET", "domain": "GET", "model": "PUT", "model/train": "POST", "model/parse": "POST"}
    for path, method in asked.items():
        assert requests.request(method, f"{url}/{path}", timeout=10).status_code == 404, path


def test_nobody_is_counted(house: House) -> None:
    """Rasa's telemetry is off in every process, even where the shell and an old file of Rasa's say on; that file stays as it was."""
    rasa = [environment for number, environment in house.processes().items() if "bot.cli run" not in command(number)]
    assert len(rasa) >= 4 and {environment["RASA_TELEMETRY_ENABLED"] for environment in rasa} == {"false"}
    kept = house.folder / "home/.config/rasa"
    assert [path.name for path in kept.iterdir()] == ["global.yml"] and (kept / "global.yml").read_text() == AGREED


def test_no_secret_is_written(house: House, root: Path) -> None:
    """Wrong signatures, broken requests and a store that is gone: no error writes a secret or what was typed as a password."""
    url = house.service.url
    form = Phone(house.service.settings).form("hello")
    assert requests.post(url + PATH, data=form, headers={"X-Twilio-Signature": "wrong"}, timeout=10).status_code == 403
    assert requests.post(f"{url}/api/messages", data="{", timeout=10).status_code == 400
    if house.redis:
        house.redis.stop()
        for path in ("health/ready", "en/", "en/share"):
            requests.get(f"{url}/{path}", timeout=30)
        requests.post(url + PATH, data=form, headers={"X-Twilio-Signature": Phone(house.service.settings).signature(form)}, timeout=30)
    secrets = (*SECRETS.values(), REDIS_PASSWORD, "tamandua")
    written = list(files(house.since, house.folder))
    assert house.service.log in written
    assert [(secret, str(path)) for path in written for secret in secrets if secret.encode() in path.read_bytes()] == []


def is_marked(number: int) -> bool:
    called = command(number)
    return called.startswith(MARKED) or ("granian" in called and called == command(parent(number)))


def test_a_crash_leaves_no_core(house: House, root: Path) -> None:
    """Where the machine allows cores without limit, no process that crashes writes one. The last test here: it ends the service."""
    numbers = list(house.processes())
    marked = [number for number in numbers if is_marked(number)]
    for number in numbers:
        limits = Path(f"/proc/{number}/limits").read_text()
        assert next(line for line in limits.splitlines() if line.startswith("Max core file size")).split()[4:6] == ["0", "0"]
    assert len(marked) == 4
    with suppress(PermissionError):  # needs a capability that root may lack
        for number in marked:
            resource.prlimit(number, resource.RLIMIT_CORE, UNLIMITED)  # so that only the kernel's mark holds it back
    for number in (*marked, *numbers):
        with suppress(ProcessLookupError):  # ended by the end of another
            os.kill(number, signal.SIGSEGV)
    deadline = time.monotonic() + 20
    while house.processes() and time.monotonic() < deadline:  # a process that has ended has no environment
        time.sleep(0.1)
    assert house.processes() == {}
    cores = [path for path in files(house.since, root, house.folder) if path.name.startswith("core") and not path.suffix]
    for path in cores:
        path.unlink()
    assert cores == []
