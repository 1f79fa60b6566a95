"""Words around people whom the law keeps nameless: complainants of sexual offences, and the young."""

from __future__ import annotations

LISTS = {
    "sexual_offence": """
        rape/d/s, raping, rapist/s, sexually assault/ed/ing, sexual assault/s, sexually abuse/d, sexual abuse,
        sexual offence/s, sex offence/s, sex attack/s, sex assault/s, sexual attack/s, sexually attacked,
        indecent assault/s, indecently assaulted, indecent exposure, exposed himself, exposed themselves, flashed at,
        flashing, voyeurism, voyeur, upskirt/ed/ing, up skirting, grooming, groomed, sexual activity, sexual touching,
        sexually touched, sexually touching, touched inappropriately, inappropriately touched, touched sexually,
        groped, groping, fgm, female genital mutilation, forced marriage, forced into marriage, trafficked,
        trafficking, human trafficking, sex trafficking, modern slavery, slavery, sexually exploited,
        sexual exploitation, cse, revenge porn, intimate image/s, incest, penetration, molested, molest,
        sexually harassed, sexual harassment, sexual predator, sexual act/s, forced to have sex, made to have sex,
        prostitution, sexual violence, sexual communication, indecent images, exploited for sex, sexually abusing,
        abused her sexually, abused him sexually, abusing her sexually, abusing him sexually, sexually molested,
        sexually motivated, attempted rape, sexually attacking, sexually exploiting, pimped, forced into prostitution,
        forced prostitution, grooming gang, child sex abuse, child sexual abuse, child sexual exploitation,
        marriage against her will, forced to marry, marry against, honour based abuse, cut abroad, virginity test
    """,
    "not_sexual_offence": """
        drug trafficking, drugs trafficking, arms trafficking, firearms trafficking, wildlife trafficking,
        dog grooming, pet grooming, grooming salon, cat grooming, grooming parlour, male grooming, dogs groomed,
        dog groomed, oilseed rape, rape seed, rape field, flashing light/s, flashing blue, flashing amber,
        lights flashing, flashing lights, flashing red, well groomed, groomed dog/s, trafficking of drugs,
        trafficking drugs, headlights were flashing, lights were flashing, lights are flashing, sign is flashing,
        signs flashing, flashing sign/s, flashing at the crossing, flashing up, flashing bike, camera flashing,
        rapeseed
    """,
    "awareness": """
        awareness, awareness week, awareness day, campaign, support is available, support available, training,
        trained, helpline, charity, survivor/s, conference, advice, workshop, briefing, learn how, how to spot,
        signs of, spot the signs, speak out, believe you, we will listen, here for you, free and confidential,
        support service/s, helplines, rape crisis, sexual assault referral centre, havens, victim support, prevention,
        preventing, tackle, tackling, talk about, vawg, 16 days, white ribbon, presentation, lesson/s, assembly,
        talks, walk and talk, ask for angela
    """,
    "sexual_incident": """
        arrested, arrest, was raped, were raped, been raped, raped, was sexually, were sexually, been sexually,
        assaulted, attacked, charged, convicted, jailed, sentenced, investigating, investigation into, investigation,
        appeal/s, appealing, witnesses, reported, report of, reports of, victim, complainant, suspect, suspicion,
        allegation, allegedly, alleged, groped, molested, abused, trafficked, followed, incident, custody, rescued,
        safeguarded, disclosed, told officers, came forward, found guilty, court, exposed himself, flashed, wanted,
        grabbed, approached, happened, remanded, bailed, came to light, told her teacher, told her mum,
        told her mother, told a teacher, told his mum, told staff, confided, on trial, accused of, nicked, detained,
        freed
    """,
    "relative": """
        father, dad, stepfather, stepdad, step father, step dad, mother, mum, stepmother, stepmum, step mother, uncle,
        aunt, auntie, brother, stepbrother, step brother, half brother, sister, cousin, husband, wife, ex husband,
        ex wife, partner, ex partner, boyfriend, ex boyfriend, girlfriend, ex girlfriend, ex, fiance, grandfather,
        grandad, grandmother, nephew, niece, son, daughter, stepson, stepdaughter, step son, step daughter,
        step sister, stepsister, half sister, grandson, granddaughter, family friend, family member, relative,
        relation, neighbour, flatmate, housemate, colleague, co worker, boss, employer, manager, landlord, carer,
        foster carer, foster father, foster mother, teacher, tutor, coach, priest, pastor, imam, babysitter,
        childminder, parents, lodger, guardian, in laws, brother in law, father in law, sister in law, friend,
        classmate, leader, scout leader, youth leader, youth worker, football coach, headteacher, head teacher,
        supervisor, doctor, stepfather's friend, gran's partner, mum's boyfriend, mother's boyfriend, mum's partner,
        mother's partner, line manager, driving instructor, pimp, date, tinder date, husband's friend,
        brother's friend, father's friend, dad's friend, sister's boyfriend, son's friend, carer's son, housemates,
        roommate
    """,
    "own_place": """
        her way home, his way home, their way home, way to school, way to work, way to college, way home from,
        her home, his home, their home, own home, family home, her house, his house, their house, her flat, his flat,
        their flat, her bed, his bed, her bedroom, his bedroom, her room, his room, her garden, her own, her school,
        his school, their school, her college, his college, her university, his university, their university,
        her workplace, his workplace, her work, his work, their workplace, her office, his office, her gym,
        her church, his church, her mosque, her building, her block, her street, her road, her estate, his estate,
        her halls, where she lives, where he lives, where they live, where she works, where he works, where they work,
        where she studies, where he studies, where they study, where she lived, where she worked,
        where she was staying, where he lived, where he worked, where she trains, where she teaches, works at,
        works as, worked at, worked as, works in a, works for, studies at, studying at, employed at, employed by,
        employed as, attends, attended, lives in, lives on, lives at, lives with, lived in, lived at, lived on,
        lived with, living in, living at, living on, at work, in halls, hall of residence, halls of residence,
        student accommodation, care home, children's home, nursing home, hostel, refuge, women's refuge, foster home,
        pupil at, pupils at, student at, students at, pupil from, student from, walking home, walked home,
        walking to work, walking to school, walked to school, from school, from work, from college, after school,
        after work, her shift, his shift, nail bar, massage parlour
    """,
    "occupation": """
        nurse, doctor, teacher, student, schoolgirl, schoolboy, pupil, barmaid, barman, waitress, waiter, shop worker,
        shopkeeper, shop assistant, carer, care worker, cleaner, jogger, receptionist, lawyer, solicitor, actress,
        actor, singer, model, dancer, dentist, midwife, paramedic, social worker, teaching assistant, trainee,
        apprentice, au pair, nanny, childminder, hairdresser, beautician, chef, cashier, taxi driver, bus driver,
        cabbie, delivery driver, sex worker, escort, soldier, footballer, athlete, journalist, accountant, engineer,
        librarian, intern, tourist, undergraduate, postgraduate, graduate, pensioner, mother of, father of, mum of,
        mum-of, dad of, widow, bride, resident, patient, inmate, prisoner, asylum seeker, refugee, teenager, teen,
        schoolchild, schoolchildren, toddler
    """,
    "schoolchild": """
        year 7, year 8, year 9, year 10, year 11, year 12, year 13, yr 7, yr 8, yr 9, yr 10, yr 11, yr 12, yr 13, y7,
        y8, y9, y10, y11, y12, y13, year seven, year eight, year nine, year ten, year eleven, year 3, year 4, year 5,
        year 6, sixth former/s, pupil/s, schoolboy/s, schoolgirl/s, schoolchild, schoolchildren, school boy/s,
        school girl/s, school kid/s, schoolkid/s, teen/s, teenage, teenager/s, juvenile/s, boy/s, girl/s, year 7s,
        year 8s, year 9s, year 10s, year 11s, year 12s, year 13s
    """,
    "young": """
        child, children, kid/s, youth/s, youngster/s, young person, young people, under 18, under 18s, under 16,
        underage, lad/s, student/s, minor/s, sixth form
    """,
    "not_young": """
        boys in blue, good boy, good girl, girl guides, old boy, birthday girl, minor injuries, minor injury,
        minor damage, minor collision, minor works, minor crash, kids zone, university student/s, mature student/s,
        adult student/s, youth club/s, youth centre/s, youth worker/s, youth services, youth team, youth service,
        youth engagement, youth offending, college student/s
    """,
    "decisive": """
        arrested, charged, in custody, into custody, detained, nicked, bailed, caught with, found with,
        found carrying, found in possession, was carrying, were carrying, carrying a knife, carrying a blade,
        carrying a weapon, in possession of, interviewed under caution, was stabbed, were stabbed, been stabbed,
        was robbed, were robbed, been robbed, was attacked, were attacked, was assaulted, were assaulted,
        been assaulted, been attacked, was mugged, were mugged, was shot, sentenced, convicted, jailed,
        pleaded guilty, referral order, community resolution, suspected of, on suspicion, wanted for, reported for,
        cautioned, was murdered, was killed, remanded, stole, is wanted, are wanted, admitted, in court, youth court
    """,
    "crime": """
        arrest/s, custody, possession, stabbing, stabbed, robbed, mugged, attacked, assaulted, court, suspect/s,
        suspicion, wanted, excluded, expelled, responsible, accused, victim/s, shot, exploited, stealing, shoplifting,
        burgled, dealing drugs, selling drugs, threatened, gang/s, murder, killed, fined, searched, dispersed,
        injunction, vandalised, smashed, crime/s, knife crime, knife, knives, robbery, robberies, drugs, burglary,
        theft, violence, fight, fighting, antisocial behaviour, anti social behaviour, asb, weapon/s, graffiti,
        vandalism, caught, offence/s, criminal damage, bullying, assault, throwing, threw, machete, blade,
        county lines, attack/s, in an attack, mugging, handcuffed, charged
    """,
    "adult": "man, men, woman, women, adult/s, driver, male, female",
    "welcome": """
        visit, visited, visiting, talk/s, talked, talking, chat, chatted, chatting, assembly, assemblies, cadet/s,
        workshop/s, session/s, lesson/s, presentation/s, poster/s, competition, designed, design, winner/s, prize,
        award, congratulations, well done, thank/s, thank you, great, brilliant, fantastic, lovely, met, meet,
        meeting, welcome, welcomed, taught, teach, teaching, learn, learned, learnt, learning, join, joined, football,
        sports, q a, questions, engagement, road safety, safety, advice, helped, volunteers, volunteering,
        litter pick, tour, trip, event, fair, fete, quiz, junior citizen, mini police, safer schools, pleasure,
        enjoyed, proud, educate, education, educating, input/s, delivered, delivering, spoke to, speaking to,
        spoken to, speaking with, showed, asked us, role play, mock trial, speedwatch, speed watch, knife arch,
        walked through, screening arch, sports day, awards evening, prize giving, parents' evening, careers day
    """,
    "kinship": """
        son of, daughter of, brother of, sister of, nephew of, niece of, grandson of, granddaughter of, child of,
        children of, mother of the, father of the, parents of the, mum of the, dad of the, whose father, whose mother,
        whose mum, whose dad, whose parents, whose brother, whose sister, his father, his mother, his mum, his dad,
        her father, her mother, her mum, her dad, his brother, her brother, their mother, their father, his parents,
        her parents, twin/s, stepson of, cousin of
    """,
}
