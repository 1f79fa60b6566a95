"""Words of police operations: what is to come, what is going on, and how it is done."""

from __future__ import annotations

_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thu|fri|sat|sun"
_OFFICERS = "officer/s|cop/s|copper/s|police|pc/s|colleagues|team/s|unit/s|detective/s|squad|bobbies|crew/s|patrol/s"
_CAR = "car/s|van/s|vehicle/s|motor/s|bike/s|motorbike/s"
_BAIT = "bike/s|car/s|phone/s|parcel/s|van/s|moped/s|laptop|shopper/s|buyer/s|handbag|bag|house|operation/s|vehicle/s"
_OPENING = "putting|put|taking|kicking|kick|smashing|knocking|booting|ramming|forcing"
_SOME = "a|the|some|their|his|her|more|few|your|a_few|those|three|two|four|several|"
_DOWN = "in|off|through|down"
_PEOPLE = "suspect/s|male/s|man|men|woman|burglar/s|robber/s|driver|gunman|knifeman|offender/s|thief|thieves|lad/s"
_SEEK = "hunt|hunting|searching|looking|search|look"
_TARGETS = "address/es|house/s|flat/s|premises|properties|dealers|doors|homes"
_HOUR = "1am|2am|3am|4am|5am|6am|7am|noon|2pm|3pm|4pm|5pm|6pm|7pm|8pm|9pm|10pm|11pm|midnight|0400|0500|0600"

