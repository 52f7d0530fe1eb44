"""The owner's name, words and colours: what is shown, and what is refused with the key named."""

import json
import re
import threading
from pathlib import Path

import pytest

from web import create_app
from web.look import STRINGS, looks, nearest, style
from web.options import Colours, contrast
from web.settings import Settings, SettingsError

SHIPPED = sorted(path.stem for path in STRINGS.glob("*.json"))
HOLES = re.compile(r"\{\w+\}")


def read(lang: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((STRINGS / f"{lang}.json").read_text(encoding="utf-8"))
    return found


def test_five_languages_are_shipped() -> None:
    assert SHIPPED == ["ar", "de", "en", "es", "fr"]


@pytest.mark.parametrize("lang", SHIPPED)
def test_every_language_says_everything(lang: str) -> None:
    english, other = read("en"), read(lang)
    assert list(other) == list(english)
    assert {key: set(HOLES.findall(text)) for key, text in other.items()} == {
        key: set(HOLES.findall(text)) for key, text in english.items()
    }
    assert all(text.strip() == text and text for text in other.values())
    assert other["dir"] == ("rtl" if lang == "ar" else "ltr")


def test_every_string_is_used() -> None:
    folder = STRINGS.parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))
    unused = [key for key in read("en") if not re.search(rf"[\"'`.{{, ]{key}\b", code)]
    failures = {"offline", "unreachable", "slow", "busy", "refused", "broken"}
    assert set(unused) <= failures


def test_the_owner_s_words_win() -> None:
    found = looks(Settings(languages=("en", "de"), strings={"de": {"launch": "Frag uns!"}}))
    assert found["de"].say("launch") == "Frag uns!"
    assert found["de"].say("close") == "Schließen"
    assert found["en"].say("busy", seconds=7) == "Many questions at once. Please try again in 7 seconds."


def test_the_first_language_is_the_default() -> None:
    found = looks(Settings(languages=("de-AT", "en")))
    assert nearest(found, "fr").lang == "de-AT"
    assert nearest(found, "en-GB").lang == "en"


@pytest.mark.parametrize(
    ("settings", "key", "words"),
    [
        (Settings(strings={"en": {"lanch": "Ask"}}), "strings.en.lanch", "did you mean launch?"),
        (Settings(strings={"en": {"busy": "In {minutes} minutes."}}), "strings.en.busy", "{minutes} is not filled here"),
        (Settings(strings={"fr": {"launch": "Demandez"}}), "strings.fr", "is not among `languages`"),
        (Settings(languages=("de-AT", "de-CH")), "languages", "is the same language as de-AT"),
        (Settings(languages=("nl",), strings={"nl": {"launch": "Vraag"}}), "strings.nl.dir", "every string has to be given"),
    ],
)
def test_words_that_do_not_fit_are_refused_by_name(settings: Settings, key: str, words: str) -> None:
    with pytest.raises(SettingsError) as refused:
        looks(settings)
    assert refused.value.key == key
    assert words in refused.value.problem


def test_an_app_that_is_refused_leaves_nothing_running(published: Path) -> None:
    before = {thread.name for thread in threading.enumerate()}
    with pytest.raises(SettingsError):
        create_app(Settings(data=published, log_questions=True, strings={"en": {"lanch": "Ask"}}))
    assert {thread.name for thread in threading.enumerate()} == before


def test_a_language_of_the_owner_s_own() -> None:
    dutch = {key: f"nl {text}" for key, text in read("en").items()} | {"dir": "ltr"}
    assert looks(Settings(languages=("nl",), strings={"nl": dutch}))["nl"].say("launch") == "nl Ask a question"


@pytest.mark.parametrize(
    "colours",
    [
        Colours(),
        Colours(accent="#ffe600"),
        Colours(accent="#000"),
        Colours(background="#101418"),
        Colours(text="#fafafa"),
        Colours(background="#fffbe6", accent="#7a1fa2"),
    ],
)
def test_whatever_colours_the_owner_names_can_be_read(colours: Colours) -> None:
    css = style(colours)
    chosen = dict(re.findall(r"--owner-([a-z-]+):(#\w+);", css))
    assert contrast(chosen["accent"], chosen["accent-text"]) >= 4.5
    if "background" in chosen:
        assert contrast(chosen["background"], chosen["text"]) >= 4.5
        assert "color-scheme" in css
