"""Words that tell a public venue from a private door."""

from __future__ import annotations

LISTS = {
    "venue": """
        meet at, meeting point, starting point, history walk, guided walk,
        surgery, surgeries, street surgery, drop in/s, library, libraries, coffee morning, coffee, cuppa, tea,
        open day, open evening, open house, front counter, police station, contact point, ward panel, panel meeting,
        meeting/s, market, stall, fair, fete, festival, community centre, community hall, church hall, village hall,
        town hall, hall, hub, gym, leisure centre, children's centre, centre, museum, theatre, cinema, cafe,
        restaurant, pub, church, mosque, synagogue, temple, gurdwara, school, college, academy, university,
        bike marking, workshop, event/s, session/s, meet us, meet your, meet the team, pop in, pop along, pop down,
        come along, come and, come to, join us, find us, we are at, we're at, we'll be at, we will be at, see you at,
        held at, visit us, our office, new office, base, headquarters, youth club, clinic, pharmacy, post office,
        supermarket, store, opening hours, open from, forum, exhibition, consultation, coffee with, walk in,
        registration event, knife bin, amnesty bin
    """,
    "incident_here": """
        warrant/s, raid/s, raided, arrest/ed/s, cannabis, drugs, cocaine, heroin, crack, weapons, knife, firearm,
        seized, searched, search of, victim/s, suspect/s, stabbed, stabbing, forced entry, lives, lived, living,
        home of, resident of, occupant/s, burgled, burglary at, burglary in, broken into, break in at, domestic,
        closure order, closed down, evicted, assault/ed, robbed, attacked, found dead, wanted, suspected, brothel,
        cuckooed, nuisance, fight, shooting, shots fired, property of, dealing, stolen, recovered
    """,
}
