"""What the benchmark says: forty of the examples in data/nlu, five a language, long and short, neat and misspelt.

They are copied here, so that figures stay comparable while the examples change.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, ...]] = {
    "en": (
        "I am a landlord in Danbury. When police come to the building for a dispute, do they check the tenants' legal status?",
        "ice at my work what to do",
        "Do they come after folks who only overstayed, or just the ones with deportation orders?",
        "police racist to me norwalk complaint form",
        "i wana no if the poliec in norwak can ask me for my vissa",
    ),
    "es": (
        "Soy maestra y una mamá me pregunta si la policía del pueblo checa el estatus de los papás, ¿qué le digo?",
        "¿Un notario puede llevar mi caso de inmigración?",
        "telefono consulado mexico",
        "yo q no debo nada i pago mis tases me pueden yebar igual q a un ladron??",
        "si ablo a la polisia x un robo me ban a preguntar si soy hilegal",
    ),
    "pt": (
        "Minha mãe está sem visto e vai buscar o carro guinchado na polícia. Vão pedir os papéis dela?",
        "O ICE é a mesma coisa que a polícia da cidade?",
        "filmei a migra levano o rapaz isso da cadeia?",
        "Preciso de um advogado de imigração gratuito.",
        "vc sabe se os cops checam status",
    ),
    "fr": (
        "Je dois aller au commissariat chercher un rapport d'accident, vont-ils me demander si j'ai un titre de séjour ?",
        "Existe-t-il une loi contre les masques des agents dans le Connecticut ?",
        "maison voiture si expulsé ?",
        "ki son les gens ke ice cherche,les bandi ou tt le monde",
        "Le localisateur ne trouve pas le nom de ma sœur, que faire ?",
    ),
    "ht": (
        "Lè polis rete yon moun paske limyè machin li kase, èske yo tcheke si l legal nan peyi a?",
        "Èske li legal pou m pran foto plak machin ajan yo?",
        "rele polis san papye yo mande anyen",
        "They had face masks epi pa gen okenn badj, èske sa legal?",
        "mw wè kiles ki vole kamyon boslan men mw pa gen papye,eske mw ka pale san yo pa mandem anyen",
    ),
    "zh": (
        "上个月在Danbury餐馆后门有人打架，警察来了让我们厨房的都写名字，我没身份，没敢写，怕他们接着问我是怎么来的。",
        "他们要进屋 怎么说",
        "我没钱hire lawyer，legal aid收undocumented吗",
        "差佬會唔會問我有冇身份",
        "女兒申請我的親屬移民，我曾經逾期六年，會不會有十年不能入境的問題？",
    ),
    "ar": (
        "هل يتحقق الشرطي من وضعي القانوني عندما يكتب لي مخالفة سير؟",
        "bolees by2sal 3an el e2ama?",
        "هل يوقفون الناس بسبب الحجاب أو شكلهم العربي؟",
        "ابني طلع إله براءة من القاضي، بس ما تركوه وقالوا في ورقة حجز من الهجرة ولازم يستنوا.",
        "law samahto ra2am markaz el la2e2in fe New Haven w el 3enwan",
    ),
    "pl": (
        "Czy mogę odmówić podpisu, jeśli nie rozumiem dokumentu po angielsku?",
        "Mój landlord mówi że cops zaraz call immigration jak zobaczą polski paszport.",
        "szew muwi jakprzyjdom imigracyjni nabudowe touciekac czyto dobze",
        "Chciałabym anonimowo powiadomić policję, że na klatce handlują narkotykami. Nie mam wizy.",
        "policja stamford pyta o zielona karte?",
    ),
}
A_CONVERSATION = 5


def conversations(messages: int, first: int = 0) -> list[list[str]]:
    """Returns conversations of five messages, each in one language, the languages by turns; `first` shifts the turns."""
    languages = list(MESSAGES)
    count = messages // A_CONVERSATION
    return [list(MESSAGES[languages[(first + number) % len(languages)]]) for number in range(count)]


def one_conversation(messages: int) -> list[str]:
    """Returns one long conversation that goes through all languages again and again, changing with every message."""
    by_turns = [text for texts in zip(*MESSAGES.values()) for text in texts]
    return [by_turns[number % len(by_turns)] for number in range(messages)]