LISTS = {
    "secret_op": f"""
        wake up call/s, alarm call/s, arresting|arrest|lifting|nicking everyone|everybody|all|the_lot|every,
        round|rounding them up, hit|hitting the|a crack|drug|drugs|trap|stash house|den|flat|dealers,
        operation against|targeting|to_catch, op against|targeting|to_catch, stop and search operation, sting,
        undercover op, crackdown on dealers|shoplifters, {_OPENING} the|some|a front_door/s, {_OPENING} doors,
        through|smash|boot the|a|some|three|two|four|few|more| doors, knocking on a few|dealers|some doors,
        doors to go|kick|put, go|going in hard|early|mob, entry team/s, method of entry, tsg, warrant/s, raid/s,
        raiding, dawn visit/s, early morning|am visit/s|call/s|knock/s, plain clothes, plainclothes, plain clothed,
        covert, covertly, undercover, under cover {_OFFICERS}, unmarked {_CAR}|{_OFFICERS}, decoy|bait {_BAIT},
        surveillance, test purchase/s, test purchasing, arrest day/s|phase,
        day|days|morning|week|night of arrests|raids, mass arrests, strike day, swoop/s, swooping,
        {_OPENING} {_SOME} door/s|gate/s {_DOWN},
        door/s are|is|will_be| going|go|will_go|getting|being|to_go {_DOWN}|put_in,
        hit|hitting the|some|several|three|two|four|five|six|their|your {_TARGETS}, round up, rounding up,
        nick|nicking|lift|lifting|arresting|arrest the|our|a_few|several dealers|shoplifters,
        nick|nicking|lift|lifting|arresting|arrest three|four|five|six|every dealers|shoplifters,
        arresting|arrest the|our|a_few|several|three|four|five|six|10|ten|every|some suspects|people|men|targets,
        ambush, stake out, stakeout, staking out, lie|lying|wait|waiting in wait, in the act, hidden camera/s,
        civvies, target address/es, planned arrests, arrests planned, surprise|unannounced visit/s, posing as,
        dressed as, disguised as, hiding|hide|hidden in|behind|among the, sniffer dog operation, crackdown op,
        spotter team/s, observation post/s|point, not in uniform, out of uniform, visit/s from the enforcer,
        big red key, enforcer
    """,
    "not_secret_op": """
        warrant card/s, warrants attention, warrant officer/s, warrants a mention|look|visit, air raid/s,
        tomb raider, raid/ing the biscuit|biscuits|fridge|larder|cake|cakes,
        raid/ing the shelves|wardrobe|cupboard|cupboards|dressing|attic|tuck,
        raid/ing your|our|my wardrobe|wardrobes|cupboards|attic|loft,
        raid/ing your|our|my shed|bookshelves|kitchen|biscuit|piggy|drawers, raid the freezer,
        raid on the cake|biscuit|tuck, search warrant/s explained, surprise visit from santa|father, bee sting,
        nettle sting/s, sting in the, owl swoop, dressed as santa|elves|superheroes|pirates|a|an|witches,
        warrant/s outstanding, outstanding warrant/s, sting song, surprise visit to
    """,
    "coming": f"""
        days|hours|day|week|hour until|to_go|away, tomorrow, tomorow, tommorow, tomoz, tmrw, tmw, 2moro, tonight,
        tonite, later today|tonight|this|on, later, this evening|weekend|afternoon|coming|{_DAY},
        next week|weekend|month|few|couple|{_DAY}, in the morning, first thing, first light, at|from dawn|midnight,
        crack of dawn, bright and early, coming days|weeks|hours|soon,
        come {_DAY}|august|summer|bank|easter|christmas, over|at|from|by the weekend,
        from|by {_DAY}|tonight|tomorrow, will be|go|have|hit|target|start|begin|carry|descend|visit,
        will see|take|come|return|also|soon|mingle|mix|wait|watch, we'll, they'll, i'll, you'll, gonna,
        going to|into|in, about to, planned, planning, scheduled, pencilled in, lined up, in the diary, upcoming,
        forthcoming, due to|in|on|at, is|are|all set to|for, gearing up, prepping, get|getting|got ready,
        preparing, kitting|kitted up, is|are coming, can't wait, cant wait, looking forward, watch this space,
        stay tuned, expect, be warned, early start|alarm, wish us luck, heads up, big day|night|morning|week,
        briefing done|for, briefed for|and, ready for|to, soon, shortly, in the pipeline, on the cards,
        coming your, ahead of, in|within a|the few|next|couple|coming hours|days|minutes, hours away, alarm set,
        countdown, set for|to, starts|begins|launches on|at|{_DAY}, this time tomorrow, any day|minute|moment,
        hope to, intend to, plan to, plans to, aim to, to be executed|raided, to come, are out|going, is out,
        we're
    """,
    "coming_day": f"""
        on|this {_DAY}, {_DAY} morning|night|at|from|am|pm|evening|first, this week|month, {_DAY},
        at|from|by {_HOUR}, in july|august|june|may|april
    """,
    "sure_to_come": f"""
        tomorrow, tomoz, tmrw, tonight, next week|month|{_DAY}, this weekend, coming days, on the cards
    """,
    "bygone": f"""
        january's, february's, last night's, smashed through, was found, were found, has now, now in custody,
        was made, were made, yesterday, last {_DAY}|week|weekend|night|month|year|summer|winter|autumn|spring,
        earlier, carried out, led to,
        was|were executed|conducted|raided|arrested|charged|found|seized|recovered|in|out|on|carried, conducted,
        executed a|two|three|four|several|warrants|search|drugs|another|the|our, resulted in, resulting in, seized,
        recovered, found, after a|the|we raid|warrant|search|raids|call|arrest, following, arrested, has|have been,
        complete, completed, took place, finished, ended, results of, outcome of, over the last|past,
        in the last|past, looking back, anniversary, this morning we|officers|our|the,
        we|officers attended|visited|stopped|searched|raided|smashed|did, history, victorian, these few weeks,
        turned up, last few weeks|months|days, was|were very, discovered, uncovered
    """,
    "sociable": """
        panel, panel meeting, report back, newsletter, ward meeting, annual meeting, chorus, surgery, surgeries,
        coffee morning, drop in, open day|evening|house, talk on|about|by|at, talk, q a, join us, q and a,
        come|pop along|down|by|in, come and, all welcome, residents welcome, everyone welcome, recruitment,
        recruiting, recruit/s, careers, apply, applications, stall, workshop/s, webinar, fair, fete, fun day,
        book club, exhibition, museum, tour, fundraiser, fundraising, charity, quiz, screening, ask us|our,
        bring your, cadet/s, raffle, sponsored, football, learn how|about|more, explained, explain/s, explaining,
        how we|to, what happens, find out how|what|about, podcast, documentary, drama, tv, panto, cake, biscuits,
        hedgehog/s, wildlife, coffee, coffee with, training, trainee/s, school visit, youth club, simulation, film,
        display team, vacancies, hiring, painting, table tennis, naming, competition, demonstration, blossom,
        tea party, what is, library, tea
    """,
    "now": f"""
        arrived, moving into, we've got the, turn up, turns up, happening, more soon, right here, keep off,
        this is live, live now, just arrived, are out, now out, going on, taking place,
        currently hiding|watching|waiting, currently, right now, rn, just now, at the|this moment|minute,
        as we|i speak|type|write, live from|at|on|now, live update/s|tweeting|incident, in progress, on going,
        ongoing, under way, underway, on|at the scene, on scene, in position, happening now,
        still going|inside|on|there|looking|searching|out|at|in|here|running|outstanding,
        now in|at|looking|searching|inside|outside|on,
        now hunting|surrounding|chasing|raiding|executing|holding|closing|,
        just gone|going|entered|breached|arrived|started, about to go|enter|breach|hit|kick|knock, stand by,
        standby, standing by,
        we|we're|i'm are|am| outside|inside|at|in|surrounding|chasing|raiding|parked|sat|hidden|hiding,
        we're|were waiting|watching|behind|going|about|on, {_OFFICERS} are|is,
        sat|sitting|parked|parked_up outside|in|up|here|behind|at, here now,
        we have the|a|it|this|them|him|her|currently, overhead, over head, in pursuit,
        pics|photos|more|updates|details to follow, more as we, stay indoors|inside, stay away,
        avoid the|this area, keep away|clear, please avoid|keep|stay, going in|through, moving in, unfolding,
        live feed, on our way, en route, as it happens, minute by minute, follow along, developing, up above,
        this second
    """,
    "live_alone": """
        active|live pursuit|firearms|incident|scene, waiting for the|a|him|them dealer/s|suspect/s|thief|to,
        waiting for him|them to, raid|warrant|arrests happening|under_way|going_on|taking_place,
        we've just|only|now gone|been|put|kicked|smashed|raided|hit|entered through|in|a|the|into,
        we are|have just gone|going through, up looking for|searching,
        armed units|officers|police moving|getting into|in, in pursuit of a|two|an|the|stolen,
        mid|middle_of_a|middle_of_the warrant|raid|search_warrant|pursuit,
        npas|helicopter|heli|chopper|drone is|are|now|now_up|currently| up|overhead|above,
        npas|helicopter|heli|chopper|drone is|are|now|now_up|currently| hovering|searching|circling,
        npas|helicopter|drone is|are over|looking, containment on|in|is|set|around|now, containment is on|in,
        we|we've have|got|now the|a|them|him|it|her surrounded, we've got him|them|her cornered|boxed|trapped,
        door just gone|went in|through, suspect still inside|outstanding, giving chase,
        on the run from us|officers right|now, siege in progress
    """,
    "our_side": f"{_OFFICERS}, we, we're, they, response, firearms, i'm, dogs, unit/s, team/s",
    "closing_in": """
        are|is|currently|now|still| surrounding|chasing|hunting|pursuing,
        are|is|currently|now|still| raiding|storming|breaching|cornering|combing,
        watching|tracking|trailing|following|shadowing a|the|two dealer/s|suspect/s|burglar/s,
        watching|tracking|trailing|following|shadowing a|the|two thief|thieves|man|men,
        watching|tracking|trailing|following|shadowing him|them
    """,
    "done_already": """
        led to the|an, resulted in, was|were|been arrested|detained, arrested after, arrested following,
        detained after, arrested on suspicion, charged, gave chase
    """,
    "live_op": f"""
        man on the|a roof, watching a|the|two dealer|dealers|man, serve up, serving up, dealer to,
        stolen van|car|moped who|that|up, legged it, made off, decamped, ran from us|officers, firearms,
        armed police, warrant/s, raid/s, raiding, armed {_OFFICERS}|response, arv/s,
        firearms {_OFFICERS}|incident|command, sco19, co19, trojan/s, containment, contained, surrounded,
        surrounding, surround, helicopter, heli, chopper, npas, india 99, eye in the sky,
        drone up|overhead|searching|tracking, police drone, pursuit, pursuing, in pursuit, chasing,
        car|vehicle|foot|police|moped chase, giving|give chase, siege, stand off, standoff, barricaded,
        negotiator/s, negotiating, hostage/s, manhunt, man hunt,
        {_SEEK} for a|the|two|three|an|outstanding|armed| {_PEOPLE}, {_SEEK} for him|her|them,
        tracking a|the|him|them|two|suspect|suspects, unmarked {_CAR}, target address/es,
        searching|combing|scouring gardens|the|back|rear, surveillance, stake out, stakeout, observations,
        red dots, door|doors open|in|off|going|has|just, in|inside|at|outside|into an|the|this address|property,
        over the allotments, search team/s, method of entry, breach, breached, breaching, enforcer,
        going through the|a, through the front|door, stinger, tpac, boxed in, cornered, trapped, hemmed in,
        holed up, on the|a roof, {_PEOPLE} inside|still|hiding|outstanding|making|refusing,
        suspect/s on the|foot|at, at large, in progress, live incident,
        live|ongoing police|firearms|armed operation|incident, ongoing operation|op, plain clothes, plainclothes,
        covert, undercover, executing, {_OPENING} {_SOME} door/s {_DOWN}, nobody is getting,
        being arrested|detained|cuffed|nicked, on the run, tactical team, tsg, getting out of there,
        gone to ground
    """,
    "not_live_op": """
        warrant card/s, air raid, pursuit of happiness|excellence|perfection|cake|knowledge, trivial pursuit/s,
        tower, in pursuit of happiness|excellence|perfection|cake|the_perfect, toy|model helicopter,
        helicopter rides|parent, looking for a new, looking for two new, search for a new, fundraising in progress,
        is|are|why the|a|that police|met| helicopter, why is the helicopter, pursuit of a better|good|great,
        work|works in progress,
        repairs|roadworks|building|painting|training|match|game|party|meeting|fun|clean in progress, raid the,
        armed with mops|leaflets|tea|a|litter|brooms|paint, on the roof garden
    """,
    "over_now": f"""
        ended, finished, concluded, complete, completed, is over, all over, stood down, stand down, lifted,
        reopened, re opened, has left, have left, gone home, resumed, earlier, last night|week|{_DAY}, yesterday,
        back to normal, now closed, on {_DAY} ended|finished, thank you for your, thanks for your, retired,
        used to, was called, is safe, were called, no longer, safely
    """,
    "tactic": f"""
        pinging his|her|their|the, {_OFFICERS}|we hid|hidden|concealed|lay|crouched in|behind|under|inside|on,
        lookout post|point, from behind her|the|net curtains, great|perfect lookout, stash of our,
        our eyes and ears inside, our man inside, a little bird told, little birdie, someone on the inside,
        inside information, inside info, phone records put|showed|placed, pinned down by|his|her phone|mobile,
        tracked by|down|through|using his|her|their phone|mobile,
        undercover {_OFFICERS}|agent/s|operation|op|work|buyer|buy|buys|purchase|purchases,
        under cover {_OFFICERS}, went|going|gone|worked|working|were|been|goes undercover,
        undercover for|in|with|as, informant/s, informer/s, chis, covert human intelligence, snitch, supergrass,
        grassed him|her|them|up, our inside man, inside man|source, decoy|bait {_BAIT},
        tracker under|fitted|hidden|planted|placed, a|our|the tracker on|in|inside his|her|their,
        put|fitted|placed|hid a tracker|bug, tracking device/s,
        tracked|tracking his|her|their phone|phones|mobile|car, tracked|tracking his|her|their movements|handset,
        bugged, wiretap/s, phone tap/s, tapped his|her|their phone|calls, listening|eavesdropping device/s,
        intercepted his|her|their| calls|messages|texts, imsi, stingray, cell site, cellsite, cell tower,
        phone|mobile|handset pinged|pinging|pings, pinged off, ping off, triangulated,
        phone|mobile mast data|put|placed|showed|hits, triangulating,
        phone|mobile|location data put|placed|showed|told, phone|mobile|location data led|proved|gave|from|puts,
        phone location, location of his|her|their phone|mobile,
        anpr ping|pinged|pings|hit|hits|flagged|alert|picked,
        anpr caught|clocked|told|led|tracked|showed|data|marker|trap,
        anpr camera|cameras ping|pinged|hit|flagged|picked|caught|clocked|told|led|tracked|spotted|on|got|at,
        pinged by anpr|an|our|the, hit on anpr, anpr activation on, number plate cameras|reader pinged|hit|flagged,
        observation|obs post/s|point|points|van, covert {_OFFICERS}|camera/s|cctv|footage|surveillance|purchase/s,
        covert recording|entry|search|tactics|cameras|microphone, covertly,
        our|we|a hidden|concealed microphone/s|mic, our hidden|secret|concealed camera/s,
        surveillance {_OFFICERS}|operation/s|op|van|on|followed|of|saw|showed|logs,
        under|weeks|months|days|hours|by|of surveillance, surveillance photos|pictures|began|started,
        test purchase officer/s|team|buyers, test purchaser/s, encrochat, decrypted, decrypting, cellebrite,
        encrypted messages|chat|chats, cracked his|her|their|the handset|phone|mobile|device|encryption,
        phone extraction, we|officers|team|detectives followed|tailed|watched|shadowed him|her|them|every,
        sat behind him|her|them, a tail on, tailed him|her|them|to, staked out, stake out, stakeout,
        lay|lying in wait, shadowed him|her|them, watched every|them|him deal|trade|sell|for|move,
        flat|window|room|van|shop opposite and|filmed|watched|we|for, filmed every|them|each, watched and waited,
        waited and watched, reliable|confidential|covert source/s, a|our|his source told|tells|says|close|inside,
        source within|inside|close, sources told|tell|inside|within|close, gave him|her|them up,
        shopped him|her|them, dobbed him|her|them, human source, posing as punters|buyers|customers,
        how we track|trace|tracked|traced, we track|trace phones|mobiles, police spies, honey trap, honeytrap,
        sting operation
    """,
    "disguise": """
        posing as, posed as, disguised as, dressed as, dressed up as, pretended|pretending to be, in disguise
    """,
    "an_officer": f"{_OFFICERS}, pcso, dc, sgt, an officer, colleague, we",
    "hidden_watch": """
        plain clothes, plainclothes, unmarked, spotter/s, covert, hidden, civvies, lookout/s, on the roof
    """,
    "watching": """
        watched|watching|followed|following|filmed him|her|them|every|all|behind,
        filming|sat|tailed|observed|observing him|her|them|every|all|behind,
        watching|watch|watched the|for|how|who|each, point|points|pointing out, saw every|the_deals|deals,
        sat behind
    """,
    "source": """
        his|her|their own|ex|former|best| family|mum|mother|dad|father|brother,
        his|her|their own|ex|former|best| sister|cousin|girlfriend|boyfriend|wife|ex,
        his|her|their own|ex| mates|mate|friend|friends|partner,
        his|her|their own|ex| associate|associates|cellmate|flatmate|neighbour|landlord,
        his|her|their crew|gang|circle|cellmate|ex_partner|employer|boss|nan|aunt, close to him|her|them|the,
        inside the gang|group, one of his|her|their|the_gang, an associate, gang member, fellow dealer|dealers,
        rival dealer|gang|dealers, a rival, a customer of his|theirs, ex girlfriend|boyfriend|wife|partner|husband
    """,
    "told_us": """
        told us|officers|police|detectives|me, tip off|offs, tipoff, tip, tipped us|off|police|officers,
        gave him|her|them|us, shopped, grassed, rang|called|contacted|phoned|messaged us|in|police|crimestoppers,
        dobbed, handed us|over, spoke to us, let us know, pointed us, led us, gave us|up, turned him|her|them in,
        came forward, confided, cooperated, helping us
    """,
    "not_tactic": """
        anpr explained|cameras_work|works, what is anpr, hidden camera shops, cell site planning,
        gps tracker to|for|on_your, anpr to, watched from the touchline, surveillance of your,
        dressed as a superhero|superheroes|witch|pirate|pumpkin, dressed as an elf|egg, anpr works,
        phone mast planning, plain clothes day, source of, on anpr|tv, pretended to be a|an|from|police,
        grass on the
    """,
    "bought_by_you": """
        statue/s, school photo, carnival, gallery, your|your_own, fit a|one, buy a|one, advice, ask us,
        worth a look, which ones, thinking of, consider, how to, free, tips, scam/s, scammer/s, fraudster/s,
        beware, claiming, recruit/s, careers, raffle, panto, pantomime, fundraiser, sponsored, charity, film,
        drama, novel, book, wildlife, fox/es, hedgehog/s, birds, heron/s, kittens, explained, planning application,
        residents asked
    """,
}
