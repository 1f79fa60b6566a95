"""Words that several families of rules share: offences, and scenes of play where nothing is meant."""

from __future__ import annotations

LISTS = {
    "offence": """
        vandalised, vandalising, vandal, graffitied, torched, snatched, snatching,
        offence/s, crime/s, burglary, burglaries, burgling, burgled, break in/s, breaking in, breaking into,
        broke into, broken into, robbery, robberies, robbing, robbed, mugging/s, mugged, theft/s, thieving, thief,
        thieves, steal, stealing, stole, stolen, nicked, shoplifting, shoplifter/s, shop theft/s, snatch/es, snatched,
        snatching, fraud/s, scam/s, scammed, conned, con, assault/s, assaulted, assaulting, attack/s, attacked,
        attacking, stabbing/s, stabbed, knifed, gbh, abh, wounding, affray, fight, violence, violent,
        violent disorder, disorder, murder/s, murdered, manslaughter, arson, criminal damage, vandalism, vandalised,
        graffiti, drug/s, drugs, cannabis, cocaine, heroin, crack, pwits, supply, supplying, dealing, dealer/s, knife,
        knives, machete, blade, weapon/s, bladed article, offensive weapon, firearm/s, gun, shooting, shot, threats,
        threatening, threatened, harassment, stalking, blackmail, kidnap, kidnapping, kidnapped, rape, raped,
        indecent exposure, grooming, trafficking, drink driving, drink drive, drunk driving, drug driving, drug drive,
        dangerous driving, hit and run, joyriding, twoc, vehicle crime, car crime, moped crime, fly tipping,
        flytipping, dumping, public order, breach of the peace, racially aggravated, hate crime, handling,
        going equipped, possession, asb, anti social behaviour, antisocial behaviour, nuisance, domestic abuse,
        coercive control, burglar/s, robber/s, mugger/s, vandal/s, fraudster/s, arsonist/s, suspect/s, wanted,
        arrest/s, arrested, custody, charged, court, jailed, guilty, nicked him, handcuffs, cuffs, cells, raid/ed,
        warrant/s, victim/s, witness/es
    """,
    "court_play": """
        open day, open house, open doors, careers fair, careers, explained, comic strip, glossary, museum of law,
        game, twins, public gallery, gallery, school trip, sim pin, coffee machine, magistrates association,
        debating club, debating, comic, pupils, sixth formers, online game, visited year, visited our,
        mock trial/s, mock court, mock jury, role play, prize/s, competition, poster/s, quiz, bake off, baking,
        cake/s, biscuit/s, doughnut/s, drama, theatre, film club, book club, tennis, basketball, netball, football,
        badminton, cricket, fancy dress, mystery night, murder mystery, escape room, panto, pantomime, talent show,
        raffle, tombola
    """,
}
