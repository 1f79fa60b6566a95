"""Police words that neighbours do not know, each with what to say instead; hosts that hide where a link goes."""

from __future__ import annotations

from policy.reading.lexicon import word_set

# "": no plain words fit everywhere; the message asks for some.
PLAIN_WORDS: dict[str, str] = {
    **dict.fromkeys(
        ("ic1", "ic2", "ic3", "ic4", "ic5", "ic6", "ic9", "ic 1", "ic 2", "ic 3", "ic 4", "ic 5", "ic 6"), ""
    ),
    "twoc": "taken without permission",
    "twoc'd": "taken without permission",
    "twocd": "taken without permission",
    "twocced": "taken without permission",
    "twoc'ed": "taken without permission",
    "twocing": "taking vehicles without permission",
    "twoccing": "taking vehicles without permission",
    "tda": "taken without permission",
    "tda'd": "taken without permission",
    "tfmv": "theft from a vehicle",
    "tomv": "theft of a vehicle",
    "rui": "released while we investigate",
    "rui'd": "released while we investigate",
    "ruid": "released while we investigate",
    "pwits": "having drugs to sell",
    "pwit": "having drugs to sell",
    "rtc": "crash",
    "rtcs": "crashes",
    "rta": "crash",
    "rtas": "crashes",
    "rtc'd": "crashed",
    "bwv": "body-worn camera",
    "bwvs": "body-worn cameras",
    "bwc": "body-worn camera",
    "misper": "missing person",
    "mispers": "missing people",
    "nfa": "no further action",
    "nfa'd": "told there will be no further action",
    "nfad": "told there will be no further action",
    "fpn": "fixed penalty notice",
    "fpns": "fixed penalty notices",
    "tor": "traffic offence report",
    "tors": "traffic offence reports",
    "s165": "having no insurance",
    "s59": "antisocial driving",
    "s136": "mental health powers",
    "s18": "a search of the home",
    "s163": "a traffic stop",
    "s5": "a public order offence",
    "mop": "member of the public",
    "mops": "members of the public",
    "soco": "forensic officers",
    "socos": "forensic officers",
    "csm": "crime scene manager",
    "polsa": "search officers",
    "opl": "over the drink-drive limit",
    "ip": "victim",
    "ips": "victims",
    "dp": "person in custody",
    "dps": "people in custody",
    "viw": "",
    "nominal": "person we know of",
    "nominals": "people we know of",
    "decamp": "run off",
    "decamped": "ran off",
    "decamping": "running off",
    "decamps": "runs off",
    "irv": "police car",
    "irvs": "police cars",
    "arv": "armed police car",
    "arvs": "armed police cars",
    "q car": "unmarked car",
    "vdrs": "",
    "cpn": "community protection notice",
    "cpns": "community protection notices",
    "cpw": "community protection warning",
    "cpws": "community protection warnings",
    "cbo": "criminal behaviour order",
    "cbos": "criminal behaviour orders",
    "pspo": "public spaces protection order",
    "pspos": "public spaces protection orders",
    "pnd": "penalty notice",
    "pnds": "penalty notices",
    "gbh": "serious assault",
    "abh": "assault",
    "moe": "way in",
    "poca": "proceeds of crime law",
    "mda": "drugs law",
    "sio": "lead investigator",
    "oic": "officer in the case",
    "flo": "family liaison officer",
    "flos": "family liaison officers",
    "hort1": "order to show driving papers",
    "fta": "failing to appear",
    "rvp": "meeting point",
    "npt": "neighbourhood team",
    "vawg": "violence against women and girls",
    "qp": "",
    "trid": "",
    "neg search": "search that found nothing",
    "negative search": "search that found nothing",
    "positive search": "search that found something",
    "area search no trace": "search that found nobody",
    "outstanding suspect": "suspect we are looking for",
    "outstanding suspects": "suspects we are looking for",
    "anpr": "number plate cameras",
    "mg11": "statement",
    "mg11s": "statements",
    "hbv": "honour-based abuse",
    "icva": "",
    "marac": "",
    "mappa": "",
    "dv": "domestic abuse",
    "cse": "child sexual exploitation",
    "cce": "child criminal exploitation",
    "tpac": "",
    "tpac'd": "",
    "on obbo": "",
    "obbo": "",
    "obbos": "",
}
# These are words or names as well: only in capitals ("MOP", "DPs") are they police words.
ONLY_IN_CAPITALS = word_set(
    """
    tor tors mop mops ip ips dp dps viw irv arv tda opl moe mda sio oic flo flos fta rvp npt qp trid rta rtas cse cce
    dv pnd cpn cpw csm rui s5 s18 s59 marac poca hbv
    """
)

SHORTENERS = frozenset(
    """
    bit.ly bitly.com bitly.ws j.mp tinyurl.com tinyurl.co.uk tiny.cc tiny.one tiny.pl tinyu.rl ow.ly buff.ly goo.gl
    is.gd v.gd
    rb.gy t.ly cutt.ly shorturl.at shorturl.com shorturl.asia shorte.st t.co lnkd.in fb.me dlvr.it bl.ink rebrand.ly
    s.id soo.gd trib.al adf.ly snip.ly hubs.ly hubs.li tr.im x.co qr.ae qrco.de qr.page qrs.ly urlz.fr u.to clck.ru
    surl.li mcaf.ee db.tt wp.me amzn.to amzn.eu ift.tt gg.gg t2m.io snipurl.com y2u.be kutt.it bit.do chilp.it zpr.io
    eepurl.com smarturl.it po.st spr.ly forms.gle shrtco.de shrinke.me sho.rt short.gy short.io short.link short.cm
    ity.im q.gs cli.re ln.run lc.cx u.nu n9.cl acesse.one encr.pw l1nk.dev linkd.in linktw.in dub.sh link.ly 2.gp
    tny.im tny.sh go.ly yourls.org 1url.com hyperurl.co urlzs.com vk.cc rlu.ru plu.sh shrt.link sl.ink ouo.io bc.vc
    prettylinkpro.com ow.li flip.it tgr.ph fal.cn rotf.lol dai.ly
    """.split()  # noqa: SIM905
)

LISTS = {"jargon": ", ".join(PLAIN_WORDS)}
