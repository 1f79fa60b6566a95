"""Words of crime figures, weapons and pictures."""

from __future__ import annotations

_CRIME = (
    "crime/s|burglary|burglaries|robbery|robberies|theft/s|thieves|thief|burglar/s|robber/s|mugging/s|knife_crime/s"
    "|stabbing/s|shoplifting|shoplifter/s|break_in/s|vandalism|drug_dealing|moped_crime|phone_theft|asb|violence|fraud"
)

LISTS = {
    "recorded_crime": f"""
        car thefts, antisocial behaviour calls, asb calls, snatches, calls to police, incidents, van thefts,
        shed thefts, catalytic, offences, stabbings, crimes, {_CRIME}, violent crime, vehicle crime, car crime,
        bike theft, bike thefts, cycle theft, tool theft, gun crime, hate crime, anti social behaviour,
        antisocial behaviour, moped theft, motor vehicle crime, theft from motor, sexual offences, drug offences,
        drug crime, robberies and, offending, assaults, domestic abuse, criminal damage, snatch thefts,
        phone snatching, pickpocketing, murders, homicides, shootings, knife offences, catalytic converter thefts,
        fly tipping, incidents of, reports of crime|burglary|robbery|asb, calls about asb, detections,
        detection rate, solved rate, arrests are
    """,
    "moved": """
        cut by, slashed by, up a third, dropping by, drop in, nearly half, falling, down on, improvement, up, down,
        halved, halving, doubled, doubling, trebled, tripled, quadrupled, dropped, drop, dropping, drops, fallen,
        fell, fall, falls, rose, risen, rise, rising, rises, cut, slashed, slashing, reduced, reducing, reduction,
        decrease, decreased, decreasing, increase, increased, increasing, plummeted, plunged, plummeting, soared,
        jumped, climbed, shrunk, gone, lower, higher, fewer, more, less, lowest, highest, record low, record high,
        tumbled, nosedived, spiked, surged, grown, improved, dip, dipped, change, better by, worse by
    """,
    "so_much": """
        nearly half, almost half, more than half, over half, a third, up a third, down a third, fewer than,
        since christmas|easter|january|last|summer, lowest for|in|since|level, highest for|in|since|level,
        for ten|five|two|three|many|years, a decade, minus, plus, per cent, percent, pct, half, a half, by half,
        in half, by a third, one third, two thirds, a quarter, by a quarter, three quarters, a fifth, one in|fifth,
        tenth, a tenth, fold, twofold, threefold, twice, double, triple, three times, two times, four times,
        ten times, points, on last week|month|year, on this time, on the year, year on year, week on week,
        month on month, since we|our|i|the_team, thanks to our|us|your|the|good, in a year|month, to zero, to nil,
        to its, in years, ever, on record, since records, compared to last, than last week|month|year, than ever,
        than any, than anywhere, in london
    """,
    "halved": """
        halved, doubled, trebled, tripled, quadrupled, halving, doubling, slashed, plummeted, plunged,
        at an all time, lowest ever, highest ever, record low, record high, at its lowest, at their lowest,
        all time low, all time high, lowest in, highest in, safest
    """,
    "none_of_it": f"""
        zero|no|nil|not_a_single|not_one car|van|bike theft/s|snatches|snatch|break_in/s since|this|last|all,
        zero|no|nil|not_a_single|not_one phone|shed|moped|cycle theft/s|snatches since|this|last|all,
        zero|no|nil|not_a_single|not_one phone|shed|moped|cycle snatch|break_in/s since|this|last|all,
        zero|no|nil|not_a_single|not_one car|van|bike theft/s|snatches for|in|overnight|over|reported,
        zero|no|nil|not_a_single|not_one car|van|bike snatch|break_in/s for|in|overnight|over|reported,
        zero|no|nil|not_a_single|not_one phone|shed|moped|cycle theft/s|snatches for|in|overnight|over|reported,
        zero|no|nil|not_a_single|not_one phone|shed|moped|cycle snatch|break_in/s for|in|overnight|over|reported,
        twice|half|double|three_times|triple|ten_times as_many|as_much|the|the_number_of|the_amount_of| {_CRIME},
        no|zero|not_a_single|nil|0|not_one|without_a_single {_CRIME},
        without_a|no_reported|zero_reported|no_more|hardly_any|barely_any|no_new|not_any {_CRIME},
        no|zero|not_a_single|nil vehicle|car|violent|street crime|theft|thefts|crimes|robberies,
        no|zero|not_a_single|nil moped|gun|bike|hate|phone crime|theft|thefts|crimes|robberies,
        0|not_one|without_a_single|no_reported vehicle|car|violent|street crime|theft|thefts|crimes|robberies,
        0|not_one|without_a_single|no_reported moped|gun|bike|hate|phone crime|theft|thefts|crimes|robberies,
        crime free|_free weekend|week|night|month|day, zero crime, burglary free, robbery free, crime free
    """,
    "not_none": """
        no burglary|robbery|theft|crime|fraud too|is|should|goes|report|will|ever,
        no crime|theft|burglary too small, no fraud please, no burglary advice|leaflets|alarm|prevention|pack,
        no theft is, no theft too, no crime too, no crime is|should|report|reports|here, no crime to, no crime in,
        no crime number, no crime scene, not report crime, no fraud team|officer, no more fraud|scams workshop,
        no violence is|against|please, no robbery is, no fraud in, no violence, no violence in, zero tolerance
    """,
    "not_crime_count": """
        attendance, attended, workshop/s, turnout, bookings, sign ups, members, membership, cadets, volunteers,
        visitors, residents, spaces, followers, leaflets, talk/s, training, webinar, survey, speeds, temperature
    """,
    "sourced": """
        source, sources, according to, figures from, data from, statistics from, police uk, met police uk,
        data police uk, data met, ons, office for national, dashboard, crime map|maps|data,
        official figures|statistics|data, published figures, recorded crime data, iquanta, mopac data,
        crime survey, freedom of information, in the 12|twelve|year|six|three|6|3|rolling|two|24,
        in the year to|ending,
        year to march|january|february|april|may|june|july|august|september|october|november|december,
        12 months to|ending, compared with the, compared to the same, compared with same,
        same period|month|quarter, versus the same,
        between january|february|march|april|may|june|july|august|september|october|november|december,
        from january|april|july|october to
    """,
    "weapon": """
        pellet gun, slingshot, knife, knives, blade, blades, bladed, machete/s, zombie knife, zombie knives,
        sword/s, samurai, katana/s, dagger/s, axe/s, hatchet/s, cleaver/s, cutlass, bayonet/s, scimitar,
        rambo knife, flick knife, lock knife, penknife, stanley knife, box cutter, razor blade/s, screwdriver/s,
        hammer/s, crowbar/s, bat, baseball bat/s, knuckleduster/s, knuckle duster/s, nunchucks, nunchaku,
        truncheon/s, cosh, baton, throwing star/s, shuriken, crossbow/s, catapult/s, gun/s, handgun/s, pistol/s,
        revolver/s, rifle/s, shotgun/s, firearm/s, air rifle/s, airgun/s, air pistol, air weapon, bb gun/s,
        blank firing, imitation firearm/s, replica, replica gun, ammo, ammunition, bullet/s, cartridges, grenade/s,
        weapon/s, weaponry, stun gun, taser found, pepper spray, cs spray, acid, corrosive, ninja, spear/s,
        scissors, shank/s, shiv/s, arrows, bow and arrow, musket, uzi, submachine, weapons haul, sharps
    """,
    "not_weapon": """
        blade runner/s, blades ice, knife bin/s, knife arch, knife arches, knife crime, knife amnesty bin,
        knife free, weapons bin, surrender bin, drop a knife, cake knife, butter knife, palette knife, water gun/s,
        glue gun/s, nerf gun/s, starting gun, nail gun, massage gun, heat gun, radar gun, speed gun, staple gun,
        spud gun, foam gun, top gun, big guns, young guns, gun salute, spray gun, cricket bat, fruit bat, bat walk,
        bat box/es, bat and, bats and, pipistrelle bat, table tennis bat, rounders bat, hammer home, hammer throw,
        hammer and tongs, hammer price, under the hammer, roller blades, rollerblades, shoulder blade/s,
        blades of grass, blade of grass, mower blades, ice axe, axe throwing, the axe, swords dance, sword dance,
        foam sword/s, wooden sword/s, toy gun/s|sword, cardboard sword/s, plastic sword, bow tie, weapon of choice,
        secret weapon, without weapons, no weapons, anti knife, silver bullet, bullet points, bullet point,
        bullet train, bullet journal, acid test, acid rain, acid house, citric acid, folic acid, spear of,
        asparagus spears, broccoli spears, replica shirt/s, replica kit/s, replica trophy, replica of,
        scissors paper, safety scissors, kitchen scissors craft, paper scissors, rock paper scissors,
        ninja warrior, ninja turtle/s, baton relay|pass, relay baton, conductor's baton, baton twirling,
        cutting edge, sharp scissors, arrows on|point|show, road arrows, catapulted, rifle through, pistol start,
        jump the gun, son of a gun, gun crime, hammer toe, hammer drill, sports bat, tool marking, tools marked,
        weapon sweep found nothing, found no weapons, screwdriver set, hammers and drills, hair scissors,
        ribbon cutting scissors
    """,
    "toolmarking": """
        marking, marked, cadets craft, crafts, craft, cake cutting, ribbon, repair cafe, diy class, workshop,
        carpentry, baking, cricket, rounders, bat walk, bake, knitting, hairdressing, stall, tool shed, shed alarm,
        gymnastics, darts
    """,
    "image_word": """
        photo/s, pic/s, picture/s, image/s, video, footage, clip/s, shot, graphic, map, view, screenshot/s,
        still/s, meme/s, gif, artwork, cartoon/s, photograph/s, credit/s, courtesy, selfie, headshot, screengrab,
        snap
    """,
    "lender": """
        google, getty, shutterstock, alamy, reuters, pa media, pa wire, press association, afp, associated press,
        istock, adobe stock, unsplash, pixabay, pexels, wikipedia, wikimedia, pinterest, the|an internet, internet,
        the web|net, bbc, sky, sky news, itv, channel 4|5|four|five,
        the guardian|times|sun|mirror|standard|metro|telegraph|independent|express|star|gazette|papers|press|paper,
        daily mail|mirror|star|express|telegraph, evening standard, mail online, mailonline, mylondon, my london,
        metro website, hackney gazette, gazette, local paper|rag|newspaper, newspaper, netflix, disney, pixar,
        marvel, reddit, nextdoor, flickr,
        a|another|someone's|someone|somebody|their website|blog|page|account|feed|instagram|facebook|twitter|insta,
        someone, somebody, a stranger, giphy, tenor, deviantart, eastenders, line of duty, the bill, a film|movie,
        the film|movie, simpsons, pa, ap, stock library|site|website, image library, a resident's|fan's,
        tripadvisor, zoopla, rightmove, google earth|maps|street, street view, bing,
        bbc, itv, sky news, sky, evening standard, guardian, daily mail, metro, reuters, pinterest, google, getty,
        shutterstock, alamy, istock
    """,
    "platform_lender": """
        facebook, instagram, insta, twitter, tiktok, youtube, snapchat, linkedin, x, whatsapp, social media,
        telegram
    """,
    "lifting": """
        via, from, off, lifted, nicked, borrowed, copied, stolen, pinched, grabbed, swiped, taken from, found on,
        courtesy of, credit, reposted, downloaded, ripped, saved from, screenshot, screenshotted
    """,
    "borrowed": """
        we|i|that|which found|saw|spotted|nabbed online|on_the_internet|on_the_web|on_google,
        we|i|that|which found|saw|spotted|nabbed on_reddit|on_instagram|on_twitter|on_facebook, found online,
        this meme, saw this meme, meme on, image source, picture source, photo source,
        off|of the bbc|sky|itv|gazette|standard|news|guardian|telly|box,
        took|got|had off|from the bbc|sky|gazette|standard|internet|web|net,
        someone|somebody|stranger on nextdoor|facebook|twitter|instagram|insta|tiktok|reddit|x took|posted|shared,
        took it off|from, took off the|google, one we took off|from, google images|image|earth|search,
        getty images, getty, shutterstock, alamy, istock, istockphoto, dreamstime, depositphotos, adobe stock,
        stock photo|image|picture|photos|images, stock image from, library image from, all rights reserved,
        copyright, copyrighted,
        nicked|borrowed|stole|stolen this|the|these|that|our|a|some photo|picture|pic|image|pics|pictures|images,
        pinched|lifted|swiped|copied this|the|these|that|our|a|some photo|picture|pic|image|pics|pictures|images,
        nicked|borrowed|stole|stolen this|the|these|that|our|a|some photos|video|clip|meme|map|graphic|one,
        pinched|lifted|swiped|copied this|the|these|that|our|a|some photos|video|clip|meme|map|graphic|one,
        grabbed|downloaded this|the|these|that|our|a|some photo|picture|pic|image|pics|pictures|images,
        screenshotted|screengrabbed this|the|these|that|our|a|some photo|picture|pic|image|pics|pictures|images,
        ripped|took|saved|found|got this|the|these|that|our|a|some photo|picture|pic|image|pics|pictures|images,
        grabbed|downloaded this|the|these|that|our|a|some photos|video|clip|meme|map|graphic|one,
        screenshotted|screengrabbed this|the|these|that|our|a|some photos|video|clip|meme|map|graphic|one,
        ripped|took|saved|found|got this|the|these|that|our|a|some photos|video|clip|meme|map|graphic|one,
        screenshot from|of|taken|courtesy, screen grab|shot from|of, screengrab from|of,
        clip from|of the_bbc|bbc|sky|itv|channel|netflix|eastenders|line_of_duty|last|a_film|the_film|the_movie,
        photo credit|credits, picture credit, image credit, pic credit, photocredit, picture courtesy,
        image courtesy, photo courtesy, pic courtesy, reposted|repost|regram|reposting from|of|with,
        hope they don't|you_don't|nobody|no_one mind|minds, hope the photographer,
        not our|my photo|picture|image|pic, not my|our own photo|picture|image,
        someone else's|else photo|picture|image|pic, don't know who took, whoever took this, whoever took the,
        photographer unknown, artist unknown, watermark, watermarked, off the internet, off the web, off the net,
        off the telly|tv, off google, off someone, off facebook|instagram|insta|twitter|tiktok, from google,
        via google, via getty, via bbc, via sky,
        via twitter|x|facebook|instagram|insta|tiktok|reddit|youtube|pinterest|mylondon|metro, disney image,
        simpsons meme, paddington image, song by, music by,
        nicked|pinched|borrowed|swiped|lifted|stolen from the bbc|guardian|standard|internet|web,
        nicked|pinched|borrowed|swiped|lifted|stolen from the net|papers|telegraph|mirror|sun,
        grabbed|copied|ripped from the bbc|guardian|standard|internet|web,
        screenshotted|screengrabbed|half-inched|taken from the bbc|guardian|standard|internet|web,
        grabbed|copied|ripped from the net|papers|telegraph|mirror|sun,
        screenshotted|screengrabbed|half-inched|taken from the net|papers|telegraph|mirror|sun,
        nicked|pinched|borrowed|swiped|lifted off|from|on google|bbc|itv|pinterest|instagram|reddit,
        grabbed|copied|ripped|saved|screenshotted|found off|from|on google|bbc|itv|pinterest|instagram|reddit,
        nicked|pinched|borrowed|swiped|lifted off|from|on tiktok|tumblr|twitter|facebook|the_internet|sky,
        grabbed|copied|ripped|saved|screenshotted|found off|from|on tiktok|tumblr|twitter|facebook|the_internet|sky,
        found this one|photo|pic on|online|via google|pinterest|instagram|reddit|tumblr|the_internet|twitter,
        found this picture|image|gem|beauty on|online|via google|pinterest|instagram,
        found this picture|image|gem|beauty on|online|via reddit|tumblr|the_internet|twitter,
        screenshot|screengrab|screen_grab from|off|of|courtesy_of sky|bbc|itv|channel|the_news,
        screen_shot|still|grab|freeze_frame from|off|of|courtesy_of sky|bbc|itv|channel|the_news,
        screenshot|screengrab|screen_grab from|off|of|courtesy_of netflix|gb_news|cnn|youtube|the_telly,
        screen_shot|still|grab|freeze_frame from|off|of|courtesy_of netflix|gb_news|cnn|youtube|the_telly
    """,
    "our_picture": """
        course for, for beginners, stolen bike found online, selling,
        our own|page|website|officers|team|cadets|camera|snt|instagram|facebook|twitter|x, homerton snt, ward team,
        police cadets, pc, pcso, sgt, with permission, permission, licensed, licence, own camera, met police,
        metropolitan police, hackney council, mps, competition, crown copyright, consent, owner of the picture,
        used with, send us, send your, upload, email it, share your, report, reported, cctv, scam/s, fake, fraud,
        beware, workshop, course, class, talk
    """,
    "not_borrowed": """
        picture this, google maps shows, google our, google the, copyright law|infringement|talk,
        song by the|our|cadets|year|children, music by the|our|cadets|local|steel|a, standard of, on times,
        on the_times, photo of the_paper, get the picture, in the picture, photo on the_internet,
        photo on facebook, picture on the, photo on instagram, pic on insta, video on our, photos on our,
        video on youtube explains, pictures online, photos online, photo online, photos on facebook, video online,
        video on youtube, picture on facebook, photos on twitter, photos on x, video on the_met, images online,
        pictures on facebook, pictures on the, images on the, found this phone|wallet|dog|key|keys,
        found the phone|wallet, got the picture, took the picture, took this picture, took this photo,
        took these photos, took our photo, took the photos, took some photos|pictures, got a photo,
        got some photos, took a photo|picture, got a picture, got this one, got the one, found one, found this one,
        found the one, got one, took one, took the one, took that one
    """,
}
