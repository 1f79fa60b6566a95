"""Words that hashtags of ward teams are made of, to tell where one word ends and the next begins."""

from __future__ import annotations

from policy.reading.lexicon import word_set
from policy.vocabulary.common import WORDS
from policy.vocabulary.places import AREAS

# Allowed inside a hashtag, where longer words stand beside them.
SMALL = word_set(
    "a i to of in on at my we is up no do go it us me be by or for and the you our not out off all are was"
)

# Shown in capitals when they are a part of a hashtag.
INITIALS = word_set(
    "asb uk mps snt vawg nhs tfl bcu pcso pcsos pc btp nw se sw ne dwo lgbt lgbtq npas mopac met999 atm pspo nfib id"
) - {"met999"}

# One word each, though two words can be read into them.
_SINGLE = word_set(
    """
    anyone anybody anything anytime anywhere everyone everybody everything everywhere someone somebody something
    sometimes somewhere forever whenever however whatever wherever nobody nothing inside outside without within into
    onto upon online offline weekend/s weekday/s birthday/s holiday/s playground/s neighbourhood/s neighbour/s
    neighbourly background underground overground football netball basketball volleyball classroom/s bedroom/s
    bathroom homework housework teamwork network/s networking workshop/s workplace workforce headquarters firework/s
    fireman firefighter/s policeman policewoman policemen chairman safeguard safeguarding handcuff/s motorbike/s
    motorway/s motorcycle/s skateboard/s seatbelt/s headlight/s footpath/s towpath/s roadworks roundabout/s crossroads
    timetable newsletter/s website/s hashtag/s password/s passport/s laptop/s smartphone/s doorbell/s doorstep/s
    backpack/s handbag/s lunchtime breakfast grandparent/s lookout layout crackdown breakdown shutdown lockdown
    handover takeover makeover turnover update/s upstairs downstairs downtown together another therefore before
    behind below between welcome become because always almost already although altogether today tonight tomorrow
    yesterday springtime summertime daytime nighttime bedtime playtime sometime lifetime landmark/s moonlight
    sunshine sunset sunrise sunday rainbow raincoat snowman snowfall icecream cupcake/s pancake/s gingerbread
    cheesecake butterfly ladybird blackbird greenhouse lighthouse household warehouse goodbye goodness
    livestream livestreaming podcast/s broadcast webinar/s screenshot/s download/s upload/s feedback flashback
    handmade homemade homeless homelessness wellbeing wellness kindness awareness fitness fairness happiness
    loneliness darkness business/es witness/es forgiveness wilderness harness honest honesty understanding
    outstanding standing landing handing stranger/s danger manager teenager passenger messenger challenge/s
    cadet/s carpet/s kitchen chicken garden/s gardening target/s market/s ticket/s pocket/s pickpocket/s jacket/s
    bracket basket/s budget gadget/s season/s reason/s person/s lesson/s parson mason poison prison/s london/er/s
    million medallion champion/s championship/s companion friendship/s leadership membership ownership partnership/s
    relationship/s scholarship apprenticeship/s citizenship township hardship worship
    sponsorship internship childhood adulthood motherhood fatherhood brotherhood sisterhood likelihood
    management government parliament department/s apartment/s enforcement engagement statement/s document/s element/s
    comment/s moment/s payment/s movement/s improvement/s announcement/s involvement achievement/s appointment/s
    environment encouragement investment treatment basement retirement recruitment commitment equipment
    information transportation education operation/s station/s nation/s donation/s relation/s vacation location/s
    situation celebration/s inspiration generation/s presentation/s conversation/s consultation/s investigation/s
    prevention attention protection collection/s connection/s direction/s election/s section/s action/s reaction
    intervention detention invention addition tradition edition condition/s position/s competition exhibition
    forward/s backward/s toward/s towards award/s reward/s steward/s upward/s inward homeward afterwards
    carers career/s cartoon carnival caravan carbon cardboard cargo carol cardiff scarf discard
    antisocial intelligence independence confidence residence evidence presence absence influence conference/s
    difference/s preference reference/s audience experience/s science silence violence audience patience
    important importance assistance attendance performance insurance resistance instance distance entrance/s
    ordinary extraordinary temporary contemporary legendary secondary boundary january february
    breaktime overnight overtime overview overdue override overdose goalkeeper shopkeeper/s bookkeeper housekeeper
    mayor major minor rotary notary history historical victory factory directory territory memory category
    wonderful beautiful colourful helpful useful thankful grateful successful powerful peaceful careful
    wherever nevertheless nonetheless meanwhile otherwise likewise likely lovely friendly family families
    volunteer/s volunteering pioneer/s engineer/s engineering
    rosemary cooper/s thomas andover dover hanover portland england scotland ireland finland holland iceland poland
    greenwich newham walthamstow wandsworth kingston southwark islington tottenham lewisham hillingdon havering
    whitechapel blackheath southall northolt westminster eastcote northwood southgate woodford bromley brockley
    homerton clapton shoreditch haggerston dalston highgate hornsey finsbury highbury holloway canonbury barnsbury
    peckham camberwell dulwich sydenham streatham brixton stockwell clapham battersea balham tooting earlsfield
    marylebone paddington kensington knightsbridge chelsea fulham hammersmith chiswick brentford hounslow feltham
    twickenham teddington richmond isleworth stepney poplar limehouse wapping bermondsey rotherhithe deptford
    halloween christmas ramadan diwali hanukkah easter vaisakhi navratri
    motorist/s pedestrian/s cyclist/s paramedic/s dispatch despatch despatcher dispatcher marathon/s triathlon
    burglary burglar/s thereby hereby nearby standby rugby hobby lobby baby
    notinmy foryou fyp foryoupage
    """
) - {"notinmy"}

