"""Words of immigration status, ethnicity and nationality."""

from __future__ import annotations

LISTS = {
    "status": """
        illegal immigrant/s, illegal immigration, illegal migrant/s, illegal alien/s, illegals, 
        illegal entrant/s, illegal entry, illegal worker/s, illegal arrivals, in the country illegally,
        in this country illegally, in the uk illegally, in the uk unlawfully, in the country unlawfully,
        here illegally, living here illegally, entered illegally, entered the country illegally,
        entered the uk illegally, working illegally, work illegally, works illegally, illegally in the uk,
        illegally in the country, unlawfully in the uk, asylum seeker/s, asylum claimant/s, asylum applicant/s,
        failed asylum, failed asylum seeker/s, bogus asylum, asylum claim/s, asylum application, claiming asylum,
        claimed asylum, claim asylum, seeking asylum, sought asylum, refused asylum, granted asylum, asylum,
        overstayer/s, visa overstayer/s, overstaying, overstaying his visa, overstaying her visa, overstayed,
        overstayed his visa, overstayed her visa, overstayed their visa, overstayed a visa, visa expired,
        visa has expired, visa had expired, expired visa, visa ran out, visa had run out, visa has run out,
        out of visa, no visa, without a visa, without a valid visa, on a student visa, student visa, work visa,
        tourist visa, visitor visa, spouse visa, visa, leave to remain, limited leave, indefinite leave,
        settled status, no recourse to public funds, right to remain, right to work, no right to be, no right to work,
        no right to remain, right to be in the uk, right to be here, undocumented, undocumented migrant/s,
        sans papiers, no papers, without papers, no documents, no legal status, no status, irregular migrant/s,
        economic migrant/s, migrant/s, immigrant/s, refugee/s, refugee status, displaced person, small boat/s, dinghy,
        channel crossing/s, crossed the channel, came over on a boat, came here on a boat, boat from calais,
        back of a lorry from, smuggled into the uk, smuggled into the country, people smugglers, deported, deport,
        deportation, deportee, deporting, facing removal, removal from the uk, removed from the uk,
        removed from the country, sent back to his country, sent back home to, immigration status,
        immigration offence/s, immigration offender/s, immigration matters, immigration enforcement,
        immigration officers, immigration officials, immigration services, immigration detention, immigration checks,
        handed to immigration, handed over to immigration, passed to immigration, immigration, home office,
        border force, ukba, ukvi, dual national
    """,
    "not_status": """
        overstayed your parking, overstayed the parking, overstayed my, overstayed our welcome,
        overstayed your welcome, overstayed his welcome, overstaying in the car park, overstayed by, visa card/s,
        visa debit, visa payment/s, bird migration, migrant birds, migratory, asylum road, dinghy race, dinghies,
        rubber dinghy fun, home office building, home office funding, home office grant, home office awarded,
        home office data, home office statistics, home office minister, funded by the home office,
        undocumented feature, home office figures, home office licensed, asylum gallery, right to work checks,
        windrush, safer streets fund, home office desk, home office set up
    """,
    "status_case": """
        arrest/s, arrested, arresting, detained, detaining, held, custody, in custody, nicked, caught, stopped,
        suspect/s, suspected, suspicion, offence/s, offender, burglar, thief, shoplifter, robber, dealer, robbery,
        burglary, theft, stabbing, assault, fight, disorder, knife, drugs, cannabis, warrant, raid/ed, raided, search,
        searched, officers found, police found, found in, found working, found living, found to be, found hiding,
        seized, charged, court, jailed, sentenced, wanted, driver, rider, uninsured, no insurance, man, woman, males,
        male, female, he, she, his, her, victim, attacked, robbed, attacker, incident, investigation, handed over,
        turned out, turns out, checks showed, checks revealed, status, vehicle, lorry, van, car wash, nail bar, gang,
        offending, crime, criminal/s, causing, trouble, nuisance, dispersed, removed, bailed, interviewed, handcuffs,
        cells, deported, responsible, behind, accused, living in a hotel, asylum hotel, migrant hotel, murder, rape,
        shoplifting, pickpocket, pickpockets, fraud, fly tipping, squat, squatters, evicted, dealt with
    """,
    "status_help": """
        advice, support, supporting, help, helping, helpline, drop in, week, welcome, charity, charities, classes,
        english classes, lesson/s, learning, law centre, legal advice, leaflet/s, event, events, supper, picnic,
        dinner, lunch, tea, coffee, festival, workshop, session/s, donation/s, donate, collection, clothes, toys,
        football, choir, volunteers, volunteering, community, neighbours, mentors, history, heritage, book, film,
        exhibition, museum, story, stories, celebrate, celebrating, thank, thanks, meet, met, visited, visit, rights,
        right to work checks, information, awareness, training, appeal for donations, free, open day, cadets, tell us,
        talk, panel, hub, centre, group, project, garden, sports, tournament, match, day, network, service, employers,
        employer, guide, how to, apply, applying, application form, welcome pack, hosts, homes for ukraine, windrush,
        whatever your, hate crime
    """,
    "status_decisive": """
        arrest/s, arrested, detained, in custody, nicked, suspect/s, suspected, suspicion, charged, jailed, caught,
        stopped, raided, raid, warrant,  offender, handed to immigration, handed over to immigration, burglar,
        thief, knife, stabbing, robbery, drugs, cells, seized, bailed, wanted by, is wanted
    """,
    "ethnicity": """
        asian, south asian, east asian, south east asian, oriental, african, afro caribbean, african caribbean,
        caribbean, west indian, arab, arabic, arabian, middle eastern, middle east, mixed race, mixed heritage,
        dual heritage, biracial, half caste, light skinned, dark skinned, fair skinned, pale skinned, brown skinned,
        olive skinned, tanned skin, light skin, dark skin, olive skin, pale skin, white skin, black skin, brown skin,
        mediterranean, european, eastern european, east european, southern european, latino, latina, latin american,
        south american, hispanic, caucasian, gypsy, gypsies, roma, romany, traveller/s, traveler/s, irish traveller/s,
        irish travellers, white european, white british, black british, british asian, black african, black caribbean,
        jewish, muslim, hindu, sikh, kurdish, kurd/s, tamil, slavic, ethnic minority, ethnic appearance, of ethnic,
        chinese, chinese looking, white, black, brown
    """,
    "nationality": """
        afghan/s, albanian/s, algerian/s, american/s, angolan/s, argentinian/s, armenian/s, australian/s, austrian/s,
        azerbaijani/s, bangladeshi/s, bengali/s, belarusian/s, belgian/s, bolivian/s, bosnian/s, brazilian/s, british,
        bulgarian/s, burmese, cameroonian/s, canadian/s, chechen/s, chilean/s, chinese, colombian/s, congolese,
        croatian/s, cuban/s, cypriot/s, czech/s, danish, dutch, ecuadorian/s, egyptian/s, english, eritrean/s,
        estonian/s, ethiopian/s, filipino/s, finnish, french, frenchman, frenchwoman, gambian/s, georgian/s, german/s,
        ghanaian/s, greek/s, guyanese, hungarian/s, indian/s, indonesian/s, iranian/s, iraqi/s, irish, irishman,
        irishmen, irishwoman, israeli/s, italian/s, ivorian/s, jamaican/s, japanese, jordanian/s, kazakh/s, kenyan/s,
        korean/s, kosovan/s, kosovar/s, kuwaiti/s, latvian/s, lebanese, libyan/s, lithuanian/s, malaysian/s, maltese,
        mexican/s, moldovan/s, mongolian/s, moroccan/s, nepalese, nepali, nigerian/s, norwegian/s, pakistani/s,
        palestinian/s, peruvian/s, polish, pole/s, portuguese, romanian/s, russian/s, rwandan/s, scottish, scotsman,
        senegalese, serbian/s, sierra leonean/s, slovak/s, slovakian/s, slovenian/s, somali/s, somalian/s,
        south african/s, spanish, spaniard/s, sri lankan/s, sudanese, swedish, swiss, syrian/s, tanzanian/s, thai,
        tunisian/s, turkish, turk/s, ugandan/s, ukrainian/s, venezuelan/s, vietnamese, welsh, welshman, yemeni/s,
        zambian/s, zimbabwean/s
    """,
    "not_origin": """
        black cab/s, black audi, black history, black country, black friday, black eye, black market, black spot,
        white van, white ribbon, white city, white hart, white goods, white noise, white line/s, white collar,
        brown bread, brown envelope, brown bin, english classes, english class, english lesson/s, english course,
        british transport, british heart, british legion, british library, british museum, british red cross,
        british airways, british summer, american football, chinese new year, chinese restaurant, chinese takeaway,
        indian restaurant, turkish restaurant, turkish barber, turkish barbers, italian restaurant, polish shop,
        polish supermarket, polish club, polish up, nail polish, shoe polish, polish your, floor polish, pole dancing,
        lamp pole, german shepherd, german shepherds, belgian malinois, french bulldog, english bulldog,
        staffordshire, irish dancing, irish centre, scottish dancing, danish pastry, danish pastries, swiss roll,
        swiss cottage, thai boxing, thai food, greek street, greek road, roma road, spanish road, irish wolfhound,
        dutch oven, asian hornet/s, african violet, indian summer, jamaican patty, jamaican patties, french horn,
        french toast, russian dolls, turkish delight, welsh cakes, english breakfast, full english, american express,
        arabic speaking, spanish speaking, somali speaking, portuguese speaking, polish speaking, turkish speaking,
        bengali speaking, traveller history, fellow travellers, tube travellers, rail travellers, air travellers,
        time traveller, brown paper, brown bag, black bag/s, black bin, black box, black belt, black ice, white water,
        white board, turkish airlines, greek yoghurt, french connection, british gas, british telecom,
        british citizens, english language, english heritage, white paper, white wine, black coffee, black tie,
        white house, black dog, white dog, black cat, white cat, black swan, black lion, white lion, white horse,
        black horse, black swan pub, indian ocean, polish centre, polish cafe, european football, european commission,
        english channel
    """,
    "human": """
        man, men, male, males, woman, women, female, females, lady, ladies, gentleman, gent, guy, guys, bloke, blokes,
        lad, lads, boy, boys, girl, girls, youth, youths, teen, teens, teenager, teenagers, person, people,
        individual, individuals, suspect, suspects, offender, offenders, national, nationals, citizen, citizens, gang,
        gangs, group, couple, pair, driver, rider, robber, robbers, thief, thieves, burglar, burglars, mugger,
        muggers, dealer, dealers, attacker, shoplifter, shoplifters, appearance, looking, descent, origin, accent,
        heritage, background, complexion, skinned, skin, born, speaking, ethnicity, nationality, community, family,
        brothers, father, son, student, worker, workers, builder, builders, passport
    """,
    "ic_code": """
        ic1, ic2, ic3, ic4, ic5, ic6, ic 1, ic 2, ic 3, ic 4, ic 5, ic 6, ic9, ic0, ic7, ic1s, ic3s, ic3 male,
        ic1 male
    """,
    "origin_case": """
        arrest/s, arrested, arresting, detained, in custody, into custody, custody, held, nicked, collared, cuffed,
        caught, suspect/s, suspected, suspicion, wanted, sought, seeking, looking for, searching for, search for,
        hunt for, want to speak to, want to trace, want to identify, wish to speak, speak to, trace, identify,
        identified, recognise, appeal, appealing, described as, described by, description, descriptions, attacker/s,
        attacked, robber/s, robbed, robbery, thief, thieves, theft, stole, stolen, burglar/s, burglary, mugger/s,
        mugged, offender/s, dealer/s, assailant, assault, assaulted, stabbed, stabbing, knife, culprit/s,
        perpetrator/s, gang, gang of, fled, ran off, made off, made off with, seen trying, seen running,
        witnesses say, witnesses described, cctv, charged, jailed, sentenced, convicted, bailed, offence/s,
        responsible, in connection, warrant, raid, raided, drink driving, shoplifter/s, shoplifting, fraud, scam,
        scammer/s, conman, pickpocket/s, snatched, snatching, grabbed, threatened, escaped, chased, crime/s, intruder,
        prowler, flasher, exposed himself, followed a, approached a, loitering, acting suspiciously, suspicious,
        trying door handles, drugs, handcuffs, cells
    """,
    "origin_welcome": """
        history, heritage, month, festival, new year, celebration, celebrations, celebrate, restaurant, food, dancing,
        centre, group, community group, speaking officers, culture, cultural, carnival, parade, awards, association,
        community event, victim, victims, survivors, hate crime, language, speak/s
    """,
}
