"""The chat page in a real browser, on a phone's screen and on a desktop, with and without a script."""

from __future__ import annotations

import io
import time
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from bot.core.content import Content
from tests.running import Service

pytestmark = [pytest.mark.browser, pytest.mark.rasa]
QUESTIONS = {
    "en": "Will police ask my status?",
    "es": "¿La policía me va a preguntar por mi estatus?",
    "pt": "A polícia vai perguntar sobre o meu status?",
    "fr": "Est-ce que la police va me demander mon statut ?",
    "ht": "Èske lapolis ap mande m estati imigrasyon mwen?",
    "zh": "警察会问我的身份吗？",
    "ar": "هل ستسألني الشرطة عن وضع إقامتي؟",
    "pl": "Czy policja zapyta o mój status?",
}


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("script", ["with a script", "without"])
@pytest.mark.parametrize("language", QUESTIONS)
def test_asking_in_every_language(language: str, script: str, screen: str, open_page: Any, service: Service, content: Content) -> None:
    """A stranger opens the page, types a question and gets the answer, whatever the language, the screen and the browser can."""
    page = open_page(screen=screen, script=script == "with a script")
    page.goto(f"{service.url}/{language}/")
    page.fill("#message", QUESTIONS[language])
    page.click(".send")
    article = page.locator("article.exchange")
    step = content.say(language, "police_ask_status", content.topics["police_ask_status"].steps[1]).text
    expect(article).to_contain_text(step)
    expect(article).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("script", ["with a script", "without"])
def test_changing_the_language_says_the_last_answer_again(script: str, open_page: Any, service: Service, content: Content) -> None:
    """In the middle of a conversation the whole page turns to the other language, with the last answer in it."""
    page = open_page(script=script == "with a script")
    page.goto(f"{service.url}/en/")
    page.click("button[value=ice_at_door]")
    expect(page.locator("article .first")).to_contain_text("Keep the door shut")
    page.click(".tongues button[lang=ar]")
    first = content.say("ar", "ice_at_door", content.topics["ice_at_door"].first or "").text
    expect(page.locator("html[lang=ar] article .first")).to_contain_text(first)
    page.fill("#message", "MENU")
    page.click(".send")
    expect(page.locator("article").last).to_have_attribute("lang", "ar")


def test_a_link_brings_its_town(page: Page, service: Service) -> None:
    """The link on a flyer has the town in it; the answer is for that town."""
    page.goto(f"{service.url}/en/?town=norwalk")
    page.click("button[value=police_ask_status]")
    expect(page.locator("article")).to_contain_text("city of Norwalk")


def test_did_this_help(page: Page, service: Service) -> None:
    """One tap, thanks, and nothing but the count in the log."""
    page.goto(f"{service.url}/en/")
    page.click("button[value=trust_act]") if page.locator("button[value=trust_act]").count() else page.click("button[value=need_lawyer]")
    page.click(".helped button[value=yes]")
    expect(page.locator("p.helped")).to_be_visible()
    deadline = time.monotonic() + 5  # the line comes through the pipe of the process that starts the others
    while '"event": "helped"' not in service.log.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert '"event": "helped"' in service.log.read_text()


def test_a_passage_is_one_tap_away(page: Page, service: Service) -> None:
    """From the quotation to its place on the source's page, and back to the same conversation."""
    page.goto(f"{service.url}/en/")
    page.fill("#message", "Is ICE the local police in Westport?")
    page.click(".send")
    page.locator("figcaption a").first.click()
    expect(page.locator("h2").first).to_have_text("What has changed since then")
    page.click(".more a[href='/en/']")
    expect(page.locator("article.exchange")).to_contain_text("Westport")


def test_markup_is_shown_as_text(page: Page, service: Service) -> None:
    """What somebody types is never run."""
    page.goto(f"{service.url}/en/")
    page.fill("#message", "<img src=x onerror=alert(1)><script>document.title='bad'</script>")
    page.click(".send")
    expect(page.locator(".asked")).to_contain_text("<img src=x")
    assert page.title() == "Questions and answers"


def test_sending_twice_is_two_answers_and_no_error(page: Page, service: Service) -> None:
    """A double tap on a slow phone does no harm."""
    page.goto(f"{service.url}/en/")
    page.fill("#message", "menu")
    page.locator(".send").dblclick()
    expect(page.locator("article").first).to_be_visible()
    expect(page.locator(".problem")).to_have_count(0)


