"""The words by which English requires, forbids, allows, advises, waives or denies something, as patterns of one clause."""

from enum import StrEnum


class Force(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    TOLD = "told"  # "Bring a towel": as much a duty as a leave
    ADVISED = "advised"
    UNADVISED = "advised against"
    STATED = "stated"
    DENIED = "denied"
    FREE = "free"  # costs nothing
    CHARGED = "charged"
    RESERVED = "reserved"  # holds for those that are named only


_NOT = r"(?:not|n['’]t|never)"
_BE = r"(?:is|are|was|were|be|been|am|['’]re|['’]s|['’]m)"
_NO_SUBJECT = r"\bno\s+(?:\w+[\s-]+){1,7}?"
_NEEDED = r"(?:required|needed|necessary|compulsory|mandatory|obligatory|obliged|essential|expected(?=\s+to))"
_GRANTED = r"(?:allowed|permitted|possible|welcome|able|accepted|eligible)"
_SOMEBODY = r"(?:you|we|they|who|visitors?|customers?|members?|guests?|patients?|everyone|anyone)"

# In order: the first that is found in a clause decides.
FORCES: tuple[tuple[Force, str], ...] = (
    (
        Force.OPTIONAL,
        rf"\b(?:do|does|did|will|would)(?:\s+not|n['’]t)\s+(?:have\s+to|need)\b|\bneed(?:\s+not|n['’]t)\b|\bno\s+(?:need|obligation|requirement|call)\b"
        rf"|\b{_NOT}\s+(?:be\s+)?(?:strictly\s+|absolutely\s+)?{_NEEDED}\b|n['’]t\s+(?:be\s+)?(?:strictly\s+)?{_NEEDED}\b"
        rf"|(?:\b{_NOT}|n['’]t)\s+(?:a\s+(?:requirement|condition|must)|insist(?:ed|s|ing)?|ask(?:ed)?\s+(?:you\s+|anyone\s+|them\s+)?(?:for|to)|bother|under\s+any\s+obligation)\b"
        r"|\b(?:nobody|no[\s-]one|nothing|none)\s+(?:(?:needs?|has|have)\s+to|(?:is|are|will\s+be)\s+(?:required|asked|obliged|forced|expected|bound))\b"
        r"|\b(?:nobody|no[\s-]one)\s+(?:will\s+|ever\s+)?asks?\s+(?:you\s+|them\s+)?for\b|\bwithout\s+(?:having|needing)\s+to\b"
        rf"|(?<!not\s)\boptional(?:ly)?\b|\bvoluntary\b|{_NO_SUBJECT}(?:(?:is|are)\s+)?(?:required|needed|necessary)\b"
        r"|\bif\s+(?:you|they)\s+(?:wish|like|prefer|want|so\s+choose)\b|\bup\s+to\s+(?:you|them)\b(?!\s+to\b)"
        r"|\bat\s+(?:your|their)\s+(?:own\s+)?discretion\b|\b(?:your|their)\s+(?:own\s+)?choice\b|\bchoose\s+(?:whether|not\s+to)\b",
    ),
    (
        Force.UNADVISED,
        r"\bshould(?:\s+not|n['’]t|\s+never)\b|\bavoid(?:ed|ing|s)?\b|\bnot\s+(?:recommended|advised|advisable|a\s+good\s+idea|wise)\b|\brefrain\b"
        r"|\b(?:best|better)\s+not\b|\b(?:recommend|advise)\s+against\b|\btry\s+not\b|\bdiscourage[sd]?\b|\brather\s+(?:you|they)\s+did(?:\s+not|n['’]t)\b|\bunwise\b",
    ),
    (
        Force.FORBIDDEN,
        rf"\bmust(?:\s+not|n['’]t|\s+never)\b|\bmay\s+(?:not|never)\b|\bcan(?:not|['’]t|\s+not|\s+never)\b|\bcould(?:\s+not|n['’]t)\b"
        rf"|\b{_NOT}\s+(?:be\s+)?(?:\w+ly\s+)?{_GRANTED}\b|n['’]t\s+(?:be\s+)?{_GRANTED}\b"
        r"|\b(?:prohibited|forbidden|banned|barred|off[\s-]limits|out\s+of\s+bounds|impossible|not\s+tolerated|outlawed)\b|\bprohibits?\b|\bforbids?\b"
        r"|\b(?:under\s+no\s+circumstances|on\s+no\s+account|in\s+no\s+case)\b|\bturned\s+away\b|\brefused\s+(?:entry|admission)\b"
        rf"|\b(?:{_NOT}|n['’]t)\s+(?:entitled|qualify|meant)\b|\b(?:nobody|no[\s-]one|nothing)\s+(?:may|can|must|shall)\b"
        rf"|\b{_BE}\s+not\s+to\b|{_NO_SUBJECT}(?:may|can|must|shall|(?:is|are)\s+(?:allowed|permitted|accepted))\b"
        r"|^\W*(?:please\s+)?(?:do\s+not|don['’]t|never)\b(?!\s+(?:have|need|forget|hesitate|worry|bother)\b)|\bshall\s+not\b"
        rf"|\bwe\s+(?:do\s+|must\s+)?(?:ask|insist|request)\s+(?:that\s+)?(?:all\s+)?{_SOMEBODY}\s+(?:(?:do\s+|to\s+)?not|don['’]t|never|not\s+to)\b"
        r"|^\W*(?:please\s+)?(?:keep|stay)\s+(?:off|out|away|clear)\b|^\W*(?:sorry,?\s+)?no\s+[\w-]+(?:\s+[\w-]+){0,3}(?:,?\s+please)?\W*$",
    ),
    (
        Force.REQUIRED,
        rf"\bmust\b|\b(?:have|has|had)\s+(?:got\s+)?to\b|['’](?:ve|s)\s+got\s+to\b|\bneeds?\s+to\b|\b{_BE}\s+(?:\w+ly\s+)?{_NEEDED}\b|\brequires?\b|\bshall\b"
        rf"|\bcompulsory\b|\bmandatory\b|\b{_SOMEBODY}\s+(?:always\s+|still\s+|also\s+)?needs?\b|\bnot\s+optional\b|\ba\s+(?:must|condition\s+of)\b"
        rf"|\bwe\s+(?:always\s+|do\s+|still\s+)?(?:insist|expect|require)\b|\bwe\s+(?:do\s+)?ask\s+(?:you|that|for|all|every\w*|each|parents|guests|visitors|members)\b|\b{_BE}\s+asked\s+(?:to|for)\b"
        r"|^\W*(?:please\s+)?(?:make|be)\s+sure\b|^\W*(?:please\s+)?(?:remember|do\s+not\s+forget|don['’]t\s+forget)\b|\b(?:your|their)\s+(?:own\s+)?responsibility\b"
        r"|^\W*please\s+(?!note\b|contact\b|ask\b|call\b|see\b|feel\b)",
    ),
    (
        Force.ADVISED,
        r"\bshould\b|\brecommend(?:ed|s)?\b|\badvis(?:e|ed|es|able)\b|\bbest\s+to\b|\bideally\b|\bought\s+to\b|\b(?:a\s+)?good\s+idea\b|\bsuggest(?:ed|s)?\b|\bencouraged?\b|\bpreferabl[ey]\b",
    ),
    (
        Force.DENIED,
        rf"\b{_NOT}\b|n['’]t\b|\bnon[\s-]|\bcannot\b|\bno\b(?!\s+(?:more|less|fewer|longer|later|earlier|sooner|matter|doubt|problem|objection|\.|\d))|\bnone\b"
        r"|\bno\s+longer\b(?!\s+than)|\bnobody\b|\bno[\s-]one\b|^\W*nothing\b|\bnothing\s+(?:is|may|can|will)\b|\bneither\b|\bnor\b|\bnowhere\b",
    ),
    (
        Force.ALLOWED,
        rf"\bmay\b|\bcan\b|\b{_BE}\s+(?:\w+ly\s+|more\s+than\s+|very\s+)?(?:allowed|permitted|welcome|possible|able|free\s+to|entitled\s+to|at\s+liberty|eligible)\b|\bfeel\s+free\b|\bwelcome\b|\blets?\b"
        r"|\bby\s+all\s+means\b|\bhappy\s+(?:for|to)\b|\bglad\s+(?:for|to)\b|\bnothing\s+to\s+stop\b|\bhelp\s+your\w*\b|\bno\s+(?:objection|problem)\b|\b(?:do\s+not|don['’]t)\s+mind\b|\bentitled\b|\bthe\s+right\s+to\b"
        r"|\bqualif(?:y|ies)\b|\b(?:is|are)\s+(?:\w+ly\s+|quite\s+)?(?:fine|ok|okay|all\s+right|no\s+problem|not\s+a\s+problem)\b"
        r"|^\W*not\s+a\s+problem\b|^\W*(?:do\s+)?go\s+ahead\b|\bgladly\b|\bwith\s+our\s+(?:blessing|permission|consent)\b"
        r"|\b(?:as|what|whatever|wherever|whenever|however)\s+(?:often\s+|much\s+)?you\s+(?:like|please|wish)\b",
    ),
    (
        Force.TOLD,
        r"^\W*(?:(?:and|or|then|simply|just|always|first)\s+)*(?:pay|use|leave|bring|send|take|put|return|show|book|collect|wear|ask|carry|tell|give|hand|sign|lock|switch|turn|fill|arrive|come|drop|register|apply|ring|call|email|check|drink|eat|keep|stay|cancel|report|add|order)\b"
        r"(?!\s+(?:is|are|was|costs?|closes?|opens?|lasts?|includes?|applies|fees?|cards?|desk|times?|points?)\b)"
        r"|^\W*(?:(?:and|or|then|simply|just|always|first)\s+)*(?:have|get|let|make|wait|pick|ride|walk|wash|allow|expect|choose|pop|nip|head|enter|remove|open|empty|phone|write|visit|rinse|plug|help|grab|stick|hold|post|try|buy|wheel|park|store|clear|snap|photograph|swim)\b"
        r"(?=\s+(?:an?|the|your|you|us|it|them|him|her|any|all|one|some|up|out|off|in|on|to|at|for|yourself|around|back|away|through|straight|along|whatever|by|with|from|two|\d+)\b)"
        r"|\b(?:just|simply)\s+(?:pay|use|leave|bring|send|take|put|return|show|book|collect|turn|walk|come|ask|tap|ring)\b",
    ),
)
