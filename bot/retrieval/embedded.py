"""The built-in retriever: entries in, an index folder out; an index folder in, ranked hits out. On one machine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot import resources
from bot.retrieval import Entry, Hit, Query
from bot.retrieval.analysis import Analysis, read_analysis
from bot.retrieval.asking import Asking, Meaning, worth
from bot.retrieval.assembly import Run, assembled
from bot.retrieval.audience import public_of, read_public
from bot.retrieval.candidates import candidates
from bot.retrieval.counting import number_stems, post, said_publicly, shelve
from bot.retrieval.grams import grams_of, read_grams
from bot.retrieval.index import IndexFiles, write_arrays, write_json, written_whole
from bot.retrieval.intake import Intake
from bot.retrieval.lexicon import Lexicon, read_lexicon, whole_lexicon
from bot.retrieval.meaning import OwnEncoder
from bot.retrieval.postings import read_postings
from bot.retrieval.ranking import SIGNALS, fuse
from bot.retrieval.relations import read_relations, relations_of
from bot.retrieval.scoring import Scored, Scoring, explained
from bot.retrieval.senses import read_senses, senses_of, senses_of_texts
from bot.retrieval.shelf import read_shelf
from bot.retrieval.slots import Synonyms
from bot.retrieval.spelling import Reach, Speller
from bot.retrieval.terms import terms
from bot.retrieval.understanding import Understanding
from knowledge.text import stems as stems_of

COVERAGE = SIGNALS.index("coverage")
LOOKALIKES = 24  # words that are looked at for what a wrecked one may have been
REPORT_EACH = 1_000  # passages between two calls of `progress`


def build(  # noqa: PLR0913 - the options of a publication
    items: Iterable[Entry | Run],
    folder: Path,
    *,
    release: str,
    lang: str = "en",
    synonyms: tuple[tuple[str, ...], ...] = (),
    encoder: OwnEncoder | None = None,
    maker: str = "",
    progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Writes the index of `items`, numbered from 0, to `folder`, which is there whole or not at all.

    A run of passages is taken over as it was read for an earlier index, of the same `maker` (a fingerprint of the program) and
    the same `encoder`, which stands in for the shipped word vectors where whole texts are compared. `progress` is called with
    the number of passages taken in so far, and at last with their count.
    """
    analysis = _analysed(items, Intake(encoder if _speaks(lang) else None), progress)
    groups = [[stems_of(terms(phrase), lang) for phrase in group] for group in synonyms]
    with written_whole(folder) as draft:
        _write(draft, analysis, lang)
        about = {"release": release, "lang": lang, "passages": len(analysis), "synonyms": groups, "maker": maker}
        write_json(draft, "index", {**about, "encoder": fingerprint_of(encoder)})
    progress(len(analysis))


def _analysed(items: Iterable[Entry | Run], intake: Intake, progress: Callable[[int], None]) -> Analysis:
    order: list[Run | range] = []  # a range of what is read here
    count = 0
    for item in items:
        last = order[-1] if order else None
        if isinstance(item, Run):
            order[-1:] = item.after(last) if isinstance(last, Run) else [*order[-1:], item]
            count += len(item)
        else:
            start = order.pop().start if isinstance(last, range) else len(intake)
            intake.add(item)
            order.append(range(start, len(intake)))
            count += 1
        if count % REPORT_EACH == 0:
            progress(count)
    fresh = intake.finished()
    runs = [run if isinstance(run, Run) else Run(fresh, run.start, run.stop) for run in order]
    return assembled(runs or [Run(fresh, 0, 0)])


def earlier_analysis(folder: Path, maker: str, encoder: OwnEncoder | None, lang: str) -> Analysis | None:
    """What the index in `folder` was made from; None where it was made in another way. Raises IndexCorrupt."""
    files = IndexFiles(folder)
    about = files.json("index")
    if (about.get("maker"), about["encoder"], about["lang"]) != (maker, fingerprint_of(encoder), lang):
        return None
    return read_analysis(files, spoken=_speaks(lang), encoded=encoder is not None and _speaks(lang))


def _write(folder: Path, analysis: Analysis, lang: str) -> None:
    shelved = shelve(analysis)
    words, shelf = analysis.words, shelved.shelf
    stem_of = number_stems(words, lang)
    postings = post(shelf, stem_of)
    holders = np.diff(postings.starts).astype(np.int32)
    lexicon = whole_lexicon(lang, len(shelf), words, stem_of, holders)
    public = public_of(analysis.public, said_publicly(analysis), stem_of, postings)
    write_arrays(folder, {**shelf.arrays(), **shelved.joined, "headings.keys": analysis.keys})
    write_arrays(folder, {**postings.arrays(), **lexicon.arrays(), **public.arrays()})
    grams = grams_of(words, holders[stem_of], len(shelf))
    write_arrays(folder, {**grams.arrays(), "passages.runs": grams.lengths(shelf)})
    write_json(folder, "words", words)
    write_json(folder, "grams", grams.texts)
    if _speaks(lang):
        vectors = resources.word_vectors()
        known = vectors.vectors(words)
        senses = senses_of_texts(shelf, known, *analysis.encoded) if analysis.encoded else senses_of(shelf, known)
        relations = relations_of(stem_of, words, [vectors.frequency(word) for word in words], senses.words, analysis.kin)
        write_arrays(folder, {**senses.arrays(), **relations.arrays()})


def _speaks(lang: str) -> bool:
    """Whether the shipped word vectors are of this language."""
    return lang.split("-", maxsplit=1)[0].lower() == "en"


