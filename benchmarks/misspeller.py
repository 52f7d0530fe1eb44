"""Questions in, the same with hard misspellings out: seeded, two errors in half of the words of four letters or more."""

import random
import re

SEED = 20_261_120
SHARE = 0.5
SHORTEST = 4
_WORD = re.compile(r"[A-Za-z]+")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {key: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _KEYS for i, key in enumerate(row)}


def misspell(text: str, rng: random.Random, edits: int = 2, share: float = SHARE) -> str:
    """Each word that is long enough is hit with probability `share`; any letter may change, the first one too."""

    def changed(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < SHORTEST or rng.random() >= share:
            return word
        for _ in range(edits):
            word = _edited(word, rng)
        return word

    return _WORD.sub(changed, text)


def _edited(word: str, rng: random.Random) -> str:
    place = rng.randrange(len(word))
    how = rng.choice(("swap", "drop", "double", "slip"))
    if how == "swap" and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if how == "drop" and len(word) > 1:
        return word[:place] + word[place + 1 :]
    if how == "double":
        return word[:place] + word[place] + word[place:]
    return word[:place] + rng.choice(_BESIDE.get(word[place].lower(), "e")) + word[place + 1 :]
