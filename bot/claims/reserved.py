"""A clause goes in; what it reserves something to comes out: "only members", "by telephone only", "we only take cards"."""

import re

from knowledge.documents import Span

_PREPOSITION = r"(?:by|with|for|to|from|at|in|on|through|via|using)"
_WORDS = r"[\w'’-]+(?:\s+[\w'’-]+){0,4}?"
_VERB = (
    r"(?:may|can|is|are|will|has|have|must|shall|should|do|does|get|gets|come|use|enter|need|apply|pay|receive|qualify|count|"
    r"carry|take|go)"
)
_NO_LIMIT = r"(?!\s+(?:if|when|after|once|until|because|as|one|two|three|a\s+few|\W*[£$€]?\d))"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^\W*(?:please\s+note\s+that\s+)?only{_NO_LIMIT}\s+(?P<to>[\w'’-]+(?:\s+[\w'’-]+){{0,8}}?)\s+{_VERB}\b",
        rf"^\W*(?:nobody|no[\s-]one|none|nothing)\s+(?:but|except|other\s+than|besides|apart\s+from)\s+(?P<to>{_WORDS})\s+{_VERB}\b",
        rf"\b(?:solely|exclusively)\s+{_PREPOSITION}\s+(?P<to>{_WORDS})(?=\W*$|,|\s+(?:from|on|of|in)\b)",
        rf"^\W*(?P<to>{_WORDS})\s+only\b(?=\W*$|\s+(?:in|on|at|for|beyond|during|after|before|from|past)\b)",
        rf"\bstrictly\s+(?:for|by)\s+(?P<to>{_WORDS})(?=\W*$|,|\s+only\b)",
        rf"\bonly\s+(?:available|possible|allowed|open|offered|served|sold|accepted)\s+{_PREPOSITION}\s+(?P<to>{_WORDS})(?=\W*$|,)",
        rf"\bonly\s+{_PREPOSITION}\s+(?P<to>{_WORDS})(?=\W*$|,)",
        rf"\b{_PREPOSITION}\s+(?P<to>{_WORDS})\s+only\b",
        rf"\b(?:reserved|restricted|limited|exclusively|solely|exclusive)\s+(?:only\s+)?(?:for|to|by)\s+(?P<to>{_WORDS})(?=\W*$|,)",
        rf"\b(?:we|you|they)\s+(?:can\s+|may\s+|must\s+)?only\s+(?:\w+)\s+(?P<to>{_WORDS})(?=\W*$|,)",
        r"\b(?:must|have\s+to|has\s+to)\s+\w+\s+(?P<to>our)\b",
        r"\b(?:must|have\s+to|has\s+to)\s+\w+\s+the\s+(?:\w+\s+){1,3}?(?P<to>(?:that\s+|which\s+)?we\s+\w+)",
        r"\bonly\s+(?:take|accept|serve|sell|offer|allow|admit|treat|use)s?\s+(?P<to>[\w'’-]+(?:\s+[\w'’-]+){0,4}?)(?=\W*$|,)",
    )
)
_ANY_SIGN = re.compile(
    r"only|strictly|reserved|restricted|limited|exclusive|solely|nobody|no\s+one|none|nothing|must|ha(?:ve|s)\s+to",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\bnot\s+only\b|\bonly\s+(?:if|when|after|once|until)\b", re.IGNORECASE)


def reserved(clause: str) -> Span | None:
    """The words to which the rest of the clause is reserved; None where nothing is."""
    if not _ANY_SIGN.search(clause) or _NOT_ONLY.search(clause):
        return None
    found = next((match for form in _FORMS if (match := form.search(clause))), None)
    return Span(*found.span("to")) if found else None
