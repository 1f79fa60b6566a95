"""Words of time that are true on one day only, and words that look like them."""

from __future__ import annotations

_DONE = (
    "finished|finishing|back|returned|completed|had|left|arrived|met|seen|been|wrapped|visited|come|got|done|landed"
    "|spent|ended|reopened|opened|started|leaving|stopped|walked|won|heard|received|heading|setting"
)
_DEALT = "seized|recovered|arrested|spoken|held|handed|given|marked|popped|dropped|taken|spotted|carried|attended"
_OUT = "heading|leaving|back|setting|patrolling|giving|here|out|speaking"

LISTS = {
    "relative_time": f"""
        today, tonight, tonite, tomorrow, tomoz, tmrw, yesterday, last night, right now, just now, later on,
        this morning|afternoon|evening|lunchtime|teatime|minute, later today|this|tonight, earlier today|this|on,
        this very morning,
        as we speak, at the moment, at this moment, at present, currently, on now, here|out|there|live now,
        underway,
        we|i|officers|team|pc|sgt|they|everyone|is|are|now at|in|on|outside|inside_the now until|till|til|for|with,
        now till|til|until,
        are|is|am|we're|i'm now at|in|on|outside|{_OUT},
        just {_DONE}, just {_DEALT},
        hour/s|minutes|mins ago, an hour ago, in an|one|two|half hour|hours|an_hour,
        in 5|10|15|20|30|45|60 mins|minutes,
        still here|out|on_scene|time_to, next hour|few_hours, last hour|few_hours,
        starting|starts|kicking|beginning now, happening now, all day today,
        see you in a_bit|ten|an_hour|a_few|half_an_hour|shortly|soon, in a few minutes, shortly, on scene,
        have|has just
    """,
    "not_relative_time": """
        of today, of tomorrow, 
        if|when|once|after you've|you_have just,
        today generation, in today world, today and always, today tomorrow, here today gone tomorrow,
        sign up today|now, yesterday and today,
        better|brighter|safer tomorrow, leaders of tomorrow, tomorrow leaders|officers|people|world|detectives,
        usa today, radio today,
        never put off until tomorrow, right now they|you_can, whatever you_are|you're doing right_now,
        shortly before|after, very shortly,
        just back|got to, just back up, currently there, currently recruiting, currently have vacancies,
        only just about, just about anyone|everyone,
        just come along|down|and|to|in|as, just about enough|every, just had enough, just got to,
        have|has|had just one, just taken|about for, hours ago today
    """,
}
