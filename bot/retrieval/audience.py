"""Which passages visitors may be shown goes in; the lexicon of these passages alone comes out.

What only staff may read must not show in how a visitor's words are understood: a word of theirs alone is as unknown to a
visitor as any other, and no word is corrected to it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.index import IndexFiles
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.postings import Postings


@dataclass(frozen=True, slots=True, eq=False)
class Public:
    """`passages[p]` and `words[w]` say whether visitors may see passage `p` and word `w`; `stems[s]` counts the passages with
    stem `s` that they may see."""

    passages: NDArray[np.bool_]
    words: NDArray[np.bool_]
    stems: NDArray[np.int32]

    def lexicon(self, whole: Lexicon) -> Lexicon:
        """The same numbers, and only what visitors may see; `whole` itself where that is everything."""
        if self.passages.all():
            return whole
        return Lexicon(whole.lang, whole.words, whole.stem_of, self.stems, self.words, self.passages)

    def arrays(self) -> dict[str, NDArray[Any]]:
        return {"passages.public": self.passages, "words.public": self.words, "stems.public": self.stems}


def public_of(passages: NDArray[np.bool_], words: NDArray[np.bool_], stem_of: NDArray[np.int32], postings: Postings) -> Public:
    """`passages` and `words` as in `Public`. A stem counts for visitors where one of its words does."""
    seen = np.concatenate([[0], np.cumsum(passages[postings.passages], dtype=np.int32)])
    counts = np.diff(seen[postings.starts]).astype(np.int32)
    said = np.zeros(len(counts), dtype=np.bool_)
    said[stem_of[words]] = True
    return Public(passages, words, counts * said)


def read_public(files: IndexFiles) -> Public:
    """Raises IndexCorrupt."""
    return Public(files.array("passages.public"), files.array("words.public"), files.array("stems.public"))
