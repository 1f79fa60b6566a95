"""What the invented sergeants said. Every word here is made for the demonstration."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """One post that went out. days: how long ago; hour: London time; picture: name and alt text.

    about: the key of a priority (asked.py).
    """

    author: str
    days: int
    hour: int
    text: str
    picture: tuple[str, str] | None = None
    about: str = ""


SAID = [
    Said(
        "sergeant",
        34,
        9,
        "Good morning Homerton. You asked for more patrols around the station at school run time. We are there from 8am every weekday this month. Come and say hello.",
    ),
    Said(
        "sergeant",
        31,
        17,
        "You told us about mopeds cutting through the estate. We walked it with the housing team, and two new barriers go in next week. Tell us if it helps.",
        ("path", "A footpath between two blocks of flats with a new metal barrier across it"),
        about="mopeds",
    ),
    Said(
        "sergeant",
        27,
        12,
        "Bike marking at Homerton Library was busy: 31 bikes marked in two hours. Missed it? The next one is on the first Saturday of the month.",
        ("bikes", "A row of bicycles leaning on a rail outside a library, with two officers at a small table"),
        about="bikes",
    ),
    Said(
        "sergeant",
        24,
        18,
        "Thank you to everyone who came to the ward panel. Your three priorities: mopeds on footpaths, bike theft by the station, and lighting on the green.",
    ),
    Said(
        "sergeant",
        20,
        10,
        "Lighting on the green: the council has ordered four new lamps after our night walk with neighbours. We will post again when they are on. Thanks @hackneycouncil.",
        about="lamps",
    ),
    Said(
        "sergeant",
        17,
        16,
        "Three reports of bike theft by the station in the last fortnight. Two locks through the frame make it much harder. We have free locks at our surgery while they last.",
        about="bikes",
    ),
    Said(
        "sergeant",
        13,
        11,
        "Our street surgery is outside the post office on Well Street until 1pm. Ask us anything, from parking to prevention advice.",
    ),
    Said(
        "sergeant",
        9,
        9,
        "The barriers are in. Mopeds can no longer cut through the estate footpaths. Thank you for telling us, and to the residents who helped us plan it.",
        ("path", "A footpath with a new barrier, a neighbour walking past with a shopping trolley"),
        about="mopeds",
    ),
    Said(
        "sergeant",
        6,
        18,
        "Dark evenings are here. If you walk home from the station, the main road is best lit. Our patrols are there from 5pm to 8pm this week.",
    ),
    Said(
        "sergeant",
        3,
        12,
        "Half of the new lamps on the green are working. The rest follow on Thursday, the contractor tells us. How does it feel? Reply and let us know.",
        ("lamps", "A park path at dusk with two bright new street lamps"),
        about="lamps",
    ),
    Said(
        "trusted",
        6,
        11,
        "A man from Hackney was arrested on suspicion of burglary after a report in Wick Road on Tuesday evening. He remains in custody and enquiries continue.",
    ),
    Said(
        "trusted",
        30,
        10,
        "Hello Hackney Wick. We have a stall at the canal market today until 2pm: bike marking, door chains for older neighbours, and tea.",
    ),
    Said(
        "trusted",
        25,
        15,
        "You asked why there are more officers near the stadium this week. There are three big events. Expect busy trains after 10pm and ask us if you need help.",
    ),
    Said(
        "trusted",
        19,
        9,
        "Towpath safety was your top priority. We now cycle it twice a day, at 8am and 6pm. Flag us down if something worries you.",
        ("towpath", "Two officers on bicycles on a canal towpath"),
        about="towpath",
    ),
    Said(
        "trusted",
        14,
        17,
        "Lost and found: a child's red scooter was handed in near the station. Tell us what the sticker on it says and it is yours.",
    ),
    Said(
        "trusted",
        8,
        13,
        "Our towpath rides this month: 42. Conversations with neighbours: more than we can count. The most common question was about lights, and we have raised it.",
        about="towpath",
    ),
    Said(
        "trusted",
        2,
        11,
        "A reminder from the residents' meeting: report fly-tipping to the council online, with a photo if you can. Report crime to 101, or 999 in an emergency.",
    ),
    Said(
        "kilburn",
        29,
        12,
        "Kilburn, you said shops on the High Road needed a quicker way to reach us. Shopkeepers now have a weekly walk-in hour with the team on Tuesdays.",
        about="shops",
    ),
    Said(
        "kilburn",
        22,
        16,
        "Free property marking for Kilburn residents on Saturday from 10am in the square. Phones, laptops, bikes and tools.",
    ),
    Said(
        "kilburn",
        15,
        10,
        "Two weeks of the shopkeepers' hour: nine visits and one broken shutter fixed by the council the same day.",
        ("shops", "A parade of small shops with their awnings out"),
        about="shops",
    ),
    Said(
        "kilburn",
        10,
        18,
        "Our cadets planted 60 bulbs by the library with the friends of the park. Spring will look good.",
    ),
    Said(
        "kilburn",
        4,
        9,
        "School crossing patrols: we are at the junction every morning this week because parents asked. Please slow down.",
        about="crossing",
    ),
    Said(
        "brockley",
        28,
        11,
        "Brockley: parcels taken from doorsteps was your first priority. The shop on the corner now keeps parcels until 8pm, for free. Ask us how.",
        about="parcels",
    ),
    Said(
        "brockley",
        21,
        17,
        "Seven reports of parcel theft last month, four this month, all by our own log. We will keep telling you the numbers, good or bad.",
    ),
    Said(
        "brockley",
        12,
        10,
        "Coffee with your ward team, Saturday 10am to noon. No agenda. Dogs welcome.",
        ("coffee", "A table with cups and a handwritten sign that says coffee with your ward team"),
    ),
    Said(
        "brockley",
        5,
        16,
        "Thanks for 40 replies about the crossing by the school. We took them to the council, who will measure the traffic next week.",
    ),
]

WAITING = "Join us for the winter street walk on Thursday at 6pm from the library. Tell us where it feels dark and we will write it down together."
NEEDS_DMC = "A film crew will be working by Hilly Fields this weekend. Expect noise on Saturday evening; the roads stay open and your ward team is there to help."
REFERRED_NOTE = "The production may have asked us not to say where they are: please check before this goes out."
SENT_BACK = "Big thanks to the lads for a brilliant day. Result!"
SENT_BACK_NOTE = "I like the energy. Could you say what was achieved and for whom? Neighbours will want to know what changed for them."
WITH_FINDING = "Burglar caught on Well Street this morning, great work by the team. Call Sarah on 07700 900123 if you saw anything."
APPROVED = "Your ward panel meets on the first Wednesday of the month at 7pm in the library. Come and help choose the next three priorities."
GOING_OUT = "We are at the market stall until 3pm with bike lights and door chains. Come and find us."
MISSED = "We are outside the station this afternoon with free bike lights for anyone cycling home in the dark."
UNCONFIRMED = "The lights in the underpass are fixed. Thank you to the eleven neighbours who reported them."
REFUSED = "Our surgery moves to the community hall this month, same time, same tea."

LET_THROUGH = "Cricket with the youth club on Mabley Green: our own Jordan Smith was caught at the boundary for 41. The club won by six runs. Next match on the last Sunday of the month."
LET_THROUGH_WHY = (
    "Jordan is our youth worker and agreed to be named. He was caught out at cricket; nobody was arrested."
)
KINGS_PARK = "The new crossing at King's Park primary is finished. Thank you to the parents who counted cars with us."

WRONG_DAY = (
    "Our street surgery is on Thursday from 10am outside the station in Brockley. Come and tell us what worries you."
)
