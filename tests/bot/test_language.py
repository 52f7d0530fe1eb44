"""The language of a text is guessed where it is clear, and only there."""

import pytest

from bot.checks import foreign_documents
from bot.language import guess
from knowledge.documents import Document


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("How much does a day ticket cost?", "en"),
        ("can i bring my dog with me", "en"),
        ("Wie viel kostet eine Tageskarte?", "de"),
        ("Kann ich das Buch zurückgeben?", "de"),
        ("Combien coûte un abonnement pour les enfants ?", "fr"),
        ("¿Cuánto cuesta la entrada?", "es"),
        ("Quanto costa un abbonamento annuale?", "it"),
        ("Hoeveel kost een dagkaart voor een kind?", "nl"),
        ("Ile kosztuje bilet i czy można zabrać psa?", "pl"),
        ("Сколько стоит билет?", "ru"),
        ("Скільки це коштує?", "uk"),
        ("一日券はいくらですか", "ja"),
        ("门票多少钱", "zh"),
        ("كم سعر التذكرة؟", "ar"),
    ],
)
def test_a_clear_language_is_named(text: str, lang: str) -> None:
    assert guess(text) == lang


@pytest.mark.parametrize("text", ["", "?!", "42", "refund", "Day Pass price", "la vie en rose", "asdf qwer zxcv"])
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    assert guess(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I lost my café card à la carte",
        "Do you accept Deutsche Bank cards?",
        "Was it open?",
        "what is the de facto rule in Paris",
    ],
)
def test_foreign_words_do_not_make_english_foreign(text: str) -> None:
    assert guess(text) in {"en", None}


def test_a_document_in_another_language_than_the_others_is_flagged() -> None:
    english = Document("a.txt", "You can bring your dog if it is on a lead.", "A")
    german = Document("b.txt", "Sie können Ihren Hund mitbringen, wenn er an der Leine ist.", "B")
    (foreign,) = foreign_documents([(english, ()), (german, ())])
    assert (foreign.document, foreign.lang, foreign.site) == ("b.txt", "de", "en")
