"""The memory of conversations: slots only, no words, bounded, gone after half an hour or when asked."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.slotmemory import FORGET_AFTER_SECONDS, OwnMemory
from bot.trackers import ForgetfulTrackerStore

SLOTS = {"language": "ht", "explicit": True, "town": "norwalk", "topic": "ice_at_door", "choices": ["thanks", "menu_help"], "misses": 1.0}
SAID = ["Mwen rele Marie, mwen rete 12 Rue Main", "警察来敲门，我叫王芳", "اسمي مريم وجوزي انمسك", "Nazywam się Zofia"]
ANSWERED = "Kite pòt la fèmen."
GROUPS = (list, tuple, set, frozenset, deque)


@pytest.fixture(scope="module")
def domain(root: Path) -> Domain:
    return Domain.load(str(root / "domain.yml"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The store's clock, which stands still until a test moves it."""
    hand = SimpleNamespace(now=1000.0)
    monkeypatch.setattr("bot.slotmemory.time", SimpleNamespace(monotonic=lambda: hand.now))
    return hand


@pytest.fixture
def store(domain: Domain, clock: SimpleNamespace) -> ForgetfulTrackerStore:
    return ForgetfulTrackerStore(domain, memory=OwnMemory())


def conversation(domain: Domain, sender: str = "pseudonym", **slots: Any) -> DialogueStateTracker:
    """A conversation in which much was said and the slots were set."""
    tracker = DialogueStateTracker(sender, domain.slots)
    for text in SAID:
        tracker.update(UserUttered(text, intent={"name": "ice_at_door"}, parse_data={"text": text}, metadata={"said": text}), domain)
        tracker.update(ActionExecuted("action_answer"), domain)
        tracker.update(BotUttered(ANSWERED, {"custom": {"text": ANSWERED}}), domain)
    for name, value in (slots or SLOTS).items():
        tracker.update(SlotSet(name, value), domain)
    return tracker


def save(store: ForgetfulTrackerStore, *trackers: DialogueStateTracker) -> None:
    for tracker in trackers:
        asyncio.run(store.save(tracker))


def retrieve(store: ForgetfulTrackerStore, sender: str = "pseudonym") -> DialogueStateTracker | None:
    return asyncio.run(store.retrieve(sender))


def keys(store: ForgetfulTrackerStore) -> list[str]:
    return list(asyncio.run(store.keys()))


def set_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {name: slot.value for name, slot in tracker.slots.items() if slot.has_been_set}


def texts(value: Any) -> Iterator[str]:
    """Every string that can be reached from a value, through attributes, keys and items."""
    seen: dict[int, Any] = {}  # holds what was seen, so that no later object gets its id
    waiting = [value]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            yield piece
        elif id(piece) not in seen and not isinstance(piece, type):
            seen[id(piece)] = piece
            waiting += list(piece.items()) if isinstance(piece, dict) else list(piece) if isinstance(piece, GROUPS) else []
            waiting.append(getattr(piece, "__dict__", None))