_PARTS = word_set(
    """
    street/s surgery surgeries knife crime/s county line/s coffee cop/s copper/s bike/s marking hate theft/s robbery
    burglary drug/s phone/s snatch snatching scam/s fraud/s stop search visible patrol/s policing police metropolitan
    met road/s safety slow down fatal speed speeding safer neighbourhood/s ward/s team/s watch panel/s priority
    priorities community communities together partnership working local ours yours good news great result/s work job
    arrest/s arrested seized recovered returned reunited wanted warrant/s raid operation op ops sceptre vigilant nexus
    week weekend month day days night/s morning evening afternoon month year action awareness campaign world book
    national international womens women mens men girls boys childrens children child youth young people older persons
    person black history pride lgbt trans disability mental health wellbeing suicide prevention domestic abuse
    violence against stalking harassment rape sexual assault consent abuse slavery modern exploitation grooming
    walk talk walks talking meet greet chat cuppa tea cake bacon roll/s dog/s unit dogs mounted horse/s branch
    helicopter
    response emergency service/s first aid responder/s ambulance fire brigade heroes hero cadet/s special/s
    constable/s
    volunteer/s volunteering recruit/s recruitment recruiting join joins joining career/s apply now apprentice/s
    you said did we your voice matters views opinion count/s have say survey listen listening hear heard here help
    helping keep keeping kept safe stay stays alert alive home/s house door/s window/s lock locked mark register
    registered property shed van tool/s car cars vehicle/s moped/s scooter/s escooter/s motorbike/s cycle cycling
    cyclist/s
    be bike/s smart aware kind proud ready prepared seen different change changed makers making difference real life
    live
    lives living love loves hate stop stops stopping end ending ends no more excuse/s zero tolerance never again
    speak out up report it reported anonymous crimestoppers fearless see something say nothing anything ask angela
    angels angel walk way home night/s czar economy tube bus buses train/s rail platform station/s transport
    hackney wick stoke newington london fields lea bridge hoxton dalston clapton homerton tower hamlets
    waltham forest east west north south central inner outer green park/s common marsh marshes canal towpath river
    thames valley high low market/s fair fete fest festival carnival notting hill parade marathon half run runs
    running
    fun family families friend/s neighbours school/s college academy pupils student/s teacher/s assembly primary
    secondary playground holiday/s half term summer winter spring autumn halloween bonfire firework/s christmas xmas
    easter eid ramadan diwali mubarak happy merry new valentine/s mothers fathers remembrance sunday lest forget
    poppy thank thanks cheers welcome goodbye farewell leaving retirement promotion congratulations well done
    nice busy quiet long early late lates earlies shift shifts duty duties behind the scenes badge beat feet
    foot on in boots ground bobby bobbies officers officer sergeant inspector chief detective team tuesday monday
    wednesday thursday friday saturday sunday throwback motivation wellness fact/s myth/s quiz competition win
    food bank/s drive donation/s charity raise raised money raising fundraiser fundraising litter pick clean
    tidy rubbish fly tipping tip tipped graffiti vandalism nuisance noise bin/s bins amnesty surrender weapon/s
    blade/s
    sweep sweeps gun/s gang/s serious violence youth crime taskforce task force project initiative scheme
    pledge pledges white ribbon purple orange light lighting lights up upgrade bright bright burn dark nights
    winter shop/s shoplifting retail business businesses trader/s rogue door doorstep courier romance cyber online
    security secure web aware identity passwords ticket/s purse/s wallet pickpocket/s bag/s keys smart water dna
    property seatbelt/s belt drink drinking driving drive drove drunk drug two fatal five close pass passing
    vision hgv mobile phones wheels uninsured insurance seize seized tax licence number plates school/s run zone zones
    dispersal order/s closure closed injunction court cbo result sentencing justice outcome/s success
    missing appeal/s have witness witnesses dash cam cctv found lost owner owners back alzheimers dementia friends
    herbert protocol autism carers carer refugee traveller gypsy roma faith interfaith mosque church synagogue
    islamophobia antisemitism racism race equality diversity inclusion inclusive unity in diverse
    trust confidence precision tackling tackle reduce reducing cut cutting fighting fight making make made create
    strong stronger better best ever one big small little things matter get got getting to know knowing open
    doors house hub pop popup drop ins event/s talk session/s zoom virtual in-person street life wise
    football rugby cricket boxing basketball netball chess club/s gym sport sports play games game day/s
    hendon training passing parade graduation commended commendation award/s awards brave bravery courage
    police memorial gone not forgotten thin blue line wear it tree hashtag daily weekly monthly update/s
    pedal power pedals bikes bell free fix fixed dr doctor repair repairs rescue puppy puppies cat cats pet pets
    wildlife bee bees heron swan swans garden gardens gardening allotment allotments planting tree trees bloom
    sun heat heatwave snow ice icy storm flood flooding weather warning water swim swimming drowning
    intensification enforcement engagement disruption reassurance visibility hotspot/s crackdown mini clear hold build
    problem solving focus deployment briefing stand standing spotting spotlight champion/s ambassador/s
    recognition innovation inspection education exploitation criminal/s victims victim support survivors survivor
    courage respect dignity belonging togetherness hope peace change maker positive futures future mentor mentoring
    marking etching engraving coding immobiliser catalytic converter/s steering keyless relay sale sales scammers
    doorstep callers caller loan shark/s county supply chain dealers dealing harm harms reduction naloxone overdose
    blood donor stem cell donate organ cancer research moonwalk movember sober october january dry stoptober
    """
)

KNOWN = (WORDS | _PARTS | AREAS | _SINGLE) - word_set("s t d m re ll ve x ta e")
SINGLE = WORDS | AREAS | _SINGLE
