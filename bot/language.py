"""A text goes in, the language that it is written in comes out, or None where that is not clear. Conservative on purpose."""

import re
from functools import cache

from bot.retrieval.function_words import FUNCTION_WORDS
from knowledge.text import normalise

FEWEST_WORDS = 3  # a shorter text is judged by its words only where all are grammar of one language and none of English
LEAST_SHARE = 0.2  # of the words that have to be grammar of the language
LEAD = 2.0  # how many times as many as of the runner-up
LONGEST = 20_000  # characters that are looked at

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Letters that one script or a few languages use; the text has to be made of them.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_SPANISH_MARKS = re.compile(r"[¿¡]\w")
_LETTER = re.compile(r"[^\W\d_]")
_OWN_SCRIPT = 0.3  # of the letters
_HARDLY_LATIN = 0.1  # of the letters, for scripts of few letters a word


# More words of grammar than the search needs: those that tell neighbouring languages apart.
_MORE = {
    "en": "this of your not don't doesn't isn't can't you're we're it's there's after before until without between over",
    "de": "nicht kein keine mehr wurde werden sind sie wir aber doch schon immer bitte gibt kostet zwischen gegen ohne",
    "fr": "pas plus très être avoir fait faire votre cette chez sans entre jusqu aussi tout tous toute vous puis dois",
    "es": "más muy sin está están sobre también hasta desde tiene tienen usted ustedes cuesta hoy aquí gratis hacer",
    "it": "non più sono siete molto senza anche fino dopo prima ogni tutti tutto costa quanto gli della nella degli alle",
    "pt": "não mais muito sem também até desde tem têm você vocês custa posso fazer onde pelo pela são está estão",
    "nl": "niet geen meer zonder ook tot voor onze jouw kost kosten mag moeten kunnen wordt worden hoeveel waar graag",
    "pl": "nie się jest są czy jak ile dla przez przed gdzie kiedy może można ten ta to na do od z w i",
    "sv": "inte och är det som på av för med till kan hur mycket kostar jag ni vi en ett eller när var",
    "da": "ikke og er det som på af for med til kan hvor meget koster jeg vi en et eller når hvad",
    "cy": "y yr yn ac mae sut beth pryd faint ble gallaf chi ni ei eu o am ar i wedi nid oes",
    "ga": "an na agus tá níl cad conas cathain cé mhéad ar ag le do mo is ní",
    "tr": "ve bir bu için ne kadar nasıl nerede mı mi mu değil var yok ile çok daha ben siz",
}


@cache
def _grammar() -> dict[str, frozenset[str]]:
    languages = sorted({*FUNCTION_WORDS, *_MORE})
    return {lang: FUNCTION_WORDS.get(lang, frozenset()) | frozenset(map(normalise, _MORE[lang].split())) for lang in languages}


def guess(text: str) -> str | None:
    """A two-letter code. None for few words, for a mixture, for names and figures, and for a language that is not known."""
    text = text[:LONGEST]
    letters = len(_LETTER.findall(text))
    if not letters:
        return None
    for lang, script in _SCRIPTS:
        share = len(script.findall(text)) / letters
        if share >= (_HARDLY_LATIN if lang in {"ja", "uk"} else _OWN_SCRIPT):
            return lang
    if _SPANISH_MARKS.search(text):
        return "es"
    return _by_grammar([normalise(word).replace("’", "'") for word in _WORD.findall(text)])


def _by_grammar(found: list[str]) -> str | None:
    """The language whose small words are met far more often than any other's."""
    if 2 * sum(len(word) == 1 for word in found) >= len(found):
        return None  # letters are no words
    counts = sorted(((sum(word in own for word in found), lang) for lang, own in _grammar().items()), reverse=True)
    (most, best), (second, _) = counts[0], counts[1]
    if len(found) < FEWEST_WORDS:
        clear = len(found) > 1 and most == len(found) > second and not _grammar()["en"].intersection(found)
        return best if clear else None
    if most < max(2, LEAST_SHARE * len(found)) or (most < LEAD * second and most - second < FEWEST_WORDS):
        return None
    return best
