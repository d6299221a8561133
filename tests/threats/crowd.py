"""A thousand people who leave as many traces as they can: words, names, numbers, addresses that occur nowhere else, new ones each run."""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import requests

from bot.simulator import PATH, Phone
from tests.running import Service

PEOPLE = 1000
AT_ONCE = 6
SCRIPTS = {
    "Latin": "abcdefghijklmnopqrstuvwxyz",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Chinese": "山水火木金土日月星云雨雪风雷电花草树石田",
}
# What people ask, by language; {} is where the traces stand.
QUESTIONS = {
    "en": "Will police in Norwalk ask my status? My name is {}", "es": "Soy {}. ¿La policía me va a preguntar por mis papeles?",
    "pt": "Meu nome é {}, a polícia vai pedir meus documentos?", "fr": "Je m'appelle {}. La police va demander mes papiers ?",
    "ht": "Mwen rele {}, èske lapolis ap mande m papye?", "zh": "我叫{}，警察会问我的身份吗？",
    "ar": "اسمي {}، هل ستسألني الشرطة عن أوراقي؟", "pl": "Nazywam się {}. Czy policja zapyta o mój status?",
}


class Crowd:
    """The people and the marks that they leave; the marks are made anew each time, so that no source file holds them."""

    def __init__(self) -> None:
        chance = random.SystemRandom()
        self.words = {name: "".join(chance.choices(letters, k=12)) for name, letters in SCRIPTS.items()}
        self.exchange, self.network = chance.randint(210, 989), f"198.18.{chance.randint(10, 240)}"
        self.failed: list[str] = []
        self._service: Service | None = None
        self._lock = threading.Lock()

    def traces(self, number: int) -> str:
        """Returns what the person of a number says of himself."""
        name = {"zh": "Chinese", "ar": "Arabic"}.get(self.language(number), "Latin")
        return f"{self.words[name]} 203-{self.exchange}-{number:04d} {self.network}.{number % 250}"

    def phone(self, number: int) -> str:
        return f"+1203{self.exchange}{number:04d}"

    @staticmethod
    def language(number: int) -> str:
        return list(QUESTIONS)[number % len(QUESTIONS)]

    def marks(self) -> re.Pattern[bytes]:
        """Returns what finds any trace in bytes, however it was written down."""
        texts = [*self.words.values(), f"{self.network}."]
        forms = {form for text in texts for form in written_forms(text)}
        phones = rb"(?<![0-9a-f])(?:1?203%d\d{4}|203-%d-\d{4})(?![0-9a-f])" % (self.exchange, self.exchange)
        return re.compile(b"|".join([*map(re.escape, sorted(forms)), phones]), re.IGNORECASE)

    def come(self, service: Service) -> None:
        """All of them ask, some at once, by each channel; `failed` tells who got no answer."""
        self._service = service
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number, error in enumerate(pool.map(self._ask, range(PEOPLE))):
                if error:
                    self.failed.append(f"{number}: {error}")

    def _ask(self, number: int) -> str:
        assert self._service
        text = QUESTIONS[self.language(number)].format(self.traces(number))
        ask = (self._by_api, self._by_page, self._by_phone)[number % 3]
        try:
            return ask(number, text, self._service)
        except (requests.RequestException, KeyError, ValueError) as error:
            return type(error).__name__

    def _by_api(self, number: int, text: str, service: Service) -> str:
        url = f"{service.url}/api/messages"
        first = requests.post(url, json={"message": text}, headers=self._headers(number), timeout=30).json()
        if number % 5 == 0:
            more = {"message": "FORGET", "conversation": first["conversation"]}
            requests.post(url, json=more, headers=self._headers(number), timeout=30)
        return "" if first["reply"]["text"] else "no text"

    def _by_page(self, number: int, text: str, service: Service) -> str:
        address = f"{service.url}/{self.language(number)}/"
        page = requests.post(address, data={"message": text}, headers=self._headers(number), timeout=30)
        return "" if page.status_code == 200 else str(page.status_code)

    def _by_phone(self, number: int, text: str, service: Service) -> str:
        phone = Phone(service.settings, f"{'whatsapp:' if number % 2 else ''}{self.phone(number)}")
        form = phone.form(text, FromCity=self.words["Latin"], ProfileName=self.words["Latin"])
        headers = {**self._headers(number), "X-Twilio-Signature": phone.signature(form)}
        answer = requests.post(service.url + PATH, data=form, headers=headers, timeout=30)
        return "" if "<Message>" in answer.text else str(answer.status_code)

    def _headers(self, number: int) -> dict[str, str]:
        address, word = f"{self.network}.{number % 250}", self.words["Latin"]
        return {"User-Agent": f"{word}/{number}", "X-Forwarded-For": address, "X-Real-IP": address, "Forwarded": f"for={address}",
                "Referer": f"http://{word}.example/", "Cookie": f"{word}={number}", "Accept-Language": f"{self.language(number)}, {word}"}


def written_forms(text: str) -> Sequence[bytes]:
    """Returns a text as programs write it: plainly, in two octets a character, escaped for JSON, for an address, for Python."""
    return (text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode(), quote(text).encode(), ascii(text)[1:-1].encode())