def test_slots_come_back_in_a_tracker_that_waits_for_a_message(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """What was remembered is there at the next message, and nothing else is set."""
    save(store, conversation(domain))
    tracker = retrieve(store)
    assert tracker is not None
    assert set_slots(tracker) == SLOTS
    assert (tracker.latest_action_name, tracker.latest_message.text) == ("action_listen", None)


def test_no_word_of_a_conversation_is_anywhere_in_the_store(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """Neither what a resident wrote nor what we answered can be reached from the store."""
    tracker = conversation(domain)
    secrets = {*SAID, ANSWERED}
    assert secrets <= set(texts(tracker)), "the walk must be able to find the words where they are"
    save(store, tracker)
    held = set(texts(store))
    assert {"pseudonym", "norwalk", "ice_at_door"} <= held
    assert not [text for text in held for secret in secrets if secret in text]


def test_the_returned_tracker_holds_no_word_either(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """Not even the full tracker brings back what was said."""
    save(store, conversation(domain))
    full = asyncio.run(store.retrieve_full_tracker("pseudonym"))
    assert full is not None and set_slots(full) == SLOTS
    assert not [text for text in texts(full) for secret in (*SAID, ANSWERED) if secret in text]


def test_the_thousandth_turn_costs_what_the_second_does(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """A tracker that is saved and retrieved over and over does not grow."""
    save(store, conversation(domain))
    first = retrieve(store)
    for text in SAID * 5:
        tracker = retrieve(store)
        assert first is not None and tracker is not None and len(tracker.events) == len(first.events)
        tracker.update(UserUttered(text), domain)
        save(store, tracker)


@pytest.mark.parametrize("seconds, there", [(0, True), (FORGET_AFTER_SECONDS, True), (FORGET_AFTER_SECONDS + 1, False)],
                         ids=["at once", "after half an hour", "a second later"])
def test_a_conversation_is_gone_half_an_hour_after_its_last_message(
        store: ForgetfulTrackerStore, domain: Domain, clock: SimpleNamespace, seconds: int, there: bool) -> None:
    """For half an hour slots are kept; after that asking gives nothing and nothing is left in the store."""
    assert FORGET_AFTER_SECONDS == 30 * 60
    save(store, conversation(domain))
    clock.now += seconds
    assert (retrieve(store) is not None) == there
    assert ("norwalk" in set(texts(store._memory))) == there


def test_each_message_starts_the_half_hour_anew(store: ForgetfulTrackerStore, domain: Domain, clock: SimpleNamespace) -> None:
    """Whoever goes on writing is not forgotten."""
    for _ in range(3):
        save(store, conversation(domain))
        clock.now += FORGET_AFTER_SECONDS - 1
    assert retrieve(store) is not None


def test_what_expired_goes_with_anybody_s_next_message(store: ForgetfulTrackerStore, domain: Domain, clock: SimpleNamespace) -> None:
    """A conversation that nobody asks for again does not stay in memory."""
    save(store, conversation(domain, "left"), conversation(domain, "also-left"))
    clock.now += FORGET_AFTER_SECONDS - 1
    save(store, conversation(domain, "stayed"))
    clock.now += 2
    save(store, conversation(domain, "new"))
    assert keys(store) == ["stayed", "new"]


def test_what_expired_is_not_listed(store: ForgetfulTrackerStore, domain: Domain, clock: SimpleNamespace) -> None:
    """The list of conversations has only those that are still remembered, also on a quiet night."""
    save(store, conversation(domain, "left"))
    clock.now += FORGET_AFTER_SECONDS + 1
    assert keys(store) == []


def test_the_number_of_conversations_is_bounded(store: ForgetfulTrackerStore, domain: Domain, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the bound the one that has been silent longest goes, not the one that began first."""
    monkeypatch.setattr("bot.slotmemory.MOST_CONVERSATIONS", 3)
    for sender in ("a", "b", "c", "a", "d"):
        save(store, conversation(domain, sender))
    assert keys(store) == ["c", "a", "d"]
    assert retrieve(store, "b") is None


def test_asking_to_be_forgotten_leaves_nothing(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """A conversation that asked to be forgotten is gone at once, others stay, and it may begin anew."""
    save(store, conversation(domain), conversation(domain, "other"))
    save(store, conversation(domain, **SLOTS, forgotten=True))
    assert keys(store) == ["other"]
    assert "pseudonym" not in set(texts(store._memory))
    save(store, conversation(domain, town="danbury"))
    tracker = retrieve(store)
    assert tracker is not None and set_slots(tracker) == {"town": "danbury"}


def test_conversations_do_not_mix(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """Each pseudonym gets its own slots back; an unknown one gets nothing."""
    save(store, conversation(domain, "a", language="pl"), conversation(domain, "b", language="ar"))
    found = [retrieve(store, sender) for sender in ("a", "b")]
    assert [set_slots(t) for t in found if t] == [{"language": "pl"}, {"language": "ar"}]
    assert retrieve(store, "c") is None


def test_what_is_done_to_a_returned_tracker_is_not_kept_until_it_is_saved(store: ForgetfulTrackerStore, domain: Domain) -> None:
    """A turn that fails half way changes nothing in the memory."""
    save(store, conversation(domain))
    tracker = retrieve(store)
    assert tracker is not None
    tracker.update(SlotSet("town", "danbury"), domain)
    again = retrieve(store)
    assert again is not None and again.get_slot("town") == "norwalk"


def test_an_expired_conversation_leaves_the_memory_by_itself() -> None:
    """Nobody writes any more: what has expired goes all the same, when its time has come."""

    async def silent_server() -> int:
        memory = OwnMemory()
        memory._kept["before"] = (time.monotonic() - 0.9, {"town": "norwalk"})
        memory._sweep_in_time()
        await asyncio.sleep(1.3)
        return len(memory._kept)

    assert asyncio.run(silent_server()) == 0
