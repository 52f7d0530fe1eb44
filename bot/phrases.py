"""A template's name and a language go in, its text comes out: the only words of a reply that are not quoted."""

from collections.abc import Mapping
from dataclasses import dataclass

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """`languages` maps a language to its templates; every language has those of English."""

    languages: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        wanted = self.languages[FALLBACK].keys()
        for lang, templates in self.languages.items():
            if templates.keys() != wanted:
                raise ValueError(f"phrases for {lang!r} differ in {sorted(templates.keys() ^ wanted)}")

    def say(self, name: str, lang: str = FALLBACK, **parts: str) -> str:
        """The template in the nearest language: "pt-BR" falls back on "pt", then on English. Raises KeyError."""
        templates = self.languages.get(lang.lower()) or self.languages.get(lang.lower().partition("-")[0])
        return (templates or self.languages[FALLBACK])[name].format(**parts)
