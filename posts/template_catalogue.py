"""The post templates that ship. The DMC has agreed the words between the blanks; the register says which count."""

from __future__ import annotations

from posts.post_templates import Blank, Kind, PostTemplate

_REFERENCE = Blank("reference", "Reference", "For example: CAD 1234/12Mar", longest=40)
_PLACE = Blank("place", "Where, in general", "A street or an area, never a house number.")
_WHEN = Blank("when", "When", "For example: on Monday evening", longest=60)

# What an arrest may tell (APP arrests, charges and judicial outcomes): gender, age, town, nature, date, place, custody.
ARREST_UPDATE = PostTemplate(
    key="arrest-update",
    title="Arrest update",
    purpose="Somebody has been arrested and the case is live. Only what the law lets us say.",
    sentences=(
        "{person}, aged {age}, from {town} has been arrested on suspicion of {offence}, after {incident}.",
        "They {custody}.",
        "Enquiries continue.",
        "If you have information, call 101 and quote {reference}, or Crimestoppers, anonymously, on 0800 555 111.",
    ),
    blanks=(
        Blank(
            "person",
            "Who",
            kind=Kind.CHOICE,
            choices=tuple((who, who) for who in ("A man", "A woman", "A boy", "A girl", "A person")),
        ),
        Blank("age", "Age", "In years. No date of birth.", kind=Kind.NUMBER, limits=(10, 110)),
        Blank("town", "Town or borough", "Not a street, an estate or a school.", longest=40),
        Blank("offence", "On suspicion of", "For example: burglary"),
        Blank(
            "incident",
            "After what, where in general and when",
            "For example: a report in Mare Street on Monday evening",
            longest=120,
        ),
        Blank(
            "custody",
            "What happens now",
            kind=Kind.CHOICE,
            choices=(
                ("remain in custody", "In custody"),
                ("have been released on bail", "Released on bail"),
                ("have been released under investigation", "Released under investigation"),
            ),
        ),
        Blank(
            "reference",
            "Reference, if you appeal for information",
            "For example: CAD 1234/12Mar",
            required=False,
            longest=40,
        ),
    ),
    live_case=True,
)

APPEAL = PostTemplate(
    key="appeal",
    title="Appeal for witnesses",
    purpose="Ask who saw what happened, and tell them how to reach us.",
    sentences=(
        "We are appealing for witnesses to {incident} in {place} {when}.",
        "{detail}.",
        "If you saw something or have camera footage, call 101 and quote {reference}.",
        "To stay anonymous, call Crimestoppers on 0800 555 111.",
    ),
    blanks=(
        Blank("incident", "What happened", "For example: a robbery. No names, nothing about who did it."),
        _PLACE,
        _WHEN,
        Blank(
            "detail",
            "One thing that helps people remember",
            "For example: It was raining and the market was closing",
            required=False,
            longest=140,
        ),
        _REFERENCE,
    ),
)

YOU_SAID = PostTemplate(
    key="you-said-we-did",
    title="You said, we did",
    purpose="What residents asked for, what we did about it, and what came of it.",
    sentences=("You said: {said}.", "\nWe did: {did}.", "\nSo far: {result}.", "\n{invitation}."),
    blanks=(
        Blank("said", "You said", "For example: mopeds cut through the park", kind=Kind.LINES, longest=140),
        Blank("did", "We did", "For example: 14 patrols with the council's wardens", kind=Kind.LINES, longest=160),
        Blank(
            "result",
            "So far",
            "For example: three riders stopped and two new barriers",
            kind=Kind.LINES,
            required=False,
            longest=160,
        ),
        Blank(
            "invitation",
            "An invitation",
            "For example: Tell us what you see at our next surgery",
            required=False,
            longest=120,
        ),
    ),
)

SURGERY = PostTemplate(
    key="surgery",
    title="Surgery or street stall",
    purpose="Where and when neighbours can talk to you. The weekday is worked out for you.",
    sentences=("Come and talk to your ward team: {day}, {start} to {end}, {venue}.", "{topic}.", "No need to book."),
    blanks=(
        Blank("day", "Day", kind=Kind.DAY),
        Blank("start", "From", "For example: 11:00", kind=Kind.CLOCK),
        Blank("end", "Until", "For example: 13:00", kind=Kind.CLOCK),
        Blank("venue", "Where", "For example: Homerton Library, Homerton High Street", longest=100),
        Blank("topic", "What about", "For example: Bring your bike and we will mark it", required=False, longest=120),
    ),
)

LOST_AND_FOUND = PostTemplate(
    key="lost-and-found",
    title="Lost and found",
    purpose="Something was handed in. Leave out what only its owner can know.",
    sentences=(
        "Lost something? {item} was handed in {where} {when}.",
        "If it is yours, call 101, quote {reference} and describe it.",
    ),
    blanks=(
        Blank("item", "What", "For example: A set of keys. Leave out the detail that proves whose it is."),
        Blank("where", "Where it was found", "For example: near the park gates"),
        _WHEN,
        _REFERENCE,
    ),
)

WARRANT_RESULT = PostTemplate(
    key="warrant-result",
    title="Warrant result",
    purpose="A warrant that is finished: what residents told us, what was found, what happens now.",
    sentences=(
        "You told us about {concern} in {place}.",
        "We carried out a warrant there {when}.",
        "We found {found}.",
        "{next_step}.",
        "Thank you for telling us. Call 101, or Crimestoppers, anonymously, on 0800 555 111.",
    ),
    blanks=(
        Blank("concern", "What residents told you about", "For example: drug dealing"),
        _PLACE,
        Blank("when", "When", "In the past: on Tuesday morning", longest=60),
        Blank("found", "What was found", "For example: a quantity of drugs and cash. No names, no address."),
        Blank("next_step", "What happens now", "For example: Enquiries continue", required=False, longest=120),
    ),
    live_case=True,
)

MISSING_PERSON = PostTemplate(
    key="missing-person",
    title="Missing person",
    purpose="For the DMC alone, with the family's agreement. It is taken down as soon as the person is found.",
    sentences=(
        "MISSING: {name}, {age}, was last seen in {place} {when}.",
        "{description}.",
        "We are concerned for them.",
        "If you see them, call 999. If you know where they are, call 101 and quote {reference}.",
    ),
    blanks=(
        Blank("name", "First name, or the name the family agreed to", longest=40),
        Blank("age", "Age", kind=Kind.NUMBER, limits=(1, 110)),
        Blank("place", "Where they were last seen, in general"),
        _WHEN,
        Blank(
            "description", "What they look like and wore", "For example: He is tall and wore a green coat", longest=160
        ),
        _REFERENCE,
    ),
    for_dmc=True,
    taken_down=True,
)

ACT = PostTemplate(
    key="ACT",
    title="Action Counters Terrorism",
    purpose="The national wording about reporting what looks wrong. It goes out exactly as it stands.",
    sentences=("See something suspicious? Report it at gov.uk/ACT. In an emergency always call 999.",),
)

SAMARITANS = PostTemplate(
    key="samaritans",
    title="Samaritans",
    purpose="Support for anybody who is struggling. It goes out exactly as it stands.",
    sentences=(
        "Struggling? You can talk to Samaritans free, day or night, on 116 123. If life is in danger, call 999.",
    ),
)

TEMPLATES: dict[str, PostTemplate] = {
    one.key: one
    for one in (
        YOU_SAID,
        SURGERY,
        APPEAL,
        ARREST_UPDATE,
        WARRANT_RESULT,
        LOST_AND_FOUND,
        MISSING_PERSON,
        ACT,
        SAMARITANS,
    )
}
