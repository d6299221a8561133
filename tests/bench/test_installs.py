from __future__ import annotations

import json
import re
from pathlib import Path

import installs
import pytest
from program import BenchError


def test_every_package_of_nlpjs_is_pinned_by_hash() -> None:
    """npm takes only what the lock's hashes say, and the lock names no host to take it from."""
    packages = json.loads(installs.LOCK.read_text(encoding="utf-8"))["packages"]
    assert all(package["integrity"] for name, package in packages.items() if name)
    assert not any("resolved" in package for package in packages.values())


def test_every_python_package_is_pinned_by_hash() -> None:
    """Each line that names a package is followed by hashes, and no line names a host."""
    text = installs.REQUIREMENTS.read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.-]+==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE)) > 3
    assert "://" not in text


def test_nothing_is_installed_again_while_the_pins_stay(tmp_path: Path) -> None:
    """What was installed is used until the pins change."""
    pins = tmp_path / "pins.txt"
    pins.write_text("one", encoding="utf-8")
    assert not installs._fresh(tmp_path, pins)
    installs._mark(tmp_path, pins)
    assert installs._fresh(tmp_path, pins)
    pins.write_text("two", encoding="utf-8")
    assert not installs._fresh(tmp_path, pins)


def test_without_node_nlpjs_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without node gets a reason, not a crash."""
    monkeypatch.setattr(installs.shutil, "which", lambda _name: None)
    with pytest.raises(BenchError, match="node"):
        installs.nlpjs_worker()


def test_a_failed_install_says_no_path() -> None:
    """The reason that reaches the document names the program only."""
    with pytest.raises(BenchError) as caught:
        installs._run(["/nowhere/npm", "ci"], Path("/"))
    assert "/nowhere" not in str(caught.value) and "npm" in str(caught.value)


def test_size_on_disk(tmp_path: Path) -> None:
    """A folder's size is its files', links not followed."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(bytes(3 * 1024**2))
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "file")
    assert installs.megabytes(tmp_path) == installs.megabytes(tmp_path / "deep" / "file") == 3
