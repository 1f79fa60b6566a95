"""Words that are not names, however they are written: small words, the words of ward posts, days and months."""

from __future__ import annotations

from policy.reading.lexicon import word_set

CALENDAR = word_set(
    """
    monday/s tuesday/s wednesday/s thursday/s friday/s saturday/s sunday/s mon tue tues wed weds thu thur thurs fri
    sat sun january february march april june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec may
    """
)

WORDS = CALENDAR | word_set(
    """
    a about above across act action active activity added advice after afternoon again against age aged ago ahead all
    along already also although always am among an and another any anyone anything appeal appeals approx are area
    areas around arrest arrested arrests arresting as ask asked asking assault assaulted at attack attacked attempted
    available away back bag bail bailed ban bang be beat because become bed been before began behind being believe
    believed below best between big bike bikes bit black block blocked blue bodycam book booked both boy boys break
    bring british brilliant broke broken brought building burglar burglars burglary burglaries bus business busy but
    buy by cadets call called calling calls came camera can cannabis cannot car care carried carries carry carrying
    cars case cash caught cause cctv cells central certain change charge charged charges charity chased chat check
    checks child children christmas class clean clear close closed club coffee come comes coming comment comments
    committed community complete concern concerned conducted confirmed congratulations connection contact continue
    continues control convicted conviction council county court crack crime crimes crimestoppers criminal crown crew
    cup custody customer cut cycle damage dangerous dark date dealing dealer dealers dealt describe described detained
    details detective detectives did died different digital direct discuss dispersal do does dog dogs doing done door
    doors down dozen draft drive driven driver drivers driving drop drove drug drugs drunk due during each early
    easter east eid either email emergency end enforcement engagement enjoy enjoyed enquiries enquiry ensure entered
    error estate even evening event events ever every everybody everyone evidence excellent extra eye eyes facing
    failed failing fair false families family fantastic far fast favourite feel feeling few fight final finally find
    fine fire first five fixed flat fled flee follow followed following food foot football for force forces forward
    found four fourth free from front fully fun gang gangs gardens gave general get gets getting girl girls give given
    gives giving go goes going gone good got grab great green group groups guilty gun guys had half halloween hand
    handed handcuffs happen happened happening happy hard has hate have having he head health hear heard held hello
    help helped helping her here hero heroes hi hidden hiding high him himself his hit hold holding home homes
    hospital hot hour hours house houses how however huge hunt hurt i if illegal important in incident incidents
    including independent info information injured injury inside intelligence interview interviewed into investigate
    investigated investigating investigation involved is issue issued it item items its itself jailed job join joined
    joining joint jump just keep keeping kept key kids kind knew knife knives know known knows lad lads lady large
    last late later launch law lead leading leads learn least leave leaves leaving led left legal less lesson let lets
    life light like likely linked list little live lives living local located lock locked long look looked looking
    lost lot lots lovely low lower luck made mail main make makes making male female man manage many mark marked
    marking match matter me mean means meet meeting members men message met metropolitan middle might mind mini minute
    minutes miss missed missing mobile moment money month months moped mopeds more morning most motorbike motorcycle
    move moved much mugger muggers mum murder must my name named names national near nearby need needed needs
    neighbour neighbourhood neighbourhoods neighbours never new newly news next nhs nice nicked night nights nine no
    nobody none normal north not note nothing notice now number numbers obstructing of off offence offences offender
    offenders offensive offer office officer officers officially often ok old on once one online only onto open opened
    operation operational opposite or order orders other others our out outside over overnight own owner owners
    package packed panel panels parents park parked part partner partners party pass passed past patrol patrols pc
    pcso pcs people perfect person petrol phone phones photo pick picked picture place places plain plan planned
    please police policing pop popped possession possible post posted posts potential power powers pretty prevent
    prevention previous primary priorities priority prison pro problem proceed process project prolific proper
    property protect proud provide public pulled pupils pursuit put quality question questions quick quickly quiet
    raid raided ran range rang rather reached read ready real really reason reassurance recent recently recognise
    recognised record recovered red reduce refused regular released remain remanded remember remind reminder reopened
    report reported reports request residential resident residents resisting respond response responsible result
    results return returned right ring road roads rob robbed robber robbers robberies robbery room route royal run
    running runs safe safer safely safety said same saturday save saw say says scene school schools scooter search
    searched searches searching second section see seeking seen seize seized sell selling send sent sentenced series
    serious seriously serve served service services session set seven several sexual shared she shop shoplifter
    shoplifters shoplifting shops short should show showed shows side sight since site six slot small snatch snatched
    so social some somebody someone something son soon sorry sort sought south speak special speeding spent spoke
    spoken spot spotted stabbing stall stand start started starting station stay steal stealing still stole stolen
    stop stopped stopping stops store street streets strong student students such super support supported sure surgery
    suspect suspected suspects suspicion suspicious swift swiftly swoop system take taken takes taking talk talked
    talking tasked team teams tell ten than thank thanks that the theft thefts their them themselves then there these
    they thief thieves thing things think third this those though threatened three through throughout thug thugs till
    time times to today together told tomorrow tonight too took top total touch toward towards town traffic training
    transport tried trouble try trying two under unit until up update upon upper upset us use used useful using
    valuables van vehicle vehicles very via victim victims video violence violent visit visited visiting visits
    waiting walk walked walking wall want wanted wants ward warning warrant warrants was watch way we weapon weapons
    weather week weekend weekly weeks welcome well went were west what when where whether which while white who whole
    whose why wide will window windows wish with within without witness witnesses woman women won wonderful wondering
    work worked workers working works world would wow year years yes yesterday yet you young your yours yourself youth
    youths zone zero aldi amazon argos asda boots currys facebook google greggs halfords iceland ikea instagram lidl
    mcdonald mcdonalds morrisons nando nandos netflix primark sainsbury sainsburys santander superdrug tesco tfl
    twitter uber waitrose whatsapp x youtube wetherspoons costa starbucks deliveroo iphone samsung apple audi bmw
    mercedes ford honda yamaha vespa vauxhall toyota nissan peugeot volkswagen asian european african caribbean
    turkish polish romanian somali bengali jewish muslim christian hindu sikh english irish scottish welsh ta tsg tst
    bcu cid csi cps btp met mps snt dwo swp npas hmp hq anpr asb pspo cbo tda gbh abh pwits mdma lsd thc am pm gmt bst
    ltd plc
    """
)
