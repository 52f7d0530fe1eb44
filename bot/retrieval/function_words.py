"""Words that carry grammar rather than meaning, and words that turn a sentence round, by language; accents removed."""

# What turns a sentence into its opposite is neither corrected nor a correction.
_NEGATIONS = (
    "aint arent aucun aucune cannot cant couldnt didnt doesnt dont except geen hadnt hasnt havent isnt jamais kein"
    " keine keinen mai mustnt nao neednt neither nem never nicht nie niet ningun ninguna no nobody non none nooit nor"
    " not nothing nowhere nunca ohne pas sans sem senza shouldnt sin unless wasnt werent without wont wouldnt zonder"
)
NEGATIONS = frozenset(_NEGATIONS.split())

_FUNCTION = {
    "en": (
        "a about again all also am an and any anyone anything are as at be because been being both but by can could did"
        " do does doing done each either else ever every for from further get gets getting give go going gonna got had"
        " has have having he hello her here hers hey hi him his how i id if im in into is it its itself ive just know"
        " let like may me might mine much must my need of off ok okay on once one ones only or other our ours own per"
        " please pls plz put same shall she should so some someone something such take tell than thank thanks that thats"
        " the their theirs them then there these they thing things this those through to too u up upon ur us very wanna"
        " want was we well were what whats when where wheres whether which while who whom whos whose why will with would"
        " yes you your youre yours"
    ),
    "de": (
        "aber alle als also am an auch auf aus bei bin bis bist da das dass dein dem den der des die dir du durch ein"
        " eine einem einen einer eines er es euch euer fur habe haben hat hier ich ihr ihre im in ins ist ja kann konnen"
        " man mein mich mir mit muss nach noch nun nur ob oder sehr sein sich sie sind so um und uns unser vom von vor"
        " wann warum was weil welche welcher wenn wer werden wie will wir wird wo zu zum zur"
    ),
    "fr": (
        "a au aux avec c ce ces cet cette combien comment d dans de des du elle elles en est et etre eu il ils j je l"
        " la le les leur lui m ma mais me mes moi mon n nos notre nous on ou par plus pour pourquoi qu quand que quel"
        " quelle quelles quels qui quoi s sa se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y"
    ),
    "es": (
        "a al como con cual cuales cuando cuanta cuanto cuantos de del donde e el ella ellos en entre es esta estan"
        " este esto ha hay la las le les lo los mas me mi mis mucho muy o para pero por porque puede puedo que quien se"
        " ser si son su sus te tengo tu tus un una unos y ya yo"
    ),
    "it": (
        "a ad ai al alla anche che chi ci come con cosa da dai dal dalla de dei del della delle di dove e ed gli ha"
        " hanno ho i il in io la le lo ma mi mia mio ne nel nella o per perche piu posso puo qual quale quali quando"
        " quanta quanto se si sono su sua suo tra tu un una uno voi"
    ),
    "pt": (
        "a ao aos as com como da das de dele do dos e ela ele em entre era essa esse esta este eu foi ha isso isto ja"
        " lhe mais mas me meu minha muito na nas no nos o os ou para pela pelo pode por porque posso quais qual quando"
        " quanta quanto que quem sao se ser seu so sua tem um uma voce"
    ),
    "nl": (
        "aan al als bij dan dat de den der deze die dit door een en er haar heb hebben heeft het hij hoe hoeveel hun ik"
        " in is je kan kun maar me men met mij mijn moet na naar of om onder ons ook op over te tot u uit van veel voor"
        " waar waarom wat we wel welke wie wij wil worden zal ze zich zij zijn zo zou"
    ),
}
FUNCTION_WORDS = {lang: frozenset(found.split()) for lang, found in _FUNCTION.items()}


def function_words(lang: str) -> frozenset[str]:
    """Those of a BCP 47 tag's language; empty for a language without a list."""
    return FUNCTION_WORDS.get(lang.split("-", maxsplit=1)[0].lower(), frozenset())