class OtherEncoder(Exception):
    """The index was built with another encoder than it is opened with."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} was built under another setting of `meaning`; publish again")


def fingerprint_of(encoder: OwnEncoder | None) -> str:
    """Empty for the shipped word vectors."""
    return encoder.fingerprint if encoder else ""


def open_retriever(folder: Path, encoder: OwnEncoder | None = None, *, read: bool = True) -> "EmbeddedRetriever":
    """`encoder` is the one that `build` was given. Raises IndexCorrupt, naming the file, where the folder is not what `build`
    wrote, and OtherEncoder. Without `read` the files' bytes are not compared, because they were before."""
    files = IndexFiles(folder, read=read)
    about = files.json("index")
    if about.get("encoder", "") != fingerprint_of(encoder):
        raise OtherEncoder(folder)
    lexicon = read_lexicon(files, about["lang"], about["passages"])
    scoring = _read_scoring(files, lexicon)
    synonyms, meaning = Synonyms(about["synonyms"]), None
    if scoring.senses:
        vectors = resources.word_vectors()
        meaning = Meaning(vectors, encoder or vectors, read_relations(files, scoring.senses.words))
    staff = _asking(lexicon, scoring, synonyms, meaning)
    told = read_public(files).lexicon(lexicon)
    visitors = staff if told is lexicon else _asking(told, scoring, synonyms, meaning)
    return EmbeddedRetriever(about["release"], visitors, staff, scoring)


def _asking(lexicon: Lexicon, scoring: Scoring, synonyms: Synonyms, meaning: Meaning | None) -> Asking:
    """For those who may know the words of `lexicon`."""
    english = _speaks(lexicon.lang)
    held, language = Reach(lexicon.numbers, sounded=english), _language() if english else Reach(())
    alike = partial(_alike, lexicon, scoring)
    speller = Speller(held, language, partial(_commonness, lexicon), alike)
    understanding = Understanding(lexicon, scoring.shelf, scoring.postings, speller, synonyms)
    return Asking(lexicon, synonyms, understanding, meaning)


def _read_scoring(files: IndexFiles, lexicon: Lexicon) -> Scoring:
    senses = read_senses(files) if _speaks(lexicon.lang) else None
    grams = read_grams(files, len(lexicon.words))
    return Scoring(lexicon, read_shelf(files), read_postings(files), grams, files.array("passages.runs"), senses)


def _commonness(lexicon: Lexicon, word: str) -> tuple[int, float]:
    """In the documents first, in the language second."""
    return lexicon.holders(word), resources.word_vectors().frequency(word) if _speaks(lexicon.lang) else 0.0


def _alike(lexicon: Lexicon, scoring: Scoring, word: str) -> list[str]:
    return [lexicon.words[number] for number in scoring.grams.alike(word, LOOKALIKES, lexicon.held)]


@cache
def _language() -> Reach:
    vectors = resources.word_vectors()
    return Reach(word for word in vectors.words if vectors.is_word(word))


class EmbeddedRetriever:
    """A `Retriever` over one index folder. It holds no lock and changes nothing, so threads share it."""

    def __init__(self, release: str, visitors: Asking, staff: Asking, scoring: Scoring) -> None:
        self._release = release
        self._visitors = visitors
        self._staff = staff
        self._scoring = scoring
        self._weights = resources.ranking()

    @property
    def release(self) -> str:
        return self._release

    def understand(self, text: str, staff: bool = False) -> Query:
        return replace(self._staff.query(text), staff=True) if staff else self._visitors.query(text)

    def search(self, query: str | Query, k: int) -> list[Hit]:
        found = self.scored(self._asked(query))
        scores = fuse(found.signals, self._weights.passages)
        order = np.lexsort((found.positions, -scores))[:k]
        return self._hits(found, scores, order[scores[order] > 0])

    def scored(self, query: Query) -> Scored:
        """Every candidate with its signals: what the weights are fitted on."""
        asking = self._asking(query)
        slots = asking.slots(query)
        positions = candidates(self._scoring.postings, worth(slots), self._scoring.shelf.sizes)
        return self._scoring.score(query, slots, asking.direction(query), positions)

    def explain(self, query: str | Query, positions: Sequence[int]) -> list[Hit]:
        asked = self._asked(query)
        asking = self._asking(asked)
        slots = asking.slots(asked)
        chosen = np.array(positions, dtype=np.int64)
        found = self._scoring.score(asked, slots, asking.direction(asked), chosen)
        hits = self._hits(found, fuse(found.signals, self._weights.passages), np.arange(len(chosen)))
        return explained(hits, slots, found, self._scoring.lexicon)

    def _asked(self, query: str | Query) -> Query:
        return self.understand(query) if isinstance(query, str) else query

    def _asking(self, query: Query) -> Asking:
        return self._staff if query.staff else self._visitors

    def _hits(self, found: Scored, scores: NDArray[np.float64], order: NDArray[np.int64]) -> list[Hit]:
        sentences = fuse(found.sentences, self._weights.sentences)
        starts = found.evidence.opened.starts
        values = np.round(np.stack([found.signals[name][order] for name in SIGNALS], axis=1).astype(np.float64), 6).tolist()
        return [
            Hit(
                position=int(found.positions[i]),
                score=float(scores[i]),
                coverage=row[COVERAGE],
                sentences=tuple(sentences[starts[i] : starts[i + 1]].tolist()),
                signals=tuple(zip(SIGNALS, row, strict=True)),
            )
            for i, row in zip(order.tolist(), values, strict=True)
        ]
