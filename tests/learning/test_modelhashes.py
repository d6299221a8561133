"""Which models may be loaded: those of the list that trainings write, or those that the operator fixed, and no others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.learning.modelhashes import LIST, ModelHashes
from bot.learning.modelreports import digest
from bot.learning.models import LIVE, PREVIOUS, ModelError
from bot.settings import read_settings
from tests.learning.test_promotion import APPROVER, Bench, bench, original
from tests.trainees import model

__all__ = ["bench", "original"]  # the fixtures
OTHER = "0" * 64


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """A model that a training made."""
    return model(tmp_path / "confianza.tar.gz", "greet")


def test_a_trained_model_may_be_loaded(trained: Path) -> None:
    """Its hash stands on the list, also after it was moved to another name."""
    hashes = ModelHashes(trained.parent)
    hashes.need(trained)
    moved = trained.rename(trained.with_name("previous.tar.gz"))
    assert hashes.knows(moved)


@pytest.mark.parametrize("spoil", [
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-1]), id="half a copy"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes() + b"\0"), id="a byte more"),
    pytest.param(lambda path: path.write_bytes(b"another"), id="another's"),
])
def test_another_file_in_its_place_may_not(trained: Path, spoil: Callable[[Path], object]) -> None:
    """Whatever else stands under its name is refused, with the hash and the two ways on."""
    spoil(trained)
    with pytest.raises(ModelError, match="make train") as error:
        ModelHashes(trained.parent).need(trained)
    assert f"confianza model accept {digest(trained)}" in str(error.value)


def test_no_model_is_no_known_model(tmp_path: Path) -> None:
    """Where there is none, the sentence says how to make one; an empty list knows nothing."""
    (tmp_path / LIST).write_text("\n\n")
    with pytest.raises(ModelError, match="there is no such model"):
        ModelHashes(tmp_path).need(tmp_path / "none.tar.gz")


def test_what_the_operator_fixed_counts_alone(trained: Path) -> None:
    """With fixed hashes the list does not count: what a training made is refused until the operator names it."""
    with pytest.raises(ModelError, match="CONFIANZA_MODEL_SHA256"):
        ModelHashes(trained.parent, frozenset({OTHER})).need(trained)
    fixed = read_settings({"CONFIANZA_SECRET_KEY": "x", "CONFIANZA_MODEL_SHA256": f"{OTHER.upper()}, {digest(trained)}"}).model_hashes
    assert fixed == {OTHER, digest(trained)} and ModelHashes(trained.parent, fixed).knows(trained)


@pytest.mark.parametrize("line", ["", "x", OTHER[:40], f"{OTHER}f", f"{OTHER}\tx", f" {OTHER}", f"# {OTHER}", OTHER.replace("0", "G")],
                         ids=lambda line: line or "empty")
def test_a_line_that_is_no_hash_counts_for_nothing(tmp_path: Path, line: str) -> None:
    """A broken line allows nothing and hides no other."""
    hashes, good = ModelHashes(tmp_path), "1" * 64
    (tmp_path / LIST).write_text(line)  # without its end, as after a crash
    hashes.add(good, "trained")
    assert hashes.listed() == {good}


@pytest.mark.parametrize("hashed", ["", "abc", OTHER + "0", "Z" * 64, f"{OTHER}\n"])
def test_what_is_no_hash_is_not_added(tmp_path: Path, hashed: str) -> None:
    """A slip of the keyboard is told and leaves no list."""
    with pytest.raises(ModelError, match="is no SHA-256"):
        ModelHashes(tmp_path).add(hashed, "accepted")
    assert not (tmp_path / LIST).exists()


def test_those_who_add_at_once_both_get_their_line(tmp_path: Path) -> None:
    """Forty additions from forty threads are forty hashes."""
    many = [f"{number:064x}" for number in range(40)]
    threads = [threading.Thread(target=ModelHashes(tmp_path).add, args=(hashed, "trained")) for hashed in many]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ModelHashes(tmp_path).listed() == set(many)


def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    """Where the list cannot be written the training fails with a sentence, and nothing goes live that would be refused later."""
    (tmp_path / LIST).mkdir()
    with pytest.raises(ModelError, match="could not be written"):
        ModelHashes(tmp_path).add(OTHER, "trained")


def test_an_unknown_candidate_does_not_go_live(bench: Bench) -> None:
    """A candidate that nobody here trained stays one, though its report praises it: a refused live model would end the service."""
    training = bench.trained()
    (bench.models.folder / LIST).unlink()
    ModelHashes(bench.models.folder).add(digest(bench.models.path(LIVE)), "trained")
    assert bench.promotion.obstacle(training, APPROVER) == "unknown"
    assert bench.promotion.go_live(training, APPROVER).live is False


def test_an_unknown_old_model_does_not_come_back(bench: Bench) -> None:
    """Nor does the previous model, where it is not known."""
    model(bench.models.path(PREVIOUS), "greet")
    assert bench.promotion.back_obstacle() == ""
    (bench.models.folder / LIST).unlink()
    assert bench.promotion.back_obstacle() == "unknown"
