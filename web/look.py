"""How the chat looks and what it says: the owner's settings in, one Look for each language out."""

import json
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from web.options import Colours, contrast
from web.settings import Settings, SettingsError

STRINGS = Path(__file__).parent / "static" / "chat" / "strings"
ACCENT = "#1f5fbf"
PAPER, INK = "#ffffff", "#15181c"
READABLE = 4.5  # WCAG 2.2, contrast of text
HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Look:
    """The chat in one language. `css` sets the owner's colours as custom properties; `strings` are all of the interface."""

    lang: str
    name: str
    greeting: str
    logo: str
    starters: tuple[str, ...]
    comments: bool  # whether a vote may come with a word on why
    css: str
    strings: dict[str, str]

    def say(self, name: str, **parts: object) -> str:
        """The string with its holes filled. Raises KeyError where there is none."""
        return HOLE.sub(lambda hole: str(parts.get(hole[1], hole[0])), self.strings[name])

    @property
    def direction(self) -> str:
        return self.strings["dir"]


def looks(settings: Settings) -> dict[str, Look]:
    """By primary language ("pt" for "pt-BR"), the default first. Raises SettingsError where the owner's strings do not fit."""
    css = style(settings.colours)
    found: dict[str, Look] = {}
    for tag in settings.languages:
        lang = _primary(tag)
        if lang in found:
            raise SettingsError("languages", tag, f"is the same language as {found[lang].lang}; name one of them")
        found[lang] = Look(
            lang=tag,
            name=settings.name,
            greeting=settings.greeting,
            logo=settings.logo,
            starters=settings.starters,
            comments=settings.log_questions,
            css=css,
            strings=_strings(lang, settings.strings.get(tag) or settings.strings.get(lang) or {}),
        )
    unused = [tag for tag in settings.strings if _primary(tag) not in found]
    if unused:
        raise SettingsError(f"strings.{unused[0]}", "setting", "the language is not among `languages`")
    return found


def _primary(tag: str) -> str:
    return tag.lower().partition("-")[0]


def nearest(found: dict[str, Look], wanted: str) -> Look:
    """The look for a language tag, else the default one."""
    return found.get(_primary(wanted)) or next(iter(found.values()))


def style(colours: Colours) -> str:
    """The owner's colours, each completed by one that can be read on it; a colour of the surface fixes light or dark."""
    accent = colours.accent or ACCENT
    chosen = {"accent": accent, "accent-text": colours.accent_text or _readable_on(accent)}
    scheme = ""
    if colours.background or colours.text:
        background = colours.background or _readable_on(colours.text)
        chosen |= {"background": background, "text": colours.text or _readable_on(background)}
        scheme = f".faq{{color-scheme:{'light' if _is_light(background) else 'dark'}}}"
    rules = "".join(f"--owner-{name}:{colour};" for name, colour in chosen.items())
    return f":root,:host{{{rules}}}{scheme}"


def _is_light(colour: str) -> bool:
    return contrast(colour, INK) > contrast(colour, PAPER)


def _readable_on(colour: str) -> str:
    """White wherever it can be read, as most brands have it."""
    return PAPER if contrast(PAPER, colour) >= READABLE else INK


def _strings(lang: str, own: dict[str, str]) -> dict[str, str]:
    shipped = _shipped(lang)
    known = shipped or _shipped("en")
    for key, words in own.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise _refusal(lang, key, f"no such string{f'; did you mean {near[0]}?' if near else ''}")
        unknown = sorted(set(HOLE.findall(words)) - set(HOLE.findall(known[key])))
        if unknown:
            raise _refusal(lang, key, f"{{{unknown[0]}}} is not filled here")
    missing = [key for key in known if key not in {**shipped, **own}]
    if missing:
        raise _refusal(lang, missing[0], "this language is not shipped: every string has to be given")
    return {**shipped, **own}


def _refusal(lang: str, key: str, problem: str) -> SettingsError:
    return SettingsError(f"strings.{lang}.{key}", "setting", problem)


def _shipped(lang: str) -> dict[str, str]:
    """Empty where the language is not among ours."""
    file = STRINGS / f"{lang}.json"
    if not file.is_file():
        return {}
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
