"""Words around vehicles and their marks."""

from __future__ import annotations

from policy.reading.lexicon import word_set

LISTS = {
    "vehicle": """
        car/s, van/s, moped/s, motorbike/s, motorcycle/s, scooter/s, lorry, lorries, truck/s, bus, taxi/s, minicab/s,
        vehicle/s, reg, registration, index, vrm, number plate/s, plate/s, hatchback, saloon, estate car, 4x4, suv,
        quad bike/s, caravan, trailer, driver, driving, getaway,
        audi, bmw, mercedes, merc, ford, fiesta, focus, transit, vauxhall, corsa, astra, volkswagen, vw, golf, polo,
        toyota, prius, yaris, honda, nissan, qashqai, peugeot, renault, clio, citroen, fiat, seat leon, skoda,
        mini cooper, land rover, range rover, jaguar, volvo, kia, hyundai, mazda, suzuki, yamaha, vespa, piaggio,
        tesla, lexus, porsche, mitsubishi, sprinter, vivaro
    """,
}

# Words and initials of two or three letters that may stand where a plate has letters ("SE15 SNT", "BY 10 MAY").
SHORT_WORDS = word_set(
    """
    am an as at be by do go he hi if in is it me my no of oh ok on or pm so to up us we
    act add age ago all and any app apr are arm art ask asp aug bad bag ban bar bat bed bet big box boy bug bus but
    buy cad can cap car cat chs cop cps cpt cry cut dad day dec den det did dog due dwo ear eat egg end ern eve eye
    fan far feb few fly for fox fun gap gas gem get gmt god got gun guy had has hat hen her hey him his hot how hub
    hug ice jan jar job jul jun just key kid lab lad lap law led leg let lot low mad man map mar mat may men met mob
    mop mph mps mum net new nhs nor not nov now nut oct odd off old one our out own pan par pay pcs pen per pet plc
    pop pub put ran rat raw red ref rest rob row rta rtc run sad sam sat saw say sea sep set sex she shy snt son spc
    sun tap tax tea ten the toy tray try tub tue two use van vat via vet war was way web wed wet who why won yes yet
    you btp bst ldn ltd swp fri mon thu asb dps mgs hrs
    """
)
