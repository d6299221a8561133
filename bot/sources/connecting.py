"""Connections to public addresses only: what a link names may not lead to this machine or to the network behind it.

A name is resolved once, every address it has is judged, and the connection is made to one of those: a name that changes its
mind between the judgement and the connection gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

# Networks that carry another address inside, which could be a private one.
_CARRIERS = tuple(map(IPv6Network, ("2001::/32", "2002::/16")))
_UNICAST = IPv6Network("2000::/3")


class NotPublicError(Exception):
    """A name leads to an address that is not public; never leaves `bot.sources.visiting`."""


def is_public(address: str) -> bool:
    """True for an address (as the resolver gives it) that anybody on the internet may reach."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and (ip not in _UNICAST or any(ip in network for network in _CARRIERS)):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_public_or_loopback(address: str) -> bool:
    """The same, and this machine itself: for tests."""
    return is_public(address) or ip_address(address).is_loopback


class PublicAdapter(HTTPAdapter):
    """A transport for `requests` that raises NotPublicError before it connects to an address that `may_reach` denies."""

    def __init__(self, may_reach: Callable[[str], bool] = is_public) -> None:
        self._may_reach = may_reach
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = _pools(self._may_reach)


def _pools(may_reach: Callable[[str], bool]) -> dict[str, type]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or self.default_port, self.timeout, may_reach)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port or self.default_port, self.timeout, may_reach)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def connect(host: str, port: int, timeout: object, may_reach: Callable[[str], bool]) -> socket.socket:
    """Returns a connection to a host; raises NotPublicError where any of its addresses may not be reached, OSError where none answers."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
    if not all(map(may_reach, addresses)):
        raise NotPublicError(host)
    seconds = float(timeout) if isinstance(timeout, (int, float)) else None
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), seconds)
        except OSError:
            continue  # the next address may answer
    return socket.create_connection((addresses[-1], port), seconds)
