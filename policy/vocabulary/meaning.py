"""Classes of words that layer 1 weighs: who and what posts are about, far wider than any rule needs.

A word may be in several classes. No rule reads these lists, so a change here only wants layer 1 trained again.
"""

from __future__ import annotations

CLASSES = {
    "person": """
        man men woman women male/s female/s lad/s bloke/s fella/s fellow guy/s gent gentleman gentlemen lady ladies
        chap/s geezer boy/s girl/s youth/s teen/s teenager/s youngster/s kid child person individual/s pair duo trio
        couple someone somebody occupant/s passenger/s driver/s rider/s motorist/s pedestrian/s cyclist/s motorcyclist
        moped tenant/s landlord lodger customer shopper/s commuter/s passer-by passerby bystander worker cleaner nurse
        teacher guard doorman bouncer courier postman chef waiter barman student pupil/s manager owner householder
        stranger figure caller victim/s witness witnesses suspect/s offender/s culprit/s
    """,
    "elderly": """
        elderly pensioner/s grandmother grandfather grandad grandma nan gran granny widow widower frail dementia carer
        vulnerable disabled wheelchair eighties seventies nineties octogenarian
    """,
    "age": """
        aged old year-old teenage teenaged adult twenties thirties forties fifties sixties teens mid-twenties
        middle-aged young younger older
    """,
    "kin": """
        mother mum father dad son daughter brother/s sister/s uncle aunt cousin/s husband wife partner boyfriend
        girlfriend ex stepfather stepmother stepson nephew niece parents family families relatives loved baby toddler
        twins sibling/s fiance widow grandson granddaughter mate flatmate
    """,
    "he": "he him his himself he's he'd he'll",
    "she": "she her hers herself she's she'd she'll",
    "they": "they them their theirs they're they've they'd",
    "you": "you your yours you're you've you'd you'll yourself yourselves",
    "we": "we us our ours we're we've we'd we'll",
    "i": "i me my i'm i've i'd i'll myself",
    "injury": """
        injured injuries injury hurt wound/ed wounds bleeding blood bled bruise/d bruises bruising fracture/d broken
        stitches unconscious conscious coma condition critical stable life-threatening life-changing threatening
        hospital paramedic/s ambulance/s helimed stretcher surgeon ward intensive resuscitation cpr treated recovering
        discharged concussion burns scarred burned jaw ribs skull shaken royal bandaged collapsed overdose breathing
        defibrillator pulse survive survived survival trauma
    """,
    "death": """
        dead died dies die death/s dying fatal fatally body bodies deceased passed pronounced killed killing murder/ed
        murders homicide manslaughter coroner inquest inquests autopsy postmortem mortuary tribute tributes mourning
        grief grieving bereaved funeral buried lost remains kin flowers cross memorial tragedy tragic tragically
        condolences rip angel peacefully floater drowned corpse
    """,
    "violence": """
        stabbed stabbing/s stab attack attacked attacker/s attacking assault/ed assaulting assaults punched punch
        punching kicked kicking beaten beat hit hitting struck slapped slashed slashing shot shots shooting fight/s
        fighting fought brawl scuffle set jumped threatened threatening threat/s threats violent violence violently
        headbutted bitten bit spat spitting strangled choked grabbed dragged pinned swung chased surrounded confronted
        cornered intimidated harassed harassing bullied abuse abused abusive acid machete thrown pushed shoved robbed
        robbery robberies robbing mugged mugging/s ambushed tied held hostage kidnapped kidnap row argument
        altercation disturbance incident incidents
    """,
    "weapon": """
        knife knives blade/s machete/s gun/s firearm/s pistol shotgun rifle ammunition bullets bullet sword/s axe
        hammer bat crossbow taser cosh weapon/s zombie corrosive grenade imitation armed cleaver screwdriver samurai
    """,
    "theft": """
        stole stolen steal steals stealing theft/s thief thieves taken took takes nicked nick pinched snatched snatch
        snatches snatching swiped ripped loot looted shoplifted shoplifting shoplifter/s pickpocket/s pickpocketed
        emptied helped cleaned missing haul recovered recover catalytic converter/s phone/s moped/s e-bike purse
        handbag wallet watch watches rolex jewellery gold laptop/s tools parcel/s bike/s cash till
    """,
    "burglary": """
        burglar/s burglary burglaries burgled intruder/s broke break broken break-in break-ins smashed forced entered
        ransacked prowler kicked jemmied crowbar squatters squatter squat trespass trespassing
    """,
    "drugs": """
        drug/s cannabis cocaine heroin crack weed spice ketamine mdma class dealer/s dealing dealt supply wraps powder
        plants hydroponic grow factory needles syringe nitrous pills county lines runner/s baggies stash skunk sniff
        trap user/s addict/s junkie/s overdose
    """,
    "fraud": """
        scam/s scammed scammer/s fraud fraudster/s fraudulent conned con conman rogue cowboy/s bogus fake fleeced
        dodgy counterfeit phishing impersonating pretending crypto romance rip-off ripped swindled
    """,
    "crash": """
        collision/s crash/ed crashes rtc overturned ploughed mounted pavement hit-and-run swerved lorry hgv bus van
        car motorbike motorcycle scooter/s e-scooter junction roundabout speeding drunk drink-driving drink
        drug-driving uninsured seized wheel trapped
    """,
    "fire": """
        fire fires blaze flames smoke arson arsonist/s explosion explosions gas leak evacuated evacuate evacuation
        burnt
    """,
    "damage": """
        vandal/s vandalised vandalism graffiti damage/d damaged smashed slashed tyres windows egged bricked wrecked
    """,
    "disorder": """
        antisocial anti-social asb nuisance noise drunk drunken drinking begging beggar loitering rowdy yobs gang/s
        gangs group groups crowd party rave crew dispersed dispersal section dirt quad fireworks balaclava/s closure
        notice injunction warned warning warnings asbo order banned ban excluded curfew
    """,
    "arrest": """
        arrest/ed arrests arresting custody cell/s cells detained detain handcuffs handcuffed cuffs cuffed cuff nabbed
        collared caught catch locked bars inside porridge busted lifted bagged bail bailed remanded remand questioned
        interview interviewed interviewing interviews apprehended captured surrendered nick nicked chased chase foot
        pursuit guest hospitality accommodation breakfast slammer van brought nicking banged collar
    """,
    "suspicion": """
        suspect/s suspected suspicion suspicious alleged allegedly allegation/s accused believed wanted identify
        identified identity recognise trace tracing speak appeal appealing witness/ed witnesses information enquiries
        inquiries investigating investigation/s investigate detective/s cid forensics forensic scene linked motive
        description described circumstances treating unexplained established lines
    """,
    "court": """
        court/s magistrate/s magistrates crown judge/s jury jurors juror trial trials sentence/d sentenced sentencing
        verdict convicted conviction/s guilty plea pleaded plead acquitted jailed jail prison imprisonment charged
        charge/s charges cps prosecution prosecutors prosecute barrister/s solicitor dock hearing/s adjourned old
        bailey tariff appeal suspended unpaid tag/ged probation licence parole released walked lenient justice case
        months years lawyer/s
    """,
    "ops": """
        warrant/s raid/s raided search/ed searching searches cordon/s cordoned helicopter npas dogs dog drone drones
        armed officers firearms operation plain-clothes plainclothes undercover covert surveillance decoy unmarked
        tactical riot taser baton doors door ram enforcer execute executed executing swooped swoop stop stopping
        stopped stops s60 section containment negotiators negotiator forced entry tsg territorial response flying
        squad pursuit stinger anpr tracker tracked listening intercept informant/s source/s intelligence intel tip-off
        tipped bait van vans units unit lockdown perimeter tape taped tent
    """,
    "evidence": """
        cctv footage camera/s bodyworn body-worn dna fingerprint/s forensic prints doorbell dashcam recorded recording
        video clip confessed admitted admits denied denies confession phone data messages evidence proof exhibit
        exhibits
    """,
    "missing": """
        missing misper whereabouts last seen disappeared vanished located found safe runaway wandered concern
        concerned welfare worried reunited search
    """,
    "sexual": """
        rape/d rapist/s sexual sexually sex groped groping flashed flasher exposed indecent indecently upskirting
        molested consent grooming groomed trafficked trafficking slavery brothel prostitution prostitute/s sexting
        nude nudes stalker stalked stalking voyeur fgm forced marriage exploited exploitation paedophile/s predator
        touched inappropriately
    """,
    "domestic": "domestic partner ex abusive refuge controlling coercive strangulation household shouting marks",
    "crisis": """
        suicide suicidal jump jumped bridge ledge roof self-harm overdose crisis mental sectioned distressed distress
        samaritans tracks railings parapet despair talked harm
    """,
    "ethnic": """
        black white asian african caribbean somali romanian polish albanian turkish eastern european arab muslim
        jewish indian pakistani bangladeshi chinese vietnamese nigerian jamaican irish roma gypsy gypsies traveller/s
        gay trans lesbian disabled mosque synagogue temple church hate racist race racially homophobic antisemitic
        islamophobic foreign foreigner/s nationality ethnic ethnicity community communities accent ic1 ic3
    """,
    "immigration": """
        immigrant/s immigration migrant/s asylum refugee/s deported deport deportation overstayed overstayer visa
        illegal illegally border papers status passport hotel
    """,
    "politics": """
        mp mps cllr councillor/s council mayor government minister/s ministers labour tory tories conservative/s
        conservatives lib dem dems green reform party parties candidate/s election/s vote voted voting polling ballot
        manifesto campaign campaigning leaflets westminster whitehall downing parliament politician/s politicians
        political policy cuts funding funded austerity budget tax taxpayer pcc commissioner khan home secretary
    """,
    "protest": """
        protest/s protester/s protesters protestors demonstration/s demo march marchers marching rally rallies
        placards activists activist counter-protest counter-demo palestine gaza israel edl extinction rebellion oil
        strike picket occupy blockade chanting banners unrest riot/s rioters disorder
    """,
    "terror": """
        terror terrorism terrorist/s bomb/s bomber explosion explosive/s suspicious package device evacuated gunman
        gunmen armed hostage attack attacker extremist/s extremism radicalised prevent threat level unattended bag
        powder hazmat cordon
    """,
    "conduct": """
        misconduct iopc suspended suspension sacked dismissed dismissal complaint complaints gross corruption corrupt
        professional standards investigated inquiry hearing tribunal vetting whatsapp colleague/s apologise apology
        sorry referral referred watchdog disciplinary resigned unlawful
    """,
    "staffing": """
        short-staffed understaffed staffed staffing shift/s overtime only cover covering numbers thin stretched
        knackered exhausted leave abstracted aid response cars crewed single-crewed alone tonight nobody finish
        off-duty knock rota parade off back shortage stand-in skeleton borough
    """,
    "mock": """
        lol haha hahaha karma muppet idiot/s idiotic stupid daft clown/s genius bright mastermind numpty scrote/s
        scumbag/s lowlife toe-rag toerag waste oxygen vermin scum moron/s thick prat pathetic laugh laughing giggle
        joke hilarious funny comedy shame bless mug award sherlock einstein spark unlucky sucks bye busted tough
        sorry-not-sorry hero zero smug grin charmer delightful lovely beauty
    """,
    "blame": """
        should shouldn't should've shouldn't've asked asking deserved deserve fault blame careless silly naive
        stupidly unlocked left leaving alone drunk wearing dressed inviting expect lesson learned learnt gullible fell
        serves common sense warned
    """,
    "promise": """
        promise guarantee guaranteed never ever always every everyone nobody anywhere zero nowhere hide safe safest
        completely totally nothing fear worry control worst crime-free eradicated certain sure definitely will
    """,
    "fear": """
        epidemic plague plagued wave surge soaring spiralling rampant terrifying terrified horrific horrifying chaos
        lawless warzone war streets unsafe dangerous danger scared frightened nightmare sick evil animals monsters
        spate rise rising shocking
    """,
    "vigilance": """
        watching watch watched follow following follows monitoring monitor screenshot profile facebook insta instagram
        tiktok snapchat account accounts posted posting post dm message tag tagged name named share photos comments
        page group whatsapp
    """,
    "systems": """
        cad cris merlin crimint pnc niche connect airwave callsign log reference official sensitive restricted
        briefing internal confidential minutes email forwarded memo gold silver strategy handling onward disclosure
        nfa rui pwits twoc tda ic ois
    """,
    "event": """
        surgery surgeries drop-in drop-ins dropin coffee tea cake cakes meeting/s panel stall stalls fete fair fun
        festival workshop/s webinar talk/s session/s class classes event/s open day visit visits tour assembly bingo
        quiz raffle picnic bbq barbecue party celebration parade carnival market concert match tournament walkabout
        briefing forum agm training recruitment exhibition competition club clubs bookable slot slots marking
        registration amnesty launch
    """,
    "venue": """
        library libraries hall centre church mosque cafe supermarket school/s college park station community foyer
        square green common gardens estate office counter theatre museum pub gym pool leisure town entrance outside
        tesco sainsbury's asda waitrose lidl aldi co-op playground allotment/s
    """,
    "advise": """
        lock check keep make use remember avoid consider fit mark register download report ask call ring visit look
        think stay tell sign book join pop bring come email follow read learn protect secure hide store park turn
        close shut hang write note take try save cover set change update install wear carry never don't always ensure
        please tip tips advice guide leaflet/s free kit
    """,
    "security": """
        lock/s bolt/s alarm/s light/s timer/s window/s shed/s garage gate fence cctv doorbell chain d-lock pin
        password/s passcode imei serial number/s frame immobiliser steering tracker safe keys key valuables insurance
        helmet lights software antivirus bank app
    """,
    "future": """
        will we'll i'll you'll they'll it'll tomorrow next upcoming soon later weekend going forthcoming from until
        starts starting begins runs returns opens shall monthly weekly every
    """,
    "now": "now currently tonight today morning afternoon evening just right moment live ongoing happening earlier",
    "past": """
        yesterday last ago night overnight earlier recently was were had did went came been happened occurred attended
        responded shortly hours saturday's friday's sunday's
    """,
    "thanks": """
        thank thanks thankful grateful appreciate appreciated welcome congratulations congrats well-done proud
        brilliant lovely great wonderful fantastic amazing delighted happy enjoyed kind kindness generous gratitude
        pleasure
    """,
    "community": """
        resident/s neighbour/s neighbours neighbourhood ward volunteers volunteer charity charities community group
        traders shopkeepers tenants association parents children families school pupils cadets youth club elders faith
        leaders partners council wardens housing local
    """,
    "team": """
        pc pcs pcso pcsos sergeant sgt inspector insp constable/s officer/s team snt police policing colleagues
        special specials cadet/s met
    """,
    "consult": """
        priorities priority survey views view vote feedback suggestions suggest questions question ideas consultation
        newsletter update updates results voted chose choose asked told petition minutes agenda
    """,
    "careers": """
        join apply application recruit recruiting recruitment career/s apprenticeship vacancy vacancies trainee passed
        graduate interview degree entry
    """,
    "support": """
        support helpline charity samaritans refuge advice citizens crimestoppers confidential anonymous anonymously
        specialist counselling signpost available 101 999 0800 111 116 online gov
    """,
    "explain": """
        how what why when where which who means explain/s explained explaining guide film podcast leaflet myth fact
        facts law rights record if would could can may might did know wondered wondering difference learn
    """,
    "leisure": """
        dog dogs cat ducks horse swan/s daffodils garden litter pick football tennis cricket cycling walk walks run
        sunshine weather rain snow christmas easter eid diwali halloween pancake santa ramadan school film book books
        art music choir dance bake biscuits pizza sandwiches cup team kids lemon drizzle tea playground lego birthday
    """,
    "money": "fund funded raised pounds fundraising sponsored donate donated donations prize cost fiver grant",
    "traffic": """
        road roads closed closure diversion works roadworks parking speed speeding speedwatch pelican crossing
        crossings cyclists lane lanes buses signs lights resurfacing filming
    """,
    "lost": "lost property keys handed found collect claim owner prove lost-and-found umbrella glove teddy",
    "hedge": """
        cannot can't can say saying more detail/s respect privacy respectful awful sad difficult sensitive thoughts
        speculate speculation rumours rumour aware confirm confirmed comment details understand further shortly update
        patience bearing avoid area
    """,
    "know": "you know who we're who's hint guess guesses house name names mean means certain everyone locals",
    "result": "result results success job jobs done sorted off streets fewer less happy days boom quality cracking top",
    "body": """
        face hand head arm leg neck chest back eye eyes tattoo/s hair beard built tall slim clothing hoodie tracksuit
    """,
    "quantity": "one two three four five six seven eight nine ten dozen both several another second third pair",
    "address": """
        address house flat home property road street avenue lane close court estate block floor stairwell number
    """,
}
