"""Two Rasas, two doors and one real Redis: whoever answers, a conversation is one, a message is answered once, and nobody meets silence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.brain import Brain, in_order
from bot.running import environment, processes
from bot.settings import Settings, read_settings
from bot.simulator import Phone
from tests.running import Service, free_port, wait_until_ready
from tests.servers import RedisServer, need_redis, redis_server
from tests.test_reloading import doubting, know, put

ASKED_WITH_TOWN = "Èske lapolis nan Norwalk mande moun papye imigrasyon yo?"
ASKED = "警察会问我的身份吗？"
AT_THE_DOOR = "موظفو الهجرة يدقون باب بيتي، هل أفتح لهم؟"
WITHIN_SECONDS = 120
numbers = (f"+1203555{number:04d}" for number in count(200))
pytestmark = [need_redis, pytest.mark.rasa]


@dataclass
class Town:
    """All processes, each of which a test may end and begin again. doors: where the two doors listen."""

    settings: Settings
    folder: Path
    root: Path
    redis: RedisServer
    commands: dict[str, tuple[str, dict[str, str]]]
    doors: tuple[Service, Service]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def begin(self, name: str) -> None:
        command, env = self.commands[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(["sh", "-c", f"exec {command}"], cwd=self.root, env=env, stdout=log, stderr=log,
                                                  start_new_session=True)

    def end(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, number)
        self.running.pop(name).wait(timeout=30)

    def phone(self, door: int, number: str) -> Phone:
        return Phone(self.doors[door].settings, number)

    def tickets(self) -> int:
        """How many phones have written lately, as Redis knows."""
        return len(self.redis.client.keys("*:ticket:*"))

    def ponder(self, number: signal.Signals) -> None:
        for name in ("rasa", "rasa2"):
            os.killpg(self.running[name].pid, number)

    @contextmanager
    def pondering(self) -> Iterator[None]:
        """Both Rasas take messages and answer none until the block ends, or a test has them go on."""
        self.ponder(signal.SIGSTOP)
        try:
            yield
        finally:
            self.ponder(signal.SIGCONT)

    def logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))

    def turns(self) -> int:
        """How many messages from phones were worked on, by either door."""
        return self.logs().count('"event": "phone"')


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's content with a model of its own, which may be replaced."""
    if not (root / "models" / "confianza.tar.gz").exists():
        pytest.skip("there is no trained model; run `make train`")
    folder = tmp_path_factory.mktemp("copy")
    for name in ("data", "locales"):
        shutil.copytree(root / name, folder / name)
    (folder / "models").mkdir()
    for name in ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml", "models/confianza.tar.gz"):
        shutil.copy(root / name, folder / name)
    know(folder, (folder / "models" / "confianza.tar.gz").read_bytes())
    return folder


@pytest.fixture(scope="module")
def town(root: Path, copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server(folder / "redis"))
        made = _town(root, copy, folder, redis)
        stack.callback(lambda: [made.end(name, signal.SIGTERM) for name in list(made.running)])
        for name in made.commands:
            made.begin(name)
        _until(lambda: all(_listens(url) for url in made.settings.rasa_urls), made)
        for door, service in zip(("door", "door2"), made.doors):
            wait_until_ready(service, made.running[door])
        for url in made.settings.rasa_urls:  # a first question reads what later ones have at hand
            Brain(url, timeout=60).ask("first", ASKED, {})
        yield made
    assert not list((folder / "redis").iterdir())


