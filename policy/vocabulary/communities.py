"""Words that insult people, or tie a whole community to crime."""

from __future__ import annotations

_NATION = (
    "romanian|albanian|polish|bulgarian|lithuanian|somali|nigerian|jamaican|turkish|kurdish|chinese|vietnamese|indian"
    "|pakistani|bangladeshi|bengali|afghan|iraqi|iranian|syrian|eritrean|ethiopian|sudanese|algerian|moroccan|tunisian"
    "|libyan|russian|ukrainian|moldovan|georgian|kosovan|irish|italian|french|spanish|portuguese|brazilian|colombian"
    "|chilean|south_american|latin_american|eastern_european|east_european|african|north_african|west_african|asian"
    "|south_asian|arab|arabic|caribbean|black|young_black|muslim|jewish|hasidic|hindu|sikh|christian|catholic|foreign"
    "|immigrant|migrant|refugee|roma|gypsy|traveller|irish_traveller|homeless|mentally_ill|disabled|gay|lesbian|trans"
    "|transgender|mixed_race|white|ethnic|ghanaian|congolese|iranian|greek|cypriot|american|filipino|thai"
)
_FOLK = (
    "men|gang/s|lads|boys|kids|youths|women|girls|families|people|nationals|criminals|thieves|beggars|builders|students"
    "|drivers|lot|teenagers|teens|dealers|mafia|males|guys|blokes|crew/s|community|communities|immigrants|migrants"
    "|pickpockets|folk|workers|adults|types|neighbours|parents|children|groups|shoplifters|burglars|squatters"
)

