"""A word goes in; the groups of everyday words that say what it says come out: "tell" and "notify", "fee" and "charge".

Word vectors know words that stand in like places, which "start" and "end" do; these groups know which of them say the same.
"""

from bot.claims.numerals import word_set
from bot.claims.wording import stem

# Words of rules, money, time and people that any organisation's texts use, a group a line; a word may be in several.
_GROUPS = (
    "end terminate termination cancel cancellation leave quit stop withdraw give up",
    "finish end close stop",
    "begin start commence open launch",
    "become takes effect apply force",
    "notice notify notification advance ahead beforehand warning",
    "tell inform notify report contact announce let know",
    "refund reimburse reimbursement repay return back money",
    "deposit bond security hold authorisation preauthorisation preauthorization",
    "fine penalty",
    "fee charge price cost rate tariff fare",
    "rent rental hire lease",
    "buy purchase order",
    "pay payment payable due settle",
    "collect take debit",
    "bill invoice statement",
    "reply answer respond response",
    "decide decision settle resolve",
    "discount reduction reduced off cheaper saving",
    "keep store hold retain remain stay delete destroy remove erase discard dispose throw",  # and then it is gone
    "valid expire expiry last good validity",
    "renew renewal extend extension",
    "deliver delivery arrive dispatch ship send",
    "repair fix mend restore",
    "lose lost missing",
    "lend lent loan borrow borrower",
    "hand give issue",
    "entitled get receive",
    "minor child teenager young",
    "shut close closing",
    "replace replacement new spare",
    "join joining start begin",
    "last final end",
    "place room seat space",
    "find found property",
    "late overdue delay delayed unpaid",
    "miss missed fail absent",
    "wait waiting queue list",
    "check inspect inspection review examine test",
    "reserve book booking reservation",
    "change alter alteration amend move modify",
    "pause suspend suspension freeze break",
    "join joining enrol enroll register registration sign",
    "member membership subscriber subscription",
    "staff team employee crew personnel",
    "child children kid junior",
    "adult grown parent accompany accompanied",
    "senior pensioner elderly",
    "car vehicle motor",
    "home house dwelling household property",
    "phone telephone call line",
    "letter writing written post mail",
    "website online internet web",
    "shop desk counter office reception",
    "arrive arrival come",
    "depart departure leave",
    "visit appointment session slot stay",
    "lesson class",
    "group party",
    "large big size",
    "tall high height",
    "weigh weight heavy",
    "long length",
    "wide width",
    "trip journey travel ride crossing",
    "year yearly annual annually",
    "month monthly",
    "week weekly",
    "day daily",
    "complaint complain",
    "damage broken break",
    "help assistance support",
    "aim target goal",
    "quick quickly fast soon",
    "allow allowance permit",
    "bring carry take",
    "own possess have",
    "ask apply application request",
    "room space place",
    "rule term condition",
    "working business",
)


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, group in enumerate(_GROUPS):
        for word in word_set(group):
            found[stem(word)] = found.get(stem(word), frozenset()) | {number}
    return found


_NONE: frozenset[int] = frozenset()
_OF = _groups()


def groups_of(word: str) -> frozenset[int]:
    """Numbers; two words with one in common are synonyms."""
    return _OF.get(stem(word), _NONE)
