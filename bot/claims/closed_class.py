"""The small words that English builds sentences with; what is none of them carries meaning."""

from bot.claims.numerals import word_set

FUNCTION_WORDS = word_set(
    """a an the this that these those some any all both each every no not of in on at to for from by with without within into
    onto over under after before until till since during per as than then and or but nor so if when while where because
    although is are was were be been being am do does did has have had having can could may might must shall should will would
    ought need needs it its itself he she they them their theirs themselves we us our ours ourselves you your yours yourself i
    my me mine him his her hers who whom whose which what how why there here also only just even still again once via through
    across along around about near inside outside between among against beyond up down out off apart away ago later earlier
    together too very more less most least other others another same such either neither whether however therefore though yet
    ever never always already unless except please yes let lets im ive dont doesnt didnt isnt arent wasnt werent cant cannot
    couldnt wont wouldnt shouldnt mustnt neednt havent hasnt hadnt youre youll youve youd were well weve wed theyre theyll
    theyve its thats theres whats heres ill id anywhere
    everywhere somewhere nowhere anyone everyone someone nobody anybody everybody somebody anything everything something nothing
    none else s t re ll ve d"""
)
