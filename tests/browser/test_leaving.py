"""Leaving without a trace, and keeping answers on a phone only when its owner asks for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bot.core.content import Content
from tests.running import Service

pytestmark = [pytest.mark.browser, pytest.mark.rasa]
AWAY = "https://www.weather.gov/"
BEFORE = "data:text/html,<title>before</title><p>before</p>"


@pytest.fixture(autouse=True)
def _no_network(page: Page) -> None:
    """The neutral page is answered here: no test leaves this machine."""
    page.context.route(f"{AWAY}**", lambda route: route.fulfill(body="<title>Weather</title><p>sunny</p>", content_type="text/html"))


def visit_much(page: Page, service: Service) -> None:
    """A conversation, another page, another language: all of it must be gone afterwards."""
    page.goto(BEFORE)
    page.goto(f"{service.url}/en/")
    page.click("button[value=ice_at_door]")
    expect(page.locator("article")).to_have_count(1)
    page.click(".more a[href='/en/card']")
    expect(page.locator(".card")).to_be_visible()
    page.click(".more a[href='/en/share']")
    page.click(".choose button")
    page.click(".more a[href='/en/topics/']")
    page.locator(".list a").first.click()
    expect(page.locator(".answer")).to_be_visible()


def test_leaving_goes_to_a_neutral_page(page: Page, service: Service) -> None:
    """One tap, whatever was open."""
    visit_much(page, service)
    page.click(".exit")
    page.wait_for_url(AWAY)
    expect(page.locator("p")).to_have_text("sunny")


def test_back_does_not_return(page: Page, service: Service) -> None:
    """All our pages take one place in the history, and leaving takes that: Back leads to what was before us."""
    visit_much(page, service)
    page.click(".exit")
    page.wait_for_url(AWAY)
    page.go_back()
    page.wait_for_url(BEFORE)
    expect(page.locator("p")).to_have_text("before")
    page.go_forward()
    page.wait_for_url(AWAY)


def test_the_page_is_blank_at_once(page: Page, service: Service) -> None:
    """Nothing can be read while the neutral page is on its slow way."""
    page.goto(f"{service.url}/en/")
    leave = "document.querySelector('.exit').click()"
    blank = page.evaluate(f"() => {{ {leave}; return [document.body.innerText.trim(), document.title.trim()]; }}")
    assert blank == ["", ""]


def test_shift_three_times(page: Page, service: Service) -> None:
    """From anywhere, also while typing; the button counts along; two with something between are not enough."""
    page.goto(f"{service.url}/es/")
    page.focus("#message")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.locator(".dots").text_content() == " • •"
    page.keyboard.press("Shift")
    page.wait_for_url(AWAY)


def test_leaving_forgets_the_conversation(page: Page, service: Service) -> None:
    """The server is told to forget as well."""
    page.goto(f"{service.url}/en/")
    page.click("button[value=ice_at_door]")
    expect(page.locator("article")).to_have_count(1)
    with page.expect_request("**/leave") as told:
        page.click(".exit")
    assert "conversation=" in (told.value.post_data or "")


def test_without_a_script_it_is_a_link(plain_page: Page, service: Service) -> None:
    """The same button, a plain link that sends no referrer."""
    plain_page.goto(f"{service.url}/ht/")
    link = plain_page.locator(".exit")
    assert link.get_attribute("href") == AWAY
    assert "noreferrer" in (link.get_attribute("rel") or "")


@pytest.mark.parametrize("path", ["", "card", "topics/trust_act", "share", "privacy", "nothing"])
def test_the_way_out_is_always_there(path: str, page: Page, service: Service) -> None:
    """On every page, at the top, and still there after scrolling to the end."""
    page.goto(f"{service.url}/fr/{path}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box = page.locator(".exit").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 60


def kept(page: Page) -> int:
    return int(page.evaluate("async () => (await caches.keys()).length + (await navigator.serviceWorker.getRegistrations()).length"))


def keep(page: Page, service: Service, language: str) -> None:
    page.goto(f"{service.url}/{language}/")
    page.click(".keep")
    expect(page.locator(".keeping .said")).to_contain_text("2026")


def test_nothing_is_kept_unasked(page: Page, service: Service) -> None:
    """Visiting and asking leave no worker and no cache."""
    visit_much(page, service)
    assert kept(page) == 0


def test_kept_answers_are_read_without_a_network(page: Page, service: Service, content: Content) -> None:
    """Card, list, every answer with its contacts; each says that it is a copy and of which day; the chat leads to the list."""
    keep(page, service, "es")
    page.context.set_offline(True)
    day = "22 de noviembre de 2026"
    for path, words in (("card", "I wish to remain silent."), ("topics/ice_at_door", "1-800-453-3320"),
                        ("topics/family_detained", content.say("es", "family_detained", content.topics["family_detained"].short).text)):
        page.goto(f"{service.url}/es/{path}")
        expect(page.locator("body")).to_contain_text(words)
        expect(page.locator(".kept")).to_contain_text(day)
    page.goto(f"{service.url}/es/")
    expect(page.locator("h1")).to_have_text(content.say("es", "all_answers", content.phrases["all_answers"]).text)
    page.locator(".list a[href$='trust_act']").click()
    expect(page.locator(".kept")).to_contain_text(day)
    page.context.set_offline(False)
    page.goto(f"{service.url}/es/card")
    expect(page.locator(".kept")).to_be_hidden()


def test_remove_erases_it(page: Page, service: Service) -> None:
    """One tap, and no worker and no cache is left."""
    keep(page, service, "en")
    assert kept(page) > 0
    page.click(".unkeep")
    expect(page.locator(".keeping .said")).to_have_text("Removed from this phone.")
    assert kept(page) == 0


def test_leaving_erases_it(page: Page, service: Service) -> None:
    """The way out takes what was kept along."""
    keep(page, service, "en")
    page.click(".exit")
    page.wait_for_url(AWAY)
    page.goto(f"{service.url}/en/")
    assert kept(page) == 0


def test_a_copy_that_cannot_be_renewed_stays(page: Page, service: Service) -> None:
    """Tapping keep again without a network does not take away what is needed now."""
    keep(page, service, "en")
    page.context.set_offline(True)
    page.goto(f"{service.url}/en/card")
    page.click(".keep")
    expect(page.locator(".keeping .said")).to_have_text("This could not be kept on this phone.")
    page.goto(f"{service.url}/en/topics/ice_at_door")
    expect(page.locator(".kept")).to_be_visible()


def test_a_phone_without_storage_can_still_be_left(page: Page, service: Service) -> None:
    """Where the browser forbids storage, or has no voice, the way out works all the same."""
    page.add_init_script("caches.keys = () => Promise.reject(new Error('no')); delete window.speechSynthesis;")
    page.goto(f"{service.url}/en/")
    page.click(".exit")
    page.wait_for_url(AWAY)


def test_a_phone_that_cannot_keep_says_so(page: Page, service: Service) -> None:
    """Where an answer cannot be fetched, nothing half is left behind."""
    page.context.route("**/en/keep", lambda route: route.fulfill(status=500, body="x"))
    page.goto(f"{service.url}/en/")
    page.click(".keep")
    expect(page.locator(".keeping .said")).to_have_text("This could not be kept on this phone.")
    assert kept(page) == 0
