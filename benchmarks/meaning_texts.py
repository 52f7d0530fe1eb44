"""Training material for the word vectors: public folder, WordNet folder, frequency list -> words and plain sentences.

None of the public sets' test questions is read (`queries`, `queries_typo`): only passages and `sentences.json`. The
passages of `hint3_curekart.json` are left out as well, so that one set stays a subject the vectors have never met.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SEED = 20
PASSAGE_SETS = ("squad", "covidqa", "banking77")
WORDNET_PARTS = ("noun", "verb", "adj", "adv")
SENTENCE_WORDS = range(3, 61)
BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
EXAMPLE = re.compile(r'"([^"]+)"')

# How visitors ask: N a noun, V a verb, A an adjective. General shapes, no subject of their own.
QUESTIONS = """
how much is a N|how much does the N cost|whats the price of a N|what do you charge for N|is the N free|do i have to pay for N
how long does the N take|how long is the N|how long until i can V|when can i V again|how soon can i V after the N
how many N do i need|how often should i V|how often do you V the N|what time does the N open|when is the N open
where is the N|where can i V my N|where do i find the N|how do i get to the N|who do i ask about N|who can V the N
can i V the N|can i V my N without a N|can u V my N|could you V it for me|can i bring my N|am i allowed to V
is it ok to V with a N|is it safe to V while A|is N allowed|are N allowed in the N|do you allow N
what is N|what is a A N|whats the difference between N and N|what does A mean|tell me about N|what happens if i V
what happens when the N is A|what if my N is A|why is my N A|why does the N V|why cant i V my N|my N wont V
i dont have a N|i lost my N|i cant V the N|my N is A|my N got A|the N doesnt V|i want to V my N|i need a N
i would like to V the N|id like a A N|im looking for a N|do you have a A N|do you sell N|do you offer N
is there a N for N|is there any N near the N|does it hurt to V|does the N V|will it V my N|will i need a N
should i V before the N|should i avoid N after the N|do i have to V|do i need a N to V|must i V the N|is a N required
how do i V|how do i V my N|how to V a N|how can i V the A N|what should i do with the N|whats the best way to V
can my N V the N|can my child V|is my N too A|are you open on N|can i change my N|can i cancel the N
how old do i have to be to V|which N is best for A N|which N should i V|what kind of N do you have|any N today
thanks for the N|the N was A|N or N|N and N|A N|V the N|not A|never V the N|no N after V|without N|more than a N
please V the N before you V|you must not V the N|you can V it if the N is A|we V all N within the N|our N are A
N is not included|the N includes a A N|all N must V|if the N is A, V it|most N V after the N|A N may V
"""


def frequent_words(path: Path) -> dict[str, int]:
    """Word -> occurrences, from a list of `word count` lines."""
    pairs = (line.split() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(count) for word, count in pairs}


def public_sentences(folder: Path) -> list[str]:
    """Sentences of the public sets' passages, and the plain sentences kept for training."""
    texts = [text for sentences in _load(folder / "sentences.json").values() for text in sentences]
    for name in PASSAGE_SETS:
        for passage in _load(folder / f"{name}.json")["passages"]:
            parts = (passage.get("question", ""), passage.get("text", ""))
            texts += [sentence for part in parts for sentence in BREAK.split(part)]
    return _shuffled(texts)


def wordnet_sentences(folder: Path) -> list[str]:
    """Glosses with the words that they define, and the usage examples, of every synset."""
    texts = []
    for synset_words, gloss in _synsets(folder):
        definition = EXAMPLE.sub("", gloss).strip(" ;\n")
        texts += [definition, f"{', '.join(synset_words)}: {definition}", *EXAMPLE.findall(gloss)]
    return _shuffled(texts)


def made_questions(folder: Path, known: dict[str, int], count: int) -> list[str]:
    """Everyday question shapes filled with random WordNet words, frequent ones more often."""
    draw = random.Random(SEED)
    slots = {slot: _frequent(folder, part, known) for slot, part in (("N", "noun"), ("V", "verb"), ("A", "adj"))}
    shapes = [shape for line in QUESTIONS.split("\n") for shape in line.split("|") if shape]

    def fill(shape: str) -> str:
        return re.sub(r"\b[NVA]\b", lambda slot: _pick(draw, slots[slot[0]]), shape)

    return _shuffled(fill(draw.choice(shapes)) for _ in range(count))


def _load(path: Path) -> dict[str, list]:  # type: ignore[type-arg]
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _shuffled(texts: Iterable[str]) -> list[str]:
    kept = sorted({" ".join(text.split()) for text in texts})
    kept = [text for text in kept if len(text.split()) in SENTENCE_WORDS]
    random.Random(SEED).shuffle(kept)
    return kept


def _synsets(folder: Path) -> Iterator[tuple[list[str], str]]:
    for part in WORDNET_PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                head, gloss = line.split(" | ", 1)
                fields = head.split()
                words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
                yield [re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in words], gloss


def _frequent(folder: Path, part: str, known: dict[str, int]) -> list[str]:
    lines = (folder / f"index.{part}").read_text(encoding="utf-8").splitlines()
    words = {line.split(" ", 1)[0] for line in lines if not line.startswith("  ")}
    return sorted((word for word in words if word in known and len(word) > 2), key=lambda word: (-known[word], word))


def _pick(draw: random.Random, words: list[str]) -> str:
    return words[int(len(words) * draw.random() ** 2.5)]
