"""Word lists for the sentence splitter: abbreviations by what may follow their full stop, in small letters without it."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The full stop belongs to the word, whatever follows.
ALWAYS_GO_ON = _listed("""
    dr mr mrs ms mx prof rev hon capt lt sgt gen messrs mme mlle sra srta dra hr approx appr aprox ca circa esp incl inkl excl
    cf vs viz eg ie e.g i.e z.b d.h u.a o.ä p.ej i.d.r bzw ggf evtl vgl env
""")

# The full stop belongs to the word when a number follows: "No. 5" goes on, "No. Nobody may." does not.
BEFORE_NUMBER = _listed("""
    no nos nr nrs núm num art arts fig figs eq vol vols sec sect ch chap p pp pg par para cl tab tel tél ext ph rm apt bldg ver
    v ed bd abs ziff c
""")

# The same, but these also end sentences in running text: "…, towels, etc. The rest is ours."
UNITS = _listed("""
    etc usw ecc etcétera min mins max avg hr hrs std secs wk wks mo mos yr yrs ft lb lbs oz sq tbsp tsp qty dept est temp misc
""")

# Written with a capital they stand before or in a name; only a word that starts sentences ends them.
BEFORE_NAMES = _listed("""
    st ste mt ft jr sr inc ltd co corp llc plc bros ave rd blvd ln sq hwy assn univ dept sen rep gov fr ph.d b.sc
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
""")

CLOCK = _listed("a.m p.m")

STARTERS = _listed("""
    the a an this that these those it its it's he she they we you i if when while after before for in on at to from with
    without as and but or so because however there here what who why how where which please no not yes all any each every
    some most many our your their his her my do does can may is are also then once only never always both by since until
    see call ask
""")

# After a clock time these go on ("9 a.m. Monday"), and after the number of a day ("31. Dezember").
CALENDAR = _listed("""
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
    mon tue wed thu fri sat sun january february march april may june july august september october november december
    est edt cst cdt mst mdt pst pdt gmt utc bst cet cest eastern central pacific mountain
    januar februar märz mai juni juli oktober dezember
""")
