"""A word in, how it sounds out, roughly: words that are written unlike and said alike get the same key.

The rules are of English spelling: silent letters go, letters with one sound become one letter, every run of vowels is the same.
"""

import re
from collections.abc import Iterable

# Each rule sees what those before it left. Small letters are still to be read, capitals are sounds, "^" and "$" a word's ends.
_RULES: tuple[tuple[str, str], ...] = (
    (r"\^(?:kn|gn|pn)", "^n"),
    (r"\^wr", "^r"),
    (r"\^ps", "^s"),
    (r"sth(?=m)", "s"),
    (r"rrh|rh", "r"),
    (r"\^wh(?=o)", "^h"),
    (r"\^x", "^s"),
    (r"mb\$", "m$"),
    (r"mn\$", "m$"),
    (r"[tc]ure", "Cure"),
    (r"(?:[tsc]i|ss?i|sh|sch)(?:o|u|a|e)n", "Xan"),
    (r"(?:[ct]i|xi)(?:ou|u)s|shus", "Xas"),
    (r"[cst]ia(?=l)", "Xa"),
    (r"tch", "C"),
    (r"sch(?=[eo])", "sk"),
    (r"ch(?=[lr])", "k"),
    (r"ch", "C"),
    (r"sh", "X"),
    (r"ph", "f"),
    (r"th", "T"),
    (r"(?:ough|augh)(?=t)", "o"),
    (r"(?:ough|augh)\$", "af$"),
    (r"igh", "i"),
    (r"gh|gg", "g"),
    (r"dg(?=[eiy])|dj", "j"),
    (r"g(?=[eiy])", "j"),
    (r"qu", "kw"),
    (r"q", "k"),
    (r"cc(?=[eiy])|x", "ks"),
    (r"sc(?=[eiy])", "s"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"z", "s"),
    (r"wh", "w"),
    (r"e\$", "$"),
    (r"(?<=[aeiou])h(?=[^aeiou])", ""),
    (r"([a-zA-Z])\1+", r"\1"),
    (r"(?<=[aeiou])[wy](?![aeiou])", ""),
    (r"(?<!\^)[aeiouy]+|(?<=\^)[aeiou]+", "A"),
    (r"A+", "A"),
)
_COMPILED = tuple((re.compile(pattern), sound) for pattern, sound in _RULES)


def ways(word: str) -> list[str]:
    """A word and what it may be spelled for: "ch" is said in three ways (chat, chemist, machine)."""
    return [word, *(word.replace("ch", said) for said in ("k", "sh") if "ch" in word)]


def sounds(words: Iterable[str]) -> list[str]:
    """The key of each word, empty for what is not written in plain letters. Many at once cost little more than one."""
    text = "".join(f"^{word}$\n" if word.isascii() and word.isalpha() else "\n" for word in words)
    for pattern, sound in _COMPILED:
        text = pattern.sub(sound, text)
    return text.split("\n")[:-1]
