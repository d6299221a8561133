"""Ports on loopback that nothing uses."""

from __future__ import annotations

import random
import socket

from program import BenchError

RANGE = range(20_000, 32_000)  # below those that the system itself gives to outgoing connections


def free_ports(count: int) -> list[int]:
    """Returns different free ports."""
    found: list[int] = []
    for port in random.sample(RANGE, 500):
        if len(found) == count:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0 and _binds(port):
                found.append(port)
    if len(found) < count:
        raise BenchError("no free ports were found")
    return found


def _binds(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
