"""What a reader sees of a page, in any encoding the web still has."""

from __future__ import annotations

import time

import pytest

from bot.sources.visible import decoded, visible


@pytest.mark.parametrize("html, seen", [
    pytest.param("<p>We don’t</p><p>ask.</p>", "We don’t ask.", id="paragraphs part words"),
    pytest.param("im<b>migr</b>ants <a href=x>here</a>.", "immigrants here.", id="bold does not"),
    pytest.param("a<script>var x = '<p>b</p>'</script><style>p{}</style><noscript>c</noscript>d", "a d", id="scripts and styles"),
    pytest.param("<nav><ul><li>Home</ul></nav><main>Words</main>", "Words", id="menu"),
    pytest.param("<nav><svg><title>x</nav>Words", "Words", id="left open within the menu"),
    pytest.param("</nav></p>Words", "Words", id="closed without opening"),
    pytest.param("AT&amp;T &ldquo;papye&rdquo; &#39;", "AT&T “papye” '", id="entities"),
    pytest.param("<!-- hidden -->Words<br>here", "Words here", id="comment and line break"),
    pytest.param("<title>The order</title><p>Words", "The order Words", id="title"),
    pytest.param("لا <b>نسأل</b>\n عن", "لا نسأل عن", id="arabic"),
    pytest.param("a < b and <", "a < b and <", id="loose signs"),
])
def test_words_of_a_page(html: str, seen: str) -> None:
    """Words come in order with single spaces, without what is not seen."""
    assert visible(html.encode()) == seen


def test_plain_text_is_not_read_as_html() -> None:
    """A page of plain text keeps its signs."""
    assert visible(b"a <b> c\n d", plain=True) == "a <b> c d"


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<a b='", "&", "</", "<!x", "<?", "<script>", "<svg><nav>", "x="])
def test_no_page_takes_long(piece: str) -> None:
    """Whatever a page repeats, reading it ends within seconds, and words before it are read."""
    begun = time.process_time()
    assert visible(("<p>Words first.</p>" + piece * (2_000_000 // len(piece))).encode()).startswith("Words first.")
    assert time.process_time() - begun < 20


def test_long_pages_are_read_to_the_end() -> None:
    """A page longer than a piece of reading loses nothing at the seams."""
    html = "".join(f"<p class='a b'>we <b>don</b>’t ask {n} &amp;</p>" for n in range(20_000))
    assert visible(html.encode()) == " ".join(f"we don’t ask {n} &" for n in range(20_000))


@pytest.mark.parametrize("raw, declared, text", [
    pytest.param("papye’w".encode(), "", "papye’w", id="nothing said, utf-8"),
    pytest.param("don’t".encode("cp1252"), "", "don’t", id="nothing said, windows-1252"),
    pytest.param("don’t".encode("cp1252"), "ISO-8859-1", "don’t", id="latin-1 is windows-1252 on the web"),
    pytest.param("أوراق".encode("cp1256"), "windows-1256", "أوراق", id="arabic by the header"),
    pytest.param('<meta charset="gb2312">身份'.encode("gb2312"), "", '<meta charset="gb2312">身份', id="chinese by the page"),
    pytest.param("papiery ż".encode("iso-8859-2"), "iso-8859-2", "papiery ż", id="polish"),
    pytest.param("a’b".encode() + b"\xff", "utf-8", "a’b\ufffd", id="one broken byte spoils no other"),
    pytest.param(b"abc", "zip", "abc", id="no encoding of text"),
    pytest.param(b"abc", "no-such", "abc", id="unknown"),
    pytest.param(b"\xef\xbb\xbfabc", "utf-8", "abc", id="byte order mark"),
])
def test_encodings(raw: bytes, declared: str, text: str) -> None:
    """A page is read in the encoding that it names, and readably where it names none or a wrong one."""
    assert decoded(raw, declared) == text
