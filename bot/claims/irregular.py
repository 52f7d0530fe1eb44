"""A word goes in, the verb that it is an irregular form of comes out: the stemmer knows only endings."""

from types import MappingProxyType

_FORMS = (
    "be am is are was were been|become became|begin began begun|bend bent|bite bit bitten|blow blew blown|"
    "break broke broken|bring brought|build built|buy bought|catch caught|choose chose chosen|come came|deal dealt|"
    "dig dug|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|"
    "fight fought|find found|fly flew flown|forget forgot forgotten|forbid forbade forbidden|freeze froze frozen|"
    "get got gotten|give gave given|go went gone|grow grew grown|hang hung|have had has|hear heard|hide hid hidden|"
    "hold held|keep kept|know knew known|lead led|leave left|lend lent|lose lost|make made|mean meant|meet met|"
    "pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|"
    "send sent|shake shook shaken|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|"
    "speak spoke spoken|spend spent|stand stood|steal stole stolen|stick stuck|strike struck|swear swore sworn|"
    "sweep swept|swim swam swum|take took taken|teach taught|tear tore torn|tell told|think thought|"
    "throw threw thrown|understand understood|wake woke woken|wear wore worn|weep wept|win won|"
    "withdraw withdrew withdrawn|write wrote written"
)
_VERBS = MappingProxyType({form: group.split()[0] for group in _FORMS.split("|") for form in group.split()[1:]})


def verb(word: str) -> str:
    """`word` itself where it is no irregular form."""
    return _VERBS.get(word, word)
