"""Words of people who are missing, and of people who were found."""

from __future__ import annotations

LISTS = {
    "missing": """
        gone awol, nowhere to be found, vanished from, never got home, never made it to, never reached,
        no contact since, phone is off and, not answered his phone, not answered her phone, not been to work,
        not turned up, hasn't turned up, did not turn up, have lost contact, lost touch with, not been home,
        slipped away from,
        missing person, missing persons, missing people, high risk missing, missing child, missing boy, missing girl,
        missing teen/s, missing teenager/s, missing man, missing woman, missing mum, missing mother, missing dad,
        missing father, missing baby, missing pensioner, missing lady, missing gentleman, missing student,
        missing schoolgirl, missing schoolboy, missing resident, missing patient, missing brothers, missing sisters,
        missing siblings, misper, missing, gone missing, went missing, reported missing, is missing, are missing,
        still missing, now missing, missing from, missing since, been missing, vanished, disappeared, disappearance,
        whereabouts, last seen, last sighting, last known, last spotted, last heard from, last heard of, last contact,
        not been seen, hasn't been seen, haven't been seen, has not been seen, have not been seen, not seen since,
        nobody has seen, no one has seen, not been heard from, hasn't been heard from, not heard from, did not return,
        didn't return, not returned, hasn't returned, has not returned, have not returned, failed to return,
        yet to return, never returned, not come back, hasn't come back, didn't come back, did not come back,
        never came back, not come home, hasn't come home, didn't come home, did not come home, never came home,
        didn't arrive, did not arrive, never arrived, didn't turn up, never turned up, failed to arrive, not arrived,
        hasn't arrived, never made it home, didn't make it home, has not made it, can't find him, can't find her,
        can't find them, cannot find him, cannot find her, unable to find him, unable to find her, lost contact with,
        need to find him, need to find her, been gone since, been gone for, gone since, hasn't been home,
        not been home, has not been home, hasn't made contact, not made contact, not been in touch,
        hasn't been in touch, been in touch since, can not be found, cannot be found, can't be found
    """,
    # Beside a name, an age or a surer word only.
    "worry": """
        went off from|without|alone|on_his|on_her, gone off from|without|alone|on_his|on_her, went off on, walked off,
        walked off from, slipped out, slipped away, slipped off, slipped out of, wandered out, wandering, strayed,
        strayed from, got separated, been separated from, became separated, snuck out, sneaked out, left the house,
        left the flat, left the hostel, left the unit, left the care home, left the home, left his flat,
        left her flat, left his house, left her house, left home on, left for school, left for work, left for college,
        left placement, left her placement, left his placement, left his hostel, left her hostel, set off for,
        set off from, got off the bus, got off a bus, hopped on a bus, popped out, popped out for, went out for,
        went out to, went for a walk, gone for a walk, went for a run, phone is off, phone off, phone is switched off,
        phone switched off, phone dead, switched off his phone, switched off her phone, not answering her phone,
        not answering his phone, not answering calls, very out of character, not like him, not like her,
        so unlike him, so unlike her, unlike him, unlike her, family are frantic, family is frantic, frantic,
        beside themselves, needs his medication, needs her medication, without her medication, without his medication,
        wandered off, wandered away, wandered from, walked out of, walked out on, walked away from, left home,
        left his home, left her home, left hospital, left the hospital, left the ward, left his care home,
        left her care home, left work, left school, run away, ran away, runaway, absconded, awol, no sign of, sign of,
        no trace of, concern for, concerned for, concerns for, growing concern, increasingly concerned,
        increasingly worried, very concerned, very worried, concern is growing, concerns are growing, worried for,
        worried about, worry for, worried sick, desperate to find, desperate for news, extremely worried,
        extremely concerned, out of character, safe and well check, welfare of, know he is safe, know she is safe,
        know they are safe, know he's safe, know she's safe
    """,
    "search": """
        have you spotted, has anyone spotted, anyone spotted, spotted him, spotted her, have you come across,
        have you bumped into, come across him, come across her, seen or heard from, heard from, your eyes,
        need your eyes, need eyes, eyes please, look in your sheds, check your sheds, check your gardens, check sheds,
        check gardens, check your garden, check outbuildings, if you spot him, if you spot her, if you spot them,
        spot him, spot her, if you find him, if you find her, call if you see, bring him home, bring her home,
        get him home, get her home, help bring,
        have you seen, has anyone seen, anyone seen, did you see, if you see, if seen, seen him, seen her, seen them,
        seen this, sighting/s, help us find, help find, help us locate, help locate, help us trace, help to find,
        help to trace, can you help, please help, looking for, searching for, search for, in search of, hunt for,
        trying to find, trying to locate, trying to trace, need to find, need your help, keen to find, want to find,
        want to locate, want to trace, appeal to find, appeal to locate, appeal to trace, appeal for help,
        appealing for help, appeal for information, urgent appeal, appeal, trace, locate, tracing, locating,
        please share, pls share, plz share, share, rt, retweet, keep an eye out, eyes peeled, look out for,
        know where he is, know where she is, know where they are, where is, where are, any information on, info on,
        information on, call 999 if you see, 999 if you see, please contact
    """,
    "described": """
        walking stick, walks with, stick, wheelchair, frame, hospital wristband, wristband, dressing gown, slippers,
        pyjamas, uniform, rucksack, backpack, blazer, tracksuit, trainers, jumper, cardigan, anorak, parka, cap,
        beanie, headscarf, hijab, turban, leggings, jeans, nightdress, nightie, shirt, t shirt, diabetic, epileptic,
        insulin, non verbal, nonverbal, deaf, speaks no english, little english, confused, frail, depressed,
        dementia, alzheimer's, alzheimer, vulnerable, medication, without his, without her, autistic, autism,
        learning disability, learning difficulties, mental health, care home, hospital, ward, school, college, foster,
        wearing, grey hoodie, hoodie, coat, jacket, carrying a, build, ft, feet tall, hair, glasses, 5ft, 6ft, family,
        parents, home
    """,
    "who": """
        he, she, him, her, his, they, man, woman, male, female, lad, boy, boys, girl, girls, teen, teens, teenager/s,
        youth/s, youngster, child, children, kid/s, toddler, baby, babies, mum, mother, dad, father, nan, grandad,
        granddad, grandmother, grandfather, gran, grandma, pensioner, lady, gent, gentleman, person, people, elderly,
        year old, yr old, yo, son, daughter, brother/s, sister/s, siblings, twins, husband, wife, student/s, pupil/s,
        schoolboy, schoolgirl, patient, resident, individual, couple, cousins, uncle, aunt, relative, loved one,
        neighbour, nurse, runner, walker, swimmer, hiker, somebody, someone, misper, persons, aged
    """,
    "mislaid": """
        bike/s, bicycle/s, cat, cats, kitten, dog, dogs, puppy, spaniel, labrador, terrier, cockapoo, parrot,
        tortoise, rabbit, pet/s, keys, key, phone/s, property, sign/s, parcel/s, package/s, post, wallet, purse, bag,
        bags, handbag, rucksack, laptop, car, cars, van, moped/s, motorbike, scooter/s, e scooter, vehicle/s, plate/s,
        ring, necklace, watch, jewellery, tools, teddy, toy/s, pram, buggy, glove/s, sock/s, hat, umbrella, glasses,
        scarf, mascot, money, cash, items, item, bins, bin, manhole cover, cover, something, a trick, out, link,
        piece, pieces, tooth, teeth, letters, words, apostrophe, biscuits, sandwich, cake, breakfast, lunch, trophy,
        statue, bench, plaque, hedgehog, equipment, helmet, tickets, ticket, passport, document, documents, data,
        page, lights, railings, tiles, drone, sheep, horse, swan, hamster, medal/s, instrument, guitar, violin,
        camera, ipad, tablet, airpods, lock, lead, cable, catalytic converter/s, wheel/s, hub cap, trailer, caravan,
        boat, canoe
    """,
    "no_missing": """
        is never, never just, every missing, each missing, behind every, just a number, volunteer training,
        missing people charity, missing people's, the charity missing,
        herbert protocol, unit, charity, missing people charity, what happens when, what to do if, what to do when,
        if someone goes, if somebody goes, if a relative, if your, when someone goes, when somebody goes,
        when a loved one, ever goes missing, go missing, in case, plan ahead, planning ahead, awareness, training,
        trained, course, wristband/s, book, film, play, missing out, miss out, myth, 24 hours, statistics, figures,
        exercise, mock, scenario, mascot, santa, elf, antlers, leprechaun, easter bunny, welcome, q a, did you know,
        you can, sign up, register, philomena protocol, winnie protocol, bracelet/s, fair, fete, panto, treasure hunt,
        escape room, lost child point, workshop, volunteers, recruit, vacancies, we miss, missed you, learn, mystery,
        talk about, working group
    """,
    "no_missing_suspect": """
        wanted, suspect/s, robbery, robber, burglary, burglar, thief, stolen, stole, theft, arrest, arrested, warrant,
        assault, stabbing, attack, offence, offender, shoplifter, charged, fled, ran off, made off, weapon, knife,
        chase, pursuit, fraud, damage, snatched, escaped, custody, dealer, driver, witness, witnesses, bail
    """,
    "found": """
        found, located, traced, tracked down, turned up, safe, safely back, back home, home again, returned home,
        come home, came home, came back, reunited, safe and well, safe and sound, alive and well, been spotted,
        spotted, no longer missing, in safe hands, picked up, caught up with, discovered, recovered safely, got home,
        home safe, is home, with us now, with family, with her family, with his family, with police now,
        has been seen, has returned, returned, back with
    """,
    "not_found": """
        to be safe, be safe online, gets home safe, everyone gets home, safe online, if you come home,
        when you come home, you come home, come home and, come home to find, came home to find, home safe from,
        home safe tonight, home safe after, arrive home safe, home safely after, all home safe,
        found guilty, found dead, found out, found cannabis, found drugs, found weapons, found stolen, found two,
        found three, found several, found some, found that, found to be, found in possession, found carrying,
        found her feet, found his feet, found their feet, found by chance, lost and found, lost found, be found,
        found on our website, found online, found us, found our, found love, found new, found it, found with,
        found knives, found hidden, found under, found property, safe place, safe space, keep safe, stay safe,
        feel safe, safe neighbourhood, safe haven, safe at home, get home safe, found your, be traced, be located,
        spotted a, spotted the, spotted by, safer, not found, never found, not been found, not yet found,
        still to be found, yet to be found, no longer safe, not been located, not yet been found, not yet located,
        nothing found, nothing was found, yet been found, is located, are located, found a way, found a new,
        found a great, found a spot, found a parking, found a solution, found an answer, found the time,
        found the perfect, found the courage, found the best, have found the, has found the
    """,
    "found_context": """
        missing, misper, appeal, appealed, appealing, shared, sharing, shares, share, rt, rts, retweet/s, retweeted,
        looking for, searching, search, searched, worried, worry, concern, concerned, safe, safely, well, family,
        parents, relatives, mum, dad, nan, sister, brother, cousin, friend, reunited, update, ok, okay, unharmed,
        relieved, thank god, sighting/s, lost, runaway, whereabouts, good news, great news, last seen, since,
        returned, home, asleep, sat, cold, treated, medication, dementia, vanished, disappeared, hours, in touch
    """,
    "found_where": """
        dog walker/s, by a, jogger, cyclist, passer by, passerby, member of the public, bus driver, cab driver, taxi,
        allotment/s, cemetery, churchyard, church, mosque, doorstep, doorway, playground, golf course, canal,
        riverbank, marshes, shop, supermarket, mcdonald's, mcdonalds, food court, cinema, arcade, airport, port,
        dover, calais, brighton, kent, margate, southend, luton, leeds, good spirits, tearful, exhausted,
        nothing to eat, paramedics, a bit cold, soaked, barefoot, hadn't eaten, sleeping rough, rough, squat, boat,
        campsite,
        hospital, a&e, a e, the royal london, whipps cross, st thomas, kings, king's, north mid, ward, clinic,
        care home, hotel, hostel, flat, house, address, school, college, library, park, station, train, bus,
        night bus, tube, coach, airport, beach, cafe, pub, bar, shelter, refuge, tent, woods, forest, street, road,
        estate, garden, shed, loft, friend's, friends, a friend, her friend, his friend, boyfriend, girlfriend,
        partner, ex partner, sister's, sister, brother, brother's, cousin, cousin's, aunt, uncle, aunt's, uncle's,
        nan, nan's, gran, grandmother, mum's, dad's, mother, father, relatives, relative, stranger, male, a man,
        older man, a woman, with someone, met online, online, mate, mates, boy she, girl he, neighbour, asleep,
        hiding, bench, treated, checks, being treated, checked over, ambulance, hypothermia, intoxicated, drunk,
        injured, hurt, unwell, sectioned, abroad, custody, mental health, taken to, crying, shaken, hungry, freezing,
        cold, dehydrated, overdose, france, scotland, wales, kent, essex, surrey, sussex, manchester, birmingham,
        by police in, officers in, colleagues in, police found, kent police, btp, essex police
    """,
    "no_found": """
        bike/s, cat, dog, dogs, puppy, kitten, spaniel, keys, key, phone/s, property, parcel/s, wallet, purse, bag,
        handbag, rucksack, laptop, car, van, moped, motorbike, scooter, vehicle, ring, necklace, watch, jewellery,
        tools, teddy, toy, pram, buggy, glove, umbrella, glasses, owner, owners, parrot, tortoise, rabbit, pet, knife,
        knives, drugs, cannabis, weapon/s, cash, arrested, arrest, suspect, suspects, stolen, warrant, wanted,
        custody, burglary, robbery, evidence, guilty, court, jailed, charged, spot, venue, hat, scarf, hamster, swan,
        drone, passport, card, cards, airpods, coat, jacket found, camera found, machete, seized, search of the, sweep
    """,
    "found_surely": """
        missing, misper, appeal, appealed, appealing, shared, sharing, shares, posted about, post about,
        tweeted about, looking for, searching for, worried about, concerned about, concerned for, worried for,
        put out, helped us look, asked you, our search, the search
    """,
    "not_missing": """
        goes missing, go missing, going missing, missing persons unit, missing people unit, missing persons team,
        missing out, missing link
    """,
    "no_thing": """
        dog walker/s, dog unit/s, police dog/s, search dog/s, by a dog, by the dog, sniffer dog, dog section,
        dog team, van driver, bus driver, car park/s, phone call, phone box, bike patrol, van crew, key worker,
        car driver, cab driver, property manager, dog handler/s, handler, and her dog, and his dog, with her dog,
        with his dog, his dog, her dog, walking his dog, walking her dog, walking their dog, walking the dog,
        walking a dog, delivery van, patrol car, police car, police van, our car, our van, in the car, in our van,
        car parked
    """,
}
