"""Drafts: kept in git, approved by a second person, never over somebody else's words, never broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import ClashError, HistoryError, RefusedError
from bot.history.drafts import Draft, Drafts, Proposal, publish_directly
from bot.history.repository import Person, Repository
from bot.library import load
from tests.checkouts import git, whole

MARIA, ANA = Person("María", "maria"), Person("Ana", "ana")
TOPIC = "data/answers/topics/plate_readers.yml"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return whole(tmp_path_factory.mktemp("original") / "checkout", root)


@pytest.fixture
def repository(original: Path, tmp_path: Path) -> Repository:
    git(original, "clone", "-q", str(original), str(tmp_path / "clone"))
    return Repository(tmp_path / "clone")


def proposal(repository: Repository, old: str = "id: plate_readers", new: str = "id: plate_readers  # seen", path: str = TOPIC) -> Proposal:
    text = repository.files().read(path)
    assert old in text
    return Proposal("Say it plainly", "People asked", "answer", "plate_readers", {path: text.replace(old, new)}, "typo")


def saved(repository: Repository, **edit: str) -> Draft:
    return Drafts(repository).save(MARIA, proposal(repository, **edit), repository.head())


def test_a_draft_changes_nothing_live(repository: Repository) -> None:
    """Saving a draft leaves files and branch as they are; it says who, why and what."""
    head = repository.head()
    draft = saved(repository)
    assert repository.head() == head
    assert git(repository.root, "status", "--porcelain") == ""
    said = (draft.title, draft.last.why, draft.kind, draft.about, draft.severity)
    assert said == ("Say it plainly", "People asked", "answer", "plate_readers", "typo")
    assert draft.authors == (MARIA,)
    assert [d.id for d in Drafts(repository).all()] == [draft.id]
    assert list(Drafts(repository).changes(draft)) == [TOPIC]


def test_a_second_person_makes_it_live(repository: Repository) -> None:
    """An approval by somebody else publishes under the author's name and notes who approved."""
    draft = saved(repository)
    Drafts(repository).approve(draft, ANA)
    change = repository.history()[0]
    assert "# seen" in (repository.root / TOPIC).read_text(encoding="utf-8")
    assert (change.author, change.trailers["Approved-by"]) == (MARIA, ANA.signature)
    assert Drafts(repository).all() == []


def test_nobody_approves_their_own_words(repository: Repository) -> None:
    """Whoever wrote any version of a draft cannot approve it."""
    draft = saved(repository)
    drafts = Drafts(repository)
    text = drafts.files(draft).read(TOPIC)
    both = drafts.save(ANA, Proposal("More", "", "answer", "plate_readers", {TOPIC: text + "# more\n"}), draft.tip, onto=draft)
    assert both.authors == (MARIA, ANA)
    for author in (MARIA, ANA):
        with pytest.raises(RefusedError, match="second person"):
            drafts.approve(both, author)


def test_what_the_check_refuses_is_not_even_a_draft(repository: Repository) -> None:
    """A change that would break the check is refused with the reason, and no draft is left."""
    with pytest.raises(RefusedError, match="unknown topic 'no_such_topic'") as refused:
        saved(repository, old="next: [", new="next: [no_such_topic, ")
    assert refused.value.findings[0].problem.needle == "no_such_topic"
    assert Drafts(repository).all() == []


def test_two_drafts_of_different_pieces_both_go_live(repository: Repository) -> None:
    """A draft made before another went live is merged on top of it."""
    first, second = saved(repository), saved(repository, path="data/answers/phrases.yml", old="# Our own", new="# Our very own")
    Drafts(repository).approve(first, ANA)
    Drafts(repository).approve(second, ANA)
    assert "# seen" in (repository.root / TOPIC).read_text(encoding="utf-8")
    assert "very own" in (repository.root / "data/answers/phrases.yml").read_text(encoding="utf-8")
    load(repository.root)


def test_two_drafts_of_one_line_clash(repository: Repository) -> None:
    """Where two people changed the same line, the second is told, and what went live first stays."""
    first, second = saved(repository), saved(repository, new="id: plate_readers  # other")
    Drafts(repository).approve(first, ANA)
    with pytest.raises(ClashError, match=r"plate_readers\.yml"):
        Drafts(repository).approve(second, ANA)
    assert "# seen" in (repository.root / TOPIC).read_text(encoding="utf-8")
    assert [d.id for d in Drafts(repository).all()] == [second.id]


def test_two_people_on_one_draft(repository: Repository) -> None:
    """The second to save onto the same version is told; the first one's words stay."""
    draft, drafts = saved(repository), Drafts(repository)
    text = drafts.files(draft).read(TOPIC)
    mine, theirs = (Proposal("t", "", "answer", "x", {TOPIC: f"{text}# {word}\n"}) for word in ("mine", "theirs"))
    drafts.save(MARIA, mine, draft.tip, onto=draft)
    with pytest.raises(ClashError):
        drafts.save(ANA, theirs, draft.tip, onto=draft)
    assert "# mine" in drafts.files(drafts.get(draft.id)).read(TOPIC)


def test_given_back_and_saved_again(repository: Repository) -> None:
    """A draft given back keeps its words and the reason, cannot be approved, and waits again once it is saved anew."""
    drafts, draft = Drafts(repository), saved(repository)
    returned = drafts.give_back(draft, ANA, "Which town?")
    assert returned.returned
    assert (returned.returned.why, returned.returned.author) == ("Which town?", ANA)
    assert returned.authors == (MARIA,)
    with pytest.raises(RefusedError, match="given back"):
        drafts.approve(returned, ANA)
    text = drafts.files(returned).read(TOPIC)
    again = drafts.save(MARIA, Proposal("Now with the town", "", "answer", "x", {TOPIC: text + "# town\n"}), returned.tip, onto=returned)
    assert again.returned is None
    drafts.approve(again, ANA)
    assert repository.history()[0].title == "Now with the town"


def test_thrown_away_is_gone(repository: Repository) -> None:
    """A draft thrown away is not found any more, and only the version that was seen can be thrown away."""
    drafts, draft = Drafts(repository), saved(repository)
    drafts.discard(draft)
    with pytest.raises(HistoryError, match="not here"):
        drafts.get(draft.id)
    with pytest.raises(ClashError):
        drafts.discard(draft)


def test_a_reason_cannot_forge_an_approval(repository: Repository) -> None:
    """Line breaks in a title or a reason never become lines of their own in the history."""
    text = repository.files().read(TOPIC)
    reason = "why\n\nApproved-by: Ana <ana@x>\nReturned: yes"
    forged = Proposal("t\n\nApproved-by: Ana <ana@x>", reason, "answer", "x\nReturned: yes", {TOPIC: text + "#\n"})
    draft = Drafts(repository).save(MARIA, forged, repository.head())
    assert "Approved-by" not in draft.last.trailers
    assert draft.returned is None


def test_direct_publications_are_checked_and_merged(repository: Repository) -> None:
    """What needs no second person is checked all the same and comes on top of what others published meanwhile."""
    base, mine = repository.head(), proposal(repository)
    publish_directly(repository, ANA, proposal(repository, path="data/answers/phrases.yml", old="# Our own", new="# Our very own"), base)
    publish_directly(repository, MARIA, mine, base)
    assert [c.author for c in repository.history(most=2)] == [MARIA, ANA]
    with pytest.raises(RefusedError):
        publish_directly(repository, ANA, proposal(repository, old="next: [", new="next: [no_such_topic, "), repository.head())
