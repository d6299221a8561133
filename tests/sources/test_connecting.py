"""A link can never lead the watch to this machine or the network behind it."""

from __future__ import annotations

import socket

import pytest

from bot.core.drift import BARRED
from bot.sources import connecting
from bot.sources.asking import Manners
from bot.sources.connecting import NotPublicError, connect, is_public, is_public_or_loopback
from bot.sources.visiting import Visitor

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378::1", "2001:db8::1",
]
# How 127.0.0.1 and others are written to slip through; and names.
SLY = [
    "http://127.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://localhost/", "http://LOCALHOST./",
    "https://127.0.0.1/", "http://127.0.0.1:22/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    """Private, loopback, link-local, reserved, and those that carry another address inside."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])
def test_public_addresses(address: str) -> None:
    """Addresses anybody may reach are public."""
    assert is_public(address)


@pytest.mark.parametrize("address, may", [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("169.254.169.254", False)])
def test_tests_reach_this_machine_only(address: str, may: bool) -> None:
    """What lets tests use loopback lets them use nothing else."""
    assert is_public_or_loopback(address) is may


@pytest.mark.parametrize("address", SLY)
def test_no_way_of_writing_it_leads_inside(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the address is written, no connection is attempted, and the visit says why."""
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("a connection was attempted"))
    found = Visitor(Manners(rest=0)).visit(address)
    assert (found.outcome, found.trouble) == (BARRED, "address is not public")


@pytest.mark.parametrize("addresses", [
    pytest.param(["127.0.0.1"], id="inside"), pytest.param(["8.8.8.8", "10.0.0.1"], id="both"),
    pytest.param(["::1", "8.8.8.8"], id="both, inside first"),
])
def test_a_name_that_leads_inside_is_refused(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with one private address among public ones is refused as a whole."""
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(connecting.socket, "getaddrinfo", lambda *a, **k: places)
    with pytest.raises(NotPublicError):
        connect("rebind.example", 80, 1.0, is_public)


def test_the_connection_goes_to_the_judged_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is resolved once: what it says the second time is never asked."""
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))]])
    tried: list[tuple[str, int]] = []
    monkeypatch.setattr(connecting.socket, "getaddrinfo", lambda *a, **k: next(answers))
    monkeypatch.setattr(connecting.socket, "create_connection", lambda place, seconds: tried.append(place))
    connect("rebind.example", 80, 1.0, is_public)
    assert tried == [("8.8.8.8", 80)]


@pytest.mark.parametrize("address", [
    "file:///etc/passwd", "ftp://example.org/x", "gopher://x", "http://", "http://u:p@example.org/", "//x/y", "http://[::1", "http://x:99999/",
    "javascript:alert(1)", "",
])
def test_what_is_no_web_address_is_not_visited(address: str) -> None:
    """Only http and https, without names and passwords."""
    assert Visitor(Manners(rest=0)).visit(address).trouble == "not a web address"