def test_printing_is_one_page_with_day_and_code(page: Page, service: Service) -> None:
    """An answer on paper: one page, the day, the code; no buttons."""
    page.goto(f"{service.url}/en/topics/ice_at_door")
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_be_visible()
    expect(page.locator(".paper")).to_contain_text("22 November 2026")
    expect(page.locator(".bar")).to_be_hidden()
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages) == 1


def test_the_keyboard_is_enough(page: Page, service: Service) -> None:
    """Tab leads past the way out and the languages to the questions; Enter asks; the focus can be seen."""
    page.goto(f"{service.url}/en/")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.value || document.activeElement.id"))
        if reached[-1] == "police_ask_status":
            break
    assert reached[:2] == ["skip", "exit"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(1)


def test_reading_aloud_is_offered_only_with_a_voice(page: Page, service: Service) -> None:
    """Without a voice for the language there is no button; with one there is."""
    page.goto(f"{service.url}/en/topics/trust_act")
    expect(page.locator(".print")).to_be_visible()
    expect(page.locator(".aloud")).to_be_hidden()
    page.add_init_script("speechSynthesis.getVoices = () => [{ lang: 'en-US', localService: false }];")
    page.goto(f"{service.url}/en/topics/trust_act")
    expect(page.locator(".aloud")).to_be_hidden()  # a voice from elsewhere would send the words there
    page.add_init_script("speechSynthesis.getVoices = () => [{ lang: 'en-US', localService: true }];")
    page.goto(f"{service.url}/en/topics/trust_act")
    expect(page.locator(".aloud")).to_be_visible()


def test_asking_keeps_the_conversation(page: Page, service: Service) -> None:
    """A question and its follow-up are answered below each other, the town kept."""
    page.goto(f"{service.url}/en/")
    page.fill("#message", "Will police in Westport ask my status?")
    page.click(".send")
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("blockquote").first).to_contain_text("We treat everyone equally")
    page.fill("#message", "and in Norwalk?")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("article").last).to_contain_text("Norwalk")
    expect(page.locator("#town")).to_have_value("norwalk")


def test_asking_without_a_script(plain_page: Page, service: Service) -> None:
    """Without JavaScript the form is posted, and the conversation goes on in the page that comes back."""
    plain_page.goto(f"{service.url}/es/")
    plain_page.click("button[value=ice_at_door]")
    expect(plain_page.locator(".first")).to_contain_text("puerta")
    plain_page.fill("#message", "¿y quién dijo eso?")
    plain_page.click(".send")
    expect(plain_page.locator("article")).to_contain_text("to be secure in their persons")


def test_right_to_left(page: Page, service: Service) -> None:
    """Arabic runs from right to left; phone numbers and English quotations keep their direction."""
    page.goto(f"{service.url}/ar/")
    page.click("button[value=family_detained]")
    expect(page.locator("article")).to_have_attribute("dir", "rtl")
    number = page.locator("a.call bdi").first
    assert number.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_nothing_scrolls_sideways(page: Page, service: Service) -> None:
    """On a narrow phone no answer is wider than the screen, in any script."""
    for width in (360, 320, 180):  # 180 is a phone of 360 at 200 % zoom
        page.set_viewport_size({"width": width, "height": 740})
        for language in ("en", "ht", "zh", "ar", "pl"):
            for path in ("", "card", "share", "topics/ice_at_door", "privacy", "sources/westport-2019"):
                page.goto(f"{service.url}/{language}/{path}")
                if not path:
                    page.click("button[value=police_ask_status]")
                    expect(page.locator("article")).to_have_count(1)
                assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, language, path)


def test_nothing_is_kept_in_the_browser(page: Page, service: Service) -> None:
    """No cookie, no storage, nothing in the address, and no request to another host."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{service.url}/en/")
    page.fill("#message", "is ICE the local police")
    page.click(".send")
    expect(page.locator("article")).to_have_count(1)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.url == f"{service.url}/en/"
    assert hosts == {service.url.split("/")[2]}


def test_targets_are_large_enough(page: Page, service: Service) -> None:
    """Every button is at least 24 pixels high and wide."""
    page.goto(f"{service.url}/pt/")
    page.click("button[value=need_lawyer]")
    expect(page.locator("article")).to_have_count(1)
    sizes = page.locator("button:visible").evaluate_all("all => all.map(e => Math.min(e.offsetWidth, e.offsetHeight))")
    assert min(sizes) >= 24
