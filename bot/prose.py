"""A message goes in; whether it is written to be read, or is markup, a query or a command, comes out."""

import re

FEWEST_MARKS = 2
WORDS_A_MARK = 4  # a message with a mark for every so many words is no prose

_ADDRESS = re.compile(r"https?://\S+")
# What people hardly type and programs are made of: brackets, assignments, calls, escapes, paths, options.
_MARK = re.compile(
    r"""[<>{}\[\]\\|`^~=] | [;'"];|;-- | \w\( | %[0-9a-f]{2} | \.\./ | \w:// | (?<!\S)-{1,2}[a-z] | (?<!\S)/ """,
    re.VERBOSE | re.IGNORECASE,
)


def is_prose(text: str) -> bool:
    """True for any text with few marks of code; addresses of pages are not counted."""
    plain = _ADDRESS.sub(" ", text)
    marks = len(_MARK.findall(plain))
    return marks < FEWEST_MARKS or marks * WORDS_A_MARK < len(plain.split())
