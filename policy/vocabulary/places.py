"""Places: what streets and buildings end in, and names of London that would otherwise read as people."""

from __future__ import annotations

from policy.reading.lexicon import phrase_set, word_set

# Endings that make a house number before them an address.
STREET_ENDS = word_set(
    """
    road, rd, street, str, st, avenue, ave, av, lane, ln, close, cl, way, drive, dr, crescent, cres, place, pl,
    terrace, terr, gardens, gdns, grove, gr, square, sq, walk, row, mews, court, ct, hill, rise, broadway, parade,
    passage, yard, vale, villas, path, circus, approach, embankment, green, market, mount, end, side, view, wharf,
    quay, alley, villa, house, tower, towers, point, lodge, mansions, buildings, heights, apartments, cottages,
    estate
    """
)
# Enough on their own, even in lower case.
PLAIN_STREET_ENDS = word_set(
    "road, rd, street, avenue, ave, lane, close, crescent, gardens, gdns, grove, mews, terrace, square, walk, drive"
)
# One word that is a whole street.
LONE_STREETS = word_set("broadway, eastway, kingsway, strand, westway, piccadilly, aldwych, minories, poultry")
BUILDING_ENDS = word_set("house, court, tower, towers, point, lodge, mansions, buildings, heights, apartments, estate")

# A capitalised run that ends so, or is followed so, is a place or a body, not a person.
PLACE_ENDS = STREET_ENDS | word_set(
    """
    park/s, station, school/s, academy, college, university, primary, nursery, church, mosque, synagogue, temple,
    gurdwara, cathedral, chapel, centre, center, library, hall, hub, hospital, surgery, clinic, practice, pharmacy,
    gym, pool, baths, arms, pub, tavern, inn, bar, cafe, coffee, restaurant, hotel, hostel, shop/s, store/s,
    supermarket, bakery, barbers, bridge, common, marsh, marshes, fields, heath, wood/s, canal, lock, basin, docks,
    island, gate, junction, roundabout, overground, underground, tube, line, stadium, ground, club, society, trust,
    foundation, association, charity, council, borough, ward, team, snt, police, service/s, department, office,
    court/s, prison, limited, ltd, plc, company, group, partnership, theatre, cinema, museum, gallery, festival,
    carnival, fair, fete, day, week, month, project, operation, campaign, programme, forum, panel
    """
)
# Of these, the ones that are surnames as well: "Kyle Green", but "in Lee Green".
SURNAME_ENDS = word_set(
    """
    green, hall, hill, lane, park, parks, wood, woods, marsh, church, grove, fields, heath, bridge, lodge, court, end,
    day, way, row, mount, pool, inn, gate, lock, close, ward, point, vale, rise, temple, chapel, west, east
    """
)

# Places and bodies of two or three words of which one looks like a personal name.
PLACES = phrase_set(
    """
    abbey wood, acton green, albert dock, albert square, alexandra palace, alexandra park, archway, barking riverside,
    barnes common, battersea park, bethnal green, bishops park, blackheath, bounds green, bow church, brent cross,
    brick lane, broadwater farm, bruce castle, bruce grove, burgess park, burnt oak, camden lock, camden town,
    canada water, canary wharf, canning town, canonbury, chadwell heath, chalk farm, charing cross, charlton,
    chelsea harbour, clapham common, clapham junction, clapton pond, clapton square, clissold park, colliers wood,
    covent garden, crystal palace, custom house, dalston junction, dalston kingsland, de beauvoir, dollis hill,
    downs park, ealing broadway, earls court, east ham, east finchley, edgware road, elephant castle, elm park,
    epping forest, eltham park, finsbury park, forest gate, forest hill, fulham broadway, gants hill, gidea park,
    golders green, gospel oak, grange park, green lanes, green park, hackney central, hackney downs, hackney marshes,
    hackney wick, haggerston park, hampstead heath, harold hill, harold wood, hatton garden, herne hill,
    highbury fields, highbury corner, hither green, holland park, hyde park, kensal green, kensal rise, kentish town,
    kew gardens, kings cross, king george, kings park, kingsland road, lambeth north, lancaster gate, lea bridge,
    lee green, lee valley, leicester square, leyton orient, liverpool street, london bridge, london fields,
    maida vale, manor house, manor park, marble arch, marks gate, maryland point, mile end, mill hill,
    millfields park, muswell hill, new cross, newbury park, newington green, notting hill, oakwood, old street, oval,
    oxford circus, palmers green, parsons green, paddington green, peckham rye, pimlico, plaistow park, ponders end,
    primrose hill, queen elizabeth, queens park, queens road, ravenscourt park, raynes park, regents park,
    richmond park, ridley road, rose garden, russell square, seven kings, seven sisters, shepherds bush,
    shoreditch park, sloane square, south bank, springfield park, st james, st johns, st pauls, stamford hill,
    stoke newington, stratford park, streatham common, sydenham hill, thornton heath, tooting bec, tottenham court,
    tottenham hale, tower bridge, trafalgar square, tufnell park, turnham green, upton park, vauxhall cross,
    victoria park, victoria line, victoria station, victoria coach, wanstead flats, waterloo bridge, well street,
    wembley park, west ham, west ferry, white city, white hart, whipps cross, willesden green, winchmore hill,
    wood green, woodberry down, worcester park, scotland yard, harvey nichols, john lewis, marks spencer,
    marks and spencer, peter jones, paul smith, jack wills, lloyds bank, barclays bank, pret manger, holland barrett,
    ryman stationery, jd sports, sports direct, ted baker, kurt geiger, fred perry, wilko, debenhams, martin luther,
    black lives, stephen lawrence, jimmy mizen, ben kinsella, clare law, claires law, sarahs law, martyns law,
    st john, prince of wales, duke of edinburgh, robert peel, jack petchey, prince trust, james bond,
    father christmas, santa claus, harry potter, guy fawkes, bonfire night, jubilee street, elizabeth line
    """
)

# Areas of one word.
AREAS = word_set(
    """
    london hackney homerton clapton dalston haggerston hoxton shoreditch stratford leyton leytonstone walthamstow
    tottenham islington camden lambeth southwark lewisham greenwich newham redbridge havering bexley bromley croydon
    sutton merton wandsworth kingston richmond hounslow hillingdon ealing harrow brent barnet enfield haringey waltham
    barking dagenham westminster kensington fulham hammersmith brixton peckham deptford catford brockley sydenham
    streatham tooting balham clapham battersea vauxhall kennington bermondsey rotherhithe woolwich eltham plumstead
    thamesmead erith sidcup orpington beckenham penge norwood mitcham morden wimbledon putney barnes chiswick
    brentford isleworth twickenham feltham hayes uxbridge ruislip northolt greenford southall acton wembley willesden
    kilburn cricklewood hendon edgware finchley hampstead highgate archway holloway hornsey edmonton chingford
    woodford ilford romford hornchurch upminster rainham poplar limehouse wapping whitechapel stepney bow wick
    plaistow beckton essex kent surrey england britain wales scotland ireland uk brighton birmingham manchester leeds
    liverpool bristol luton heathrow gatwick stansted snaresbrook thames brookwood soho mayfair marylebone paddington
    bayswater pimlico holborn bloomsbury clerkenwell farringdon barbican aldgate euston kensal neasden stockwell oval
    nunhead honor lea marshes
    """
)
