"""Words of arrest, suspicion and conviction."""

from __future__ import annotations

LISTS = {
    "arrest": """
        one less, one fewer, two less, two fewer, arrest/ed/s/ing, under arrest, in custody, into custody, custody,
        in the cells, in our cells, in a cell, in cells, in a police cell, the cells, caught, detained, detain,
        nicked, nabbed, collared, cuffed, handcuffed, in handcuffs, in cuffs, apprehended, off the streets,
        off our streets, off the street, behind bars, locked up, banged up, busted, bagged, captured, rounded up,
        got him, got her, got them, bailed, on bail, released under investigation, rui, hauled in, taken in,
        brought in, chased down, tackled, scooped up, picked up, in the van, in the back of the van,
        in the back of a van, charged with, been charged, were charged, was charged, is charged, charged to court,
        nick, night in the cells, felt collar, foiled, stopped in his tracks, hands up, sting, swooped on, remanded,
        took down, got the thief, got the thieves, got the burglar/s, got the robber/s, got the mugger/s,
        got the dealer/s, got the shoplifter/s, got the culprit/s, got our thief, got our burglar, got our man,
        capture, capture of, lifted at, lifted for, lifted by, lifted in, lifted outside, lifted from, lifted this,
        lifted last, lifted on, nice collar, good collar, cracking collar, top collar, collar for, feel the collar,
        felt the collar, cuffs on, handcuffs on, the cuffs, cornered, snared, rumbled, intercepted,
        arrived in custody, bail granted, granted bail, gotcha, under lock and key, nick tonight, on remand,
        cell for the night, led away, dragged off, carted off, marched off, hauled off, hauled away, taken away,
        bundled into, thrown in the, getting his breakfast, cold cell, guest of ours, guests of ours, in our nick,
        at the nick, helping us with our enquiries
    """,
    "not_arrest": """
        caught the bus, caught the train, caught the tube, caught the attention, caught a bus, caught a train,
        custody van/s, in custody van, caught on to, caught fire, will be arrested, will be caught, can be arrested,
        could be arrested, be arrested, get arrested, getting arrested, be caught, get caught, getting caught,
        gets caught, caught out, caught on camera, caught on cctv, caught on film, caught on video, caught up,
        caught short, caught in, caught the eye, caught your eye, be detained, be apprehended, citizen arrest,
        how to arrest, custody visitor/s, custody suite, child custody, custody sergeant, custody record,
        custody centre, locked up safely, keep locked up, kept locked up, leave locked up, be locked up,
        bikes locked up, bike locked up, picked up a, picked up your, picked up the, picked up some, picked up litter,
        in nick, nick of time, catch up, brought in a, brought in new, brought in the, taken in a, taken in the,
        sting operation, be foiled, not caught, never caught, caught speeding, caught using, image capture,
        video capture, capture the, carbon capture, screen capture, capture your, capture a, capture photos,
        lifted from cctv, mood lifted, lifted in the polls, cordon lifted, closure lifted, cordons were lifted,
        restrictions lifted, restriction lifted, lifted at 6pm, was lifted at, were lifted at, been lifted, be lifted,
        weights lifted, rubbish taken away, taken away your, collar for your dog, dog collar, takeaway,
        bins taken away, on the cuffs, weight lifted
    """,
    "conviction": """
        convicted, conviction/s, found guilty, guilty, pleaded guilty, pleads guilty, pled guilty, admitted in court,
        sentence, sentenced, sentencing, jailed, imprisoned, imprisonment, jail, prison, years in prison,
        months in prison, behind bars for, convict/s, custodial sentence, suspended sentence, community order,
        months for, life sentence, locked up for, put away for, banged up for, served time, serving
    """,
    "not_conviction": "not guilty, sentence of the day, prison officer/s, prison visit, guilty pleasure, avoid prison",
    "suspicion": """
        suspected, suspected of, on suspicion, suspicion of, suspicion, alleged, allegedly, allegation/s, accused of,
        in connection with, relation to
    """,
    "offender": """
        criminal, burglar/s, mugger/s, thief, thieves, robber/s, dealer/s, drug dealer/s, drugs dealer/s,
        shoplifter/s, shop lifter/s, pickpocket/s, killer/s, murderer/s, rapist/s, paedophile/s, paedo/s, pervert/s,
        attacker/s, assailant/s, fraudster/s, scammer/s, conman, conmen, con man, con artist/s, vandal/s, arsonist/s,
        drink driver/s, drunk driver/s, drug driver/s, crook/s, criminals, career criminal, offender/s, gangster/s,
        gang member/s, culprit/s, perpetrator/s, perp/s, thug/s, yob/s, snatcher/s, phone snatcher/s, bag snatcher/s,
        flasher/s, stalker/s, stabber, knifeman, gunman, gunmen, drug runner/s, drug pusher/s, pusher/s, trafficker/s,
        smuggler/s, kidnapper/s, abuser/s, predator/s, fly tipper/s, flytipper/s, bandit/s, raider/s, looter/s,
        rioter/s, hoodlum/s, villain/s, baddie/s, bad guy/s, wrong un, wrongdoer/s, joyrider/s, carjacker/s,
        hijacker/s, poacher/s, blackmailer/s, swindler/s, cheat/s, nuisance driver/s, graffiti artist/s, tagger/s,
        crackhead/s, drug lord/s, kingpin/s, ringleader/s, trespasser/s, prowler/s, intruder/s, peeping tom, groper/s,
        attempted murderer, housebreaker/s, hit and run driver, people responsible, person responsible,
        man responsible, woman responsible, men responsible, those responsible, person behind, man behind,
        woman behind, gang behind, men behind, those behind, guilty man, guilty party, guilty person, moped gang,
        knife carrier/s, tea leaf, wrong'un, wrong'uns, lag, hooligan/s, abductor/s, sex offender/s, lawbreaker/s
    """,
    "not_offender": """
        criminal damage, criminal justice, criminal offence/s, criminal record/s, criminal law,
        criminal investigation/s, criminal court/s, criminal behaviour, criminal activity, criminal activities,
        criminal network/s, criminal act/s, criminal proceedings, criminal exploitation, criminal property,
        criminal matter/s, criminal use, criminal charge/s, car dealer/s, antique dealer/s, antiques dealer/s,
        art dealer/s, book dealer/s, scrap dealer/s, motor dealer/s, metal dealer/s, scrap metal dealer/s,
        vehicle dealer/s, furniture dealer/s, card dealer/s, second hand dealer/s, authorised dealer/s,
        burglar alarm/s, burglar proof, thief proof, theft proof, killer heels, offender management,
        offender manager/s, young offender, young offenders, offenders institution, offender institution,
        ex offender/s, ex offenders, cheat sheet, cheats day, lego bandit, the book thief, jet lag, time lag,
        cheat day, culprit was, offender programme, reducing offender, weed killer, pain killer/s, killer queen,
        dealer network, phone dealer/s
    """,
    "wanted": """
        wanted for, is wanted, are wanted, was wanted, wanted by, wanted in connection, wanted man, wanted woman,
        wanted person, wanted suspect, wanted on, wanted over, wanted in relation, wanted since, most wanted,
        hunt for, hunting for, searching for, on the run, in connection with, want to speak to,
        would like to speak to, want to trace, want to talk to, keen to speak to, looking to speak to,
        trying to trace, seeking, wish to speak to, suspect/s, suspected, prime suspect, person of interest, accused,
        accused of, responsible for, on suspicion, under investigation, being questioned, been questioned,
        questioned by, questioned over, questioned about, interviewed under caution, interviewed over,
        recalled to prison, failed to appear, breached bail, breach of bail, handed himself in, handed herself in,
        handed themselves in, cuffed, on the loose, wanted, keen to speak with, want to speak with,
        like to speak with, wish to speak with, looking to speak with, speak with about, named as the man,
        named as the suspect, man they want, woman they want, they want to find, want to find over, want to locate,
        eager to speak, eager to trace, whereabouts of suspect, suspect in, under suspicion, bail granted,
        recall to prison, in our sights, tracking down, help us find, help find, warrant for, arrest warrant,
        warrant is out, warrant out, turn himself in, hand himself in, hand herself in, hand yourself in,
        give yourself up, dodging court, skipped bail, jumped bail, skipping bail, evading police, at large, fugitive
    """,
    "charged": """
        charged, charge, charged with, been charged, appear in court, appeared in court, appear at court, appeared at,
        appear at, will appear, magistrates court, magistrates' court, crown court, on trial, stood trial, trial,
        pleaded, pleads, plead, inquest, convicted, conviction, found guilty, guilty, sentenced, sentence, jailed,
        imprisoned, imprisonment, prison sentence, banned from driving, given a community order,
        criminal behaviour order
    """,
    "another_person": """
        another man, another woman, another person, second man, second woman, other man, other men, a man, a woman,
        two men, three men, two other, two others, third man, a boy, a girl, someone else
    """,
    "he": "he, she, they, him, her, them",
}