LISTS = {
    "slur": """
        the|this|that|some clown/s|joker/s|muppet/s|animal/s who|doing|that|in|on|driving|riding|behind,
        these|those|another|what_a clown/s|joker/s|muppet/s|animal/s who|doing|that|in|on|driving|riding|behind,
        what a clown|joker|animal|rat|pig|mug|tool|div|melt|muppet|loser, clowns on|in|driving|riding, scum,
        scumbag/s, scrote/s, scroat/s, lowlife/s, low life/s, lowlives, junkie/s, junky, smackhead/s, crackhead/s,
        crack head/s, druggie/s, druggy, pothead/s, stoner/s, bagheads, baghead, alkie/s, wino/s, dosser/s,
        waster/s, layabout/s, sponger/s, scrounger/s, yob/s, yobbo/s, yobs, yobbish, thug/s, thuggish, lout/s,
        loutish, hoodlum/s, hooligan/s, chav/s, chavvy, ned/s, oik/s, hoodie rats, scally, scallies, toerag/s,
        toe rag/s, ratbag/s, rat bag/s, sleazebag/s, slimeball/s, dirtbag/s, dirt bag/s, douchebag/s, pond life,
        pondlife, vermin, parasite/s, leech/es, cockroach/es, maggot/s, filthy animals, feral, ferals, savages,
        degenerate/s, reprobate/s, ne'er do wells, neer do wells, undesirables, riff raff, riffraff, idiot/s,
        idiotic, moron/s, moronic, imbecile/s, cretin/s, halfwit/s, half wit/s, dimwit/s, numpty, numpties,
        muppet/s, plonker/s, pillock/s, prat/s, wally, wallies, twit/s, twat/s, tosser/s, wanker/s, knobhead/s,
        knob head/s, bellend/s, bell end/s, dickhead/s, dick head/s, dick/s, prick/s, arse, arses, arsehole/s,
        arseholes, ass hole/s, asshole/s, bastard/s, bugger/s, git, gits, sod, sods, cow bag, slag/s, slapper/s,
        slut/s, whore/s, bitch/es, cunt/s, nonce/s, paedo/s, pedo/s, perv/s, pervert/s, weirdo/s, nutter/s,
        nutcase/s, nutjob/s, psycho/s, loony, loonies, lunatic/s, maniac/s, schizo/s, retard/s, retarded,
        spastic/s, mong/s, cripple/s, fatty, fatso, fuck/s/ed/er/ers/ing/in, fucking, fecking, effing, frigging,
        motherfucker/s, wtf, stfu, ffs, omfg, shit/s/e/ty/ter, shite, bullshit, bull shit, bollocks, bollox,
        bloody, crap, crappy, crapped, piss/ed/ing/es/er, pissed off, piss off, sod off, bugger off, damn, dammit,
        goddamn, shag/ging/ged, wank, tits, cock, cocks, minger/s, munter/s, pikey/s, pikeys, gyppo/s, gypo/s,
        paki/s, chink/s, nigger/s, nigga/s, coon/s, wog/s, gook/s, yid/s, kike/s, raghead/s, towelhead/s, spic/s,
        poof/s, poofter/s, faggot/s, fag/s, dyke/s, tranny, trannies, batty boy, tart, tarts, coward/s, cowardly,
        creep, creeps, sicko/s, monster/s who|that, evil monster/s, animals who|that,
        these|those|absolute|pack_of|bunch_of|total|complete|utter animals|clowns|clown|jokers|rats|pigs|monkeys,
        these|those|absolute|pack_of donkeys|jackals|hyenas|vultures|mugs|mug|losers|loser,
        bunch_of|total|complete|utter donkeys|jackals|hyenas|vultures|mugs|mug|losers|loser, loser/s who|that,
        losers, nasty piece of work, piece of work, waste of space|oxygen, brain dead, braindead, thick as,
        bunch of lads with no brains, oxygen thief, oxygen thieves, imbeciles, mouth breather/s, bottom feeder/s,
        rogue/s gallery, wrong un, wrong uns, wrong'un, wrong'uns, wronguns, wrongun, little so and sos,
        so and sos, little darlings, little angels, scallywag/s, villain/s, no good, good for nothing, dregs,
        lefty, snowflake/s, benny, div, divvy, gimp, gobby, gobshite/s, nobhead/s, nob head/s, melt, bellends,
        jobless, dole scum, trailer trash, white trash, fool/s, foolish, clueless
    """,
    "not_slur": """
        scum free, pond scum, soap scum, idiot proof, idiot's guide, idiot guide, muppet show, muppets christmas,
        the muppets, muppet christmas, bloody mary, bloody sunday, tower of, wally the|is|in, where wally,
        wheres wally, where is wally, find wally, love bugger, dick whittington, dick turpin, moby dick, dick van,
        dick and dom, spotted dick, cock tavern, cock and|inn|pub|pheasant, the cock, black cock, weather cock,
        lunatic fringe, maniac cop, git hub, git repository, tart/s and|fair|baking,
        jam|egg|custard|bakewell|treacle|apple|lemon|fruit tart/s, cherry bakewell tart, pop tart/s, april fool/s,
        april fools, gooseberry|rhubarb|mango fool, fool's gold, fool gold, crap game, monster truck/s, fun losers,
        biggest loser, biggest losers, hidden idiot, no good reason, do no good, no good at, no good to,
        no good for, head lice, leech field, bitch please, tit for tat, blue tits, great tits, coal tits,
        long tailed tits, pantomime villain/s, panto villain/s, villain in the panto, boo the villain,
        aston villain, creeping, fag end/s, fag packet, hit it for, cock up, faggots and|with, ned kelly,
        ned the|is|and, the yid, dyke road, offa's dyke, offas dyke, damn fine|good, cripple creek, coward street,
        noel coward, coward theatre, wally of, benny hill|from|and|the, melt in|the|away|into|down|your|snow|ice,
        div of, chink of light, chink in, nonces, sods law, sod's law, sod law, a sod of, turf sod, clean sod,
        shag pile, shags and, shag carpet, tottenham yid, kids and fool, spastic society, retard the, flame retard,
        no fool/s, foolproof, fool proof, jobless rate|figures|total, rogue/s gallery of dogs, don't be a sod,
        dirt bag of, no one is a fool, slapper the, mad hatter, feral cat/s|pigeon/s|pigeons|goats, coon cat,
        maine coon, maine coons, slag heap, coal slag
    """,
    "community": f"""
        travellers, gypsies, gypsys, gipsies, the roma, roma, romanians, albanians, bulgarians, lithuanians,
        latvians, poles, polish people, somalis, nigerians, jamaicans, turks, kurds, pakistanis, indians,
        bangladeshis, bengalis, afghans, iraqis, iranians, syrians, eritreans, ethiopians, sudanese, algerians,
        moroccans, russians, ukrainians, moldovans, kosovans, brazilians, colombians, chileans, eastern europeans,
        east europeans, africans, asians, arabs, muslims, jews, hindus, sikhs, christians, catholics, foreigners,
        immigrants, migrants, asylum seekers, refugees, illegals, boat people, blacks, ethnics, the homeless,
        homeless people, homeless lot, homeless men, homeless, rough sleepers, beggars, street beggars, tramps,
        vagrants, street drinkers, mental health patients, mental patients, psychiatric patients,
        mentally ill people, the mentally ill, mentally ill,
        people with mental health|mental_illness|learning|schizophrenia|autism, autistic people|kids|lads,
        disabled people, gays, lesbians, trans people|women|men, transgender people, drug addicts, addicts,
        heroin addicts, sex workers, prostitutes, women drivers, female drivers, elderly drivers, old people,
        pensioners behind, foreign students, foreign drivers, people on benefits, benefit claimants,
        council tenants, single mothers|mums, hotel residents,
        people from|on that|the|this estate|hotel|hostel|site, hostel residents, care leavers, care home kids,
        kids from|in care|the_children's_home, {_NATION} {_FOLK},
        gang/s|groups|crew/s of romanians|albanians|bulgarians|somalis|nigerians,
        gang/s|groups|crew/s of travellers|gypsies|migrants|immigrants|foreigners,
        gang/s|groups|crew/s of poles|turks|black|asian|eastern|muslim|roma|romanian|albanian|polish,
        traveller site/s|camp/s, gypsy site|camp, the traveller encampment
    """,
    "not_community": """
        rail|train|tube|bus|air|fellow|business|space travellers,
        time|commuters|frequent|london|weary|delayed|holiday|foreign_office travellers,
        travellers check|cheques|arriving|at_the_airport|on_the_tube, gypsy moth, gypsy jazz|kings|swing,
        black cab drivers, black cab, bean poles, tent poles, lamp poles, telegraph poles, flag poles,
        litter poles, nordic poles, walking poles, trekking poles, fence poles, scaffold poles, roma football,
        as roma, roma lazio, poles apart, turkish delight, asian supermarket, american football, white goods,
        black history, black country, white van drivers, white van
    """,
    "their_crime": """
        work|works|working the tube|streets|trains|crowds|high|area|buses, getting into fights, fights, fight,
        nick, nick anything, arrived, turn up, turned up, run this|our, shoplifters, burglars, muggers, robbers,
        scammers, grooming gangs, terrorists, stealing, steal, steals, stole, thieving, thieves, thefts, theft,
        pinching, nicking, pickpocketing, pickpockets, robbing, rob, robberies, mugging, mug, burgling, burgle,
        burglaries, break ins, shoplifting, shoplift, dealing, deal, selling drugs, sell drugs, drug dealing,
        drugs, running drugs, grooming, smuggling, trafficking, stripping the|lead, scamming, scam, scams, conning,
        con, fraud, ripping off, cold calling, cold call, begging, aggressive begging,
        behind most|all|many|a_lot|the|this|these|nearly|it, responsible for,
        causing trouble|problems|mayhem|chaos|havoc|nuisance|misery|damage|issues|disorder|anti|asb,
        cause trouble|problems|crime, keep causing, trouble, nuisance, intimidating, intimidate, harassing, harass,
        threatening, attacking, assaulting, fighting, violence, violent, crime, crimes, criminal, criminals,
        crime gangs, organised crime, antisocial, anti social, asb, littering, litter everywhere, dumping,
        fly tipping, flytipping, mess, rubbish everywhere, dirty, filthy, drink and drive, drinking in|on,
        urinating, defecating, spitting, racing, racetrack, speeding, vandalising, wrecking, ruining, terrorising,
        taking over, taken over, invaded, invading, invasion, flooding in|our|into, swarming, overrun,
        descended on, moved in, have moved, moving in, moved onto|on_to|into, set up camp, have arrived, are back,
        in town, watch|hide|lock|mind|guard|check your|up|out, lock up, lock your, keep hold, hold on to,
        count your, ring us straight, call us straight, after your, up to no good, can't be trusted,
        cannot be trusted, not to be trusted, don't trust, don't give, do not give, don't open, never trust,
        not welcome, go home, should go, sent home, sent back, deported, deport, known for, famous for,
        notorious for, typical, always, as usual, as ever, run these, run the, are all, part of organised,
        to blame, blame, no surprise, what do you expect, what they do, their way of life, in their culture,
        cultural thing, cultural, cannabis houses, cannabis farms, brothels, knives, knife crime, carry knives,
        gangs, jump/ing red, drive like, park anywhere, dodging fares, fare dodging, beware, be aware, be careful,
        parents take note, snatching, snatch, phones, that who, who is robbing|stealing|dealing, loitering,
        hanging around, hanging about, preying, prey on,
        targeting our|your|elderly|tourists|women|residents|shops|shoppers, leering, catcalling, hassling, hassle,
        off limits
    """,
    "crime_by": """
        blame|beware_of|watch_out_for|wary_of the|these|those|all_the|some,
        down_to|thanks_to|caused_by|because_of|too_many the|these|those|all_the|some,
        shoplifters|burglars|thieves are|were|tend_to_be all|always|mostly|mainly,
        shoplifters|burglars|thieves are|were|tend_to_be usually|often|nearly_all|almost_all|,
        beggars|pickpockets|dealers|muggers are|were|tend_to_be all|always|mostly|mainly,
        beggars|pickpockets|dealers|muggers are|were|tend_to_be usually|often|nearly_all|almost_all|,
        offenders|suspects|culprits|scammers are|were|tend_to_be all|always|mostly|mainly,
        offenders|suspects|culprits|scammers are|were|tend_to_be usually|often|nearly_all|almost_all|,
        robbers|fly_tippers|criminals|prisoners are|were|tend_to_be all|always|mostly|mainly,
        robbers|fly_tippers|criminals|prisoners are|were|tend_to_be usually|often|nearly_all|almost_all|,
        gone up|rocketed|risen|increased|worse|downhill|up|rife since the|these|those|, since the, ever since,
        because the, crime/s|theft/s|burglaries|robberies by|from|caused_by|involving|committed_by,
        trouble|nuisance|mess|rubbish|disorder by|from|caused_by|involving|committed_by,
        crime/s|theft/s|burglaries|robberies thanks_to|courtesy_of|down_to|because_of|left_by,
        trouble|nuisance|mess|rubbish|disorder thanks_to|courtesy_of|down_to|because_of|left_by,
        violence|asb|litter|noise by|from|caused_by|involving|committed_by,
        damage|thieving|begging|dealing|shoplifting by|from|caused_by|involving|committed_by,
        violence|asb|litter|noise thanks_to|courtesy_of|down_to|because_of|left_by,
        damage|thieving|begging|dealing|shoplifting thanks_to|courtesy_of|down_to|because_of|left_by, blame,
        blame the, blame it on, down to the, down to, thanks to the, caused by, because of the, because of,
        watch out for, beware of, beware, wary of, keep away from, stay away from, influx of, invasion of,
        plague of, too many, infested with, overrun by|with, full of, swarms of, hordes of, gangs of, gang of,
        groups of, it's, its, it the
    """,
    "kindly": """
        we met, met, spoke to|with, talked to|about, talk to|about, spoke about, report it, learn, learned,
        careers, hate crime/s, hate, racism, racist, prejudice, discrimination, islamophobia, antisemitism,
        against, victim/s, victimised, targeted, being targeted,
        are|were|was|been|being robbed|attacked|assaulted|abused|exploited|harassed|threatened,
        are|were|was|been|being mugged|burgled|scammed|conned|targeted|groomed|trafficked|forced, support,
        supporting, help, helping, helped, advice, history month, history, heritage, celebrate, celebrating,
        celebration, eid, diwali, ramadan, passover, hanukkah, vaisakhi, happy, mubarak, welcome to|our, thank,
        thanks, lunch club, cookery, class, classes, visit, visited, visiting, asked about, told us, worried,
        reassure, reassurance, protect, vulnerable, shelter, streetlink, street link, outreach, charity, services,
        drop in, volunteers, day centre, soup kitchen, awareness, refugee week, refuge, community day, engagement,
        listening, met with, meeting with, joined us, joined, festival, picnic, supper club, book group, mosque,
        synagogue, temple, gurdwara, interpreter, translation, translated, language, languages, leaflets in,
        support for, less likely, more likely to be, as likely, at risk, free, english classes, exhibition, museum,
        dance, music, film, sponsored, choir
    """,
}
