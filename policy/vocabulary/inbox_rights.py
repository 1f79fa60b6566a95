"""What neighbours write when they use a right: to information, over their own data, to complain."""

from __future__ import annotations

_ACT = "swore|swearing|shouted|shouting|yelled|laughed|laughing|smirked|smirking|sneered|spat|screamed|snapped|barked"
_HANDS = "shoved|pushed|grabbed|hit|punched|kicked|manhandled|dragged|threw|slammed|pinned|knelt|tasered|hurt|assaulted"
_RECORDED = (
    "crimes|thefts|burglaries|robberies|stabbings|arrests|offences|complaints|incidents|reports|officers|pcs|pcsos"
    "|searches|stop_and_searches|stop_searches|stops|stop_and_search|tasers|taser_uses|cautions|charges|convictions|fines|raids"
    "|warrants|calls|999_calls|101_calls|vehicles|cars|bikes|phones|knives|weapons|tickets|dispersal_orders|strip_searches"
    "|assaults|collisions|hate_crimes|rapes|murders|staff|vacancies|cameras|drones|dogs|horses|crime|knife_crime"
)

LISTS = {
    "foi_named": """
        freedom of information, foi, foia, foi request, f o i, information request,
        environmental information regulations, eir request, foi act, information act, freedom of info
    """,
    "foi_ask": """
        how many, how much, how often, how long, what number|percentage|proportion|percent|share of,
        what is|was|were|are|percentage the|number|total|percentage|cost|average|budget|figures|numbers|proportion,
        what did|does|do it|you|they|the|this|that cost|spend|pay,
        the number|amount|cost|total|figure|figures|breakdown|list|percentage|proportion|budget of|for|spent|on,
        number of, figures for|on|showing, statistics|stats|data|numbers for|on|about|showing, breakdown of|by,
        break down of, list of all|every|the, copies|copy of all|any|the|every|your|emails|minutes|policy,
        all|any emails|correspondence|minutes|documents|recorded|records|reports|data|statistics|figures|contracts,
        average response|time, minutes of|from, your policy|policies|guidance|contract|spend|budget on|for|with,
        the policy|guidance|contract on|for|with, response times
    """,
    "foi_request": """
        please|pls|can|could|would|kindly you|we|i|someone|yourselves_please send|provide|supply,
        please|pls|can|could|would|kindly you|we|i|someone|yourselves_please give|tell|share|release,
        please|pls|can|could|would|kindly you|we|i|someone|yourselves_please publish|disclose|let,
        please|pls|can|could|would|kindly you|we|i|someone|yourselves_please confirm|have|get|see,
        please|pls|kindly send|provide|supply|give|tell|share|release|publish|disclose|confirm,
        i'd|id|i_would like|be to_know|to_see|to_request|grateful|interested|a|the|all|copies,
        i want|need to know|see|the|a|all|copies, i am|i'm|im|we|we're|i requesting|request|asking|ask, requesting,
        want to know, like to know|request|see, do you hold|have|keep|record|publish,
        could|can|may|might we|i have|see|get|ask|know|be, send me, provide me, tell me, asking for, grateful if
    """,
    "foi_recorded": f"""
        {_RECORDED.replace("|", ", ").replace("_", " ")}, stop and search, recorded, reported, spent, spend,
        spending, overtime, budget, cost|costs of|to|the|you|us|for|last|since|in, paid, expenses, salary, salaries,
        sickness, response time/s, solved, detected, clear up, detection rate, charged, released without charge,
        use of force, force used, taser/s, tasered, fired, complaints upheld, upheld, officer numbers, on duty,
        employed, left the force, resigned, sacked, dismissed, suspended, emails, correspondence, minutes, policy,
        policies, contract, contracts, supplier, facial recognition, drone/s, helicopter, ethnicity,
        ethnicity breakdown, breakdown, by age|ethnicity|gender|ward|borough|month|year,
        crime figures|stats|statistics|data|rate|rates|numbers, figures, statistics, stats, police station,
        front counter, sold, closure, closed, burglary, robbery, theft, knife crime, hate crime, phone theft,
        bike theft, car crime, shoplifting, drug offences, antisocial behaviour, asb, call handlers, investigations,
        cases, seized, confiscated, fly tipping
    """,
    "foi_scope": """
        last|past|previous|this year|month|week|quarter|decade|summer|winter|financial|tax,
        last|past|previous two|three|four|five|six|seven|ten|twelve|couple|few|2|3|4|5|6|7|10|12, since, between,
        per year|month|week|day|quarter|officer|head|ward|borough|annum,
        each|every year|month|week|quarter|ward|borough|of, month by month, year by year,
        by month|year|ward|borough|ethnicity|age|gender|type, for each,
        over|during|in|for|within the last|past|previous|year|period|month|first|second|same, annually, a year,
        in ward|borough|hackney|london, ward, borough, this financial, so far, to date, year to date, annual,
        before and after, jan, january, february, march, april, may, june, july, august, september, october,
        november, december, to march|april|december
    """,
    "foi_ours": """
        of you coming|does|are|will|were|work|go|have|ran|turned|did_it, how many of you, dogs are|will, stalls,
        cakes, places are|left, tickets left, spaces, people are|came|coming, bike marking, does it cost to|for,
        how much is|are the, much does it cost, how long have|does|will|is|until|are|have_you|before|did,
        parking spaces, how many officers does it take, years have you
    """,
    "sar_named": """
        subject access, sar, dsar, subject access request, gdpr, right to be forgotten, right of access,
        right to erasure, right to erase, right to rectification, data protection,
        data protection act|law|request|officer, dpa, article 15|17|16,
        my data|info|personal_data|details|personal_information deleted|erased|removed|corrected|wiped|destroyed,
        withdraw|withdrawing|withdrew|revoke|take_back my consent|permission,
        object to|processing you|my|processing, personal data|information|info about|on|you|that|held
    """,
    "sar_take_down": """
        take down,
        take it|that|this|them|him|her|me|my|our|these|those|the_post|the_photo|the_picture|the_video down|off,
        taken down|off, taking down, take off, remove, removed, removing, delete, deleted, erase, blur, blurred,
        blur out, pixelate, crop out|me|him|her, cover up|my, get rid, wipe, hide, untag, unpublish, pull, bin,
        down please|now|today|immediately|asap,
        off your|the|this|ur|here page|website|site|facebook|timeline|feed|account|twitter
    """,
    "sar_picture": """
        photo/s, photograph/s, picture/s, pic/s, image/s, video/s, clip/s, footage, selfie, post, face, faces,
        mugshot, cctv, name, details, number plate, reg, house, in the background
    """,
    "sar_me": """
        of me, me, my, mine, myself, i'm in, im in, i am in, i'm on, im on, i'm the one, with me in, our, us,
        my son|daughter|kid|kids|child|children|boy|girl|mum|nan|house|car,
        my face|name|family|garden|flat|brother|sister|husband|wife|mother|dad|front
    """,
    "sar_no_consent": """
        who gave you|them permission|consent|the_right, who said you|they could|can, who allowed you,
        didn't|didnt|never|not|haven't|havent consent|consented|agree|agreed|asked|ask,
        didn't|didnt|never|not|haven't|havent give|gave|given|said|say|sign|signed,
        wasn't|wasnt|don't|dont|did_not|do_not|have_not consent|consented|agree|agreed|asked|ask,
        wasn't|wasnt|don't|dont|did_not|do_not|have_not give|gave|given|said|say|sign|signed,
        without my|our|asking|consent|permission|telling|his|her|their|parental|any, no consent|permission,
        nobody|no_one|noone|nobody_ever asked|told|checked|got, never asked|gave, didn't ask, didnt ask,
        nobody asked
    """,
    "sar_held": """
        hold|holds|held|have|has|got|keep on|about|for|against|regarding|relating me|my|myself|us,
        hold|holds|held on|about|for|against|regarding|relating my_son|my_daughter|my_name|my_child,
        have|has|got|keep on|about|for|against|regarding|relating my_son|my_daughter|my_name|my_child,
        keeps|kept|store|stored|holding|collected|recorded on|about|for|against|regarding|relating me|my|myself|us,
        keeps|kept|store on|about|for|against|regarding|relating my_son|my_daughter|my_name|my_child,
        stored|holding|collected|recorded on|about|for my_son|my_daughter|my_name|my_child,
        stored|holding|collected|recorded against|regarding|relating my_son|my_daughter|my_name|my_child,
        information|data|records|record|file|info|everything|details on|about|of me|my|myself,
        me on|in your|the|file|system|systems|database|computers|records|police,
        my file|records|record|data|personal_data|police_record|custody_record,
        my fingerprints|prints|dna|statement|interview|custody_photo|mugshot|name_on_file, with my name, about me,
        body|bodycam|bwv|body_worn|bodyworn cam|camera|footage|video|worn,
        footage of me|my|when|us|the_officer|my_arrest, cctv of me|my|when|us, recording of my|me|the_call_i,
        call recording, my 999|101|call, record of my|me|when
    """,
    "sar_get": """
        copy, copies, access, see, get, want, send, request, requesting, what, all, everything, provide, have,
        delete, deleted, erase, erased, remove, removed, correct, corrected, wrong, rectify, amend, amended,
        inaccurate, update, stop using|processing|sharing, how do|can|long, destroy, destroyed, wipe
    """,
    "sar_not": """
        all my records|data|photos_are, my records are, my file is, have on me, my record collection,
        ran out of data, take down the old|road|posters|signs|christmas|tree|fence,
        take down the your|details|banner|bunting|number|decorations|address|lights,
        my number|email|details|address down, take me off my_hands,
        take my|our|his|her time|kids|dog|seat|turn|photo_next|picture_next,
        remove|removed|removing the|a|that|this|those rubbish|sofa|bikes|bike|graffiti|car,
        remove|removed|removing the|a|that|this|those tree|fridge|scooters|scooter|signs|cones|mattress,
        pull over|up|my|together, pull down, hide and, bin day|my|the|bag|collection|lid, delete me no
    """,
    "complaint": """
        make|making|made|lodge|lodging|file a|an|in|my|another|formal|official complaint|complaints|formal|official,
        filing|submit|raise|register|start|put a|an|in complaint|complaints|formal|official,
        filing|submit|raise|register|start|put my|another|formal|official complaint|complaints|formal|official,
        formal|official|written|serious complaint,
        complain|complaining about|against|to|formally|regarding an|the|a|your|my|officer|officers,
        complain|complaining about|against|to|formally|regarding police|this|how|one|two|how_i|way,
        how do|can i|we|you complain, how to complain, want|wish|like|need to complain,
        who do|can|should i|we complain,
        complaint about|against|regarding an|the|a|your|my|officer|officers|police|pc|one|how,
        complaints procedure|process|department|form, police complaints, iopc, professional standards, ombudsman,
        report an|a|the|your|one|two|this officer|officers|pc|sergeant|policeman|constable|of_your|of_your_officers,
        report police|misconduct|officer, badge|collar|shoulder|warrant number, take|taking this|it further|higher,
        grievance, want it|this dealt|looked|investigated, disciplinary, disciplined, want an apology,
        demand an apology, hold them|him|her|you to_account, see your manager|boss|supervisor,
        speak to his|her|a|your supervisor|sergeant|boss|superior|inspector|manager
    """,
    "police_person": """
        officer, officers, pc, pcs, pcso, pcsos, sergeant, sgt, constable, inspector, cop, cops, copper, coppers,
        policeman, policewoman, policemen, police man, police woman, detective, dc, dci, call handler, call taker,
        call operator, operator, desk officer, front desk, front counter, desk staff, bobby, your lot, you lot,
        one of yours|your, two of yours|your, some of your, your staff|men|guys|colleague|colleagues|team,
        custody sergeant, custody staff, control room, police, the met, met police, shoulder number, policing team,
        feds, fed, armed response, tsg, the person on the desk|phone, 101 operator, your desk, your people,
        plain clothes
    """,
    "misconduct": f"""
        {_ACT} at, {_ACT}, {_HANDS} me|my|him|her|us|a|an|his|their|the|them|people|someone, rude, rudeness, rudely,
        disrespectful, disrespected, unprofessional, aggressive, aggressively, aggression, arrogant, dismissive,
        condescending, patronising, patronizing, sarcastic, hostile, nasty, bully, bullied, bullying, bullies,
        intimidating, intimidated, intimidation, threatened me|us|my|him|her|to, threatening me|us|my|him|her,
        racist, racism, racially, sexist, homophobic, transphobic, islamophobic, discriminated, discrimination,
        discriminating, profiled, profiling, because i'm|im|i_am|he's|hes|of_my|of_his|of_her,
        for being black|brown|asian|muslim|gay|young|foreign, stopped for being, stopped because,
        called me|my|him|her|us|them a|an|names|the, mocked, mocking, insulted, insulting, humiliated, humiliating,
        harassed, harassing, abused, abusive, swore, attitude, attitudes, heavy handed, heavy-handed, rough,
        excessive force, brutality, brutal, assaulted, bruise/s, bruised, injured my|me, lied, lying, liar, liars,
        lies, false statement, planted, falsified, made up, corrupt, corruption, abuse of power, misconduct,
        ignored me|my|us|everything|him|her|what|our|all|the, ignoring,
        didn't|didnt|wouldn't|wouldnt|refused listen|take|to_take|to_listen|to_help|to_give|bother|bothered,
        refuses|refusing|never|not|would_not|did_not listen|take|to_take|to_listen|to_help|to_give|bother|bothered,
        didn't|didnt|wouldn't|wouldnt|refused care|turn|believe|come_out|to_come|interested|take_my|take_a,
        refuses|refusing|never|not|would_not|did_not care|turn|believe|come_out|to_come|interested|take_my|take_a,
        not interested, couldn't|couldnt be bothered|care|have_cared, did nothing, nothing done, done nothing,
        no call back, never called|rang|phoned|came|turned|got|replied, not one call, hung up on,
        put the phone down, rolled|rolling his|her|their|eyes eyes, rolled their eyes,
        wasting his|her|their|police|everyone's|our|your time, time waster, waste of time, stop wasting,
        told me|us|my|her|him to|i|it|off|that|he|she|they|we shut|get|stop|go|was|were|f,
        told me|us|my|her|him to|i|it|off|that|he|she|they|we calm|deal|move|grow|man|should|had, shut up,
        disgusting, disgraceful, appalling, appalled, shocking, unacceptable, shameful, horrible, horrific, awful,
        terrible, treated me|us|my|him|her|like|so|badly,
        way i|we|he|she|they|my_son|my_brother|my_mum was|were|treated,
        way officers|police|they|you treated|spoke|handled|dealt,
        spoke|spoken|talked|talking to me|us|him|her|like|down, talked down, no reason, for nothing,
        without a|any reason|warrant|cause|explanation|permission, for no reason, unlawful, unlawfully, illegally,
        wrongly, wrongful, parked on|across|in|over|illegally pavement|the|my|a|double|disabled, on double yellows,
        on his|her|their phone while, speeding with|without|through no|blue, no lights, smoking, drunk, asleep,
        sleeping, vaping, filmed me, strip searched, strip search, handcuffed my|me|him|her|us|too, cuffs too tight,
        searched me|my|him|us|her, broke|broken|smashed|kicked my|our|down|the door|wrong|in, raided the wrong,
        wrong house|address|door, wrong man|person, flirted, flirting, inappropriate, asked for my number,
        made a pass, creepy, sexual comment/s, comments about, made me feel|cry|wait|stand, let down,
        failed me|us|my|to, fobbed off, fobbed me, laughed when|at, thought it was funny,
        didn't take me|it|us seriously, didnt take me|it seriously, not taken seriously, took the mick|piss,
        jumped the queue, jumped a red, went through a|the red, nearly|almost hit|ran|knocked|run me|my|us|over|a,
        cut me up
    """,
    "praise": """
        kind, lovely, patient, brilliant, fantastic, amazing, excellent, helpful, friendly, thank, thanks, thankyou,
        thank you, great, wonderful, polite, professional, caring, superb, star, stars, hero, heroes, appreciate,
        appreciated, grateful, praise, credit, award, nominate, well done, top job|bloke|man, reassuring,
        understanding, gentle, hilarious, egg and spoon, sack race, fun day, cake, cakes, funny video, photo bomb
    """,
    "no_complaint": """
        shouted|shouting hello|hi|well|good|happy|encouragement|out|across|for_joy,
        no complaints, can't complain, cant complain, cannot complain, never complain, not complaining,
        only complaint, can't fault, mustn't grumble,
        complain to about the bins|lights|noise|potholes|council|road|landlord|school|gp,
        complain about the|my|our|a|this bins|bin|noise|neighbour|neighbours|landlord,
        complain about the|my|our|a|this parking|potholes|lights|dogs|dog|litter|bus,
        complain about the|my|our|a|this buses|trains|scooters|rubbish|smell|weather,
        complain about the|my|our|a|this council|pub|music|kids|building|builders|road,
        complaint about my|the|our|a|noisy neighbour|neighbours|landlord|bins|noise|pub,
        complaint about my|the|our|a|noisy club|council|music|parking|dog|school|shop,
        complain about bins|noise|parking|dog_mess|potholes|litter|fireworks, is it the council,
        complained to the council|school|landlord, rude not to, be rude not, would be rude, rude health,
        rough sleeper/s, rough sleeping, rough guide|time|idea,
        awful weather|news|thing|to_see|lot|about|what|for_the, terrible news|thing|what|weather|accident,
        lights out, shocking weather|news|video|what, smoking area|ban|shelter,
        lying around|on|about|down|low|flat|in_bed|in_the|in_wait, drunk people|men|man|lads|students|driver,
        let down by the council|trains|buses, made up for|with|to|your, well made up, face made up,
        speeding drivers|cars|up|past|on|down|in|round|through, abusive partner|relationship|husband|ex|neighbour,
        bullying at|in school|work, nasty smell|fall|cut|shock, aggressive dog|begging|dogs|beggar/s,
        creepy crawlies|halloween|costume, racist graffiti|abuse_from|neighbour|customer|man_on
    """,
}
