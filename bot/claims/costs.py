"""A clause goes in; the words that say that its subject costs nothing, or that it costs something, come out."""

import re
from dataclasses import dataclass

_MORE = r"(?:(?:extra|additional|further|small|separate|handling|booking)\s+)?"
_FREE = (
    rf"free\s+of\s+charge|for\s+free|no\s+{_MORE}(?:charges?|costs?|fees?)|without\s+(?:any\s+)?{_MORE}(?:charge|cost|fee|payment)"
    rf"|at\s+no\s+{_MORE}(?:cost|charge)|costs?\s+(?:you\s+|them\s+)?nothing|for\s+nothing|complimentary|nothing\s+to\s+pay|pays?\s+nothing|nothing(?:\s+at\s+all)?\s+(?:if|for|when)|(?:never|not)\s+(?:ever\s+)?charged"
    r"|on\s+us\b|our\s+treat|on\s+the\s+house|at\s+our\s+(?:own\s+)?(?:expense|cost)|gratis|thrown\s+in|won['’]t\s+cost\s+(?:you|them)\s+(?:a\s+penny|anything|extra)"
    r"|without\s+(?:paying|spending|charging)\b|free\s+to\s+(?:any(?:one|body)|every(?:one|body)|all|those|members|residents|guests|visitors|customers|users|students|children|the\s+public)\b"
    r"|part\s+of\s+(?:the|that|your|this)\s+(?:price|fee|cost|fare|rent|charge)|covered\s+by\s+(?:the|your)\s+(?:price|fee|cost|fare|rent|charge|ticket)"
    r"|(?:is|are|comes?|be)\s+(?:all\s+|also\s+|always\s+)?included(?=\W*$|\s+(?:with|for|at|as)\b)|already\s+(?:contain|include)s?|inclusive\s+of"
    r"|with\s+our\s+compliments|nothing\s+(?:extra|more)|not\s+(?:cost\s+)?a\s+penny|free\s+(?!of\b|from\b|to\b|time\b|seats?\b|spaces?\b|tables?\b|places?\b|days?\b|bed|hand|room|plot|pitch|berth|slot|trade|choice|fall|weights?\b|kick)(?=[a-z])"
    r"|included\s+in\s+(?:the|your|our|that)\s+(?:\w+\s+)?(?:price|fee|cost|fare|rent|charge|rate|ticket|membership|package)|(?<![-\w])(?<!feel\s)(?<!set\s)free(?=\W*$|\s*[,;:.!(–—]|\s+(?:for|with|if|when|on|in|once|after|and|but|too|as|all|every)\b)"
)
_CHARGED = (
    rf"costs?\s+(?:extra|money|more|(?:about\s+|around\s+)?[£$€]?\d)|(?:is|are|be|get|gets|it)\s+charged|extra\s+cost|surcharge"
    rf"|(?:we|they)\s+(?:also\s+|do\s+)?charge|(?:a|an)\s+{_MORE}(?:charge|fee)|(?:you|they|guests|customers|visitors|members)\s+pay"
    r"|(?:have|has|need|needs)\s+to\s+pay|must\s+pay|must\s+be\s+paid\s+for|payable|paid\s+(?:subscription|extra|service|option)"
    r"|billed|chargeable|at\s+a\s+cost\s+of|(?:is|are|will\s+be|get|gets)\s+added\s+to\s+(?:your|the|their)\s+(?:bill|account|invoice)|sets?\s+you\s+back"
    r"|we\s+(?:add|bill|invoice)|\d[\d.,]*p?\s+(?:[a-z]+\s+)?(?:charge|fee|surcharge|supplement)|supplement(?:\s+of)?|pays?\s+(?:an?|the)\s+(?:\w+\s+)?(?:premium|fee|charge|supplement)|(?:is|are|comes?|goes)\s+on\s+top(?!\s+of\s+(?!the\s+(?:price|fee|rent)|your|their))|exclusive\s+of|not\s+included|(?:a|the)\s+(?:fee|charge)\s+(?:of|applies|is\s+made)"
    r"|at\s+(?:your|their|his|her|the\s+\w+['’]s)\s+(?:own\s+)?(?:expense|cost)|(?:is|are)\s+extra|there\s+are\s+charges"
)
_NOT = r"(?:not|n['’]t|never|no\s+longer)\s+(?:be\s+|have\s+to\s+|need\s+to\s+)?"
_COST = re.compile(rf"(?P<not>(?:\b|(?<=\w)){_NOT})?\b(?:(?P<free>{_FREE})|(?P<charged>{_CHARGED}))\b", re.IGNORECASE)
_DENIED_CHARGE = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno\s+longer)\s+(?:charge[ds]?|have\s+to\s+pay|need\s+to\s+pay|cost\b|be\s+charged)",
    re.IGNORECASE,
)


_ANY_SIGN = re.compile(
    r"free|covered|contain|include|inclusive|exclusive|compliments|premium|on\s+top|part\s+of|charg|cost|pay|paid|fee|nothing|extra|complimentary|expense|included|on\s+us\b|treat|house|gratis|thrown|spending|penny|bill|added|back|add|invoice|supplement",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cost:
    """`text[start:end]` are the words that say whether there is something to pay."""

    free: bool
    start: int
    end: int
    denied: bool = False  # "do not charge": nothing of the clause is stated besides


def says_free(text: str) -> bool:
    """Whether anything is said to cost nothing."""
    return bool(_DENIED_CHARGE.search(text)) or any(found["free"] and not found["not"] for found in _COST.finditer(text))


def cost(clause: str) -> Cost | None:
    if not _ANY_SIGN.search(clause):
        return None
    denied = _DENIED_CHARGE.search(clause)
    if denied:
        return Cost(True, denied.start(), denied.end(), denied=True)
    found = _COST.search(clause)
    if found is None:
        return None
    return Cost(bool(found["free"]) is not bool(found["not"]), found.start(), found.end())
