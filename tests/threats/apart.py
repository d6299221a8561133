"""A network of its own for a test: whatever it starts can reach this one machine only, and each packet for any other is caught.

Linux and root only. The calling thread and all that it starts are in a network namespace that has nothing but loopback, and that
takes every address in the world for its own: so a packet for elsewhere is really sent, is seen, and gets a refusal at once.
"""

from __future__ import annotations

import ctypes
import ipaddress
import os
import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Another address of this machine, besides loopback (for documentation, RFC 5737 and 3849): what a neighbour would call.
OURS, OURS_6 = "192.0.2.2", "2001:db8::2"
LINES = (
    "link set lo up", f"addr add {OURS}/32 dev lo", "route add local default dev lo",
    f"-6 addr add {OURS_6}/128 dev lo nodad", "-6 route add local default dev lo",
)
DNS = 53
_NEW_NETWORK, _EVERY_PROTOCOL, _ATTACH_FILTER = 0x40000000, 0x0003, 26
_IPV4, _IPV6, _TCP, _UDP = 0x0800, 0x86DD, 6, 17
_FRAME = 14  # octets of the Ethernet header
# A program for the kernel (classic BPF), or the test would have to read every packet of loopback: it passes on what is neither IPv4
# nor to 127.0.0.0/8, and questions to port 53 wherever they go. Each row: code, jumps if true and if false, value.
_LOAD_2, _LOAD_1, _IS, _PASS = 0x28, 0x30, 0x15, 0x06
_FILTER = (
    (_LOAD_2, 0, 0, 12), (_IS, 0, 5, _IPV4),
    (_LOAD_1, 0, 0, _FRAME + 16), (_IS, 0, 3, 127),
    (_LOAD_2, 0, 0, _FRAME + 22), (_IS, 1, 0, DNS),
    (_PASS, 0, 0, 0), (_PASS, 0, 0, 0xFFFF),
)


def hindrance() -> str:
    """Returns why such a network cannot be made here, "" where it can."""
    if not hasattr(socket, "AF_PACKET") or not Path("/proc/self/ns/net").exists():
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "a network namespace needs root"
    return "" if shutil.which("ip") else "the program ip (Debian: iproute2) is not installed"


class Capture:
    """The packets that would have left the machine, and those that ask for a name: "protocol destination port"."""

    def __init__(self) -> None:
        self._raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_EVERY_PROTOCOL))
        program = b"".join(struct.pack("HBBI", *row) for row in _FILTER)
        self._held = ctypes.create_string_buffer(program)
        self._raw.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HP", len(_FILTER), ctypes.addressof(self._held)))
        self._raw.settimeout(0.2)
        self.seen: set[str] = set()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._end.set()
        self._thread.join()
        self._raw.close()

    def _read(self) -> None:
        while not self._end.is_set():
            with suppress(TimeoutError):
                frame, address = self._raw.recvfrom(65535)
                if address[2] == socket.PACKET_OUTGOING:
                    self._note(frame)

    def _note(self, frame: bytes) -> None:
        (kind,) = struct.unpack_from("!H", frame, 12)
        if kind not in (_IPV4, _IPV6):
            self.seen.add(f"frame {kind:#06x}")
            return
        start, length, protocol = (30, 4, frame[23]) if kind == _IPV4 else (38, 16, frame[20])
        target = ipaddress.ip_address(frame[start:start + length])
        ports = _FRAME + ((frame[14] & 15) * 4 if kind == _IPV4 else 40)
        port = struct.unpack_from("!H", frame, ports + 2)[0] if protocol in (_TCP, _UDP) else 0
        if port == DNS or not (target.is_loopback or str(target) in (OURS, OURS_6)):
            self.seen.add(f"{protocol} {target} {port}")


@contextmanager
def apart() -> Iterator[Capture]:
    """Puts this thread, and what it starts from now on, into a network of its own as long as the block lasts."""
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        if libc.unshare(_NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "no network of its own can be made")
        for line in LINES:
            subprocess.run(["ip", *line.split()], check=True)
        capture = Capture()
        try:
            yield capture
        finally:
            capture.close()
    finally:
        if libc.setns(before, _NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "there is no way back to the machine's network")
        os.close(before)
