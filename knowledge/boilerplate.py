"""A sentence or a lone line goes in, whether it belongs to the page and not to what the document says comes out."""

import re
from collections.abc import Sequence

# Only the beginning is looked at: furniture is short, and a bound keeps every pattern linear.
LONGEST = 300

_IMAGE_FILE = re.compile(r"[^\n]{0,200}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|heic|mp4|mov|webm)", re.IGNORECASE)

# The line is nothing but this.
_WHOLE = re.compile(
    r"""(?:
    share(?:\ (?:by|on|via|this|with|it)\b[^.?!]{0,40})?|tweet|pin\ it|print\ this\ page|e-?mail\ this(?:\ page)?
    | (?:follow|find|like)\ us\ on\b[^.?!]{0,60}|facebook|twitter|instagram|linkedin|pinterest|whatsapp|youtube
    | (?:read|learn|see|show|view|find\ out|discover|load)\ (?:more|less|on|all)(?:\ (?:about|on|here)\b[^.?!]{0,80})?
    | read\ on\b[^.?!]{0,120}|keep\ reading|continue\ reading\b[^.?!]{0,80}|click\ here(?:\b[^.?!]{0,80})?|tap\ here
    | back\ to\ (?:top|the\ top|home|all\ \w+)|(?:skip|jump)\ to\ (?:\w+\ )?(?:content|navigation)|to\ the\ top
    | scroll\ (?:down|up)|table\ of\ contents|on\ this\ page|in\ this\ article|site\ ?map|navigation
    | related\ (?:posts?|articles?|pages?|content|links)|you\ (?:may|might)\ also\ like|people\ also\ read|recent\ posts
    | (?:subscribe|sign\ up)\ (?:to|for)\ (?:our|the)\ \w*\ ?newsletter
    | leave\ a\ (?:comment|reply)|\d{1,4}\ comments?|add\ comment|post\ comment|no\ comments(?:\ yet)?
    | (?:previous|next|older|newer)(?:\ (?:posts?|page|article))?|loading|advertisement|sponsored|submit
    | reading\ time\b[^.?!]{0,30}|\d{1,3}[\ -]min(?:ute)?s?\ read|page\ \d{1,4}(?:\ of\ \d{1,4})?
    | ends|end\ of\ (?:document|page)|(?:accept|reject|allow|manage)(?:\ all)?\ cookies
    )[\s.:!…»›>→]*""",
    re.IGNORECASE | re.VERBOSE,
)

# The name of a link or a button; above a text of its own it is a heading like any other.
_LABEL = re.compile(
    r"""(?:
    home|search|contents|close|accept|reject|print|share|subscribe|log\ ?in|log\ ?out|sign\ in|sign\ up|register|comments?
    | follow\ us|cookies?(?:\ (?:policy|settings|preferences))?|privacy(?:\ policy)?|terms\ of\ (?:use|service)
    )[\s.:!…»›>→]*""",
    re.IGNORECASE | re.VERBOSE,
)

# The line begins with this.
_BEGINNING = re.compile(
    r"""[(\[]?\s*(?:
    (?:©|\(c\)|copyright\b)\s*[©\d(]|all\ rights\ reserved
    | (?:picture|photo|photograph|image|graphic|illustration|video)s?\s*(?:credits?|source|courtesy|:|by\b|from\b|©|via\b)
    | (?:credits?|source)\s*:\s|courtesy\ of\b
    | (?:written|posted|published|reviewed|edited|authored|fact[\ -]checked|medically\ reviewed)\ (?:by|on|in)\s
    | (?:author|byline)\s*:\s|(?:last|first)\ (?:updated|reviewed|modified|edited|published)\b
    | (?:updated|published|posted)\s*:\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# How a letter begins and ends.
_COURTESY = re.compile(
    r"(?:(?:dear|hi|hello)\b[^.?!]{0,40}[,!:]|(?:warmly|sincerely|cheers|(?:best|kind|warm)(?:est)? (?:wishes|regards)|regards|"
    r"yours(?: (?:sincerely|faithfully|truly))?|(?:sincerely|faithfully|truly) yours|thank you|thanks)[,.!]?)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?i:by)\s+(?:Dr\.?\s+|Prof\.?\s+)?[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){1,3}(?:\s*[,|•·–—-].{0,80})?")
_CRUMBS = re.compile(
    r"(?i:home|start|startseite|inicio|accueil)\s*[›»>/→|]\s*\S.{0,150}|[^.?!]{1,60}(?:\s[›»→]\s[^.?!]{1,60}){2,6}"
)
_PATH = re.compile(r"[^.?!>]{1,60}(?:\s>\s[^.?!>]{1,60}){2,6}")
_COOKIES = re.compile(
    r"(?:we (?:also )?(?:use|set|store)|(?:this|our) (?:web ?)?site|by (?:continuing|using|browsing|clicking))\b"
    r"[^.?!]{0,80}\bcookies\b",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:(?:table of )?contents|(?:on|in) this (?:page|article|guide|section)|jump to"
    r"|inhalt(?:sverzeichnis)?|índice|sommaire)[\s:]*",
    re.IGNORECASE,
)
_ABOUT_COOKIES = re.compile(r"cookie|privacy|data protection|tracking", re.IGNORECASE)


def is_boilerplate(line: str, headings: Sequence[str] = ()) -> bool:
    """Share buttons, image names, credits, bylines, copyright, page crumbs, cookie banners, salutations.

    `headings` are those that `line` stands under: what is said of cookies under "Privacy" is an answer, a path of
    pages ("Help > Account > Cards") stands below the title, and below "Contents" stand the names of other sections.
    """
    bare = line.strip()
    if len(bare) > LONGEST:
        return False
    if not any(character.isalnum() for character in bare):
        return True
    whole = (_WHOLE, _LABEL, _COURTESY, _IMAGE_FILE, _BYLINE, _CRUMBS)
    if any(pattern.fullmatch(bare) for pattern in whole) or _BEGINNING.match(bare):
        return True
    if headings and _CONTENTS.fullmatch(headings[-1]) and bare[-1] not in ".!":
        return True
    if len(headings) <= 1 and _PATH.fullmatch(bare):
        return True
    return bool(_COOKIES.match(bare)) and not any(_ABOUT_COOKIES.search(heading) for heading in headings)


def is_label(line: str) -> bool:
    """Boilerplate where it stands alone ("Log in", "Privacy policy"), but the heading of what stands below it."""
    return len(line) <= LONGEST and _LABEL.fullmatch(line.strip()) is not None
