"""How one reply is to be made: what a visitor's settings, the owner's and the shipped data have in common, and no logic."""

from dataclasses import dataclass

from bot.disagreement import Disagreement
from bot.finding import Finder
from bot.phrases import Phrases
from bot.retrieval.meaning import WordVectors
from bot.weights import Weights


@dataclass(frozen=True, slots=True)
class Manner:
    """How to answer: the visitor's language, the templates, the weights, what counts as a conflict."""

    lang: str
    phrases: Phrases
    weights: Weights
    vectors: WordVectors
    finder: Finder
    disagreement: Disagreement
    operating_point: float
    preferred: tuple[str, ...] = ()

    def say(self, name: str, **parts: str) -> str:
        return self.phrases.say(name, self.lang, **parts)
