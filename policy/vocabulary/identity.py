"""Words that point to one person: trades and roles, homes, and what was done to somebody."""

from __future__ import annotations

from policy.reading.lexicon import word_set

LISTS = {
    "trade": """
        teacher/s, head teacher, headteacher, deputy head, teaching assistant, lecturer/s, professor, tutor,
        nursery worker, nursery nurse, school governor, nurse/s, doctor/s, gp, surgeon, dentist, pharmacist, chemist,
        optician, paramedic/s, carer/s, care worker/s, care assistant, healthcare assistant, midwife, physiotherapist,
        hospital porter, porter, receptionist, caretaker/s, cleaner/s, janitor, concierge, vicar, priest, imam, rabbi,
        pastor, deacon, curate, churchwarden, nun, monk, scout leader, cub leader, brownie leader, guide leader,
        youth leader, youth worker/s, football coach, swimming coach, gymnastics coach, boxing coach, coach, referee,
        councillor, politician, mp, mayor, lawyer/s, solicitor/s, barrister, judge, magistrate, accountant/s,
        bookkeeper, banker, bank manager, bank clerk, bank worker, broker, trader, market trader, estate agent/s,
        letting agent, postman, postwoman, postie, postal worker, milkman, bin man, binman, binmen, bin men, dustman,
        refuse collector, refuse worker, bus driver/s, coach driver, minicab driver/s, mini cab driver, taxi driver/s,
        cabbie/s, cab driver/s, uber driver, lorry driver/s, hgv driver, train driver/s, tram driver, tube driver,
        van driver, delivery driver/s, delivery rider/s, delivery man, deliveroo rider, food courier, takeaway driver,
        pizza delivery driver, courier/s, driving instructor, bouncer/s, doorman, doormen, door supervisor,
        security guard/s, security man, security officer, barman, barmaid, bartender, bar manager, landlord, landlady,
        publican, pub landlord, pub manager, chef, cook, waiter, waitress, barista, baker, butcher, greengrocer,
        fishmonger, shopkeeper/s, shop owner, shop worker/s, shop assistant, shop manager, store manager,
        store worker, supermarket worker, cashier, newsagent, stallholder, florist, jeweller, pawnbroker, hairdresser,
        barber, beautician, tattoo artist, tattooist, nail technician, plumber, electrician, gas engineer, builder/s,
        bricklayer, roofer, scaffolder, carpenter, joiner, mechanic, painter and decorator, decorator, plasterer,
        glazier, handyman, window cleaner, gardener, tree surgeon, farmer, vet, dog walker, dog groomer, zookeeper,
        librarian, social worker/s, support worker, probation officer, civil servant, council worker/s,
        council officer, council employee, traffic warden, parking warden, parking attendant, lollipop lady,
        lollipop man, soldier/s, army officer, sailor, airman, firefighter/s, fireman, prison officer/s, prison guard,
        prison worker, custody nurse, journalist, reporter, photographer, actor, actress, singer, rapper,
        drill artist, dj, footballer, ex footballer, boxer, athlete, tv presenter, tv star, soap star, reality star,
        radio presenter, comedian, celebrity, musician, influencer, youtuber, tiktoker, model, student/s,
        undergraduate, medical student, manager, deputy manager, supervisor, director, company director,
        chief executive, headmaster, headmistress, chairman, chairwoman, chairperson, treasurer, club secretary,
        parish clerk, trustee, charity boss, charity worker, charity volunteer, volunteer, fundraiser, businessman,
        businesswoman, business owner, restaurant owner, restaurateur, cafe owner, takeaway owner, salon owner,
        garage owner, gym owner, pub owner, club owner, company boss, boss, employee/s, staff member/s,
        member of staff, members of staff, trainee, apprentice, nanny, childminder, babysitter, au pair,
        personal trainer, gym instructor, yoga teacher, dance teacher, music teacher, piano teacher, swimming teacher,
        lifeguard, pilot, cabin crew, air hostess, flight attendant, baggage handler, airport worker, rail worker,
        tfl worker, station worker, tube worker, engineer, it worker, software engineer, consultant, locksmith,
        funeral director, undertaker, warehouse worker, factory worker, amazon worker, nhs worker, hospital worker,
        key worker, park keeper, groundsman, bank employee, post office worker, postmaster, postmistress,
        sub postmaster, social media star, tailor, dry cleaner, busker, street performer, street cleaner,
        road sweeper, train guard, ticket inspector, bookmaker, bookie, casino worker, hotel worker, hotel manager,
        hotelier, housekeeper, butler, chauffeur, organist, choirmaster, choir leader, sacristan, head boy, head girl,
        prefect, father of, mother of, dad of, mum of, grandfather of, grandmother of, husband of, wife of, son of,
        daughter of, brother of, sister of, partner of, cousin of, nephew of, niece of, ex wife of, ex husband of,
        next door neighbour, neighbour, his neighbour, her neighbour, their neighbour, the victim's neighbour,
        flatmate, lodger, tenant/s, landlord of, owner, co owner, licensee, gaffer, foreman, site manager, chair of,
        head of, leader of, president of, captain of, vice chair, organiser, resident of, residents of, resident,
        residents, occupant of, occupier of, tenant of, tenants of, dpd driver, royal mail driver, evri courier,
        amazon driver, ocado driver, tesco driver, asda driver, recovery driver, tow truck driver, coach operator,
        ambulance worker, ambulance driver, dinner lady, dinner ladies, school cook, school secretary, school cleaner,
        school bus driver, sports teacher, pe teacher, maths teacher, english teacher, science teacher,
        deputy headteacher, governor, acting head, care home manager, care home owner, home help, ex soldier, veteran,
        army veteran, navy veteran, retired teacher, retired policeman, ex policeman, local businessman, scrap dealer,
        scrap metal dealer, car dealer, jobseeker, gang leader of, rough sleeper, trainee teacher, junior doctor,
        hospital consultant, gp receptionist, hospital cleaner
    """,
    "not_trade": """
        drink driver, drug driver, student union, student halls, student accommodation, teacher training, doctor who,
        police officer, residents association, residents' association, head of steam, head of crime,
        owner of the bike, owner of the car, owner of the phone, owner of the vehicle, its owner, rightful owner,
        the owner, owners, dispersal, cook islands, vet street, baker street, carpenters estate, carpenters road,
        butcher street, chemist shop, student house, concerned resident/s, local resident/s reported,
        help from residents, thanks to residents, calls from residents, residents reported, residents told,
        residents asked, residents said, residents raised, residents have, residents complained,
        reports from residents, concerns from residents, resident reported, resident called, resident rang, model of,
        the model, model number, manager said, director of public prosecutions, offender manager, judge said,
        the judge, trader standards, trading standards
    """,
    "job": """
        works as, worked as, working as, works at, worked at, works in, works for, worked for, employed as,
        employed at, employed by, runs a, runs the, runs his, runs her, ran a, ran the, who runs, owns a, owns the,
        who owns, manages a, manages the, who manages, volunteers at, volunteers with, teaches at, teaches in,
        who teaches, coaches at, coaches the, who coaches, serves on, sits on the, plays for, who plays, drives a bus,
        drives a taxi, drives a cab, drives the, delivers to, studying at, studies at, student at, job as,
        by profession, by trade, he's a, she's a, he is a, she is a, who is a, was a teacher, a member of the,
        a governor at, trustee of, owner of, boss of, manager of, employee of, director of, founder of, secretary of,
        worker at, works behind
    """,
    "harm_done": """
        was robbed, were robbed, been robbed, being robbed, got robbed, is robbed, was burgled, were burgled,
        been burgled, being burgled, got burgled, was mugged, were mugged, been mugged, being mugged, got mugged,
        was attacked, were attacked, been attacked, being attacked, was assaulted, were assaulted, been assaulted,
        being assaulted, was stabbed, were stabbed, been stabbed, being stabbed, got stabbed, was shot, were shot,
        been shot, was punched, were punched, been punched, being punched, was kicked, was beaten, were beaten,
        been beaten, was hit by, was hit with, was struck, was knocked, was knocked off, was knocked down,
        was run over, was pushed, was threatened, were threatened, been threatened, being threatened, was injured,
        were injured, been injured, was hurt, was badly hurt, was conned, were conned, been conned, being conned,
        was scammed, were scammed, been scammed, being scammed, got scammed, was defrauded, been defrauded,
        was tricked, were tricked, been tricked, was duped, was fooled, was targeted, were targeted, been targeted,
        being targeted, was followed, was harassed, been harassed, was stalked, been stalked, was abused,
        was racially abused, were racially abused, was spat at, was bitten, was kidnapped, was murdered,
        been murdered, was killed, been killed, was found dead, was cuckooed, being cuckooed, been cuckooed,
        was raided by, was broken into, were broken into, been broken into, was stolen, were stolen, been stolen,
        got stolen, was snatched, were snatched, been snatched, was taken from, were taken from, was nicked,
        were nicked from, was vandalised, were vandalised, been vandalised, was smashed, was damaged, was torched,
        was ransacked, fell victim, fell prey, became a victim, was a victim, was the victim, were victims,
        the victim of, lost her savings, lost his savings, lost their savings, lost savings, lost her life savings,
        lost his life savings, lost thousands, lost money, lost over, lost more than, lost nearly, lost almost,
        lost £, lost her, lost his, handed over, was left with, was left shaken, left shaken, was left bleeding,
        was left bruised, is shaken, suffered, sustained, received injuries, needed stitches, needed hospital,
        was taken to hospital, is in hospital, in hospital after, recovering, is recovering, recovering at,
        recovering from, is traumatised, is devastated, is stable, is critical, in a critical condition,
        had been robbed, robbed at, robbed of, mugged at, burgled while, attacked by, attacked on, assaulted by,
        assaulted on, stabbed by, stabbed in, threatened by, threatened with, threatened at, punched in,
        punched unconscious, conned out of, scammed out of, tricked into, tricked out of, cheated out of,
        swindled out of, defrauded of, held up at, held at knifepoint, injured in, hurt in, burgled, robbed, mugged,
        scammed, conned, swindled, defrauded, targeted by, victimised, woke to find, came home to find,
        returned home to find, returned to find, got home to find, who was stabbed, who was attacked, who was robbed,
        lost everything, lost her home, lost his home, lost the lot, paid a rogue, handed cash to,
        gave her bank details, gave his bank details, had to be taken to hospital, is being treated,
        being treated in hospital, fighting for
    """,
    "harming": """
        victim, victims, the victim, victim is, victim was, victim named as, victim named, named locally as, named as,
        identified as, injured man is, injured woman is, injured party, dead man is, dead woman is, deceased is,
        complainant, robbed, robbing, mugged, mugging, mugging of, attacked, attacking, assaulted, assaulting,
        stabbed, stabbing, stabbing of, punched, punching, kicked, kicking, threatened, threatening, conned, conning,
        scammed, scamming, defrauded, defrauding, tricked, tricking, duped, burgled, burgling, beat up, beat, shot,
        shooting of, killed, killing of, murdered, murder of, death of, attack on, assault on, robbery of, robbery on,
        abuse of, hit, knocked down, ran over, injured, hurt, targeted, targeting, harassed, harassing, stalked,
        stalking, followed, stole from, stealing from, taken from, stolen from, snatched from, took from, money from,
        cash from, savings from, belonging to, belongs to, thoughts are with, our thoughts are with,
        thoughts go out to, sympathies with, sympathy to, sorry to hear about, sorry to hear that, bike of, home of,
        house of, flat of, shop of, car of, property of, burglary at, thieves targeted, burglars targeted, spat at,
        cuckooed, kidnapped
    """,
    "losing": "lost",
    "stealing": """
        stole, steal, stealing, stolen, took, taken, taking, snatched, snatching, nicked, swiped, pinched, grabbed,
        grabbing, raided, ransacked, trashed, smashed, robbed, burgled, conned, tricked
    """,
    "had_taken": """
        stolen, snatched, nicked, taken, swiped, pinched, broken into, smashed, vandalised, burgled, ransacked,
        robbed, damaged, trashed, raided, set on fire, torched, grabbed, slashed, cloned, emptied, drained, hacked
    """,
    "of_a_topic": """
        talk/s, talking, talked, speak/s, speaking, spoke, workshop/s, meeting/s, meet, met, panel, event/s, webinar,
        walkabout, walk about, pubwatch, pub watch, shopwatch, neighbourhood watch, pack/s, awareness, campaign/s,
        prevention, prevent, preventing, advice, tips, tackle, tackling, reduce, reducing, update/s, follow, support,
        supporting, stop violence, end violence, against, reclaim, hearing|heard about, discuss, discussed,
        discussing, working on|with|together, work against|on, partnership, patrol|patrols|patrolling with, hotspot/s,
        out on patrol, doubled, extra patrols, more patrols, giving out, handing out, concern/s about, issues,
        presentation, training, input/s, assembly, session/s, survey, sign up, signed up, keep drugs, keep crime,
        listening to, safety, breakfast, visit, visited, visiting, joined us, join us, award/s, rt
    """,
    "of_a_case": """
        arrested, arrest/s, custody, cells, suspect/s, suspected, victim, victims, witness, witnesses, robbed, burgled,
        mugged, stolen, stabbed, assaulted, your burglar|burglary|robbery|mugging|assault|attacker|thief,
        charged, in court, tip, tip off, info, information, caught, detained, wanted, recognise, last night, led us,
        we know, handcuffs, cuffs, nicked, seen the video, hand yourself, filmed, cctv, footage, your lot, give it back
    """,
    "kind_answer": """
        thank|thanks|cheers for getting|letting|flagging|raising|telling|your|the, thank you, thanks, hi, hello, hiya,
        good morning|afternoon|evening, sorry to hear, sorry for, have you reported, please report, please call|ring,
        can|could you report|call|ring|email, call|ring|via|to|on|use 101, report it|this|online, we'll pass,
        passed this|it|to|on, we will pass, pass this|it|to|on, local team, extra patrols, following up
    """,
    "unkind_answer": """
        arrested, custody, cells, in court, suspect/s, we know, hand yourself, your burglar, wanted, caught, nicked,
        see you soon, stop fly, give it back, isn't yours, we have seen, witness, you were
    """,
    "not_offence": """
        crime prevention, burglary prevention, fraud prevention, robbery prevention, theft prevention,
        crime commissioner, knife bin/s, knife amnesty, knife crime talk, crime map, crime reduction, crime fiction,
        crime novel, crime writer, crime drama, drug litter, drugs litter, fraud awareness, crime stoppers,
        knife arch, crime survey, tennis court/s, basketball court/s, court place, food court, free of charge,
        in charge, prevent burglary, prevent theft, prevent crime, beat crime, cyber crime advice, crime advice,
        violence reduction, knife sharpening, charged up, fully charged, ice cold, volunteers wanted, help wanted,
        wanted to, we wanted, i wanted, just wanted, you wanted, suspect you, i suspect, cake/s, handcuffs on,
        photo shoot, parking shot, a shot, great shot, big shot, flu shot, screen shot, good shot, coffee shot
    """,
}

# Where one of these stands between, it is somebody else: "a teacher called us and a man was arrested".
SOMEBODY_ELSE = word_set(
    """
    man men woman women male males female females suspect/s person people boy/s girl/s lad/s youth/s teenager/s
    someone somebody burglar/s thief thieves robber/s mugger/s shoplifter/s intruder/s officer/s
    police pc pcs we attacker offender/s called rang phoned spotted saw reported alerted helped flagged told found
    stopped chased detained held caught thanks thank after
    """
)