def _town(root: Path, copy: Path, folder: Path, redis: RedisServer) -> Town:
    ports = {f"CONFIANZA_{name}_PORT": str(free_port()) for name in ("PUBLIC", "ACTIONS", "CONSOLE")}
    limits = {"CONFIANZA_SMS_SENDER_HOUR": "1000", "CONFIANZA_SMS_SENDER_DAY": "1000", "CONFIANZA_SMS_SEGMENTS_DAY": "100000"}
    env = {**ports, **limits, "CONFIANZA_RASA_PORT": str(_free_pair()), "CONFIANZA_RASA_PROCESSES": "2", "CONFIANZA_REDIS_URL": redis.url,
           "CONFIANZA_STATE_DIR": str(folder / "state"), "CONFIANZA_ROOT": str(copy), "CONFIANZA_TODAY": "2026-11-22"}
    settings = read_settings(env)
    found = {name: (command, {**ours, **env, **_only(ours)}) for name, command, ours in
             processes((root / "Procfile").read_text(encoding="utf-8"), settings) if name != "console"}
    command, ours = found["door"]
    second = replace(settings, public_port=free_port())  # behind the same public address
    found["door2"] = (command, {**ours, **environment(second), **env, "CONFIANZA_PUBLIC_PORT": str(second.public_port)})
    doors = tuple(Service(f"http://127.0.0.1:{s.public_port}", folder / f"{name}.log", settings.state, s)
                  for name, s in (("door", settings), ("door2", second)))
    return Town(settings, folder, root, redis, found, (doors[0], doors[1]))


def _only(ours: dict[str, str]) -> dict[str, str]:
    return {name: ours[name] for name in ("CONFIANZA_RASA_PORT", "CONFIANZA_RASA_PROCESSES")}


def _free_pair() -> int:
    """A port whose neighbour is free too."""
    while True:
        port = free_port()
        with suppress(OSError), _bound(port + 1):
            return port


@contextmanager
def _bound(port: int) -> Iterator[None]:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
        yield


def _listens(url: str) -> bool:
    with suppress(requests.RequestException):
        return requests.get(f"{url}/webhooks/rest/", timeout=5).status_code == 200
    return False


def _until(is_so: Callable[[], bool], town: Town) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while not is_so():
        assert time.monotonic() < deadline and all(process.poll() is None for process in town.running.values()), town.logs()[-3000:]
        time.sleep(0.2)


