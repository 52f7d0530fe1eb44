"""Templates: every language has all of them, and an unknown one falls back."""

import pytest

from bot.assistant import shipped
from bot.phrases import Phrases


def test_a_regional_tag_falls_back_on_its_language_and_then_on_english() -> None:
    phrases = shipped().phrases
    assert phrases.say("goodbye", "de-AT") == phrases.say("goodbye", "de") == "Auf Wiedersehen!"
    assert phrases.say("goodbye", "tlh") == "Goodbye!"


def test_the_unknown_words_are_named_in_every_language() -> None:
    phrases = shipped().phrases
    assert all("zebra" in phrases.say("no_answer_unknown", lang, words="zebra") for lang in phrases.languages)


def test_a_language_that_lacks_a_template_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'fr'.*bye"):
        Phrases({"en": {"bye": "Bye", "hi": "Hi"}, "fr": {"hi": "Salut"}})