def together(*calls: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def texts(phone: Phone, body: str, **parameters: str) -> list[str]:
    return [message.text for message in phone.send(body, **parameters)]


def sender_of(conversation: str) -> str:
    """What Rasa knows a conversation of the web by."""
    return f"web-{conversation.rsplit(':', 1)[0]}"


def test_a_conversation_begun_at_one_door_goes_on_at_the_other(town: Town) -> None:
    """The town that was named is remembered, and Redis holds neither words nor the conversation's name."""
    one, other = town.doors
    begun = one.ask(message=ASKED_WITH_TOWN)
    assert begun["reply"]["town"] == "norwalk" and begun["confidence"] > 0
    assert other.ask(message=ASKED, conversation=begun["conversation"])["reply"]["town"] == "norwalk"
    held = town.redis.everything()
    assert "norwalk" in held and "papye" not in held and sender_of(begun["conversation"])[4:] not in held


def test_one_message_at_both_doors_is_answered_once(town: Town) -> None:
    """A provider that sends a message again before it had an answer gets the same one from the other door."""
    number, before = next(numbers), town.turns()
    answers = together(*[lambda door=door: texts(town.phone(door, number), ASKED, MessageSid="SM-the-same") for door in (0, 1, 0, 1)])
    assert answers[0] and all(answer == answers[0] for answer in answers)
    assert town.turns() == before + 1


@pytest.mark.parametrize("first", [0, 1], ids=["question at the first door", "question at the second door"])
def test_messages_of_one_phone_keep_their_order_across_doors(town: Town, first: int) -> None:
    """MORE at one door, while the other still waits for the question's answer, waits too and turns its page."""
    number, before = next(numbers), town.tickets()
    with town.pondering(), ThreadPoolExecutor() as pool:
        answer = pool.submit(texts, town.phone(first, number), ASKED_WITH_TOWN)
        _until(lambda: town.tickets() > before, town)
        page = pool.submit(texts, town.phone(1 - first, number), "MORE")
        time.sleep(0.5)
        assert not answer.done() and not page.done()
        town.ponder(signal.SIGCONT)
        assert len(answer.result()) == 2 and "1/" in answer.result()[0]  # the answer's first page, and who we are
        assert [text for text in page.result() if "2/" in text]


def test_silence_asked_for_at_one_door_holds_at_the_other(town: Town) -> None:
    """STOP, and START that ends it."""
    number = next(numbers)
    assert texts(town.phone(0, number), "STOP")
    assert texts(town.phone(1, number), ASKED) == []
    assert texts(town.phone(1, number), "START")
    assert texts(town.phone(0, number), ASKED)


def test_both_rasas_are_asked_and_one_alone_answers_for_both(town: Town) -> None:
    """A Rasa dies: its conversations go on at the other one, which knows them, and come back when it is there again."""
    one, other = town.doors
    begun = [one.ask(message=ASKED_WITH_TOWN)["conversation"] for _ in range(12)]
    first = {in_order(sender_of(token), town.settings.rasa_urls)[0] for token in begun}
    assert first == set(town.settings.rasa_urls)
    town.end("rasa2")
    for token in begun:
        answer = other.ask(message=ASKED, conversation=token)
        assert answer["confidence"] > 0 and answer["reply"]["town"] == "norwalk"
    town.begin("rasa2")
    _until(lambda: _listens(town.settings.rasa_urls[1]), town)
    assert all(one.ask(message=ASKED, conversation=token)["reply"]["town"] == "norwalk" for token in begun)


def test_forgetting_at_one_door_leaves_nothing_at_the_other(town: Town) -> None:
    """Whoever leaves is forgotten at once, by all."""
    one, other = town.doors
    token = one.ask(message=ASKED_WITH_TOWN)["conversation"]
    assert requests.post(f"{other.url}/leave", data={"conversation": token}, timeout=20).status_code == 204
    assert one.ask(message=ASKED, conversation=token)["reply"]["town"] is None


def test_redis_dies_and_comes_back(town: Town) -> None:
    """Full answers all the time, within the time allowed; what was said meanwhile is remembered, what Redis held is lost."""
    one, _ = town.doors
    number, token = next(numbers), one.ask(message=ASKED)["conversation"]
    town.redis.stop()
    answer = one.ask(message=ASKED_WITH_TOWN, conversation=token)
    assert answer["confidence"] > 0 and answer["reply"]["town"] == "norwalk"
    assert one.ask(message=ASKED, conversation=token)["reply"]["town"] == "norwalk"
    assert len(texts(town.phone(0, number), ASKED)) == 2
    town.redis.start()
    time.sleep(2.5)
    assert one.ask(message=ASKED, conversation=token)["reply"]["town"] == "norwalk"
    assert texts(town.phone(0, number), "MORE")
    assert "norwalk" in town.redis.everything()


def test_redis_hangs(town: Town) -> None:
    """A silent Redis costs a moment, not the answer."""
    town.redis.freeze()
    try:
        began = time.monotonic()
        assert town.doors[1].ask(message=ASKED)["confidence"] > 0
        assert texts(town.phone(1, next(numbers)), ASKED)
        assert time.monotonic() - began < 12  # two messages, each far from the provider's fifteen seconds
    finally:
        town.redis.thaw()


def test_both_rasas_take_a_new_model_over(town: Town, copy: Path) -> None:
    """Each notices by itself; nobody starts anything anew."""
    model = copy / "models" / "confianza.tar.gz"
    first, doubts = model.read_bytes(), doubting(model)
    know(copy, doubts)
    brains = [Brain(url) for url in town.settings.rasa_urls]

    def topics() -> list[Any]:
        return [brain.ask(f"model-{number}-{time.time_ns()}", AT_THE_DOOR, {})["topic"] for number, brain in enumerate(brains)]

    assert topics() == ["ice_at_door"] * 2
    put(copy, doubts)
    _until(lambda: topics() == ["menu_help"] * 2, town)
    put(copy, first)
    _until(lambda: topics() == ["ice_at_door"] * 2, town)


def test_no_word_and_no_number_is_in_any_log(town: Town) -> None:
    """Whatever happened above, the logs hold what they always hold; Redis was said to be away and to be back."""
    texts(town.phone(0, "+12035559876"), "my name is Zacarias")
    logs = town.logs()
    assert '"reachable": false' in logs and '"reachable": true' in logs
    assert not [word for word in ("papye", "警察", "Zacarias", "5559876", "2035550", "Traceback") if word in logs]
